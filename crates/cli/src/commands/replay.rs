//! `jumpline replay`: plays a saved war again and compares every turn.

use crate::args::Replay;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{files, opened, play};
use jumpline_store::{Journal, replay_all};

pub fn command(replay: &Replay) -> Result<(), Failure> {
    let journal = Journal::open(&replay.file)?;
    let war = journal.war()?;
    let loaded = opened::open_saved(&war)?;
    let threads = play::threads(None);
    let progress = Progress::over(u64::from(journal.last()));
    let mut opening = loaded.opening(war.seed);
    // At which resolution a war was played stands in its opening.
    if let Some(kept) = journal.snapshot(0)? {
        opening.resolved.asked = kept.resolved.asked;
    }
    let mut digest = journal.digest(0)?.long();
    let calendar = &loaded.law.calendar;
    let replayed = replay_all(&journal, &loaded.law, opening, threads, |state, number| {
        progress.step(format!("turn {number}, {}", calendar.long(state.now)));
    });
    progress.done();
    let replayed = replayed?;
    if replayed.turns > 0 {
        digest = journal.digest(replayed.turns)?.long();
    }
    let text = match replayed.turns {
        0 => format!("the opening is as recorded\ndigest {digest}\n"),
        turns => format!("{turns} turns replayed, each as recorded\ndigest {digest}\n"),
    };
    Ok(files::say(&text)?)
}
