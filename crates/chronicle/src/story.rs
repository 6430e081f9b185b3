//! The order of the telling: a title, a lead, then day by day and place by place, a reckoning at each midnight and at the end.

use crate::cast::Cast;
use crate::causes::Index;
use crate::life;
use crate::names::Names;
use crate::record;
use crate::tale::{self, Scene, Telling};
use crate::words;
use jumpline_measure::{BodyId, PowerId, Span, Time};
use jumpline_world::Law;
use jumpline_world::event::{Event, What};
use std::collections::{BTreeMap, BTreeSet};

/// How much is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Everything, instead of the few things that mattered each day.
    pub full: bool,
    /// A named person (by key) whose life closes the story.
    pub follow: Option<String>,
}

/// Most scenes of a day that headlines keep, beside those that must be told.
const HEADLINES_MAX: usize = 5;

/// The war as Markdown. Events in any order; they are told by time and number.
pub fn story(law: &Law, cast: &Cast, events: &[Event], options: &Options) -> String {
    let names = Names { law, cast };
    let mut sorted: Vec<Event> = events.to_vec();
    sorted.sort_by_key(|event| (event.at, event.id));
    let mut telling = Telling {
        names,
        index: Index::new(&sorted),
        events: &sorted,
        record: record::record(&sorted),
        full: options.full,
        minor: 0,
    };
    let mut scenes = tale::scenes(&mut telling);
    scenes.sort_by_key(|scene| (scene.at, scene.body));
    let mut out = format!("# {}\n\n", if law.title.is_empty() { &law.key } else { &law.title });
    out.push_str(&lead(&telling));
    let mut days: BTreeMap<Time, Vec<Scene>> = BTreeMap::new();
    for scene in scenes {
        days.entry(law.calendar.midnight(scene.at)).or_default().push(scene);
    }
    let mut last_told = None;
    let mut told = BTreeSet::new();
    for (day, scenes) in days {
        let scenes = if options.full { scenes } else { headlines(scenes) };
        if scenes.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {}\n", law.calendar.date(day)));
        places(&telling, day, scenes, &mut told, &mut out);
        let until = day.saturating_add(Span::DAY);
        if let Some(text) = reckoning(&telling, until, &mut last_told) {
            out.push_str(&format!("\n{text}\n"));
        }
    }
    out.push_str(&closing(&telling));
    if let Some(key) = &options.follow {
        out.push('\n');
        out.push_str(&life::life(law, cast, &sorted, key));
    }
    out
}

/// The weightiest scenes of a day, in their order.
fn headlines(scenes: Vec<Scene>) -> Vec<Scene> {
    let mut weights: Vec<i64> =
        scenes.iter().filter(|scene| !scene.must).map(|scene| scene.weight).collect();
    weights.sort_unstable_by_key(|weight| std::cmp::Reverse(*weight));
    let greatest = weights.first().copied().unwrap_or(0);
    let cut = weights.get(HEADLINES_MAX - 1).copied().unwrap_or(0).max(greatest / 40).max(20);
    let mut left = HEADLINES_MAX;
    scenes
        .into_iter()
        .filter(|scene| {
            if scene.must {
                return true;
            }
            let kept = scene.weight >= cut && left > 0;
            left -= usize::from(kept);
            kept
        })
        .collect()
}

/// Scenes under headings of their places, by quarters of the day so that a place is not left and come back to with every
/// sentence; what has no one place comes last.
fn places(
    telling: &Telling,
    day: Time,
    scenes: Vec<Scene>,
    told: &mut BTreeSet<String>,
    out: &mut String,
) {
    let quarter = |scene: &Scene| scene.at.saturating_since(day).0 / (6 * 3_600);
    // Within a quarter places come in the order in which something happened there.
    let mut firsts: BTreeMap<(i64, Option<BodyId>), usize> = BTreeMap::new();
    for (place, scene) in scenes.iter().enumerate() {
        firsts.entry((quarter(scene), scene.body)).or_insert(place);
    }
    let mut sorted: Vec<(usize, Scene)> = scenes.into_iter().enumerate().collect();
    if telling.full {
        sorted.sort_by_key(|(place, scene)| {
            let first = firsts.get(&(quarter(scene), scene.body)).copied().unwrap_or(0);
            (scene.body.is_none(), quarter(scene), first, *place)
        });
    } else {
        sorted.sort_by_key(|(place, scene)| (scene.body.is_none(), *place));
    }
    let mut here: Option<Option<BodyId>> = None;
    for (_, scene) in sorted {
        if here != Some(scene.body) {
            here = Some(scene.body);
            let heading = match scene.body {
                Some(body) => heading(telling, body),
                None => "Comings and goings".to_owned(),
            };
            out.push_str(&format!("\n### {heading}\n"));
        }
        for paragraph in &scene.text {
            let paragraph = tale::unmark(paragraph, told);
            out.push_str(&format!("\n{}\n", paragraph.trim_end()));
        }
    }
}

fn heading(telling: &Telling, body: BodyId) -> String {
    let names = &telling.names;
    let name = names.body(body);
    match names.system(body).map(|system| names.system_name(system)) {
        Some(system) if !name.contains(system) => format!("{system}: {name}"),
        _ => words::sentence(name),
    }
}

/// Who met whom, from when to when, and how much is told.
fn lead(telling: &Telling) -> String {
    let law = telling.names.law;
    let (Some(first), Some(last)) = (telling.events.first(), telling.events.last()) else {
        return format!("Nothing has happened since {}.\n", law.calendar.long(law.begins));
    };
    let battles = &telling.record.battles;
    let great =
        battles.iter().filter(|one| tale::weight(telling, one) >= telling.minor).count() as i64;
    let small = battles.len() as i64 - great;
    let lost = losses_until(telling, Time::NEVER).values().sum::<i64>();
    let mut text = format!(
        "From {} to {}: {}",
        law.calendar.long(law.begins.min(first.at)),
        law.calendar.long(last.at),
        words::counted(great, "battle")
    );
    if small > 0 {
        text.push_str(&format!(" and {}", words::counted(small, "lesser clash")));
    }
    text.push_str(&match lost {
        0 => "; no ship lost.".to_owned(),
        n => format!("; {} lost.", words::counted(n, "ship")),
    });
    text.push('\n');
    text
}

fn losses_until(telling: &Telling, until: Time) -> BTreeMap<PowerId, i64> {
    let mut lost = BTreeMap::new();
    for event in telling.events.iter().filter(|event| event.at < until) {
        if let What::ShipLost { power, .. } = &event.what {
            *lost.entry(*power).or_default() += 1;
        }
    }
    lost
}

/// How it stood at midnight, for sides that had lost ships since it was last told.
fn reckoning(
    telling: &Telling,
    until: Time,
    last: &mut Option<BTreeMap<PowerId, i64>>,
) -> Option<String> {
    let lost = losses_until(telling, until);
    if lost.is_empty() || last.as_ref() == Some(&lost) {
        return None;
    }
    let before = last.replace(lost.clone()).unwrap_or_default();
    let fresh: i64 = lost.values().sum::<i64>() - before.values().sum::<i64>();
    if fresh < 20 || fresh * 50 < lost.values().sum::<i64>() {
        return None;
    }
    let names = &telling.names;
    let brought = brought_until(telling, until);
    let powers: Vec<PowerId> = brought.keys().copied().collect();
    let mut sides: Vec<(i64, i64, String)> = names
        .sides(&powers)
        .iter()
        .map(|side| {
            let sum = |of: &BTreeMap<PowerId, i64>| -> i64 {
                side.iter().map(|power| of.get(power).copied().unwrap_or(0)).sum()
            };
            (sum(&lost), sum(&brought), names.side(side))
        })
        .filter(|(gone, ..)| *gone > 0)
        .collect();
    sides.sort_by_key(|(gone, ..)| std::cmp::Reverse(*gone));
    sides.truncate(4);
    let parts: Vec<String> = sides
        .iter()
        .enumerate()
        .map(|(place, (gone, all, name))| {
            let verb = if place == 0 { " had lost" } else { "" };
            let share = words::share(*gone, *all);
            format!(
                "{name}{verb} {}, {share} of those brought so far",
                words::counted(*gone, "ship")
            )
        })
        .collect();
    let glue = if parts.len() == 2 { ", and " } else { "; " };
    Some(format!("*By midnight {}.*", parts.join(glue)))
}

/// Ships that each power had brought into the war before a moment.
fn brought_until(telling: &Telling, until: Time) -> BTreeMap<PowerId, i64> {
    let mut brought: BTreeMap<PowerId, i64> = (0..telling.names.law.codex.powers.len())
        .map(PowerId::from_index)
        .map(|power| (power, telling.names.cast.opening_ships(power)))
        .filter(|(_, n)| *n > 0)
        .collect();
    for event in telling.events.iter().filter(|event| event.at < until) {
        if let What::Built { power, .. } = &event.what {
            *brought.entry(*power).or_default() += 1;
        }
    }
    brought
}

/// How it stood at the end.
fn closing(telling: &Telling) -> String {
    let Some(last) = telling.events.last() else { return String::new() };
    let names = &telling.names;
    let lost = losses_until(telling, Time::NEVER);
    let brought = brought_until(telling, Time::NEVER);
    let mut departed: BTreeMap<PowerId, i64> = BTreeMap::new();
    for event in telling.events {
        if let What::Departed { power, .. } = &event.what {
            *departed.entry(*power).or_default() += 1;
        }
    }
    let mut rows: Vec<(PowerId, i64, i64)> = brought
        .iter()
        .map(|(power, all)| (*power, *all, lost.get(power).copied().unwrap_or(0)))
        .collect();
    rows.sort_by_key(|(power, all, _)| (std::cmp::Reverse(*all), *power));
    let shown = if rows.len() > 17 { 16 } else { rows.len() };
    let mut lines = Vec::new();
    for (power, all, gone) in rows.iter().take(shown) {
        let name = words::sentence(names.power(*power));
        let left = all - gone - departed.get(power).copied().unwrap_or(0);
        let away = match departed.get(power) {
            Some(n) => format!("; {} left the theatre", words::about(*n)),
            None => String::new(),
        };
        let rest = match left {
            0 => "none is left".to_owned(),
            1 => "one is left".to_owned(),
            n => format!("{} are left", words::figures(n)),
        };
        lines.push(match gone {
            0 => format!("- {name} kept all {}{away}.", words::counted_exactly(*all, "ship")),
            gone if gone == all => {
                format!("- {name} lost all {} they had.", words::counted_exactly(*all, "ship"))
            }
            gone => format!(
                "- {name} lost {} of {}, {}; {rest}{away}.",
                words::figures(*gone),
                words::counted_exactly(*all, "ship"),
                words::share(*gone, *all),
            ),
        });
    }
    if rows.len() > shown {
        lines.push(format!(
            "- {} more powers took part.",
            words::sentence(&words::exact((rows.len() - shown) as i64))
        ));
    }
    if lines.is_empty() {
        return String::new();
    }
    format!("\n## How it stood on {}\n\n{}\n", names.law.calendar.date(last.at), lines.join("\n"))
}
