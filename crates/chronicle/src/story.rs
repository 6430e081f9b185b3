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
use std::collections::BTreeMap;

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
    let telling = Telling {
        names,
        index: Index::new(&sorted),
        events: &sorted,
        record: record::record(&sorted),
        full: options.full,
    };
    let mut scenes = tale::scenes(&telling);
    scenes.sort_by_key(|scene| (scene.at, scene.body));
    let mut out = format!("# {}\n\n", if law.title.is_empty() { &law.key } else { &law.title });
    out.push_str(&lead(&telling));
    let mut days: BTreeMap<Time, Vec<Scene>> = BTreeMap::new();
    for scene in scenes {
        days.entry(law.calendar.midnight(scene.at)).or_default().push(scene);
    }
    let mut last_told = None;
    for (day, scenes) in days {
        let scenes = if options.full { scenes } else { headlines(scenes) };
        if scenes.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {}\n", law.calendar.date(day)));
        places(&telling, scenes, &mut out);
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

/// Scenes under headings of their places. A heading is written when the place changes.
fn places(telling: &Telling, scenes: Vec<Scene>, out: &mut String) {
    let mut here: Option<Option<BodyId>> = None;
    for scene in scenes {
        if here != Some(scene.body) {
            here = Some(scene.body);
            let heading = match scene.body {
                Some(body) => heading(telling, body),
                None => "Elsewhere".to_owned(),
            };
            out.push_str(&format!("\n### {heading}\n"));
        }
        for paragraph in &scene.text {
            out.push_str(&format!("\n{}\n", paragraph.trim_end()));
        }
    }
}

fn heading(telling: &Telling, body: BodyId) -> String {
    let names = &telling.names;
    let name = names.body(body);
    match names.system(body).map(|system| names.system_name(system)) {
        Some(system) if !name.contains(system) => format!("{system}: {name}"),
        _ => name.to_owned(),
    }
}

/// Who met whom, from when to when, and how much is told.
fn lead(telling: &Telling) -> String {
    let law = telling.names.law;
    let (Some(first), Some(last)) = (telling.events.first(), telling.events.last()) else {
        return format!("Nothing has happened since {}.\n", law.calendar.long(law.begins));
    };
    let battles = telling.record.battles.len() as i64;
    let lost = losses_until(telling, Time::NEVER).values().sum::<i64>();
    let mut text = format!(
        "From {} to {}: {}, ",
        law.calendar.long(law.begins.min(first.at)),
        law.calendar.long(last.at),
        words::counted(battles, "battle")
    );
    text.push_str(&match lost {
        0 => "and no ship lost.".to_owned(),
        n => format!("{} lost.", words::counted(n, "ship")),
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
    if fresh < 20 {
        return None;
    }
    let names = &telling.names;
    let brought = brought_until(telling, until);
    let powers: Vec<PowerId> = brought.keys().copied().collect();
    let mut parts: Vec<(i64, String)> = Vec::new();
    for side in names.sides(&powers) {
        let sum = |of: &BTreeMap<PowerId, i64>| -> i64 {
            side.iter().map(|power| of.get(power).copied().unwrap_or(0)).sum()
        };
        let (all, gone) = (sum(&brought), sum(&lost));
        if gone == 0 {
            continue;
        }
        let verb = if parts.is_empty() { " had lost" } else { "" };
        parts.push((
            gone,
            format!(
                "{}{verb} {}, {} of all {} had brought",
                names.side(&side),
                words::counted(gone, "ship"),
                words::share(gone, all),
                "it"
            ),
        ));
    }
    let many = parts.len() > 4;
    if many {
        let mut gone: Vec<i64> = parts.iter().map(|(gone, _)| *gone).collect();
        gone.sort_unstable_by_key(|gone| std::cmp::Reverse(*gone));
        let least = gone.get(3).copied().unwrap_or(0);
        parts.retain(|(gone, _)| *gone >= least);
        parts.truncate(4);
    }
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(_, text)| text.replace("all it had brought", "those it had brought"))
        .collect();
    Some(format!("*By midnight {}.*", parts.join("; ")))
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
    let shown = rows.len().min(12);
    let mut lines = Vec::new();
    for (power, all, gone) in rows.iter().take(shown) {
        let name = words::sentence(names.power(*power));
        let left = all - gone - departed.get(power).copied().unwrap_or(0);
        let away = match departed.get(power) {
            Some(n) => format!("; {} left the theatre", words::about(*n)),
            None => String::new(),
        };
        lines.push(match gone {
            0 => format!("- {name} kept all {}{away}.", words::counted_exactly(*all, "ship")),
            gone => format!(
                "- {name} lost {} of {}, {}; {} left{away}.",
                words::figures(*gone),
                words::counted_exactly(*all, "ship"),
                words::share(*gone, *all),
                match left {
                    0 => "none is".to_owned(),
                    1 => "one is".to_owned(),
                    n => format!("{} are", words::figures(n)),
                }
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
