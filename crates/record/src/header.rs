//! What a record says of its battle as a whole: JSON in the file's metadata, with lists that the columns point into.

use crate::curve::Units;
use crate::row::STRETCH_TICKS;
use jumpline_world::Law;
use jumpline_world::engagement::Engagement;
use serde::{Deserialize, Serialize};

/// The version of the form. A reader refuses what it does not know.
pub const FORMAT: &str = "1";

/// A battle, and the units its columns are written in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// The battle's number.
    pub engagement: u32,
    /// When it began: seconds on the war's clock, and the date in words.
    pub began_s: i64,
    /// The date in words.
    pub began: String,
    /// The war's luck.
    pub seed: u64,
    /// Milliseconds of a tick.
    pub tick_ms: i64,
    /// Ticks from key frame to key frame.
    pub stretch_ticks: u32,
    /// In whose space: key.
    pub body: String,
    /// Name.
    pub body_name: String,
    /// Metres.
    pub body_radius_m: i64,
    /// Height of its air, metres.
    pub body_air_m: i64,
    /// Is it a star?
    pub star: bool,
    /// Where the body's middle lies, metres from the battle's centre.
    pub body_at_m: [i64; 3],
    /// One step of a move's `x`, `y`, `z`, metres.
    pub position_unit_m: f64,
    /// One step of a move's velocity, metres a second.
    pub velocity_unit_mps: f64,
    /// The engine that fought it.
    pub engine: String,
    /// The dictionary of `class`.
    pub classes: Vec<ClassIs>,
    /// The dictionary of `power`.
    pub powers: Vec<PowerIs>,
}

/// A class, as far as a screen needs to know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassIs {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// Metres.
    pub radius_m: i64,
    /// Metres.
    pub length_m: i64,
    /// Full strength of one facing, points.
    pub shield: i64,
    /// Full, points.
    pub armour: i64,
    /// Full, points.
    pub hull: i64,
    /// Metres a second.
    pub speed_mps: i64,
    /// How far its farthest weapon reaches, metres.
    pub range_m: i64,
    /// How far its field weapon's arcs reach from the hull's middle, metres; none without one.
    pub field_reach_m: Option<i64>,
}

/// A power.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PowerIs {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// As in "the … fleet".
    pub adjective: String,
}

impl Header {
    /// Of a battle about to be recorded.
    pub fn new(law: &Law, battle: &Engagement, seed: u64) -> Header {
        let codex = &law.codex;
        let tick_ms = codex.rules.battle.tick_ms.clamp(1, 600_000);
        let speed = codex.classes.iter().map(|class| class.speed_mps).max().unwrap_or(0);
        // As fast as the fastest flies, and what she covers in one stretch; a fall may be faster.
        let speed = speed.clamp(1, 100_000_000) as f64;
        let stretch_s = f64::from(STRETCH_TICKS) * tick_ms as f64 / 1_000.0;
        let body = codex.chart.bodies.get(battle.body.index());
        let centre = codex.chart.spot_offset(battle.body, &battle.centre);
        Header {
            engagement: battle.id.0,
            began_s: battle.began.0,
            began: law.calendar.long(battle.began),
            seed,
            tick_ms,
            stretch_ticks: STRETCH_TICKS,
            body: body.map_or_else(String::new, |body| body.key.clone()),
            body_name: body.map_or_else(String::new, |body| body.name.clone()),
            body_radius_m: body.map_or(0, |body| body.radius_m),
            body_air_m: body.map_or(0, |body| body.air_m),
            star: body.is_some_and(|body| body.kind == jumpline_chart::BodyKind::Star),
            body_at_m: [centre.x, centre.y, centre.z].map(i64::saturating_neg),
            position_unit_m: (speed * stretch_s / 32_767.0).ceil().max(1.0),
            velocity_unit_mps: (speed * 1.5 / 127.0).ceil().max(1.0),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            classes: classes(law),
            powers: codex
                .powers
                .iter()
                .map(|power| PowerIs {
                    key: power.key.clone(),
                    name: power.name.clone(),
                    adjective: power.adjective.clone(),
                })
                .collect(),
        }
    }

    /// The units of its columns.
    pub fn units(&self) -> Units {
        Units {
            position_m: self.position_unit_m,
            velocity_mps: self.velocity_unit_mps,
            tick_s: self.tick_ms as f64 / 1_000.0,
        }
    }

    /// Seconds from the beginning to a tick.
    pub fn seconds(&self, tick: f64) -> f64 {
        tick * self.tick_ms as f64 / 1_000.0
    }
}

fn classes(law: &Law) -> Vec<ClassIs> {
    let codex = &law.codex;
    let range = |class: &jumpline_world::law::Class| {
        let weapons = class.batteries.iter().filter(|battery| battery.mounts > 0);
        let known = weapons.filter_map(|battery| codex.weapons.get(battery.weapon.index()));
        known.map(|weapon| weapon.range_m).max().unwrap_or(0)
    };
    codex
        .classes
        .iter()
        .map(|class| ClassIs {
            key: class.key.clone(),
            name: class.name.clone(),
            role: class.role.word().to_owned(),
            radius_m: class.radius_m,
            length_m: class.length_m,
            shield: class.shield,
            armour: class.armour,
            hull: class.hull,
            speed_mps: class.speed_mps,
            range_m: range(class),
            field_reach_m: class
                .field
                .as_ref()
                .map(|field| class.radius_m.saturating_mul(field.reach_permille) / 1_000),
        })
        .collect()
}
