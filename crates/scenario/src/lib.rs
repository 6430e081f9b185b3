#![doc = include_str!("../README.md")]

pub mod caps;
pub mod codes;
mod problem;
mod shape;
mod text;
mod texts;

pub use problem::{Label, Problem, Severity, render};
pub use texts::{Layer, Texts};
