//! What mines do to a ship that runs through them.

use crate::loss::{Loss, lose};
use crate::stage::Stage;
use jumpline_chart::{mine_strike_ppm, residue_permille};
use jumpline_measure::{FieldId, Purpose, ShipId, Span};
use jumpline_world::law::Regard;
use jumpline_world::state::DueKind;
use jumpline_world::{How, What};

/// Takes a ship through whatever lies on the line she has just pushed off along. False when she did not live through it.
///
/// The owner and its allies know the lane that was left free; for everybody else each mine strikes or not by the dice. Mines
/// are mass: shields do not stop them. A strike goes through the whole ship: hull by the mine's share of her, and each may
/// take a gravity drive with it. Debris of the passage carries part of the rest away.
pub(crate) fn run_through(stage: &mut Stage, ship: ShipId) -> bool {
    let Some(transit) = stage.ship(ship).transit.clone() else { return true };
    let power = stage.ship(ship).power;
    let crossed: Vec<FieldId> = stage
        .state
        .fields
        .iter()
        .filter(|field| {
            field.live > 0
                && field.from == transit.from
                && field.to == transit.to
                && stage.state.regard(field.power, power) != Regard::Allied
        })
        .map(|field| field.id)
        .collect();
    for field in crossed {
        if !run_one(stage, ship, field) {
            return false;
        }
    }
    true
}

fn run_one(stage: &mut Stage, ship: ShipId, id: FieldId) -> bool {
    let nav = &stage.codex.rules.navigation;
    let class = stage.class_of(ship);
    let ppm = mine_strike_ppm(nav, class.radius_m);
    let field = stage.state.fields[id.index()].clone();
    let hits = strikes(stage, ship, &field, ppm);
    if hits == 0 {
        return true;
    }
    // Debris goes with the ship; of the mines beside her path it drags one along for every twenty it passes.
    let left = field.live - hits;
    let dragged = left * hits / field.live.max(1) / 20;
    let clear_at = stage.now.saturating_add(Span(nav.debris_clear_s.max(1)));
    let record = &mut stage.state.fields[id.index()];
    record.live = left - dragged;
    record.spent += hits;
    record.scattered += dragged;
    record.clear_at = clear_at;
    let owner = field.power.index();
    stage.state.ledger.mines[owner].spent += hits;
    stage.state.ledger.mines[owner].scattered += dragged;
    stage.put(clear_at, DueKind::FieldClear, u64::from(id.0));

    let (all, lost) = {
        let lost = i64::from(stage.ship(ship).parts.gravity_drives_lost);
        (class.gravity_drives.max(0), lost)
    };
    let mut drives = 0_i64;
    for hit in 0..hits.min(4_096) {
        // Drives fill about a seventh of what a lump meets on its way through.
        let n = u32::try_from(hit).unwrap_or(0) + 16;
        let roll = stage.roll(Purpose::Subsystem, u64::from(ship.0), n);
        if lost + drives < all && roll.permille() < 150 {
            drives += 1;
        }
    }
    let hull = i64::from(stage.ship(ship).hull);
    // A lump ploughs a wake some twenty metres wide through the whole length of the hull.
    let bite = class.hull.saturating_mul(20) / class.radius_m.max(1);
    let damage = bite.max(1).saturating_mul(hits);
    let now = stage.now;
    let record = stage.ship_mut(ship);
    record.parts.gravity_drives_lost =
        record.parts.gravity_drives_lost.saturating_add(u16::try_from(drives).unwrap_or(u16::MAX));
    record.hull = i32::try_from((hull - damage).max(0)).unwrap_or(0);
    if record.wounded.is_none() {
        record.wounded = Some(now);
    }
    let (power, class_id, body, dead) = (record.power, record.class, record.body, record.hull == 0);
    let because = stage.why(stage.ship(ship).group);
    let event = stage.tell(
        Some(body),
        What::MinesStruck {
            field: id,
            ship,
            power,
            class: class_id,
            hits,
            drives_lost: u32::try_from(drives).unwrap_or(u32::MAX),
        },
        because,
    );
    stage.state.groups[stage.state.ships[ship.index()].group.index()].cause = Some(event);
    let cause = vec![jumpline_world::Cause::Event(event)];
    if dragged > 0 {
        stage.tell(Some(body), What::MinesScattered { field: id, count: dragged }, cause.clone());
    }
    if dead {
        let because = cause;
        lose(stage, Loss { ship, how: How::Mine, by: None, engagement: None, spot: None, because });
        return false;
    }
    true
}

/// How many of a field's live mines strike: each by its own chance. While debris of an earlier passage is about, the mines
/// it has disturbed are off the line in part.
fn strikes(stage: &Stage, ship: ShipId, field: &jumpline_world::state::Minefield, ppm: i64) -> i64 {
    let nav = &stage.codex.rules.navigation;
    let disturbed = field.clear_at > stage.now && field.spent > 0;
    let ppm = if disturbed {
        let since = Span(nav.debris_clear_s - (field.clear_at.0 - stage.now.0));
        ppm * residue_permille(nav, since) / 1_000
    } else {
        ppm
    };
    let mut hits = 0;
    for mine in 0..field.live.min(100_000) {
        let n = u32::try_from(mine).unwrap_or(u32::MAX);
        let subject = u64::from(ship.0) << 32 | u64::from(field.id.0);
        if stage.dice.roll(Purpose::Mine, subject, stage.now.0, n).chance_ppm(ppm) {
            hits += 1;
        }
    }
    hits
}
