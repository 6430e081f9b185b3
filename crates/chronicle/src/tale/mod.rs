//! Scenes: passages of the story, each made from some events. One file for each sort of scene; none knows of the others.

mod battle;
mod castaways;
mod doings;
mod great;
mod ground;
mod minor;
mod plans;

use crate::causes::Index;
use crate::names::Names;
use crate::record::Record;
use crate::words;
use jumpline_measure::{BodyId, PowerId, Time};
use jumpline_world::event::{Cause, Event};
use std::collections::BTreeSet;

/// One passage with a time, a place and a weight. Headlines keep the weightiest.
#[derive(Clone, Debug)]
pub struct Scene {
    /// When it begins.
    pub at: Time,
    /// Where, if in one place.
    pub body: Option<BodyId>,
    /// How much it matters.
    pub weight: i64,
    /// Told in headlines whatever its weight beside others'.
    pub must: bool,
    /// Its paragraphs.
    pub text: Vec<String>,
}

/// What every teller is given.
pub struct Telling<'a> {
    /// Names.
    pub names: Names<'a>,
    /// Events by number.
    pub index: Index<'a>,
    /// All events.
    pub events: &'a [Event],
    /// Battles and the rest.
    pub record: Record<'a>,
    /// Everything, or headlines?
    pub full: bool,
    /// A battle that weighs less than this is minor: in a small war less than in a great one.
    pub minor: i64,
}

pub use battle::weight;

/// A battle that weighs less than this part of the war's greatest is minor.
const MINOR_PARTS: i64 = 120;

/// All scenes, unsorted.
pub fn scenes(telling: &mut Telling) -> Vec<Scene> {
    let greatest =
        telling.record.battles.iter().map(|one| battle::weight(telling, one)).max().unwrap_or(0);
    telling.minor = (greatest / MINOR_PARTS).clamp(8, 150);
    let telling = &*telling;
    let mut scenes = Vec::new();
    battle::scenes(telling, &mut scenes);
    minor::scenes(telling, &mut scenes);
    great::scenes(telling, &mut scenes);
    castaways::scenes(telling, &mut scenes);
    ground::scenes(telling, &mut scenes);
    plans::scenes(telling, &mut scenes);
    doings::scenes(telling, &mut scenes);
    scenes
}

/// Seconds from one moment to another.
fn since_s(earlier: Time, later: Time) -> i64 {
    later.saturating_since(earlier).0
}

impl Telling<'_> {
    /// "06:12".
    fn clock(&self, at: Time) -> String {
        self.names.law.calendar.clock(at)
    }

    /// The day a moment belongs to, for telling apart.
    fn day(&self, at: Time) -> Time {
        self.names.law.calendar.midnight(at)
    }

    /// Why, as a clause that can follow a statement of what that power did: ", to break the starbase", or as a sentence of
    /// its own. Empty when nobody said.
    fn purpose(&self, because: &[Cause], of: Option<PowerId>) -> Purpose {
        let reason = crate::causes::reason(&self.names, &self.index, because);
        let Some(reason) = reason.filter(|reason| of.is_none_or(|power| power == reason.power))
        else {
            return Purpose::default();
        };
        Purpose::of(&reason.text)
    }
}

/// Marks round a passage that is told once in a story and left out when it comes again.
const ONCE: [char; 2] = ['\u{1}', '\u{2}'];

/// Marks a passage so.
fn once(text: &str) -> String {
    let [open, close] = ONCE;
    format!("{open}{text}{close}")
}

/// Takes the marks out of a paragraph, and with them what was told before.
pub fn unmark(paragraph: &str, told: &mut BTreeSet<String>) -> String {
    let [open, close] = ONCE;
    let mut out = String::with_capacity(paragraph.len());
    let mut rest = paragraph;
    while let Some((before, marked)) = rest.split_once(open) {
        out.push_str(before);
        let (inside, after) = marked.split_once(close).unwrap_or((marked, ""));
        if told.insert(inside.trim().to_owned()) {
            out.push_str(inside);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A reason made ready for a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purpose {
    /// To put behind a statement, with its comma; empty if it cannot stand there.
    pub clause: String,
    /// A sentence of its own, with a space before, marked to be told once; empty if it is a clause.
    pub sentence: String,
}

impl Purpose {
    fn of(text: &str) -> Purpose {
        let text = text.trim().trim_end_matches('.');
        let clause = |text: String| Purpose { clause: text, sentence: String::new() };
        if text.is_empty() {
            return Purpose::default();
        }
        let first = text.split_whitespace().next().unwrap_or("");
        let one_sentence = !text.contains(". ");
        let lower = first.chars().next().is_some_and(char::is_lowercase);
        match first {
            "to" if one_sentence => clause(format!(", {text}")),
            "because" | "since" | "as" | "so" | "hoping" | "meaning" | "before" | "while"
                if one_sentence =>
            {
                clause(format!(", {text}"))
            }
            _ if lower && one_sentence => clause(format!(", because {text}")),
            _ => Purpose {
                clause: String::new(),
                sentence: once(&format!(" {}.", words::sentence(text))),
            },
        }
    }
}
