//! Accounts and sessions. Of a password only its argon2 text is kept, of a session's token only a hash.

use super::base::Sql;
use super::error::HouseError;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub account: i64,
    /// Its name, as written.
    pub name: String,
    /// The hash of its password, in PHC form.
    pub password: String,
}

/// Adds an account. `folded` is the name in the form in which names must differ.
///
/// # Errors
/// [`HouseError::Conflict`] when the name is taken.
pub fn add_account(
    sql: &mut dyn Sql,
    name: &str,
    folded: &str,
    password: &str,
    at_ms: i64,
) -> Result<Account, HouseError> {
    let last = sql.row("SELECT coalesce(max(account), 0) FROM accounts", &[])?;
    let account = last.map_or(Ok(0), |mut row| row.int())? + 1;
    let added = sql.run(
        "INSERT INTO accounts (account, folded, name, password, made_ms) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (folded) DO NOTHING",
        &[account.into(), folded.into(), name.into(), password.into(), at_ms.into()],
    )?;
    if added == 0 {
        return Err(HouseError::conflict("that name is taken"));
    }
    Ok(Account { account, name: name.to_owned(), password: password.to_owned() })
}

/// The account of a folded name.
///
/// # Errors
/// When the database refuses.
pub fn account_by_name(sql: &mut dyn Sql, folded: &str) -> Result<Option<Account>, HouseError> {
    let row = sql
        .row("SELECT account, name, password FROM accounts WHERE folded = $1", &[folded.into()])?;
    row.map(|mut row| Ok(Account { account: row.int()?, name: row.text()?, password: row.text()? }))
        .transpose()
}

/// Opens a session for a token's hash.
///
/// # Errors
/// When the database refuses.
pub fn add_session(
    sql: &mut dyn Sql,
    token: [u8; 32],
    account: i64,
    at_ms: i64,
) -> Result<(), HouseError> {
    sql.run(
        "INSERT INTO sessions (token, account, used_ms) VALUES ($1, $2, $3)",
        &[token.into(), account.into(), at_ms.into()],
    )?;
    Ok(())
}

/// The account of a session and when it was last used.
///
/// # Errors
/// When the database refuses.
pub fn session(sql: &mut dyn Sql, token: [u8; 32]) -> Result<Option<(Account, i64)>, HouseError> {
    let row = sql.row(
        "SELECT account, name, password, used_ms FROM sessions JOIN accounts USING (account)
         WHERE token = $1",
        &[token.into()],
    )?;
    row.map(|mut row| {
        let account = Account { account: row.int()?, name: row.text()?, password: row.text()? };
        Ok((account, row.int()?))
    })
    .transpose()
}

/// Notes that a session is in use.
///
/// # Errors
/// When the database refuses.
pub fn touch_session(sql: &mut dyn Sql, token: [u8; 32], at_ms: i64) -> Result<(), HouseError> {
    sql.run("UPDATE sessions SET used_ms = $1 WHERE token = $2", &[at_ms.into(), token.into()])?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database refuses.
pub fn end_session(sql: &mut dyn Sql, token: [u8; 32]) -> Result<(), HouseError> {
    sql.run("DELETE FROM sessions WHERE token = $1", &[token.into()])?;
    Ok(())
}

/// Ends sessions that were last used before a moment.
///
/// # Errors
/// When the database refuses.
pub fn forget_sessions(sql: &mut dyn Sql, before_ms: i64) -> Result<u64, HouseError> {
    sql.run("DELETE FROM sessions WHERE used_ms < $1", &[before_ms.into()])
}

/// The name of an account; empty if there is none.
///
/// # Errors
/// When the database refuses.
pub fn account_name(sql: &mut dyn Sql, account: i64) -> Result<String, HouseError> {
    let row = sql.row("SELECT name FROM accounts WHERE account = $1", &[account.into()])?;
    row.map_or_else(|| Ok(String::new()), |mut row| row.text())
}
