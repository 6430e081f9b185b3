//! What is left of lost ships: hulks with powered compartments, boats, people on the ground, and hull worth salvaging.
//!
//! A lost ship's own record says how she ended; here stands only what somebody may still find.

use jumpline_chart::Spot;
use jumpline_measure::{BodyId, ClassId, PowerId, ShipId, Time};
use serde::{Deserialize, Serialize};

/// Where people of a lost ship are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refuge {
    /// In powered compartments of a hulk that drifts.
    Hulk,
    /// In boats.
    Boats,
    /// On the ground, where the wreck came down.
    Ground,
}

/// What is left of one ship in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wreck {
    /// Which ship.
    pub ship: ShipId,
    /// Whose she was.
    pub power: PowerId,
    /// Her class.
    pub class: ClassId,
    /// At which body.
    pub body: BodyId,
    /// Where in that body's space.
    pub spot: Spot,
    /// Where her people are.
    pub refuge: Refuge,
    /// People alive in it.
    pub people: i64,
    /// Their skill, permille.
    pub skill_permille: i64,
    /// Hull that salvage can win, points.
    pub hull: i64,
    /// Since when.
    pub since: Time,
    /// Until when people live in it and anybody can find it.
    pub until: Time,
}

/// A planetary shield, as it was last seen to stand or to be open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The body it lies over.
    pub body: BodyId,
    /// Its generator.
    pub ship: ShipId,
    /// Does it stand?
    pub up: bool,
    /// Since when.
    pub since: Time,
}
