//! Which stars are neighbours: the table that makes routes across thousands of systems cheap.
//!
//! Stores, for each system, the systems within reach and those few that lie near the straight line in between. Built once
//! for a chart and its rules; systems do not move, so it holds for the whole war.

use crate::arith::{mul_div, permille};
use crate::body::PARENTS_MOST;
use crate::line::{SYSTEM_HALF_WIDTH_MLY, apart, passes};
use crate::travel::jump_speed_mps;
use crate::{BodyKind, Chart, Drive, FOREVER, METRES_PER_MLY, NavRules, System};
use jumpline_measure::{BodyId, Span, SystemId, Vec3m};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

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

/// For one goal the least time that a drive needs from every system, whatever the day: what draws a search towards it.
///
/// Each step is charging and a jump between the heaviest stars of both systems along the shortest way their stars can have;
/// no leg of a route is quicker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeastTimes {
    by_system: Vec<Span>,
}

impl LeastTimes {
    /// The least time from a system to the goal; [`FOREVER`] where no jumps lead there.
    #[must_use]
    pub fn from(&self, system: SystemId) -> Span {
        self.by_system.get(system.index()).copied().unwrap_or(FOREVER)
    }
}

/// How many neighbours a system looks for, the nearest first. Far above what a reach in proportion to its galaxy gives; it
/// keeps a reach without proportion (or all stars in one place) from taking the cube of their number. Neighbours are mutual,
/// so a lonely system is still found by those it found.
const NEIGHBOURS_MOST: usize = 128;

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
        let nearest = self.nearest(rules.interstellar_reach_mly.max(1));
        let mut near: Vec<Vec<Near>> = vec![Vec::new(); self.systems.len()];
        let mut straight_permille = 1_000;
        let widths: Vec<i64> = self.systems.iter().map(|from| self.stars_width_m(from)).collect();
        for (from, others) in nearest.iter().enumerate() {
            for (to, away) in others {
                // Whatever stands between the two is nearer, so it is on the list of the one that found the other.
                let third = others.iter().filter(|c| c.0 != *to);
                let third = third.filter(|c| passes(*away, c.1, SYSTEM_HALF_WIDTH_MLY));
                let crossed: Vec<SystemId> = third.map(|c| c.0).collect();
                let from_id = SystemId::from_index(from);
                near[to.index()].push(Near { system: from_id, crossed: crossed.clone() });
                near[from].push(Near { system: *to, crossed });

                let way_m = away.length_m().saturating_mul(METRES_PER_MLY);
                let widths_m = widths[from].saturating_add(widths[to.index()]);
                let least_m = way_m.saturating_sub(widths_m).max(0);
                straight_permille = mul_div(least_m, 1_000, way_m.max(1)).min(straight_permille);
            }
        }
        for list in &mut near {
            list.sort_by_key(|near| near.system);
            list.dedup_by_key(|near| near.system);
        }
        let stars = self.bodies.iter().filter(|body| body.kind == BodyKind::Star);
        let heaviest_star_pt = stars.map(|star| star.mass_pt).max().unwrap_or(0).max(0);
        ChartIndex { near, heaviest_star_pt, straight_permille }
    }

    /// The least times to a goal's system for a drive, over the table of neighbours.
    #[must_use]
    pub fn least_times(
        &self,
        rules: &NavRules,
        index: &ChartIndex,
        goal: SystemId,
        drive: &Drive,
    ) -> LeastTimes {
        let heaviest = |system: &System| {
            let stars = system.stars.iter().filter_map(|star| self.body(*star));
            stars.map(|star| star.mass_pt).max().unwrap_or(0)
        };
        let masses: Vec<i64> = self.systems.iter().map(heaviest).collect();
        let charge = Span::from_ms(drive.charge_ms.max(0));
        let mut by_system = vec![FOREVER; self.systems.len()];
        let mut queue = BinaryHeap::new();
        if let Some(here) = by_system.get_mut(goal.index()) {
            *here = Span::ZERO;
            queue.push(Reverse((Span::ZERO, goal)));
        }
        while let Some(Reverse((cost, system))) = queue.pop() {
            if by_system.get(system.index()).is_none_or(|have| *have < cost) {
                continue;
            }
            let Some(here) = self.system(system) else { continue };
            for near in index.near(system) {
                let Some(there) = self.system(near.system) else { continue };
                let ends = [masses[system.index()], masses[near.system.index()]];
                let speed_mps = jump_speed_mps(rules, ends, drive.rating_permille, 1_000);
                if speed_mps <= 0 {
                    continue;
                }
                let way = apart(here.position_mly, there.position_mly);
                let straight_m = way.scaled(METRES_PER_MLY, 1).length_m();
                let least_m = permille(straight_m, index.straight_permille);
                let next = cost.saturating_add(charge).saturating_add(Span(least_m / speed_mps));
                if let Some(have) = by_system.get_mut(near.system.index())
                    && next < *have
                {
                    *have = next;
                    queue.push(Reverse((next, near.system)));
                }
            }
        }
        LeastTimes { by_system }
    }

    /// For each system the nearest others within a reach and how far away they are, thousandths of a light-year. Found
    /// through cells as wide as the reach.
    fn nearest(&self, reach_mly: i64) -> Vec<Vec<(SystemId, Vec3m)>> {
        let cell_of = |system: &System| system.position_mly.map(|mly| mly.div_euclid(reach_mly));
        let mut cells: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
        for (at, system) in self.systems.iter().enumerate() {
            cells.entry(cell_of(system)).or_default().push(at);
        }
        let nearest = |(at, from): (usize, &System)| {
            let away = |to: usize| apart(from.position_mly, self.systems[to].position_mly);
            let mut found: Vec<(i64, usize)> = around(cell_of(from))
                .filter_map(|cell| cells.get(&cell))
                .flatten()
                .filter(|to| **to != at)
                .map(|to| (away(*to).length_m(), *to))
                .filter(|(length, _)| *length <= reach_mly)
                .collect();
            found.sort();
            found.dedup();
            found.truncate(NEIGHBOURS_MOST);
            found.into_iter().map(|(_, to)| (SystemId::from_index(to), away(to))).collect()
        };
        self.systems.iter().enumerate().map(nearest).collect()
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
