//! One file a command.

pub mod check;
pub mod duel;
pub mod fork;
pub mod new;
pub mod print;
pub mod replay;
pub mod run;
pub mod serve;
pub mod show;
pub mod test;
