//! The rulesets and scenarios built into the binary.

use std::collections::BTreeSet;

/// Path from the repository's root (`scenarios/first-light/scenario.toml`) and bytes, sorted by path.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// The files under a folder such as `content/core`: path and bytes.
pub fn under(folder: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let stem = format!("{folder}/");
    FILES.iter().copied().filter(move |(path, _)| path.starts_with(&stem))
}

/// The names of the folders right under `content` or `scenarios`.
pub fn names(of: &str) -> BTreeSet<&'static str> {
    let stem = format!("{of}/");
    FILES
        .iter()
        .filter_map(|(path, _)| path.strip_prefix(stem.as_str())?.split_once('/'))
        .map(|(name, _)| name)
        .collect()
}
