//! A table that has been checked: values by key, each with its place.
//!
//! Getters of a key that is missing or was faulty give the neutral value; the fault has been reported
//! and nothing built from the record will be kept. A getter for a key that the shape does not have is a
//! programmer's slip and asserts in tests.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::shape::Shape;
use crate::texts::Place;

/// A checked value.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) place: Place,
    pub(crate) value: Checked,
}

/// What a checked value is.
#[derive(Debug, Clone)]
pub(crate) enum Checked {
    Text(String),
    /// Whole numbers, quantities in base units, and dates in seconds since the epoch.
    Whole(i64),
    Flag(bool),
    /// The section, and the number in it.
    Ref(&'static str, usize),
    List(Vec<Item>),
    Record(Record),
    Map(Vec<(MapKey, Item)>),
}

/// A checked key of a map.
#[derive(Debug, Clone)]
pub(crate) struct MapKey {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// A checked table.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) shape: Rc<Shape>,
    pub(crate) place: Place,
    /// The word under the tag, for a table that is one of several.
    pub(crate) variant: Option<&'static str>,
    pub(crate) fields: BTreeMap<String, Item>,
    /// Nothing in it was faulty: what is absent was left out on purpose.
    pub(crate) is_clean: bool,
}

impl Record {
    /// The value of a key, if it is there and sound.
    pub(crate) fn get(&self, key: &str) -> Option<&Item> {
        debug_assert!(self.shape.field(key).is_some(), "{} has no field {key}", self.shape.name);
        self.fields.get(key)
    }

    /// Is the key there and sound?
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Where a key's value stands; the table's own place if it is not there.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.get(key).map_or(self.place, |item| item.place)
    }

    /// Text, or a word, or a choice.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// Text, empty if absent.
    pub(crate) fn string(&self, key: &str) -> String {
        self.text(key).unwrap_or("").to_owned()
    }

    /// A whole number, quantity or date.
    pub(crate) fn maybe_whole(&self, key: &str) -> Option<i64> {
        self.get(key)?.whole()
    }

    /// A whole number, quantity or date; 0 if absent.
    pub(crate) fn whole(&self, key: &str) -> i64 {
        self.maybe_whole(key).unwrap_or(0)
    }

    /// A flag; false if absent.
    pub(crate) fn flag(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Item { value: Checked::Flag(true), .. }))
    }

    /// The number of the thing referred to.
    pub(crate) fn maybe_ref(&self, key: &str) -> Option<usize> {
        self.get(key)?.reference()
    }

    /// The number of the thing referred to; 0 if absent.
    pub(crate) fn reference(&self, key: &str) -> usize {
        self.maybe_ref(key).unwrap_or(0)
    }

    /// A list; empty if absent.
    pub(crate) fn list(&self, key: &str) -> &[Item] {
        match self.get(key) {
            Some(Item { value: Checked::List(items), .. }) => items,
            _ => &[],
        }
    }

    /// The texts of a list.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        self.list(key).iter().filter_map(Item::text).map(str::to_owned).collect()
    }

    /// The numbers of the things a list refers to.
    pub(crate) fn refs(&self, key: &str) -> Vec<usize> {
        self.list(key).iter().filter_map(Item::reference).collect()
    }

    /// A table under a key.
    pub(crate) fn record(&self, key: &str) -> Option<&Record> {
        self.get(key)?.record()
    }

    /// The tables of a list.
    pub(crate) fn records(&self, key: &str) -> impl Iterator<Item = &Record> {
        self.list(key).iter().filter_map(Item::record)
    }

    /// The entries of a map.
    pub(crate) fn map(&self, key: &str) -> &[(MapKey, Item)] {
        match self.get(key) {
            Some(Item { value: Checked::Map(entries), .. }) => entries,
            _ => &[],
        }
    }

    /// The record as JSON, for values that world reads by serde.
    pub(crate) fn json(&self) -> serde_json::Value {
        let fields = self.fields.iter().map(|(key, item)| (key.clone(), item.json()));
        serde_json::Value::Object(fields.collect())
    }
}

impl Item {
    /// Text, a word or a choice.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Checked::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number, quantity or date.
    pub(crate) fn whole(&self) -> Option<i64> {
        match self.value {
            Checked::Whole(number) => Some(number),
            _ => None,
        }
    }

    /// The number of the thing referred to.
    pub(crate) fn reference(&self) -> Option<usize> {
        match self.value {
            Checked::Ref(_, number) => Some(number),
            _ => None,
        }
    }

    /// A table.
    pub(crate) fn record(&self) -> Option<&Record> {
        match &self.value {
            Checked::Record(record) => Some(record),
            _ => None,
        }
    }

    fn json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Checked::Text(text) => Json::from(text.as_str()),
            Checked::Whole(number) => Json::from(*number),
            Checked::Flag(flag) => Json::from(*flag),
            Checked::Ref(_, number) => Json::from(*number),
            Checked::List(items) => Json::Array(items.iter().map(Item::json).collect()),
            Checked::Record(record) => record.json(),
            Checked::Map(entries) => Json::Object(
                entries.iter().map(|(key, item)| (key.text.clone(), item.json())).collect(),
            ),
        }
    }
}
