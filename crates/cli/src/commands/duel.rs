//! `jumpline duel`: forces set against one another, many times.

use crate::args::Duel;
use crate::failure::Failure;
use crate::meter::Meter;
use crate::play;
use crate::progress::Progress;
use crate::{duel_set, duel_told, files, records};
use jumpline_record::Shelf;
use jumpline_study::{Bout, Watch};
use std::sync::atomic::Ordering;

/// Battles with fewer seeds than threads share the threads among them.
fn threads_each(threads: usize, runs: u32) -> usize {
    let runs = usize::try_from(runs).unwrap_or(usize::MAX).max(1);
    (threads / runs).max(1)
}

pub fn command(asked: &Duel) -> Result<(), Failure> {
    let (study, duel) = &duel_set::study(asked)?;
    let mut warnings = study.warnings();
    if let Some(why) = study.fallback(duel.seed) {
        warnings
            .push(format!("fought ship by ship: outside the calibrated region ({})", why.word()));
    }
    for warning in &warnings {
        files::note(&format!("jumpline: {warning}\n"));
    }
    let threads = play::threads(duel.threads);
    let stop = play::interrupts();
    let progress = Progress::over(u64::from(duel.runs));
    let meter = Meter::start();
    let watch = Watch {
        stopped: &|| stop.load(Ordering::Relaxed),
        done: &|bout: &Bout| progress.step(format!("seed {}", bout.seed)),
    };
    let each = threads_each(threads, duel.runs);
    let mut shelf = duel.record.as_ref().map(|path| Shelf::file(study.law(), duel.seed, path));
    let outcome = match &mut shelf {
        Some(shelf) => study.fight_watched(duel.seed, duel.runs, each, &watch, shelf),
        None => study.fight(duel.seed, duel.runs, each, &watch),
    };
    progress.done();
    let Some(outcome) = outcome else {
        return Err(Failure::Interrupted("interrupted".to_owned()));
    };
    let recorded = records::finish(shelf)?;
    let text = if duel.json {
        duel_told::json(&outcome, duel, meter.cpu_s(), &warnings, recorded.first())
    } else {
        let told = records::told(&recorded);
        format!("{}{told}", duel_told::tables(&outcome, duel))
    };
    Ok(files::say(&text)?)
}
