//! The corpus of bad files: each is laid over the base war, and what is said of it is kept beside it.
//!
//! `UPDATE=1 cargo test -p jumpline-scenario bad` rewrites the kept answers.

use std::fs;
use std::path::Path;

use jumpline_scenario::{Severity, load, render};

use crate::support::{golden, over_base};

/// A line without the place in the made rules.
fn placeless(line: &str) -> String {
    match line.split_once("base/rules.toml:") {
        None => line.to_owned(),
        Some((before, after)) => {
            let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
            format!("{before}base/rules.toml:{rest}")
        }
    }
}

#[test]
fn every_bad_file_has_its_diagnostics() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the corpus")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    assert!(names.len() >= 60, "the corpus has only {} files", names.len());
    let mut faults = String::new();
    for name in names {
        let bytes = fs::read(folder.join(&name)).expect("a readable file");
        let (loaded, problems) = load("bad", &over_base(&name, bytes));
        let warned = name.starts_with("warn-");
        let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
        if loaded.is_some() != warned || problems.is_empty() || (errors == 0) != warned {
            faults.push_str(&format!("{name}: loaded {}, {errors} errors\n", loaded.is_some()));
        }
        for problem in &problems {
            assert!(problem.line >= 1 && problem.column >= 1 && !problem.file.is_empty());
        }
        let kept = folder.join(name.replace(".toml", ".txt"));
        // The rules of the base war are made for the test: where a rule stands there is not the file's matter.
        let said: Vec<String> = render(&problems).lines().map(placeless).collect();
        if let Err(fault) = golden(&kept, &(said.join("\n") + "\n")) {
            faults.push_str(&fault);
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
