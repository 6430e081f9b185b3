//! Handling: a ship has been taken aboard or put out.

use crate::clash;
use crate::meet;
use crate::officers;
use crate::stage::Stage;
use jumpline_measure::{GroupId, ShipId, Span};
use jumpline_world::What;
use jumpline_world::law::Role;
use jumpline_world::order::Task;
use jumpline_world::state::{DueKind, Status};

/// One ship's handling is finished, if it is still wanted.
pub(crate) fn handled(stage: &mut Stage, subject: u64) {
    let Ok(id) = u32::try_from(subject).map(ShipId) else { return };
    match stage.ship(id).status {
        Status::Aboard => put_out(stage, id),
        Status::Present => take_in(stage, id),
        _ => {}
    }
}

fn put_out(stage: &mut Stage, id: ShipId) {
    let Some(carrier) = stage.ship(id).carrier else { return };
    let host = stage.ship(carrier).group;
    let unloads = matches!(
        stage.group(host).tasks.first().map(|standing| &standing.task),
        Some(Task::Unload)
    );
    if !unloads || !stage.ship(carrier).stands() {
        return;
    }
    let spot = clash::place_of(stage, carrier);
    let group = stage.ship(id).group;
    let body = stage.ship(carrier).body;
    let first = stage.standing(group).is_empty();
    stage.disembark(id);
    stage.ship_mut(id).shields_at = stage.now;
    // Put out by order, a craft is at home here from now on.
    stage.ship_mut(id).base = None;
    if first {
        let now = stage.now;
        let out = stage.group_mut(group);
        out.body = body;
        out.spot = spot;
        out.there_at = now;
        out.hop = None;
    }
    if stage.ship(carrier).engagement.is_some() {
        meet::joins(stage, id, spot);
    }
    let inside = stage.state.ships_of(group).any(|ship| ship.status == Status::Aboard);
    if !inside {
        tell(stage, group, true);
        meet::meet(stage, group, false);
        stage.call_officers(group, Span::ZERO);
    }
    if stage.aboard(carrier).is_empty() {
        stage.call_officers(host, Span::ZERO);
    }
}

fn take_in(stage: &mut Stage, id: ShipId) {
    if stage.ship(id).engagement.is_some() || stage.ship(id).transit.is_some() {
        // Not now: the carrier's crew tries again in a minute, as long as it is told to load her.
        if host_of(stage, id).is_some() {
            stage.put(stage.now.saturating_add(Span::MINUTE), DueKind::Handled, u64::from(id.0));
        }
        return;
    }
    let group = stage.ship(id).group;
    let host = host_of(stage, id);
    let Some(host) = host else { return };
    let Some(carrier) = officers::free_carrier(stage, host, id) else { return };
    stage.embark(id, carrier);
    if stage.class_of(id).role == Role::Fighter && stage.class_of(carrier).hangar.is_some() {
        let now = stage.now;
        let ship = stage.ship_mut(id);
        (ship.base, ship.ready_at) = (Some(carrier), now);
    }
    let outside = stage.state.ships_of(group).any(|ship| ship.status != Status::Aboard);
    if !outside {
        stage.group_mut(group).hop = None;
        tell(stage, group, false);
        stage.call_officers(host, Span::ZERO);
    }
}

/// The group at the same body that is told to take a ship's group aboard.
fn host_of(stage: &Stage, id: ShipId) -> Option<GroupId> {
    let (group, body) = (stage.ship(id).group, stage.ship(id).body);
    stage.groups_at(body).into_iter().find(|other| {
        matches!(
            stage.group(*other).tasks.first().map(|standing| &standing.task),
            Some(Task::Load { group: cargo }) if *cargo == group
        )
    })
}

fn tell(stage: &mut Stage, group: GroupId, out: bool) {
    let (power, body) = (stage.group(group).power, stage.group(group).body);
    let ships = u32::try_from(stage.group(group).ships.len()).unwrap_or(u32::MAX);
    let because = stage.why(group);
    let what = if out {
        What::Unloaded { group, power, ships }
    } else {
        What::Loaded { group, power, ships }
    };
    let event = stage.tell(Some(body), what, because);
    stage.group_mut(group).cause = Some(event);
}
