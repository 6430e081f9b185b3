//! Rust files as texts: how long they are, and what must not be left in them.

use super::Fault;
use super::house::House;

/// A file this long should be thought about.
const LONG_LINES: usize = 400;
/// A file longer than this is two files.
const MOST_LINES: usize = 800;

pub fn lengths(house: &House) -> Vec<Fault> {
    over(house, MOST_LINES)
        .map(|(path, lines)| {
            Fault::file(path, format!("has {lines} lines; {MOST_LINES} are allowed"))
        })
        .collect()
}

/// Not faults yet.
pub fn long_files(house: &House) -> Vec<String> {
    over(house, LONG_LINES)
        .filter(|(_, lines)| *lines <= MOST_LINES)
        .map(|(path, lines)| format!("{path} has {lines} lines; above {LONG_LINES} think of a cut"))
        .collect()
}

fn over(house: &House, most: usize) -> impl Iterator<Item = (&str, usize)> {
    house
        .ending(".rs")
        .map(|file| (file.path.as_str(), file.text.lines().count()))
        .filter(move |(_, lines)| *lines > most)
}

/// Written apart so that this file does not hold them.
const UNFINISHED: &[(&str, &str)] = &[
    (concat!("if ", "false"), "switched off: delete it"),
    (concat!("#[cfg(", "any())]"), "switched off: delete it"),
    (concat!("todo", "!("), "left for later"),
    (concat!("unimplemented", "!("), "left for later"),
    (concat!("assert!(", "true"), "checks nothing"),
    (concat!("FIX", "ME"), "left for later"),
    (concat!("X", "XX"), "left for later"),
    (concat!("#[ig", "nore]"), "a test switched off without a reason: #[ignore = \"...\"]"),
];

pub fn unfinished(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in house.ending(".rs") {
        for (at, line) in file.text.lines().enumerate() {
            for (word, why) in UNFINISHED.iter().filter(|(word, _)| line.contains(word)) {
                faults.push(Fault::line(&file.path, at + 1, format!("`{word}`: {why}")));
            }
        }
    }
    faults
}

pub fn one_test_binary(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for room in &house.rooms {
        let folder = format!("crates/{}/tests/", room.name);
        let binaries: Vec<&str> = house
            .ending(".rs")
            .filter_map(|file| file.path.strip_prefix(&folder))
            .filter(|name| {
                !name.contains('/') || name.matches('/').count() == 1 && name.ends_with("/main.rs")
            })
            .collect();
        if binaries.len() > 1 {
            faults.push(Fault::file(
                &folder,
                format!("more than one test binary: {}", binaries.join(", ")),
            ));
        }
    }
    faults
}
