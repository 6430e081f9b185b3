//! Places about a body, as sailors say them: how high, and on which side.
//!
//! A [`Spot`] goes with its body through the system; a [`Vec3m`] does not. The two are turned into each other here.

use crate::Chart;
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
}
