//! Every shipped scenario loads without an error.

use std::fs;

use jumpline_scenario::{Texts, load, render, ruleset_of};
use jumpline_world::ledger::audit;

use crate::support::{root, toml_files};

#[test]
fn every_shipped_scenario_loads() {
    let mut faults = String::new();
    for entry in fs::read_dir(root().join("scenarios")).into_iter().flatten().flatten() {
        let folder = entry.path();
        let files = toml_files(&folder);
        if files.is_empty() {
            continue;
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut texts = Texts::new();
        for file in &files {
            let shown = file.strip_prefix(root()).unwrap_or(file).display().to_string();
            texts.add_scenario(shown, fs::read(file).expect("a readable file"));
        }
        let ruleset = root().join("content").join(ruleset_of(&texts));
        for file in toml_files(&ruleset) {
            let shown = file.strip_prefix(root()).unwrap_or(&file).display().to_string();
            texts.add_ruleset(shown, fs::read(&file).expect("a readable file"));
        }
        let (loaded, problems) = load(&name, &texts);
        match loaded {
            None => faults.push_str(&render(&problems)),
            Some(loaded) => {
                let unbalanced = audit(&loaded.law, &loaded.opening);
                assert!(unbalanced.is_empty(), "{name}: {unbalanced:?}");
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
