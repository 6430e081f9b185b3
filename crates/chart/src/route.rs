//! Routes: the quickest way from one mass to another, jump by jump.
//!
//! A route is a plan made from the chart as it stands at one time; bodies move on while a ship follows it, so each jump is
//! looked at again when it is due. Systems are crossed by their stars alone; in the first and the last system every body
//! counts.

use crate::arith::permille;
use crate::line::apart;
use crate::travel::jump_speed_mps;
use crate::{
    BodyKind, Chart, ChartIndex, Drive, FOREVER, LeastTimes, Line, METRES_PER_MLY, NavRules, Spot,
};
use jumpline_measure::{BodyId, Span, SystemId, Time, Vec3m};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// One jump of a route, with what comes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Where it begins.
    pub from: BodyId,
    /// Where it ends.
    pub to: BodyId,
    /// Time to fly round `from` to the line's near end.
    pub around: Span,
    /// Time on the line.
    pub jump: Span,
    /// All of it: flying round while the drive charges, whichever takes longer, and the jump.
    pub span: Span,
}

/// Jumps that lead from one mass to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The jumps in order; none when the ship is already there.
    pub legs: Vec<Leg>,
    /// The time of all of them.
    pub span: Span,
}

impl Chart {
    /// The quickest route from one body to another with a drive, or `None` when there is none. The ship is taken to stand
    /// ready at the near end of its first line.
    ///
    /// The cost of a leg is the longer of flying round and charging, and the jump, each in whole seconds. Equal costs go to
    /// the lower ids.
    #[must_use]
    pub fn route(
        &self,
        rules: &NavRules,
        index: &ChartIndex,
        from: BodyId,
        to: BodyId,
        at: Time,
        drive: &Drive,
    ) -> Option<Route> {
        Search::new(self, rules, index, at, drive, to).run(from, None)
    }

    /// The same for a ship at a spot of `from`: it must first fly round to its line.
    #[must_use]
    #[expect(
        clippy::too_many_arguments,
        reason = "a trip has two ends, a time, a drive and a place to begin"
    )]
    pub fn route_from(
        &self,
        rules: &NavRules,
        index: &ChartIndex,
        from: BodyId,
        spot: &Spot,
        to: BodyId,
        at: Time,
        drive: &Drive,
    ) -> Option<Route> {
        Search::new(self, rules, index, at, drive, to).run(from, Some(*spot))
    }

    /// The same, drawn towards the goal by least times known from earlier: those of this drive to the goal's system.
    #[must_use]
    #[expect(
        clippy::too_many_arguments,
        reason = "a trip has two ends, a time, a drive and a place to begin"
    )]
    pub fn route_drawn(
        &self,
        rules: &NavRules,
        index: &ChartIndex,
        least: &LeastTimes,
        from: BodyId,
        spot: Option<&Spot>,
        to: BodyId,
        at: Time,
        drive: &Drive,
    ) -> Option<Route> {
        let mut search = Search::new(self, rules, index, at, drive, to);
        search.least = Some(least);
        search.run(from, spot.copied())
    }
}

/// A ship come to rest at a body: the search's notion of a place. Two arrivals at one body by two lines are two places,
/// because the way round to the next line differs.
struct Arrival {
    body: BodyId,
    /// Where at the body; none for a ship that stands ready for any line.
    spot: Option<Spot>,
    cost: Span,
    /// The jump that led here.
    by: Option<Jump>,
}

/// A jump of the search, and the arrival it set out from.
struct Jump {
    since: usize,
    line: Line,
    leg: Leg,
}

/// What waits in the queue, in the order in which it is taken: cheapest, then lowest ids.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    /// Its cost and the least that is still to come.
    least: Span,
    cost: Span,
    body: BodyId,
    from: BodyId,
    arrival: usize,
}

/// Dijkstra's search over arrivals, drawn towards the goal by the least time still to come: the straight way to the goal's
/// system at the speed of the chart's two heaviest stars (which no leg can beat, so nothing is lost).
///
/// Two more things keep it small. An arrival is dropped when an earlier one at the same body could fly round to its spot by then:
/// flying round is a metric, so nothing is lost. And whether a line is clear is asked only when its arrival is taken, which
/// for most never happens.
struct Search<'a> {
    chart: &'a Chart,
    rules: &'a NavRules,
    index: &'a ChartIndex,
    drive: &'a Drive,
    goal: BodyId,
    end_systems: [SystemId; 2],
    /// Speed between the two heaviest stars, metres a second.
    fastest_mps: i64,
    /// Least times to the goal, if they are known: a stronger pull than the straight way.
    least: Option<&'a LeastTimes>,
    places: Places<'a>,
    arrivals: Vec<Arrival>,
    queue: BinaryHeap<Reverse<Due>>,
    /// For each body, the arrivals taken there, cheapest first.
    taken: Vec<Vec<usize>>,
}

/// Where bodies are at the time of the search, each worked out once.
struct Places<'a> {
    chart: &'a Chart,
    at: Time,
    known: Vec<Option<Vec3m>>,
}

impl Places<'_> {
    fn of(&mut self, body: BodyId) -> Vec3m {
        let Some(slot) = self.known.get_mut(body.index()) else { return Vec3m::ZERO };
        *slot.get_or_insert_with(|| self.chart.position(body, self.at))
    }
}

impl<'a> Search<'a> {
    fn new(
        chart: &'a Chart,
        rules: &'a NavRules,
        index: &'a ChartIndex,
        at: Time,
        drive: &'a Drive,
        goal: BodyId,
    ) -> Self {
        let bodies = chart.bodies.len();
        Self {
            chart,
            rules,
            index,
            drive,
            goal,
            end_systems: [SystemId::default(); 2],
            fastest_mps: jump_speed_mps(
                rules,
                [index.heaviest_star_pt; 2],
                drive.rating_permille,
                1_000,
            ),
            least: None,
            places: Places { chart, at, known: vec![None; bodies] },
            arrivals: Vec::new(),
            queue: BinaryHeap::new(),
            taken: vec![Vec::new(); bodies],
        }
    }

    fn run(mut self, from: BodyId, spot: Option<Spot>) -> Option<Route> {
        self.end_systems = [self.chart.body(from)?.system, self.chart.body(self.goal)?.system];
        self.add(Arrival { body: from, spot, cost: Span::ZERO, by: None });
        while let Some(Reverse(due)) = self.queue.pop() {
            if self.is_late(due.arrival) || self.is_blocked(due.arrival) {
                continue;
            }
            if due.body == self.goal {
                return Some(self.route_to(due.arrival));
            }
            if let Some(taken) = self.taken.get_mut(due.body.index()) {
                taken.push(due.arrival);
            }
            self.set_out(due.arrival);
        }
        None
    }

    fn add(&mut self, arrival: Arrival) {
        let (cost, body) = (arrival.cost, arrival.body);
        let from = arrival.by.as_ref().map_or(body, |jump| jump.leg.from);
        let index = self.arrivals.len();
        self.arrivals.push(arrival);
        if self.is_late(index) {
            self.arrivals.pop();
        } else {
            let least = cost.saturating_add(self.to_come(body));
            self.queue.push(Reverse(Due { least, cost, body, from, arrival: index }));
        }
    }

    /// The least time from a body to the goal.
    fn to_come(&self, body: BodyId) -> Span {
        if let Some(least) = self.least {
            return self.chart.system_of(body).map_or(Span::ZERO, |system| least.from(system.id));
        }
        let place = |body| self.chart.system_of(body).map(|system| system.position_mly);
        let (Some(here), Some(goal)) = (place(body), place(self.goal)) else { return Span::ZERO };
        let straight_m = apart(here, goal).scaled(METRES_PER_MLY, 1).length_m();
        let least_m = permille(straight_m, self.index.straight_permille);
        Span(least_m / self.fastest_mps.max(1))
    }

    /// Could a ship that arrived here earlier be at this spot by now?
    fn is_late(&self, index: usize) -> bool {
        let Some(arrival) = self.arrivals.get(index) else { return true };
        let taken = self.taken.get(arrival.body.index()).map_or(&[][..], Vec::as_slice);
        taken.iter().filter_map(|earlier| self.arrivals.get(*earlier)).any(|earlier| {
            let around = self.around(arrival.body, earlier.spot.as_ref(), arrival.spot.as_ref());
            earlier.cost.saturating_add(around) <= arrival.cost
        })
    }

    fn is_blocked(&mut self, index: usize) -> bool {
        let Some(jump) = self.arrivals.get(index).and_then(|arrival| arrival.by.as_ref()) else {
            return false;
        };
        let line = jump.line;
        let crossed: &[SystemId] = if line.interstellar { self.crossed(&line) } else { &[] };
        let places = &mut self.places;
        self.chart.obstacle(self.rules, &line, crossed, &mut |body| places.of(body)).is_some()
    }

    /// The third systems that the table knows to lie along an interstellar line.
    fn crossed(&self, line: &Line) -> &'a [SystemId] {
        let system = |body| self.chart.body(body).map(|body| body.system);
        let (Some(from), Some(to)) = (system(line.from), system(line.to)) else { return &[] };
        let near = self.index.near(from);
        let found = near.binary_search_by_key(&to, |near| near.system);
        found.ok().and_then(|at| near.get(at)).map_or(&[], |near| &near.crossed)
    }

    /// Queues every jump that can follow an arrival.
    fn set_out(&mut self, since: usize) {
        let chart = self.chart;
        let Some(here) = self.arrivals.get(since).and_then(|arrival| chart.body(arrival.body))
        else {
            return;
        };
        let every = self.end_systems.contains(&here.system);
        for next in chart.members(here.system) {
            if every || next.kind == BodyKind::Star {
                self.jump(since, next.id);
            }
        }
        if here.kind != BodyKind::Star || !self.drive.interstellar {
            return;
        }
        let index = self.index;
        for near in index.near(here.system) {
            for star in chart.system(near.system).map_or(&[][..], |system| &system.stars) {
                self.jump(since, *star);
            }
        }
    }

    /// Queues one jump, if there is a line; what stands in its way is asked later.
    fn jump(&mut self, since: usize, to: BodyId) {
        let Some(&Arrival { body: from, spot, cost, .. }) = self.arrivals.get(since) else {
            return;
        };
        let (chart, rules, drive) = (self.chart, self.rules, self.drive);
        let places = &mut self.places;
        let Ok(line) = chart.bare_line(rules, from, to, &mut |body| places.of(body)) else {
            return;
        };
        let mouth = chart.near_end(rules, from, line.heading);
        let around = self.around(from, spot.as_ref(), Some(&mouth));
        let jump = chart.travel(rules, &line, drive, 1_000);
        let ready = around.max(Span::from_ms(drive.charge_ms.max(0)));
        let span = ready.saturating_add(jump);
        let cost = cost.saturating_add(span);
        if cost >= FOREVER || self.to_come(to) >= FOREVER {
            return;
        }
        let spot = chart.far_end(rules, from, to, -line.heading, drive);
        let leg = Leg { from, to, around, jump, span };
        self.add(Arrival { body: to, spot: Some(spot), cost, by: Some(Jump { since, line, leg }) });
    }

    fn around(&self, body: BodyId, from: Option<&Spot>, to: Option<&Spot>) -> Span {
        match (from, to) {
            (Some(from), Some(to)) => {
                self.chart.fly_around(self.rules, body, from, to, self.drive.agility_mps)
            }
            _ => Span::ZERO,
        }
    }

    fn route_to(&self, index: usize) -> Route {
        let mut route = Route::default();
        let mut at = self.arrivals.get(index);
        route.span = at.map_or(Span::ZERO, |arrival| arrival.cost);
        while let Some(jump) = at.and_then(|arrival| arrival.by.as_ref()) {
            route.legs.push(jump.leg);
            at = self.arrivals.get(jump.since);
        }
        route.legs.reverse();
        route
    }
}
