//! Holding what one holds: free groups go where an enemy is known to be, as many as it takes, the nearest first, and not at
//! all when all together would not be enough.

use crate::groups;
use crate::mind::Mind;
use jumpline_measure::BodyId;
use jumpline_world::order::Task;
use jumpline_world::view::GroupView;

pub fn act(mind: &mut Mind) {
    let mut threats: Vec<(i64, BodyId)> = posts(mind)
        .into_iter()
        .map(|body| (mind.picture.at(body).hostile, body))
        .filter(|(hostile, _)| *hostile > 0)
        .collect();
    // The greatest danger first; of equal ones that to the body held longest.
    threats.sort_by_key(|(hostile, body)| (std::cmp::Reverse(*hostile), *body));
    for (hostile, body) in threats {
        hold(mind, body, hostile);
    }
}

/// What is to be held: what the power holds, or for a guest the places where its ships stand.
fn posts(mind: &Mind) -> Vec<BodyId> {
    if !mind.power.holds.is_empty() {
        return mind.power.holds.clone();
    }
    mind.picture.places.iter().filter(|(_, place)| place.own > 0).map(|(body, _)| *body).collect()
}

fn hold(mind: &mut Mind, body: BodyId, hostile: i64) {
    let place = mind.picture.at(body);
    let there = place.own.saturating_add(place.allied);
    // Caution asks for odds between even and three to two.
    let wanted_permille = 1_000 + mind.character().caution_permille / 2;
    let wanted = hostile.saturating_mul(wanted_permille) / 1_000;
    let name = mind.map.name(body);
    // Of those who are there already as many stand to as it takes, the weakest first.
    let mut here: Vec<&GroupView> =
        mind.idle().into_iter().filter(|group| group.body == body).collect();
    here.sort_by_key(|group| (groups::moves(mind.codex, group), mind.strength(group), group.id));
    let mut standing = place.allied;
    for group in here {
        if standing >= wanted.saturating_mul(2) {
            break;
        }
        standing = standing.saturating_add(mind.strength(group));
        mind.taken.insert(group.id);
        if groups::moves(mind.codex, group)
            && groups::fights(mind.codex, group)
            && group.tasks.is_empty()
        {
            mind.scribe.order(
                group.id,
                Task::Guard { body, spot: None },
                format!("to hold {name} against what has come there"),
            );
        }
    }
    if there >= wanted {
        return;
    }
    let mut free: Vec<&GroupView> = mind
        .idle()
        .into_iter()
        .filter(|group| {
            let near = mind.map.far(group.body, body) <= 1;
            groups::fights(mind.codex, group)
                && (groups::interstellar(mind.codex, group)
                    || near && groups::moves(mind.codex, group))
                && mind.map.far(group.body, body) < i64::MAX
                && !needed(mind, group)
        })
        .collect();
    free.sort_by_key(|group| (mind.map.far(group.body, body), group.id));
    let mut sum = there;
    let mut going = Vec::new();
    for group in free {
        if sum >= wanted {
            break;
        }
        sum = sum.saturating_add(mind.strength(group));
        going.push(group);
    }
    // Not enough even together: better to stay whole than to be beaten one by one, but a seat is fought for.
    let enough = sum.saturating_mul(2) >= hostile || mind.seat() == Some(body);
    if !enough {
        return;
    }
    let ships = place.hostile_ships;
    for group in going {
        mind.taken.insert(group.id);
        mind.scribe.order(
            group.id,
            Task::Guard { body, spot: None },
            format!("to relieve {name}, where some {ships} hostile ships are known to be"),
        );
    }
}

/// Does its own post need it?
fn needed(mind: &Mind, group: &GroupView) -> bool {
    let place = mind.picture.at(group.body);
    mind.power.holds.contains(&group.body) && place.hostile.saturating_mul(2) > place.own
}
