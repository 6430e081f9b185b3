//! The base war, and how tests lay files over it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jumpline_scenario::{Loaded, Problem, Texts, load, printed, render};
use serde_json::Value as Json;

/// The smallest war that uses every section.
pub const BASE: &str = include_str!("../base/base.toml");
/// Rules for tests, with every number that the schema asks for: none of them matters to reading.
pub static RULES: LazyLock<String> = LazyLock::new(|| {
    let mut out = String::from("format = 1\n");
    let schemas = printed::schemas();
    let sections = ["navigation", "battle", "sight", "officers", "wrecks", "wings", "ground"];
    for section in sections {
        out.push_str(&format!("[{section}]\n"));
        let at = format!("/properties/{section}/properties");
        let fields = schemas
            .iter()
            .find(|(name, _)| *name == "ruleset")
            .and_then(|(_, schema)| schema.pointer(&at))
            .and_then(Json::as_object)
            .expect("a table of rules");
        for (key, field) in fields {
            let bound = |side: &str| {
                let number = field.get(side).or_else(|| field.pointer(&format!("/anyOf/0/{side}")));
                number.and_then(Json::as_i64)
            };
            let value = match (
                field.get("type").and_then(Json::as_str),
                bound("minimum"),
                bound("maximum"),
            ) {
                (Some("boolean"), ..) => "true".to_owned(),
                (Some("array"), ..) => "[]".to_owned(),
                (Some("string"), ..) => "\"x\"".to_owned(),
                (_, Some(least), Some(most)) => 10_000.clamp(least, most).to_string(),
                _ => panic!("{section}.{key} has no bounds"),
            };
            // Pairs in order: the least of anything is small.
            let value = if key.contains("least") { "1".to_owned() } else { value };
            let value = if key == "interstellar_reach_mly" { "12_000".to_owned() } else { value };
            out.push_str(&format!("{key} = {value}\n"));
        }
    }
    out
});
/// The least that a file of the scenario's own must say.
pub const HEADER: &str = "format = 1\n[scenario]\ntitle = \"Test\"\n";

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The base war with one file of the scenario's own.
pub fn over_base(name: &str, bytes: impl Into<Vec<u8>>) -> Texts {
    let mut texts = Texts::new();
    texts.add_ruleset("base/base.toml", BASE);
    texts.add_ruleset("base/rules.toml", RULES.as_str());
    texts.add_scenario(name, bytes);
    texts
}

/// Loads a text over the base war.
pub fn try_over_base(text: &str) -> (Option<Loaded>, Vec<Problem>) {
    load("test", &over_base("test.toml", text))
}

/// Loads a text over the base war, which must do.
pub fn loaded(text: &str) -> Loaded {
    let (loaded, problems) = try_over_base(text);
    loaded.unwrap_or_else(|| panic!("{}", render(&problems)))
}

/// The codes of what is wrong with a text over the base war, in order.
pub fn codes(text: &str) -> Vec<&'static str> {
    let (loaded, problems) = try_over_base(text);
    let errors = problems.iter().any(|p| p.severity == jumpline_scenario::Severity::Error);
    assert_eq!(loaded.is_none(), errors, "a war exactly if there is no error");
    problems.iter().map(|problem| problem.code).collect()
}

/// All TOML files below a folder, by name.
pub fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ext| ext == "toml") {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}

/// Compares with a kept file, or writes it when `UPDATE=1`.
pub fn golden(path: &Path, found: &str) -> Result<(), String> {
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        fs::write(path, found).map_err(|error| format!("{}: {error}", path.display()))?;
        return Ok(());
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    if kept == found {
        return Ok(());
    }
    Err(format!(
        "{} differs (UPDATE=1 rewrites it). Found:\n{found}\nKept:\n{kept}",
        path.display()
    ))
}
