//! Patrol: circuits round a body, for good. A wing is called home by its carrier and sent out again; any other group flies on.

use super::go::{Going, at_spot, towards};
use super::{Step, later, set_phase};
use crate::meet;
use crate::stage::Stage;
use crate::ways;
use crate::wings;
use jumpline_chart::Spot;
use jumpline_measure::{Bearing, BodyId, GroupId, Vec3m};
use jumpline_world::state::Phase;

/// `Patrol`: to the next point of the circuit.
pub(super) fn patrol(
    stage: &mut Stage,
    id: GroupId,
    body: BodyId,
    altitude_m: i64,
    points: u32,
) -> Step {
    if !wings::is_wing(stage, id) {
        match towards(stage, id, body, 1_000) {
            Going::Underway => return Step::Wait,
            Going::Cannot(refusal) => return Step::Cannot(refusal),
            Going::There => {}
        }
    }
    set_phase(stage, id, Phase::Engaged);
    meet::meet(stage, id, true);
    if stage.battle_of(id).is_some() || stage.group(id).withdrawing {
        return Step::Wait;
    }
    let altitude_m = altitude_m.max(ways::floor_m(stage, body));
    let circuit = circuit(altitude_m, points);
    let here = stage.group(id).spot;
    let nearest = (0..circuit.len())
        .min_by_key(|at| (ways::apart_m(stage, body, &here, &circuit[*at]), *at))
        .unwrap_or(0);
    // At a point the way leads on to the next; from anywhere else to the nearest.
    let next = if at_spot(stage, id, &circuit[nearest]) { nearest + 1 } else { nearest };
    let flies = ways::fly(stage, id, circuit[next % circuit.len()]);
    if flies { Step::Wait } else { later(stage, id) }
}

/// Points on a circle over the equator.
fn circuit(altitude_m: i64, points: u32) -> Vec<Spot> {
    let count = i64::from(points.clamp(2, 64));
    (0..count)
        .map(|at| {
            let turn = at as f64 / count as f64 * std::f64::consts::TAU;
            let (x, y) = (libm::cos(turn) * 1e6, libm::sin(turn) * 1e6);
            let way = Vec3m::new(libm::round(x) as i64, libm::round(y) as i64, 0);
            Spot::new(altitude_m, Bearing::from_vec(way).unwrap_or(Bearing::X))
        })
        .collect()
}
