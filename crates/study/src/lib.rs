#![doc = include_str!("../README.md")]

mod arena;
mod bout;
mod duel;
mod force;
mod officers;
mod outcome;
mod rough;
mod setting;
mod spread;

pub use bout::{Bout, Ended};
pub use duel::{Duel, SHIPS_MOST, SIDES_MOST, Watch};
pub use force::{Force, ForceError, Row};
pub use outcome::{Killer, Outcome, RowOutcome, SideOutcome};
pub use rough::Field;
pub use setting::Setting;
pub use spread::{Histogram, Spread, wilson};
