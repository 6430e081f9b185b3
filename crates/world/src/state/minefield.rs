//! Kinetic mines on a line: dense mass that strikes only what passes through.

use jumpline_measure::{BodyId, FieldId, GroupId, PowerId, Time};
use serde::{Deserialize, Serialize};

/// One minefield. Laid = live + spent + scattered + recovered, always.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minefield {
    /// Its number.
    pub id: FieldId,
    /// Who laid it.
    pub power: PowerId,
    /// The group that laid it.
    pub group: GroupId,
    /// The line's start.
    pub from: BodyId,
    /// The line's end.
    pub to: BodyId,
    /// How far from the start, metres.
    pub offset_m: i64,
    /// Mines laid.
    pub laid: i64,
    /// Mines still there.
    pub live: i64,
    /// Mines that struck a hull.
    pub spent: i64,
    /// Mines carried off by debris and drift.
    pub scattered: i64,
    /// Mines taken up again.
    pub recovered: i64,
    /// When laid.
    pub since: Time,
    /// When debris on the line will have drifted clear.
    pub clear_at: Time,
}
