//! Flying round a body: the shortest way from one spot to another that never goes through it.

use crate::arith::whole;
use crate::{Chart, NavRules, Spot};
use jumpline_measure::{BodyId, Span};

/// The time a ship that cannot move takes to get anywhere else: longer than any war, yet small enough to add to.
pub const FOREVER: Span = Span(i64::MAX / 8_000);

impl Chart {
    /// The shortest way between two spots of one body that stays above its air, metres.
    ///
    /// With the spots at distances `p` and `q` from the centre, an angle `w` apart, and a floor of radius `f` (the body, its
    /// air and the rules' clearance, or the lower of the spots if that is lower): while
    /// `w <= acos(f/p) + acos(f/q)` the straight line is clear and the way is `sqrt(p^2 + q^2 - 2 p q cos w)`; beyond it the
    /// way leaves the first spot on a tangent to the floor, follows the floor, and leaves it on a tangent to the second:
    /// `sqrt(p^2 - f^2) + sqrt(q^2 - f^2) + f (w - acos(f/p) - acos(f/q))`.
    #[must_use]
    pub fn way_around_m(&self, rules: &NavRules, body: BodyId, from: &Spot, to: &Spot) -> i64 {
        let radius_m = self.radius_m(body);
        let from_centre = |spot: &Spot| radius_m.saturating_add(spot.altitude_m).max(0);
        let (p, q) = (from_centre(from), from_centre(to));
        let air_m = self.body(body).map_or(0, |body| body.air_m.max(0));
        let clear = radius_m.saturating_add(air_m).saturating_add(rules.round_clearance_m.max(0));
        let floor = clear.min(p).min(q) as f64;
        let angle = from.bearing.angle_urad(&to.bearing) as f64 / 1e6;
        let (p, q) = (p as f64, q as f64);
        if angle == 0.0 || floor <= 0.0 {
            let straight = self.spot_distance_m(body, from, to);
            return straight;
        }
        let horizon = libm::acos(floor / p) + libm::acos(floor / q);
        if angle <= horizon {
            // The cosine law, written so that near spots lose nothing: (p - q)^2 + 4 p q sin^2(w / 2).
            let half = libm::sin(angle / 2.0);
            whole(((p - q) * (p - q) + 4.0 * p * q * half * half).sqrt())
        } else {
            let tangent = |r: f64| ((r - floor) * (r + floor)).sqrt();
            whole(tangent(p) + tangent(q) + floor * (angle - horizon))
        }
    }

    /// The time to fly that way at a speed in metres a second, rounded up to the second; none at all for the same spot,
    /// [`FOREVER`] for a ship that cannot move.
    #[must_use]
    pub fn fly_around(
        &self,
        rules: &NavRules,
        body: BodyId,
        from: &Spot,
        to: &Spot,
        speed_mps: i64,
    ) -> Span {
        let way_m = self.way_around_m(rules, body, from, to);
        if way_m <= 0 {
            return Span::ZERO;
        }
        if speed_mps <= 0 {
            return FOREVER;
        }
        Span(way_m / speed_mps + i64::from(way_m % speed_mps > 0)).min(FOREVER)
    }
}
