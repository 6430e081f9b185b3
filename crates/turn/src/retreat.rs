//! Retreat: a group breaks off and makes for a line. Its ships fight on until their turn in the queue.
//!
//! Shared by officers (an order) and beats (doctrine). Refuses to judge whether it is time.

use crate::clash;
use crate::loss::{Loss, lose};
use crate::meet;
use crate::stage::Stage;
use crate::ways;
use crate::wings;
use jumpline_chart::{BodyKind, OffLine, Spot, off_line_harm};
use jumpline_measure::{BodyId, GroupId, ShipId, Span};
use jumpline_world::event::Why;
use jumpline_world::law::Regard;
use jumpline_world::state::{Hop, Status};
use jumpline_world::{How, What};

/// Breaks a group off from its battle, toward a body or the nearest safe one. False when there is nowhere to go.
pub(crate) fn withdraw(stage: &mut Stage, id: GroupId, to: Option<BodyId>, why: Why) -> bool {
    withdraw_at(stage, id, to, why, 1_000)
}

/// The same at a share of full pace.
pub(crate) fn withdraw_at(
    stage: &mut Stage,
    id: GroupId,
    to: Option<BodyId>,
    why: Why,
    pace_permille: i64,
) -> bool {
    let Some(battle) = stage.battle_of(id) else { return false };
    if stage.group(id).withdrawing {
        return true;
    }
    let body = stage.group(id).body;
    let Some(next) = to
        .filter(|to| *to != body)
        .and_then(|to| first_step(stage, id, to))
        .or_else(|| refuge(stage, id))
    else {
        return false;
    };
    let (power, ships) = (stage.group(id).power, stage.group(id).ships.len());
    let (class, hurt) = match stage.greatest(id) {
        Some(ship) => {
            let class = stage.class_of(ship);
            let hull = class.hull.max(1);
            let lost = (hull - i64::from(stage.ship(ship).hull)).max(0) * 1_000 / hull;
            (stage.ship(ship).class, lost)
        }
        None => return false,
    };
    let because = [stage.why_battle(Some(battle)), stage.why(id)].concat();
    let what = What::Withdrew {
        group: id,
        power,
        class,
        why,
        ships: u32::try_from(ships).unwrap_or(u32::MAX),
        hull_lost_permille: hurt,
    };
    let event = stage.tell(Some(body), what, because);
    ways::stand_down(stage, id);
    wings::recall_all(stage, id);
    let group = stage.group_mut(id);
    group.withdrawing = true;
    group.cause = Some(event);
    if off_line(stage, id, next) {
        return true;
    }
    let nav = &stage.codex.rules.navigation;
    let mouth = stage.codex.chart.mouth(nav, body, next, stage.now);
    let from = stage.state.engagements.get(&battle).map_or(mouth, |engagement| engagement.centre);
    let bound = {
        let chart = &stage.codex.chart;
        let way = chart.spot_offset(body, &mouth) - chart.spot_offset(body, &from);
        let bearing = jumpline_measure::Bearing::from_vec(way).unwrap_or(mouth.bearing);
        [bearing.x, bearing.y, bearing.z]
    };
    if let Some(engagement) = stage.state.engagements.get_mut(&battle)
        && let Some(posture) = jumpline_battle::posture(engagement, id)
    {
        posture.withdrawing = true;
        posture.descending = false;
        posture.bound = bound;
    }
    let fly_s = flight_s(stage, id, &from, &mouth);
    let now = stage.now;
    let group = stage.group_mut(id);
    group.hop =
        Some(Hop { from: body, to: next, fly_s, pace_permille, launched: true, departed: false });
    group.spot = mouth;
    group.there_at = now;
    for ship in stage.standing(id) {
        queue(stage, ship);
    }
    true
}

fn flight_s(stage: &Stage, id: GroupId, from: &Spot, mouth: &Spot) -> i64 {
    let body = stage.group(id).body;
    let nav = &stage.codex.rules.navigation;
    let ready = stage.codex.rules.officers.withdraw_s.max(1);
    let Some(drive) = ways::group_drive(stage, id) else { return ready };
    let fly = stage.codex.chart.fly_around(nav, body, from, mouth, drive.agility_mps);
    fly.0.max(ready)
}

/// A ship of a withdrawing group that came late takes her place in the queue too.
pub(crate) fn one_more(stage: &mut Stage, ship: ShipId) {
    let group = stage.ship(ship).group;
    if let Some(battle) = stage.battle_of(group) {
        meet::brief(stage, battle, group);
    }
    queue(stage, ship);
}

fn queue(stage: &mut Stage, ship: ShipId) {
    let group = stage.ship(ship).group;
    let Some(hop) = stage.group(group).hop.clone() else { return };
    if stage.ship(ship).transit.is_some() || stage.ship(ship).body != hop.from {
        return;
    }
    let Some(line) = stage.line(hop.from, hop.to) else { return };
    let earliest = stage.now.saturating_add(Span(hop.fly_s)).0.saturating_mul(1_000);
    ways::queue_up(stage, ship, &line, earliest, hop.pace_permille, None, true);
}

/// The first body on the way to another.
fn first_step(stage: &mut Stage, id: GroupId, to: BodyId) -> Option<BodyId> {
    let drive = ways::group_drive(stage, id)?;
    ways::next_step(stage, id, to, &drive, 1_000).map(|(next, _)| next)
}

/// The nearest body of the system that its own book calls safe: friends there count for, known enemies against.
pub(crate) fn refuge(stage: &mut Stage, id: GroupId) -> Option<BodyId> {
    let (body, power) = (stage.group(id).body, stage.group(id).power);
    let drive = ways::group_drive(stage, id)?;
    let system = stage.codex.chart.system_of(body)?;
    let candidates: Vec<BodyId> =
        system.stars.iter().chain(&system.bodies).copied().filter(|other| *other != body).collect();
    let mut best: Option<(i64, BodyId)> = None;
    for other in candidates {
        let Some(line) = stage.line(body, other) else { continue };
        let nav = &stage.codex.rules.navigation;
        let span_s = stage.codex.chart.travel(nav, &line, &drive, 1_000).0;
        let foes = known_foes(stage, power, other);
        let friends: i64 = stage
            .standing_at(other)
            .iter()
            .filter(|(group, _)| {
                stage.state.regard(power, stage.group(**group).power) == Regard::Allied
            })
            .map(|(_, count)| i64::from(*count))
            .sum();
        // Each known enemy there weighs an hour's journey, each friend takes ten minutes off.
        let score = span_s + foes * 3_600 - friends.min(60) * 600;
        if best.is_none_or(|(have, at)| (score, other) < (have, at)) {
            best = Some((score, other));
        }
    }
    best.map(|(_, body)| body)
}

fn known_foes(stage: &Stage, power: jumpline_measure::PowerId, body: BodyId) -> i64 {
    stage.state.books[power.index()]
        .contacts
        .values()
        .filter(|contact| contact.body == body)
        .filter(|contact| contact.power.is_some_and(|other| stage.state.hostile(power, other)))
        .flat_map(|contact| &contact.classes)
        .map(|one| i64::from(one.count))
        .sum()
}

/// Hunted inside a star's air with no line near: a jump on no proper line, clear of the air, paid for in shields and armour.
/// True when the group went that way.
fn off_line(stage: &mut Stage, id: GroupId, next: BodyId) -> bool {
    let body = stage.group(id).body;
    let Some(at) = stage.codex.chart.body(body).cloned() else { return false };
    let Some(lead) = stage.greatest(id) else { return false };
    let here = clash::place_of(stage, lead);
    if at.kind != BodyKind::Star || here.altitude_m >= at.air_m {
        return false;
    }
    let nav = &stage.codex.rules.navigation;
    let mouth = stage.codex.chart.mouth(nav, body, next, stage.now);
    let fly_s = flight_s(stage, id, &here, &mouth);
    if fly_s <= 3 * stage.codex.rules.officers.withdraw_s.max(1) {
        return false;
    }
    // Straight up and out, as far as the air is deep again.
    let heading = here.bearing;
    let distance_m = (at.air_m - here.altitude_m).saturating_add(at.air_m);
    // Nobody jumps to a certain death: the flagship's own armour must be able to bear the way.
    let Some(drive) = ways::drive(stage, lead) else { return false };
    match stage.codex.chart.off_line(nav, body, &here, &heading, distance_m, &drive) {
        OffLine::Passes { air_m, .. } if bears(stage, lead, air_m) => {}
        _ => return false,
    }
    let mut end_spot = None;
    for ship in stage.standing(id) {
        let Some(drive) = ways::drive(stage, ship) else { continue };
        if !ways::can_jump(stage, ship) {
            continue;
        }
        let chart = &stage.codex.chart;
        let jump = chart.off_line(nav, body, &here, &heading, distance_m, &drive);
        let OffLine::Passes { end, air_m, .. } = jump else { continue };
        clash::take_out(stage, ship);
        end_spot = Some(end);
        skim(stage, ship, air_m);
    }
    let Some(end) = end_spot else { return false };
    let now = stage.now;
    let group = stage.group_mut(id);
    group.spot = end;
    group.there_at = now;
    group.withdrawing = false;
    stage.call_officers(id, Span::SECOND);
    true
}

/// Has a ship armour enough for a way through air?
fn bears(stage: &Stage, id: ShipId, air_m: i64) -> bool {
    let ship = stage.ship(id);
    let frontal = stage.class_of(id).sensors.bow_section_m2;
    let shields: i64 = ship.shields.iter().map(|one| i64::from(*one)).sum();
    let harm = off_line_harm(&stage.codex.rules.navigation, air_m, frontal, shields);
    harm.armour < i64::from(ship.armour) + i64::from(ship.hull) / 2
}

/// What a way through a star's air does to one ship.
fn skim(stage: &mut Stage, id: ShipId, air_m: i64) {
    let class = stage.class_of(id);
    let frontal = class.sensors.bow_section_m2;
    let shields: i64 = stage.ship(id).shields.iter().map(|one| i64::from(*one)).sum();
    let harm = off_line_harm(&stage.codex.rules.navigation, air_m, frontal, shields);
    let ship = stage.ship_mut(id);
    let mut rest = harm.shields;
    for facing in &mut ship.shields {
        let share = rest.min(i64::from(*facing).max(0));
        *facing -= i32::try_from(share).unwrap_or(0);
        rest -= share;
    }
    let armour = harm.armour.min(i64::from(ship.armour).max(0));
    ship.armour -= i32::try_from(armour).unwrap_or(0);
    let hull = (harm.armour - armour).min(i64::from(ship.hull).max(0));
    ship.hull -= i32::try_from(hull).unwrap_or(0);
    if harm.armour > 0 {
        // What burns through wears the emitters that stand outermost.
        let worn = u16::try_from(harm.armour * 100 / class.toughness().max(1)).unwrap_or(u16::MAX);
        ship.parts.emitters_lost_permille =
            ship.parts.emitters_lost_permille.saturating_add(worn.min(100)).min(1_000);
    }
    let (power, class_id, body, group) = (ship.power, ship.class, ship.body, ship.group);
    let dead = ship.hull <= 0 && ship.status == Status::Present;
    let damage = harm.shields.saturating_add(harm.armour);
    let because = stage.why(group);
    let what = What::OffLine { ship: id, power, class: class_id, damage };
    let event = stage.tell(Some(body), what, because);
    if dead {
        let because = vec![jumpline_world::Cause::Event(event)];
        let loss =
            Loss { ship: id, how: How::Star, by: None, engagement: None, spot: None, because };
        lose(stage, loss);
    }
}
