#![doc = include_str!("../README.md")]

pub mod caps;
pub mod codes;
pub mod duels;
pub mod generator;
mod load;
pub mod orders;
pub mod printed;
mod problem;
mod read;
mod shape;
mod text;
mod texts;

pub use load::{FORMAT, Loaded, load, ruleset_of};
pub use problem::{Label, Problem, Severity, render};
pub use texts::{Layer, Texts};
