//! The columns, each with what it means beside it in the file: any Arrow reader shows `doc` and `unit` of a field.

use arrow_schema::{DataType, Field, Fields, Schema};
use std::collections::HashMap;
use std::sync::Arc;

/// Keys of the file's metadata.
pub const KEY_FORMAT: &str = "jumpline.format";
pub const KEY_BATTLE: &str = "jumpline.battle";
pub const KEY_TICKS: &str = "jumpline.ticks";
pub const KEY_DIGEST: &str = "jumpline.digest";

fn field(name: &str, kind: DataType, unit: &str, doc: &str) -> Field {
    let mut notes = HashMap::from([("doc".to_owned(), doc.to_owned())]);
    if !unit.is_empty() {
        notes.insert("unit".to_owned(), unit.to_owned());
    }
    Field::new(name, kind, false).with_metadata(notes)
}

fn maybe(name: &str, kind: DataType, unit: &str, doc: &str) -> Field {
    field(name, kind, unit, doc).with_nullable(true)
}

pub fn words(index: DataType) -> DataType {
    DataType::Dictionary(Box::new(index), Box::new(DataType::Utf8))
}

fn tick() -> Field {
    field("tick", DataType::UInt8, "tick", "ticks after from_tick")
}

/// A place of a way.
#[rustfmt::skip]
pub fn moves() -> Fields {
    let step = "jumpline.battle position_unit_m";
    let pace = "jumpline.battle velocity_unit_mps";
    Fields::from(vec![
        tick(),
        field("x", DataType::Int16, step, "place: the row's x, plus so many units"),
        field("y", DataType::Int16, step, ""),
        field("z", DataType::Int16, step, ""),
        field("vx", DataType::Int8, pace, "velocity"),
        field("vy", DataType::Int8, pace, ""),
        field("vz", DataType::Int8, pace, ""),
        field("hx", DataType::Int8, "1/127", "heading: where the bow points"),
        field("hy", DataType::Int8, "1/127", ""),
        field("hz", DataType::Int8, "1/127", ""),
        field("roll", DataType::UInt8, "1/256 turn", "top of the hull about the heading; 0 is z levelled to the heading (x where the heading is within 26 degrees of z)"),
    ])
}

/// How a ship is, from a tick on.
#[rustfmt::skip]
pub fn states() -> Fields {
    Fields::from(vec![
        tick(),
        field("shield_bow", DataType::UInt8, "percent", "shields of one facing; 0 is open"),
        field("shield_stern", DataType::UInt8, "percent", ""),
        field("shield_port", DataType::UInt8, "percent", ""),
        field("shield_starboard", DataType::UInt8, "percent", ""),
        field("shield_top", DataType::UInt8, "percent", ""),
        field("shield_keel", DataType::UInt8, "percent", ""),
        field("armour", DataType::UInt16, "permille", "armour left"),
        field("hull", DataType::UInt16, "permille", "hull left"),
        field("mode", words(DataType::Int8), "", "what she is doing"),
    ])
}

/// Whom a ship aims at, from a tick on.
#[rustfmt::skip]
pub fn targets() -> Fields {
    Fields::from(vec![
        tick(),
        maybe("ship", DataType::UInt32, "", "her main target; null is nobody"),
    ])
}

/// What happened to a ship.
#[rustfmt::skip]
pub fn events() -> Fields {
    Fields::from(vec![
        tick(),
        field("kind", DataType::Utf8, "", "came, left, landed, lost, stands, wounded, shields_down, part_lost, field_lit, field_dark, rammed, clear, quarry_struck"),
        maybe("by", DataType::UInt32, "", "the ship whose doing it was"),
        maybe("cause", DataType::Utf8, "", "of a loss: a weapon's key, or field, ram, blast, star, ..."),
        maybe("part", DataType::Utf8, "", "which part broke"),
        maybe("amount", DataType::Int32, "", "points of a ram, number or permille of a part, group of a quarry struck"),
        field("x", DataType::Int32, "m", "where she was"),
        field("y", DataType::Int32, "m", ""),
        field("z", DataType::Int32, "m", ""),
        maybe("note", DataType::Utf8, "", "her name, when she came"),
    ])
}

fn list(name: &str, fields: Fields, doc: &str) -> Field {
    field(name, DataType::List(item(fields)), "", doc)
}

/// The field of a list's items.
pub fn item(fields: Fields) -> Arc<Field> {
    Arc::new(Field::new("item", DataType::Struct(fields), false))
}

/// The whole of it.
#[rustfmt::skip]
pub fn schema(metadata: HashMap<String, String>) -> Schema {
    let fields = vec![
        field("from_tick", DataType::UInt32, "tick", "the row's first tick"),
        field("ship", DataType::UInt32, "", "the ship's number"),
        field("class", words(DataType::Int16), "", "her class"),
        field("power", words(DataType::Int16), "", "whose she is"),
        field("group", DataType::UInt32, "", "her group's number"),
        field("x", DataType::Int32, "m", "where the row's places are counted from, from the battle's centre"),
        field("y", DataType::Int32, "m", ""),
        field("z", DataType::Int32, "m", ""),
        field("error_m", DataType::UInt16, "m", "between two moves she is never farther from the curve, one position unit aside"),
        field("error_deg", DataType::UInt8, "degree", "nor her bow turned farther; 180 is no promise"),
        list("moves", moves(), "places of her way, the first at tick 0, the last where the row ends"),
        list("states", states(), "how she is from that tick on, the first at tick 0"),
        list("targets", targets(), "whom she aims at from that tick on, the first at tick 0"),
        list("events", events(), "what happened to her"),
    ];
    Schema::new_with_metadata(fields, metadata)
}
