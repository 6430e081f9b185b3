//! Freight: taking aboard, putting out, running for the ground, towing.

use super::go::{Going, towards};
use super::{Step, later, set_phase};
use crate::clash;
use crate::covers;
use crate::ground;
use crate::meet;
use crate::stage::Stage;
use crate::ways;
use jumpline_measure::{BodyId, GroupId, ShipId, Span, Time};
use jumpline_world::What;
use jumpline_world::order::Refusal;
use jumpline_world::state::{DueKind, Phase, Status};

/// Time for one carrier to handle one ship, milliseconds.
fn handling_ms(stage: &Stage, carrier: ShipId, ship: ShipId) -> i64 {
    let class = stage.class_of(carrier);
    class.handling_ms.max(1).saturating_mul(stage.class_of(ship).berth_size.max(1))
}

fn after_ms(now: Time, ms: i64) -> Time {
    now.saturating_add(Span::from_ms(ms))
}

/// `Load`: another group comes aboard, one ship after another for each carrier.
pub(super) fn load(stage: &mut Stage, id: GroupId, cargo: GroupId, phase: Phase) -> Step {
    let Some(group) = stage.state.groups.get(cargo.index()) else {
        return Step::Cannot(Refusal::NoSuchGroup);
    };
    let (body, spot) = (group.body, group.spot);
    let waiting: Vec<ShipId> = stage.standing(cargo);
    if waiting.is_empty() {
        return Step::Done;
    }
    if phase == Phase::Engaged {
        // Under way: what is still outside is being handled, unless no berth is left for it.
        return if free_carrier(stage, id, waiting[0]).is_some() { Step::Wait } else { Step::Done };
    }
    match towards(stage, id, body, 1_000) {
        Going::Underway => return Step::Wait,
        Going::Cannot(refusal) => return Step::Cannot(refusal),
        Going::There => {}
    }
    if stage.flying(cargo) || stage.group(cargo).hop.is_some() {
        return later(stage, id);
    }
    let here = stage.group(id).spot;
    if ways::apart_m(stage, body, &here, &spot) > 10_000 {
        return if ways::fly(stage, id, spot) {
            Step::Wait
        } else {
            Step::Cannot(Refusal::Immobile)
        };
    }
    let mut room: Vec<(ShipId, i64, i64)> = stage
        .standing(id)
        .into_iter()
        .map(|carrier| {
            (carrier, stage.class_of(carrier).berths - stage.berths_used(carrier), 0_i64)
        })
        .filter(|(_, free, _)| *free > 0)
        .collect();
    let mut any = false;
    for ship in waiting {
        let size = stage.class_of(ship).berth_size.max(1);
        // The carrier that is free soonest takes her.
        let Some(best) = room
            .iter()
            .enumerate()
            .filter(|(_, (_, free, _))| *free >= size)
            .min_by_key(|(_, (carrier, _, busy))| (*busy, *carrier))
            .map(|(place, _)| place)
        else {
            continue;
        };
        let (carrier, _, busy) = room[best];
        let done = busy.saturating_add(handling_ms(stage, carrier, ship));
        room[best].1 -= size;
        room[best].2 = done;
        any = true;
        stage.put(after_ms(stage.now, done), DueKind::Handled, u64::from(ship.0));
    }
    if !any {
        return Step::Cannot(Refusal::NotEnoughBerths { free: 0, wanted: 1 });
    }
    set_phase(stage, id, Phase::Engaged);
    Step::Wait
}

/// The first carrier of a group with a berth for a ship.
pub(crate) fn free_carrier(stage: &Stage, id: GroupId, ship: ShipId) -> Option<ShipId> {
    let size = stage.class_of(ship).berth_size.max(1);
    stage
        .standing(id)
        .into_iter()
        .find(|carrier| stage.class_of(*carrier).berths - stage.berths_used(*carrier) >= size)
}

/// `Unload`: everything aboard is put out here, one ship after another for each carrier.
pub(super) fn unload(stage: &mut Stage, id: GroupId, phase: Phase) -> Step {
    let carriers = stage.standing(id);
    let left: usize = carriers.iter().map(|carrier| stage.aboard(*carrier).len()).sum();
    if left == 0 {
        return Step::Done;
    }
    if phase == Phase::Engaged {
        return Step::Wait;
    }
    set_phase(stage, id, Phase::Engaged);
    for carrier in carriers {
        let mut busy = 0_i64;
        for ship in stage.aboard(carrier).to_vec() {
            busy = busy.saturating_add(handling_ms(stage, carrier, ship));
            stage.put(after_ms(stage.now, busy), DueKind::Handled, u64::from(ship.0));
        }
    }
    Step::Wait
}

/// `Land`: to the body, then down: through whoever is near, or straight if nobody is.
pub(super) fn land(stage: &mut Stage, id: GroupId, body: BodyId, phase: Phase) -> Step {
    match towards(stage, id, body, 1_000) {
        Going::Underway => return Step::Wait,
        Going::Cannot(refusal) => return Step::Cannot(refusal),
        Going::There => {}
    }
    let landers: Vec<ShipId> =
        stage.standing(id).into_iter().filter(|ship| stage.class_of(*ship).lands).collect();
    if landers.is_empty() {
        let landed = stage.state.ships_of(id).any(|ship| ship.status == Status::Landed);
        return if landed { Step::Done } else { Step::Cannot(Refusal::CannotLand) };
    }
    if !matches!(phase, Phase::Engaged | Phase::Leaving) {
        if !ways::gathered(stage, id) && landers.len() < stage.group(id).ships.len() / 2 {
            return later(stage, id);
        }
        tell_landing(stage, id);
        set_phase(stage, id, Phase::Engaged);
    }
    meet::meet(stage, id, false);
    if stage.battle_of(id).is_some() {
        return Step::Wait;
    }
    if let Some(generator) = covers::against(stage, body, stage.group(id).power) {
        kept_out(stage, id, landers.len(), generator);
        return later(stage, id);
    }
    let spot = stage.group(id).spot;
    let air = stage.codex.chart.body(body).map_or(0, |body| body.air_m.max(0));
    let fall_m = (spot.altitude_m - air).max(0);
    let span = Span(fall_m / stage.codex.rules.ground.descent_mps.max(1) + 1);
    for ship in landers {
        if stage.ship(ship).transit.is_none() {
            ground::drop_down(stage, ship, span);
        }
    }
    Step::Wait
}

/// A planetary shield stands between them and the ground: told once, for as long as it stands.
fn kept_out(stage: &mut Stage, id: GroupId, landers: usize, generator: ShipId) {
    if stage.group(id).tasks.first().is_none_or(|standing| standing.phase == Phase::Leaving) {
        return;
    }
    let (body, power) = (stage.group(id).body, stage.group(id).power);
    let by = stage.ship(generator).power;
    let because = stage.why(id);
    let ships = u32::try_from(landers).unwrap_or(u32::MAX);
    stage.tell(Some(body), What::KeptOut { group: id, power, ships, by }, because);
    set_phase(stage, id, Phase::Leaving);
}

/// Tells that a landing run begins.
pub(super) fn tell_landing(stage: &mut Stage, id: GroupId) {
    // The whole wave, with those who are still on the line behind its head.
    let wave = stage.state.ships_of(id).filter(|ship| stage.codex.class(ship.class).lands);
    let landers =
        wave.filter(|ship| matches!(ship.status, Status::Present | Status::Jumping)).count();
    let (body, power) = (stage.group(id).body, stage.group(id).power);
    let because = stage.why(id);
    let ships = u32::try_from(landers).unwrap_or(u32::MAX);
    let event = stage.tell(Some(body), What::LandingBegan { group: id, power, ships }, because);
    stage.group_mut(id).cause = Some(event);
}

/// `Tow`: to the damaged ship, take her over, and pull her out on a slow jump.
pub(super) fn tow(stage: &mut Stage, id: GroupId, ship: ShipId, to: BodyId) -> Step {
    if stage.state.ships.get(ship.index()).is_none_or(|ship| !ship.exists()) {
        return Step::Cannot(Refusal::NoSuchShip);
    }
    if stage.ship(ship).group != id {
        let theirs = stage.ship(ship).group;
        let (body, spot) = (stage.ship(ship).body, stage.group(theirs).spot);
        match towards(stage, id, body, 1_000) {
            Going::Underway => return Step::Wait,
            Going::Cannot(refusal) => return Step::Cannot(refusal),
            Going::There => {}
        }
        let here = stage.group(id).spot;
        let beside =
            stage.group(theirs).body != body || ways::apart_m(stage, body, &here, &spot) <= 10_000;
        if !beside {
            let flies = ways::fly(stage, id, spot);
            return if flies { Step::Wait } else { Step::Cannot(Refusal::Immobile) };
        }
        let Some(tug) = tug_of(stage, id) else { return Step::Cannot(Refusal::NoTractor) };
        if stage.ship(ship).engagement.is_some() {
            clash::take_out(stage, ship);
        }
        stage.regroup(&[ship], id);
        stage.ship_mut(ship).transit = None;
        stage.ship_mut(ship).falls = None;
        let (power, class) = (stage.ship(ship).power, stage.ship(ship).class);
        let because = stage.why(id);
        stage.tell(Some(body), What::Towed { ship, power, class, by: tug }, because);
    }
    match towards(stage, id, to, 1_000) {
        Going::Underway => Step::Wait,
        Going::Cannot(refusal) => Step::Cannot(refusal),
        Going::There if ways::gathered(stage, id) => Step::Done,
        Going::There => later(stage, id),
    }
}

/// The strongest ship of a group that can tow and jump.
pub(crate) fn tug_of(stage: &Stage, id: GroupId) -> Option<ShipId> {
    stage
        .standing(id)
        .into_iter()
        .filter(|ship| stage.class_of(*ship).tractor && ways::can_jump(stage, *ship))
        .max_by_key(|ship| (stage.class_of(*ship).mass_kt, std::cmp::Reverse(*ship)))
}
