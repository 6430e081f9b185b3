//! How a ship moves: what her doctrine wants (`course`), bent by field weapons and the body below, within what her engines give.

use crate::course::{fight, scaled_to, seek};
use crate::kinds::{Kind, Way};
use crate::rows::{OUTBOUND, RAMMING, Row, TOLD_OUT};
use crate::scene::Scene;
use crate::targets::{Sighted, towards};
use crate::tick::Thought;
use crate::v3::{
    V3, ZERO, add, along, cross, dot, length, levelled, scale, sound, square, sub, unit_or,
};
use crate::{formation, ring};
use jumpline_world::engagement::{Mode, Posture};
use jumpline_world::law::{Arc, Motion};

/// What she is about this tick.
pub fn mood(scene: &Scene, row: &mut Row, kind: &Kind, way: &Way) {
    let posture = &scene.postures[usize::from(row.posture)];
    if kind.speed_mps > 0.0 && row.parts.engine_lost_permille >= 1_000 {
        row.mode = Mode::Drifting;
        return;
    }
    if posture.descending && kind.lands {
        row.mode = Mode::Descending;
        return;
    }
    if posture.withdrawing {
        row.mode = Mode::Withdrawing;
        return;
    }
    if scene.routed.get(usize::from(row.posture)) == Some(&true) {
        row.mode = Mode::BreakingOff;
        row.flags &= !RAMMING;
        return;
    }
    let recovering = row.mode == Mode::BreakingOff;
    row.mode = Mode::Fighting;
    row.flags &= !TOLD_OUT;
    if way.break_off_permille > 0 && kind.shield > 0 {
        let strongest = row.shields.iter().copied().max().map_or(0, i64::from);
        let mut sum = 0_i64;
        for points in row.shields {
            sum += i64::from(points);
        }
        let most = row.shield_most(kind.shield);
        let back = most > 0 && sum * 1_000 >= way.rejoin_permille * most * 6;
        if (recovering && !back) || strongest * 1_000 < way.break_off_permille * kind.shield {
            row.mode = Mode::BreakingOff;
        }
    }
    if way.motion == Motion::Ram || (way.rams_when_lost && dying(scene, row, kind)) {
        row.flags |= RAMMING;
        row.mode = Mode::Fighting;
    } else {
        row.flags &= !RAMMING;
    }
}

/// Little hull left, and nothing between it and her target: she will not see the end of this.
fn dying(scene: &Scene, row: &Row, kind: &Kind) -> bool {
    let share = scene.rules.dying_permille.clamp(0, 1_000);
    if i64::from(row.hull) * 1_000 >= share * kind.hull {
        return false;
    }
    if row.flags & RAMMING != 0 {
        // She has made up her mind.
        return true;
    }
    scene.seen.get(row.target[0] as usize).is_some_and(|seen| {
        let (_, direction) = towards(row.place, seen);
        row.shields[row.facing(direction)] == 0
    })
}

/// Steers, turns and flies for one tick.
pub fn fly(
    scene: &Scene,
    number: usize,
    row: &mut Row,
    kind: &Kind,
    way: &Way,
    target: Option<&Sighted>,
    thought: &mut Thought,
) {
    let dt = scene.kinds.dt;
    let speed = kind.speed_mps * row.engines() * at_the_chase(scene, row, target);
    let wanted = match row.mode {
        Mode::Gone | Mode::Drifting => row.velocity,
        _ if speed <= 0.0 => ZERO,
        Mode::BreakingOff if scene.routed.get(usize::from(row.posture)) == Some(&true) => {
            scatter(scene, row, target, speed)
        }
        Mode::BreakingOff => flee(scene, row, target, speed, 1.6),
        Mode::Withdrawing => withdraw(scene, row, target, speed),
        Mode::Descending => scale(scene.terrain.up(row.place), -speed),
        Mode::Fighting if row.flags & RAMMING != 0 => ram(row, target, speed),
        Mode::Fighting => fight(scene, number, row, kind, way, target, speed),
    };
    let wanted = if row.mode == Mode::Drifting || speed <= 0.0 {
        wanted
    } else {
        clear_of_fields(scene, number, row, kind, way, wanted, speed)
    };
    let wanted = if row.mode == Mode::Withdrawing && scene.rules.hem_m > 0 && speed > 0.0 {
        ring::past(scene, number, row, kind, way, wanted, thought)
    } else {
        wanted
    };
    let heading_for = wanted;

    if row.mode != Mode::Drifting {
        if speed <= 0.0 {
            row.velocity = ZERO;
        } else {
            let change = sub(wanted, row.velocity);
            let most = kind.accel_mps2 * row.engines() * dt;
            let asked = length(change);
            row.velocity = if asked > most {
                along(row.velocity, change, most / asked.max(1e-6))
            } else {
                wanted
            };
        }
    }
    turn(scene, row, kind, way, target, heading_for, dt);
    if row.velocity != ZERO {
        row.place = sound(along(row.place, row.velocity, dt));
        row.velocity = sound(row.velocity);
        let terrain = &scene.terrain;
        let floor_m = if terrain.star || kind.lands || row.mode == Mode::Drifting {
            500.0
        } else {
            terrain.air_m.max(500.0)
        };
        if row.mode == Mode::Descending {
            let sea = if terrain.air_m > 0.0 { terrain.air_m } else { 1_000.0 };
            if terrain.at_least_m(row.place) <= sea && terrain.altitude_m(row.place) <= sea {
                thought.landed.push(number as u32);
            }
        } else {
            terrain.hold_up(&mut row.place, &mut row.velocity, floor_m);
        }
    }
    if row.mode == Mode::Withdrawing && row.flags & TOLD_OUT == 0 && clear(scene, row, target) {
        row.flags |= TOLD_OUT;
        thought.out.push(number as u32);
    }
}

/// Is the nearest enemy too far off to matter?
fn clear(scene: &Scene, row: &Row, target: Option<&Sighted>) -> bool {
    target.is_none_or(|seen| {
        let theirs = scene.kinds.classes[usize::from(seen.class)].range_m;
        // She has moved since she sighted it.
        towards(row.place, seen.seen).0 > theirs * 1.2 + 1_000.0
    })
}

/// Who flies better gains on whom: what a ship makes of her speed against the one she is after, or who is after her. Of two alike,
/// luck makes one the faster for a minute.
fn at_the_chase(scene: &Scene, row: &Row, target: Option<&Sighted>) -> f32 {
    let rules = scene.rules;
    let Some(seen) = target else { return 1.0 };
    if rules.pursuit_skill_permille <= 0 && rules.pursuit_luck_permille <= 0 {
        return 1.0;
    }
    let per_thousand = rules.pursuit_skill_permille.clamp(0, 1_000) as f32 / 1_000.0;
    let better = row.piloting * row.skill_permille as f32 / 1_000.0 - seen.flying;
    let lucky = rules.pursuit_luck_permille.clamp(0, 500) as f32 / 1_000.0;
    let minute = (i64::from(scene.tick) * scene.kinds.tick_ms / 60_000) as u32;
    let luck = drawn(scene.dice.seed(), row.id.0, minute) as f32 / 32_768.0 - 1.0;
    (1.0 + (better * per_thousand).clamp(-0.5, 0.5)) * (1.0 + luck * lucky)
}

/// Sixteen bits of luck for a ship and a minute: too many ships ask every tick to roll dice for it. The war's seed is in it, else the same
/// numbers would be the lucky ones in every battle.
fn drawn(seed: u64, ship: u32, minute: u32) -> u32 {
    let mut x = seed as u32 ^ (seed >> 32) as u32;
    for word in [ship, minute] {
        x = (x ^ word).wrapping_mul(0x9e37_79b9);
        x = (x ^ x >> 16).wrapping_mul(0x85eb_ca6b);
        x ^= x >> 13;
    }
    x >> 16
}

/// Every ship for herself: away from the enemy, each by a way of her own.
fn scatter(scene: &Scene, row: &Row, target: Option<&Sighted>, speed: f32) -> V3 {
    let Some(seen) = target else { return ZERO };
    let (far, direction) = seen.towards();
    if far > scene.kinds.classes[usize::from(seen.class)].range_m * 4.0 + 10_000.0 {
        return ZERO;
    }
    let own = formation::sphere_point(row.id.0.wrapping_mul(0x9e37_79b9) >> 20, 1 << 12);
    scale(unit_or(along(own, direction, -1.2), row.heading), speed)
}

/// Away from the nearest enemy and from the mass of them; rests once `margin` ranges away.
pub fn flee(scene: &Scene, row: &Row, target: Option<&Sighted>, speed: f32, margin: f32) -> V3 {
    let Some(seen) = target else { return ZERO };
    let (far, direction) = seen.towards();
    let theirs = scene.kinds.classes[usize::from(seen.class)].range_m;
    if far > theirs * margin + 2_000.0 {
        return ZERO;
    }
    let mass = unit_or(sub(row.place, scene.middle[usize::from(seen.camp)]), ZERO);
    scale(unit_or(along(mass, direction, -1.5), row.heading), speed)
}

/// Her way out or onward, if she has one.
pub fn bound(posture: &Posture) -> V3 {
    unit_or(posture.bound.map(|part| part as f32), ZERO)
}

fn withdraw(scene: &Scene, row: &Row, target: Option<&Sighted>, speed: f32) -> V3 {
    let way_out = bound(&scene.postures[usize::from(row.posture)]);
    if way_out == ZERO {
        return flee(scene, row, target, speed, 3.0);
    }
    let mut course = way_out;
    if let Some(seen) = target {
        let (far, direction) = seen.towards();
        if far < scene.kinds.classes[usize::from(seen.class)].range_m {
            course = along(course, direction, -0.4);
        }
    }
    scale(unit_or(course, way_out), speed)
}

/// Meets the target where it will be.
fn ram(row: &Row, target: Option<&Sighted>, speed: f32) -> V3 {
    let Some(seen) = target else { return ZERO };
    let far = length(sub(seen.place, row.place));
    let lead = (far / speed.max(1.0)).min(60.0);
    let meet = along(seen.place, seen.velocity, lead);
    scale(unit_or(sub(meet, row.place), row.heading), speed)
}

/// Keeps clear of lit fields: of enemies' as doctrine says, through their gaps where it knows how, and of friends' always.
fn clear_of_fields(
    scene: &Scene,
    number: usize,
    row: &Row,
    kind: &Kind,
    way: &Way,
    wanted: V3,
    speed: f32,
) -> V3 {
    let mut wanted = wanted;
    for lit in &scene.lit {
        if lit.row as usize == number {
            continue;
        }
        let hostile = scene.camps.foes[usize::from(row.camp)] >> lit.camp & 1 == 1;
        let clearance = if hostile { way.clearance } else { 1.15 };
        if clearance <= 0.0 {
            continue;
        }
        let keep = lit.reach * clearance + kind.radius_m;
        let from = sub(row.place, lit.place);
        let squared = square(from);
        if squared > keep * keep * 4.0 {
            continue;
        }
        let far = squared.sqrt();
        let away = unit_or(from, row.heading);
        if hostile
            && way.uses_gaps
            && let Some(gap) = lit.gap
        {
            if dot(away, gap) > lit.gap_cosine {
                // Inside the blind sector: as near the hull as the guns like.
                if row.target[0] == lit.row {
                    let hull = scene.seen[lit.row as usize].radius;
                    let place = along(lit.place, gap, hull * 1.5 + kind.radius_m);
                    wanted = scaled_to(
                        add(seek(row, place, speed, kind.accel_mps2), lit.velocity),
                        speed,
                    );
                }
                continue;
            }
            if row.target[0] == lit.row && far < keep * 1.6 {
                // Round the field towards the gap.
                let round = unit_or(along(away, gap, 0.8), gap);
                wanted = seek(row, along(lit.place, round, keep * 1.1), speed, kind.accel_mps2);
            }
        }
        if far < keep * 1.15 {
            let inward = dot(wanted, away);
            if inward < 0.0 {
                wanted = along(wanted, away, -inward);
            }
            if far < keep {
                wanted = scaled_to(along(wanted, away, speed * 2.0), speed);
            }
        }
    }
    wanted
}

/// Points the bow (and rolls the top) where they are wanted.
fn turn(
    scene: &Scene,
    row: &mut Row,
    kind: &Kind,
    way: &Way,
    target: Option<&Sighted>,
    course: V3,
    dt: f32,
) {
    if row.mode == Mode::Drifting && row.parts.engine_lost_permille >= 1_000 {
        return;
    }
    let mut bow = unit_or(course, row.heading);
    let mut top = None;
    if let Some(seen) = target {
        let (far, direction) = seen.towards();
        let runs = matches!(row.mode, Mode::BreakingOff | Mode::Withdrawing | Mode::Descending)
            || (way.motion == Motion::Strafe && row.flags & OUTBOUND != 0);
        if !runs && far < kind.range_m * 1.5 + 5_000.0 {
            bow = direction;
            // Once within range she shows the side on which most of her guns stand.
            if kind.shows != Arc::Fore && row.flags & RAMMING == 0 && far < kind.range_m * 0.95 {
                bow = match kind.shows {
                    Arc::Aft => scale(direction, -1.0),
                    _ => levelled(unit_or(course, row.heading), direction),
                };
            }
        }
        if kind.rotates && far < scene.kinds.classes[usize::from(seen.class)].range_m * 1.5 {
            fresh_face(row, kind, direction, &mut bow, &mut top);
        }
    }
    let step = (kind.turn * dt).min(1.0);
    let towards_bow = sub(bow, row.heading);
    let near = square(towards_bow) < 1e-8;
    if !near {
        // A little of the top goes in, so that an about-turn has a way round.
        let swung = along(along(row.heading, towards_bow, step), row.up, 0.01);
        row.heading = unit_or(swung, row.heading);
    }
    if let Some(top) = top {
        let swung = along(row.up, sub(top, row.up), step);
        row.up = levelled(along(swung, cross(row.heading, row.up), 0.01), row.heading);
    } else if !near {
        row.up = levelled(row.up, row.heading);
    }
}

/// When the facing that is being struck runs low and another is much stronger, turns that one to the enemy.
fn fresh_face(row: &Row, kind: &Kind, enemy: V3, bow: &mut V3, top: &mut Option<V3>) {
    let most = row.shield_most(kind.shield);
    let struck = row.facing(enemy);
    let mut best = struck;
    for (facing, points) in row.shields.iter().enumerate() {
        if *points > row.shields[best] {
            best = facing;
        }
    }
    let (now, then) = (i64::from(row.shields[struck]), i64::from(row.shields[best]));
    if now * 1_000 > most * 600 || then - now < most / 10 {
        return;
    }
    let across = levelled(row.heading, enemy);
    let back = scale(enemy, -1.0);
    match best {
        0 => *bow = enemy,
        1 => *bow = back,
        2 => (*bow, *top) = (across, Some(cross(back, across))),
        3 => (*bow, *top) = (across, Some(cross(enemy, across))),
        4 => (*bow, *top) = (across, Some(enemy)),
        _ => (*bow, *top) = (across, Some(back)),
    }
}
