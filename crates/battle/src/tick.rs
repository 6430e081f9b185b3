//! The tick: the list of what happens, in one place.

use crate::barrage::{self, Middles};
use crate::blast;
use crate::damage::{Blow, Effects};
use crate::enter::NOBODY;
use crate::flight::{Flight, InFlight, Intercept};
use crate::foes::Camps;
use crate::kinds::{Kinds, POINTS_MOST};
use crate::over::TICKS_MOST;
use crate::pool;
use crate::report::{Report, Told};
use crate::rows::{self, RAMMING, Row};
use crate::scene::{Scene, Tuning};
use crate::terrain::Terrain;
use crate::v3::{scale, sub, unit_or};
use crate::watch::{self, Watcher};
use crate::{calls, field, fire, mend, morale, motion, pulse, ram, targets, upkeep};
use jumpline_measure::{Dice, Time};
use jumpline_world::engagement::{Debris, Engagement, Mode};
use jumpline_world::event::How;
use jumpline_world::law::{Codex, Nature, Regard};
use rayon::prelude::*;

/// Rows in one chunk of thought. Fixed, so that it has nothing to do with the number of threads.
pub const CHUNK: usize = 256;

/// Most pieces of wreckage that are remembered.
const DEBRIS_MOST: usize = 4_096;

/// What one chunk of ships decided, to be carried out in order.
#[derive(Default)]
pub struct Thought {
    pub volleys: Vec<Flight>,
    /// Needles that struck missiles.
    pub intercepts: Vec<Intercept>,
    pub rammers: Vec<u32>,
    /// Who shoulders whom out of her way.
    pub shoves: Vec<(u32, u32)>,
    pub landed: Vec<u32>,
    pub out: Vec<u32>,
    /// Points of a star's heat past the shields.
    pub burns: Vec<(u32, i64)>,
    /// Is anybody in an enemy's reach, or closing?
    pub reached: bool,
}

impl Thought {
    fn clear(&mut self) {
        self.volleys.clear();
        self.intercepts.clear();
        self.rammers.clear();
        self.shoves.clear();
        self.landed.clear();
        self.out.clear();
        self.burns.clear();
        self.reached = false;
    }
}

/// Plays whole ticks up to `until`. Reports are added to `out` in the order in which things happen.
///
/// `threads` of 0 or 1 plays on the calling thread; any number gives the same result.
pub fn advance(
    codex: &Codex,
    dice: &Dice,
    regards: &[Vec<Regard>],
    engagement: &mut Engagement,
    until: Time,
    threads: usize,
    out: &mut Vec<Report>,
) {
    advance_tuned(codex, dice, regards, engagement, until, threads, Tuning::default(), out);
}

/// What battles of one law need made ready, to be kept from one advance to the next.
#[derive(Clone, Debug)]
pub struct Ready(Kinds);

impl Ready {
    /// Makes a law's classes, weapons and doctrines ready.
    pub fn new(codex: &Codex) -> Ready {
        Ready(Kinds::new(codex))
    }
}

/// [`advance`], with the law's part made ready before. It must be that of the same codex.
#[expect(clippy::too_many_arguments, reason = "advance's own, and what was made ready")]
pub fn advance_ready(
    codex: &Codex,
    ready: &Ready,
    dice: &Dice,
    regards: &[Vec<Regard>],
    engagement: &mut Engagement,
    until: Time,
    threads: usize,
    out: &mut Vec<Report>,
) {
    let (tuning, ready) = (Tuning::default(), Some(ready));
    play(codex, ready, dice, regards, engagement, until, threads, tuning, None, out);
}

/// [`advance`] with knobs that change speed and never the result.
#[doc(hidden)]
#[expect(clippy::too_many_arguments, reason = "advance's own, and the knobs")]
pub fn advance_tuned(
    codex: &Codex,
    dice: &Dice,
    regards: &[Vec<Regard>],
    engagement: &mut Engagement,
    until: Time,
    threads: usize,
    tuning: Tuning,
    out: &mut Vec<Report>,
) {
    play(codex, None, dice, regards, engagement, until, threads, tuning, None, out);
}

/// [`advance`], with somebody who is shown all ships after each tick.
#[expect(clippy::too_many_arguments, reason = "advance's own, and who watches")]
pub fn advance_watched(
    codex: &Codex,
    dice: &Dice,
    regards: &[Vec<Regard>],
    engagement: &mut Engagement,
    until: Time,
    threads: usize,
    watcher: &mut dyn Watcher,
    out: &mut Vec<Report>,
) {
    let tuning = Tuning::default();
    play(codex, None, dice, regards, engagement, until, threads, tuning, Some(watcher), out);
}

#[expect(clippy::too_many_arguments, reason = "advance's own, the knobs, and who watches")]
fn play(
    codex: &Codex,
    ready: Option<&Ready>,
    dice: &Dice,
    regards: &[Vec<Regard>],
    engagement: &mut Engagement,
    until: Time,
    threads: usize,
    tuning: Tuning,
    mut watcher: Option<&mut dyn Watcher>,
    out: &mut Vec<Report>,
) {
    let rules = &codex.rules.battle;
    let tick_ms = rules.tick_ms.clamp(1, 600_000);
    let span_ms = until.saturating_since(engagement.began).seconds().saturating_mul(1_000);
    let last = u32::try_from((span_ms / tick_ms).max(0)).unwrap_or(u32::MAX).min(TICKS_MOST);
    if last <= engagement.tick {
        return;
    }
    if engagement.columns.id.is_empty() || codex.classes.is_empty() || codex.doctrines.is_empty() {
        let quiet = last - engagement.tick;
        engagement.quiet_ticks = engagement.quiet_ticks.saturating_add(quiet);
        engagement.tick = last;
        return;
    }
    let made = if ready.is_none() { Some(Kinds::new(codex)) } else { None };
    let Some(kinds) = ready.map(|ready| &ready.0).or(made.as_ref()) else { return };
    // Camps are reckoned from all who ever came, so that a power's death does not regroup the living.
    let present: Vec<_> = engagement.tallies.iter().map(|tally| tally.power).collect();
    let camps = Camps::new(regards, &present);
    let pool = pool::of(threads, engagement.columns.id.len());
    let load = || rows::load(codex, kinds, &camps, engagement, pool.is_some());
    let mut rows = match pool {
        Some(pool) => pool.install(load),
        None => load(),
    };
    let flights = InFlight::load(kinds, &camps, engagement, &rows);
    let postures = engagement.postures.clone();
    let terrain = Terrain::new(codex, engagement);
    let mut scene = Scene::new(kinds, rules, *dice, terrain, camps, &postures, &rows);
    scene.tuning = tuning;
    let mut play = Play {
        thoughts: (0..rows.len().div_ceil(CHUNK)).map(|_| Thought::default()).collect(),
        flights,
        due: Vec::new(),
        tick_ms,
    };
    if let Some(watcher) = &mut watcher {
        watch::show(&rows, engagement, *watcher);
    }
    while engagement.tick < last {
        // Who watches is shown every tick, and stays on this thread.
        let halt = if watcher.is_some() { engagement.tick + 1 } else { last };
        let mut on = |parallel: bool| {
            while engagement.tick < halt {
                play.tick(&mut scene, &mut rows, engagement, parallel, out);
            }
        };
        match pool {
            Some(pool) => pool.install(|| on(true)),
            None => on(false),
        }
        if let Some(watcher) = &mut watcher {
            watch::show(&rows, engagement, *watcher);
        }
    }
    play.flights.store(&rows, engagement);
    rows::store(&rows, &mut engagement.columns);
}

/// What lasts from tick to tick of one `advance`.
struct Play {
    thoughts: Vec<Thought>,
    flights: InFlight,
    due: Vec<Flight>,
    tick_ms: i64,
}

impl Play {
    fn tick(
        &mut self,
        scene: &mut Scene,
        rows: &mut [Row],
        engagement: &mut Engagement,
        parallel: bool,
        out: &mut Vec<Report>,
    ) {
        engagement.tick += 1;
        let tick = engagement.tick;
        let missiles = &mut self.flights.missiles;
        missiles.retain(|missile| missile.count > 0 && rows[missile.to as usize].here());
        calls::tag(scene, rows, engagement, tick);
        morale::look(scene, engagement);
        scene.look(tick, rows, &engagement.fields, missiles, parallel);
        self.think(scene, rows, parallel);
        let at = Time(
            engagement
                .began
                .0
                .saturating_add((i64::from(tick)).saturating_mul(self.tick_ms) / 1_000),
        );
        let gone = self.strike(scene, rows, engagement, at, out);
        engagement.ship_ticks += scene.present.saturating_sub(gone) as u64;
        let reached = self.thoughts.iter().any(|thought| thought.reached);
        engagement.quiet_ticks = if reached { 0 } else { engagement.quiet_ticks.saturating_add(1) };
    }

    /// The first half: every ship for herself, seeing only the beginning of the tick.
    fn think(&mut self, scene: &Scene, rows: &mut [Row], parallel: bool) {
        let seconds = upkeep::seconds(scene.tick, self.tick_ms);
        let one = |(chunk, (rows, thought)): (usize, (&mut [Row], &mut Thought))| {
            thought.clear();
            for (nth, row) in rows.iter_mut().enumerate() {
                think(scene, chunk * CHUNK + nth, row, seconds, thought);
            }
        };
        if parallel {
            rows.par_chunks_mut(CHUNK).zip(self.thoughts.par_iter_mut()).enumerate().for_each(one);
        } else {
            rows.chunks_mut(CHUNK).zip(self.thoughts.iter_mut()).enumerate().for_each(one);
        }
        #[cfg(feature = "canary")]
        if parallel {
            // The planted fault: results gathered in another order when there are threads.
            self.thoughts.reverse();
        }
    }

    /// The second half: what was decided takes effect, in order of id. Returns how many have left.
    fn strike(
        &mut self,
        scene: &Scene,
        rows: &mut [Row],
        engagement: &mut Engagement,
        at: Time,
        out: &mut Vec<Report>,
    ) -> usize {
        let mut effects = Effects {
            scene,
            rows,
            out,
            at,
            deaths: Vec::new(),
            struck: Vec::new(),
            count: 0,
            blows: false,
            gone: 0,
        };
        for thought in &self.thoughts {
            for intercept in &thought.intercepts {
                self.flights.intercept(scene, intercept);
            }
        }
        self.due.clear();
        for thought in &mut self.thoughts {
            for flight in thought.volleys.drain(..) {
                if flight.due <= scene.tick {
                    self.due.push(flight);
                } else {
                    self.flights.put(scene.kinds, flight);
                }
            }
        }
        self.flights.take_due(scene.tick, &mut self.due);
        let due = &mut self.due;
        self.flights.missiles.retain(|missile| {
            if missile.due <= scene.tick {
                due.push(missile.clone());
            }
            missile.due > scene.tick
        });
        #[cfg(not(feature = "canary"))]
        self.due.sort_by_key(Flight::key);
        let mut middles = Middles::default();
        for flight in &self.due {
            if scene.kinds.arms[usize::from(flight.weapon)].barrage_m > 0.0 {
                barrage::burst(&mut effects, &mut middles, flight);
            } else {
                land(&mut effects, &engagement.postures, flight);
            }
        }
        for (row, points) in self.thoughts.iter().flat_map(|thought| &thought.burns) {
            let from = scale(scene.terrain.up(effects.rows[*row as usize].place), -1.0);
            let blow = Blow {
                shield: *points,
                hull: *points,
                by: None,
                how: How::Star,
                from,
                turned_permille: 0,
                parts_permille: 1_000,
            };
            effects.strike(*row as usize, blow);
        }
        field::strike(
            &mut effects,
            &mut engagement.fields,
            &mut self.flights,
            &mut engagement.debris,
        );
        for thought in &self.thoughts {
            ram::strike(&mut effects, &thought.rammers);
            ram::shove(&mut effects, &thought.shoves);
        }
        blast::charges(&mut effects);
        for (posture, quarry) in std::mem::take(&mut effects.struck) {
            let quarry = effects.rows[quarry as usize].id;
            let posture = &mut engagement.postures[usize::from(posture)];
            posture.struck = true;
            let group = posture.group;
            effects.tell(Told::QuarryStruck { group, quarry });
        }
        if effects.blows {
            engagement.struck_tick = scene.tick;
        }
        bury(&mut effects, engagement);
        morale::keep(&mut effects, engagement);
        for row in self.thoughts.iter().flat_map(|thought| &thought.landed) {
            if effects.alive(*row as usize) {
                let left = effects.rows[*row as usize].left();
                effects.rows[*row as usize].mode = Mode::Gone;
                effects.gone += 1;
                effects.tell(Told::ReachedAir { ship: left.ship, left });
            }
        }
        for row in self.thoughts.iter().flat_map(|thought| &thought.out) {
            if effects.alive(*row as usize) {
                let ship = effects.rows[*row as usize].id;
                effects.tell(Told::Out { ship });
            }
        }
        let gone = effects.gone;
        if scene.kinds.unaimed {
            barrage::pass_on(scene.kinds, rows, self.flights.all_mut());
        }
        gone
    }
}

/// One ship's thought.
fn think(scene: &Scene, number: usize, row: &mut Row, seconds: i64, thought: &mut Thought) {
    if !row.here() {
        return;
    }
    let kind = &scene.kinds.classes[usize::from(row.class)];
    let way = &scene.kinds.ways[usize::from(row.way)];
    upkeep::keep(scene, number, row, kind, seconds, thought);
    motion::mood(scene, row, kind, way);
    let before = row.target[0];
    targets::choose(scene, number, row, kind, way);
    if row.target[0] != before {
        row.held = 0;
    }
    // A target that is no enemy, or no more, was dropped in choosing.
    let main = scene.seen.get(row.target[0] as usize);
    let main = main.map(|seen| targets::Sighted::new(row.place, seen));
    // She fires from where she was seen to be.
    fire::fire(scene, number, row, main.as_ref(), kind, thought);
    row.silenced = row.silenced.saturating_sub(1);
    mend::mend(scene, row, kind);
    motion::fly(scene, number, row, kind, way, main.as_ref(), thought);
    if row.flags & RAMMING != 0 && row.target[0] != NOBODY {
        thought.rammers.push(number as u32);
    }
}

/// A volley comes in.
fn land(effects: &mut Effects, postures: &[jumpline_world::engagement::Posture], flight: &Flight) {
    let target = flight.to as usize;
    if flight.count == 0 || !effects.alive(target) {
        return;
    }
    let scene = effects.scene;
    let arms = &scene.kinds.arms[usize::from(flight.weapon)];
    let mut count = i64::from(flight.count);
    if flight.hit_permille < 1_000 {
        let chance = f32::from(flight.hit_permille) / 1_000.0;
        let subject = u64::from(flight.from.0);
        let number = 256 + u32::from(flight.battery);
        count = fire::hits(&scene.dice, subject, flight.fired, number, count, chance, arms.nature);
    }
    if count <= 0 {
        return;
    }
    let place = scene.seen[target].place;
    let to = sub(flight.origin, place);
    let far = (crate::v3::length(to) - scene.seen[target].radius).max(0.0);
    let share = 1_000 - ((far / arms.range_m).clamp(0.0, 1.0) * arms.falloff * 1_000.0) as i64;
    let power = i64::from(flight.power_permille);
    let points = (count * arms.damage * share / 1_000).min(POINTS_MOST) * power / 1_000;
    let blow = Blow {
        shield: points * arms.shield_permille / 1_000,
        hull: points * arms.hull_permille / 1_000,
        by: Some(flight.from),
        how: How::Weapon(jumpline_measure::WeaponId::from_index(usize::from(flight.weapon))),
        from: unit_or(to, [1.0, 0.0, 0.0]),
        turned_permille: arms.deflect_permille,
        parts_permille: arms.parts_permille,
    };
    if arms.nature == Nature::Pulse {
        pulse::burst(effects, place, flight.shooter as usize, target, &blow, arms);
        return;
    }
    effects.strike(target, blow);
    let shooter = flight.shooter as usize;
    if effects.rows.get(shooter).is_some_and(Row::here) {
        effects.note_quarry(postures, shooter, target);
    }
    if arms.splash_m > 0.0 {
        let part = scene.rules.splash_permille.clamp(0, 1_000);
        let splash = (blow.shield * part / 1_000, blow.hull * part / 1_000);
        blast::around(effects, place, arms.splash_m, splash, target, blow.by, blow.how);
    }
}

/// The dead of this tick leave the table.
fn bury(effects: &mut Effects, engagement: &mut Engagement) {
    let scene = effects.scene;
    let lasts = scene.rules.debris_s.clamp(0, 100_000) * 1_000 / scene.kinds.tick_ms;
    for death in std::mem::take(&mut effects.deaths) {
        let row = &mut effects.rows[death.row as usize];
        if !row.here() {
            continue;
        }
        row.mode = Mode::Gone;
        effects.gone += 1;
        let left = row.left();
        let (ship, place, power) = (row.id, row.place, row.power);
        if let Some(posture) = engagement.postures.get_mut(usize::from(row.posture)) {
            posture.lost += 1;
        }
        morale::mourn(scene, effects.rows, engagement, death.row as usize);
        if let Ok(at) = engagement.tallies.binary_search_by_key(&power, |tally| tally.power) {
            engagement.tallies[at].lost += 1;
        }
        engagement
            .debris
            .push(Debris { position: place, until: scene.tick.saturating_add(lasts as u32) });
        let altitude_m = scene.terrain.altitude_m(place) as i64;
        effects.tell(Told::ShipLost { ship, by: death.by, how: death.how, altitude_m, left });
    }
    let tick = scene.tick;
    if engagement.debris.len() > DEBRIS_MOST {
        let spare = engagement.debris.len() - DEBRIS_MOST;
        engagement.debris.drain(..spare);
    }
    engagement.debris.retain(|piece| piece.until > tick);
}
