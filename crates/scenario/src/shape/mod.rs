//! What a text may say, as data: one table of fields drives the reader, the JSON Schema and the
//! reference manual, so that the three cannot tell different stories.
//!
//! Stores keys, types, ranges, meanings. Does not know what a value is for: that is `crate::build`.

pub(crate) mod check;
pub(crate) mod ids;
pub(crate) mod manual;
pub(crate) mod record;
pub(crate) mod schema;
mod types;
pub(crate) mod values;

use std::rc::Rc;

use crate::text::quantity::{self, Dimension};

/// A table and its fields.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The word for messages: "a weapon has no key …".
    pub(crate) name: String,
    /// What such a table describes.
    pub(crate) about: String,
    pub(crate) fields: Vec<Field>,
}

/// One key of a table.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    /// What stands for it when it is left out. A key that is neither required nor has a fallback may be
    /// truly absent, and `about` says what that means.
    pub(crate) fallback: Option<Fallback>,
    /// What it means, with the unit.
    pub(crate) about: String,
}

/// What stands for a key that was left out: neutral values only. A number that a designer would tune is
/// asked for instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fallback {
    Whole(i64),
    Flag(bool),
    Text(&'static str),
    /// A table with its own fallbacks.
    Empty,
}

/// What a value may be.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// One line of text with at most so many characters; never empty.
    Text(usize),
    /// Any text with at most so many characters, line breaks allowed; may be empty.
    Prose(usize),
    /// A word that names something new, or something named elsewhere and checked later.
    Word,
    /// The id of a thing in one of these sections.
    Ref(&'static [&'static str]),
    /// A whole number between two bounds, both allowed.
    Whole { least: i64, most: i64 },
    /// A quantity between two bounds: a text with a unit, or a whole number of the base unit that the key
    /// names.
    Quantity { of: &'static Dimension, least: i64, most: i64 },
    /// `true` or `false`.
    Flag,
    /// One of a few words, each with its meaning.
    Choice(Rc<[(&'static str, &'static str)]>),
    /// A date in the scenario's calendar.
    Date,
    /// A list of like values, with the least and greatest length. `once` refuses repeats.
    List { of: Box<Kind>, least: usize, most: usize, once: bool },
    /// A table.
    Table(Rc<Shape>),
    /// A table whose keys are new ids.
    Map { of: Box<Kind>, most: usize },
    /// A table that is one of several, told apart by the word under `tag`.
    Variant { tag: &'static str, shapes: Rc<[(&'static str, Rc<Shape>)]> },
    /// Any of several kinds, told apart by the type of the value; the first that fits in type is taken.
    Either(Rc<[Kind]>),
}

impl Shape {
    /// A table without fields yet.
    pub(crate) fn new(name: &str, about: &str) -> Shape {
        Shape { name: name.to_owned(), about: about.to_owned(), fields: Vec::new() }
    }

    /// Adds a key that must be there.
    pub(crate) fn need(self, key: &str, kind: Kind, about: &str) -> Shape {
        self.with(key, kind, true, None, about)
    }

    /// Adds a key that may be left out; `about` says what that means.
    pub(crate) fn may(self, key: &str, kind: Kind, about: &str) -> Shape {
        self.with(key, kind, false, None, about)
    }

    /// Adds a key with a value that stands for it when it is left out.
    pub(crate) fn or(self, key: &str, kind: Kind, fallback: Fallback, about: &str) -> Shape {
        self.with(key, kind, false, Some(fallback), about)
    }

    /// Adds a number that must be there; its suffix says whether it may be written with a unit.
    pub(crate) fn need_n(self, key: &str, least: i64, most: i64, about: &str) -> Shape {
        self.need(key, number(key, least, most), about)
    }

    /// Adds a number that may be left out.
    pub(crate) fn or_n(
        self,
        key: &str,
        least: i64,
        most: i64,
        fallback: i64,
        about: &str,
    ) -> Shape {
        self.or(key, number(key, least, most), Fallback::Whole(fallback), about)
    }

    /// Adds a flag that is false when left out.
    pub(crate) fn flag(self, key: &str, fallback: bool, about: &str) -> Shape {
        self.or(key, Kind::Flag, Fallback::Flag(fallback), about)
    }

    fn with(
        mut self,
        key: &str,
        kind: Kind,
        required: bool,
        fallback: Option<Fallback>,
        about: &str,
    ) -> Shape {
        let about = about.to_owned();
        self.fields.push(Field { key: key.to_owned(), kind, required, fallback, about });
        self
    }

    /// The field of that key.
    pub(crate) fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The keys, in the order of the manual.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.key.as_str())
    }
}

/// A whole number between two bounds.
pub(crate) fn whole(least: i64, most: i64) -> Kind {
    Kind::Whole { least, most }
}

/// A number whose key says its unit, if it has one.
pub(crate) fn number(key: &str, least: i64, most: i64) -> Kind {
    match quantity::of_key(key) {
        Some(of) => Kind::Quantity { of, least, most },
        None => Kind::Whole { least, most },
    }
}

/// A quantity between two bounds in base units.
pub(crate) fn quantity(of: &'static Dimension, least: i64, most: i64) -> Kind {
    Kind::Quantity { of, least, most }
}

/// A list of `least..=most` values.
pub(crate) fn list(of: Kind, least: usize, most: usize) -> Kind {
    Kind::List { of: Box::new(of), least, most, once: false }
}

/// A list of `least..=most` values without repeats.
pub(crate) fn set(of: Kind, least: usize, most: usize) -> Kind {
    Kind::List { of: Box::new(of), least, most, once: true }
}

/// A table.
pub(crate) fn table(shape: Shape) -> Kind {
    Kind::Table(Rc::new(shape))
}

/// One of a few words.
pub(crate) fn choice(words: &[(&'static str, &'static str)]) -> Kind {
    Kind::Choice(words.into())
}

/// A table that is one of several, told apart by the word under `tag`.
pub(crate) fn variant(tag: &'static str, shapes: Vec<(&'static str, Shape)>) -> Kind {
    let shapes = shapes.into_iter().map(|(word, shape)| (word, Rc::new(shape))).collect();
    Kind::Variant { tag, shapes }
}
