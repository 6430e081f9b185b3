//! Battles put together again from the stream of events: who came, what was lost and what stood out, in order.
//!
//! Some events name their battle, others only their place; the latter are given to a battle that was going on there, one in
//! which their power took part before any other.

use jumpline_measure::{BodyId, ClassId, EngagementId, EventId, GroupId, PowerId, ShipId, Time};
use jumpline_world::event::{Cause, Event, How, What};
use std::collections::{BTreeMap, BTreeSet};

/// One ship lost.
#[derive(Clone, Copy, Debug)]
pub struct Loss {
    /// When.
    pub at: Time,
    /// Which.
    pub ship: ShipId,
    /// Whose.
    pub power: PowerId,
    /// Her class.
    pub class: ClassId,
    /// How.
    pub how: How,
    /// By whom.
    pub by: Option<ShipId>,
    /// People who died.
    pub people: i64,
}

/// One battle.
#[derive(Clone, Debug)]
pub struct Battle<'a> {
    /// Its number.
    pub id: EngagementId,
    /// The event that told of its beginning.
    pub event: Option<EventId>,
    /// Where.
    pub body: Option<BodyId>,
    /// When it began.
    pub began: Time,
    /// When it ended, if it has.
    pub ended: Option<Time>,
    /// Was it ended by rule?
    pub by_rule: bool,
    /// Who took part.
    pub powers: Vec<PowerId>,
    /// Groups that joined, as far as events say.
    pub groups: BTreeSet<GroupId>,
    /// Ships each power brought.
    pub came: BTreeMap<PowerId, i64>,
    /// Ships that broke off, by power.
    pub left: BTreeMap<PowerId, i64>,
    /// Losses in order.
    pub losses: Vec<Loss>,
    /// What else happened in it, in order.
    pub notes: Vec<&'a Event>,
    /// What led to it.
    pub because: Vec<Cause>,
}

impl Battle<'_> {
    /// Ships that a power lost.
    pub fn lost(&self, power: PowerId) -> i64 {
        self.losses.iter().filter(|loss| loss.power == power).count() as i64
    }

    /// How long it lasted, or has lasted until the last thing told of it, seconds.
    pub fn duration_s(&self) -> i64 {
        let last_loss = self.losses.last().map(|loss| loss.at);
        let last_note = self.notes.last().map(|event| event.at);
        let until = self.ended.or(last_loss.max(last_note)).unwrap_or(self.began);
        until.0.saturating_sub(self.began.0).max(0)
    }
}

/// All battles in the order in which they began, and the events that belong to none.
pub struct Record<'a> {
    /// Battles.
    pub battles: Vec<Battle<'a>>,
    /// Ships lost outside battles.
    pub losses: Vec<(Loss, &'a Event)>,
    /// Events outside battles (and those that open and close them are left out).
    pub rest: Vec<&'a Event>,
}

/// Puts the battles together.
pub fn record(events: &[Event]) -> Record<'_> {
    let mut all = Record { battles: Vec::new(), losses: Vec::new(), rest: Vec::new() };
    let mut by_id: BTreeMap<EngagementId, usize> = BTreeMap::new();
    let mut open: Vec<usize> = Vec::new();
    for event in events {
        match &event.what {
            What::BattleBegan { engagement, powers, ships } => {
                let place = all.battles.len();
                let mut came = BTreeMap::new();
                if let [only] = powers.as_slice() {
                    came.insert(*only, i64::from(*ships));
                }
                all.battles.push(Battle {
                    id: *engagement,
                    event: Some(event.id),
                    body: event.body,
                    began: event.at,
                    ended: None,
                    by_rule: false,
                    powers: powers.clone(),
                    groups: BTreeSet::new(),
                    came,
                    left: BTreeMap::new(),
                    losses: Vec::new(),
                    notes: Vec::new(),
                    because: event.because.clone(),
                });
                by_id.insert(*engagement, place);
                open.push(place);
            }
            What::BattleEnded { engagement, parties, by_rule, .. } => {
                let place = by_id.get(engagement).copied();
                if let Some(place) = place
                    && let Some(battle) = all.battles.get_mut(place)
                {
                    battle.ended = Some(event.at);
                    battle.by_rule = *by_rule;
                    for party in parties {
                        battle.came.insert(party.power, i64::from(party.ships));
                        if !battle.powers.contains(&party.power) {
                            battle.powers.push(party.power);
                        }
                    }
                    open.retain(|one| *one != place);
                }
            }
            What::ShipLost { ship, power, class, how, by, people, engagement, .. } => {
                let loss = Loss {
                    at: event.at,
                    ship: *ship,
                    power: *power,
                    class: *class,
                    how: *how,
                    by: *by,
                    people: *people,
                };
                let place = engagement.and_then(|id| by_id.get(&id).copied());
                match place.and_then(|place| all.battles.get_mut(place)) {
                    Some(battle) => {
                        if !battle.powers.contains(power) {
                            battle.powers.push(*power);
                        }
                        battle.losses.push(loss);
                    }
                    None => all.losses.push((loss, event)),
                }
            }
            other => {
                let place = named(other).and_then(|id| by_id.get(&id).copied()).or_else(|| {
                    if in_battle(other) { nearest(&all.battles, &open, event) } else { None }
                });
                match place.and_then(|place| all.battles.get_mut(place)) {
                    Some(battle) => {
                        note(battle, event);
                    }
                    None => all.rest.push(event),
                }
            }
        }
    }
    all
}

fn note<'a>(battle: &mut Battle<'a>, event: &'a Event) {
    match &event.what {
        What::BattleJoined { group, power, ships, .. } => {
            if !battle.powers.contains(power) {
                battle.powers.push(*power);
            }
            battle.groups.insert(*group);
            if battle.ended.is_none() {
                *battle.came.entry(*power).or_default() += i64::from(*ships);
            }
        }
        What::Withdrew { power, ships, .. } => {
            *battle.left.entry(*power).or_default() += i64::from(*ships);
        }
        _ => {}
    }
    battle.notes.push(event);
}

/// The battle an event names.
fn named(what: &What) -> Option<EngagementId> {
    match what {
        What::BattleJoined { engagement, .. } | What::ShieldsDown { engagement, .. } => {
            Some(*engagement)
        }
        What::ShipWounded { engagement, .. } => *engagement,
        _ => None,
    }
}

/// Does that sort of event belong to a battle when there is one at the place?
fn in_battle(what: &What) -> bool {
    matches!(
        what,
        What::PartLost { .. }
            | What::FieldLit { .. }
            | What::FieldDark { .. }
            | What::Withdrew { .. }
            | What::Routed { .. }
            | What::Rallied { .. }
            | What::Struck { .. }
    )
}

fn nearest(battles: &[Battle], open: &[usize], event: &Event) -> Option<usize> {
    let power = event.what.facts().power;
    let here = |place: &&usize| battles.get(**place).is_some_and(|one| one.body == event.body);
    let mine = |place: &&usize| {
        battles
            .get(**place)
            .is_some_and(|one| power.is_some_and(|power| one.powers.contains(&power)))
    };
    let there: Vec<&usize> = open.iter().filter(here).collect();
    there.iter().rev().find(|place| mine(place)).or(there.last()).map(|place| **place)
}
