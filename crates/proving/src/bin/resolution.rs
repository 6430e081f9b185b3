//! `resolution [--validation] [SEEN] [TOLD]`: the held-out engagements (or those of the validation list) fought at both resolutions,
//! and how far one is from the other; then what a battle of 5,000 ships costs at each. Ends with code 1 when a bound is not met.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool that talks to a terminal")]

use anyhow::{Context, Result};
use jumpline_proving::calibration::held::{self, Compared, Held, List};
use jumpline_proving::calibration::sample;
use jumpline_proving::{cpu, wars};
use jumpline_study::Field;
use jumpline_world::Law;
use std::process::ExitCode;

/// Battles of each engagement, ship by ship and as aggregates, when nothing else is asked for.
const SEEN: u64 = 16;
const TOLD: u64 = 120;
/// What is promised.
const BRIER_MOST: f64 = 0.10;
const BIAS_MOST: f64 = 0.05;
const COVERAGE: (f64, f64) = (0.85, 0.95);
const DURATION: (f64, f64) = (0.8, 1.25);
const CHEAPER: f64 = 1_000.0;
/// The battle whose cost is measured.
const GREAT: [&str; 2] = ["cajdital-cruiser*2500", "calavari-cruiser*2500"];

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("resolution: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let before = words.len();
    words.retain(|word| word != "--validation");
    let which = if words.len() < before { List::Validation } else { List::HeldOut };
    let mut numbers = words.iter().map(|word| word.parse::<u64>());
    let seen = numbers.next().transpose()?.unwrap_or(SEEN);
    let told = numbers.next().transpose()?.unwrap_or(TOLD);
    let (loaded, _) = wars::open("pagalis", 1)?;
    let law = loaded.law;
    let held = held::list(which)?;
    println!(
        "{:>2} {:<46} {:<46} {:>4}  {:>9} {:>9} {:>6} {:>6}  {:>11} {:>11} {:>7}  {:>5} {:>5} {:>5}  {:>7}",
        "",
        "one",
        "other",
        "km",
        "won",
        "told",
        "Brier",
        "floor",
        "stood",
        "told",
        "cover",
        "s",
        "told",
        "ratio",
        "cost"
    );
    let mut all = Vec::new();
    for (number, one) in held.iter().enumerate() {
        let compared = held::compare(&law, one, seen, told)?;
        row(number + 1, one, &compared);
        all.push(compared);
    }
    let within = overall(&all);
    let cheap = great(&law)?;
    Ok(within && cheap)
}

fn row(number: usize, held: &Held, one: &Compared) {
    let cut = |text: &str| text.chars().take(46).collect::<String>();
    println!(
        "{number:>2} {:<46} {:<46} {:>4}  {:>4.2} {:>4.2} {:>4.2} {:>4.2} {:>6.3} {:>6.3}  {:>5.3} {:>5.3} {:>5.3} {:>5.3} {:>6.1}%  {:>5.0} {:>5.0} {:>5.2}  {:>6.0}x{}",
        cut(&held.sides[0]),
        cut(&held.sides[1]),
        held.gap_km,
        one.won[0],
        one.won[1],
        one.won_told[0],
        one.won_told[1],
        one.brier,
        one.floor,
        one.stood[0],
        one.stood[1],
        one.stood_told[0],
        one.stood_told[1],
        100.0 * f64::from(one.covered.0) / f64::from(one.covered.1.max(1)),
        one.duration_s[0],
        one.duration_s[1],
        one.duration_s[1] / one.duration_s[0].max(1.0),
        one.cpu_s[0] / one.cpu_s[1].max(1e-9),
        one.fallback
            .map(|why| format!("  (would be fought ship by ship: {why})"))
            .unwrap_or_default(),
    );
}

fn overall(all: &[Compared]) -> bool {
    let count = all.len().max(1) as f64;
    let brier = all.iter().map(|one| one.brier).sum::<f64>() / count;
    let floor = all.iter().map(|one| one.floor).sum::<f64>() / count;
    let offs: Vec<f64> = all
        .iter()
        .flat_map(|one| [0, 1].map(|side| one.stood_told[side] - one.stood[side]))
        .collect();
    let bias = offs.iter().sum::<f64>() / offs.len().max(1) as f64;
    let off = offs.iter().map(|off| off.abs()).sum::<f64>() / offs.len().max(1) as f64;
    let (within, of) =
        all.iter().fold((0, 0), |sum, one| (sum.0 + one.covered.0, sum.1 + one.covered.1));
    let coverage = f64::from(within) / f64::from(of.max(1));
    let logs = all.iter().map(|one| (one.duration_s[1] / one.duration_s[0].max(1.0)).ln());
    let logs: Vec<f64> = logs.collect();
    let ratio = (logs.iter().sum::<f64>() / count).exp();
    let spread = (logs.iter().map(|log| log.abs()).sum::<f64>() / count).exp();
    let close = logs.iter().filter(|log| (DURATION.0.ln()..=DURATION.1.ln()).contains(log)).count();
    let word = |held: bool| if held { "holds" } else { "DOES NOT HOLD" };
    let held = [
        brier <= BRIER_MOST,
        bias.abs() <= BIAS_MOST,
        (COVERAGE.0..=COVERAGE.1).contains(&coverage),
        (DURATION.0..=DURATION.1).contains(&ratio),
    ];
    println!(
        "\nwinner: Brier score {brier:.3}, at most {BRIER_MOST}: {}; against single battles, of which the chances that came would miss {floor:.3}",
        word(held[0])
    );
    println!(
        "surviving share: bias {:+.1} points, at most {} either way: {}; off by {:.1} points a side",
        100.0 * bias,
        100.0 * BIAS_MOST,
        word(held[1]),
        100.0 * off
    );
    println!(
        "nine tenths intervals: {:.1} % of {of} within, {} to {} %: {}",
        100.0 * coverage,
        100.0 * COVERAGE.0,
        100.0 * COVERAGE.1,
        word(held[2])
    );
    println!(
        "duration: {ratio:.2} of the ships' own, {} to {}: {}; a factor of {spread:.2} either way, {close} of {} within",
        DURATION.0,
        DURATION.1,
        word(held[3]),
        all.len()
    );
    held.iter().all(|one| *one)
}

/// What a great battle costs to decision at each resolution: the playing alone, the field laid out before.
fn great(law: &Law) -> Result<bool> {
    let duel = sample::duel(law, GREAT, 300)?;
    let seeds = 3;
    let mut bouts = [0.0; 2];
    let lay = |seed: u64| Field::new(&duel, seed).context("no field");
    let start = cpu::seconds();
    for seed in 0..seeds {
        drop(duel.bout(900 + seed, 1, &|| false));
    }
    bouts[0] = (cpu::seconds() - start) / seeds as f64;
    // The clock counts hundredths; cheap work is repeated until it can be read.
    let start = cpu::seconds();
    let fields = 40;
    for seed in 0..fields {
        drop(lay(900 + seed)?);
    }
    let laying = (cpu::seconds() - start) / fields as f64;
    let field = lay(900)?;
    let (mut copying, mut playing) = (0.0, 0.0);
    let runs = 400_u32;
    let start = cpu::seconds();
    for _ in 0..runs {
        std::hint::black_box(field.fight.clone());
    }
    copying += (cpu::seconds() - start) / f64::from(runs);
    let start = cpu::seconds();
    for seed in 0..runs {
        let mut left = field.fight.clone();
        std::hint::black_box(duel.rough(&field, 900 + u64::from(seed), Some(&mut left)));
    }
    playing += (cpu::seconds() - start) / f64::from(runs) - copying;
    let ships = bouts[0] - laying;
    let ratio = ships / playing.max(1e-9);
    println!(
        "\n5,000 ships to decision, the playing alone: ship by ship {:.1} ms, as an aggregate with its record {:.3} ms: {ratio:.0} times cheaper, at least {CHEAPER}: {}",
        1_000.0 * ships,
        1_000.0 * playing,
        if ratio >= CHEAPER { "holds" } else { "DOES NOT HOLD" }
    );
    println!(
        "with the laying out of the field ({:.2} ms): {:.0} times",
        1_000.0 * laying,
        bouts[0] / (playing + laying).max(1e-9)
    );
    Ok(ratio >= CHEAPER)
}
