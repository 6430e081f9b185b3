//! What navigation asks of a ship: plain numbers, without the ship.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A drive: what moves a ship along jumplines and round a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drive {
    /// Speed on a line against the common drive's, permille.
    pub rating_permille: i64,
    /// Time to make ready for a jump, milliseconds.
    pub charge_ms: i64,
    /// Speed round a body below light, metres a second.
    pub agility_mps: i64,
    /// Can it cross between stars?
    pub interstellar: bool,
    /// Braking strength above what the ship's whole gravity drives give, permille.
    pub brake_reserve_permille: i64,
}
