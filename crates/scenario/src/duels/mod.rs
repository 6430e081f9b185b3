//! A file of a duel: sides with their ships, how they regard one another, where they meet and how far apart.
//!
//! Stores keys turned into ids of a law; refuses what cannot be fought, all faults at once and each with its place. How a duel is
//! set up and fought is `study`'s.

mod read;

pub(crate) use read::shape;
pub use read::{duel_of, load_duel};

use jumpline_chart::BodyKind;
use jumpline_measure::{ClassId, DoctrineId, PowerId};
use jumpline_world::law::Regard;

/// Ships of one class with the crews of one power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuelShips {
    /// Whose crews; none are crews of the common measure.
    pub power: Option<PowerId>,
    /// What.
    pub class: ClassId,
    /// How many, at least one.
    pub count: u32,
    /// How they fight, if not as their class does.
    pub doctrine: Option<DoctrineId>,
}

/// One side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuelSide {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Its ships, row by row.
    pub ships: Vec<DuelShips>,
    /// Where it stands, metres from the middle of the field; none takes its corner.
    pub place_m: Option<[i64; 3]>,
}

/// Where they meet: over one body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuelPlace {
    /// What kind of body.
    pub kind: BodyKind,
    /// Its radius, metres.
    pub radius_m: i64,
    /// Height of its air or corona, metres.
    pub air_m: i64,
    /// How high above it the middle of the field is, metres.
    pub altitude_m: i64,
}

/// A duel as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuelFile {
    /// Its title; may be empty.
    pub title: String,
    /// The sides, in the order written.
    pub sides: Vec<DuelSide>,
    /// How sides regard one another; hostile where nothing is said.
    pub relations: Vec<(usize, usize, Regard)>,
    /// Where; none is high above a bare world.
    pub place: Option<DuelPlace>,
    /// How far apart the sides' corners are, metres.
    pub distance_m: i64,
    /// When the rules end it, seconds, if not after the ruleset's time.
    pub longest_s: Option<i64>,
}
