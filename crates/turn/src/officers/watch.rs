//! Watching: hold, guard, ambush, escort. Tasks that wait for others to come.

use super::go::{Going, at_spot, towards};
use super::{Step, later, set_phase, strike, targets};
use crate::meet;
use crate::stage::Stage;
use crate::ways;
use jumpline_chart::{Spot, braking_error_m};
use jumpline_measure::{BodyId, GroupId, Purpose, Time};
use jumpline_world::order::{Quarry, Refusal};
use jumpline_world::state::{DueKind, Phase};

/// `Hold`: stay, until a time or for good.
pub(super) fn hold(stage: &mut Stage, id: GroupId, until: Option<Time>) -> Step {
    set_phase(stage, id, Phase::Engaged);
    meet::meet(stage, id, false);
    match until {
        Some(until) if until <= stage.now => Step::Done,
        Some(until) => {
            stage.put(until, DueKind::Officer, u64::from(id.0));
            Step::Wait
        }
        None => Step::Wait,
    }
}

/// `Guard`: at a place, against whoever is hostile and not too strong.
pub(super) fn guard(stage: &mut Stage, id: GroupId, body: BodyId, spot: Option<Spot>) -> Step {
    match towards(stage, id, body, 1_000) {
        Going::Underway => return Step::Wait,
        Going::Cannot(refusal) => return Step::Cannot(refusal),
        Going::There => {}
    }
    set_phase(stage, id, Phase::Engaged);
    meet::meet(stage, id, false);
    if stage.battle_of(id).is_some() {
        return Step::Wait;
    }
    let anyone = Quarry::Roles(Vec::new());
    let power = stage.group(id).power;
    if let Some(target) = targets::choose(stage, id, &anyone, Some(body)) {
        let odds = stage.doctrine(id).map_or(0, |doctrine| doctrine.withdraw_odds_permille);
        let allies: i64 = stage
            .groups_at(body)
            .iter()
            .filter(|other| stage.group(**other).power == power)
            .map(|other| targets::own_strength(stage, *other))
            .fold(0, i64::saturating_add);
        let foes = targets::known_strength(stage, power, body);
        if allies.saturating_mul(1_000) >= foes.saturating_mul(odds) {
            strike::close_in(stage, id, target);
            return later(stage, id);
        }
    }
    if let Some(spot) = spot
        && !at_spot(stage, id, &spot)
    {
        ways::fly(stage, id, spot);
        return Step::Wait;
    }
    later(stage, id)
}

/// `Ambush`: beside the far end of a line, as near as its navigators can tell.
///
/// They judge the braking spot with the error of their sensors and their skill, and wait a standoff to the side of it, so
/// as not to be run into.
pub(super) fn ambush(
    stage: &mut Stage,
    id: GroupId,
    from: BodyId,
    to: BodyId,
    standoff_m: i64,
) -> Step {
    match towards(stage, id, to, 1_000) {
        Going::Underway => return Step::Wait,
        Going::Cannot(refusal) => return Step::Cannot(refusal),
        Going::There => {}
    }
    let Some(drive) = ways::group_drive(stage, id) else { return Step::Cannot(Refusal::Immobile) };
    let nav = &stage.codex.rules.navigation;
    let chart = &stage.codex.chart;
    let truth = chart.braking_spot(nav, from, to, stage.now, &drive);
    let length_m = chart.line(nav, from, to, stage.now).map_or(0, |line| line.distance_m);
    let quality = stage
        .state
        .ships_of(id)
        .map(|ship| stage.codex.class(ship.class).sensors.quality_permille)
        .max()
        .unwrap_or(1);
    let skill = stage.codex.power(stage.group(id).power).navigation_permille;
    let error_m = braking_error_m(nav, length_m, nav.brake_error_section_m2, quality, skill);
    // One guess for one wait: the same group errs the same way until it waits somewhere else.
    let subject = u64::from(id.0) << 32 | u64::from(from.0) << 16 | u64::from(to.0);
    let roll = |n| stage.dice.roll(Purpose::Braking, subject, 0, n).normal_milli();
    let guess = chart.guessed_spot(to, &truth, error_m, [roll(0), roll(1), roll(2)]);
    let spot = stand_beside(stage, id, to, &guess, standoff_m);
    // The line moves with its bodies: follow it when it has moved by more than the standoff.
    let here = stage.group(id).spot;
    if ways::apart_m(stage, to, &here, &spot) > standoff_m.max(10_000) / 2 {
        ways::fly(stage, id, spot);
        return Step::Wait;
    }
    set_phase(stage, id, Phase::Engaged);
    meet::meet(stage, id, true);
    later(stage, id)
}

/// A spot level with another and a distance to the side of it: which side depends on the group, so that several surround it.
fn stand_beside(stage: &Stage, id: GroupId, body: BodyId, spot: &Spot, by_m: i64) -> Spot {
    use jumpline_measure::{Bearing, Vec3m};
    let chart = &stage.codex.chart;
    let b = spot.bearing;
    let (x, y, z) = (i64::from(b.x), i64::from(b.y), i64::from(b.z));
    let east = if z.abs() < 900_000 { Vec3m::new(-y, x, 0) } else { Vec3m::new(0, -z, y) };
    let Some(east) = Bearing::from_vec(east) else { return *spot };
    let (ex, ey, ez) = (i64::from(east.x), i64::from(east.y), i64::from(east.z));
    let north = Vec3m::new(y * ez - z * ey, z * ex - x * ez, x * ey - y * ex);
    let Some(north) = Bearing::from_vec(north) else { return *spot };
    let side = match id.0 % 4 {
        0 => east,
        1 => north,
        2 => -east,
        _ => -north,
    };
    let moved = chart.spot_at(body, chart.spot_offset(body, spot) + side.along(by_m.max(0)));
    Spot { altitude_m: moved.altitude_m.max(0), ..moved }
}

/// `Escort`: where another group of one's own goes.
pub(super) fn escort(stage: &mut Stage, id: GroupId, other: GroupId) -> Step {
    let Some(ward) = stage.state.groups.get(other.index()) else { return Step::Done };
    if ward.ships.is_empty() || other == id {
        return Step::Done;
    }
    // A ward that is about to jump is met where it goes.
    let to = ward.hop.as_ref().map_or(ward.body, |hop| hop.to);
    match towards(stage, id, to, 1_000) {
        Going::Underway => return Step::Wait,
        Going::Cannot(_) => return later(stage, id),
        Going::There => {}
    }
    set_phase(stage, id, Phase::Engaged);
    if let Some(battle) = stage.battle_of(other)
        && stage.state.engagements.get(&battle).is_some_and(|e| e.body == to)
    {
        let (centre, near) = {
            let centre = stage.state.engagements.get(&battle).map(|e| e.centre).unwrap_or_default();
            let here = stage.group(id).spot;
            (centre, ways::apart_m(stage, to, &here, &centre))
        };
        if near <= stage.codex.rules.battle.join_range_m {
            meet::join(stage, battle, id);
        } else {
            ways::fly(stage, id, centre);
        }
        return later(stage, id);
    }
    let (body, spot) = (stage.group(other).body, stage.group(other).spot);
    if body == to {
        let here = stage.group(id).spot;
        let near = stage.codex.rules.battle.join_range_m / 2;
        if ways::apart_m(stage, to, &here, &spot) > near.max(1_000) {
            ways::fly(stage, id, spot);
            return Step::Wait;
        }
    }
    later(stage, id)
}
