//! Refuses a text that is nested too deep, before anything recursive sees it.
//!
//! A table inside a table inside a table costs stack in the parser and again when the tree is dropped.
//! Brackets nest, and so do dotted keys (`a.b.c.d = 1`), headers, and any mix. This pass counts tokens
//! in a row and never recurses. It also counts nodes, so that memory is known before it is spent.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::caps;
use crate::codes;
use crate::problem::{Sink, finding};
use crate::texts::{FileId, Place};

/// Whether the text may be parsed; otherwise one problem is noted.
pub(crate) fn is_shallow(file: FileId, text: &str, sink: &Sink) -> bool {
    // Depth of the table that the current line writes into, and of each open bracket.
    let mut header = 0usize;
    let mut levels: Vec<usize> = Vec::new();
    let mut dots = 0usize;
    let mut in_header = false;
    let mut line_began = true;
    let mut nodes = 0usize;
    for token in Source::new(text).lex() {
        let kind = token.kind();
        let first_on_line = line_began;
        match kind {
            TokenKind::Whitespace | TokenKind::Comment => {}
            TokenKind::Newline => line_began = true,
            _ => line_began = false,
        }
        match kind {
            TokenKind::LeftSquareBracket if first_on_line && levels.is_empty() => {
                header = 0;
                dots = 0;
                in_header = true;
                levels.push(0);
            }
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => {
                levels.push(dots + 1);
                dots = 0;
                nodes += 1;
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                if in_header {
                    header = dots + 1;
                }
                dots = levels.pop().unwrap_or(0).saturating_sub(1);
            }
            TokenKind::Dot => dots += 1,
            TokenKind::Comma => {
                dots = 0;
                nodes += 1;
            }
            TokenKind::Equals => nodes += 1,
            TokenKind::Newline if levels.is_empty() || in_header => {
                // A header that never closes ends with its line, as the parser sees it too.
                levels.clear();
                dots = 0;
                in_header = false;
            }
            _ => {}
        }
        // Sums are short: the stack is refused as soon as it is longer than the cap.
        let open: usize = levels.iter().sum();
        if header + open + dots > caps::NESTING_MAX || levels.len() > caps::NESTING_MAX {
            let place = Place::new(file, token.span().start(), token.span().end());
            let message = format!("nested deeper than {} levels", caps::NESTING_MAX);
            sink.note(finding(&codes::NESTING, place, message));
            return false;
        }
        if nodes > caps::NODES_MAX {
            let place = Place::new(file, token.span().start(), token.span().end());
            let message = format!("more than {} keys and values in one file", caps::NODES_MAX);
            sink.note(
                finding(&codes::TOO_MANY, place, message).hint("split it into several files"),
            );
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shallow(text: &str) -> bool {
        is_shallow(FileId(0), text, &Sink::default())
    }

    #[test]
    fn brackets_dots_and_headers_count_together() {
        let n = caps::NESTING_MAX;
        assert!(shallow(&format!("a = {}{}", "[".repeat(n), "]".repeat(n))));
        assert!(!shallow(&format!("a = {}{}", "[".repeat(n + 1), "]".repeat(n + 1))));
        assert!(shallow(&format!("a{} = 1", ".a".repeat(n))));
        assert!(!shallow(&format!("a{} = 1", ".a".repeat(n + 1))));
        assert!(!shallow(&format!("[a{}]\nb{} = 1", ".a".repeat(n / 2), ".b".repeat(n / 2 + 1))));
        assert!(!shallow(&format!("a{} = {{ b{} = 1 }}", ".a".repeat(40), ".b".repeat(40))));
        assert!(!shallow(&"[".repeat(100_000)));
        assert!(!shallow(&format!("a = {}", "{a=".repeat(100_000))));
        assert!(!shallow(&format!("[a{}]", ".a".repeat(100_000))));
    }

    #[test]
    fn an_ordinary_file_is_shallow_however_long() {
        let line = "[weapons.lance]\nrange = 1.5\npoints = [[1.0, 2.0], [3.0, 4.0]] # [[[[\n";
        assert!(shallow(&line.repeat(1_000)));
        assert!(shallow(
            "s = \"[[[[[[[[[[.......................................................................\"\n"
        ));
    }

    #[test]
    fn a_header_left_open_does_not_poison_the_next_lines() {
        assert!(shallow(&"[a.b\nx = 1\n".repeat(200)));
    }
}
