//! Plays recorded orders again and compares the digest of every turn; finds the first turn and field that differ.

use crate::record::Turn;
use crate::step;
use jumpline_measure::Time;
use jumpline_turn::Memory;
use jumpline_world::digest::{digest, first_difference};
use jumpline_world::{Law, State};

/// Where a replay left its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The first turn after which the states differ; 0 is the opening.
    pub turn: u32,
    /// When that turn ended.
    pub ends: Time,
    /// The part of the state that differs ("ships"); none when only the record itself is at odds.
    pub part: Option<String>,
    /// The first field that differs with both values, recorded first, when the recorded state of that turn was kept.
    pub field: Option<String>,
    /// The digest that was recorded.
    pub recorded: String,
    /// The digest that came out.
    pub replayed: String,
}

/// Plays one recorded turn again from the state before it.
///
/// # Errors
/// The first difference. `kept` gives the recorded state after the turn, if it was kept.
pub fn replay(
    law: &Law,
    state: &mut State,
    turn: &Turn,
    threads: usize,
    kept: impl FnOnce() -> Option<State>,
) -> Result<u64, Box<Difference>> {
    let again = step::play(
        law,
        state,
        turn.orders.clone(),
        threads,
        &mut Memory::default(),
        &mut |_| {},
        None,
    );
    let same_clock = again.number == turn.number && again.ends == turn.ends;
    if again.digest == turn.digest && same_clock && again.events == turn.events {
        return Ok(again.ship_ticks);
    }
    let field = if again.digest == turn.digest {
        let at = again.events.iter().zip(&turn.events).position(|(new, old)| new != old);
        let at = at.unwrap_or(again.events.len().min(turn.events.len()));
        Some(format!("event {at} of the turn: the states are the same, the events are not"))
    } else {
        kept().and_then(|kept| first_difference(&kept, state))
    };
    Err(Box::new(Difference {
        turn: turn.number,
        ends: turn.ends,
        part: turn.digest.first_difference(&again.digest).map(str::to_owned),
        field,
        recorded: turn.digest.long(),
        replayed: again.digest.long(),
    }))
}

/// Compares two states of the same moment: none if they are the same.
pub fn compare(one: &State, other: &State) -> Option<Difference> {
    let (left, right) = (digest(one), digest(other));
    (left != right).then(|| Difference {
        turn: one.turn,
        ends: one.now,
        part: left.first_difference(&right).map(str::to_owned),
        field: first_difference(one, other),
        recorded: left.long(),
        replayed: right.long(),
    })
}
