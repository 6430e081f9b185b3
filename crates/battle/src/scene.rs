//! What everybody may see at the beginning of a tick: a copy of each ship's outside, the camps' grids, packs, lit fields and
//! missiles in flight. The thinking half of a tick reads this and nothing else of others.

use crate::calls::Heard;
use crate::enter::NOBODY;
use crate::field::{self, Lit};
use crate::flight::Flight;
use crate::foes::Camps;
use crate::tree::Tree;
use crate::kinds::Kinds;
use crate::rows::Row;
use crate::v3::{V3, ZERO, add, scale};
use jumpline_measure::Dice;
use jumpline_world::engagement::{LitField, Posture};
use jumpline_world::law::BattleRules;

use crate::terrain::Terrain;

/// Up to this many missiles are searched one by one.
const MISSILES_BRUTE_MOST: usize = 8;

/// The outside of a ship.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub place: V3,
    pub radius: f32,
    pub velocity: V3,
    pub class: u16,
    pub camp: u8,
    pub here: bool,
    /// Shields, armour and hull left, points.
    pub left: i64,
    pub hull_permille: u16,
    pub shield_permille: u16,
    /// Row of her main target.
    pub target: u32,
    pub outbound: bool,
    /// How much harder to hit she is than a still hull, as a share.
    pub evasion: f32,
    /// How well she is flown: her crew's skill and her people's piloting, as a share.
    pub flying: f32,
}

/// Knobs that must not change a result; tests turn them.
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// Up to this many ships of a camp are searched one by one.
    pub brute_most: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning { brute_most: crate::tree::BRUTE_MOST }
    }
}

/// What is the same for every tick of one `advance`, and what everybody may see in this one.
pub struct Scene<'a> {
    pub kinds: &'a Kinds,
    pub rules: &'a BattleRules,
    pub dice: Dice,
    pub terrain: Terrain,
    pub camps: Camps,
    pub postures: &'a [Posture],
    pub tick: u32,
    pub tuning: Tuning,
    /// Radius of the widest hull that is here, metres.
    pub widest_m: f32,
    pub seen: Vec<Seen>,
    pub grids: Vec<Tree>,
    /// Rows by camp and class: `[camp * classes + class]`.
    pub of_class: Vec<Vec<u32>>,
    /// Each row's pack, and each pack's first row.
    pub pack: Vec<u32>,
    pub leaders: Vec<u32>,
    pub pack_sizes: Vec<u32>,
    /// How many ships have each row as their main target.
    pub hunters: Vec<u16>,
    /// Middle of each camp, and of its ships that do not stand in a wall.
    pub middle: Vec<V3>,
    pub ward: Vec<V3>,
    pub lit: Vec<Lit>,
    /// Missiles in flight, by the camp that fired them: grid rows are indices into the list of missiles.
    pub missiles: Vec<Tree>,
    /// Rows of each posture still here.
    living: Vec<u32>,
    counter: Vec<u32>,
    pack_base: Vec<u32>,
    packs: Vec<u32>,
    /// Row of each posture's own quarry ship.
    pub quarry: Vec<u32>,
    /// Is each posture running, every ship for herself?
    pub routed: Vec<bool>,
    /// Targets tagged, latest first.
    pub heard: Vec<Heard>,
}

impl<'a> Scene<'a> {
    pub fn new(
        kinds: &'a Kinds,
        rules: &'a BattleRules,
        dice: Dice,
        terrain: Terrain,
        camps: Camps,
        postures: &'a [Posture],
        rows: &[Row],
    ) -> Scene<'a> {
        let quarry = postures
            .iter()
            .map(|posture| {
                posture.quarry_ship.map_or(NOBODY, |ship| crate::rows::row_of(rows, ship.0))
            })
            .collect();
        let count = camps.len();
        Scene {
            kinds,
            rules,
            dice,
            terrain,
            postures,
            tick: 0,
            tuning: Tuning::default(),
            widest_m: rows
                .iter()
                .map(|row| kinds.classes[usize::from(row.class)].radius_m)
                .fold(0.0, f32::max),
            seen: Vec::with_capacity(rows.len()),
            grids: (0..count).map(|_| Tree::default()).collect(),
            of_class: vec![Vec::new(); count * kinds.classes.len()],
            pack: Vec::new(),
            leaders: Vec::new(),
            pack_sizes: Vec::new(),
            hunters: Vec::new(),
            middle: vec![ZERO; count],
            ward: vec![ZERO; count],
            lit: Vec::new(),
            missiles: (0..count).map(|_| Tree::default()).collect(),
            living: vec![0; postures.len()],
            counter: vec![0; postures.len()],
            pack_base: vec![0; postures.len()],
            packs: vec![0; postures.len()],
            quarry,
            routed: Vec::new(),
            heard: Vec::new(),
            camps,
        }
    }

    /// Copies out what may be seen at the beginning of tick `tick`.
    pub fn look(&mut self, tick: u32, rows: &[Row], fields: &[LitField], missiles: &[Flight]) {
        self.tick = tick;
        self.copy(rows);
        self.form_packs(rows);
        let cell_m = self.rules.cell_m.clamp(1, 1_000_000_000) as f32;
        for grid in &mut self.grids {
            grid.sort(cell_m, self.tuning.brute_most);
        }
        field::look(self, rows, fields);
        for grid in &mut self.missiles {
            grid.clear();
        }
        for (number, missile) in missiles.iter().enumerate() {
            if let Some(place) = missile.place(self) {
                self.missiles[usize::from(missile.camp)].push(place, number as u32);
            }
        }
        for grid in &mut self.missiles {
            // Every ship with needles asks every tick, so even a few missiles are worth sorting.
            grid.sort(cell_m, self.tuning.brute_most.min(MISSILES_BRUTE_MOST));
        }
    }

    fn copy(&mut self, rows: &[Row]) {
        self.seen.clear();
        for grid in &mut self.grids {
            grid.clear();
        }
        for list in &mut self.of_class {
            list.clear();
        }
        self.hunters.clear();
        self.hunters.resize(rows.len(), 0);
        self.living.fill(0);
        let mut weigh = vec![(ZERO, 0_u32, ZERO, 0_u32); self.camps.len()];
        let classes = self.kinds.classes.len();
        for (number, row) in rows.iter().enumerate() {
            let kind = &self.kinds.classes[usize::from(row.class)];
            let here = row.here();
            let mut shields = 0_i64;
            for facing in row.shields {
                shields += i64::from(facing);
            }
            let full = kind.shield * 6;
            self.seen.push(Seen {
                place: row.place,
                radius: kind.radius_m,
                velocity: row.velocity,
                class: row.class,
                camp: row.camp,
                here,
                left: shields + i64::from(row.armour) + i64::from(row.hull),
                hull_permille: (i64::from(row.hull.max(0)) * 1_000 / kind.hull).min(1_000) as u16,
                shield_permille: if full > 0 {
                    (shields * 1_000 / full).min(1_000) as u16
                } else {
                    0
                },
                target: row.target[0],
                outbound: row.flags & crate::rows::OUTBOUND != 0,
                evasion: kind.evasion * row.piloting * row.engines(),
                flying: row.piloting * row.skill_permille as f32 / 1_000.0,
            });
            if !here {
                continue;
            }
            if let Some(count) = self.hunters.get_mut(row.target[0] as usize) {
                *count = count.saturating_add(1);
            }
            let camp = usize::from(row.camp);
            self.grids[camp].push(row.place, number as u32);
            self.of_class[camp * classes + usize::from(row.class)].push(number as u32);
            self.living[usize::from(row.posture)] += 1;
            let sums = &mut weigh[camp];
            sums.0 = add(sums.0, row.place);
            sums.1 += 1;
            let motion = self.kinds.ways[usize::from(row.way)].motion;
            if motion != jumpline_world::law::Motion::Wall {
                sums.2 = add(sums.2, row.place);
                sums.3 += 1;
            }
        }
        for (camp, (all, count, warded, wards)) in weigh.into_iter().enumerate() {
            self.middle[camp] = scale(all, 1.0 / count.max(1) as f32);
            self.ward[camp] =
                if wards > 0 { scale(warded, 1.0 / wards as f32) } else { self.middle[camp] };
        }
    }

    /// Packs are made anew every tick from who is left: a group's ships in order of id, shared out evenly into packs of at most
    /// the doctrine's size, and no smaller than its least unless the whole group is.
    fn form_packs(&mut self, rows: &[Row]) {
        self.packs.fill(0);
        self.counter.fill(0);
        let mut base = 0_u32;
        self.pack.clear();
        self.leaders.clear();
        self.pack_sizes.clear();
        for (number, row) in rows.iter().enumerate() {
            if !row.here() {
                self.pack.push(NOBODY);
                continue;
            }
            let posture = usize::from(row.posture);
            let living = u64::from(self.living[posture]);
            if self.packs[posture] == 0 {
                let way = &self.kinds.ways[usize::from(row.way)];
                let most = living.div_ceil(way.pack_max);
                let packs = if living / most.max(1) < way.pack_min {
                    (living / way.pack_min).max(1)
                } else {
                    most.max(1)
                };
                self.packs[posture] = packs as u32;
                self.pack_base[posture] = base;
                base += packs as u32;
                self.leaders.resize(base as usize, NOBODY);
                self.pack_sizes.resize(base as usize, 0);
            }
            let nth = u64::from(self.counter[posture]);
            self.counter[posture] += 1;
            let within = nth * u64::from(self.packs[posture]) / living.max(1);
            let pack = self.pack_base[posture] + within as u32;
            self.pack.push(pack);
            self.pack_sizes[pack as usize] += 1;
            let leader = &mut self.leaders[pack as usize];
            if *leader == NOBODY {
                *leader = number as u32;
            }
        }
    }

    /// Does a stretch of so many seconds end with this tick?
    pub fn ends(&self, every_s: i64) -> bool {
        let count = |tick: u32| i64::from(tick) * self.kinds.tick_ms / 1_000 / every_s.max(1);
        count(self.tick) > count(self.tick.saturating_sub(1))
    }

    /// May `row` (of that camp) shoot at `other`?
    #[inline(always)]
    pub fn is_foe(&self, camp: u8, other: u32) -> bool {
        match self.seen.get(other as usize) {
            Some(seen) => seen.here && self.camps.foes[usize::from(camp)] >> seen.camp & 1 == 1,
            None => false,
        }
    }

    /// The camps hostile to one.
    pub fn foes_of(&self, camp: u8) -> impl Iterator<Item = usize> + '_ {
        let mask = self.camps.foes[usize::from(camp)];
        (0..self.camps.len()).filter(move |other| mask >> other & 1 == 1)
    }
}
