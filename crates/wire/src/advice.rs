//! What a power's own commander would order, for its player to take or leave.

use crate::order::Say;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// One order that the commander would give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Proposal {
    /// What. To accept it is to give it as one's own.
    pub say: Say,
    /// The commander's reason.
    pub reason: String,
}

/// Answer of `GET …/advice`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Advice {
    /// The turn that it is for.
    pub turn: u32,
    /// In the order in which the commander thought of it. Nothing is in here for a group that its player has ordered.
    pub proposals: Vec<Proposal>,
}
