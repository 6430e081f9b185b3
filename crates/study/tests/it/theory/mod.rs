//! Battles held against the theory of attrition: the engine as it is played, on the firing range of `tests/theory/range.toml`. What each
//! law says, whose it is and what was measured stands in `docs/book/theory.md`; the tables there are written by these tests
//! (`UPDATE=1`) and held to them. Every check is shown battles that break its law, and must refuse them.

mod linear;
mod page;
mod salvo;
mod small;
mod square;

use crate::laws::range;
use jumpline_study::{Duel, Force, Outcome, Watch};

/// Two forces on the range, 100 km apart.
fn on_range(one: &str, other: &str) -> Duel {
    let law = range();
    let forces = [one, other].map(|typed| Force::read(&law.codex, typed).unwrap()).to_vec();
    Duel::new(law, forces, 100_000).unwrap()
}

fn fight(duel: &Duel, runs: u32) -> Outcome {
    duel.fight(1, runs, 1, &Watch { stopped: &|| false, done: &|_| () }).unwrap()
}

/// Mean losses of the two sides.
fn losses(outcome: &Outcome) -> [f64; 2] {
    [0, 1].map(|side| outcome.sides[side].ships[0].lost.mean)
}

/// By how much a figure is off, as a share of what it should be.
fn off(measured: f64, theory: f64) -> f64 {
    (measured / theory - 1.0).abs()
}
