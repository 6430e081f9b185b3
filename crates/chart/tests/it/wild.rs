//! Numbers from outside may be anything: no law panics, and no chart takes for ever.

use crate::charts::*;
use jumpline_chart::*;
use jumpline_measure::*;
use proptest::prelude::*;

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![Just(i64::MIN), Just(i64::MAX), -2i64..3, -1_000_000i64..1_000_000, any::<i64>(),]
}

/// The rules with wild numbers in place of all.
fn rules() -> impl Strategy<Value = NavRules> {
    prop::collection::vec(number(), 64).prop_map(|numbers| {
        let mut rules = serde_json::to_value(NavRules::default()).unwrap();
        for (slot, number) in rules.as_object_mut().unwrap().values_mut().zip(numbers) {
            *slot = number.into();
        }
        serde_json::from_value(rules).unwrap()
    })
}

fn chart() -> impl Strategy<Value = Chart> {
    prop::collection::vec(number(), 60).prop_map(|mut numbers| {
        let mut chart = sol();
        let mut next = || numbers.pop().unwrap_or(1);
        for system in &mut chart.systems {
            system.position_mly = [next(), next(), next()];
        }
        for body in &mut chart.bodies {
            (body.mass_pt, body.radius_m, body.air_m) = (next(), next(), next());
            if let Some(orbit) = &mut body.orbit {
                (orbit.semi_major_m, orbit.period_s) = (next(), next());
                (orbit.phase_udeg, orbit.eccentricity_ppm) = (next(), next());
            }
        }
        chart
    })
}

fn wild_spot() -> impl Strategy<Value = Spot> {
    (number(), any::<[i32; 3]>())
        .prop_map(|(altitude_m, [x, y, z])| Spot::new(altitude_m, Bearing { x, y, z }))
}

proptest! {
    #[test]
    fn no_law_panics(
        chart in chart(), rules in rules(), a in wild_spot(), b in wild_spot(),
        n in prop::array::uniform6(number()),
    ) {
        let t = Time(n[0]);
        let drive = Drive {
            rating_permille: n[1],
            charge_ms: n[2],
            agility_mps: n[3],
            interstellar: true,
            brake_reserve_permille: n[4],
        };
        let index = chart.index(&rules);
        let _ = (chart.faults(), Chart::headway_ms(&rules, n[0]));
        for body in &chart.bodies {
            let id = body.id;
            for other in &chart.bodies {
                let _ = chart.route(&rules, &index, id, other.id, t, &drive);
                let _ = chart.route_from(&rules, &index, id, &a, other.id, t, &drive);
                let _ = chart.mouth(&rules, id, other.id, t);
                let _ = chart.braking_spot(&rules, id, other.id, t, &drive);
                let _ = chart.off_line_m(id, &a, other.id, t);
                if let Ok(line) = chart.line(&rules, id, other.id, t) {
                    let _ = chart.travel(&rules, &line, &drive, n[5]);
                }
            }
            let _ = chart.fly_around(&rules, id, &a, &b, n[3]);
            let _ = chart.guessed_spot(id, &a, n[5], [i32::MIN, 0, i32::MAX]);
            let _ = chart.off_line(&rules, id, &a, &b.bearing, n[1], &drive);
            let _ = chart.spot_position(id, &a, t);
            let _ = (air_density_ppm(body, n[0]), fall_ms(&rules, body, n[1]));
            let _ = drag_points(&rules, body, n[0], n[1], Span(n[2]));
            let _ = push_out(&rules, body, n[0], n[1], n[2], Span(n[3]));
            let _ = masking_permille(&rules, body, n[4]);
        }
        let _ = off_line_harm(&rules, n[0], n[1], n[2]);
        let _ = braking_error_m(&rules, n[0], n[1], n[2], n[3]);
        let _ = (brake_shift_m(&rules, n[0], &drive), shifted_spot(&a, n[0], n[1]));
        let need = brake_need_permille(&rules, n[0], n[1], n[2]);
        let _ = (braking(&rules, need, n[3], n[4]), braking(&rules, n[0], n[1], n[2]));
        let _ = detection_range_m(&rules, n[0], n[1], n[2]);
        let _ = seen_section_m2(n[0], n[1], n[2]);
        let _ = (mine_strike_ppm(&rules, n[0]), field_length_m(&rules, n[1]));
        let _ = (residue_permille(&rules, Span(n[2])), tow_pace_permille(&rules, n[3], n[4]));
        let _ = slow_pace_permille(&rules, Span(n[0]), Span(n[1]));
    }
}

#[test]
fn a_reach_without_proportion_is_borne() {
    let mut chart = Builder::default();
    for n in 0..600 {
        // Half of them all in one place.
        let system = chart.system(if n % 2 == 0 { [0; 3] } else { [n * 7, n * n % 1_009, 0] });
        chart.body(BodyKind::Star, system, None, None);
    }
    let rules = NavRules { interstellar_reach_mly: i64::MAX, ..NavRules::default() };
    let index = chart.0.index(&rules);
    let near = |n| index.near(SystemId(n));
    assert!(near(1).len() >= 128 && near(0).len() >= 128);
    for near in (0..600).flat_map(|n| index.near(SystemId(n)).iter().map(move |b| (n, b.system))) {
        assert!(index.near(near.1).iter().any(|back| back.system.0 == near.0), "mutual: {near:?}");
    }
}
