//! Places about a body, as sailors say them: how high, and on which side.
//!
//! A [`Spot`] goes with its body through the system; a [`Vec3m`] does not. The two are turned into each other here.

use crate::Chart;
use crate::arith::{mul_div, permille};
use jumpline_measure::{Bearing, BodyId, Time, Vec3m};
use serde::{Deserialize, Serialize};

/// A place in a body's space.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Spot {
    /// Height above the body's radius, metres.
    pub altitude_m: i64,
    /// Direction from the body's centre.
    pub bearing: Bearing,
}

impl Spot {
    /// A place from its height in metres and its direction.
    #[must_use]
    pub const fn new(altitude_m: i64, bearing: Bearing) -> Self {
        Self { altitude_m, bearing }
    }
}

impl Chart {
    /// A body's radius in metres; 0 for a body that does not exist.
    pub(crate) fn radius_m(&self, body: BodyId) -> i64 {
        self.body(body).map_or(0, |body| body.radius_m.max(0))
    }

    /// A body's mass in petatonnes; 0 for a body that does not exist.
    pub(crate) fn mass_pt(&self, body: BodyId) -> i64 {
        self.body(body).map_or(0, |body| body.mass_pt.max(0))
    }

    /// Where a spot is, metres from its body's centre.
    #[must_use]
    pub fn spot_offset(&self, body: BodyId, spot: &Spot) -> Vec3m {
        spot.bearing.along(self.radius_m(body).saturating_add(spot.altitude_m))
    }

    /// Where a spot is at a time, metres from the system's barycentre.
    #[must_use]
    pub fn spot_position(&self, body: BodyId, spot: &Spot, t: Time) -> Vec3m {
        self.position(body, t) + self.spot_offset(body, spot)
    }

    /// The spot that many metres from a body's centre; the centre itself counts as under the first axis.
    #[must_use]
    pub fn spot_at(&self, body: BodyId, offset: Vec3m) -> Spot {
        let bearing = Bearing::from_vec(offset).unwrap_or_default();
        Spot::new(offset.length_m().saturating_sub(self.radius_m(body)), bearing)
    }

    /// The straight distance between two spots of one body, metres. It may lead through the body: see
    /// [`Chart::fly_around`] for the way that does not.
    #[must_use]
    pub fn spot_distance_m(&self, body: BodyId, a: &Spot, b: &Spot) -> i64 {
        self.spot_offset(body, a).distance_m(&self.spot_offset(body, b))
    }

    /// The place a share of the way round from one spot to another: the angle and the height both change evenly. For
    /// showing a ship under way; the time comes from [`Chart::fly_around`].
    #[must_use]
    pub fn part_way(&self, from: &Spot, to: &Spot, share_permille: i64) -> Spot {
        let share = share_permille.clamp(0, 1_000);
        let climb = to.altitude_m.saturating_sub(from.altitude_m);
        let altitude_m = from.altitude_m.saturating_add(permille(climb, share));
        Spot::new(altitude_m, turned(&from.bearing, &to.bearing, share))
    }
}

/// The bearing a share of the way along the great circle from one to another. Opposite bearings have no one circle between
/// them: the way goes over the third axis, or over the first from the third.
fn turned(from: &Bearing, to: &Bearing, share_permille: i64) -> Bearing {
    let long = |b: &Bearing| b.along(1_000_000_000);
    let (a, b) = (long(from), long(to));
    let cosine = from.dot_ppm(to);
    if cosine > 999_999 {
        return if share_permille < 500 { *from } else { *to };
    }
    // The part of `to` square to `from`: the direction in which the turn begins.
    let across = b - a.scaled(cosine, 1_000_000);
    let side = match Bearing::from_vec(across) {
        Some(side) if cosine > -999_999 => side,
        _ => square_to(from),
    };
    let angle = mul_div(from.angle_urad(to), share_permille, 1_000) as f64 / 1e6;
    let (sin, cos) = ((libm::sin(angle) * 1e9) as i64, (libm::cos(angle) * 1e9) as i64);
    Bearing::from_vec(from.along(cos) + side.along(sin)).unwrap_or(*from)
}

/// Some bearing at a right angle to another, always the same one.
fn square_to(bearing: &Bearing) -> Bearing {
    let up = if bearing.z.saturating_abs() < 900_000 { Bearing::Z } else { Bearing::X };
    let along = bearing.along(1_000_000_000).scaled(bearing.dot_ppm(&up), 1_000_000);
    Bearing::from_vec(up.along(1_000_000_000) - along).unwrap_or(up)
}
