//! The sweep: all sensors look, books are brought up to date, and officers who were waiting for something to turn up are asked
//! again.

use crate::clash;
use crate::eyes;
use crate::fall;
use crate::stage::Stage;
use jumpline_measure::{BodyId, GroupId, Span};
use jumpline_world::order::Task;
use jumpline_world::state::DueKind;

/// The time between two sweeps: the rules', but no more than 48 in a turn.
pub(crate) fn interval(stage: &Stage) -> Span {
    Span(stage.codex.rules.sight.sweep_s.max(stage.law.turn.0 / 48).max(1))
}

/// One sweep.
pub(crate) fn sweep(stage: &mut Stage) {
    eyes::sweep(stage);
    for body in 0..stage.codex.chart.bodies.len() {
        let body = BodyId::from_index(body);
        let here = stage.groups_at(body);
        if here.is_empty() {
            continue;
        }
        fall::check_body(stage, body);
        let power = stage.group(here[0]).power;
        let alone = here.iter().all(|id| !stage.state.hostile(stage.group(*id).power, power));
        let alone = alone && here.iter().all(|id| stage.group(*id).power == power);
        if !alone {
            for id in &here {
                clash::meet(stage, *id, false);
            }
        }
        for id in here {
            if waits(stage, id) {
                let wait = stage.reaction(stage.group(id).power);
                stage.call_officers(id, wait);
            }
        }
    }
    let next = stage.now.saturating_add(interval(stage));
    stage.put(next, DueKind::Sweep, 0);
}

/// Is the group waiting for somebody to turn up?
fn waits(stage: &Stage, id: GroupId) -> bool {
    let group = stage.group(id);
    group.hop.is_none()
        && group.there_at <= stage.now
        && matches!(
            group.tasks.first().map(|standing| &standing.task),
            Some(
                Task::Guard { .. }
                    | Task::Hunt { .. }
                    | Task::Intercept { .. }
                    | Task::Escort { .. }
                    | Task::Assault { .. }
                    | Task::Raid { .. }
            )
        )
}
