//! Jumps: ships push off one at a time and come out one at a time. Mines on the way, brakes at the end.

use crate::clash;
use crate::eyes;
use crate::loss::{self, Loss, lose};
use crate::meet;
use crate::mines;
use crate::recover;
use crate::stage::Stage;
use crate::ways;
use jumpline_chart::{Braking, Spot, brake_need_permille, brake_shift_m, braking, shifted_spot};
use jumpline_measure::{BodyId, GroupId, Purpose, ShipId, Span, Time};
use jumpline_world::order::Task;
use jumpline_world::state::{DueKind, Status, Transit};
use jumpline_world::{Cause, How, What};

/// A ship pushes off.
pub(crate) fn depart(stage: &mut Stage, id: ShipId) {
    let ship = stage.ship(id);
    let Some(transit) = ship.transit.clone() else { return };
    // A place in the queue that was given up or changed leaves its due behind.
    if !ship.stands() || transit.departs > stage.now || ship.body != transit.from {
        return;
    }
    let group = ship.group;
    let mover = transit.towed_by.unwrap_or(id);
    // Hurt while she waited: she does not push off to a certain death.
    if !stage.ship(mover).exists() || brakes(stage, mover, &transit) == Braking::Fails {
        stage.ship_mut(id).transit = None;
        return;
    }
    if held_up(stage, id, &transit) {
        return;
    }
    if stage.ship(id).engagement.is_some() {
        clash::take_out(stage, id);
    }
    stage.place(id, Status::Jumping, transit.from);
    head_leaves(stage, group, &transit);
    if !mines::run_through(stage, id) {
        return;
    }
    if leaves_theatre(stage, group, &transit) {
        let because = stage.why(group);
        loss::depart(stage, id, because);
        return;
    }
    stage.put(transit.arrives, DueKind::Arrive, u64::from(id.0));
}

/// A ring of enemy hulls holds her up: she tries again a moment later.
fn held_up(stage: &mut Stage, id: ShipId, transit: &Transit) -> bool {
    let battle = stage.ship(id).engagement.and_then(|one| stage.state.engagements.get(&one));
    let regards = &stage.state.regards;
    if !battle.is_some_and(|battle| jumpline_battle::hemmed(stage.codex, battle, regards, id)) {
        return false;
    }
    let wait = stage.codex.rules.officers.delay_s.clamp(1, 60);
    let departs = stage.now.saturating_add(Span(wait));
    if let Some(way) = &mut stage.ship_mut(id).transit {
        way.departs = departs;
        way.arrives = departs.saturating_add(Span(transit.arrives.0 - transit.departs.0));
    }
    stage.put(departs, DueKind::Depart, u64::from(id.0));
    true
}

fn head_leaves(stage: &mut Stage, group: GroupId, transit: &Transit) {
    let first = match &mut stage.group_mut(group).hop {
        Some(hop) if hop.from == transit.from && hop.to == transit.to && !hop.departed => {
            hop.departed = true;
            true
        }
        _ => false,
    };
    if !first {
        return;
    }
    let because = stage.why(group);
    let ships = u32::try_from(stage.group(group).ships.len()).unwrap_or(u32::MAX);
    let power = stage.group(group).power;
    let (from, to) = (transit.from, transit.to);
    let what = What::GroupDeparted { group, power, from, to, ships };
    let event = stage.tell(Some(from), what, because);
    stage.group_mut(group).cause = Some(event);
    eyes::seen_leaving(stage, group, to, transit.arrives);
}

/// A ship comes out.
pub(crate) fn arrive(stage: &mut Stage, id: ShipId) {
    if stage.ship(id).status != Status::Jumping {
        return;
    }
    let Some(transit) = stage.ship(id).transit.clone() else { return };
    stage.ship_mut(id).transit = None;
    let group = stage.ship(id).group;
    let mover = transit.towed_by.unwrap_or(id);
    let end = brakes(stage, mover, &transit);
    if end == Braking::Fails {
        strikes(stage, id, &transit);
        return;
    }
    let mut spot = comes_out(stage, id, mover, &transit);
    if let Braking::Overshoots { by_m } = end {
        spot.altitude_m = spot.altitude_m.saturating_sub(by_m).max(0);
        let (power, class) = (stage.ship(id).power, stage.ship(id).class);
        let because = stage.why(group);
        stage.tell(Some(transit.to), What::Overshot { ship: id, power, class, by_m }, because);
    }
    stage.place(id, Status::Present, transit.to);
    recover::shields(stage, id);
    bring_cargo(stage, id, transit.to, spot);
    let head = stage.group(group).body != transit.to && is_head(stage, group, &transit);
    if head || stage.count_at(group, transit.to) == 1 && stage.group(group).body == transit.to {
        head_arrives(stage, group, &transit, spot, head);
    } else if stage.group(group).body != transit.to || stage.group(group).hop.is_some() {
        ways::follow(stage, id);
    }
    meet::joins(stage, id, spot);
    if ways::gathered(stage, group) {
        // The last of a group is in: its officers can look further.
        stage.call_officers(group, Span::ZERO);
    }
}

/// Is this the first of the group to come out where it is bound, rather than a straggler catching up?
fn is_head(stage: &Stage, group: GroupId, transit: &Transit) -> bool {
    let group = stage.group(group);
    match &group.hop {
        Some(hop) => hop.from == transit.from && hop.to == transit.to,
        // Nothing stands where the group is believed to be: whoever comes out anywhere is its head.
        None => stage.count_at(group.id, group.body) == 0,
    }
}

fn leaves_theatre(stage: &Stage, group: GroupId, transit: &Transit) -> bool {
    matches!(stage.group(group).tasks.first().map(|standing| &standing.task),
        Some(Task::Depart { star }) if *star == transit.from)
        && stage.codex.chart.system_of(transit.from).map(|s| s.id)
            != stage.codex.chart.system_of(transit.to).map(|s| s.id)
}

fn brakes(stage: &Stage, mover: ShipId, transit: &Transit) -> Braking {
    let chart = &stage.codex.chart;
    let nav = &stage.codex.rules.navigation;
    let mass = |body: BodyId| chart.body(body).map_or(0, |body| body.mass_pt);
    let need =
        brake_need_permille(nav, mass(transit.from), mass(transit.to), transit.pace_permille);
    let strength =
        if stage.ship(mover).exists() { ways::strength_permille(stage, mover) } else { 0 };
    let altitude_m = ways::drive(stage, mover)
        .map(|drive| chart.braking_spot(nav, transit.from, transit.to, stage.now, &drive))
        .map_or(0, |spot| spot.altitude_m);
    braking(nav, need, strength, altitude_m)
}

/// She strikes what she should have braked against. Whether anybody learns of it depends on who is there.
fn strikes(stage: &mut Stage, id: ShipId, transit: &Transit) {
    let ship = stage.ship(id);
    let (power, class, group) = (ship.power, ship.class, ship.group);
    let seen = stage
        .groups_at(transit.to)
        .iter()
        .any(|other| stage.state.hostile(stage.group(*other).power, power));
    let because = stage.why(group);
    let what = What::BrakingFailed { ship: id, power, class, seen };
    let event = stage.tell(Some(transit.to), what, because);
    stage.ship_mut(id).body = transit.to;
    let because = vec![Cause::Event(event)];
    lose(
        stage,
        Loss { ship: id, how: How::Struck, by: None, engagement: None, spot: None, because },
    );
    let at = stage.group(group).body;
    if at != transit.to && is_head(stage, group, transit) {
        // The rest are still on their way and find nobody to gather on.
        let moved = stage.group_mut(group);
        moved.body = transit.to;
        moved.hop = None;
    }
}

/// Where she comes to rest: the line's braking spot, scattered by her power's navigation.
fn comes_out(stage: &Stage, id: ShipId, mover: ShipId, transit: &Transit) -> Spot {
    let chart = &stage.codex.chart;
    let nav = &stage.codex.rules.navigation;
    let Some(drive) = ways::drive(stage, mover) else { return Spot::default() };
    let spot = chart.braking_spot(nav, transit.from, transit.to, stage.now, &drive);
    let skill = stage.codex.power(stage.ship(id).power).navigation_permille.max(1);
    let roll = |n| stage.roll(Purpose::Braking, u64::from(id.0), n).normal_milli();
    let scatter_m = nav.brake_error_least_m.max(0) * 1_000 / skill;
    let spot = chart.guessed_spot(transit.to, &spot, scatter_m, [roll(0), roll(1), roll(2)]);
    let shift_m = brake_shift_m(nav, warned_ms(stage, id, transit.to, &spot), &drive);
    shifted_spot(&spot, shift_m, spot.altitude_m)
}

/// How long a ship that does not come to fight has known of enemies where she will come out: word of the head of a stream
/// reaches its tail.
fn warned_ms(stage: &Stage, id: ShipId, to: BodyId, spot: &Spot) -> i64 {
    let ship = stage.ship(id);
    let fights = stage.group(ship.group).tasks.first().is_some_and(|task| {
        matches!(
            task.task,
            Task::Assault { .. }
                | Task::Raid { .. }
                | Task::Hunt { .. }
                | Task::Intercept { .. }
                | Task::Guard { .. }
                | Task::Ambush { .. }
        )
    });
    if fights {
        return 0;
    }
    let range = stage.codex.rules.battle.engage_range_m;
    stage.state.books[ship.power.index()]
        .contacts
        .values()
        .filter(|contact| contact.body == to && contact.bound.is_none())
        .filter(|contact| contact.power.is_some_and(|of| stage.state.hostile(ship.power, of)))
        .filter(|contact| stage.codex.chart.spot_distance_m(to, &contact.spot, spot) <= range)
        .map(|contact| stage.now.saturating_since(contact.first).ms())
        .max()
        .unwrap_or(0)
}

fn bring_cargo(stage: &mut Stage, carrier: ShipId, body: BodyId, spot: Spot) {
    if stage.aboard(carrier).is_empty() {
        return;
    }
    let now = stage.now;
    for id in stage.aboard(carrier).to_vec() {
        stage.place(id, Status::Aboard, body);
        let group = stage.ship(id).group;
        if stage.standing(group).is_empty() {
            let group = stage.group_mut(group);
            group.body = body;
            group.spot = spot;
            group.there_at = now;
        }
        // Carriers may be carried themselves.
        bring_cargo(stage, id, body, spot);
    }
}

fn head_arrives(stage: &mut Stage, group: GroupId, transit: &Transit, spot: Spot, came: bool) {
    let now: Time = stage.now;
    let moved = stage.group_mut(group);
    moved.body = transit.to;
    moved.spot = spot;
    moved.there_at = now;
    if came {
        moved.hop = None;
    }
    let because = stage.why(group);
    let ships = u32::try_from(stage.group(group).ships.len()).unwrap_or(u32::MAX);
    let power = stage.group(group).power;
    let what = What::GroupArrived { group, power, body: transit.to, ships };
    let event = stage.tell(Some(transit.to), what, because);
    stage.group_mut(group).cause = Some(event);
    eyes::look_about(stage, group);
    meet::meet(stage, group, false);
    stage.call_officers(group, Span::ZERO);
}
