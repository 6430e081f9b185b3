//! Stars, air, falling, mines and sight.

use crate::charts::*;
use jumpline_chart::*;
use jumpline_measure::*;

#[test]
fn air_thins_with_the_square_of_the_height_left() {
    let chart = sol();
    let earth = chart.body(EARTH).unwrap();
    let density = |altitude_m| air_density_ppm(earth, altitude_m);
    assert_eq!([density(-9), density(0), density(50_000)], [1_000_000, 1_000_000, 250_000]);
    assert_eq!([density(100_000), density(i64::MAX)], [0, 0]);
    assert_eq!(air_density_ppm(chart.body(MOON).unwrap(), 0), 0, "there is no air on the Moon");
    let drag =
        |altitude_m, area, s| drag_points(&NavRules::default(), earth, altitude_m, area, Span(s));
    assert_eq!(drag(50_000, 40_000, 60), 10 * 40 / 4 * 60);
    assert_eq!(drag(200_000, 40_000, 60), 0);
}

#[test]
fn a_jump_on_no_line_pays_for_the_air() {
    let (chart, rules) = (sol(), NavRules::default());
    let jump = |altitude_m, heading, distance_m| {
        let from = Spot::new(altitude_m, Bearing::X);
        chart.off_line(&rules, SUN, &from, &heading, distance_m, &COMMON)
    };
    // Straight up through the whole corona of 100,000 km: the integral of ((h - x) / h)^2 is a third of it.
    let OffLine::Passes { end, span, air_m } = jump(1, Bearing::X, 200_000_000) else { panic!() };
    assert!((air_m - 33_333_333).abs() < 20_000, "{air_m}");
    assert!((end.altitude_m - 200_000_000).abs() <= 2 && end.bearing == Bearing::X);
    assert_eq!(span, Span(1));
    // From above the corona outwards there is none; downwards there is an end.
    assert!(matches!(jump(150_000_000, Bearing::X, 9), OffLine::Passes { air_m: 0, .. }));
    assert_eq!(jump(150_000_000, -Bearing::X, 2_000_000_000), OffLine::Strikes);
    // Sideways at half the corona's height the way climbs out of it.
    let OffLine::Passes { air_m, .. } = jump(50_000_000, Bearing::Y, 1_000_000_000) else {
        panic!()
    };
    assert!((1_000_000..100_000_000).contains(&air_m), "{air_m}");

    let harm = |shields| off_line_harm(&rules, 33_000_000, 2_000, shields);
    assert_eq!(harm(100_000), Harm { shields: 66_000, armour: 0 });
    assert_eq!(harm(16_000), Harm { shields: 16_000, armour: 25_000 });
}

#[test]
fn a_stone_falls_as_newton_says() {
    let chart = sol();
    let stone = NavRules { fall_permille: 1_000, ..NavRules::default() };
    let moon = chart.body(MOON).unwrap();
    // From 1 km over the Moon, g = 1.626: sqrt(2 h / g) = 35.1 s.
    let low_ms = fall_ms(&stone, moon, 1_000).unwrap();
    assert!((low_ms - 35_080).abs() < 60, "{low_ms}");
    // From so far that the whole way counts: pi / 2 * sqrt(r^3 / 2GM) less a little.
    let far_ms = fall_ms(&stone, moon, 100_000_000_000).unwrap() as f64;
    let r = 100_001_737_000.0f64;
    let whole_ms =
        std::f64::consts::FRAC_PI_2 * (r * r * r / (2.0 * 6.6743e7 * 73_500.0)).sqrt() * 1e3;
    assert!((far_ms / whole_ms - 1.0).abs() < 1e-4, "{far_ms} {whole_ms}");
    let slow = fall_ms(&NavRules::default(), moon, 1_000).unwrap();
    assert!((slow - 20 * low_ms).abs() <= 20, "what is left of an orbit stretches it");
    assert_eq!(fall_ms(&stone, moon, -5), Some(0));
    let earth = chart.body(EARTH).unwrap();
    assert_eq!(fall_ms(&stone, earth, 100_000), Some(0), "burning begins with the air");
    assert_eq!(fall_ms(&stone, &Body { mass_pt: 0, ..earth.clone() }, 9), None);
}

#[test]
fn pushers_fail_by_arithmetic() {
    let chart = sol();
    let stone = NavRules { fall_permille: 1_000, ..NavRules::default() };
    let earth = chart.body(EARTH).unwrap();
    let push = |thrust_kn, fallen| push_out(&stone, earth, 500_000, 100, thrust_kn, Span(fallen));
    // At 500 km the pull is 8.44 m/s2: 100 kt weigh 844,000 kN.
    let PushOut::TooWeak { short_kn } = push(800_000, 0) else { panic!() };
    assert!((short_kn - 44_200).abs() < 500, "{short_kn}");
    assert_eq!(push(900_000, 0), PushOut::Holds { lost_m: 0 });
    // After 100 s it sinks at 844 m/s; a spare 8.44 m/s2 needs 42 km, a spare 0.56 needs 640 km of the 400 left.
    let PushOut::Holds { lost_m } = push(1_688_000, 100) else { panic!() };
    assert!((lost_m - 42_200).abs() < 300, "{lost_m}");
    let PushOut::TooLate { needed_m } = push(900_000, 100) else { panic!() };
    assert!(needed_m > 600_000, "{needed_m}");
    let _ = push_out(&stone, earth, i64::MAX, 0, i64::MAX, Span(i64::MAX));
}

#[test]
fn mines_strike_by_area() {
    let rules = NavRules::default();
    let chance = |radius_m| mine_strike_ppm(&rules, radius_m);
    assert_eq!([chance(0), chance(200), chance(1_000)], [0, 10_000, 250_000]);
    assert_eq!([chance(2_000), chance(i64::MAX), chance(-1)], [1_000_000, 1_000_000, 0]);
    assert_eq!([field_length_m(&rules, 0), field_length_m(&rules, 1)], [0, 0]);
    assert_eq!(field_length_m(&rules, 101), 1_000_000);
    let left = |since| residue_permille(&rules, Span(since));
    assert_eq!(
        [left(-1), left(0), left(900), left(3_600), left(i64::MAX)],
        [1_000, 1_000, 750, 0, 0]
    );
}

#[test]
fn small_and_masked_ships_are_seen_late() {
    let (chart, rules) = (sol(), NavRules::default());
    assert_eq!(seen_section_m2(100, 10_000, 1_000_000), 100);
    assert_eq!(seen_section_m2(100, 10_000, -1_000_000), 100);
    assert_eq!(seen_section_m2(100, 10_000, 0), 10_000);
    assert_eq!(seen_section_m2(100, 10_000, 707_107), 5_050);
    let range = |section, masking| detection_range_m(&rules, 1_000_000, section, masking);
    assert_eq!(range(100_000, 0), 1_000_000);
    assert_eq!(range(1_000, 0), 100_000, "a hundredth of the area, a tenth of the range");
    assert_eq!(range(100_000, 900), 100_000);
    assert_eq!(range(-1, 0), 0);
    let masking =
        |body, altitude_m| masking_permille(&rules, chart.body(body).unwrap(), altitude_m);
    assert_eq!([masking(SUN, 0), masking(SUN, 100_000_000)], [900, 900]);
    assert_eq!(masking(SUN, 448_000_000), 450);
    assert_eq!([masking(SUN, 900_000_000), masking(EARTH, 0)], [0, 0]);
}
