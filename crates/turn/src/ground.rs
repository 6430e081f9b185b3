//! The last of a run to ground, shared by battles (a ship fights her way into the air) and by runs that meet nobody.

use crate::stage::Stage;
use jumpline_measure::{ShipId, Span};
use jumpline_world::state::{DueKind, Transit};
use jumpline_world::{Cause, What};

/// A landing ship reaches the air: from here she only comes down.
pub(crate) fn reached_air(stage: &mut Stage, id: ShipId, because: Vec<Cause>) {
    let ship = stage.ship(id);
    if !ship.stands() {
        return;
    }
    let (body, power, class, group) = (ship.body, ship.power, ship.class, ship.group);
    stage.tell(Some(body), What::ReachedAir { ship: id, power, class, group }, because);
    let now = stage.now;
    let down = now.saturating_add(Span(stage.codex.rules.ground.air_s.max(1)));
    // A transit from a body to itself is a way down through its air.
    stage.ship_mut(id).transit = Some(Transit {
        from: body,
        to: body,
        departs: now,
        arrives: down,
        pace_permille: 1_000,
        towed_by: None,
    });
    stage.put(down, DueKind::Touchdown, u64::from(id.0));
}

/// Starts the way down of a ship that no enemy holds up: through space first, then through the air.
pub(crate) fn drop_down(stage: &mut Stage, id: ShipId, after: Span) {
    let body = stage.ship(id).body;
    let at = stage.now.saturating_add(Span(after.0.max(1)));
    // Not in the air yet: she departs into it later, and the same due brings her there.
    stage.ship_mut(id).transit = Some(Transit {
        from: body,
        to: body,
        departs: at,
        arrives: at,
        pace_permille: 1_000,
        towed_by: None,
    });
    stage.put(at, DueKind::Touchdown, u64::from(id.0));
}
