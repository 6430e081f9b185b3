//! What the writer of a scenario expects, held against what happened.
//!
//! A [`Watch`] looks on while one run is played and keeps the few things that events do not tell (who was where at a date); at the end
//! it gives one value for each expectation. [`judge`] puts the values of many runs together. Contrast the story of a run: a gauge is a
//! number, and knows no names.

mod census;
mod events;
mod verdict;
mod watch;

pub use verdict::{Unit, Verdict, judge};
pub use watch::Watch;
