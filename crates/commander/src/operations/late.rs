//! What an operation under way still asks for: late comers join it, mines are taken up again.

use super::tasks::{able, field, fill, give};
use super::{candidates, reason};
use crate::groups;
use crate::mind::Mind;
use jumpline_measure::{GroupId, Time};
use jumpline_world::law::OpTarget;
use jumpline_world::order::Task;
use jumpline_world::view::{GroupView, OperationView};
use std::collections::BTreeSet;

/// Groups that come into being this long after an operation began may still join it.
const JOIN_S: i64 = 86_400;

/// Late comers join an operation that is still under way: cargo put out after it began, forces that arrived in the turn in
/// which it did.
pub fn join(mind: &mut Mind, view: &OperationView, began: Time) {
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
    give(mind, operation, &fresh, mind.view.now);
}

/// Mines could not be named before they were laid: the groups that laid them go back when they have nothing else to do.
pub fn gather_mines(mind: &mut Mind, view: &OperationView, began: Time) {
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
