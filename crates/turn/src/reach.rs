//! Reaching a spot: a group has flown round its body. At a line's mouth its ships queue up; elsewhere it looks about.

use crate::eyes;
use crate::meet;
use crate::officers;
use crate::stage::Stage;
use crate::ways;
use jumpline_measure::{GroupId, ShipId, Span};
use jumpline_world::order::{Refusal, Task};
use jumpline_world::{Cause, What};

/// A group reaches the spot it flew to.
pub(crate) fn reach(stage: &mut Stage, subject: u64) {
    let Ok(id) = u32::try_from(subject).map(GroupId) else { return };
    let group = stage.group(id);
    // A change of plan leaves its old due behind.
    if group.there_at > stage.now || group.ships.is_empty() || stage.battle_of(id).is_some() {
        return;
    }
    if stage.count_at(id, group.body) == 0 {
        return;
    }
    let waits_to_jump = group.hop.as_ref().is_some_and(|hop| !hop.launched);
    let means_it = matches!(
        group.tasks.first().map(|standing| &standing.task),
        Some(
            Task::Assault { .. }
                | Task::Raid { .. }
                | Task::Hunt { .. }
                | Task::Intercept { .. }
                | Task::Guard { .. }
                | Task::Ambush { .. }
        )
    );
    eyes::look_about(stage, id);
    if waits_to_jump {
        launch(stage, id);
        meet::meet(stage, id, false);
    } else {
        meet::meet(stage, id, means_it);
        stage.call_officers(id, Span::ZERO);
    }
}

/// Every ship gets her place in the line's queue; those that cannot go stay behind as a group of their own.
fn launch(stage: &mut Stage, id: GroupId) {
    let Some(hop) = stage.group(id).hop.clone() else { return };
    let Some(line) = stage.line(hop.from, hop.to) else {
        // Something stands in the way by now: look for another way.
        stage.group_mut(id).hop = None;
        stage.call_officers(id, Span::MINUTE);
        return;
    };
    let towed = match stage.group(id).tasks.first().map(|standing| &standing.task) {
        Some(Task::Tow { ship, .. }) => Some(*ship),
        _ => None,
    };
    let tug = towed.and_then(|_| officers::tug_of(stage, id));
    let earliest = stage.now.0.saturating_mul(1_000);
    let mut behind: Vec<ShipId> = Vec::new();
    let mut going = false;
    for ship in stage.standing(id) {
        if stage.ship(ship).transit.is_some() {
            going = true;
            continue;
        }
        let by = tug.filter(|_| towed == Some(ship));
        if ways::queue_up(stage, ship, &line, earliest, hop.pace_permille, by, false) {
            going = true;
        } else {
            behind.push(ship);
        }
    }
    if !going {
        stage.group_mut(id).hop = None;
        let (power, body) = (stage.group(id).power, stage.group(id).body);
        if let Some(standing) = stage.group(id).tasks.first() {
            let order = standing.order;
            let because: Vec<Cause> = stage.why(id);
            let refusal = Refusal::Immobile;
            let what = What::OrderRefused { order, power, group: Some(id), refusal };
            stage.tell(Some(body), what, because);
            officers::drop_task(stage, id);
        }
        return;
    }
    if let Some(hop) = &mut stage.group_mut(id).hop {
        hop.launched = true;
    }
    if !behind.is_empty() {
        let name = stage.labelled(id, "left behind");
        let (body, spot) = (stage.group(id).body, stage.group(id).spot);
        stage.split_off(id, &behind, name, body, spot);
    }
}
