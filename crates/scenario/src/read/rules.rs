//! `[navigation]`, `[battle]`, `[sight]`, `[officers]`, `[wrecks]`, `[wings]`, `[ground]`: every tuned number.
//!
//! The fields are those of the structs in world and chart: their doc comments become the manual and their
//! JSON Schema becomes the shape, so a new rule needs no line here. Only ranges are added, by the key's unit.

use jumpline_chart::NavRules;
use jumpline_world::law::{
    BattleRules, GroundRules, OfficerRules, Rules, SightRules, WingRules, WreckRules,
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::codes;
use crate::problem::finding;
use crate::read::Reading;
use crate::read::weapon::{POINTS_MAX, REACH_MAX_M, SPEED_MAX_MPS};
use crate::shape::{Fallback, Kind, Shape, number, set};
use crate::text::quantity;

/// Rules that divide, or that would stand still at nothing.
const AT_LEAST_ONE: &[&str] = &[
    "tick_ms",
    "lull_s",
    "longest_s",
    "retarget_ticks",
    "cell_m",
    "aim_radius_m",
    "block_stretch_m",
    "sweep_s",
    "forget_s",
    "spar_every_s",
    "boats_mps",
    "part_points",
    "salvage_points_per_min",
    "beat_s",
    "descent_mps",
    "air_s",
    "reference_section_m2",
];

/// The six tables: key, shape.
pub(crate) fn shapes() -> Vec<(&'static str, Shape)> {
    vec![
        ("navigation", shape_of::<NavRules>("[navigation]", "Jumping, braking, flying round.")),
        ("battle", shape_of::<BattleRules>("[battle]", "Battle in space.")),
        ("sight", shape_of::<SightRules>("[sight]", "What is seen, and how well.")),
        (
            "officers",
            shape_of::<OfficerRules>("[officers]", "How officers and minds act between deadlines."),
        ),
        ("wrecks", shape_of::<WreckRules>("[wrecks]", "Wrecks, survivors and salvage.")),
        ("wings", shape_of::<WingRules>("[wings]", "Small craft and their carriers.")),
        ("ground", shape_of::<GroundRules>("[ground]", "Runs to ground.")),
    ]
}

/// The rules from their records.
pub(crate) fn build(reading: &Reading) -> Option<Rules> {
    ordered(reading);
    let rules = Rules {
        navigation: table::<NavRules>(reading, "navigation")?,
        battle: table::<BattleRules>(reading, "battle")?,
        sight: table::<SightRules>(reading, "sight")?,
        officers: table::<OfficerRules>(reading, "officers")?,
        wrecks: table::<WreckRules>(reading, "wrecks")?,
        wings: table::<WingRules>(reading, "wings")?,
        ground: table::<GroundRules>(reading, "ground")?,
    };
    Some(rules)
}

fn table<T: DeserializeOwned>(reading: &Reading, key: &str) -> Option<T> {
    reading.made(reading.root.record(key)?, None)
}

/// Pairs `x_least…`/`x_most…` and `x_min`/`x_max` of one table must be in order.
fn ordered(reading: &Reading) {
    for (section, _) in shapes() {
        let Some(record) = reading.root.record(section) else { continue };
        for (key, item) in &record.fields {
            for (low, high) in [("least", "most"), ("_min", "_max")] {
                if !key.contains(low) {
                    continue;
                }
                let Some(greatest) = record.fields.get(&key.replacen(low, high, 1)) else {
                    continue;
                };
                if let (Some(least), Some(most)) = (item.whole(), greatest.whole())
                    && least > most
                {
                    let message = format!("{key} is {least}, more than the greatest, {most}");
                    let found = finding(&codes::RULES, item.place, message);
                    reading.note(found.label(greatest.place, "the greatest is here"));
                }
            }
        }
    }
}

pub(crate) fn shape_of<T: JsonSchema>(name: &str, about: &str) -> Shape {
    let schema = schemars::schema_for!(T).to_value();
    let mut shape = Shape::new(name, about);
    let Some(properties) = schema.get("properties").and_then(Json::as_object) else {
        return shape;
    };
    for (key, property) in properties {
        let about = property.get("description").and_then(Json::as_str).unwrap_or("");
        let about = about.replace('\n', " ");
        let kind = kind_of(key, property);
        // A rule whose neutral value switches it off may be left out.
        shape = match property.get("default").and_then(Json::as_i64) {
            Some(neutral) => shape.or(key, kind, Fallback::Whole(neutral), &about),
            None => shape.need(key, kind, &about),
        };
    }
    shape
}

fn kind_of(key: &str, property: &Json) -> Kind {
    match property.get("type").and_then(Json::as_str) {
        Some("boolean") => Kind::Flag,
        Some("string") => Kind::Text(200),
        Some("array") => {
            let item = property.get("items").unwrap_or(&Json::Null);
            set(kind_of(key, item), 0, 1_000)
        }
        _ => {
            let (least, most) = bounds(key);
            number(key, least, most)
        }
    }
}

/// The range of a rule, from what its key says it measures.
fn bounds(key: &str) -> (i64, i64) {
    let least = i64::from(AT_LEAST_ONE.contains(&key));
    let most = match quantity::of_key(key) {
        Some(of) if *of == quantity::LENGTH => REACH_MAX_M,
        Some(of) if *of == quantity::SPEED => 1_000_000 * SPEED_MAX_MPS,
        Some(of) if *of == quantity::PERMILLE => 100_000_000,
        Some(of) if *of == quantity::SPAN_S => 1_000_000_000,
        Some(of) if *of == quantity::SPAN_MS => 1_000_000_000_000,
        _ => POINTS_MAX,
    };
    (least, most)
}
