//! `jumpline fork`: goes another way from a turn of a saved war, and says where the two part.

use crate::args::Fork;
use crate::failure::Failure;
use crate::meter::Meter;
use crate::report::{Sums, report};
use crate::{commands, files, opened, play};
use jumpline_campaign::Campaign;
use jumpline_chronicle::{Forces, Options as Telling, forces};
use jumpline_store::{Journal, state_at};
use jumpline_world::{Law, State};

pub fn command(fork: &Fork) -> Result<(), Failure> {
    if let (Ok(from), Ok(to)) = (fork.file.canonicalize(), fork.save.canonicalize())
        && from == to
    {
        let name = fork.save.display();
        return Err(Failure::input(format!("--save {name}: a fork needs a file of its own")));
    }
    let parent = Journal::open(&fork.file)?;
    let war = parent.war()?;
    let loaded = opened::open_saved(&war)?;
    let at = play::date(&loaded.law, "--at", &fork.at)?;
    let turn = parent.turn_at(at)?.unwrap_or(0);
    let (before, here) = parent.span(turn)?;
    let law = loaded.law.clone();
    if at > here.saturating_add(law.turn) {
        return Err(Failure::input(format!(
            "--at {}: {} ends at {}",
            fork.at,
            fork.file.display(),
            law.calendar.iso(here)
        )));
    }
    let threads = play::threads(None);
    let state = state_at(&parent, &law, turn, threads)?;
    let opening = loaded.opening(war.seed);
    let orders = match &fork.orders {
        Some(path) => Some(opened::orders_text(path)?),
        None => war.orders.clone(),
    };
    let book = opened::orders(&loaded, &opening, orders.as_ref())?;
    let (_, parent_ends) = parent.span(parent.last())?;
    let until = if parent_ends > here { parent_ends } else { law.ends.max(here) };
    let mut journal = parent.fork(&fork.save, turn, &state, orders)?;

    let meter = Meter::start();
    let since = (turn > 0).then_some(before);
    let mut campaign = Campaign::resume(law.clone(), state.clone(), since, threads);
    campaign.hand_in(book);
    let played = play::to(&mut campaign, until, Some(&mut journal), None, None);
    let (cpu_s, wall_s) = (meter.cpu_s(), meter.wall_s());
    journal.finish(campaign.state())?;
    play::receipts(&campaign);
    played?;

    let mut earlier = Vec::new();
    for number in 1..=turn {
        earlier.extend(parent.turn(number)?.events);
    }
    let told = commands::run::tell(&campaign, &state, &Telling::default());
    let sums = Sums {
        events: campaign.turns().iter().map(|turn| turn.events.len() as u64).sum(),
        ship_ticks: campaign.turns().iter().map(|turn| turn.ship_ticks).sum(),
        balanced: play::balanced(&campaign, &opening, earlier),
        cpu_s,
        wall_s,
    };
    let closing = report(&law, campaign.state(), &sums).line();
    let parted = parting(&parent, &campaign)?;
    let mut text = format!(
        "{told}Forked from {} at {}, after turn {turn}. {parted}\n",
        fork.file.display(),
        law.calendar.long(here)
    );
    if parent_ends > here {
        let theirs = state_at(&parent, &law, parent.last(), threads)?;
        text.push_str(&beside(&law, &theirs, campaign.state()));
    }
    Ok(files::say(&format!("{text}{closing}"))?)
}

/// The first turn after which parent and fork are not the same.
fn parting(parent: &Journal, campaign: &Campaign) -> Result<String, Failure> {
    for turn in campaign.turns() {
        if turn.number > parent.last() {
            break;
        }
        let theirs = parent.digest(turn.number)?;
        if theirs != turn.digest {
            let date = campaign.law().calendar.long(turn.ends);
            return Ok(format!("The two part in turn {}, which ends at {date}.", turn.number));
        }
    }
    Ok("The two are the same in every turn they share.".to_owned())
}

/// Ships lost and present, parent beside fork, for every power for which they differ.
fn beside(law: &Law, parent: &State, fork: &State) -> String {
    let sums = |forces: &Forces| -> Vec<(String, i64, i64)> {
        forces
            .powers
            .iter()
            .map(|power| {
                let lost = power.ships.iter().map(|row| row.lost).sum();
                let present = power.ships.iter().map(|row| row.present).sum();
                (power.name.clone(), lost, present)
            })
            .collect()
    };
    let rows: Vec<String> = sums(&forces(law, parent))
        .into_iter()
        .zip(sums(&forces(law, fork)))
        .filter(|(theirs, ours)| theirs != ours)
        .map(|((name, lost, present), (_, fork_lost, fork_present))| {
            format!("| {name} | {lost} | {fork_lost} | {present} | {fork_present} |\n")
        })
        .collect();
    if rows.is_empty() {
        return "Every power ends with as many ships as in the war it was forked from.\n\n"
            .to_owned();
    }
    format!(
        "\n| power | lost, parent | lost, fork | present, parent | present, fork |\n|---|--:|--:|--:|--:|\n{}\n",
        rows.concat()
    )
}
