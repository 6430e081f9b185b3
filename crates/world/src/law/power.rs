//! Powers and alliances: who fights, how well, and how they regard one another.

use jumpline_measure::{BodyId, ClassId, DoctrineId, PowerId, Span};
use serde::{Deserialize, Serialize};

/// How one power regards another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regard {
    /// Shares contacts, comes when called.
    Allied,
    /// Neither helps nor harms.
    Neutral,
    /// Shoots on sight.
    Hostile,
}

/// An opening relation between two powers, both ways.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Relation {
    /// One power.
    pub one: PowerId,
    /// The other.
    pub other: PowerId,
    /// How they regard each other.
    pub regard: Regard,
}

/// The character of the mind that commands a power, each 0..=1000.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mind {
    /// Seeks battle.
    pub aggression_permille: i64,
    /// Wants good odds before it fights.
    pub caution_permille: i64,
    /// Does what allies ask.
    pub loyalty_permille: i64,
    /// Waits for the better moment.
    pub patience_permille: i64,
    /// Gives lives gladly.
    pub ruthlessness_permille: i64,
}

/// A yard that builds ships of one class, one after another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Yard {
    /// Where it stands.
    pub body: BodyId,
    /// What it builds.
    pub class: ClassId,
    /// Time for one ship.
    pub every: Span,
}

/// A power: a people with ships and a mind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Power {
    /// Its key in the scenario.
    pub key: String,
    /// Its name in prose ("the Kvash").
    pub name: String,
    /// Used before a noun ("Kvash cruiser").
    pub adjective: String,
    /// Gunnery of its crews, permille (1000 is the common measure).
    pub gunnery_permille: i64,
    /// Piloting and evasion of its crews, permille.
    pub piloting_permille: i64,
    /// Navigation: braking, pursuit, judging others' braking points, permille.
    pub navigation_permille: i64,
    /// How fast its officers react: the delay before a group acts on news.
    pub reaction: Span,
    /// Its doctrine where a class names none of its own.
    pub doctrine: Option<DoctrineId>,
    /// Its mind.
    pub mind: Mind,
    /// Bodies it holds, first its seat.
    pub holds: Vec<BodyId>,
    /// Its yards.
    pub yards: Vec<Yard>,
}

/// Powers that fight together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Alliance {
    /// Its key in the scenario.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// Its members, in rank.
    pub members: Vec<PowerId>,
    /// Who leads.
    pub leader: Option<PowerId>,
}
