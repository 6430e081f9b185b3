//! Dice: luck named by what it is for.
//!
//! A roll is a pure function of (war seed, purpose, subject, time, number). Nothing is drawn from a stream, so a new roll in
//! one place never shifts another, and two forks of one war share their luck wherever they ask the same question.
//!
//! The function is Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011), tested
//! against the Random123 vectors. Every 64-bit subject, every moment of 136 years from the epoch, 65,536 numbers and every
//! purpose have a counter of their own; what lies beyond is mixed into the key.

/// What a roll is for. The one list: a new kind of luck gets a new number here and old numbers never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum Purpose {
    /// Where a body stands in its orbit when nobody says.
    Orbit = 1,
    /// How far an observer's guess of a braking point is off.
    Braking = 2,
    /// Whether a sensor notices something.
    Sensor = 3,
    /// Whether a contact is identified.
    Identify = 4,
    /// Whether a shot strikes.
    Hit = 5,
    /// Which facing is struck.
    Facing = 6,
    /// Which subsystem suffers.
    Subsystem = 7,
    /// Whether a ram succeeds.
    Ram = 8,
    /// What an invoker's field does.
    Invoker = 9,
    /// Whether a mine strikes.
    Mine = 10,
    /// How far a ship that brakes badly overshoots.
    Overshoot = 11,
    /// Who survives a loss.
    Survive = 12,
    /// What a falling ship does to the ground.
    Crash = 13,
    /// Whether a ship gets away.
    Withdraw = 14,
    /// Which of equal targets is chosen.
    Target = 15,
    /// How well allies act together.
    Coordination = 16,
    /// How an officer carries out an order.
    Officer = 17,
    /// What a commander prefers among equals.
    Commander = 18,
    /// Everything the galaxy generator makes.
    Generator = 19,
    /// What befalls a named person.
    Person = 20,
    /// How much harm a hit does.
    Damage = 21,
    /// For trials and tests; no law uses it.
    Spare = 22,
    /// Where a shot bursts that nobody aimed.
    Barrage = 23,
    /// On whom fire is spread.
    Spread = 24,
    /// What becomes of ships that are counted rather than moved.
    Attrition = 25,
}

/// All the luck of one war.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dice {
    seed: u64,
}

impl Dice {
    /// The dice of the war with this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The seed these dice were made from.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The roll number `n` for a purpose, about a subject, at a time (whole seconds, or ticks where the caller counts in
    /// ticks). The same question always gets the same answer.
    #[must_use]
    pub const fn roll(&self, purpose: Purpose, subject: u64, time: i64, n: u32) -> Roll {
        let time = time as u64;
        let counter = [
            subject as u32,
            (subject >> 32) as u32,
            time as u32,
            (purpose as u32) << 16 | n & 0xffff,
        ];
        let beyond = (time >> 32) << 16 | (n >> 16) as u64;
        let key = if beyond == 0 { self.seed } else { self.seed ^ mix(beyond) };
        Roll { words: philox4x32_10(counter, [key as u32, (key >> 32) as u32]) }
    }
}

/// The finaliser of splitmix64: a bijection, so distinct overflows give distinct keys.
const fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ n >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ n >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ n >> 31
}

/// Philox4x32 with ten rounds: four random words from a counter and a key.
#[must_use]
pub const fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut a, mut b, mut c, mut d] = counter;
    let [mut k0, mut k1] = key;
    let mut round = 0;
    while round < 10 {
        let left = 0xd251_1f53_u64 * a as u64;
        let right = 0xcd9e_8d57_u64 * c as u64;
        (a, b, c, d) = (
            (right >> 32) as u32 ^ b ^ k0,
            right as u32,
            (left >> 32) as u32 ^ d ^ k1,
            left as u32,
        );
        k0 = k0.wrapping_add(0x9e37_79b9);
        k1 = k1.wrapping_add(0xbb67_ae85);
        round += 1;
    }
    [a, b, c, d]
}

/// One roll: 128 random bits, read in whichever form the law asks for. Two readings of one roll are not independent; ask
/// for another number when you need both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roll {
    words: [u32; 4],
}

impl Roll {
    /// The raw word `i`, 0 to 3 (further ones begin again).
    #[must_use]
    pub const fn word(&self, i: usize) -> u32 {
        self.words[i & 3]
    }

    /// The first 64 bits.
    #[must_use]
    pub const fn bits(&self) -> u64 {
        (self.words[1] as u64) << 32 | self.words[0] as u64
    }

    /// A whole number 0 to `n - 1`, each as likely as the next to one part in 2^32; 0 when `n` is 0.
    #[must_use]
    pub const fn below(&self, n: u32) -> u32 {
        ((self.bits() as u128 * n as u128) >> 64) as u32
    }

    /// 0 to 999.
    #[must_use]
    pub const fn permille(&self) -> i32 {
        self.below(1_000) as i32
    }

    /// 0 to 999,999.
    #[must_use]
    pub const fn ppm(&self) -> i32 {
        self.below(1_000_000) as i32
    }

    /// At least 0 and less than 1, in steps of 2^-24: exact in `f32`.
    #[must_use]
    pub const fn unit_f32(&self) -> f32 {
        (self.words[0] >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    /// Whether something with that chance in a million comes to pass.
    #[must_use]
    pub const fn chance_ppm(&self, chance_ppm: i64) -> bool {
        (self.ppm() as i64) < chance_ppm
    }

    /// A whole number from `low` to `high`, both included; `low` when they are crossed.
    #[must_use]
    pub const fn between(&self, low: i64, high: i64) -> i64 {
        if high <= low {
            return low;
        }
        let choices = high.wrapping_sub(low) as u64 as u128 + 1;
        low.wrapping_add(((self.bits() as u128 * choices) >> 64) as u64 as i64)
    }

    /// About a standard normal, in thousandths: mean 0, deviation 1,000, never beyond 4,899 either way. The sum of eight
    /// uniform half-words, in integers alone.
    #[must_use]
    pub const fn normal_milli(&self) -> i32 {
        let mut sum = 0i64;
        let mut i = 0;
        while i < 4 {
            sum += (self.words[i] & 0xffff) as i64 + (self.words[i] >> 16) as i64;
            i += 1;
        }
        // Twice the distance from the mean (8 x 32767.5), over twice the deviation (65536 x sqrt(8/12) = 53510).
        ((2 * sum - 524_280) * 1_000 / 107_020) as i32
    }
}
