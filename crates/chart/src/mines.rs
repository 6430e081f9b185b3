//! Mines on a line: lumps of dense mass left where a ship will jump through.
//!
//! Only what passes at jump speed is struck. Each mine that strikes is gone; what is left drifts, and after the rules' time
//! the line is clear, of mines and of debris.

use crate::NavRules;
use crate::arith::mul_div;
use jumpline_measure::Span;

/// The chance that one mine of a line strikes a ship that passes it, millionths.
///
/// `(hull radius / corridor radius)^2`: the share of the corridor's face that the ship's face covers.
#[must_use]
pub fn mine_strike_ppm(rules: &NavRules, hull_radius_m: i64) -> i64 {
    let corridor_m = rules.mine_corridor_m.max(1);
    let share = mul_div(hull_radius_m.clamp(0, corridor_m), 1_000_000_000, corridor_m);
    mul_div(share, share, 1_000_000_000_000)
}

/// How long a stretch of line a field takes up, metres: one spacing for each mine but the last.
#[must_use]
pub fn field_length_m(rules: &NavRules, mines: i64) -> i64 {
    rules.mine_spacing_m.max(0).saturating_mul(mines.saturating_sub(1).max(0))
}

/// How much of a field (or of the debris of a passage) is still on the line a time after, permille: evenly less, and nought
/// when drift has cleared it.
#[must_use]
pub fn residue_permille(rules: &NavRules, since: Span) -> i64 {
    let clear_s = rules.debris_clear_s.max(1);
    1_000 - mul_div(since.0.clamp(0, clear_s), 1_000, clear_s)
}
