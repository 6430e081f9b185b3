//! Things due, totally ordered by (time, kind, id). The queue is part of the state, so a save holds the future too.

use jumpline_measure::Time;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is due. The order of the variants is the order within one second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// A force of the plan comes into play; subject: arrival number.
    Reinforcement,
    /// A ship pushes off; subject: ship.
    Depart,
    /// A ship comes out of a jump; subject: ship.
    Arrive,
    /// A group reaches its spot round a body; subject: group.
    Reach,
    /// A ship has been loaded or put out; subject: ship.
    Handled,
    /// A craft leaves her carrier; subject: ship.
    Launch,
    /// A craft is taken in; subject: ship.
    Recover,
    /// A wing aboard is fit to fly again; subject: group.
    Rearmed,
    /// The boats of a lost ship reach a friend, or look for one again; subject: the lost ship.
    Boats,
    /// Salvage has been won; subject: group.
    Salvaged,
    /// A landing ship stands on the ground; subject: ship.
    Touchdown,
    /// A portable shield stands; subject: site.
    SiteShield,
    /// A disabled ship falls into its star or air; subject: ship.
    Burn,
    /// A minefield's debris has drifted clear; subject: field.
    FieldClear,
    /// Mines have been laid; subject: group.
    MinesLaid,
    /// Mines have been taken up; subject: group.
    MinesRecovered,
    /// A group's officers act; subject: group.
    Officer,
    /// A battle's beat; subject: engagement.
    BattleBeat,
    /// A sweep of all sensors; subject: 0.
    Sweep,
    /// Wings in quiet space spar; subject: 0.
    Spar,
    /// A yard finishes a ship; subject: power * 4096 + yard.
    Yard,
    /// An ally's word arrives; subject: request.
    Word,
}

/// One thing due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Due {
    /// When.
    pub at: Time,
    /// What.
    pub kind: DueKind,
    /// Whose: an id that the kind explains.
    pub subject: u64,
}

/// The queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    things: BTreeSet<Due>,
}

impl Queue {
    /// Puts a thing in. The same thing twice is one thing.
    pub fn put(&mut self, at: Time, kind: DueKind, subject: u64) {
        self.things.insert(Due { at, kind, subject });
    }

    /// Takes a thing out, if it is there.
    pub fn drop(&mut self, due: &Due) -> bool {
        self.things.remove(due)
    }

    /// The next thing, if it is due before `end`.
    pub fn peek_before(&self, end: Time) -> Option<Due> {
        self.things.first().copied().filter(|due| due.at < end)
    }

    /// Takes the next thing due before `end`.
    pub fn pop_before(&mut self, end: Time) -> Option<Due> {
        if self.peek_before(end).is_some() { self.things.pop_first() } else { None }
    }

    /// How many things wait.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    /// Is nothing due?
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }

    /// All things in order.
    pub fn iter(&self) -> impl Iterator<Item = &Due> {
        self.things.iter()
    }
}
