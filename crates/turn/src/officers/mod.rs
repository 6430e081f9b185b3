//! Officers: what a group does next. Each task is a small machine that is asked, whenever something has changed, for its next
//! step; it never looks further than its own power's book.

mod freight;
mod go;
mod lay;
mod patrol;
mod ranks;
mod salvage;
mod strike;
mod targets;
mod watch;

use crate::clash;
use crate::meet;
use crate::retreat;
use crate::stage::Stage;
use crate::wings;
use jumpline_measure::{GroupId, Span};
use jumpline_world::What;
use jumpline_world::event::Why;
use jumpline_world::order::{Refusal, Task};
use jumpline_world::state::{Due, DueKind, Phase};

pub(crate) use freight::{free_carrier, tug_of};
pub(crate) use salvage::salvaged;
pub(crate) use targets::choose;

/// What came of asking a task for its next step.
pub(crate) enum Step {
    /// It is done.
    Done,
    /// It goes on; something due will ask again.
    Wait,
    /// It cannot be done.
    Cannot(Refusal),
}

/// A group's officers act.
pub(crate) fn act(stage: &mut Stage, due: &Due) {
    let Ok(id) = u32::try_from(due.subject).map(GroupId) else { return };
    if stage.group(id).ships.is_empty() {
        return;
    }
    let free = stage.group(id).busy_until;
    if free > stage.now {
        stage.put(free, DueKind::Officer, due.subject);
        return;
    }
    if wings::is_wing(stage, id) && stage.standing(id).is_empty() {
        wings::goes_on_patrol(stage, id);
        return;
    }
    if wings::is_wing(stage, id) && stage.group(id).withdrawing {
        // On the way home: it is armed afresh before it does anything else.
        return;
    }
    if stage.battle_of(id).is_some() {
        if stage.group(id).withdrawing && stage.group(id).hop.is_none() {
            come_through(stage, id);
        } else {
            under_fire(stage, id);
            return;
        }
    }
    if stage.group(id).withdrawing && stage.group(id).hop.is_none() {
        stage.group_mut(id).withdrawing = false;
    }
    // Each task done may let the next begin; a row of tasks is capped so that no ring of empty ones can spin.
    for _ in 0..16 {
        let body = stage.group(id).body;
        let idle = stage.group(id).hop.is_none() && !stage.flying(id);
        if !idle || stage.count_at(id, body) == 0 || stage.battle_of(id).is_some() {
            return;
        }
        let Some(standing) = stage.group(id).tasks.first().cloned() else { return };
        if standing.phase == Phase::Waiting {
            stage.group_mut(id).home = body;
        }
        match next(stage, id, &standing.task, standing.phase) {
            Step::Wait => {
                // A task that only ever waited has begun all the same.
                if stage.group(id).tasks.first().is_some_and(|task| task.phase == Phase::Waiting) {
                    set_phase(stage, id, Phase::Underway);
                }
                return;
            }
            Step::Done => drop_task(stage, id),
            Step::Cannot(refusal) => refuse(stage, id, refusal),
        }
    }
}

fn next(stage: &mut Stage, id: GroupId, task: &Task, phase: Phase) -> Step {
    match task {
        Task::Hold { until } => watch::hold(stage, id, *until),
        Task::Move { to, spot, pace_permille } => go::to(stage, id, *to, *spot, *pace_permille),
        Task::Guard { body, spot } => watch::guard(stage, id, *body, *spot),
        Task::Ambush { from, to, standoff_m } => watch::ambush(stage, id, *from, *to, *standoff_m),
        Task::Intercept { contact } => strike::intercept(stage, id, *contact),
        Task::Hunt { quarry } => strike::hunt(stage, id, quarry),
        Task::Raid { body, roles } => strike::raid(stage, id, *body, roles, phase),
        Task::Escort { group } => watch::escort(stage, id, *group),
        Task::Assault { body, quarry } => strike::assault(stage, id, *body, quarry, phase),
        Task::LayMines { from, to, offset_m, count } => {
            lay::lay(stage, id, *from, *to, *offset_m, *count, phase)
        }
        Task::RecoverMines { field } => lay::recover(stage, id, *field, phase),
        Task::Load { group } => freight::load(stage, id, *group, phase),
        Task::Unload => freight::unload(stage, id, phase),
        Task::Land { body, .. } => freight::land(stage, id, *body, phase),
        Task::Withdraw { to } => go::away(stage, id, *to, phase),
        Task::Detach { ships, name } => ranks::detach(stage, id, ships, name),
        Task::Merge { into } => ranks::merge(stage, id, *into),
        Task::Tow { ship, to } => freight::tow(stage, id, *ship, *to),
        Task::Depart { star } => go::depart(stage, id, *star),
        Task::Patrol { body, altitude_m, points } => {
            patrol::patrol(stage, id, *body, *altitude_m, *points)
        }
        Task::Salvage { body } => salvage::salvage(stage, id, *body, phase),
    }
}

/// In a battle only some orders change anything: to leave it, to run for the ground, to split or join, to strike at others.
fn under_fire(stage: &mut Stage, id: GroupId) {
    let Some(battle) = stage.battle_of(id) else { return };
    let body = stage.group(id).body;
    let Some(standing) = stage.group(id).tasks.first().cloned() else {
        meet::brief(stage, battle, id);
        return;
    };
    let fresh = standing.phase == Phase::Waiting;
    match &standing.task {
        Task::Withdraw { to } => {
            // The place it was to flee to is no refuge: anywhere else, then.
            let to = to.filter(|to| *to != body);
            set_task(stage, id, Task::Withdraw { to });
            set_phase(stage, id, Phase::Leaving);
            retreat::withdraw(stage, id, to, Why::Ordered);
        }
        // Drawn into a battle on the way to somewhere else: on to the next line, shooting.
        Task::Move { to, pace_permille, .. } if *to != body && standing.phase != Phase::Leaving => {
            if fresh {
                set_phase(stage, id, Phase::Underway);
            }
            retreat::withdraw_at(stage, id, Some(*to), Why::Ordered, *pace_permille);
        }
        Task::Tow { to, .. }
        | Task::Guard { body: to, .. }
        | Task::Ambush { to, .. }
        | Task::Raid { body: to, .. }
        | Task::Assault { body: to, .. }
        | Task::Land { body: to, .. }
        | Task::Patrol { body: to, .. }
        | Task::Salvage { body: to }
        | Task::Depart { star: to }
            if *to != body && standing.phase != Phase::Leaving =>
        {
            if fresh {
                set_phase(stage, id, Phase::Underway);
            }
            retreat::withdraw(stage, id, Some(*to), Why::Ordered);
        }
        Task::Land { body: to, .. } if *to == body => {
            if fresh {
                freight::tell_landing(stage, id);
                set_phase(stage, id, Phase::Engaged);
            }
            meet::brief(stage, battle, id);
        }
        Task::Detach { ships, name } => {
            ranks::detach(stage, id, ships, name);
            drop_task(stage, id);
        }
        Task::Merge { into } if stage.battle_of(*into) == Some(battle) => {
            ranks::merge(stage, id, *into);
        }
        _ => meet::brief(stage, battle, id),
    }
}

/// Out of a battle on the far side: the whole group is clear, and goes on to what it was sent for.
fn come_through(stage: &mut Stage, id: GroupId) {
    let Some(lead) = stage.greatest(id) else { return };
    let spot = clash::place_of(stage, lead);
    for ship in stage.standing(id) {
        clash::take_out(stage, ship);
    }
    let now = stage.now;
    let group = stage.group_mut(id);
    group.withdrawing = false;
    group.spot = spot;
    group.there_at = now;
}

/// The present task is done or given up: the next one's turn.
pub(crate) fn drop_task(stage: &mut Stage, id: GroupId) {
    let body = stage.group(id).body;
    let group = stage.group_mut(id);
    if !group.tasks.is_empty() {
        group.tasks.remove(0);
    }
    group.home = body;
}

fn refuse(stage: &mut Stage, id: GroupId, refusal: Refusal) {
    let (power, body) = (stage.group(id).power, stage.group(id).body);
    let because = stage.why(id);
    if let Some(standing) = stage.group(id).tasks.first() {
        let order = standing.order;
        let what = What::OrderRefused { order, power, group: Some(id), refusal };
        stage.tell(Some(body), what, because);
    }
    drop_task(stage, id);
}

/// Changes what the present task says, order and reason kept.
pub(crate) fn set_task(stage: &mut Stage, id: GroupId, task: Task) {
    if let Some(standing) = stage.group_mut(id).tasks.first_mut() {
        standing.task = task;
    }
}

/// Marks how far the present task has come.
pub(crate) fn set_phase(stage: &mut Stage, id: GroupId, phase: Phase) {
    if let Some(standing) = stage.group_mut(id).tasks.first_mut() {
        standing.phase = phase;
    }
}

/// Asks again after the time between two sweeps: something may have been seen by then.
pub(crate) fn later(stage: &mut Stage, id: GroupId) -> Step {
    let watching = stage.group(id).tasks.first().is_some_and(|standing| watches(&standing.task));
    if !watching {
        let after = Span(stage.sweep_interval().0.max(60));
        stage.call_officers(id, after);
    }
    Step::Wait
}

/// Tasks that wait for somebody to turn up: every sweep asks them again.
pub(crate) fn watches(task: &Task) -> bool {
    matches!(
        task,
        Task::Guard { .. }
            | Task::Ambush { .. }
            | Task::Hunt { .. }
            | Task::Intercept { .. }
            | Task::Escort { .. }
            | Task::Assault { .. }
            | Task::Raid { .. }
            | Task::Patrol { .. }
    )
}
