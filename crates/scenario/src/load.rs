//! The whole way from texts to a war.

use std::rc::Rc;

use jumpline_measure::{Calendar, CalendarError};
use jumpline_world::law::{Law, Plan};
use jumpline_world::state::State;

use crate::caps;
use crate::codes;
use crate::problem::{Problem, Sink, finding};
use crate::read::{self, Reading, codex, expectation, fleet, opening, operation, place, rules};
use crate::shape::check::Checker;
use crate::text::quote::{hidden, quoted};
use crate::text::tree::{Node, Table, Value};
use crate::text::{decode, depth, layer, parse, suggest, syntax};
use crate::texts::{FileId, Layer, Place, Texts};

/// The version of the text format that this build reads and writes.
pub const FORMAT: i64 = 1;
/// The ruleset of a scenario that names none.
const RULESET: &str = "core";

/// A scenario that can be played.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What things are, and what the scenario's writer planned.
    pub law: Law,
    /// The world at the opening, with seed 0; see [`Loaded::opening`] for another.
    pub opening: State,
    /// The ruleset it is played by.
    pub ruleset: String,
    /// What the war is about, as its writer tells it; may be empty.
    pub summary: String,
}

impl Loaded {
    /// The world at the opening of the war with a seed.
    #[must_use]
    pub fn opening(&self, seed: u64) -> State {
        let mut state = self.opening.clone();
        state.seed = seed;
        state
    }
}

/// Reads a scenario. `key` is its name (of its folder). The war is there exactly if no problem is an error.
pub fn load(key: &str, texts: &Texts) -> (Option<Loaded>, Vec<Problem>) {
    let sink = Sink::default();
    let loaded = war(key, texts, &sink);
    let loaded = loaded.filter(|_| sink.errors() == 0);
    (loaded, sink.finish(texts))
}

/// The ruleset that a scenario's own files name, so that the caller knows which files to add with
/// [`Texts::add_ruleset`]; `core` if they name none that is readable.
pub fn ruleset_of(texts: &Texts) -> String {
    let sink = Sink::default();
    let mut named = RULESET.to_owned();
    for (file, text) in texts.numbered().filter(|(_, text)| text.layer == Layer::Scenario) {
        let Some(table) = tree_of(file, text, &sink) else { continue };
        let Some(Value::Table(scenario)) = table.get("scenario").map(|node| &node.value) else {
            continue;
        };
        if let Some(Value::Text(ruleset)) = scenario.get("ruleset").map(|node| &node.value) {
            named.clone_from(ruleset);
        }
    }
    named
}

fn war(key: &str, texts: &Texts, sink: &Sink) -> Option<Loaded> {
    let mut tree = merged(texts, sink)?;
    let ids = read::ids_of(&tree);
    let calendar = calendar(&tree, sink);
    let root = Rc::new(read::root());
    known_sections(&mut tree, &root, sink);
    let at = scenario_place(&tree);
    let record = Checker::new(sink, &ids, calendar.as_ref()).table(&root, &tree, at);

    if sink.is_torn() {
        return None;
    }
    let reading = Reading::new(&record, &ids, sink);
    let chart = place::build(&reading);
    let rules = rules::build(&reading);
    // From here on everything leans on rules, dates and chart: without them there is nothing to judge.
    let (rules, calendar, scenario) = (rules?, calendar?, record.record("scenario")?);
    let dates = opening::dates(&reading, scenario);
    let codex = codex::build(&reading, rules, chart);
    let regards = codex::regards(&reading, &codex);
    let (forces, arrivals) = fleet::build(&reading, &codex, dates);
    let operations = operation::build(&reading, &codex, dates);
    let expectations = expectation::build(&reading, dates);
    ruleset_agrees(&reading, scenario);
    if reading.is_sound() {
        opening::playable(&reading, &codex, &forces, &regards);
    }
    if !reading.is_sound() {
        return None;
    }
    let plan = Plan { arrivals, operations, expectations };
    let law = opening::law(key, scenario, calendar, dates, codex, plan);
    let opening = opening::state(&reading, &law, &forces, regards)?;
    let (ruleset, summary) = (scenario.string("ruleset"), scenario.string("summary"));
    Some(Loaded { law, opening, ruleset, summary })
}

/// One tree from all files: each layer joined, the scenario laid over the ruleset.
fn merged(texts: &Texts, sink: &Sink) -> Option<Table> {
    if !acceptable(texts, sink) {
        return None;
    }
    let mut layers = [Table::default(), Table::default()];
    for (file, text) in texts.numbered() {
        let Some(mut table) = tree_of(file, text, sink) else { continue };
        let needs_format =
            ["scenario", "ruleset"].iter().any(|key| table.entries.contains_key(*key));
        format(&mut table, file, needs_format, sink);
        let layer = &mut layers[usize::from(text.layer == Layer::Scenario)];
        layer::join(layer, table, sink);
    }
    let [mut below, above] = layers;
    if above.get("scenario").is_none() && sink.errors() == 0 {
        let first = texts.numbered().find(|(_, text)| text.layer == Layer::Scenario);
        let at = first.map_or(Place::default(), |(file, _)| Place::new(file, 0, 0));
        let message = "the scenario has no [scenario] table";
        let hint = "begin with: format = 1, [scenario], title = \"…\"";
        sink.note(finding(&codes::NO_FILE, at, message).hint(hint));
        return None;
    }
    layer::cover(&mut below, above);
    Some(below)
}

/// A text that is not a date, and why.
pub(crate) fn not_a_date(text: &str, error: &CalendarError) -> String {
    let why = error.to_string();
    format!("{} is not a date: {}", quoted(text), why.strip_prefix("not a date: ").unwrap_or(&why))
}

pub(crate) fn tree_of(file: FileId, text: &crate::texts::Text, sink: &Sink) -> Option<Table> {
    let Some(decoded) = decode::decode(file, text, sink) else {
        sink.tear(file);
        return None;
    };
    if !depth::is_shallow(file, &decoded, sink) || !syntax::is_mostly_toml(file, &decoded, sink) {
        sink.tear(file);
        return None;
    }
    Some(parse::parse(file, &decoded, sink))
}

/// Counts, sizes and names of the files.
fn acceptable(texts: &Texts, sink: &Sink) -> bool {
    let before = sink.errors();
    let all = texts.iter().fold(0usize, |sum, (_, _, bytes)| sum.saturating_add(bytes.len()));
    if texts.len() > caps::FILES_MAX {
        let message = format!("{} files; {} is the most", texts.len(), caps::FILES_MAX);
        sink.note(finding(&codes::TOO_MANY, Place::default(), message));
    }
    if all > caps::ALL_BYTES_MAX {
        let message = format!("{all} bytes in all files; {} is the most", caps::ALL_BYTES_MAX);
        sink.note(finding(&codes::TOO_LARGE, Place::default(), message));
    }
    if !texts.iter().any(|(layer, _, _)| layer == Layer::Scenario) {
        let message = "the scenario has no file";
        sink.note(finding(&codes::NO_FILE, Place::default(), message));
    }
    let mut last: Option<(Layer, &str)> = None;
    for (file, text) in texts.numbered() {
        let at = Place::new(file, 0, 0);
        let name = text.name.as_str();
        let fault = if name.trim().is_empty() {
            Some("the file has no name".to_owned())
        } else if name.chars().count() > caps::FILE_NAME_CHARS_MAX {
            Some(format!("the file's name has more than {} characters", caps::FILE_NAME_CHARS_MAX))
        } else if name.chars().any(|c| hidden(c).is_some()) {
            Some("the file's name holds a hidden character".to_owned())
        } else if last == Some((text.layer, name)) {
            Some(format!("two files are called {}", quoted(name)))
        } else {
            None
        };
        if let Some(message) = fault {
            sink.note(finding(&codes::FILE_NAME, at, message));
        }
        last = Some((text.layer, name));
    }
    sink.errors() == before
}

/// Takes the format version out of a file's table and judges it.
fn format(table: &mut Table, file: FileId, needed: bool, sink: &Sink) {
    let Some(entry) = table.entries.remove("format") else {
        if needed {
            let message = "the file does not say which format it is written in";
            let hint = format!("put this line at the top: format = {FORMAT}");
            sink.note(finding(&codes::FORMAT, Place::new(file, 0, 0), message).hint(hint));
        }
        return;
    };
    let place = entry.node.place;
    match entry.node.value {
        Value::Integer(FORMAT) | Value::Broken => {}
        Value::Integer(version) if version > FORMAT => {
            let message =
                format!("format {version} is newer than this build, which reads format {FORMAT}");
            sink.note(finding(&codes::FORMAT, place, message).hint("use a newer jumpline"));
        }
        Value::Integer(version) => {
            let message = format!("there never was a format {version}");
            let hint = format!("write format = {FORMAT}");
            sink.note(finding(&codes::FORMAT, place, message).hint(hint));
        }
        other => {
            let message = format!("the format is a whole number, found {}", other.kind());
            let hint = format!("write format = {FORMAT}");
            sink.note(finding(&codes::FORMAT, place, message).hint(hint));
        }
    }
}

fn scenario_place(tree: &Table) -> Place {
    tree.get("scenario").map_or(Place::default(), |node| node.place)
}

/// The calendar, by the scenario's epoch: needed before any other date can be read.
fn calendar(tree: &Table, sink: &Sink) -> Option<Calendar> {
    let Value::Table(scenario) = &tree.get("scenario")?.value else { return None };
    let Node { place, value, .. } = scenario.get("epoch")?;
    let (Value::Text(text) | Value::Date(text)) = value else { return None };
    match Calendar::parse_epoch(text) {
        Ok(calendar) => Some(calendar),
        Err(error) => {
            let message = not_a_date(text, &error);
            let hint = "write \"2470-05-02T00:00\"";
            sink.note(finding(&codes::DATE, *place, message).hint(hint));
            None
        }
    }
}

/// Reports and takes out what is no section of a scenario.
fn known_sections(tree: &mut Table, root: &crate::shape::Shape, sink: &Sink) {
    let unknown: Vec<String> =
        tree.entries.keys().filter(|key| root.field(key).is_none()).cloned().collect();
    for key in unknown {
        let Some(entry) = tree.entries.remove(&key) else { continue };
        if sink.is_full() {
            sink.more(1);
            continue;
        }
        let message = format!("no section is called {}", quoted(&key));
        let near = suggest::nearest(&key, root.keys());
        let hint = match (near, &entry.node.value) {
            (Some(near), _) => format!("did you mean {}?", quoted(near)),
            (None, Value::Table(_) | Value::List(_)) => {
                let known: Vec<&str> = root.keys().collect();
                format!("sections: {}", suggest::list(&known))
            }
            (None, _) => {
                "every key stands in a section; is a [header] missing above it?".to_owned()
            }
        };
        sink.note(finding(&codes::UNKNOWN_SECTION, entry.key_place, message).hint(hint));
    }
}

/// The ruleset that was given must be the one that the scenario names.
fn ruleset_agrees(reading: &Reading, scenario: &crate::shape::record::Record) {
    let named = scenario.string("ruleset");
    let Some(given) = reading.root.record("ruleset").and_then(|ruleset| ruleset.text("key")) else {
        return;
    };
    if !named.is_empty() && named != given {
        let message = format!(
            "the scenario is played by {}, and {} was given",
            quoted(&named),
            quoted(given)
        );
        reading.note(finding(&codes::WRONG_KIND, scenario.place_of("ruleset"), message));
    }
}
