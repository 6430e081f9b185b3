//! What one turn may leave to the next to save it work: what battles need made ready, the chart's table of neighbours, the least times along it. All of it follows
//! from the law alone; a war played on without it comes out the same.

use jumpline_chart::{ChartIndex, Drive, LeastTimes};
use jumpline_measure::SystemId;
use jumpline_world::Codex;
use std::collections::BTreeMap;

/// What is known of ways between stars and of ways to fight. Made empty; belongs to one law.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    ready: Option<jumpline_battle::Ready>,
    index: Option<ChartIndex>,
    /// Least times by goal and by what the drive gives: rating, permille, and charging time, milliseconds.
    least: BTreeMap<(SystemId, i64, i64), LeastTimes>,
}

/// Most goals remembered at once: each takes a number for every system.
const GOALS_MOST: usize = 4_096;

impl Memory {
    /// What battles need made ready.
    pub(crate) fn ready(&mut self, codex: &Codex) -> &jumpline_battle::Ready {
        self.ready.get_or_insert_with(|| jumpline_battle::Ready::new(codex))
    }

    /// The chart's table of neighbours.
    pub(crate) fn index(&mut self, codex: &Codex) -> &ChartIndex {
        self.index.get_or_insert_with(|| codex.chart.index(&codex.rules.navigation))
    }

    /// The table of neighbours, and the least times to a system with a drive.
    pub(crate) fn ways(
        &mut self,
        codex: &Codex,
        goal: SystemId,
        drive: &Drive,
    ) -> (&ChartIndex, &LeastTimes) {
        let nav = &codex.rules.navigation;
        let index = self.index.get_or_insert_with(|| codex.chart.index(nav));
        let key = (goal, drive.rating_permille, drive.charge_ms);
        if self.least.len() >= GOALS_MOST && !self.least.contains_key(&key) {
            self.least.clear();
        }
        let least = self
            .least
            .entry(key)
            .or_insert_with(|| codex.chart.least_times(nav, index, goal, drive));
        (index, least)
    }
}
