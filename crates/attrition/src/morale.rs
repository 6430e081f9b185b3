//! Morale as `battle` has it: a group's falls with its ships, with its flagship and while friends run, and comes back with time; below
//! what its doctrine stands it runs, and does not rally for a while.

use crate::play::Play;
use jumpline_world::law::Regard;

const WHOLE: i64 = 1_000;

impl Play<'_> {
    /// Ships of a cohort are lost.
    pub(crate) fn mourn(&mut self, at: usize, ships: u32) {
        let rules = &self.codex.rules.battle;
        let cohort = &self.cohorts[at];
        let gone: u32 = self
            .cohorts
            .iter()
            .filter(|one| one.posture == cohort.posture)
            .map(|one| one.dead)
            .sum();
        let greatest = cohort.made.noted
            && cohort.alive() == 0
            && !self.cohorts.iter().any(|other| {
                other.power == cohort.power
                    && other.alive() > 0
                    && other.made.mass_kt >= cohort.made.mass_kt
            });
        let power = cohort.power;
        if let Some(posture) = self.postures.get_mut(cohort.posture) {
            let (came, lost) =
                (i64::from(posture.came.max(1)), i64::from(posture.lost) + i64::from(gone));
            let loss = rules.morale_loss_permille.clamp(0, 1_000_000);
            let whole = |lost: i64| loss * lost / came;
            let fall = whole(lost) - whole(lost - i64::from(ships));
            posture.morale_permille = (i64::from(posture.morale_permille) - fall).max(0) as i32;
        }
        if greatest {
            let fall = rules.morale_flagship_permille.clamp(0, WHOLE);
            for posture in self.postures.iter_mut().filter(|posture| posture.power == power) {
                posture.morale_permille = (i64::from(posture.morale_permille) - fall).max(0) as i32;
            }
        }
    }

    /// Time passes over everybody's morale; who cannot stand it runs, who can again rallies.
    pub(crate) fn keep_morale(&mut self, ticks: u32) {
        if !self.codex.doctrines.iter().any(|way| way.rout_permille > 0) {
            return;
        }
        let rules = &self.codex.rules.battle;
        let minutes = |tick: u32| i64::from(tick).saturating_mul(self.tick_ms) / 60_000;
        let now = self.tick + ticks;
        let back = rules.morale_mend_permille_per_min.clamp(0, WHOLE)
            * (minutes(now) - minutes(self.tick)).min(WHOLE);
        let whole = WHOLE as i32;
        for posture in self.postures.iter_mut().filter(|one| one.morale_permille < whole) {
            posture.morale_permille = (posture.morale_permille + back as i32).min(whole);
        }
        let mut ways = vec![None; self.postures.len()];
        for cohort in self.cohorts.iter().filter(|cohort| cohort.alive() > 0) {
            if let Some(way) = ways.get_mut(cohort.posture) {
                let first = cohort.rows.first().copied();
                match way {
                    Some((_, row)) if *row <= first => {}
                    _ => *way = Some((cohort.way, first)),
                }
            }
        }
        let running: Vec<bool> = self
            .postures
            .iter()
            .map(|posture| posture.withdrawing || posture.routed_until >= now)
            .collect();
        for (at, way) in ways.iter().enumerate() {
            let Some((way, _)) = way.filter(|(way, _)| way.rout_permille > 0) else { continue };
            let power = self.postures[at].power;
            let friends = |nth: usize| {
                let other = self.postures[nth].power;
                let regard = self.regards.get(power.index()).and_then(|row| row.get(other.index()));
                nth != at && running[nth] && (power == other || regard == Some(&Regard::Allied))
            };
            let fled = (0..running.len()).filter(|nth| friends(*nth)).count() as i64;
            let shaken = fled.min(1_000) * rules.morale_flight_permille.clamp(0, WHOLE);
            let rally =
                u32::try_from(way.rally_s.max(0) * 1_000 / self.tick_ms).unwrap_or(u32::MAX);
            let posture = &mut self.postures[at];
            let steady = i64::from(posture.morale_permille) - shaken >= way.rout_permille;
            if posture.routed_until == 0 {
                if !steady {
                    posture.routed_until = now.saturating_add(rally);
                    self.turned.push((posture.group, now, true));
                }
            } else if posture.routed_until < now {
                if steady {
                    posture.routed_until = 0;
                    self.turned.push((posture.group, now, false));
                } else {
                    posture.routed_until = now.saturating_add(rally);
                }
            }
        }
        for cohort in &mut self.cohorts {
            cohort.routed =
                self.postures.get(cohort.posture).is_some_and(|one| one.routed_until >= now);
        }
    }
}
