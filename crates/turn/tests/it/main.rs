//! Precedents: each law of a turn in a small war of its own.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot set up its war should say so and stop"
)]

mod battles;
mod fog;
mod freight;
mod losses;
mod mines;
mod movement;
mod orders;
mod sameness;
mod small;
