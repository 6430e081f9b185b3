//! Closed-form cases and properties of the chart's laws.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod braking;
mod charts;
mod hazards;
mod jumps;
mod lines;
mod places;
mod rounds;
mod routes;
mod wild;
