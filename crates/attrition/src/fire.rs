//! What one cohort's ships do to another's: guns as the codex has them, at a distance, against that hull. What a calibration
//! measured multiplies it. Stores what does not change in a battle for each ordered pair of hostile cohorts.

use crate::cohort::{Cohort, whole_points};
use jumpline_world::law::{Arc, Codex, Doctrine, Focus, Motion, Nature};

/// One battery against one hull.
#[derive(Clone, Copy, Debug, Default)]
struct Gun {
    battery: usize,
    /// Points a second of all mounts, if every shot told.
    points: f64,
    range_m: f64,
    falloff: f64,
    /// Odds of a hit at one metre, less what crossing and dodging take.
    size2: f64,
    spoilt: f64,
    /// Seconds between two volleys.
    recharge_s: f64,
    /// Points a second if every shot told and all bore: what makes a battery the main one.
    bare: f64,
}

/// One cohort's fire on another.
#[derive(Clone, Debug)]
pub struct Pair {
    guns: Vec<Gun>,
    /// Worth by calibration and luck.
    pub worth: f64,
    /// How much rather than another enemy this one is shot at.
    pub liking: f64,
    /// Furthest reach, metres.
    pub reach_m: f64,
}

/// How fast a cohort crosses another's sights, as a share of its speed.
fn crossing(motion: Motion) -> f64 {
    match motion {
        Motion::Strafe => 0.7,
        Motion::Through | Motion::Evade => 0.5,
        Motion::Static => 0.0,
        _ => 0.25,
    }
}

/// Share of the time that a battery bears.
fn bears(arc: Arc, motion: Motion) -> f64 {
    let runs = matches!(motion, Motion::Strafe | Motion::Through | Motion::Evade);
    match (arc, runs) {
        (Arc::All, _) => 1.0,
        (Arc::Fore, false) => 0.95,
        (Arc::Flank, false) => 0.25,
        (Arc::Aft, false) => 0.05,
        (_, true) => 0.4,
    }
}

impl Pair {
    pub fn new(codex: &Codex, own: &Cohort, foe: &Cohort, worth: f64) -> Pair {
        let rules = &codex.rules.battle;
        let aim = rules.aim_radius_m.clamp(1, 1_000_000) as f64;
        let tick_ms = rules.tick_ms.clamp(1, 600_000);
        let mut guns = Vec::new();
        let mut reach_m = 0.0_f64;
        let pace = |one: &Cohort| {
            one.made.speed_mps.clamp(0, 10_000_000) as f64 * crossing(one.way.motion)
        };
        let crosswise = pace(own) * pace(own) + pace(foe) * pace(foe);
        for (battery, mounted) in own.made.batteries.iter().take(4).enumerate() {
            let Some(weapon) = codex.weapons.get(mounted.weapon.index()) else { continue };
            let damage = weapon.damage.clamp(0, i64::from(i32::MAX)) as f64;
            let mounts = mounted.mounts.clamp(0, 10_000) as f64;
            let range_m = weapon.range_m.clamp(0, 1_000_000_000) as f64;
            if damage * mounts <= 0.0 || range_m < 1.0 {
                continue;
            }
            reach_m = reach_m.max(range_m);
            let ticks = (weapon.recharge_ms.clamp(1, 86_400_000) + tick_ms - 1) / tick_ms;
            let recharge_s = (ticks * tick_ms) as f64 / 1_000.0;
            let layers = whole_points(foe.made.shield) as f64 * 1.5;
            let hull = (whole_points(foe.made.armour) + whole_points(foe.made.hull).max(1)) as f64;
            let tells = (layers * weapon.shield_permille.clamp(0, 100_000) as f64
                + hull * weapon.hull_permille.clamp(0, 100_000) as f64)
                / (layers + hull)
                / 1_000.0;
            let turned = if matches!(weapon.nature, Nature::Plasma | Nature::Orb) {
                1.0 - 0.5 * foe.made.deflect_permille.clamp(0, 1_000) as f64 / 1_000.0
            } else {
                1.0
            };
            // Needles look after missiles and small craft first; missiles are shot down on their way.
            let looks = match weapon.nature {
                Nature::Shard => 0.5,
                Nature::Missile => {
                    codex.attrition.rules.missile_permille.clamp(0, 100_000) as f64 / 1_000.0
                }
                _ => 1.0,
            };
            let accuracy = weapon.accuracy_permille.clamp(1, 999) as f64;
            let odds = accuracy / (1_000.0 - accuracy) * own.skill * own.skill;
            let size = foe.made.radius_m.clamp(1, 10_000_000) as f64 * range_m * 0.5 / aim;
            let tracking = weapon.tracking_mps.clamp(1, 100_000_000) as f64;
            let dodge = foe.made.evasion_permille.clamp(0, 1_000_000) as f64 / 1_000.0;
            guns.push(Gun {
                battery,
                points: damage
                    * mounts
                    * tells
                    * turned
                    * looks
                    * bears(mounted.arc, own.way.motion)
                    / recharge_s,
                range_m,
                falloff: 1.0 - weapon.falloff_permille.clamp(0, 1_000) as f64 / 1_000.0,
                size2: odds * size * size,
                spoilt: (1.0 + crosswise / (tracking * tracking)) * (1.0 + dodge),
                recharge_s,
                bare: damage * mounts / recharge_s,
            });
        }
        Pair { guns, worth, liking: liking(codex, own.way, foe), reach_m }
    }

    /// Points a second of one whole ship at a distance between middles, and the share of her ships that have the enemy in reach.
    /// `volleys` are what her batteries have left.
    pub fn points(&self, far_m: f64, spread_m: f64, volleys: &[f64; 4]) -> (f64, f64) {
        let (mut sum, mut share) = (0.0_f64, 0.0_f64);
        for gun in &self.guns {
            if volleys[gun.battery] >= 0.0 && volleys[gun.battery] < 1e-9 {
                continue;
            }
            let near = reached(gun.range_m, far_m, spread_m);
            if near <= 0.0 {
                continue;
            }
            let far = far_m.clamp(gun.range_m * 0.1, gun.range_m);
            let odds = gun.size2 / (far * far);
            let chance = (odds / (1.0 + odds) / gun.spoilt).max(0.02);
            sum += gun.points * near * chance * (1.0 - gun.falloff * far / gun.range_m);
            share = share.max(near);
        }
        (sum * self.worth, share)
    }

    /// Range of the best battery that can still fire, metres; nought when there is none.
    pub fn main_range_m(&self, volleys: &[f64; 4]) -> f64 {
        let loaded = self.guns.iter().filter(|gun| {
            let left = volleys[gun.battery];
            !(0.0..1e-9).contains(&left)
        });
        let best =
            loaded.fold(
                (0.0, 0.0),
                |best: (f64, f64), gun| {
                    if gun.bare > best.0 { (gun.bare, gun.range_m) } else { best }
                },
            );
        best.1
    }

    /// What is fired in so many seconds, by battery, in volleys.
    pub fn spend(&self, far_m: f64, spread_m: f64, seconds: f64, volleys: &mut [f64; 4]) {
        for gun in &self.guns {
            let left = &mut volleys[gun.battery];
            if *left > 0.0 {
                let near = reached(gun.range_m, far_m, spread_m);
                *left = (*left - near * seconds / gun.recharge_s).max(0.0);
            }
        }
    }
}

/// Share of a cohort that has the enemy in a range: all once the middles are that near less the breadth of both.
fn reached(range_m: f64, far_m: f64, spread_m: f64) -> f64 {
    let width = 2.0 * spread_m + 0.05 * range_m + 1.0;
    ((range_m + spread_m - far_m) / width).clamp(0.0, 1.0)
}

/// How much rather than others a doctrine shoots at a cohort; quarries are the posture's and are added by the caller.
fn liking(codex: &Codex, way: &Doctrine, foe: &Cohort) -> f64 {
    if let Some(rank) = way.prefers.iter().position(|role| *role == foe.made.role) {
        return 40.0 / (1.0 + rank as f64);
    }
    if way.focus == Focus::Greatest {
        let greater =
            codex.classes.iter().filter(|class| class.mass_kt > foe.made.mass_kt).count() as f64;
        return 40.0 / (1.0 + greater);
    }
    1.0
}
