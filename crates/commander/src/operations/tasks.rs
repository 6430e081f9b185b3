//! A scenario's verbs as tasks for groups: contacts become quarries, fields and groups get their numbers, mines and cargo are
//! shared out.

use super::reason;
use crate::groups;
use crate::mind::Mind;
use jumpline_measure::{BodyId, ClassId, FieldId, GroupId, Time};
use jumpline_world::law::{OpTarget, Operation, Role};
use jumpline_world::order::{Quarry, Task};
use jumpline_world::view::GroupView;

/// Mines are gone for from this long after they were laid until they are given up.
const MINES_GIVEN_UP_S: i64 = 3 * 86_400;

/// Gives groups the operation's tasks in a row.
pub fn give(mind: &mut Mind, operation: &Operation, forces: &[&GroupView], from: Time) {
    let reason = reason(operation);
    for (number, group) in forces.iter().enumerate() {
        mind.taken.insert(group.id);
        let mut first = true;
        if from > mind.view.now {
            mind.scribe.row(group.id, Task::Hold { until: Some(from) }, true, None, reason.clone());
            first = false;
        }
        for one in &operation.tasks {
            for task in fill(mind, &one.task, forces, number) {
                if !able(mind, group, &task) {
                    continue;
                }
                mind.scribe.row(group.id, task, first, one.doctrine, reason.clone());
                first = false;
            }
        }
    }
}

/// A scenario's verb as tasks for one group: the `number`-th of those that take part.
pub fn fill(mind: &Mind, target: &OpTarget, forces: &[&GroupView], number: usize) -> Vec<Task> {
    let Some(group) = forces.get(number) else { return Vec::new() };
    let task = match target {
        OpTarget::Hold { until } => Task::Hold { until: *until },
        OpTarget::Move { to, spot, pace_permille } => {
            Task::Move { to: *to, spot: *spot, pace_permille: *pace_permille }
        }
        OpTarget::Guard { body, spot } => Task::Guard { body: *body, spot: *spot },
        OpTarget::Ambush { from, to, standoff_m } => {
            Task::Ambush { from: *from, to: *to, standoff_m: *standoff_m }
        }
        OpTarget::Hunt { roles, class } => Task::Hunt { quarry: quarry(roles, *class) },
        OpTarget::Raid { body, roles } => Task::Raid { body: *body, roles: roles.clone() },
        OpTarget::Assault { body, roles, class } => {
            Task::Assault { body: *body, quarry: quarry(roles, *class) }
        }
        OpTarget::LayMines { from, to, offset_m, count } => {
            let count = share_of_mines(forces, number, *count);
            if count <= 0 {
                return Vec::new();
            }
            Task::LayMines { from: *from, to: *to, offset_m: *offset_m, count }
        }
        OpTarget::RecoverMines { from, to } => match field(mind, *from, *to) {
            Some(field) => Task::RecoverMines { field },
            None => return Vec::new(),
        },
        OpTarget::Unload => Task::Unload,
        OpTarget::Load { tag } => {
            // Cargo is shared out among the carriers.
            return named(mind, tag, group.id)
                .enumerate()
                .filter(|(place, _)| place % forces.len().max(1) == number)
                .map(|(_, cargo)| Task::Load { group: cargo.id })
                .collect();
        }
        OpTarget::Land { body, sites } => Task::Land { body: *body, sites: *sites },
        OpTarget::Withdraw { to } => Task::Withdraw { to: *to },
        OpTarget::Patrol { body, altitude_m, points } => {
            Task::Patrol { body: *body, altitude_m: *altitude_m, points: *points }
        }
        OpTarget::Salvage { body } => Task::Salvage { body: *body },
        OpTarget::Escort { tag } => {
            let ward = named(mind, tag, group.id)
                .max_by_key(|ward| (mind.strength(ward), std::cmp::Reverse(ward.id)));
            match ward {
                Some(ward) => Task::Escort { group: ward.id },
                None => return Vec::new(),
            }
        }
    };
    vec![task]
}

/// Can that group do such a thing at all, as far as its drives and holds go? A fort among a fleet's forces stays where it is.
pub fn able(mind: &Mind, group: &GroupView, task: &Task) -> bool {
    let goes = |to: BodyId| {
        let far = mind.map.far(group.body, to);
        far == 0
            || groups::moves_at_all(mind.codex, group)
                && (far == 1 || groups::crosses_stars(mind.codex, group))
    };
    match task {
        Task::Move { to, .. }
        | Task::Guard { body: to, .. }
        | Task::Raid { body: to, .. }
        | Task::Assault { body: to, .. }
        | Task::Ambush { to, .. }
        | Task::Patrol { body: to, .. }
        | Task::LayMines { from: to, .. }
        | Task::Withdraw { to: Some(to) } => goes(*to),
        Task::Land { body, .. } => {
            let lands = |class: ClassId| {
                mind.codex.classes.get(class.index()).is_some_and(|class| class.lands)
            };
            goes(*body) && group.ships.iter().any(|ship| lands(ship.class))
        }
        Task::Salvage { body } => {
            let salvor = |class: ClassId| {
                mind.codex.classes.get(class.index()).is_some_and(|class| class.salvages())
            };
            goes(*body) && group.ships.iter().any(|ship| salvor(ship.class))
        }
        Task::Hunt { .. } | Task::Escort { .. } | Task::Withdraw { to: None } => {
            groups::moves_at_all(mind.codex, group)
        }
        Task::Unload => mind.view.groups.iter().flat_map(|one| &one.ships).any(|cargo| {
            cargo.carrier.is_some_and(|carrier| group.ships.iter().any(|ship| ship.id == carrier))
        }),
        _ => true,
    }
}

/// Several layers share a field between them: even parts, as far as each has mines.
fn share_of_mines(forces: &[&GroupView], number: usize, count: i64) -> i64 {
    let mut left = count;
    for (place, group) in forces.iter().enumerate() {
        let aboard = group.ships.iter().map(|ship| ship.mines).fold(0, i64::saturating_add);
        let layers = i64::try_from(forces.len() - place).unwrap_or(1).max(1);
        let share = left.saturating_add(layers - 1).max(0) / layers;
        let share = share.min(aboard.max(0));
        if place == number {
            return share;
        }
        left = left.saturating_sub(share);
    }
    0
}

/// What a task is after.
pub fn quarry(roles: &[Role], class: Option<ClassId>) -> Quarry {
    match class {
        Some(class) => Quarry::Class(class),
        None => Quarry::Roles(roles.to_vec()),
    }
}

/// One's own groups of that key or tag, but for one.
fn named<'a>(mind: &Mind<'a>, tag: &str, but: GroupId) -> impl Iterator<Item = &'a GroupView> {
    mind.view.groups.iter().filter(move |group| {
        group.id != but
            && !groups::aboard(group)
            && (group.key == tag || group.tags.iter().any(|one| one == tag))
    })
}

/// One's own latest field on a line.
pub fn field(mind: &Mind, from: BodyId, to: BodyId) -> Option<FieldId> {
    mind.view
        .fields
        .iter()
        .filter(|field| field.from == from && field.to == to && field.recovered == 0)
        .filter(|field| mind.view.now.saturating_since(field.since).0 < MINES_GIVEN_UP_S)
        .max_by_key(|field| (field.since, field.id))
        .map(|field| field.id)
}
