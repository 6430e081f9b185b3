//! All ids of the merged tree, by section, so that a reference can be checked wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::suggest;

/// The ids of each section, in the order that makes their numbers.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    sections: BTreeMap<&'static str, Section>,
}

#[derive(Debug, Default)]
struct Section {
    order: Vec<String>,
    number: BTreeMap<String, usize>,
}

/// What became of looking for an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// Found: in which section, and its number there.
    Found(&'static str, usize),
    /// Another section has it.
    Elsewhere(&'static str),
    /// Nobody has it.
    Unknown,
}

impl Ids {
    /// Adds an id; the same id twice keeps its first number.
    pub(crate) fn add(&mut self, section: &'static str, id: &str) {
        let section = self.sections.entry(section).or_default();
        if !section.number.contains_key(id) {
            section.number.insert(id.to_owned(), section.order.len());
            section.order.push(id.to_owned());
        }
    }

    /// Makes a section known even if it stays empty.
    pub(crate) fn open(&mut self, section: &'static str) {
        self.sections.entry(section).or_default();
    }

    /// Looks in the wanted sections first and then everywhere.
    pub(crate) fn find(&self, wanted: &[&'static str], id: &str) -> Lookup {
        for name in wanted {
            if let Some(number) = self.number(name, id) {
                return Lookup::Found(name, number);
            }
        }
        let elsewhere = self.sections.iter().find(|(_, section)| section.number.contains_key(id));
        elsewhere.map_or(Lookup::Unknown, |(name, _)| Lookup::Elsewhere(name))
    }

    /// The number of an id in a section.
    pub(crate) fn number(&self, section: &str, id: &str) -> Option<usize> {
        self.sections.get(section)?.number.get(id).copied()
    }

    /// The ids of a section in the order of their numbers.
    pub(crate) fn of(&self, section: &str) -> &[String] {
        self.sections.get(section).map_or(&[], |section| &section.order)
    }

    /// The hint for an id that nobody has.
    pub(crate) fn hint(&self, wanted: &[&'static str], id: &str) -> Option<String> {
        let known: BTreeSet<&str> =
            wanted.iter().flat_map(|name| self.of(name)).map(String::as_str).collect();
        if known.is_empty() {
            return Some(format!("there are no {} at all", wanted.join(" or ")));
        }
        suggest::did_you_mean(id, known)
    }
}
