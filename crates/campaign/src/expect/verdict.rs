//! The values of many runs put together and held against the bounds.

use jumpline_world::Law;
use jumpline_world::law::{Across, Expectation, Gauge};

/// What a value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Things.
    Count,
    /// Things a second.
    PerSecond,
    /// Thousandths.
    Permille,
    /// Thousandths of one to one.
    Ratio,
}

impl Unit {
    /// A value as people read it.
    pub fn show(self, value: i64) -> String {
        match self {
            Unit::Count => value.to_string(),
            Unit::PerSecond => format!("{value}/s"),
            Unit::Permille if value % 10 == 0 => format!("{} %", value / 10),
            Unit::Permille => format!("{}.{} %", value / 10, (value % 10).abs()),
            Unit::Ratio => format!("{}.{:02}:1", value / 1_000, value % 1_000 / 10),
        }
    }
}

/// What became of one expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Its key.
    pub key: String,
    /// The figure or row of the source that it holds.
    pub canon: String,
    /// What it says.
    pub says: String,
    /// Least and greatest value, in words: "600 to 1000".
    pub bounds: String,
    /// How runs are put together, in words: "median", "every run", "50 % of runs".
    pub across: String,
    /// What values count.
    pub unit: Unit,
    /// The value of each run; none where what is measured never came about.
    pub values: Vec<Option<i64>>,
    /// The median value.
    pub median: Option<i64>,
    /// Runs whose value lies within the bounds.
    pub within: usize,
    /// Is it met?
    pub passed: bool,
}

/// Holds the values of some runs (each as [`super::Watch::values`] gives them) against the expectations of a law.
pub fn judge(law: &Law, runs: &[Vec<Option<i64>>]) -> Vec<Verdict> {
    law.plan
        .expectations
        .iter()
        .enumerate()
        .map(|(place, expectation)| {
            let values = runs.iter().map(|run| run.get(place).copied().flatten()).collect();
            verdict(expectation, values)
        })
        .collect()
}

fn verdict(expectation: &Expectation, values: Vec<Option<i64>>) -> Verdict {
    let Expectation { least, most, .. } = *expectation;
    let inside = |value: &Option<i64>| value.is_some_and(|value| (least..=most).contains(&value));
    let within = values.iter().filter(|value| inside(value)).count();
    let median = median(&values);
    let runs = values.len();
    let passed = runs > 0
        && match expectation.across {
            Across::Median => inside(&median),
            Across::Every => within == runs,
            Across::AtLeast(permille) => {
                (within as i128) * 1_000 >= (runs as i128) * i128::from(permille)
            }
        };
    let unit = unit(&expectation.gauge);
    Verdict {
        key: expectation.key.clone(),
        canon: expectation.canon.clone(),
        says: expectation.says.clone(),
        bounds: bounds(unit, least, most),
        across: match expectation.across {
            Across::Median => "median".to_owned(),
            Across::Every => "every run".to_owned(),
            Across::AtLeast(permille) => format!("{} of runs", Unit::Permille.show(permille)),
        },
        unit,
        values,
        median,
        within,
        passed,
    }
}

/// The middle value, the lower of the two for an even number of runs. A run without a value counts as less than any.
fn median(values: &[Option<i64>]) -> Option<i64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().flatten()
}

fn bounds(unit: Unit, least: i64, most: i64) -> String {
    match (least, most) {
        (least, most) if least == most => unit.show(least),
        (least, i64::MAX) => format!("at least {}", unit.show(least)),
        (i64::MIN, most) => format!("at most {}", unit.show(most)),
        (least, most) => format!("{} to {}", unit.show(least), unit.show(most)),
    }
}

fn unit(gauge: &Gauge) -> Unit {
    match gauge {
        Gauge::Count(_) => Unit::Count,
        Gauge::Peak { .. } => Unit::PerSecond,
        Gauge::Present(present) if !present.share_of_opening => Unit::Count,
        Gauge::Present(_) | Gauge::Share { .. } | Gauge::HullLost { .. } => Unit::Permille,
        Gauge::Ratio { .. } => Unit::Ratio,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_take_the_lower_middle_and_count_what_never_came_as_least() {
        assert_eq!(median(&[Some(3), Some(1), Some(2)]), Some(2));
        assert_eq!(median(&[Some(4), Some(1), Some(2), Some(3)]), Some(2));
        assert_eq!(median(&[None, None, Some(9)]), None);
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn values_are_shown_with_their_unit() {
        assert_eq!(Unit::Permille.show(880), "88 %");
        assert_eq!(Unit::Permille.show(125), "12.5 %");
        assert_eq!(Unit::Ratio.show(8_050), "8.05:1");
        assert_eq!(Unit::PerSecond.show(24), "24/s");
        assert_eq!(bounds(Unit::Count, 3, 3), "3");
        assert_eq!(bounds(Unit::Count, 3, i64::MAX), "at least 3");
    }
}
