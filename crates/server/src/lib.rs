#![doc = include_str!("../README.md")]

mod admit;
mod app;
mod body;
mod caps;
mod client;
mod clock;
mod config;
mod fault;
mod foresight;
mod judge;
mod listen;
mod live;
mod play;
mod records;
mod routes;
mod run;
mod secret;
mod seen;
mod server;
mod slots;
mod streams;
mod table;
mod watched;
mod who;

pub use caps::{Caps, table as caps_table};
pub use clock::{Clock, HandClock, SystemClock};
#[cfg(feature = "canary")]
pub use config::Defect;
pub use config::{AddRuleset, BeforeTurn, Config, DrawIds, Library, Place};
pub use jumpline_wire::account::Mode;
pub use run::{Beside, log_to_stderr, run};
pub use server::{Server, StartError, openapi, start};
pub use watched::{Shown, Watched};
