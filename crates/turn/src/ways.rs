//! Ways: what a ship's drive still gives, flying round a body, setting out for another, and the queue of a line.
//!
//! Shared by every phase that moves something. Decides no destination: callers do.

use crate::stage::Stage;
use jumpline_chart::{
    Braking, Chart, Drive, Line, Spot, brake_need_permille, braking, tow_pace_permille,
};
use jumpline_measure::{BodyId, GroupId, ShipId, Span, Time};
use jumpline_world::Refusal;
use jumpline_world::state::{DueKind, Hop, LineSlot, Status, Transit};

/// The drive a ship was built with, if any.
pub(crate) fn drive(stage: &Stage, ship: ShipId) -> Option<Drive> {
    let id = stage.class_of(ship).drive?;
    Some(stage.codex.drive(id).drive)
}

/// Braking strength of a ship's working gravity drives with her drive's reserve, permille; nought when none works.
pub(crate) fn strength_permille(stage: &Stage, ship: ShipId) -> i64 {
    let Some(drive) = drive(stage, ship) else { return 0 };
    let all = stage.class_of(ship).gravity_drives.max(1);
    let left = all - i64::from(stage.ship(ship).parts.gravity_drives_lost).min(all);
    if left == 0 { 0 } else { left * 1_000 / all + drive.brake_reserve_permille.max(0) }
}

/// Can the ship jump at all?
pub(crate) fn can_jump(stage: &Stage, ship: ShipId) -> bool {
    strength_permille(stage, ship) > 0
}

/// What a group can do together: the slowest of its ships that can jump. None when none can.
pub(crate) fn group_drive(stage: &Stage, group: GroupId) -> Option<Drive> {
    let mut least: Option<Drive> = None;
    for ship in &stage.group(group).ships {
        if stage.ship(*ship).status == Status::Aboard || !can_jump(stage, *ship) {
            continue;
        }
        let Some(one) = drive(stage, *ship) else { continue };
        least = Some(match least {
            None => one,
            Some(all) => Drive {
                rating_permille: all.rating_permille.min(one.rating_permille),
                charge_ms: all.charge_ms.max(one.charge_ms),
                agility_mps: all.agility_mps.min(one.agility_mps),
                interstellar: all.interstellar && one.interstellar,
                brake_reserve_permille: all.brake_reserve_permille.min(one.brake_reserve_permille),
            },
        });
    }
    least
}

/// The distance between two spots of one body, metres.
pub(crate) fn apart_m(stage: &Stage, body: BodyId, one: &Spot, other: &Spot) -> i64 {
    stage.codex.chart.spot_distance_m(body, one, other)
}

/// Lets a group fly round its body to a spot; it reaches it when a [`DueKind::Reach`] says so. False when it cannot move.
pub(crate) fn fly(stage: &mut Stage, group: GroupId, spot: Spot) -> bool {
    let Some(agility_mps) = round_mps(stage, group) else { return false };
    let (body, from) = (stage.group(group).body, stage.group(group).spot);
    let nav = &stage.codex.rules.navigation;
    let span = stage.codex.chart.fly_around(nav, body, &from, &spot, agility_mps);
    if span >= jumpline_chart::FOREVER {
        return false;
    }
    let there = stage.now.saturating_add(Span(span.0.max(1)));
    let moved = stage.group_mut(group);
    moved.spot = spot;
    moved.there_at = there;
    stage.put(there, DueKind::Reach, u64::from(group.0));
    true
}

/// How fast a group flies round a body: by its jump drives, or, craft that have none, by their engines.
fn round_mps(stage: &Stage, group: GroupId) -> Option<i64> {
    if let Some(drive) = group_drive(stage, group) {
        return Some(drive.agility_mps);
    }
    let standing = stage.standing(group);
    let speed = |ship: &ShipId| {
        let class = stage.class_of(*ship);
        let craft = class.role == jumpline_world::law::Role::Fighter && class.drive.is_none();
        if craft { class.speed_mps.max(0) } else { 0 }
    };
    standing.iter().map(speed).min().filter(|speed| *speed > 0)
}

/// Sends a group on its next jump towards a body: round to the line's mouth, then ship by ship.
pub(crate) fn set_out(
    stage: &mut Stage,
    group: GroupId,
    to: BodyId,
    pace_permille: i64,
) -> Result<(), Refusal> {
    let body = stage.group(group).body;
    if body == to {
        return Ok(());
    }
    let Some(drive) = group_drive(stage, group) else { return Err(Refusal::Immobile) };
    let now = stage.now;
    let Some((next, around)) = next_step(stage, group, to, &drive, pace_permille) else {
        return Err(Refusal::NoRoute);
    };
    let ready = Span(around.0.max(Span::from_ms(drive.charge_ms).0).max(1));
    let nav = &stage.codex.rules.navigation;
    let mouth = stage.codex.chart.mouth(nav, body, next, now.saturating_add(ready));
    let there = now.saturating_add(ready);
    let moved = stage.group_mut(group);
    moved.spot = mouth;
    moved.there_at = there;
    moved.hop = Some(Hop {
        from: body,
        to: next,
        fly_s: ready.0,
        pace_permille,
        launched: false,
        departed: false,
    });
    stage.put(there, DueKind::Reach, u64::from(group.0));
    Ok(())
}

/// The next body on a group's way to another, and the time to fly round to the mouth of the line there.
pub(crate) fn next_step(
    stage: &mut Stage,
    group: GroupId,
    to: BodyId,
    drive: &Drive,
    pace_permille: i64,
) -> Option<(BodyId, Span)> {
    let (body, spot) = (stage.group(group).body, stage.group(group).spot);
    let route = stage.route(body, Some(&spot), to, drive)?;
    let leg = route.legs.first()?;
    if let Some((around, whole)) = straight_way(stage, body, &spot, to, drive, pace_permille)
        && route.legs.len() > 1
        && whole.0 <= route.span.0.saturating_add(route.span.0 / 4)
    {
        // Every jump more is one more place to be met: worth more than a quarter of the time.
        return Some((to, around));
    }
    Some((leg.to, leg.around))
}

/// The one line that leads straight there, if it is open to this drive: the time round to its mouth, and that with the jump.
fn straight_way(
    stage: &mut Stage,
    body: BodyId,
    spot: &Spot,
    to: BodyId,
    drive: &Drive,
    pace_permille: i64,
) -> Option<(Span, Span)> {
    let line = stage.line(body, to).filter(|line| !line.interstellar || drive.interstellar)?;
    let nav = &stage.codex.rules.navigation;
    let chart = &stage.codex.chart;
    let mouth = chart.mouth(nav, body, to, stage.now);
    let around = chart.fly_around(nav, body, spot, &mouth, drive.agility_mps);
    let ready = around.0.max(Span::from_ms(drive.charge_ms).0);
    let jump = chart.travel(nav, &line, drive, pace_permille);
    Some((around, Span(ready).saturating_add(jump)))
}

/// The pace at which a ship would still brake on a line: the wanted one, or slower if her gravity drives are hurt. None when
/// even the slowest is too fast.
pub(crate) fn safe_pace(stage: &Stage, line: &Line, strength: i64, wanted: i64) -> Option<i64> {
    let nav = &stage.codex.rules.navigation;
    let mass = |body: BodyId| stage.codex.chart.body(body).map_or(0, |body| body.mass_pt);
    let (from, to) = (mass(line.from), mass(line.to));
    let slowest = nav.slowest_pace_permille.clamp(1, 1_000);
    let mut pace = wanted.clamp(slowest, 1_000);
    loop {
        if brake_need_permille(nav, from, to, pace) <= strength {
            return Some(pace);
        }
        if pace == slowest {
            return None;
        }
        pace = (pace * 3 / 4).max(slowest);
    }
}

/// Would a ship at the slowest pace come to rest at the end of a line at all?
fn stops_at_all(stage: &Stage, line: &Line, drive: &Drive, strength: i64) -> bool {
    let chart = &stage.codex.chart;
    let nav = &stage.codex.rules.navigation;
    let mass = |body: BodyId| chart.body(body).map_or(0, |body| body.mass_pt);
    let need = brake_need_permille(nav, mass(line.from), mass(line.to), 1);
    let spot = chart.braking_spot(nav, line.from, line.to, stage.now, drive);
    braking(nav, need, strength, spot.altitude_m) != Braking::Fails
}

/// Gives a ship her place in a line's queue, not before a moment. `desperate` ships jump even if they may not brake.
/// False when she cannot go.
pub(crate) fn queue_up(
    stage: &mut Stage,
    ship: ShipId,
    line: &Line,
    earliest_ms: i64,
    pace_permille: i64,
    towed_by: Option<ShipId>,
    desperate: bool,
) -> bool {
    let mover = towed_by.unwrap_or(ship);
    let Some(drive) = drive(stage, mover) else { return false };
    let strength = strength_permille(stage, mover);
    if strength == 0 || (line.interstellar && !drive.interstellar) {
        return false;
    }
    let mut wanted = pace_permille;
    if let Some(tug) = towed_by {
        let nav = &stage.codex.rules.navigation;
        let (pull, load) = (stage.class_of(tug).mass_kt, stage.class_of(ship).mass_kt);
        wanted = wanted.min(tow_pace_permille(nav, pull, load));
    }
    let pace = match safe_pace(stage, line, strength, wanted) {
        Some(pace) => pace,
        // In despair a ship risks overshooting, but not a jump that cannot end well.
        None if desperate && stops_at_all(stage, line, &drive, strength) => {
            stage.codex.rules.navigation.slowest_pace_permille.clamp(1, 1_000)
        }
        None => return false,
    };
    let chart = &stage.codex.chart;
    let nav = &stage.codex.rules.navigation;
    let travel_ms = chart.travel_ms(nav, line, &drive, pace);
    let headway = Chart::headway_ms(nav, stage.class_of(ship).length_m);
    let key = (line.from, line.to);
    let place = match stage.state.slots.binary_search_by_key(&key, |slot| (slot.from, slot.to)) {
        Ok(place) => place,
        Err(place) => {
            let slot = LineSlot { from: line.from, to: line.to, free_ms: 0 };
            stage.state.slots.insert(place, slot);
            place
        }
    };
    let slot = &mut stage.state.slots[place];
    let departs_ms = slot.free_ms.max(earliest_ms);
    slot.free_ms = departs_ms.saturating_add(headway);
    let departs = Time(departs_ms.div_euclid(1_000));
    let arrives = Time(departs_ms.saturating_add(travel_ms).saturating_add(999).div_euclid(1_000));
    stage.ship_mut(ship).transit = Some(Transit {
        from: line.from,
        to: line.to,
        departs,
        arrives: arrives.max(departs.saturating_add(Span::SECOND)),
        pace_permille: pace,
        towed_by,
    });
    stage.put(departs, DueKind::Depart, u64::from(ship.0));
    true
}

/// Takes back the places in queues of a group's ships that have not pushed off.
pub(crate) fn stand_down(stage: &mut Stage, group: GroupId) {
    for id in stage.group(group).ships.clone() {
        let ship = stage.ship_mut(id);
        // A run to the ground is a transit of its own kind and goes on.
        if ship.status == Status::Present && ship.transit.as_ref().is_some_and(|t| t.from != t.to) {
            ship.transit = None;
        }
    }
    stage.group_mut(group).hop = None;
}

/// Sends a ship that is apart from her group after it.
pub(crate) fn follow(stage: &mut Stage, ship: ShipId) {
    let (body, group, idle) = {
        let ship = stage.ship(ship);
        (
            ship.body,
            ship.group,
            ship.stands() && ship.transit.is_none() && ship.engagement.is_none(),
        )
    };
    if !idle {
        return;
    }
    let (target, fly_s, pace) = match &stage.group(group).hop {
        Some(hop) if hop.from == body && hop.launched => {
            (hop.to, Some(hop.fly_s), hop.pace_permille)
        }
        Some(hop) if hop.from == body => return,
        _ => (stage.group(group).body, None, 1_000),
    };
    if target == body {
        return;
    }
    let Some(drive) = drive(stage, ship) else { return };
    let line = match stage.line(body, target) {
        Some(line) if !line.interstellar || drive.interstellar => Some(line),
        _ => {
            let first = stage.route(body, None, target, &drive);
            let next = first.and_then(|route| route.legs.first().map(|leg| leg.to));
            next.and_then(|next| stage.line(body, next))
        }
    };
    let Some(line) = line else { return };
    let fly_s = fly_s.unwrap_or_else(|| {
        // Where she came out is not on record: a quarter of the way round is what she flies on average.
        let nav = &stage.codex.rules.navigation;
        let mouth = stage.codex.chart.mouth(nav, body, line.to, stage.now);
        let aside = Spot::new(mouth.altitude_m, quarter_turn(&mouth));
        let span = stage.codex.chart.fly_around(nav, body, &aside, &mouth, drive.agility_mps);
        span.0.max(Span::from_ms(drive.charge_ms).0)
    });
    let earliest = stage.now.saturating_add(Span(fly_s)).0.saturating_mul(1_000);
    queue_up(stage, ship, &line, earliest, pace, None, false);
}

fn quarter_turn(spot: &Spot) -> jumpline_measure::Bearing {
    use jumpline_measure::{Bearing, Vec3m};
    let b = spot.bearing;
    let across = if b.z.saturating_abs() < 900_000 {
        Vec3m::new(-i64::from(b.y), i64::from(b.x), 0)
    } else {
        Vec3m::new(0, -i64::from(b.z), i64::from(b.y))
    };
    Bearing::from_vec(across).unwrap_or(b)
}

/// The lowest altitude at which ships hold themselves at a body, metres: above its air.
pub(crate) fn floor_m(stage: &Stage, body: BodyId) -> i64 {
    let clear = stage.codex.rules.navigation.round_clearance_m.max(0);
    stage.codex.chart.body(body).map_or(0, |body| body.air_m.max(0)).saturating_add(clear)
}

/// The whole group stands together at its body and nothing of it is between two bodies or in a queue.
pub(crate) fn gathered(stage: &Stage, group: GroupId) -> bool {
    let at = stage.group(group).body;
    stage.state.ships_of(group).all(|ship| match ship.status {
        Status::Present => ship.body == at && ship.transit.is_none(),
        Status::Jumping => false,
        _ => true,
    })
}

/// Share of a group's living ships that stand at its body, permille.
pub(crate) fn gathered_permille(stage: &Stage, group: GroupId) -> i64 {
    let here = i64::from(stage.count_at(group, stage.group(group).body));
    let all =
        stage.state.ships_of(group).filter(|ship| ship.status != Status::Aboard).count() as i64;
    if all == 0 { 0 } else { here * 1_000 / all }
}
