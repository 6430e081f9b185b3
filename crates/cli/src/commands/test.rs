//! `jumpline test`: a scenario held to its expectations over many seeds, each run on a thread of its own.

use crate::args::Test;
use crate::failure::Failure;
use crate::play;
use crate::progress::Progress;
use crate::{files, opened};
use jumpline_campaign::expect::{Verdict, Watch, judge};
use jumpline_campaign::{Campaign, Options};
use jumpline_scenario::Loaded;
use jumpline_world::state::Resolution;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// One run: its value for each expectation, its digest, and whether its account balanced.
struct Run {
    seed: u64,
    values: Vec<Option<i64>>,
    digest: String,
    balanced: bool,
}

pub fn command(test: &Test) -> Result<(), Failure> {
    let source = files::source(&test.scenario)?;
    let mut loaded = opened::open(&source)?;
    if loaded.law.plan.expectations.is_empty() {
        return Ok(files::say("the scenario expects nothing\n0 passed, 0 failed\n")?);
    }
    let resolution = test.resolution.into();
    if resolution != Resolution::Entity {
        loaded.law.plan = loaded.law.plan.for_aggregates();
    }
    play::threads(None);
    let stop = play::interrupts();
    let progress = Progress::over(u64::from(test.runs));
    let seeds: Vec<u64> =
        (0..u64::from(test.runs)).map(|place| test.seed.wrapping_add(place)).collect();
    let runs: Vec<Option<Run>> = seeds
        .into_par_iter()
        .map(|seed| {
            let run = one(&loaded, seed, resolution, &stop);
            progress.step(format!("seed {seed}"));
            run
        })
        .collect();
    progress.done();
    let Some(runs) = runs.into_iter().collect::<Option<Vec<Run>>>() else {
        return Err(Failure::Interrupted("interrupted".to_owned()));
    };

    let values: Vec<Vec<Option<i64>>> = runs.iter().map(|run| run.values.clone()).collect();
    let verdicts = judge(&loaded.law, &values);
    let failed = verdicts.iter().filter(|verdict| !verdict.passed).count();
    files::say(&told(&loaded, &runs, &verdicts))?;
    for run in runs.iter().filter(|run| !run.balanced) {
        files::note(&format!("jumpline: seed {}: the account does not balance\n", run.seed));
    }
    if failed > 0 { Err(Failure::NotMet(String::new())) } else { Ok(()) }
}

/// Plays one war to the scenario's end; none when interrupted.
fn one(loaded: &Loaded, seed: u64, resolution: Resolution, stop: &AtomicBool) -> Option<Run> {
    let mut campaign = Campaign::open(loaded.clone(), Options { seed, threads: 1, resolution });
    let opening = campaign.state().clone();
    let mut watch = Watch::new(campaign.law(), &opening);
    while !campaign.reached(campaign.law().ends) {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        campaign.advance();
        if let Some(turn) = campaign.turns().last() {
            watch.see(campaign.law(), campaign.state(), turn);
        }
    }
    Some(Run {
        seed,
        values: watch.values(campaign.law(), campaign.turns()),
        digest: campaign.digest().short(),
        balanced: play::balanced(&campaign, &opening, Vec::new()),
    })
}

fn told(loaded: &Loaded, runs: &[Run], verdicts: &[Verdict]) -> String {
    let law = &loaded.law;
    let (first, last) =
        (runs.first().map_or(0, |run| run.seed), runs.last().map_or(0, |run| run.seed));
    let mut out = format!("{}: {} runs, seeds {first} to {last}\n", law.title, runs.len());
    for verdict in verdicts {
        let word = if verdict.passed { "PASS" } else { "FAIL" };
        let canon =
            if verdict.canon.is_empty() { String::new() } else { format!(" [{}]", verdict.canon) };
        out.push_str(&format!("\n{word}{canon} {}: {}\n", verdict.key, verdict.says));
        let median = verdict.median.map_or("never".to_owned(), |value| verdict.unit.show(value));
        out.push_str(&format!(
            "     expected {} ({}); median {median}, {} of {} runs within\n",
            verdict.bounds,
            verdict.across,
            verdict.within,
            verdict.values.len()
        ));
        let values: Vec<String> = verdict
            .values
            .iter()
            .map(|value| value.map_or("never".to_owned(), |value| verdict.unit.show(value)))
            .collect();
        out.push_str(&format!("     runs: {}\n", values.join(", ")));
    }
    let digests: Vec<&str> = runs.iter().map(|run| run.digest.as_str()).collect();
    out.push_str(&format!("\ndigests: {}\n", digests.join(" ")));
    let passed = verdicts.iter().filter(|verdict| verdict.passed).count();
    out.push_str(&format!("{passed} passed, {} failed\n", verdicts.len() - passed));
    out
}
