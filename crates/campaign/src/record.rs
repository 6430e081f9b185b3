//! The record of a turn: everything that went in and came out. Contrast [`jumpline_world::State`], which is where the war stands;
//! the record is how it came there, and with the opening state it is enough to get there again.

use jumpline_measure::Time;
use jumpline_world::digest::Digest;
use jumpline_world::ledger::Imbalance;
use jumpline_world::{Event, Order, Refusal};
use serde::{Deserialize, Serialize};

/// Who gave an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Giver {
    /// The mind of a power.
    Mind,
    /// A person: by a file of orders or a seat at the table.
    Person,
}

impl Giver {
    /// The word used in files and tables.
    pub fn word(self) -> &'static str {
        match self {
            Giver::Mind => "mind",
            Giver::Person => "person",
        }
    }
}

/// An order with its giver and the answer it got when it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The order.
    pub order: Order,
    /// Who gave it.
    pub by: Giver,
    /// Why it was refused at once; a refused order never reaches the turn.
    pub refusal: Option<Refusal>,
}

/// One turn played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Which turn: the first is 1.
    pub number: u32,
    /// The deadline at which its orders were given.
    pub begins: Time,
    /// The next deadline.
    pub ends: Time,
    /// Every order given for it, in the order in which they were put to the turn.
    pub orders: Vec<Given>,
    /// Everything that happened.
    pub events: Vec<Event>,
    /// The digest of the state after it.
    pub digest: Digest,
    /// Ships moved in battle, times battle ticks.
    pub ship_ticks: u64,
    /// What did not balance after it; empty in a sound war.
    pub imbalances: Vec<Imbalance>,
}

impl Turn {
    /// The orders that reached the turn.
    pub fn accepted(&self) -> Vec<Order> {
        self.orders
            .iter()
            .filter(|given| given.refusal.is_none())
            .map(|given| given.order.clone())
            .collect()
    }
}
