//! Events counted, summed and seen in their densest moment.

use super::census::in_roles;
use jumpline_measure::{ShipId, Time};
use jumpline_world::event::{Event, Facts};
use jumpline_world::law::{Codex, Count, Mark};
use std::collections::BTreeSet;

/// Is this the event that a mark names?
pub(crate) fn is_marked(mark: &Mark, event: &Event, facts: &Facts) -> bool {
    facts.name == mark.event
        && (mark.power.is_none() || facts.power == mark.power)
        && (mark.class.is_none() || facts.class == mark.class)
        && (mark.body.is_none() || event.body == mark.body)
}

/// The events that a count means: when each happened and what it adds.
fn matching<'a>(
    codex: &'a Codex,
    events: &'a [Event],
    count: &'a Count,
) -> impl Iterator<Item = (Time, i64)> + 'a {
    let mut seen: BTreeSet<Option<ShipId>> = BTreeSet::new();
    events
        .iter()
        .map(|event| (event, event.what.facts()))
        .take_while(|(event, facts)| {
            count.before.as_ref().is_none_or(|mark| !is_marked(mark, event, facts))
        })
        .filter(|(event, facts)| {
            facts.name == count.event
                && (count.powers.is_empty()
                    || facts.power.is_some_and(|power| count.powers.contains(&power)))
                && (count.roles.is_empty()
                    || facts.class.is_some_and(|class| in_roles(codex, class, &count.roles)))
                && (count.class.is_none() || facts.class == count.class)
                && (count.body.is_none() || event.body == count.body)
                && (count.how.is_empty() || facts.how.is_some_and(|how| how.word() == count.how))
                && count.from.is_none_or(|from| event.at >= from)
                && count.until.is_none_or(|until| event.at < until)
        })
        .filter(move |(_, facts)| !count.distinct || seen.insert(facts.ship))
        .map(|(event, facts)| {
            let adds =
                if count.sum.is_empty() { 1 } else { facts.quantity(&count.sum).unwrap_or(0) };
            (event.at, adds)
        })
}

/// How many events match, or the sum of what they tell.
pub(crate) fn count(codex: &Codex, events: &[Event], asked: &Count) -> i64 {
    matching(codex, events, asked).fold(0, |sum: i64, (_, adds)| sum.saturating_add(adds))
}

/// The greatest sum within any window of that many seconds, divided by its length and rounded down.
pub(crate) fn peak(codex: &Codex, events: &[Event], asked: &Count, window_s: i64) -> i64 {
    let window_s = window_s.max(1);
    let mut found: Vec<(Time, i64)> = matching(codex, events, asked).collect();
    found.sort_unstable();
    let (mut best, mut sum, mut first) = (0_i64, 0_i64, 0_usize);
    for (at, adds) in &found {
        sum = sum.saturating_add(*adds);
        while let Some((earliest, drops)) = found.get(first) {
            if at.saturating_since(*earliest).0 < window_s {
                break;
            }
            sum = sum.saturating_sub(*drops);
            first += 1;
        }
        best = best.max(sum);
    }
    best / window_s
}
