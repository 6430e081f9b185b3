//! What comes back by itself outside battle: shields.

use crate::stage::Stage;
use jumpline_measure::ShipId;

/// Brings a ship's shields up to now: they recharge with her emitters, jumping or not.
pub(crate) fn shields(stage: &mut Stage, id: ShipId) {
    let class = stage.class_of(id);
    let now = stage.now;
    let ship = stage.ship_mut(id);
    let span_s = (now.0 - ship.shields_at.0).max(0);
    ship.shields_at = now;
    if span_s == 0 || class.shield <= 0 {
        return;
    }
    let whole = 1_000 - i64::from(ship.parts.emitters_lost_permille).min(1_000);
    let full = class.shield * whole / 1_000;
    let gained = (class.shield_recharge * whole / 1_000).saturating_mul(span_s);
    for facing in &mut ship.shields {
        let have = i64::from(*facing);
        let value = have.saturating_add(gained).min(full.max(have));
        *facing = i32::try_from(value).unwrap_or(i32::MAX);
    }
}
