//! Yards: one ship after another, as long as the power holds the place.

use crate::stage::Stage;
use jumpline_measure::{GroupId, PowerId, ShipId};
use jumpline_world::What;
use jumpline_world::law::{ForceShips, Forces};
use jumpline_world::muster::Booking;
use jumpline_world::state::DueKind;

/// Yards of one power that the queue can tell apart.
pub(crate) const YARDS_MOST: u64 = 4_096;

/// A yard finishes a ship; the next is laid down.
pub(crate) fn launch(stage: &mut Stage, subject: u64) {
    let (Ok(power), Ok(number)) =
        (usize::try_from(subject / YARDS_MOST), usize::try_from(subject % YARDS_MOST))
    else {
        return;
    };
    let law = stage.law;
    let Some(owner) = law.codex.powers.get(power) else { return };
    let Some(yard) = owner.yards.get(number) else { return };
    let power = PowerId::from_index(power);
    let next = stage.now.saturating_add(jumpline_measure::Span(yard.every.0.max(1)));
    stage.put(next, DueKind::Yard, subject);
    if besieged(stage, power, yard.body) {
        return;
    }
    let key = format!("yard-{}-{}", owner.key, number + 1);
    let spot = jumpline_chart::Spot::new(
        stage.codex.rules.officers.gather_altitude_m.max(0),
        jumpline_measure::Bearing::X,
    );
    let forces = Forces {
        key: key.clone(),
        name: format!("{} new ships", owner.adjective),
        power,
        tags: Vec::new(),
        body: yard.body,
        spot,
        split: 0,
        doctrine: None,
        ships: vec![ForceShips {
            class: yard.class,
            count: 1,
            names: Vec::new(),
            aboard: false,
            mines: 0,
        }],
    };
    let first = ShipId::from_index(stage.state.ships.len());
    let now = stage.now;
    let Ok(mustered) = stage.state.muster(law, &forces, now, Booking::Built) else { return };
    stage.adopt(first);
    // New ships wait together for somebody to want them.
    let waiting = stage.groups_at(yard.body).into_iter().find(|id| {
        let group = stage.group(*id);
        group.key == key && group.tasks.is_empty() && !mustered.standing.contains(id)
    });
    if let Some(waiting) = waiting
        && stage.group(waiting).there_at <= now
        && stage.battle_of(waiting).is_none()
    {
        stage.regroup(&[first], waiting);
    }
    let (class, body) = (yard.class, yard.body);
    let event = stage.tell(Some(body), What::Built { ship: first, power, class }, Vec::new());
    let group: GroupId = stage.ship(first).group;
    stage.group_mut(group).cause = Some(event);
}

/// Nothing is launched under enemy guns: hostile ships hold the space and none of one's own stands there.
fn besieged(stage: &Stage, power: PowerId, body: jumpline_measure::BodyId) -> bool {
    let here = stage.groups_at(body);
    let foes = here.iter().any(|id| stage.state.hostile(power, stage.group(*id).power));
    foes && !here.iter().any(|id| stage.group(*id).power == power)
}
