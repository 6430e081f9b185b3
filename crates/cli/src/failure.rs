//! How a command ends when it does not end well, and the exit code for it.

use jumpline_store::StoreError;
use std::fmt;
use std::io;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// Something asked for was not met: exit code 1.
    NotMet(String),
    /// Bad input or usage: exit code 2. Problems that were already printed leave no text.
    Input(String),
    /// Ours: exit code 3.
    Internal(String),
    /// Interrupted by the person: exit code 130.
    Interrupted(String),
    /// Nobody reads what we write: exit code 0, as a reader that stops early is content.
    Unread,
}

impl Failure {
    pub fn code(&self) -> u8 {
        match self {
            Failure::NotMet(_) => 1,
            Failure::Input(_) => 2,
            Failure::Internal(_) => 3,
            Failure::Interrupted(_) => 130,
            Failure::Unread => 0,
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Failure::NotMet(text)
            | Failure::Input(text)
            | Failure::Internal(text)
            | Failure::Interrupted(text) => text,
            Failure::Unread => "",
        }
    }

    /// Bad input, in words.
    pub fn input(text: impl fmt::Display) -> Failure {
        Failure::Input(text.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        match error {
            StoreError::Differs(difference) => {
                Failure::NotMet(crate::words::difference(&difference))
            }
            StoreError::Disk { .. } => Failure::Internal(error.to_string()),
            error => Failure::input(error),
        }
    }
}

impl From<io::Error> for Failure {
    /// Of writing to stdout: a closed pipe is the reader's right.
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Unread,
            _ => Failure::Internal(format!("cannot write: {error}")),
        }
    }
}
