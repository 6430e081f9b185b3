//! Mixed engagements of the design: one or two classes a side, drawn by dice, of strengths about parity by the codex's own reckoning.
//! They teach what single classes cannot: how fire is shared, who is left behind, who decides a chase. Stores nothing.

use crate::calibration::design::{self, FIRST_SEED, Ranges, halton};
use jumpline_measure::{Dice, Purpose};
use jumpline_world::law::{Class, Codex};

/// Seeds of mixtures: above those of the pairs.
pub const MIXED_SEED: u64 = FIRST_SEED + 500_000;
/// Battles of one mixture have seeds of their own.
pub const SEEDS_EACH: u64 = 64;
/// Most ships of one class on a side.
const ROW_MOST: f64 = 250.0;
/// One side in so many is of one class.
const PLAIN_EVERY: u32 = 5;

/// One engagement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mixture {
    /// Sides, as they are typed.
    pub sides: [String; 2],
    /// Distance, kilometres.
    pub gap_km: u32,
    /// Seed of its first battle.
    pub seed: u64,
}

/// The k-th mixture. Strength of the stronger side, in that of the codex's middle class, is spread as ships are for pairs.
pub fn mixture(codex: &Codex, k: u32, ranges: &Ranges) -> Mixture {
    let classes = design::classes(codex);
    let worth = |class: &Class| {
        let id = codex.class_by_key(&class.key);
        id.map_or(1, |id| jumpline_battle::strength(codex, id)).max(1) as f64
    };
    let mut worths: Vec<f64> = classes.iter().map(|class| worth(class)).collect();
    worths.sort_by(f64::total_cmp);
    let middle = worths.get(worths.len() / 2).copied().unwrap_or(1.0);
    let many = design::between(ranges.ships, halton(k, 2)) * middle;
    let odds = ranges.odds.powf(2.0 * halton(k, 3) - 1.0);
    let strengths = if odds >= 1.0 { [many, many / odds] } else { [many * odds, many] };
    let dice = Dice::new(MIXED_SEED);
    let mut left: Vec<usize> = (0..classes.len()).collect();
    let sides = [0, 1].map(|side| {
        let word =
            |at: u32| dice.roll(Purpose::Spare, u64::from(k), 0, 8 * side as u32 + at).word(0);
        let kinds = if word(0) % PLAIN_EVERY == 0 { 1 } else { 2 };
        let share = 0.2 + 0.6 * f64::from(word(1)) / f64::from(u32::MAX);
        let shares = if kinds == 1 { vec![1.0] } else { vec![share, 1.0 - share] };
        let rows: Vec<String> = shares
            .iter()
            .enumerate()
            .map(|(at, share)| {
                let class = classes[left.remove(word(2 + at as u32) as usize % left.len())];
                let ships = (strengths[side] * share / worth(class)).round().clamp(1.0, ROW_MOST);
                format!("{}*{ships}", class.key)
            })
            .collect();
        rows.join("+")
    });
    let gap_km = design::between(ranges.gap_km, halton(k, 5)) as u32;
    Mixture { sides, gap_km, seed: MIXED_SEED + u64::from(k) * SEEDS_EACH }
}
