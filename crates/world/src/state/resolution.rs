//! At which resolution a war's battles are played, and how many were played at which. It is part of the state: a save that was
//! played so is replayed so.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How battles are to be played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// Ship by ship.
    #[default]
    Entity,
    /// As aggregates, wherever that was calibrated.
    Aggregate,
    /// Great battles of plain ships as aggregates, the rest ship by ship.
    Auto,
}

impl Resolution {
    /// All of them.
    pub const ALL: [Resolution; 3] = [Resolution::Entity, Resolution::Aggregate, Resolution::Auto];

    /// The word used on command lines and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Resolution::Entity => "entity",
            Resolution::Aggregate => "aggregate",
            Resolution::Auto => "auto",
        }
    }
}

/// Why a battle is played ship by ship though aggregates were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// A class in it was never calibrated, or has changed since.
    Class,
    /// Two classes in it were never set against one another.
    Pair,
    /// A ship in it carries a field weapon, or one stands.
    Field,
    /// A ship in it means to ram, or is full of explosive.
    Ram,
    /// Ships in it move as nobody measured: down to a world, or as bait.
    Motion,
    /// It is fought at a star, or in air.
    Terrain,
    /// More ships than were calibrated.
    Size,
    /// Odds longer than were calibrated.
    Odds,
    /// `auto` leaves small battles to the ships.
    Small,
    /// `auto` leaves noted ships, and named quarries, to the ships.
    Noted,
}

impl Fallback {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Fallback::Class => "class",
            Fallback::Pair => "pair",
            Fallback::Field => "field",
            Fallback::Ram => "ram",
            Fallback::Motion => "motion",
            Fallback::Terrain => "terrain",
            Fallback::Size => "size",
            Fallback::Odds => "odds",
            Fallback::Small => "small",
            Fallback::Noted => "noted",
        }
    }
}

/// How many battles were played at which resolution. A battle counts as it began; what came later may have changed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// What was asked for.
    pub asked: Resolution,
    /// Battles begun ship by ship.
    pub entity: u32,
    /// Battles begun as aggregates.
    pub aggregate: u32,
    /// Of those begun ship by ship, how many because of what.
    pub because: BTreeMap<Fallback, u32>,
    /// Ships times ticks played as aggregates.
    pub aggregate_ship_ticks: u64,
}
