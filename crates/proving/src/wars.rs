//! Shipped wars, opened for a check. Reads the repository's folders; the program's own reading is `cli`'s.

use anyhow::{Context, Result, bail};
use jumpline_scenario::{Loaded, Texts, load, render, ruleset_of};
use jumpline_store::War;
use std::fs;
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The texts of a shipped scenario with its ruleset's.
pub fn texts(scenario: &str) -> Result<Texts> {
    let mut texts = Texts::new();
    for (name, bytes) in files(&root().join("scenarios").join(scenario))? {
        texts.add_scenario(name, bytes);
    }
    let ruleset = ruleset_of(&texts);
    for (name, bytes) in files(&root().join("content").join(ruleset))? {
        texts.add_ruleset(name, bytes);
    }
    Ok(texts)
}

/// The texts of a shipped ruleset alone.
pub fn ruleset(key: &str) -> Result<Texts> {
    let mut texts = Texts::new();
    for (name, bytes) in files(&root().join("content").join(key))? {
        texts.add_ruleset(name, bytes);
    }
    Ok(texts)
}

/// A shipped scenario, ready to be played, and what a save of it says.
pub fn open(scenario: &str, seed: u64) -> Result<(Loaded, War)> {
    let texts = texts(scenario)?;
    let (loaded, problems) = load(scenario, &texts);
    let Some(loaded) = loaded else { bail!("{}", render(&problems)) };
    let war = War {
        scenario: scenario.to_owned(),
        title: loaded.law.title.clone(),
        seed,
        texts,
        orders: None,
        parent: None,
        engine: String::new(),
    };
    Ok((loaded, war))
}

/// Every `.toml` file below a folder, by name.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|tail| tail == "toml") {
            found.push((path.display().to_string(), fs::read(&path)?));
        }
    }
    found.sort();
    Ok(found)
}
