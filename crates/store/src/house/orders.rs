//! Orders that wait for their turn. An order's id is its client's; the number that the war knows it by is given here, once.

use super::base::Sql;
use super::error::HouseError;
use jumpline_campaign::Given;

/// An order that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// The client's id.
    pub id: String,
    /// The order with the answer it got.
    pub given: Given,
}

/// What became of an order that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is new and kept.
    New(Given),
    /// It had been handed in before, with the same text for the same turn: nothing has changed.
    Before(Given),
    /// Its id had been used for something else, or taken back.
    Taken,
}

/// The number of a power's next order in a war.
///
/// # Errors
/// When the database refuses.
pub fn next_number(sql: &mut dyn Sql, game: &str, power: u32) -> Result<u32, HouseError> {
    let row = sql.row(
        "SELECT coalesce(max(number), 0) FROM orders WHERE game = $1 AND power = $2",
        &[game.into(), power.into()],
    )?;
    let last = row.map_or(Ok(0), |mut row| row.number())?;
    last.checked_add(1).ok_or_else(|| HouseError::conflict("no number is left for an order"))
}

/// Keeps an order for a turn. `said` is the text as it was handed in; `judge` is given the number and gives the order with its answer,
/// and is asked only if the order is new. Kept only while the game is at that turn.
///
/// # Errors
/// [`HouseError::Conflict`] when the turn has been played; otherwise when the database refuses.
pub fn keep_order(
    sql: &mut dyn Sql,
    game: &str,
    power: u32,
    turn: u32,
    id: &str,
    said: &[u8],
    judge: impl FnOnce(u32) -> Given,
) -> Result<Kept, HouseError> {
    let at = sql.row("SELECT turn FROM games WHERE game = $1", &[game.into()])?;
    if at.map_or(Ok(u32::MAX), |mut row| row.number())? != turn {
        return Err(HouseError::conflict("the deadline has passed"));
    }
    let before = sql.row(
        "SELECT turn, said, body, withdrawn FROM orders WHERE game = $1 AND power = $2 AND id = $3",
        &[game.into(), power.into(), id.into()],
    )?;
    if let Some(mut row) = before {
        let (was_for, was, body, withdrawn) =
            (row.number()?, row.bytes()?, row.bytes()?, row.flag()?);
        if was_for != turn || was != said || withdrawn {
            return Ok(Kept::Taken);
        }
        return Ok(Kept::Before(given(&body)?));
    }
    let number = next_number(sql, game, power)?;
    let new = judge(number);
    let body =
        postcard::to_allocvec(&new).map_err(|error| HouseError::Refused(error.to_string()))?;
    sql.run(
        "INSERT INTO orders (game, power, id, turn, number, said, body, withdrawn)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
        &[
            game.into(),
            power.into(),
            id.into(),
            turn.into(),
            number.into(),
            said.to_vec().into(),
            body.into(),
        ],
    )?;
    Ok(Kept::New(new))
}

fn given(body: &[u8]) -> Result<Given, HouseError> {
    postcard::from_bytes(body).map_err(|error| HouseError::Damaged(format!("an order: {error}")))
}

/// Takes an order back before its turn is played. Says whether it was there.
///
/// # Errors
/// When the database refuses.
pub fn withdraw_order(
    sql: &mut dyn Sql,
    game: &str,
    power: u32,
    turn: u32,
    id: &str,
) -> Result<bool, HouseError> {
    let changed = sql.run(
        "UPDATE orders SET withdrawn = 1 WHERE game = $1 AND power = $2 AND id = $3 AND turn = $4
         AND withdrawn = 0 AND turn = (SELECT turn FROM games WHERE game = $1)",
        &[game.into(), power.into(), id.into(), turn.into()],
    )?;
    Ok(changed > 0)
}

/// The orders that wait for a turn: by power, in the order in which they were given. With `power`, only that one's.
///
/// # Errors
/// When the database refuses or they are damaged.
pub fn orders_for(
    sql: &mut dyn Sql,
    game: &str,
    turn: u32,
    power: Option<u32>,
) -> Result<Vec<OrderRow>, HouseError> {
    let rows = match power {
        Some(power) => sql.rows(
            "SELECT id, body FROM orders WHERE game = $1 AND turn = $2 AND withdrawn = 0 AND power = $3
             ORDER BY number",
            &[game.into(), turn.into(), power.into()],
        )?,
        None => sql.rows(
            "SELECT id, body FROM orders WHERE game = $1 AND turn = $2 AND withdrawn = 0
             ORDER BY power, number",
            &[game.into(), turn.into()],
        )?,
    };
    rows.into_iter()
        .map(|mut row| Ok(OrderRow { id: row.text()?, given: given(&row.bytes()?)? }))
        .collect()
}

/// How many orders of a power have been handed in for a turn, those taken back included.
///
/// # Errors
/// When the database refuses.
pub fn count_orders(
    sql: &mut dyn Sql,
    game: &str,
    power: u32,
    turn: u32,
) -> Result<u32, HouseError> {
    let row = sql.row(
        "SELECT count(*) FROM orders WHERE game = $1 AND power = $2 AND turn = $3",
        &[game.into(), power.into(), turn.into()],
    )?;
    row.map_or(Ok(0), |mut row| row.number())
}
