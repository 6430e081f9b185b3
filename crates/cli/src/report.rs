//! What `--json` prints, and the same in words. The keys are relied on by others.

use jumpline_chronicle::{PowerForces, forces};
use jumpline_world::digest::digest;
use jumpline_world::state::{Fallback, Fate, Person};
use jumpline_world::{Law, State};
use serde::Serialize;
use std::collections::BTreeMap;

/// One war, played or saved.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The scenario's key.
    pub scenario: String,
    pub seed: u64,
    /// When it opened.
    pub from: String,
    /// Where it stands.
    pub to: String,
    pub turns: u32,
    pub digest: String,
    /// How many events.
    pub events: u64,
    pub cpu_s: f64,
    pub wall_s: f64,
    pub ship_ticks: u64,
    /// Battles by the resolution at which they began.
    pub battles: Battles,
    /// Did ships, people, mines and munitions balance after every turn?
    pub balanced: bool,
    pub powers: Vec<PowerForces>,
    pub people: Vec<PersonRow>,
}

/// Battles by the resolution at which they began.
#[derive(Debug, Serialize)]
pub struct Battles {
    /// What was asked for.
    pub resolution: &'static str,
    /// Begun ship by ship.
    pub entity: u32,
    /// Begun as aggregates.
    pub aggregate: u32,
    /// Of those begun ship by ship, how many because of what.
    pub because: BTreeMap<Fallback, u32>,
    /// Ships times ticks played as aggregates.
    pub aggregate_ship_ticks: u64,
}

/// One named person.
#[derive(Debug, Serialize)]
pub struct PersonRow {
    pub id: String,
    pub name: String,
    pub power: String,
    pub role: String,
    /// `aboard`, `adrift`, `ground`, `away` or `dead`.
    pub fate: &'static str,
    /// The ship or body, by name or number.
    pub place: Option<String>,
    pub wounds_permille: i64,
}

/// What a journal or a campaign knows beside the state.
pub struct Sums {
    pub events: u64,
    pub ship_ticks: u64,
    pub balanced: bool,
    pub cpu_s: f64,
    pub wall_s: f64,
}

/// Puts a report together.
pub fn report(law: &Law, state: &State, sums: &Sums) -> Report {
    Report {
        scenario: law.key.clone(),
        seed: state.seed,
        from: law.calendar.iso(law.begins),
        to: law.calendar.iso(state.now),
        turns: state.turn,
        digest: digest(state).long(),
        events: sums.events,
        cpu_s: rounded(sums.cpu_s),
        wall_s: rounded(sums.wall_s),
        ship_ticks: sums.ship_ticks,
        battles: Battles {
            resolution: state.resolved.asked.word(),
            entity: state.resolved.entity,
            aggregate: state.resolved.aggregate,
            because: state.resolved.because.clone(),
            aggregate_ship_ticks: state.resolved.aggregate_ship_ticks,
        },
        balanced: sums.balanced,
        powers: forces(law, state).powers,
        people: state.people.iter().map(|person| row(law, state, person)).collect(),
    }
}

fn rounded(seconds: f64) -> f64 {
    (seconds * 1_000.0).round() / 1_000.0
}

fn row(law: &Law, state: &State, person: &Person) -> PersonRow {
    let (fate, place) = match person.fate {
        Fate::Aboard(ship) => ("aboard", Some(ship_name(state, ship))),
        Fate::Adrift(ship) => ("adrift", Some(ship_name(state, ship))),
        Fate::Ground(body) => {
            ("ground", law.codex.chart.bodies.get(body.index()).map(|body| body.name.clone()))
        }
        Fate::Away => ("away", None),
        Fate::Dead => ("dead", None),
    };
    PersonRow {
        id: person.key.clone(),
        name: person.name.clone(),
        power: law.codex.power(person.power).key.clone(),
        role: person.role.clone(),
        fate,
        place,
        wounds_permille: person.wounds_permille,
    }
}

fn ship_name(state: &State, id: jumpline_measure::ShipId) -> String {
    state.ships.get(id.index()).and_then(|ship| ship.name.clone()).unwrap_or_else(|| id.to_string())
}

impl Report {
    /// One JSON object on lines of its own.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The closing line of a telling.
    pub fn line(&self) -> String {
        let short = self.digest.get(..16).unwrap_or(&self.digest);
        format!("seed {}, {} turns to {}, digest {short}\n", self.seed, self.turns, self.to)
    }
}
