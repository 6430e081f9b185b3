//! `[operation.KEY]`: an intention of one mind: some forces, a moment to begin, tasks in a row.

use std::collections::{BTreeMap, BTreeSet};

use jumpline_chart::BodyKind;
use jumpline_measure::{BodyId, ClassId, DoctrineId, PowerId, Span, Time};
use jumpline_world::law::{Begin, Codex, OpTarget, OpTask, Operation, Role};
use jumpline_world::order::Answer;

use crate::codes;
use crate::problem::finding;
use crate::read::Reading;
use crate::read::fleet::{self, Dates};
use crate::read::force;
use crate::read::power::{DECADE_S, POWERS_MAX};
use crate::read::weapon::REACH_MAX_M;
use crate::read::words;
use crate::shape::record::{Checked, Item, MapKey, Record};
use crate::shape::{Fallback, Kind, Shape, choice, list, quantity, set, table, variant};
use crate::text::quantity::SPAN_S;
use crate::text::quote::quoted;
use crate::text::suggest;

/// Most tasks in one operation.
const TASKS_MAX: usize = 64;

fn begin_shape() -> Shape {
    let seen = Shape::new(
        "a sighting",
        "At least so many ships hostile to the power are known at a body.",
    )
    .need("body", Kind::Ref(&["body"]), "Where")
    .or(
        "roles",
        set(choice(words::ROLES), 0, 32),
        Fallback::Empty,
        "Which roles count; all if left out",
    )
    .or_n("count", 1, 1_000_000, 1, "How many")
    .may("from", Kind::Date, "Not before this date; from the opening if left out");
    Shape::new(
        "a beginning",
        "When an operation begins: exactly one of `at`, `after`, `done`, `seen`.",
    )
    .may("at", Kind::Date, "At this date")
    .may("after", Kind::Ref(&["operation"]), "After this operation began")
    .may(
        "done",
        Kind::Ref(&["operation"]),
        "When every force of this operation has finished, fled or died",
    )
    .may("seen", table(seen), "When enemies are sighted")
    .or(
        "delay",
        quantity(&SPAN_S, 0, DECADE_S),
        Fallback::Whole(0),
        "How long after `after` or `done`",
    )
}

fn task_shape() -> Kind {
    let body = || Kind::Ref(&["body"]);
    let roles = || set(choice(words::ROLES), 0, 32);
    let class = || Kind::Ref(&["class"]);
    let tag = || Kind::Ref(&["force", "arrival", "tag"]);
    let of = |about: &str| {
        Shape::new("a task", about).may(
            "doctrine",
            Kind::Ref(&["doctrine"]),
            "Doctrine from here on, if it changes",
        )
    };
    variant(
        "do",
        vec![
            ("hold", of("Stay.").may("until", Kind::Date, "Until when; for good if left out")),
            (
                "move",
                of("Go to a body.")
                    .need("to", body(), "Where to")
                    .may("spot", table(force::spot()), "Where in its space")
                    .or_n("pace_permille", 1, 1_000, 1_000, "Share of full pace"),
            ),
            (
                "guard",
                of("Stand watch over a body.").need("body", body(), "Which").may(
                    "spot",
                    table(force::spot()),
                    "Where in its space",
                ),
            ),
            (
                "ambush",
                of("Wait beside a jumpline.")
                    .need("from", body(), "Start of the line")
                    .need("to", body(), "End of the line, where the ambush waits")
                    .need_n("standoff_m", 0, REACH_MAX_M, "Distance from the line"),
            ),
            (
                "hunt",
                of("Seek out ships of a kind wherever they are known.")
                    .or("roles", roles(), Fallback::Empty, "Which roles; all if left out")
                    .may("class", class(), "Which class"),
            ),
            (
                "raid",
                of("Strike at a body and leave.").need("body", body(), "Where").or(
                    "roles",
                    roles(),
                    Fallback::Empty,
                    "Which roles; all if left out",
                ),
            ),
            (
                "assault",
                of("Attack at a body and stay.")
                    .need("body", body(), "Where")
                    .or("roles", roles(), Fallback::Empty, "Which roles first; all if left out")
                    .may("class", class(), "Which class first"),
            ),
            (
                "lay_mines",
                of("Lay mines on a jumpline.")
                    .need("from", body(), "Start of the line")
                    .need("to", body(), "End of the line")
                    .need_n("offset_m", 0, REACH_MAX_M, "How far from the start")
                    .need_n("count", 1, 10_000_000, "How many"),
            ),
            (
                "recover_mines",
                of("Take up mines again.").need("from", body(), "Start of the line").need(
                    "to",
                    body(),
                    "End of the line",
                ),
            ),
            (
                "patrol",
                of("Fly circuits round a body for good; wings aboard a carrier go out for it by turns.")
                    .need("body", body(), "Round which")
                    .need_n("altitude_m", 0, REACH_MAX_M, "How high")
                    .or_n("points", 2, 64, 6, "Over how many points"),
            ),
            (
                "salvage",
                of("Take from wrecks what mends the group's own ships.").need(
                    "body",
                    body(),
                    "Where",
                ),
            ),
            ("unload", of("Put out the ships aboard.")),
            (
                "load",
                of("Take ships aboard.").need("tag", tag(), "Which: the tag or key of their force"),
            ),
            (
                "land",
                of("Run to the ground.").need("body", body(), "Where").or_n(
                    "sites",
                    1,
                    1_000,
                    1,
                    "In how many places",
                ),
            ),
            (
                "withdraw",
                of("Leave.").may("to", body(), "Where to; the nearest refuge if left out"),
            ),
            (
                "escort",
                of("Keep to another force and protect it.").need(
                    "tag",
                    tag(),
                    "Whom: the tag or key of a force",
                ),
            ),
        ],
    )
}

pub(crate) fn shape() -> Shape {
    Shape::new("an operation", "An intention of one mind: some forces, a moment to begin, tasks in a row. A person who plays that power may ignore it.")
        .need("name", Kind::Text(80), "Its name in prose")
        .need("power", Kind::Ref(&["power"]), "Whose it is")
        .need("forces", set(Kind::Ref(&["force", "arrival", "tag"]), 1, 1_000), "Forces, by key or tag")
        .need("begin", table(begin_shape()), "When it begins")
        .or_n("most_groups", 0, 1_000_000, 0, "Groups that take part at most, the nearest first; 0 takes all")
        .need("tasks", list(task_shape(), 1, TASKS_MAX), "What they do, one after another")
        .or("reason", Kind::Text(400), Fallback::Text(""), "Why, as the chronicle will tell it")
        .or("asks", set(Kind::Ref(&["power"]), 0, POWERS_MAX), Fallback::Empty, "Powers asked to take part with what they have at the body")
        .or("default_answer", choice(words::ANSWERS), Fallback::Text("agree"), "What the asked answer if their own minds are indifferent")
}

/// All operations, in the order written.
pub(crate) fn build(reading: &Reading, codex: &Codex, dates: Dates) -> Vec<Operation> {
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
            let id = body("body");
            let kind = codex.chart.body(id).map(|body| body.kind);
            let clean = record.is_clean && reading.is_clean(&["body"]);
            if clean && matches!(kind, Some(BodyKind::Star | BodyKind::GasGiant)) {
                let message = "nothing can land there: it has no ground";
                reading.note(finding(&codes::RULES, record.place_of("body"), message));
            }
            OpTarget::Land { body: id, sites: u32::try_from(record.whole("sites")).unwrap_or(1) }
        }
        "patrol" => OpTarget::Patrol {
            body: body("body"),
            altitude_m: record.whole("altitude_m"),
            points: u32::try_from(record.whole("points")).unwrap_or(6),
        },
        "salvage" => OpTarget::Salvage { body: body("body") },
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

/// The roles that a record lists.
pub(crate) fn roles(record: &Record) -> Vec<Role> {
    record.list("roles").iter().filter_map(Item::text).filter_map(words::meant).collect()
}
