//! Fire without aiming: shots that burst at random points of a space, whoever may be there. The space is a ball of the weapon's
//! own radius about the middle of the group fired at, so it does not shrink as that group does: with fewer enemies in it, fewer
//! shots tell. A volley in flight keeps a ship as its mark; if she is gone it goes on to another of her group.

use crate::damage::{Blow, Effects};
use crate::flight::Flight;
use crate::kinds::{Kinds, POINTS_MOST};
use crate::rows::Row;
use crate::v3::{V3, ZERO, add, length, scale, square, sub, unit_or};
use jumpline_measure::{Dice, Purpose, WeaponId};
use jumpline_world::event::How;

/// Most bursts of one volley: a greater one shares its shots out among so many.
const BURSTS_MOST: u32 = 64;

/// Most draws for one point of a ball: more than half of all draws lie inside.
const DRAWS_MOST: u32 = 12;

/// Middles of groups as they stood at the beginning of the tick, by posture; found when the first is asked for.
#[derive(Default)]
pub struct Middles {
    places: Vec<V3>,
}

impl Middles {
    fn of(&mut self, effects: &Effects, posture: u16) -> V3 {
        if self.places.is_empty() {
            let mut sums = vec![(ZERO, 0_u32); effects.scene.postures.len().max(1)];
            for (row, seen) in effects.rows.iter().zip(&effects.scene.seen) {
                if let (true, Some(sum)) = (seen.here, sums.get_mut(usize::from(row.posture))) {
                    *sum = (add(sum.0, seen.place), sum.1 + 1);
                }
            }
            self.places =
                sums.into_iter().map(|(sum, n)| scale(sum, 1.0 / n.max(1) as f32)).collect();
        }
        self.places.get(usize::from(posture)).copied().unwrap_or(ZERO)
    }
}

/// A volley bursts.
pub fn burst(effects: &mut Effects, middles: &mut Middles, flight: &Flight) {
    let scene = effects.scene;
    let mark = flight.to as usize;
    let Some(row) = effects.rows.get(mark) else { return };
    let middle = middles.of(effects, row.posture);
    let arms = &scene.kinds.arms[usize::from(flight.weapon)];
    let bursts = u32::from(flight.count).min(BURSTS_MOST);
    for number in 0..bursts {
        // The first ones carry what cannot be shared out evenly.
        let shots = (i64::from(flight.count) + i64::from(bursts - 1 - number)) / i64::from(bursts);
        let point = add(middle, scale(in_ball(&scene.dice, flight, number), arms.barrage_m));
        let far = length(sub(flight.origin, point));
        let share = 1_000 - ((far / arms.range_m).clamp(0.0, 1.0) * arms.falloff * 1_000.0) as i64;
        let points = (shots * arms.damage * share / 1_000).min(POINTS_MOST);
        strike_round(effects, flight, point, points);
    }
}

/// Hurts everybody whose hull the burst touches: wholly inside it, less towards its edge. Friend or foe.
fn strike_round(effects: &mut Effects, flight: &Flight, point: V3, points: i64) {
    let scene = effects.scene;
    let arms = &scene.kinds.arms[usize::from(flight.weapon)];
    let mut near: Vec<(u32, f32)> = Vec::new();
    for grid in &scene.grids {
        grid.within(point, arms.splash_m + scene.widest_m, |row, far| near.push((row, far)));
    }
    near.sort_unstable_by_key(|(row, _)| *row);
    for (row, square_far) in near {
        let seen = &scene.seen[row as usize];
        let gap = (square_far.sqrt() - seen.radius).max(0.0);
        if gap > arms.splash_m {
            continue;
        }
        let share = 1_000 - (gap / arms.splash_m.max(1.0) * 1_000.0) as i64;
        let blow = Blow {
            shield: points * share / 1_000 * arms.shield_permille / 1_000,
            hull: points * share / 1_000 * arms.hull_permille / 1_000,
            by: Some(flight.from),
            how: How::Weapon(WeaponId::from_index(usize::from(flight.weapon))),
            from: unit_or(sub(point, seen.place), [1.0, 0.0, 0.0]),
            turned_permille: arms.deflect_permille,
            parts_permille: arms.parts_permille,
        };
        effects.strike(row as usize, blow);
    }
}

/// An even draw from the ball of radius one.
fn in_ball(dice: &Dice, flight: &Flight, burst: u32) -> V3 {
    let subject = u64::from(flight.from.0);
    let first = (u32::from(flight.battery) << 6 | burst) << 4;
    let mut point = ZERO;
    for draw in 0..DRAWS_MOST {
        let roll = dice.roll(Purpose::Barrage, subject, i64::from(flight.fired), first | draw);
        point = [0, 1, 2].map(|axis| roll.word(axis) as f32 / 2_147_483_648.0 - 1.0);
        if square(point) <= 1.0 {
            return point;
        }
    }
    unit_or(point, [1.0, 0.0, 0.0])
}

/// Volleys whose mark is gone go on to the first of her group that is left.
pub fn pass_on<'f>(kinds: &Kinds, rows: &[Row], flights: impl Iterator<Item = &'f mut Flight>) {
    for flight in flights {
        if kinds.arms[usize::from(flight.weapon)].barrage_m <= 0.0 {
            continue;
        }
        let Some(mark) = rows.get(flight.to as usize).filter(|mark| !mark.here()) else { continue };
        if let Some(next) = rows.iter().position(|row| row.here() && row.posture == mark.posture) {
            flight.to = next as u32;
        }
    }
}
