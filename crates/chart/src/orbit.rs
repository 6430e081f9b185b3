//! Orbits: where a body is on its ellipse.
//!
//! Stores six whole numbers and computes the place for any time from Kepler's equation, so that a body is never integrated
//! and never drifts. Floats live inside [`Orbit::place`] only; what comes out is whole metres.

use crate::arith::whole;
use jumpline_measure::{Time, Vec3m};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::{PI, TAU};

/// The largest eccentricity an orbit may have, millionths; more is taken as this.
pub(crate) const ECCENTRICITY_PPM_MAX: i64 = 900_000;
/// Newton steps for Kepler's equation: a fixed number, so that the cost and the result are the same everywhere. Ten leave
/// nothing above rounding for any eccentricity allowed.
const NEWTON_STEPS: usize = 10;

/// An ellipse about a parent (or about the system's barycentre).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Orbit {
    /// Half the long axis, metres.
    pub semi_major_m: i64,
    /// Time once round, seconds; 0 stands still. Negative goes round backwards.
    pub period_s: i64,
    /// Mean anomaly at the epoch, millionths of a degree.
    pub phase_udeg: i64,
    /// Tilt of the orbit against the chart's plane, millionths of a degree.
    pub incline_udeg: i64,
    /// Direction of the near point, where the tilted orbit crosses the chart's plane going up, millionths of a degree.
    pub node_udeg: i64,
    /// Eccentricity, millionths: 0 a circle, at most 900,000.
    pub eccentricity_ppm: i64,
}

impl Orbit {
    /// A circle in the chart's plane.
    #[must_use]
    pub const fn circle(semi_major_m: i64, period_s: i64, phase_udeg: i64) -> Self {
        Self {
            semi_major_m,
            period_s,
            phase_udeg,
            incline_udeg: 0,
            node_udeg: 0,
            eccentricity_ppm: 0,
        }
    }

    /// Where on the orbit the body is: metres from what it goes round.
    ///
    /// The mean anomaly is `M = phase + 2 pi t / period`; Kepler's equation `E - e sin E = M` gives the eccentric anomaly;
    /// the place in the orbit's plane is `a (cos E - e, sqrt(1 - e^2) sin E)`, then tilted and turned.
    #[must_use]
    pub fn place(&self, t: Time) -> Vec3m {
        let e = self.eccentricity_ppm.clamp(0, ECCENTRICITY_PPM_MAX) as f64 / 1e6;
        let eccentric = eccentric_anomaly(self.mean_anomaly(t), e);
        let a = self.semi_major_m as f64;
        let x = a * (libm::cos(eccentric) - e);
        let y = a * (1.0 - e * e).sqrt() * libm::sin(eccentric);
        let (tilt, node) = (radians(self.incline_udeg), radians(self.node_udeg));
        let (up, flat) = (y * libm::sin(tilt), y * libm::cos(tilt));
        let (sin, cos) = (libm::sin(node), libm::cos(node));
        Vec3m::new(whole(x * cos - flat * sin), whole(x * sin + flat * cos), whole(up))
    }

    /// The mean anomaly in radians, -pi to pi. Whole turns are taken off in integers first: centuries cost no sharpness.
    fn mean_anomaly(&self, t: Time) -> f64 {
        let turned = match self.period_s {
            0 => 0.0,
            period => {
                let length = i128::from(period.unsigned_abs());
                let share = i128::from(t.0).rem_euclid(length) as f64 / length as f64;
                share * TAU * if period < 0 { -1.0 } else { 1.0 }
            }
        };
        let angle = radians(self.phase_udeg) + turned;
        angle - TAU * libm::round(angle / TAU)
    }
}

fn radians(udeg: i64) -> f64 {
    udeg.rem_euclid(360_000_000) as f64 / 180e6 * PI
}

/// Solves `E - e sin E = M` for E by Newton's method. From pi (on M's side) it cannot overshoot; for rounder orbits a
/// nearer start is as safe.
fn eccentric_anomaly(mean: f64, e: f64) -> f64 {
    if e == 0.0 {
        return mean;
    }
    let far = if mean < 0.0 { -PI } else { PI };
    let mut eccentric = if e < 0.5 { mean + e * libm::sin(mean) } else { far };
    for _ in 0..NEWTON_STEPS {
        let miss = eccentric - e * libm::sin(eccentric) - mean;
        eccentric -= miss / (1.0 - e * libm::cos(eccentric));
    }
    eccentric
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newton_solves_keplers_equation() {
        for e in [0.0, 0.0167, 0.2, 0.499, 0.5, 0.7, 0.9] {
            for step in -1_000..=1_000 {
                let mean = f64::from(step) / 1_000.0 * PI;
                let eccentric = eccentric_anomaly(mean, e);
                let miss = eccentric - e * libm::sin(eccentric) - mean;
                assert!(miss.abs() < 1e-13, "e {e}, M {mean}: off by {miss}");
            }
        }
    }

    #[test]
    fn quarters_of_a_circle() {
        let orbit = Orbit::circle(150_000_000_000, 31_557_600, 0);
        let at = |t| orbit.place(Time(t));
        assert_eq!(at(0), Vec3m::new(150_000_000_000, 0, 0));
        assert_eq!(at(31_557_600 / 4), Vec3m::new(0, 150_000_000_000, 0));
        assert_eq!(at(31_557_600 * 1_000_000), at(0));
        assert_eq!(at(-31_557_600 / 2), Vec3m::new(-150_000_000_000, 0, 0));
    }

    #[test]
    fn a_tilted_ellipse() {
        let orbit = Orbit {
            eccentricity_ppm: 500_000,
            incline_udeg: 90_000_000,
            node_udeg: 90_000_000,
            ..Orbit::circle(1_000_000, 1_000, 0)
        };
        // Nearest at the start, a (1 - e), along the node; farthest, a (1 + e), half a turn later.
        assert_eq!(orbit.place(Time(0)), Vec3m::new(0, 500_000, 0));
        assert_eq!(orbit.place(Time(500)), Vec3m::new(0, -1_500_000, 0));
        // In between it rises straight up out of the plane.
        let side = orbit.place(Time(100));
        assert!(side.x.abs() <= 1 && side.z > 0, "{side:?}");
    }

    #[test]
    fn no_number_panics() {
        let wild = [i64::MIN, -1, 0, 1, i64::MAX];
        for a in wild {
            for b in wild {
                let orbit = Orbit {
                    semi_major_m: a,
                    period_s: b,
                    phase_udeg: a,
                    incline_udeg: b,
                    node_udeg: a,
                    eccentricity_ppm: b,
                };
                let _ = orbit.place(Time(a));
            }
        }
    }
}
