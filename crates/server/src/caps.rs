//! Every bound, in one place; docs/book/caps.md is the same list for people.

use std::time::Duration;

/// Bounds that a host may want otherwise. The defaults are those of the book.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Caps {
    /// Body of a request, bytes.
    pub body_bytes: usize,
    /// Frame from a WebSocket client, bytes.
    pub frame_bytes: usize,
    /// Frames from a WebSocket client within [`FRAME_SPAN`].
    pub frames: u32,
    /// Pushes that wait for a slow reader.
    pub pushes_waiting: usize,
    /// Pushes kept for a stream to be taken up again.
    pub pushes_kept: usize,
    /// Time for the head of a request.
    pub head_time: Duration,
    /// Time for the body of a request.
    pub body_time: Duration,
    /// Size of a request's head, bytes.
    pub head_bytes: usize,
    /// Connections at once.
    pub connections: usize,
    /// Live streams of one person in one game.
    pub streams: usize,
    /// Requests of one address in a row.
    pub burst: u32,
    /// Requests of one address a second.
    pub rate_per_s: u32,
    /// Tries at a password of one address in a row; one more every six seconds.
    pub tries: u32,
    /// Games of one host.
    pub games: usize,
    /// Chat lines of one game.
    pub chat_lines: u32,
    /// Open invitations of one game.
    pub invitations: u32,
    /// Orders of one power for one turn.
    pub orders_per_turn: usize,
}

impl Default for Caps {
    fn default() -> Caps {
        Caps {
            body_bytes: 1 << 20,
            frame_bytes: 4_096,
            frames: 64,
            pushes_waiting: 256,
            pushes_kept: 512,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(20),
            head_bytes: 16_384,
            connections: 20_000,
            streams: 16,
            burst: 400,
            rate_per_s: 100,
            tries: 10,
            games: 400,
            chat_lines: 10_000,
            invitations: 200,
            orders_per_turn: jumpline_world::order::ORDERS_PER_TURN_MAX as usize,
        }
    }
}

/// The span in which a client's frames are counted.
pub(crate) const FRAME_SPAN: Duration = Duration::from_secs(10);
/// Time for one push to leave.
pub(crate) const PUSH_TIME: Duration = Duration::from_secs(20);
/// Silence after which a stream is asked whether it still listens.
pub(crate) const PING_EVERY: Duration = Duration::from_secs(20);
/// Systems of a generated galaxy.
pub(crate) const SYSTEMS_MAX: u32 = 2_000;
/// Powers of a generated galaxy.
pub(crate) const POWERS_MAX: u32 = 50;
/// Orders in one request.
pub(crate) const ORDERS_MAX: usize = 1_000;
/// An order's id, characters.
pub(crate) const ID_CHARS_MAX: usize = 64;
/// An order's reason or a group's name, characters.
pub(crate) const REASON_CHARS_MAX: usize = 400;
/// Ships or roles named in one order.
pub(crate) const NAMED_MAX: usize = 10_000;
/// A chat line, characters.
pub(crate) const CHAT_CHARS_MAX: usize = 1_000;
/// A game's name, characters.
pub(crate) const GAME_NAME_CHARS_MAX: usize = 80;
/// An account's name, characters.
pub(crate) const NAME_CHARS_MAX: usize = 32;
/// A password, bytes.
pub(crate) const PASSWORD_BYTES: std::ops::RangeInclusive<usize> = 8..=128;
/// A session that nobody uses ends, milliseconds.
pub(crate) const SESSION_MS: i64 = 30 * 86_400_000;
/// A deadline, seconds.
pub(crate) const DEADLINE_S: std::ops::RangeInclusive<u32> = 5..=2_592_000;
/// Turns told in one chronicle.
pub(crate) const TURNS_TOLD_MAX: u32 = 200;
