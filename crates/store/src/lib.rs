#![doc = include_str!("../README.md")]

mod codec;
mod create;
mod error;
pub mod house;
mod journal;
mod open;
mod reading;
mod restore;
mod schema;
mod war;

pub use error::StoreError;
pub use journal::Journal;
pub use restore::{Replayed, replay_all, state_at};
pub use schema::{APPLICATION_ID, SCHEMA_VERSION};
pub use war::{OrdersText, PLAY_VERSION, Parent, War};
