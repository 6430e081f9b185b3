//! Runs to ground: who went down, how many reached the air, where they stood, when their shields did.

use super::{Scene, Telling, since_s};
use crate::words;
use jumpline_measure::{BodyId, PowerId, Time};
use jumpline_world::event::What;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
struct Run {
    began: Option<Time>,
    ships: i64,
    air: i64,
    landed: i64,
    sites: BTreeSet<u32>,
    first_down: Option<Time>,
    because: Vec<jumpline_world::event::Cause>,
}

pub fn scenes(telling: &Telling, out: &mut Vec<Scene>) {
    runs(telling, out);
    shields(telling, out);
}

fn runs(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    let mut runs: BTreeMap<(Time, Option<BodyId>, PowerId), Run> = BTreeMap::new();
    let mut footholds: BTreeMap<(Time, PowerId), BTreeSet<u32>> = BTreeMap::new();
    for event in telling.events {
        let (power, body) = match &event.what {
            What::LandingBegan { power, .. }
            | What::ReachedAir { power, .. }
            | What::Landed { power, .. } => (*power, event.body),
            What::Foothold { power, body, .. } => (*power, Some(*body)),
            _ => continue,
        };
        let run = runs.entry((telling.day(event.at), body, power)).or_default();
        match &event.what {
            What::LandingBegan { ships, .. } => {
                run.began.get_or_insert(event.at);
                run.ships += i64::from(*ships);
                run.because.extend(event.because.iter().copied());
            }
            What::ReachedAir { .. } => {
                run.began.get_or_insert(event.at);
                run.air += 1;
            }
            What::Landed { site, .. } => {
                run.began.get_or_insert(event.at);
                run.landed += 1;
                run.sites.insert(*site);
                run.first_down.get_or_insert(event.at);
            }
            What::Foothold { site, .. } => {
                run.began.get_or_insert(event.at);
                footholds.entry((telling.day(event.at), power)).or_default().insert(*site);
            }
            _ => {}
        }
    }
    for ((day, body, power), run) in runs {
        let Some(at) = run.began else { continue };
        let ground = body.map_or("the ground", |body| names.body(body));
        let name = names.power(power);
        let clock = telling.clock(at);
        let purpose = telling.purpose(&run.because, Some(power));
        let mut text = match run.ships {
            0 => format!("Ships of {name} came down on {ground} from {clock}."),
            ships => format!(
                "At {clock} {} of {name} began their run for {ground}{}.{}",
                words::counted(ships, "ship"),
                purpose.clause,
                purpose.sentence
            ),
        };
        if run.air > 0 && run.ships >= run.air {
            let percent = (run.air * 1_000 / run.ships.max(1) + 5) / 10;
            text.push_str(&match run.air == run.ships {
                true => " All of them reached the air.".to_owned(),
                false => format!(
                    " {} of them, {percent} %, reached the air.",
                    words::sentence(&words::about(run.air))
                ),
            });
        } else if run.air > 0 {
            text.push_str(&format!(
                " {} reached the air.",
                words::sentence(&words::counted(run.air, "ship"))
            ));
        }
        if run.landed > 0 {
            let sites = run.sites.len() as i64;
            text.push_str(&format!(
                " {} stood on the ground at {}{}.",
                words::sentence(&words::counted(run.landed, "ship")),
                words::counted_exactly(sites, "site"),
                run.first_down
                    .map_or_else(String::new, |at| format!(", the first at {}", telling.clock(at)))
            ));
        }
        if let Some(new) = footholds.get(&(day, power)) {
            let n = new.len() as i64;
            text.push_str(&match n {
                1 => format!(" It was a foothold that {name} had not had the day before."),
                n => format!(
                    " That gave {name} {} there.",
                    words::counted_exactly(n, "new foothold")
                ),
            });
        }
        let weight = run.ships.max(run.air) * 3 + run.landed * 3 + 40;
        out.push(Scene {
            at,
            body,
            weight,
            must: run.landed > 0,
            text: vec![words::sentence(&text)],
        });
    }
}

/// Portable shields over the sites.
fn shields(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    let mut first: BTreeMap<(BodyId, u32), Time> = BTreeMap::new();
    let mut rows: BTreeMap<(Time, BodyId, PowerId), (Time, i64, i64)> = BTreeMap::new();
    for event in telling.events {
        match &event.what {
            What::Foothold { site, body, .. } => {
                first.entry((*body, *site)).or_insert(event.at);
            }
            What::SiteShield { site, power, body } => {
                let took = first.get(&(*body, *site)).map_or(0, |at| since_s(*at, event.at));
                let row =
                    rows.entry((telling.day(event.at), *body, *power)).or_insert((event.at, 0, 0));
                row.1 += 1;
                row.2 = row.2.max(took);
            }
            _ => {}
        }
    }
    for ((_, body, power), (at, n, took)) in rows {
        let took = if took > 0 {
            format!(", {} after the first ships stood there", words::span(took))
        } else {
            String::new()
        };
        let name = names.power(power);
        let text = match n {
            1 => format!(
                "At {} a portable shield of {name} stood over a landing site on {}{took}.",
                telling.clock(at),
                names.body(body)
            ),
            n => format!(
                "From {} portable shields of {name} stood over {} on {}{took}.",
                telling.clock(at),
                words::counted_exactly(n, "landing site"),
                names.body(body)
            ),
        };
        out.push(Scene { at, body: Some(body), weight: 150, must: true, text: vec![text] });
    }
}
