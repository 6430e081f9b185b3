//! A file of orders that persons have written down: what each of their powers is to be told, and when.
//!
//! Stores orders by key, since a group may come into being only in play; `campaign` turns keys into numbers when an order is
//! given. Refuses what can be known to be wrong beforehand: unknown powers, bodies, classes, verbs, dates outside the war.

mod read;

pub use read::load_orders;
pub(crate) use read::shape;

use jumpline_measure::{BodyId, ClassId, DoctrineId, PowerId, Time};
use jumpline_world::order::Task;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a group is to be told, with names that are still to be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// Nothing in it needs finding.
    Task(Task),
    /// Take up the latest of one's own minefields on that line.
    RecoverMines {
        /// The line's start.
        from: BodyId,
        /// The line's end.
        to: BodyId,
    },
    /// Take a group aboard.
    Load {
        /// Its key.
        group: String,
    },
    /// Stay with a group.
    Escort {
        /// Its key.
        group: String,
    },
    /// Become part of a group.
    Merge {
        /// Its key.
        into: String,
    },
    /// Split ships off.
    Detach {
        /// Which.
        which: Which,
        /// The new group's name.
        name: String,
    },
    /// Pull a ship out.
    Tow {
        /// Her name, or her number as `show` prints it.
        ship: String,
        /// Where to.
        to: BodyId,
    },
}

/// Which ships of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// So many of a class, lowest numbers first.
    Class {
        /// Of which class.
        class: ClassId,
        /// How many.
        count: u32,
    },
    /// Those with these names.
    Named(Vec<String>),
}

/// One order with its date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// When it is handed in; it counts from the first deadline at or after.
    pub at: Time,
    /// Whose order it is.
    pub power: PowerId,
    /// The key of the group it is for.
    pub group: String,
    /// What the group is to do.
    pub wish: Wish,
    /// After the tasks it already has, instead of at once.
    pub queued: bool,
    /// Doctrine from now on, if it changes.
    pub doctrine: Option<DoctrineId>,
    /// Why, in words.
    pub reason: String,
    /// Where it is written (`orders.toml:3:1`), for messages.
    pub place: String,
}

/// A file of orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderBook {
    /// Powers that persons play: their minds are silent.
    pub plays: BTreeSet<PowerId>,
    /// The orders, by date, then as written.
    pub orders: Vec<Dated>,
}

impl OrderBook {
    /// The orders to be given at `deadline`, when the deadline before it was `before` (none at the opening).
    pub fn due(&self, before: Option<Time>, deadline: Time) -> impl Iterator<Item = &Dated> {
        self.orders.iter().filter(move |dated| {
            dated.at <= deadline && before.is_none_or(|before| dated.at > before)
        })
    }
}
