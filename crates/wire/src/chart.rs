//! What every player of a war may know from the start: places, classes, weapons, powers.

use jumpline_chart::{BodyKind as CoreKind, METRES_PER_MLY, Spot as CoreSpot};
use jumpline_measure::{Bearing, Time};
use jumpline_world::Law;
use jumpline_world::law::Regard as CoreRegard;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// A place in a body's space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Spot {
    /// Height above the body's radius, metres.
    pub altitude_m: i64,
    /// Direction from the body's centre, millionths along three axes.
    pub bearing_ppm: [i32; 3],
}

impl From<CoreSpot> for Spot {
    fn from(spot: CoreSpot) -> Spot {
        let Bearing { x, y, z } = spot.bearing;
        Spot { altitude_m: spot.altitude_m, bearing_ppm: [x, y, z] }
    }
}

impl Spot {
    /// As the core knows it. A direction of any length is taken; none at all points along the first axis.
    pub fn core(&self) -> CoreSpot {
        let [x, y, z] = self.bearing_ppm.map(i64::from);
        let along = jumpline_measure::Vec3m::new(x, y, z);
        CoreSpot::new(self.altitude_m, Bearing::from_vec(along).unwrap_or(Bearing::X))
    }
}

/// How one power regards another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Regard {
    /// Shares contacts, comes when called.
    Allied,
    /// Neither helps nor harms.
    Neutral,
    /// Shoots on sight.
    Hostile,
}

impl From<CoreRegard> for Regard {
    fn from(regard: CoreRegard) -> Regard {
        match regard {
            CoreRegard::Allied => Regard::Allied,
            CoreRegard::Neutral => Regard::Neutral,
            CoreRegard::Hostile => Regard::Hostile,
        }
    }
}

/// What sort of mass a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// A star: interstellar lines begin and end here.
    Star,
    /// A planet with ground.
    Planet,
    /// A planet without ground.
    GasGiant,
    /// A moon.
    Moon,
}

/// A star system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct System {
    /// Its number, and its place in [`Chart::systems`].
    pub id: u32,
    /// Its key in the scenario.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it is, thousandths of a light-year.
    pub position_mly: [i64; 3],
    /// Its stars.
    pub stars: Vec<u32>,
    /// Its other bodies.
    pub bodies: Vec<u32>,
}

/// An ellipse about a parent, or about the system's barycentre. `M = phase + 360° · t / period`; Kepler's equation gives the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Orbit {
    /// Half the long axis, metres.
    pub semi_major_m: i64,
    /// Time once round, seconds; 0 stands still.
    pub period_s: i64,
    /// Mean anomaly at the epoch, millionths of a degree.
    pub phase_udeg: i64,
    /// Tilt, millionths of a degree.
    pub incline_udeg: i64,
    /// Direction of the near point, millionths of a degree.
    pub node_udeg: i64,
    /// Eccentricity, millionths.
    pub eccentricity_ppm: i64,
}

/// A mass that ships can push off and brake against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Body {
    /// Its number, and its place in [`Chart::bodies`].
    pub id: u32,
    /// Its key in the scenario.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its system.
    pub system: u32,
    /// What it is.
    pub kind: BodyKind,
    /// Its mass, petatonnes.
    pub mass_pt: i64,
    /// Its radius, metres.
    pub radius_m: i64,
    /// Height of its air or corona, metres.
    pub air_m: i64,
    /// What it goes round.
    pub parent: Option<u32>,
    /// How it goes round.
    pub orbit: Option<Orbit>,
    /// Can people live on it?
    pub habitable: bool,
}

/// A weapon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Weapon {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Damage of one shot, points.
    pub damage: i64,
    /// Range in space, metres.
    pub range_m: i64,
    /// Time between two shots, milliseconds.
    pub recharge_ms: i64,
}

/// Mounts that fire together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Battery {
    /// What is mounted.
    pub weapon: u32,
    /// How many.
    pub mounts: i64,
}

/// A ship class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Class {
    /// Its number, and its place in [`Chart::classes`].
    pub id: u32,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is for, such as `cruiser` or `starbase`.
    pub role: String,
    /// Hull length, metres.
    pub length_m: i64,
    /// Mass, kilotonnes.
    pub mass_kt: i64,
    /// People aboard.
    pub crew: i64,
    /// Shield of each of six facings, points.
    pub shield: i64,
    /// Armour, points.
    pub armour: i64,
    /// Hull, points.
    pub hull: i64,
    /// Can it jump?
    pub jumps: bool,
    /// Can it jump between stars?
    pub interstellar: bool,
    /// Top speed in battle, metres a second.
    pub speed_mps: i64,
    /// Its guns.
    pub batteries: Vec<Battery>,
    /// Its field weapon's reach from the centre, metres; 0 without one.
    pub field_reach_m: i64,
    /// Berths for ships aboard.
    pub berths: i64,
    /// Berths it takes.
    pub berth_size: i64,
    /// Mines it can carry.
    pub mines: i64,
    /// Can it land?
    pub lands: bool,
    /// Can it tow?
    pub tows: bool,
    /// Distance at which it sees a hull of 10,000 m², metres.
    pub sight_m: i64,
    /// How it fights unless told otherwise.
    pub doctrine: u32,
    /// Is each ship of it told of by itself (flagships, starbases)?
    pub noted: bool,
}

/// A way of fighting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Doctrine {
    /// Its number.
    pub id: u32,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// A power, as everybody knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Power {
    /// Its number.
    pub id: u32,
    /// Its key.
    pub key: String,
    /// Its name ("the Kvash").
    pub name: String,
    /// Before a noun ("Kvash").
    pub adjective: String,
    /// Bodies it holds at the opening, first its seat.
    pub holds: Vec<u32>,
}

/// Powers that fight together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Alliance {
    /// Its name.
    pub name: String,
    /// Its members, in rank.
    pub members: Vec<u32>,
}

/// Answer of `GET …/chart`: never changes during a war.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Chart {
    /// The scenario's key.
    pub key: String,
    /// The war's title.
    pub title: String,
    /// The date of time 0, `YYYY-MM-DDThh:mm:ss`; proleptic Gregorian, no zones.
    pub epoch: String,
    /// When the war opens, seconds since the epoch.
    pub begins: i64,
    /// When the scenario ends.
    pub ends: i64,
    /// From one deadline to the next, seconds.
    pub turn_s: i64,
    /// Metres in a thousandth of a light-year.
    pub metres_per_mly: i64,
    /// Longest interstellar line, thousandths of a light-year.
    pub line_mly: i64,
    /// Systems by number.
    pub systems: Vec<System>,
    /// Bodies by number.
    pub bodies: Vec<Body>,
    /// Powers by number.
    pub powers: Vec<Power>,
    /// Alliances.
    pub alliances: Vec<Alliance>,
    /// Classes by number.
    pub classes: Vec<Class>,
    /// Weapons by number.
    pub weapons: Vec<Weapon>,
    /// Doctrines by number.
    pub doctrines: Vec<Doctrine>,
}

/// The chart of a war.
pub fn chart(law: &Law) -> Chart {
    let codex = &law.codex;
    Chart {
        key: law.key.clone(),
        title: law.title.clone(),
        epoch: law.calendar.iso(Time::EPOCH),
        begins: law.begins.0,
        ends: law.ends.0,
        turn_s: law.turn.0,
        metres_per_mly: METRES_PER_MLY,
        line_mly: codex.rules.navigation.interstellar_reach_mly,
        systems: codex.chart.systems.iter().map(system).collect(),
        bodies: codex.chart.bodies.iter().map(body).collect(),
        powers: codex
            .powers
            .iter()
            .zip(0..)
            .map(|(power, id)| Power {
                id,
                key: power.key.clone(),
                name: power.name.clone(),
                adjective: power.adjective.clone(),
                holds: power.holds.iter().map(|body| body.0).collect(),
            })
            .collect(),
        alliances: codex
            .alliances
            .iter()
            .map(|one| Alliance {
                name: one.name.clone(),
                members: one.members.iter().map(|power| power.0).collect(),
            })
            .collect(),
        classes: codex.classes.iter().zip(0..).map(|(one, id)| class(law, one, id)).collect(),
        weapons: codex
            .weapons
            .iter()
            .zip(0..)
            .map(|(weapon, id)| Weapon {
                id,
                name: weapon.name.clone(),
                damage: weapon.damage,
                range_m: weapon.range_m,
                recharge_ms: weapon.recharge_ms,
            })
            .collect(),
        doctrines: codex
            .doctrines
            .iter()
            .zip(0..)
            .map(|(one, id)| Doctrine { id, key: one.key.clone(), name: one.name.clone() })
            .collect(),
    }
}

fn system(system: &jumpline_chart::System) -> System {
    System {
        id: system.id.0,
        key: system.key.clone(),
        name: system.name.clone(),
        position_mly: system.position_mly,
        stars: system.stars.iter().map(|body| body.0).collect(),
        bodies: system.bodies.iter().map(|body| body.0).collect(),
    }
}

fn body(body: &jumpline_chart::Body) -> Body {
    Body {
        id: body.id.0,
        key: body.key.clone(),
        name: body.name.clone(),
        system: body.system.0,
        kind: match body.kind {
            CoreKind::Star => BodyKind::Star,
            CoreKind::Planet => BodyKind::Planet,
            CoreKind::GasGiant => BodyKind::GasGiant,
            CoreKind::Moon => BodyKind::Moon,
        },
        mass_pt: body.mass_pt,
        radius_m: body.radius_m,
        air_m: body.air_m,
        parent: body.parent.map(|parent| parent.0),
        orbit: body.orbit.map(|orbit| Orbit {
            semi_major_m: orbit.semi_major_m,
            period_s: orbit.period_s,
            phase_udeg: orbit.phase_udeg,
            incline_udeg: orbit.incline_udeg,
            node_udeg: orbit.node_udeg,
            eccentricity_ppm: orbit.eccentricity_ppm,
        }),
        habitable: body.habitable,
    }
}

fn class(law: &Law, class: &jumpline_world::law::Class, id: u32) -> Class {
    let drive = class.drive.and_then(|drive| law.codex.drives.get(drive.index()));
    Class {
        id,
        key: class.key.clone(),
        name: class.name.clone(),
        role: class.role.word().to_owned(),
        length_m: class.length_m,
        mass_kt: class.mass_kt,
        crew: class.crew,
        shield: class.shield,
        armour: class.armour,
        hull: class.hull,
        jumps: drive.is_some(),
        interstellar: drive.is_some_and(|law| law.drive.interstellar),
        speed_mps: class.speed_mps,
        batteries: class
            .batteries
            .iter()
            .map(|battery| Battery { weapon: battery.weapon.0, mounts: battery.mounts })
            .collect(),
        field_reach_m: class
            .field
            .as_ref()
            .map_or(0, |field| class.radius_m.saturating_mul(field.reach_permille) / 1_000),
        berths: class.berths,
        berth_size: class.berth_size,
        mines: class.mines,
        lands: class.lands,
        tows: class.tractor,
        sight_m: class.sensors.range_m,
        doctrine: class.doctrine.0,
        noted: class.noted,
    }
}
