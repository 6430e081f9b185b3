//! A save in use: made, opened, forked, turns put in one by one. Contrast [`crate::reading`]: here what is on the disk changes.

use crate::codec;
use crate::create;
use crate::error::StoreError;
use crate::open;
use crate::war::{OrdersText, PLAY_VERSION, Parent, War};
use jumpline_campaign::Turn;
use jumpline_world::State;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::path::{Path, PathBuf};

/// Every so many turns the state itself is kept, so that no turn is far from one.
const SNAPSHOT_EVERY: u32 = 24;
/// While states are smaller than this when packed, each is kept: a replay can then name the very field that differs.
const SMALL_SNAPSHOT_BYTES: usize = 32 * 1024;

/// One save.
#[derive(Debug)]
pub struct Journal {
    pub(crate) path: PathBuf,
    pub(crate) connection: Connection,
    pub(crate) last: u32,
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

    pub(crate) fn no_turn(&self, turn: u32) -> StoreError {
        if turn <= self.last {
            return self.damaged(&format!("turn {turn} is missing"));
        }
        StoreError::NoSuchTurn { path: self.path.clone(), turn, last: self.last }
    }

    pub(crate) fn damaged(&self, why: &str) -> StoreError {
        StoreError::damaged(&self.path, why)
    }

    pub(crate) fn sql(&self, error: &rusqlite::Error) -> StoreError {
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
