//! Who is near: one counting-sort grid for each camp, rebuilt every tick.
//!
//! Every answer is exact and ties go to the lower row, so neither the size of a cell nor searching without any grid changes
//! a result. Ships far outside the box belong to its border cells.

use crate::v3::{V3, square, sub};

/// Up to this many ships are searched one by one.
pub const BRUTE_MOST: usize = 400;

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

    /// Sorts the items into cells of about `cell_m` (larger when that would make too many).
    pub fn sort(&mut self, cell_m: f32, brute_most: usize) {
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
        let mut cell = cell_m.max(1.0);
        let most = self.items.len() as f32 * 2.0 + 64.0;
        let dims = loop {
            let dim = |axis: usize| ((high[axis] - low[axis]) / cell).floor() + 1.0;
            if dim(0) * dim(1) * dim(2) <= most {
                break [dim(0) as i32, dim(1) as i32, dim(2) as i32];
            }
            cell *= 1.25;
        };
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
            let at = ((place[axis] - self.low[axis]) * self.per_cell).floor();
            (at.clamp(0.0, (self.dims[axis] - 1) as f32)) as i32
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
        let mut look = |items: &[Item], best: &mut Option<(f32, u32)>| {
            for item in items {
                let far = square(sub(item.place, place));
                let better = match *best {
                    None => true,
                    Some((least, row)) => far < least || (far == least && item.row < row),
                };
                if better && passes(item.row) {
                    *best = Some((far, item.row));
                }
            }
        };
        if self.start.is_empty() {
            look(&self.items, best);
            return;
        }
        let centre = self.cell_of(place);
        let reach = self.dims[0].max(self.dims[1]).max(self.dims[2]);
        for shell in 0..=reach {
            if let Some((least, _)) = *best
                && self.shell_at_least(place, centre, shell) > least
            {
                return;
            }
            self.visit_shell(centre, shell, |items| look(items, best));
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

    #[inline(always)]
    fn run(&self, from: i32, to: i32, y: i32, z: i32) -> &[Item] {
        let row = (z * self.dims[1] + y) * self.dims[0];
        let begin = self.start[(row + from) as usize] as usize;
        let end = self.start[(row + to) as usize + 1] as usize;
        &self.items[begin..end]
    }

    /// Square of the least distance at which anything of that shell of cells can be. Faces at the border of the box have
    /// nothing behind them.
    fn shell_at_least(&self, place: V3, centre: [i32; 3], shell: i32) -> f32 {
        if shell == 0 {
            return 0.0;
        }
        let mut least = f32::INFINITY;
        for axis in 0..3 {
            let below = centre[axis] - shell;
            if below >= 0 {
                let face = self.low[axis] + (below + 1) as f32 * self.cell;
                least = least.min(place[axis] - face);
            }
            let above = centre[axis] + shell;
            if above < self.dims[axis] {
                let face = self.low[axis] + above as f32 * self.cell;
                least = least.min(face - place[axis]);
            }
        }
        // Rounding may put a ship on the wrong side of a face by a hair.
        let least = (least * 0.999 - 1.0).max(0.0);
        least * least
    }

    fn visit_shell(&self, centre: [i32; 3], shell: i32, mut look: impl FnMut(&[Item])) {
        let clip = |at: i32, axis: usize| at.clamp(0, self.dims[axis] - 1);
        let (x0, x1) = (clip(centre[0] - shell, 0), clip(centre[0] + shell, 0));
        let (y0, y1) = (clip(centre[1] - shell, 1), clip(centre[1] + shell, 1));
        let (z0, z1) = (clip(centre[2] - shell, 2), clip(centre[2] + shell, 2));
        for z in z0..=z1 {
            let rim_z = (z - centre[2]).abs() == shell;
            for y in y0..=y1 {
                if rim_z || (y - centre[1]).abs() == shell {
                    look(self.run(x0, x1, y, z));
                } else {
                    let (left, right) = (centre[0] - shell, centre[0] + shell);
                    if left >= 0 {
                        look(self.run(left, left, y, z));
                    }
                    if right < self.dims[0] {
                        look(self.run(right, right, y, z));
                    }
                }
            }
        }
    }
}
