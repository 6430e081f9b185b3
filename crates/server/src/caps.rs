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
/// A session that is held ready is asked for again in the house after so long, milliseconds.
pub(crate) const SESSION_READY_MS: i64 = 3_600_000;

/// Every bound as the book lists it: what is bounded, and the most.
#[must_use]
pub fn table() -> Vec<(&'static str, String)> {
    let caps = Caps::default();
    let range =
        |from: u32, to: u32| format!("{} to {}", grouped(u64::from(from)), grouped(u64::from(to)));
    let password = (*PASSWORD_BYTES.start() as u32, *PASSWORD_BYTES.end() as u32);
    let count = |most: usize| grouped(most as u64);
    vec![
        ("body of a request, bytes", count(caps.body_bytes)),
        ("frame from a WebSocket client, bytes", count(caps.frame_bytes)),
        (
            "frames from a WebSocket client, in a row within ten seconds",
            grouped(caps.frames.into()),
        ),
        ("pushes waiting for a slow reader", count(caps.pushes_waiting)),
        ("pushes kept for a stream to be taken up again", count(caps.pushes_kept)),
        ("time for the head of a request, seconds", grouped(caps.head_time.as_secs())),
        ("time for the body of a request, seconds", grouped(caps.body_time.as_secs())),
        ("size of a request's head, bytes", count(caps.head_bytes)),
        ("connections at once", count(caps.connections)),
        ("live streams of one person in one game", count(caps.streams)),
        ("requests of one address, in a row", grouped(caps.burst.into())),
        ("requests of one address a second, over time", grouped(caps.rate_per_s.into())),
        ("tries at a password of one address, in a row", grouped(caps.tries.into())),
        ("games of one host", count(caps.games)),
        ("games in which turns are played at once", "the machine's cores".to_owned()),
        ("systems of a generated galaxy", grouped(SYSTEMS_MAX.into())),
        ("powers of a generated galaxy", grouped(POWERS_MAX.into())),
        ("orders of one power for one turn", count(caps.orders_per_turn)),
        ("orders in one request", count(ORDERS_MAX)),
        ("an order's id, characters", count(ID_CHARS_MAX)),
        ("an order's reason or a group's name, characters", count(REASON_CHARS_MAX)),
        ("ships or roles named in one order", count(NAMED_MAX)),
        ("a chat line, characters", count(CHAT_CHARS_MAX)),
        ("chat lines of one game", grouped(caps.chat_lines.into())),
        ("a name of a game, characters", count(GAME_NAME_CHARS_MAX)),
        ("a name of an account, characters", count(NAME_CHARS_MAX)),
        ("a password, bytes", range(password.0, password.1)),
        ("open invitations of one game", grouped(caps.invitations.into())),
        ("a session that nobody uses, days", grouped((SESSION_MS / 86_400_000).unsigned_abs())),
        ("a deadline, seconds", range(*DEADLINE_S.start(), *DEADLINE_S.end())),
        ("turns told in one chronicle", grouped(TURNS_TOLD_MAX.into())),
    ]
}

/// Digits in threes.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
