//! Several files to one tree: the ruleset below, the scenario above.
//!
//! Files of one layer are put together and must not contradict each other. The scenario then overrides
//! the ruleset key by key: tables under a [header] are joined, anything else is replaced whole (a list, a
//! `{ … }` too). Every value
//! keeps its own place, so a problem in an override points at the override and can name what it replaced.

use crate::codes;
use crate::problem::{Sink, finding};
use crate::text::quote::quoted;
use crate::text::tree::{Entry, Node, Table, Value};

/// Puts `more` beside `table`: the same layer, so the same value must not be given twice.
pub(crate) fn join(table: &mut Table, more: Table, sink: &Sink) {
    for (key, entry) in more.entries {
        match table.entries.get_mut(&key) {
            None => {
                table.entries.insert(key, entry);
            }
            Some(first) => join_entry(&key, first, entry, sink),
        }
    }
}

fn join_entry(key: &str, first: &mut Entry, second: Entry, sink: &Sink) {
    match (&mut first.node.value, second.node.value) {
        (Value::Table(first), Value::Table(second)) => join(first, second, sink),
        (Value::List(first), Value::List(second)) if all_tables(first) && all_tables(&second) => {
            first.extend(second);
        }
        (_, _) => {
            let message = format!("{} is given twice", quoted(key));
            let found = finding(&codes::GIVEN_TWICE, second.key_place, message);
            sink.note(found.label(first.key_place, "first given here").hint("keep one of them"));
        }
    }
}

/// Lists of tables (`[[ships]]`) may be continued in another file of the same layer.
fn all_tables(list: &[Node]) -> bool {
    list.iter().all(|node| matches!(node.value, Value::Table(_)))
}

/// Lays `above` over `table`.
pub(crate) fn cover(table: &mut Table, above: Table) {
    for (key, entry) in above.entries {
        match table.entries.get_mut(&key) {
            None => {
                table.entries.insert(key, entry);
            }
            Some(below) => cover_entry(below, entry),
        }
    }
}

fn cover_entry(below: &mut Entry, above: Entry) {
    let Entry { key_place, node } = above;
    let base = below.node.base.unwrap_or(below.node.place);
    match (&mut below.node.value, node.value) {
        (Value::Table(table), Value::Table(more)) if !more.is_inline => {
            cover(table, more);
            below.node.place = node.place;
            below.node.base = Some(base);
            below.key_place = key_place;
        }
        (_, value) => {
            let node = Node { place: node.place, base: Some(base), value };
            *below = Entry { key_place, node };
        }
    }
}
