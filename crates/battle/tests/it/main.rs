//! Battles small enough to read, and laws that hold for all of them.

mod barrage;
mod doctrine;
mod fields;
mod guns;
mod hostile;
mod laws;
mod rams;
mod rings;
mod sameness;
mod terrain;
mod verdict;
mod yard;
