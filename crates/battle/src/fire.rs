//! Pulling the trigger: which batteries bear, what stands in the way, how many shots will tell. Luck is drawn here, once for
//! each volley; missiles draw theirs when they come in, for some may be shot down on the way.

use crate::enter::NOBODY;
use crate::flight::{Flight, Intercept};
use crate::kinds::{Gun, Kind, SHARED_MOUNTS};
use crate::rows::{IN_REACH, Row};
use crate::scene::{Scene, Seen};
use crate::targets::towards;
use crate::tick::Thought;
use crate::v3::{V3, along, dot, square, sub};
use jumpline_measure::{Dice, Purpose};
use jumpline_world::law::{Arc, Nature};

/// Cosine of the half-angle of the fore and aft cones: 60 degrees about the axis.
const CONE: f32 = 0.5;

/// Enemies that will be in reach within this many seconds, as they fly now, are not drawing apart.
const CLOSING_S: f32 = 1_800.0;

/// Fires every battery that is ready and bears.
pub fn fire(
    scene: &Scene,
    number: usize,
    row: &mut Row,
    place: V3,
    kind: &Kind,
    out: &mut Thought,
) {
    for wait in &mut row.cooldown {
        *wait = wait.saturating_sub(1);
    }
    if row.silenced > 0 {
        return;
    }
    let mut reached = false;
    let mut closest = f32::INFINITY;
    let main = scene.seen.get(row.target[0] as usize).filter(|seen| seen.here);
    if let Some(seen) = main {
        let (far, direction) = towards(place, seen);
        closest = far;
        let reach = row.reach_m(kind);
        // Closing counts when it leads somewhere in good time.
        let closing = -dot(sub(seen.velocity, row.velocity), direction);
        reached = reach > 0.0 && (far <= reach || closing * CLOSING_S > (far - reach) + 1_000.0);
    }
    if kind.field.is_some() {
        reached |= main.is_some();
    }
    if reached {
        row.flags |= IN_REACH;
    } else {
        row.flags &= !IN_REACH;
    }
    out.reached |= reached;
    let idle = row.target == [NOBODY; 4];
    if kind.guns.is_empty() || (idle && kind.needles.is_none()) {
        return;
    }
    if closest > kind.range_m
        && row.target[1] == NOBODY
        && row.target[3] == NOBODY
        && kind.needles.is_none()
    {
        return;
    }
    let mut gunner = Gunner {
        skill: skill(row),
        guns: i64::from(1_000 - row.parts.guns_lost_permille.min(1_000)),
        in_air: scene.terrain.in_air(place),
        place,
        masked: [None; 3],
    };
    for (battery, gun) in kind.guns.iter().enumerate() {
        if row.cooldown[battery] > gun.slack {
            continue;
        }
        let mut mounts = (gun.mounts * gunner.guns + 999) / 1_000;
        if gun.finite {
            mounts = mounts.min(i64::from(row.shots[battery].max(0)));
        }
        if mounts <= 0 {
            continue;
        }
        let fired = if gun.nature == Nature::Shard {
            needles(scene, number, row, kind, gun, battery, mounts, &gunner, out)
        } else {
            guns(scene, number, row, kind, gun, battery, mounts, &mut gunner, out)
        };
        if kind.holds && gun.hold.1 > 0 {
            // Held for as long as it keeps telling; a beat missed and it must bite in anew.
            row.held = if fired > 0 { row.held.saturating_add(gun.recharge) } else { 0 };
        }
        if fired > 0 {
            row.cooldown[battery] = gun.after(row.cooldown[battery]);
            if gun.finite {
                row.shots[battery] -= i32::try_from(fired).unwrap_or(i32::MAX);
            }
        }
    }
}

/// What is the same for all batteries of one ship this tick.
struct Gunner {
    skill: f32,
    guns: i64,
    in_air: bool,
    place: V3,
    /// Does a friend stand in the line to each of the first three targets? Looked up once for all batteries.
    masked: [Option<bool>; 3],
}

/// Gunnery as a share: the crew's skill, less what the sensors and the bridge have suffered.
fn skill(row: &Row) -> f32 {
    let eyes = 1.0 - 0.7 * f32::from(row.parts.sensors_lost_permille.min(1_000)) / 1_000.0;
    let bridge = if row.parts.bridge_hit { 0.8 } else { 1.0 };
    row.skill_permille as f32 / 1_000.0 * eyes * bridge
}

/// A shot's line to a target, if the battery can take it.
struct Line {
    far: f32,
    direction: V3,
    range: f32,
}

fn bears(
    scene: &Scene,
    row: &Row,
    gun: &Gun,
    gunner: &Gunner,
    target: u32,
) -> Option<(Line, Seen)> {
    let seen = *scene.seen.get(target as usize)?;
    if !scene.is_foe(row.camp, target) {
        return None;
    }
    let (far, direction) = towards(gunner.place, &seen);
    if far > gun.range_m {
        return None;
    }
    let ahead = dot(direction, row.heading);
    let on_arc = match gun.arc {
        Arc::All => true,
        Arc::Fore => ahead >= CONE,
        Arc::Aft => ahead <= -CONE,
        Arc::Flank => ahead.abs() < CONE,
    };
    if !on_arc {
        return None;
    }
    let air = gunner.in_air || scene.terrain.in_air(seen.place);
    let range = if air { gun.air_range_m } else { gun.range_m };
    (far <= range).then_some((Line { far, direction, range }, seen))
}

/// Guns of every nature but needles. Returns how many mounts fired.
#[expect(
    clippy::too_many_arguments,
    reason = "the ship, her class, the battery and where it is told"
)]
fn guns(
    scene: &Scene,
    number: usize,
    row: &Row,
    kind: &Kind,
    gun: &Gun,
    battery: usize,
    mounts: i64,
    gunner: &mut Gunner,
    out: &mut Thought,
) -> i64 {
    // A great battery is shared out among several targets; a small one takes the first that it can have.
    let shares = if mounts >= SHARED_MOUNTS { kind.spread } else { 1 };
    let mut lines: [Option<(Line, Seen, u32)>; 3] = [None, None, None];
    let mut count = 0_usize;
    for (nth, target) in row.target.iter().take(3).enumerate() {
        if count == shares {
            break;
        }
        if *target == NOBODY {
            continue;
        }
        let Some((line, seen)) = bears(scene, row, gun, gunner, *target) else { continue };
        // Missiles fly round friends.
        if gun.nature != Nature::Missile {
            let place = gunner.place;
            let masked = gunner.masked[nth]
                .get_or_insert_with(|| blocked(scene, number, row, kind, place, &line));
            if *masked {
                continue;
            }
        }
        lines[count] = Some((line, seen, *target));
        count += 1;
    }
    let mut left = mounts;
    for (nth, line) in lines.iter().flatten().enumerate() {
        let share = left / (count - nth).max(1) as i64;
        left -= share;
        let (line, seen, target) = line;
        let which = (battery, nth);
        loose(scene, number, row, gun, which, share, gunner, line, seen, *target, out);
    }
    if count > 0 { mounts - left } else { 0 }
}

/// One volley at one target.
#[expect(clippy::too_many_arguments, reason = "who, with what, at whom, and where it is told")]
fn loose(
    scene: &Scene,
    number: usize,
    row: &Row,
    gun: &Gun,
    (battery, nth): (usize, usize),
    mounts: i64,
    gunner: &Gunner,
    line: &Line,
    seen: &Seen,
    target: u32,
    out: &mut Thought,
) {
    let chance = hit_chance(scene, row, gun, gunner, line, seen);
    let missile = gun.nature == Nature::Missile;
    let unaimed = scene.kinds.arms[gun.weapon].barrage_m > 0.0;
    let count = if missile || unaimed {
        mounts
    } else {
        let n = (battery * 4 + nth) as u32;
        hits(&scene.dice, u64::from(row.id.0), scene.tick, n, mounts, chance, gun.nature)
    };
    if count <= 0 {
        return;
    }
    let ticks = if gun.shot_m > 0.0 {
        ((line.far / gun.shot_m).min(scene.kinds.longest as f32) as u32).max(1)
    } else {
        0
    };
    out.volleys.push(Flight {
        due: scene.tick + ticks,
        fired: scene.tick,
        from: row.id,
        shooter: number as u32,
        power: row.power,
        camp: row.camp,
        battery: (battery * 4 + nth) as u8,
        to: target,
        weapon: gun.weapon as u16,
        count: u16::try_from(count).unwrap_or(u16::MAX),
        hit_permille: if missile && !unaimed { (chance * 1_000.0) as u16 } else { 1_000 },
        worn: 0,
        power_permille: {
            let held = if target == row.target[0] { row.held } else { 0 };
            gun.power(row.cooldown[battery], held)
        },
        origin: gunner.place,
    });
}

/// Needles go for missiles first, then for small craft, then for whatever is there; those that run out are kept for the former.
#[expect(
    clippy::too_many_arguments,
    reason = "the ship, her class, the battery and where it is told"
)]
fn needles(
    scene: &Scene,
    number: usize,
    row: &Row,
    kind: &Kind,
    gun: &Gun,
    battery: usize,
    mounts: i64,
    gunner: &Gunner,
    out: &mut Thought,
) -> i64 {
    let mut best = Some((gun.range_m * gun.range_m, NOBODY));
    for camp in scene.foes_of(row.camp) {
        scene.missiles[camp].nearest(gunner.place, &mut best, |_| true);
    }
    if let Some((far, missile)) = best
        && missile != NOBODY
    {
        let near = 1.0 - (far.sqrt() / gun.range_m.max(1.0)) * 0.5;
        let chance = (gun.odds / (1.0 + gun.odds) * near * gunner.skill).clamp(0.0, 1.0);
        let n = (battery * 4 + 3) as u32;
        let struck =
            hits(&scene.dice, u64::from(row.id.0), scene.tick, n, mounts, chance, gun.nature);
        if struck > 0 {
            let damage = scene.kinds.arms[gun.weapon].damage;
            let points = struck * damage;
            out.intercepts.push(Intercept {
                missile,
                points,
                by: number as u32,
                range_m: gun.range_m,
            });
        }
        return mounts;
    }
    let small = |target: u32| {
        let seen = scene.seen.get(target as usize);
        seen.is_some_and(|seen| scene.kinds.classes[usize::from(seen.class)].small)
    };
    let spared = gun.finite && !small(row.target[0]);
    let main = if spared { NOBODY } else { row.target[0] };
    for target in [row.target[3], main] {
        if target != NOBODY
            && let Some((line, seen)) = bears(scene, row, gun, gunner, target)
            && !blocked(scene, number, row, kind, gunner.place, &line)
        {
            loose(scene, number, row, gun, (battery, 0), mounts, gunner, &line, &seen, target, out);
            return mounts;
        }
    }
    0
}

/// Chance that one shot tells: odds from accuracy, the target's size in the sight and the crew's skill, cut by how fast the
/// target crosses and how well it dodges.
fn hit_chance(
    scene: &Scene,
    row: &Row,
    gun: &Gun,
    gunner: &Gunner,
    line: &Line,
    seen: &Seen,
) -> f32 {
    let aim = scene.rules.aim_radius_m.clamp(1, 1_000_000) as f32;
    let far = line.far.max(line.range * 0.02).max(1.0);
    let size = seen.radius * line.range * 0.5 / (aim * far);
    let odds = gun.odds * size * size * gunner.skill * gunner.skill;
    let relative = sub(seen.velocity, row.velocity);
    let crosswise = square(along(relative, line.direction, -dot(relative, line.direction)));
    let chance = odds / (1.0 + odds) / (1.0 + crosswise * gun.tracking) / (1.0 + seen.evasion);
    let least = scene.rules.least_hit_permille.clamp(0, 1_000) as f32 / 1_000.0;
    if chance.is_finite() { chance.clamp(least, 1.0) } else { least }
}

/// How many of `n` shots tell. A stream that is held tells for a share of its time; others are drawn one by one, or as a
/// whole when there are many.
pub fn hits(
    dice: &Dice,
    subject: u64,
    tick: u32,
    number: u32,
    n: i64,
    chance: f32,
    nature: Nature,
) -> i64 {
    if chance >= 1.0 {
        return n;
    }
    let roll = dice.roll(Purpose::Hit, subject, i64::from(tick), number * 8);
    if nature == Nature::Streamer {
        return (n as f32 * chance + roll.unit_f32()) as i64;
    }
    if n > 32 {
        let mean = n as f32 * chance;
        let spread = (mean * (1.0 - chance)).sqrt();
        let drawn = mean + spread * (roll.normal_milli() as f32 / 1_000.0) + 0.5;
        return (drawn.max(0.0) as i64).min(n);
    }
    // Eight draws of sixteen bits from each roll.
    let bar = (chance * 65_536.0) as u32;
    let mut told = 0;
    let mut roll = roll;
    for shot in 0..n as u32 {
        if shot > 0 && shot % 8 == 0 {
            roll = dice.roll(Purpose::Hit, subject, i64::from(tick), number * 8 + shot / 8);
        }
        let word = roll.word((shot % 8 / 2) as usize);
        let half = if shot & 1 == 0 { word & 0xffff } else { word >> 16 };
        told += i64::from(half < bar);
    }
    told
}

/// Does a friend stand in the first stretch of the line? Small craft do not hide what a great ship shoots at.
fn blocked(scene: &Scene, number: usize, row: &Row, kind: &Kind, place: V3, line: &Line) -> bool {
    let stretch = scene.rules.block_stretch_m.clamp(0, 1_000_000) as f32;
    if stretch <= 0.0 {
        return false;
    }
    let margin = scene.rules.block_radius_m.clamp(0, 1_000_000) as f32;
    let reach = (kind.radius_m + stretch).min(line.far);
    let wide = margin + scene.widest_m;
    let friends = &scene.grids[usize::from(row.camp)];
    friends.any_along(place, line.direction, reach, wide, |other, ahead, aside| {
        if other as usize == number {
            return false;
        }
        let friend = &scene.seen[other as usize];
        let clear = margin + friend.radius;
        friend.radius * 4.0 >= kind.radius_m
            && ahead > kind.radius_m.min(clear)
            && aside < clear * clear
    })
}
