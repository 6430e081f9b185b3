//! Distances as minds reckon them: the same body, the same system, or so far between systems. Routes are the officers'
//! business; a mind only needs to know what is near and what can be reached at all.

use jumpline_chart::BodyKind;
use jumpline_measure::{BodyId, SystemId};
use jumpline_world::law::Codex;
use std::collections::BTreeMap;

/// The chart as a mind uses it.
#[derive(Clone, Copy)]
pub struct Map<'a> {
    codex: &'a Codex,
}

impl<'a> Map<'a> {
    /// Over a codex.
    pub fn new(codex: &'a Codex) -> Map<'a> {
        Map { codex }
    }

    /// The system of a body.
    pub fn system(&self, body: BodyId) -> Option<SystemId> {
        self.codex.chart.body(body).map(|body| body.system)
    }

    /// A body's name.
    pub fn name(&self, body: BodyId) -> &'a str {
        self.codex.chart.body(body).map_or("an unknown place", |body| &body.name)
    }

    /// How far apart two bodies are, for choosing the nearer: nought at the same body, one in the same system, then
    /// thousandths of a light-year (at least two).
    pub fn far(&self, one: BodyId, other: BodyId) -> i64 {
        if one == other {
            return 0;
        }
        let chart = &self.codex.chart;
        let (Some(a), Some(b)) = (chart.system_of(one), chart.system_of(other)) else {
            return i64::MAX;
        };
        if a.id == b.id { 1 } else { between(a.position_mly, b.position_mly).max(2) }
    }

    /// Systems that can be reached from one by interstellar lines within the rules' reach, with the number of jumps.
    pub fn reach(&self, from: SystemId) -> BTreeMap<SystemId, u32> {
        let systems = &self.codex.chart.systems;
        let reach = self.codex.rules.navigation.interstellar_reach_mly.max(0);
        let mut jumps = BTreeMap::from([(from, 0_u32)]);
        let mut edge = vec![from];
        let mut left: Vec<usize> =
            (0..systems.len()).filter(|place| *place != from.index()).collect();
        while !edge.is_empty() {
            let mut next = Vec::new();
            for here in edge {
                let Some(place) = systems.get(here.index()).map(|system| system.position_mly)
                else {
                    continue;
                };
                let hop = jumps.get(&here).copied().unwrap_or(0).saturating_add(1);
                left.retain(|other| {
                    let Some(system) = systems.get(*other) else { return false };
                    if between(place, system.position_mly) > reach {
                        return true;
                    }
                    let id = SystemId::from_index(*other);
                    jumps.insert(id, hop);
                    next.push(id);
                    false
                });
            }
            edge = next;
        }
        jumps
    }

    /// A body of a system that one would look in at: one that people can live on, else a planet, else the star.
    pub fn landfall(&self, system: SystemId) -> Option<BodyId> {
        let system = self.codex.chart.system(system)?;
        let bodies = || system.bodies.iter().filter_map(|body| self.codex.chart.body(*body));
        bodies()
            .find(|body| body.habitable)
            .or_else(|| bodies().find(|body| body.kind == BodyKind::Star))
            .or_else(|| bodies().next())
            .map(|body| body.id)
    }
}

/// Distance between two places in thousandths of a light-year.
fn between(a: [i64; 3], b: [i64; 3]) -> i64 {
    let mut square = 0_u128;
    for (a, b) in a.iter().zip(&b) {
        let off = u128::from(a.abs_diff(*b));
        square = square.saturating_add(off.saturating_mul(off));
    }
    i64::try_from(square.isqrt()).unwrap_or(i64::MAX)
}
