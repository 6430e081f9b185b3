//! What came of one engagement, ship by ship, and how the next one's odds are set.

use crate::calibration::design::Point;
use anyhow::{Result, anyhow};
use jumpline_study::{Bout, Duel, Force};
use jumpline_world::Law;

/// What is kept of a battle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Share of each side's ships that was not lost.
    pub stood: [f64; 2],
    /// The side that won; none when nobody did.
    pub winner: Option<usize>,
    /// How long it took, seconds.
    pub duration_s: f64,
}

impl Sample {
    /// Of a battle between two sides.
    pub fn of(duel: &Duel, bout: &Bout) -> Sample {
        let mut stood = [1.0; 2];
        let mut at = 0;
        for (side, force) in duel.forces().iter().enumerate().take(2) {
            let lost: u32 = (0..force.rows.len()).map(|row| bout.lost[at + row]).sum();
            at += force.rows.len();
            stood[side] = 1.0 - f64::from(lost) / force.ships().max(1) as f64;
        }
        Sample { stood, winner: bout.winner, duration_s: bout.duration_s as f64 }
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

/// The duel of a design point.
pub fn duel_of(law: &Law, point: &Point) -> Result<Duel> {
    let sides = [0, 1].map(|side| format!("{}*{}", point.classes[side], point.ships[side]));
    duel(law, [&sides[0], &sides[1]], point.gap_km)
}

/// How many of the first would have matched one of the second, by the square law, if anything was lost.
pub fn parity(point: &Point, sample: &Sample) -> Option<f64> {
    let used = |side: usize| {
        let ships = f64::from(point.ships[side]);
        let left = ships * sample.stood[side];
        ships * ships - left * left
    };
    let (one, other) = (used(0), used(1));
    let tiny = 0.5;
    (one > 0.0 || other > 0.0).then(|| ((one + tiny) / (other + tiny)).sqrt())
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
