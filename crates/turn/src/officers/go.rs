//! Going: to a body, to a spot, away, and out of the theatre.

use super::{Step, later, set_phase};
use crate::retreat;
use crate::stage::Stage;
use crate::ways;
use crate::wings;
use jumpline_chart::Spot;
use jumpline_measure::{BodyId, GroupId, Span};
use jumpline_world::order::Refusal;
use jumpline_world::state::{Hop, Phase, Status};

/// How a journey stands.
pub(super) enum Going {
    There,
    Underway,
    Cannot(Refusal),
}

/// Takes a group on towards a body, one jump at a time.
pub(super) fn towards(stage: &mut Stage, id: GroupId, to: BodyId, pace_permille: i64) -> Going {
    if stage.group(id).body == to {
        return Going::There;
    }
    split_half_loaded(stage, id);
    if wings::awaited(stage, id) {
        // Nobody is left behind who can still come aboard.
        wings::recall_all(stage, id);
        stage.call_officers(id, Span::MINUTE);
        return Going::Underway;
    }
    match ways::set_out(stage, id, to, pace_permille) {
        Ok(()) => {
            if stage.group(id).tasks.first().is_some_and(|task| task.phase == Phase::Waiting) {
                set_phase(stage, id, Phase::Underway);
            }
            Going::Underway
        }
        Err(refusal) => Going::Cannot(refusal),
    }
}

/// Ships still aboard when the rest of their group sets out become a group of their own: they go where their carriers go.
fn split_half_loaded(stage: &mut Stage, id: GroupId) {
    let own: Vec<_> = stage.group(id).ships.clone();
    let inside: Vec<_> = own
        .iter()
        .copied()
        .filter(|ship| {
            let ship = stage.ship(*ship);
            ship.status == Status::Aboard
                && ship.carrier.is_some_and(|carrier| stage.ship(carrier).group != id)
        })
        .collect();
    if inside.is_empty() || inside.len() == own.len() {
        return;
    }
    let name = stage.group(id).name.clone();
    let (body, spot) = (stage.group(id).body, stage.group(id).spot);
    stage.split_off(id, &inside, name, body, spot);
}

/// `Move`: there, and to the spot, and all together.
pub(super) fn to(
    stage: &mut Stage,
    id: GroupId,
    to: BodyId,
    spot: Option<Spot>,
    pace_permille: i64,
) -> Step {
    match towards(stage, id, to, pace_permille) {
        Going::Underway => return Step::Wait,
        Going::Cannot(refusal) => return Step::Cannot(refusal),
        Going::There => {}
    }
    if let Some(spot) = spot
        && !at_spot(stage, id, &spot)
    {
        return if ways::fly(stage, id, spot) { Step::Wait } else { Step::Done };
    }
    if ways::gathered(stage, id) { Step::Done } else { later(stage, id) }
}

/// Near enough to a spot to call it there: a kilometre.
pub(super) fn at_spot(stage: &Stage, id: GroupId, spot: &Spot) -> bool {
    let group = stage.group(id);
    ways::apart_m(stage, group.body, &group.spot, spot) <= 1_000
}

/// `Withdraw` for a group that is not (or no longer) in a battle.
pub(super) fn away(stage: &mut Stage, id: GroupId, to: Option<BodyId>, phase: Phase) -> Step {
    let here = stage.group(id).body;
    let Some(to) = to else {
        // Away from the battle is away enough once it has jumped.
        if phase != Phase::Waiting && stage.group(id).home != here {
            return Step::Done;
        }
        let Some(refuge) = retreat::refuge(stage, id) else {
            return Step::Cannot(Refusal::NoRoute);
        };
        return match towards(stage, id, refuge, 1_000) {
            Going::Underway => Step::Wait,
            Going::Cannot(refusal) => Step::Cannot(refusal),
            Going::There => Step::Done,
        };
    };
    match towards(stage, id, to, 1_000) {
        Going::Underway => Step::Wait,
        Going::Cannot(refusal) => Step::Cannot(refusal),
        Going::There if ways::gathered(stage, id) => Step::Done,
        Going::There => later(stage, id),
    }
}

/// `Depart`: to the star, then out along its shortest line to another.
pub(super) fn depart(stage: &mut Stage, id: GroupId, star: BodyId) -> Step {
    match towards(stage, id, star, 1_000) {
        Going::Underway => return Step::Wait,
        Going::Cannot(refusal) => return Step::Cannot(refusal),
        Going::There => {}
    }
    if !ways::gathered(stage, id) {
        return later(stage, id);
    }
    let Some(drive) = ways::group_drive(stage, id) else {
        return Step::Cannot(Refusal::Immobile);
    };
    if !drive.interstellar {
        return Step::Cannot(Refusal::NoRoute);
    }
    let Some(out) = way_out(stage, star) else { return Step::Cannot(Refusal::NoLine) };
    let nav = &stage.codex.rules.navigation;
    let chart = &stage.codex.chart;
    let mouth = chart.mouth(nav, star, out, stage.now);
    let from = stage.group(id).spot;
    let fly = chart.fly_around(nav, star, &from, &mouth, drive.agility_mps);
    let fly_s = fly.0.max(Span::from_ms(drive.charge_ms).0).max(1);
    let there = stage.now.saturating_add(Span(fly_s));
    let group = stage.group_mut(id);
    group.spot = mouth;
    group.there_at = there;
    group.hop = Some(Hop {
        from: star,
        to: out,
        fly_s,
        pace_permille: 1_000,
        launched: false,
        departed: false,
    });
    stage.put(there, jumpline_world::state::DueKind::Reach, u64::from(id.0));
    Step::Wait
}

/// The nearest star of another system to which a line is open.
fn way_out(stage: &mut Stage, star: BodyId) -> Option<BodyId> {
    let system = stage.codex.chart.body(star)?.system;
    let near = stage.with_index(|codex, index| {
        let stars = index.near(system).iter();
        let stars = stars.filter_map(|near| codex.chart.system(near.system));
        stars.flat_map(|system| system.stars.iter().copied()).collect::<Vec<_>>()
    });
    near.into_iter()
        .filter_map(|other| stage.line(star, other).map(|line| (line.distance_m, other)))
        .min()
        .map(|(_, other)| other)
}
