//! Where jumps end.

use crate::charts::*;
use jumpline_chart::*;
use jumpline_measure::*;

#[test]
fn heavy_pushes_end_high() {
    let (mut chart, rules) = (sol(), NavRules::default());
    chart.bodies[FAR.index()].mass_pt = EARTH_PT;
    let above_air = |chart: &Chart, from, to, rating_permille| {
        let drive = Drive { rating_permille, ..COMMON };
        let air_m = chart.bodies[to as usize].air_m;
        chart.braking_spot(&rules, from, BodyId(to), Time(0), &drive).altitude_m - air_m
    };
    // Equal masses: the base share of the radius, fifty permille.
    assert_eq!(above_air(&chart, FAR, EARTH.0, 1_000), 6_371_000 / 20);
    // A better drive stops lower, down to the least share.
    assert_eq!(above_air(&chart, FAR, EARTH.0, 2_000), 6_371_000 / 40);
    assert_eq!(above_air(&chart, FAR, EARTH.0, 20_000), 6_371_000 / 50);
    // From the Sun: (333,000)^(1/4) = 24 times the base is more than the most, one radius.
    assert_eq!(above_air(&chart, SUN, EARTH.0, 1_000), 6_371_000);
    assert_eq!(above_air(&chart, EARTH, SUN.0, 1_000), 696_000_000 / 50);
    chart.bodies[FAR.index()].mass_pt = EARTH_PT * 16;
    assert_eq!(above_air(&chart, FAR, EARTH.0, 1_000), 6_371_000 / 10);
}

#[test]
fn skilled_observers_guess_to_forty_kilometres() {
    let rules = NavRules::default();
    let error =
        |line_m, section, sensors, skill| braking_error_m(&rules, line_m, section, sensors, skill);
    // A billion kilometres: 38 km and 50 m for each of the 31.6 roots of a gigametre.
    assert_eq!(error(1_000_000_000_000, 100_000, 1_000, 1_000), 38_000 + 1_581);
    assert_eq!(error(0, 100_000, 1_000, 1_000), 38_000);
    assert_eq!(error(0, 25_000, 1_000, 1_000), 76_000, "half the size, twice the error");
    assert_eq!(error(0, 100_000, 500, 1_000), 76_000, "half the sensors");
    assert_eq!(error(0, 100_000, 1_000, 500), 76_000, "half the skill");
    assert_eq!(error(i64::MAX, 1, 1, 1), 2_000_000);
    assert_eq!(error(0, i64::MAX, 9_000, 9_000), 1_000);
}

#[test]
fn guesses_scatter_about_the_truth() {
    let (chart, dice) = (sol(), Dice::new(3));
    let spot = Spot::new(2_000_000, Bearing::Y);
    let squares: f64 = (0..4_000u32)
        .map(|n| {
            let axis = |axis| dice.roll(Purpose::Braking, 1, i64::from(n), axis).normal_milli();
            let guess = chart.guessed_spot(EARTH, &spot, 40_000, [axis(0), axis(1), axis(2)]);
            libm::pow(chart.spot_distance_m(EARTH, &spot, &guess) as f64, 2.0)
        })
        .sum();
    let error = (squares / 4_000.0).sqrt();
    assert!((error - 40_000.0).abs() < 1_200.0, "{error}");
    assert_eq!(chart.guessed_spot(EARTH, &spot, 0, [5_000; 3]), spot);
    assert!(chart.guessed_spot(EARTH, &spot, i64::MAX, [-4_000; 3]).altitude_m >= 0);
}

#[test]
fn a_warned_arrival_moves_its_spot() {
    let rules = NavRules::default();
    assert_eq!(brake_shift_m(&rules, 0, &COMMON), 0);
    assert_eq!(brake_shift_m(&rules, 20_000, &COMMON), 40_000);
    assert_eq!(brake_shift_m(&rules, i64::MAX, &COMMON), 200_000);
    let spot = Spot::new(150_000, Bearing::X);
    assert_eq!(shifted_spot(&spot, 40_000, 100_000).altitude_m, 190_000);
    assert_eq!(shifted_spot(&spot, -90_000, 100_000).altitude_m, 100_000);
    assert_eq!(shifted_spot(&spot, i64::MIN, 0).altitude_m, 0);
}

#[test]
fn wounded_drives_overshoot_or_fail() {
    let rules = NavRules::default();
    assert_eq!(brake_need_permille(&rules, EARTH_PT, EARTH_PT, 1_000), 400);
    assert_eq!(
        brake_need_permille(&rules, EARTH_PT, EARTH_PT, 500),
        200,
        "a slow jump asks for less"
    );
    assert_eq!(brake_need_permille(&rules, SUN_PT, EARTH_PT, 1_000), 900);
    assert_eq!(brake_need_permille(&rules, MOON_PT, SUN_PT, 1_000), 200);
    let end = |need, strength| braking(&rules, need, strength, 300_000);
    assert_eq!(end(400, 1_000), Braking::Brakes);
    assert_eq!(end(400, 400), Braking::Brakes);
    assert_eq!(end(400, 350), Braking::Overshoots { by_m: 50_000 });
    assert_eq!(end(400, 100), Braking::Fails, "300 km past a spot 300 km up");
    assert_eq!(end(1, 0), Braking::Fails);
    assert_eq!(end(i64::MAX, i64::MIN), Braking::Fails);
}
