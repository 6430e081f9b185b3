//! Braking: where a jump ends, what others think where it will end, and what happens when it does not.

use crate::arith::{fourth_root_milli, mul_div, permille, root_ratio_milli};
use crate::{Chart, Drive, NavRules, Spot};
use jumpline_measure::{Bearing, BodyId, Time, Vec3m};
use serde::{Deserialize, Serialize};

/// How a jump ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Braking {
    /// At the braking spot.
    Brakes,
    /// Past it, nearer to the body, by that much.
    Overshoots {
        /// Metres past the braking spot.
        by_m: i64,
    },
    /// Not at all: the ship strikes the destination when the jump would have ended (from another star, days later).
    Fails,
}

impl Chart {
    /// The far end of a line: where a jump from `from` comes to rest, beside `to` on the side facing `from`.
    ///
    /// `altitude = air + radius * share * (m_from / m_to)^(1/4) / rating`, the whole share held between the rules' least and
    /// most: a push off a heavy mass is hard to stop against a light one and ends high; a strong drive brakes low.
    #[must_use]
    pub fn braking_spot(
        &self,
        rules: &NavRules,
        from: BodyId,
        to: BodyId,
        t: Time,
        drive: &Drive,
    ) -> Spot {
        self.far_end(rules, from, to, self.heading(to, from, t), drive)
    }

    /// The far end at `to` of a line from `from`, seen in the direction `back`.
    pub(crate) fn far_end(
        &self,
        rules: &NavRules,
        from: BodyId,
        to: BodyId,
        back: Bearing,
        drive: &Drive,
    ) -> Spot {
        let Some(body) = self.body(to) else { return Spot::default() };
        let ratio = root4_ratio_milli(self.mass_pt(from), self.mass_pt(to));
        let share = permille(rules.brake_altitude_permille, ratio);
        let share = mul_div(share, 1_000, drive.rating_permille.max(1));
        let least = rules.brake_altitude_least_permille.max(0);
        let share = share.clamp(least, rules.brake_altitude_most_permille.max(least));
        let height = permille(body.radius_m.max(0), share);
        Spot::new(body.air_m.max(0).saturating_add(height), back)
    }

    /// Where an observer believes a braking spot to be: the true one moved by a part of the error along each axis.
    /// `normals_milli` are three rolls of a standard normal in thousandths; the root mean square of the distance is
    /// `error_m`. Never below the ground.
    #[must_use]
    pub fn guessed_spot(
        &self,
        body: BodyId,
        spot: &Spot,
        error_m: i64,
        normals_milli: [i32; 3],
    ) -> Spot {
        // Each axis has the error over the root of three.
        let [x, y, z] = normals_milli.map(|milli| mul_div(error_m, i64::from(milli), 1_732));
        let mut guess = self.spot_at(body, self.spot_offset(body, spot) + Vec3m::new(x, y, z));
        guess.altitude_m = guess.altitude_m.max(0);
        guess
    }
}

/// How far off an observer's guess of a braking spot is, metres (root mean square).
///
/// `error = (base + growth * sqrt(line in Gm)) * sqrt(reference section / section) / sensors / skill`, between the rules'
/// least and most. An observer of skill 1000 with sensors of 1000 knows the spot of a ship of the reference section to the
/// base; a small ship, a long line, poor instruments and a green crew all blur it.
#[must_use]
pub fn braking_error_m(
    rules: &NavRules,
    line_m: i64,
    section_m2: i64,
    sensors_permille: i64,
    skill_permille: i64,
) -> i64 {
    let growth_m =
        permille(rules.brake_error_per_root_gm_m, root_ratio_milli(line_m, 1_000_000_000));
    let error = rules.brake_error_base_m.saturating_add(growth_m);
    let error = permille(error, root_ratio_milli(rules.brake_error_section_m2, section_m2.max(1)));
    let error = mul_div(error, 1_000, sensors_permille.max(1));
    let error = mul_div(error, 1_000, skill_permille.max(1));
    let least = rules.brake_error_least_m.max(0);
    error.clamp(least, rules.brake_error_most_m.max(least))
}

/// How far an arrival that was warned can move its braking spot, metres: `shift * warning * rating`, up to the rules' most.
/// Nought without warning.
#[must_use]
pub fn brake_shift_m(rules: &NavRules, warning_ms: i64, drive: &Drive) -> i64 {
    let shift = mul_div(rules.brake_shift_mps, warning_ms.max(0), 1_000);
    permille(shift, drive.rating_permille).clamp(0, rules.brake_shift_most_m.max(0))
}

/// A braking spot moved along its line: up (braking early) for a positive shift, down (late) for a negative one, never
/// below `floor_m` of altitude.
#[must_use]
pub fn shifted_spot(spot: &Spot, shift_m: i64, floor_m: i64) -> Spot {
    let lowest = floor_m.min(spot.altitude_m);
    Spot { altitude_m: spot.altitude_m.saturating_add(shift_m).max(lowest), ..*spot }
}

/// The braking strength a line asks for, permille of a ship's whole gravity drives.
///
/// `need = base * (m_from / m_to)^(1/4) * pace`, the part before the pace held between the rules' least and most: a slow jump
/// asks for less, which is how the wounded get away.
#[must_use]
pub fn brake_need_permille(
    rules: &NavRules,
    from_mass_pt: i64,
    to_mass_pt: i64,
    pace_permille: i64,
) -> i64 {
    let need = permille(rules.brake_need_permille, root4_ratio_milli(from_mass_pt, to_mass_pt));
    let least = rules.brake_need_least_permille.max(0);
    let need = need.clamp(least, rules.brake_need_most_permille.max(least));
    permille(need, rules.pace(pace_permille))
}

/// How a jump ends for a ship whose working gravity drives (and its drive's reserve) give `strength_permille`, on a line that
/// asks for `need_permille`, towards a braking spot `altitude_m` up.
///
/// Enough strength brakes. Each permille short carries the ship the rules' overshoot further in; when that is the whole
/// altitude, or when nothing works at all, it does not stop.
#[must_use]
pub fn braking(
    rules: &NavRules,
    need_permille: i64,
    strength_permille: i64,
    altitude_m: i64,
) -> Braking {
    let short = need_permille.saturating_sub(strength_permille);
    if short <= 0 {
        return Braking::Brakes;
    }
    let by_m = short.saturating_mul(rules.overshoot_m_per_permille.max(1));
    if strength_permille <= 0 || by_m >= altitude_m {
        return Braking::Fails;
    }
    Braking::Overshoots { by_m }
}

/// `(a / b)^(1/4)` in thousandths.
fn root4_ratio_milli(a: i64, b: i64) -> i64 {
    mul_div(fourth_root_milli(a, 1), 1_000, fourth_root_milli(b, 1).max(1))
}
