//! Where bodies and spots are.

use crate::charts::*;
use jumpline_chart::*;
use jumpline_measure::*;
use proptest::prelude::*;

#[test]
fn a_moon_adds_its_parents_place() {
    let chart = sol();
    for day in 0..400 {
        let t = Time(day * 86_400);
        let apart = chart.position(MOON, t).distance_m(&chart.position(EARTH, t));
        assert!((apart - 384_400_000).abs() <= 2, "{apart}");
        let year = chart.position(EARTH, t).length_m();
        assert!((147_100_000_000..152_100_000_000).contains(&year), "{year}");
    }
}

#[test]
fn strange_charts_are_harmless() {
    let mut chart = sol();
    chart.bodies[EARTH.index()].parent = Some(MOON);
    chart.bodies[FAR.index()].parent = Some(BodyId(999));
    chart.bodies[FAR.index()].mass_pt = -5;
    for t in [Time(i64::MIN), Time(0), Time(i64::MAX)] {
        let _ = (chart.position(MOON, t), chart.position(BodyId(77), t));
        for a in 0..6 {
            for b in 0..6 {
                let _ = chart.line(&NavRules::default(), BodyId(a), BodyId(b), t);
            }
        }
    }
    let faults = chart.faults();
    assert!(faults.contains(&Fault::Parent(EARTH)) && faults.contains(&Fault::Parent(MOON)));
    assert!(faults.contains(&Fault::Parent(FAR)) && faults.contains(&Fault::NoMass(FAR)));
}

#[test]
fn a_chart_is_stored_as_it_is() {
    let text = serde_json::to_string(&sol()).unwrap();
    assert_eq!(serde_json::from_str::<Chart>(&text).unwrap(), sol());
    assert!(text.contains("\"kind\":\"gas-giant\""));
}

proptest! {
    #[test]
    fn bodies_do_not_leap(
        semi_major_m in 1_000_000i64..10_000_000_000_000,
        period_s in 10_000i64..10_000_000_000,
        eccentricity_ppm in 0i64..900_000,
        incline_udeg in -90_000_000i64..90_000_000,
        t in -100_000_000_000i64..100_000_000_000,
    ) {
        let orbit = Orbit {
            eccentricity_ppm,
            incline_udeg,
            node_udeg: 33_000_000,
            ..Orbit::circle(semi_major_m, period_s, 12_345_678)
        };
        let e = eccentricity_ppm as f64 / 1e6;
        let fastest = std::f64::consts::TAU * semi_major_m as f64 / period_s as f64
            * ((1.0 + e) / (1.0 - e)).sqrt();
        let step = orbit.place(Time(t)).distance_m(&orbit.place(Time(t + 1))) as f64;
        prop_assert!(step <= fastest + 3.0 + semi_major_m as f64 * 1e-14, "{step} m, not {fastest}");
        let away = orbit.place(Time(t)).length_m() as f64;
        let a = semi_major_m as f64;
        prop_assert!(away >= a * (1.0 - e) - 3.0 && away <= a * (1.0 + e) + 3.0);
    }

    #[test]
    fn a_spot_is_where_it_says(spot in spot()) {
        let chart = sol();
        let back = chart.spot_at(EARTH, chart.spot_offset(EARTH, &spot));
        prop_assert!((back.altitude_m - spot.altitude_m).abs() <= 4_000);
        prop_assert!(back.bearing.angle_urad(&spot.bearing) <= 2);
    }
}
