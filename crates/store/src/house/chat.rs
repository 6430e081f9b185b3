//! What was said at a table: plain text, never read for meaning.

use super::base::Sql;
use super::error::HouseError;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatRow {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// Who.
    pub account: i64,
    /// By which name.
    pub name: String,
    /// The power they speak for.
    pub power: Option<u32>,
    /// The power that alone may read it.
    pub reader: Option<u32>,
    /// What.
    pub text: String,
}

/// Keeps a line; says how many there are now.
///
/// # Errors
/// [`HouseError::Conflict`] when there are `most` already.
pub fn add_line(
    sql: &mut dyn Sql,
    game: &str,
    line: &ChatRow,
    most: u32,
) -> Result<u32, HouseError> {
    let row = sql.row("SELECT count(*) FROM chat WHERE game = $1", &[game.into()])?;
    let number = row.map_or(Ok(0), |mut row| row.number())?;
    if number >= most {
        return Err(HouseError::conflict("no more can be said in this game"));
    }
    sql.run(
        "INSERT INTO chat (game, number, at_ms, account, name, power, reader, text)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            game.into(),
            number.into(),
            line.at_ms.into(),
            line.account.into(),
            line.name.as_str().into(),
            line.power.into(),
            line.reader.into(),
            line.text.as_str().into(),
        ],
    )?;
    Ok(number + 1)
}

/// All lines of a game, oldest first.
///
/// # Errors
/// When the database refuses.
pub fn lines(sql: &mut dyn Sql, game: &str) -> Result<Vec<ChatRow>, HouseError> {
    sql.rows(
        "SELECT at_ms, account, name, power, reader, text FROM chat WHERE game = $1 ORDER BY number",
        &[game.into()],
    )?
    .into_iter()
    .map(|mut row| {
        Ok(ChatRow {
            at_ms: row.int()?,
            account: row.int()?,
            name: row.text()?,
            power: row.maybe_number()?,
            reader: row.maybe_number()?,
            text: row.text()?,
        })
    })
    .collect()
}
