//! What happens to a ship by herself: shields come back by the whole second, a star's air wears them down.

use crate::kinds::Kind;
use crate::rows::{OPEN, Row};
use crate::scene::Scene;
use crate::tick::Thought;
use jumpline_world::engagement::Mode;

/// Whole seconds that end within a tick.
pub fn seconds(tick: u32, tick_ms: i64) -> i64 {
    let tick = i64::from(tick);
    tick * tick_ms / 1_000 - (tick - 1) * tick_ms / 1_000
}

/// Recharges, and drains inside a star's air. What the shields cannot take is left to the strikes.
pub fn keep(
    scene: &Scene,
    number: usize,
    row: &mut Row,
    kind: &Kind,
    seconds: i64,
    out: &mut Thought,
) {
    if seconds <= 0 {
        return;
    }
    if kind.shield > 0 && row.silenced == 0 {
        let most = row.shield_most(kind.shield);
        let share = if row.mode == Mode::Drifting {
            scene.rules.disabled_recharge_permille.clamp(0, 1_000)
        } else {
            1_000
        };
        let gain = row.shield_most(kind.recharge) * share / 1_000 * seconds;
        let mut lowest = most;
        for points in &mut row.shields {
            let have = i64::from(*points);
            if have < most {
                *points = (have + gain).min(most) as i32;
            }
            lowest = lowest.min(i64::from(*points));
        }
        // An open facing is told of once; only when every facing stands half again is the next fall news.
        if row.flags & OPEN != 0 && lowest * 2 >= most && most > 0 {
            row.flags &= !OPEN;
        }
    }
    if scene.terrain.star && scene.terrain.at_least_m(row.place) < scene.terrain.air_m {
        let rate = scene.rules.star_drain_per_s.clamp(0, 1_000_000_000);
        let drain = (scene.terrain.depth(row.place) * rate as f32) as i64 * seconds;
        let mut open = 0_i64;
        for points in &mut row.shields {
            let have = i64::from(*points);
            open += (drain - have).max(0);
            *points = (have - drain).max(0) as i32;
        }
        if open > 0 {
            out.burns.push((number as u32, open / 6));
        }
    }
}
