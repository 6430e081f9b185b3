#![doc = include_str!("../README.md")]

pub mod digest;
pub mod engagement;
pub mod event;
pub mod law;
pub mod ledger;
pub mod muster;
pub mod order;
pub mod state;
pub mod view;

pub use event::{Cause, Event, Facts, How, Party, What, Why};
pub use law::{Codex, Law};
pub use order::{Answer, Order, Quarry, Refusal, Say, Task};
pub use state::State;
pub use view::{View, look};
