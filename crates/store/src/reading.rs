//! Reading a save that is open: the war as a whole, turns, digests, kept states. Everything read is decoded with its checksum; whether a
//! state is the one that was recorded is judged in [`crate::restore`].

use crate::codec;
use crate::create::ORDERS_LAYER;
use crate::error::StoreError;
use crate::journal::Journal;
use crate::war::{OrdersText, Parent, War, layer_word};
use jumpline_campaign::{Given, Turn};
use jumpline_measure::Time;
use jumpline_scenario::{Layer, Texts};
use jumpline_world::State;
use jumpline_world::digest::Digest;
use rusqlite::OptionalExtension;
use serde::de::DeserializeOwned;

impl Journal {
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

    pub(crate) fn packed_snapshot(&self, turn: u32) -> Result<Option<Vec<u8>>, StoreError> {
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
}
