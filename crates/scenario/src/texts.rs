//! The texts a scenario is made of, and places in them.
//!
//! Stores names and contents. Refuses paths and files: the caller reads the disk (or a web form, or a
//! test) and gives the bytes. The ruleset's texts come first and the scenario's own after them, since
//! what comes later overrides.

use crate::caps;
use crate::text::quote::{self, Shown};

/// Which of the texts, in the order given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct FileId(pub(crate) u16);

/// A run of bytes in one of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Place {
    pub(crate) file: FileId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Place {
    /// A place from byte offsets, which are cut to what a file may hold.
    pub(crate) fn new(file: FileId, start: usize, end: usize) -> Place {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place { file, start: cut(start), end: cut(end.max(start)) }
    }
}

/// The layer a text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// A ruleset from `content/`: what a designer tunes for all wars.
    Ruleset,
    /// The scenario itself: it may override the ruleset.
    Scenario,
}

/// One text: a name to show and the bytes as they were found.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) layer: Layer,
}

/// All the texts of one scenario.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    files: Vec<Text>,
}

impl Texts {
    /// No texts yet.
    pub fn new() -> Texts {
        Texts::default()
    }

    /// Adds a file of the ruleset. The name is shown to people: use the path below the content folder.
    pub fn add_ruleset(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.add(Layer::Ruleset, name.into(), bytes.into());
    }

    /// Adds a file of the scenario.
    pub fn add_scenario(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.add(Layer::Scenario, name.into(), bytes.into());
    }

    fn add(&mut self, layer: Layer, name: String, bytes: Vec<u8>) {
        let text = Text { name, bytes, layer };
        // Sorted by layer and name, so that the order in which a disk lists files changes nothing.
        let at = self.files.partition_point(|t| (t.layer, &t.name) <= (layer, &text.name));
        self.files.insert(at, text);
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// No file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files: layer, name, bytes; ruleset first, each layer by name.
    pub fn iter(&self) -> impl Iterator<Item = (Layer, &str, &[u8])> {
        self.files.iter().map(|t| (t.layer, t.name.as_str(), t.bytes.as_slice()))
    }

    /// The files with their ids, as many as [`caps::FILES_MAX`] allows.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (FileId, &Text)> {
        (0u16..).map(FileId).zip(self.files.iter().take(caps::FILES_MAX))
    }

    /// Turns a byte place into what a person is shown.
    pub(crate) fn locate(&self, place: Place) -> Located {
        let Some(text) = self.files.get(usize::from(place.file.0)) else {
            let shown = Shown { text: String::new(), lead: 0, width: 1 };
            return Located { file: "scenario".to_owned(), line: 1, column: 1, width: 1, shown };
        };
        let bytes = &text.bytes;
        let start = (place.start as usize).min(bytes.len());
        let end = (place.end as usize).clamp(start, bytes.len());
        let line_start = bytes[..start].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let line_end =
            bytes[start..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| start + n);
        let line_number = bytes[..line_start].iter().filter(|b| **b == b'\n').count() + 1;
        let marked_end = end.min(line_end);

        let before = String::from_utf8_lossy(&bytes[line_start..start]);
        let marked = String::from_utf8_lossy(&bytes[start..marked_end]);
        let after = String::from_utf8_lossy(&bytes[marked_end..line_end]);
        let before = before.strip_prefix('\u{FEFF}').unwrap_or(&before);
        let line = format!("{before}{marked}{after}");
        let line = line.strip_suffix('\r').unwrap_or(&line);
        let shown = quote::shown(line, before.len(), before.len() + marked.len());
        let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Located {
            file: text.name.clone(),
            line: to_u32(line_number),
            column: to_u32(before.chars().count() + 1),
            width: to_u32(marked.chars().count().max(1)),
            shown,
        }
    }
}

/// A place as a person is shown it.
#[derive(Debug, Clone)]
pub(crate) struct Located {
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) width: u32,
    pub(crate) shown: Shown,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(bytes: &[u8], start: usize, end: usize) -> (u32, u32, String) {
        let mut texts = Texts::new();
        texts.add_scenario("a.toml", bytes);
        let at = texts.locate(Place::new(FileId(0), start, end));
        (at.line, at.column, at.shown.text)
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(at("x = 1\né = 2\n".as_bytes(), 9, 10), (2, 3, "é = 2".into()));
    }

    #[test]
    fn carriage_returns_and_marks_at_the_start_are_not_columns() {
        assert_eq!(at(b"\xEF\xBB\xBFab = 1\r\nc = 2\r\n", 3, 5), (1, 1, "ab = 1".into()));
        assert_eq!(at(b"a = 1\r\nc = 2\r\n", 7, 8), (2, 1, "c = 2".into()));
    }

    #[test]
    fn a_place_outside_the_text_is_the_end_of_it() {
        assert_eq!(at(b"a", 900, 901), (1, 2, "a".into()));
        assert_eq!(at(b"", 0, 0), (1, 1, "".into()));
    }

    #[test]
    fn the_order_of_adding_changes_nothing() {
        let mut texts = Texts::new();
        texts.add_scenario("b", "");
        texts.add_ruleset("z", "");
        texts.add_scenario("a", "");
        let names: Vec<&str> = texts.iter().map(|(_, name, _)| name).collect();
        assert_eq!(names, ["z", "a", "b"]);
    }
}
