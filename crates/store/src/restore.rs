//! From a save back to a state: the nearest kept state, checked, and the recorded orders from there.

use crate::error::StoreError;
use crate::journal::Journal;
use jumpline_campaign::{Difference, replay, sound};
use jumpline_world::digest::{digest, first_difference};
use jumpline_world::{Law, State};

/// How a replay went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Turns that came out as recorded.
    pub turns: u32,
    /// Ships moved in battle, times battle ticks.
    pub ship_ticks: u64,
}

/// The state after a turn; 0 is the opening.
///
/// # Errors
/// When the save is damaged, or does not replay to what it recorded.
pub fn state_at(
    journal: &Journal,
    law: &Law,
    turn: u32,
    threads: usize,
) -> Result<State, StoreError> {
    if turn > journal.last() {
        return Err(journal.no_turn(turn));
    }
    let from = journal.snapshot_before(turn)?;
    let mut state = kept(journal, law, from)?;
    for number in from + 1..=turn {
        replay(law, &mut state, &journal.turn(number)?, threads, || None)
            .map_err(StoreError::Differs)?;
    }
    Ok(state)
}

/// A kept state, held against its law and its digest.
fn kept(journal: &Journal, law: &Law, turn: u32) -> Result<State, StoreError> {
    let state = journal
        .snapshot(turn)?
        .ok_or_else(|| journal.damaged(&format!("the state of turn {turn} is missing")))?;
    if digest(&state) != journal.digest(turn)? {
        return Err(journal.damaged(&format!("the state of turn {turn} is not the one recorded")));
    }
    sound(law, &state).map_err(|unsound| StoreError::unsound(journal.path(), &unsound))?;
    Ok(state)
}

/// Plays the whole war again from `opening` and compares every turn. `each` is told of every turn that came out as recorded.
///
/// # Errors
/// The first turn that did not, with the field where its state was kept; or a damaged save.
pub fn replay_all(
    journal: &Journal,
    law: &Law,
    opening: State,
    threads: usize,
    mut each: impl FnMut(&State, u32),
) -> Result<Replayed, StoreError> {
    let recorded = journal.digest(0)?;
    let mut state = opening;
    let here = digest(&state);
    if here != recorded {
        let kept = journal.snapshot(0)?;
        return Err(StoreError::Differs(Box::new(Difference {
            turn: 0,
            ends: state.now,
            part: recorded.first_difference(&here).map(str::to_owned),
            field: kept.and_then(|kept| first_difference(&kept, &state)),
            recorded: recorded.long(),
            replayed: here.long(),
        })));
    }
    let mut ship_ticks = 0_u64;
    for number in 1..=journal.last() {
        let turn = journal.turn(number)?;
        let played =
            replay(law, &mut state, &turn, threads, || journal.snapshot(number).ok().flatten());
        ship_ticks = ship_ticks.saturating_add(played.map_err(StoreError::Differs)?);
        each(&state, number);
    }
    Ok(Replayed { turns: journal.last(), ship_ticks })
}
