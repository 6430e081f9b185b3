//! Where her doctrine wants a ship to go: one course for each motion. What bends it (fields, rings, the ground below) and what her
//! engines give is `motion`'s.

use crate::enter::NOBODY;
use crate::formation;
use crate::kinds::{Kind, Way};
use crate::motion::{bound, flee};
use crate::rows::{OUTBOUND, Row};
use crate::scene::Scene;
use crate::targets::Sighted;
use crate::v3::{V3, ZERO, add, along, cross, dot, length, levelled, scale, square, sub, unit_or};
use jumpline_world::law::Motion;

/// A place to be at, reached without overshooting by much.
pub fn seek(row: &Row, place: V3, speed: f32, accel: f32) -> V3 {
    let to = sub(place, row.place);
    let far = length(to);
    if far < 1.0 {
        return ZERO;
    }
    // The speed from which she can still stop there.
    let pace = speed.min((2.0 * accel.max(0.1) * far).sqrt());
    scale(to, pace / far)
}

/// Her doctrine's course.
pub fn fight(
    scene: &Scene,
    number: usize,
    row: &mut Row,
    kind: &Kind,
    way: &Way,
    target: Option<&Sighted>,
    speed: f32,
) -> V3 {
    let Some(seen) = target else {
        row.flags &= !OUTBOUND;
        return match way.motion {
            Motion::Through => scale(bound(&scene.postures[usize::from(row.posture)]), speed),
            _ => seek(row, row.station, speed, kind.accel_mps2),
        };
    };
    if way.leash_m.is_finite() && length(sub(seen.place, row.station)) > way.leash_m + kind.range_m
    {
        // Too far from where she belongs.
        return seek(row, row.station, speed, kind.accel_mps2);
    }
    let preferred = preferred_m(row, kind, way);
    match way.motion {
        Motion::Close | Motion::Ram => close(row, kind, seen, preferred, speed),
        Motion::Standoff => {
            let (far, direction) = seen.towards();
            if far < preferred * 0.85 {
                scale(direction, -speed)
            } else {
                close(row, kind, seen, preferred, speed)
            }
        }
        Motion::Static => seek(row, row.station, speed, kind.accel_mps2),
        Motion::Strafe => strafe(scene, row, kind, seen, speed),
        Motion::Chase => chase(scene, number, row, kind, way, seen, preferred, speed),
        Motion::Wall => wall(scene, row, kind, way, seen, speed),
        Motion::Reserve => {
            let (far, _) = seen.towards();
            let called = scene.postures[usize::from(row.posture)].called;
            if called || far < kind.range_m * 1.5 {
                close(row, kind, seen, preferred, speed)
            } else {
                seek(row, row.station, speed, kind.accel_mps2)
            }
        }
        Motion::Through => {
            let way_on = bound(&scene.postures[usize::from(row.posture)]);
            if way_on != ZERO {
                scale(way_on, speed)
            } else if row.flags & OUTBOUND != 0 {
                scale(unit_or(row.velocity, row.heading), speed)
            } else {
                let (far, direction) = seen.towards();
                if far < preferred * 0.5 {
                    row.flags |= OUTBOUND;
                }
                scale(direction, speed)
            }
        }
        Motion::Evade => flee(scene, row, target, speed, 2.5),
        Motion::Lure => lure(scene, row, kind, way, seen, preferred, speed),
    }
}

/// The distance to the target's hull that this doctrine likes; ships of one class keep slightly different ones, so that they
/// do not stand in one shell.
fn preferred_m(row: &Row, kind: &Kind, way: &Way) -> f32 {
    let spread = (row.id.0.wrapping_mul(0x9e37_79b9) >> 24) as f32 / 256.0;
    let preferred = row.main_range_m(kind) * way.range * (0.85 + 0.2 * spread);
    match &kind.field {
        // A field weapon is of use only close by.
        Some(field) => preferred.min(field.reach_m * 0.3),
        None => preferred,
    }
}

/// To the preferred distance, then round the target slowly so as not to sit still.
fn close(row: &Row, kind: &Kind, seen: &Sighted, preferred: f32, speed: f32) -> V3 {
    let (far, direction) = seen.towards();
    let gap = far - preferred;
    if gap > 0.0 {
        let pace = speed.min((2.0 * kind.accel_mps2.max(0.1) * gap).sqrt() + 20.0);
        return scaled_to(along(seen.velocity, direction, pace), speed);
    }
    let round = cross(direction, row.up);
    let side = if row.id.0 & 1 == 0 { 0.25 } else { -0.25 };
    let drift = scale(unit_or(round, row.heading), speed * side);
    let back = if gap < -0.3 * preferred { scale(direction, -speed * 0.3) } else { ZERO };
    scaled_to(add(add(seen.velocity, drift), back), speed)
}

/// No faster than she can.
pub fn scaled_to(wanted: V3, speed: f32) -> V3 {
    let asked = length(wanted);
    if asked > speed { scale(wanted, speed / asked.max(1e-6)) } else { wanted }
}

/// Runs at the target, past it at a distance of her own, out of range, and in again.
fn strafe(scene: &Scene, row: &mut Row, kind: &Kind, seen: &Sighted, speed: f32) -> V3 {
    let (far, direction) = seen.towards();
    let theirs = scene.kinds.classes[usize::from(seen.class)].range_m;
    let range = row.main_range_m(kind);
    if row.flags & OUTBOUND != 0 {
        if far > range.max(theirs) * 1.15 + 1_000.0 {
            row.flags &= !OUTBOUND;
        }
        // Straight on, but never back through the target.
        let on = unit_or(row.velocity, row.heading);
        let course = if dot(on, direction) > 0.0 { levelled(on, direction) } else { on };
        return scale(course, speed);
    }
    let near = range * 0.25;
    if far < near || (far < range * 0.6 && dot(row.velocity, direction) < 0.0) {
        row.flags |= OUTBOUND;
    }
    // Each of a pack passes on a side of her own.
    let turn = (row.id.0.wrapping_mul(0x85eb_ca6b) >> 16 & 7) as f32 - 3.5;
    let right = unit_or(cross(direction, row.up), row.heading);
    let top = cross(right, direction);
    let aside = along(scale(right, turn), top, 3.5 - turn.abs());
    let lead = (far / speed.max(1.0)).min(30.0);
    let past = along(along(seen.place, seen.velocity, lead), aside, (seen.radius + near) * 0.12);
    scale(unit_or(sub(past, row.place), direction), speed)
}

/// Waits at her station until the pack's target comes by, then the whole pack follows it from behind; comes back when the
/// target is dead or has led it too far.
#[expect(
    clippy::too_many_arguments,
    reason = "the pack, the ship, her class and what she is after"
)]
fn chase(
    scene: &Scene,
    number: usize,
    row: &mut Row,
    kind: &Kind,
    way: &Way,
    seen: &Sighted,
    preferred: f32,
    speed: f32,
) -> V3 {
    let from_station = length(sub(seen.place, row.station));
    let leader = scene.leaders.get(scene.pack[number] as usize).copied().unwrap_or(NOBODY);
    let lead = leader as usize == number;
    let outbound = if lead {
        let passing = from_station < kind.range_m * 1.2 + way.spacing_m;
        let too_far = from_station > kind.range_m * 6.0;
        (row.flags & OUTBOUND != 0 && !too_far) || passing
    } else {
        scene.seen.get(leader as usize).is_some_and(|seen| seen.outbound)
    };
    if !outbound {
        row.flags &= !OUTBOUND;
        return seek(row, row.station, speed, kind.accel_mps2);
    }
    row.flags |= OUTBOUND;
    let behind = unit_or(seen.velocity, unit_or(sub(seen.place, row.station), row.heading));
    let place = along(seen.place, behind, -(preferred + seen.radius));
    let (far, direction) = seen.towards();
    if far > preferred {
        return scaled_to(add(seek(row, place, speed, kind.accel_mps2), seen.velocity), speed);
    }
    scaled_to(along(seen.velocity, direction, speed * 0.1), speed)
}

/// Out towards the enemy until he can hardly help himself, home again with him behind her, and once more if he has lost heart.
fn lure(
    scene: &Scene,
    row: &mut Row,
    kind: &Kind,
    way: &Way,
    seen: &Sighted,
    preferred: f32,
    speed: f32,
) -> V3 {
    let (far, direction) = seen.towards();
    let theirs = scene.kinds.classes[usize::from(seen.class)].range_m;
    let home = sub(row.station, row.place);
    let at_home = square(home) <= (way.spacing_m * 2.0 + 500.0) * (way.spacing_m * 2.0 + 500.0);
    if row.flags & OUTBOUND != 0 {
        // Running home; waits for him on the way when he falls behind.
        if at_home {
            row.flags &= !OUTBOUND;
        }
        let pace = if far > theirs * 1.5 { 0.5 } else { 1.0 };
        return scale(unit_or(home, row.heading), speed * pace);
    }
    if at_home && far < theirs * 1.5 {
        // He has come: she fights among her friends.
        return close(row, kind, seen, preferred, speed);
    }
    if far <= theirs * way.range.max(0.1) {
        row.flags |= OUTBOUND;
        return scale(unit_or(home, row.heading), speed);
    }
    scale(direction, speed)
}

/// Her place in a wall across the line from the friends' middle to the enemy.
fn wall(scene: &Scene, row: &Row, kind: &Kind, way: &Way, seen: &Sighted, speed: f32) -> V3 {
    let friends = scene.ward[usize::from(row.camp)];
    let enemy = scene.middle[usize::from(seen.camp)];
    let line = sub(enemy, friends);
    let direction = unit_or(line, row.heading);
    let out = (length(line) * 0.3).min(way.spacing_m * 8.0);
    let count = scene.postures[usize::from(row.posture)].came;
    let offset = formation::offset(
        jumpline_world::law::Formation::Wall,
        row.slot % count.max(1),
        count,
        way.spacing_m,
        direction,
    );
    seek(row, add(along(friends, direction, out), offset), speed, kind.accel_mps2)
}
