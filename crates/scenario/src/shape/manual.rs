//! The reference manual of the text format, printed from shapes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::shape::{Fallback, Field, Kind, Shape};
use crate::text::quantity;

/// The manual of all sections of a root shape.
pub(crate) fn manual(root: &Shape) -> String {
    let mut out = String::new();
    for field in &root.fields {
        let (header, shape) = match &field.kind {
            Kind::Table(shape) => (format!("[{}]", field.key), Some(shape)),
            Kind::Map { of, .. } => (format!("[{}.KEY]", field.key), inner(of)),
            Kind::List { of, .. } if matches!(**of, Kind::Table(_) | Kind::Variant { .. }) => {
                (format!("[[{}]]", field.key), inner(of))
            }
            _ => (field.key.clone(), None),
        };
        let _ = writeln!(out, "## `{header}`\n\n{}\n", field.about);
        if header == field.key {
            let _ = writeln!(out, "Takes {}.\n", takes(&field.kind));
        }
        if let Kind::List { of, .. } = &field.kind
            && matches!(**of, Kind::Variant { .. })
        {
            nested(&mut out, &field.key, of, &mut BTreeSet::new());
        }
        if let Some(shape) = shape {
            table(&mut out, shape, &mut BTreeSet::new());
        }
    }
    out
}

fn inner(kind: &Kind) -> Option<&std::rc::Rc<Shape>> {
    match kind {
        Kind::Table(shape) => Some(shape),
        _ => None,
    }
}

/// The table of a shape, then the tables inside it, each once in a section.
fn table(out: &mut String, shape: &Shape, printed: &mut BTreeSet<String>) {
    let _ = writeln!(out, "| key | what it takes | if left out | meaning |\n|---|---|---|---|");
    for field in &shape.fields {
        let Field { key, kind, .. } = field;
        let _ = writeln!(
            out,
            "| `{key}` | {} | {} | {} |",
            takes(kind),
            absent(field),
            cell(&field.about)
        );
    }
    out.push('\n');
    for field in &shape.fields {
        nested(out, &field.key, &field.kind, printed);
    }
}

/// The tables and words inside a field, each with its own list.
fn nested(out: &mut String, key: &str, kind: &Kind, printed: &mut BTreeSet<String>) {
    match kind {
        Kind::Table(shape) => {
            if !printed.insert(shape.about.clone()) {
                return;
            }
            let _ = writeln!(out, "`{key}`: {}\n", shape.about);
            table(out, shape, printed);
        }
        Kind::List { of, .. } => nested(out, key, of, printed),
        Kind::Either(kinds) => kinds.iter().for_each(|kind| nested(out, key, kind, printed)),
        Kind::Variant { tag, shapes } => {
            for (word, shape) in shapes.iter() {
                let _ = writeln!(out, "`{key}` with `{tag} = \"{word}\"`: {}\n", shape.about);
                table(out, shape, printed);
            }
        }
        Kind::Choice(words) if words.iter().any(|(_, about)| !about.is_empty()) => {
            if !printed.insert(format!("{key} {}", words.len())) {
                return;
            }
            for (word, about) in words.iter() {
                let _ = writeln!(out, "- `{key} = \"{word}\"`: {about}");
            }
            out.push('\n');
        }
        _ => {}
    }
}

fn absent(field: &Field) -> String {
    match (field.required, field.fallback) {
        (true, _) => "must be given".to_owned(),
        (false, Some(Fallback::Whole(number))) => match &field.kind {
            Kind::Quantity { of, .. } => quantity::show(number, of),
            _ => number.to_string(),
        },
        (false, Some(Fallback::Flag(flag))) => flag.to_string(),
        (false, Some(Fallback::Text("")) | None) => "nothing".to_owned(),
        (false, Some(Fallback::Text(text))) => format!("`\"{text}\"`"),
        (false, Some(Fallback::Empty)) => "empty".to_owned(),
    }
}

/// What a kind takes, in a few words.
fn takes(kind: &Kind) -> String {
    match kind {
        Kind::Text(most) => format!("text of at most {most} characters"),
        Kind::Prose(most) => format!("text of at most {most} characters, with line breaks"),
        Kind::Word => "an id".to_owned(),
        Kind::Ref(sections) => format!("a key of `{}`", sections.join("` or `")),
        Kind::Whole { least, most } => format!("{least} to {most}"),
        Kind::Quantity { of, least, most } => {
            format!("{}, {} to {}", of.name, quantity::show(*least, of), quantity::show(*most, of))
        }
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Choice(words) => {
            let words: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            words.join(", ")
        }
        Kind::Date => "a date".to_owned(),
        Kind::List { of, least, most, .. } if least == most => {
            format!("a list of {most}: {}", takes(of))
        }
        Kind::List { of, least, most, .. } => format!("a list of {least} to {most}: {}", takes(of)),
        Kind::Table(_) => "a table, see below".to_owned(),
        Kind::Map { of, most } => format!("at most {most} tables by key: {}", takes(of)),
        Kind::Variant { tag, .. } => format!("a table with `{tag}`, see below"),
        Kind::Either(kinds) => {
            let words: Vec<String> = kinds.iter().map(takes).collect();
            words.join("; or ")
        }
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
