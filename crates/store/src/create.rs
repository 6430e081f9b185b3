//! How a save comes into being: whole under another name, then moved to its own. At no moment does the name given by the person stand
//! for half a save, and a save that stood there before stands until the new one takes its place.

use crate::codec;
use crate::error::StoreError;
use crate::open::{self, Sort};
use crate::schema::{self, APPLICATION_ID, STEPS};
use crate::war::{PLAY_VERSION, War, layer_word};
use jumpline_world::State;
use jumpline_world::digest::digest;
use rusqlite::{Connection, Transaction, params};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Layer of the orders that persons handed in, beside those of [`layer_word`].
pub(crate) const ORDERS_LAYER: &str = "orders";

/// Writes a new save holding the war, its opening and what `more` adds, and gives a connection that may write on.
pub(crate) fn create(
    path: &Path,
    war: &War,
    opening: &State,
    more: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
) -> Result<(PathBuf, Connection), StoreError> {
    let path = &absolute(path)?;
    make_way(path)?;
    let fresh = beside(path, &format!(".{}.new", std::process::id()));
    remove(&fresh)?;
    let made = write(&fresh, war, opening, more);
    if let Err(error) = made {
        // What is left of a failed attempt is of no use; that it could not be removed is no news.
        drop(remove(&fresh));
        return Err(error);
    }
    // The old save has been brought to one file by now: a log left beside it would be taken for the new one's.
    for tail in ["-wal", "-shm", "-journal"] {
        remove_one(&beside_exactly(path, tail))?;
    }
    fs::rename(&fresh, path).map_err(|error| StoreError::disk(path, &error))?;
    sync_folder(path)?;
    let sql = |error: rusqlite::Error| StoreError::sql(path, &error);
    let connection = Connection::open(path).map_err(sql)?;
    open::harden(&connection).map_err(sql)?;
    open::set_writing(&connection).map_err(sql)?;
    Ok((path.clone(), connection))
}

fn write(
    fresh: &Path,
    war: &War,
    opening: &State,
    more: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = |error: rusqlite::Error| StoreError::sql(fresh, &error);
    let mut connection = Connection::open(fresh).map_err(sql)?;
    open::harden(&connection).map_err(sql)?;
    connection.pragma_update(None, "synchronous", open::synchronous()).map_err(sql)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID).map_err(sql)?;
    let transaction = connection.transaction().map_err(sql)?;
    schema::climb(&transaction, STEPS, 0).map_err(sql)?;
    put_war(&transaction, fresh, war)?;
    put_opening(&transaction, fresh, opening)?;
    more(&transaction)?;
    transaction.commit().map_err(sql)?;
    connection.close().map_err(|(_, error)| sql(error))
}

fn put_war(transaction: &Transaction<'_>, path: &Path, war: &War) -> Result<(), StoreError> {
    let sql = |error: rusqlite::Error| StoreError::sql(path, &error);
    transaction
        .execute(
            "INSERT INTO war VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                env!("CARGO_PKG_VERSION"),
                PLAY_VERSION,
                war.scenario,
                war.title,
                war.seed.cast_signed(),
                war.content(),
                war.parent.map(|parent| parent.turn),
                war.parent.map(|parent| parent.digest),
            ],
        )
        .map_err(sql)?;
    let own = war.texts.iter().map(|(layer, name, bytes)| (layer_word(layer), name, bytes));
    let orders = war
        .orders
        .iter()
        .map(|orders| (ORDERS_LAYER, orders.name.as_str(), orders.bytes.as_slice()));
    for (place, (layer, name, bytes)) in (1_i64..).zip(own.chain(orders)) {
        let body = codec::pack_bytes(bytes).map_err(|error| StoreError::disk(path, &error))?;
        transaction
            .execute("INSERT INTO texts VALUES (?1, ?2, ?3, ?4)", params![place, layer, name, body])
            .map_err(sql)?;
    }
    Ok(())
}

fn put_opening(
    transaction: &Transaction<'_>,
    path: &Path,
    opening: &State,
) -> Result<(), StoreError> {
    let sql = |error: rusqlite::Error| StoreError::sql(path, &error);
    let disk = |error: std::io::Error| StoreError::disk(path, &error);
    let digest = digest(opening);
    transaction
        .execute(
            "INSERT INTO turns VALUES (0, ?1, ?1, ?2, ?3, 0, ?4)",
            params![
                opening.now.0,
                digest.whole,
                codec::pack(&digest.parts).map_err(disk)?,
                codec::pack(&Vec::<jumpline_world::ledger::Imbalance>::new()).map_err(disk)?,
            ],
        )
        .map_err(sql)?;
    transaction
        .execute(
            "INSERT INTO snapshots VALUES (0, ?1)",
            params![codec::pack(opening).map_err(disk)?],
        )
        .map_err(sql)?;
    Ok(())
}

/// The path from the root: what is done to it must not depend on the folder the program stands in.
fn absolute(path: &Path) -> Result<PathBuf, StoreError> {
    let cannot = |why: String| StoreError::Open { path: path.to_path_buf(), why };
    let Some(name) = path.file_name() else { return Err(cannot("it names no file".to_owned())) };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let folder = folder.canonicalize().map_err(|error| cannot(error.to_string()))?;
    Ok(folder.join(name))
}

/// A save that stands there is brought to one file and left standing; anything else there is not ours to replace.
fn make_way(path: &Path) -> Result<(), StoreError> {
    match open::sort(path)? {
        Sort::Absent => Ok(()),
        Sort::Other(why) => Err(StoreError::Foreign {
            path: path.to_path_buf(),
            why: format!("{why}; it is not overwritten"),
        }),
        Sort::Save => {
            let settled = Connection::open(path).and_then(|old| {
                open::harden(&old)?;
                open::set_writing(&old)?;
                old.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            });
            match settled.map_err(|error| StoreError::sql(path, &error)) {
                Err(StoreError::InUse { path }) => Err(StoreError::InUse { path }),
                // Damaged beyond settling: there is no good save to spoil.
                _ => Ok(()),
            }
        }
    }
}

fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let disk = |error: std::io::Error| StoreError::disk(path, &error);
    let Some(folder) = path.parent() else { return Ok(()) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(disk)
}

/// `war.jumpline` to `.war.jumpline.17.new`: in the same folder, so that a move is one step.
fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(tail);
    path.with_file_name(name)
}

fn beside_exactly(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(tail);
    path.with_file_name(name)
}

fn remove(path: &Path) -> Result<(), StoreError> {
    remove_one(path)?;
    for tail in ["-wal", "-shm", "-journal"] {
        remove_one(&beside_exactly(path, tail))?;
    }
    Ok(())
}

fn remove_one(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::disk(path, &error))
        }
        _ => Ok(()),
    }
}
