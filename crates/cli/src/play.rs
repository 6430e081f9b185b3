//! A war from where it stands to a date: advanced, saved, acknowledged, watched for an interrupt.

use crate::failure::Failure;
use crate::files;
use crate::progress::Progress;
use crate::watch::Watch;
use jumpline_campaign::{Campaign, Watcher};
use jumpline_chronicle::cross_check;
use jumpline_measure::Time;
use jumpline_record::Shelf;
use jumpline_store::Journal;
use jumpline_world::{Event, Law, State};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Threads to play on: as asked for, or as many as there are cores. Sets up the pool that minds and battles share.
pub fn threads(asked: Option<u16>) -> usize {
    let threads = asked
        .map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    // A pool that stands already is as good: results do not depend on it.
    drop(rayon::ThreadPoolBuilder::new().num_threads(threads).build_global());
    threads
}

/// A flag that the first interrupt raises; a second one ends the program at once.
pub fn interrupts() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Without a handler the system's own stands: the program ends, and the save holds what was acknowledged.
        drop(signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&flag)));
        drop(signal_hook::flag::register(signal, Arc::clone(&flag)));
    }
    flag
}

/// A date of the command line.
pub fn date(law: &Law, option: &str, text: &str) -> Result<Time, Failure> {
    let time = law
        .calendar
        .parse(text)
        .map_err(|error| Failure::input(format!("{option} {text}: {error}")))?;
    if time < law.begins {
        let begins = law.calendar.iso(law.begins);
        return Err(Failure::input(format!("{option} {text}: the war begins at {begins}")));
    }
    Ok(time)
}

/// Plays to a date, keeping every turn in the journal if there is one, and showing it to whoever watches. The journal is closed by the
/// caller.
pub fn to(
    campaign: &mut Campaign,
    until: Time,
    mut journal: Option<&mut Journal>,
    mut shelf: Option<&mut Shelf>,
    watched: Option<&Watch>,
) -> Result<(), Failure> {
    let stop = interrupts();
    let mut progress = Progress::new(campaign.law(), campaign.state().now, until);
    let acknowledges = std::env::var_os("JUMPLINE_ACK").is_some_and(|value| value == "1");
    while !campaign.reached(until) {
        if stop.load(Ordering::Relaxed) {
            progress.done();
            return Err(interrupted(campaign, journal.as_deref()));
        }
        let begun = Instant::now();
        let calendar = campaign.law().calendar;
        if let Some(shelf) = &mut shelf {
            let ships = campaign.state().ships.iter();
            let named = ships.filter_map(|ship| Some((ship.id.0, ship.name.clone()?)));
            shelf.name(named.collect());
        }
        let battles = shelf.as_deref_mut().map(|shelf| shelf as &mut dyn Watcher);
        campaign.advance_seen(&mut |within| progress.within(&calendar, within), battles);
        let (state, Some(turn)) = (campaign.state(), campaign.turns().last()) else { break };
        if let Some(journal) = journal.as_deref_mut() {
            journal.append(turn, state)?;
            if acknowledges {
                // One write, so that a reader sees all of the line or nothing.
                files::note(&format!("acknowledged {} {}\n", turn.number, turn.digest.long()));
            }
        }
        progress.turn(campaign.law(), state, turn);
        if let Some(watched) = watched {
            watched.turn(turn, state)?;
            watched.keep_pace(begun, &stop);
        }
    }
    progress.done();
    Ok(())
}

fn interrupted(campaign: &Campaign, journal: Option<&Journal>) -> Failure {
    let date = campaign.law().calendar.long(campaign.state().now);
    Failure::Interrupted(match journal {
        Some(journal) => format!(
            "interrupted at {date}; {} holds the war up to turn {}",
            journal.path().display(),
            journal.last()
        ),
        None => format!("interrupted at {date}"),
    })
}

/// Prints which orders of a file were refused when they were given.
pub fn receipts(campaign: &Campaign) {
    let calendar = &campaign.law().calendar;
    for receipt in campaign.receipts() {
        if let Some(refusal) = &receipt.refusal {
            let date = calendar.iso(receipt.at);
            files::note(&format!("{}: refused at {date}: {refusal}\n", receipt.place));
        }
    }
}

/// Did everything balance: the war's own account after every turn, and the account made afresh from the opening and the events
/// alone? Prints what did not. `earlier` are the events between the opening and the campaign's first turn.
pub fn balanced(campaign: &Campaign, opening: &State, earlier: Vec<Event>) -> bool {
    let wrong = campaign.turns().iter().find(|turn| !turn.imbalances.is_empty());
    if let Some(turn) = wrong {
        files::note(&format!(
            "jumpline: the account does not balance after turn {}\n",
            turn.number
        ));
        for imbalance in &turn.imbalances {
            files::note(&format!(
                "  {}: {} by the account, {} in the state\n",
                imbalance.what, imbalance.account, imbalance.state
            ));
        }
    }
    let mut events = earlier;
    events.extend(campaign.turns().iter().flat_map(|turn| turn.events.iter().cloned()));
    let told = cross_check(campaign.law(), opening, campaign.state(), &events);
    if !told.is_empty() {
        files::note("jumpline: the events do not add up to the account\n");
    }
    for difference in &told {
        files::note(&format!(
            "  {}: {} by the events, {} by the account\n",
            difference.what, difference.events, difference.account
        ));
    }
    wrong.is_none() && told.is_empty()
}
