//! What befell ships outside battles, above all the noted ones: lines jumped badly, mines, failed brakes, falls, tows.

use super::{Scene, Telling};
use crate::words;
use jumpline_measure::{BodyId, ClassId, GroupId, PowerId, ShipId, Time};
use jumpline_world::event::{Cause, Event, How, What};
use jumpline_world::law::Role;
use jumpline_world::order::Task;
use std::collections::{BTreeMap, BTreeSet};

pub fn scenes(telling: &Telling, out: &mut Vec<Scene>) {
    for event in &telling.record.rest {
        if let Some((text, weight)) = single(telling, event) {
            let must = weight >= 300;
            out.push(scene(event.at, event.body, weight, must, text));
        }
    }
    struck(telling, out);
    crowds(telling, out);
    losses(telling, out);
}

fn scene(at: Time, body: Option<BodyId>, weight: i64, must: bool, text: String) -> Scene {
    Scene { at, body, weight, must, text: vec![words::sentence(&text)] }
}

/// One event about one noted ship.
fn single(telling: &Telling, event: &Event) -> Option<(String, i64)> {
    let names = &telling.names;
    let clock = telling.clock(event.at);
    let found = match &event.what {
        What::OffLine { ship, power, class, .. } if names.noted(*class) => (
            format!(
                "At {clock} {} jumped on no proper line; the star's air tore at her on the way.",
                names.ship_of(*ship, *power, *class)
            ),
            150,
        ),
        What::MinesStruck { ship, power, class, hits, drives_lost, .. } if names.noted(*class) => {
            let drives = match drives_lost {
                0 => "her gravity drives held".to_owned(),
                n => format!("she lost {}", words::counted_exactly(i64::from(*n), "gravity drive")),
            };
            (
                format!(
                    "At {clock} {} ran through mines as she jumped: {} went through her, and {drives}.",
                    names.ship_of(*ship, *power, *class),
                    words::counted(*hits, "mine")
                ),
                400,
            )
        }
        What::Overshot { ship, power, class, by_m } if names.noted(*class) => (
            format!(
                "{} overshot at {clock} and came out {} km too far on.",
                names.ship_of(*ship, *power, *class),
                words::figures(by_m / 1_000)
            ),
            80,
        ),
        What::BrakingFailed { ship, power, class, .. } if names.noted(*class) => {
            return braking(telling, event, *ship, *power, *class);
        }
        What::ShieldsDown { ship, power, class, .. } => (
            format!("At {clock} the shields of {} fell.", names.ship_of(*ship, *power, *class)),
            100,
        ),
        What::PartLost { ship, power, class, part, .. } if names.noted(*class) => (
            format!(
                "{} lost {} at {clock}.",
                names.ship_of(*ship, *power, *class),
                words::a(crate::line::part(*part))
            ),
            60,
        ),
        What::Falling { ship, power, class, seconds } if names.worth(*class) >= 20 => (
            format!(
                "At {clock} {}, without drives, began to fall; she had {} left.",
                names.ship_of(*ship, *power, *class),
                words::span(*seconds)
            ),
            40,
        ),
        What::Pushed { ship, power, class, pushers, saved } if names.worth(*class) >= 20 => (
            match saved {
                true => format!(
                    "{} put their bows to {} and pushed her out.",
                    words::counted(i64::from(*pushers), "ship"),
                    names.ship_of(*ship, *power, *class)
                ),
                false => format!(
                    "{} tried to push {} back up, and could not: the mass was too great.",
                    words::counted(i64::from(*pushers), "ship"),
                    names.ship_of(*ship, *power, *class)
                ),
            },
            60,
        ),
        What::Towed { ship, power, class, by } if names.noted(*class) => (
            format!(
                "{} was taken in tow by {} at {clock}.",
                names.ship_of(*ship, *power, *class),
                names.ship(*by)
            ),
            60,
        ),
        _ => return None,
    };
    Some(found)
}

/// A great ship that could not brake: with what led to it, and whether anybody saw.
fn braking(
    telling: &Telling,
    event: &Event,
    ship: ShipId,
    power: PowerId,
    class: ClassId,
) -> Option<(String, i64)> {
    let names = &telling.names;
    let What::BrakingFailed { seen, .. } = &event.what else { return None };
    let clock = telling.clock(event.at);
    let against = event.body.map_or("what lay before her", |body| names.body(body));
    let mut text = format!(
        "At {clock} {} came to the end of her jump and could not slow. She struck {against} {}.",
        names.ship_of(ship, power, class),
        if *seen { "in sight of others" } else { "with nobody there to see it" },
    );
    // What cost her the drives?
    let mines = telling.events.iter().rev().find_map(|earlier| match &earlier.what {
        What::MinesStruck { ship: hit, drives_lost, .. }
            if *hit == ship && *drives_lost > 0 && earlier.at <= event.at =>
        {
            Some((earlier.at, *drives_lost))
        }
        _ => None,
    });
    if let Some((at, drives)) = mines {
        text.push_str(&format!(
            " The mines of {} had taken {} from her.",
            names.law.calendar.date(at),
            words::counted_exactly(i64::from(drives), "gravity drive")
        ));
    }
    Some((text, 1_000))
}

/// One power's raid at one place on one day.
struct Raid {
    at: Time,
    groups: BTreeSet<GroupId>,
    quarry: BTreeSet<ClassId>,
    roles: BTreeSet<Role>,
    because: Vec<Cause>,
}

/// Raids that found what they were after: one passage for each power, place and day, with the wounded counted.
fn struck(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    let mut raids: BTreeMap<(Time, Option<BodyId>, PowerId), Raid> = BTreeMap::new();
    // What each group was last told to do: the raid among the tasks of one deadline, if there is one.
    let mut told: BTreeMap<GroupId, (Time, Option<&Event>)> = BTreeMap::new();
    for event in telling.events {
        match &event.what {
            What::OrderTaken { group, task, .. } => {
                let last = told.entry(*group).or_insert((event.at, None));
                if last.0 != event.at {
                    *last = (event.at, None);
                }
                if matches!(task, Task::Raid { .. }) {
                    last.1 = Some(event);
                }
            }
            What::Struck { group, power, quarry } => {
                let Some((_, Some(order))) = told.get(group) else { continue };
                let What::OrderTaken { task: Task::Raid { roles, .. }, .. } = &order.what else {
                    continue;
                };
                let raid =
                    raids.entry((telling.day(event.at), event.body, *power)).or_insert_with(|| {
                        Raid {
                            at: event.at,
                            groups: BTreeSet::new(),
                            quarry: BTreeSet::new(),
                            roles: BTreeSet::new(),
                            because: order.because.clone(),
                        }
                    });
                raid.groups.insert(*group);
                raid.quarry.insert(*quarry);
                raid.roles.extend(roles);
            }
            _ => {}
        }
    }
    type Hurt = BTreeMap<ClassId, i64>;
    let mut wounded: BTreeMap<(Time, Option<BodyId>, PowerId), Hurt> = BTreeMap::new();
    for event in telling.events {
        if let What::ShipWounded { class, by: Some(by), .. } = &event.what
            && let Some(hunter) = names.cast.ship(*by)
        {
            let hurt =
                wounded.entry((telling.day(event.at), event.body, hunter.power)).or_default();
            *hurt.entry(*class).or_default() += 1;
        }
    }
    for ((day, body, power), raid) in raids {
        let place = body.map_or_else(String::new, |body| format!(" {}", names.at(body)));
        let quarry: Vec<String> =
            raid.quarry.iter().map(|class| words::plural(names.class(*class))).collect();
        let mut hurt: Vec<(ClassId, i64)> = wounded
            .get(&(day, body, power))
            .into_iter()
            .flatten()
            .filter(|(class, _)| {
                raid.quarry.contains(class) || raid.roles.contains(&names.role(**class))
            })
            .map(|(class, n)| (*class, *n))
            .collect();
        hurt.sort_by_key(|(class, n)| (std::cmp::Reverse(*n), *class));
        let total: i64 = hurt.iter().map(|(_, n)| n).sum();
        let purpose = telling.purpose(&raid.because, Some(power));
        let groups =
            words::counted(raid.groups.len() as i64, &format!("{} group", names.adjective(power)));
        let mut text = format!(
            "From {} {groups} ran in on the {}{place}{}",
            telling.clock(raid.at),
            words::list(&quarry),
            purpose.clause
        );
        if total > 0 {
            let classes: Vec<String> = hurt
                .iter()
                .map(|(class, n)| words::counted_exactly(*n, names.class(*class)))
                .collect();
            text.push_str(&match classes.as_slice() {
                [one] => format!(" and left {one} damaged"),
                many => format!(
                    " and left {} ships damaged: {}",
                    words::exact(total),
                    words::list(many)
                ),
            });
        }
        text.push('.');
        text.push_str(&purpose.sentence);
        out.push(scene(raid.at, body, total * 4 + 20, total >= 40, text));
    }
}

/// Misfortunes of lesser ships, told together for each place and day; in the full telling only.
fn crowds(telling: &Telling, out: &mut Vec<Scene>) {
    if !telling.full {
        return;
    }
    let names = &telling.names;
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Kind {
        OffLine,
        Overshot,
        Braking,
        Towed,
        Crash,
        Departed,
        Mines,
    }
    type Key = (Time, Option<BodyId>, PowerId, Kind);
    let mut rows: BTreeMap<Key, (Time, BTreeMap<ClassId, i64>, i64)> = BTreeMap::new();
    for event in &telling.record.rest {
        let (kind, power, class, extra) = match &event.what {
            What::OffLine { power, class, .. } => (Kind::OffLine, power, class, 0),
            What::Overshot { power, class, .. } => (Kind::Overshot, power, class, 0),
            What::BrakingFailed { power, class, .. } => (Kind::Braking, power, class, 0),
            What::Towed { power, class, .. } => (Kind::Towed, power, class, 0),
            What::CrashLanded { power, class, survivors, .. } => {
                (Kind::Crash, power, class, *survivors)
            }
            What::Departed { power, class, .. } => (Kind::Departed, power, class, 0),
            What::MinesStruck { power, class, hits, .. } => (Kind::Mines, power, class, *hits),
            _ => continue,
        };
        if names.noted(*class) && !matches!(kind, Kind::Crash | Kind::Departed) {
            continue;
        }
        let row = rows
            .entry((telling.day(event.at), event.body, *power, kind))
            .or_insert_with(|| (event.at, BTreeMap::new(), 0));
        *row.1.entry(*class).or_default() += 1;
        row.2 = row.2.saturating_add(extra);
    }
    for ((_, body, power, kind), (at, classes, extra)) in rows {
        let n: i64 = classes.values().sum();
        let ships = names.ships_by_class(power, &classes, true);
        let was = if n == 1 { "was" } else { "were" };
        let text = match kind {
            Kind::OffLine => format!("{ships} jumped on no proper line and paid for it."),
            Kind::Overshot => format!("{ships} overshot."),
            Kind::Braking => format!("{ships} could not brake and struck."),
            Kind::Towed => format!("{ships} {was} towed out of danger."),
            Kind::Crash => {
                let place =
                    body.map_or_else(String::new, |body| format!(" on {}", names.body(body)));
                format!(
                    "The wreckage of {ships} came down{place} with {} alive in it.",
                    words::about(extra)
                )
            }
            Kind::Departed => format!("{ships} left the theatre."),
            Kind::Mines => {
                format!("{ships} ran into mines and took {}.", words::counted(extra, "hit"))
            }
        };
        out.push(scene(at, body, n, false, text));
    }
}

/// Ships lost where no battle was.
fn losses(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    type Key = (Time, Option<BodyId>, PowerId, How);
    let mut rows: BTreeMap<Key, (Time, BTreeMap<ClassId, i64>, i64)> = BTreeMap::new();
    for (loss, event) in &telling.record.losses {
        if names.noted(loss.class) {
            // A failed brake has told of it already.
            if loss.how != How::Struck {
                let text = format!(
                    "{} was lost at {} to {}.",
                    names.ship_of(loss.ship, loss.power, loss.class),
                    telling.clock(loss.at),
                    names.how(loss.how)
                );
                out.push(scene(loss.at, event.body, names.worth(loss.class).max(400), true, text));
            }
            continue;
        }
        let row = rows
            .entry((telling.day(loss.at), event.body, loss.power, loss.how))
            .or_insert_with(|| (loss.at, BTreeMap::new(), 0));
        *row.1.entry(loss.class).or_default() += 1;
        row.2 += names.worth(loss.class);
    }
    for ((_, body, power, how), (at, classes, weight)) in rows {
        let place = body.map_or_else(String::new, |body| format!(" {}", names.at(body)));
        let ships = names.ships_by_class(power, &classes, true);
        let was = if classes.values().sum::<i64>() == 1 { "was" } else { "were" };
        let text = format!("{ships} {was} lost{place} to {}.", names.how(how));
        out.push(scene(at, body, weight, false, text));
    }
}
