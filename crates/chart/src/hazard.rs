//! What stars and air do to ships: drag, jumps on no line, falling, and being pushed out.

use crate::arith::{mul_div, permille, whole};
use crate::travel::jump_speed_mps;
use crate::{Body, Chart, Drive, NavRules, Spot};
use jumpline_measure::{Bearing, BodyId, Span};
use serde::{Deserialize, Serialize};

/// The constant of gravitation times a petatonne, m3/s2.
const GRAVITY_PT: f64 = 6.6743e7;
/// Steps in which a way through air is added up: a fixed number, each taken at its middle.
const AIR_STEPS: i64 = 64;

/// Damage, by what takes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Harm {
    /// Points off the shields.
    pub shields: i64,
    /// Points off the armour.
    pub armour: i64,
}

/// A jump on no proper line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OffLine {
    /// The way leads into the body: nobody survives it.
    Strikes,
    /// The ship comes through.
    Passes {
        /// Where it comes to rest.
        end: Spot,
        /// How long it takes.
        span: Span,
        /// Air on the way, as metres of full air.
        air_m: i64,
    },
}

/// Whether others can push a falling ship out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PushOut {
    /// The fall is stopped in time.
    Holds {
        /// Height lost before it is stopped, metres.
        lost_m: i64,
    },
    /// Even all of them together cannot hold its weight.
    TooWeak {
        /// Thrust missing, kilonewtons.
        short_kn: i64,
    },
    /// They could hold it, but not before it burns.
    TooLate {
        /// Height that stopping it would take, metres.
        needed_m: i64,
    },
}

/// The density of a body's air or corona at an altitude, millionths of that at the floor.
///
/// `((air - altitude) / air)^2` inside the air, 1,000,000 at the floor and below, nought above.
#[must_use]
pub fn air_density_ppm(body: &Body, altitude_m: i64) -> i64 {
    if body.air_m <= 0 || altitude_m >= body.air_m {
        return 0;
    }
    let depth_ppm = mul_div(body.air_m - altitude_m.max(0), 1_000_000, body.air_m);
    mul_div(depth_ppm, depth_ppm, 1_000_000)
}

/// Shields worn off a ship in a body's air, points: `drag * density * area * time`.
#[must_use]
pub fn drag_points(
    rules: &NavRules,
    body: &Body,
    altitude_m: i64,
    frontal_m2: i64,
    span: Span,
) -> i64 {
    let full = mul_div(rules.drag_points_per_s, frontal_m2.max(0), 1_000);
    let thin = mul_div(full, air_density_ppm(body, altitude_m), 1_000_000);
    thin.saturating_mul(span.0.max(0))
}

/// Damage of a way through air: `harm * air * area`, the shields first, and of what they cannot take the armour its share.
#[must_use]
pub fn off_line_harm(rules: &NavRules, air_m: i64, frontal_m2: i64, shields_points: i64) -> Harm {
    let area = mul_div(rules.off_line_harm_points, frontal_m2.max(0), 1_000);
    let points = mul_div(area, air_m.max(0), 1_000);
    let shields = points.min(shields_points.max(0));
    Harm { shields, armour: permille(points - shields, rules.off_line_armour_permille) }
}

/// How long a ship without drives falls from an altitude until it burns in the air (or strikes ground without air),
/// milliseconds; 0 for one already there, `None` where there is no mass to fall to.
///
/// The time of a stone dropped from rest, `sqrt(r^3 / 2GM) * (acos(sqrt x) + sqrt(x (1 - x)))` with `r` its distance from the
/// centre and `x` the floor's share of it, times the rules' fall: what sideways motion is left stretches it.
#[must_use]
pub fn fall_ms(rules: &NavRules, body: &Body, altitude_m: i64) -> Option<i64> {
    if body.mass_pt <= 0 {
        return None;
    }
    let floor = body.radius_m.max(1).saturating_add(body.air_m.max(0)) as f64;
    let r = body.radius_m.max(1).saturating_add(altitude_m) as f64;
    if r <= floor {
        return Some(0);
    }
    let x = floor / r;
    let shape = libm::acos(x.sqrt()) + (x * (1.0 - x)).sqrt();
    let stone_s = r * (r / (2.0 * GRAVITY_PT * body.mass_pt as f64)).sqrt() * shape;
    Some(whole(stone_s * rules.fall_permille.max(0) as f64))
}

/// Can pushers with a thrust between them hold a falling ship, `fallen` after its drives failed?
///
/// It weighs `GM / r^2` for its mass, less what its way round the body carries (the fall stretched `n` times is pulled by
/// `1/n^2`). It sinks at `pull * fallen`; the thrust beyond its weight must stop that within the height left above the air:
/// `sink^2 / (2 * (thrust / mass - pull))`.
#[must_use]
pub fn push_out(
    rules: &NavRules,
    body: &Body,
    altitude_m: i64,
    mass_kt: i64,
    thrust_kn: i64,
    fallen: Span,
) -> PushOut {
    let r = body.radius_m.max(1).saturating_add(altitude_m).max(1) as f64;
    let stretch = rules.fall_permille.max(1) as f64 / 1_000.0;
    let pull = GRAVITY_PT * body.mass_pt.max(0) as f64 / r / r / (stretch * stretch);
    // A kilotonne is a million kilograms, so a kilonewton moves it by a thousandth of a metre a second each second.
    let lift = thrust_kn.max(0) as f64 / (mass_kt.max(1) as f64 * 1_000.0);
    let spare = lift - pull;
    if spare <= 0.0 {
        let short = whole(-spare * mass_kt.max(1) as f64 * 1_000.0).max(1);
        return PushOut::TooWeak { short_kn: short };
    }
    let sink = pull * fallen.0.max(0) as f64;
    let lost_m = whole(sink * sink / (2.0 * spare));
    if lost_m >= altitude_m.saturating_sub(body.air_m.max(0)) {
        return PushOut::TooLate { needed_m: lost_m };
    }
    PushOut::Holds { lost_m }
}

impl Chart {
    /// A light microjump on no line: from a spot, some way along a heading, pushing off the one body.
    ///
    /// The speed is the rules' share of a jump between two such bodies. The air on the way is added up in a fixed number of
    /// steps; a way that comes down to the body's radius strikes it.
    #[must_use]
    pub fn off_line(
        &self,
        rules: &NavRules,
        body: BodyId,
        from: &Spot,
        heading: &Bearing,
        distance_m: i64,
        drive: &Drive,
    ) -> OffLine {
        let Some(mass) = self.body(body) else { return OffLine::Strikes };
        let distance_m = distance_m.max(0);
        let start = self.spot_offset(body, from);
        let altitude = |way_m: i64| {
            (start + heading.along(way_m)).length_m().saturating_sub(mass.radius_m.max(0))
        };
        // The lowest point of a straight way is where it runs square to the line to the centre, or an end.
        let nearest_m = -mul_div(start.length_m(), from.bearing.dot_ppm(heading), 1_000_000);
        if altitude(nearest_m.clamp(0, distance_m)) <= 0 {
            return OffLine::Strikes;
        }
        let middle = |step: i64| mul_div(distance_m, 2 * step + 1, 2 * AIR_STEPS);
        let density: i64 =
            (0..AIR_STEPS).map(|step| air_density_ppm(mass, altitude(middle(step)))).sum();
        let air_m = mul_div(distance_m, density, AIR_STEPS * 1_000_000);
        let line_mps = jump_speed_mps(rules, [mass.mass_pt; 2], drive.rating_permille, 1_000);
        let speed_mps = permille(line_mps, rules.off_line_speed_permille).max(1);
        let span = Span(distance_m / speed_mps + i64::from(distance_m % speed_mps > 0));
        let end = self.spot_at(body, start + heading.along(distance_m));
        OffLine::Passes { end, span, air_m }
    }
}
