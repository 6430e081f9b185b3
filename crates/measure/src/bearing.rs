//! Directions, in millionths.
//!
//! A bearing has a direction and no length; a [`Vec3m`] has both. Its coordinates are rounded, so its length is one million
//! give or take one, and a place found along it is exact to one part in a million of the distance.

use crate::Vec3m;
use crate::vec3m::{clamp, round_div};
use serde::{Deserialize, Serialize};
use std::ops::Neg;

const MILLION: i128 = 1_000_000;

/// A unit direction; coordinates in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Bearing {
    /// Millionths along the first axis.
    pub x: i32,
    /// Millionths along the second axis.
    pub y: i32,
    /// Millionths along the third axis.
    pub z: i32,
}

impl Bearing {
    /// Along the first axis.
    pub const X: Self = Self { x: 1_000_000, y: 0, z: 0 };
    /// Along the second axis.
    pub const Y: Self = Self { x: 0, y: 1_000_000, z: 0 };
    /// Along the third axis.
    pub const Z: Self = Self { x: 0, y: 0, z: 1_000_000 };

    /// The direction of a vector, or `None` for a vector of no length.
    #[must_use]
    pub fn from_vec(v: Vec3m) -> Option<Self> {
        let largest = v.x.unsigned_abs().max(v.y.unsigned_abs()).max(v.z.unsigned_abs());
        if largest == 0 {
            return None;
        }
        // Short vectors are lengthened first, so that rounding the length down costs nothing.
        let lift = largest.leading_zeros().saturating_sub(3);
        let wide = |c: i64| i128::from(c) << lift;
        let (x, y, z) = (wide(v.x), wide(v.y), wide(v.z));
        let square = |c: i128| c.unsigned_abs() * c.unsigned_abs();
        let length = i128::try_from((square(x) + square(y) + square(z)).isqrt()).ok()?;
        let part = |c: i128| i32::try_from(round_div(c * MILLION, length)).unwrap_or(0);
        Some(Self { x: part(x), y: part(y), z: part(z) })
    }

    /// The direction from one place to another, or `None` when they are the same.
    #[must_use]
    pub fn between(from: &Vec3m, to: &Vec3m) -> Option<Self> {
        Self::from_vec(*to - *from)
    }

    /// The vector of this direction and of that many metres, each coordinate rounded to the nearest metre.
    #[must_use]
    pub fn along(&self, metres: i64) -> Vec3m {
        let part = |c: i32| clamp(round_div(i128::from(c) * i128::from(metres), MILLION));
        Vec3m { x: part(self.x), y: part(self.y), z: part(self.z) }
    }

    /// The cosine of the angle to another bearing, in millionths.
    #[must_use]
    pub fn dot_ppm(&self, other: &Self) -> i64 {
        clamp(round_div(self.dot(other), MILLION)).clamp(-1_000_000, 1_000_000)
    }

    /// The angle to another bearing in microradians, 0 to 3,141,593.
    ///
    /// By the arc tangent of (cross product, scalar product), which stays sharp for small angles where an arc cosine
    /// would lose a thousandth of a radian.
    #[must_use]
    pub fn angle_urad(&self, other: &Self) -> i64 {
        let cross = |a: i32, b: i32, c: i32, d: i32| {
            i128::from(a) * i128::from(b) - i128::from(c) * i128::from(d)
        };
        let x = cross(self.y, other.z, self.z, other.y);
        let y = cross(self.z, other.x, self.x, other.z);
        let z = cross(self.x, other.y, self.y, other.x);
        let square = |c: i128| c.unsigned_abs().saturating_mul(c.unsigned_abs());
        let sine = square(x).saturating_add(square(y)).saturating_add(square(z)).isqrt();
        libm::round(libm::atan2(sine as f64, self.dot(other) as f64) * 1e6) as i64
    }

    fn dot(&self, other: &Self) -> i128 {
        i128::from(self.x) * i128::from(other.x)
            + i128::from(self.y) * i128::from(other.y)
            + i128::from(self.z) * i128::from(other.z)
    }
}

impl Default for Bearing {
    /// Along the first axis: a bearing must point somewhere.
    fn default() -> Self {
        Self::X
    }
}

impl Neg for Bearing {
    type Output = Self;
    /// The opposite direction.
    fn neg(self) -> Self {
        Self { x: self.x.saturating_neg(), y: self.y.saturating_neg(), z: self.z.saturating_neg() }
    }
}
