//! People who outlived their ships, craft that lost theirs, falls turned aside, planetary shields: what wars leave behind and what guards
//! against them. Lesser things are told together for each place and day, and in the full telling only.

use super::{Scene, Telling};
use crate::words;
use jumpline_measure::{BodyId, PowerId, Time};
use jumpline_world::event::{Event, What};
use std::collections::BTreeMap;

pub fn scenes(telling: &Telling, out: &mut Vec<Scene>) {
    for event in &telling.record.rest {
        if let Some((text, weight)) = single(telling, event) {
            out.push(scene(event.at, event.body, weight, text));
        }
    }
    together(telling, out);
}

fn scene(at: Time, body: Option<BodyId>, weight: i64, text: String) -> Scene {
    Scene { at, body, weight, must: weight >= 300, text: vec![words::sentence(&text)] }
}

/// What is worth a sentence of its own.
fn single(telling: &Telling, event: &Event) -> Option<(String, i64)> {
    let names = &telling.names;
    let clock = telling.clock(event.at);
    let found = match &event.what {
        What::WorldShield { ship, power, class, up } => (
            match up {
                true => format!(
                    "At {clock} the planetary shield of {} stood again.",
                    names.ship_of(*ship, *power, *class)
                ),
                false => format!(
                    "At {clock} the planetary shield of {} was open.",
                    names.ship_of(*ship, *power, *class)
                ),
            },
            200,
        ),
        What::KeptOut { group, ships, by, .. } => (
            format!(
                "The planetary shield of {} kept out {}, with {}.",
                names.power(*by),
                names.group(*group),
                words::counted(i64::from(*ships), "ship")
            ),
            80,
        ),
        What::Deflected { ship, power, class, pushers, by_m } => (
            format!(
                "{} could not hold {} up, and turned her aside by {} km instead.",
                words::counted(i64::from(*pushers), "ship"),
                names.ship_of(*ship, *power, *class),
                words::figures(by_m / 1_000)
            ),
            120,
        ),
        What::CameDown { ship, power, class, holder, missed } => (
            format!(
                "{} came down at {clock}, {} {}.",
                names.ship_of(*ship, *power, *class),
                if *missed { "clear of" } else { "upon" },
                names.power(*holder)
            ),
            if *missed { 60 } else { 150 },
        ),
        What::Stranded { group, ships, .. } => (
            format!(
                "No carrier was left for {}: {} craft were stranded.",
                names.group(*group),
                words::exact(i64::from(*ships))
            ),
            60,
        ),
        _ => return None,
    };
    Some(found)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Boats,
    PickedUp,
    Perished,
    Salvaged,
    Wings,
}

/// Boats, rescues, deaths in the cold, salvage, sorties: for each place and day.
fn together(telling: &Telling, out: &mut Vec<Scene>) {
    type Key = (Time, Option<BodyId>, PowerId, Kind);
    let mut rows: BTreeMap<Key, (Time, i64, i64)> = BTreeMap::new();
    for event in telling.events {
        let (kind, power, count) = match &event.what {
            What::BoatsLeft { power, people, .. } => (Kind::Boats, power, *people),
            What::PickedUp { power, people, .. } => (Kind::PickedUp, power, *people),
            What::Perished { power, people, .. } => (Kind::Perished, power, *people),
            What::Salvaged { power, points, .. } => (Kind::Salvaged, power, *points),
            What::Launched { power, ships, .. } => (Kind::Wings, power, i64::from(*ships)),
            _ => continue,
        };
        let row = rows
            .entry((telling.day(event.at), event.body, *power, kind))
            .or_insert((event.at, 0, 0));
        row.1 += 1;
        row.2 = row.2.saturating_add(count);
    }
    let names = &telling.names;
    for ((_, body, power, kind), (at, times, count)) in rows {
        // A thousand people are worth a sentence of any telling.
        let weight = if matches!(kind, Kind::Boats | Kind::PickedUp | Kind::Perished) {
            count / 100
        } else {
            times
        };
        if !telling.full && weight < 20 {
            continue;
        }
        let of = names.power(power);
        let people = words::about(count);
        let text = match kind {
            Kind::Boats => format!("{people} people of {of} left their ships in boats."),
            Kind::PickedUp => format!("{people} castaways of {of} found a place with friends."),
            Kind::Perished => format!("Nobody came in time for {people} castaways of {of}."),
            Kind::Salvaged => {
                format!("Ships of {of} were mended from wrecks, {}.", words::counted(times, "time"))
            }
            Kind::Wings => format!("Wings of {of} went out {}.", words::counted(times, "time")),
        };
        out.push(scene(at, body, weight, text));
    }
}
