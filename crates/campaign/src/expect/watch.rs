//! Looks on while a run is played, and gives its value for each expectation.

use super::census::Census;
use super::events;
use crate::record::Turn;
use jumpline_measure::{ClassId, Time};
use jumpline_world::law::{Gauge, Mark, Present};
use jumpline_world::{Law, State};
use std::collections::BTreeMap;

/// What one run has shown so far.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Dates at which ships are to be counted, with the count once taken.
    moments: BTreeMap<Time, Option<Census>>,
    /// Hull lost at a mark, for the expectations that ask (by their place).
    hulls: BTreeMap<usize, i64>,
}

impl Watch {
    /// A watch over a run from its opening.
    pub fn new(law: &Law, opening: &State) -> Watch {
        let mut watch = Watch { moments: BTreeMap::new(), hulls: BTreeMap::new() };
        for expectation in &law.plan.expectations {
            let asked: Vec<&Present> = match &expectation.gauge {
                Gauge::Present(one) => vec![one],
                Gauge::Ratio { one, other } => vec![one, other],
                _ => Vec::new(),
            };
            watch.moments.extend(asked.into_iter().map(|present| (present.at, None)));
        }
        watch.count_ships(opening);
        watch
    }

    /// Looks at a turn that was just played and at the state after it.
    pub fn see(&mut self, law: &Law, state: &State, turn: &Turn) {
        self.count_ships(state);
        for (place, expectation) in law.plan.expectations.iter().enumerate() {
            if let Gauge::HullLost { class, when } = &expectation.gauge
                && !self.hulls.contains_key(&place)
                && let Some(lost) = hull_lost(law, state, turn, *class, when)
            {
                self.hulls.insert(place, lost);
            }
        }
    }

    /// A date that falls within a turn is counted at the turn's end.
    fn count_ships(&mut self, state: &State) {
        let due = self.moments.range_mut(..=state.now).filter(|(_, census)| census.is_none());
        let mut taken: Option<Census> = None;
        for (_, census) in due {
            *census = Some(taken.get_or_insert_with(|| Census::take(state)).clone());
        }
    }

    /// The value of each expectation in this run; none where what is measured never came about.
    pub fn values(&self, law: &Law, turns: &[Turn]) -> Vec<Option<i64>> {
        let events: Vec<_> = turns.iter().flat_map(|turn| turn.events.iter().cloned()).collect();
        let codex = &law.codex;
        law.plan
            .expectations
            .iter()
            .enumerate()
            .map(|(place, expectation)| match &expectation.gauge {
                Gauge::Count(asked) => Some(events::count(codex, &events, asked)),
                Gauge::Share { part, whole } => {
                    let whole = events::count(codex, &events, whole);
                    (whole > 0).then(|| events::count(codex, &events, part) * 1_000 / whole)
                }
                Gauge::Peak { count, window_s } => {
                    Some(events::peak(codex, &events, count, *window_s))
                }
                Gauge::Present(asked) => self.present(law, asked),
                Gauge::Ratio { one, other } => {
                    let other = self.present(law, other)?;
                    (other > 0).then_some(self.present(law, one)? * 1_000 / other.max(1))
                }
                Gauge::HullLost { .. } => self.hulls.get(&place).copied(),
            })
            .collect()
    }

    fn present(&self, law: &Law, asked: &Present) -> Option<i64> {
        self.moments.get(&asked.at)?.as_ref()?.present(law, asked)
    }
}

/// The hull that the first ship of a class had lost when the mark came, permille: as the event itself tells it, or else as the ship
/// stands at the end of that turn.
fn hull_lost(law: &Law, state: &State, turn: &Turn, class: ClassId, when: &Mark) -> Option<i64> {
    let facts = turn
        .events
        .iter()
        .map(|event| (event, event.what.facts()))
        .find(|(event, facts)| events::is_marked(when, event, facts))?
        .1;
    if facts.class == Some(class)
        && let Some(told) = facts.quantity("hull_lost_permille")
    {
        return Some(told);
    }
    let whole = law.codex.class(class).hull.max(1);
    let ship = state.ships.iter().find(|ship| ship.class == class)?;
    Some((whole - i64::from(ship.hull)).max(0) * 1_000 / whole)
}
