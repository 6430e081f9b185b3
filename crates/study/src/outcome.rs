//! What many battles say together. Sums in the order of seeds, so that the last bit is the same on any number of threads.

use crate::bout::{Bout, Ended};
use crate::duel::Duel;
use crate::spread::{Histogram, Spread, wilson};
use jumpline_world::event::Why;
use jumpline_world::law::Regard;
use std::collections::BTreeMap;

/// Steps of the histograms of shares.
const SHARE_STEPS: usize = 10;
/// Most steps of the histogram of durations.
const DURATION_STEPS: usize = 12;

/// A duel's result.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Battles fought.
    pub runs: u32,
    /// Battles that nobody won.
    pub draws: u32,
    /// How they ended, all kinds in order.
    pub ended: Vec<(Ended, u32)>,
    /// The sides, in order.
    pub sides: Vec<SideOutcome>,
    /// How long a battle took, seconds.
    pub duration_s: Spread,
    /// The same as a histogram.
    pub durations: Histogram,
    /// Who killed whom, the deadliest first.
    pub killers: Vec<Killer>,
    /// Ship-ticks played in all.
    pub ship_ticks: u64,
    /// Over the digests of all battles, hexadecimal.
    pub digest: String,
}

/// One side's.
#[derive(Clone, Debug)]
pub struct SideOutcome {
    /// What it is called.
    pub name: String,
    /// As it was typed.
    pub force: String,
    /// Battles it won.
    pub wins: u32,
    /// Share of battles won, 0 to 1.
    pub win: f64,
    /// Lower end of the 95 % interval.
    pub win_low: f64,
    /// Upper end of it.
    pub win_high: f64,
    /// Its rows.
    pub ships: Vec<RowOutcome>,
    /// Share of battles in which any group of it broke off, 0 to 1.
    pub withdrew: f64,
    /// Groups that broke off, by reason.
    pub reasons: Vec<(Why, u32)>,
    /// Share of its ships lost, percent, by battle.
    pub losses: Histogram,
}

/// One row of a side.
#[derive(Clone, Debug)]
pub struct RowOutcome {
    /// The class's key.
    pub class: String,
    /// The class's name in prose.
    pub class_name: String,
    /// Ships at the opening.
    pub opening: u32,
    /// Ships lost in a battle.
    pub lost: Spread,
    /// Ships that got away from a battle, the mean.
    pub away_mean: f64,
    /// Share of battles in which it broke off, 0 to 1.
    pub withdrew: f64,
}

/// A cell of the killer-victim matrix.
#[derive(Clone, Debug)]
pub struct Killer {
    /// The killer's side and class; none when it was nobody's doing.
    pub killer: Option<(usize, String)>,
    /// The victim's side and class.
    pub victim: (usize, String),
    /// Ships killed in a battle, the mean.
    pub ships_mean: f64,
}

impl Outcome {
    /// What these battles of a duel say together.
    pub fn of(duel: &Duel, bouts: &[Bout]) -> Outcome {
        let runs = u32::try_from(bouts.len()).unwrap_or(u32::MAX);
        let count = |test: &dyn Fn(&Bout) -> bool| {
            u32::try_from(bouts.iter().filter(|bout| test(bout)).count()).unwrap_or(u32::MAX)
        };
        let durations: Vec<i64> = bouts.iter().map(|bout| bout.duration_s).collect();
        let mut hash = blake3::Hasher::new();
        for bout in bouts {
            hash.update(&bout.digest);
        }
        Outcome {
            runs,
            draws: count(&|bout| bout.winner.is_none()),
            ended: Ended::ALL.map(|kind| (kind, count(&|bout| bout.ended == kind))).to_vec(),
            sides: (0..duel.forces().len()).map(|side| of_side(duel, bouts, side)).collect(),
            duration_s: Spread::of(durations.iter().copied()),
            durations: Histogram::fitted(&durations, DURATION_STEPS),
            killers: killers(duel, bouts),
            ship_ticks: bouts.iter().fold(0, |sum, bout| sum.saturating_add(bout.ship_ticks)),
            digest: hash.finalize().to_hex().to_string(),
        }
    }
}

fn of_side(duel: &Duel, bouts: &[Bout], side: usize) -> SideOutcome {
    let runs = u32::try_from(bouts.len()).unwrap_or(u32::MAX);
    let share = |count: usize| count as f64 / bouts.len().max(1) as f64;
    let groups: Vec<usize> =
        (0..duel.places.len()).filter(|group| duel.places[*group].0 == side).collect();
    // Allies win together.
    let ours = |winner: usize| duel.regard(winner, side) == Regard::Allied;
    let won = bouts.iter().filter(|bout| bout.winner.is_some_and(ours)).count();
    let wins = u32::try_from(won).unwrap_or(u32::MAX);
    let (win_low, win_high) = wilson(wins, runs);
    let force = &duel.forces()[side];
    let fled = |bout: &&Bout| groups.iter().any(|group| bout.withdrew[*group].is_some());
    let reasons = bouts.iter().flat_map(|bout| groups.iter().filter_map(|at| bout.withdrew[*at]));
    let mut counted: Vec<(Why, u32)> = Vec::new();
    for why in reasons {
        match counted.iter_mut().find(|(known, _)| *known == why) {
            Some((_, count)) => *count += 1,
            None => counted.push((why, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let opening = i64::try_from(force.ships()).unwrap_or(i64::MAX).max(1);
    let lost = |bout: &Bout| groups.iter().map(|group| i64::from(bout.lost[*group])).sum::<i64>();
    let losses = bouts.iter().map(|bout| lost(bout) * 100 / opening);
    SideOutcome {
        name: duel.names()[side].clone(),
        force: force.typed.clone(),
        wins,
        win: share(won),
        win_low,
        win_high,
        ships: groups.iter().map(|group| of_group(duel, bouts, *group)).collect(),
        withdrew: share(bouts.iter().filter(fled).count()),
        reasons: counted,
        losses: Histogram::over(losses, 0, 100 / SHARE_STEPS as i64, SHARE_STEPS),
    }
}

fn of_group(duel: &Duel, bouts: &[Bout], group: usize) -> RowOutcome {
    let (side, row) = duel.places[group];
    let row = &duel.forces()[side].rows[row];
    let class = duel.law.codex.class(row.class);
    let away: u64 = bouts.iter().map(|bout| u64::from(bout.away[group])).sum();
    let fled = bouts.iter().filter(|bout| bout.withdrew[group].is_some()).count();
    let runs = bouts.len().max(1) as f64;
    RowOutcome {
        class: class.key.clone(),
        class_name: class.name.clone(),
        opening: row.count,
        lost: Spread::of(bouts.iter().map(|bout| i64::from(bout.lost[group]))),
        away_mean: away as f64 / runs,
        withdrew: fled as f64 / runs,
    }
}

fn killers(duel: &Duel, bouts: &[Bout]) -> Vec<Killer> {
    let mut sums: BTreeMap<(Option<usize>, usize), u64> = BTreeMap::new();
    for bout in bouts {
        for (pair, count) in &bout.kills {
            *sums.entry(*pair).or_insert(0) += u64::from(*count);
        }
    }
    let named = |group: usize| {
        let (side, row) = duel.places[group];
        let class = duel.forces()[side].rows[row].class;
        (side, duel.law.codex.class(class).key.clone())
    };
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    sums.into_iter()
        .map(|((killer, victim), count)| Killer {
            killer: killer.map(named),
            victim: named(victim),
            ships_mean: count as f64 / bouts.len().max(1) as f64,
        })
        .collect()
}
