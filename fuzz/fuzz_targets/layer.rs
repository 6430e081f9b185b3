//! Any bytes as an override of a small sound war: references, cycles and counts are reached sooner than over the shipped
//! ruleset. A war or problems, and every problem has a place and can be shown on any terminal.

#![no_main]

use jumpline_scenario::{Severity, Texts, load};
use libfuzzer_sys::fuzz_target;

const BASE: &str = include_str!("../../crates/scenario/tests/base/base.toml");
const RULES: &str = include_str!("../../content/core/rules.toml");

fuzz_target!(|bytes: &[u8]| {
    let mut texts = Texts::new();
    texts.add_ruleset("base.toml", BASE);
    texts.add_ruleset("rules.toml", RULES);
    texts.add_scenario("fuzz.toml", bytes);
    let (loaded, problems) = load("fuzz", &texts);
    let errors = problems.iter().any(|problem| problem.severity == Severity::Error);
    assert_eq!(loaded.is_none(), errors);
    for problem in &problems {
        assert!(problem.line >= 1 && problem.column >= 1 && !problem.message.is_empty());
        assert!(problem.to_string().chars().all(|c| c == '\n' || !c.is_control()));
    }
});
