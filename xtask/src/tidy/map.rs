//! The map of rooms, held to the truth. The map lives once, as tables in ARCHITECTURE.md: people read it there and so do we.

use super::Fault;
use super::house::{House, Room};
use std::collections::{BTreeMap, BTreeSet};

const MAP: &str = "ARCHITECTURE.md";

/// The rooms that touch no file, network, environment, clock or hash order.
pub const PURE: &[&str] = &[
    "measure",
    "chart",
    "world",
    "scenario",
    "battle",
    "ground",
    "council",
    "turn",
    "commander",
    "chronicle",
    "campaign",
    "study",
];

/// Crates that bring I/O, clocks or system randomness; none may be needed by a pure room.
const IMPURE: &[&str] = &[
    "anyhow",
    "clap",
    "getrandom",
    "indicatif",
    "rand",
    "rusqlite",
    "tempfile",
    "time",
    "chrono",
    "tokio",
    "walkdir",
];

/// Modules of the standard library a pure room's own code may not name, whatever the function.
const IMPURE_PATHS: &[&str] =
    &["std::fs", "std::env", "std::net", "std::process", "std::os", "std::time::"];

/// Rows of the first table under a heading: cells without backticks around them.
fn table<'a>(text: &'a str, heading: &str) -> Vec<(usize, Vec<&'a str>)> {
    text.lines()
        .enumerate()
        .skip_while(|(_, line)| line.trim() != heading)
        .skip(1)
        .take_while(|(_, line)| !line.starts_with("## "))
        .filter(|(_, line)| line.starts_with("| `"))
        .map(|(at, line)| (at + 1, line.trim_matches('|').split('|').map(str::trim).collect()))
        .collect()
}

/// The words between backticks.
fn ticked(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Each mapped room with what it names under "leans on".
fn mapped(house: &House) -> BTreeMap<String, Vec<String>> {
    let rows = table(house.text(MAP).unwrap_or_default(), "## Rooms");
    rows.into_iter()
        .filter(|(_, cells)| cells.len() >= 4)
        .filter_map(|(_, cells)| Some((ticked(cells[0]).pop()?, ticked(cells[2]))))
        .collect()
}

pub fn rooms_are_mapped(house: &House) -> Vec<Fault> {
    let mapped = mapped(house);
    let mut faults = Vec::new();
    if mapped.is_empty() {
        faults.push(Fault::file(MAP, "no table of rooms under `## Rooms`"));
    }
    for room in &house.rooms {
        if !mapped.contains_key(&room.name) {
            faults.push(Fault::file(
                MAP,
                format!("room `{}` stands and is not on the map", room.name),
            ));
        }
        if room.package != format!("jumpline-{}", room.name) {
            faults.push(Fault::file(
                &manifest(room),
                format!("package `{}` should be `jumpline-{}`", room.package, room.name),
            ));
        }
    }
    for (name, leans_on) in &mapped {
        for word in std::iter::once(name).chain(leans_on) {
            if house.rooms.iter().all(|room| room.name != *word) {
                faults.push(Fault::file(MAP, format!("`{word}` is on the map and does not stand")));
            }
        }
    }
    faults
}

/// A room leans on what its row names, and may lean on all that those may lean on.
pub fn arrows_hold(house: &House) -> Vec<Fault> {
    let mapped = mapped(house);
    let mut faults = Vec::new();
    for room in &house.rooms {
        let mut allowed = BTreeSet::new();
        let mut open = mapped.get(&room.name).cloned().unwrap_or_default();
        while let Some(next) = open.pop() {
            open.extend(mapped.get(&next).into_iter().flatten().cloned());
            if !allowed.insert(next) {
                break_ring(&mut open, &allowed);
            }
        }
        if allowed.contains(&room.name) {
            faults.push(Fault::file(MAP, format!("`{}` leans on itself by a ring", room.name)));
        }
        for named in mapped.get(&room.name).into_iter().flatten() {
            if !room.leans_on.contains(&format!("jumpline-{named}")) {
                faults
                    .push(Fault::file(MAP, format!("`{}` does not lean on `{named}`", room.name)));
            }
        }
        for package in &room.leans_on {
            let Some(other) = package.strip_prefix("jumpline-") else { continue };
            if !allowed.contains(other) {
                faults.push(Fault::file(
                    &manifest(room),
                    format!("`{}` may not lean on `{other}`: the map has no such arrow", room.name),
                ));
            }
        }
    }
    faults
}

/// What was seen before brings nothing new: without this a ring in the map would never end.
fn break_ring(open: &mut Vec<String>, seen: &BTreeSet<String>) {
    open.retain(|name| !seen.contains(name));
}

/// The table of words a room may not say, held against its code (not its comments).
pub fn unsaid_words(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (row, cells) in table(house.text(MAP).unwrap_or_default(), "## What a room may not say") {
        let (Some(room), Some(words)) = (cells.first(), cells.get(1)) else { continue };
        for room in ticked(room) {
            let folder = format!("crates/{room}/src/");
            if !house.has(&format!("crates/{room}")) {
                faults.push(Fault::line(MAP, row, format!("there is no room `{room}`")));
            }
            for word in ticked(words) {
                for file in house.ending(".rs").filter(|file| file.path.starts_with(&folder)) {
                    for (at, line) in file.text.lines().enumerate() {
                        if says(line, &word) {
                            faults.push(Fault::line(
                                &file.path,
                                at + 1,
                                format!("`{room}` may not say `{word}`"),
                            ));
                        }
                    }
                }
            }
        }
    }
    faults
}

/// The word as a whole path or name, outside comments.
fn says(line: &str, word: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

pub fn manifests(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for room in &house.rooms {
        let path = manifest(room);
        let manifest = house.text(&path).and_then(|text| toml::from_str::<toml::Table>(text).ok());
        let lints =
            manifest.as_ref().and_then(|table| table.get("lints")?.get("workspace")?.as_bool());
        if lints != Some(true) {
            faults.push(Fault::file(&path, "needs `[lints] workspace = true`"));
        }
        let roots = ["lib.rs", "main.rs"].map(|name| format!("crates/{}/src/{name}", room.name));
        let Some((path, text)) = roots.iter().find_map(|path| Some((path, house.text(path)?)))
        else {
            faults.push(Fault::file(&path, "has neither src/lib.rs nor src/main.rs"));
            continue;
        };
        if !text.contains("#![doc = include_str!(\"../README.md\")]") {
            faults.push(Fault::file(path, "needs `#![doc = include_str!(\"../README.md\")]`"));
        }
    }
    faults
}

pub fn pure_rooms(house: &House) -> Vec<Fault> {
    let list = house.text("lints/pure-room.toml").unwrap_or_default();
    let mut faults = Vec::new();
    for room in house.rooms.iter().filter(|room| PURE.contains(&room.name.as_str())) {
        let path = format!("crates/{}/clippy.toml", room.name);
        if house.text(&path) != Some(list) {
            faults.push(Fault::file(
                &path,
                "is not lints/pure-room.toml: `cargo xtask tidy --fix` copies it",
            ));
        }
        for package in room.leans_on.iter().filter(|package| IMPURE.contains(&package.as_str())) {
            faults
                .push(Fault::file(&manifest(room), format!("`{package}` is not for a pure room")));
        }
        let folder = format!("crates/{}/src/", room.name);
        for file in house.ending(".rs").filter(|file| file.path.starts_with(&folder)) {
            for (at, line) in file.text.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                if let Some(word) = IMPURE_PATHS.iter().find(|word| code.contains(*word)) {
                    faults.push(Fault::line(
                        &file.path,
                        at + 1,
                        format!("`{word}` in a pure room"),
                    ));
                }
            }
        }
    }
    faults
}

fn manifest(room: &Room) -> String {
    format!("crates/{}/Cargo.toml", room.name)
}
