//! Falling: a ship without gravity drives, low over a star or in air, is held up by nothing. Others push her, for as long as they
//! dare: out, if the arithmetic allows; aside, if there is ground below and that is all they can do; and if not, they win her people time
//! to leave. The law is the chart's.
//!
//! Shared by beats and sweeps; the end of the fall is a phase of its own.

use crate::loss;
use crate::stage::Stage;
use crate::ways;
use jumpline_chart::{Body, BodyKind, PushOut, fall_ms, push_out};
use jumpline_measure::{BodyId, EventId, ShipId, Span, Time};
use jumpline_world::law::Regard;
use jumpline_world::state::DueKind;
use jumpline_world::{Cause, What};

/// The most of a ship's weight that pushers take off her while they cannot hold her, permille.
const LIGHTENED_MOST: i64 = 900;

/// Looks for ships at a body that nothing holds up, and for those who push at them.
pub(crate) fn check_body(stage: &mut Stage, body: BodyId) {
    for id in stage.groups_at(body) {
        let helpless: Vec<(ShipId, bool)> = stage
            .state
            .ships_of(id)
            .filter(|ship| ship.stands() && ship.body == body && ship.engagement.is_none())
            .filter(|ship| ship.transit.is_none())
            .filter(|ship| ship.parts.gravity_drives_lost > 0)
            .filter(|ship| {
                let all = stage.codex.class(ship.class).gravity_drives;
                all > 0 && i64::from(ship.parts.gravity_drives_lost) >= all
            })
            .map(|ship| (ship.id, ship.falls.is_some()))
            .collect();
        for (ship, falls) in helpless {
            if falls {
                push(stage, ship, None);
            } else {
                begin(stage, ship);
            }
        }
    }
}

/// The altitude below which a ship without drives falls: in the air, or no further above it than it is deep; over airless ground, where
/// wrecks fall.
fn low_m(stage: &Stage, mass: &Body) -> i64 {
    let air_m = mass.air_m.max(0).saturating_mul(2);
    match mass.kind {
        BodyKind::Star | BodyKind::GasGiant => air_m,
        BodyKind::Planet | BodyKind::Moon => air_m.max(stage.codex.rules.wrecks.fall_altitude_m),
    }
}

/// Her orbit starts to decay, if it is low enough for that to matter.
fn begin(stage: &mut Stage, id: ShipId) {
    let (body, group) = (stage.ship(id).body, stage.ship(id).group);
    let Some(mass) = stage.codex.chart.body(body).cloned() else { return };
    let altitude_m = stage.group(group).spot.altitude_m;
    if altitude_m > low_m(stage, &mass) {
        return;
    }
    let Some(ms) = fall_ms(&stage.codex.rules.navigation, &mass, altitude_m) else { return };
    let span = Span::from_ms(ms.max(1_000));
    let at = stage.now.saturating_add(span);
    let (power, class) = (stage.ship(id).power, stage.ship(id).class);
    let because = stage.why(group);
    let what = What::Falling { ship: id, power, class, seconds: span.0 };
    let event = stage.tell(Some(body), what, because);
    let ship = stage.ship_mut(id);
    (ship.falls, ship.turned, ship.pushers) = (Some(at), false, 0);
    if !push(stage, id, Some(event)) {
        put_burn(stage, id);
    }
}

fn put_burn(stage: &mut Stage, id: ShipId) {
    if let Some(at) = stage.ship(id).falls {
        stage.put(at, DueKind::Burn, u64::from(id.0));
    }
}

/// Ships near a falling one that push, and their thrust, kilonewtons. A kilotonne moved by a metre a second each second takes
/// a thousand of them.
fn pushers(stage: &Stage, id: ShipId) -> (u32, i64) {
    let (body, power) = (stage.ship(id).body, stage.ship(id).power);
    let near = stage.codex.rules.battle.engage_range_m;
    let spot = stage.group(stage.ship(id).group).spot;
    let (mut count, mut thrust_kn) = (0_u32, 0_i64);
    for other in stage.groups_at(body) {
        let group = stage.group(other);
        if stage.state.regard(group.power, power) != Regard::Allied
            || group.there_at > stage.now
            || group.hop.is_some()
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
            let thrust = class.mass_kt.saturating_mul(class.accel_mps2).saturating_mul(whole);
            thrust_kn = thrust_kn.saturating_add(thrust);
            count += 1;
        }
    }
    (count, thrust_kn)
}

/// Friends near with whole engines push, if there are any: at the first moment and at every sweep until the end is too near. True
/// when the fall is stopped.
fn push(stage: &mut Stage, id: ShipId, first: Option<EventId>) -> bool {
    let Some(end) = stage.ship(id).falls else { return false };
    let left = Span(end.0 - stage.now.0);
    let (count, thrust_kn) = pushers(stage, id);
    if count == 0 || first.is_none() && left.0 <= stage.codex.rules.wrecks.margin_s {
        return false;
    }
    let (body, group) = (stage.ship(id).body, stage.ship(id).group);
    let Some(mass) = stage.codex.chart.body(body).cloned() else { return false };
    let (power, class) = (stage.ship(id).power, stage.ship(id).class);
    let high_m = stage.group(group).spot.altitude_m;
    let (altitude_m, fallen) = sunk(stage, &mass, high_m, left, stage.reaction(power));
    let kt = stage.codex.class(class).mass_kt;
    let nav = &stage.codex.rules.navigation;
    let result = push_out(nav, &mass, altitude_m, kt, thrust_kn, fallen);
    let saved = matches!(result, PushOut::Holds { .. });
    let because: Vec<Cause> = match first {
        Some(event) => vec![Cause::Event(event)],
        None => stage.why(group),
    };
    if saved || count > stage.ship(id).pushers {
        let what = What::Pushed { ship: id, power, class, pushers: count, saved };
        stage.tell(Some(body), what, because.clone());
        stage.ship_mut(id).pushers = count;
    }
    if saved {
        hold_up(stage, id, &mass);
        return true;
    }
    if !stage.ship(id).turned {
        turn_aside(stage, id, &mass, count, thrust_kn, left, because);
    }
    if first.is_none() {
        let lighter = match result {
            PushOut::TooWeak { short_kn } => {
                thrust_kn.saturating_mul(1_000) / thrust_kn.saturating_add(short_kn).max(1)
            }
            _ => LIGHTENED_MOST,
        };
        // What they take off her weight they give her in time.
        let gained = stage.sweep_interval().0 * lighter.clamp(0, LIGHTENED_MOST) / 1_000;
        let end = Time(end.0.saturating_add(gained));
        stage.ship_mut(id).falls = Some(end);
        put_burn(stage, id);
    }
    false
}

/// Where a falling ship is by now and how long she has fallen: she sinks as a stone does, with the square of the time.
fn sunk(stage: &Stage, mass: &Body, high_m: i64, left: Span, reaction: Span) -> (i64, Span) {
    let whole = fall_ms(&stage.codex.rules.navigation, mass, high_m).map_or(0, |ms| ms / 1_000);
    let fallen = (whole - left.0).max(0);
    let drop_m = (high_m - mass.air_m.max(0)).max(0);
    let share_ppm = if whole > 0 { fallen.saturating_mul(1_000_000) / whole } else { 1_000_000 };
    let squared = i128::from(share_ppm) * i128::from(share_ppm) / 1_000_000;
    let sunk_m = (i128::from(drop_m) * squared / 1_000_000) as i64;
    (high_m - sunk_m, Span(fallen.max(reaction.0)))
}

/// Held, and taken up to where nothing falls; she stays there when her group goes on.
fn hold_up(stage: &mut Stage, id: ShipId, mass: &Body) {
    let low_m = low_m(stage, mass);
    stage.ship_mut(id).falls = None;
    let (body, mut group) = (stage.ship(id).body, stage.ship(id).group);
    let mut spot = stage.group(group).spot;
    spot.altitude_m = spot.altitude_m.max(low_m.saturating_mul(2).saturating_add(1_000));
    if stage.group(group).ships.len() > 1 {
        let name = stage.labelled(group, "held up");
        group = stage.split_off(group, &[id], name, body, spot);
    }
    stage.group_mut(group).spot = spot;
}

/// Over ground that somebody holds it is enough to turn her aside: she comes down where nobody is.
fn turn_aside(
    stage: &mut Stage,
    id: ShipId,
    mass: &Body,
    pushers: u32,
    thrust_kn: i64,
    left: Span,
    because: Vec<Cause>,
) {
    if !matches!(mass.kind, BodyKind::Planet | BodyKind::Moon)
        || loss::holder(stage, mass.id).is_none()
    {
        return;
    }
    let (power, class) = (stage.ship(id).power, stage.ship(id).class);
    let kt = stage.codex.class(class).mass_kt.max(1);
    // Half of what the push gives each second, times the square of the time.
    let time = i128::from(left.0.max(0));
    let by_m = i128::from(thrust_kn) * time * time / i128::from(kt) / 2_000;
    let by_m = i64::try_from(by_m).unwrap_or(i64::MAX);
    if by_m < stage.codex.rules.wrecks.deflect_m {
        return;
    }
    stage.ship_mut(id).turned = true;
    let what = What::Deflected { ship: id, power, class, pushers, by_m };
    stage.tell(Some(mass.id), what, because);
}
