//! The sweep: all sensors look, books are brought up to date, and officers who were waiting for something to turn up are asked
//! again.

use crate::castaways;
use crate::covers;
use crate::eyes;
use crate::fall;
use crate::meet;
use crate::mend;
use crate::officers;
use crate::stage::Stage;
use crate::wings;
use jumpline_measure::{BodyId, GroupId};
use jumpline_world::state::DueKind;

/// One sweep.
pub(crate) fn sweep(stage: &mut Stage) {
    mend::all(stage);
    eyes::sweep(stage);
    covers::look(stage);
    let craft = wings::any(stage);
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
                meet::meet(stage, *id, false);
            }
        }
        if craft {
            wings::look_after(stage, body);
            wings::take_up(stage, body);
        }
        for id in here {
            if waits(stage, id) {
                let wait = stage.reaction(stage.group(id).power);
                stage.call_officers(id, wait);
            }
        }
    }
    castaways::look_after(stage);
    let next = stage.now.saturating_add(stage.sweep_interval());
    stage.put(next, DueKind::Sweep, 0);
}

/// Is the group waiting for somebody to turn up?
fn waits(stage: &Stage, id: GroupId) -> bool {
    let group = stage.group(id);
    group.hop.is_none()
        && group.there_at <= stage.now
        && group.tasks.first().is_some_and(|standing| officers::watches(&standing.task))
}
