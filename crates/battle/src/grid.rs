//! Who is near: one counting-sort grid for each camp, rebuilt every tick.
//!
//! Every answer is exact and ties go to the lower row, so neither the size of a cell nor searching without any grid changes
//! a result. The box of cells holds every ship of the camp; who asks may stand anywhere.

use crate::v3::{V3, square, sub};

/// Up to this many ships are searched one by one.
pub const BRUTE_MOST: usize = 128;

/// No cell is smaller, metres.
const CELL_LEAST_M: f32 = 500.0;

/// The whole part, nought for what is below it.
#[inline(always)]
fn trunc(x: f32) -> i32 {
    x.max(0.0) as i32
}

/// One ship of the grid.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub place: V3,
    pub row: u32,
}

/// The ships of one camp, sorted by cell.
#[derive(Debug, Default)]
pub struct Grid {
    low: V3,
    cell: f32,
    per_cell: f32,
    dims: [i32; 3],
    /// Where each cell's items begin; empty when the ships are few and there are no cells.
    start: Vec<u32>,
    items: Vec<Item>,
    spare: Vec<Item>,
    keys: Vec<u32>,
}

impl Grid {
    /// Empties it, to be filled with `push` in row order.
    pub fn clear(&mut self) {
        self.items.clear();
    }

    pub fn push(&mut self, place: V3, row: u32) {
        self.items.push(Item { place, row });
    }

    /// Sorts the items into at most about `per_item` cells for each: of `cell_m`, or smaller as long as there are not too many.
    pub fn sort(&mut self, cell_m: f32, per_item: f32, brute_most: usize) {
        self.start.clear();
        if self.items.len() <= brute_most {
            return;
        }
        let (mut low, mut high) = (self.items[0].place, self.items[0].place);
        for item in &self.items {
            for axis in 0..3 {
                low[axis] = low[axis].min(item.place[axis]);
                high[axis] = high[axis].max(item.place[axis]);
            }
        }
        let most = self.items.len() as f32 * per_item + 64.0;
        let dim = |axis: usize, cell: f32| trunc((high[axis] - low[axis]) / cell) as f32 + 1.0;
        let count = |cell: f32| dim(0, cell) * dim(1, cell) * dim(2, cell);
        let mut cell = cell_m.max(1.0);
        while count(cell) > most {
            cell *= 1.25;
        }
        while cell > CELL_LEAST_M && count(cell * 0.8) <= most {
            cell *= 0.8;
        }
        let dims = [dim(0, cell) as i32, dim(1, cell) as i32, dim(2, cell) as i32];
        (self.low, self.cell, self.per_cell, self.dims) = (low, cell, 1.0 / cell, dims);
        let cells = (dims[0] * dims[1] * dims[2]) as usize;
        self.start.resize(cells + 1, 0);
        self.keys.clear();
        for item in &self.items {
            let [x, y, z] = self.cell_of(item.place);
            let key = (z * dims[1] + y) * dims[0] + x;
            self.keys.push(key as u32);
            self.start[key as usize + 1] += 1;
        }
        for cell in 0..cells {
            self.start[cell + 1] += self.start[cell];
        }
        self.spare.clear();
        self.spare.resize(self.items.len(), Item { place: [0.0; 3], row: 0 });
        for (item, key) in self.items.iter().zip(&self.keys) {
            let at = &mut self.start[*key as usize];
            self.spare[*at as usize] = *item;
            *at += 1;
        }
        // Filling moved each start to the next cell's: move them back.
        for cell in (1..=cells).rev() {
            self.start[cell] = self.start[cell - 1];
        }
        self.start[0] = 0;
        std::mem::swap(&mut self.items, &mut self.spare);
    }

    #[inline(always)]
    fn cell_of(&self, place: V3) -> [i32; 3] {
        let one = |axis: usize| {
            trunc((place[axis] - self.low[axis]) * self.per_cell).min(self.dims[axis] - 1)
        };
        [one(0), one(1), one(2)]
    }

    /// The nearest ship that passes, if nearer than `best` (square of the distance, row).
    pub fn nearest(
        &self,
        place: V3,
        best: &mut Option<(f32, u32)>,
        mut passes: impl FnMut(u32) -> bool,
    ) {
        let mut limit = best.map_or(f32::INFINITY, |(far, _)| far);
        self.search(place, &mut limit, |items, limit| {
            for item in items {
                let far = square(sub(item.place, place));
                let better =
                    far < *limit || (far == *limit && best.is_none_or(|(_, row)| item.row < row));
                if better && passes(item.row) {
                    *best = Some((far, item.row));
                    *limit = far;
                }
            }
        });
    }

    /// The nearest several ships that pass, nearest first, among those already in `best`; free places there hold infinity.
    pub fn nearest_many<const MANY: usize>(
        &self,
        place: V3,
        best: &mut [(f32, u32); MANY],
        mut passes: impl FnMut(u32) -> bool,
    ) {
        let mut limit = best[MANY - 1].0;
        self.search(place, &mut limit, |items, limit| {
            for item in items {
                let far = square(sub(item.place, place));
                if far > *limit || (far, item.row) >= best[MANY - 1] || !passes(item.row) {
                    continue;
                }
                let mut at = MANY - 1;
                while at > 0 && (far, item.row) < best[at - 1] {
                    best[at] = best[at - 1];
                    at -= 1;
                }
                best[at] = (far, item.row);
                *limit = best[MANY - 1].0;
            }
        });
    }

    /// Looks at the ships cell by cell from a place outwards, as long as a cell can hold any no farther (by the square of the
    /// distance) than the limit, which the looker lowers.
    #[inline(always)]
    fn search(&self, place: V3, limit: &mut f32, mut look: impl FnMut(&[Item], &mut f32)) {
        if self.start.is_empty() {
            look(&self.items, limit);
            return;
        }
        let centre = self.cell_of(place);
        let reach = self.dims[0].max(self.dims[1]).max(self.dims[2]);
        for shell in 0..=reach {
            if self.shell_at_least(place, centre, shell) > *limit {
                return;
            }
            self.visit_shell(place, centre, shell, limit, &mut look);
        }
    }

    /// Calls with every ship nearer than `radius` (its row and the square of its distance), in no promised order.
    #[inline]
    pub fn within(&self, place: V3, radius: f32, mut found: impl FnMut(u32, f32)) {
        let limit = radius * radius;
        let mut look = |items: &[Item]| {
            for item in items {
                let far = square(sub(item.place, place));
                if far <= limit {
                    found(item.row, far);
                }
            }
        };
        if self.start.is_empty() {
            look(&self.items);
            return;
        }
        // A hair wider than asked, so that rounding at a cell's edge loses nobody.
        let wide = radius * 1.001 + 1.0;
        let from = self.cell_of([place[0] - wide, place[1] - wide, place[2] - wide]);
        let to = self.cell_of([place[0] + wide, place[1] + wide, place[2] + wide]);
        for z in from[2]..=to[2] {
            for y in from[1]..=to[1] {
                look(self.run(from[0], to[0], y, z));
            }
        }
    }

    /// Does any ship of the cells that touch a box pass? The box only spares work: ships outside it may be asked too.
    #[inline]
    pub fn any(&self, low: V3, high: V3, mut passes: impl FnMut(&Item) -> bool) -> bool {
        if self.start.is_empty() {
            return self.items.iter().any(passes);
        }
        let from = self.cell_of([low[0] - 1.0, low[1] - 1.0, low[2] - 1.0]);
        let to = self.cell_of([high[0] + 1.0, high[1] + 1.0, high[2] + 1.0]);
        for z in from[2]..=to[2] {
            for y in from[1]..=to[1] {
                if self.run(from[0], to[0], y, z).iter().any(&mut passes) {
                    return true;
                }
            }
        }
        false
    }

    #[inline(always)]
    fn run(&self, from: i32, to: i32, y: i32, z: i32) -> &[Item] {
        let row = (z * self.dims[1] + y) * self.dims[0];
        let begin = self.start[(row + from) as usize] as usize;
        let end = self.start[(row + to) as usize + 1] as usize;
        &self.items[begin..end]
    }

    /// Square of the least distance at which anything of that shell of cells can be.
    fn shell_at_least(&self, place: V3, centre: [i32; 3], shell: i32) -> f32 {
        if shell == 0 {
            return 0.0;
        }
        let mut out = [0.0_f32; 3];
        for (axis, out) in out.iter_mut().enumerate() {
            let gap = self.gap(place, axis, 0, self.dims[axis] - 1);
            *out = gap * gap;
        }
        let all = out[0] + out[1] + out[2];
        let mut least = f32::INFINITY;
        for axis in 0..3 {
            let rest = all - out[axis];
            let (below, above) = (centre[axis] - shell, centre[axis] + shell);
            if below >= 0 {
                let gap = self.gap(place, axis, below, below);
                least = least.min(gap * gap + rest);
            }
            if above < self.dims[axis] {
                let gap = self.gap(place, axis, above, above);
                least = least.min(gap * gap + rest);
            }
        }
        // Sums are rounded too.
        least * 0.999
    }

    /// How far a place is from the nearest of a run of cells, along one axis; a hair less, because rounding may put a ship on
    /// the wrong side of a face.
    #[inline(always)]
    fn gap(&self, place: V3, axis: usize, first: i32, last: i32) -> f32 {
        let below = self.low[axis] + first as f32 * self.cell - place[axis];
        let above = place[axis] - (self.low[axis] + (last + 1) as f32 * self.cell);
        (below.max(above) * 0.999 - 1.0).max(0.0)
    }

    #[inline(always)]
    fn visit_shell(
        &self,
        place: V3,
        centre: [i32; 3],
        shell: i32,
        limit: &mut f32,
        look: &mut impl FnMut(&[Item], &mut f32),
    ) {
        let clip = |at: i32, axis: usize| at.clamp(0, self.dims[axis] - 1);
        let (x0, x1) = (clip(centre[0] - shell, 0), clip(centre[0] + shell, 0));
        let (y0, y1) = (clip(centre[1] - shell, 1), clip(centre[1] + shell, 1));
        let (z0, z1) = (clip(centre[2] - shell, 2), clip(centre[2] + shell, 2));
        let (left, right) = (centre[0] - shell, centre[0] + shell);
        let square = |gap: f32| gap * gap;
        let far_x = square(self.gap(place, 0, x0, x1));
        let far_left = square(self.gap(place, 0, left, left));
        let far_right = square(self.gap(place, 0, right, right));
        let mut row = |far: f32, from: i32, to: i32, y: i32, z: i32| {
            if far * 0.999 <= *limit {
                look(self.run(from, to, y, z), limit);
            }
        };
        for z in z0..=z1 {
            let rim_z = (z - centre[2]).abs() == shell;
            let far_z = square(self.gap(place, 2, z, z));
            for y in y0..=y1 {
                let far = far_z + square(self.gap(place, 1, y, y));
                if rim_z || (y - centre[1]).abs() == shell {
                    row(far + far_x, x0, x1, y, z);
                } else {
                    if left >= 0 {
                        row(far + far_left, left, left, y, z);
                    }
                    if right < self.dims[0] {
                        row(far + far_right, right, right, y, z);
                    }
                }
            }
        }
    }
}
