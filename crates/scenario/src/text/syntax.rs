//! The first reading of a text: are there so many faults that no tree is worth making?
//!
//! A text of a million faults would cost a hundred times its size in error messages. This pass keeps the first
//! few and counts the rest; a text that passes it is parsed for good by [`super::parse`], which finds the same
//! faults again and a tree with them.

use toml_parser::decoder::Encoding;
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, Expected, ParseError, Raw, Source, Span};

use crate::caps;
use crate::codes;
use crate::problem::{Sink, finding};
use crate::text::quote::printable;
use crate::texts::{FileId, Place};

/// Whether a tree is worth making; otherwise the first faults are noted and the rest counted.
pub(crate) fn is_mostly_toml(file: FileId, text: &str, sink: &Sink) -> bool {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut faults = Faults::default();
    parse_document(&tokens, &mut Decoder { text }, &mut faults);
    if faults.count <= caps::SYNTAX_ERRORS_MAX {
        return true;
    }
    for fault in &faults.first {
        let span = fault.unexpected().unwrap_or(Span::new_unchecked(text.len(), text.len()));
        let place = Place::new(file, span.start(), span.end());
        sink.note(finding(&codes::SYNTAX, place, printable(&described(fault))));
    }
    sink.more(faults.count - faults.first.len());
    false
}

/// "what is wrong, expected a, b", as the parser itself says it.
fn described(fault: &ParseError) -> String {
    let mut out = fault.description().to_owned();
    for (number, expected) in fault.expected().unwrap_or(&[]).iter().enumerate() {
        out.push_str(if number == 0 { ", expected " } else { ", " });
        match expected {
            Expected::Literal("\n") => out.push_str("newline"),
            Expected::Literal(literal) => out.push_str(&format!("`{literal}`")),
            Expected::Description(words) => out.push_str(words),
            _ => out.push_str("something else"),
        }
    }
    out
}

#[derive(Default)]
struct Faults {
    first: Vec<ParseError>,
    count: usize,
}

impl ErrorSink for Faults {
    fn report_error(&mut self, error: ParseError) {
        self.count += 1;
        if self.first.len() < caps::SYNTAX_ERRORS_MAX {
            self.first.push(error);
        }
    }
}

/// Looks into keys, values and comments as the second reading will, and keeps nothing of them.
struct Decoder<'a> {
    text: &'a str,
}

impl Decoder<'_> {
    fn raw(&self, span: Span, encoding: Option<Encoding>) -> Raw<'_> {
        let text = self.text.get(span.start()..span.end()).unwrap_or("");
        Raw::new_unchecked(text, encoding, span)
    }
}

impl EventReceiver for Decoder<'_> {
    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        self.raw(span, encoding).decode_key(&mut (), error);
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let _kind = self.raw(span, encoding).decode_scalar(&mut (), error);
    }

    fn comment(&mut self, span: Span, error: &mut dyn ErrorSink) {
        self.raw(span, None).decode_comment(error);
    }

    fn newline(&mut self, span: Span, error: &mut dyn ErrorSink) {
        self.raw(span, None).decode_newline(error);
    }
}
