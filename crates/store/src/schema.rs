//! The form of a save: numbered steps from an empty file to today's tables. A step is never changed once a release has it; a new form
//! is a new step at the end.

use rusqlite::{Connection, Result, Transaction};

/// Marks a file as ours: "JLS1".
pub const APPLICATION_ID: u32 = 0x4A4C_5331;

/// One step.
pub(crate) struct Step {
    pub(crate) number: u32,
    pub(crate) sql: &'static str,
}

/// The number of the last step.
pub const SCHEMA_VERSION: u32 = 1;

pub(crate) const STEPS: &[Step] = &[
    // 1: the first form.
    Step {
        number: 1,
        sql: "
CREATE TABLE war (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    engine TEXT NOT NULL,
    play INTEGER NOT NULL,
    scenario TEXT NOT NULL,
    title TEXT NOT NULL,
    seed INTEGER NOT NULL,
    content BLOB NOT NULL,
    parent_turn INTEGER,
    parent_digest BLOB
) STRICT;
CREATE TABLE texts (
    place INTEGER PRIMARY KEY,
    layer TEXT NOT NULL,
    name TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE turns (
    turn INTEGER PRIMARY KEY,
    begins INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    digest BLOB NOT NULL,
    parts BLOB NOT NULL,
    ship_ticks INTEGER NOT NULL,
    imbalances BLOB NOT NULL
) STRICT;
CREATE TABLE orders (
    turn INTEGER NOT NULL,
    place INTEGER NOT NULL,
    power INTEGER NOT NULL,
    number INTEGER NOT NULL,
    giver TEXT NOT NULL,
    reason TEXT NOT NULL,
    refused TEXT,
    body BLOB NOT NULL,
    PRIMARY KEY (turn, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
    turn INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE snapshots (
    turn INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;
",
    },
];

/// Takes the steps after `from`, and notes the number of the last.
pub(crate) fn climb(transaction: &Transaction<'_>, steps: &[Step], from: u32) -> Result<()> {
    for step in steps.iter().filter(|step| step.number > from) {
        transaction.execute_batch(step.sql)?;
        transaction.pragma_update(None, "user_version", step.number)?;
    }
    Ok(())
}

/// Everything the database says it is made of: kind, name and text of each table, index, view and trigger.
pub(crate) fn form(connection: &Connection) -> Result<Vec<(String, String, String)>> {
    let mut query = connection
        .prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

/// What a sound save of that version is made of.
pub(crate) fn sound_form(steps: &[Step], version: u32) -> Result<Vec<(String, String, String)>> {
    let mut memory = Connection::open_in_memory()?;
    let transaction = memory.transaction()?;
    for step in steps.iter().filter(|step| step.number <= version) {
        transaction.execute_batch(step.sql)?;
    }
    form(&transaction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbered_in_a_row_and_the_last_is_today() {
        for (place, step) in STEPS.iter().enumerate() {
            assert_eq!(step.number as usize, place + 1);
        }
        assert_eq!(STEPS.len(), SCHEMA_VERSION as usize);
    }

    #[test]
    fn an_older_form_climbs_to_the_newer_one_and_keeps_its_rows() {
        const TWO: &[Step] = &[
            Step { number: 1, sql: "CREATE TABLE a (x INTEGER) STRICT;" },
            Step { number: 2, sql: "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 7;" },
        ];
        let mut connection = Connection::open_in_memory().unwrap();
        let transaction = connection.transaction().unwrap();
        climb(&transaction, &TWO[..1], 0).unwrap();
        transaction.execute("INSERT INTO a (x) VALUES (3)", []).unwrap();
        assert_eq!(form(&transaction).unwrap(), sound_form(TWO, 1).unwrap());
        climb(&transaction, TWO, 1).unwrap();
        assert_eq!(form(&transaction).unwrap(), sound_form(TWO, 2).unwrap());
        let row: (i64, i64) = transaction
            .query_row("SELECT x, y FROM a", [], |r| Ok((r.get(0)?, r.get(1)?)))
            .unwrap();
        assert_eq!(row, (3, 7));
        let version: u32 =
            transaction.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, 2);
    }
}
