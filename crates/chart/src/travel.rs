//! The law of jump speed: how long a jump takes, and how far apart two ships must jump.

use crate::arith::{fourth_root_milli, mul_div, permille};
use crate::round::FOREVER;
use crate::{Chart, Drive, Line, NavRules};
use jumpline_measure::Span;

/// The speed of a jump between two masses, metres a second.
///
/// `v = k * rating * pace * (a * b)^(1/4)`, with the masses `a` and `b` in petatonnes and `k` the rules' jump speed: a heavy
/// mass gives a good push and good brakes, and the weaker of the two holds the jump back. Nought when there is nothing to
/// push off, and never less than 1 m/s otherwise.
#[must_use]
pub fn jump_speed_mps(
    rules: &NavRules,
    masses_pt: [i64; 2],
    rating_permille: i64,
    pace_permille: i64,
) -> i64 {
    let [a, b] = masses_pt;
    if a <= 0 || b <= 0 || rating_permille <= 0 || rules.jump_speed_mps <= 0 {
        return 0;
    }
    let full = mul_div(rules.jump_speed_mps, fourth_root_milli(a, b), 1_000);
    permille(permille(full, rating_permille), rules.pace(pace_permille)).max(1)
}

/// The pace at which a jump that takes `full` at best takes at least `wanted`: for a ship that needs the time to recharge
/// its shields. 1000 is full pace; the rules' slowest pace is the least.
#[must_use]
pub fn slow_pace_permille(rules: &NavRules, full: Span, wanted: Span) -> i64 {
    if wanted <= full || full.0 <= 0 {
        return rules.pace(1_000);
    }
    rules.pace(mul_div(full.0, 1_000, wanted.0))
}

impl NavRules {
    /// A pace as the rules allow it: from the slowest to 1000.
    pub(crate) fn pace(&self, pace_permille: i64) -> i64 {
        pace_permille.clamp(self.slowest_pace_permille.clamp(1, 1_000), 1_000)
    }
}

impl Chart {
    /// How long a jump along a line takes, rounded up to the second; `pace_permille` 1000 is full pace, less is a slow
    /// jump. [`FOREVER`] for a drive that gives no speed.
    #[must_use]
    pub fn travel(&self, rules: &NavRules, line: &Line, drive: &Drive, pace_permille: i64) -> Span {
        Span::from_ms(self.travel_ms(rules, line, drive, pace_permille)).min(FOREVER)
    }

    /// How long a jump along a line takes, milliseconds, rounded up.
    #[must_use]
    pub fn travel_ms(
        &self,
        rules: &NavRules,
        line: &Line,
        drive: &Drive,
        pace_permille: i64,
    ) -> i64 {
        let masses = [self.mass_pt(line.from), self.mass_pt(line.to)];
        let speed_mps = jump_speed_mps(rules, masses, drive.rating_permille, pace_permille);
        if speed_mps <= 0 {
            return FOREVER.ms();
        }
        let ms = (i128::from(line.distance_m.max(0)) * 1_000 + i128::from(speed_mps) - 1)
            / i128::from(speed_mps);
        crate::arith::clamp(ms)
    }

    /// How long after one ship of that hull length the next may use the same line, milliseconds: ships cannot jump in a
    /// cluster, and a long one keeps the line longer.
    #[must_use]
    pub fn headway_ms(rules: &NavRules, length_m: i64) -> i64 {
        let hull_ms = mul_div(rules.headway_per_m_us, length_m.max(0), 1_000);
        rules.headway_base_ms.saturating_add(hull_ms).max(0)
    }
}
