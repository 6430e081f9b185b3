//! Is any missile possibly near? One bit for each of the cells that what is near could stand in, mixed together. It says yes too
//! often and never no wrongly: it spares searches and changes no result.

use crate::v3::V3;

/// Bits for each cell that is marked: few are marked by chance.
const SPARSE: usize = 4;

/// Cells about one missile: two on each axis at most.
const CELLS: usize = 8;

/// Marks of where anything near a missile would be.
#[derive(Debug, Default)]
pub struct Sieve {
    bits: Vec<u64>,
    shift: u32,
    per_m: f32,
}

impl Sieve {
    /// Marks anew what is nearer than `reach_m` to any of so many places.
    pub fn fit(&mut self, places: impl ExactSizeIterator<Item = V3>, reach_m: f32) {
        self.bits.clear();
        if places.len() == 0 || reach_m <= 0.0 {
            return;
        }
        let size = (places.len() * CELLS * SPARSE).next_power_of_two().max(1_024);
        self.bits.resize(size / 64, 0);
        self.shift = 32 - size.trailing_zeros().min(31);
        self.per_m = 0.499 / reach_m;
        for place in places {
            let ends = place.map(|at| {
                // A hair wider, for sums are rounded.
                let wide = reach_m * 1.001 + 1.0 + at.abs() * 1e-6;
                [self.cell(at - wide), self.cell(at + wide)]
            });
            for x in ends[0][0]..=ends[0][1] {
                for y in ends[1][0]..=ends[1][1] {
                    for z in ends[2][0]..=ends[2][1] {
                        let at = self.bit([x, y, z]);
                        self.bits[at / 64] |= 1 << (at % 64);
                    }
                }
            }
        }
    }

    /// May a missile be near that place?
    #[inline(always)]
    pub fn may(&self, place: V3) -> bool {
        if self.bits.is_empty() {
            return false;
        }
        let at = self.bit(place.map(|at| self.cell(at)));
        self.bits.get(at / 64).is_none_or(|bits| bits >> (at % 64) & 1 == 1)
    }

    /// Cells about nought are one: what lies between two places lies between their cells all the same.
    #[inline(always)]
    fn cell(&self, at: f32) -> i32 {
        (at * self.per_m) as i32
    }

    #[inline(always)]
    fn bit(&self, [x, y, z]: [i32; 3]) -> usize {
        let mixed = (x as u32).wrapping_mul(0x9e37_79b1)
            ^ (y as u32).wrapping_mul(0x85eb_ca77)
            ^ (z as u32).wrapping_mul(0xc2b2_ae3d);
        (mixed.wrapping_mul(0x27d4_eb2f) >> self.shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Sieve;

    #[test]
    fn whatever_is_near_is_let_through() {
        let place = |n: u32| {
            let part = |by: u32| (n.wrapping_mul(by) >> 8) as f32 / 128.0 - 65_536.0;
            [part(0x9e37_79b9), part(0x85eb_ca6b), part(0xc2b2_ae35)]
        };
        let mut sieve = Sieve::default();
        assert!(!sieve.may([0.0; 3]), "nothing is near nothing");
        sieve.fit((0..20).map(place), 7_000.0);
        let mut passed = 0;
        for asked in 500..5_000 {
            let at = place(asked);
            let near = (0..20).any(|n| {
                let (a, b) = (place(n), at);
                (0..3).map(|axis| (a[axis] - b[axis]) * (a[axis] - b[axis])).sum::<f32>() <= 49e6
            });
            passed += usize::from(sieve.may(at));
            assert!(!near || sieve.may(at), "{at:?}");
        }
        assert!(passed < 2_500, "it holds something back");
    }
}
