//! Volleys in flight: bolts in buckets by the tick on which they come in, missiles in a list of their own, for they can be
//! seen and shot down on the way. In the engagement both lie sorted in one list.

use crate::enter::NOBODY;
use crate::foes::Camps;
use crate::kinds::{Kinds, POINTS_MOST};
use crate::rows::{Row, row_of};
use crate::scene::{Scene, Seen};
use crate::v3::{V3, add, scale, sub};
use jumpline_measure::{PowerId, ShipId, WeaponId};
use jumpline_world::engagement::{Engagement, Shot};
use jumpline_world::law::Nature;

/// One volley in flight. Like [`Shot`], but the target is a row.
#[derive(Clone, Debug)]
pub struct Flight {
    pub due: u32,
    pub fired: u32,
    pub from: ShipId,
    /// Row of the shooter; she may be gone.
    pub shooter: u32,
    pub power: PowerId,
    /// Camp of whoever fired it.
    pub camp: u8,
    /// Battery times four, and which share of it.
    pub battery: u8,
    pub to: u32,
    pub weapon: u16,
    pub count: u16,
    pub hit_permille: u16,
    pub worn: i32,
    /// What each does, permille of the weapon's damage.
    pub power_permille: u16,
    pub origin: V3,
}

impl Flight {
    /// What the order of striking goes by.
    pub fn key(&self) -> (u32, u8, u32, u32) {
        (self.from.0, self.battery, self.fired, self.to)
    }

    /// Where a missile is by now; none when its target is gone.
    pub fn place(&self, seen: &[Seen], tick: u32) -> Option<V3> {
        let seen = seen.get(self.to as usize).filter(|seen| seen.here)?;
        let whole = self.due.saturating_sub(self.fired).max(1) as f32;
        let flown = tick.saturating_sub(self.fired) as f32;
        Some(add(self.origin, scale(sub(seen.place, self.origin), (flown / whole).min(1.0))))
    }
}

/// Needles of one ship that struck the missiles they were fired at.
#[derive(Clone, Copy, Debug)]
pub struct Intercept {
    /// Which missiles, by their place in the list.
    pub missile: u32,
    pub points: i64,
    /// Row of who fired.
    pub by: u32,
    pub range_m: f32,
}

/// All volleys in flight.
#[derive(Default)]
pub struct InFlight {
    /// Bolts by due tick, round and round.
    ring: Vec<Vec<Flight>>,
    /// Missiles, in the order of their firing.
    pub missiles: Vec<Flight>,
}

impl InFlight {
    /// Reads the engagement's list. Volleys at ships that are not here are lost.
    pub fn load(kinds: &Kinds, camps: &Camps, engagement: &Engagement, rows: &[Row]) -> InFlight {
        let size = (kinds.longest as usize + 2).next_power_of_two();
        let mut all = InFlight { ring: vec![Vec::new(); size], missiles: Vec::new() };
        for shot in &engagement.shots {
            let to = row_of(rows, shot.to.0);
            let weapon = shot.weapon.index();
            if to == NOBODY || weapon >= kinds.arms.len() || shot.due <= engagement.tick {
                continue;
            }
            all.put(
                kinds,
                Flight {
                    due: shot.due,
                    fired: shot.fired,
                    from: shot.from,
                    shooter: row_of(rows, shot.from.0),
                    power: shot.power,
                    camp: camps.of(shot.power),
                    battery: shot.battery,
                    to,
                    weapon: u16::try_from(weapon).unwrap_or(0),
                    count: shot.count,
                    hit_permille: shot.hit_permille.min(1_000),
                    worn: shot.worn,
                    power_permille: shot.power_permille,
                    origin: shot.origin,
                },
            );
        }
        // The engagement's list is sorted by arrival, this one by firing.
        all.missiles.sort_by_key(|missile| (missile.fired, missile.key()));
        all
    }

    pub fn put(&mut self, kinds: &Kinds, flight: Flight) {
        if kinds.arms[usize::from(flight.weapon)].nature == Nature::Missile {
            self.missiles.push(flight);
        } else {
            let at = flight.due as usize & (self.ring.len() - 1);
            self.ring[at].push(flight);
        }
    }

    /// The bolts that come in on a tick, taken out.
    pub fn take_due(&mut self, tick: u32, due: &mut Vec<Flight>) {
        let at = tick as usize & (self.ring.len() - 1);
        due.append(&mut self.ring[at]);
    }

    /// Wears missiles down by what was shot at them. Points kill one missile of a volley after another; what is left over when
    /// the last of a volley is gone goes on to the missiles that are nearest then, as far as the needles reach.
    pub fn intercept(&mut self, scene: &Scene, needles: &Intercept) {
        let mut number = needles.missile;
        let mut points = needles.points.clamp(0, POINTS_MOST);
        let Some(seen) = scene.seen.get(needles.by as usize) else { return };
        loop {
            points = self.wear(scene.kinds, number, points);
            if points <= 0 {
                return;
            }
            let mut best = Some((needles.range_m * needles.range_m, NOBODY));
            for camp in scene.foes_of(seen.camp) {
                scene.missiles[camp].nearest(seen.place, &mut best, |other| {
                    self.missiles.get(other as usize).is_some_and(|missile| {
                        let arms = &scene.kinds.arms[usize::from(missile.weapon)];
                        missile.count > 0 && arms.interceptable > 0
                    })
                });
            }
            match best {
                Some((_, next)) if next != NOBODY => number = next,
                _ => return,
            }
        }
    }

    /// Gives the points that were too many.
    fn wear(&mut self, kinds: &Kinds, number: u32, points: i64) -> i64 {
        let Some(missile) = self.missiles.get_mut(number as usize) else { return 0 };
        let each = kinds.arms[usize::from(missile.weapon)].interceptable;
        if each <= 0 || missile.count == 0 {
            return points;
        }
        let worn = i64::from(missile.worn) + points;
        let down = (worn / each).min(i64::from(missile.count));
        missile.count -= down as u16;
        let over = worn - down * each;
        if missile.count == 0 {
            return over;
        }
        missile.worn = i32::try_from(over).unwrap_or(i32::MAX);
        0
    }

    /// Every volley in flight.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Flight> {
        self.ring.iter_mut().flatten().chain(&mut self.missiles)
    }

    /// Writes the engagement's list.
    pub fn store(&self, rows: &[Row], engagement: &mut Engagement) {
        let bolts = self.ring.iter().flatten();
        let mut shots: Vec<Shot> = bolts
            .chain(&self.missiles)
            .filter(|flight| flight.count > 0)
            .filter_map(|flight| {
                let target = rows.get(flight.to as usize).filter(|row| row.here())?;
                Some(Shot {
                    due: flight.due,
                    fired: flight.fired,
                    from: flight.from,
                    power: flight.power,
                    battery: flight.battery,
                    to: target.id,
                    weapon: WeaponId::from_index(usize::from(flight.weapon)),
                    count: flight.count,
                    hit_permille: flight.hit_permille,
                    worn: flight.worn,
                    power_permille: flight.power_permille,
                    origin: flight.origin,
                })
            })
            .collect();
        shots.sort_by_key(|shot| (shot.due, shot.from, shot.battery, shot.fired, shot.to));
        engagement.shots = shots;
    }
}
