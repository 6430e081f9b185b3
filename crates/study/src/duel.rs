//! Setting up: sides on the corners of an even polygon, or where they are told to stand, over one body.

use crate::arena::{BARE, chart, crews_of};
use crate::bout::{self, Bout, Ended};
use crate::force::{Force, Row};
use crate::officers;
use crate::outcome::Outcome;
use crate::rough::{self, Field};
use crate::setting::Setting;
use jumpline_battle::Watcher;
use jumpline_battle::tuning::Tuning;
use jumpline_chart::Spot;
use jumpline_measure::{Bearing, BodyId, Dice, PowerId, Purpose, Vec3m};
use jumpline_world::Law;
use jumpline_world::engagement::Engagement;
use jumpline_world::law::{Attrition, Doctrine, ForceShips, Forces, Plan, Power, Regard};
use jumpline_world::muster::Booking;
use jumpline_world::state::{Fallback, Resolution, State};
use rayon::prelude::*;

pub use crate::force::SHIPS_MOST;

/// Most sides of one duel.
pub const SIDES_MOST: usize = jumpline_scenario::caps::DUEL_SIDES_MAX;

/// Two or more sides, ready to fight as often as asked.
#[derive(Clone, Debug)]
pub struct Duel {
    /// The law with a bare chart and one power for each power of each side.
    pub(crate) law: Law,
    /// How the sides' powers regard one another.
    pub(crate) regards: Vec<Vec<Regard>>,
    /// Every row of every side, in order: the order in which results are kept.
    pub(crate) places: Vec<(usize, usize)>,
    /// The power of each row's crews, by side.
    crews: Vec<Vec<PowerId>>,
    pub(crate) centre: Spot,
    pub(crate) distance_m: i64,
    names: Vec<String>,
    setting: Setting,
    resolution: Resolution,
}

/// Ships and groups before the first shot.
pub(crate) struct Opening {
    pub(crate) state: State,
    /// Which of the duel's places each group is.
    pub(crate) place_of: Vec<usize>,
}

/// How a caller watches and stops a duel.
pub struct Watch<'a> {
    /// Asked between beats of every battle; true ends the duel without a result.
    pub stopped: &'a (dyn Fn() -> bool + Sync),
    /// Told each battle that is over, in no order.
    pub done: &'a (dyn Fn(&Bout) + Sync),
}

impl Duel {
    /// Sets up these sides, all hostile to one another, at a distance from one another, metres. An error says what is wrong in words.
    pub fn new(law: &Law, forces: Vec<Force>, distance_m: i64) -> Result<Duel, String> {
        Duel::set(law, Setting::of(forces, distance_m))
    }

    /// Sets up what a setting says. An error says what is wrong in words.
    pub fn set(law: &Law, setting: Setting) -> Result<Duel, String> {
        let Setting { forces, distance_m, .. } = &setting;
        let distance_m = *distance_m;
        if forces.len() < 2 {
            return Err("a duel needs two sides".to_owned());
        }
        if forces.len() > SIDES_MOST {
            return Err(format!("{} sides; {SIDES_MOST} is the most", forces.len()));
        }
        let ships = forces.iter().map(Force::ships).fold(0, u64::saturating_add);
        if ships > SHIPS_MOST {
            return Err(format!("{ships} ships; a duel holds at most {SHIPS_MOST}"));
        }
        let reach_m = law.codex.rules.battle.engage_range_m;
        if distance_m < 1 || distance_m > reach_m {
            return Err(format!(
                "{} km apart: by the rules fleets meet within {} km of each other",
                distance_m / 1_000,
                reach_m / 1_000
            ));
        }
        let mut law = law.clone();
        law.plan = Plan { arrivals: Vec::new(), operations: Vec::new(), expectations: Vec::new() };
        law.codex.alliances = Vec::new();
        let place = setting.place.unwrap_or(BARE);
        law.codex.chart = chart(&place);
        if let Some(longest_s) = setting.longest_s {
            law.codex.rules.battle.longest_s = longest_s;
        }
        let known = std::mem::take(&mut law.codex.powers);
        let mut sides: Vec<usize> = Vec::new();
        let mut crews: Vec<Vec<PowerId>> = Vec::new();
        for (side, force) in forces.iter().enumerate() {
            let mut own: Vec<(Option<PowerId>, PowerId)> = Vec::new();
            let mut of_rows = Vec::new();
            for row in &force.rows {
                let at = own.iter().find(|(power, _)| *power == row.power).map(|(_, id)| *id);
                let id = at.unwrap_or_else(|| {
                    let id = PowerId::from_index(law.codex.powers.len());
                    let power = row.power.and_then(|power| known.get(power.index()));
                    law.codex.powers.push(crews_of(power, side));
                    sides.push(side);
                    own.push((row.power, id));
                    id
                });
                of_rows.push(id);
            }
            crews.push(of_rows);
        }
        let regards = sides
            .iter()
            .map(|one| sides.iter().map(|other| setting.regard(*one, *other)).collect())
            .collect();
        let row_places = |(side, force): (usize, &Force)| {
            (0..force.rows.len()).map(move |row| (side, row)).collect::<Vec<_>>()
        };
        let places = forces.iter().enumerate().flat_map(row_places).collect();
        let names = names(&known, forces);
        let centre = Spot::new(place.altitude_m, Bearing::X);
        let resolution = Resolution::Entity;
        Ok(Duel { law, regards, places, crews, centre, distance_m, names, setting, resolution })
    }

    /// Fresh ships on their corners, a side's classes abreast of one another. The sides draw lots for the first corner and the first
    /// numbers: whatever those are worth, over many seeds they are worth the same to all.
    pub(crate) fn opening(&self, seed: u64) -> Option<Opening> {
        let sides = self.forces().len();
        let lot = Dice::new(seed).roll(Purpose::Spare, 0, 0, 0).word(0) as usize % sides.max(1);
        let mut opening = Opening { state: State::new(&self.law, seed), place_of: Vec::new() };
        for corner in 0..sides {
            self.muster((corner + lot) % sides, corner, &mut opening)?;
        }
        Some(opening)
    }

    fn muster(&self, side: usize, corner: usize, opening: &mut Opening) -> Option<()> {
        let body = BodyId(0);
        let centre = self.law.codex.chart.spot_offset(body, &self.centre);
        let turn = core::f64::consts::TAU / self.forces().len() as f64;
        let radius = self.distance_m as f64 / (2.0 * libm::sin(turn / 2.0));
        let (sine, cosine) = libm::sincos(turn * corner as f64);
        let widths: Vec<f64> =
            self.forces()[side].rows.iter().map(|row| self.width_m(row)).collect();
        let whole: f64 = widths.iter().sum();
        // A broad front is pressed together rather than reach round the enemy.
        let press = (self.distance_m as f64 / whole.max(1.0)).min(1.0);
        let mut along = -whole / 2.0;
        for (row, width) in widths.iter().enumerate() {
            let across = (along + width / 2.0) * press;
            along += width;
            let place = match self.forces()[side].place_m {
                // Its rows abreast of one another still.
                Some([x, y, z]) => Vec3m { x, y, z: z.saturating_add(across as i64) },
                None => Vec3m {
                    x: 0,
                    y: (radius * cosine - across * sine) as i64,
                    z: (radius * sine + across * cosine) as i64,
                },
            };
            let spot = self.law.codex.chart.spot_at(body, centre + place);
            let Row { class, count, doctrine, .. } = self.forces()[side].rows[row];
            let key = format!("side-{}-{}", side + 1, row + 1);
            let ships =
                vec![ForceShips { class, count, aboard: false, names: Vec::new(), mines: 0 }];
            let forces = Forces {
                name: key.clone(),
                key,
                power: self.crews[side][row],
                tags: Vec::new(),
                body,
                spot,
                split: 0,
                doctrine,
                ships,
            };
            // Refused only for berths wanted or ids run out, and neither can be: nobody is aboard, and the caps are low.
            opening.state.muster(&self.law, &forces, self.law.begins, Booking::Opening).ok()?;
            let place = self.places.iter().position(|place| *place == (side, row))?;
            opening.place_of.push(place);
        }
        Some(())
    }

    /// How broad a front a row's formation needs, metres.
    fn width_m(&self, row: &Row) -> f64 {
        let spacing_m = self.doctrine(row).map_or(0, |one| one.spacing_m).clamp(100, 1_000_000);
        2.0 * spacing_m as f64 * libm::cbrt(f64::from(row.count))
    }

    /// How a row fights.
    pub(crate) fn doctrine(&self, row: &Row) -> Option<&Doctrine> {
        let codex = &self.law.codex;
        let own = codex.classes.get(row.class.index())?.doctrine;
        codex.doctrines.get(row.doctrine.unwrap_or(own).index())
    }

    /// What it comes to when only these sides are left: nobody, one side and its allies, nobody's enemies. None while enemies are left.
    pub(crate) fn verdict(&self, standing: &[usize]) -> Option<(Ended, Option<usize>)> {
        let all = |regard: &dyn Fn(Regard) -> bool| {
            let with = |one: &usize| standing.iter().all(|other| regard(self.regard(*one, *other)));
            standing.iter().all(with)
        };
        match standing.first() {
            None => Some((Ended::Nobody, None)),
            Some(first) if all(&|regard| regard == Regard::Allied) => {
                Some((Ended::Won, Some(*first)))
            }
            Some(_) => all(&|regard| regard != Regard::Hostile).then_some((Ended::Peace, None)),
        }
    }

    /// How one side regards another.
    pub fn regard(&self, one: usize, other: usize) -> Regard {
        self.setting.regard(one, other)
    }

    /// One battle. None when stopped.
    pub fn bout(
        &self,
        seed: u64,
        threads: usize,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Bout> {
        if self.resolution != Resolution::Entity {
            let field = Field::new(self, seed)?;
            let codex = &self.law.codex;
            let why_not =
                jumpline_attrition::reason(codex, &self.regards, &field.fight, self.resolution);
            if why_not.is_none() {
                return Some(self.rough(&field, seed, None));
            }
        }
        self.bout_tuned(seed, threads, Tuning::default(), stopped)
    }

    /// The same battle, ship by ship, with knobs that change speed and never the result.
    #[doc(hidden)]
    pub fn bout_tuned(
        &self,
        seed: u64,
        threads: usize,
        tuning: Tuning,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Bout> {
        bout::play(self, seed, threads, tuning, stopped, None)
    }

    /// The same duel, its battles played at that resolution wherever that was calibrated. One that somebody looks on at is played
    /// ship by ship all the same.
    pub fn at(mut self, resolution: Resolution) -> Duel {
        self.resolution = resolution;
        self
    }

    /// Why this duel is fought ship by ship though something else was asked for.
    pub fn fallback(&self, seed: u64) -> Option<Fallback> {
        let field = Field::new(self, seed)?;
        jumpline_attrition::reason(&self.law.codex, &self.regards, &field.fight, self.resolution)
    }

    /// The same battle as [`Duel::bout`], with somebody looking on. None when stopped.
    pub fn bout_watched(
        &self,
        seed: u64,
        threads: usize,
        stopped: &(dyn Fn() -> bool + Sync),
        watcher: &mut dyn Watcher,
    ) -> Option<Bout> {
        bout::play(self, seed, threads, Tuning::default(), stopped, Some(watcher))
    }

    /// The law of the duel's field: its own bare world, and each side's crews as powers of their own.
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// The same battle at aggregate resolution, on a field already laid out; `settled` gets the field as it is left, when wanted.
    pub fn rough(&self, field: &Field, seed: u64, settled: Option<&mut Engagement>) -> Bout {
        rough::play(self, field, seed, settled)
    }

    /// The table that aggregate resolution goes by, to be measured.
    pub fn attrition_mut(&mut self) -> &mut Attrition {
        &mut self.law.codex.attrition
    }

    /// So many battles, seeds from `first` on, over all threads of the pool this is called in; each battle may use `threads` of its own.
    /// The result is the same for any number of either. None when stopped.
    pub fn fight(&self, first: u64, runs: u32, threads: usize, watch: &Watch) -> Option<Outcome> {
        let bouts = self.bouts(first, runs, threads, watch)?;
        Some(Outcome::of(self, &bouts))
    }

    /// The same as [`Duel::fight`], with somebody looking on at the first battle, which is fought before the others.
    pub fn fight_watched(
        &self,
        first: u64,
        runs: u32,
        threads: usize,
        watch: &Watch,
        watcher: &mut dyn Watcher,
    ) -> Option<Outcome> {
        let mut bouts = Vec::new();
        if runs > 0 {
            bouts.push(self.bout_watched(first, threads, watch.stopped, watcher)?);
        }
        bouts.iter().for_each(watch.done);
        bouts.extend(self.bouts(first.wrapping_add(1), runs.saturating_sub(1), threads, watch)?);
        Some(Outcome::of(self, &bouts))
    }

    fn bouts(&self, first: u64, runs: u32, threads: usize, watch: &Watch) -> Option<Vec<Bout>> {
        let seeds: Vec<u64> = (0..u64::from(runs)).map(|at| first.wrapping_add(at)).collect();
        seeds
            .into_par_iter()
            .map(|seed| {
                let bout = self.bout(seed, threads, watch.stopped)?;
                (watch.done)(&bout);
                Some(bout)
            })
            .collect()
    }

    /// The sides' names, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The sides' forces, in order.
    pub fn forces(&self) -> &[Force] {
        &self.setting.forces
    }

    /// What a reader should know before believing the result: sides that cannot hurt anybody.
    pub fn warnings(&self) -> Vec<String> {
        let codex = &self.law.codex;
        let unarmed = |force: &&(&Force, &String)| {
            force.0.rows.iter().all(|row| {
                codex.classes.get(row.class.index()).is_none_or(|one| !officers::armed(codex, one))
            })
        };
        let pairs: Vec<(&Force, &String)> = self.forces().iter().zip(&self.names).collect();
        pairs
            .iter()
            .filter(unarmed)
            .map(|(force, name)| {
                format!("{name} ({}) carries nothing that could hurt anybody", force.typed)
            })
            .collect()
    }
}

/// Sides are called by their powers; those that would be called alike are numbered.
fn names(known: &[Power], forces: &[Force]) -> Vec<String> {
    let plain: Vec<String> = forces
        .iter()
        .enumerate()
        .map(|(at, force)| {
            let mut words: Vec<&str> = Vec::new();
            for row in &force.rows {
                let power = row.power.and_then(|power| known.get(power.index()));
                let word = power.map(|power| power.key.as_str());
                if let Some(word) = word.filter(|word| !words.contains(word)) {
                    words.push(word);
                }
            }
            if let Some(name) = &force.name {
                name.clone()
            } else if words.is_empty() {
                format!("side {}", at + 1)
            } else {
                words.join("+")
            }
        })
        .collect();
    (0..plain.len())
        .map(|at| {
            let alike = plain.iter().filter(|name| **name == plain[at]).count() > 1;
            if alike { format!("{} {}", plain[at], at + 1) } else { plain[at].clone() }
        })
        .collect()
}
