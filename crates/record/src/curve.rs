//! The curve between two places of a ship's way, and the small numbers places are written in. The recorder tests against the very numbers
//! a reader will have, so what it promises holds for the reader too.

use crate::row::Move;

/// The units of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Units {
    /// Metres of one step of position.
    pub position_m: f64,
    /// Metres a second of one step of velocity.
    pub velocity_mps: f64,
    /// Seconds of a tick.
    pub tick_s: f64,
}

/// A place of a way, in metres and metres a tick.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knot {
    /// The tick.
    pub tick: f64,
    /// Metres from the battle's centre.
    pub place_m: [f64; 3],
    /// Metres a tick.
    pub pace_m: [f64; 3],
}

impl Knot {
    /// One of a row's places.
    pub fn of(units: &Units, from_tick: u32, origin_m: [i32; 3], one: &Move) -> Knot {
        let steps = |at: usize| f64::from(one.at[at]) * units.position_m;
        let pace = |at: usize| f64::from(one.velocity[at]) * units.velocity_mps * units.tick_s;
        Knot {
            tick: f64::from(from_tick) + f64::from(one.tick),
            place_m: [0, 1, 2].map(|at| f64::from(origin_m[at]) + steps(at)),
            pace_m: [0, 1, 2].map(pace),
        }
    }
}

/// Where she is between two places: the cubic that passes through both with the pace of each (Hermite's).
pub fn between(one: &Knot, other: &Knot, tick: f64) -> [f64; 3] {
    let span = other.tick - one.tick;
    if span <= 0.0 {
        return one.place_m;
    }
    let t = ((tick - one.tick) / span).clamp(0.0, 1.0);
    let (square, cube) = (t * t, t * t * t);
    let start = 2.0 * cube - 3.0 * square + 1.0;
    let leave = (cube - 2.0 * square + t) * span;
    let arrive = (cube - square) * span;
    [0, 1, 2].map(|at| {
        start * one.place_m[at]
            + (1.0 - start) * other.place_m[at]
            + leave * one.pace_m[at]
            + arrive * other.pace_m[at]
    })
}

/// A unit vector between two headings, a share `t` of the way.
pub fn swung(one: [i8; 3], other: [i8; 3], t: f64) -> [f64; 3] {
    let mixed = [0, 1, 2].map(|at| f64::from(one[at]) * (1.0 - t) + f64::from(other[at]) * t);
    let length = dot(mixed, mixed).sqrt();
    if length < 1e-9 { [1.0, 0.0, 0.0] } else { mixed.map(|part| part / length) }
}

pub(crate) fn dot(one: [f64; 3], other: [f64; 3]) -> f64 {
    one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
}

fn cross(one: [f64; 3], other: [f64; 3]) -> [f64; 3] {
    [
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    ]
}

/// The direction from which roll is counted: z, levelled to the heading; x for headings near z.
fn level(heading: [f64; 3]) -> [f64; 3] {
    let axis = if heading[2].abs() < 0.9 { [0.0, 0.0, 1.0] } else { [1.0, 0.0, 0.0] };
    let along = dot(axis, heading);
    let flat = [0, 1, 2].map(|at| axis[at] - heading[at] * along);
    let length = dot(flat, flat).sqrt().max(1e-9);
    flat.map(|part| part / length)
}

/// How far the top is turned about the heading, in 256ths of a turn: from the level direction towards level × heading.
pub fn roll(heading: [f64; 3], up: [f64; 3]) -> u8 {
    let level = level(heading);
    let right = cross(level, heading);
    let angle = libm::atan2(dot(up, right), dot(up, level));
    let steps = libm::round(angle / core::f64::consts::TAU * 256.0);
    // -128 to 128 onto 0 to 255, once round.
    (steps as i32).rem_euclid(256) as u8
}

/// The direction of the top, from a heading and a roll.
pub fn top(heading: [f64; 3], roll: u8) -> [f64; 3] {
    let level = level(heading);
    let right = cross(level, heading);
    let (sine, cosine) = libm::sincos(f64::from(roll) / 256.0 * core::f64::consts::TAU);
    [0, 1, 2].map(|at| level[at] * cosine + right[at] * sine)
}

/// Rounded to a step of a small integer; the ends hold what is beyond them.
pub(crate) fn steps(value: f64, unit: f64, most: f64) -> f64 {
    libm::round(value / unit).clamp(-most, most)
}
