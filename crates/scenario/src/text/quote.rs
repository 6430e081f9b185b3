//! Text of unknown origin made safe to print.
//!
//! A name may hold colour codes for a terminal, marks that turn the reading direction, or a character
//! no eye can see. Shown raw, it could hide the very problem that is being reported.

use unicode_width::UnicodeWidthChar;

use crate::caps;

/// Why a character is refused in keys and names, or `None` for an honest one.
pub(crate) fn hidden(c: char) -> Option<&'static str> {
    match c {
        '\u{200E}'
        | '\u{200F}'
        | '\u{061C}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => Some("turns the reading direction"),
        '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}'
        | '\u{00AD}'
        | '\u{034F}' => Some("cannot be seen"),
        '\u{180E}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => Some("cannot be seen"),
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => Some("cannot be seen"),
        '\u{2028}' | '\u{2029}' => Some("breaks the line"),
        c if c.is_control() => Some("is a control character"),
        _ => None,
    }
}

/// The text with every hidden character written out as `\u{..}`.
pub(crate) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_printable(&mut out, c);
    }
    out
}

fn push_printable(out: &mut String, c: char) {
    if hidden(c).is_some() {
        out.extend(c.escape_unicode());
    } else {
        out.push(c);
    }
}

/// The text in back quotes, printable, cut at [`caps::QUOTE_CHARS_MAX`] characters.
pub(crate) fn quoted(text: &str) -> String {
    format!("`{}`", cut(text))
}

/// The text, printable, cut at [`caps::QUOTE_CHARS_MAX`] characters.
pub(crate) fn cut(text: &str) -> String {
    let mut out = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == caps::QUOTE_CHARS_MAX {
            out.push('…');
            break;
        }
        push_printable(&mut out, c);
    }
    out
}

/// A source line made ready to stand above a row of carets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The printable line, cut on one or both sides if it is long.
    pub(crate) text: String,
    /// Columns before the first caret.
    pub(crate) lead: u32,
    /// Number of carets.
    pub(crate) width: u32,
}

/// Shows `line` with the bytes `start..end` marked. Both are cut to the line.
pub(crate) fn shown(line: &str, start: usize, end: usize) -> Shown {
    // Each character becomes a cell of printable text with a width in columns.
    let most = caps::SOURCE_LINE_COLUMNS_MAX;
    let start = floor_boundary(line, start);
    let end = floor_boundary(line, end.max(start));
    let before: Vec<(String, usize)> = line[..start].chars().rev().take(most).map(cell).collect();
    let marked: Vec<(String, usize)> = line[start..end].chars().take(most).map(cell).collect();
    let after: Vec<(String, usize)> = line[end..].chars().take(most).map(cell).collect();

    let marked_columns = columns(&marked).clamp(1, most);
    let lead_room = (most - marked_columns).min(most / 2).max(10);
    let mut lead_columns = columns(&before);
    let mut lead = String::new();
    if lead_columns > lead_room || start > 0 && before.len() == most {
        let mut kept = Vec::new();
        lead_columns = 1;
        for (text, width) in &before {
            if lead_columns + width > lead_room {
                break;
            }
            lead_columns += width;
            kept.push(text.as_str());
        }
        lead.push('…');
        lead.extend(kept.iter().rev().copied());
    } else {
        lead.extend(before.iter().rev().map(|(text, _)| text.as_str()));
    }

    let mut text = lead;
    let mut used = lead_columns;
    let mut carets = 0;
    let mut cut = false;
    for (cell, width) in &marked {
        if used + width > most {
            cut = true;
            break;
        }
        text.push_str(cell);
        used += width;
        carets += width;
    }
    for (cell, width) in &after {
        if cut || used + width > most {
            cut = true;
            break;
        }
        text.push_str(cell);
        used += width;
    }
    if cut || end < line.len() && after.len() == most {
        text.push('…');
    }
    let text = text.trim_end().to_owned();
    Shown { text, lead: to_u32(lead_columns), width: to_u32(carets.max(1)) }
}

fn cell(c: char) -> (String, usize) {
    if c == '\t' {
        return ("    ".to_owned(), 4);
    }
    let mut text = String::new();
    push_printable(&mut text, c);
    let width = text.chars().fold(0, |sum, c| sum + c.width().unwrap_or(0));
    (text, width)
}

fn columns(cells: &[(String, usize)]) -> usize {
    cells.iter().fold(0, |sum, (_, width)| sum + width)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_line_is_shown_whole() {
        let shown = shown("speed = 12", 8, 10);
        assert_eq!(shown, Shown { text: "speed = 12".into(), lead: 8, width: 2 });
    }

    #[test]
    fn wide_and_hidden_characters_keep_the_caret_in_place() {
        let shown = shown("名 = \u{202E}x", 4, 12);
        assert_eq!(shown.text, "名 = \\u{202e}x");
        assert_eq!((shown.lead, shown.width), (3, 11));
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let line = format!("{}HERE{}", "a".repeat(5000), "b".repeat(5000));
        let shown = shown(&line, 5000, 5004);
        assert!(shown.text.starts_with('…') && shown.text.ends_with('…'));
        let lead = shown.lead as usize;
        let marked: String = shown.text.chars().skip(lead).take(4).collect();
        assert_eq!(marked, "HERE");
        assert!(shown.text.chars().count() <= caps::SOURCE_LINE_COLUMNS_MAX + 1);
    }

    #[test]
    fn every_place_in_every_line_can_be_shown() {
        let line = "a\té名\u{202E}\0z";
        for start in 0..=line.len() + 1 {
            for end in 0..=line.len() + 1 {
                let shown = shown(line, start, end);
                assert!(shown.width >= 1);
            }
        }
    }
}
