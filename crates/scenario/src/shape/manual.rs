//! The reference manual, printed from shapes.
