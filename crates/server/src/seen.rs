//! The choke point: everything that anybody is told of a war is made here, from a power's view and what that power has heard. Whoever
//! calls has been admitted to that power's knowledge up to a turn; nothing here is given more than that.

use crate::app::App;
use crate::fault::Fault;
use crate::records;
use crate::table::Table;
use bytes::Bytes;
use jumpline_campaign::replay;
use jumpline_measure::PowerId;
use jumpline_store::house;
use jumpline_wire::event::{Battles, Chronicle, Marks};
use jumpline_wire::{Hearing, Lens};
use jumpline_world::{State, look};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes ready to send, with a tag that says whether they are the same as before.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub bytes: Bytes,
    pub tag: String,
}

impl Answer {
    pub fn of<T: Serialize>(value: &T) -> Result<Answer, Fault> {
        let bytes =
            serde_json::to_vec(value).map_err(|error| Fault::internal(&error.to_string()))?;
        Ok(Answer::of_bytes(bytes))
    }

    pub fn of_bytes(bytes: Vec<u8>) -> Answer {
        let hash = blake3::hash(&bytes).to_hex();
        let tag = format!("\"{}\"", hash.get(..32).unwrap_or_default());
        Answer { bytes: bytes.into(), tag }
    }
}

/// Views made lately, states gone back to, and what powers have heard.
#[derive(Default)]
pub(crate) struct Seen {
    views: Mutex<BTreeMap<(u32, u32), Answer>>,
    states: Mutex<BTreeMap<u32, Arc<State>>>,
    hearings: Mutex<BTreeMap<u32, Hearing>>,
}

/// Views and states of a game that are held ready.
const READY_MAX: usize = 24;

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts a value in and lets the oldest turns go.
fn hold<K: Ord + Copy, V>(map: &mut BTreeMap<K, V>, key: K, value: V) {
    map.insert(key, value);
    while map.len() > READY_MAX {
        let Some(least) = map.keys().find(|have| **have != key).copied() else { return };
        map.remove(&least);
    }
}

/// The state after a turn. Takes a while when it was not kept.
pub(crate) fn state_at(app: &App, table: &Table, turn: u32) -> Result<Arc<State>, Fault> {
    let standing = table.standing();
    if standing.turn == turn {
        return Ok(standing.state);
    }
    if let Some(state) = lock(&table.seen.states).get(&turn) {
        return Ok(Arc::clone(state));
    }
    let id = table.id.clone();
    let (mut state, turns) = app.keeper.wait(move |sql| {
        let from = house::last_state_before(sql, &id, turn)?;
        let turns = (from.turn + 1..=turn).map(|number| house::turn(sql, &id, number));
        Ok((from.state, turns.collect::<Result<Vec<_>, _>>()?))
    })?;
    for played in &turns {
        let done = replay(&table.law, &mut state, played, app.config.threads, || None);
        done.map_err(|_| Fault::internal("a game does not replay to its digest"))?;
    }
    let state = Arc::new(state);
    hold(&mut lock(&table.seen.states), turn, Arc::clone(&state));
    Ok(state)
}

/// A power's view at a deadline.
pub(crate) fn view(app: &App, table: &Table, power: u32, turn: u32) -> Result<Answer, Fault> {
    if let Some(answer) = lock(&table.seen.views).get(&(turn, power)) {
        return Ok(answer.clone());
    }
    let state = state_at(app, table, turn)?;
    let power_id = PowerId(power);
    let lens = Lens::new(&state, power_id);
    let view = jumpline_wire::view::view(&lens, &look(&table.law, &state, power_id));
    #[cfg(feature = "canary")]
    let view = leaked(app, &state, view);
    let answer = Answer::of(&view)?;
    #[cfg(feature = "canary")]
    let answer = tagged_wrongly(app, &state, answer);
    hold(&mut lock(&table.seen.views), (turn, power), answer.clone());
    Ok(answer)
}

/// What the checks of this room must catch: a count over all powers, in a number that looks harmless.
#[cfg(feature = "canary")]
fn leaked(
    app: &App,
    state: &State,
    mut view: jumpline_wire::view::View,
) -> jumpline_wire::view::View {
    if app.planted(crate::config::Defect::LeakCount) {
        view.turn_s += i64::try_from(state.ships.len()).unwrap_or(0);
    }
    view
}

/// And this: a tag that changes with what is hidden.
#[cfg(feature = "canary")]
fn tagged_wrongly(app: &App, state: &State, mut answer: Answer) -> Answer {
    if app.planted(crate::config::Defect::LeakTag) {
        answer.tag = format!("\"{:032}\"", state.ships.len());
    }
    answer
}

/// Brings what a power has heard up to the present and asks something of it.
pub(crate) fn heard<T>(
    app: &App,
    table: &Table,
    power: u32,
    ask: impl FnOnce(&Hearing) -> T,
) -> Result<T, Fault> {
    let standing = table.standing();
    let mut hearings = lock(&table.seen.hearings);
    let hearing = hearings.entry(power).or_insert_with(|| Hearing::new(&table.law, PowerId(power)));
    while hearing.turns() < standing.turn {
        let next = hearing.turns() + 1;
        let record = standing.record.clone().filter(|record| record.number == next);
        let record = match record {
            Some(record) => record,
            None => {
                let id = table.id.clone();
                Arc::new(app.keeper.wait(move |sql| house::turn(sql, &id, next))?)
            }
        };
        let after = state_at(app, table, next)?;
        hearing.hear(&table.law, &after, &record);
    }
    Ok(ask(hearing))
}

/// What a power heard of in some turns.
pub(crate) fn chronicle(
    app: &App,
    table: &Table,
    power: u32,
    from: u32,
    to: u32,
) -> Result<Answer, Fault> {
    let events = heard(app, table, power, |hearing| hearing.events(from, to))?;
    Answer::of(&Chronicle { from, to, events })
}

/// The marks of a scrubber.
pub(crate) fn marks(app: &App, table: &Table, power: u32, to: u32) -> Result<Answer, Fault> {
    let turns = heard(app, table, power, |hearing| hearing.marks(to))?;
    Answer::of(&Marks { turns })
}

/// The battles of a power up to a turn. What became of one later is not told.
pub(crate) fn battles(app: &App, table: &Table, power: u32, to: u32) -> Result<Answer, Fault> {
    let battles = heard(app, table, power, |hearing| {
        let mut battles = hearing.battles(to);
        for battle in &mut battles {
            let known = hearing.battle(battle.id, to);
            battle.record = known.is_some_and(|known| records::stands(app, &table.id, known));
        }
        battles
    })?;
    Answer::of(&Battles { battles })
}

/// The record of a battle for a power that took part in it; none if it did not, or if none was kept.
pub(crate) fn battle(
    app: &App,
    table: &Table,
    power: u32,
    to: u32,
    number: u32,
) -> Result<Option<Answer>, Fault> {
    let known = heard(app, table, power, |hearing| hearing.battle(number, to))?;
    let Some(engagement) = known else { return Ok(None) };
    let state = table.standing().state;
    let bytes = records::of(app, table, &state, power, engagement, number)?;
    Ok(bytes.map(Answer::of_bytes))
}
