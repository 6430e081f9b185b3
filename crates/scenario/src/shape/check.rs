//! A tree held against its shape: every fault noted, everything sound kept.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jumpline_measure::Calendar;

use crate::codes;
use crate::problem::{Finding, Sink, finding};
use crate::shape::ids::Ids;
use crate::shape::record::{Checked, Item, MapKey, Record};
use crate::shape::types::{expected, takes};
use crate::shape::values::choices_hint;
use crate::shape::{Fallback, Field, Kind, Shape};
use crate::text::quantity;
use crate::text::quote::quoted;
use crate::text::suggest;
use crate::text::tree::{Node, Table, Value};
use crate::texts::Place;

/// Everything a check needs to know beside the tree.
pub(crate) struct Checker<'a> {
    pub(crate) sink: &'a Sink,
    pub(crate) ids: &'a Ids,
    /// Absent while the epoch itself is faulty: dates are then not judged.
    pub(crate) calendar: Option<&'a Calendar>,
    /// Values met that could not be read and were reported then.
    broken: Cell<usize>,
}

impl<'a> Checker<'a> {
    /// A checker of trees whose references are to these ids.
    pub(crate) fn new(sink: &'a Sink, ids: &'a Ids, calendar: Option<&'a Calendar>) -> Checker<'a> {
        Checker { sink, ids, calendar, broken: Cell::new(0) }
    }

    /// Checks one table.
    pub(crate) fn table(&self, shape: &Rc<Shape>, table: &Table, place: Place) -> Record {
        self.fields(shape, table, place, None)
    }

    fn fields(
        &self,
        shape: &Rc<Shape>,
        table: &Table,
        place: Place,
        tag: Option<(&'static str, &'static str)>,
    ) -> Record {
        let before = (self.sink.errors(), self.broken.get());
        let mut fields = BTreeMap::new();
        for (key, entry) in &table.entries {
            if tag.is_some_and(|(tag, _)| tag == key) {
                continue;
            }
            #[cfg(feature = "canary")]
            assert!(key != "canary", "the canary was found");
            match shape.field(key) {
                Some(field) => {
                    if let Some(item) = self.value(&field.kind, &entry.node) {
                        fields.insert(key.clone(), item);
                    }
                }
                None => self.unknown_key(shape, key, entry.key_place, tag),
            }
        }
        let absent = || shape.fields.iter().filter(|field| !table.entries.contains_key(&field.key));
        self.missing(shape, absent().filter(|field| field.required), place);
        for Field { key, fallback, kind, .. } in absent() {
            if let Some(fallback) = fallback {
                fields.insert(key.clone(), self.fallen_back(*fallback, kind, place));
            }
        }
        let variant = tag.map(|(_, word)| word);
        let is_clean = (self.sink.errors(), self.broken.get()) == before;
        Record { shape: Rc::clone(shape), place, variant, fields, is_clean }
    }

    /// One problem for all the keys that a table should have.
    fn missing<'f>(&self, shape: &Shape, absent: impl Iterator<Item = &'f Field>, place: Place) {
        let absent: Vec<&Field> = absent.collect();
        let found = match absent.as_slice() {
            [] => return,
            [field] => {
                let message = format!("{} needs the key {}", shape.name, quoted(&field.key));
                finding(&codes::MISSING_KEY, place, message).hint(field.about.clone())
            }
            several => {
                let keys: Vec<&str> = several.iter().map(|field| field.key.as_str()).collect();
                let message = format!("{} needs {} more keys", shape.name, several.len());
                finding(&codes::MISSING_KEY, place, message).hint(suggest::list(&keys))
            }
        };
        self.sink.note(found);
    }

    fn fallen_back(&self, fallback: Fallback, kind: &Kind, place: Place) -> Item {
        let value = match fallback {
            Fallback::Whole(number) => Checked::Whole(number),
            Fallback::Flag(flag) => Checked::Flag(flag),
            Fallback::Text(text) => Checked::Text(text.to_owned()),
            Fallback::Empty => match kind {
                Kind::Table(shape) => {
                    Checked::Record(self.fields(shape, &Table::default(), place, None))
                }
                _ => Checked::List(Vec::new()),
            },
        };
        Item { place, value }
    }

    fn unknown_key(
        &self,
        shape: &Shape,
        key: &str,
        place: Place,
        tag: Option<(&'static str, &'static str)>,
    ) {
        let message = format!("{} has no key {}", shape.name, quoted(key));
        let hint = if self.sink.is_full() {
            None
        } else {
            let tag = tag.map(|(tag, _)| tag);
            suggest::did_you_mean(key, shape.keys().chain(tag))
        };
        self.sink.note(finding(&codes::UNKNOWN_KEY, place, message).maybe_hint(hint));
    }

    /// Checks one value.
    pub(crate) fn value(&self, kind: &Kind, node: &Node) -> Option<Item> {
        let place = node.place;
        let value = match (kind, &node.value) {
            (_, Value::Broken) => {
                self.broken.set(self.broken.get() + 1);
                return None;
            }
            (Kind::Text(most), Value::Text(text)) => self.line(text, *most, node)?,
            (Kind::Prose(most), Value::Text(text)) => self.prose(text, *most, node)?,
            (Kind::Word, Value::Text(text)) => {
                self.is_id(text, place).then(|| Checked::Text(text.clone()))?
            }
            (Kind::Ref(wanted), Value::Text(text)) => self.reference(wanted, text, place)?,
            (Kind::Whole { least, most }, Value::Integer(number)) => {
                let shown = |n: i64| n.to_string();
                self.within(*number, *least, *most, node, &shown)?
            }
            (Kind::Quantity { of, least, most }, Value::Text(text)) => {
                let number = self.quantity(text, of, node)?;
                let shown = |n: i64| quantity::show(n, of);
                self.within(number, *least, *most, node, &shown)?
            }
            (Kind::Quantity { of, least, most }, Value::Integer(number)) => {
                let shown = |n: i64| quantity::show(n, of);
                self.within(*number, *least, *most, node, &shown)?
            }
            (Kind::Quantity { of, .. }, Value::Float(_)) => {
                let message =
                    format!("{} with a fraction is written as a text with its unit", of.name);
                let hint = format!("for example \"{}\"", of.example);
                self.note(node, finding(&codes::UNIT, place, message).hint(hint));
                return None;
            }
            (Kind::Flag, Value::Bool(flag)) => Checked::Flag(*flag),
            (Kind::Choice(words), Value::Text(text)) => self.choice(words, text, node)?,
            (Kind::Date, Value::Text(text) | Value::Date(text)) => self.date(text, node)?,
            (Kind::List { of, least, most, once }, Value::List(items)) => {
                self.list(of, (*least, *most, *once), items, node)?
            }
            (Kind::Table(shape), Value::Table(table)) => {
                Checked::Record(self.fields(shape, table, place, None))
            }
            (Kind::Map { of, most }, Value::Table(table)) => self.map(of, *most, table, node)?,
            (Kind::Variant { tag, shapes }, Value::Table(table)) => {
                self.variant(tag, shapes, table, node)?
            }
            (Kind::Either(kinds), value) => match kinds.iter().find(|kind| takes(kind, value)) {
                Some(kind) => return self.value(kind, node),
                None => return self.wrong_type(kind, node),
            },
            _ => return self.wrong_type(kind, node),
        };
        Some(Item { place, value })
    }

    fn wrong_type(&self, kind: &Kind, node: &Node) -> Option<Item> {
        let message = format!("expected {}, found {}", expected(kind), node.value.kind());
        let hint = match (kind, &node.value) {
            (Kind::Whole { .. }, Value::Text(text)) if text.trim().parse::<i64>().is_ok() => {
                Some("numbers stand without quotes".to_owned())
            }
            (Kind::Flag, Value::Text(text)) if matches!(text.as_str(), "true" | "false") => {
                Some("true and false stand without quotes".to_owned())
            }
            (Kind::Text(_) | Kind::Word | Kind::Ref(_), Value::Integer(_)) => {
                Some("text stands in quotes".to_owned())
            }
            (Kind::List { of, .. }, value) if takes(of, value) => {
                Some("put it in brackets: [ … ]".to_owned())
            }
            (Kind::Whole { .. }, Value::Float(number)) => {
                (number.abs() < 1e15).then(|| format!("write a whole number near {number}"))
            }
            _ => None,
        };
        self.note(node, finding(&codes::WRONG_TYPE, node.place, message).maybe_hint(hint));
        None
    }

    /// Notes a fault of a value, and what it replaced if it is an override.
    pub(super) fn note(&self, node: &Node, mut found: Finding) {
        if let Some(base) = node.base {
            found = found.label(base, "replaces the ruleset's value here");
        }
        self.sink.note(found);
    }

    fn list(
        &self,
        of: &Kind,
        (least, most, once): (usize, usize, bool),
        items: &[Node],
        node: &Node,
    ) -> Option<Checked> {
        self.count("the list", items.len(), (least, most), node)?;
        let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
        let mut kept = Vec::with_capacity(items.len());
        for item in items {
            if let (true, Value::Text(text)) = (once, &item.value)
                && let Some(first) = seen.insert(text, item.place)
            {
                let message = format!("{} stands twice in the list", quoted(text));
                let found = finding(&codes::TWICE_IN_LIST, item.place, message);
                self.sink.note(found.label(first, "first given here"));
            }
            kept.extend(self.value(of, item));
        }
        Some(Checked::List(kept))
    }

    fn count(
        &self,
        what: &str,
        length: usize,
        (least, most): (usize, usize),
        node: &Node,
    ) -> Option<()> {
        if length < least {
            let message = match length {
                0 => format!("{what} is empty"),
                _ => format!("{what} has {length} elements; {least} is the least"),
            };
            self.note(node, finding(&codes::TOO_FEW, node.place, message));
            return None;
        }
        if length > most {
            let message = format!("{what} has {length} elements; {most} is the most");
            self.note(node, finding(&codes::TOO_LONG, node.place, message));
            return None;
        }
        Some(())
    }

    fn map(&self, of: &Kind, most: usize, table: &Table, node: &Node) -> Option<Checked> {
        self.count("the section", table.entries.len(), (0, most), node)?;
        let mut alike: BTreeMap<String, (&str, Place)> = BTreeMap::new();
        let mut kept = Vec::with_capacity(table.entries.len());
        for (key, entry) in &table.entries {
            let place = entry.key_place;
            if let Some((other, there)) = alike.insert(suggest::fold(key), (key, place)) {
                let message = format!("{} and {} are too much alike", quoted(key), quoted(other));
                let (first, second) = (place.min(there), place.max(there));
                let found = finding(&codes::ID_CASE, second, message);
                self.sink.note(found.label(first, "the other one is here"));
            }
            let sound = self.is_id(key, place);
            let item = self.value(of, &entry.node);
            if let (true, Some(item)) = (sound, item) {
                kept.push((MapKey { text: key.clone(), place }, item));
            }
        }
        Some(Checked::Map(kept))
    }

    fn variant(
        &self,
        tag: &'static str,
        shapes: &[(&'static str, Rc<Shape>)],
        table: &Table,
        node: &Node,
    ) -> Option<Checked> {
        let words = shapes.iter().map(|(word, _)| *word);
        match table.get(tag) {
            None => {
                let message = format!("the table needs the key {}", quoted(tag));
                let all: Vec<&str> = words.collect();
                let hint = format!("one of {}", suggest::list(&all));
                self.note(node, finding(&codes::MISSING_KEY, node.place, message).hint(hint));
                None
            }
            Some(Node { value: Value::Broken, .. }) => None,
            Some(Node { value: Value::Text(text), place, .. }) => {
                match shapes.iter().find(|(word, _)| word == text) {
                    Some((word, shape)) => {
                        let record = self.fields(shape, table, node.place, Some((tag, word)));
                        Some(Checked::Record(record))
                    }
                    None => {
                        let message = format!("{} is not one of the choices", quoted(text));
                        let hint = choices_hint(words, text);
                        self.sink.note(finding(&codes::CHOICE, *place, message).hint(hint));
                        None
                    }
                }
            }
            Some(other) => {
                let kind = Kind::Choice(shapes.iter().map(|(word, _)| (*word, "")).collect());
                self.wrong_type(&kind, other);
                None
            }
        }
    }
}
