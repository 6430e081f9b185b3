//! Chance for checkers: which byte to tear, which order to give. Wars have their own dice; this one is sequential, which a war's must
//! never be.

/// A small sequential generator. The same seed gives the same checks.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// From any seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// 64 bits.
    pub fn word(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// From 0 to `many` less one; 0 when `many` is 0.
    pub fn below(&mut self, many: u64) -> u64 {
        (self.word() >> 11) % many.max(1)
    }
}
