#![doc = include_str!("../README.md")]

mod campaign;
mod counsel;
pub mod expect;
mod given;
mod record;
mod replay;
mod sound;
mod step;

pub use campaign::{Campaign, Options, opening_state};
pub use counsel::counsel;
pub use given::Receipt;
pub use jumpline_turn::{Progress, Watcher};
pub use record::{Given, Giver, Turn};
pub use replay::{Difference, compare, replay};
pub use sound::{Unsound, sound};
pub use step::is_persons;
