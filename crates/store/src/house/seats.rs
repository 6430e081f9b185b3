//! Who sits where, who watches, who is invited.

use super::base::Sql;
use super::error::HouseError;

/// One seat that somebody has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    /// The power.
    pub power: u32,
    /// Whose it is.
    pub account: i64,
    /// Their name.
    pub name: String,
    /// Covered by the commander?
    pub covered: bool,
    /// The turn that its player has ended.
    pub ready_for: Option<u32>,
    /// Deadlines missed in a row.
    pub missed: u32,
    /// What is to be done while they are away: `commander` or `stand`.
    pub absence: String,
}

/// The seats of a game that are taken, by power.
///
/// # Errors
/// When the database refuses.
pub fn seats(sql: &mut dyn Sql, game: &str) -> Result<Vec<SeatRow>, HouseError> {
    sql.rows(
        "SELECT power, seats.account, coalesce(name, ''), covered, ready_for, missed, absence
         FROM seats LEFT JOIN accounts ON accounts.account = seats.account
         WHERE game = $1 ORDER BY power",
        &[game.into()],
    )?
    .into_iter()
    .map(|mut row| {
        Ok(SeatRow {
            power: row.number()?,
            account: row.int()?,
            name: row.text()?,
            covered: row.flag()?,
            ready_for: row.maybe_number()?,
            missed: row.number()?,
            absence: row.text()?,
        })
    })
    .collect()
}

/// Takes or changes a seat. Another's is left alone.
///
/// # Errors
/// [`HouseError::Conflict`] when it is another's.
pub fn put_seat(sql: &mut dyn Sql, game: &str, seat: &SeatRow) -> Result<(), HouseError> {
    let changed = sql.run(
        "INSERT INTO seats (game, power, account, covered, ready_for, missed, absence)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (game, power) DO UPDATE SET covered = excluded.covered,
             ready_for = excluded.ready_for, missed = excluded.missed, absence = excluded.absence
         WHERE seats.account = excluded.account",
        &[
            game.into(),
            seat.power.into(),
            seat.account.into(),
            seat.covered.into(),
            seat.ready_for.into(),
            seat.missed.into(),
            seat.absence.as_str().into(),
        ],
    )?;
    if changed == 0 { Err(HouseError::conflict("that seat is taken")) } else { Ok(()) }
}

/// Gives a seat up.
///
/// # Errors
/// When the database refuses.
pub fn remove_seat(
    sql: &mut dyn Sql,
    game: &str,
    power: u32,
    account: i64,
) -> Result<(), HouseError> {
    sql.run(
        "DELETE FROM seats WHERE game = $1 AND power = $2 AND account = $3",
        &[game.into(), power.into(), account.into()],
    )?;
    Ok(())
}

/// Lets an account watch.
///
/// # Errors
/// When the database refuses.
pub fn add_watcher(sql: &mut dyn Sql, game: &str, account: i64) -> Result<(), HouseError> {
    sql.run(
        "INSERT INTO watchers (game, account) VALUES ($1, $2) ON CONFLICT (game, account) DO NOTHING",
        &[game.into(), account.into()],
    )?;
    Ok(())
}

/// The accounts that watch.
///
/// # Errors
/// When the database refuses.
pub fn watchers(sql: &mut dyn Sql, game: &str) -> Result<Vec<i64>, HouseError> {
    sql.rows("SELECT account FROM watchers WHERE game = $1 ORDER BY account", &[game.into()])?
        .into_iter()
        .map(|mut row| row.int())
        .collect()
}

/// An invitation that has not been used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    /// To which game.
    pub game: String,
    /// The power that it offers, if it names one. Such an invitation is good for one guest.
    pub power: Option<u32>,
    /// To watch?
    pub watch: bool,
}

/// Keeps an invitation under its token's hash.
///
/// # Errors
/// When the database refuses.
pub fn add_invitation(
    sql: &mut dyn Sql,
    token: [u8; 32],
    invitation: &InvitationRow,
    at_ms: i64,
) -> Result<(), HouseError> {
    sql.run(
        "INSERT INTO invitations (token, game, power, watch, made_ms) VALUES ($1, $2, $3, $4, $5)",
        &[
            token.into(),
            invitation.game.as_str().into(),
            invitation.power.into(),
            invitation.watch.into(),
            at_ms.into(),
        ],
    )?;
    Ok(())
}

/// How many invitations of a game are open.
///
/// # Errors
/// When the database refuses.
pub fn count_invitations(sql: &mut dyn Sql, game: &str) -> Result<u32, HouseError> {
    let row = sql.row("SELECT count(*) FROM invitations WHERE game = $1", &[game.into()])?;
    row.map_or(Ok(0), |mut row| row.number())
}

/// The invitation of a token's hash.
///
/// # Errors
/// When the database refuses.
pub fn invitation(sql: &mut dyn Sql, token: [u8; 32]) -> Result<Option<InvitationRow>, HouseError> {
    let row =
        sql.row("SELECT game, power, watch FROM invitations WHERE token = $1", &[token.into()])?;
    row.map(|mut row| {
        Ok(InvitationRow { game: row.text()?, power: row.maybe_number()?, watch: row.flag()? })
    })
    .transpose()
}

/// Uses an invitation up.
///
/// # Errors
/// When the database refuses.
pub fn use_invitation(sql: &mut dyn Sql, token: [u8; 32]) -> Result<(), HouseError> {
    sql.run("DELETE FROM invitations WHERE token = $1", &[token.into()])?;
    Ok(())
}
