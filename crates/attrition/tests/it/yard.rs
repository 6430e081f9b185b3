//! The shipped ruleset over a bare world, and fields to fight on.

use jumpline_scenario::{Texts, load};
use jumpline_study::{Duel, Field, Force};
use jumpline_world::Law;
use std::fs;
use std::path::Path;

fn files(folder: &Path, out: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|tail| tail == "toml") {
            out.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    out.sort();
}

pub fn law() -> Law {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = Texts::new();
    for (folder, ruleset) in [("scenarios/duel", false), ("content/core", true)] {
        let mut found = Vec::new();
        files(&root.join(folder), &mut found);
        for (name, bytes) in found {
            if ruleset {
                texts.add_ruleset(name, bytes);
            } else {
                texts.add_scenario(name, bytes);
            }
        }
    }
    load("duel", &texts).0.unwrap().law
}

pub fn duel(sides: [&str; 2]) -> Duel {
    let law = law();
    let forces = sides.map(|side| Force::read(&law.codex, side).unwrap());
    Duel::new(&law, forces.to_vec(), 250_000).unwrap()
}

pub fn field(sides: [&str; 2], seed: u64) -> (Duel, Field) {
    let duel = duel(sides);
    let field = Field::new(&duel, seed).unwrap();
    (duel, field)
}
