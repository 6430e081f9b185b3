//! The server, from outside: over sockets, as clients and as those who mean it harm.
//!
//! Every test runs on SQLite. `JUMPLINE_TEST_POSTGRES=postgres://…` runs all of them on that server instead, each in a database of its
//! own; `cargo xtask test --only postgres` does so.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod advice;
mod battles;
mod bounds;
mod client;
mod fog;
mod frozen;
mod host;
mod hostile;
mod hosting;
mod life;
mod place;
mod rights;
mod routes;
mod sizes;
mod time;
mod twice;
