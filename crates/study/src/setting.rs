//! What is set against what, and where: everything a duel needs beside the law. Made from what a person typed, or from a file.

use crate::force::{Force, Row};
use jumpline_scenario::duels::{DuelFile, DuelPlace, DuelSide};
use jumpline_world::law::{Codex, Regard};

/// Sides and the field they meet on.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The sides, in order.
    pub forces: Vec<Force>,
    /// How sides regard one another; hostile where nothing is said.
    pub relations: Vec<(usize, usize, Regard)>,
    /// Over which body; none is high above a bare world.
    pub place: Option<DuelPlace>,
    /// How far apart the sides' corners are, metres.
    pub distance_m: i64,
    /// When the rules end it, seconds, if not after the ruleset's time.
    pub longest_s: Option<i64>,
}

impl Setting {
    /// Sides all hostile to one another, high above a bare world.
    pub fn of(forces: Vec<Force>, distance_m: i64) -> Setting {
        Setting { forces, relations: Vec::new(), place: None, distance_m, longest_s: None }
    }

    /// As it stands in a file.
    pub fn written(codex: &Codex, file: &DuelFile) -> Setting {
        Setting {
            forces: file.sides.iter().map(|side| force(codex, side)).collect(),
            relations: file.relations.clone(),
            place: file.place,
            distance_m: file.distance_m,
            longest_s: file.longest_s,
        }
    }

    /// How one side regards another.
    pub fn regard(&self, one: usize, other: usize) -> Regard {
        if one == other {
            return Regard::Allied;
        }
        let said = self
            .relations
            .iter()
            .rev()
            .find(|(a, b, _)| (*a, *b) == (one, other) || (*b, *a) == (one, other));
        said.map_or(Regard::Hostile, |(_, _, regard)| *regard)
    }
}

fn force(codex: &Codex, side: &DuelSide) -> Force {
    let rows: Vec<Row> = side
        .ships
        .iter()
        .map(|row| Row {
            power: row.power,
            class: row.class,
            count: row.count,
            doctrine: row.doctrine,
        })
        .collect();
    let part = |row: &Row| {
        let power = row.power.and_then(|power| codex.powers.get(power.index()));
        let power = power.map_or(String::new(), |power| format!("{}:", power.key));
        let class = codex.classes.get(row.class.index()).map_or("?", |class| class.key.as_str());
        format!("{power}{class}*{}", row.count)
    };
    Force {
        typed: rows.iter().map(part).collect::<Vec<_>>().join("+"),
        name: Some(side.name.clone()),
        place_m: side.place_m,
        rows,
    }
}
