//! How exact a record can afford to be. A record may grow by so many bytes an hour; the way of ships is written as exactly as that allows,
//! and every row says how exact it is.

use crate::row::STRETCH_TICKS;

/// How far a ship may be off the curve between two written places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exactness {
    /// Metres.
    pub error_m: u16,
    /// Degrees of heading; 180 is no promise.
    pub error_deg: u8,
}

/// From the finest to the coarsest. Ships are some hundreds of metres long, fly some kilometres a second and shoot over tens of
/// kilometres: the finest is a ship's length, the fifth a tenth of a second's flight.
const STEPS: [Exactness; 12] = [
    Exactness { error_m: 100, error_deg: 30 },
    Exactness { error_m: 150, error_deg: 40 },
    Exactness { error_m: 250, error_deg: 50 },
    Exactness { error_m: 350, error_deg: 60 },
    Exactness { error_m: 500, error_deg: 75 },
    Exactness { error_m: 700, error_deg: 90 },
    Exactness { error_m: 1_000, error_deg: 180 },
    Exactness { error_m: 1_400, error_deg: 180 },
    Exactness { error_m: 2_000, error_deg: 180 },
    Exactness { error_m: 4_000, error_deg: 180 },
    Exactness { error_m: 8_000, error_deg: 180 },
    Exactness { error_m: 16_000, error_deg: 180 },
];

/// Most bytes of an hour for up to [`SHIPS`]; every further such number is given as much again. Less than is allowed, for the head and for
/// what a stretch overdraws.
pub const BYTES_AN_HOUR: u64 = 37_000_000;
/// Ships that the allowance is meant for.
pub const SHIPS: u64 = 5_000;
/// Of every hour's bytes, percent given at once at the beginning: battles are fiercest while most are alive.
const ADVANCE_PERCENT: i64 = 40;

/// Keeps the account.
#[derive(Clone, Debug)]
pub struct Budget {
    step: usize,
    bytes_a_stretch: i64,
    /// Most that is kept.
    most: i64,
    /// Bytes saved so far, or owed.
    balance: i64,
}

impl Budget {
    /// For ticks of this length, with so many bytes an hour, and for so many ships to begin with.
    pub fn new(bytes_an_hour: u64, tick_ms: u64, ships: u64) -> Budget {
        let stretch_ms = u128::from(STRETCH_TICKS) * u128::from(tick_ms);
        let hour = i64::try_from(bytes_an_hour).unwrap_or(i64::MAX);
        let advance = hour / 100 * ADVANCE_PERCENT;
        let rest = u128::try_from(hour - advance).unwrap_or(0);
        let bytes_a_stretch = i64::try_from(rest * stretch_ms / 3_600_000).unwrap_or(i64::MAX);
        // Of the whole allowance, what so many use: the more, the coarser the first guess.
        let step = usize::try_from(ships.min(SHIPS) * 4 / SHIPS).unwrap_or(4);
        Budget { step, bytes_a_stretch, most: advance, balance: advance }
    }

    /// What holds for rows that begin now.
    pub fn exactness(&self) -> Exactness {
        STEPS[self.step.min(STEPS.len() - 1)]
    }

    /// A stretch is over in which so many ships were seen and so many bytes were written. A sixth of what was saved, or is owed, is reckoned
    /// into the next.
    pub fn account(&mut self, ships: u64, bytes: u64) {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let shares = i64::try_from(ships.div_ceil(SHIPS).max(1)).unwrap_or(i64::MAX);
        // So many more ships, so much more of everything.
        let share = self.bytes_a_stretch.saturating_mul(shares);
        let most = self.most.saturating_mul(shares);
        self.balance = self.balance.saturating_add(share).saturating_sub(bytes).min(most);
        let next = share.saturating_add(self.balance / 6);
        if bytes > next {
            // A step saves about a sixth.
            let coarser = if bytes / 2 > next { 3 } else { 1 };
            self.step = (self.step + coarser).min(STEPS.len() - 1);
        } else if bytes.saturating_mul(3) / 2 < next {
            self.step = self.step.saturating_sub(1);
        }
    }
}
