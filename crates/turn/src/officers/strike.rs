//! Striking: assault, raid, hunt, intercept. All of them go where a contact is believed to be and fight what they find there.

use super::go::{Going, towards};
use super::{Step, later, set_phase, targets};
use crate::meet;
use crate::stage::Stage;
use crate::ways;
use jumpline_chart::Spot;
use jumpline_measure::{Bearing, BodyId, ContactId, GroupId};
use jumpline_world::law::Role;
use jumpline_world::order::Quarry;
use jumpline_world::state::Phase;

/// What came of going for a contact at one's own body.
pub(super) enum Chase {
    /// Fighting, or flying there.
    On,
    /// On the spot, and nobody is there.
    Gone,
}

/// Flies to where a contact is believed to be, and fights it there.
pub(super) fn close_in(stage: &mut Stage, id: GroupId, target: ContactId) -> Chase {
    let (power, body, spot) = {
        let group = stage.group(id);
        (group.power, group.body, group.spot)
    };
    let Some(there) = targets::contact(stage, power, target).map(|contact| contact.spot) else {
        return Chase::Gone;
    };
    let range = stage.codex.rules.battle.engage_range_m.max(1);
    let distance_m = ways::apart_m(stage, body, &spot, &there);
    if distance_m <= range {
        meet::meet(stage, id, true);
        return if stage.battle_of(id).is_some() { Chase::On } else { Chase::Gone };
    }
    let goal = short_of(stage, body, &there, &spot, range * 3 / 5);
    if ways::fly(stage, id, goal) { Chase::On } else { Chase::Gone }
}

/// A spot on this side of a target, some way short of it and above the air.
fn short_of(stage: &Stage, body: BodyId, target: &Spot, from: &Spot, by_m: i64) -> Spot {
    let chart = &stage.codex.chart;
    let (there, here) = (chart.spot_offset(body, target), chart.spot_offset(body, from));
    let Some(back) = Bearing::between(&there, &here) else { return *target };
    let mut goal = chart.spot_at(body, there + back.along(by_m));
    let floor = ways::floor_m(stage, body).min(target.altitude_m);
    if goal.altitude_m < floor {
        // The straight way back leads through the body: stand above the target instead.
        goal = Spot::new(target.altitude_m.saturating_add(by_m), target.bearing);
    }
    goal
}

/// Has enough of the group come for its doctrine?
fn enough(stage: &Stage, id: GroupId) -> bool {
    let wanted = stage.doctrine(id).map_or(0, |doctrine| doctrine.gather_permille);
    ways::gathered_permille(stage, id) >= wanted.min(1_000)
}

/// `Assault`: the quarry first, then whoever else is hostile there; done when nobody is left.
pub(super) fn assault(
    stage: &mut Stage,
    id: GroupId,
    body: BodyId,
    quarry: &Quarry,
    phase: Phase,
) -> Step {
    match towards(stage, id, body, 1_000) {
        Going::Underway => return Step::Wait,
        Going::Cannot(refusal) => return Step::Cannot(refusal),
        Going::There => {}
    }
    if !enough(stage, id) {
        return later(stage, id);
    }
    let anyone = Quarry::Roles(Vec::new());
    let target = targets::choose(stage, id, quarry, Some(body))
        .or_else(|| targets::choose(stage, id, &anyone, Some(body)));
    let Some(target) = target else {
        if phase == Phase::Leaving {
            return if ways::gathered(stage, id) { Step::Done } else { later(stage, id) };
        }
        // Nobody in sight: they may be on the other side.
        set_phase(stage, id, Phase::Leaving);
        return look_behind(stage, id);
    };
    set_phase(stage, id, Phase::Engaged);
    match close_in(stage, id, target) {
        Chase::On => Step::Wait,
        Chase::Gone => later(stage, id),
    }
}

/// Flies to the other side of the body, to see what it hides.
fn look_behind(stage: &mut Stage, id: GroupId) -> Step {
    let here = stage.group(id).spot;
    let there =
        Spot::new(here.altitude_m.max(ways::floor_m(stage, stage.group(id).body)), -here.bearing);
    if ways::fly(stage, id, there) { Step::Wait } else { later(stage, id) }
}

/// `Raid`: some kinds of ship at a body, then home.
pub(super) fn raid(
    stage: &mut Stage,
    id: GroupId,
    body: BodyId,
    roles: &[Role],
    phase: Phase,
) -> Step {
    if phase == Phase::Leaving {
        let home = stage.group(id).home;
        return match towards(stage, id, home, 1_000) {
            Going::There => Step::Done,
            Going::Underway => Step::Wait,
            Going::Cannot(refusal) => Step::Cannot(refusal),
        };
    }
    match towards(stage, id, body, 1_000) {
        Going::Underway => return Step::Wait,
        Going::Cannot(refusal) => return Step::Cannot(refusal),
        Going::There => {}
    }
    if !enough(stage, id) {
        return later(stage, id);
    }
    let quarry = Quarry::Roles(roles.to_vec());
    let target = targets::choose(stage, id, &quarry, Some(body));
    set_phase(stage, id, Phase::Engaged);
    match target {
        Some(target) => match close_in(stage, id, target) {
            Chase::On => Step::Wait,
            Chase::Gone => later(stage, id),
        },
        None if phase != Phase::Engaged => look_behind(stage, id),
        None => leave(stage, id),
    }
}

fn leave(stage: &mut Stage, id: GroupId) -> Step {
    set_phase(stage, id, Phase::Leaving);
    stage.call_officers(id, jumpline_measure::Span::SECOND);
    Step::Wait
}

/// `Hunt`: from body to body, wherever the quarry is known or believed to be bound.
pub(super) fn hunt(stage: &mut Stage, id: GroupId, quarry: &Quarry) -> Step {
    match targets::choose(stage, id, quarry, None) {
        Some(target) => pursue(stage, id, target),
        None => {
            // Nothing is known: a named contact is lost for good, a kind of ship may turn up again.
            if matches!(quarry, Quarry::Contact(_)) {
                return Step::Done;
            }
            later(stage, id)
        }
    }
}

/// `Intercept`: one contact, where it is bound.
pub(super) fn intercept(stage: &mut Stage, id: GroupId, contact: ContactId) -> Step {
    let power = stage.group(id).power;
    if targets::contact(stage, power, contact).is_none() {
        return Step::Done;
    }
    pursue(stage, id, contact)
}

fn pursue(stage: &mut Stage, id: GroupId, target: ContactId) -> Step {
    let power = stage.group(id).power;
    let Some(contact) = targets::contact(stage, power, target) else { return Step::Done };
    let at = contact.bound.map_or(contact.body, |(body, _)| body);
    let in_flight = contact.bound.is_some_and(|(_, due)| due > stage.now);
    match towards(stage, id, at, 1_000) {
        Going::Underway => return Step::Wait,
        // It went where this group cannot follow.
        Going::Cannot(_) => return later(stage, id),
        Going::There => {}
    }
    set_phase(stage, id, Phase::Engaged);
    if in_flight {
        return later(stage, id);
    }
    let here = targets::contact(stage, power, target).is_some_and(|contact| contact.body == at);
    if !here {
        return later(stage, id);
    }
    match close_in(stage, id, target) {
        Chase::On => Step::Wait,
        Chase::Gone => later(stage, id),
    }
}
