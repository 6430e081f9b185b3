//! Measuring the law of attrition against the battle engine: which engagements are fought, what came of them, which worths explain it.
//!
//! Everything here is deterministic: designs are Halton sequences, battles have their own seeds, fits are pattern searches.

pub mod design;
pub mod fit;
pub mod held;
pub mod sample;
pub mod write;
