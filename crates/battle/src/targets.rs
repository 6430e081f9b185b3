//! Whom to shoot: focus, preference, quarry, packs. Every choice is exact and ties go to the lower ship id.

use crate::calls;
use crate::enter::NOBODY;
use crate::kinds::{Kind, Way};
use crate::rows::{OUTBOUND, Row};
use crate::scene::{Scene, Seen};
use crate::tree::nearness;
use crate::v3::{V3, square, sub};
use jumpline_measure::Purpose;
use jumpline_world::engagement::Mode;
use jumpline_world::law::{Focus, Motion};

/// Lists up to this long are searched one by one even when there is a tree.
const LIST_MOST: usize = 128;

/// Lots drawn for a target in reach before the nearest is taken.
const SPREAD_DRAWS: u32 = 8;

/// A target that this doctrine leaves alone by now: hurt enough.
fn enough(way: &Way, seen: &Seen) -> bool {
    way.wound_permille > 0 && i64::from(seen.hull_permille) < way.wound_permille
}

/// May she go on shooting at that row?
fn valid(scene: &Scene, way: &Way, camp: u8, target: u32) -> bool {
    scene.is_foe(camp, target) && !enough(way, &scene.seen[target as usize])
}

/// Sets the row's targets for this tick.
pub fn choose(scene: &Scene, number: usize, row: &mut Row, kind: &Kind, way: &Way) {
    let lost = row.target[0];
    for target in &mut row.target {
        if *target != NOBODY && !valid(scene, way, row.camp, *target) {
            *target = NOBODY;
        }
    }
    let period = scene.rules.retarget_ticks.clamp(1, 10_000) as u32;
    // Without a bridge orders come four times as slowly and a lost target is not replaced at once.
    let period = if row.parts.bridge_hit { period.saturating_mul(4) } else { period };
    let count = scene.tick.wrapping_add(row.id.0);
    let turn = count.is_multiple_of(period)
        // With the enemy still far off there is less to look at.
        && (count.is_multiple_of(period.saturating_mul(4)) || !far_off(scene, row, kind));
    let idle = row.target[0] == NOBODY && !row.parts.bridge_hit;
    if !turn && !idle {
        return;
    }
    if scene.camps.foes[usize::from(row.camp)] == 0 {
        return;
    }
    if row.mode == Mode::BreakingOff || matches!(row.mode, Mode::Withdrawing | Mode::Descending) {
        // Whoever is leaving watches the nearest enemy.
        row.target[0] = nearest(scene, lost, row, way);
        return;
    }
    let pack = scene.pack[number] as usize;
    let leader = scene.leaders.get(pack).copied().unwrap_or(NOBODY);
    let in_pack = way.focus == Focus::Pack || matches!(way.motion, Motion::Strafe | Motion::Chase);
    if in_pack && leader as usize != number {
        let shared = scene.seen.get(leader as usize).map_or(NOBODY, |seen| seen.target);
        if valid(scene, way, row.camp, shared) {
            row.target[0] = shared;
        } else if row.target[0] == NOBODY {
            row.target[0] = pick(scene, lost, row, kind, way);
        }
    } else {
        row.target[0] = pick(scene, lost, row, kind, way);
    }
    others(scene, row, kind, way);
}

/// Is her target well beyond her main guns?
fn far_off(scene: &Scene, row: &Row, kind: &Kind) -> bool {
    let Some(seen) = scene.seen.get(row.target[0] as usize) else { return false };
    let near = row.main_range_m(kind) * 1.5 + seen.radius;
    square(sub(seen.place, row.place)) > near * near
}

/// The main target by focus.
fn pick(scene: &Scene, lost: u32, row: &Row, kind: &Kind, way: &Way) -> u32 {
    if let Some(quarry) = quarry(scene, row, way) {
        return quarry;
    }
    if way.focus == Focus::Tagged {
        let near = |other: u32| valid(scene, way, row.camp, other);
        let tagged = calls::obeyed(scene, row, way, near);
        if tagged != NOBODY {
            return tagged;
        }
    }
    // Those who do not go anywhere prefer only among what they can reach.
    let stays =
        matches!(way.motion, Motion::Static | Motion::Wall | Motion::Reserve | Motion::Chase);
    let limit = if stays { kind.range_m * 1.5 } else { f32::INFINITY };
    // A pack on a chase stays with what it chases.
    if way.motion == Motion::Chase && row.flags & OUTBOUND != 0 && row.target[0] != NOBODY {
        return row.target[0];
    }
    for role in &way.prefers {
        let found = of_classes(scene, row, way, scene.kinds.of_role(*role), limit);
        if found != NOBODY {
            return found;
        }
    }
    let found = by_focus(scene, lost, row, kind, way);
    let hunters = scene.hunters.get(found as usize).copied().unwrap_or(0);
    if hunters > way.most_on_one {
        // Too many on one: as many as are too many look for another.
        let roll = row.id.0.wrapping_add(scene.tick).wrapping_mul(0x9e37_79b9) >> 16;
        if roll % u32::from(hunters) >= u32::from(way.most_on_one) {
            return among(scene, lost, row, way, kind, |_, other| {
                f32::from(u8::from(scene.hunters[other as usize] >= way.most_on_one))
            });
        }
    }
    found
}

fn by_focus(scene: &Scene, lost: u32, row: &Row, kind: &Kind, way: &Way) -> u32 {
    match way.focus {
        Focus::Quarry | Focus::Nearest | Focus::Pack if way.motion != Motion::Chase => {
            nearest(scene, lost, row, way)
        }
        Focus::Weakest => among(scene, lost, row, way, kind, |seen, _| seen.left),
        Focus::Greatest => {
            for class in &scene.kinds.greatest {
                let found = of_classes(scene, row, way, &[*class], kind.range_m);
                if found != NOBODY {
                    return found;
                }
            }
            nearest(scene, lost, row, way)
        }
        Focus::Tagged => nearest(scene, lost, row, way),
        Focus::Any => any(scene, lost, row, way, kind),
        // A chase goes after the hurt first, whole or not.
        _ => among(scene, lost, row, way, kind, |seen, _| {
            f32::from(seen.hull_permille) + f32::from(seen.shield_permille)
        }),
    }
}

/// Her group's quarry while it lives: the ship named, else the nearest of the classes named.
fn quarry(scene: &Scene, row: &Row, way: &Way) -> Option<u32> {
    let at = usize::from(row.posture);
    let posture = scene.postures.get(at)?;
    let named = scene.quarry[at];
    if valid(scene, way, row.camp, named) {
        return Some(named);
    }
    for class in &posture.quarry {
        let found = of_classes(scene, row, way, &[class.0 as u16], f32::INFINITY);
        if found != NOBODY {
            return Some(found);
        }
    }
    None
}

/// Does the group have a quarry alive here, so that it ignores the rest?
fn swarming(scene: &Scene, row: &Row, way: &Way) -> bool {
    way.focus == Focus::Quarry
        && scene.postures.get(usize::from(row.posture)).is_some_and(|posture| {
            scene.is_foe(row.camp, scene.quarry[usize::from(row.posture)])
                || posture.quarry.iter().any(|class| present(scene, row.camp, class.0 as u16))
        })
}

fn present(scene: &Scene, camp: u8, class: u16) -> bool {
    let classes = scene.kinds.classes.len();
    usize::from(class) < classes
        && scene
            .foes_of(camp)
            .any(|foe| !scene.of_class[foe * classes + usize::from(class)].is_empty())
}

/// A search that only wants what is nearer than `limit`.
fn seed(limit: f32) -> Option<(f32, u32)> {
    limit.is_finite().then_some((limit * limit, NOBODY))
}

fn nearest(scene: &Scene, lost: u32, row: &Row, way: &Way) -> u32 {
    // Nobody farther off than her present target can be the nearest, nor, when that is lost, than those who stood beside it in
    // the list: one of these bounds the search from its beginning.
    let beside = |by: u32| lost.wrapping_add(by);
    let back = |by: u32| lost.wrapping_sub(by);
    let known = [row.target[0], beside(1), back(1), beside(2), back(2), beside(3), back(3)];
    let known = known.into_iter().find(|known| valid(scene, way, row.camp, *known));
    let mut best = known.map(|known| {
        let seen = &scene.seen[known as usize];
        (square(sub(seen.place, row.place)), known)
    });
    for foe in scene.foes_of(row.camp) {
        if way.wound_permille > 0 {
            scene.grids[foe]
                .nearest(row.place, &mut best, |other| !enough(way, &scene.seen[other as usize]));
        } else {
            scene.grids[foe].nearest(row.place, &mut best, |_| true);
        }
    }
    best.map_or(NOBODY, |(_, found)| found)
}

/// The nearest of some classes.
fn of_classes(scene: &Scene, row: &Row, way: &Way, classes: &[u16], limit: f32) -> u32 {
    let count = scene.kinds.classes.len();
    let mut best = seed(limit);
    for foe in scene.foes_of(row.camp) {
        for class in classes {
            let Some(list) = scene.of_class.get(foe * count + usize::from(*class)) else {
                continue;
            };
            if usize::from(*class) >= count {
                continue;
            }
            if list.len() > LIST_MOST {
                scene.grids[foe].nearest(row.place, &mut best, |other| {
                    let seen = &scene.seen[other as usize];
                    seen.class == *class && !enough(way, seen)
                });
                continue;
            }
            for other in list {
                let seen = &scene.seen[*other as usize];
                let far = square(sub(seen.place, row.place));
                let better =
                    best.is_none_or(|(least, at)| far < least || (far == least && *other < at));
                if better && !enough(way, seen) {
                    best = Some((far, *other));
                }
            }
        }
    }
    best.map_or(NOBODY, |(_, found)| found)
}

/// The least score among the dozen nearest enemies within her reach, the nearer of equals; beyond it, simply the nearest.
fn among(
    scene: &Scene,
    lost: u32,
    row: &Row,
    way: &Way,
    kind: &Kind,
    score: impl Fn(&Seen, u32) -> f32,
) -> u32 {
    let mut near = [nearness(kind.range_m * kind.range_m, NOBODY); 12];
    for foe in scene.foes_of(row.camp) {
        scene.grids[foe]
            .nearest_many(row.place, &mut near, |other| !enough(way, &scene.seen[other as usize]));
    }
    let mut best = (f32::INFINITY, NOBODY);
    for other in near.map(|near| near as u32) {
        if let Some(seen) = scene.seen.get(other as usize) {
            let marks = score(seen, other);
            if marks < best.0 {
                best = (marks, other);
            }
        }
    }
    if best.1 == NOBODY { nearest(scene, lost, row, way) } else { best.1 }
}

/// One of the enemies within her reach by her own lot; when the lot falls on others too often, simply the nearest.
fn any(scene: &Scene, lost: u32, row: &Row, way: &Way, kind: &Kind) -> u32 {
    let classes = scene.kinds.classes.len();
    let lists = || {
        let of = |foe: usize| scene.of_class[foe * classes..(foe + 1) * classes].iter();
        scene.foes_of(row.camp).flat_map(of)
    };
    let count: usize = lists().map(Vec::len).sum();
    for draw in 0..SPREAD_DRAWS {
        let time = i64::from(scene.tick);
        let roll = scene.dice.roll(Purpose::Spread, u64::from(row.id.0), time, draw);
        let mut nth = ((u64::from(roll.word(0)) * count as u64) >> 32) as usize;
        for list in lists() {
            let Some(other) = list.get(nth) else {
                nth -= list.len();
                continue;
            };
            let (far, _) = towards(row.place, &scene.seen[*other as usize]);
            if far <= kind.range_m && valid(scene, way, row.camp, *other) {
                return *other;
            }
            break;
        }
    }
    nearest(scene, lost, row, way)
}

/// Further targets for those who can serve several: other enemies within reach, nearest first; and small craft for needles.
fn others(scene: &Scene, row: &mut Row, kind: &Kind, way: &Way) {
    row.target[1] = NOBODY;
    row.target[2] = NOBODY;
    row.target[3] = NOBODY;
    if swarming(scene, row, way) {
        return;
    }
    if let Some(gun) = kind.needles.and_then(|at| kind.guns.get(at)) {
        let small = scene
            .seen
            .get(row.target[0] as usize)
            .is_some_and(|seen| scene.kinds.classes[usize::from(seen.class)].small);
        if !small {
            row.target[3] = small_craft(scene, row, gun.range_m);
        }
    }
    if kind.spread < 2 {
        return;
    }
    let main = row.target[0];
    let mut near = [nearness(kind.range_m * kind.range_m, NOBODY); 2];
    for foe in scene.foes_of(row.camp) {
        scene.grids[foe].nearest_many(row.place, &mut near, |other| {
            other != main && !enough(way, &scene.seen[other as usize])
        });
    }
    row.target[1] = near[0] as u32;
    row.target[2] = if kind.spread > 2 { near[1] as u32 } else { NOBODY };
}

fn small_craft(scene: &Scene, row: &Row, range_m: f32) -> u32 {
    let count = scene.kinds.classes.len();
    let mut best = seed(range_m);
    for foe in scene.foes_of(row.camp) {
        let any = (0..count).any(|class| {
            scene.kinds.classes[class].small && !scene.of_class[foe * count + class].is_empty()
        });
        if any {
            scene.grids[foe].nearest(row.place, &mut best, |other| {
                scene.kinds.classes[usize::from(scene.seen[other as usize].class)].small
            });
        }
    }
    best.map_or(NOBODY, |(_, found)| found)
}

/// The distance to a target's hull from a place, metres, and the direction.
#[inline(always)]
pub fn towards(place: V3, seen: &Seen) -> (f32, V3) {
    let to = sub(seen.place, place);
    let far = square(to).sqrt();
    let direction = if far > 1e-3 { crate::v3::scale(to, 1.0 / far) } else { [1.0, 0.0, 0.0] };
    ((far - seen.radius).max(0.0), direction)
}

/// A ship's main target as she has it before her this tick: the way there is reckoned once for gunners and helm.
#[derive(Clone, Copy)]
pub struct Sighted<'s> {
    pub seen: &'s Seen,
    far: f32,
    direction: V3,
}

impl<'s> Sighted<'s> {
    pub fn new(place: V3, seen: &'s Seen) -> Sighted<'s> {
        let (far, direction) = towards(place, seen);
        Sighted { seen, far, direction }
    }

    /// [`towards`] from where she was when she sighted it.
    #[inline(always)]
    pub fn towards(&self) -> (f32, V3) {
        (self.far, self.direction)
    }
}

impl std::ops::Deref for Sighted<'_> {
    type Target = Seen;

    #[inline(always)]
    fn deref(&self) -> &Seen {
        self.seen
    }
}
