//! Moments and lengths of time, in whole seconds.
//!
//! A [`Time`] is a moment, a [`Span`] is a length; a moment plus a moment does not compile. Neither knows a date: that is
//! [`crate::Calendar`]'s. Operators are checked like all arithmetic of the core; use the `saturating_` forms where a number
//! comes from outside.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

/// A moment: whole seconds since the scenario's epoch (negative before it).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Time(pub i64);

/// A length of time in whole seconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(pub i64);

impl Time {
    /// The scenario's epoch.
    pub const EPOCH: Self = Self(0);
    /// The last moment there is: "never".
    pub const NEVER: Self = Self(i64::MAX);

    /// Seconds since the epoch.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// `self + span`, stopping at the ends of time.
    #[must_use]
    pub const fn saturating_add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// `self - span`, stopping at the ends of time.
    #[must_use]
    pub const fn saturating_sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }

    /// `self - earlier`, stopping at the longest span there is.
    #[must_use]
    pub const fn saturating_since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// One second.
    pub const SECOND: Self = Self(1);
    /// Sixty seconds.
    pub const MINUTE: Self = Self(60);
    /// 3,600 seconds.
    pub const HOUR: Self = Self(3_600);
    /// 86,400 seconds.
    pub const DAY: Self = Self(86_400);

    /// Seconds in the span.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Milliseconds as a span, rounded up: what takes part of a second is over when the second is.
    #[must_use]
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms.div_euclid(1_000) + if ms.rem_euclid(1_000) > 0 { 1 } else { 0 })
    }

    /// The span in milliseconds, stopping at the largest.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.0.saturating_mul(1_000)
    }

    /// `self + other`, stopping at the longest span there is.
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `self - other`, stopping at the longest span there is.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// `self * times`, stopping at the longest span there is.
    #[must_use]
    pub const fn saturating_mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Add<Span> for Time {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0 + span.0)
    }
}

impl Sub<Span> for Time {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0 - span.0)
    }
}

impl Sub for Time {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(self.0 - earlier.0)
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        self.0 += span.0;
    }
}

impl SubAssign<Span> for Time {
    fn sub_assign(&mut self, span: Span) {
        self.0 -= span.0;
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl AddAssign for Span {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Span {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Span {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<i64> for Span {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0 * times)
    }
}

impl std::iter::Sum for Span {
    fn sum<I: Iterator<Item = Self>>(spans: I) -> Self {
        spans.fold(Self::ZERO, |sum, span| sum + span)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "t{:+} s", self.0)
    }
}

impl fmt::Display for Span {
    /// "3 d 4 h", "5 min 20 s", "0 s": the parts that are not nought.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0 s");
        }
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let all = self.0.unsigned_abs();
        let parts =
            [(all / 86_400, "d"), (all / 3_600 % 24, "h"), (all / 60 % 60, "min"), (all % 60, "s")];
        let mut first = true;
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count > 0) {
            let gap = if first { "" } else { " " };
            write!(f, "{gap}{count} {unit}")?;
            first = false;
        }
        Ok(())
    }
}
