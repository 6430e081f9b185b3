//! From checked records to law and opening state, one section a file: what its table may hold (`shape`) and
//! what is made of it (`build`).
//!
//! The order of making is the order of leaning: rules, chart, weapons, classes, powers, forces, operations,
//! expectations. Every check notes what it finds and goes on.

mod attrition;
pub(crate) mod class;
pub(crate) mod codex;
pub(crate) mod expectation;
pub(crate) mod fleet;
pub(crate) mod force;
pub(crate) mod opening;
pub(crate) mod operation;
pub(crate) mod place;
pub(crate) mod power;
pub(crate) mod rules;
pub(crate) mod scenario;
pub(crate) mod weapon;
pub(crate) mod words;

use jumpline_chart::Drive;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::codes;
use crate::problem::{Finding, Sink, finding};
use crate::shape::ids::Ids;
use crate::shape::record::{MapKey, Record};
use crate::shape::{Kind, Shape, list, table};
use crate::text::tree::{Table, Value};

/// Sections whose keys are new ids, with their greatest number of entries.
pub(crate) const ENTITIES: &[(&str, usize)] = &[
    ("weapon", 2_000),
    ("drive", 500),
    ("doctrine", 1_000),
    ("class", 2_000),
    ("calibrated", 2_000),
    ("system", place::SYSTEMS_MAX),
    ("body", place::BODIES_MAX),
    ("power", power::POWERS_MAX),
    ("alliance", 64),
    ("force", 20_000),
    ("arrival", 5_000),
    ("operation", 5_000),
    ("person", 10_000),
    ("expectation", 1_000),
];

/// Most opening relations.
const RELATIONS_MAX: usize = 4_096;

/// The whole of what the files of a scenario and its ruleset may say.
pub(crate) fn root() -> Shape {
    let mut root =
        Shape::new("a scenario", "A scenario over its ruleset: all files of both, laid together.")
            .need(
                "scenario",
                table(scenario::shape()),
                "The war: its title, its ruleset, its dates",
            )
            .may(
                "ruleset",
                table(scenario::ruleset_shape()),
                "The name of the ruleset; stands in the ruleset's files",
            );
    for (key, shape) in rules::shapes() {
        let about = shape.about.clone();
        root = root.need(key, table(shape), &about);
    }
    let law = attrition::rules_shape();
    let about = law.about.clone();
    root = root.may("attrition", table(law), &about);
    for (section, most) in ENTITIES {
        let shape = entity_shape(section);
        let about = shape.about.clone();
        let kind = Kind::Map { of: Box::new(table(shape)), most: *most };
        root = root.may(section, kind, &about);
    }
    let relation = power::relation_shape();
    let about = relation.about.clone();
    root.may("relation", list(table(relation), 0, RELATIONS_MAX), &about)
}

fn entity_shape(section: &str) -> Shape {
    match section {
        "weapon" => weapon::shape(),
        "drive" => drive_shape(),
        "doctrine" => weapon::doctrine_shape(),
        "class" => class::shape(),
        "calibrated" => attrition::shape(),
        "system" => place::system_shape(),
        "body" => place::body_shape(),
        "power" => power::shape(),
        "alliance" => power::alliance_shape(),
        "force" => force::shape(),
        "arrival" => force::arrival_shape(),
        "operation" => operation::shape(),
        "person" => force::person_shape(),
        _ => expectation::shape(),
    }
}

/// `[drive.KEY]`: what moves a ship along jumplines and round a body.
fn drive_shape() -> Shape {
    let schema = Drive::json_schema(&mut schemars::SchemaGenerator::default()).to_value();
    let about = |key: &str| {
        let at = format!("/properties/{key}/description");
        schema.pointer(&at).and_then(Json::as_str).unwrap_or("").to_owned()
    };
    Shape::new("a drive", "A drive: what moves a ship along jumplines and round a body.")
        .need("name", Kind::Text(80), "Its name in prose")
        .need_n("rating_permille", 1, 1_000_000, &about("rating_permille"))
        .need_n("charge_ms", 0, 31_557_600_000, &about("charge_ms"))
        .need_n("agility_mps", 1, weapon::SPEED_MAX_MPS, &about("agility_mps"))
        .flag("interstellar", true, &about("interstellar"))
        .need_n("brake_reserve_permille", 0, 1_000_000, &about("brake_reserve_permille"))
}

/// The ids of the merged tree, so that references can be checked wherever they stand.
pub(crate) fn ids_of(tree: &Table) -> Ids {
    let mut ids = Ids::default();
    for (section, _) in ENTITIES {
        ids.open(section);
        let Some(Value::Table(table)) = tree.get(section).map(|node| &node.value) else { continue };
        for key in table.entries.keys() {
            ids.add(section, key);
        }
    }
    ids.open("tag");
    for section in ["force", "arrival"] {
        let Some(Value::Table(table)) = tree.get(section).map(|node| &node.value) else { continue };
        for (key, entry) in &table.entries {
            ids.add("tag", &format!("{key}-cargo"));
            let Value::Table(force) = &entry.node.value else { continue };
            let Some(Value::List(tags)) = force.get("tags").map(|node| &node.value) else {
                continue;
            };
            for tag in tags {
                if let Value::Text(tag) = &tag.value {
                    ids.add("tag", tag);
                }
            }
        }
    }
    ids
}

/// The checked records, and where to note what is found in them.
pub(crate) struct Reading<'a> {
    pub(crate) root: &'a Record,
    pub(crate) ids: &'a Ids,
    sink: &'a Sink,
}

impl<'a> Reading<'a> {
    /// A reading of a checked tree.
    pub(crate) fn new(root: &'a Record, ids: &'a Ids, sink: &'a Sink) -> Reading<'a> {
        Reading { root, ids, sink }
    }

    /// Notes a finding.
    pub(crate) fn note(&self, found: Finding) {
        self.sink.note(found);
    }

    /// Every entry of these sections is there and clean, so that a thing's number is its place in the list made
    /// from the section.
    pub(crate) fn is_clean(&self, sections: &[&str]) -> bool {
        sections.iter().all(|section| {
            let clean = self.entities(section).filter(|(_, record)| record.is_clean).count();
            clean == self.ids.of(section).len()
        })
    }

    /// No error so far: what is made may be trusted.
    pub(crate) fn is_sound(&self) -> bool {
        self.sink.errors() == 0
    }

    /// The entries of a section, in the order of their ids.
    pub(crate) fn entities(&self, section: &str) -> impl Iterator<Item = (&'a MapKey, &'a Record)> {
        let entries = self.root.map(section).iter();
        entries.filter_map(|(key, item)| item.record().map(|record| (key, record)))
    }

    /// The entries of a section in the order in which they are written.
    pub(crate) fn written(&self, section: &str) -> Vec<(&'a MapKey, &'a Record)> {
        let mut entries: Vec<_> = self.entities(section).collect();
        entries.sort_by_key(|(key, _)| key.place);
        entries
    }

    /// A value of world that is read by serde: the shape has checked it, so a refusal is a slip of ours.
    pub(crate) fn made<T: DeserializeOwned>(
        &self,
        record: &Record,
        key: Option<&str>,
    ) -> Option<T> {
        let mut json = record.json();
        if let (Some(key), Json::Object(fields)) = (key, &mut json) {
            fields.insert("key".to_owned(), Json::from(key));
        }
        match serde_json::from_value(json) {
            Ok(value) => Some(value),
            Err(error) => {
                // A field may be missing because it was faulty; only a sound record that fails is news.
                if self.is_sound() {
                    let message = format!("{} was refused: {error}", record.shape.name);
                    self.note(finding(&codes::INTERNAL, record.place, message));
                }
                None
            }
        }
    }
}
