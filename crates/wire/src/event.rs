//! What a power hears of, one event at a time, and the marks that a scrubber shows.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use utoipa::ToSchema;

/// What led to an event, as far as its hearer knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Because {
    /// An earlier event.
    Event {
        /// Its id.
        event: String,
    },
    /// An order of one's own.
    Order {
        /// Its name.
        order: String,
    },
    /// An operation of one's own.
    Operation {
        /// Its key.
        key: String,
    },
}

/// One event as one power hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Event {
    /// The hearer's own name for it, `turn.place`.
    pub id: String,
    /// The turn in which it happened; the first is 1.
    pub turn: u32,
    /// When.
    pub at: i64,
    /// Where.
    pub body: Option<u32>,
    /// Such as `ship_lost`; the names that scenario files use.
    pub kind: String,
    /// A sentence.
    pub text: String,
    /// Whose event it is.
    pub power: Option<u32>,
    /// One's own group that it is about.
    pub group: Option<u32>,
    /// One's own ship that it is about.
    pub ship: Option<u32>,
    /// The class of the ship that it is about.
    pub class: Option<u32>,
    /// How, for losses.
    pub how: Option<String>,
    /// Whose ship did it, when one saw.
    pub by_power: Option<u32>,
    /// The class of the ship that did it, when one saw.
    pub by_class: Option<u32>,
    /// The contact of one's own book that it is about.
    pub contact: Option<u32>,
    /// The named person of one's own that it is about, by key.
    pub person: Option<String>,
    /// The battle of one's own that it belongs to.
    pub battle: Option<u32>,
    /// Quantities by name, such as `people` or `ships`.
    pub quantities: BTreeMap<String, i64>,
    /// What led to it.
    pub because: Vec<Because>,
}

/// Answer of `GET …/chronicle`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Chronicle {
    /// The first turn told.
    pub from: u32,
    /// The last turn told.
    pub to: u32,
    /// Events by turn and time.
    pub events: Vec<Event>,
}

/// One turn on the scrubber.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Mark {
    /// The turn; 0 is the opening.
    pub turn: u32,
    /// Its deadline: the moment that its view shows.
    pub at: i64,
    /// What the viewer heard of in it: how many events of each kind.
    pub kinds: BTreeMap<String, u32>,
}

/// Answer of `GET …/turns`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Marks {
    /// By turn, from 0 on.
    pub turns: Vec<Mark>,
}

/// A battle in which one's own ships took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Battle {
    /// One's own number for it.
    pub id: u32,
    /// Where.
    pub body: Option<u32>,
    /// The turn in which one's own ships first took part.
    pub turn: u32,
    /// When.
    pub at: i64,
    /// When one heard that it had ended.
    pub ended: Option<i64>,
    /// One's own ships lost in it.
    pub lost: u32,
    /// Ships of others that one saw die in it.
    pub killed: u32,
    /// Is there a record to replay?
    pub record: bool,
}

/// Answer of `GET …/battles`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Battles {
    /// By number.
    pub battles: Vec<Battle>,
}
