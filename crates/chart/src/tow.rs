//! Towing: a ship that cannot jump goes on a slow jump inside another's inertial field.

use crate::NavRules;
use crate::arith::mul_div;

/// The pace of a tow, permille of the tug's own full speed.
///
/// `2 * base * tug / (tug + towed)`, with the base the rules' pace for equals: half a tug's strength goes to as much mass
/// again. Held to what the rules allow as a pace.
#[must_use]
pub fn tow_pace_permille(rules: &NavRules, tug_kt: i64, towed_kt: i64) -> i64 {
    let (tug, towed) = (tug_kt.max(1), towed_kt.max(0));
    let pace = mul_div(rules.tow_pace_permille.saturating_mul(2), tug, tug.saturating_add(towed));
    rules.pace(pace)
}
