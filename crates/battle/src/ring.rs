//! Rings: enemy hulls across her bows, or hull to hull, hold up a ship that is leaving; some shoulder them aside (`ram::shove`). Whoever
//! is held slows down to what holds her, and cannot begin a jump (`judge::hemmed`).

use crate::kinds::{Kind, Way};
use crate::rows::Row;
use crate::scene::Scene;
use crate::targets::towards;
use crate::tick::Thought;
use crate::v3::{V3, along, dot, length, sub, unit_or};

/// A ship that wants to leave, and what may hold her up.
pub struct Ring {
    pub place: V3,
    pub course: V3,
    pub radius_m: f32,
    pub mass_kt: i64,
}

/// A hull this many times lighter holds nobody.
const TRIFLE: i64 = 1_000;

impl Ring {
    /// Does a hull at that place stand in her way: close ahead, or hull to hull?
    pub fn held_by(&self, place: V3, radius_m: f32, mass_kt: i64, hem_m: i64) -> bool {
        let to = sub(place, self.place);
        let far = length(to);
        let gap = far - radius_m - self.radius_m;
        gap < hem_m.clamp(0, 1_000_000) as f32
            && (gap <= 0.0 || dot(to, self.course) > far * 0.3)
            && mass_kt.saturating_mul(TRIFLE) >= self.mass_kt
    }
}

/// An enemy hull close ahead holds up whoever is leaving; some shoulder it aside.
pub fn past(
    scene: &Scene,
    number: usize,
    row: &Row,
    kind: &Kind,
    way: &Way,
    wanted: V3,
    thought: &mut Thought,
) -> V3 {
    let course = unit_or(wanted, row.heading);
    let ring = Ring { place: row.place, course, radius_m: kind.radius_m, mass_kt: kind.mass_kt };
    let reach = scene.rules.hem_m.clamp(0, 1_000_000) as f32 + kind.radius_m;
    let mut holders: Vec<(f32, u32)> = Vec::new();
    for foe in scene.foes_of(row.camp) {
        scene.grids[foe].within(row.place, reach + scene.widest_m, |other, far| {
            let seen = &scene.seen[other as usize];
            let hull = &scene.kinds.classes[usize::from(seen.class)];
            if ring.held_by(seen.place, hull.radius_m, hull.mass_kt, scene.rules.hem_m) {
                holders.push((far, other));
            }
        });
    }
    if way.shoves {
        holders.sort_unstable_by_key(|(_, other)| *other);
        thought.shoves.extend(holders.iter().map(|(_, other)| (number as u32, *other)));
        return wanted;
    }
    let nearest =
        holders.iter().min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let Some(seen) = nearest.and_then(|(_, other)| scene.seen.get(*other as usize)) else {
        return wanted;
    };
    let (_, direction) = towards(row.place, seen);
    let into = dot(sub(wanted, seen.velocity), direction);
    if into > 0.0 { along(wanted, direction, -into) } else { wanted }
}
