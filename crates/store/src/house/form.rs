//! The tables of a house: numbered steps. A step is never changed once a release has it; a new form is a new step at the end.

use super::base::Sql;
use super::error::HouseError;

/// The number of the last step.
pub(crate) const LAST: i64 = 1;

/// Steps in PostgreSQL's words; SQLite says BLOB for BYTEA.
pub(crate) const STEPS: &[&str] = &["
CREATE TABLE accounts (
    account BIGINT PRIMARY KEY,
    folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    made_ms BIGINT NOT NULL
);
CREATE TABLE sessions (
    token BYTEA PRIMARY KEY,
    account BIGINT NOT NULL,
    used_ms BIGINT NOT NULL
);
CREATE TABLE games (
    game TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    scenario TEXT NOT NULL,
    title TEXT NOT NULL,
    host BIGINT NOT NULL,
    seed BIGINT NOT NULL,
    settings TEXT NOT NULL,
    stage TEXT NOT NULL,
    paused BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    left_ms BIGINT,
    made_ms BIGINT NOT NULL,
    parent TEXT,
    parent_turn BIGINT,
    report TEXT,
    engine TEXT NOT NULL,
    play BIGINT NOT NULL
);
CREATE TABLE texts (
    game TEXT NOT NULL,
    place BIGINT NOT NULL,
    layer TEXT NOT NULL,
    name TEXT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (game, place)
);
CREATE TABLE turns (
    game TEXT NOT NULL,
    turn BIGINT NOT NULL,
    begins BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (game, turn)
);
CREATE TABLE states (
    game TEXT NOT NULL,
    turn BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (game, turn)
);
CREATE TABLE seats (
    game TEXT NOT NULL,
    power BIGINT NOT NULL,
    account BIGINT NOT NULL,
    covered BIGINT NOT NULL,
    ready_for BIGINT,
    missed BIGINT NOT NULL,
    absence TEXT NOT NULL,
    PRIMARY KEY (game, power)
);
CREATE INDEX seats_by_account ON seats (account);
CREATE TABLE watchers (
    game TEXT NOT NULL,
    account BIGINT NOT NULL,
    PRIMARY KEY (game, account)
);
CREATE TABLE invitations (
    token BYTEA PRIMARY KEY,
    game TEXT NOT NULL,
    power BIGINT,
    watch BIGINT NOT NULL,
    made_ms BIGINT NOT NULL
);
CREATE INDEX invitations_by_game ON invitations (game);
CREATE TABLE orders (
    game TEXT NOT NULL,
    power BIGINT NOT NULL,
    id TEXT NOT NULL,
    turn BIGINT NOT NULL,
    number BIGINT NOT NULL,
    said BYTEA NOT NULL,
    body BYTEA NOT NULL,
    withdrawn BIGINT NOT NULL,
    PRIMARY KEY (game, power, id)
);
CREATE INDEX orders_by_turn ON orders (game, turn);
CREATE TABLE chat (
    game TEXT NOT NULL,
    number BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    account BIGINT NOT NULL,
    name TEXT NOT NULL,
    power BIGINT,
    reader BIGINT,
    text TEXT NOT NULL,
    PRIMARY KEY (game, number)
);
"];

/// The number of the last step taken; 0 for a fresh database.
pub(crate) fn version(sql: &mut dyn Sql) -> Result<i64, HouseError> {
    sql.run(
        "CREATE TABLE IF NOT EXISTS jumpline_house (one BIGINT PRIMARY KEY, version BIGINT NOT NULL)",
        &[],
    )?;
    match sql.row("SELECT version FROM jumpline_house WHERE one = 1", &[])? {
        Some(mut row) => row.int(),
        None => Ok(0),
    }
}

pub(crate) fn note(sql: &mut dyn Sql, version: i64) -> Result<(), HouseError> {
    sql.run(
        "INSERT INTO jumpline_house (one, version) VALUES (1, $1)
         ON CONFLICT (one) DO UPDATE SET version = excluded.version",
        &[version.into()],
    )?;
    Ok(())
}

/// Counts up a number that nobody reads: an error says that the database takes no writes. To write what stands there already would not
/// do: SQLite compares, and writes nothing.
///
/// # Errors
/// When it does not.
pub fn try_to_write(sql: &mut dyn Sql) -> Result<(), HouseError> {
    sql.run(
        "INSERT INTO jumpline_house (one, version) VALUES (2, 1)
         ON CONFLICT (one) DO UPDATE SET version = jumpline_house.version + 1",
        &[],
    )
    .map(drop)
}
