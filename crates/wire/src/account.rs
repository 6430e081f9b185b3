//! Who is asking, and what is said when something cannot be done.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// How the server knows people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// One person at this machine, without a login.
    Local,
    /// Accounts with passwords.
    Accounts,
}

/// Answer of `GET /api/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Me {
    /// How the server knows people.
    pub mode: Mode,
    /// The account's name; none when nobody is logged in.
    pub name: Option<String>,
    /// Version of the program.
    pub version: String,
    /// Version of the wire.
    pub wire: u32,
}

/// Body of `POST /api/register` and `POST /api/login`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct Credentials {
    /// The account's name.
    pub name: String,
    /// Its password.
    pub password: String,
}

/// Body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Problem {
    /// A word for programs, such as `not_found` or `deadline_passed`.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}
