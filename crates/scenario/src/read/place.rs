//! `[system.KEY]` and `[body.KEY]`: the chart.

use std::collections::BTreeMap;

use jumpline_chart::{Body, BodyKind, Chart, Orbit, System, Zone};
use jumpline_measure::{BodyId, SystemId};

use crate::codes;
use crate::problem::finding;
use crate::read::Reading;
use crate::read::weapon::REACH_MAX_M;
use crate::shape::record::Record;
use crate::shape::{Fallback, Kind, Shape, choice, list, number, table};
use crate::text::quote::quoted;
use crate::texts::Place;

/// Most star systems.
pub(crate) const SYSTEMS_MAX: usize = 5_000;
/// Most bodies in all systems.
pub(crate) const BODIES_MAX: usize = 50_000;
/// Farthest a system may be from the chart's origin along each axis, thousandths of a light-year: beyond it
/// distances between stars no longer fit whole metres.
const POSITION_MAX_MLY: i64 = 400_000;
/// Heaviest body, petatonnes: five thousand suns.
const MASS_MAX_PT: i64 = 10_000_000_000_000_000;
/// Largest body, metres: as wide as the greatest stars.
const RADIUS_MAX_M: i64 = 3_000_000_000_000;
/// Bodies above a body: star, planet, moon and a little more.
const PARENTS_MAX: usize = 6;

pub(crate) fn system_shape() -> Shape {
    let axis = number("position_mly", -POSITION_MAX_MLY, POSITION_MAX_MLY);
    Shape::new("a system", "A star system: a place in the galaxy and what moves about it.")
        .need("name", Kind::Text(80), "Its name in prose")
        .need("position_mly", list(axis, 3, 3), "Where its barycentre is: [x, y, z]")
}

pub(crate) fn body_shape() -> Shape {
    let full = 360_000_000;
    let orbit =
        Shape::new("an orbit", "An ellipse about a parent, or about the system's barycentre.")
            .need_n("semi_major_m", 1, REACH_MAX_M, "Half the long axis")
            .need_n(
                "period_s",
                -1_000_000_000_000,
                1_000_000_000_000,
                "Time once round, not 0; negative goes round backwards",
            )
            .need_n("phase_udeg", -full, full, "Mean anomaly at the epoch")
            .or_n("incline_udeg", -full, full, 0, "Tilt against the chart's plane")
            .or_n(
                "node_udeg",
                -full,
                full,
                0,
                "Direction in which the tilted orbit crosses the chart's plane going up",
            )
            .or_n("eccentricity_ppm", 0, 900_000, 0, "Eccentricity: 0 is a circle");
    let kinds = choice(&[
        ("star", "The only thing interstellar lines begin and end at"),
        ("planet", "A planet with ground"),
        ("gas_giant", "A planet without ground"),
        ("moon", "A moon of a planet or a gas giant"),
    ]);
    let zones = choice(&[("inner", "Near the stars"), ("outer", "Far from them")]);
    Shape::new(
        "a body",
        "A mass that ships can push off and brake against: a star, a planet, a moon.",
    )
    .need("name", Kind::Text(80), "Its name in prose")
    .need("system", Kind::Ref(&["system"]), "The system it belongs to")
    .need("kind", kinds, "What it is")
    .need_n("mass_pt", 1, MASS_MAX_PT, "Its mass, petatonnes")
    .need_n(
        "radius_m",
        1,
        RADIUS_MAX_M,
        "Its radius: the ground, or where a star or gas giant begins to crush",
    )
    .or_n("air_m", 0, RADIUS_MAX_M, 0, "Height of air or corona that is felt; 0 for none")
    .may("parent", Kind::Ref(&["body"]), "What it goes round; the system's barycentre if left out")
    .may("orbit", table(orbit), "How it goes round; at rest there if left out")
    .flag("habitable", false, "Can people live on it?")
    .or("zone", zones, Fallback::Text("inner"), "Where in the system it belongs")
}

/// The chart from its records, with every check that geometry asks for.
pub(crate) fn build(reading: &Reading) -> Chart {
    let mut systems: Vec<System> = Vec::new();
    for (number, (key, record)) in reading.entities("system").enumerate() {
        let axes: Vec<i64> = record.list("position_mly").iter().filter_map(|i| i.whole()).collect();
        let position_mly = <[i64; 3]>::try_from(axes).unwrap_or_default();
        systems.push(System {
            id: SystemId::from_index(number),
            key: key.text.clone(),
            name: record.string("name"),
            position_mly,
            stars: Vec::new(),
            bodies: Vec::new(),
        });
    }
    let mut bodies: Vec<Body> = Vec::new();
    for (number, (key, record)) in reading.entities("body").enumerate() {
        let body = body(number, &key.text, record);
        if let Some(system) = systems.get_mut(body.system.index()) {
            let members =
                if body.kind == BodyKind::Star { &mut system.stars } else { &mut system.bodies };
            members.push(body.id);
        }
        bodies.push(body);
    }
    if reading.is_clean(&["system", "body"]) {
        systems_apart(reading, &systems);
        parents(reading, &bodies);
        places_apart(reading, &bodies);
    }
    Chart { systems, bodies }
}

fn body(number: usize, key: &str, record: &Record) -> Body {
    let kind = match record.text("kind") {
        Some("star") => BodyKind::Star,
        Some("gas_giant") => BodyKind::GasGiant,
        Some("moon") => BodyKind::Moon,
        _ => BodyKind::Planet,
    };
    let orbit = record.record("orbit").map(|orbit| Orbit {
        semi_major_m: orbit.whole("semi_major_m"),
        period_s: orbit.whole("period_s"),
        phase_udeg: orbit.whole("phase_udeg"),
        incline_udeg: orbit.whole("incline_udeg"),
        node_udeg: orbit.whole("node_udeg"),
        eccentricity_ppm: orbit.whole("eccentricity_ppm"),
    });
    Body {
        id: BodyId::from_index(number),
        key: key.to_owned(),
        name: record.string("name"),
        system: SystemId::from_index(record.reference("system")),
        kind,
        mass_pt: record.whole("mass_pt"),
        radius_m: record.whole("radius_m"),
        air_m: record.whole("air_m"),
        parent: record.maybe_ref("parent").map(BodyId::from_index),
        orbit,
        habitable: record.flag("habitable"),
        zone: if record.text("zone") == Some("outer") { Zone::Outer } else { Zone::Inner },
    }
}

/// No two systems on one point, and a star in each.
fn systems_apart(reading: &Reading, systems: &[System]) {
    let mut taken: BTreeMap<[i64; 3], (&str, Place)> = BTreeMap::new();
    for ((key, record), system) in reading.entities("system").zip(systems) {
        let place = record.place_of("position_mly");
        if let Some((other, first)) = taken.insert(system.position_mly, (&system.name, place)) {
            let message =
                format!("{} stands on the same point as {}", quoted(&system.name), quoted(other));
            reading.note(finding(&codes::PLACE, place, message).label(first, "the other system"));
        }
        if system.stars.is_empty() {
            let message = format!("{} has no star", quoted(&key.text));
            let hint = "add a body with kind = \"star\" and this system";
            reading.note(finding(&codes::PLACE, key.place, message).hint(hint));
        }
    }
}

/// Parents are in the same system, heavier than what goes round them, and end somewhere.
fn parents(reading: &Reading, bodies: &[Body]) {
    for ((key, record), body) in reading.entities("body").zip(bodies) {
        let place = record.place_of("parent");
        let Some(parent) = body.parent.and_then(|id| bodies.get(id.index())) else {
            if body.kind == BodyKind::Moon {
                let message = format!("the moon {} goes round nothing", quoted(&key.text));
                reading.note(finding(&codes::PLACE, key.place, message).hint("give it a parent"));
            }
            continue;
        };
        if parent.system != body.system {
            let message = format!(
                "{} goes round {} in another system",
                quoted(&body.key),
                quoted(&parent.key)
            );
            reading.note(finding(&codes::PLACE, place, message));
        }
        if body.orbit.is_none() {
            let message = format!("{} stands inside {}", quoted(&body.key), quoted(&parent.key));
            reading.note(finding(&codes::PLACE, key.place, message).hint("give it an orbit"));
        }
        let mut above = Some(parent);
        let mut steps = 0;
        while let Some(at) = above {
            steps += 1;
            if at.id == body.id {
                let message = format!("{} goes round itself", quoted(&body.key));
                reading.note(finding(&codes::CYCLE, place, message).hint(chain(bodies, body)));
                break;
            }
            if steps > PARENTS_MAX {
                // A ring that this body only leads into is reported at its own members.
                if !in_ring(bodies, at) {
                    let message =
                        format!("more than {PARENTS_MAX} bodies above {}", quoted(&body.key));
                    reading.note(finding(&codes::PLACE, place, message));
                }
                break;
            }
            above = at.parent.and_then(|id| bodies.get(id.index()));
        }
    }
}

fn in_ring(bodies: &[Body], start: &Body) -> bool {
    let mut at = start.parent;
    for _ in 0..=bodies.len().min(1_000) {
        match at.and_then(|id| bodies.get(id.index())) {
            None => return false,
            Some(body) if body.id == start.id => return true,
            Some(body) => at = body.parent,
        }
    }
    true
}

/// "`a` goes round `b`, which goes round `a`".
fn chain(bodies: &[Body], start: &Body) -> String {
    let mut out = quoted(&start.key);
    let mut at = start.parent;
    for _ in 0..8 {
        let Some(body) = at.and_then(|id| bodies.get(id.index())) else { break };
        out.push_str(&format!(" goes round {}", quoted(&body.key)));
        if body.id == start.id {
            return out;
        }
        at = body.parent;
    }
    out.push_str(" …");
    out
}

/// Two bodies at rest on one point, or a body whose orbit runs inside what it goes round.
fn places_apart(reading: &Reading, bodies: &[Body]) {
    let mut at_rest: BTreeMap<SystemId, (&str, Place)> = BTreeMap::new();
    for ((key, record), body) in reading.entities("body").zip(bodies) {
        match &body.orbit {
            None if body.parent.is_none() => {
                if let Some((other, first)) = at_rest.insert(body.system, (&body.key, key.place)) {
                    let message = format!(
                        "{} and {} both rest at the barycentre",
                        quoted(&body.key),
                        quoted(other)
                    );
                    let found = finding(&codes::PLACE, key.place, message);
                    reading.note(
                        found.label(first, "the other body").hint("give one of them an orbit"),
                    );
                }
            }
            None => {}
            Some(orbit) => {
                if orbit.period_s == 0 {
                    let message = format!("{} never gets round its orbit", quoted(&body.key));
                    let place = record
                        .record("orbit")
                        .map_or(key.place, |orbit| orbit.place_of("period_s"));
                    reading.note(finding(&codes::RANGE, place, message).hint("period_s is not 0"));
                }
                let Some(parent) = body.parent.and_then(|id| bodies.get(id.index())) else {
                    continue;
                };
                let lost =
                    i128::from(orbit.semi_major_m) * i128::from(orbit.eccentricity_ppm) / 1_000_000;
                let nearest = i128::from(orbit.semi_major_m) - lost;
                if nearest <= i128::from(parent.radius_m) + i128::from(body.radius_m) {
                    let message = format!(
                        "{} touches {} at the near point of its orbit",
                        quoted(&body.key),
                        quoted(&parent.key)
                    );
                    reading.note(finding(&codes::PLACE, record.place_of("orbit"), message));
                }
            }
        }
    }
}
