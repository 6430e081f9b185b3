//! Which stars are neighbours: the table that makes routes across thousands of systems cheap.
//!
//! Stores, for each system, the systems within reach and those few that lie near the straight line in between. Built once
//! for a chart and its rules; systems do not move, so it holds for the whole war.

use crate::line::{apart, crosses, within_mly};
use crate::{Chart, NavRules, System};
use jumpline_measure::SystemId;
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
        let near = |system: &System| {
            let mut near: Vec<&System> = around(cell_of(system))
                .filter_map(|cell| cells.get(&cell))
                .flatten()
                .copied()
                .filter(|other| other.id != system.id)
                .filter(|other| within_mly(apart(system.position_mly, other.position_mly), reach))
                .collect();
            near.sort_by_key(|other| other.id);
            near
        };
        let table = self.systems.iter().map(|system| {
            let others = near(system);
            let between = |to: &System| {
                let third = others.iter().filter(|c| c.id != to.id && crosses(system, to, c));
                third.map(|c| c.id).collect()
            };
            let entry = |to: &&System| Near { system: to.id, crossed: between(to) };
            others.iter().map(entry).collect()
        });
        ChartIndex { near: table.collect() }
    }
}

/// A cell and the twenty-six about it.
fn around(cell: Cell) -> impl Iterator<Item = Cell> {
    (0..27).map(move |n: i64| {
        let step = [n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1];
        [0, 1, 2].map(|axis: usize| cell[axis].saturating_add(step[axis]))
    })
}
