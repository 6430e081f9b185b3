//! From bytes to one merged tree in which every key and value knows its place.
//!
//! ```text
//! bytes -> decode (is it text?) -> depth, syntax (is it safe to parse?) -> parse (a tree) -> layer (one tree)
//! ```
//! Knows TOML and places. Does not know what any key means: that is [`crate::shape`].

pub(crate) mod decode;
pub(crate) mod depth;
pub(crate) mod layer;
pub(crate) mod number;
pub(crate) mod parse;
pub(crate) mod quantity;
pub(crate) mod quote;
pub(crate) mod suggest;
pub(crate) mod syntax;
pub(crate) mod tree;
