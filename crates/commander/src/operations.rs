//! The power's own operations: begun when their condition holds in the view, put into orders by filling in what a scenario
//! could not name.
//!
//! A mind remembers nothing, so an operation under way is read from the view: `began` and its groups. All orders of one
//! operation carry its own reason, word for word, so that they can be told to belong to it.

use crate::groups;
use crate::mind::Mind;
use crate::picture;
use jumpline_measure::{BodyId, GroupId, Span, Time};
use jumpline_world::law::{Begin, OpTarget, Operation, Role};
use jumpline_world::order::{Quarry, Say, Task};
use jumpline_world::view::{GroupView, OperationView};
use std::collections::BTreeSet;

/// Groups that come into being this long after an operation began may still join it.
const JOIN_S: i64 = 86_400;

/// Mines are gone for from this long after they were laid until they are given up.
const MINES_GIVEN_UP_S: i64 = 3 * 86_400;

pub fn act(mind: &mut Mind) {
    // What is under way first, so that the orders of one that begins stand together behind its Begin.
    for operation in &mind.view.operations {
        if let Some(began) = operation.began {
            join(mind, operation, began);
            gather_mines(mind, operation, began);
        }
    }
    // A new operation may call groups away from an old one: its time has come.
    for operation in mind.view.operations.iter().filter(|operation| operation.began.is_none()) {
        if let Some(from) = due(mind, operation) {
            begin(mind, operation, from);
        }
    }
    // Groups bound by an operation are no one else's until their tasks end.
    for operation in mind.view.operations.iter().filter(|operation| operation.began.is_some()) {
        let bound = mind
            .view
            .groups
            .iter()
            .filter(|group| operation.groups.contains(&group.id) && !group.tasks.is_empty());
        mind.taken.extend(bound.map(|group| group.id));
    }
    // What is left of the groups of operations to come stays where it is.
    let kept: Vec<GroupId> = mind
        .view
        .groups
        .iter()
        .filter(|group| {
            mind.view.operations.iter().any(|operation| {
                operation.began.is_none() && Mind::of_operation(&operation.operation, group)
            })
        })
        .map(|group| group.id)
        .collect();
    mind.taken.extend(kept);
}

/// Has every operation of this power begun? Until then it waits for its own plans; after that it thinks for itself with the
/// groups that no operation binds.
pub fn all_begun(mind: &Mind) -> bool {
    let now = mind.view.now;
    mind.view.operations.iter().all(|operation| operation.began.is_some_and(|began| began < now))
}

/// The moment an operation begins, if that is now or within the coming turn and its forces are there.
fn due(mind: &Mind, operation: &OperationView) -> Option<Time> {
    let now = mind.view.now;
    let end = now.saturating_add(Span(mind.view.turn_s.max(1)));
    let from = match &operation.operation.begin {
        Begin::At(at) => *at,
        Begin::After { operation, delay } => find(mind, operation)?.began?.saturating_add(*delay),
        Begin::Done { operation, delay } => {
            let other = find(mind, operation)?;
            let began = other.began.filter(|began| *began < now)?;
            if !forces_of(mind, other).all(|group| groups::finished(group) && !group.fighting) {
                return None;
            }
            // When it was done is not known; when its groups came to rest is.
            let rested = forces_of(mind, other).map(|group| group.there_at).max();
            rested.unwrap_or(began).max(began).saturating_add(*delay)
        }
        Begin::Seen { body, roles, count, from } => {
            if now < *from || seen(mind, *body, roles) < i64::from(*count) {
                return None;
            }
            now
        }
    };
    (from < end).then_some(from.max(now))
}

fn find<'a>(mind: &Mind<'a>, key: &str) -> Option<&'a OperationView> {
    mind.view.operations.iter().find(|one| one.operation.key == key)
}

/// The groups of an operation under way that still exist.
fn forces_of<'a>(
    mind: &Mind<'a>,
    operation: &'a OperationView,
) -> impl Iterator<Item = &'a GroupView> {
    let by_name = operation.groups.is_empty();
    mind.view.groups.iter().filter(move |group| {
        if by_name {
            Mind::of_operation(&operation.operation, group) && !groups::aboard(group)
        } else {
            operation.groups.contains(&group.id)
        }
    })
}

/// Hostile ships of those roles known at a body.
fn seen(mind: &Mind, body: BodyId, roles: &[Role]) -> i64 {
    mind.view
        .contacts
        .iter()
        .filter(|contact| contact.body == body && picture::hostile(mind.view, contact))
        .flat_map(|contact| &contact.classes)
        .filter(|(class, _)| {
            roles.is_empty()
                || class
                    .and_then(|class| mind.codex.classes.get(class.index()))
                    .is_some_and(|class| roles.contains(&class.role))
        })
        .map(|(_, count)| i64::from(*count))
        .fold(0, i64::saturating_add)
}

/// Groups that an operation may take: meant by it, standing, and not spoken for. The nearest first when only some go.
fn candidates<'a>(mind: &Mind<'a>, operation: &Operation) -> Vec<&'a GroupView> {
    let mut found: Vec<&GroupView> = mind
        .view
        .groups
        .iter()
        .filter(|group| {
            Mind::of_operation(operation, group)
                && !groups::aboard(group)
                && groups::standing(group)
                && !mind.taken.contains(&group.id)
        })
        .collect();
    if operation.most_groups > 0 {
        let goal = goal(operation);
        found
            .sort_by_key(|group| (goal.map_or(0, |goal| mind.map.far(group.body, goal)), group.id));
        found.truncate(operation.most_groups as usize);
        found.sort_by_key(|group| group.id);
    }
    found
}

/// The first place that an operation's tasks name.
fn goal(operation: &Operation) -> Option<BodyId> {
    operation.tasks.iter().find_map(|task| match &task.task {
        OpTarget::Move { to, .. } => Some(*to),
        OpTarget::Guard { body, .. }
        | OpTarget::Raid { body, .. }
        | OpTarget::Assault { body, .. }
        | OpTarget::Land { body, .. } => Some(*body),
        OpTarget::Ambush { to, .. } => Some(*to),
        OpTarget::LayMines { from, .. } | OpTarget::RecoverMines { from, .. } => Some(*from),
        OpTarget::Withdraw { to } => *to,
        OpTarget::Hold { .. }
        | OpTarget::Hunt { .. }
        | OpTarget::Unload
        | OpTarget::Load { .. }
        | OpTarget::Escort { .. } => None,
    })
}

/// The reason that all orders of an operation carry.
fn reason(operation: &Operation) -> String {
    if operation.reason.is_empty() { operation.name.clone() } else { operation.reason.clone() }
}

fn begin(mind: &mut Mind, view: &OperationView, from: Time) {
    let operation = &view.operation;
    let forces = candidates(mind, operation);
    if forces.is_empty() && !operation.forces.is_empty() {
        return;
    }
    // An operation that opens with taking up mines waits until there are some.
    if let Some(OpTarget::RecoverMines { from, to }) = operation.tasks.first().map(|one| &one.task)
        && field(mind, *from, *to).is_none()
    {
        return;
    }
    let orders = forces.len().saturating_mul(operation.tasks.len() + 1) + operation.asks.len() + 1;
    if orders > mind.scribe.room() as usize {
        return;
    }
    mind.scribe.say(Say::Begin { operation: operation.key.clone() }, reason(operation));
    ask(mind, operation);
    task(mind, operation, &forces, from);
}

/// Asks the powers the operation names to fight at its goal.
fn ask(mind: &mut Mind, operation: &Operation) {
    let Some(body) = goal(operation) else { return };
    let quarry = operation
        .tasks
        .iter()
        .find_map(|task| match &task.task {
            OpTarget::Assault { roles, class, .. } | OpTarget::Hunt { roles, class } => {
                Some(quarry(roles, *class))
            }
            OpTarget::Raid { roles, .. } => Some(Quarry::Roles(roles.clone())),
            _ => None,
        })
        .unwrap_or(Quarry::Roles(Vec::new()));
    for power in &operation.asks {
        if *power == mind.view.power || power.index() >= mind.codex.powers.len() {
            continue;
        }
        mind.scribe.say(
            Say::Ask {
                power: *power,
                body,
                quarry: quarry.clone(),
                operation: operation.key.clone(),
            },
            reason(operation),
        );
    }
}

/// Gives groups the operation's tasks in a row.
fn task(mind: &mut Mind, operation: &Operation, forces: &[&GroupView], from: Time) {
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
fn fill(mind: &Mind, target: &OpTarget, forces: &[&GroupView], number: usize) -> Vec<Task> {
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
fn able(mind: &Mind, group: &GroupView, task: &Task) -> bool {
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
        | Task::LayMines { from: to, .. }
        | Task::Withdraw { to: Some(to) } => goes(*to),
        Task::Land { body, .. } => {
            let lands = |class: jumpline_measure::ClassId| {
                mind.codex.classes.get(class.index()).is_some_and(|class| class.lands)
            };
            goes(*body) && group.ships.iter().any(|ship| lands(ship.class))
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

fn quarry(roles: &[Role], class: Option<jumpline_measure::ClassId>) -> Quarry {
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
fn field(mind: &Mind, from: BodyId, to: BodyId) -> Option<jumpline_measure::FieldId> {
    mind.view
        .fields
        .iter()
        .filter(|field| field.from == from && field.to == to && field.recovered == 0)
        .filter(|field| mind.view.now.saturating_since(field.since).0 < MINES_GIVEN_UP_S)
        .max_by_key(|field| (field.since, field.id))
        .map(|field| field.id)
}

/// Late comers join an operation that is still under way: cargo put out after it began, forces that arrived in the turn in
/// which it did.
fn join(mind: &mut Mind, view: &OperationView, began: Time) {
    let operation = &view.operation;
    let late = mind.view.now.saturating_since(began).0 > JOIN_S;
    if late || operation.most_groups > 0 || view.groups.is_empty() {
        return;
    }
    let under_way = mind
        .view
        .groups
        .iter()
        .any(|group| view.groups.contains(&group.id) && !groups::finished(group));
    if !under_way {
        return;
    }
    let elsewhere: BTreeSet<GroupId> =
        mind.view.operations.iter().flat_map(|one| one.groups.iter().copied()).collect();
    let fresh: Vec<&GroupView> = candidates(mind, operation)
        .into_iter()
        .filter(|group| !elsewhere.contains(&group.id) && groups::free(group))
        .collect();
    task(mind, operation, &fresh, mind.view.now);
}

/// Mines could not be named before they were laid: the groups that laid them go back when they have nothing else to do.
fn gather_mines(mind: &mut Mind, view: &OperationView, began: Time) {
    let operation = &view.operation;
    let Some(place) =
        operation.tasks.iter().position(|one| matches!(one.task, OpTarget::RecoverMines { .. }))
    else {
        return;
    };
    let Some(OpTarget::RecoverMines { from, to }) = operation.tasks.get(place).map(|one| &one.task)
    else {
        return;
    };
    let Some(field) = field(mind, *from, *to) else { return };
    let fresh = mind.view.fields.iter().any(|one| one.id == field && one.since >= began);
    if !fresh {
        return;
    }
    let idle: Vec<&GroupView> = mind
        .view
        .groups
        .iter()
        .filter(|group| {
            view.groups.contains(&group.id)
                && groups::free(group)
                && !mind.taken.contains(&group.id)
        })
        .collect();
    // One group is enough to take up a field; the others go on to what comes after.
    for (number, group) in idle.iter().enumerate() {
        mind.taken.insert(group.id);
        let mut first = true;
        if number == 0 {
            mind.scribe.row(group.id, Task::RecoverMines { field }, true, None, reason(operation));
            first = false;
        }
        for one in operation.tasks.iter().skip(place + 1) {
            for task in fill(mind, &one.task, &idle, number) {
                if !able(mind, group, &task) {
                    continue;
                }
                mind.scribe.row(group.id, task, first, one.doctrine, reason(operation));
                first = false;
            }
        }
    }
}
