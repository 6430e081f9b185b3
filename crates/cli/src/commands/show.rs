//! `jumpline show`: where a saved war stands and how it came there, what one power of it knows, or one battle.

use crate::args::Show;
use crate::failure::Failure;
use crate::meter::Meter;
use crate::report::{Sums, report};
use crate::strength::Strength;
use crate::{battles, files, opened, paint, play, view};
use jumpline_chronicle::forces;
use jumpline_store::{Journal, War, state_at};
use jumpline_world::{Law, State, look};

pub fn command(show: &Show) -> Result<(), Failure> {
    let meter = Meter::start();
    let journal = Journal::open(&show.file)?;
    let war = journal.war()?;
    let loaded = opened::open_saved(&war)?;
    let law = &loaded.law;
    let threads = play::threads(None);
    let state = state_at(&journal, law, journal.last(), threads)?;
    if let Some(key) = &show.power {
        let Some(power) = law.codex.power_by_key(key) else {
            let known: Vec<&str> =
                law.codex.powers.iter().map(|power| power.key.as_str()).collect();
            return Err(Failure::input(format!(
                "--power {key}: there is no such power\n  = hint: powers: {}",
                known.join(", ")
            )));
        };
        let shown = view::shown(law, &look(law, &state, power));
        let text = if show.json { shown.json() } else { painted(&shown.text(), show, law) };
        return Ok(files::say(&text)?);
    }
    if let Some(wanted) = &show.battle {
        return battle(show, wanted, law, &state, &journal);
    }
    let mut sums = Sums { events: 0, ship_ticks: 0, balanced: true, cpu_s: 0.0, wall_s: 0.0 };
    let mut strength = Strength::new(law, &state_at(&journal, law, 0, threads)?);
    let mut events = Vec::new();
    for number in 1..=journal.last() {
        let turn = journal.turn(number)?;
        sums.events += turn.events.len() as u64;
        sums.ship_ticks = sums.ship_ticks.saturating_add(turn.ship_ticks);
        sums.balanced &= turn.imbalances.is_empty();
        strength.turn(law, &turn.events);
        events.extend(turn.events);
    }
    sums.cpu_s = meter.cpu_s();
    sums.wall_s = meter.wall_s();
    let report = report(law, &state, &sums);
    if show.json {
        return Ok(files::say(&report.json())?);
    }
    let text = [
        summary(law, &state, &war, &journal),
        strength.told(law),
        format!("\n## Forces\n\n{}\n", forces(law, &state).markdown()),
        battles::greatest(law, &battles::all(law, &state, &events)),
        report.line(),
    ];
    Ok(files::say(&painted(&text.concat(), show, law))?)
}

/// A text as it is shown where it goes.
fn painted(text: &str, show: &Show, law: &Law) -> String {
    let powers = law.codex.powers.iter();
    let powers: Vec<_> = powers.map(|power| vec![power.name.clone(), power.key.clone()]).collect();
    paint::show(text, show.color, &powers)
}

/// One battle of the war, or the list of them.
fn battle(
    show: &Show,
    wanted: &str,
    law: &Law,
    state: &State,
    journal: &Journal,
) -> Result<(), Failure> {
    let mut events = Vec::new();
    for number in 1..=journal.last() {
        events.extend(journal.turn(number)?.events);
    }
    let fought = battles::all(law, state, &events);
    if wanted == "all" {
        let text = if show.json {
            let list: Vec<_> = fought.iter().map(|battle| battle.json(law, state)).collect();
            format!("{}\n", serde_json::Value::Array(list))
        } else {
            fought.iter().map(|battle| battle.line(law)).collect()
        };
        return Ok(files::say(&text)?);
    }
    let Some(battle) = fought.iter().find(|battle| battle.number().to_string() == wanted) else {
        return Err(Failure::input(format!(
            "--battle {wanted}: there is no such battle\n  = hint: `--battle` alone lists them"
        )));
    };
    let text = if show.json {
        format!("{:#}\n", battle.json(law, state))
    } else {
        painted(&battle.text(law, state), show, law)
    };
    Ok(files::say(&text)?)
}

fn summary(law: &Law, state: &State, war: &War, journal: &Journal) -> String {
    let calendar = &law.calendar;
    let mut out = format!("# {}\n\n", law.title);
    out.push_str(&format!(
        "{} of `{}`, from {} to {}, written by jumpline {}.\n",
        match state.turn {
            0 => "The opening".to_owned(),
            1 => "One turn".to_owned(),
            turns => format!("{turns} turns"),
        },
        war.scenario,
        calendar.long(law.begins),
        calendar.long(state.now),
        war.engine
    ));
    if let Some(parent) = war.parent
        && let Ok((_, at)) = journal.span(parent.turn)
    {
        let date = calendar.long(at);
        out.push_str(&format!("Forked at {date}, after turn {}.\n", parent.turn));
    }
    if let Some(orders) = &war.orders {
        out.push_str(&format!("Played with the orders of {}.\n", orders.name));
    }
    out.push('\n');
    out
}
