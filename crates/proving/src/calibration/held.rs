//! The engagements that judge aggregates: two lists beside the design, and how far aggregates are from ships on them. One list may be
//! looked at while the law is improved; the other is held out until it is done.

use crate::calibration::sample::{self, Sample};
use crate::cpu;
use crate::wars;
use anyhow::{Context, Result, bail};
use jumpline_study::{Duel, Field};
use jumpline_world::Law;
use rayon::prelude::*;
use std::fs;

/// A list of engagements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// May be looked at while the law is improved.
    Validation,
    /// Is looked at when that is done.
    HeldOut,
}

impl List {
    /// Both.
    pub const ALL: [List; 2] = [List::Validation, List::HeldOut];

    /// Where it stands, below the root, and its first seed; seeds are far below the design's.
    fn place(self) -> (&'static str, u64) {
        match self {
            List::Validation => ("benches/validation.txt", 70_000),
            List::HeldOut => ("benches/held-out.txt", 170_000),
        }
    }
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Held {
    /// Sides as they are typed.
    pub sides: [String; 2],
    /// Distance, kilometres.
    pub gap_km: u32,
    /// First seed.
    pub seed: u64,
}

/// Reads a list.
pub fn list(which: List) -> Result<Vec<Held>> {
    let (file, first_seed) = which.place();
    let path = wars::root().join(file);
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut held = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [one, other, gap] = parts.as_slice() else { bail!("not an engagement: {line}") };
        let seed = first_seed + 1_000 * held.len() as u64;
        held.push(Held {
            sides: [(*one).to_owned(), (*other).to_owned()],
            gap_km: gap.parse().with_context(|| format!("not a distance: {gap}"))?,
            seed,
        });
    }
    Ok(held)
}

/// How an engagement came out at both resolutions.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Shares of ship-by-ship battles that each side won.
    pub won: [f64; 2],
    /// The same as aggregates.
    pub won_told: [f64; 2],
    /// Half the squared distance of foretold chances from what came, over who wins or nobody, mean.
    pub brier: f64,
    /// What that would be if the chances were those in which it came.
    pub floor: f64,
    /// Mean share of ships that stood, by side.
    pub stood: [f64; 2],
    /// The same as aggregates.
    pub stood_told: [f64; 2],
    /// Sides of battles that stood within the middle nine tenths of the foretold, and of how many.
    pub covered: (u32, u32),
    /// Mean durations, seconds.
    pub duration_s: [f64; 2],
    /// CPU seconds of one battle, at each.
    pub cpu_s: [f64; 2],
    /// Why it could not be played as an aggregate, if it could not.
    pub fallback: Option<&'static str>,
}

/// The duel of an engagement.
pub fn duel(law: &Law, held: &Held) -> Result<Duel> {
    let duel = sample::duel(law, [&held.sides[0], &held.sides[1]], held.gap_km)?;
    Ok(duel.at(jumpline_world::state::Resolution::Aggregate))
}

/// Fights an engagement so often ship by ship and so often as an aggregate.
pub fn compare(law: &Law, held: &Held, seen: u64, told: u64) -> Result<Compared> {
    let coarse = duel(law, held)?;
    let plain = sample::duel(law, [&held.sides[0], &held.sides[1]], held.gap_km)?;
    let fallback = coarse.fallback(held.seed).map(jumpline_world::state::Fallback::word);
    let before = cpu::seconds();
    let saw: Vec<Sample> = (0..seen)
        .into_par_iter()
        .filter_map(|nth| {
            let bout = plain.bout(held.seed + nth, 1, &|| false)?;
            Some(Sample::of(&plain, &bout))
        })
        .collect();
    let between = cpu::seconds();
    let foretold: Vec<Sample> = (0..told)
        .into_par_iter()
        .filter_map(|nth| {
            let seed = held.seed + 500 + nth;
            let field = Field::new(&coarse, seed)?;
            Some(Sample::of(&coarse, &coarse.rough(&field, seed, None)))
        })
        .collect();
    let after = cpu::seconds();
    let share = |all: &[Sample], of: Option<usize>| {
        all.iter().filter(|one| one.winner == of).count() as f64 / all.len().max(1) as f64
    };
    let chances = [None, Some(0), Some(1)].map(|of| share(&foretold, of));
    let came = [None, Some(0), Some(1)].map(|of| share(&saw, of));
    let (brier, floor) = sample::brier(&saw, &foretold);
    let mean = |all: &[Sample], of: &dyn Fn(&Sample) -> f64| {
        all.iter().map(of).sum::<f64>() / all.len().max(1) as f64
    };
    Ok(Compared {
        won: [came[1], came[2]],
        won_told: [chances[1], chances[2]],
        brier,
        floor,
        stood: [0, 1].map(|side| mean(&saw, &|one| one.stood[side])),
        stood_told: [0, 1].map(|side| mean(&foretold, &|one| one.stood[side])),
        covered: sample::covered(&saw, &foretold),
        duration_s: [mean(&saw, &|one| one.duration_s), mean(&foretold, &|one| one.duration_s)],
        cpu_s: [(between - before) / seen.max(1) as f64, (after - between) / told.max(1) as f64],
        fallback,
    })
}
