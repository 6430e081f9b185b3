//! Named people: a place, a role, wounds. A war can be read through one of them.

use jumpline_measure::{BodyId, EventId, PersonId, PowerId, ShipId, Time};
use serde::{Deserialize, Serialize};

/// How it stands with a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Aboard a ship.
    Aboard(ShipId),
    /// In a powered compartment of a wreck.
    Adrift(ShipId),
    /// On the ground of a body.
    Ground(BodyId),
    /// Gone with a ship that left the theatre.
    Away,
    /// Dead.
    Dead,
}

/// A named person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their number.
    pub id: PersonId,
    /// Their key in the scenario.
    pub key: String,
    /// Their name.
    pub name: String,
    /// Of which power.
    pub power: PowerId,
    /// What they do ("gunner").
    pub role: String,
    /// Where aboard: `fore`, `midships`, `aft`, `bridge`.
    pub station: String,
    /// Skill at it, permille.
    pub skill_permille: i64,
    /// How it stands.
    pub fate: Fate,
    /// Wounds, 0 whole to 1000 dying.
    pub wounds_permille: i64,
    /// Since when their fate is what it is.
    pub since: Time,
    /// What they remember: events they took part in.
    pub memories: Vec<EventId>,
}
