//! Judging from counts: how a battle stands for one group, in the terms of [`jumpline_battle::assess`].

use crate::cohort::{Cohort, HULLS, SHIELDS, STATES, lost_of, shields_of, whole_points};
use crate::draw::unit;
use crate::motion::{length, sub};
use crate::play::Play;
use jumpline_battle::Assessment;
use jumpline_measure::{ClassId, GroupId, Purpose};

/// Worth of a ship in a state, of a fresh one's: the root of what is left of toughness times guns.
fn worth(cohort: &Cohort, state: usize, wear: f64) -> f64 {
    let made = cohort.made;
    let lost = lost_of(state) as f64 / HULLS as f64;
    let shield = 3.0 * whole_points(made.shield) as f64;
    let body = cohort.hull_step() * HULLS as f64;
    // What stands on all sides, when the struck one stands at so much.
    let stands = (1.0 + shields_of(state) as f64 / SHIELDS as f64) / 2.0;
    let tough = (shield * stands + body * (1.0 - lost)) / (shield + body).max(1.0);
    (tough * (1.0 - wear * lost)).sqrt()
}

impl Play<'_> {
    fn strength(&self, cohort: &Cohort) -> i64 {
        let wear = self.rules.wear_permille.clamp(0, 1_000) as f64 / 1_000.0;
        let fresh = jumpline_battle::strength(self.codex, ClassId::from_index(cohort.class)) as f64;
        let living = cohort.living();
        let mut sum = 0.0;
        for (state, ships) in living.iter().enumerate() {
            if *ships > 0 {
                sum += f64::from(*ships) * worth(cohort, state, wear);
            }
        }
        (sum * fresh) as i64
    }

    /// How the battle stands for a group. A group that is not in it gets nought throughout.
    pub fn assess(&self, group: GroupId) -> Assessment {
        let Some(at) = self.postures.iter().position(|posture| posture.group == group) else {
            return Assessment::default();
        };
        let posture = &self.postures[at];
        let dead: u32 =
            self.cohorts.iter().filter(|one| one.posture == at).map(|one| one.dead).sum();
        let lost = i64::from(posture.lost) + i64::from(dead);
        let mut all = Assessment {
            lost_permille: lost * 1_000 / i64::from(posture.came.max(1)),
            morale_permille: i64::from(posture.morale_permille),
            routed: posture.routed_until >= self.tick.max(1),
            ..Assessment::default()
        };
        let hunts = !posture.quarry.is_empty() || posture.quarry_ship.is_some();
        let Some(first) = self.cohorts.iter().find(|one| one.posture == at) else { return all };
        let range = self.codex.rules.battle.engage_range_m.max(0) as f64;
        let mut greatest = -1;
        for cohort in &self.cohorts {
            let alive = cohort.alive();
            if alive == 0 {
                continue;
            }
            let worth = self.strength(cohort);
            if cohort.posture == at {
                all.ships += alive;
                all.own_strength = all.own_strength.saturating_add(worth);
                let guns = cohort.made.batteries.len().min(4);
                let spent = guns > 0
                    && cohort.volleys.iter().take(guns).all(|left| (0.0..1e-9).contains(left));
                all.spent += if spent { alive } else { 0 };
                if cohort.made.mass_kt > greatest {
                    greatest = cohort.made.mass_kt;
                    all.greatest = Some(ClassId::from_index(cohort.class));
                    all.greatest_hull_lost_permille = self.flagship(cohort);
                }
            } else if self.hostile(first, cohort) {
                all.enemies += alive;
                all.enemy_strength = all.enemy_strength.saturating_add(worth);
                let sought = posture.quarry.iter().any(|class| class.index() == cohort.class)
                    || (cohort.named && posture.quarry_ship.is_some());
                all.quarry_left += if !hunts || sought { alive } else { 0 };
                let near = |own: &Cohort| {
                    own.posture == at
                        && own.alive() > 0
                        && length(sub(own.place, cohort.place))
                            <= range + own.spread_m + cohort.spread_m
                };
                all.enemies_in_reach += if self.cohorts.iter().any(near) { alive } else { 0 };
            } else if self.allied(first, cohort) {
                all.allied_strength = all.allied_strength.saturating_add(worth);
            }
        }
        all
    }

    /// Hull that one ship of a cohort has lost: always the one at the same place in the order of harm.
    fn flagship(&self, cohort: &Cohort) -> i64 {
        let roll =
            self.dice.roll(Purpose::Attrition, cohort.key, -1 - i64::from(self.id.0), 1 << 20);
        let living = cohort.living();
        let mut before = unit(roll.word(0)) * f64::from(cohort.alive());
        let mut lost = 0;
        for (at, count) in living.iter().enumerate().take(STATES) {
            if *count > 0 {
                lost = lost_of(at);
                before -= f64::from(*count);
            }
            if before <= 0.0 {
                break;
            }
        }
        let armour = whole_points(cohort.made.armour);
        let hull = whole_points(cohort.made.hull).max(1);
        let gone = (armour + hull) * lost as i64 / HULLS as i64;
        (gone - armour).clamp(0, hull) * 1_000 / hull
    }

    /// Can anybody left here still hurt anybody?
    pub fn anyone_armed(&self) -> bool {
        let count = self.cohorts.len();
        (0..count).any(|at| {
            self.cohorts[at].alive() > 0
                && (0..count).any(|other| {
                    self.pairs[at * count + other].as_ref().is_some_and(|pair| {
                        pair.reach_m > 0.0
                            && pair.points(0.0, 0.0, &self.cohorts[at].volleys).0 > 0.0
                    })
                })
        })
    }
}
