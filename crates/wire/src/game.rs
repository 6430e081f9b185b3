//! Games, seats and players, as the lobby shows them. Nothing here depends on what goes on in the war but the number of turns.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// A power that a scenario offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct OfferedPower {
    /// Its number.
    pub power: u32,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// A scenario that can be played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Scenario {
    /// Its key.
    pub key: String,
    /// The war's title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Who fights.
    pub powers: Vec<OfferedPower>,
    /// Star systems.
    pub systems: u32,
    /// Turns that it lasts.
    pub turns: u32,
    /// From one deadline to the next, seconds of the war.
    pub turn_s: i64,
}

/// Answer of `GET /api/scenarios`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Scenarios {
    /// By key.
    pub scenarios: Vec<Scenario>,
}

/// Where a new war comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// A shipped scenario.
    Scenario {
        /// Its key.
        key: String,
    },
    /// A galaxy made for it.
    Generated {
        /// Star systems.
        systems: u32,
        /// Powers.
        powers: u32,
        /// The galaxy's luck, decimal digits.
        seed: String,
    },
}

/// Who may watch without playing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Watching {
    /// Nobody.
    #[default]
    Closed,
    /// Whoever has a link for it, through any power's eyes, so many turns late.
    Late,
}

/// How a game is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(default)]
pub struct Settings {
    /// Time for one turn, seconds; none waits until everybody has ended theirs.
    pub deadline_s: Option<u32>,
    /// Deadlines that a player may miss before a commander covers them; 0 never does.
    pub cover_after: u32,
    /// Who may watch.
    pub watching: Watching,
    /// How late they see, turns.
    pub watch_delay_turns: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            deadline_s: None,
            cover_after: 2,
            watching: Watching::Closed,
            watch_delay_turns: 3,
        }
    }
}

/// Body of `POST /api/games`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct NewGame {
    /// What to call it; empty takes the war's title.
    #[serde(default)]
    pub name: String,
    /// What war.
    pub source: Source,
    /// All the luck of the war, decimal digits; none draws one.
    #[serde(default)]
    pub seed: Option<String>,
    /// How it is played.
    #[serde(default)]
    pub settings: Settings,
    /// Keys or numbers of the powers that the host plays.
    #[serde(default)]
    pub seats: Vec<u32>,
    /// Start at once, or wait in the lobby for others.
    #[serde(default)]
    pub start: bool,
}

/// Body of `POST …/fork`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct NewFork {
    /// The last turn that both share; 0 is the opening.
    pub turn: u32,
    /// What to call it; empty makes a name.
    #[serde(default)]
    pub name: String,
    /// The powers that the host of the fork plays.
    #[serde(default)]
    pub seats: Vec<u32>,
}

/// Where a game is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Players are gathering.
    Lobby,
    /// Orders are taken.
    Open,
    /// The deadline has passed; the turn is being played.
    Playing,
    /// Halted by its host: no deadline runs. Orders are still taken.
    Paused,
    /// The scenario's end was reached. It may be looked at and forked.
    Over,
    /// The engine broke off. Everything up to the last turn is safe; the report says what happened.
    Frozen,
}

/// How it stands with a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sitting {
    /// Nobody plays it: its own commander does.
    Free,
    /// A player does.
    Taken,
    /// A player's, covered by the commander for now.
    Covered,
}

/// What is to be done while a player is away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// The commander takes over.
    #[default]
    Commander,
    /// Groups go on with what they were told, and nobody gives orders.
    Stand,
}

/// One seat at the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Seat {
    /// The power.
    pub power: u32,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Who plays it.
    pub player: Option<String>,
    /// How it stands.
    pub sitting: Sitting,
    /// Has the player ended the turn?
    pub ready: bool,
    /// Is the player connected?
    pub online: bool,
    /// Deadlines missed in a row.
    pub missed: u32,
}

/// What the asker is in a game.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct You {
    /// May change settings, pause, invite.
    pub host: bool,
    /// Powers that they play.
    pub seats: Vec<u32>,
    /// Do they watch?
    pub watches: bool,
    /// What is to be done while they are away.
    pub absence: Absence,
}

/// Answer of `GET /api/games/{game}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Game {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The scenario's key.
    pub scenario: String,
    /// The war's title.
    pub title: String,
    /// Who made it.
    pub host: String,
    /// Where it is in its life.
    pub stage: Stage,
    /// Turns played.
    pub turn: u32,
    /// Turns that the scenario lasts.
    pub turns: u32,
    /// Now, seconds since the epoch of the war.
    pub now: i64,
    /// The date now, `YYYY-MM-DDThh:mm:ss`.
    pub date: String,
    /// Time left until the deadline, milliseconds; none when none runs.
    pub deadline_ms: Option<i64>,
    /// How it is played.
    pub settings: Settings,
    /// Its seats, by power.
    pub seats: Vec<Seat>,
    /// How many watch.
    pub watchers: u32,
    /// What the asker is in it.
    pub you: You,
    /// The game it was forked from and the last turn that both share.
    pub forked: Option<Forked>,
    /// Why it is frozen.
    pub report: Option<String>,
}

/// Where a game was forked from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Forked {
    /// The parent's id.
    pub game: String,
    /// The last turn that both share.
    pub turn: u32,
}

/// Answer of `GET /api/games`: those that the asker has to do with, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Games {
    /// The games.
    pub games: Vec<Game>,
}

/// Body of `POST …/ready`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Ready {
    /// The turn that is ended: the view's `turn`.
    pub turn: u32,
    /// Ended, or thought better of.
    pub ready: bool,
}

/// Body of `POST …/pause`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Pause {
    /// Halt, or go on.
    pub paused: bool,
}

/// Body of `POST …/cover`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Cover {
    /// Hand over to the commander, or take back.
    pub covered: bool,
}

/// Body of `POST …/absence`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Wishes {
    /// What is to be done while one is away.
    pub absence: Absence,
}

/// Body of `POST …/invitations`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct NewInvitation {
    /// The power that it offers; none lets the guest choose a free one, or watch.
    #[serde(default)]
    pub power: Option<u32>,
    /// An invitation to watch.
    #[serde(default)]
    pub watch: bool,
}

/// Answer of `POST …/invitations`: shown once, to be passed on as `/join/{token}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Invitation {
    /// The secret.
    pub token: String,
    /// The path of the link.
    pub path: String,
}

/// Body of `POST /api/join`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Join {
    /// The secret of the link.
    pub token: String,
    /// The power to play, where the invitation leaves the choice.
    #[serde(default)]
    pub power: Option<u32>,
    /// Only watch.
    #[serde(default)]
    pub watch: bool,
}

/// Something said at the table. Text is plain: a client must never take it for markup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ChatLine {
    /// Its place among the lines that the asker may read.
    pub number: u32,
    /// When, milliseconds since 1970.
    pub at_unix_ms: i64,
    /// Who.
    pub from: String,
    /// The power that they speak for.
    pub power: Option<u32>,
    /// The power that alone may read it, beside the speaker.
    pub to: Option<u32>,
    /// What.
    pub text: String,
}

/// Answer of `GET …/chat`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Chat {
    /// Oldest first.
    pub lines: Vec<ChatLine>,
}

/// Body of `POST …/chat`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct NewChatLine {
    /// What.
    pub text: String,
    /// One's own power to speak for; none speaks as oneself.
    #[serde(default)]
    pub power: Option<u32>,
    /// To this power alone.
    #[serde(default)]
    pub to: Option<u32>,
}
