//! How long jumps take.

use crate::charts::*;
use jumpline_chart::*;
use jumpline_measure::*;
use proptest::prelude::*;

const KM: i64 = 1_000;

fn seconds(masses_pt: [i64; 2], distance_m: i64) -> i64 {
    distance_m / jump_speed_mps(&NavRules::default(), masses_pt, 1_000, 1_000)
}

#[test]
fn the_four_jumps_the_law_was_made_for() {
    assert_eq!(seconds([MOON_PT, EARTH_PT], 400_000 * KM), 6);
    let planets = seconds([EARTH_PT, EARTH_PT], 1_000_000_000 * KM);
    assert!((87 * 60..88 * 60).contains(&planets), "{planets}");
    let inward = seconds([SUN_PT, EARTH_PT], 150_000_000 * KM);
    assert!((32..34).contains(&inward), "{inward}");
    let stars = seconds([SUN_PT, SUN_PT], 4_000 * METRES_PER_MLY);
    assert!((95 * 3_600..97 * 3_600).contains(&stars), "{stars}");
}

#[test]
fn speed_is_the_fourth_root_of_the_masses() {
    let rules = NavRules { jump_speed_mps: 1_000, ..NavRules::default() };
    let speed = |a, b, rating, pace| jump_speed_mps(&rules, [a, b], rating, pace);
    assert_eq!(speed(1, 1, 1_000, 1_000), 1_000);
    assert_eq!(speed(16, 1, 1_000, 1_000), 2_000);
    assert_eq!(speed(100, 100, 1_000, 1_000), 10_000);
    assert_eq!(speed(100, 100, 1_500, 1_000), 15_000);
    assert_eq!(speed(100, 100, 1_000, 250), 2_500);
    assert_eq!(speed(100, 100, 1_000, 0), 500, "the slowest pace holds");
    assert_eq!(speed(100, 100, 1_000, 9_999), 10_000, "there is nothing above full pace");
    assert_eq!([speed(0, 1, 1, 1), speed(1, -1, 1, 1), speed(1, 1, 0, 1)], [0; 3]);
    assert!(speed(i64::MAX, i64::MAX, i64::MAX, 1_000) > 0);
}

#[test]
fn a_slow_jump_takes_as_long_as_it_must() {
    let rules = NavRules::default();
    assert_eq!(slow_pace_permille(&rules, Span(100), Span(50)), 1_000);
    assert_eq!(slow_pace_permille(&rules, Span(100), Span(400)), 250);
    assert_eq!(slow_pace_permille(&rules, Span(100), Span::DAY), 50);
    let chart = sol();
    let line = chart.line(&rules, EARTH, FAR, Time(0)).unwrap();
    let full = chart.travel(&rules, &line, &COMMON, 1_000);
    let slow = chart.travel(&rules, &line, &COMMON, 250);
    assert!((slow.0 - 4 * full.0).abs() <= 4, "{full} {slow}");
    let dead = Drive { rating_permille: 0, ..COMMON };
    assert_eq!(chart.travel(&rules, &line, &dead, 1_000), FOREVER);
}

#[test]
fn headway_grows_with_the_hull() {
    let rules = NavRules::default();
    assert_eq!(Chart::headway_ms(&rules, 0), 2_000);
    assert_eq!(Chart::headway_ms(&rules, 500), 2_500);
    assert_eq!(Chart::headway_ms(&rules, i64::MIN), 2_000);
    let _ = Chart::headway_ms(&rules, i64::MAX);
}

#[test]
fn a_tow_is_slow() {
    let rules = NavRules::default();
    assert_eq!(tow_pace_permille(&rules, 500, 500), 300);
    assert_eq!(tow_pace_permille(&rules, 500, 0), 600);
    assert_eq!(tow_pace_permille(&rules, 500, 2_500), 100);
    assert_eq!(tow_pace_permille(&rules, 1, i64::MAX), 50);
}

proptest! {
    #[test]
    fn farther_is_longer_and_better_drives_are_faster(
        near in 1i64..1_000_000_000_000_000, more in 0i64..1_000_000_000_000_000,
        rating in 1i64..5_000, better in 0i64..5_000, pace in 1i64..1_000,
    ) {
        let (chart, rules) = (sol(), NavRules::default());
        let line = |distance_m| Line { distance_m, ..chart.line(&rules, EARTH, FAR, Time(0)).unwrap() };
        let drive = |rating_permille| Drive { rating_permille, ..COMMON };
        let time = |distance, rating, pace| chart.travel_ms(&rules, &line(distance), &drive(rating), pace);
        prop_assert!(time(near, rating, pace) <= time(near + more, rating, pace));
        prop_assert!(time(near, rating + better, pace) <= time(near, rating, pace));
        prop_assert!(time(near, rating, 1_000) <= time(near, rating, pace));
        let span = chart.travel(&rules, &line(near), &drive(rating), pace);
        prop_assert_eq!(span, Span::from_ms(time(near, rating, pace)));
    }
}
