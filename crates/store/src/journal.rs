//! A save in use: turns put in one by one, and read again.

use crate::codec;
use crate::create::{self, ORDERS_LAYER};
use crate::error::StoreError;
use crate::open;
use crate::war::{OrdersText, PLAY_VERSION, Parent, War, layer_word};
use jumpline_campaign::{Given, Turn};
use jumpline_measure::Time;
use jumpline_scenario::{Layer, Texts};
use jumpline_world::State;
use jumpline_world::digest::Digest;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// Every so many turns the state itself is kept, so that no turn is far from one.
const SNAPSHOT_EVERY: u32 = 24;
/// While states are smaller than this when packed, each is kept: a replay can then name the very field that differs.
const SMALL_SNAPSHOT_BYTES: usize = 32 * 1024;

/// One save.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    connection: Connection,
    last: u32,
    /// Packed size of the latest snapshot, in bytes.
    snapshot_bytes: usize,
    /// The turn of the latest snapshot.
    snapshot_turn: u32,
}

impl Journal {
    /// Makes a new save with the war's opening. A save of that name is replaced; another kind of file is not.
    ///
    /// # Errors
    /// When the file cannot be made, or is not ours to replace.
    pub fn create(path: &Path, war: &War, opening: &State) -> Result<Journal, StoreError> {
        let (path, connection) = create::create(path, war, opening, |_| Ok(()))?;
        Journal { path, connection, last: 0, snapshot_bytes: 0, snapshot_turn: 0 }.measured()
    }

    /// Makes a new save that shares this one's turns up to `turn`, with the state there and other orders from there on.
    ///
    /// # Errors
    /// When there is no such turn, or the file cannot be made.
    pub fn fork(
        &self,
        path: &Path,
        turn: u32,
        state: &State,
        orders: Option<OrdersText>,
    ) -> Result<Journal, StoreError> {
        let mut war = self.war()?;
        war.parent = Some(Parent { turn, digest: self.digest(turn)?.whole });
        war.orders = orders;
        let opening = self.snapshot(0)?.ok_or_else(|| self.damaged("it has no opening state"))?;
        let (path, connection) = create::create(path, &war, &opening, |transaction| {
            for number in 1..=turn {
                let kept = if number == turn {
                    Some(codec::pack(state).map_err(|error| StoreError::disk(path, &error))?)
                } else {
                    self.packed_snapshot(number)?
                };
                put_turn(transaction, path, &self.turn(number)?, kept.as_deref())?;
            }
            Ok(())
        })?;
        Journal { path, connection, last: turn, snapshot_bytes: 0, snapshot_turn: turn }.measured()
    }

    /// Opens a save.
    ///
    /// # Errors
    /// When there is none, or it is not ours, damaged, in use, or of a version that plays otherwise.
    pub fn open(path: &Path) -> Result<Journal, StoreError> {
        let connection = open::open(path)?;
        let journal = Journal {
            path: path.to_path_buf(),
            connection,
            last: 0,
            snapshot_bytes: 0,
            snapshot_turn: 0,
        };
        let (play, engine): (u32, String) = journal
            .connection
            .query_row("SELECT play, engine FROM war", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(|error| journal.sql(&error))?;
        if play != PLAY_VERSION {
            return Err(StoreError::OtherVersion { path: path.to_path_buf(), needs: engine });
        }
        let (count, last): (u32, u32) = journal
            .connection
            .query_row("SELECT count(*), coalesce(max(turn), 0) FROM turns", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(|error| journal.sql(&error))?;
        if Some(count) != last.checked_add(1) {
            return Err(journal.damaged("turns are missing"));
        }
        Journal { last, ..journal }.measured()
    }

    fn measured(mut self) -> Result<Journal, StoreError> {
        let found: Option<(u32, i64)> = self
            .connection
            .query_row(
                "SELECT turn, length(body) FROM snapshots ORDER BY turn DESC LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(|error| self.sql(&error))?;
        let (turn, bytes) = found.unwrap_or_default();
        self.snapshot_turn = turn;
        self.snapshot_bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
        Ok(self)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of the last turn.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// Puts a turn in, with the state after it when one is due to be kept. When this returns the turn is on the disk.
    ///
    /// # Errors
    /// When it is not; the turns before it then still are.
    pub fn append(&mut self, turn: &Turn, state: &State) -> Result<(), StoreError> {
        if Some(turn.number) != self.last.checked_add(1) {
            return Err(self.damaged("a turn out of its order"));
        }
        let due = turn.number.is_multiple_of(SNAPSHOT_EVERY)
            || self.snapshot_bytes <= SMALL_SNAPSHOT_BYTES;
        let kept = if due {
            Some(codec::pack(state).map_err(|error| StoreError::disk(&self.path, &error))?)
        } else {
            None
        };
        let path = &self.path;
        let sql = |error: rusqlite::Error| StoreError::sql(path, &error);
        let transaction = self.connection.transaction().map_err(sql)?;
        put_turn(&transaction, path, turn, kept.as_deref())?;
        transaction.commit().map_err(sql)?;
        self.last = turn.number;
        if let Some(kept) = kept {
            self.snapshot_bytes = kept.len();
            self.snapshot_turn = turn.number;
        }
        Ok(())
    }

    /// Keeps the last state and leaves one file behind.
    ///
    /// # Errors
    /// When that cannot be written; the turns are safe all the same.
    pub fn finish(self, state: &State) -> Result<(), StoreError> {
        let path = self.path.clone();
        let sql = |error: rusqlite::Error| StoreError::sql(&path, &error);
        if self.snapshot_turn < self.last && state.turn == self.last {
            let kept = codec::pack(state).map_err(|error| StoreError::disk(&path, &error))?;
            self.connection
                .execute("INSERT INTO snapshots VALUES (?1, ?2)", params![self.last, kept])
                .map_err(sql)?;
        }
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(sql)?;
        self.connection.close().map_err(|(_, error)| sql(error))
    }

    /// The war as a whole.
    ///
    /// # Errors
    /// When the save is damaged.
    pub fn war(&self) -> Result<War, StoreError> {
        let mut war = self
            .connection
            .query_row(
                "SELECT scenario, title, seed, engine, parent_turn, parent_digest FROM war",
                [],
                |row| {
                    let turn: Option<u32> = row.get(4)?;
                    let digest: Option<[u8; 32]> = row.get(5)?;
                    Ok(War {
                        scenario: row.get(0)?,
                        title: row.get(1)?,
                        seed: row.get::<_, i64>(2)?.cast_unsigned(),
                        texts: Texts::new(),
                        orders: None,
                        parent: turn.zip(digest).map(|(turn, digest)| Parent { turn, digest }),
                        engine: row.get(3)?,
                    })
                },
            )
            .map_err(|error| self.sql(&error))?;
        let mut query = self
            .connection
            .prepare("SELECT layer, name, body FROM texts ORDER BY place")
            .map_err(|error| self.sql(&error))?;
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .map_err(|error| self.sql(&error))?;
        for row in rows {
            let (layer, name, body): (String, String, Vec<u8>) =
                row.map_err(|error| self.sql(&error))?;
            let bytes = codec::unpack_bytes(&body)
                .map_err(|why| self.damaged(&format!("text {name}: {why}")))?;
            if layer == layer_word(Layer::Ruleset) {
                war.texts.add_ruleset(name, bytes);
            } else if layer == layer_word(Layer::Scenario) {
                war.texts.add_scenario(name, bytes);
            } else if layer == ORDERS_LAYER {
                war.orders = Some(OrdersText { name, bytes });
            } else {
                return Err(self.damaged(&format!("a text of no layer: {name}")));
            }
        }
        let content: [u8; 32] = self
            .connection
            .query_row("SELECT content FROM war", [], |row| row.get(0))
            .map_err(|error| self.sql(&error))?;
        if content != war.content() {
            return Err(self.damaged("its texts are not those it was played from"));
        }
        Ok(war)
    }

    /// Turn number and digest, in hexadecimal digits, of every turn played.
    ///
    /// # Errors
    /// When the save is damaged.
    pub fn digests(&self) -> Result<Vec<(u32, String)>, StoreError> {
        let mut query = self
            .connection
            .prepare("SELECT turn, lower(hex(digest)) FROM turns WHERE turn > 0 ORDER BY turn")
            .map_err(|error| self.sql(&error))?;
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(|error| self.sql(&error))?;
        rows.collect::<Result<_, _>>().map_err(|error| self.sql(&error))
    }

    /// The digest after a turn; 0 is the opening.
    ///
    /// # Errors
    /// When there is no such turn or the save is damaged.
    pub fn digest(&self, turn: u32) -> Result<Digest, StoreError> {
        let row: Option<([u8; 32], Vec<u8>)> = self
            .connection
            .query_row("SELECT digest, parts FROM turns WHERE turn = ?1", [turn], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
            .map_err(|error| self.sql(&error))?;
        let (whole, parts) = row.ok_or_else(|| self.no_turn(turn))?;
        Ok(Digest { whole, parts: self.unpacked(&parts, "digest", turn)? })
    }

    /// When a turn began and ended, seconds since the epoch.
    ///
    /// # Errors
    /// When there is no such turn or the save is damaged.
    pub fn span(&self, turn: u32) -> Result<(Time, Time), StoreError> {
        self.connection
            .query_row("SELECT begins, ends FROM turns WHERE turn = ?1", [turn], |row| {
                Ok((Time(row.get(0)?), Time(row.get(1)?)))
            })
            .optional()
            .map_err(|error| self.sql(&error))?
            .ok_or_else(|| self.no_turn(turn))
    }

    /// The last turn that ended at or before a date; 0 is the opening.
    ///
    /// # Errors
    /// When the save is damaged.
    pub fn turn_at(&self, date: Time) -> Result<Option<u32>, StoreError> {
        self.connection
            .query_row("SELECT max(turn) FROM turns WHERE ends <= ?1", [date.0], |row| row.get(0))
            .map_err(|error| self.sql(&error))
    }

    /// The record of a turn; the first is 1.
    ///
    /// # Errors
    /// When there is no such turn or the save is damaged.
    pub fn turn(&self, number: u32) -> Result<Turn, StoreError> {
        let (begins, ends) = self.span(number)?;
        let (ship_ticks, imbalances, events): (i64, Vec<u8>, Vec<u8>) = self
            .connection
            .query_row(
                "SELECT ship_ticks, imbalances, body FROM turns JOIN events USING (turn) WHERE turn = ?1",
                [number],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()
            .map_err(|error| self.sql(&error))?
            .ok_or_else(|| self.no_turn(number))?;
        let mut query = self
            .connection
            .prepare_cached("SELECT body FROM orders WHERE turn = ?1 ORDER BY place")
            .map_err(|error| self.sql(&error))?;
        let rows = query.query_map([number], |row| row.get(0)).map_err(|error| self.sql(&error))?;
        let mut orders: Vec<Given> = Vec::new();
        for row in rows {
            let body: Vec<u8> = row.map_err(|error| self.sql(&error))?;
            orders.push(
                postcard::from_bytes(&body)
                    .map_err(|error| self.damaged(&format!("order of turn {number}: {error}")))?,
            );
        }
        Ok(Turn {
            number,
            begins,
            ends,
            orders,
            events: self.unpacked(&events, "events", number)?,
            digest: self.digest(number)?,
            ship_ticks: ship_ticks.cast_unsigned(),
            imbalances: self.unpacked(&imbalances, "imbalances", number)?,
        })
    }

    /// The state after a turn, if it was kept; not yet checked against anything.
    ///
    /// # Errors
    /// When the save is damaged.
    pub fn snapshot(&self, turn: u32) -> Result<Option<State>, StoreError> {
        let packed = self.packed_snapshot(turn)?;
        packed.map(|packed| self.unpacked(&packed, "state", turn)).transpose()
    }

    /// The latest kept state at or before a turn: its turn.
    ///
    /// # Errors
    /// When the save is damaged.
    pub fn snapshot_before(&self, turn: u32) -> Result<u32, StoreError> {
        let found: Option<u32> = self
            .connection
            .query_row("SELECT max(turn) FROM snapshots WHERE turn <= ?1", [turn], |row| row.get(0))
            .map_err(|error| self.sql(&error))?;
        found.ok_or_else(|| self.damaged("it has no opening state"))
    }

    fn packed_snapshot(&self, turn: u32) -> Result<Option<Vec<u8>>, StoreError> {
        self.connection
            .query_row("SELECT body FROM snapshots WHERE turn = ?1", [turn], |row| row.get(0))
            .optional()
            .map_err(|error| self.sql(&error))
    }

    fn unpacked<T: DeserializeOwned>(
        &self,
        packed: &[u8],
        what: &str,
        turn: u32,
    ) -> Result<T, StoreError> {
        codec::unpack(packed).map_err(|why| self.damaged(&format!("{what} of turn {turn}: {why}")))
    }

    pub(crate) fn no_turn(&self, turn: u32) -> StoreError {
        if turn <= self.last {
            return self.damaged(&format!("turn {turn} is missing"));
        }
        StoreError::NoSuchTurn { path: self.path.clone(), turn, last: self.last }
    }

    pub(crate) fn damaged(&self, why: &str) -> StoreError {
        StoreError::damaged(&self.path, why)
    }

    fn sql(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::sql(&self.path, error)
    }
}

/// Puts a turn into the tables; the caller commits.
fn put_turn(
    transaction: &Transaction<'_>,
    path: &Path,
    turn: &Turn,
    kept: Option<&[u8]>,
) -> Result<(), StoreError> {
    let sql = |error: rusqlite::Error| StoreError::sql(path, &error);
    let disk = |error: std::io::Error| StoreError::disk(path, &error);
    transaction
        .prepare_cached("INSERT INTO turns VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        .and_then(|mut insert| {
            insert.execute(params![
                turn.number,
                turn.begins.0,
                turn.ends.0,
                turn.digest.whole,
                codec::pack(&turn.digest.parts).unwrap_or_default(),
                turn.ship_ticks.cast_signed(),
                codec::pack(&turn.imbalances).unwrap_or_default(),
            ])
        })
        .map_err(sql)?;
    for (place, given) in (0_i64..).zip(&turn.orders) {
        let body = postcard::to_allocvec(given)
            .map_err(|error| StoreError::damaged(path, error.to_string()))?;
        transaction
            .prepare_cached("INSERT INTO orders VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
            .and_then(|mut insert| {
                insert.execute(params![
                    turn.number,
                    place,
                    given.order.power.0,
                    given.order.id.0,
                    given.by.word(),
                    given.order.reason,
                    given.refusal.as_ref().map(ToString::to_string),
                    body,
                ])
            })
            .map_err(sql)?;
    }
    let events = codec::pack(&turn.events).map_err(disk)?;
    transaction
        .prepare_cached("INSERT INTO events VALUES (?1, ?2, ?3)")
        .and_then(|mut insert| {
            insert.execute(params![turn.number, turn.events.len() as i64, events])
        })
        .map_err(sql)?;
    if let Some(kept) = kept {
        transaction
            .prepare_cached("INSERT INTO snapshots VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute(params![turn.number, kept]))
            .map_err(sql)?;
    }
    Ok(())
}
