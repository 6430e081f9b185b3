//! Duels that hold what a duel promises, and battles held against theory.
#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod duel;
mod fair;
mod golden;
mod hostile;
mod laws;
mod theory;
