#![doc = include_str!("../README.md")]

mod account;
mod cast;
mod causes;
mod kills;
mod life;
mod line;
mod names;
mod record;
mod story;
mod tale;
pub mod words;

pub use account::{ClassForces, Difference, Forces, PowerForces, cross_check, forces, from_events};
pub use cast::{Cast, GroupCard, PersonCard, ShipCard};
pub use causes::{DEPTH_MAX, Index, Node, Reason, causes, reason};
pub use kills::{Kills, kills};
pub use life::life;
pub use line::line;
pub use names::Names;
pub use story::{Options, story};
