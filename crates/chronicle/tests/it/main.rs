//! Small wars told, and held to golden texts. `UPDATE=1 cargo test -p jumpline-chronicle` writes them anew.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod odd;
mod played;
mod tales;
mod week;

use jumpline_scenario::{Texts, load};
use jumpline_world::{Law, State};

/// The small war and its opening.
pub fn war() -> (Law, State) {
    let mut texts = Texts::new();
    texts.add_ruleset("rules.toml", include_str!("rules.toml"));
    texts.add_ruleset("war.toml", include_str!("war.toml"));
    let scenario =
        "format = 1\n[scenario]\ntitle = \"The war for Homeworld\"\nruleset = \"tales\"\n";
    texts.add_scenario("scenario.toml", scenario);
    let (loaded, problems) = load("tales", &texts);
    let loaded = loaded.unwrap_or_else(|| panic!("{problems:#?}"));
    let state = loaded.opening(7);
    (loaded.law, state)
}

/// Compares a text with the golden file of that name.
pub fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/golden/{name}.md", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "{name} differs from its golden text; look at it and run with UPDATE=1:\n{text}"
    );
}
