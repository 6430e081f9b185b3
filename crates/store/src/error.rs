//! Everything that can go wrong with a save, in words for the person who holds it.

use jumpline_campaign::{Difference, Unsound};
use std::path::{Path, PathBuf};

/// Why a save cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing there, or not to be reached.
    #[error("cannot open {}: {why}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// A file, but not one of ours.
    #[error("{} is not a Jumpline save: {why}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// How one can tell.
        why: String,
    },
    /// One of ours, and not as we left it.
    #[error("{} is damaged: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where.
        why: String,
    },
    /// Written by a version whose wars this one cannot play.
    #[error("{} needs jumpline {needs}; this is {}", path.display(), env!("CARGO_PKG_VERSION"))]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// The version that wrote it, or "newer than …".
        needs: String,
    },
    /// Somebody else has it open.
    #[error("{} is in use by another program", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The disk refused: full, failing, read-only. What was acknowledged before still stands.
    #[error("cannot write {}: {why}", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The save has no such turn.
    #[error("{} holds turns 0 to {last}, not {turn}", path.display())]
    NoSuchTurn {
        /// The file.
        path: PathBuf,
        /// The turn asked for.
        turn: u32,
        /// The last one there is.
        last: u32,
    },
    /// A replay came out otherwise.
    #[error("turn {} does not replay to its recorded digest", .0.turn)]
    Differs(Box<Difference>),
}

impl StoreError {
    /// From what SQLite says about a file.
    pub(crate) fn sql(path: &Path, error: &rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode;
        let path = path.to_path_buf();
        let why = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::InUse { path },
            Some(ErrorCode::NotADatabase) => StoreError::Foreign { path, why },
            Some(
                ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::ReadOnly
                | ErrorCode::NoLargeFileSupport
                | ErrorCode::OutOfMemory,
            ) => StoreError::Disk { path, why },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                StoreError::Open { path, why }
            }
            _ => StoreError::Damaged { path, why },
        }
    }

    pub(crate) fn disk(path: &Path, error: &std::io::Error) -> StoreError {
        StoreError::Disk { path: path.to_path_buf(), why: error.to_string() }
    }

    pub(crate) fn damaged(path: &Path, why: impl Into<String>) -> StoreError {
        StoreError::Damaged { path: path.to_path_buf(), why: why.into() }
    }

    pub(crate) fn unsound(path: &Path, unsound: &Unsound) -> StoreError {
        StoreError::damaged(path, unsound.to_string())
    }
}
