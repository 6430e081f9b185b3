//! Scenes: passages of the story, each made from some events. One file for each sort of scene; none knows of the others.

mod battle;
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
}

/// All scenes, unsorted.
pub fn scenes(telling: &Telling) -> Vec<Scene> {
    let mut scenes = Vec::new();
    battle::scenes(telling, &mut scenes);
    minor::scenes(telling, &mut scenes);
    great::scenes(telling, &mut scenes);
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

/// A reason made ready for a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purpose {
    /// To put behind a statement, with its comma; empty if it cannot stand there.
    pub clause: String,
    /// A sentence of its own, with a space before; empty if it is a clause.
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
            _ => {
                Purpose { clause: String::new(), sentence: format!(" {}.", words::sentence(text)) }
            }
        }
    }
}
