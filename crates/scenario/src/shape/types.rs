//! Which kinds take which values, and how a kind is named in a message.

use crate::shape::Kind;
use crate::text::tree::Value;

/// Whether a value is of the type that a kind takes; its content may still be faulty.
pub(super) fn takes(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (
            Kind::Text(_) | Kind::Prose(_) | Kind::Word | Kind::Ref(_) | Kind::Choice(_),
            Value::Text(_),
        )
        | (Kind::Quantity { .. }, Value::Text(_) | Value::Integer(_))
        | (Kind::Date, Value::Text(_) | Value::Date(_))
        | (Kind::Whole { .. }, Value::Integer(_))
        | (Kind::Flag, Value::Bool(_))
        | (Kind::List { .. }, Value::List(_))
        | (Kind::Table(_) | Kind::Map { .. } | Kind::Variant { .. }, Value::Table(_)) => true,
        (Kind::Either(kinds), value) => kinds.iter().any(|kind| takes(kind, value)),
        _ => false,
    }
}

/// The words after "expected" in a message.
pub(super) fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Text(_) | Kind::Prose(_) => "text".to_owned(),
        Kind::Word => "an id".to_owned(),
        Kind::Ref(sections) => format!("the id of one of the {}", sections.join(" or ")),
        Kind::Whole { .. } => "a whole number".to_owned(),
        Kind::Quantity { of, .. } => format!("{} such as \"{}\"", of.name, of.example),
        Kind::Flag => "true or false".to_owned(),
        Kind::Choice(_) => "one of a few words".to_owned(),
        Kind::Date => "a date".to_owned(),
        Kind::List { .. } => "a list".to_owned(),
        Kind::Table(_) | Kind::Map { .. } | Kind::Variant { .. } => "a table".to_owned(),
        Kind::Either(kinds) => {
            let words: Vec<String> = kinds.iter().map(expected).collect();
            words.join(" or ")
        }
    }
}
