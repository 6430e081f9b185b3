//! What hurts those who stand too near: the splash of heavy shots, and ships that die with their charge aboard.

use crate::damage::{Blow, Effects};
use crate::v3::{V3, sub, unit_or};
use jumpline_measure::ShipId;
use jumpline_world::event::How;

/// Hurts every ship within `reach` of a place but `but`, less with distance. Friend or foe.
pub fn around(
    effects: &mut Effects,
    place: V3,
    reach: f32,
    points: (i64, i64),
    but: usize,
    by: Option<ShipId>,
    how: How,
) {
    if reach <= 0.0 {
        return;
    }
    let mut near: Vec<(u32, f32)> = Vec::new();
    for grid in &effects.scene.grids {
        grid.within(place, reach, |row, far| near.push((row, far)));
    }
    near.sort_unstable_by_key(|(row, _)| *row);
    for (row, far) in near {
        if row as usize == but {
            continue;
        }
        let share = 1_000 - ((far.sqrt() / reach).clamp(0.0, 1.0) * 1_000.0) as i64;
        let from = unit_or(sub(place, effects.scene.seen[row as usize].place), [1.0, 0.0, 0.0]);
        let blow = Blow {
            shield: points.0 * share / 1_000,
            hull: points.1 * share / 1_000,
            by,
            how,
            from,
            turned_permille: 0,
            parts_permille: 1_000,
        };
        effects.strike(row as usize, blow);
    }
}

/// Sets off the charges of this tick's dead, those of the freshly dead included. A rammer's charge has gone off already.
pub fn charges(effects: &mut Effects) {
    let mut next = 0;
    while next < effects.deaths.len() {
        let death = effects.deaths[next];
        next += 1;
        let at = death.row as usize;
        let kind = effects.kind(at);
        let ship = effects.rows[at].id;
        if kind.ram_charge <= 0 || (death.how == How::Ram && death.by == Some(ship)) {
            continue;
        }
        let reach = kind.radius_m
            * (effects.scene.rules.blast_reach_permille.clamp(0, 1_000_000) as f32 / 1_000.0);
        let place = effects.scene.seen[at].place;
        around(
            effects,
            place,
            reach,
            (kind.ram_charge, kind.ram_charge),
            at,
            Some(ship),
            How::Blast,
        );
    }
}
