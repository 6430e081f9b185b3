//! What is wrong with a text, where, and what was probably meant.
//!
//! While reading, findings are noted in a [`Sink`] as byte places; [`Sink::finish`] turns them into
//! [`Problem`]s a person can read: file, line, column, the line itself. A problem never stops the
//! reading, so one run tells everything there is to tell (up to [`caps::PROBLEMS_MAX`]).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::caps;
use crate::codes::{self, Code};
use crate::text::quote::printable;
use crate::texts::{FileId, Place, Texts};

/// Whether the scenario can still be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The scenario is refused.
    Error,
    /// The scenario is accepted; its writer should look.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// Another place that helps to understand a problem ("first given here").
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is to be seen there.
    pub message: String,
}

/// One thing wrong with the texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The stable code, such as `E0102`; `docs/book/diagnostics.md` explains each.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// Name of the file, as it was given.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Characters of the source that the problem covers, at least 1.
    pub width: u32,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do, or what was probably meant.
    pub hint: Option<String>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// The line of the file, printable and cut to a readable length.
    pub source_line: String,
    /// Columns before the problem in `source_line`.
    pub caret_column: u32,
    /// Columns the problem covers in `source_line`, at least 1.
    pub caret_width: u32,
}

impl fmt::Display for Problem {
    /// Plain text, no colour: the same bytes on every machine.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { file, line, column, severity, code, message, .. } = self;
        writeln!(f, "{}:{line}:{column}: {severity}[{code}]: {message}", printable(file))?;
        let number = line.to_string();
        let gutter = " ".repeat(number.len());
        writeln!(f, " {number} | {}", self.source_line)?;
        let lead = " ".repeat(self.caret_column as usize);
        let carets = "^".repeat(self.caret_width.max(1) as usize);
        writeln!(f, " {gutter} | {lead}{carets}")?;
        for label in &self.labels {
            let Label { file, line, column, message } = label;
            writeln!(f, " {gutter} = {}:{line}:{column}: {message}", printable(file))?;
        }
        if let Some(hint) = &self.hint {
            writeln!(f, " {gutter} = hint: {hint}")?;
        }
        Ok(())
    }
}

/// All problems as one text, with a closing count; empty when there are none.
pub fn render(problems: &[Problem]) -> String {
    let mut out = String::new();
    for problem in problems {
        out.push_str(&problem.to_string());
        out.push('\n');
    }
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    let warnings = problems.len() - errors;
    let plural = |n: usize, word: &str| match n {
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    };
    match (errors, warnings) {
        (0, 0) => {}
        (e, 0) => out.push_str(&format!("{}\n", plural(e, "error"))),
        (0, w) => out.push_str(&format!("{}\n", plural(w, "warning"))),
        (e, w) => {
            out.push_str(&format!("{}, {}\n", plural(e, "error"), plural(w, "warning")));
        }
    }
    out
}

/// A problem while it is being noted: places are still byte ranges.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    code: &'static Code,
    place: Place,
    message: String,
    hint: Option<String>,
    labels: Vec<(Place, String)>,
}

impl Finding {
    /// Adds advice.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds advice if there is any.
    pub(crate) fn maybe_hint(mut self, hint: Option<String>) -> Self {
        if hint.is_some() {
            self.hint = hint;
        }
        self
    }

    /// Points at another place.
    pub(crate) fn label(mut self, place: Place, message: impl Into<String>) -> Self {
        self.labels.push((place, message.into()));
        self
    }
}

/// Begins a finding.
pub(crate) fn finding(code: &'static Code, place: Place, message: impl Into<String>) -> Finding {
    Finding { code, place, message: message.into(), hint: None, labels: Vec::new() }
}

/// Where findings are noted. Shared by reference, so that readers of nested tables can hold it at once.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    inner: RefCell<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    kept: Vec<Finding>,
    seen: BTreeSet<(&'static str, Place, String)>,
    errors: usize,
    more: usize,
    /// Files that could be read only in part: what their trees lack is not news.
    torn: BTreeSet<FileId>,
}

impl Sink {
    /// Notes a finding; one that was noted before is dropped.
    pub(crate) fn note(&self, finding: Finding) {
        let mut inner = self.inner.borrow_mut();
        if inner.is_echo(&finding) {
            return;
        }
        if finding.code.severity == Severity::Error {
            inner.errors += 1;
        }
        if inner.kept.len() >= caps::PROBLEMS_MAX {
            inner.more += 1;
            return;
        }
        let key = (finding.code.id, finding.place, finding.message.clone());
        if inner.seen.insert(key) {
            inner.kept.push(finding);
        }
    }

    /// Marks a file that could be read only in part. From here on only its text is judged, not its sense, and
    /// nobody is blamed for naming things that may have stood in it.
    pub(crate) fn tear(&self, file: FileId) {
        self.inner.borrow_mut().torn.insert(file);
    }

    /// Some file could be read only in part.
    pub(crate) fn is_torn(&self) -> bool {
        !self.inner.borrow().torn.is_empty()
    }

    /// Counts findings that are not worth keeping one by one.
    pub(crate) fn more(&self, count: usize) {
        let mut inner = self.inner.borrow_mut();
        inner.more += count;
        inner.errors += count;
    }

    /// How many errors were noted so far, the uncounted included.
    pub(crate) fn errors(&self) -> usize {
        self.inner.borrow().errors
    }

    /// No more will be shown: the caller may skip dear work such as looking for similar words.
    pub(crate) fn is_full(&self) -> bool {
        self.inner.borrow().kept.len() >= caps::PROBLEMS_MAX
    }

    /// The findings in the order of the files and lines, ready to be read.
    pub(crate) fn finish(self, texts: &Texts) -> Vec<Problem> {
        let Inner { mut kept, more, .. } = self.inner.into_inner();
        kept.sort_by(|a, b| {
            (a.place, a.code.id, &a.message).cmp(&(b.place, b.code.id, &b.message))
        });
        if more > 0 {
            let place = kept.last().map_or(Place::default(), |f| f.place);
            let message = format!("{more} more problems are not shown");
            kept.push(
                finding(&codes::MORE, place, message).hint("mend these first, then look again"),
            );
        }
        kept.into_iter().map(|finding| shown(finding, texts)).collect()
    }
}

impl Inner {
    fn is_echo(&self, finding: &Finding) -> bool {
        let of_text = finding.code.id < codes::NUMBER.id;
        let of_absence =
            [codes::MISSING_KEY.id, codes::UNKNOWN_ID.id, codes::WRONG_KIND.id, codes::NO_FILE.id];
        let torn_here = self.torn.contains(&finding.place.file) && !of_text;
        torn_here || !self.torn.is_empty() && of_absence.contains(&finding.code.id)
    }
}

fn shown(finding: Finding, texts: &Texts) -> Problem {
    let Finding { code, place, message, hint, labels } = finding;
    let at = texts.locate(place);
    let labels = labels
        .into_iter()
        .map(|(place, message)| {
            let at = texts.locate(place);
            Label { file: at.file, line: at.line, column: at.column, message }
        })
        .collect();
    Problem {
        code: code.id,
        severity: code.severity,
        file: at.file,
        line: at.line,
        column: at.column,
        width: at.width,
        message,
        hint,
        labels,
        source_line: at.shown.text,
        caret_column: at.shown.lead,
        caret_width: at.shown.width,
    }
}
