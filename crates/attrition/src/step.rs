//! One coarse step: who shoots at whom and how much, then what becomes of the counts, then everybody moves.

use crate::cohort::{Cohort, HULLS, SHIELDS, STATES, lost_of, shields_of, state, whole_points};
use crate::draw::{binomial, drawn, halves};
use crate::motion::{self, Course, Ranges, V3, closes, length, sub};
use crate::play::{Kill, Play};
use jumpline_measure::Purpose;
use jumpline_world::law::{Focus, Motion};
use std::mem::take;

/// Most of a state's ships that one step may move: beyond it the step is cut short.
const MOVED_MOST: f64 = 0.7;
/// Enemies that will be in reach within this many seconds, as they fly now, are not drawing apart.
const CLOSING_S: f64 = 1_800.0;

/// Most often that one step may strike each of the hurt: what is over goes on to the whole.
const STRUCK_MOST: f64 = 1.2;

/// Space that steps use again.
#[derive(Default)]
pub struct Scratch {
    /// Points a second of one cohort on another, by number times their number plus number.
    flow: Vec<f64>,
    /// What falls on each.
    under: Vec<Under>,
    /// Distances between middles, metres.
    far: Vec<f64>,
    /// Whom each goes for.
    chosen: Vec<Option<usize>>,
    /// Weights of one cohort's enemies.
    weights: Vec<(usize, f64, f64)>,
    /// How far the fight of each has loosened, a share.
    loosened: Vec<f64>,
    /// Ships of each.
    alive: Vec<f64>,
    /// What each does about the enemy that it has chosen.
    courses: Vec<Course>,
    /// Where each will be.
    places: Vec<V3>,
}

/// The fire that falls on a cohort.
#[derive(Clone, Copy, Default)]
struct Under {
    /// Points a second.
    points: f64,
    /// Of these, those that keep to the hurt.
    keen: f64,
    /// Points times the speed of those who fire them.
    chase: f64,
}

/// What a step makes of one cohort, before any of it is carried out.
#[derive(Clone, Copy)]
struct Rates {
    /// Chance that a whole ship is struck down a step.
    whole: f64,
    /// The same of a hurt one that has shields where she is struck.
    shield: f64,
    /// The same of one that has none.
    hull: f64,
    /// Share of these that a ship which has broken off is in.
    aside: f64,
    /// Chance that shields come back by a step.
    back: f64,
}

impl Play<'_> {
    /// Plays on by one coarse step, at most to the tick `last`.
    pub(crate) fn step(&mut self, last: u32) {
        let mut scratch = std::mem::take(&mut self.scratch);
        let reached = self.aim(&mut scratch);
        let seconds_most = self.rules.step_s.clamp(1, 3_600) as f64;
        let tick_s = self.tick_ms as f64 / 1_000.0;
        let quickest = self.quickest(&scratch);
        let seconds =
            if quickest * seconds_most > MOVED_MOST { MOVED_MOST / quickest } else { seconds_most };
        // No step reaches over a beat of the officers: played in one breath or from beat to beat, the steps are the same.
        let beat = self.codex.rules.officers.beat_s.saturating_mul(1_000) / self.tick_ms;
        let beat = u32::try_from(beat).unwrap_or(u32::MAX).max(1);
        let most = (last - self.tick).min(beat - self.tick % beat);
        let ticks = ((seconds / tick_s) as u32).clamp(1, most);
        let seconds = f64::from(ticks) * tick_s;
        self.spend(&scratch, seconds);
        for at in 0..self.cohorts.len() {
            if self.cohorts[at].alive() > 0 {
                self.suffer(&scratch, at, seconds);
            }
        }
        for (cohort, under) in self.cohorts.iter_mut().zip(&scratch.under) {
            if cohort.engaged_s > 0.0 || under.points > 0.0 {
                cohort.engaged_s += seconds;
            }
        }
        let closing = self.fly(&mut scratch, seconds);
        if reached {
            self.struck_tick = self.tick + ticks;
        }
        self.keep_morale(ticks);
        self.tick += ticks;
        let here: u64 = self.cohorts.iter().map(|cohort| u64::from(cohort.alive())).sum();
        self.ship_ticks = self.ship_ticks.saturating_add(here * u64::from(ticks));
        let quiet = self.quiet_ticks.saturating_add(ticks);
        self.quiet_ticks = if reached || closing { 0 } else { quiet };
        self.scratch = scratch;
    }

    /// Sets distances, targets and flows of fire. True when anybody can shoot at anybody.
    fn aim(&mut self, scratch: &mut Scratch) -> bool {
        let count = self.cohorts.len();
        scratch.flow.clear();
        scratch.flow.resize(count * count, 0.0);
        scratch.far.clear();
        scratch.far.resize(count * count, 0.0);
        scratch.under.clear();
        scratch.under.resize(count, Under::default());
        scratch.chosen.clear();
        scratch.chosen.resize(count, None);
        let mut reached = false;
        scratch.alive.clear();
        scratch.alive.extend(self.cohorts.iter().map(|one| f64::from(one.alive())));
        let loosen_s = self.rules.loosen_s.clamp(1, 86_400) as f64;
        let mut loosened = take(&mut scratch.loosened);
        loosened.clear();
        loosened.extend(self.cohorts.iter().map(|one| one.engaged_s / (one.engaged_s + loosen_s)));
        for at in 0..count {
            let own = &self.cohorts[at];
            if scratch.alive[at] <= 0.0 {
                continue;
            }
            let (mut foes, mut friends) = (0.0, 0.0);
            let mut nearest: Option<(f64, usize)> = None;
            scratch.weights.clear();
            let mut whole = 0.0;
            for other in 0..count {
                let there = scratch.alive[other];
                if there <= 0.0 {
                    continue;
                }
                let foe = &self.cohorts[other];
                let Some(pair) = &self.pairs[at * count + other] else {
                    if self.allied(own, foe) {
                        friends += there;
                    }
                    continue;
                };
                foes += there;
                let far = length(sub(foe.place, own.place));
                scratch.far[at * count + other] = far;
                let call = far / pair.liking.max(1e-3);
                if nearest.is_none_or(|(least, _)| call < least) {
                    nearest = Some((call, other));
                }
                let spread_m = own.spread_m + foe.spread_m;
                let (points, share) = pair.points(far, spread_m * 0.7, &own.volleys);
                if points > 0.0 {
                    let near = pair.reach_m * 0.5 / far.max(pair.reach_m * 0.5);
                    let weight = there * pair.liking * share * near * near;
                    whole += weight;
                    scratch.weights.push((other, weight, points));
                }
            }
            scratch.chosen[at] = nearest.map(|(_, other)| other);
            if whole <= 0.0 {
                continue;
            }
            reached = true;
            let shooters = shooters(own, self.rules.wear_permille, self.rules.leaving_permille);
            let power = |permille: i64| permille.clamp(-2_000, 2_000) as f64 / 1_000.0;
            let crowd = libm::pow(friends.max(1.0) / 100.0, -power(self.rules.crowd_permille))
                * libm::pow(foes.max(1.0) / 100.0, power(self.rules.sparse_permille));
            let keen = match own.way.focus {
                Focus::Nearest => self.rules.nearest_keen_permille,
                _ => self.rules.keen_permille,
            };
            let keen = keen.clamp(0, 1_000) as f64 / 1_000.0;
            let speed = own.made.speed_mps.clamp(0, 10_000_000) as f64 * own.engines;
            for (other, weight, points) in &scratch.weights {
                let late = own.late * loosened[at] + self.cohorts[*other].late * loosened[*other];
                let loose = if late == 0.0 { 1.0 } else { libm::exp(late) };
                let flow = shooters * crowd * points * weight * loose / whole;
                scratch.flow[at * count + other] = flow;
                let under = &mut scratch.under[*other];
                under.points += flow;
                under.keen += flow * keen;
                under.chase += flow * speed;
            }
        }
        scratch.loosened = loosened;
        self.note_quarries(scratch);
        reached
    }

    /// The first time that a group's fire falls on its quarry.
    fn note_quarries(&mut self, scratch: &Scratch) {
        let count = self.cohorts.len();
        for at in 0..count {
            let posture = self.cohorts[at].posture;
            let Some(stance) = self.postures.get(posture) else { continue };
            if stance.struck || (stance.quarry.is_empty() && stance.quarry_ship.is_none()) {
                continue;
            }
            let sought = |other: &usize| {
                let foe = &self.cohorts[*other];
                foe.named && stance.quarry_ship.is_some()
                    || stance.quarry.iter().any(|class| class.index() == foe.class)
            };
            let found = (0..count).filter(|other| scratch.flow[at * count + other] > 0.0);
            if let Some(other) = found.into_iter().find(sought) {
                self.postures[posture].struck = true;
                self.struck.push((posture, self.tick + 1, other));
            }
        }
    }

    /// The most steps that any cohort's ships are struck down each, a second.
    fn quickest(&self, scratch: &Scratch) -> f64 {
        let mut quickest = 0.0_f64;
        for (cohort, under) in self.cohorts.iter().zip(&scratch.under) {
            let ships = f64::from(cohort.fighting.iter().sum::<u32>());
            if under.points > 0.0 && ships > 0.0 {
                let step = self.shield_step(cohort);
                let least =
                    if step > 0.0 { step.min(cohort.hull_step()) } else { cohort.hull_step() };
                quickest = quickest.max(under.points / ships / least.max(1.0));
            }
        }
        quickest
    }

    /// Points of one step of shields, as attackers meet them.
    fn shield_step(&self, cohort: &Cohort) -> f64 {
        let facings = if cohort.made.rotates_shields {
            self.rules.turning_facings_permille
        } else {
            self.rules.facings_permille
        };
        let facings = facings.clamp(1, 6_000) as f64 / 1_000.0;
        whole_points(cohort.made.shield) as f64 * facings / SHIELDS as f64
    }

    /// What the fire on a cohort does to it in so many seconds.
    fn rates(&self, cohort: &Cohort, under: Under, seconds: f64) -> Rates {
        let hurt = self.rules.hurt_permille.clamp(1, 1_000_000) as f64 / 1_000.0;
        let danger = self.rules.away_permille.clamp(0, 100_000) as f64 / 1_000.0;
        let speed = (cohort.made.speed_mps.clamp(1, 10_000_000) as f64 * cohort.engines).max(1.0);
        let quick = under.chase / (under.points * speed).max(1e-9);
        let aside = (danger * quick).clamp(0.0, 1.0);
        let best = state(if cohort.made.shield > 0 { SHIELDS } else { 0 }, 0);
        let (mut here, mut away) = (0_u32, 0_u32);
        for at in 0..STATES {
            here += cohort.fighting[at];
            away += cohort.away[at];
        }
        let whole = f64::from(cohort.fighting[best]) + f64::from(cohort.away[best]) * aside;
        let few =
            f64::from(here - cohort.fighting[best]) + f64::from(away - cohort.away[best]) * aside;
        let shield_step = self.shield_step(cohort).max(1.0);
        let hull_step = cohort.hull_step().max(1.0);
        // Fire keeps to the hurt, as far as they can be struck; what is over goes on to the whole.
        let drawn = few * hurt / (whole + few * hurt).max(1e-9);
        let keen = if few > 0.0 { under.keen / under.points.max(1e-9) } else { 0.0 };
        let on_few = under.points * (keen + (1.0 - keen) * drawn) / few.max(1e-9);
        let most = STRUCK_MOST / seconds * shield_step.max(hull_step);
        let on_few = if whole > 0.0 { on_few.min(most) } else { under.points / few.max(1e-9) };
        let on_whole = (under.points - on_few * few).max(0.0) / whole.max(1e-9);
        let share = |rate: f64| 1.0 - libm::exp(-rate * seconds);
        let first = if cohort.made.shield > 0 { shield_step } else { hull_step };
        let shield = whole_points(cohort.made.shield).max(1) as f64;
        let mends = self.rules.mend_permille.clamp(0, 10_000) as f64 / 1_000.0;
        let back = cohort.made.shield_recharge.max(0) as f64 / shield * SHIELDS as f64 * mends;
        Rates {
            whole: share(on_whole / first),
            shield: share(on_few / shield_step),
            hull: share(on_few / hull_step),
            aside,
            back: share(back),
        }
    }

    /// Volleys fired.
    fn spend(&mut self, scratch: &Scratch, seconds: f64) {
        let count = self.cohorts.len();
        for at in 0..count {
            if self.cohorts[at].volleys.iter().all(|left| *left <= 0.0) {
                continue;
            }
            // By the enemy that most of the fire goes to.
            let flows = (0..count).filter(|other| scratch.flow[at * count + other] > 0.0);
            let main = flows.max_by(|one, other| {
                scratch.flow[at * count + one].total_cmp(&scratch.flow[at * count + other])
            });
            let Some(main) = main else { continue };
            let spread_m = (self.cohorts[at].spread_m + self.cohorts[main].spread_m) * 0.7;
            let far = scratch.far[at * count + main];
            if let Some(pair) = &self.pairs[at * count + main] {
                pair.spend(far, spread_m, seconds, &mut self.cohorts[at].volleys);
            }
        }
    }

    /// What a step does to the counts of one cohort.
    fn suffer(&mut self, scratch: &Scratch, at: usize, seconds: f64) {
        let tick = i64::from(self.tick);
        let (dice, key) = (self.dice, self.cohorts[at].key);
        let under_fire = scratch.under[at].points > 0.0;
        let cohort = &self.cohorts[at];
        let shielded = cohort.made.shield > 0;
        let best = state(if shielded { SHIELDS } else { 0 }, 0);
        if !under_fire && cohort.alive() == cohort.fighting[best] {
            return;
        }
        let rates = self.rates(cohort, scratch.under[at], seconds);
        let cohort = &mut self.cohorts[at];
        let mut dead = 0;
        for (kind, counts) in [&mut cohort.fighting, &mut cohort.away].into_iter().enumerate() {
            let danger = if kind == 0 { 1.0 } else { rates.aside };
            let then = *counts;
            for (was, &ships) in then.iter().enumerate() {
                let (shields, lost) = (shields_of(was), lost_of(was));
                let mends = shielded && shields < SHIELDS;
                if ships == 0 || !(under_fire || mends) {
                    continue;
                }
                let number = (was * 2 + kind) as u32;
                let bits = halves(dice.roll(Purpose::Attrition, key, tick, number));
                let mut here = ships;
                if under_fire {
                    let chance = match shields {
                        _ if was == best => rates.whole,
                        0 => rates.hull,
                        _ => rates.shield,
                    };
                    let struck = drawn(bits[0], here, chance * danger);
                    here -= struck;
                    counts[was] -= struck;
                    if shields > 0 {
                        counts[state(shields - 1, lost)] += struck;
                    } else if lost + 1 < HULLS {
                        counts[state(0, lost + 1)] += struck;
                    } else {
                        dead += struck;
                    }
                }
                if mends {
                    let back = drawn(bits[1], here, rates.back);
                    counts[was] -= back;
                    counts[state(shields + 1, lost)] += back;
                }
            }
        }
        turn_away(cohort);
        if dead > 0 {
            cohort.dead += dead;
            self.mourn(at, dead);
            self.bury(scratch, at, dead);
        }
    }

    /// Who killed them: by share of the fire.
    fn bury(&mut self, scratch: &Scratch, of: usize, dead: u32) {
        let count = self.cohorts.len();
        let mut left = dead;
        let mut rest = scratch.under[of].points;
        let tick = self.tick + 1;
        for by in 0..count {
            let flow = scratch.flow[by * count + of];
            if flow <= 0.0 || left == 0 {
                continue;
            }
            let key = self.cohorts[of].key;
            let number = 256 + by as u32;
            let share = if flow >= rest * (1.0 - 1e-9) { 1.0 } else { flow / rest };
            let ships = binomial(&self.dice, key, i64::from(self.tick), number, left, share);
            rest -= flow;
            left -= ships;
            if ships > 0 {
                self.kills.push(Kill { tick, by, of, ships });
            }
        }
    }

    /// Everybody moves. True when anybody is closing on an enemy in good time.
    fn fly(&mut self, scratch: &mut Scratch, seconds: f64) -> bool {
        let count = self.cohorts.len();
        let (mut courses, mut places) = (take(&mut scratch.courses), take(&mut scratch.places));
        courses.clear();
        courses.resize(count, Course::Stay);
        places.clear();
        for (at, course) in courses.iter_mut().enumerate() {
            let own = &self.cohorts[at];
            let Some(other) = scratch.chosen[at] else { continue };
            let foe = &self.cohorts[other];
            let (Some(ours), theirs) =
                (&self.pairs[at * count + other], &self.pairs[other * count + at])
            else {
                continue;
            };
            let share = own.way.range_permille.clamp(0, 100_000) as f64 / 1_000.0;
            let ranges = Ranges {
                preferred_m: ours.main_range_m(&own.volleys) * share * 0.95,
                reach_m: ours.reach_m,
                theirs_m: theirs.as_ref().map_or(0.0, |pair| pair.reach_m),
                far_m: scratch.far[at * count + other],
                from_home_m: length(sub(foe.place, own.home)),
            };
            *course = motion::course(own, &ranges);
        }
        let meets = self.rules.closing_permille.clamp(1, 10_000) as f64 / 1_000.0;
        let mut closing = false;
        for at in 0..count {
            let own = &self.cohorts[at];
            let Some(other) = scratch.chosen[at].filter(|_| own.alive() > 0) else {
                places.push(own.place);
                continue;
            };
            let foe = &self.cohorts[other];
            let far_m = scratch.far[at * count + other];
            let mut speed = own.made.speed_mps.clamp(0, 10_000_000) as f64 * own.engines;
            // Neither flies at full speed at one who comes to meet him.
            let meeting = closes(courses[at], far_m)
                && scratch.chosen[other] == Some(at)
                && closes(courses[other], far_m)
                && foe.made.speed_mps > 0;
            if meeting {
                speed *= meets;
            }
            // From a standing start.
            let accel = own.made.accel_mps2.clamp(0, 1_000_000) as f64;
            let since_s = f64::from(self.tick) * self.tick_ms as f64 / 1_000.0 + seconds / 2.0;
            speed = speed.min(accel * since_s);
            let place = motion::moved(own, courses[at], foe.place, far_m, speed, seconds);
            let place = self.drifted(own, place, far_m, speed * seconds);
            let nearer = far_m - length(sub(foe.place, place));
            let reach = self.pairs[at * count + other].as_ref().map_or(0.0, |pair| pair.reach_m);
            closing |= reach > 0.0 && nearer / seconds * CLOSING_S > far_m - reach + 1_000.0;
            places.push(place);
        }
        for (at, place) in places.iter().copied().enumerate() {
            let reach = scratch.chosen[at]
                .and_then(|other| self.pairs[other * count + at].as_ref())
                .map_or(0.0, |pair| pair.reach_m);
            let far = scratch.chosen[at]
                .map_or(f64::INFINITY, |other| length(sub(self.cohorts[other].place, place)));
            let tick = self.tick + 1;
            let cohort = &mut self.cohorts[at];
            cohort.chasing = closes(courses[at], far);
            cohort.place = place;
            let clear = cohort.withdrawing && !cohort.told_out && cohort.alive() > 0;
            if clear && far - cohort.spread_m > reach * 1.2 + 1_000.0 {
                cohort.told_out = true;
                self.clear.push((at, tick));
            }
        }
        (scratch.courses, scratch.places) = (courses, places);
        closing
    }
}

impl Play<'_> {
    /// Where strafers are who would be at `place`: in a fight they draw it after them, each on a way that the dice give.
    fn drifted(&self, own: &Cohort, place: V3, far_m: f64, most_m: f64) -> V3 {
        let share = self.rules.drift_permille.clamp(0, 1_000) as f64 / 1_000.0;
        let fights = own.engaged_s > 0.0 && !own.withdrawing && far_m.is_finite();
        if own.way.motion != Motion::Strafe || share <= 0.0 || !fights {
            return place;
        }
        let roll = self.dice.roll(Purpose::Attrition, own.key, -1 - i64::from(self.id.0), 1 << 19);
        let way = [0, 1, 2].map(|axis| f64::from(roll.word(axis)) / 2_147_483_648.0 - 1.0);
        motion::along(place, motion::unit_or(way, [1.0, 0.0, 0.0]), share * most_m)
    }
}

/// Ships that shoot, in whole ships' worth.
fn shooters(cohort: &Cohort, wear_permille: i64, leaving_permille: i64) -> f64 {
    let wear = wear_permille.clamp(0, 1_000) as f64 / 1_000.0;
    let mut sum = 0.0;
    for (at, ships) in cohort.fighting.iter().enumerate() {
        sum += f64::from(*ships) * (1.0 - wear * lost_of(at) as f64 / HULLS as f64);
    }
    if cohort.withdrawing || cohort.routed {
        sum * leaving_permille.clamp(0, 1_000) as f64 / 1_000.0
    } else {
        sum
    }
}

/// Ships whose shields are low break off where their doctrine says so; those whose shields stand again come back.
fn turn_away(cohort: &mut Cohort) {
    let way = cohort.way;
    if way.break_off_permille <= 0 || cohort.made.shield <= 0 {
        return;
    }
    for at in 0..STATES {
        let stands = (shields_of(at) * 1_000 / SHIELDS) as i64;
        if stands < way.break_off_permille {
            cohort.away[at] += cohort.fighting[at];
            cohort.fighting[at] = 0;
        } else if stands >= way.rejoin_permille.min(1_000) {
            cohort.fighting[at] += cohort.away[at];
            cohort.away[at] = 0;
        }
    }
}
