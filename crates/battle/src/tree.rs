//! Who is near: one tree of boxes for each camp, made anew every tick.
//!
//! Ships are sorted along a curve that keeps neighbours together and stand in blocks of eight; eight blocks share a node, eight
//! nodes the next, and each node holds the boxes round its children. A search goes to the nearest child first and drops
//! whatever cannot hold anything better than what it has. Every answer is exact and ties go to the lower row, so neither
//! the order of the sort (the size of a cell) nor searching one by one changes a result: the distance to a box is reckoned by
//! the same operations in the same order as the distance to a ship, and rounding keeps the order of what it rounds.

use crate::enter::NOBODY;
use crate::v3::{V3, along, dot, square, sub};

/// Up to this many ships are searched one by one.
pub const BRUTE_MOST: usize = 24;

/// Ships of a block, and children of a node.
const WIDE: usize = 8;

/// Bits of a level in the tags of a search.
const LEVEL_SHIFT: u32 = 28;

/// Most that can wait on the way down, less one: eight for each of seven levels: sixteen million ships.
const WAITING: usize = 63;

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

/// Which of eight are no farther than the limit, a bit for each.
#[inline(always)]
fn no_farther(far: &[f32; WIDE], limit: f32) -> u32 {
    let mut bits = [0; WIDE];
    for n in 0..WIDE {
        bits[n] = if far[n] <= limit { BITS[n] } else { 0 };
    }
    together(bits)
}

const BITS: [u32; WIDE] = [1, 2, 4, 8, 16, 32, 64, 128];

/// Written so that it becomes a few instructions for all eight.
#[inline(always)]
fn together(bits: [u32; WIDE]) -> u32 {
    let [a, b, c, d, e, f, g, h] = bits;
    ((a | e) | (c | g)) | ((b | f) | (d | h))
}

/// Which of those whose bits are set is nearest, the first of equals.
#[inline(always)]
fn least(far: &[f32; WIDE], bits: u32) -> usize {
    let mut only = [0.0; WIDE];
    for n in 0..WIDE {
        only[n] = if bits & BITS[n] != 0 { far[n] } else { f32::INFINITY };
    }
    let [a, b, c, d, e, f, g, h] = only;
    let low = lesser(
        lesser(lesser(a, e), lesser(c, g)),
        lesser(lesser(b, f), lesser(d, h)),
    );
    no_farther(&only, low).trailing_zeros() as usize & (WIDE - 1)
}

/// Takes the lowest bit.
#[inline(always)]
fn take(bits: &mut u32) -> usize {
    let n = bits.trailing_zeros() as usize & (WIDE - 1);
    *bits &= *bits - 1;
    n
}

impl Block {
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
            let gap =
                |axis: usize| greater(self.low[axis][n] - high[axis], low[axis] - self.high[axis][n]);
            *apart = greater(greater(gap(0), gap(1)), gap(2));
        }
        apart
    }
}

/// A node that a search has yet to look into, and the least distance (squared) of anything in it.
#[derive(Clone, Copy)]
struct Waiting {
    far: f32,
    node: u32,
}

/// A ship before she is sorted in.
#[derive(Clone, Copy, Debug)]
struct Item {
    place: V3,
    row: u32,
}

/// The ships of one camp.
#[derive(Debug, Default)]
pub struct Tree {
    items: Vec<Item>,
    blocks: Vec<Block>,
    /// Nodes by level, the lowest first; none when the ships are few.
    levels: Vec<Vec<Node>>,
    keys: Vec<u64>,
    spare: Vec<u64>,
}

impl Tree {
    /// Empties it, to be filled with `push`.
    pub fn clear(&mut self) {
        self.items.clear();
    }

    pub fn push(&mut self, place: V3, row: u32) {
        self.items.push(Item { place, row });
    }

    /// Sorts in what was pushed: neighbours within about `cell_m` may stand in any order.
    pub fn sort(&mut self, cell_m: f32, brute_most: usize) {
        self.blocks.clear();
        for level in &mut self.levels {
            level.clear();
        }
        if self.items.len() <= brute_most {
            self.levels.clear();
            let all = self.items.iter();
            fill(&mut self.blocks, self.items.len(), all);
            return;
        }
        self.curve(cell_m);
        let sorted = self.keys.iter().map(|key| &self.items[(*key & 0xffff_ffff) as usize]);
        fill(&mut self.blocks, self.items.len(), sorted);
        let mut level = 0;
        let mut below = self.blocks.len();
        while level == 0 || below > 1 {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let (lower, upper) = self.levels.split_at_mut(level);
            let Some(nodes) = upper.first_mut() else { return };
            nodes.resize(below.div_ceil(WIDE), NO_CHILDREN);
            match lower.last() {
                None => {
                    for (n, block) in self.blocks.iter().enumerate() {
                        let node = &mut nodes[n / WIDE];
                        for axis in 0..3 {
                            let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
                            for at in block.place[axis] {
                                low = lesser(low, at);
                                high = greater(high, if at < f32::INFINITY { at } else { high });
                            }
                            node.low[axis][n % WIDE] = low;
                            node.high[axis][n % WIDE] = high;
                        }
                    }
                }
                Some(children) => {
                    for (n, child) in children.iter().enumerate() {
                        let node = &mut nodes[n / WIDE];
                        for axis in 0..3 {
                            let low = child.low[axis].iter().copied().fold(f32::INFINITY, lesser);
                            let high =
                                child.high[axis].iter().copied().fold(f32::NEG_INFINITY, greater);
                            node.low[axis][n % WIDE] = low;
                            node.high[axis][n % WIDE] = high;
                        }
                    }
                }
            }
            below = nodes.len();
            level += 1;
        }
        self.levels.truncate(level);
    }

    /// Orders the items along the curve: keys hold the place on it above, the item below.
    fn curve(&mut self, cell_m: f32) {
        let (mut low, mut high) = (self.items[0].place, self.items[0].place);
        for item in &self.items {
            for axis in 0..3 {
                low[axis] = lesser(low[axis], item.place[axis]);
                high[axis] = greater(high[axis], item.place[axis]);
            }
        }
        let mut wide = 1.0_f32;
        for axis in 0..3 {
            wide = greater(wide, high[axis] - low[axis]);
        }
        // The finest that ten bits an axis can tell apart, but no finer than a hundredth of a cell.
        let per_step = 1.0 / greater(wide / 1_023.0, cell_m / 100.0);
        self.keys.clear();
        for (n, item) in self.items.iter().enumerate() {
            let step = |axis: usize| {
                spread((((item.place[axis] - low[axis]) * per_step) as u32).min(1_023))
            };
            let key = step(0) | step(1) << 1 | step(2) << 2;
            self.keys.push(u64::from(key) << 32 | n as u64);
        }
        radix(&mut self.keys, &mut self.spare);
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
            let mut bits = no_farther(&far, *limit);
            while bits != 0 {
                let n = least(&far, bits);
                let row = block.row[n];
                bits &= !BITS[n];
                if (far[n] < *limit || row < found) && passes(row) {
                    found = row;
                    *limit = far[n];
                    bits &= no_farther(&far, *limit);
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
            let mut bits = no_farther(&far, *limit);
            while bits != 0 {
                let n = take(&mut bits);
                let one = (far[n], block.row[n]);
                if one >= best[MANY - 1] || !passes(one.1) {
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

    /// Looks at blocks as long as they can hold anybody no farther (by the square of the distance) than the limit, which the
    /// looker lowers. Goes first straight down to where the nearest seems to be: with a low limit from the start the
    /// order of the rest matters little.
    #[inline(always)]
    fn search(&self, place: V3, limit: &mut f32, mut look: impl FnMut(&Block, &mut f32)) {
        let Some(top) = self.levels.last().and_then(|nodes| nodes.first()) else {
            for block in &self.blocks {
                look(block, limit);
            }
            return;
        };
        let mut far = top.far(place);
        let mut bits = no_farther(&far, *limit);
        if bits == 0 {
            return;
        }
        let mut waiting = [Waiting { far: 0.0, node: 0 }; WAITING + 1];
        let mut count = 0_usize;
        let mut level = self.levels.len() - 1;
        let mut node = 0_usize;
        let mut first = true;
        loop {
            if level == 0 {
                if first {
                    first = false;
                    let n = least(&far, bits);
                    look(&self.blocks[node * WIDE + n], limit);
                    bits = no_farther(&far, *limit) & !BITS[n];
                }
                while bits != 0 {
                    let n = take(&mut bits);
                    if far[n] <= *limit {
                        look(&self.blocks[node * WIDE + n], limit);
                    }
                }
            } else {
                let under = (node * WIDE) as u32 | (level as u32 - 1) << LEVEL_SHIFT;
                let near = if first { BITS[least(&far, bits)] } else { 0 };
                // Without branches, which nobody could foresee: each child is written, and kept if it counts.
                for n in 0..WIDE {
                    waiting[count & WAITING] = Waiting { far: far[n], node: under | n as u32 };
                    count += usize::from(bits & !near & BITS[n] != 0);
                }
                if first {
                    // Straight down.
                    level -= 1;
                    node = node * WIDE + near.trailing_zeros() as usize;
                    far = self.levels[level][node].far(place);
                    bits = no_farther(&far, *limit);
                    if bits != 0 {
                        continue;
                    }
                    first = false;
                }
            }
            loop {
                if count == 0 {
                    return;
                }
                count -= 1;
                let next = waiting[count & WAITING];
                if next.far <= *limit {
                    level = (next.node >> LEVEL_SHIFT) as usize;
                    node = (next.node & ((1 << LEVEL_SHIFT) - 1)) as usize;
                    far = self.levels[level][node].far(place);
                    bits = no_farther(&far, *limit);
                    break;
                }
            }
        }
    }

    /// Calls with every ship nearer than `radius` (its row and the square of its distance), in no promised order.
    pub fn within(&self, place: V3, radius: f32, mut found: impl FnMut(u32, f32)) {
        let mut limit = lesser(radius * radius, f32::MAX);
        self.search(place, &mut limit, |block, limit| {
            let far = block.far(place);
            let mut bits = no_farther(&far, *limit);
            while bits != 0 {
                let n = take(&mut bits);
                found(block.row[n], far[n]);
            }
        });
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
            let mut bits = [0; WIDE];
            for n in 0..WIDE {
                let to = sub([block.place[0][n], block.place[1][n], block.place[2][n]], place);
                let far = square(to);
                ahead[n] = dot(to, direction);
                aside[n] = far - ahead[n] * ahead[n];
                let near = (far <= most) & (ahead[n] > 0.0) & (aside[n] < widest);
                bits[n] = if near { BITS[n] } else { 0 };
            }
            let mut bits = together(bits);
            while bits != 0 {
                let n = take(&mut bits);
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
        let mut waiting = [0_u32; WAITING + 1];
        waiting[0] = ((self.levels.len() - 1) as u32) << LEVEL_SHIFT;
        let mut count = 1_usize;
        while count > 0 {
            count -= 1;
            let tag = waiting[count & WAITING];
            let level = (tag >> LEVEL_SHIFT) as usize;
            let index = (tag & ((1 << LEVEL_SHIFT) - 1)) as usize;
            let mut bits = no_farther(&self.levels[level][index].apart(low, high), 0.0);
            if level == 0 {
                while bits != 0 {
                    if look(&self.blocks[index * WIDE + take(&mut bits)]) {
                        return true;
                    }
                }
            } else {
                let under = (index * WIDE) as u32 | (level as u32 - 1) << LEVEL_SHIFT;
                for n in 0..WIDE {
                    waiting[count & WAITING] = under | n as u32;
                    count += usize::from(bits & BITS[n] != 0);
                }
            }
        }
        false
    }
}

fn fill<'a>(blocks: &mut Vec<Block>, count: usize, items: impl Iterator<Item = &'a Item>) {
    blocks.resize(count.div_ceil(WIDE), NO_SHIPS);
    for (n, item) in items.enumerate() {
        let block = &mut blocks[n / WIDE];
        for axis in 0..3 {
            block.place[axis][n % WIDE] = item.place[axis];
        }
        block.row[n % WIDE] = item.row;
    }
}

/// Spreads ten bits to every third.
#[inline(always)]
fn spread(n: u32) -> u32 {
    let n = (n | n << 16) & 0x0300_00ff;
    let n = (n | n << 8) & 0x0300_f00f;
    let n = (n | n << 4) & 0x030c_30c3;
    (n | n << 2) & 0x0924_9249
}

/// Sorts by the upper half: three passes of ten bits.
fn radix(keys: &mut Vec<u64>, spare: &mut Vec<u64>) {
    spare.clear();
    spare.resize(keys.len(), 0);
    for shift in [32, 42, 52] {
        let mut start = [0_u32; 1_025];
        for key in keys.iter() {
            start[(*key >> shift & 0x3ff) as usize + 1] += 1;
        }
        for digit in 0..1_024 {
            start[digit + 1] += start[digit];
        }
        for key in keys.iter() {
            let at = &mut start[(*key >> shift & 0x3ff) as usize];
            spare[*at as usize] = *key;
            *at += 1;
        }
        std::mem::swap(keys, spare);
    }
}
