//! Null-pulses: a pulse swells about where it bursts. A shield that is up shrugs it off; whoever has none on that side falls silent
//! for a time: no guns, no shields coming back, no field. No hull is hurt. Friend and foe alike, but never who fired it.

use crate::damage::{Blow, Effects};
use crate::kinds::Arms;
use crate::v3::{V3, sub, unit_or};

/// Bursts at a ship's place.
pub fn burst(
    effects: &mut Effects,
    place: V3,
    shooter: usize,
    target: usize,
    blow: &Blow,
    arms: &Arms,
) {
    touch(effects, target, Blow { hull: 0, ..*blow }, arms.silence, 1.0);
    if arms.splash_m <= 0.0 {
        return;
    }
    let mut near: Vec<(u32, f32)> = Vec::new();
    for grid in &effects.scene.grids {
        grid.within(place, arms.splash_m, |row, far| near.push((row, far)));
    }
    near.sort_unstable_by_key(|(row, _)| *row);
    for (row, far) in near {
        let row = row as usize;
        if row == target || row == shooter || !effects.alive(row) {
            continue;
        }
        let share = 1.0 - (far.sqrt() / arms.splash_m).clamp(0.0, 1.0);
        let from = unit_or(sub(place, effects.scene.seen[row].place), blow.from);
        let shield = (blow.shield as f32 * share) as i64;
        touch(effects, row, Blow { shield, hull: 0, from, ..*blow }, arms.silence, share);
    }
}

fn touch(effects: &mut Effects, number: usize, blow: Blow, silence: f32, share: f32) {
    let row = &mut effects.rows[number];
    if row.shields[row.facing(blow.from)] > 0 {
        effects.strike(number, blow);
        return;
    }
    effects.blows = true;
    let ticks = (silence * share).clamp(0.0, 65_535.0) as u16;
    row.silenced = row.silenced.max(ticks);
}
