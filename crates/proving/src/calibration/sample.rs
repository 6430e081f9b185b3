//! What came of one engagement, and how often what came lies within what was foretold.

use anyhow::{Result, anyhow};
use jumpline_study::{Bout, Duel, Force};
use jumpline_world::Law;

/// What is kept of a battle.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Share of each side's ships that was not lost.
    pub stood: [f64; 2],
    /// Share of the ships lost of each row of each side, in order.
    pub lost: Vec<f64>,
    /// The side that won; none when nobody did.
    pub winner: Option<usize>,
    /// How long it took, seconds.
    pub duration_s: f64,
}

impl Sample {
    /// Of a battle between two sides.
    pub fn of(duel: &Duel, bout: &Bout) -> Sample {
        Sample::from(duel, &bout.lost, bout.winner, bout.duration_s)
    }

    /// From what was counted of it: ships lost by row.
    pub fn from(duel: &Duel, lost: &[u32], winner: Option<usize>, duration_s: i64) -> Sample {
        let mut stood = [1.0; 2];
        let mut shares = Vec::new();
        for (side, force) in duel.forces().iter().enumerate().take(2) {
            let mut gone = 0;
            for row in &force.rows {
                let lost = lost.get(shares.len()).copied().unwrap_or(0);
                shares.push(f64::from(lost) / f64::from(row.count.max(1)));
                gone += lost;
            }
            stood[side] = 1.0 - f64::from(gone) / force.ships().max(1) as f64;
        }
        Sample { stood, lost: shares, winner, duration_s: duration_s as f64 }
    }
}

/// A duel of two forces as they are typed.
pub fn duel(law: &Law, sides: [&str; 2], gap_km: u32) -> Result<Duel> {
    let mut forces = Vec::new();
    for typed in sides {
        forces.push(Force::read(&law.codex, typed).map_err(|error| anyhow!("{error}"))?);
    }
    Duel::new(law, forces, i64::from(gap_km) * 1_000).map_err(|error| anyhow!(error))
}

/// Of the sides of battles seen, how many stood within the middle nine tenths of the foretold, and of how many. The interval is
/// widened by half a ship's width either way, since shares are of whole ships.
pub fn covered(seen: &[Sample], told: &[Sample]) -> (u32, u32) {
    let (mut within, mut of) = (0, 0);
    for side in 0..2 {
        let (low, high) = middle(told.iter().map(|one| one.stood[side]).collect());
        for one in seen {
            within += u32::from(one.stood[side] >= low - 0.005 && one.stood[side] <= high + 0.005);
            of += 1;
        }
    }
    (within, of)
}

/// The ends of the middle nine tenths of some values, between neighbours where they fall between.
pub fn middle(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (values.len().max(1) - 1) as f64;
        let (low, part) = (place.floor() as usize, place.fract());
        let next = values.get(low + 1).or(values.get(low)).copied().unwrap_or(0.0);
        let here = values.get(low).copied().unwrap_or(0.0);
        here + (next - here) * part
    };
    (at(0.05), at(0.95))
}

/// Half the squared distance of foretold chances from what came, over nobody, the one and the other; and what it would be if the
/// chances were those in which it came: the least that any forecast can be expected to miss by.
pub fn brier(seen: &[Sample], told: &[Sample]) -> (f64, f64) {
    let shares = |all: &[Sample]| {
        [None, Some(0), Some(1)].map(|of| {
            all.iter().filter(|one| one.winner == of).count() as f64 / all.len().max(1) as f64
        })
    };
    let (came, chances) = (shares(seen), shares(told));
    let miss = |chances: [f64; 3]| {
        let mut sum = 0.0;
        for (kind, weight) in came.iter().enumerate() {
            for (other, chance) in chances.iter().enumerate() {
                let off = chance - f64::from(u8::from(other == kind));
                sum += weight * off * off / 2.0;
            }
        }
        sum
    };
    (miss(chances), miss(came))
}
