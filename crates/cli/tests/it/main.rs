//! The binary as a person meets it: pages of commands with what they print, played in a folder of their own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod drill;
mod page;
mod save;
mod serve;
mod watch;
mod web;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Sends a signal by the shell's own `kill`: a bare machine has no program of that name.
fn signal(name: &str, process: u32) {
    let kill = format!("kill -{name} {process}");
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success(), "{kill}");
}

#[test]
fn every_page_holds() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut pages: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    assert!(pages.len() >= 4, "pages went missing: {pages:?}");
    let broken: Vec<String> = pages.iter().filter_map(|page| page::play(page).err()).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

#[test]
fn the_newcomers_walk_can_be_walked() {
    page::play(&root().join("docs/book/newcomer.md")).unwrap_or_else(|broken| panic!("{broken}"));
}

#[test]
fn a_page_that_lies_is_caught() {
    let lie = "```console\n$ jumpline --version\njumpline 99.0.0\n```\n";
    let code = "```console exit=0\n$ jumpline run nosuch\n...\n```\n";
    let empty = "Nothing is claimed here.\n";
    for text in [lie, code, empty] {
        assert!(page::play_text("canary", text).is_err(), "believed: {text}");
    }
}
