//! Reinforcements: a force of the plan comes out of an interstellar line, ship by ship.

use crate::stage::Stage;
use jumpline_chart::Chart;
use jumpline_measure::{ShipId, Time};
use jumpline_world::What;
use jumpline_world::muster::Booking;
use jumpline_world::state::{DueKind, Hop, Status, Transit};

/// An arrival of the plan is due.
pub(crate) fn come(stage: &mut Stage, subject: u64) {
    let Some(number) = usize::try_from(subject).ok() else { return };
    let law = stage.law;
    let Some(arrival) = law.plan.arrivals.get(number) else { return };
    if stage.state.arrived.get(number).copied().unwrap_or(true) {
        return;
    }
    stage.state.arrived[number] = true;
    let first = stage.state.ships.len();
    let now = stage.now;
    let Ok(mustered) = stage.state.muster(law, &arrival.forces, now, Booking::Arrived) else {
        // A plan that cannot be mustered is refused when it is read; nothing comes then.
        return;
    };
    let to = arrival.forces.body;
    for id in mustered.standing.iter().chain(&mustered.aboard) {
        let group = stage.group(*id);
        let (power, ships) = (group.power, u32::try_from(group.ships.len()).unwrap_or(u32::MAX));
        let what = What::ForceArrived { group: *id, power, ships };
        let event = stage.tell(Some(to), what, Vec::new());
        stage.group_mut(*id).cause = Some(event);
    }
    let nav = &law.codex.rules.navigation;
    let mut free_ms = now.0.saturating_mul(1_000);
    for index in first..stage.state.ships.len() {
        let id = ShipId::from_index(index);
        let (power, class, group) = {
            let ship = stage.ship(id);
            (ship.power, ship.class, ship.group)
        };
        let because = stage.why(group);
        stage.tell(Some(to), What::Built { ship: id, power, class }, because);
        if stage.ship(id).status == Status::Aboard {
            stage.adopt(id);
            continue;
        }
        let arrives = Time((free_ms + 999).div_euclid(1_000)).max(now);
        free_ms = free_ms.saturating_add(Chart::headway_ms(nav, stage.class_of(id).length_m));
        let ship = stage.ship_mut(id);
        ship.status = Status::Jumping;
        ship.body = arrival.from;
        ship.transit = Some(Transit {
            from: arrival.from,
            to,
            departs: now,
            arrives,
            pace_permille: 1_000,
            towed_by: None,
        });
        stage.put(arrives, DueKind::Arrive, u64::from(id.0));
    }
    // Their groups are still on the line: nothing stands at the star until the first is out.
    for id in mustered.standing {
        let group = stage.group_mut(id);
        group.body = arrival.from;
        group.home = to;
        group.hop = Some(Hop {
            from: arrival.from,
            to,
            fly_s: 0,
            pace_permille: 1_000,
            launched: true,
            departed: true,
        });
    }
}
