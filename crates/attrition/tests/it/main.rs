//! Aggregate resolution: its books, its region, and what hostile columns do to it.

//! Aggregates held to what they promise.

#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod books;
mod hostile;
mod region;
mod yard;
