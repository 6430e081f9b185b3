//! Comings and goings: forces that enter the war, moves, mines laid and taken up, ships built and unloaded, named people.

use super::{Scene, Telling};
use crate::words;
use jumpline_measure::{BodyId, ClassId, GroupId, PersonId, PowerId, Time};
use jumpline_world::event::{Cause, What};
use jumpline_world::state::Fate;
use std::collections::{BTreeMap, BTreeSet};

pub fn scenes(telling: &Telling, out: &mut Vec<Scene>) {
    forces(telling, out);
    mines(telling, out);
    people(telling, out);
    if telling.full {
        moves(telling, out);
        built(telling, out);
        unloaded(telling, out);
        sightings(telling, out);
    }
}

/// Forces that come into the war: by power, place and day.
fn forces(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    type Came = (Time, Time, i64, i64);
    let mut rows: BTreeMap<(Time, Option<BodyId>, PowerId), Came> = BTreeMap::new();
    for event in &telling.record.rest {
        if let What::ForceArrived { power, ships, .. } = &event.what {
            let row = rows
                .entry((telling.day(event.at), event.body, *power))
                .or_insert((event.at, event.at, 0, 0));
            row.1 = event.at;
            row.2 += 1;
            row.3 += i64::from(*ships);
        }
    }
    for ((_, body, power), (first, last, groups, ships)) in rows {
        let place = body.map_or_else(String::new, |body| format!(" {}", names.at(body)));
        let name = names.power(power);
        let ships_text = words::counted(ships, "ship");
        let clock = telling.clock(first);
        let text = if groups == 1 || first == last {
            words::way(
                first.0 as u32,
                &[
                    "At {clock} {ships} of {name} came into the war{place}.",
                    "{ships} of {name} arrived{place} at {clock}.",
                ],
            )
            .replace("{clock}", &clock)
            .replace("{ships}", &ships_text)
            .replace("{name}", name)
            .replace("{place}", &place)
        } else {
            format!(
                "From {clock} to {} {ships_text} of {name} came in{place}, in {}.",
                telling.clock(last),
                words::counted(groups, "group")
            )
        };
        out.push(Scene {
            at: first,
            body,
            weight: 20 + ships / 4,
            must: false,
            text: vec![words::sentence(&text)],
        });
    }
}

/// Mines laid, scattered and taken up.
fn mines(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    for event in &telling.record.rest {
        let clock = telling.clock(event.at);
        let (text, weight) = match &event.what {
            What::MinesLaid { power, count, .. } => {
                let purpose = telling.purpose(&event.because, Some(*power));
                let place =
                    event.body.map_or_else(String::new, |body| format!(" {}", names.at(body)));
                (
                    format!(
                        "At {clock} {} had {} lying on a jumpline{place}{}.{}",
                        names.power(*power),
                        words::counted(*count, "mine"),
                        purpose.clause,
                        purpose.sentence
                    ),
                    80,
                )
            }
            What::MinesRecovered { power, laid, recovered, .. } => {
                let permille = recovered.saturating_mul(1_000).checked_div(*laid).unwrap_or(0);
                let who = names.power(*power);
                let all = words::figures(*laid);
                let text = if recovered >= laid {
                    format!(
                        "{who} went back for their mines and by {clock} had all {all} of them again."
                    )
                } else {
                    let guess = if permille < 950 {
                        " What was missing told them that something had been hit."
                    } else {
                        ""
                    };
                    format!(
                        "{who} went back for their mines and by {clock} had taken up {} of {all}, {} %.{guess}",
                        words::figures(*recovered),
                        permille.saturating_add(5) / 10
                    )
                };
                (text, 200)
            }
            What::MinesScattered { count, .. } if telling.full && *count > 0 => (
                format!("By {clock} {} had drifted off the line.", words::counted(*count, "mine")),
                2,
            ),
            _ => continue,
        };
        out.push(Scene {
            at: event.at,
            body: event.body,
            weight,
            must: weight >= 200,
            text: vec![words::sentence(&text)],
        });
    }
}

/// What befalls people who have a name.
fn people(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    let mut before: BTreeMap<PersonId, Fate> = BTreeMap::new();
    for event in telling.events {
        let What::Person { person, fate, wounds_permille, .. } = &event.what else { continue };
        let Some(card) = names.cast.people.get(person.index()) else { continue };
        let was = before.insert(*person, *fate).unwrap_or(card.opening);
        let who = if card.role.is_empty() {
            card.name.clone()
        } else {
            format!("{}, {} {},", card.name, names.adjective(card.power), card.role)
        };
        let clock = telling.clock(event.at);
        let text = match (fate, was) {
            (Fate::Aboard(ship), Fate::Aboard(same)) if *ship == same => {
                // A wound is for the life of that person to tell, unless everything is told.
                if !telling.full {
                    continue;
                }
                format!("At {clock} {who} was hurt aboard {}.", names.ship(*ship))
            }
            (Fate::Aboard(ship), _) => {
                format!("At {clock} {who} was taken aboard {}.", names.ship(*ship))
            }
            (Fate::Adrift(ship), _) => {
                format!("{who} was alive in what was left of {}.", names.ship(*ship))
            }
            (Fate::Ground(body), _) => format!(
                "{who} came down alive on {}{}.",
                names.body(*body),
                if *wounds_permille >= 300 { ", badly hurt" } else { "" }
            ),
            (Fate::Away, _) => format!("{who} left the theatre."),
            (Fate::Dead, _) => format!("{who} died at {clock}."),
        };
        // The event of what befell the ship knows where it was.
        let body = event.body.or_else(|| {
            telling.index.back(&event.because, |cause| match cause {
                Cause::Event(id) => telling.index.get(*id)?.body,
                _ => None,
            })
        });
        let must = !matches!(fate, Fate::Aboard(_));
        out.push(Scene {
            at: event.at,
            body,
            weight: 70,
            must,
            text: vec![words::sentence(&text)],
        });
    }
}

/// Moves between bodies: by power and day, one sentence with the busiest lines.
fn moves(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    type Lines = BTreeMap<(BodyId, BodyId), i64>;
    let mut rows: BTreeMap<(Time, PowerId), (Time, i64, Lines)> = BTreeMap::new();
    for event in &telling.record.rest {
        if let What::GroupDeparted { power, from, to, ships, .. } = &event.what {
            let row = rows
                .entry((telling.day(event.at), *power))
                .or_insert_with(|| (event.at, 0, Lines::new()));
            row.1 += 1;
            *row.2.entry((*from, *to)).or_default() += i64::from(*ships);
        }
    }
    for ((_, power), (at, groups, lines)) in rows {
        let mut lines: Vec<((BodyId, BodyId), i64)> = lines.into_iter().collect();
        lines.sort_by_key(|(line, ships)| (std::cmp::Reverse(*ships), *line));
        let parts: Vec<String> = lines
            .iter()
            .take(4)
            .map(|((from, to), ships)| {
                format!(
                    "{} from {} to {}",
                    words::counted(*ships, "ship"),
                    names.body(*from),
                    names.body(*to)
                )
            })
            .collect();
        let more = if lines.len() > 4 { ", and others elsewhere" } else { "" };
        let text = format!(
            "{} moved {}: {}{more}.",
            names.power(power),
            words::counted(groups, "group"),
            words::list(&parts)
        );
        out.push(Scene {
            at,
            body: None,
            weight: 1,
            must: false,
            text: vec![words::sentence(&text)],
        });
    }
}

/// Ships from the yards: an arriving force is told of by itself.
fn built(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    type Launched = (Time, Option<BodyId>, BTreeMap<ClassId, i64>);
    let mut rows: BTreeMap<(Time, PowerId), Launched> = BTreeMap::new();
    for event in &telling.record.rest {
        if let What::Built { power, class, .. } = &event.what
            && !crate::account::came_with_force(&telling.index, event)
        {
            let row = rows
                .entry((telling.day(event.at), *power))
                .or_insert_with(|| (event.at, event.body, BTreeMap::new()));
            *row.2.entry(*class).or_default() += 1;
        }
    }
    for ((_, power), (at, body, classes)) in rows {
        let text = format!(
            "The yards of {} launched {}.",
            names.power(power),
            names.ships_by_class(power, &classes, false)
        );
        out.push(Scene { at, body, weight: 2, must: false, text: vec![text] });
    }
}

/// Ships put out of carriers.
fn unloaded(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    let mut rows: BTreeMap<(Time, Option<BodyId>, PowerId), (Time, i64)> = BTreeMap::new();
    for event in &telling.record.rest {
        if let What::Unloaded { power, ships, .. } = &event.what {
            rows.entry((telling.day(event.at), event.body, *power)).or_insert((event.at, 0)).1 +=
                i64::from(*ships);
        }
    }
    for ((_, body, power), (at, ships)) in rows {
        let place = body.map_or_else(String::new, |body| format!(" {}", names.at(body)));
        let text = format!(
            "{} put {} out of their carriers{place}.",
            names.power(power),
            words::counted(ships, "ship")
        );
        out.push(Scene { at, body, weight: 3, must: false, text: vec![words::sentence(&text)] });
    }
}

/// First sightings of enemies: whose ships were seen where, and by how many powers.
fn sightings(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    #[derive(Default)]
    struct Seen {
        at: Option<Time>,
        groups: BTreeMap<GroupId, i64>,
        of: BTreeSet<PowerId>,
        by: BTreeSet<PowerId>,
    }
    // Powers of one side see and are seen as one: keyed by the first of the side.
    let all: Vec<PowerId> = (0..names.law.codex.powers.len()).map(PowerId::from_index).collect();
    let sides = names.sides(&all);
    let side_of = |power: PowerId| {
        sides.iter().find(|side| side.contains(&power)).and_then(|side| side.first()).copied()
    };
    let mut rows: BTreeMap<(Time, Option<BodyId>, Option<PowerId>), Seen> = BTreeMap::new();
    for event in &telling.record.rest {
        if let What::Sighted { power, group, of, ships } = &event.what
            && names.cast.hostile(*power, *of)
        {
            let seen = rows.entry((telling.day(event.at), event.body, side_of(*of))).or_default();
            seen.at.get_or_insert(event.at);
            let most = seen.groups.entry(*group).or_default();
            *most = (*most).max(i64::from(*ships));
            seen.of.insert(*of);
            seen.by.insert(*power);
        }
    }
    for ((day, body, _), seen) in rows {
        let place = body.map_or_else(String::new, |body| format!(" {}", names.at(body)));
        let of: Vec<PowerId> = seen.of.iter().copied().collect();
        let by: Vec<PowerId> = seen.by.iter().copied().collect();
        let ships: i64 = seen.groups.values().sum();
        let at = seen.at.unwrap_or(day);
        let text = format!(
            "In the course of the day {} sighted {} of {}{place}.",
            names.side(&by),
            words::counted(ships, "ship"),
            names.side(&of)
        );
        out.push(Scene { at, body, weight: 1, must: false, text: vec![words::sentence(&text)] });
    }
}
