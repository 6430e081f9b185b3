//! Precedents: each law of a turn in a small war of its own.

mod battles;
mod fog;
mod freight;
mod mines;
mod movement;
mod orders;
mod sameness;
mod small;
