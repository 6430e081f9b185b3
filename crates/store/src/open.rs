//! Opening a file as if a stranger had sent it: first the mark in its header, then its version, then its form, and only then its rows.

use crate::error::StoreError;
use crate::schema::{self, APPLICATION_ID, SCHEMA_VERSION, STEPS};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// What the first bytes of a file say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// There is no file.
    Absent,
    /// A save.
    Save,
    /// Something else.
    Other(&'static str),
}

/// Looks at the header without asking SQLite, so that nothing of a foreign file is touched.
pub(crate) fn sort(path: &Path) -> Result<Sort, StoreError> {
    let cannot = |why: String| StoreError::Open { path: path.to_path_buf(), why };
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Sort::Absent),
        Err(error) => return Err(cannot(error.to_string())),
        Ok(metadata) if metadata.is_dir() => return Ok(Sort::Other("it is a folder")),
        Ok(_) => {}
    }
    let mut header = Vec::new();
    let file = File::open(path).map_err(|error| cannot(error.to_string()))?;
    file.take(100).read_to_end(&mut header).map_err(|error| cannot(error.to_string()))?;
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        return Ok(Sort::Other("it is not an SQLite database"));
    }
    if header[68..72] != APPLICATION_ID.to_be_bytes() {
        return Ok(Sort::Other("it is another program's database"));
    }
    Ok(Sort::Save)
}

/// Settings that make a hostile file harmless. They come before the first look at its tables.
pub(crate) fn harden(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(2))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)
}

/// Sets how a save is written: nothing counts before it is on the disk, and one writer at a time.
pub(crate) fn set_writing(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "synchronous", synchronous())?;
    // Gives a row back, unlike the others.
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
}

/// WAL with NORMAL syncs at checkpoints only and so loses acknowledged turns when the power goes; see decision 0004.
#[cfg(not(feature = "canary"))]
pub(crate) fn synchronous() -> &'static str {
    "FULL"
}

#[cfg(feature = "canary")]
pub(crate) fn synchronous() -> &'static str {
    let wish = std::env::var("JUMPLINE_CANARY").unwrap_or_default();
    if wish == "normal-sync" { "NORMAL" } else { "FULL" }
}

/// Opens an existing save for reading; a save of an older form is taken to today's first.
pub(crate) fn open(path: &Path) -> Result<Connection, StoreError> {
    match sort(path)? {
        Sort::Save => {}
        Sort::Absent => {
            return Err(StoreError::Open {
                path: path.to_path_buf(),
                why: "there is no such file".to_owned(),
            });
        }
        Sort::Other(why) => {
            return Err(StoreError::Foreign { path: path.to_path_buf(), why: why.to_owned() });
        }
    }
    let sql = |error: rusqlite::Error| StoreError::sql(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)
        .or_else(|_| Connection::open_with_flags(path, read_only))
        .map_err(sql)?;
    harden(&connection).map_err(sql)?;
    let version: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(sql)?;
    let version = u32::try_from(version)
        .map_err(|_| StoreError::damaged(path, format!("version {version}")))?;
    if version > SCHEMA_VERSION {
        return Err(StoreError::OtherVersion {
            path: path.to_path_buf(),
            needs: format!("newer than {} (form {version})", env!("CARGO_PKG_VERSION")),
        });
    }
    if version == 0 {
        return Err(StoreError::damaged(path, "it was never finished"));
    }
    let expected = schema::sound_form(STEPS, version).map_err(sql)?;
    if schema::form(&connection).map_err(sql)? != expected {
        return Err(StoreError::Foreign {
            path: path.to_path_buf(),
            why: "its tables are not those of a save".to_owned(),
        });
    }
    let verdict: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(sql)?;
    if verdict != "ok" {
        return Err(StoreError::damaged(path, verdict));
    }
    if version < SCHEMA_VERSION {
        let transaction = connection.transaction().map_err(sql)?;
        schema::climb(&transaction, STEPS, version).map_err(sql)?;
        transaction.commit().map_err(sql)?;
    }
    Ok(connection)
}
