//! Salvage: what is whole in a wreck mends what is broken in the group's own ships.

use super::go::{Going, at_spot, towards};
use super::{Step, set_phase};
use crate::stage::Stage;
use crate::ways;
use jumpline_measure::{BodyId, GroupId, ShipId, Span};
use jumpline_world::What;
use jumpline_world::order::{Refusal, Task};
use jumpline_world::state::{DueKind, Parts, Phase};

/// Ships of a group that can work on wrecks.
fn salvors(stage: &Stage, id: GroupId) -> i64 {
    let all = stage.standing(id);
    all.iter().filter(|ship| stage.class_of(**ship).salvages()).count() as i64
}

/// The wreck at a body nearest to a group from which anything can be won, with what that is.
fn nearest(stage: &Stage, id: GroupId, body: BodyId) -> Option<usize> {
    let spot = stage.group(id).spot;
    let wrecks = stage.state.wrecks.iter().enumerate();
    wrecks
        .filter(|(_, wreck)| wreck.body == body && wreck.hull > 0)
        .map(|(at, wreck)| (ways::apart_m(stage, body, &spot, &wreck.spot), at))
        .min()
        .map(|(_, at)| at)
}

/// `Salvage`: to the wrecks of a body, one after another, until the group is whole or nothing is left to win.
pub(super) fn salvage(stage: &mut Stage, id: GroupId, body: BodyId, phase: Phase) -> Step {
    if phase == Phase::Engaged {
        return Step::Wait;
    }
    match towards(stage, id, body, 1_000) {
        Going::Underway => return Step::Wait,
        Going::Cannot(refusal) => return Step::Cannot(refusal),
        Going::There => {}
    }
    let hands = salvors(stage, id);
    if hands == 0 {
        return Step::Cannot(Refusal::NoSalvor);
    }
    let wanted = wanted(stage, id);
    let Some(at) = nearest(stage, id, body).filter(|_| wanted > 0) else { return Step::Done };
    let wreck = &stage.state.wrecks[at];
    let (spot, points) = (wreck.spot, wreck.hull.min(wanted));
    if !at_spot(stage, id, &spot) && ways::fly(stage, id, spot) {
        return Step::Wait;
    }
    let rate = stage.codex.rules.wrecks.salvage_points_per_min.max(1).saturating_mul(hands);
    let span = Span((points.saturating_mul(60) / rate).clamp(1, 86_400));
    set_phase(stage, id, Phase::Engaged);
    stage.put(stage.now.saturating_add(span), DueKind::Salvaged, u64::from(id.0));
    Step::Wait
}

/// What would make a group's ships whole again, points of salvage.
fn wanted(stage: &Stage, id: GroupId) -> i64 {
    let each = stage.codex.rules.wrecks.part_points.max(1);
    let all = stage.standing(id);
    all.into_iter().map(|ship| hull_wanted(stage, ship) + parts_lost(stage, ship) * each).sum()
}

fn hull_wanted(stage: &Stage, ship: ShipId) -> i64 {
    (stage.class_of(ship).hull - i64::from(stage.ship(ship).hull)).max(0)
}

/// The share of engines, guns, emitters, sensors or hangars that one part's worth of salvage mends, permille.
const EIGHTH: u16 = 125;

fn worn(parts: &mut Parts) -> [&mut u16; 5] {
    [
        &mut parts.engine_lost_permille,
        &mut parts.guns_lost_permille,
        &mut parts.emitters_lost_permille,
        &mut parts.sensors_lost_permille,
        &mut parts.hangars_lost_permille,
    ]
}

fn parts_lost(stage: &Stage, ship: ShipId) -> i64 {
    let mut parts = stage.ship(ship).parts;
    let eighths: i64 = worn(&mut parts).iter().map(|lost| i64::from(lost.div_ceil(EIGHTH))).sum();
    eighths + i64::from(parts.gravity_drives_lost)
}

/// Salvage has been won: gravity drives first, then the hull, then what else is broken.
pub(crate) fn salvaged(stage: &mut Stage, subject: u64) {
    let Ok(id) = u32::try_from(subject).map(GroupId) else { return };
    let Some(group) = stage.state.groups.get(id.index()) else { return };
    let Some(standing) = group.tasks.first() else { return };
    let Task::Salvage { body } = standing.task else { return };
    if standing.phase != Phase::Engaged {
        return;
    }
    set_phase(stage, id, Phase::Underway);
    let (here, power) = (stage.group(id).body, stage.group(id).power);
    let busy = stage.battle_of(id).is_some() || salvors(stage, id) == 0;
    stage.call_officers(id, Span::SECOND);
    let Some(at) = nearest(stage, id, body).filter(|_| !busy && here == body) else { return };
    let (wreck, have) = (stage.state.wrecks[at].ship, stage.state.wrecks[at].hull);
    let each = stage.codex.rules.wrecks.part_points.max(1);
    let (mut left, mut parts) = (have, 0_u32);
    let ships = stage.standing(id);
    for ship in &ships {
        let record = stage.ship_mut(*ship);
        while left >= each && record.parts.gravity_drives_lost > 0 {
            record.parts.gravity_drives_lost -= 1;
            left -= each;
            parts += 1;
        }
    }
    for ship in &ships {
        let mend = hull_wanted(stage, *ship).min(left);
        stage.ship_mut(*ship).hull += i32::try_from(mend).unwrap_or(0);
        left -= mend;
    }
    for ship in &ships {
        for lost in worn(&mut stage.ship_mut(*ship).parts) {
            while left >= each && *lost > 0 {
                *lost = lost.saturating_sub(EIGHTH);
                left -= each;
                parts += 1;
            }
        }
    }
    let points = have - left;
    if points == 0 {
        // Too little is left of it to be of use.
        stage.state.wrecks[at].hull = 0;
    } else {
        stage.state.wrecks[at].hull = left;
        let because = stage.why(id);
        let what = What::Salvaged { wreck, group: id, power, points, parts };
        let event = stage.tell(Some(body), what, because);
        stage.group_mut(id).cause = Some(event);
    }
    if stage.state.wrecks[at].hull <= 0 && stage.state.wrecks[at].people <= 0 {
        stage.state.wrecks.remove(at);
    }
}
