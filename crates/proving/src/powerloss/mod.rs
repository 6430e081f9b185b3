//! Power loss, played on paper: a run's system calls are recorded once, and the states that a cut could leave are rebuilt from
//! the record. Knows files and syncs; refuses to know what is in the files.

pub mod cuts;
pub mod disk;
pub mod trace;
pub mod watch;

#[cfg(test)]
mod tests;

pub use cuts::{State, acknowledgements, states, visit};
pub use disk::Disk;
pub use trace::Call;
