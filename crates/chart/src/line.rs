//! Jumplines: the straight way between two masses, and what closes it.
//!
//! A line is not stored. It is there at a time when both masses are, when nothing stands between them, and when it joins two
//! masses of one system or two stars within reach of each other. Bodies move, so lines move, close and open.

use crate::arith::{mul_div, permille};
use crate::{Body, BodyKind, Chart, METRES_PER_MLY, NavRules, Spot, System};
use jumpline_measure::{Bearing, BodyId, SystemId, Time, Vec3m};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How near a straight line between two stars a third system must be before its bodies are looked at one by one,
/// thousandths of a light-year. Wider than any system; it decides what is looked at, never what is found.
pub(crate) const SYSTEM_HALF_WIDTH_MLY: i64 = 50;

/// A jumpline as it is at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The mass to push off.
    pub from: BodyId,
    /// The mass to brake against.
    pub to: BodyId,
    /// From centre to centre, metres.
    pub distance_m: i64,
    /// The way the ship goes.
    pub heading: Bearing,
    /// Does it join two systems?
    pub interstellar: bool,
}

/// Why there is no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoLine {
    /// A body stands in the way, the one nearest to the beginning if there are several.
    #[error("{by} stands in the way")]
    Blocked {
        /// The body in the way.
        by: BodyId,
    },
    /// A ship cannot push off and brake against one mass.
    #[error("a line joins two bodies")]
    SameBody,
    /// Lines between systems join stars.
    #[error("lines between systems begin and end at stars")]
    NotStars,
    /// The stars are too far apart.
    #[error("the stars are too far apart")]
    OutOfReach,
    /// There is nothing there to push off or brake against.
    #[error("there is no mass to push off or to brake against")]
    NoMass,
}

impl Chart {
    /// The line from one body to another at a time.
    ///
    /// A body stands in the way when the segment from centre to centre passes within its radius, its air and the rules'
    /// margin. Between systems the bodies of both ends count, and those of any system the line happens to cross.
    ///
    /// # Errors
    /// When there is no such line; the reason says why.
    pub fn line(
        &self,
        rules: &NavRules,
        from: BodyId,
        to: BodyId,
        t: Time,
    ) -> Result<Line, NoLine> {
        let mut place = |body| self.position(body, t);
        let line = self.bare_line(rules, from, to, &mut place)?;
        let crossed = if line.interstellar { self.systems_crossed(from, to) } else { Vec::new() };
        match self.obstacle(rules, &line, &crossed, &mut place) {
            Some(by) => Err(NoLine::Blocked { by }),
            None => Ok(line),
        }
    }

    /// The line as if nothing stood in its way, with the bodies where `place` says they are.
    pub(crate) fn bare_line(
        &self,
        rules: &NavRules,
        from: BodyId,
        to: BodyId,
        place: &mut impl FnMut(BodyId) -> Vec3m,
    ) -> Result<Line, NoLine> {
        if from == to {
            return Err(NoLine::SameBody);
        }
        let (Some(a), Some(b)) = (self.body(from), self.body(to)) else {
            return Err(NoLine::NoMass);
        };
        if a.mass_pt <= 0 || b.mass_pt <= 0 {
            return Err(NoLine::NoMass);
        }
        let interstellar = a.system != b.system;
        if interstellar {
            if a.kind != BodyKind::Star || b.kind != BodyKind::Star {
                return Err(NoLine::NotStars);
            }
            if self.apart_mly(a, b).length_m() > rules.interstellar_reach_mly {
                return Err(NoLine::OutOfReach);
            }
        }
        let way = self.way(a, b, place);
        let Some(heading) = Bearing::from_vec(way) else {
            return Err(NoLine::NoMass);
        };
        Ok(Line { from, to, distance_m: way.length_m(), heading, interstellar })
    }

    /// The first body in the way of a line; `crossed` are the further systems to look through.
    pub(crate) fn obstacle(
        &self,
        rules: &NavRules,
        line: &Line,
        crossed: &[SystemId],
        place: &mut impl FnMut(BodyId) -> Vec3m,
    ) -> Option<BodyId> {
        let (a, b) = (self.body(line.from)?, self.body(line.to)?);
        let way = self.way(a, b, place);
        let ends = if a.system == b.system { &[a.system][..] } else { &[a.system, b.system] };
        let mut first: Option<(i64, BodyId)> = None;
        for body in ends.iter().chain(crossed).flat_map(|system| self.members(*system)) {
            if body.id == a.id || body.id == b.id {
                continue;
            }
            let there = self.way(a, body, place);
            if passes(way, there, blocking_radius_m(rules, body)) {
                let found = (there.length_m(), body.id);
                first = Some(first.map_or(found, |best| best.min(found)));
            }
        }
        first.map(|(_, by)| by)
    }

    /// The near end of a line: where a ship must be to leave, on the side of `from` toward `to`, above its air.
    /// Lines that do not exist have a near end all the same (a ship may wait there for a moon to move on).
    #[must_use]
    pub fn mouth(&self, rules: &NavRules, from: BodyId, to: BodyId, t: Time) -> Spot {
        self.near_end(rules, from, self.heading(from, to, t))
    }

    /// The near end at `from` of a line with that heading.
    pub(crate) fn near_end(&self, rules: &NavRules, from: BodyId, heading: Bearing) -> Spot {
        let Some(body) = self.body(from) else { return Spot::default() };
        let height = permille(body.radius_m.max(0), rules.mouth_altitude_permille);
        Spot::new(body.air_m.max(0).saturating_add(height), heading)
    }

    /// The direction from one body to another at a time; the first axis when they are in one place.
    #[must_use]
    pub fn heading(&self, from: BodyId, to: BodyId, t: Time) -> Bearing {
        let (Some(a), Some(b)) = (self.body(from), self.body(to)) else {
            return Bearing::default();
        };
        Bearing::from_vec(self.way(a, b, &mut |body| self.position(body, t))).unwrap_or_default()
    }

    /// How far a spot at `from` is off the line to `to`, metres: nought on the line, more to the side; behind the body it
    /// is the whole distance from the body's centre.
    #[must_use]
    pub fn off_line_m(&self, from: BodyId, spot: &Spot, to: BodyId, t: Time) -> i64 {
        let place = self.spot_offset(from, spot);
        let heading = self.heading(from, to, t);
        let ahead_m = mul_div(place.length_m(), spot.bearing.dot_ppm(&heading), 1_000_000);
        if ahead_m <= 0 {
            return place.length_m();
        }
        place.distance_m(&heading.along(ahead_m))
    }

    /// From one body's centre to another's, metres, across systems too.
    fn way(&self, from: &Body, to: &Body, place: &mut impl FnMut(BodyId) -> Vec3m) -> Vec3m {
        let inside = place(to.id) - place(from.id);
        if from.system == to.system {
            return inside;
        }
        self.apart_mly(from, to).scaled(METRES_PER_MLY, 1) + inside
    }

    /// From one body's system to another's, thousandths of a light-year.
    fn apart_mly(&self, from: &Body, to: &Body) -> Vec3m {
        let at =
            |body: &Body| self.system(body.system).map_or([0; 3], |system| system.position_mly);
        apart(at(from), at(to))
    }

    /// Third systems near enough to the straight line between two stars that a body of theirs might be on it.
    fn systems_crossed(&self, from: BodyId, to: BodyId) -> Vec<SystemId> {
        let (Some(a), Some(b)) = (self.system_of(from), self.system_of(to)) else {
            return Vec::new();
        };
        let away = |to: &System| apart(a.position_mly, to.position_mly);
        let others = self.systems.iter().filter(|c| c.id != a.id && c.id != b.id);
        others.filter(|c| passes(away(b), away(c), SYSTEM_HALF_WIDTH_MLY)).map(|c| c.id).collect()
    }
}

/// From one place to another, in whatever unit both are in.
pub(crate) fn apart(from: [i64; 3], to: [i64; 3]) -> Vec3m {
    let [x, y, z] = from;
    let [to_x, to_y, to_z] = to;
    Vec3m::new(to_x, to_y, to_z) - Vec3m::new(x, y, z)
}

fn blocking_radius_m(rules: &NavRules, body: &Body) -> i64 {
    let radius = body.radius_m.max(0).saturating_add(body.air_m.max(0));
    radius.saturating_add(rules.line_margin_m.max(0))
}

/// Does the segment from the origin to `way` pass within `radius` of `place`?
///
/// In floats of 53 bits, by + - * alone: the rounding is some metres at light-years and less than a millimetre inside a
/// system, where the margins are tens of kilometres.
pub(crate) fn passes(way: Vec3m, place: Vec3m, radius: i64) -> bool {
    let (wx, wy, wz) = (way.x as f64, way.y as f64, way.z as f64);
    let (px, py, pz) = (place.x as f64, place.y as f64, place.z as f64);
    let length2 = wx * wx + wy * wy + wz * wz;
    let ahead = px * wx + py * wy + pz * wz;
    if ahead <= 0.0 || ahead >= length2 {
        return false;
    }
    let (cx, cy, cz) = (py * wz - pz * wy, pz * wx - px * wz, px * wy - py * wx);
    let radius = radius as f64;
    cx * cx + cy * cy + cz * cz < radius * radius * length2
}
