//! What can be wrong with a chart, found in one pass.
//!
//! Nothing here stops navigation (its laws hold up against any chart); it tells whoever reads charts what to refuse.

use crate::body::PARENTS_MOST;
use crate::orbit::ECCENTRICITY_PPM_MAX;
use crate::{Body, BodyKind, Chart};
use jumpline_measure::{BodyId, SystemId};
use thiserror::Error;

/// One thing wrong with a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// A system's id is not its place in the list.
    #[error("{0} is not in its place in the list of systems")]
    SystemOutOfPlace(SystemId),
    /// A body's id is not its place in the list.
    #[error("{0} is not in its place in the list of bodies")]
    BodyOutOfPlace(BodyId),
    /// A system without stars: no line leads there.
    #[error("{0} has no star, so no jumpline leads to it")]
    NoStar(SystemId),
    /// A system lists a body that is not its own, or not of that sort.
    #[error("{0} lists {1}, which is not one of its own or not in the right list")]
    NotIts(SystemId, BodyId),
    /// A body that its system does not list.
    #[error("{0} is in no list of its system")]
    Unlisted(BodyId),
    /// A parent that does not exist, is in another system, or is below the body itself.
    #[error("{0} goes round something that is missing, elsewhere, or below itself")]
    Parent(BodyId),
    /// A mass or radius that is nought or less.
    #[error("{0} needs a mass and a radius")]
    NoMass(BodyId),
    /// An orbit that cannot be.
    #[error("the orbit of {0} needs a length, a period and an eccentricity below 0.9")]
    Orbit(BodyId),
}

impl Chart {
    /// Everything wrong with the chart, systems first, by id.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (index, system) in self.systems.iter().enumerate() {
            if system.id.index() != index {
                faults.push(Fault::SystemOutOfPlace(system.id));
            }
            if system.stars.is_empty() {
                faults.push(Fault::NoStar(system.id));
            }
            for (list, stars) in [(&system.stars, true), (&system.bodies, false)] {
                let its = |body: &Body| {
                    body.system == system.id && (body.kind == BodyKind::Star) == stars
                };
                let strange = list.iter().filter(|id| !self.body(**id).is_some_and(its));
                faults.extend(strange.map(|id| Fault::NotIts(system.id, *id)));
            }
        }
        for (index, body) in self.bodies.iter().enumerate() {
            if body.id.index() != index {
                faults.push(Fault::BodyOutOfPlace(body.id));
            }
            let listed = self.system(body.system).is_some_and(|system| {
                system.stars.contains(&body.id) || system.bodies.contains(&body.id)
            });
            if !listed {
                faults.push(Fault::Unlisted(body.id));
            }
            if !self.has_sound_parents(body) {
                faults.push(Fault::Parent(body.id));
            }
            if body.mass_pt <= 0 || body.radius_m <= 0 {
                faults.push(Fault::NoMass(body.id));
            }
            let sound = |orbit: &crate::Orbit| {
                orbit.semi_major_m >= 0
                    && orbit.period_s != 0
                    && (0..=ECCENTRICITY_PPM_MAX).contains(&orbit.eccentricity_ppm)
            };
            if !body.orbit.as_ref().is_none_or(sound) {
                faults.push(Fault::Orbit(body.id));
            }
        }
        faults
    }

    fn has_sound_parents(&self, body: &Body) -> bool {
        let mut at = body;
        for _ in 0..PARENTS_MOST {
            let Some(parent) = at.parent else { return true };
            match self.body(parent) {
                Some(up) if up.system == body.system => at = up,
                _ => return false,
            }
        }
        false
    }
}
