//! Like against like is a toss-up, whatever the corner and whatever the numbers.

use crate::laws::law;
use jumpline_measure::{Dice, Purpose};
use jumpline_study::{Duel, Force};
use rayon::prelude::*;

/// Battles won from the first corner and those won at all, of so many.
fn by_corner(forces: &str, runs: u64) -> (u32, u32) {
    let force = || Force::read(&law().codex, forces).unwrap();
    let duel = Duel::new(law(), vec![force(), force()], 300_000).unwrap();
    let won: Vec<Option<usize>> = (1..=runs)
        .into_par_iter()
        .map(|seed| {
            // The lot that the sides draw for the first corner.
            let lot = Dice::new(seed).roll(Purpose::Spare, 0, 0, 0).word(0) as usize % 2;
            duel.bout(seed, 1, &|| false).unwrap().winner.map(|side| (side + lot) % 2)
        })
        .collect();
    let count = |test: &dyn Fn(usize) -> bool| {
        u32::try_from(won.iter().flatten().filter(|corner| test(**corner)).count()).unwrap()
    };
    (count(&|corner| corner == 0), count(&|_| true))
}

/// What ships do by hash of their numbers must hang on the war's seed too: else the same ship numbers are lucky in every battle, and one
/// corner of `cruiser*20` against itself wins 96 of 100.
#[test]
fn no_corner_is_worth_anything() {
    for forces in ["cruiser*20", "hycre:destroyer*20"] {
        let (first, all) = by_corner(forces, 400);
        let (share, n) = (f64::from(first) / f64::from(all), f64::from(all));
        let errors = (share - 0.5) / (0.25 / n).sqrt();
        assert!(all > 300 && errors.abs() < 3.0, "{forces}: {first} of {all}, {errors:+.1} errors");
    }
}
