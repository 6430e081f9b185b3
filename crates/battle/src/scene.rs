//! What everybody may see at the beginning of a tick: a copy of each ship's outside, the camps' trees, packs, lit fields and
//! missiles in flight. The thinking half of a tick reads this and nothing else of others.

use crate::calls::Heard;
use crate::enter::NOBODY;
use crate::field::{self, Lit};
use crate::flight::Flight;
use crate::foes::Camps;
use crate::kinds::{Kind, Kinds};
use crate::rows::{OUTBOUND, Row};
use crate::sieve::Sieve;
use crate::tick::CHUNK;
use crate::tree::Tree;
use crate::v3::{V3, ZERO};
use jumpline_measure::Dice;
use jumpline_world::engagement::{LitField, Posture};
use jumpline_world::law::{BattleRules, Motion};
use rayon::prelude::*;

use crate::terrain::Terrain;

/// Share of a cell by which blocks of ships may widen, beside by half, before they are sorted anew.
const SLACK: f32 = 0.05;

/// The outside of a ship. One line of a cache: who looks at a ship far down the list pays for one.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Seen {
    pub place: V3,
    pub radius: f32,
    pub velocity: V3,
    pub class: u16,
    pub camp: u8,
    pub here: bool,
    /// Shields, armour and hull left, points.
    pub left: f32,
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

const UNSEEN: Seen = Seen {
    place: ZERO,
    radius: 0.0,
    velocity: ZERO,
    class: 0,
    camp: 0,
    here: false,
    left: 0.0,
    hull_permille: 0,
    shield_permille: 0,
    target: NOBODY,
    outbound: false,
    evasion: 0.0,
    flying: 0.0,
};

impl Seen {
    /// Copies out a row that is here.
    #[inline(always)]
    fn take(&mut self, row: &Row, kind: &Kind) {
        let mut shields = 0_i64;
        for facing in row.shields {
            shields += i64::from(facing);
        }
        *self = Seen {
            place: row.place,
            radius: kind.radius_m,
            velocity: row.velocity,
            class: row.class,
            camp: row.camp,
            here: true,
            left: (shields + i64::from(row.armour) + i64::from(row.hull)) as f32,
            hull_permille: permille(i64::from(row.hull.max(0)), kind.hull),
            shield_permille: permille(shields, kind.shield * 6),
            target: row.target[0],
            outbound: row.flags & OUTBOUND != 0,
            evasion: kind.evasion * row.piloting * row.engines(),
            flying: row.piloting * row.skill_permille as f32 / 1_000.0,
        };
    }
}

/// How many thousandths of `full` there are, at most all of it.
#[inline(always)]
fn permille(points: i64, full: i64) -> u16 {
    // Most ships are whole, and a division is slow.
    if points >= full && full > 0 {
        1_000
    } else if full > 0 {
        (points * 1_000 / full) as u16
    } else {
        0
    }
}

/// Places of a camp's ships added up, in whole metres: in whatever order they are added, the sum is the same.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    place: [i64; 3],
    count: i64,
    /// Those that stand in a wall.
    walls: [i64; 3],
    walled: i64,
}

impl Sum {
    #[inline(always)]
    fn add(&mut self, place: V3, walled: bool) {
        let at = place.map(|part| i64::from(part as i32));
        for (sum, part) in self.place.iter_mut().zip(at) {
            *sum += part;
        }
        self.count += 1;
        if walled {
            for (sum, part) in self.walls.iter_mut().zip(at) {
                *sum += part;
            }
            self.walled += 1;
        }
    }

    fn join(&mut self, other: &Sum) {
        for axis in 0..3 {
            self.place[axis] += other.place[axis];
            self.walls[axis] += other.walls[axis];
        }
        self.count += other.count;
        self.walled += other.walled;
    }
}

fn mean(sum: [i64; 3], count: i64) -> V3 {
    sum.map(|part| (part / count.max(1)) as f32)
}

/// What one chunk of rows comes to.
struct Glance {
    /// By camp.
    sums: Vec<Sum>,
    /// Rows that have left since the last tick.
    gone: Vec<u32>,
}

impl Glance {
    fn new(camps: usize) -> Glance {
        Glance { sums: vec![Sum::default(); camps], gone: Vec::new() }
    }
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
    /// Places alone, which is all that trees are made of.
    places: Vec<V3>,
    pub grids: Vec<Tree>,
    /// Rows by camp and class: `[camp * classes + class]`.
    pub of_class: Vec<Vec<u32>>,
    /// Each row's pack, and each pack's first row.
    pub pack: Vec<u32>,
    pub leaders: Vec<u32>,
    /// How many ships have each row as their main target.
    pub hunters: Vec<u16>,
    /// Middle of each camp, and of its ships that do not stand in a wall.
    pub middle: Vec<V3>,
    pub ward: Vec<V3>,
    pub lit: Vec<Lit>,
    /// Missiles in flight, by the camp that fired them: rows are indices into the list of missiles.
    pub missiles: Vec<Tree>,
    /// Where needles may have a missile in reach, by the missile's camp.
    pub sieves: Vec<Sieve>,
    missile_places: Vec<Option<V3>>,
    missile_lists: Vec<Vec<u32>>,
    /// Rows of each posture still here, and the number of its first pack.
    members: Vec<Vec<u32>>,
    pack_base: Vec<u32>,
    mustered: bool,
    /// Who is here, as small as can be: lists ask it of everybody when anybody has gone.
    here: Vec<bool>,
    /// How many are here.
    pub present: usize,
    glances: Vec<Glance>,
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
            places: Vec::with_capacity(rows.len()),
            grids: (0..count).map(|_| Tree::default()).collect(),
            of_class: vec![Vec::new(); count * kinds.classes.len()],
            pack: Vec::new(),
            leaders: Vec::new(),
            hunters: Vec::new(),
            middle: vec![ZERO; count],
            ward: vec![ZERO; count],
            lit: Vec::new(),
            missiles: (0..count).map(|_| Tree::default()).collect(),
            sieves: (0..count).map(|_| Sieve::default()).collect(),
            missile_places: Vec::new(),
            missile_lists: vec![Vec::new(); count],
            members: vec![Vec::new(); postures.len()],
            pack_base: vec![0; postures.len()],
            mustered: false,
            here: Vec::new(),
            present: 0,
            glances: Vec::new(),
            quarry,
            routed: Vec::new(),
            heard: Vec::new(),
            camps,
        }
    }

    /// Copies out what may be seen at the beginning of tick `tick`, on all threads of the pool if `parallel`.
    pub fn look(
        &mut self,
        tick: u32,
        rows: &[Row],
        fields: &[LitField],
        missiles: &[Flight],
        parallel: bool,
    ) {
        self.tick = tick;
        self.copy(rows, parallel);
        self.muster(rows);
        field::look(self, rows, fields);
        let cell_m = self.rules.cell_m.clamp(1, 1_000_000_000) as f32;
        let (seen, places, most) = (&self.seen, &self.places, self.tuning.brute_most);
        let reach_m = self.kinds.needles_m;
        let grid = |tree: &mut Tree| {
            tree.fit(|row| places[row as usize], cell_m * SLACK, most);
        };
        let (flown, lists) = (&mut self.missile_places, &mut self.missile_lists);
        let trees = &mut self.missiles;
        let sieves = &mut self.sieves;
        if !parallel {
            self.grids.iter_mut().for_each(grid);
            flown.clear();
            flown.extend(missiles.iter().map(|missile| missile.place(seen, tick)));
            sort_out(missiles, flown, lists);
            for ((tree, sieve), list) in trees.iter_mut().zip(sieves).zip(lists) {
                fit_missiles(tree, sieve, list, flown, reach_m, cell_m, most);
            }
            return;
        }
        // Ships and missiles know nothing of each other here: one stretch for both, since each meeting of threads costs as much as
        // some hundred ships.
        rayon::join(
            || self.grids.par_iter_mut().for_each(grid),
            || {
                let flying = missiles.par_iter().with_min_len(CHUNK);
                flying.map(|missile| missile.place(seen, tick)).collect_into_vec(flown);
                sort_out(missiles, flown, lists);
                let each = trees.par_iter_mut().zip(sieves).zip(lists);
                each.for_each(|((tree, sieve), list)| {
                    fit_missiles(tree, sieve, list, flown, reach_m, cell_m, most);
                });
            },
        );
    }

    /// What is seen of each ship, and where the middle of each camp is.
    fn copy(&mut self, rows: &[Row], parallel: bool) {
        let (kinds, camps) = (self.kinds, self.camps.len());
        self.seen.resize(rows.len(), UNSEEN);
        self.places.resize(rows.len(), ZERO);
        self.glances.resize_with(rows.len().div_ceil(CHUNK), || Glance::new(camps));
        type Part<'p> = (((&'p [Row], &'p mut [Seen]), &'p mut [V3]), (usize, &'p mut Glance));
        let one = |(((rows, seen), places), (nth, glance)): Part<'_>| {
            glance.sums.fill(Sum::default());
            glance.gone.clear();
            for (n, ((row, seen), place)) in rows.iter().zip(seen).zip(places).enumerate() {
                if !row.here() {
                    if seen.here {
                        glance.gone.push((nth * CHUNK + n) as u32);
                        seen.here = false;
                    }
                    continue;
                }
                *place = row.place;
                seen.take(row, &kinds.classes[usize::from(row.class)]);
                let walled = kinds.ways[usize::from(row.way)].motion == Motion::Wall;
                glance.sums[usize::from(row.camp)].add(row.place, walled);
            }
        };
        if parallel {
            rows.par_chunks(CHUNK)
                .zip(self.seen.par_chunks_mut(CHUNK))
                .zip(self.places.par_chunks_mut(CHUNK))
                .zip(self.glances.par_iter_mut().enumerate())
                .with_min_len(2)
                .for_each(one);
        } else {
            rows.chunks(CHUNK)
                .zip(self.seen.chunks_mut(CHUNK))
                .zip(self.places.chunks_mut(CHUNK))
                .zip(self.glances.iter_mut().enumerate())
                .for_each(one);
        }
        self.present = 0;
        for camp in 0..camps {
            let mut all = Sum::default();
            for glance in &self.glances {
                all.join(&glance.sums[camp]);
            }
            self.present += all.count as usize;
            self.middle[camp] = mean(all.place, all.count);
            self.ward[camp] = match all.walled {
                walled if walled < all.count => {
                    let free = [0, 1, 2].map(|axis| all.place[axis] - all.walls[axis]);
                    mean(free, all.count - walled)
                }
                _ => self.middle[camp],
            };
        }
    }

    /// Who is of which camp, class and pack. Made once, and mended when somebody has gone.
    fn muster(&mut self, rows: &[Row]) {
        let classes = self.kinds.classes.len();
        if !self.mustered {
            self.mustered = true;
            self.pack.resize(rows.len(), NOBODY);
            self.hunters.resize(rows.len(), 0);
            self.leaders.resize(rows.len(), NOBODY);
            self.here.extend(rows.iter().map(Row::here));
            for (number, row) in rows.iter().enumerate().filter(|(_, row)| row.here()) {
                let list = usize::from(row.camp) * classes + usize::from(row.class);
                self.of_class[list].push(number as u32);
                self.members[usize::from(row.posture)].push(number as u32);
            }
            for (camp, tree) in self.grids.iter_mut().enumerate() {
                let of = |(number, row): (usize, &Row)| {
                    (row.here() && usize::from(row.camp) == camp).then_some(number as u32)
                };
                tree.set(rows.iter().enumerate().filter_map(of));
            }
            let mut base = 0;
            for posture in 0..self.members.len() {
                self.pack_base[posture] = base;
                base += self.members[posture].len() as u32;
                self.form_packs(rows, posture);
            }
        }
        let (mut gone, mut thinned) = (false, Vec::new());
        for at in 0..self.glances.len() {
            for nth in 0..self.glances[at].gone.len() {
                let number = self.glances[at].gone[nth] as usize;
                gone = true;
                self.pack[number] = NOBODY;
                self.here[number] = false;
                thinned.push(usize::from(rows[number].posture));
            }
        }
        if gone {
            let here = &self.here;
            for tree in &mut self.grids {
                tree.retain(|row| here[row as usize]);
            }
            for list in &mut self.of_class {
                list.retain(|row| here[*row as usize]);
            }
            thinned.sort_unstable();
            thinned.dedup();
            for posture in thinned {
                let here = &self.here;
                self.members[posture].retain(|row| here[*row as usize]);
                self.form_packs(rows, posture);
            }
        }
        if self.kinds.counts_hunters {
            self.hunters.fill(0);
            for seen in self.seen.iter().filter(|seen| seen.here) {
                if let Some(count) = self.hunters.get_mut(seen.target as usize) {
                    *count = count.saturating_add(1);
                }
            }
        }
    }

    /// Packs are made of who is left: a group's ships in order of id, shared out evenly into packs of at most the doctrine's
    /// size, and no smaller than its least unless the whole group is.
    fn form_packs(&mut self, rows: &[Row], posture: usize) {
        let members = &self.members[posture];
        let Some(first) = members.first() else { return };
        let way = &self.kinds.ways[usize::from(rows[*first as usize].way)];
        let living = members.len() as u64;
        let most = living.div_ceil(way.pack_max).max(1);
        let packs =
            if living / most < way.pack_min { (living / way.pack_min).max(1) } else { most };
        let mut last = NOBODY;
        for (nth, row) in members.iter().enumerate() {
            let pack = self.pack_base[posture] + (nth as u64 * packs / living) as u32;
            self.pack[*row as usize] = pack;
            if pack != last {
                self.leaders[pack as usize] = *row;
                last = pack;
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

/// Which missiles fly for each camp.
fn sort_out(missiles: &[Flight], places: &[Option<V3>], lists: &mut [Vec<u32>]) {
    lists.iter_mut().for_each(Vec::clear);
    for (number, missile) in missiles.iter().enumerate() {
        if places[number].is_some() {
            lists[usize::from(missile.camp)].push(number as u32);
        }
    }
}

/// Makes the tree and the sieve of one camp's missiles anew.
fn fit_missiles(
    tree: &mut Tree,
    sieve: &mut Sieve,
    list: &[u32],
    places: &[Option<V3>],
    reach_m: f32,
    cell_m: f32,
    brute_most: usize,
) {
    let at = |number: u32| places[number as usize].unwrap_or(ZERO);
    sieve.fit(list.iter().map(|number| at(*number)), reach_m);
    tree.set(list.iter().copied());
    tree.fit(at, cell_m, brute_most);
}
