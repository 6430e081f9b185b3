//! `[attrition]` and `[calibrated.KEY]`: what aggregate resolution goes by. A ruleset without them plays every battle ship by ship.

use jumpline_measure::ClassId;
use jumpline_world::law::{Attrition, AttritionRules, Calibrated, Codex, fingerprint};

use crate::codes;
use crate::problem::finding;
use crate::read::Reading;
use crate::read::rules;
use crate::shape::record::Checked;
use crate::shape::{Kind, Shape, whole};
use crate::text::quote::quoted;

/// Most worths of one class.
const AGAINST_MAX: usize = 2_000;

/// The table's shape.
pub(crate) fn rules_shape() -> Shape {
    rules::shape_of::<AttritionRules>(
        "[attrition]",
        "The law of aggregate resolution; written by `cargo xtask calibrate`.",
    )
}

/// One class's.
pub(crate) fn shape() -> Shape {
    Shape::new(
        "a calibrated class",
        "What a class's fire is worth in aggregate resolution; written by `cargo xtask calibrate`.",
    )
    .need(
        "made",
        Kind::Text(64),
        "Fingerprint of the class, its weapons, its doctrine and the rules as they were; when they change, the class is played ship by ship",
    )
    .need(
        "late_permille",
        whole(1, 1_000_000),
        "What is left of fire by it and on it once the fight has loosened, permille of that in the first clash",
    )
    .need(
        "against",
        Kind::Map { of: Box::new(whole(1, 1_000_000)), most: AGAINST_MAX },
        "Worth of its fire by class that it is fired at, permille of what its guns alone would do",
    )
}

/// The table. Classes that are not what they were when they were calibrated are left out.
pub(crate) fn build(reading: &Reading, codex: &Codex) -> Attrition {
    let Some(record) = reading.root.record("attrition") else { return Attrition::default() };
    let rules: Option<AttritionRules> = reading.made(record, None);
    let mut classes: Vec<Option<Calibrated>> = vec![None; codex.classes.len()];
    for (key, record) in reading.entities("calibrated") {
        let Some(class) = codex.class_by_key(&key.text) else {
            let message = format!("no class is called {}", quoted(&key.text));
            reading.note(finding(&codes::UNKNOWN_ID, key.place, message));
            continue;
        };
        let mut against: Vec<(ClassId, i64)> = Vec::new();
        for (other, item) in record.map("against") {
            match (codex.class_by_key(&other.text), &item.value) {
                (Some(other), Checked::Whole(worth)) => against.push((other, *worth)),
                _ => {
                    let message = format!("no class is called {}", quoted(&other.text));
                    reading.note(finding(&codes::UNKNOWN_ID, other.place, message));
                }
            }
        }
        against.sort_unstable();
        if record.text("made") == Some(&fingerprint(codex, codex.class(class))) {
            let late_permille = record.whole("late_permille");
            classes[class.index()] = Some(Calibrated { late_permille, against });
        }
    }
    Attrition { rules: rules.unwrap_or_default(), classes }
}
