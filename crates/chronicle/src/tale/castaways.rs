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

/// What became of people without a ship.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Boats,
    PickedUp,
    Perished,
}

/// What a power did so often that it is told once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Habit {
    Salvaged,
    Wings,
}

/// A day at a place.
type Spot = (Time, Option<BodyId>);

/// Boats, rescues, deaths in the cold, salvage, sorties: for each place and day.
fn together(telling: &Telling, out: &mut Vec<Scene>) {
    let mut people: BTreeMap<Spot, BTreeMap<Fate, BTreeMap<PowerId, i64>>> = BTreeMap::new();
    let mut habits: BTreeMap<(Spot, Habit, PowerId), i64> = BTreeMap::new();
    let mut since: BTreeMap<Spot, Time> = BTreeMap::new();
    for event in telling.events {
        let spot = (telling.day(event.at), event.body);
        let mut fared = |fate, power: &PowerId, count: &i64| {
            let powers = people.entry(spot).or_default().entry(fate).or_default();
            let sum = powers.entry(*power).or_insert(0);
            *sum = sum.saturating_add(*count);
        };
        let mut again = |habit, power: &PowerId| {
            *habits.entry((spot, habit, *power)).or_insert(0) += 1;
        };
        match &event.what {
            What::BoatsLeft { power, people, .. } => fared(Fate::Boats, power, people),
            What::PickedUp { power, people, .. } => fared(Fate::PickedUp, power, people),
            What::Perished { power, people, .. } => fared(Fate::Perished, power, people),
            What::Salvaged { power, .. } => again(Habit::Salvaged, power),
            What::Launched { power, .. } => again(Habit::Wings, power),
            _ => continue,
        }
        since.entry(spot).or_insert(event.at);
    }
    let at = |spot: &Spot| since.get(spot).copied().unwrap_or(spot.0);
    for (spot, fates) in &people {
        let told: Vec<(String, i64)> =
            fates.iter().filter_map(|(fate, powers)| lot(telling, *fate, powers)).collect();
        let weight = told.iter().map(|(_, weight)| *weight).max().unwrap_or(0);
        let text: Vec<&str> = told.iter().map(|(text, _)| text.as_str()).collect();
        if !text.is_empty() {
            out.push(scene(at(spot), spot.1, weight, text.join(" ")));
        }
    }
    for ((spot, habit, power), times) in &habits {
        if !telling.full && *times < LEAST_WEIGHT {
            continue;
        }
        let (of, times_told) = (telling.names.power(*power), words::counted(*times, "time"));
        let text = match habit {
            Habit::Salvaged => format!("Ships of {of} were mended from wrecks, {times_told}."),
            Habit::Wings => format!("Wings of {of} went out {times_told}."),
        };
        out.push(scene(at(spot), spot.1, *times, text));
    }
}

/// What weighs less is left to the full telling.
const LEAST_WEIGHT: i64 = 20;

/// More peoples than that in one sentence nobody reads.
const MOST_NAMES: usize = 5;

/// One sentence for all peoples of one lot, the many first, and its weight. The few are told as others, unless all is told.
fn lot(telling: &Telling, fate: Fate, powers: &BTreeMap<PowerId, i64>) -> Option<(String, i64)> {
    // Two thousand people are worth a sentence of any telling, and a name in it.
    let weight = powers.values().fold(0, |all: i64, people| all.saturating_add(*people)) / 100;
    if !telling.full && weight < LEAST_WEIGHT {
        return None;
    }
    let mut rows: Vec<(PowerId, i64)> = powers.iter().map(|(power, n)| (*power, *n)).collect();
    rows.sort_by_key(|(power, people)| (-people, *power));
    let worth_a_name = |(_, people): &&(PowerId, i64)| people / 100 >= LEAST_WEIGHT;
    let names = rows.iter().filter(worth_a_name).count().min(MOST_NAMES);
    let (named, few) = rows.split_at(if telling.full { rows.len() } else { names });
    let mut parts: Vec<String> = named
        .iter()
        .map(|(power, people)| {
            format!("{} of {}", words::about(*people), telling.names.power(*power))
        })
        .collect();
    let others = few.iter().fold(0, |all: i64, (_, people)| all.saturating_add(*people));
    if others > 0 {
        parts.push(format!("{} of others", words::about(others)));
    }
    let whom = words::list(&parts);
    let text = match fate {
        Fate::Boats => format!("Boats took people off their ships: {whom}."),
        Fate::PickedUp => format!("Friends picked up castaways: {whom}."),
        Fate::Perished => format!("Nobody came in time for {whom}."),
    };
    Some((text, weight))
}
