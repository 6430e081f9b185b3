//! The state of a war at one moment. Plain public data in id order; integers with units. Doers live elsewhere:
//! only `turn` (with `battle`) changes a state.

mod due;
mod group;
mod knowledge;
mod minefield;
mod person;
mod resolution;
mod ship;
mod wreck;

pub use due::{Due, DueKind, Queue};
pub use group::{Group, Hop, Phase, Standing};
pub use knowledge::{Book, Contact, ContactClass, Request};
pub use minefield::Minefield;
pub use person::{Fate, Person};
pub use resolution::{Fallback, Resolution, Resolved};
pub use ship::{Parts, Ship, Status, Transit};
pub use wreck::{Cover, Refuge, Wreck};

use crate::engagement::Engagement;
use crate::law::{Law, Regard};
use crate::ledger::Ledger;
use jumpline_measure::{BodyId, EngagementId, EventId, GroupId, OrderId, PowerId, ShipId, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The next free moment of one line: ships jump one at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LineSlot {
    /// Start of the line.
    pub from: BodyId,
    /// End of the line.
    pub to: BodyId,
    /// When the next ship may push off, milliseconds since the epoch.
    pub free_ms: i64,
}

/// An operation's life.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct OperationState {
    /// When it began, if it has.
    pub began: Option<Time>,
    /// The event that told of it.
    pub event: Option<EventId>,
    /// The groups that took part.
    pub groups: Vec<GroupId>,
    /// When all of them had finished, fled or died.
    pub ended: Option<Time>,
}

/// A wound of the ground: landed ships at a site.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Site {
    /// On which body.
    pub body: BodyId,
    /// Which landing, 0-based.
    pub number: u32,
    /// Whose.
    pub power: PowerId,
    /// Ships on the ground there.
    pub ships: Vec<ShipId>,
    /// When the first stood there.
    pub since: Time,
    /// When the portable shield stood, if it does.
    pub shield_since: Option<Time>,
}

/// The whole state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct State {
    /// The war's seed.
    pub seed: u64,
    /// Now: the last deadline passed.
    pub now: Time,
    /// Turns played.
    pub turn: u32,
    /// Every ship that ever was in the war, by id.
    pub ships: Vec<Ship>,
    /// Every group, by id. Groups without ships stay as history.
    pub groups: Vec<Group>,
    /// Named people, by id.
    pub people: Vec<Person>,
    /// Minefields, by id; cleared ones stay as history.
    pub fields: Vec<Minefield>,
    /// Battles in progress, by id.
    pub engagements: BTreeMap<EngagementId, Engagement>,
    /// The next battle's number.
    pub next_engagement: u32,
    /// What each power knows, by power.
    pub books: Vec<Book>,
    /// Regards: `regards[a][b]` is how a regards b.
    pub regards: Vec<Vec<Regard>>,
    /// Requests between powers that are still open.
    pub requests: Vec<Request>,
    /// Next free moments of lines in use, sorted by (from, to).
    pub slots: Vec<LineSlot>,
    /// Things due, in total order.
    pub due: Queue,
    /// The scenario's operations, in the plan's order.
    pub operations: Vec<OperationState>,
    /// Which arrivals of the plan have come.
    pub arrived: Vec<bool>,
    /// Landing sites.
    pub sites: Vec<Site>,
    /// What is left of lost ships, sorted by ship and refuge.
    pub wrecks: Vec<Wreck>,
    /// Planetary shields, sorted by body and generator.
    pub covers: Vec<Cover>,
    /// Orders taken: id to digest of its text, by power, so that a repeat counts once.
    pub taken: Vec<BTreeMap<OrderId, [u8; 8]>>,
    /// The running account of ships, people, mines and munitions.
    pub ledger: Ledger,
    /// The next event's number.
    pub next_event: u32,
    /// At which resolution battles are played.
    pub resolved: Resolved,
}

impl State {
    /// The state at the law's beginning, without ships: `scenario` fills it through [`State::muster`].
    pub fn new(law: &Law, seed: u64) -> State {
        let powers = law.codex.powers.len();
        State {
            seed,
            now: law.begins,
            turn: 0,
            ships: Vec::new(),
            groups: Vec::new(),
            people: Vec::new(),
            fields: Vec::new(),
            engagements: BTreeMap::new(),
            next_engagement: 0,
            books: (0..powers).map(|_| Book::default()).collect(),
            regards: vec![vec![Regard::Neutral; powers]; powers],
            requests: Vec::new(),
            slots: Vec::new(),
            due: Queue::default(),
            operations: vec![OperationState::default(); law.plan.operations.len()],
            arrived: vec![false; law.plan.arrivals.len()],
            sites: Vec::new(),
            wrecks: Vec::new(),
            covers: Vec::new(),
            taken: (0..powers).map(|_| BTreeMap::new()).collect(),
            ledger: Ledger::new(law),
            next_event: 0,
            resolved: Resolved::default(),
        }
    }

    /// How one power regards another.
    pub fn regard(&self, one: PowerId, other: PowerId) -> Regard {
        if one == other { Regard::Allied } else { self.regards[one.index()][other.index()] }
    }

    /// Do these two shoot at each other?
    pub fn hostile(&self, one: PowerId, other: PowerId) -> bool {
        self.regard(one, other) == Regard::Hostile || self.regard(other, one) == Regard::Hostile
    }

    /// The ship of that id.
    pub fn ship(&self, id: ShipId) -> &Ship {
        &self.ships[id.index()]
    }

    /// The group of that id.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.index()]
    }

    /// A group's ships that still exist, in id order.
    pub fn ships_of(&self, id: GroupId) -> impl Iterator<Item = &Ship> {
        self.groups[id.index()].ships.iter().map(|ship| &self.ships[ship.index()])
    }
}
