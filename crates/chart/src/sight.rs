//! How far things are seen: size, the side they show, and the glare of stars.

use crate::arith::{mul_div, permille, root_ratio_milli};
use crate::{Body, BodyKind, NavRules};

/// The area a ship shows to an observer, square metres, from its frontal and side areas and the cosine (in millionths)
/// between its bow and the observer.
///
/// `frontal * c^2 + side * (1 - c^2)`: a long ship pointed straight at you is as small as it gets.
#[must_use]
pub fn seen_section_m2(frontal_m2: i64, side_m2: i64, cosine_ppm: i64) -> i64 {
    let cosine = cosine_ppm.clamp(-1_000_000, 1_000_000);
    let end_on = mul_div(cosine, cosine, 1_000_000);
    mul_div(frontal_m2.max(0), end_on, 1_000_000).saturating_add(mul_div(
        side_m2.max(0),
        1_000_000 - end_on,
        1_000_000,
    ))
}

/// How far sensors see something, metres.
///
/// `range * sqrt(section / reference section) * (1 - masking)`: the echo goes with the area, the range with its root. A ship
/// with a small section is seen late.
#[must_use]
pub fn detection_range_m(
    rules: &NavRules,
    sensor_range_m: i64,
    section_m2: i64,
    masking_permille: i64,
) -> i64 {
    let range =
        permille(sensor_range_m.max(0), root_ratio_milli(section_m2, rules.sight_section_m2));
    permille(range, 1_000 - masking_permille.clamp(0, 1_000))
}

/// How much of a ship's image a star's wind hides at an altitude, permille.
///
/// The rules' most down at the corona's top and inside it, falling evenly to nought at their height above it; nought at
/// bodies that do not shine.
#[must_use]
pub fn masking_permille(rules: &NavRules, body: &Body, altitude_m: i64) -> i64 {
    if body.kind != BodyKind::Star {
        return 0;
    }
    let height_m = permille(body.radius_m.max(0), rules.mask_height_permille).max(1);
    let above_m = altitude_m.saturating_sub(body.air_m.max(0)).clamp(0, height_m);
    mul_div(rules.mask_most_permille.clamp(0, 1_000), height_m - above_m, height_m)
}
