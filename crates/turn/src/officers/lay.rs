//! Mine work: to the line's near end, then the time it takes to lay or lift so many.

use super::go::{Going, at_spot, towards};
use super::{Step, set_phase};
use crate::stage::Stage;
use crate::ways;
use jumpline_chart::Line;
use jumpline_measure::{BodyId, FieldId, GroupId, Span};
use jumpline_world::order::Refusal;
use jumpline_world::state::{DueKind, Phase};

/// Mines aboard a group's standing ships.
pub(crate) fn aboard(stage: &Stage, id: GroupId) -> i64 {
    stage.standing(id).iter().map(|ship| stage.ship(*ship).mines).fold(0, i64::saturating_add)
}

/// To the near end of a line; none while on the way.
fn at_mouth(stage: &mut Stage, id: GroupId, from: BodyId, to: BodyId) -> Option<Step> {
    match towards(stage, id, from, 1_000) {
        Going::Underway => return Some(Step::Wait),
        Going::Cannot(refusal) => return Some(Step::Cannot(refusal)),
        Going::There => {}
    }
    let nav = &stage.codex.rules.navigation;
    let mouth = stage.codex.chart.mouth(nav, from, to, stage.now);
    let near = stage.group(id).tasks.first().is_some_and(|task| task.phase == Phase::Leaving);
    if near || at_spot(stage, id, &mouth) {
        return None;
    }
    // The mouth moves with its bodies while they fly: once there is near enough.
    set_phase(stage, id, Phase::Leaving);
    Some(if ways::fly(stage, id, mouth) { Step::Wait } else { Step::Cannot(Refusal::Immobile) })
}

/// How long a group needs for so many mines: the handling, and the way out along the line and back at a crawl.
fn work(stage: &mut Stage, id: GroupId, mines: i64, line: (BodyId, BodyId), out_m: i64) -> Span {
    let hands = stage.standing(id);
    let layers = hands.iter().filter(|ship| stage.class_of(**ship).mines > 0).count().max(1);
    let slowest =
        hands.iter().map(|ship| stage.class_of(*ship).handling_ms).max().unwrap_or(1).max(1);
    let ms = slowest.saturating_mul(mines) / i64::try_from(layers).unwrap_or(1);
    let handling = Span::from_ms(ms).saturating_add(Span::SECOND);
    let nav = &stage.codex.rules.navigation;
    let crawl =
        stage.line(line.0, line.1).zip(ways::group_drive(stage, id)).map(|(line, drive)| {
            let short =
                Line { distance_m: out_m.clamp(0, line.distance_m).saturating_mul(2), ..line };
            stage.codex.chart.travel(nav, &short, &drive, nav.slowest_pace_permille)
        });
    handling.saturating_add(crawl.unwrap_or(Span::ZERO))
}

/// `LayMines`.
pub(super) fn lay(
    stage: &mut Stage,
    id: GroupId,
    from: BodyId,
    to: BodyId,
    offset_m: i64,
    count: i64,
    phase: Phase,
) -> Step {
    if phase == Phase::Engaged {
        return Step::Wait;
    }
    if let Some(step) = at_mouth(stage, id, from, to) {
        return step;
    }
    let have = aboard(stage, id);
    if have < count || count < 1 {
        return Step::Cannot(Refusal::NotEnoughMines { aboard: have, wanted: count });
    }
    let span = work(stage, id, count, (from, to), offset_m);
    set_phase(stage, id, Phase::Engaged);
    stage.put(stage.now.saturating_add(span), DueKind::MinesLaid, u64::from(id.0));
    Step::Wait
}

/// `RecoverMines`.
pub(super) fn recover(stage: &mut Stage, id: GroupId, field: FieldId, phase: Phase) -> Step {
    if phase == Phase::Engaged {
        return Step::Wait;
    }
    let power = stage.group(id).power;
    let Some(record) = stage.state.fields.get(field.index()).cloned() else {
        return Step::Cannot(Refusal::NoSuchField);
    };
    if record.power != power {
        return Step::Cannot(Refusal::NoSuchField);
    }
    if record.live == 0 {
        return Step::Done;
    }
    if let Some(step) = at_mouth(stage, id, record.from, record.to) {
        return step;
    }
    let line = (record.from, record.to);
    let span = work(stage, id, record.live, line, record.offset_m);
    set_phase(stage, id, Phase::Engaged);
    stage.put(stage.now.saturating_add(span), DueKind::MinesRecovered, u64::from(id.0));
    Step::Wait
}
