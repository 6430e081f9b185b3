//! Who is near: one tree of boxes for each camp.
//!
//! Ships stand in blocks of up to eight, up to eight blocks and nodes share a node, and each node holds the boxes round its
//! children. A search drops whatever box cannot hold anything better than what it has. The tree is made anew every tick: ships
//! are sorted along a curve that fills space, and a stretch of the curve is halved wherever it leaves one half of a cube for the
//! other, so that nobody shares a box with ships that are far off.
//!
//! Every answer is exact and ties go to the lower row, so neither the order nor searching one by one changes a result: the
//! distance to a box is reckoned by the same operations in the same order as the distance to a ship, and rounding keeps the
//! order of what it rounds.

#![expect(clippy::needless_range_loop, reason = "lanes of several arrays go side by side")]

use crate::enter::NOBODY;
use crate::v3::{V3, along, dot, square, sub};

/// Up to this many ships are searched one by one.
pub const BRUTE_MOST: usize = 24;

/// Ships of a block, and children of a node.
const WIDE: usize = 8;

/// Marks the tag of a block; the others are of nodes.
const LEAF: u32 = 1 << 31;

/// Most nodes and blocks that a search keeps in mind; what is too much is looked into at once.
const WAITING: usize = 64;

/// Eight ships. Places that are not taken lie at infinity.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Block {
    place: [[f32; WIDE]; 3],
    row: [u32; WIDE],
}

const NO_SHIPS: Block = Block { place: [[f32::INFINITY; WIDE]; 3], row: [NOBODY; WIDE] };

/// The boxes round eight children. Boxes that are not taken are inside out, so that they are infinitely far.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Node {
    low: [[f32; WIDE]; 3],
    high: [[f32; WIDE]; 3],
    /// Which block or node each child is.
    tag: [u32; WIDE],
}

const NO_CHILDREN: Node = Node {
    low: [[f32::INFINITY; WIDE]; 3],
    high: [[f32::NEG_INFINITY; WIDE]; 3],
    tag: [LEAF; WIDE],
};

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
    fn set(&mut self, n: usize, row: u32, place: V3) {
        for axis in 0..3 {
            self.place[axis][n] = place[axis];
        }
        self.row[n] = row;
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

/// The ships of one camp.
#[derive(Debug, Default)]
pub struct Tree {
    /// Who is in it.
    rows: Vec<u32>,
    /// Where each of them is.
    places: Vec<V3>,
    /// Along the curve: where on it above, which of the rows below.
    keys: Vec<u64>,
    blocks: Vec<Block>,
    /// The topmost first, each before its children; none when the ships are few.
    nodes: Vec<Node>,
    /// Mean width of the blocks when ships were sorted last, metres; none when it must be done.
    sorted_m: Option<f32>,
}

/// A number's lowest twenty-one bits, each followed by two that are nought.
#[inline(always)]
fn spread(number: u32) -> u64 {
    let mut x = u64::from(number) & 0x001f_ffff;
    x = (x | x << 32) & 0x001f_0000_0000_ffff;
    x = (x | x << 16) & 0x001f_0000_ff00_00ff;
    x = (x | x << 8) & 0x100f_00f0_0f00_f00f;
    x = (x | x << 4) & 0x10c3_0c30_c30c_30c3;
    (x | x << 2) & 0x1249_2492_4924_9249
}

/// A ship at a square of a distance as one number: the nearer is the less, of equals the lower row. Floats that are not negative
/// sort as their bits do.
#[inline(always)]
pub fn nearness(far: f32, row: u32) -> u64 {
    u64::from(far.to_bits()) << 32 | u64::from(row)
}

impl Tree {
    /// Whose places it holds from now on. They are sorted in by `fit`.
    pub fn set(&mut self, rows: impl Iterator<Item = u32>) {
        self.rows.clear();
        self.rows.extend(rows);
        self.sorted_m = None;
    }

    /// Drops those who are gone.
    pub fn retain(&mut self, here: impl Fn(u32) -> bool) {
        let before = self.rows.len();
        self.rows.retain(|row| here(*row));
        if self.rows.len() < before {
            self.sorted_m = None;
        }
    }

    /// Makes the tree anew from where everybody is. Ships are sorted anew when blocks have grown wider by half and by `slack_m`.
    pub fn fit(&mut self, place: impl Fn(u32) -> V3, slack_m: f32, brute_most: usize) {
        self.blocks.clear();
        self.nodes.clear();
        if self.rows.len() <= brute_most {
            for rows in self.rows.chunks(WIDE) {
                let mut block = NO_SHIPS;
                for (n, row) in rows.iter().enumerate() {
                    block.set(n, *row, place(*row));
                }
                self.blocks.push(block);
            }
            return;
        }
        self.places.clear();
        self.places.extend(self.rows.iter().map(|row| place(*row)));
        let shift = usize::BITS - self.rows.len().leading_zeros();
        if self.sorted_m.is_none() {
            self.lay_out(shift);
        }
        let mask = (1_u64 << shift) - 1;
        let mut growth = Growth {
            rows: &self.rows,
            places: &self.places,
            mask,
            blocks: &mut self.blocks,
            nodes: &mut self.nodes,
            wide_m: 0.0,
        };
        growth.grow(&self.keys);
        let wide_m = growth.wide_m / (3 * self.blocks.len().max(1)) as f32;
        match self.sorted_m {
            None => self.sorted_m = Some(wide_m),
            Some(then) if wide_m > then * 1.5 + slack_m => self.sorted_m = None,
            Some(_) => {}
        }
    }

    /// Sorts ships along the curve. Below the place on it stands, in so many bits, which of the rows she is.
    fn lay_out(&mut self, shift: u32) {
        let (mut low, mut high) = ([f32::INFINITY; 3], [f32::NEG_INFINITY; 3]);
        for at in &self.places {
            for axis in 0..3 {
                low[axis] = lesser(low[axis], at[axis]);
                high[axis] = greater(high[axis], at[axis]);
            }
        }
        let wide = sub(high, low);
        let widest = greater(greater(wide[0], wide[1]), greater(wide[2], 1.0));
        let bits = ((u64::BITS - shift) / 3).min(21);
        let per_m = ((1_u32 << bits) - 1) as f32 / widest;
        self.keys.clear();
        self.keys.extend(self.places.iter().enumerate().map(|(nth, place)| {
            let [x, y, z] = sub(*place, low).map(|part| spread((part * per_m) as u32));
            (x << 2 | y << 1 | z) << shift | nth as u64
        }));
        self.keys.sort_unstable();
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
            let mut them = no_farther(&far, *limit);
            while them != 0 {
                let n = take(&mut them);
                let (far, row) = (far[n], block.row[n]);
                if (far < *limit || (far == *limit && row < found)) && passes(row) {
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
    /// furthest distance that is wanted. See [`nearness`].
    pub fn nearest_many<const MANY: usize>(
        &self,
        place: V3,
        best: &mut [u64; MANY],
        mut passes: impl FnMut(u32) -> bool,
    ) {
        let furthest =
            |best: &[u64; MANY]| lesser(f32::from_bits((best[MANY - 1] >> 32) as u32), f32::MAX);
        let mut limit = furthest(best);
        self.search(place, &mut limit, |block, limit| {
            let far = block.far(place);
            let mut them = no_farther(&far, *limit);
            while them != 0 {
                let n = take(&mut them);
                let mut one = nearness(far[n], block.row[n]);
                if one >= best[MANY - 1] || !passes(block.row[n]) {
                    continue;
                }
                // Without branches: each place keeps the nearer and hands on the other.
                for have in best.iter_mut() {
                    (*have, one) = if one < *have { (one, *have) } else { (*have, one) };
                }
                *limit = furthest(best);
            }
        });
    }

    /// Looks at blocks, always at the one that may hold the nearest, as long as it can hold anybody no farther (by the square of
    /// the distance) than the limit, which the looker lowers.
    #[inline(always)]
    fn search(&self, place: V3, limit: &mut f32, mut look: impl FnMut(&Block, &mut f32)) {
        let Some(mut node) = self.nodes.first() else {
            for block in &self.blocks {
                look(block, limit);
            }
            return;
        };
        // What waits to be looked into, in no order: so few that the nearest is found sooner than order is kept. The distance
        // above (of floats that are not negative the bits sort as they do), the tag below.
        let mut waiting = [0_u64; WAITING];
        let mut count = 0_usize;
        loop {
            // Without branches, which nobody could foresee: each child is written, and kept if it counts.
            let far = node.far(place);
            let them = no_farther(&far, *limit);
            for n in 0..WIDE {
                waiting[count % WAITING] = nearness(far[n], node.tag[n]);
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
                let tag = next as u32;
                if tag & LEAF != 0 {
                    look(&self.blocks[(tag & !LEAF) as usize], limit);
                } else if count + WIDE > WAITING {
                    self.sweep(place, tag, limit, &mut look);
                } else {
                    node = &self.nodes[tag as usize];
                    break;
                }
            }
        }
    }

    /// Looks at whatever of a node is within the limit, in the order in which it stands.
    fn sweep(
        &self,
        place: V3,
        node: u32,
        limit: &mut f32,
        look: &mut impl FnMut(&Block, &mut f32),
    ) {
        let node = &self.nodes[node as usize];
        let far = node.far(place);
        let mut them = no_farther(&far, *limit);
        while them != 0 {
            let n = take(&mut them);
            let tag = node.tag[n];
            if far[n] > *limit {
                continue;
            }
            if tag & LEAF != 0 {
                look(&self.blocks[(tag & !LEAF) as usize], limit);
            } else {
                self.sweep(place, tag, limit, look);
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
        if self.nodes.is_empty() {
            self.blocks.iter().for_each(|block| look(block, &mut limit));
        } else {
            self.sweep(place, 0, &mut limit, &mut look);
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
        if self.nodes.is_empty() {
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
        self.any_touched(0, low, high, &mut look)
    }

    /// Does the looker say yes to any block that a box touches?
    fn any_touched(
        &self,
        node: u32,
        low: V3,
        high: V3,
        look: &mut impl FnMut(&Block) -> bool,
    ) -> bool {
        let mut waiting = [node; WAITING];
        let mut count = 1_usize;
        while count > 0 {
            count -= 1;
            let tag = waiting[count];
            if tag & LEAF != 0 {
                if look(&self.blocks[(tag & !LEAF) as usize]) {
                    return true;
                }
                continue;
            }
            if count + WIDE > WAITING {
                // Deeper than ships ever stand: the rest with a memory of its own.
                if self.any_touched(tag, low, high, look) {
                    return true;
                }
                continue;
            }
            let node = &self.nodes[tag as usize];
            let them = no_farther(&node.apart(low, high), 0.0);
            for n in 0..WIDE {
                waiting[count % WAITING] = node.tag[n];
                count += (them >> (n * 8)) as usize & 1;
            }
        }
        false
    }
}

/// A tree while it grows.
struct Growth<'t> {
    rows: &'t [u32],
    places: &'t [V3],
    /// The part of a key that says which of them.
    mask: u64,
    blocks: &'t mut Vec<Block>,
    nodes: &'t mut Vec<Node>,
    /// Widths of all blocks added up, metres.
    wide_m: f32,
}

impl Growth<'_> {
    /// A stretch of the curve, as its tag and the box round it.
    fn grow(&mut self, keys: &[u64]) -> (u32, V3, V3) {
        let (mut low, mut high) = ([f32::INFINITY; 3], [f32::NEG_INFINITY; 3]);
        if keys.len() <= WIDE {
            let mut block = NO_SHIPS;
            for (n, key) in keys.iter().enumerate() {
                let nth = (key & self.mask) as usize;
                let place = self.places[nth];
                block.set(n, self.rows[nth], place);
                for axis in 0..3 {
                    low[axis] = lesser(low[axis], place[axis]);
                    high[axis] = greater(high[axis], place[axis]);
                }
            }
            self.blocks.push(block);
            let wide = sub(high, low);
            self.wide_m += wide[0] + wide[1] + wide[2];
            return (LEAF | (self.blocks.len() - 1) as u32, low, high);
        }
        let at = self.nodes.len();
        self.nodes.push(NO_CHILDREN);
        let mut parts: [&[u64]; WIDE] = [&[]; WIDE];
        parts[0] = keys;
        let mut count = 1;
        while count < WIDE {
            // The longest is halved.
            let mut longest = 0;
            for n in 1..count {
                if parts[n].len() > parts[longest].len() {
                    longest = n;
                }
            }
            let part = parts[longest];
            if part.len() <= WIDE {
                break;
            }
            let (left, right) = part.split_at(halved(part));
            parts.copy_within(longest + 1..count, longest + 2);
            (parts[longest], parts[longest + 1]) = (left, right);
            count += 1;
        }
        let mut node = NO_CHILDREN;
        for n in 0..count {
            let (tag, least, most) = self.grow(parts[n]);
            node.tag[n] = tag;
            for axis in 0..3 {
                node.low[axis][n] = least[axis];
                node.high[axis][n] = most[axis];
            }
        }
        self.nodes[at] = node;
        let low = node.low.map(least_of);
        let high = node.high.map(most_of);
        (at as u32, low, high)
    }
}

/// Where a stretch of the curve leaves one half of the least cube that holds all of it for the other.
fn halved(keys: &[u64]) -> usize {
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else { return 0 };
    if keys.len() <= 2 * WIDE {
        // So few that full blocks are worth more than narrow ones.
        return keys.len() / 2;
    }
    let bit = 63 - (first ^ last).leading_zeros().min(63);
    keys.partition_point(|key| key >> bit & 1 == first >> bit & 1)
}
