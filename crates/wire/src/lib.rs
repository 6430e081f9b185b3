#![doc = include_str!("../README.md")]

pub mod account;
pub mod advice;
pub mod chart;
pub mod event;
pub mod game;
mod hear;
mod lens;
pub mod live;
pub mod order;
pub mod preview;
mod typescript;
pub mod view;

pub use hear::Hearing;
pub use lens::Lens;
pub use typescript::typescript;

/// The version of everything here. A client written for another one must not guess.
pub const VERSION: u32 = 1;
