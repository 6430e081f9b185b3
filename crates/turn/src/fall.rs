//! Falling: a ship without gravity drives, low over a star or in air, is held up by nothing. Others may push her out, if the
//! arithmetic allows. The law is the chart's.
//!
//! Shared by beats and sweeps; the end of the fall is a phase of its own.

use crate::stage::Stage;
use crate::ways;
use jumpline_chart::{BodyKind, PushOut, fall_ms, push_out};
use jumpline_measure::{BodyId, ShipId, Span};
use jumpline_world::law::Regard;
use jumpline_world::state::DueKind;
use jumpline_world::{Cause, What};

/// Looks for ships at a body that nothing holds up.
pub(crate) fn check_body(stage: &mut Stage, body: BodyId) {
    for id in stage.groups_at(body) {
        let helpless: Vec<ShipId> = stage
            .state
            .ships_of(id)
            .filter(|ship| ship.stands() && ship.body == body && ship.engagement.is_none())
            .filter(|ship| ship.falls.is_none() && ship.transit.is_none())
            .filter(|ship| ship.parts.gravity_drives_lost > 0)
            .filter(|ship| {
                let all = stage.codex.class(ship.class).gravity_drives;
                all > 0 && i64::from(ship.parts.gravity_drives_lost) >= all
            })
            .map(|ship| ship.id)
            .collect();
        for ship in helpless {
            begin(stage, ship);
        }
    }
}

/// Her orbit starts to decay, if it is low enough for that to matter.
fn begin(stage: &mut Stage, id: ShipId) {
    let (body, group) = (stage.ship(id).body, stage.ship(id).group);
    let Some(mass) = stage.codex.chart.body(body).cloned() else { return };
    let altitude_m = stage.group(group).spot.altitude_m;
    // Low is: in the air, or no further above it than it is deep; over airless ground, where wrecks fall.
    let low_m = match mass.kind {
        BodyKind::Star | BodyKind::GasGiant => mass.air_m.max(0).saturating_mul(2),
        BodyKind::Planet | BodyKind::Moon => {
            mass.air_m.max(0).saturating_mul(2).max(stage.codex.rules.wrecks.fall_altitude_m)
        }
    };
    if altitude_m > low_m {
        return;
    }
    let Some(ms) = fall_ms(&stage.codex.rules.navigation, &mass, altitude_m) else { return };
    let span = Span::from_ms(ms.max(1_000));
    let at = stage.now.saturating_add(span);
    let (power, class) = (stage.ship(id).power, stage.ship(id).class);
    let because = stage.why(group);
    let what = What::Falling { ship: id, power, class, seconds: span.0 };
    let event = stage.tell(Some(body), what, because);
    stage.ship_mut(id).falls = Some(at);
    if rescued(stage, id, altitude_m, low_m, event) {
        return;
    }
    stage.put(at, DueKind::Burn, u64::from(id.0));
}

/// Friends who stand near with whole engines push, if there are any. True when the fall is stopped.
fn rescued(
    stage: &mut Stage,
    id: ShipId,
    altitude_m: i64,
    low_m: i64,
    because: jumpline_measure::EventId,
) -> bool {
    let (body, power, class) = {
        let ship = stage.ship(id);
        (ship.body, ship.power, ship.class)
    };
    let near = stage.codex.rules.battle.engage_range_m;
    let spot = stage.group(stage.ship(id).group).spot;
    let mut pushers = 0_u32;
    let mut thrust_kn = 0_i64;
    for other in stage.groups_at(body) {
        let group = stage.group(other);
        if stage.state.regard(group.power, power) != Regard::Allied
            || group.there_at > stage.now
            || ways::apart_m(stage, body, &group.spot, &spot) > near
        {
            continue;
        }
        for ship in stage.standing(other) {
            if ship == id || !ways::can_jump(stage, ship) || stage.ship(ship).engagement.is_some() {
                continue;
            }
            let class = stage.class_of(ship);
            let whole = 1_000 - i64::from(stage.ship(ship).parts.engine_lost_permille).min(1_000);
            // A kilotonne moved by a metre a second each second takes a thousand kilonewtons.
            let thrust = class.mass_kt.saturating_mul(class.accel_mps2).saturating_mul(whole);
            thrust_kn = thrust_kn.saturating_add(thrust);
            pushers += 1;
        }
    }
    if pushers == 0 {
        return false;
    }
    let Some(mass) = stage.codex.chart.body(body) else { return false };
    let nav = &stage.codex.rules.navigation;
    let kt = stage.codex.class(class).mass_kt;
    let fallen = stage.reaction(power);
    let saved =
        matches!(push_out(nav, mass, altitude_m, kt, thrust_kn, fallen), PushOut::Holds { .. });
    let what = What::Pushed { ship: id, power, class, pushers, saved };
    stage.tell(Some(body), what, vec![Cause::Event(because)]);
    if saved {
        // Held, and taken up to where nothing falls; she stays there when her group goes on.
        stage.ship_mut(id).falls = None;
        let mut group = stage.ship(id).group;
        let mut spot = stage.group(group).spot;
        spot.altitude_m = spot.altitude_m.max(low_m.saturating_mul(2).saturating_add(1_000));
        if stage.group(group).ships.len() > 1 {
            let name = stage.labelled(group, "held up");
            group = stage.split_off(group, &[id], name, body, spot);
        }
        stage.group_mut(group).spot = spot;
    }
    saved
}
