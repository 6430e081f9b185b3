//! From the text of a duel to its sides, with every fault on the way.

use std::rc::Rc;

use jumpline_chart::BodyKind;
use jumpline_measure::{ClassId, DoctrineId, PowerId};
use jumpline_world::law::{Law, Regard};

use super::{DuelFile, DuelPlace, DuelShips, DuelSide};
use crate::caps::{DUEL_ROWS_MAX, DUEL_SHIPS_MAX, DUEL_SIDES_MAX};
use crate::codes;
use crate::load::{FORMAT, tree_of};
use crate::problem::{Problem, Sink, finding};
use crate::read::power::DECADE_S;
use crate::read::weapon::REACH_MAX_M;
use crate::read::{Reading, words};
use crate::shape::check::Checker;
use crate::shape::ids::Ids;
use crate::shape::record::Record;
use crate::shape::{Fallback, Kind, Shape, choice, list, number, table, whole};
use crate::text::quote::quoted;
use crate::text::tree::{Table, Value};
use crate::texts::{Place, Texts};

/// Farthest that a side may stand from the middle of the field, metres along each axis.
const PLACE_MOST_M: i64 = 1_000_000_000;
/// How far apart sides begin when nothing is said, metres.
const DISTANCE_M: i64 = 300_000;
/// How high they meet when nothing is said, metres.
const ALTITUDE_M: i64 = 20_000_000;

/// Whose powers and rules a duel is fought with, if it says so: a folder, or the name of a shipped scenario.
pub fn duel_of(name: &str, bytes: &[u8]) -> Option<String> {
    let mut texts = Texts::new();
    texts.add_scenario(name, bytes);
    let (file, text) = texts.numbered().next()?;
    let tree = tree_of(file, text, &Sink::default())?;
    let Value::Table(duel) = &tree.get("duel")?.value else { return None };
    match &duel.get("of")?.value {
        Value::Text(of) => Some(of.clone()),
        _ => None,
    }
}

/// Reads a file of a duel under a law. The duel is there exactly if no problem is an error.
pub fn load_duel(law: &Law, name: &str, bytes: &[u8]) -> (Option<DuelFile>, Vec<Problem>) {
    let mut texts = Texts::new();
    texts.add_scenario(name, bytes);
    let sink = Sink::default();
    let duel = duel(law, &texts, &sink).filter(|_| sink.errors() == 0);
    (duel, sink.finish(&texts))
}

fn duel(law: &Law, texts: &Texts, sink: &Sink) -> Option<DuelFile> {
    let (file, text) = texts.numbered().next()?;
    let tree = tree_of(file, text, sink)?;
    let root = Rc::new(shape());
    let ids = ids(law, &tree);
    let checker = Checker::new(sink, &ids, Some(&law.calendar));
    let record = checker.table(&root, &tree, Place::new(file, 0, 0));
    let reading = Reading::new(&record, &ids, sink);
    let written = reading.written("side");
    let sides: Vec<DuelSide> = written.iter().map(|(key, side)| side_of(&key.text, side)).collect();
    enough(&reading, &sides, record.place_of("side"));
    // Sides are numbered as written, ids by key.
    let number = |id: usize| written.iter().position(|(key, _)| key.text == ids.of("side")[id]);
    let mut relations = Vec::new();
    for relation in record.records("relation") {
        let (Some(one), Some(other)) = (relation.maybe_ref("one"), relation.maybe_ref("other"))
        else {
            continue;
        };
        if one == other {
            let message = format!("{} stands to itself as it must", quoted(&ids.of("side")[one]));
            reading.note(finding(&codes::CYCLE, relation.place_of("other"), message));
            continue;
        }
        let regard = match relation.text("regard") {
            Some("allied") => Regard::Allied,
            Some("neutral") => Regard::Neutral,
            _ => Regard::Hostile,
        };
        if let (Some(one), Some(other)) = (number(one), number(other)) {
            relations.push((one, other, regard));
        }
    }
    let duel = record.record("duel");
    let of_duel = |key: &str| duel.and_then(|duel| duel.maybe_whole(key));
    Some(DuelFile {
        title: duel.map_or(String::new(), |duel| duel.string("title")),
        sides,
        relations,
        place: record.record("place").map(place_of),
        distance_m: of_duel("distance_m").unwrap_or(DISTANCE_M),
        longest_s: of_duel("longest_s"),
    })
}

/// What a file of a duel may say.
pub(crate) fn shape() -> Shape {
    let duel = Shape::new("a duel", "What the duel is called and how it is set up.")
        .or("title", Kind::Text(120), Fallback::Text(""), "Its title")
        .or(
            "of",
            Kind::Text(400),
            Fallback::Text(""),
            "Whose powers and rules: a folder, or the name of a shipped scenario; what the command says if left out",
        )
        .or_n("distance_m", 1, REACH_MAX_M, DISTANCE_M, "How far apart the sides' corners are")
        .may(
            "longest_s",
            number("longest_s", 1, DECADE_S),
            "When the rules end it; after the ruleset's time if left out",
        );
    let axis = || whole(-PLACE_MOST_M, PLACE_MOST_M);
    let ships = Shape::new("a row of ships", "Ships of one class; a group of their own.")
        .may("power", Kind::Ref(&["power"]), "Whose crews; crews of the common measure if left out")
        .need("class", Kind::Ref(&["class"]), "Their class")
        .or_n("count", 1, DUEL_SHIPS_MAX as i64, 1, "How many")
        .may(
            "doctrine",
            Kind::Ref(&["doctrine"]),
            "How they fight; as their class does if left out",
        );
    let side = Shape::new("a side", "One side of the duel.")
        .or("name", Kind::Text(80), Fallback::Text(""), "What it is called; its key if left out")
        .may("doctrine", Kind::Ref(&["doctrine"]), "How its ships fight where their row does not say")
        .may(
            "place_m",
            list(axis(), 3, 3),
            "Where it stands: metres from the middle of the field, up first; its corner if left out",
        )
        .need("ships", list(table(ships), 1, DUEL_ROWS_MAX), "Its ships");
    let place = Shape::new("a place", "The body over which they meet.")
        .or("kind", choice(KINDS), Fallback::Text("planet"), "What kind of body")
        .need_n("radius_m", 1, REACH_MAX_M, "Its radius")
        .or_n("air_m", 0, REACH_MAX_M, 0, "Height of its air or corona; 0 has none")
        .or_n(
            "altitude_m",
            0,
            REACH_MAX_M,
            ALTITUDE_M,
            "How high above it the middle of the field is",
        );
    let who = || Kind::Ref(&["side"]);
    let relation =
        Shape::new("a relation", "How two sides regard each other. What is not stated is hostile.")
            .need("one", who(), "A side")
            .need("other", who(), "Another")
            .need("regard", choice(words::REGARDS), "How they regard each other, both ways");
    let side = Kind::Map { of: Box::new(table(side)), most: DUEL_SIDES_MAX };
    Shape::new(
        "a file of a duel",
        "Forces to be set against one another: `jumpline duel FILE` fights them many times and counts who wins.",
    )
    .need("format", whole(FORMAT, FORMAT), "The version of the format")
    .may("duel", table(duel), "What the duel is called and how it is set up")
    .may("place", table(place), "Where they meet; high above a bare world if left out")
    .need("side", side, "The sides, two or more, in order")
    .or("relation", list(table(relation), 0, DUEL_SIDES_MAX * DUEL_SIDES_MAX), Fallback::Empty, "How the sides regard one another")
}

const KINDS: words::Words = &[
    ("star", "A star: its air burns and its wind blows"),
    ("planet", "A planet with ground"),
    ("gas_giant", "A planet without ground"),
    ("moon", "A moon"),
];

/// Everything that a duel may name: ids of the law in the law's own order, and its own sides.
fn ids(law: &Law, tree: &Table) -> Ids {
    let mut ids = Ids::default();
    for section in ["class", "doctrine", "power", "side"] {
        ids.open(section);
    }
    let codex = &law.codex;
    codex.classes.iter().for_each(|class| ids.add("class", &class.key));
    codex.doctrines.iter().for_each(|doctrine| ids.add("doctrine", &doctrine.key));
    codex.powers.iter().for_each(|power| ids.add("power", &power.key));
    if let Some(Value::Table(sides)) = tree.get("side").map(|node| &node.value) {
        sides.entries.keys().for_each(|key| ids.add("side", key));
    }
    ids
}

fn side_of(key: &str, side: &Record) -> DuelSide {
    let doctrine = side.maybe_ref("doctrine");
    let ships = side.records("ships").map(|row| DuelShips {
        power: row.maybe_ref("power").map(PowerId::from_index),
        class: ClassId::from_index(row.reference("class")),
        count: u32::try_from(row.whole("count")).unwrap_or(0),
        doctrine: row.maybe_ref("doctrine").or(doctrine).map(DoctrineId::from_index),
    });
    let axes: Vec<i64> = side.list("place_m").iter().filter_map(|item| item.whole()).collect();
    let name = side.string("name");
    DuelSide {
        key: key.to_owned(),
        name: if name.is_empty() { key.to_owned() } else { name },
        ships: ships.collect(),
        place_m: axes.try_into().ok(),
    }
}

fn place_of(place: &Record) -> DuelPlace {
    DuelPlace {
        kind: match place.text("kind") {
            Some("star") => BodyKind::Star,
            Some("gas_giant") => BodyKind::GasGiant,
            Some("moon") => BodyKind::Moon,
            _ => BodyKind::Planet,
        },
        radius_m: place.whole("radius_m"),
        air_m: place.whole("air_m"),
        altitude_m: place.whole("altitude_m"),
    }
}

/// Two sides at least, and no more ships than the cap.
fn enough(reading: &Reading, sides: &[DuelSide], at: Place) {
    if !reading.is_sound() {
        return;
    }
    if sides.len() < 2 {
        let message = format!("{} side; a duel needs two", sides.len());
        reading.note(finding(&codes::TOO_FEW, at, message).hint("add a table [side.KEY]"));
    }
    let ships = sides.iter().flat_map(|side| &side.ships).map(|row| row.count as usize);
    let ships = ships.fold(0, usize::saturating_add);
    if ships > DUEL_SHIPS_MAX {
        let message = format!("{ships} ships; a duel holds at most {DUEL_SHIPS_MAX}");
        reading.note(finding(&codes::COUNT, at, message));
    }
}
