//! Which stars are neighbours: the table that makes routes across thousands of systems cheap.
//!
//! Stores, for each system, the systems within reach and those few that lie near the straight line in between. Built once
//! for a chart and its rules; systems do not move, so it holds for the whole war.

use crate::arith::mul_div;
use crate::body::PARENTS_MOST;
use crate::line::{SYSTEM_HALF_WIDTH_MLY, apart, passes};
use crate::{BodyKind, Chart, METRES_PER_MLY, NavRules, System};
use jumpline_measure::{BodyId, SystemId, Vec3m};
use std::collections::BTreeMap;

/// A system within reach of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The neighbour.
    pub system: SystemId,
    /// Systems so close to the line between the two that a body of theirs may close it.
    pub crossed: Vec<SystemId>,
}

/// The neighbours of every system of a chart, under one reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartIndex {
    near: Vec<Vec<Near>>,
    /// Mass of the heaviest star of the chart, petatonnes: nothing between stars is quicker than between two of it.
    pub(crate) heaviest_star_pt: i64,
    /// How much of the way between two neighbouring systems the way between their stars is at least, permille: stars
    /// stand a little nearer to each other, or farther, than the centres of their systems.
    pub(crate) straight_permille: i64,
}

type Cell = [i64; 3];

impl ChartIndex {
    /// The neighbours of a system, by id.
    #[must_use]
    pub fn near(&self, system: SystemId) -> &[Near] {
        self.near.get(system.index()).map_or(&[], Vec::as_slice)
    }
}

impl Chart {
    /// Builds the table of neighbours under the rules' reach.
    #[must_use]
    pub fn index(&self, rules: &NavRules) -> ChartIndex {
        let reach = rules.interstellar_reach_mly.max(1);
        let cell_of = |system: &System| system.position_mly.map(|mly| mly.div_euclid(reach));
        let mut cells: BTreeMap<Cell, Vec<&System>> = BTreeMap::new();
        for system in &self.systems {
            cells.entry(cell_of(system)).or_default().push(system);
        }
        let near = |from: &System| {
            let away = |to: &&System| (to.id, apart(from.position_mly, to.position_mly));
            let mut near: Vec<(SystemId, Vec3m)> = around(cell_of(from))
                .filter_map(|cell| cells.get(&cell))
                .flatten()
                .map(away)
                .filter(|(id, away)| *id != from.id && away.length_m() <= reach)
                .collect();
            near.sort();
            near
        };
        let widths: Vec<i64> =
            self.systems.iter().map(|system| self.stars_width_m(system)).collect();
        let width = |system: SystemId| widths.get(system.index()).copied().unwrap_or(0);
        let mut index = ChartIndex { straight_permille: 1_000, ..ChartIndex::default() };
        for system in &self.systems {
            let others = near(system);
            let crossed = |to: &(SystemId, Vec3m)| {
                let third = others.iter().filter(|c| c.0 != to.0);
                third.filter(|c| passes(to.1, c.1, SYSTEM_HALF_WIDTH_MLY)).map(|c| c.0).collect()
            };
            for (to, away) in &others {
                let way_m = away.length_m().saturating_mul(METRES_PER_MLY);
                let least_m = way_m.saturating_sub(width(system.id)).saturating_sub(width(*to));
                let straight = mul_div(least_m.max(0), 1_000, way_m.max(1));
                index.straight_permille = index.straight_permille.min(straight);
            }
            let entry = |to: &(SystemId, Vec3m)| Near { system: to.0, crossed: crossed(to) };
            index.near.push(others.iter().map(entry).collect());
        }
        let stars = self.bodies.iter().filter(|body| body.kind == BodyKind::Star);
        index.heaviest_star_pt = stars.map(|star| star.mass_pt).max().unwrap_or(0).max(0);
        index
    }

    /// The farthest that a star of a system can be from its barycentre, metres.
    fn stars_width_m(&self, system: &System) -> i64 {
        let width = |star: &BodyId| {
            let mut width_m = 0i64;
            let mut next = self.body(*star);
            for _ in 0..PARENTS_MOST {
                let Some(body) = next else { break };
                // No ellipse reaches farther than its long axis.
                let reach_m = body.orbit.map_or(0, |orbit| orbit.semi_major_m.saturating_abs());
                width_m = width_m.saturating_add(reach_m.saturating_mul(2));
                next = body.parent.and_then(|parent| self.body(parent));
            }
            width_m
        };
        system.stars.iter().map(width).max().unwrap_or(0)
    }
}

/// A cell and the twenty-six about it.
fn around(cell: Cell) -> impl Iterator<Item = Cell> {
    (0..27).map(move |n: i64| {
        let step = [n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1];
        [0, 1, 2].map(|axis: usize| cell[axis].saturating_add(step[axis]))
    })
}
