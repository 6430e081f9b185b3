//! Clashes too small for a passage of their own: told together, a sentence for each place and day.

use super::{Scene, Telling, battle};
use crate::words;
use jumpline_measure::{BodyId, ClassId, PowerId, Time};
use std::collections::BTreeMap;

#[derive(Default)]
struct Day {
    at: Option<Time>,
    clashes: i64,
    bloodless: i64,
    weight: i64,
    powers: Vec<PowerId>,
    losses: BTreeMap<PowerId, BTreeMap<ClassId, i64>>,
}

pub fn scenes(telling: &Telling, out: &mut Vec<Scene>) {
    let mut days: BTreeMap<(Time, Option<BodyId>), Day> = BTreeMap::new();
    for battle in &telling.record.battles {
        let weight = battle::weight(telling, battle);
        if weight >= telling.minor {
            continue;
        }
        let day = days.entry((telling.day(battle.began), battle.body)).or_default();
        day.at.get_or_insert(battle.began);
        day.clashes += 1;
        day.bloodless += i64::from(battle.losses.is_empty());
        day.weight += weight;
        for power in &battle.powers {
            if !day.powers.contains(power) {
                day.powers.push(*power);
            }
        }
        for loss in &battle.losses {
            *day.losses.entry(loss.power).or_default().entry(loss.class).or_default() += 1;
        }
    }
    for ((start, body), day) in days {
        let at = day.at.unwrap_or(start);
        // Headlines have no room for a day's brushes unless they add up.
        let weight = day.weight / 2;
        out.push(Scene {
            at,
            body,
            weight,
            must: false,
            text: vec![tell(telling, body, at, &day)],
        });
    }
}

fn tell(telling: &Telling, body: Option<BodyId>, at: Time, day: &Day) -> String {
    let names = &telling.names;
    let place = body.map_or_else(|| "in the deep".to_owned(), |body| names.at(body));
    let sides: Vec<String> = names.sides(&day.powers).iter().map(|side| names.side(side)).collect();
    let who = match sides.as_slice() {
        [] => String::new(),
        [one] => format!(" of {one}"),
        many => format!(" between {}", words::list(many)),
    };
    let clock = telling.clock(at);
    let mut text = if day.clashes == 1 {
        match day.losses.is_empty() {
            true => format!("At {clock} there was a brush {place}{who} that cost nobody a ship."),
            false => format!("At {clock} there was a clash {place}{who}."),
        }
    } else {
        let sort = if day.losses.is_empty() { "brush" } else { "small clash" };
        format!(
            "From {clock} on there were {} {place}{who}{}.",
            words::counted(day.clashes, sort),
            match (day.losses.is_empty(), day.bloodless) {
                (true, _) => ", and no ship was lost".to_owned(),
                (false, 0) => String::new(),
                (false, n) => format!(", {} of them without loss", words::exact(n)),
            }
        )
    };
    let parts: Vec<String> = day
        .losses
        .iter()
        .enumerate()
        .map(|(place, (power, classes))| {
            let verb = if place == 0 { " lost" } else { "" };
            format!(
                "{}{verb} {}",
                names.power(*power),
                names.ships_by_class(*power, classes, false)
            )
        })
        .collect();
    if !parts.is_empty() {
        text.push(' ');
        text.push_str(&words::sentence(&format!("{}.", parts.join("; "))));
    }
    text
}
