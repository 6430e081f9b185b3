//! Single values held against their kinds: texts, ids, numbers, quantities, words, dates.

use crate::caps;
use crate::codes;
use crate::problem::finding;
use crate::shape::check::Checker;
use crate::shape::ids::Lookup;
use crate::shape::record::Checked;
use crate::text::quantity::{self, Dimension, QuantityFault};
use crate::text::quote::quoted;
use crate::text::suggest;
use crate::text::tree::Node;
use crate::texts::Place;

/// Longest id, in characters.
pub(crate) const ID_CHARS_MAX: usize = 48;

impl Checker<'_> {
    pub(super) fn line(&self, text: &str, most: usize, node: &Node) -> Option<Checked> {
        if text.trim().is_empty() {
            self.note(node, finding(&codes::TEXT, node.place, "the text is empty"));
            return None;
        }
        if text.contains(['\n', '\r']) {
            self.note(node, finding(&codes::TEXT, node.place, "the text must be one line"));
            return None;
        }
        self.prose(text, most, node)
    }

    pub(super) fn prose(&self, text: &str, most: usize, node: &Node) -> Option<Checked> {
        let length = text.chars().count();
        if length > most {
            let message = format!("the text has {length} characters; {most} is the most");
            self.note(node, finding(&codes::TEXT, node.place, message));
            return None;
        }
        Some(Checked::Text(text.to_owned()))
    }

    /// Is the text shaped like an id? Notes the fault if not.
    pub(crate) fn is_id(&self, text: &str, place: Place) -> bool {
        let first = text.chars().next();
        let sound = first.is_some_and(|c| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && text.len() <= ID_CHARS_MAX;
        if !sound {
            let message = format!("{} is not an id", quoted(text));
            let mended = mended_id(text);
            let hint = match mended.is_empty() {
                true => "an id is made of a to z, 0 to 9 and dashes".to_owned(),
                false => format!("ids are made of a to z, 0 to 9 and dashes: {}", quoted(&mended)),
            };
            self.sink.note(finding(&codes::ID_SHAPE, place, message).hint(hint));
        }
        sound
    }

    pub(super) fn reference(
        &self,
        wanted: &[&'static str],
        text: &str,
        place: Place,
    ) -> Option<Checked> {
        match self.ids.find(wanted, text) {
            Lookup::Found(section, number) => return Some(Checked::Ref(section, number)),
            Lookup::Elsewhere(section) => {
                let message =
                    format!("{} is in {section}, not in {}", quoted(text), wanted.join(" or "));
                let hint = self.hint(wanted, text);
                self.sink.note(finding(&codes::WRONG_KIND, place, message).maybe_hint(hint));
            }
            Lookup::Unknown => {
                let message = format!("no {} is called {}", wanted.join(" or "), quoted(text));
                let hint = self.hint(wanted, text);
                self.sink.note(finding(&codes::UNKNOWN_ID, place, message).maybe_hint(hint));
            }
        }
        None
    }

    fn hint(&self, wanted: &[&'static str], text: &str) -> Option<String> {
        if self.sink.is_full() { None } else { self.ids.hint(wanted, text) }
    }

    pub(super) fn within(
        &self,
        number: i64,
        least: i64,
        most: i64,
        node: &Node,
        shown: &dyn Fn(i64) -> String,
    ) -> Option<Checked> {
        if (least..=most).contains(&number) {
            return Some(Checked::Whole(number));
        }
        let side = match number < least {
            true => format!("less than {}", shown(least)),
            false => format!("more than {}", shown(most)),
        };
        let message = format!("{} is {side}", shown(number));
        let hint = format!("from {} to {}", shown(least), shown(most));
        self.note(node, finding(&codes::RANGE, node.place, message).hint(hint));
        None
    }

    pub(super) fn quantity(&self, text: &str, of: &'static Dimension, node: &Node) -> Option<i64> {
        let units: Vec<&str> = of.units.iter().map(|unit| unit.name).collect();
        let example = format!("for example \"{}\"", of.example);
        let (code, message, hint) = match quantity::parse(text, of) {
            Ok(number) => return Some(number),
            Err(QuantityFault::NoNumber) => {
                let shown =
                    if text.trim().is_empty() { "nothing".to_owned() } else { quoted(text) };
                (&codes::UNIT, format!("{shown} is not {}", of.name), example)
            }
            Err(QuantityFault::NoUnit) => {
                (&codes::UNIT, format!("{} has no unit", quoted(text)), example)
            }
            Err(QuantityFault::UnknownUnit(unit)) => {
                let message = format!("{} is not a unit of {}", quoted(&unit), of.name);
                (&codes::UNIT, message, format!("units: {}", suggest::list(&units)))
            }
            Err(QuantityFault::TooLarge) => {
                (&codes::RANGE, format!("{} is too large to be held", quoted(text)), example)
            }
            Err(QuantityFault::TooFine) => {
                let message = format!("{} is finer than one {}", quoted(text), of.base);
                (&codes::RANGE, message, example)
            }
        };
        self.note(node, finding(code, node.place, message).hint(hint));
        None
    }

    pub(super) fn choice(
        &self,
        words: &[(&'static str, &'static str)],
        text: &str,
        node: &Node,
    ) -> Option<Checked> {
        if words.iter().any(|(word, _)| *word == text) {
            return Some(Checked::Text(text.to_owned()));
        }
        let message = format!("{} is not one of the choices", quoted(text));
        let hint = choices_hint(words.iter().map(|(word, _)| *word), text);
        self.note(node, finding(&codes::CHOICE, node.place, message).hint(hint));
        None
    }

    pub(super) fn date(&self, text: &str, node: &Node) -> Option<Checked> {
        let Some(calendar) = self.calendar else {
            return Some(Checked::Whole(0));
        };
        match calendar.parse(text) {
            Ok(time) => Some(Checked::Whole(time.0)),
            Err(error) => {
                let message = crate::load::not_a_date(text, &error);
                let hint = "write \"2470-05-07\" or \"2470-05-07T04:10\"";
                self.note(node, finding(&codes::DATE, node.place, message).hint(hint));
                None
            }
        }
    }
}

pub(super) fn choices_hint<'a>(words: impl Iterator<Item = &'a str>, text: &str) -> String {
    let words: Vec<&str> = words.collect();
    match suggest::nearest(text, words.iter().copied()) {
        Some(word) => format!("did you mean {}?", quoted(word)),
        None => format!("one of {}", suggest::list(&words)),
    }
}

/// An id a person could have meant: lower case, dashes, nothing else.
fn mended_id(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(caps::SUGGEST_CHARS_MAX) {
        let c = c.to_ascii_lowercase();
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if matches!(c, ' ' | '_' | '-' | '.') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(ID_CHARS_MAX);
    out.trim_matches('-').to_owned()
}
