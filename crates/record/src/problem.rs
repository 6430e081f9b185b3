//! What can be wrong with a record.

/// Why a record cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The disk, or whatever is under the file.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// Not Arrow, or broken Arrow.
    #[error("not an Arrow file that can be read: {0}")]
    Arrow(String),
    /// Arrow, and not a battle.
    #[error("not the record of a battle: {0}")]
    NotARecord(String),
    /// From another version of this program.
    #[error("a record of format {found}; this program reads format {known}")]
    Format {
        /// Which it is.
        found: String,
        /// Which is known.
        known: &'static str,
    },
    /// A record, and damaged.
    #[error("a damaged record: {0}")]
    Damaged(String),
}

impl From<arrow_schema::ArrowError> for Problem {
    fn from(error: arrow_schema::ArrowError) -> Self {
        match error {
            arrow_schema::ArrowError::IoError(_, error) => Problem::Io(error),
            other => Problem::Arrow(other.to_string()),
        }
    }
}
