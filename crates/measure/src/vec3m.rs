//! Places and differences of places, in whole metres.
//!
//! Coordinates stop at the edge of their range (some 970 light-years) instead of wrapping or panicking: a chart that large
//! is refused where charts are read, so here it need only be harmless.

use serde::{Deserialize, Serialize};
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// A vector of three whole numbers of metres.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Vec3m {
    /// Metres along the first axis.
    pub x: i64,
    /// Metres along the second axis.
    pub y: i64,
    /// Metres along the third axis.
    pub z: i64,
}

impl Vec3m {
    /// Nowhere away.
    pub const ZERO: Self = Self { x: 0, y: 0, z: 0 };

    /// A vector from its three coordinates in metres.
    #[must_use]
    pub const fn new(x: i64, y: i64, z: i64) -> Self {
        Self { x, y, z }
    }

    /// The scalar product in square metres, stopping at the largest.
    #[must_use]
    pub const fn dot(&self, other: &Self) -> i128 {
        let x = self.x as i128 * other.x as i128;
        let y = self.y as i128 * other.y as i128;
        let z = self.z as i128 * other.z as i128;
        x.saturating_add(y).saturating_add(z)
    }

    /// The square of the length, in square metres; never overflows.
    #[must_use]
    pub const fn length_squared_m2(&self) -> u128 {
        let (x, y, z) = (self.x.unsigned_abs(), self.y.unsigned_abs(), self.z.unsigned_abs());
        x as u128 * x as u128 + y as u128 * y as u128 + z as u128 * z as u128
    }

    /// The length in metres: the exact square root, rounded down.
    #[must_use]
    pub fn length_m(&self) -> i64 {
        i64::try_from(self.length_squared_m2().isqrt()).unwrap_or(i64::MAX)
    }

    /// The distance to another place in metres, rounded down.
    #[must_use]
    pub fn distance_m(&self, other: &Self) -> i64 {
        (*other - *self).length_m()
    }

    /// The vector times `num / den`, each coordinate rounded to the nearest metre. A `den` of nought gives the vector of
    /// nought: there is no direction to prefer.
    #[must_use]
    pub fn scaled(&self, num: i64, den: i64) -> Self {
        if den == 0 {
            return Self::ZERO;
        }
        let scale = |c: i64| {
            let product = i128::from(c) * i128::from(num);
            clamp(round_div(product, i128::from(den)))
        };
        Self { x: scale(self.x), y: scale(self.y), z: scale(self.z) }
    }
}

/// `num / den` to the nearest whole number, halves away from nought; `den` is not nought.
pub(crate) const fn round_div(num: i128, den: i128) -> i128 {
    let (num, den) = if den < 0 { (-num, -den) } else { (num, den) };
    if num >= 0 { (num + den / 2) / den } else { -((-num + den / 2) / den) }
}

pub(crate) fn clamp(n: i128) -> i64 {
    i64::try_from(n).unwrap_or(if n < 0 { i64::MIN } else { i64::MAX })
}

impl Add for Vec3m {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self {
            x: self.x.saturating_add(o.x),
            y: self.y.saturating_add(o.y),
            z: self.z.saturating_add(o.z),
        }
    }
}

impl Sub for Vec3m {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self {
            x: self.x.saturating_sub(o.x),
            y: self.y.saturating_sub(o.y),
            z: self.z.saturating_sub(o.z),
        }
    }
}

impl AddAssign for Vec3m {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Vec3m {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Vec3m {
    type Output = Self;
    fn neg(self) -> Self {
        Self::ZERO - self
    }
}
