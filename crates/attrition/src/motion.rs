//! How cohorts move: towards whom their doctrine sends them, on straight lines, as one body. Distances are between middles.

use crate::cohort::Cohort;
use jumpline_world::law::Motion;

/// Metres, or metres a second.
pub type V3 = [f64; 3];

pub fn sub(a: V3, b: V3) -> V3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub fn along(a: V3, way: V3, by: f64) -> V3 {
    [a[0] + way[0] * by, a[1] + way[1] * by, a[2] + way[2] * by]
}

pub fn length(a: V3) -> f64 {
    (a[0] * a[0] + a[1] * a[1] + a[2] * a[2]).sqrt()
}

/// The direction of a vector, or another where it has none.
pub fn unit_or(a: V3, other: V3) -> V3 {
    let far = length(a);
    if far > 1e-6 && far.is_finite() { [a[0] / far, a[1] / far, a[2] / far] } else { other }
}

/// What a cohort wants to do about the enemy it has chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Course {
    /// Nothing.
    Stay,
    /// Towards it, until so near.
    To(f64),
    /// Away from it, until so far.
    From(f64),
    /// On a way of its own.
    Bound,
}

/// Ranges that decide courses, metres.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ranges {
    /// Distance that the doctrine likes.
    pub preferred_m: f64,
    /// Furthest that any gun reaches.
    pub reach_m: f64,
    /// Furthest that the enemy's reach.
    pub theirs_m: f64,
    /// Distance from the enemy.
    pub far_m: f64,
    /// Distance of the enemy from where this cohort began.
    pub from_home_m: f64,
}

/// The course of a cohort.
pub fn course(cohort: &Cohort, ranges: &Ranges) -> Course {
    let Ranges { preferred_m, reach_m, theirs_m, far_m, from_home_m } = *ranges;
    if cohort.routed && !cohort.withdrawing {
        return Course::From(theirs_m * 3.0 + 2_000.0);
    }
    if cohort.withdrawing {
        let bound = cohort.bound != [0.0; 3];
        return if bound { Course::Bound } else { Course::From(theirs_m * 3.0 + 2_000.0) };
    }
    match cohort.way.motion {
        Motion::Close | Motion::Ram => Course::To(preferred_m),
        Motion::Strafe => Course::To(preferred_m),
        Motion::Through if cohort.bound != [0.0; 3] => Course::Bound,
        Motion::Through => Course::To(preferred_m * 0.5),
        Motion::Standoff if far_m < preferred_m * 0.85 => Course::From(preferred_m * 0.85),
        Motion::Standoff => Course::To(preferred_m),
        Motion::Static => Course::Stay,
        Motion::Chase => {
            let passing = from_home_m < reach_m * 1.2 + cohort.way.spacing_m.max(0) as f64;
            let too_far = from_home_m > reach_m * 6.0;
            if (cohort.chasing && !too_far) || passing {
                Course::To(preferred_m)
            } else {
                Course::Stay
            }
        }
        // It stands before its friends, whose middle it draws after it: the whole creeps on until the enemy is in reach.
        Motion::Wall => Course::To(reach_m * 0.8),
        Motion::Reserve if cohort.called || far_m < reach_m * 1.5 => Course::To(preferred_m),
        Motion::Reserve => Course::Stay,
        Motion::Evade => Course::From(theirs_m * 2.5 + 2_000.0),
        _ => Course::To(preferred_m),
    }
}

/// Does the course lead towards the enemy, as far away as it is?
pub fn closes(course: Course, far_m: f64) -> bool {
    matches!(course, Course::To(near) if far_m > near)
}

/// How a cohort moves in `seconds` at `speed_mps`: from where, relative to an enemy at `there`.
pub fn moved(
    cohort: &Cohort,
    course: Course,
    there: V3,
    far_m: f64,
    speed_mps: f64,
    seconds: f64,
) -> V3 {
    let most = speed_mps * seconds;
    let to = unit_or(sub(there, cohort.place), [1.0, 0.0, 0.0]);
    match course {
        Course::Stay => cohort.place,
        Course::To(near) => along(cohort.place, to, (far_m - near).clamp(0.0, most)),
        Course::From(safe) => along(cohort.place, to, -(safe - far_m).clamp(0.0, most)),
        Course::Bound => along(cohort.place, cohort.bound, most),
    }
}
