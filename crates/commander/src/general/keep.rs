//! Keeping a fleet in being: the beaten are brought away, remnants join the nearest friends, carriers are emptied.

use crate::groups;
use crate::mind::Mind;
use jumpline_measure::BodyId;
use jumpline_world::order::Task;
use jumpline_world::view::GroupView;
use std::collections::BTreeMap;

/// A group worth less than this share of its fresh ships has been beaten, permille.
const BEATEN_PERMILLE: i64 = 450;

/// Groups that are joined together are never greater than this.
const JOINED_MAX: usize = 80;

/// A group at most this part of its body's greatest is a remnant.
const REMNANT_PARTS: usize = 4;

/// Brings away what is beaten, or what faces hopeless odds.
pub fn away(mind: &mut Mind) {
    let character = mind.character();
    for group in &mind.view.groups {
        if mind.taken.contains(&group.id)
            || group.withdrawing
            || group.jumping
            || !groups::moves_at_all(mind.codex, group)
        {
            continue;
        }
        let Some(home) = refuge(mind, group) else { continue };
        let own = mind.strength(group);
        let fresh = groups::fresh_strength(&mind.worths, group);
        let place = mind.picture.at(group.body);
        let friends = place.own.saturating_add(place.allied);
        // Caution from 0 to 1000 makes a power leave at odds from one in six to one in two.
        let hopeless_permille = 170 + character.caution_permille / 3;
        let facing = Mind::odds_permille(friends, place.hostile);
        let held = mind.power.holds.contains(&group.body);
        if group.fighting && facing < hopeless_permille && !held && !proud(mind) {
            mind.taken.insert(group.id);
            let at = mind.map.name(group.body);
            mind.scribe.order(
                group.id,
                Task::Withdraw { to: Some(home) },
                format!("to save what is left: the odds at {at} are hopeless"),
            );
        } else if groups::free(group)
            && own * 1_000 < fresh.saturating_mul(BEATEN_PERMILLE)
            && group.body != home
        {
            mind.taken.insert(group.id);
            let name = mind.map.name(home);
            mind.scribe.order(
                group.id,
                Task::Move { to: home, spot: None, pace_permille: 700 },
                format!("to bring the damaged ships home to {name}"),
            );
        }
    }
}

/// One that gives lives gladly does not run.
fn proud(mind: &Mind) -> bool {
    mind.character().ruthlessness_permille >= 900
}

/// The nearest held body that is not threatened; the seat when there is none such.
fn refuge(mind: &Mind, group: &GroupView) -> Option<BodyId> {
    mind.power
        .holds
        .iter()
        .copied()
        .filter(|body| {
            let place = mind.picture.at(*body);
            place.hostile <= place.own.saturating_add(place.allied) || place.hostile == 0
        })
        .min_by_key(|body| (mind.map.far(group.body, *body), *body))
        .or_else(|| mind.seat())
}

/// Puts out what carriers hold where there is an enemy, or where they are at home and nothing is afoot.
pub fn unload(mind: &mut Mind) {
    let carried: std::collections::BTreeSet<_> = mind
        .view
        .groups
        .iter()
        .filter(|group| groups::aboard(group))
        .flat_map(|group| group.ships.iter().filter_map(|ship| ship.carrier))
        .collect();
    if carried.is_empty() {
        return;
    }
    for group in mind.idle() {
        let carries = group.ships.iter().any(|ship| carried.contains(&ship.id));
        let place = mind.picture.at(group.body);
        if carries && (place.hostile > 0 || mind.power.holds.contains(&group.body)) {
            mind.taken.insert(group.id);
            let reason = match place.hostile {
                0 => "to have the ships it carries ready".to_owned(),
                _ => format!("to bring its ships into the fight at {}", mind.map.name(group.body)),
            };
            mind.scribe.order(group.id, Task::Unload, reason);
        }
    }
}

/// Joins remnants to the greatest group of their kind at the same body.
pub fn join(mind: &mut Mind) {
    // Ships that jump between stars are not mixed with ships that cannot, nor warships with others.
    type Kind = (BodyId, bool, bool);
    let mut kinds: BTreeMap<Kind, Vec<&GroupView>> = BTreeMap::new();
    for group in mind.idle() {
        if groups::fixed(mind.codex, group)
            || !groups::moves(mind.codex, group)
            || super::scout::is_scout(group)
        {
            continue;
        }
        let kind = (
            group.body,
            groups::interstellar(mind.codex, group),
            groups::fights(mind.codex, group),
        );
        kinds.entry(kind).or_default().push(group);
    }
    for ((body, ..), groups) in kinds {
        let Some(greatest) =
            groups.iter().max_by_key(|group| (group.ships.len(), std::cmp::Reverse(group.id)))
        else {
            continue;
        };
        let mut size = greatest.ships.len();
        for group in &groups {
            let remnant =
                group.ships.len() * REMNANT_PARTS <= greatest.ships.len() || group.ships.len() <= 3;
            if group.id == greatest.id || !remnant || size + group.ships.len() > JOINED_MAX {
                continue;
            }
            size += group.ships.len();
            mind.taken.insert(group.id);
            mind.scribe.order(
                group.id,
                Task::Merge { into: greatest.id },
                format!("to be of use in greater company at {}", mind.map.name(body)),
            );
        }
    }
}
