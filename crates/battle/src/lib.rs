#![doc = include_str!("../README.md")]

mod assess;
mod barrage;
mod blast;
mod calls;
mod course;
mod damage;
mod enter;
mod field;
mod fire;
mod flight;
mod foes;
mod formation;
mod judge;
mod kinds;
mod mend;
mod morale;
mod motion;
mod over;
mod parts;
mod pool;
mod pulse;
mod ram;
mod report;
mod ring;
mod rows;
mod scene;
mod sieve;
mod targets;
mod terrain;
mod tick;
mod tree;
mod upkeep;
mod v3;
mod watch;

pub use assess::{Assessment, assess, can_hurt, ship_strength, strength};
pub use enter::{enter, leave, leave_all, leave_rows, open, posture, posture_of, settle};
pub use judge::{goes_forward, hemmed, reason_to_go};
pub use over::{End, TICKS_MOST, over};
pub use report::{Left, Report, Told};
pub use tick::{Ready, advance, advance_ready, advance_watched};
pub use watch::{Glimpse, Watcher};

/// Knobs for tests and benches that change speed and never the result.
#[doc(hidden)]
pub mod tuning {
    pub use crate::scene::Tuning;
    pub use crate::tick::advance_tuned;

    /// Bytes that one ship takes in the arrays a tick goes through: her row and what others see of her.
    pub const HOT_BYTES: usize = size_of::<crate::rows::Row>() + size_of::<crate::scene::Seen>();
}
