//! Damage control: away from the guns, crews mend part of what is broken of engines, guns, emitters, sensors and hangars. Never pylons,
//! gravity drives or bridges, and never the last share of a loss: that is a yard's work.

use crate::kinds::Kind;
use crate::rows::{IN_REACH, Row};
use crate::scene::Scene;
use crate::targets::towards;
use jumpline_world::state::Parts;

/// One tick of one crew.
#[inline]
pub fn mend(scene: &Scene, row: &mut Row, kind: &Kind) {
    let Parts {
        engine_lost_permille: engines,
        guns_lost_permille: guns,
        emitters_lost_permille: emitters,
        sensors_lost_permille: sensors,
        hangars_lost_permille: hangars,
        ..
    } = row.parts;
    if engines | guns | emitters | sensors | hangars != 0 && due(scene) && calm(scene, row, kind) {
        work(scene, row);
    }
}

/// Does a stretch of work end with this tick?
fn due(scene: &Scene) -> bool {
    let every = scene.rules.mend_every_s;
    every > 0 && scene.ends(every)
}

/// Is the nearest enemy out of reach, hers and theirs?
fn calm(scene: &Scene, row: &Row, kind: &Kind) -> bool {
    if row.flags & IN_REACH != 0 || row.silenced > 0 {
        return false;
    }
    scene.seen.get(row.target[0] as usize).is_none_or(|seen| {
        let theirs = scene.kinds.classes[usize::from(seen.class)].range_m;
        towards(row.place, seen).0 > theirs.max(kind.range_m)
    })
}

fn work(scene: &Scene, row: &mut Row) {
    let step = u16::try_from(scene.rules.mend_permille.clamp(0, 1_000)).unwrap_or(0);
    let floor = u16::try_from(scene.rules.mend_floor_permille.clamp(0, 1_000)).unwrap_or(1_000);
    let parts = &mut row.parts;
    for lost in [
        &mut parts.engine_lost_permille,
        &mut parts.guns_lost_permille,
        &mut parts.emitters_lost_permille,
        &mut parts.sensors_lost_permille,
        &mut parts.hangars_lost_permille,
    ] {
        if *lost > floor {
            *lost = lost.saturating_sub(step).max(floor);
        }
    }
}
