//! Turns of a game and the states between them. A turn is put in once: whoever comes second is refused.

use super::base::Sql;
use super::error::HouseError;
use super::value::Value;
use crate::codec;
use jumpline_campaign::Turn;
use jumpline_world::State;
use jumpline_world::digest::digest;

/// States smaller than this when packed are all kept, so that any turn can be looked at at once.
const SMALL_STATE_BYTES: usize = 1 << 20;
/// Of larger ones every so manieth is.
const STATE_EVERY: u32 = 8;

/// A state and the turn after which it stood.
#[derive(Clone, Debug)]
pub struct StateAt {
    /// The turn; 0 is the opening.
    pub turn: u32,
    /// The state.
    pub state: State,
}

fn pack<T: serde::Serialize>(value: &T) -> Result<Value, HouseError> {
    codec::pack(value).map(Value::from).map_err(|error| HouseError::Refused(error.to_string()))
}

/// Keeps the opening of a game, or the state in which a fork begins.
///
/// # Errors
/// When the database refuses.
pub fn put_opening(
    sql: &mut dyn Sql,
    game: &str,
    turn: u32,
    state: &State,
) -> Result<(), HouseError> {
    if turn == 0 {
        sql.run(
            "INSERT INTO turns (game, turn, begins, ends, digest, body) VALUES ($1, 0, $2, $2, $3, $4)
             ON CONFLICT (game, turn) DO NOTHING",
            &[game.into(), state.now.0.into(), digest(state).whole.into(), Vec::<u8>::new().into()],
        )?;
    }
    sql.run(
        "INSERT INTO states (game, turn, body) VALUES ($1, $2, $3) ON CONFLICT (game, turn) DO NOTHING",
        &[game.into(), turn.into(), pack(state)?],
    )?;
    Ok(())
}

/// A turn as it is put in. Packing one takes a while: whoever has played it does so, not the thread for which all orders wait.
#[derive(Clone, Debug)]
pub struct PackedTurn {
    number: u32,
    begins: i64,
    ends: i64,
    digest: Vec<u8>,
    record: Vec<u8>,
    /// The state after it, if that is kept.
    state: Option<Vec<u8>>,
}

impl PackedTurn {
    /// Packs a turn and the state after it.
    ///
    /// # Errors
    /// When they cannot be written down.
    pub fn of(turn: &Turn, state: &State) -> Result<PackedTurn, HouseError> {
        let refused = |error: std::io::Error| HouseError::Refused(error.to_string());
        let packed = codec::pack(state).map_err(refused)?;
        let kept = packed.len() <= SMALL_STATE_BYTES || turn.number.is_multiple_of(STATE_EVERY);
        Ok(PackedTurn {
            number: turn.number,
            begins: turn.begins.0,
            ends: turn.ends.0,
            digest: turn.digest.whole.to_vec(),
            record: codec::pack(turn).map_err(refused)?,
            state: kept.then_some(packed),
        })
    }
}

/// Puts a turn in and moves its game on, together.
///
/// # Errors
/// [`HouseError::Conflict`] when the turn has been put in already.
pub fn append_turn(sql: &mut dyn Sql, game: &str, turn: PackedTurn) -> Result<(), HouseError> {
    let moved = sql.run(
        "UPDATE games SET turn = $1 WHERE game = $2 AND turn = $3",
        &[turn.number.into(), game.into(), (i64::from(turn.number) - 1).into()],
    )?;
    if moved != 1 {
        return Err(HouseError::conflict("that turn has been played"));
    }
    sql.run(
        "INSERT INTO turns (game, turn, begins, ends, digest, body) VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            game.into(),
            turn.number.into(),
            turn.begins.into(),
            turn.ends.into(),
            turn.digest.into(),
            turn.record.into(),
        ],
    )?;
    if let Some(state) = turn.state {
        sql.run(
            "INSERT INTO states (game, turn, body) VALUES ($1, $2, $3)",
            &[game.into(), turn.number.into(), state.into()],
        )?;
    }
    Ok(())
}

/// The record of a turn; the first is 1.
///
/// # Errors
/// When there is none or it is damaged.
pub fn turn(sql: &mut dyn Sql, game: &str, number: u32) -> Result<Turn, HouseError> {
    let row = sql.row(
        "SELECT body FROM turns WHERE game = $1 AND turn = $2",
        &[game.into(), number.into()],
    )?;
    let missing = || HouseError::Damaged(format!("turn {number} is missing"));
    let body = row.ok_or_else(missing)?.bytes()?;
    codec::unpack(&body).map_err(|why| HouseError::Damaged(format!("turn {number}: {why}")))
}

/// When each turn ended, from the opening on.
///
/// # Errors
/// When the database refuses.
pub fn turn_spans(sql: &mut dyn Sql, game: &str) -> Result<Vec<(u32, i64)>, HouseError> {
    sql.rows("SELECT turn, ends FROM turns WHERE game = $1 ORDER BY turn", &[game.into()])?
        .into_iter()
        .map(|mut row| Ok((row.number()?, row.int()?)))
        .collect()
}

/// The digest after a turn.
///
/// # Errors
/// When there is no such turn.
pub fn digest_of(sql: &mut dyn Sql, game: &str, number: u32) -> Result<Vec<u8>, HouseError> {
    let row = sql.row(
        "SELECT digest FROM turns WHERE game = $1 AND turn = $2",
        &[game.into(), number.into()],
    )?;
    row.ok_or_else(|| HouseError::Damaged(format!("turn {number} is missing")))?.bytes()
}

/// The state after a turn, if it was kept, held against its digest.
///
/// # Errors
/// When it is damaged.
pub fn state(sql: &mut dyn Sql, game: &str, number: u32) -> Result<Option<State>, HouseError> {
    let row = sql.row(
        "SELECT body FROM states WHERE game = $1 AND turn = $2",
        &[game.into(), number.into()],
    )?;
    let Some(mut row) = row else { return Ok(None) };
    let damaged = |why: String| HouseError::Damaged(format!("the state of turn {number}: {why}"));
    let state: State = codec::unpack(&row.bytes()?).map_err(damaged)?;
    if digest(&state).whole.as_slice() != digest_of(sql, game, number)?.as_slice() {
        return Err(damaged("it is not the one recorded".to_owned()));
    }
    Ok(Some(state))
}

/// The latest kept state at or before a turn.
///
/// # Errors
/// When there is none or it is damaged.
pub fn last_state_before(sql: &mut dyn Sql, game: &str, turn: u32) -> Result<StateAt, HouseError> {
    let row = sql.row(
        "SELECT max(turn) FROM states WHERE game = $1 AND turn <= $2",
        &[game.into(), turn.into()],
    )?;
    let at = match row {
        Some(mut row) => row.maybe_number()?,
        None => None,
    };
    let missing = || HouseError::damaged("the opening is missing");
    let at = at.ok_or_else(missing)?;
    let state = state(sql, game, at)?.ok_or_else(missing)?;
    Ok(StateAt { turn: at, state })
}

/// Gives one game the texts, turns and kept states of another, up to a turn.
///
/// # Errors
/// When the database refuses.
pub fn copy_turns(sql: &mut dyn Sql, from: &str, to: &str, turn: u32) -> Result<(), HouseError> {
    sql.run(
        "INSERT INTO texts (game, place, layer, name, body)
         SELECT $1, place, layer, name, body FROM texts WHERE game = $2",
        &[to.into(), from.into()],
    )?;
    sql.run(
        "INSERT INTO turns (game, turn, begins, ends, digest, body)
         SELECT $1, turn, begins, ends, digest, body FROM turns WHERE game = $2 AND turn <= $3",
        &[to.into(), from.into(), turn.into()],
    )?;
    sql.run(
        "INSERT INTO states (game, turn, body)
         SELECT $1, turn, body FROM states WHERE game = $2 AND turn <= $3",
        &[to.into(), from.into(), turn.into()],
    )?;
    Ok(())
}
