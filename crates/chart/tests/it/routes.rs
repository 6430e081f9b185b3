//! Routes: against every possible way on small charts, and across thousands of systems.

use crate::charts::*;
use jumpline_chart::*;
use jumpline_measure::*;
use proptest::prelude::*;

/// The least time by trying every way of at most `jumps` jumps, under the search's own rule of which bodies count.
fn brute(chart: &Chart, from: BodyId, spot: Option<Spot>, to: BodyId, jumps: u32) -> Option<Span> {
    let ends = [chart.body(from)?.system, chart.body(to)?.system];
    brute_between(chart, ends, from, spot, to, jumps)
}

/// The rest of a way whose first and last systems are known: only in those do bodies other than stars count.
fn brute_between(
    chart: &Chart,
    ends: [SystemId; 2],
    from: BodyId,
    spot: Option<Spot>,
    to: BodyId,
    jumps: u32,
) -> Option<Span> {
    let rules = NavRules::default();
    if from == to {
        return Some(Span::ZERO);
    }
    if jumps == 0 {
        return None;
    }
    let onward = chart.bodies.iter().filter(|body| {
        let star = body.kind == BodyKind::Star;
        star || ends.contains(&body.system)
    });
    let least = onward.filter_map(|next| {
        let line = chart.line(&rules, from, next.id, Time(0)).ok()?;
        let mouth = chart.mouth(&rules, from, next.id, Time(0));
        let around = spot.map_or(Span::ZERO, |spot| {
            chart.fly_around(&rules, from, &spot, &mouth, COMMON.agility_mps)
        });
        let jump = chart.travel(&rules, &line, &COMMON, 1_000);
        let rest = chart.braking_spot(&rules, from, next.id, Time(0), &COMMON);
        let rest = brute_between(chart, ends, next.id, Some(rest), to, jumps - 1)?;
        Some(around.max(Span(30)) + jump + rest)
    });
    least.min()
}

fn holds_together(chart: &Chart, route: &Route, from: BodyId, to: BodyId) {
    let mut at = from;
    for leg in &route.legs {
        assert_eq!(leg.from, at);
        assert!(chart.line(&NavRules::default(), leg.from, leg.to, Time(0)).is_ok());
        assert_eq!(leg.span, leg.around.max(Span(30)) + leg.jump);
        at = leg.to;
    }
    assert_eq!(at, to);
    assert_eq!(route.span, route.legs.iter().map(|leg| leg.span).sum());
}

#[test]
fn out_of_one_system_and_into_another() {
    let (chart, rules) = (sol(), NavRules::default());
    let index = chart.index(&rules);
    let route = chart.route(&rules, &index, MOON, NEXT_STAR, Time(0), &COMMON).unwrap();
    holds_together(&chart, &route, MOON, NEXT_STAR);
    assert_eq!(route.legs.iter().map(|leg| leg.to).collect::<Vec<_>>(), [SUN, NEXT_STAR]);
    let here = chart.route(&rules, &index, MOON, MOON, Time(0), &COMMON).unwrap();
    assert_eq!(here, Route::default());
    let local = Drive { interstellar: false, ..COMMON };
    assert_eq!(chart.route(&rules, &index, MOON, NEXT_STAR, Time(0), &local), None);
    let still = Drive { rating_permille: 0, ..COMMON };
    assert_eq!(chart.route(&rules, &index, MOON, EARTH, Time(0), &still), None);
    assert_eq!(chart.route(&rules, &index, MOON, BodyId(99), Time(0), &COMMON), None);
    let spot = Spot::new(0, Bearing::X);
    let from = chart.route_from(&rules, &index, MOON, &spot, EARTH, Time(0), &COMMON).unwrap();
    assert!(from.legs[0].around > Span::ZERO);
}

/// A galaxy of 3,000 systems with two to nine bodies each, drawn from the dice.
fn galaxy() -> Chart {
    let (mut chart, dice) = (Builder::default(), Dice::new(11));
    for n in 0..3_000u64 {
        let roll = |i| dice.roll(Purpose::Generator, n, 0, i);
        let system = chart
            .system([0, 1, 2].map(|i| roll(i).between(0, if i == 2 { 8_000 } else { 150_000 })));
        for star in 0..=roll(3).below(2) {
            let orbit = Orbit::circle(i64::from(star) * 3 * GM10, 9_000_000, 0);
            chart.body(BodyKind::Star, system, None, Some(orbit));
        }
        for planet in 0..roll(4).between(1, 7) {
            let phase = roll(10 + planet as u32).between(0, 360_000_000);
            let orbit = Orbit::circle((planet + 6) * GM10, 50_000_000 * (planet + 1), phase);
            chart.body(BodyKind::Planet, system, None, Some(orbit));
        }
    }
    chart.0
}

#[test]
fn three_thousand_systems() {
    let (chart, rules) = (galaxy(), NavRules::default());
    assert_eq!(chart.faults(), []);
    let index = chart.index(&rules);
    let neighbours: usize = chart.systems.iter().map(|system| index.near(system.id).len()).sum();
    assert!((30_000..300_000).contains(&neighbours), "{neighbours}");
    let corner = |x: i64, y: i64| {
        let far = |system: &&System| {
            let [sx, sy, _] = system.position_mly;
            (sx - x).abs() + (sy - y).abs()
        };
        *chart.systems.iter().min_by_key(far).unwrap().bodies.last().unwrap()
    };
    let trips = [
        (corner(0, 0), corner(150_000, 150_000)),
        (corner(150_000, 0), corner(0, 150_000)),
        (corner(75_000, 75_000), corner(0, 0)),
    ];
    for (from, to) in trips {
        let route = chart.route(&rules, &index, from, to, Time(0), &COMMON).unwrap();
        holds_together(&chart, &route, from, to);
        let again = chart.route(&rules, &index, from, to, Time(0), &COMMON).unwrap();
        assert_eq!(route, again);
        // Between suns nothing is quicker than the straight way at their speed.
        let at = |body| chart.system_of(body).unwrap().position_mly;
        let [x, y, z] = [0, 1, 2].map(|axis: usize| at(to)[axis] - at(from)[axis]);
        let straight_m = Vec3m::new(x, y, z).length_m() * METRES_PER_MLY;
        let least = straight_m / jump_speed_mps(&rules, [SUN_PT; 2], 1_000, 1_000);
        assert!((least..least * 5 / 4).contains(&route.span.0), "{} against {least} s", route.span);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn routes_are_the_quickest(
        chart in small(), from in 0u32..12, to in 0u32..12, spot in prop::option::of(spot()),
    ) {
        let (from, to) = (BodyId(from), BodyId(to));
        if chart.body(from).is_none() || chart.body(to).is_none() || chart.bodies.len() > 14 {
            return Ok(());
        }
        let rules = NavRules::default();
        let index = chart.index(&rules);
        let route = match &spot {
            Some(spot) => chart.route_from(&rules, &index, from, spot, to, Time(0), &COMMON),
            None => chart.route(&rules, &index, from, to, Time(0), &COMMON),
        };
        let least = brute(&chart, from, spot, to, 4);
        if let Some(route) = &route {
            holds_together(&chart, route, from, to);
        }
        match (route, least) {
            // Spans are whole seconds and angles whole microradians: a second a jump is rounding.
            (Some(route), Some(least)) => {
                prop_assert!(route.span.0 <= least.0 + 4, "{} is not {least}", route.span);
                if route.legs.len() <= 4 {
                    prop_assert!(route.span >= least);
                }
            }
            (None, Some(least)) => prop_assert!(false, "missed a way of {least}"),
            (_, None) => {}
        }
    }

    #[test]
    fn the_table_knows_every_neighbour(chart in small()) {
        let rules = NavRules::default();
        let index = chart.index(&rules);
        for a in &chart.systems {
            for b in &chart.systems {
                let line = chart.line(&rules, a.stars[0], b.stars[0], Time(0));
                if a.id != b.id && line.is_ok() {
                    prop_assert!(index.near(a.id).iter().any(|near| near.system == b.id));
                }
            }
        }
    }
}
