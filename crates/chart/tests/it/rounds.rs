//! Flying round bodies.

use crate::charts::*;
use jumpline_chart::*;
use jumpline_measure::*;
use proptest::prelude::*;

fn way(from: &Spot, to: &Spot) -> i64 {
    sol().way_around_m(&NavRules::default(), EARTH, from, to)
}

#[test]
fn closed_cases() {
    // The floor about the Earth: 6,371 km and 100 km of air and 50 km of clearance.
    let floor = 6_521_000.0f64;
    let high = |bearing| Spot::new(floor as i64 - 6_371_000, bearing);
    let quarter = std::f64::consts::FRAC_PI_2 * floor;
    assert!(
        (way(&high(Bearing::X), &high(Bearing::Y)) as f64 - quarter).abs() < 10.0,
        "along the floor"
    );
    assert_eq!(way(&high(Bearing::X), &Spot::new(5_000_000, Bearing::X)), 4_850_000, "straight up");
    let moonward = Spot::new(393_629_000, Bearing::X);
    let beside = Spot::new(393_629_000, Bearing::Y);
    let chord = 400_000_000.0 * 2f64.sqrt();
    assert!((way(&moonward, &beside) as f64 - chord).abs() < 500.0, "a clear chord");
    // Over the top: up one tangent, along the floor, down the other.
    let behind = Spot::new(393_629_000, -Bearing::X);
    let horizon = libm::acos(floor / 4e8);
    let over =
        2.0 * (4e8 * 4e8 - floor * floor).sqrt() + floor * (std::f64::consts::PI - 2.0 * horizon);
    assert!((way(&moonward, &behind) as f64 - over).abs() < 500.0);
}

#[test]
fn time_is_way_over_speed() {
    let (chart, rules) = (sol(), NavRules::default());
    let (a, b) = (Spot::new(150_000, Bearing::X), Spot::new(1_150_000, Bearing::X));
    let time = |speed| chart.fly_around(&rules, EARTH, &a, &b, speed);
    assert_eq!([time(1_000_000), time(300_000), time(0)], [Span(1), Span(4), FOREVER]);
    assert_eq!(chart.fly_around(&rules, EARTH, &a, &a, 0), Span::ZERO);
    let deep = Spot::new(i64::MIN, Bearing::Z);
    let _ = chart.fly_around(&rules, EARTH, &deep, &Spot::new(i64::MAX, Bearing::Y), 1);
}

proptest! {
    #[test]
    fn it_is_a_distance(a in spot(), b in spot(), c in spot()) {
        prop_assert_eq!(way(&a, &a), 0);
        prop_assert_eq!(way(&a, &b), way(&b, &a));
        // Angles are whole microradians: three of them, at the greatest height there is here.
        prop_assert!(way(&a, &c) <= way(&a, &b) + way(&b, &c) + 10_000);
        prop_assert!(way(&a, &b) + 10_000 >= sol().spot_distance_m(EARTH, &a, &b));
    }

    #[test]
    fn it_never_leads_through_the_body(a in spot(), b in spot()) {
        // When the straight line would cut the floor, the way round is longer than the line by more than rounding.
        let chart = sol();
        let (from, to) = (chart.spot_offset(EARTH, &a), chart.spot_offset(EARTH, &b));
        let lowest = (0..=1_000).map(|n| (from + (to - from).scaled(n, 1_000)).length_m()).min().unwrap();
        let straight = chart.spot_distance_m(EARTH, &a, &b);
        if lowest > 6_700_000 {
            prop_assert!((way(&a, &b) - straight).abs() <= 10_000);
        } else if lowest < 3_000_000 {
            prop_assert!(way(&a, &b) > straight, "{} {straight}", way(&a, &b));
        }
    }
}
