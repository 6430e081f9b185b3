//! Vectors of three `f32`: only `+ - * /` and square root, in one written order, so that every machine agrees.

/// A place, a speed or a direction.
pub type V3 = [f32; 3];

pub const ZERO: V3 = [0.0; 3];

#[inline(always)]
pub fn add(a: V3, b: V3) -> V3 {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

#[inline(always)]
pub fn sub(a: V3, b: V3) -> V3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

#[inline(always)]
pub fn scale(a: V3, by: f32) -> V3 {
    [a[0] * by, a[1] * by, a[2] * by]
}

/// `a + b * by`.
#[inline(always)]
pub fn along(a: V3, b: V3, by: f32) -> V3 {
    [a[0] + b[0] * by, a[1] + b[1] * by, a[2] + b[2] * by]
}

#[inline(always)]
pub fn dot(a: V3, b: V3) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline(always)]
pub fn cross(a: V3, b: V3) -> V3 {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

#[inline(always)]
pub fn square(a: V3) -> f32 {
    dot(a, a)
}

#[inline(always)]
pub fn length(a: V3) -> f32 {
    dot(a, a).sqrt()
}

/// The direction of `a`, or `otherwise` when it has none worth the name.
#[inline(always)]
pub fn unit_or(a: V3, otherwise: V3) -> V3 {
    let squared = dot(a, a);
    if squared > 1e-12 && squared < 1e36 { scale(a, 1.0 / squared.sqrt()) } else { otherwise }
}

/// Some direction square to `a` (itself a unit).
pub fn square_to(a: V3) -> V3 {
    let other = if a[2].abs() < 0.9 { [0.0, 0.0, 1.0] } else { [1.0, 0.0, 0.0] };
    unit_or(cross(other, a), [0.0, 1.0, 0.0])
}

/// The part of `a` square to the unit `axis`, as a direction.
pub fn levelled(a: V3, axis: V3) -> V3 {
    unit_or(along(a, axis, -dot(a, axis)), square_to(axis))
}

/// Not a number and infinity become nought: a hostile input must not spread.
pub fn sound(a: V3) -> V3 {
    let one = |c: f32| if c.is_finite() { c.clamp(-1e9, 1e9) } else { 0.0 };
    [one(a[0]), one(a[1]), one(a[2])]
}
