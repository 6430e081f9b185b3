//! `jumpline check`: every mistake in a scenario.

use crate::args::Check;
use crate::failure::Failure;
use crate::{files, opened};
use jumpline_chronicle::words::counted_exactly;

pub fn command(check: &Check) -> Result<(), Failure> {
    let source = files::source(&check.scenario)?;
    let loaded = opened::open(&source)?;
    let law = &loaded.law;
    let count = |n: usize, what: &str| counted_exactly(i64::try_from(n).unwrap_or(i64::MAX), what);
    let arriving: u64 = law
        .plan
        .arrivals
        .iter()
        .flat_map(|arrival| &arrival.forces.ships)
        .map(|ships| u64::from(ships.count))
        .sum();
    let mut text = format!(
        "{}: {}\n  {} to {}, {} of {}\n  {}, {}, {}, {}",
        source.key,
        law.title,
        law.calendar.long(law.begins),
        law.calendar.long(law.ends),
        count(law.turns() as usize, "turn"),
        law.turn,
        count(law.codex.chart.systems.len(), "system"),
        count(law.codex.powers.len(), "power"),
        count(loaded.opening.ships.len(), "ship"),
        count(law.plan.expectations.len(), "expectation"),
    );
    if arriving > 0 {
        text.push_str(&format!("\n  {arriving} more ships arrive later"));
    }
    Ok(files::say(&format!("{text}\nno mistake found\n"))?)
}
