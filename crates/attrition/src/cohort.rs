//! A cohort: ships of one class in one group, counted by how hurt they are. Made from the columns; knows its ships by row.

use crate::motion::V3;
use jumpline_measure::{GroupId, PowerId};
use jumpline_world::engagement::{Columns, Engagement, Mode};
use jumpline_world::law::{Class, Codex, Doctrine};
use std::ops::Range;

/// Steps of shields; a ship has 0 (none left where she is struck) to this many.
pub const SHIELDS: usize = 4;
/// Steps of armour and hull; a ship that has lost this many is dead.
pub const HULLS: usize = 4;
/// States of a living ship.
pub const STATES: usize = (SHIELDS + 1) * HULLS;

/// The state of a ship with so many steps of shields, that has lost so many of hull.
pub const fn state(shields: usize, lost: usize) -> usize {
    lost * (SHIELDS + 1) + shields
}

/// Steps of shields in a state.
pub const fn shields_of(state: usize) -> usize {
    state % (SHIELDS + 1)
}

/// Steps of hull lost in a state.
pub const fn lost_of(state: usize) -> usize {
    state / (SHIELDS + 1)
}

/// Points as they are reckoned with: no content, however hostile, can overflow a sum of a few of them.
pub fn whole_points(points: i64) -> i64 {
    points.clamp(0, i64::from(i32::MAX))
}

/// Ships by state.
pub type Counts = [u32; STATES];

/// One cohort.
#[derive(Clone, Debug)]
pub struct Cohort<'a> {
    /// Its place among the engagement's postures.
    pub posture: usize,
    pub group: GroupId,
    /// Index of the class.
    pub class: usize,
    pub made: &'a Class,
    pub way: &'a Doctrine,
    pub power: PowerId,
    /// What its dice are named by.
    pub key: u64,
    /// Is it the one ship that somebody's officers named as their quarry?
    pub named: bool,
    /// Rows in the columns when it was counted, ascending.
    pub rows: Vec<u32>,
    /// Their states then.
    pub states: Vec<u8>,
    /// In the fight, and away from it until their shields are back.
    pub fighting: Counts,
    pub away: Counts,
    pub dead: u32,
    /// Gone by her own drive, by state.
    pub left: Counts,
    /// Middle of its ships: when counted, and now, metres.
    pub began: V3,
    pub place: V3,
    /// Where it stood when the battle began for it.
    pub home: V3,
    /// How far its ships are from their middle, root mean square, metres.
    pub spread_m: f64,
    /// Mean share of the engines that is left.
    pub engines: f64,
    /// Gunnery, share.
    pub skill: f64,
    /// Volleys left to each battery, mean; negative never runs out.
    pub volleys: [f64; 4],
    /// The same when it was counted.
    pub volleys_then: [f64; 4],
    pub withdrawing: bool,
    /// Running, every ship for herself.
    pub routed: bool,
    pub called: bool,
    pub bound: V3,
    /// Told that it is clear.
    pub told_out: bool,
    /// Cannot jump: what is left of those who could has gone.
    pub stays: bool,
    /// Logarithm of what is left of fire by it and on it once the fight has loosened.
    pub late: f64,
    /// Seconds since it first had an enemy in reach.
    pub engaged_s: f64,
    /// Running, or has run, at somebody: who waits at a station and chases has begun to.
    pub chasing: bool,
}

impl Cohort<'_> {
    pub fn alive(&self) -> u32 {
        self.fighting.iter().sum::<u32>() + self.away.iter().sum::<u32>()
    }

    /// Ships by state, fighting or away.
    pub fn living(&self) -> Counts {
        let mut all = self.fighting;
        for (sum, away) in all.iter_mut().zip(&self.away) {
            *sum += away;
        }
        all
    }

    /// Points of one step of hull.
    pub fn hull_step(&self) -> f64 {
        (whole_points(self.made.armour) + whole_points(self.made.hull).max(1)) as f64 / HULLS as f64
    }
}

/// Counts the ships of an engagement. Rows that make no sense (no such class, doctrine or posture) are left alone.
pub fn count<'a>(codex: &'a Codex, engagement: &Engagement) -> Vec<Cohort<'a>> {
    let columns = &engagement.columns;
    let named: Vec<u32> =
        engagement.postures.iter().filter_map(|one| one.quarry_ship).map(|ship| ship.0).collect();
    let classes = codex.classes.len();
    let mut cohorts: Vec<Cohort<'a>> = Vec::new();
    // By posture and class; most ships stand in the cohort of the ship before them.
    let mut places: Vec<Option<usize>> = vec![None; engagement.postures.len() * classes];
    let kind = |row: usize| (columns.posture[row], columns.class[row]);
    let mut from = 0;
    while from < columns.id.len() {
        // Ships of one group and class mostly stand in a row.
        let mut to = from + 1;
        while to < columns.id.len() && kind(to) == kind(from) {
            to += 1;
        }
        let (posture, class) = (usize::from(columns.posture[from]), columns.class[from].index());
        let run = from..to;
        from = to;
        if class >= classes || posture >= engagement.postures.len() {
            continue;
        }
        let own = |row: usize| named.contains(&columns.id[row].0);
        let quarry = run.clone().filter(|row| !named.is_empty() && own(*row));
        for row in quarry.filter(|row| columns.mode[*row] != Mode::Gone) {
            cohorts.extend(open(codex, engagement, row, true).map(|mut fresh| {
                add(&mut fresh, columns, row..row + 1, &[]);
                fresh
            }));
        }
        let slot = posture * classes + class;
        let at = match places[slot] {
            Some(at) => at,
            None => {
                let Some(fresh) = open(codex, engagement, run.start, false) else { continue };
                cohorts.push(fresh);
                places[slot] = Some(cohorts.len() - 1);
                cohorts.len() - 1
            }
        };
        add(&mut cohorts[at], columns, run, &named);
    }
    cohorts.retain(|cohort| !cohort.rows.is_empty());
    for cohort in &mut cohorts {
        close(cohort, columns);
    }
    cohorts
}

fn open<'a>(
    codex: &'a Codex,
    engagement: &Engagement,
    row: usize,
    named: bool,
) -> Option<Cohort<'a>> {
    let columns = &engagement.columns;
    let posture = usize::from(columns.posture[row]);
    let stance = engagement.postures.get(posture)?;
    let class = columns.class[row].index();
    let made = codex.classes.get(class)?;
    let way = codex.doctrines.get(stance.doctrine.unwrap_or(made.doctrine).index())?;
    let bound = stance.bound.map(f64::from);
    let late = codex.attrition.late_permille(columns.class[row]);
    Some(Cohort {
        posture,
        group: stance.group,
        class,
        made,
        way,
        power: columns.power[row],
        key: u64::from(stance.group.0) << 32 | (class as u64) << 1 | u64::from(named),
        named,
        rows: Vec::new(),
        states: Vec::new(),
        fighting: [0; STATES],
        away: [0; STATES],
        dead: 0,
        left: [0; STATES],
        began: [0.0; 3],
        place: [0.0; 3],
        home: [0.0; 3],
        spread_m: 0.0,
        engines: 0.0,
        skill: 0.0,
        volleys: [0.0; 4],
        volleys_then: [0.0; 4],
        withdrawing: stance.withdrawing,
        routed: stance.routed_until >= engagement.tick.max(1),
        called: stance.called,
        bound: crate::motion::unit_or(bound, [0.0; 3]),
        told_out: false,
        stays: false,
        late: libm::log(late.clamp(1, 1_000_000) as f64 / 1_000.0),
        engaged_s: 0.0,
        chasing: false,
    })
}

/// Adds the ships of some rows, all of one class, but those named.
fn add(cohort: &mut Cohort, columns: &Columns, run: Range<usize>, named: &[u32]) {
    let made = cohort.made;
    cohort.rows.reserve(run.len());
    cohort.states.reserve(run.len());
    for row in run {
        let mode = columns.mode[row];
        if mode == Mode::Gone || (!named.is_empty() && named.contains(&columns.id[row].0)) {
            continue;
        }
        let state = state_of(made, &columns.shields[row], columns.armour[row], columns.hull[row]);
        let counts = match mode {
            Mode::BreakingOff => &mut cohort.away,
            _ => &mut cohort.fighting,
        };
        counts[state] += 1;
        cohort.rows.push(row as u32);
        cohort.states.push(state as u8);
        let (place, station) = (columns.position[row], columns.station[row]);
        for axis in 0..3 {
            cohort.place[axis] += finite(place[axis]);
            cohort.home[axis] += finite(station[axis]);
        }
        let parts = &columns.parts[row];
        let mut skill = f64::from(columns.skill_permille[row].clamp(0, 10_000));
        if parts.sensors_lost_permille > 0 {
            skill *= 1.0 - 0.7 * f64::from(parts.sensors_lost_permille.min(1_000)) / 1_000.0;
        }
        cohort.skill += skill;
        cohort.engines += f64::from(1_000 - parts.engine_lost_permille.min(1_000));
        for (volleys, left) in cohort.volleys.iter_mut().zip(columns.shots[row]) {
            *volleys += f64::from(left.max(-1));
        }
        // Bits of the columns that `battle` keeps: running out after a pass or a chase, told that she is clear.
        cohort.chasing |= columns.flags[row] & 1 != 0;
        cohort.told_out |= columns.flags[row] & 2 != 0;
    }
}

fn close(cohort: &mut Cohort, columns: &Columns) {
    let count = cohort.rows.len().max(1) as f64;
    for axis in 0..3 {
        cohort.place[axis] /= count;
        cohort.home[axis] /= count;
    }
    cohort.engines /= count * 1_000.0;
    cohort.skill /= count * 1_000.0;
    for (battery, volleys) in cohort.volleys.iter_mut().enumerate() {
        let gun = cohort.made.batteries.get(battery);
        let mounts = gun.map_or(1, |gun| gun.mounts).clamp(1, 1_000_000) as f64;
        *volleys = if gun.is_none() {
            0.0
        } else if *volleys < 0.0 {
            -1.0
        } else {
            *volleys / (count * mounts)
        };
    }
    cohort.volleys_then = cohort.volleys;
    cohort.began = cohort.place;
    // A few dozen ships tell how far they stand from one another.
    let stride = (cohort.rows.len() / 64).max(1);
    let (mut sum, mut seen) = (0.0, 0.0_f64);
    for row in cohort.rows.iter().step_by(stride) {
        for axis in 0..3 {
            let aside = finite(columns.position[*row as usize][axis]) - cohort.place[axis];
            sum += aside * aside;
        }
        seen += 1.0;
    }
    cohort.spread_m = (sum / seen.max(1.0)).sqrt();
}

/// Places are clamped so that no column, however hostile, can overflow a sum.
fn finite(metres: f32) -> f64 {
    if metres.is_finite() { f64::from(metres).clamp(-1e12, 1e12) } else { 0.0 }
}

/// The state of a ship as she is.
pub fn state_of(made: &Class, shields: &[i32; 6], armour: i32, hull: i32) -> usize {
    let full = whole_points(made.shield);
    let untouched = i64::from(hull) == made.hull
        && i64::from(armour) == made.armour
        && shields.iter().all(|points| i64::from(*points) == full);
    if untouched {
        return state(if full > 0 { SHIELDS } else { 0 }, 0);
    }
    let steps = if full == 0 {
        0
    } else {
        let sum: i64 = shields.iter().map(|points| i64::from(*points).clamp(0, full)).sum();
        // The struck side is empty when half of all is gone: what comes back first is what was struck.
        let struck = (2 * sum - 6 * full).max(0);
        ((struck * SHIELDS as i64 + 3 * full) / (6 * full)) as usize
    };
    let whole = (whole_points(made.armour) + whole_points(made.hull).max(1)).max(1);
    let left = (i64::from(armour).max(0) + i64::from(hull).max(0)).min(whole);
    let lost = ((whole - left) * HULLS as i64 / whole) as usize;
    state(steps.min(SHIELDS), lost.min(HULLS - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_numbered_without_gaps() {
        for lost in 0..HULLS {
            for shields in 0..=SHIELDS {
                let at = state(shields, lost);
                assert_eq!((shields_of(at), lost_of(at)), (shields, lost));
            }
        }
        assert_eq!(state(SHIELDS, HULLS - 1), STATES - 1);
    }
}
