//! What a mind asks about its own groups: can it move, is it free, what is it worth, how badly is it hurt.

use crate::strength::ship_strength;
use jumpline_measure::ClassId;
use jumpline_world::law::{Codex, OpTarget, Operation, Role};
use jumpline_world::order::Task;
use jumpline_world::state::{Phase, Standing, Status};
use jumpline_world::view::{GroupView, ShipView};

/// Worths of fresh ships by class.
pub struct Worths(pub Vec<i64>);

impl Worths {
    /// Of one class.
    pub fn class(&self, id: ClassId) -> i64 {
        self.0.get(id.index()).copied().unwrap_or(1)
    }
}

/// What a group is worth as it is: ships that stand or are on their way.
pub fn strength(codex: &Codex, worths: &Worths, group: &GroupView) -> i64 {
    group
        .ships
        .iter()
        .filter(|ship| matches!(ship.status, Status::Present | Status::Jumping))
        .map(|ship| ship_strength(codex, worths.class(ship.class), ship))
        .fold(0, i64::saturating_add)
}

/// What it would be worth unhurt, with the ships it still has.
pub fn fresh_strength(worths: &Worths, group: &GroupView) -> i64 {
    group.ships.iter().map(|ship| worths.class(ship.class)).fold(0, i64::saturating_add)
}

fn drive<'a>(codex: &'a Codex, ship: &ShipView) -> Option<&'a jumpline_chart::Drive> {
    let class = codex.classes.get(ship.class.index())?;
    let drive = codex.drives.get(class.drive?.index())?;
    let whole = i64::from(ship.parts.gravity_drives_lost) < class.gravity_drives.max(1);
    whole.then_some(&drive.drive)
}

/// Can all of it leave its body?
pub fn moves(codex: &Codex, group: &GroupView) -> bool {
    standing(group) && group.ships.iter().all(|ship| drive(codex, ship).is_some())
}

/// Can any of it leave?
pub fn moves_at_all(codex: &Codex, group: &GroupView) -> bool {
    standing(group) && group.ships.iter().any(|ship| drive(codex, ship).is_some())
}

/// Can all of it go from star to star?
pub fn interstellar(codex: &Codex, group: &GroupView) -> bool {
    moves(codex, group)
        && group.ships.iter().all(|ship| drive(codex, ship).is_some_and(|drive| drive.interstellar))
}

/// Has every ship of it that is not aboard another a drive for lines between stars, hurt or not?
pub fn crosses_stars(codex: &Codex, group: &GroupView) -> bool {
    group.ships.iter().filter(|ship| ship.status != Status::Aboard).all(|ship| {
        codex
            .classes
            .get(ship.class.index())
            .and_then(|class| codex.drives.get(class.drive?.index()))
            .is_some_and(|drive| drive.drive.interstellar)
    })
}

/// Does any of it stand in some body's space, or is it on its way between two?
pub fn standing(group: &GroupView) -> bool {
    group.ships.iter().any(|ship| matches!(ship.status, Status::Present | Status::Jumping))
}

/// Is the whole of it aboard carriers?
pub fn aboard(group: &GroupView) -> bool {
    !group.ships.is_empty() && group.ships.iter().all(|ship| ship.status == Status::Aboard)
}

/// Is it a wing: craft that come and go by themselves, as their carriers need them?
pub fn is_wing(group: &GroupView) -> bool {
    !group.ships.is_empty() && group.ships.iter().all(|ship| ship.base.is_some())
}

/// Is it in no position to take part in an operation: aboard others, or a wing that is not meant to patrol?
pub fn is_kept(operation: &Operation, group: &GroupView) -> bool {
    let patrol = operation.tasks.iter().all(|task| matches!(task.task, OpTarget::Patrol { .. }));
    if is_wing(group) { !patrol } else { aboard(group) }
}

/// Does it hold ships made to fight? Sensors, platforms and empty carriers are not sent to war.
pub fn fights(codex: &Codex, group: &GroupView) -> bool {
    let warship = |ship: &&ShipView| {
        codex.classes.get(ship.class.index()).is_some_and(|class| class.role.is_warship())
    };
    group.ships.iter().filter(warship).count() * 2 >= group.ships.len().max(1)
}

/// Is it a station of some kind, that fights where it is?
pub fn fixed(codex: &Codex, group: &GroupView) -> bool {
    let station = |ship: &ShipView| {
        codex.classes.get(ship.class.index()).is_none_or(|class| {
            class.drive.is_none()
                || matches!(
                    class.role,
                    Role::Starbase | Role::Station | Role::Platform | Role::Sensor
                )
        })
    };
    group.ships.iter().all(station)
}

/// A task that has no end of its own and has settled into its place: the group can be called away from it.
pub fn settled(standing: &Standing) -> bool {
    standing.phase == Phase::Engaged
        && matches!(standing.task, Task::Hold { until: None } | Task::Guard { .. })
}

/// Has it nothing left to do but stand where it was put?
pub fn finished(group: &GroupView) -> bool {
    match group.tasks.as_slice() {
        [] => true,
        [only] => settled(only),
        _ => false,
    }
}

/// Can it be given something new without breaking anything off?
pub fn free(group: &GroupView) -> bool {
    finished(group)
        && !group.withdrawing
        && !group.fighting
        && !group.jumping
        && !aboard(group)
        && !is_wing(group)
}
