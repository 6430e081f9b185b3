//! Who is near: one tree of boxes for each camp.
//!
//! Ships stand in blocks of eight, eight blocks share a node, eight nodes the next, and each node holds the boxes round its
//! children. A search drops whatever box cannot hold anything better than what it has. Ships are sorted into blocks by
//! halving them along whichever axis they are spread most; from then on the order stays, and only places and boxes are
//! brought up to date, until the boxes have grown too wide.
//!
//! Every answer is exact and ties go to the lower row, so neither the order (and when it is made anew) nor searching one by
//! one changes a result: the distance to a box is reckoned by the same operations in the same order as the distance to a
//! ship, and rounding keeps the order of what it rounds.

#![expect(clippy::needless_range_loop, reason = "lanes of several arrays go side by side")]

use crate::enter::NOBODY;
use crate::v3::{V3, along, dot, square, sub};
use rayon::prelude::*;

/// Up to this many ships are searched one by one.
pub const BRUTE_MOST: usize = 24;

/// Ships of a block, and children of a node.
const WIDE: usize = 8;

/// Fewer ships than this are sorted in by one thread.
const PARALLEL_LEAST: usize = 1_024;

/// Bits of a level in the tags of a search.
const LEVEL_SHIFT: u32 = 28;

/// Most nodes and blocks that a search keeps in mind; what is too much is looked into at once.
const WAITING: usize = 64;

/// Most nodes that wait on the way down: eight for each of seven levels, and eight more, are sixteen million ships.
const SWEEPING: usize = 64;

/// Eight ships. Places that are not taken lie at infinity.
#[derive(Clone, Copy, Debug)]
struct Block {
    place: [[f32; WIDE]; 3],
    row: [u32; WIDE],
}

const NO_SHIPS: Block = Block { place: [[f32::INFINITY; WIDE]; 3], row: [NOBODY; WIDE] };

/// The boxes round eight children. Boxes that are not taken are inside out, so that they are infinitely far.
#[derive(Clone, Copy, Debug)]
struct Node {
    low: [[f32; WIDE]; 3],
    high: [[f32; WIDE]; 3],
}

const NO_CHILDREN: Node =
    Node { low: [[f32::INFINITY; WIDE]; 3], high: [[f32::NEG_INFINITY; WIDE]; 3] };

#[inline(always)]
fn lesser(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Which of eight are no farther than the limit: a byte for each, one or nought. Written so that it becomes a few instructions
/// for all eight.
#[inline(always)]
fn no_farther(far: &[f32; WIDE], limit: f32) -> u64 {
    which(far.map(|far| far <= limit))
}

#[inline(always)]
fn which(them: [bool; WIDE]) -> u64 {
    u64::from_le_bytes(them.map(u8::from))
}

/// Takes the first of them.
#[inline(always)]
fn take(them: &mut u64) -> usize {
    let n = them.trailing_zeros() as usize / 8 % WIDE;
    *them &= *them - 1;
    n
}

#[inline(always)]
fn least_of([a, b, c, d, e, f, g, h]: [f32; WIDE]) -> f32 {
    lesser(lesser(lesser(a, e), lesser(c, g)), lesser(lesser(b, f), lesser(d, h)))
}

#[inline(always)]
fn most_of([a, b, c, d, e, f, g, h]: [f32; WIDE]) -> f32 {
    greater(greater(greater(a, e), greater(c, g)), greater(greater(b, f), greater(d, h)))
}

impl Block {
    #[inline(always)]
    fn fill(&mut self, rows: &[u32], place: impl Fn(u32) -> V3) {
        if rows.len() < WIDE {
            *self = NO_SHIPS;
        }
        for (n, row) in rows.iter().enumerate() {
            let at = place(*row);
            for axis in 0..3 {
                self.place[axis][n] = at[axis];
            }
            self.row[n] = *row;
        }
    }

    /// The least and the greatest place on an axis among the first so many.
    #[inline(always)]
    fn bounds(&self, axis: usize, count: usize) -> (f32, f32) {
        let places = self.place[axis];
        if count == WIDE {
            return (least_of(places), most_of(places));
        }
        let taken = &places[..count];
        (
            taken.iter().copied().fold(f32::INFINITY, lesser),
            taken.iter().copied().fold(f32::NEG_INFINITY, greater),
        )
    }

    /// Squares of the distances from a place.
    #[inline(always)]
    fn far(&self, place: V3) -> [f32; WIDE] {
        let mut far = [0.0; WIDE];
        for (n, far) in far.iter_mut().enumerate() {
            let x = self.place[0][n] - place[0];
            let y = self.place[1][n] - place[1];
            let z = self.place[2][n] - place[2];
            *far = x * x + y * y + z * z;
        }
        far
    }
}

impl Node {
    /// Squares of the least distances from a place at which anything of each child can be.
    #[inline(always)]
    fn far(&self, place: V3) -> [f32; WIDE] {
        let mut far = [0.0; WIDE];
        for (n, far) in far.iter_mut().enumerate() {
            let gap = |axis: usize| {
                let below = self.low[axis][n] - place[axis];
                let above = place[axis] - self.high[axis][n];
                greater(greater(below, above), 0.0)
            };
            let (x, y, z) = (gap(0), gap(1), gap(2));
            *far = x * x + y * y + z * z;
        }
        far
    }

    /// How far each child is from a box along the axis on which they are furthest apart; not above nought when they touch.
    #[inline(always)]
    fn apart(&self, low: V3, high: V3) -> [f32; WIDE] {
        let mut apart = [0.0; WIDE];
        for (n, apart) in apart.iter_mut().enumerate() {
            let gap = |axis: usize| {
                greater(self.low[axis][n] - high[axis], low[axis] - self.high[axis][n])
            };
            *apart = greater(greater(gap(0), gap(1)), gap(2));
        }
        apart
    }
}

/// A ship while she is sorted.
#[derive(Clone, Copy, Debug)]
struct Item {
    place: V3,
    row: u32,
}

/// The ships of one camp.
#[derive(Debug, Default)]
pub struct Tree {
    /// Rows as they stand in the blocks.
    order: Vec<u32>,
    blocks: Vec<Block>,
    /// Nodes by level, the lowest first; none when the ships are few.
    levels: Vec<Vec<Node>>,
    /// Mean width of the blocks when they were sorted last, metres; none when it must be done.
    sorted_m: Option<f32>,
    items: Vec<Item>,
}

impl Tree {
    /// Whose places it holds from now on. Their blocks are made by `fit`.
    pub fn set(&mut self, rows: impl Iterator<Item = u32>) {
        self.order.clear();
        self.order.extend(rows);
        self.sorted_m = None;
    }

    /// Drops those who are gone.
    pub fn retain(&mut self, here: impl Fn(u32) -> bool) {
        self.order.retain(|row| here(*row));
    }

    /// Brings places and boxes up to date. Blocks that have grown wider by half and by `slack_m` are sorted anew.
    pub fn fit(
        &mut self,
        place: impl Fn(u32) -> V3 + Sync,
        slack_m: f32,
        brute_most: usize,
        parallel: bool,
    ) {
        let parallel = parallel && self.order.len() > PARALLEL_LEAST;
        if self.order.len() <= brute_most {
            self.levels.clear();
            self.sorted_m = None;
        } else {
            if self.sorted_m.is_none() {
                self.items.clear();
                self.items
                    .extend(self.order.iter().map(|row| Item { place: place(*row), row: *row }));
                halve(&mut self.items, parallel);
                self.order.clear();
                self.order.extend(self.items.iter().map(|item| item.row));
            }
            if self.levels.is_empty() {
                self.levels.push(Vec::new());
            }
        }
        self.blocks.resize(self.order.len().div_ceil(WIDE), NO_SHIPS);
        let Some(lowest) = self.levels.first_mut() else {
            for (block, rows) in self.blocks.iter_mut().zip(self.order.chunks(WIDE)) {
                block.fill(rows, &place);
            }
            return;
        };
        lowest.resize(self.blocks.len().div_ceil(WIDE), NO_CHILDREN);
        let one = |((node, blocks), rows): ((&mut Node, &mut [Block]), &[u32])| {
            *node = NO_CHILDREN;
            for (n, (block, rows)) in blocks.iter_mut().zip(rows.chunks(WIDE)).enumerate() {
                block.fill(rows, &place);
                for axis in 0..3 {
                    let (low, high) = block.bounds(axis, rows.len());
                    node.low[axis][n] = low;
                    node.high[axis][n] = high;
                }
            }
        };
        if parallel {
            lowest
                .par_iter_mut()
                .zip(self.blocks.par_chunks_mut(WIDE))
                .zip(self.order.par_chunks(WIDE * WIDE))
                .with_min_len(16)
                .for_each(one);
        } else {
            lowest
                .iter_mut()
                .zip(self.blocks.chunks_mut(WIDE))
                .zip(self.order.chunks(WIDE * WIDE))
                .for_each(one);
        }
        let mut wide_m = 0.0;
        for (at, node) in lowest.iter().enumerate() {
            for n in 0..WIDE.min(self.blocks.len() - at * WIDE) {
                for axis in 0..3 {
                    wide_m += node.high[axis][n] - node.low[axis][n];
                }
            }
        }
        wide_m /= (3 * self.blocks.len().max(1)) as f32;
        match self.sorted_m {
            None => self.sorted_m = Some(wide_m),
            Some(then) if wide_m > then * 1.5 + slack_m => self.sorted_m = None,
            Some(_) => {}
        }
        self.raise();
    }

    /// The levels above the lowest.
    fn raise(&mut self) {
        let mut level = 1;
        while self.levels[level - 1].len() > 1 {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let (lower, upper) = self.levels.split_at_mut(level);
            let (children, nodes) = (&lower[level - 1], &mut upper[0]);
            nodes.clear();
            nodes.resize(children.len().div_ceil(WIDE), NO_CHILDREN);
            for (node, children) in nodes.iter_mut().zip(children.chunks(WIDE)) {
                for (n, child) in children.iter().enumerate() {
                    for axis in 0..3 {
                        node.low[axis][n] = least_of(child.low[axis]);
                        node.high[axis][n] = most_of(child.high[axis]);
                    }
                }
            }
            level += 1;
        }
        self.levels.truncate(level);
    }

    /// The nearest ship that passes, if nearer than `best` (square of the distance, row).
    pub fn nearest(
        &self,
        place: V3,
        best: &mut Option<(f32, u32)>,
        mut passes: impl FnMut(u32) -> bool,
    ) {
        let (limit, before) = best.unwrap_or((f32::MAX, NOBODY));
        let (mut limit, mut found) = (lesser(limit, f32::MAX), before);
        self.search(place, &mut limit, |block, limit| {
            let far = block.far(place);
            if least_of(far) > *limit {
                return;
            }
            for n in 0..WIDE {
                let (far, row) = (far[n], block.row[n]);
                if far <= *limit && (far < *limit || row < found) && passes(row) {
                    found = row;
                    *limit = far;
                }
            }
        });
        if found != before {
            *best = Some((limit, found));
        }
    }

    /// The nearest several ships that pass, nearest first, among those already in `best`; free places there hold the
    /// furthest distance that is wanted.
    pub fn nearest_many<const MANY: usize>(
        &self,
        place: V3,
        best: &mut [(f32, u32); MANY],
        mut passes: impl FnMut(u32) -> bool,
    ) {
        let mut limit = lesser(best[MANY - 1].0, f32::MAX);
        self.search(place, &mut limit, |block, limit| {
            let far = block.far(place);
            if least_of(far) > *limit {
                return;
            }
            for n in 0..WIDE {
                let one = (far[n], block.row[n]);
                if one.0 > *limit || one >= best[MANY - 1] || !passes(one.1) {
                    continue;
                }
                let mut at = MANY - 1;
                while at > 0 && one < best[at - 1] {
                    best[at] = best[at - 1];
                    at -= 1;
                }
                best[at] = one;
                *limit = lesser(best[MANY - 1].0, f32::MAX);
            }
        });
    }

    /// Looks at blocks, always at the one that may hold the nearest, as long as it can hold anybody no farther (by the square of
    /// the distance) than the limit, which the looker lowers.
    #[inline(always)]
    fn search(&self, place: V3, limit: &mut f32, mut look: impl FnMut(&Block, &mut f32)) {
        let Some(top) = self.levels.last().and_then(|nodes| nodes.first()) else {
            for block in &self.blocks {
                look(block, limit);
            }
            return;
        };
        let mut far = top.far(place);
        if least_of(far) > *limit {
            return;
        }
        // What waits to be looked into, in no order: so few that the nearest is found sooner than order is kept. The distance
        // above (of floats that are not negative the bits sort as they do), the node below.
        let mut waiting = [0_u64; WAITING];
        let mut count = 0_usize;
        let mut level = self.levels.len() - 1;
        let mut node = 0_usize;
        loop {
            let under = (level as u32) << LEVEL_SHIFT | (node * WIDE) as u32;
            // Without branches, which nobody could foresee: each child is written, and kept if it counts.
            let them = no_farther(&far, *limit);
            for n in 0..WIDE {
                waiting[count % WAITING] =
                    u64::from(far[n].to_bits()) << 32 | u64::from(under | n as u32);
                count += (them >> (n * 8)) as usize & 1;
            }
            loop {
                let (mut next, mut at) = (u64::MAX, 0);
                for (n, key) in waiting[..count].iter().enumerate() {
                    if *key < next {
                        (next, at) = (*key, n);
                    }
                }
                if count == 0 || f32::from_bits((next >> 32) as u32) > *limit {
                    return;
                }
                count -= 1;
                waiting[at] = waiting[count];
                level = (next as u32 >> LEVEL_SHIFT) as usize;
                node = (next as u32 & ((1 << LEVEL_SHIFT) - 1)) as usize;
                if level == 0 {
                    look(&self.blocks[node], limit);
                } else if count + WIDE > WAITING {
                    self.sweep(place, level - 1, node, limit, &mut look);
                } else {
                    level -= 1;
                    far = self.levels[level][node].far(place);
                    break;
                }
            }
        }
    }

    /// Looks at whatever of a node is within the limit, in the order in which it stands.
    fn sweep(
        &self,
        place: V3,
        level: usize,
        node: usize,
        limit: &mut f32,
        look: &mut impl FnMut(&Block, &mut f32),
    ) {
        let far = self.levels[level][node].far(place);
        let mut them = no_farther(&far, *limit);
        while them != 0 {
            let n = take(&mut them);
            if far[n] > *limit {
                continue;
            }
            if level == 0 {
                look(&self.blocks[node * WIDE + n], limit);
            } else {
                self.sweep(place, level - 1, node * WIDE + n, limit, look);
            }
        }
    }

    /// Calls with every ship nearer than `radius` (its row and the square of its distance), in no promised order.
    pub fn within(&self, place: V3, radius: f32, mut found: impl FnMut(u32, f32)) {
        let mut limit = lesser(radius * radius, f32::MAX);
        let mut look = |block: &Block, limit: &mut f32| {
            let far = block.far(place);
            let mut them = no_farther(&far, *limit);
            while them != 0 {
                let n = take(&mut them);
                found(block.row[n], far[n]);
            }
        };
        if self.levels.is_empty() {
            self.blocks.iter().for_each(|block| look(block, &mut limit));
        } else {
            self.sweep(place, self.levels.len() - 1, 0, &mut limit, &mut look);
        }
    }

    /// Does any ship nearer than `wide` to a line's first `reach` metres pass? Told are her row, how far along the line she
    /// stands and the square of how far aside.
    #[inline]
    pub fn any_along(
        &self,
        place: V3,
        direction: V3,
        reach: f32,
        wide: f32,
        mut passes: impl FnMut(u32, f32, f32) -> bool,
    ) -> bool {
        let (most, widest) = (reach * reach, wide * wide);
        let mut look = |block: &Block| {
            let (mut ahead, mut aside) = ([0.0; WIDE], [0.0; WIDE]);
            let mut near = [false; WIDE];
            for n in 0..WIDE {
                let to = sub([block.place[0][n], block.place[1][n], block.place[2][n]], place);
                let far = square(to);
                ahead[n] = dot(to, direction);
                aside[n] = far - ahead[n] * ahead[n];
                near[n] = (far <= most) & (ahead[n] > 0.0) & (aside[n] < widest);
            }
            let mut them = which(near);
            while them != 0 {
                let n = take(&mut them);
                if passes(block.row[n], ahead[n], aside[n]) {
                    return true;
                }
            }
            false
        };
        if self.levels.is_empty() {
            return self.blocks.iter().any(look);
        }
        let end = along(place, direction, reach);
        let (mut low, mut high) = (place, place);
        for axis in 0..3 {
            // Sums are rounded: a hair wider loses nobody.
            let hair = wide + 1.0 + greater(place[axis], -place[axis]) * 1e-6;
            low[axis] = lesser(place[axis], end[axis]) - hair;
            high[axis] = greater(place[axis], end[axis]) + hair;
        }
        let mut waiting = [0_u32; SWEEPING];
        waiting[0] = ((self.levels.len() - 1) as u32) << LEVEL_SHIFT;
        let mut count = 1_usize;
        while count > 0 {
            count -= 1;
            let tag = waiting[count % SWEEPING];
            let level = (tag >> LEVEL_SHIFT) as usize;
            let index = (tag & ((1 << LEVEL_SHIFT) - 1)) as usize;
            let mut them = no_farther(&self.levels[level][index].apart(low, high), 0.0);
            if level == 0 {
                while them != 0 {
                    if look(&self.blocks[index * WIDE + take(&mut them)]) {
                        return true;
                    }
                }
            } else {
                let under = (index * WIDE) as u32 | (level as u32 - 1) << LEVEL_SHIFT;
                for n in 0..WIDE {
                    waiting[count % SWEEPING] = under | n as u32;
                    count += (them >> (n * 8)) as usize & 1;
                }
            }
        }
        false
    }
}

/// Sorts ships into blocks: halves them, at a bound between nodes, along the axis on which they are spread most.
fn halve(items: &mut [Item], parallel: bool) {
    if items.len() <= WIDE {
        return;
    }
    let (mut low, mut high) = ([f32::INFINITY; 3], [f32::NEG_INFINITY; 3]);
    for item in items.iter() {
        for axis in 0..3 {
            low[axis] = lesser(low[axis], item.place[axis]);
            high[axis] = greater(high[axis], item.place[axis]);
        }
    }
    let wide = sub(high, low);
    let axis = if wide[0] >= wide[1] && wide[0] >= wide[2] {
        0
    } else if wide[1] >= wide[2] {
        1
    } else {
        2
    };
    // Each half but the last is full: whole subtrees of the greatest size that more than one is needed of.
    let mut unit = WIDE;
    while unit * WIDE < items.len() {
        unit *= WIDE;
    }
    let middle = items.len().div_ceil(unit) / 2 * unit;
    items.select_nth_unstable_by(middle, |a, b| a.place[axis].total_cmp(&b.place[axis]));
    let (left, right) = items.split_at_mut(middle);
    if parallel && right.len() > PARALLEL_LEAST {
        rayon::join(|| halve(left, true), || halve(right, true));
    } else {
        halve(left, parallel);
        halve(right, parallel);
    }
}
