//! Everything that can go wrong with a house.

/// Why a house cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HouseError {
    /// Not there, or not to be reached.
    #[error("cannot open the database: {0}")]
    Open(String),
    /// Another server has it.
    #[error("the database is in use by another server")]
    InUse,
    /// A database, but not one of ours, or of a newer version.
    #[error("not a database of this version of jumpline: {0}")]
    Foreign(String),
    /// Not as we left it.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// It refused: full, failing, gone away. Nothing of what was asked together with this has been kept.
    #[error("the database refused: {0}")]
    Refused(String),
    /// What was to be changed has been changed by somebody else in the meantime.
    #[error("{0}")]
    Conflict(String),
}

impl HouseError {
    pub(crate) fn damaged(why: &str) -> HouseError {
        HouseError::Damaged(why.to_owned())
    }

    pub(crate) fn conflict(why: &str) -> HouseError {
        HouseError::Conflict(why.to_owned())
    }
}
