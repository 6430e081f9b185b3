//! Ten recorded engagements with their digests. A digest covers all that was told and the whole field as it was left; it must be
//! the same on any number of threads, searching one by one or by grid, with cells of any size, and in any build (the steps
//! `debug` and `native` of `cargo xtask test` play the same files).

use crate::laws::{recorded_law, root};
use jumpline_battle::tuning::Tuning;
use jumpline_scenario::duels::load_duel;
use jumpline_scenario::render;
use jumpline_study::{Duel, Outcome, Setting};
use jumpline_world::Law;
use std::fs;
use std::path::PathBuf;

/// The seed that is recorded.
const SEED: u64 = 1;

fn folder() -> PathBuf {
    root().join("tests/battles")
}

/// The engagements by name.
fn engagements() -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|tail| tail == "toml"))
        .map(|path| {
            (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())
        })
        .collect();
    found.sort();
    found
}

fn duel(law: &Law, name: &str, text: &[u8]) -> Duel {
    let (file, problems) = load_duel(law, name, text);
    let file = file.unwrap_or_else(|| panic!("{}", render(&problems)));
    assert!(problems.is_empty(), "{}", render(&problems));
    Duel::set(law, Setting::written(&law.codex, &file)).unwrap()
}

fn fought(duel: &Duel, threads: usize, tuning: Tuning) -> Outcome {
    let bout = duel.bout_tuned(SEED, threads, tuning, &|| false).unwrap();
    Outcome::of(duel, &[bout])
}

fn brute(brute_most: usize) -> Tuning {
    Tuning { brute_most }
}

fn told(name: &str, outcome: &Outcome) -> String {
    let lost: Vec<String> = outcome
        .sides
        .iter()
        .map(|side| format!("{:.0}", side.ships.iter().map(|row| row.lost.mean).sum::<f64>()))
        .collect();
    let ended =
        outcome.ended.iter().find(|(_, count)| *count > 0).map_or("?", |(end, _)| end.word());
    format!(
        "{name:<28} {} {} s, {} ship-ticks, {ended}, lost {}",
        outcome.digest,
        outcome.duration_s.low,
        outcome.ship_ticks,
        lost.join(" ")
    )
}

#[test]
fn ten_recorded_engagements_end_as_recorded_and_nothing_that_must_not_matter_matters() {
    let law = recorded_law();
    let mut lines = Vec::new();
    for (name, text) in engagements() {
        let one = duel(law, &name, &text);
        let plain = fought(&one, 1, Tuning::default());
        lines.push(told(&name, &plain));
        let same = |what: &str, other: &Outcome| {
            assert_eq!(plain.digest, other.digest, "{name}: {what}");
        };
        for threads in [2, 8] {
            same(&format!("{threads} threads"), &fought(&one, threads, Tuning::default()));
        }
        same("all one by one", &fought(&one, 1, brute(usize::MAX)));
        same("all by grid", &fought(&one, 2, brute(0)));
        for cell_m in [1_000, 400_000] {
            let mut law = law.clone();
            law.codex.rules.battle.cell_m = cell_m;
            let other = duel(&law, &name, &text);
            same(&format!("cells of {cell_m} m"), &fought(&other, 1, brute(0)));
        }
    }
    assert_eq!(lines.len(), 10, "engagements went missing");
    let path = folder().join("digests.txt");
    let text = lines.join("\n") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let recorded = fs::read_to_string(&path).unwrap_or_default();
    for (now, then) in lines.iter().zip(recorded.lines()) {
        assert_eq!(
            now, then,
            "\nnot as recorded; if that was meant: UPDATE=1 cargo test -p jumpline-study --test it golden"
        );
    }
    assert_eq!(text, recorded);
}

/// The canaries: another seed, and one ship's gunnery a thousandth better, must show in the digest.
#[test]
fn a_digest_notices_another_seed_and_a_thousandth_of_skill() {
    let law = recorded_law();
    let orbs = |(name, _): &(String, Vec<u8>)| name == "orbs";
    let (name, text) = engagements().into_iter().find(orbs).unwrap();
    let one = duel(law, &name, &text);
    let plain = one.bout(SEED, 1, &|| false).unwrap();
    assert_ne!(plain.digest, one.bout(SEED + 1, 1, &|| false).unwrap().digest);
    let mut other = law.clone();
    for weapon in &mut other.codex.weapons {
        weapon.accuracy_permille += 1;
    }
    assert_ne!(plain.digest, duel(&other, &name, &text).bout(SEED, 1, &|| false).unwrap().digest);
}
