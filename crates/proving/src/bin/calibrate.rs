//! `calibrate LEDGER OUT`: fights the design ship by ship, finds the worths that explain it, writes the table.
//!
//! The ledger has one line a battle and is the caller's to name after the engine and the content: what stands in it is not fought
//! again.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool that talks to a terminal")]

use anyhow::{Context, Result, bail};
use jumpline_measure::ClassId;
use jumpline_proving::calibration::design::{self, RANGES};
use jumpline_proving::calibration::fit::{self, Case, Worths};
use jumpline_proving::calibration::mixture::{self, Mixture};
use jumpline_proving::calibration::sample::{self, Sample};
use jumpline_proving::calibration::write;
use jumpline_proving::{cpu, wars};
use jumpline_study::{Duel, Field};
use jumpline_world::Law;
use jumpline_world::law::AttritionRules;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;

/// Engagements of the design: the first teach, the others show how well.
const TAUGHT: u32 = 4_100;
const PROOF: u32 = 400;
/// Rounds of the search: the share of the engagements that each is taught by, and how far it tries. From nothing, and on from the
/// table as it stands.
const AFRESH: &[(u32, f64)] =
    &[(4, 0.35), (3, 0.35), (2, 0.3), (1, 0.25), (1, 0.25), (1, 0.25), (1, 0.25), (1, 0.25)];
const ONWARD: &[(u32, f64)] = &[(1, 0.25), (1, 0.25)];
/// Fields of an engagement while worths are sought, and aggregates on them for each trial.
const FIELDS: u64 = 2;
const TRIED: u64 = 3;
/// Aggregates of each engagement that shows how well.
const TOLD: u64 = 30;

/// The constants of the law: found once by trying, the luck on the validation list; see the decision's page.
const RULES: AttritionRules = AttritionRules {
    step_s: 15,
    hurt_permille: 15_000,
    keen_permille: 770,
    nearest_keen_permille: 480,
    mend_permille: 1_045,
    facings_permille: 1_710,
    turning_facings_permille: 4_210,
    crowd_permille: 255,
    sparse_permille: 180,
    missile_permille: 700,
    away_permille: 370,
    wear_permille: 450,
    leaving_permille: 660,
    closing_permille: 745,
    drift_permille: 40,
    loosen_s: 300,
    lame_permille: 1_000,
    luck_permille: 500,
    lone_luck_permille: 1_000,
    ships_most: 20_000,
    odds_most_permille: 25_000,
    auto_ships_least: 200,
};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("calibrate: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// An engagement of the design and what came of it.
struct Fought {
    mixture: Mixture,
    duel: Duel,
    seen: Sample,
}

fn run() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [ledger, out] = args.as_slice() else { bail!("calibrate LEDGER OUT") };
    let (loaded, _) = wars::open("duel", 1)?;
    let mut law = loaded.law;
    let before = std::mem::take(&mut law.codex.attrition);
    law.codex.attrition.rules = RULES;
    let classes: Vec<ClassId> = design::classes(&law.codex)
        .iter()
        .filter_map(|class| law.codex.class_by_key(&class.key))
        .collect();
    let (mut worths, rounds) = match Worths::from(classes.clone(), &before) {
        Some(worths) => (worths, ONWARD),
        None => (Worths::new(classes.clone()), AFRESH),
    };
    worths.table(&mut law.codex.attrition);
    let mut fought = fight(&law, Path::new(ledger))?;
    println!(
        "{} classes, {} engagements; {:.0} s CPU",
        classes.len(),
        fought.len(),
        cpu::seconds()
    );
    let proof = fought.split_off(TAUGHT as usize);
    let mut cases: Vec<Case> = fought
        .into_par_iter()
        .filter_map(|one| {
            let fields = (0..FIELDS)
                .filter_map(|nth| {
                    let seed = one.mixture.seed + nth;
                    Some((seed, Field::new(&one.duel, seed)?))
                })
                .collect();
            Case::new(one.duel, fields, TRIED, one.seen, &classes)
        })
        .collect();
    for (share, step) in rounds.iter().copied() {
        let taught = cases.len() / share as usize;
        let Some(part) = cases.get_mut(..taught) else { continue };
        let missed = fit::round(part, &mut worths, step);
        println!("{taught} engagements missed by {missed:.3}; {:.0} s CPU", cpu::seconds());
    }
    drop(cases);
    worths.table(&mut law.codex.attrition);
    prove(&law, &proof);
    let about = format!(
        "{} classes; {TAUGHT} engagements, of one or two classes a side, as strong as {} to {} ships of the middle class at odds of up to {} either way, {} to {} km apart.",
        classes.len(),
        RANGES.ships.0,
        RANGES.ships.1,
        RANGES.odds,
        RANGES.gap_km.0,
        RANGES.gap_km.1
    );
    fs::write(out, write::text(&law.codex, &about))
        .with_context(|| format!("cannot write {out}"))?;
    println!("{out} written; {:.0} s CPU in all", cpu::seconds());
    Ok(())
}

/// Fights the design ship by ship, as far as the ledger does not know it.
fn fight(law: &Law, ledger: &Path) -> Result<Vec<Fought>> {
    let known = read(ledger)?;
    let file = Mutex::new(OpenOptions::new().create(true).append(true).open(ledger)?);
    (0..TAUGHT + PROOF)
        .into_par_iter()
        .map(|number| {
            let mixture = mixture::mixture(&law.codex, number, &RANGES);
            let duel = sample::duel(law, [&mixture.sides[0], &mixture.sides[1]], mixture.gap_km)?;
            let name = format!("{number}|{}|{}", mixture.sides.join("|"), mixture.gap_km);
            if let Some((lost, winner, duration_s)) = known.get(&name) {
                let seen = Sample::from(&duel, lost, *winner, *duration_s);
                return Ok(Fought { mixture, duel, seen });
            }
            let bout = duel.bout(mixture.seed, 1, &|| false).context("stopped")?;
            let lost: Vec<String> = bout.lost.iter().map(u32::to_string).collect();
            let winner = bout.winner.map_or("-".to_owned(), |side| side.to_string());
            let line = format!("{name}|{winner}|{}|{}\n", bout.duration_s, lost.join(" "));
            if let Ok(mut file) = file.lock() {
                file.write_all(line.as_bytes())?;
            }
            let seen = Sample::of(&duel, &bout);
            Ok(Fought { mixture, duel, seen })
        })
        .collect()
}

/// What an earlier run saw, by engagement: ships lost by row, the winner, the time. A line cut short counts for nothing.
type Known = BTreeMap<String, (Vec<u32>, Option<usize>, i64)>;

fn read(path: &Path) -> Result<Known> {
    let mut known = Known::new();
    if !path.exists() {
        return Ok(known);
    }
    for line in fs::read_to_string(path)?.lines() {
        let mut parts = line.rsplitn(4, '|');
        if let (Some(lost), Some(duration), Some(winner), Some(name)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
            && let Ok(lost) = lost.split(' ').map(str::parse).collect::<Result<Vec<u32>, _>>()
            && let Ok(duration) = duration.parse()
        {
            known.insert(name.to_owned(), (lost, winner.parse().ok(), duration));
        }
    }
    Ok(known)
}

/// Prints how much of what came falls into what is foretold, on engagements that taught nothing.
fn prove(law: &Law, fought: &[Fought]) {
    let shares: Vec<((u32, u32), f64)> = fought
        .par_iter()
        .filter_map(|one| {
            let mut duel = one.duel.clone();
            *duel.attrition_mut() = law.codex.attrition.clone();
            let field = Field::new(&duel, one.mixture.seed)?;
            let told: Vec<Sample> = (0..TOLD)
                .map(|nth| {
                    let seed = one.mixture.seed * 1_000 + nth;
                    Sample::of(&duel, &duel.rough(&field, seed, None))
                })
                .collect();
            let seen = std::slice::from_ref(&one.seen);
            Some((sample::covered(seen, &told), sample::brier(seen, &told).0))
        })
        .collect();
    let within: u32 = shares.iter().map(|one| one.0.0).sum();
    let of: u32 = shares.iter().map(|one| one.0.1).sum();
    let brier = shares.iter().map(|one| one.1).sum::<f64>() / shares.len().max(1) as f64;
    println!(
        "of {} engagements that taught nothing: {:.1} % of {of} outcomes within nine tenths of the foretold; winner's Brier score {brier:.3}",
        shares.len(),
        100.0 * f64::from(within) / f64::from(of.max(1))
    );
}
