//! What an order would come to, from the giver's own knowledge.

use crate::chart::Spot;
use crate::order::{Refusal, Say};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Body of `POST …/preview`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Ask {
    /// The order thought of.
    pub say: Say,
}

/// One jump of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Leg {
    /// From which body.
    pub from: u32,
    /// To which.
    pub to: u32,
    /// When the group reaches the line's near end.
    pub departs: i64,
    /// When its first ship comes out.
    pub arrives: i64,
    /// When its last one does: a line lets ships through one by one.
    pub last: i64,
    /// Where it brakes at the far end.
    pub brakes: Spot,
    /// Hostile ships known at the far end.
    pub hostile_ships: u32,
    /// When one last saw them.
    pub seen: Option<i64>,
}

/// Answer of `POST …/preview`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Preview {
    /// Why it would be refused, if it would.
    pub refusal: Option<Refusal>,
    /// The way there, if it leads anywhere.
    pub legs: Vec<Leg>,
    /// When the group would be there.
    pub arrives: Option<i64>,
}

/// A jumpline as it is at the deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Line {
    /// Where to.
    pub to: u32,
    /// From centre to centre, metres.
    pub distance_m: i64,
    /// Does it join two systems?
    pub interstellar: bool,
    /// The body that stands in the way, when it is closed.
    pub closed_by: Option<u32>,
    /// Where one must be to leave.
    pub mouth: Spot,
}

/// Answer of `GET …/lines/{body}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Lines {
    /// From which body.
    pub from: u32,
    /// At which moment.
    pub at: i64,
    /// Where they lead.
    pub lines: Vec<Line>,
}
