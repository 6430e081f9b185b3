//! Any bytes as a scenario's file, over the shipped ruleset: a war or problems with places, never a panic and never a hang.
#![no_main]

use jumpline_scenario::{Texts, load, render, ruleset_of};
use libfuzzer_sys::fuzz_target;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// The files of `content/core`, by name.
fn ruleset() -> &'static [(String, Vec<u8>)] {
    static FILES: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut files = Vec::new();
        gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/core"), &mut files);
        assert!(!files.is_empty(), "no ruleset: the fuzzer would see the first check only");
        files
    })
}

fn gather(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else if let Ok(bytes) = fs::read(&path) {
            files.push((path.display().to_string(), bytes));
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let mut texts = Texts::new();
    texts.add_scenario("war.toml", data);
    if ruleset_of(&texts) == "core" {
        for (name, bytes) in ruleset() {
            texts.add_ruleset(name.clone(), bytes.clone());
        }
    }
    let (war, problems) = load("war", &texts);
    assert!(war.is_some() || !problems.is_empty(), "neither a war nor a reason");
    let _ = render(&problems);
});
