//! Measuring the law of attrition against the battle engine: which engagements are fought, what came of them, which worths explain it.
//!
//! Everything here is deterministic: designs are Halton sequences and dice, battles have their own seeds, fits take the same steps.

pub mod design;
pub mod fit;
pub mod held;
pub mod mixture;
pub mod sample;
pub mod solve;
pub mod write;
