#![doc = include_str!("../README.md")]

mod again;
mod budget;
mod curve;
mod decode;
mod encode;
mod file;
mod header;
mod problem;
mod read;
mod recorder;
mod replay;
mod row;
mod schema;
mod shelf;
mod tale;
mod track;

pub use budget::{BYTES_AN_HOUR, SHIPS};
pub use curve::{Knot, Units, between, swung, top};
pub use file::Sink;
pub use header::{ClassIs, FORMAT, Header, PowerIs};
pub use problem::Problem;
pub use read::Record;
pub use recorder::{Place, Recorder, Summary};
pub use replay::{Replay, Stance};
pub use row::{Aim, Condition, Happened, Kind, MODES, Move, Row, STRETCH_TICKS};
pub use shelf::{Shelf, Standing};
pub use tale::{Moment, Party, Strength, Tale, Withdrawal};
