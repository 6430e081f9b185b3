//! Which lines there are.

use crate::charts::*;
use jumpline_chart::*;
use jumpline_measure::*;
use proptest::prelude::*;

#[test]
fn lines_close_when_a_body_stands_in_the_way() {
    let (chart, rules) = (sol(), NavRules::default());
    // Once a month the Moon goes behind the Earth as seen from the Sun, and the line closes for some hours.
    let mut closed = Vec::new();
    for hour in 0..24 * 28 {
        match chart.line(&rules, SUN, MOON, Time(hour * 3_600)) {
            Ok(line) => assert!(!line.interstellar),
            Err(NoLine::Blocked { by }) => {
                assert_eq!(by, EARTH);
                closed.push(hour);
            }
            Err(other) => panic!("{other}"),
        }
    }
    // A strip of twice (radius + air + margin) at a kilometre a second: about three hours and a half.
    assert!((3..=5).contains(&closed.len()), "{closed:?}");
    assert_eq!(closed.last().unwrap() - closed[0], closed.len() as i64 - 1, "in one piece");
}

#[test]
fn there_is_no_line_where_the_law_knows_none() {
    let (mut chart, mut rules) = (sol(), NavRules::default());
    let line = |from, to| chart.line(&rules, from, to, Time(0));
    assert_eq!(line(EARTH, EARTH), Err(NoLine::SameBody));
    assert_eq!(line(EARTH, NEXT_STAR), Err(NoLine::NotStars));
    assert_eq!(line(EARTH, BodyId(99)), Err(NoLine::NoMass));
    let far = line(SUN, NEXT_STAR).unwrap();
    assert!(far.interstellar && far.heading == Bearing::Z);
    assert_eq!(far.distance_m, 4_000 * METRES_PER_MLY);
    rules.interstellar_reach_mly = 3_999;
    assert_eq!(chart.line(&rules, SUN, NEXT_STAR, Time(0)), Err(NoLine::OutOfReach));
    chart.bodies[MOON.index()].mass_pt = 0;
    assert_eq!(chart.line(&rules, EARTH, MOON, Time(0)), Err(NoLine::NoMass));
    chart.systems[1].position_mly = [i64::MAX, i64::MIN, 0];
    assert_eq!(chart.line(&rules, SUN, NEXT_STAR, Time(0)), Err(NoLine::OutOfReach));
}

#[test]
fn a_third_star_closes_a_line_between_two() {
    let mut chart = Builder::default();
    for place in [0, 3_000, 6_000] {
        let system = chart.system([place, place, 0]);
        chart.body(BodyKind::Star, system, None, None);
    }
    let rules = NavRules::default();
    let line = |from, to| chart.0.line(&rules, BodyId(from), BodyId(to), Time(0));
    assert_eq!(line(0, 2), Err(NoLine::Blocked { by: BodyId(1) }));
    assert!(line(0, 1).is_ok() && line(1, 2).is_ok());
}

#[test]
fn both_ends_lie_on_the_line() {
    let (chart, rules) = (sol(), NavRules::default());
    let line = chart.line(&rules, EARTH, FAR, Time(0)).unwrap();
    let mouth = chart.mouth(&rules, EARTH, FAR, Time(0));
    let far = chart.braking_spot(&rules, EARTH, FAR, Time(0), &COMMON);
    assert_eq!(mouth.bearing, line.heading);
    assert_eq!(far.bearing, -line.heading);
    assert_eq!(mouth.altitude_m, 100_000 + 6_371_000 / 20);
    assert!(chart.off_line_m(EARTH, &mouth, FAR, Time(0)) <= 10);
    let behind = Spot::new(0, -line.heading);
    let off = chart.off_line_m(EARTH, &behind, FAR, Time(0));
    assert!((off - 6_371_000).abs() <= 10, "{off}");
}

proptest! {
    #[test]
    fn lines_run_both_ways(chart in small(), from in 0u32..30, to in 0u32..30) {
        let rules = NavRules::default();
        let there = chart.line(&rules, BodyId(from), BodyId(to), Time(0));
        let back = chart.line(&rules, BodyId(to), BodyId(from), Time(0));
        match (there, back) {
            (Ok(there), Ok(back)) => {
                prop_assert_eq!(there.distance_m, back.distance_m);
                prop_assert_eq!(there.heading, -back.heading);
                prop_assert_eq!(there.interstellar, back.interstellar);
            }
            (Err(NoLine::Blocked { .. }), Err(NoLine::Blocked { .. })) => {}
            (there, back) => prop_assert_eq!(there, back),
        }
    }
}
