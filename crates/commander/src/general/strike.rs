//! Striking: one target, one gathering place, one blow. A power looks over what its enemies hold and where they have been
//! seen, takes the best it can beat with what is free, gathers that, and goes when it is gathered.

use super::scout;
use crate::groups;
use crate::mind::Mind;
use jumpline_measure::{BodyId, Purpose, SystemId};
use jumpline_world::order::{Quarry, Task};
use jumpline_world::view::GroupView;
use std::collections::{BTreeMap, BTreeSet};

/// Share of the free strength that must stand at the gathering place before it goes, permille.
const GATHERED_PERMILLE: i64 = 700;

/// Turns for which a power keeps to one mood about the same target.
const MOOD_TURNS: u32 = 8;

pub fn act(mind: &mut Mind) {
    if scout::enemies(mind).is_empty() || guest(mind) {
        return;
    }
    let host = host(mind);
    if host.is_empty() {
        return;
    }
    let Some(rally) = rally(mind, &host) else { return };
    let reach = mind.map.system(rally).map(|system| mind.map.reach(system)).unwrap_or_default();
    // What stands where no line leads to the others cannot join them.
    let host: Vec<&GroupView> = host
        .into_iter()
        .filter(|group| {
            mind.map.system(group.body).is_some_and(|system| reach.contains_key(&system))
        })
        .collect();
    let free: i64 = sum(mind, &host);
    let Some(target) = target(mind, rally, free, &reach) else {
        come_home(mind, &host);
        return;
    };
    let (there, away): (Vec<&GroupView>, Vec<&GroupView>) =
        host.into_iter().partition(|group| group.body == rally);
    let gathered = sum(mind, &there);
    let name = mind.map.name(target.body);
    let enough = Mind::odds_permille(gathered, target.strength) >= target.wanted_permille;
    if enough && gathered.saturating_mul(1_000) >= free.saturating_mul(GATHERED_PERMILLE) {
        let reason = match (target.seen_ships, target.own) {
            (0, _) => format!("to take {name} from {} before it is made strong", target.whose),
            (ships, _) => format!(
                "to beat the {ships} hostile {} known at {name} while the odds are {}",
                if ships == 1 { "ship" } else { "ships" },
                odds_words(Mind::odds_permille(gathered, target.strength))
            ),
        };
        for group in there {
            mind.taken.insert(group.id);
            let quarry = Quarry::Roles(Vec::new());
            mind.scribe.order(group.id, Task::Assault { body: target.body, quarry }, &reason);
        }
        return;
    }
    let at = mind.map.name(rally);
    for group in away {
        mind.taken.insert(group.id);
        mind.scribe.order(
            group.id,
            Task::Move { to: rally, spot: None, pace_permille: 1_000 },
            format!("to gather at {at} for a blow at {name}"),
        );
    }
}

/// A power that holds nothing here fights where it stands and goes to war by itself only if that is its nature.
fn guest(mind: &Mind) -> bool {
    mind.power.holds.is_empty() && mind.character().aggression_permille < 700
}

fn sum(mind: &Mind, groups: &[&GroupView]) -> i64 {
    groups.iter().map(|group| mind.strength(group)).fold(0, i64::saturating_add)
}

/// Free groups that may go to war: all but the guard of the seat, which caution makes the greater.
fn host<'a>(mind: &Mind<'a>) -> Vec<&'a GroupView> {
    let mut host: Vec<&GroupView> = mind
        .idle()
        .into_iter()
        .filter(|group| {
            groups::interstellar(mind.codex, group)
                && groups::fights(mind.codex, group)
                && !scout::is_scout(group)
        })
        .collect();
    let all = sum(mind, &host);
    let seat = mind.seat();
    let fixed: i64 = seat.map_or(0, |seat| {
        mind.view
            .groups
            .iter()
            .filter(|group| group.body == seat && groups::fixed(mind.codex, group))
            .map(|group| mind.strength(group))
            .fold(0, i64::saturating_add)
    });
    let mut guard = all.saturating_mul(mind.character().caution_permille) / 4_000 - fixed;
    // The guard is made of the weakest groups at the seat, as long as they are not more than is needed.
    host.sort_by_key(|group| (mind.strength(group), group.id));
    let mut staying = BTreeSet::new();
    for group in &host {
        let worth = mind.strength(group);
        if Some(group.body) == seat && worth <= guard {
            guard -= worth;
            staying.insert(group.id);
        }
    }
    host.retain(|group| !staying.contains(&group.id));
    host.sort_by_key(|group| group.id);
    host
}

/// Where most of the free strength stands.
fn rally(mind: &Mind, host: &[&GroupView]) -> Option<BodyId> {
    let mut places: BTreeMap<BodyId, i64> = BTreeMap::new();
    for group in host {
        let worth = places.entry(group.body).or_default();
        *worth = worth.saturating_add(mind.strength(group));
    }
    places
        .into_iter()
        .max_by_key(|(body, worth)| (*worth, std::cmp::Reverse(*body)))
        .map(|one| one.0)
}

struct Target {
    body: BodyId,
    strength: i64,
    seen_ships: i64,
    own: i64,
    whose: String,
    wanted_permille: i64,
}

/// The best target that can be beaten: near, worth it, weak enough.
fn target(
    mind: &Mind,
    rally: BodyId,
    free: i64,
    reach: &BTreeMap<SystemId, u32>,
) -> Option<Target> {
    let mut places: BTreeMap<BodyId, String> = BTreeMap::new();
    for power in scout::enemies(mind) {
        let Some(power) = mind.codex.powers.get(power.index()) else { continue };
        for body in &power.holds {
            places.entry(*body).or_insert_with(|| power.name.clone());
        }
    }
    for (body, place) in &mind.picture.places {
        if place.hostile > 0 {
            places.entry(*body).or_insert_with(|| "the enemy".to_owned());
        }
    }
    let seats: BTreeSet<BodyId> = scout::enemies(mind)
        .into_iter()
        .filter_map(|power| mind.codex.powers.get(power.index())?.holds.first().copied())
        .collect();
    let all: i64 =
        mind.view.groups.iter().map(|group| mind.strength(group)).fold(0, i64::saturating_add);
    let character = mind.character();
    let base = mind.codex.rules.officers.attack_odds_permille.max(1);
    let lean = (character.caution_permille - character.aggression_permille) / 2;
    let mut best: Option<(i64, Target)> = None;
    for (body, whose) in places {
        let Some(jumps) = mind.map.system(body).and_then(|system| reach.get(&system)) else {
            continue;
        };
        let place = mind.picture.at(body);
        // We stand there and see nobody: there is nothing to win.
        if place.own_ships > 0 && place.hostile == 0 {
            continue;
        }
        let unknown = place.hostile == 0;
        let seat = seats.contains(&body);
        // Only the bold go where nothing is known; the others look first.
        if unknown && character.aggression_permille < if seat { 250 } else { 400 } {
            continue;
        }
        let strength = if unknown {
            // An enemy's seat of which nothing is known is thought to be held by a part of what we have in all, other worlds by
            // very little; the cautious think more of both.
            let fear = if seat { 200 + character.caution_permille / 3 } else { 60 };
            all.saturating_mul(fear) / 1_000
        } else {
            place.hostile
        };
        // Moods change: what was not dared yesterday may be dared tomorrow.
        let window = i64::from(mind.view.turn / MOOD_TURNS);
        let mood =
            mind.roll(Purpose::Commander, u64::from(body.0) | 1 << 40, window).normal_milli();
        let wanted = (base + lean + i64::from(mood) / 8).clamp(base / 2, base * 2);
        let odds = Mind::odds_permille(
            free.saturating_add(place.own).saturating_add(place.allied / 2),
            strength,
        );
        if odds < wanted {
            continue;
        }
        // Ships that are known to be there, then seats; empty worlds last.
        let worth = match (unknown, seat) {
            (false, _) => 500 + (strength.saturating_mul(1_000) / free.max(1)).min(1_000),
            (true, true) => 500,
            (true, false) => 40,
        };
        let far = mind.map.far(rally, body).min(1_000_000_000);
        let score = worth * 1_000 / (10 + i64::from(*jumps) * 10 + far.min(100_000) / 2_000);
        let better = best.as_ref().is_none_or(|(have, target)| {
            (score, std::cmp::Reverse(body)) > (*have, std::cmp::Reverse(target.body))
        });
        if better {
            let target = Target {
                body,
                strength,
                seen_ships: place.hostile_ships,
                own: place.own,
                whose,
                wanted_permille: wanted,
            };
            best = Some((score, target));
        }
    }
    best.map(|(_, target)| target)
}

/// Nothing can be won now: groups that stand in the open go back to what is to be held.
fn come_home(mind: &mut Mind, host: &[&GroupView]) {
    let Some(seat) = mind.power.holds.first().copied() else { return };
    let name = mind.map.name(seat);
    for group in host {
        let held = mind.power.holds.contains(&group.body);
        if held || mind.picture.at(group.body).hostile > 0 {
            continue;
        }
        mind.taken.insert(group.id);
        mind.scribe.order(
            group.id,
            Task::Move { to: seat, spot: None, pace_permille: 1_000 },
            format!("to wait at {name} for better odds"),
        );
    }
}

fn odds_words(permille: i64) -> &'static str {
    match permille {
        ..=1_100 => "about even",
        1_101..=1_700 => "better than even",
        1_701..=2_500 => "two to one",
        2_501..=3_500 => "three to one",
        _ => "overwhelming",
    }
}
