//! What is pushed over the WebSocket. A push says that something is new; what it is, is fetched.

use crate::game::{ChatLine, Game};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// One message from the server. Clients send nothing but pongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Push {
    /// Where this stream stands: hand it back as `?since=` after a break to get what was missed.
    pub revision: String,
    /// What is new.
    pub news: News,
}

/// What is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum News {
    /// First of all: how the game stands. With `resumed`, everything since `?since=` follows; without, fetch everything afresh.
    Hello {
        /// Could the stream be taken up where it broke?
        resumed: bool,
        /// How it stands.
        game: Game,
    },
    /// The game, its seats or its clock changed.
    Game {
        /// How it stands.
        game: Game,
    },
    /// A turn has been played: views, chronicle and battles have more.
    Turn {
        /// Turns played.
        turn: u32,
    },
    /// One's own orders changed, perhaps from another window.
    Orders {
        /// For which power.
        power: u32,
        /// For which turn.
        turn: u32,
    },
    /// Somebody said something.
    Chat {
        /// What.
        line: ChatLine,
    },
}
