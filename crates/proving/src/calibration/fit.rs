//! Which worths explain what was seen: Gauss and Newton's method over logarithms. Slopes are found by fighting the same engagements as
//! aggregates with one worth changed and the same dice.
//!
//! The worth of a class against another is a common one, plus what is the one's own, plus what is the other's, plus what is the
//! pair's: pairs seldom seen lean on what their classes do elsewhere.

use crate::calibration::sample::Sample;
use crate::calibration::solve::solve;
use jumpline_measure::ClassId;
use jumpline_study::{Duel, Field};
use jumpline_world::law::{Attrition, Calibrated};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Misses are counted in these: shares of a row lost, chance of a side to win, logarithm of the time.
const LOST: f64 = 0.12;
const WON: f64 = 0.35;
const TIME: f64 = 0.4;
/// Beyond so many of them a miss counts less and less: one battle's luck must not bend the whole.
const WILD: f64 = 4.0;
/// How far logarithms are expected to lie from nought: what is a class's own, what is a pair's, what is left once fights loosen.
const OWN: f64 = 1.0;
const PAIR: f64 = 0.3;
const LATE: f64 = 1.0;
/// What is expected to be left of fire, by each of two classes, once fights have loosened.
const LATE_ABOUT: f64 = -0.3;
/// Where the search begins.
const BEGIN: f64 = -0.4;
/// Most that one round changes a logarithm, and where logarithms end.
const CHANGE_MOST: f64 = 0.8;
const LOG_MOST: f64 = 5.0;

/// An engagement and what came of it, with the fields on which it is fought again.
pub struct Case {
    /// It.
    pub duel: Duel,
    /// Fields by seed.
    pub fields: Vec<(u64, Field)>,
    /// Aggregates of it for each trial.
    pub told: u64,
    /// What came of it ship by ship.
    pub seen: Sample,
    /// Ordered pairs of hostile classes in it, by their numbers among those calibrated.
    pairs: Vec<(usize, usize)>,
    /// Classes in it, by their numbers.
    kinds: Vec<usize>,
    /// How much a miss in each row counts.
    weights: Vec<f64>,
}

impl Case {
    /// An engagement of classes that are calibrated. None when one is not.
    pub fn new(
        duel: Duel,
        fields: Vec<(u64, Field)>,
        told: u64,
        seen: Sample,
        classes: &[ClassId],
    ) -> Option<Case> {
        let number = |class: ClassId| classes.iter().position(|one| *one == class);
        let mut rows: Vec<(usize, usize)> = Vec::new();
        for (side, force) in duel.forces().iter().enumerate() {
            for row in &force.rows {
                rows.push((side, number(row.class)?));
            }
        }
        let mut pairs = Vec::new();
        for (side, one) in &rows {
            pairs.extend(rows.iter().filter(|row| row.0 != *side).map(|row| (*one, row.1)));
        }
        let mut kinds: Vec<usize> = rows.iter().map(|row| row.1).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let of = |side: usize| rows.iter().filter(|row| row.0 == side).count() as f64;
        let weights = rows.iter().map(|row| 1.0 / of(row.0).sqrt()).collect();
        Some(Case { duel, fields, told, seen, pairs, kinds, weights })
    }

    /// Outcomes in the measures in which misses are counted: rows lost, chances to win, time.
    fn measured(&self, lost: &[f64], won: [f64; 2], time: f64) -> Vec<f64> {
        let rows = lost.iter().zip(&self.weights).map(|(lost, weight)| lost / LOST * weight);
        rows.chain(won.map(|won| won / WON)).chain([time / TIME]).collect()
    }

    fn seen(&self) -> Vec<f64> {
        let won = [0, 1].map(|side| f64::from(u8::from(self.seen.winner == Some(side))));
        self.measured(&self.seen.lost, won, self.seen.duration_s.max(1.0).ln())
    }

    /// What aggregates make of it.
    fn foretold(&self) -> Vec<f64> {
        let mut lost = vec![0.0; self.weights.len()];
        let (mut won, mut time) = ([0.0; 2], 0.0);
        let share = 1.0 / self.told.max(1) as f64;
        for nth in 0..self.told {
            let Some((seed, field)) = self.fields.get(nth as usize % self.fields.len().max(1))
            else {
                continue;
            };
            let bout = self.duel.rough(field, seed * 1_000 + nth, None);
            let sample = Sample::of(&self.duel, &bout);
            for (sum, lost) in lost.iter_mut().zip(&sample.lost) {
                *sum += lost * share;
            }
            if let Some(side) = sample.winner {
                won[side] += share;
            }
            time += sample.duration_s.max(1.0).ln() * share;
        }
        self.measured(&lost, won, time)
    }
}

/// What is sought, as one row of logarithms: the common one, each class's own as it fires and as it is fired at, each pair's, and
/// what is left of fire by and on each class once fights have loosened.
#[derive(Clone, Debug)]
pub struct Worths {
    classes: Vec<ClassId>,
    logs: Vec<f64>,
}

impl Worths {
    /// Where the search begins.
    pub fn new(classes: Vec<ClassId>) -> Worths {
        let count = classes.len();
        let mut logs = vec![0.0; 1 + 3 * count + count * count];
        logs[0] = BEGIN;
        let late = logs.len() - count;
        logs[late..].fill(LATE_ABOUT);
        Worths { classes, logs }
    }

    /// The search goes on from a table that was measured before, where there is one for all of these classes.
    pub fn from(classes: Vec<ClassId>, table: &Attrition) -> Option<Worths> {
        let count = classes.len();
        let mut worths = Worths::new(classes);
        let mut logs = vec![0.0; count * count];
        for of in 0..count {
            for on in 0..count {
                let worth = table.worth_permille(worths.classes[of], worths.classes[on])?;
                logs[of * count + on] = (worth.max(1) as f64 / 1_000.0).ln();
            }
        }
        let common = mean(logs.iter().copied(), count * count);
        worths.logs[0] = common;
        for class in 0..count {
            let fires = (0..count).map(|on| logs[class * count + on]);
            worths.logs[1 + class] = mean(fires, count) - common;
            let suffers = (0..count).map(|of| logs[of * count + class]);
            worths.logs[1 + count + class] = mean(suffers, count) - common;
            let late = worths.late_at(class);
            let left = table.late_permille(worths.classes[class]);
            worths.logs[late] = (left.max(1) as f64 / 1_000.0).ln();
        }
        for of in 0..count {
            for on in 0..count {
                let [common, one, other, own] = worths.pair_at((of, on));
                let known = worths.logs[common] + worths.logs[one] + worths.logs[other];
                worths.logs[own] = logs[of * count + on] - known;
            }
        }
        Some(worths)
    }

    fn pair_at(&self, (of, on): (usize, usize)) -> [usize; 4] {
        let count = self.classes.len();
        [0, 1 + of, 1 + count + on, 1 + 2 * count + of * count + on]
    }

    fn late_at(&self, class: usize) -> usize {
        self.logs.len() - self.classes.len() + class
    }

    fn worth(&self, pair: (usize, usize)) -> f64 {
        self.pair_at(pair).iter().map(|at| self.logs[*at]).sum::<f64>().clamp(-LOG_MOST, LOG_MOST)
    }

    /// The table of them.
    pub fn table(&self, attrition: &mut Attrition) {
        let count = self.classes.len();
        let most = self.classes.iter().map(|class| class.index() + 1).max().unwrap_or(0);
        attrition.classes = vec![None; most];
        for (of, class) in self.classes.iter().enumerate() {
            let mut against: Vec<(ClassId, i64)> =
                (0..count).map(|on| (self.classes[on], permille(self.worth((of, on))))).collect();
            against.sort_unstable();
            let late_permille = permille(self.logs[self.late_at(of)]);
            attrition.classes[class.index()] = Some(Calibrated { late_permille, against });
        }
    }

    fn put(&self, duel: &mut Duel, pair: (usize, usize), log: f64) {
        let [of, on] = [pair.0, pair.1].map(|class| self.classes[class]);
        let row = duel.attrition_mut().classes.get_mut(of.index()).and_then(Option::as_mut);
        let Some(row) = row else { return };
        if let Ok(at) = row.against.binary_search_by_key(&on, |(class, _)| *class) {
            row.against[at].1 = permille(log);
        }
    }

    fn put_late(&self, duel: &mut Duel, class: usize, log: f64) {
        let at = self.classes[class].index();
        if let Some(Some(row)) = duel.attrition_mut().classes.get_mut(at) {
            row.late_permille = permille(log);
        }
    }
}

fn mean(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    values.sum::<f64>() / count.max(1) as f64
}

fn permille(log: f64) -> i64 {
    ((log.exp() * 1_000.0).round() as i64).clamp(1, 1_000_000)
}

/// How much a miss of so many measures counts.
fn weight(miss: f64) -> f64 {
    1.0 / (1.0 + miss * miss / (WILD * WILD))
}

/// Misses of one case, and how what is foretold changes with each logarithm that bears on it: places in the row, and slopes.
type Slopes = (Vec<f64>, Vec<(Vec<usize>, Vec<f64>)>);

fn slopes(case: &mut Case, worths: &Worths, step: f64) -> Slopes {
    for pair in case.pairs.clone() {
        worths.put(&mut case.duel, pair, worths.worth(pair));
    }
    for class in case.kinds.clone() {
        worths.put_late(&mut case.duel, class, worths.logs[worths.late_at(class)]);
    }
    let told = case.foretold();
    let misses = case.seen().iter().zip(&told).map(|(seen, told)| seen - told).collect();
    let change = |other: Vec<f64>, by: f64| -> Vec<f64> {
        other.iter().zip(&told).map(|(other, told)| (other - told) / by).collect()
    };
    let mut found = Vec::new();
    for pair in case.pairs.clone() {
        worths.put(&mut case.duel, pair, worths.worth(pair) + step);
        found.push((worths.pair_at(pair).to_vec(), change(case.foretold(), step)));
        worths.put(&mut case.duel, pair, worths.worth(pair));
    }
    for class in case.kinds.clone() {
        let at = worths.late_at(class);
        worths.put_late(&mut case.duel, class, worths.logs[at] - step);
        found.push((vec![at], change(case.foretold(), -step)));
        worths.put_late(&mut case.duel, class, worths.logs[at]);
    }
    (misses, found)
}

/// One round: better worths, and what the old ones missed by, the mean over cases.
pub fn round(cases: &mut [Case], worths: &mut Worths, step: f64) -> f64 {
    let old = &*worths;
    let seen: Vec<Slopes> = cases.par_iter_mut().map(|case| slopes(case, old, step)).collect();
    let size = worths.logs.len();
    let (mut matrix, mut right) = (vec![0.0; size * size], vec![0.0; size]);
    let mut sum = 0.0;
    for (misses, found) in &seen {
        for (at, miss) in misses.iter().enumerate() {
            let counts = weight(*miss);
            sum += counts * miss * miss;
            let mut row: BTreeMap<usize, f64> = BTreeMap::new();
            for (places, slopes) in found {
                for place in places {
                    *row.entry(*place).or_default() += slopes[at];
                }
            }
            for (one, slope) in &row {
                right[*one] += counts * slope * miss;
                for (other, with) in &row {
                    matrix[one * size + other] += counts * slope * with;
                }
            }
        }
    }
    let count = worths.classes.len();
    for at in 0..size {
        let (spread, about) = match at {
            0 => (10.0, BEGIN),
            _ if at <= 2 * count => (OWN, 0.0),
            _ if at < size - count => (PAIR, 0.0),
            _ => (LATE, LATE_ABOUT),
        };
        let own = &mut matrix[at * size + at];
        *own += 1.0 / (spread * spread);
        right[at] -= (worths.logs[at] - about) / (spread * spread);
        // A little held back, so that what nothing bears on stays where it is.
        *own = *own * 1.05 + 0.5;
    }
    let found = solve(matrix, &right);
    for (log, change) in worths.logs.iter_mut().zip(found) {
        *log += change.clamp(-CHANGE_MOST, CHANGE_MOST);
    }
    sum / seen.len().max(1) as f64
}
