//! What many numbers say together: means, percentiles, intervals, histograms. Refuses to be given none.

/// Mean and the middle nine tenths.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The 5th percentile (nearest rank).
    pub low: i64,
    /// The 95th percentile.
    pub high: i64,
}

impl Spread {
    /// Of these values; nought of none.
    pub fn of(values: impl IntoIterator<Item = i64>) -> Spread {
        let mut values: Vec<i64> = values.into_iter().collect();
        values.sort_unstable();
        let rank = |percent: usize| {
            let at = (values.len() * percent).div_ceil(100).max(1) - 1;
            values.get(at).copied().unwrap_or(0)
        };
        let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
        Spread { mean: sum as f64 / values.len().max(1) as f64, low: rank(5), high: rank(95) }
    }
}

/// Wilson's 95 % interval of a share of `won` in `runs`.
pub fn wilson(won: u32, runs: u32) -> (f64, f64) {
    if runs == 0 {
        return (0.0, 1.0);
    }
    let (n, z) = (f64::from(runs), 1.959_963_984_540_054_f64);
    let share = f64::from(won) / n;
    let square = z * z;
    let middle = share + square / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let whole = 1.0 + square / n;
    // At the ends the interval touches them; rounding must not let it fall short.
    let low = if won == 0 { 0.0 } else { ((middle - half) / whole).max(0.0) };
    let high = if won == runs { 1.0 } else { ((middle + half) / whole).min(1.0) };
    (low, high)
}

/// How often values fell into each of some equal steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Where the first step begins.
    pub from: i64,
    /// How wide each is, at least 1.
    pub step: i64,
    /// How many fell into each; the last step holds its end too.
    pub counts: Vec<u32>,
}

impl Histogram {
    /// Steps of a given width from nought to `most`.
    pub fn over(values: impl IntoIterator<Item = i64>, from: i64, step: i64, steps: usize) -> Self {
        let step = step.max(1);
        let mut counts = vec![0_u32; steps.max(1)];
        let last = counts.len() - 1;
        for value in values {
            let at = usize::try_from(value.saturating_sub(from).max(0) / step).unwrap_or(last);
            counts[at.min(last)] += 1;
        }
        Histogram { from, step, counts }
    }

    /// At most `steps` steps of a round width that hold all values.
    pub fn fitted(values: &[i64], steps: usize) -> Self {
        let least = values.iter().copied().min().unwrap_or(0);
        let most = values.iter().copied().max().unwrap_or(0);
        let steps = i64::try_from(steps.max(1)).unwrap_or(1);
        let mut round = 1_i64;
        let step = 'found: loop {
            for by in [1, 2, 5] {
                let step = round.saturating_mul(by);
                let from = least - least.rem_euclid(step);
                if (most - from) / step < steps {
                    break 'found step;
                }
            }
            round = round.saturating_mul(10);
        };
        let from = least - least.rem_euclid(step);
        let count = usize::try_from((most - from) / step).unwrap_or(0) + 1;
        Histogram::over(values.iter().copied(), from, step, count)
    }
}
