//! What only the scenario knows: operations and expectations from their records.

use std::collections::{BTreeMap, BTreeSet};

use jumpline_measure::{BodyId, ClassId, DoctrineId, PowerId, Span, Time};
use jumpline_world::event::EVENT_NAMES;
use jumpline_world::law::{
    Across, Begin, Codex, Count, Expectation, Gauge, Mark, OpTarget, OpTask, Operation, Present,
    Role,
};
use jumpline_world::order::Answer;

use crate::codes;
use crate::problem::finding;
use crate::read::Reading;
use crate::read::codex::members;
use crate::read::fleet::{self, Dates};
use crate::read::words;
use crate::shape::record::{Checked, Item, MapKey, Record};
use crate::text::quote::quoted;
use crate::text::suggest;

/// All operations, in the order written.
pub(crate) fn operations(reading: &Reading, codex: &Codex, dates: Dates) -> Vec<Operation> {
    let owners = owners(reading);
    let entries = reading.written("operation");
    let out = entries
        .iter()
        .map(|(key, record)| operation(reading, codex, dates, (key, record), &owners))
        .collect();
    no_rings(reading, &entries);
    out
}

/// Which powers have a force that a key or tag names.
fn owners(reading: &Reading) -> BTreeMap<String, BTreeSet<usize>> {
    let mut out: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for section in ["force", "arrival"] {
        for (key, record) in reading.entities(section) {
            let Some(power) = record.maybe_ref("power") else { continue };
            let mut add = |name: &str| {
                out.entry(name.to_owned()).or_default().insert(power);
            };
            add(&key.text);
            add(&format!("{}-cargo", key.text));
            for tag in record.list("tags").iter().filter_map(Item::text) {
                add(tag);
            }
        }
    }
    out
}

fn operation(
    reading: &Reading,
    codex: &Codex,
    dates: Dates,
    (key, record): (&MapKey, &Record),
    owners: &BTreeMap<String, BTreeSet<usize>>,
) -> Operation {
    let power = record.reference("power");
    let names = names(reading, record, "forces");
    for (name, item) in names.iter().zip(record.list("forces")) {
        let owned = owners.get(name).is_some_and(|powers| powers.contains(&power));
        if !owned && record.has("power") && reading.is_clean(&["force", "arrival"]) {
            let message = format!("no force called {} is this power's", quoted(name));
            reading.note(finding(&codes::WRONG_KIND, item.place, message));
        }
    }
    let begin = record.record("begin").map(|begin| self::begin(reading, dates, begin));
    let begin = begin.unwrap_or(Begin::At(dates.begins));
    let at = if let Begin::At(at) = begin { at } else { dates.begins };
    let tasks = record.records("tasks").map(|record| task(reading, codex, record, at)).collect();
    let default_answer: Option<Answer> = record.text("default_answer").and_then(words::meant);
    Operation {
        key: key.text.clone(),
        name: record.string("name"),
        power: PowerId::from_index(power),
        forces: names,
        begin,
        most_groups: u32::try_from(record.whole("most_groups")).unwrap_or(0),
        tasks,
        reason: record.string("reason"),
        asks: record.refs("asks").into_iter().map(PowerId::from_index).collect(),
        default_answer: default_answer.unwrap_or(Answer::Agree),
    }
}

/// The texts behind a list of references to forces or tags.
fn names(reading: &Reading, record: &Record, key: &str) -> Vec<String> {
    record.list(key).iter().filter_map(|item| name_of(reading, item)).collect()
}

fn name_of(reading: &Reading, item: &Item) -> Option<String> {
    match item.value {
        Checked::Ref(section, number) => reading.ids.of(section).get(number).cloned(),
        _ => None,
    }
}

fn begin(reading: &Reading, dates: Dates, record: &Record) -> Begin {
    let given = ["at", "after", "done", "seen"].iter().filter(|key| record.has(key)).count();
    if given != 1 && record.is_clean {
        let message = match given {
            0 => "the beginning says nothing",
            _ => "the beginning says more than one thing",
        };
        let hint = "give exactly one of `at`, `after`, `done`, `seen`";
        reading.note(finding(&codes::RULES, record.place, message).hint(hint));
    }
    let delay = Span(record.whole("delay"));
    if let Some(item) = record.get("after") {
        return Begin::After { operation: name_of(reading, item).unwrap_or_default(), delay };
    }
    if let Some(item) = record.get("done") {
        return Begin::Done { operation: name_of(reading, item).unwrap_or_default(), delay };
    }
    if let Some(seen) = record.record("seen") {
        return Begin::Seen {
            body: BodyId::from_index(seen.reference("body")),
            roles: roles(seen),
            count: u32::try_from(seen.whole("count")).unwrap_or(1),
            from: seen.maybe_whole("from").map_or(dates.begins, Time),
        };
    }
    let at = record.maybe_whole("at").map_or(dates.begins, Time);
    if record.is_clean && !(dates.begins <= at && at < dates.ends) {
        let message = "the operation begins outside the war";
        reading.note(finding(&codes::DATE_ORDER, record.place_of("at"), message));
    }
    Begin::At(at)
}

fn roles(record: &Record) -> Vec<Role> {
    record.list("roles").iter().filter_map(Item::text).filter_map(words::meant).collect()
}

fn task(reading: &Reading, codex: &Codex, record: &Record, at: Time) -> OpTask {
    let body = |key: &str| BodyId::from_index(record.reference(key));
    let spot = |key: &str| {
        let spot = record.record("spot")?;
        Some(fleet::place(reading, codex, body(key), spot, at))
    };
    let class = || record.maybe_ref("class").map(ClassId::from_index);
    let tag = || record.get("tag").and_then(|item| name_of(reading, item)).unwrap_or_default();
    if matches!(record.variant, Some("ambush" | "lay_mines" | "recover_mines"))
        && record.has("from")
        && record.maybe_ref("from") == record.maybe_ref("to")
    {
        let message = "a line joins two bodies";
        reading.note(finding(&codes::CYCLE, record.place_of("to"), message));
    }
    let task = match record.variant.unwrap_or("unload") {
        "hold" => OpTarget::Hold { until: record.maybe_whole("until").map(Time) },
        "move" => OpTarget::Move {
            to: body("to"),
            spot: spot("to"),
            pace_permille: record.whole("pace_permille"),
        },
        "guard" => OpTarget::Guard { body: body("body"), spot: spot("body") },
        "ambush" => OpTarget::Ambush {
            from: body("from"),
            to: body("to"),
            standoff_m: record.whole("standoff_m"),
        },
        "hunt" => OpTarget::Hunt { roles: roles(record), class: class() },
        "raid" => OpTarget::Raid { body: body("body"), roles: roles(record) },
        "assault" => OpTarget::Assault { body: body("body"), roles: roles(record), class: class() },
        "lay_mines" => OpTarget::LayMines {
            from: body("from"),
            to: body("to"),
            offset_m: record.whole("offset_m"),
            count: record.whole("count"),
        },
        "recover_mines" => OpTarget::RecoverMines { from: body("from"), to: body("to") },
        "load" => OpTarget::Load { tag: tag() },
        "land" => {
            use jumpline_chart::BodyKind;
            let id = body("body");
            let kind = codex.chart.body(id).map(|body| body.kind);
            let clean = record.is_clean && reading.is_clean(&["body"]);
            if clean && matches!(kind, Some(BodyKind::Star | BodyKind::GasGiant)) {
                let message = "nothing can land there: it has no ground";
                reading.note(finding(&codes::RULES, record.place_of("body"), message));
            }
            OpTarget::Land { body: id, sites: u32::try_from(record.whole("sites")).unwrap_or(1) }
        }
        "withdraw" => OpTarget::Withdraw { to: record.maybe_ref("to").map(BodyId::from_index) },
        "escort" => OpTarget::Escort { tag: tag() },
        _ => OpTarget::Unload,
    };
    OpTask { task, doctrine: record.maybe_ref("doctrine").map(DoctrineId::from_index) }
}

/// Operations that wait for each other in a ring never begin.
fn no_rings(reading: &Reading, entries: &[(&MapKey, &Record)]) {
    let waits: BTreeMap<&str, (&str, &Record)> = entries
        .iter()
        .filter_map(|(key, record)| {
            let begin = record.record("begin")?;
            let item = begin.get("after").or_else(|| begin.get("done"))?;
            let Checked::Ref(_, number) = item.value else { return None };
            let other = reading.ids.of("operation").get(number)?;
            Some((key.text.as_str(), (other.as_str(), *record)))
        })
        .collect();
    let mut cleared: BTreeSet<&str> = BTreeSet::new();
    for start in waits.keys() {
        let mut path: Vec<&str> = Vec::new();
        let mut on_path: BTreeSet<&str> = BTreeSet::new();
        let mut at = *start;
        while let Some((next, record)) = waits.get(at) {
            if cleared.contains(at) {
                break;
            }
            if !on_path.insert(at) {
                let message = format!("{} waits for itself", quoted(at));
                let ring: Vec<&str> =
                    path.iter().copied().skip_while(|key| *key != at).take(8).collect();
                let hint = format!("the ring: {}", suggest::list(&ring));
                reading.note(finding(&codes::CYCLE, record.place_of("begin"), message).hint(hint));
                break;
            }
            path.push(at);
            at = next;
        }
        cleared.extend(path);
    }
}

/// All expectations, in the order written.
pub(crate) fn expectations(reading: &Reading, dates: Dates) -> Vec<Expectation> {
    let entries = reading.written("expectation");
    entries
        .into_iter()
        .filter_map(|(key, record)| expectation(reading, dates, key, record))
        .collect()
}

fn expectation(
    reading: &Reading,
    dates: Dates,
    key: &MapKey,
    record: &Record,
) -> Option<Expectation> {
    let judge = Judge { reading, dates };
    let (least, most) = (record.whole("least"), record.whole("most"));
    if record.has("least") && record.has("most") && least > most {
        let message = format!("no number is at least {least} and at most {most}");
        reading.note(finding(&codes::EXPECTATION, record.place_of("least"), message));
    }
    let gauges = ["count", "share", "peak", "present", "ratio", "hull_lost"];
    let given: Vec<&str> = gauges.into_iter().filter(|gauge| record.has(gauge)).collect();
    if given.len() != 1 && record.is_clean {
        let message = match given.len() {
            0 => format!("{} measures nothing", quoted(&key.text)),
            _ => format!("{} measures several things", quoted(&key.text)),
        };
        let hint = format!("give exactly one of {}", suggest::list(&gauges));
        reading.note(finding(&codes::EXPECTATION, key.place, message).hint(hint));
    }
    let gauge = given.first().and_then(|gauge| judge.gauge(gauge, record.record(gauge)?));
    let across = match record.get("across").map(|item| &item.value) {
        Some(Checked::Text(word)) if word == "every" => Across::Every,
        Some(Checked::Record(share)) => Across::AtLeast(share.whole("at_least_permille")),
        _ => Across::Median,
    };
    Some(Expectation {
        key: key.text.clone(),
        canon: record.string("canon"),
        says: record.string("says"),
        gauge: gauge?,
        least,
        most,
        across,
    })
}

/// Reads gauges and judges whether they can ever measure anything.
struct Judge<'a> {
    reading: &'a Reading<'a>,
    dates: Dates,
}

impl Judge<'_> {
    fn gauge(&self, name: &str, record: &Record) -> Option<Gauge> {
        Some(match name {
            "count" => Gauge::Count(self.count(record)),
            "share" => Gauge::Share {
                part: self.count(record.record("part")?),
                whole: self.count(record.record("whole")?),
            },
            "peak" => Gauge::Peak {
                count: self.count(record.record("count")?),
                window_s: record.whole("window_s"),
            },
            "present" => Gauge::Present(self.present(record)),
            "ratio" => Gauge::Ratio {
                one: self.present(record.record("one")?),
                other: self.present(record.record("other")?),
            },
            _ => Gauge::HullLost {
                class: ClassId::from_index(record.reference("class")),
                when: self.mark(record.record("when")?),
            },
        })
    }

    fn event(&self, record: &Record) -> String {
        let event = record.string("event");
        if !event.is_empty() && !EVENT_NAMES.iter().any(|(name, _)| *name == event) {
            let message = format!("no event is called {}", quoted(&event));
            let names = EVENT_NAMES.iter().map(|(name, _)| *name);
            let hint = suggest::nearest(&event, names)
                .map(|name| format!("did you mean {}?", quoted(name)));
            let hint = hint.or_else(|| Some("the events are listed in the reference".to_owned()));
            self.reading.note(
                finding(&codes::UNKNOWN_ID, record.place_of("event"), message).maybe_hint(hint),
            );
        }
        event
    }

    fn mark(&self, record: &Record) -> Mark {
        Mark {
            event: self.event(record),
            power: record.maybe_ref("power").map(PowerId::from_index),
            class: record.maybe_ref("class").map(ClassId::from_index),
            body: record.maybe_ref("body").map(BodyId::from_index),
        }
    }

    fn count(&self, record: &Record) -> Count {
        let event = self.event(record);
        let sum = record.string("sum");
        let known = EVENT_NAMES.iter().find(|(name, _)| *name == event).map(|(_, sums)| *sums);
        if let Some(sums) = known.filter(|sums| !sum.is_empty() && !sums.contains(&sum.as_str())) {
            let message = format!("{} has no quantity {}", quoted(&event), quoted(&sum));
            let hint = match sums.is_empty() {
                true => "this event can only be counted: leave `sum` out".to_owned(),
                false => format!("its quantities: {}", suggest::list(sums)),
            };
            self.reading
                .note(finding(&codes::EXPECTATION, record.place_of("sum"), message).hint(hint));
        }
        let how = record.string("how");
        if !how.is_empty() && event != "ship_lost" {
            let message = format!("only `ship_lost` says how, not {}", quoted(&event));
            self.reading.note(finding(&codes::EXPECTATION, record.place_of("how"), message));
        }
        let from = self.moment(record, "from");
        let until = self.moment(record, "until");
        if let (Some(from), Some(until)) = (from, until)
            && from > until
        {
            let message = "the count ends before it begins";
            self.reading.note(finding(&codes::EXPECTATION, record.place_of("until"), message));
        }
        Count {
            event,
            powers: self.powers(record),
            roles: roles(record),
            class: record.maybe_ref("class").map(ClassId::from_index),
            body: record.maybe_ref("body").map(BodyId::from_index),
            how,
            from,
            until,
            before: record.record("before").map(|mark| self.mark(mark)),
            sum,
            distinct: record.flag("distinct"),
        }
    }

    fn present(&self, record: &Record) -> Present {
        Present {
            powers: self.powers(record),
            roles: roles(record),
            body: record.maybe_ref("body").map(BodyId::from_index),
            at: self.moment(record, "at").unwrap_or(self.dates.begins),
            share_of_opening: record.flag("share_of_opening"),
        }
    }

    /// A date of the war; one outside it can never be measured.
    fn moment(&self, record: &Record, key: &str) -> Option<Time> {
        let at = Time(record.maybe_whole(key)?);
        if !(self.dates.begins <= at && at <= self.dates.ends) {
            let message = "the date lies outside the war";
            self.reading.note(finding(&codes::DATE_ORDER, record.place_of(key), message));
        }
        Some(at)
    }

    /// Powers named one by one or by their alliance, each once.
    fn powers(&self, record: &Record) -> Vec<PowerId> {
        let mut out: BTreeSet<usize> = BTreeSet::new();
        for item in record.list("powers") {
            match item.value {
                Checked::Ref("power", number) => {
                    out.insert(number);
                }
                Checked::Ref(_, number) => out.extend(members(self.reading, number)),
                _ => {}
            }
        }
        out.into_iter().map(PowerId::from_index).collect()
    }
}
