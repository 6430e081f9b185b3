//! The deadline: battles are brought to it, records refreshed, operations that have run their course told, the clock moved.

use crate::clash;
use crate::stage::Stage;
use jumpline_measure::EngagementId;
use jumpline_world::{Cause, What};

/// Ends the turn.
pub(crate) fn close(stage: &mut Stage) {
    stage.now = stage.end;
    let battles: Vec<EngagementId> = stage.state.engagements.keys().copied().collect();
    for id in battles {
        clash::settle_all(stage, id);
    }
    end_operations(stage);
    let now_ms = stage.now.0.saturating_mul(1_000);
    stage.state.slots.retain(|slot| slot.free_ms > now_ms);
    // Words that were answered a day ago, or to which nobody has said anything for a week, are history.
    let day_ago = stage.now.0 - 86_400;
    let week_ago = stage.now.0 - 7 * 86_400;
    stage
        .state
        .requests
        .retain(|one| one.at.0 > if one.answer.is_some() { day_ago } else { week_ago });
    stage.state.now = stage.now;
    stage.state.turn = stage.state.turn.saturating_add(1);
}

/// An operation is over when none of the groups that took part has anything left to do.
fn end_operations(stage: &mut Stage) {
    for number in 0..stage.state.operations.len() {
        let life = &stage.state.operations[number];
        let (Some(began), None) = (life.began, life.ended) else { continue };
        if began >= stage.now || life.groups.is_empty() {
            continue;
        }
        let busy = life.groups.iter().any(|id| {
            let group = stage.group(*id);
            !group.ships.is_empty() && (!group.tasks.is_empty() || group.hop.is_some())
        });
        if busy {
            continue;
        }
        let because: Vec<Cause> = life.event.map(Cause::Event).into_iter().collect();
        let Some(operation) = stage.law.plan.operations.get(number) else { continue };
        let power = operation.power;
        stage.state.operations[number].ended = Some(stage.now);
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        stage.tell(None, What::OperationEnded { operation: number, power }, because);
    }
}
