//! Mine work done: a field laid, a field lifted, a line clear again.

use crate::stage::Stage;
use jumpline_measure::{FieldId, GroupId, Span};
use jumpline_world::What;
use jumpline_world::order::Task;
use jumpline_world::state::{Minefield, Phase};

/// A group has laid its mines.
pub(crate) fn laid(stage: &mut Stage, subject: u64) {
    let Ok(id) = u32::try_from(subject).map(GroupId) else { return };
    let Some((Task::LayMines { from, to, offset_m, count }, Phase::Engaged)) = doing(stage, id)
    else {
        return;
    };
    // Driven off or shot at while laying: nothing is laid in a battle.
    if stage.battle_of(id).is_some() || stage.group(id).body != from {
        crate::officers::set_phase(stage, id, Phase::Underway);
        return;
    }
    let mut left = count;
    for ship in stage.standing(id) {
        let record = stage.ship_mut(ship);
        let taken = record.mines.min(left);
        record.mines -= taken;
        left -= taken;
    }
    let laid = count - left;
    if laid > 0 {
        let field = FieldId::from_index(stage.state.fields.len());
        let (power, now) = (stage.group(id).power, stage.now);
        stage.state.fields.push(Minefield {
            id: field,
            power,
            group: id,
            from,
            to,
            offset_m,
            laid,
            live: laid,
            spent: 0,
            scattered: 0,
            recovered: 0,
            since: now,
            clear_at: now,
        });
        let because = stage.why(id);
        let what = What::MinesLaid { field, power, count: laid };
        let event = stage.tell(Some(from), what, because);
        stage.group_mut(id).cause = Some(event);
    }
    crate::officers::drop_task(stage, id);
    stage.call_officers(id, Span::ZERO);
}

/// A group has taken up what is left of a field, as far as its ships can carry it.
pub(crate) fn recovered(stage: &mut Stage, subject: u64) {
    let Ok(id) = u32::try_from(subject).map(GroupId) else { return };
    let Some((Task::RecoverMines { field }, Phase::Engaged)) = doing(stage, id) else { return };
    if stage.battle_of(id).is_some() {
        crate::officers::set_phase(stage, id, Phase::Underway);
        return;
    }
    let Some(record) = stage.state.fields.get(field.index()).cloned() else { return };
    if record.from != stage.group(id).body {
        return;
    }
    let mut left = record.live;
    for ship in stage.standing(id) {
        let room = (stage.class_of(ship).mines - stage.ship(ship).mines).max(0);
        let taken = room.min(left);
        stage.ship_mut(ship).mines += taken;
        left -= taken;
    }
    let lifted = record.live - left;
    let there = &mut stage.state.fields[field.index()];
    there.live = left;
    there.recovered += lifted;
    let (laid, recovered) = (there.laid, there.recovered);
    let power = stage.group(id).power;
    let because = stage.why(id);
    let what = What::MinesRecovered { field, power, laid, recovered };
    let event = stage.tell(Some(record.from), what, because);
    stage.group_mut(id).cause = Some(event);
    crate::officers::drop_task(stage, id);
    stage.call_officers(id, Span::ZERO);
}

fn doing(stage: &Stage, id: GroupId) -> Option<(Task, Phase)> {
    stage.group(id).tasks.first().map(|standing| (standing.task.clone(), standing.phase))
}

/// Debris has drifted clear of a line. What was left of the field closes up again; nothing is to be told.
pub(crate) fn clear(stage: &mut Stage, subject: u64) {
    let Some(field) = usize::try_from(subject).ok().and_then(|n| stage.state.fields.get_mut(n))
    else {
        return;
    };
    if field.clear_at <= stage.now {
        field.clear_at = stage.now;
    }
}
