//! The chart itself: star systems and the bodies in them.
//!
//! Stores what does not change in a war: names, masses, sizes, orbits. Where a body *is* depends on the time and is computed
//! ([`Chart::position`]), never stored. Refuses to know who lives there or who owns it.

use crate::Orbit;
use jumpline_measure::{BodyId, SystemId, Time, Vec3m};
use serde::{Deserialize, Serialize};

/// Metres in a thousandth of a light-year (a Julian one), to the nearest metre.
pub const METRES_PER_MLY: i64 = 9_460_730_472_581;

/// How many parents above a body count: star, planet, moon, and room for invention. Beyond it (or in a ring of parents,
/// which [`Chart::faults`] reports) a body is taken to go round the last one reached.
pub(crate) const PARENTS_MOST: usize = 8;

/// All systems and all bodies. Ids are dense: `systems[i].id.index() == i`, and so with bodies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// Every system, by id.
    pub systems: Vec<System>,
    /// Every body, by id.
    pub bodies: Vec<Body>,
}

/// A star system: a place in the galaxy and what moves about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct System {
    /// Its id, and its place in [`Chart::systems`].
    pub id: SystemId,
    /// Its key in the scenario's text.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// Where its barycentre is, thousandths of a light-year.
    pub position_mly: [i64; 3],
    /// Its stars: one, two or more.
    pub stars: Vec<BodyId>,
    /// Its planets, gas giants and moons.
    pub bodies: Vec<BodyId>,
}

/// What sort of mass a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    /// A star: the only thing interstellar lines begin and end at.
    Star,
    /// A planet with ground.
    Planet,
    /// A planet without ground.
    GasGiant,
    /// A moon of a planet or a gas giant.
    Moon,
}

/// Where in its system a body belongs.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// Near the stars.
    #[default]
    Inner,
    /// Far from them.
    Outer,
}

/// A mass that ships can push off and brake against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Its id, and its place in [`Chart::bodies`].
    pub id: BodyId,
    /// Its key in the scenario's text.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// The system it belongs to.
    pub system: SystemId,
    /// What it is.
    pub kind: BodyKind,
    /// Its mass, petatonnes (10^18 kg): the Earth has 5,972,000, the Sun 1,989,000,000,000.
    pub mass_pt: i64,
    /// Its radius, metres: the ground, or where a star or gas giant begins to crush.
    pub radius_m: i64,
    /// Height of air or corona that is felt, metres above the radius; 0 for none.
    pub air_m: i64,
    /// What it goes round; none for the system's barycentre.
    pub parent: Option<BodyId>,
    /// How it goes round; none for a body that rests there.
    pub orbit: Option<Orbit>,
    /// Can people live on it?
    pub habitable: bool,
    /// Where in the system it belongs.
    pub zone: Zone,
}

impl Chart {
    /// The body of that id, if there is one.
    #[must_use]
    pub fn body(&self, id: BodyId) -> Option<&Body> {
        self.bodies.get(id.index())
    }

    /// The system of that id, if there is one.
    #[must_use]
    pub fn system(&self, id: SystemId) -> Option<&System> {
        self.systems.get(id.index())
    }

    /// The system a body belongs to, if both exist.
    #[must_use]
    pub fn system_of(&self, body: BodyId) -> Option<&System> {
        self.system(self.body(body)?.system)
    }

    /// The body with that key.
    #[must_use]
    pub fn body_by_key(&self, key: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.key == key)
    }

    /// The system with that key.
    #[must_use]
    pub fn system_by_key(&self, key: &str) -> Option<&System> {
        self.systems.iter().find(|system| system.key == key)
    }

    /// The moons and planets that go round a body, by id.
    pub fn satellites(&self, body: BodyId) -> impl Iterator<Item = &Body> {
        self.bodies.iter().filter(move |other| other.parent == Some(body))
    }

    /// The stars of a system and then its other bodies.
    pub(crate) fn members(&self, system: SystemId) -> impl Iterator<Item = &Body> {
        let system = self.system(system);
        let stars = system.map_or(&[][..], |s| &s.stars);
        let bodies = system.map_or(&[][..], |s| &s.bodies);
        stars.iter().chain(bodies).filter_map(|id| self.body(*id))
    }

    /// Where a body is at a time: metres from its system's barycentre. A moon's own orbit is added to its parent's.
    /// A body that does not exist is at the barycentre.
    #[must_use]
    pub fn position(&self, body: BodyId, t: Time) -> Vec3m {
        let mut place = Vec3m::ZERO;
        let mut next = self.body(body);
        for _ in 0..PARENTS_MOST {
            let Some(body) = next else { break };
            if let Some(orbit) = &body.orbit {
                place += orbit.place(t);
            }
            next = body.parent.and_then(|parent| self.body(parent));
        }
        place
    }
}
