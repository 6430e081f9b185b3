//! Looking: while too little is known of the enemy, a ship or two go and see.
//!
//! Nothing is remembered, so "unexplored" means: nobody of ours or our allies' is there and nothing is known of it. Where to
//! look is drawn anew every few turns, so that all places are looked at in time.

use crate::groups;
use crate::mind::Mind;
use crate::picture;
use jumpline_measure::{BodyId, PowerId, Purpose, ShipId};
use jumpline_world::law::Role;
use jumpline_world::order::Task;
use jumpline_world::view::{GroupView, ShipView};

/// The name of groups split off to look around; they are known by it again.
const SCOUTS: &str = "Scouts";

/// Most groups of scouts at a time.
const SCOUTS_MAX: usize = 2;

/// A fleet smaller than this keeps together, ships.
const FLEET_LEAST: usize = 8;

/// Is this a group of scouts?
pub fn is_scout(group: &GroupView) -> bool {
    group.name.starts_with(SCOUTS) && group.ships.len() <= 2
}

/// Sends the scouts there are.
pub fn send(mind: &mut Mind) {
    // A guest in another's house does not wander about in it.
    if mind.power.holds.is_empty() {
        return;
    }
    for scout in mind.idle().into_iter().filter(|group| is_scout(group)) {
        mind.taken.insert(scout.id);
        if !groups::moves(mind.codex, scout) {
            continue;
        }
        if let Some(to) = unexplored(mind, scout) {
            let name = mind.map.name(to);
            mind.scribe.order(
                scout.id,
                Task::Move { to, spot: None, pace_permille: 1_000 },
                format!("to see what is at {name}, of which nothing is known"),
            );
        }
    }
}

/// Hostile contacts in the book.
fn known_enemies(mind: &Mind) -> usize {
    mind.view.contacts.iter().filter(|contact| picture::hostile(mind.view, contact)).count()
}

/// Powers that this one counts among its enemies.
pub fn enemies(mind: &Mind) -> Vec<PowerId> {
    (0..mind.codex.powers.len())
        .map(PowerId::from_index)
        .filter(|power| picture::hostile_power(mind.view, *power))
        .collect()
}

/// Splits one small ship off the greatest group that has nothing else to do, while there are too few scouts.
pub fn split(mind: &mut Mind) {
    let scouts = mind.view.groups.iter().filter(|group| is_scout(group)).count();
    let wanted = if known_enemies(mind) == 0 { SCOUTS_MAX } else { 1 };
    if mind.power.holds.is_empty() || scouts >= wanted || enemies(mind).is_empty() {
        return;
    }
    let idle = mind.idle();
    let Some(fleet) = idle
        .iter()
        .filter(|group| {
            group.ships.len() >= FLEET_LEAST
                && groups::interstellar(mind.codex, group)
                && mind.picture.at(group.body).hostile == 0
        })
        .max_by_key(|group| (group.ships.len(), std::cmp::Reverse(group.id)))
    else {
        return;
    };
    let Some(ship) = quick(mind, fleet) else { return };
    mind.taken.insert(fleet.id);
    mind.scribe.order(
        fleet.id,
        Task::Detach { ships: vec![ship], name: format!("{SCOUTS} {}", mind.view.turn) },
        "to learn where the enemy is",
    );
}

/// The least valuable whole ship of a group: what it can best spare.
fn quick(mind: &Mind, group: &GroupView) -> Option<ShipId> {
    let great = |ship: &ShipView| {
        mind.codex
            .classes
            .get(ship.class.index())
            .is_none_or(|class| class.role >= Role::Jumpship || class.noted)
    };
    group
        .ships
        .iter()
        .filter(|ship| ship.name.is_none() && !great(ship))
        .min_by_key(|ship| (mind.worths.class(ship.class), ship.id))
        .map(|ship| ship.id)
}

/// A place to look at: an enemy's world of which nothing is known, else a system next to one's own.
fn unexplored(mind: &Mind, scout: &GroupView) -> Option<BodyId> {
    let unknown = |body: &BodyId| {
        let place = mind.picture.at(*body);
        place.own_ships == 0 && place.allied == 0 && place.seen.is_none()
    };
    let can_leave = groups::interstellar(mind.codex, scout);
    let reach = |body: &BodyId| {
        let far = mind.map.far(scout.body, *body);
        far > 0 && far < i64::MAX && (far == 1 || can_leave)
    };
    let mut places: Vec<(i64, BodyId)> = enemies(mind)
        .into_iter()
        .filter_map(|power| mind.codex.powers.get(power.index()))
        .flat_map(|power| power.holds.iter().copied())
        .filter(|body| unknown(body) && reach(body))
        .map(|body| (mind.map.far(scout.body, body), body))
        .collect();
    places.sort_unstable();
    places.dedup();
    places.truncate(6);
    if places.is_empty() {
        let reach_mly = mind.codex.rules.navigation.interstellar_reach_mly;
        let home = mind.seat()?;
        let mut near: Vec<(i64, BodyId)> = mind
            .codex
            .chart
            .systems
            .iter()
            .filter_map(|system| mind.map.landfall(system.id))
            .filter(|body| unknown(body) && reach(body))
            .map(|body| (mind.map.far(home, body), body))
            .filter(|(far, _)| *far <= reach_mly.saturating_mul(3))
            .collect();
        near.sort_unstable();
        near.truncate(12);
        places = near;
    }
    let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
    let window = i64::from(mind.view.turn / 4);
    let pick = mind.roll(Purpose::Commander, u64::from(scout.id.0), window).below(count);
    places.get(pick as usize).map(|(_, body)| *body)
}
