//! Pulling the trigger: which batteries bear, what stands in the way, how many shots will tell. Luck is drawn here, once for
//! each volley; missiles draw theirs when they come in, for some may be shot down on the way.

use crate::enter::NOBODY;
use crate::flight::{Flight, Intercept};
use crate::kinds::{Gun, Kind, SHARED_MOUNTS};
use crate::rows::{IN_REACH, Row};
use crate::scene::{Scene, Seen};
use crate::targets::{Sighted, towards};
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
    target: Option<&Sighted>,
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
    let mut gunner = Gunner { place: row.place, sights: [Sight::NOT_YET; 4] };
    gunner.sights[0] = Some(target.map(|target| {
        let (far, direction) = target.towards();
        Sight { seen: target.seen, far, direction, masked: None }
    }));
    if let Some(sight) = gunner.sight(scene, row, 0) {
        closest = sight.far;
        reached = kind.field.is_some() || reaches(row, kind, sight);
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
    let share = i64::from(1_000 - row.parts.guns_lost_permille.min(1_000));
    for (battery, gun) in kind.guns.iter().enumerate() {
        if row.cooldown[battery] > gun.slack {
            continue;
        }
        let mut mounts =
            if share == 1_000 { gun.mounts } else { (gun.mounts * share + 999) / 1_000 };
        if gun.finite {
            mounts = mounts.min(i64::from(row.shots[battery].max(0)));
        }
        if mounts <= 0 {
            continue;
        }
        let fired = if gun.nature == Nature::Shard {
            needles(scene, number, row, kind, gun, battery, mounts, &mut gunner, out)
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

/// Is that enemy within her reach, or drawing nearer?
fn reaches(row: &Row, kind: &Kind, sight: &Sight) -> bool {
    if sight.far <= kind.endless_m && row.parts.guns_lost_permille < 1_000 {
        return true;
    }
    let reach = row.reach_m(kind);
    // Closing counts when it leads somewhere in good time.
    let closing = -dot(sub(sight.seen.velocity, row.velocity), sight.direction);
    reach > 0.0 && (sight.far <= reach || closing * CLOSING_S > (sight.far - reach) + 1_000.0)
}

/// What is the same for all batteries of one ship this tick.
struct Gunner<'s> {
    place: V3,
    /// Her targets as she has them in her sights, looked up once for all batteries.
    sights: [Option<Option<Sight<'s>>>; 4],
}

/// One target, seen from the ship.
#[derive(Clone, Copy)]
struct Sight<'s> {
    seen: &'s Seen,
    far: f32,
    direction: V3,
    /// Does a friend stand in the line?
    masked: Option<bool>,
}

impl<'s> Sight<'s> {
    const NOT_YET: Option<Option<Sight<'s>>> = None;
}

impl<'s> Gunner<'s> {
    /// The `nth` target in her sights; none when there is none to shoot at.
    #[inline(always)]
    fn sight(&mut self, scene: &'s Scene, row: &Row, nth: usize) -> Option<&mut Sight<'s>> {
        let place = self.place;
        self.sights[nth]
            .get_or_insert_with(|| {
                let target = row.target[nth];
                let seen = scene.seen.get(target as usize)?;
                if !scene.is_foe(row.camp, target) {
                    return None;
                }
                let (far, direction) = towards(place, seen);
                Some(Sight { seen, far, direction, masked: None })
            })
            .as_mut()
    }
}

/// Gunnery as a share: the crew's skill, less what the sensors and the bridge have suffered.
fn skill(row: &Row) -> f32 {
    let eyes = 1.0 - 0.7 * f32::from(row.parts.sensors_lost_permille.min(1_000)) / 1_000.0;
    let bridge = if row.parts.bridge_hit { 0.8 } else { 1.0 };
    row.skill_permille as f32 / 1_000.0 * eyes * bridge
}

/// The range at which a battery can take a target, if it bears.
fn bears(scene: &Scene, row: &Row, gun: &Gun, place: V3, sight: &Sight) -> Option<f32> {
    if sight.far > gun.range_m {
        return None;
    }
    let ahead = dot(sight.direction, row.heading);
    let on_arc = match gun.arc {
        Arc::All => true,
        Arc::Fore => ahead >= CONE,
        Arc::Aft => ahead <= -CONE,
        Arc::Flank => ahead.abs() < CONE,
    };
    if !on_arc {
        return None;
    }
    let air = scene.terrain.in_air(place) || scene.terrain.in_air(sight.seen.place);
    let range = if air { gun.air_range_m } else { gun.range_m };
    (sight.far <= range).then_some(range)
}

/// Guns of every nature but needles. Returns how many mounts fired.
#[expect(
    clippy::too_many_arguments,
    reason = "the ship, her class, the battery and where it is told"
)]
fn guns<'s>(
    scene: &'s Scene,
    number: usize,
    row: &Row,
    kind: &Kind,
    gun: &Gun,
    battery: usize,
    mounts: i64,
    gunner: &mut Gunner<'s>,
    out: &mut Thought,
) -> i64 {
    // A great battery is shared out among several targets; a small one takes the first that it can have.
    let shares = if mounts >= SHARED_MOUNTS { kind.spread } else { 1 };
    let mut taken = [(0_usize, 0.0_f32); 3];
    let mut count = 0_usize;
    for nth in 0..3 {
        if count == shares {
            break;
        }
        if row.target[nth] == NOBODY {
            continue;
        }
        let place = gunner.place;
        let Some(sight) = gunner.sight(scene, row, nth) else { continue };
        let Some(range) = bears(scene, row, gun, place, sight) else { continue };
        // Missiles fly round friends.
        if gun.nature != Nature::Missile && masked(scene, number, row, kind, place, sight) {
            continue;
        }
        taken[count] = (nth, range);
        count += 1;
    }
    let mut left = mounts;
    for (nth, (target, range)) in taken.iter().take(count).enumerate() {
        let share = left / (count - nth).max(1) as i64;
        left -= share;
        let Some(sight) = gunner.sight(scene, row, *target) else { continue };
        let at = (*sight, *range, row.target[*target]);
        loose(scene, number, row, gun, (battery, nth), share, gunner.place, at, out);
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
    place: V3,
    (sight, range, target): (Sight, f32, u32),
    out: &mut Thought,
) {
    let chance = hit_chance(scene, row, gun, range, &sight);
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
        ((sight.far / gun.shot_m).min(scene.kinds.longest as f32) as u32).max(1)
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
        origin: place,
    });
}

/// Needles go for missiles first, then for small craft, then for whatever is there; those that run out are kept for the former.
#[expect(
    clippy::too_many_arguments,
    reason = "the ship, her class, the battery and where it is told"
)]
fn needles<'s>(
    scene: &'s Scene,
    number: usize,
    row: &Row,
    kind: &Kind,
    gun: &Gun,
    battery: usize,
    mounts: i64,
    gunner: &mut Gunner<'s>,
    out: &mut Thought,
) -> i64 {
    let mut best = Some((gun.range_m * gun.range_m, NOBODY));
    for camp in scene.foes_of(row.camp) {
        if scene.sieves[camp].may(gunner.place) {
            scene.missiles[camp].nearest(gunner.place, &mut best, |_| true);
        }
    }
    if let Some((far, missile)) = best
        && missile != NOBODY
    {
        let near = 1.0 - (far.sqrt() / gun.range_m.max(1.0)) * 0.5;
        let chance = (gun.odds / (1.0 + gun.odds) * near * skill(row)).clamp(0.0, 1.0);
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
    for nth in [3, 0] {
        if row.target[nth] == NOBODY || (nth == 0 && spared) {
            continue;
        }
        let place = gunner.place;
        if let Some(sight) = gunner.sight(scene, row, nth)
            && let Some(range) = bears(scene, row, gun, place, sight)
            && !masked(scene, number, row, kind, place, sight)
        {
            let at = (*sight, range, row.target[nth]);
            loose(scene, number, row, gun, (battery, 0), mounts, place, at, out);
            return mounts;
        }
    }
    0
}

/// Chance that one shot tells: odds from accuracy, the target's size in the sight and the crew's skill, cut by how fast the
/// target crosses and how well it dodges.
fn hit_chance(scene: &Scene, row: &Row, gun: &Gun, range: f32, sight: &Sight) -> f32 {
    let (seen, skill) = (sight.seen, skill(row));
    let aim = scene.rules.aim_radius_m.clamp(1, 1_000_000) as f32;
    let far = sight.far.max(range * 0.02).max(1.0);
    let size = seen.radius * range * 0.5 / (aim * far);
    let odds = gun.odds * size * size * skill * skill;
    let relative = sub(seen.velocity, row.velocity);
    let crosswise = square(along(relative, sight.direction, -dot(relative, sight.direction)));
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

/// [`blocked`], found out once a tick for each target.
fn masked(
    scene: &Scene,
    number: usize,
    row: &Row,
    kind: &Kind,
    place: V3,
    sight: &mut Sight,
) -> bool {
    let (far, direction) = (sight.far, sight.direction);
    *sight.masked.get_or_insert_with(|| blocked(scene, number, row, kind, place, direction, far))
}

/// Does a friend stand in the first stretch of the line? Small craft do not hide what a great ship shoots at.
fn blocked(
    scene: &Scene,
    number: usize,
    row: &Row,
    kind: &Kind,
    place: V3,
    direction: V3,
    far: f32,
) -> bool {
    let stretch = scene.rules.block_stretch_m.clamp(0, 1_000_000) as f32;
    if stretch <= 0.0 {
        return false;
    }
    let margin = scene.rules.block_radius_m.clamp(0, 1_000_000) as f32;
    let reach = (kind.radius_m + stretch).min(far);
    let wide = margin + scene.widest_m;
    let friends = &scene.grids[usize::from(row.camp)];
    friends.any_along(place, direction, reach, wide, |other, ahead, aside| {
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
