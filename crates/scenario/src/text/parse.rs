//! Text to tree. Takes as many syntax errors as the text has, up to a cap, and keeps what it can read.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::caps;
use crate::codes;
use crate::problem::{Sink, finding};
use crate::text::number;
use crate::text::quote::{hidden, printable, quoted};
use crate::text::tree::{Entry, Node, Table, Value};
use crate::texts::{FileId, Place};

/// Parses one file. The text must have passed [`super::depth::is_shallow`].
pub(crate) fn parse(file: FileId, text: &str, sink: &Sink) -> Table {
    let (root, errors) = DeTable::parse_recoverable(text);
    let reader = Tree { file, text, sink };
    if errors.iter().any(|error| !is_duplicate(error)) {
        sink.tear(file);
    }
    for error in errors.iter().take(caps::SYNTAX_ERRORS_MAX) {
        reader.syntax(error);
    }
    if errors.len() > caps::SYNTAX_ERRORS_MAX {
        sink.more(errors.len() - caps::SYNTAX_ERRORS_MAX);
    }
    drop(errors);
    reader.table(root.into_inner())
}

fn is_duplicate(error: &toml::de::Error) -> bool {
    error.message().starts_with("duplicate key")
}

struct Tree<'a> {
    file: FileId,
    text: &'a str,
    sink: &'a Sink,
}

impl Tree<'_> {
    fn place(&self, span: std::ops::Range<usize>) -> Place {
        Place::new(self.file, span.start, span.end)
    }

    fn syntax(&self, error: &toml::de::Error) {
        let span = error.span().unwrap_or(self.text.len()..self.text.len());
        let written = self.text.get(span.clone()).unwrap_or("");
        let place = self.place(span);
        if is_duplicate(error) {
            let message = format!("{} is given twice in one table", quoted(written));
            let hint = "keep one of them";
            self.sink.note(finding(&codes::DUPLICATE_KEY, place, message).hint(hint));
            return;
        }
        let message = match written {
            "" if error.message().starts_with("string values must be quoted") => {
                "a value is missing here".to_owned()
            }
            _ => printable(error.message()),
        };
        let hint = match written.trim() {
            "=" => Some("a value belongs after the `=`"),
            "“" | "”" | "„" => Some("use straight quotes: \""),
            "," => Some("a comma stands between two values"),
            "" => None,
            _ if error.message().contains("string") => {
                Some("text stands in straight quotes: \"…\"")
            }
            _ => None,
        };
        self.sink.note(finding(&codes::SYNTAX, place, message).maybe_hint(hint.map(str::to_owned)));
    }

    fn table(&self, table: DeTable<'_>) -> Table {
        let mut out = Table::default();
        for (key, value) in table {
            let key_place = self.place(key.span());
            let key = key.into_inner();
            let node = self.node(value);
            if self.key_is_good(&key, key_place) {
                out.entries.insert(key.into_owned(), Entry { key_place, node });
            }
        }
        out
    }

    fn key_is_good(&self, key: &str, place: Place) -> bool {
        if key.len() > caps::KEY_BYTES_MAX {
            let message =
                format!("the key has {} bytes; {} is the most", key.len(), caps::KEY_BYTES_MAX);
            self.sink.note(finding(&codes::KEY_TOO_LONG, place, message));
            return false;
        }
        self.is_open(key, place, "the key")
    }

    /// Reports a character that cannot be seen. Text keeps its line breaks and tabs.
    fn is_open(&self, text: &str, place: Place, what: &str) -> bool {
        let found = text.chars().find(|c| !matches!(c, '\n' | '\r' | '\t') && hidden(*c).is_some());
        let Some(c) = found else {
            return true;
        };
        let why = hidden(c).unwrap_or("");
        let message = format!("{what} holds {}, which {why}", c.escape_unicode());
        self.sink.note(finding(&codes::HIDDEN, place, message).hint("delete that character"));
        false
    }

    fn node(&self, value: Spanned<DeValue<'_>>) -> Node {
        let place = self.place(value.span());
        let value = match value.into_inner() {
            DeValue::String(text) => {
                self.is_open(&text, place, "the text");
                Value::Text(text.into_owned())
            }
            DeValue::Integer(written) => {
                let digits = written.as_str().replace('_', "");
                self.number(
                    place,
                    &digits,
                    number::integer(&digits, written.radix()),
                    Value::Integer,
                )
            }
            DeValue::Float(written) => {
                let text = written.as_str().replace('_', "");
                self.number(place, &text, number::float(&text), Value::Float)
            }
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Datetime(value) => Value::Date(value.to_string()),
            DeValue::Array(list) => Value::List(list.into_iter().map(|v| self.node(v)).collect()),
            DeValue::Table(table) => {
                let mut table = self.table(table);
                let start = place.start as usize;
                table.is_inline = self.text.as_bytes().get(start) == Some(&b'{');
                Value::Table(table)
            }
        };
        Node { place, base: None, value }
    }

    fn number<T>(
        &self,
        place: Place,
        written: &str,
        number: Result<T, number::NumberFault>,
        make: impl Fn(T) -> Value,
    ) -> Value {
        match number {
            Ok(number) => make(number),
            Err(fault) => {
                let message = format!("{} {}", quoted(written), fault.say());
                self.sink.note(finding(&codes::NUMBER, place, message));
                Value::Broken
            }
        }
    }
}
