//! Which worths explain what was seen: a pattern search over two logarithms, each tried by fighting the same engagements as aggregates.

use crate::calibration::sample::Sample;
use jumpline_measure::ClassId;
use jumpline_study::{Duel, Field};
use jumpline_world::law::{Attrition, Calibrated};

/// An engagement and what came of it, with the fields on which it is fought again.
pub struct Case {
    /// It.
    pub duel: Duel,
    /// Fields by seed.
    pub fields: Vec<(u64, Field)>,
    /// What came of it ship by ship.
    pub seen: Sample,
    /// How much it counts.
    pub weight: f64,
}

/// What aggregates make of a case: means over its fields.
pub fn foretold(case: &Case) -> Sample {
    let (mut stood, mut log) = ([0.0; 2], 0.0);
    for (seed, field) in &case.fields {
        let bout = case.duel.rough(field, *seed, None);
        let sample = Sample::of(&case.duel, &bout);
        stood[0] += sample.stood[0];
        stood[1] += sample.stood[1];
        log += sample.duration_s.max(1.0).ln();
    }
    let count = case.fields.len().max(1) as f64;
    Sample { stood: stood.map(|sum| sum / count), winner: None, duration_s: (log / count).exp() }
}

/// How far a foretelling is from what was seen.
pub fn miss(seen: &Sample, told: &Sample) -> f64 {
    let mut sum = 0.0;
    for side in 0..2 {
        let off = (seen.stood[side] - told.stood[side]) / 0.1;
        // One battle's luck must not bend the whole.
        sum += off * off / (1.0 + off * off / 9.0);
    }
    let off = (seen.duration_s.max(1.0) / told.duration_s.max(1.0)).ln() / 0.3;
    sum + off * off / (1.0 + off * off / 9.0)
}

/// Sets the worths of a pair of classes against one another, and nothing else.
pub fn set(attrition: &mut Attrition, classes: [ClassId; 2], worths: [i64; 2]) {
    let most = classes.iter().map(|class| class.index() + 1).max().unwrap_or(0);
    if attrition.classes.len() < most {
        attrition.classes.resize(most, None);
    }
    for (of, against, worth) in
        [(classes[0], classes[1], worths[0]), (classes[1], classes[0], worths[1])]
    {
        let row = attrition.classes[of.index()].get_or_insert(Calibrated { against: Vec::new() });
        match row.against.binary_search_by_key(&against, |(class, _)| *class) {
            Ok(at) => row.against[at].1 = worth,
            Err(at) => row.against.insert(at, (against, worth)),
        }
    }
}

/// A pair's worths, permille, as a pair of logarithms.
pub fn permille(logs: [f64; 2]) -> [i64; 2] {
    logs.map(|log| ((log.exp() * 1_000.0).round() as i64).clamp(1, 1_000_000))
}

/// What a pair of logarithms misses over all cases, with a little for leaving what is expected.
fn cost(
    cases: &mut [Case],
    classes: [ClassId; 2],
    logs: [f64; 2],
    about: [f64; 2],
    pull: f64,
) -> f64 {
    let mut sum = 0.0;
    for case in cases {
        set(case.duel.attrition_mut(), classes, permille(logs));
        sum += case.weight * miss(&case.seen, &foretold(case));
    }
    for side in 0..2 {
        let off = logs[side] - about[side];
        sum += pull * off * off;
    }
    sum
}

/// The best logarithms for a pair, from a beginning. When a class fights its like both are the same.
pub fn fit(
    cases: &mut [Case],
    classes: [ClassId; 2],
    about: [f64; 2],
    pull: f64,
) -> ([f64; 2], f64) {
    let alike = classes[0] == classes[1];
    let mut best = about;
    let mut least = cost(cases, classes, best, about, pull);
    // A coarse look round first: the way down is not smooth.
    for one in -2..=2 {
        for other in -2..=2 {
            let tried = [about[0] + f64::from(one) * 0.9, about[1] + f64::from(other) * 0.9];
            if alike && one != other {
                continue;
            }
            let sum = cost(cases, classes, tried, about, pull);
            if sum < least {
                (best, least) = (tried, sum);
            }
        }
    }
    let mut step = 0.45;
    let ways: &[[f64; 2]] = if alike {
        &[[1.0, 1.0], [-1.0, -1.0]]
    } else {
        &[
            [1.0, 0.0],
            [-1.0, 0.0],
            [0.0, 1.0],
            [0.0, -1.0],
            [1.0, 1.0],
            [-1.0, -1.0],
            [1.0, -1.0],
            [-1.0, 1.0],
        ]
    };
    while step > 0.03 {
        let mut found = false;
        for way in ways {
            let tried = [best[0] + way[0] * step, best[1] + way[1] * step];
            if tried.iter().any(|log| log.abs() > 5.0) {
                continue;
            }
            let sum = cost(cases, classes, tried, about, pull);
            if sum < least {
                (best, least, found) = (tried, sum, true);
                break;
            }
        }
        if !found {
            step *= 0.5;
        }
    }
    (best, least)
}
