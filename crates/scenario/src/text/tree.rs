//! The tree a text becomes. Stores where everything stands; knows no meaning.

use std::collections::BTreeMap;

use crate::texts::Place;

/// A value and where it is written.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) place: Place,
    /// Where the ruleset gave the value that this one replaces.
    pub(crate) base: Option<Place>,
    pub(crate) value: Value,
}

/// What a text can say.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    Bool(bool),
    Date(String),
    List(Vec<Node>),
    Table(Table),
    /// Something was here that could not be read; it has been reported.
    Broken,
}

impl Value {
    /// The kind in the words of a message: "found …".
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a fraction",
            Value::Bool(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Broken => "nothing readable",
        }
    }
}

/// A table: keys in their own order, not in the order of writing, so that moving a line or a file
/// changes no id. Lists keep the order of writing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) entries: BTreeMap<String, Entry>,
    /// Written as `{ … }`: such a table is a value, and an override replaces it whole.
    pub(crate) is_inline: bool,
}

/// One key of a table.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key_place: Place,
    pub(crate) node: Node,
}

impl Table {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.get(key).map(|entry| &entry.node)
    }
}
