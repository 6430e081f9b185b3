//! Generated galaxies are sound, connected and the same everywhere.

use std::collections::BTreeSet;
use std::fs;

use jumpline_scenario::{Loaded, Texts, generator, load, render};
use jumpline_world::law::Regard;

use crate::support::{RULES, root, toml_files};

fn read(systems: u32, powers: u32, seed: u64) -> Loaded {
    let mut texts = Texts::new();
    for (name, text) in generator::generate(systems, powers, seed) {
        texts.add_scenario(name, text);
    }
    for file in toml_files(&root().join("content/core")) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name != "rules.toml" {
            texts.add_ruleset(name, fs::read(&file).expect("a readable file"));
        }
    }
    texts.add_ruleset("rules.toml", RULES.as_str());
    let (loaded, problems) = load("generated", &texts);
    assert!(problems.is_empty(), "{}", render(&problems));
    loaded.expect("a war")
}

#[test]
fn generated_wars_load_without_a_word() {
    for (systems, powers, seed) in [(1, 2, 0), (2, 5, 1), (1, 64, 2), (30, 4, 3), (300, 12, 4)] {
        let loaded = read(systems, powers, seed);
        let codex = &loaded.law.codex;
        assert_eq!(codex.chart.systems.len(), systems as usize);
        assert_eq!(codex.powers.len(), powers as usize);
        assert!(codex.chart.faults().is_empty());
        for (one, regards) in loaded.opening.regards.iter().enumerate() {
            assert!(regards.contains(&Regard::Hostile), "power {one} of {powers} has no enemy");
        }
    }
}

#[test]
fn the_largest_galaxy_is_within_the_caps() {
    let loaded = read(5_000, 64, 5);
    assert_eq!(loaded.law.codex.chart.systems.len(), 5_000);
    // Beyond the caps it stays at them.
    assert_eq!(generator::generate(u32::MAX, 0, 5), generator::generate(5_000, 2, 5));
}

#[test]
fn every_system_can_be_reached_by_jumps_between_stars() {
    let loaded = read(300, 12, 6);
    let codex = &loaded.law.codex;
    let reach = codex.rules.navigation.interstellar_reach_mly;
    let places: Vec<[i64; 3]> = codex.chart.systems.iter().map(|s| s.position_mly).collect();
    let near = |a: &[i64; 3], b: &[i64; 3]| {
        let d = [0, 1, 2].map(|axis| a[axis] - b[axis]);
        d.iter().fold(0, |sum, side| sum + side * side) <= reach * reach
    };
    let mut reached = BTreeSet::from([0]);
    let mut open = vec![0];
    while let Some(at) = open.pop() {
        for other in 0..places.len() {
            if near(&places[at], &places[other]) && reached.insert(other) {
                open.push(other);
            }
        }
    }
    assert_eq!(reached.len(), places.len());
}

#[test]
fn one_seed_is_one_galaxy_and_another_is_another() {
    assert_eq!(generator::generate(40, 6, 9), generator::generate(40, 6, 9));
    assert_ne!(generator::generate(40, 6, 9), generator::generate(40, 6, 10));
}
