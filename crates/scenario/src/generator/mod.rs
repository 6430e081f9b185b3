//! A galaxy and a war in it, written as the files of a scenario.
//!
//! The same numbers and seed give the same bytes on every machine. What comes out is text that a person can
//! read, change and keep: nothing is played from here directly.

mod draw;
mod galaxy;
mod names;
mod tables;
mod war;

use crate::generator::draw::Draw;

/// Fewest and most systems that are generated.
pub const SYSTEMS: std::ops::RangeInclusive<u32> = 1..=5_000;
/// Fewest and most powers that are generated.
pub const POWERS: std::ops::RangeInclusive<u32> = 2..=64;

/// Writes a scenario folder: file names and texts. It is played by the ruleset `core`. Numbers outside
/// [`SYSTEMS`] and [`POWERS`] are taken as the nearest inside.
pub fn generate(systems: u32, powers: u32, seed: u64) -> Vec<(String, String)> {
    let systems = systems.clamp(*SYSTEMS.start(), *SYSTEMS.end()) as usize;
    let powers = powers.clamp(*POWERS.start(), *POWERS.end()) as usize;
    let draw = Draw::new(seed);
    let mut names = names::Names::new();
    let galaxy = galaxy::Galaxy::grow(systems, powers, &draw, &mut names);
    let mut files = galaxy.files();
    files.extend(war::files(&galaxy, seed, &draw, &mut names));
    files.sort();
    files
}
