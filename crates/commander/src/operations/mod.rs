//! The power's own operations: begun when their condition holds in the view, put into orders by filling in what a scenario
//! could not name.
//!
//! A mind remembers nothing, so an operation under way is read from the view: `began` and its groups. All orders of one
//! operation carry its own reason, word for word, so that they can be told to belong to it.

mod late;
mod tasks;

use crate::groups;
use crate::mind::Mind;
use crate::picture;
use jumpline_measure::{BodyId, GroupId, Span, Time};
use jumpline_world::law::{Begin, OpTarget, Operation, Role};
use jumpline_world::order::{Quarry, Say};
use jumpline_world::view::{GroupView, OperationView};

pub fn act(mind: &mut Mind) {
    // What is under way first, so that the orders of one that begins stand together behind its Begin.
    for operation in &mind.view.operations {
        if let Some(began) = operation.began {
            late::join(mind, operation, began);
            late::gather_mines(mind, operation, began);
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
            Mind::of_operation(&operation.operation, group)
                && !groups::is_kept(&operation.operation, group)
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
                && !groups::is_kept(operation, group)
                && (groups::standing(group) || groups::is_wing(group))
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
        | OpTarget::Patrol { body, .. }
        | OpTarget::Salvage { body }
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
        && tasks::field(mind, *from, *to).is_none()
    {
        return;
    }
    let orders = forces.len().saturating_mul(operation.tasks.len() + 1) + operation.asks.len() + 1;
    if orders > mind.scribe.room() as usize {
        return;
    }
    mind.scribe.say(Say::Begin { operation: operation.key.clone() }, reason(operation));
    ask(mind, operation);
    tasks::give(mind, operation, &forces, from);
}

/// Asks the powers the operation names to fight at its goal.
fn ask(mind: &mut Mind, operation: &Operation) {
    let Some(body) = goal(operation) else { return };
    let quarry = operation
        .tasks
        .iter()
        .find_map(|task| match &task.task {
            OpTarget::Assault { roles, class, .. } | OpTarget::Hunt { roles, class } => {
                Some(tasks::quarry(roles, *class))
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
