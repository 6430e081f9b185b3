#![doc = include_str!("../README.md")]

mod cohort;
mod draw;
mod fire;
mod judge;
mod morale;
mod motion;
mod play;
mod region;
mod settle;
mod step;

pub use play::{Kill, Play};
pub use region::{chosen, knows, reason};

use jumpline_battle::Report;
use jumpline_measure::{Dice, Time};
use jumpline_world::engagement::Engagement;
use jumpline_world::law::{Codex, Regard};

/// Plays an engagement in coarse steps up to `until`. Reports are added to `out` in the order in which things happen.
///
/// The caller has asked [`chosen`] first: what lies outside the calibrated region is played here too, but means nothing.
pub fn advance(
    codex: &Codex,
    dice: &Dice,
    regards: &[Vec<Regard>],
    engagement: &mut Engagement,
    until: Time,
    out: &mut Vec<Report>,
) {
    let mut play = Play::begin(codex, dice, regards, engagement);
    play.advance(until);
    play.finish(engagement, out);
}
