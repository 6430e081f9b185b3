//! Numbers drawn by name: how many of so many, and a normal deviate. Stores nothing.

use jumpline_measure::{Dice, Purpose, Roll};

/// Means from here on, either way, are drawn by the bell curve.
const BELL: f64 = 9.0;

/// How many of `n` come to pass, each with chance `p`.
pub fn binomial(dice: &Dice, subject: u64, tick: i64, number: u32, n: u32, p: f64) -> u32 {
    if n == 0 || p.is_nan() || p <= 0.0 {
        return 0;
    }
    drawn(halves(dice.roll(Purpose::Attrition, subject, tick, number))[0], n, p)
}

/// The two halves of a roll: enough for two draws that know nothing of one another.
pub fn halves(roll: Roll) -> [u64; 2] {
    let half = |at: usize| u64::from(roll.word(at + 1)) << 32 | u64::from(roll.word(at));
    [half(0), half(2)]
}

/// How many of `n` come to pass, each with chance `p`, as 64 random bits have it.
pub fn drawn(bits: u64, n: u32, p: f64) -> u32 {
    if n == 0 || p.is_nan() || p <= 0.0 {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    let (many, mean) = (f64::from(n), f64::from(n) * p);
    if mean > BELL && mean < many - BELL {
        let deviation = (mean * (1.0 - p)).sqrt();
        return ((mean + deviation * bell(bits) + 0.5).max(0.0) as u32).min(n);
    }
    let draw = unit((bits >> 32) as u32);
    if p > 0.5 { n - upwards(draw, n, 1.0 - p) } else { upwards(draw, n, p) }
}

/// About a standard normal: the sum of eight bytes.
fn bell(bits: u64) -> f64 {
    let lanes = 0x00ff_00ff_00ff_00ff;
    let pairs = (bits & lanes) + (bits >> 8 & lanes);
    let sum = pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48;
    // Mean and deviation of eight numbers that are each 0 to 255.
    (sum as f64 - 1_020.0) / 209.022_6
}

/// By counting up the distribution until the draw is passed: as many steps as come to pass.
fn upwards(draw: f64, n: u32, p: f64) -> u32 {
    // Mostly nothing comes to pass, and that is known without a power: (1 - p)^n is at least 1 - np.
    if draw < 1.0 - f64::from(n) * p {
        return 0;
    }
    let odds = p / (1.0 - p);
    let mut chance = power(1.0 - p, n);
    let mut left = draw;
    let mut k = 0;
    while k < n && left >= chance {
        left -= chance;
        chance *= odds * f64::from(n - k) / f64::from(k + 1);
        k += 1;
        if chance < 1e-15 && f64::from(k) > f64::from(n) * p {
            break;
        }
    }
    k
}

/// By squaring.
fn power(mut base: f64, mut n: u32) -> f64 {
    let mut product = 1.0;
    while n > 0 {
        if n & 1 == 1 {
            product *= base;
        }
        base *= base;
        n >>= 1;
    }
    product
}

/// At least 0 and less than 1.
pub fn unit(word: u32) -> f64 {
    (f64::from(word) + 0.5) / 4_294_967_296.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_mean_and_deviation_of_the_binomial() {
        let dice = Dice::new(7);
        for (n, p) in [(5, 0.1), (40, 0.02), (40, 0.9), (300, 0.3), (300, 0.01), (7, 0.5)] {
            let draws: Vec<f64> =
                (0..4_000).map(|at| f64::from(binomial(&dice, 1, at, 0, n, p))).collect();
            let mean = draws.iter().sum::<f64>() / 4_000.0;
            let square = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 4_000.0;
            let (want, deviation) = (f64::from(n) * p, (f64::from(n) * p * (1.0 - p)).sqrt());
            assert!((mean - want).abs() < 0.08 * deviation + 0.01, "{n} {p}: {mean} not {want}");
            assert!((square.sqrt() / deviation - 1.0).abs() < 0.07, "{n} {p}: {}", square.sqrt());
        }
        assert_eq!(binomial(&dice, 1, 1, 0, 9, 0.0), 0);
        assert_eq!(binomial(&dice, 1, 1, 0, 9, 1.5), 9);
        assert_eq!(binomial(&dice, 1, 1, 0, 9, f64::NAN), 0);
    }
}
