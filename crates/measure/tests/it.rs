//! What the other rooms rely on: dates that come back, exact lengths, dice that agree with the published vectors.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use jumpline_measure::*;
use proptest::prelude::*;

fn calendar() -> Calendar {
    Calendar::parse_epoch("2470-05-02T00:00").unwrap()
}

#[test]
fn dates_are_read_and_written() {
    let cal = calendar();
    let cases = [
        ("2470-05-02", 0, "2470-05-02T00:00:00", "2 May 2470 00:00"),
        ("2470-05-07T04:10", 447_000, "2470-05-07T04:10:00", "7 May 2470 04:10"),
        ("2470-05-07T04:10:30", 447_030, "2470-05-07T04:10:30", "7 May 2470 04:10"),
        ("2470-05-01T23:59:59", -1, "2470-05-01T23:59:59", "1 May 2470 23:59"),
        ("2472-02-29", 57_715_200, "2472-02-29T00:00:00", "29 February 2472 00:00"),
    ];
    for (text, seconds, iso, long) in cases {
        let time = cal.parse(text).unwrap();
        assert_eq!((time, &*cal.iso(time), &*cal.long(time)), (Time(seconds), iso, long));
    }
    assert_eq!(cal.date(Time(447_000)), "7 May 2470");
    assert_eq!(cal.clock(Time(447_000)), "04:10");
    assert_eq!(cal.midnight(Time(447_000)), Time(5 * 86_400));
    assert_eq!(cal.midnight(Time(-1)), Time(-86_400));
}

#[test]
fn the_days_between_known_dates() {
    // 1970-01-01 to 2000-03-01 is 11,017 days: the value every Unix clock agrees on.
    let unix = Calendar::parse_epoch("1970-01-01").unwrap();
    assert_eq!(unix.parse("2000-03-01").unwrap(), Time(11_017 * 86_400));
    assert_eq!(unix.parse("2038-01-19T03:14:07").unwrap(), Time(i64::from(i32::MAX)));
    assert_eq!(unix.iso(Time(-62_167_219_200)), "0000-01-01T00:00:00");
    assert_eq!(unix.iso(Time(253_402_300_799)), "9999-12-31T23:59:59");
}

#[test]
fn every_day_of_eight_centuries_comes_back() {
    let cal = Calendar::parse_epoch("2000-01-01").unwrap();
    let mut last = String::new();
    for day in 0..292_194 {
        let text = cal.iso(Time(day * 86_400));
        assert_eq!(cal.parse(&text), Ok(Time(day * 86_400)), "{text}");
        assert!(text > last, "{text} after {last}");
        last = text;
    }
    assert_eq!(last, "2799-12-31T00:00:00");
}

#[test]
fn what_is_no_date_is_refused() {
    let cal = calendar();
    let form = [
        "",
        "2470",
        "2470-5-7",
        "2470-05-07 04:10",
        "2470-05-07T4:10",
        "+470-05-07",
        "2470-05-07Z",
        "２470-05-07",
        "2470/05/07",
        "2470-05-07T04:10:3x",
    ];
    for text in form {
        assert_eq!(cal.parse(text), Err(CalendarError::Form), "{text}");
    }
    assert_eq!(cal.parse("2470-13-01"), Err(CalendarError::Month { month: 13 }));
    let day = cal.parse("2471-02-29").unwrap_err();
    assert_eq!(day.to_string(), "February 2471 has 28 days, so there is no day 29");
    assert!(matches!(cal.parse("2470-05-00"), Err(CalendarError::Day { .. })));
    assert!(matches!(cal.parse("2470-05-07T24:00"), Err(CalendarError::Clock { .. })));
    assert!(cal.parse("2100-02-29").is_err(), "a century is no leap year");
    assert!(cal.parse("2400-02-29").is_ok(), "a fourth century is");
}

#[test]
fn no_moment_panics() {
    let cal = calendar();
    for time in [Time(i64::MIN), Time(i64::MAX), Time::NEVER] {
        let _ = (cal.iso(time), cal.long(time), cal.date(time), cal.midnight(time));
    }
}

#[test]
fn a_calendar_is_stored_as_its_epoch() {
    let text = serde_json::to_string(&calendar()).unwrap();
    assert_eq!(text, "\"2470-05-02T00:00:00\"");
    assert_eq!(serde_json::from_str::<Calendar>(&text).unwrap(), calendar());
    assert!(serde_json::from_str::<Calendar>("\"soon\"").is_err());
}

#[test]
fn ids_and_times_are_stored_as_numbers() {
    assert_eq!(serde_json::to_string(&(ShipId(12), Time(-3), Span(4))).unwrap(), "[12,-3,4]");
    assert_eq!(ShipId(12).to_string(), "ship 12");
    assert_eq!(BodyId::from_index(7).index(), 7);
}

#[test]
fn spans_read_well() {
    let cases = [
        (Span::ZERO, "0 s"),
        (Span(5_320), "1 h 28 min 40 s"),
        (Span::DAY * 4 + Span::HOUR, "4 d 1 h"),
        (-Span::MINUTE, "-1 min"),
        (Span(i64::MIN), "-106751991167300 d 15 h 30 min 8 s"),
    ];
    for (span, text) in cases {
        assert_eq!(span.to_string(), text);
    }
    assert_eq!(
        [Span::from_ms(0), Span::from_ms(1), Span::from_ms(1_000)],
        [Span(0), Span(1), Span(1)]
    );
    assert_eq!(Time(5) - Time(2), Span(3));
    assert_eq!(Time::NEVER.saturating_add(Span::DAY), Time::NEVER);
}

#[test]
fn lengths_are_exact() {
    assert_eq!(Vec3m::new(3, 4, 12).length_m(), 13);
    assert_eq!(Vec3m::new(1, 1, 1).length_m(), 1);
    let far = Vec3m::new(i64::MIN, i64::MAX, i64::MIN);
    assert_eq!(far.length_m(), i64::MAX);
    assert_eq!(Vec3m::new(6_000_000_000_000_000_000, 0, 0).length_m(), 6_000_000_000_000_000_000);
    assert_eq!(Vec3m::new(10, -10, 5).scaled(1, 4), Vec3m::new(3, -3, 1));
    assert_eq!(far.scaled(i64::MAX, 0), Vec3m::ZERO);
}

#[test]
fn bearings_measure_angles() {
    let half = std::f64::consts::PI * 1e6;
    assert_eq!(Bearing::X.angle_urad(&Bearing::X), 0);
    assert_eq!(Bearing::X.angle_urad(&Bearing::Y), (half / 2.0).round() as i64);
    assert_eq!(Bearing::X.angle_urad(&-Bearing::X), half.round() as i64);
    let slight = Bearing::from_vec(Vec3m::new(1_000_000, 20, 0)).unwrap();
    assert_eq!(Bearing::X.angle_urad(&slight), 20);
    assert_eq!(Bearing::from_vec(Vec3m::ZERO), None);
    assert_eq!(Bearing::from_vec(Vec3m::new(0, 0, i64::MIN)), Some(-Bearing::Z));
    assert_eq!(
        Bearing::from_vec(Vec3m::new(3, 4, 0)),
        Some(Bearing { x: 600_000, y: 800_000, z: 0 })
    );
}

#[test]
fn philox_agrees_with_random123() {
    // kat_vectors of Random123, philox4x32-10.
    let cases = [
        ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        ([!0; 4], [!0; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
        ),
    ];
    for (counter, key, words) in cases {
        assert_eq!(philox4x32_10(counter, key), words);
    }
}

#[test]
fn rolls_are_named_and_spread() {
    let dice = Dice::new(7);
    let roll = |purpose, subject, time, n| dice.roll(purpose, subject, time, n);
    let here = roll(Purpose::Hit, 12, 447_000, 0);
    assert_eq!(here, roll(Purpose::Hit, 12, 447_000, 0));
    let others = [
        roll(Purpose::Ram, 12, 447_000, 0),
        roll(Purpose::Hit, 13, 447_000, 0),
        roll(Purpose::Hit, 12 | 1 << 40, 447_000, 0),
        roll(Purpose::Hit, 12, 447_001, 0),
        roll(Purpose::Hit, 12, 447_000 | 1 << 40, 0),
        roll(Purpose::Hit, 12, -447_000, 0),
        roll(Purpose::Hit, 12, 447_000, 1),
        roll(Purpose::Hit, 12, 447_000, 1 << 20),
        Dice::new(8).roll(Purpose::Hit, 12, 447_000, 0),
    ];
    assert!(others.iter().all(|other| *other != here));

    let rolls: Vec<Roll> = (0..100_000).map(|n| roll(Purpose::Spare, 0, 0, n)).collect();
    let mean = |f: &dyn Fn(&Roll) -> f64| rolls.iter().map(f).sum::<f64>() / rolls.len() as f64;
    assert!((mean(&|r| f64::from(r.unit_f32())) - 0.5).abs() < 0.005);
    assert!((mean(&|r| f64::from(r.permille())) - 499.5).abs() < 4.0);
    assert!(mean(&|r| f64::from(r.normal_milli())).abs() < 15.0);
    assert!((mean(&|r| libm::pow(f64::from(r.normal_milli()), 2.0)).sqrt() - 1_000.0).abs() < 15.0);
    assert!((mean(&|r| f64::from(u8::from(r.chance_ppm(250_000)))) - 0.25).abs() < 0.006);
    for face in 0..6 {
        let share = mean(&|r| f64::from(u8::from(r.below(6) == face)));
        assert!((share - 1.0 / 6.0).abs() < 0.006, "{face}: {share}");
    }
    assert!(rolls.iter().all(|r| r.between(-2, 2).abs() <= 2 && r.below(0) == 0));
    assert_eq!(here.between(5, 5), 5);
    let _ = here.between(i64::MIN, i64::MAX);
}

proptest! {
    #[test]
    fn every_second_comes_back(seconds in -77_000_000_000i64..237_000_000_000) {
        let cal = calendar();
        prop_assert_eq!(cal.parse(&cal.iso(Time(seconds))), Ok(Time(seconds)));
    }

    #[test]
    fn a_length_is_the_floor_of_the_root(x: i64, y in -1i64 << 40..1 << 40, z in -9i64..9) {
        let v = Vec3m::new(x / 2, y, z);
        let length = v.length_m() as u128;
        prop_assert!(length * length <= v.length_squared_m2());
        prop_assert!((length + 1) * (length + 1) > v.length_squared_m2());
    }

    #[test]
    fn a_bearing_has_unit_length_and_leads_there(x: i64, y: i64, z: i64, shift in 1u32..60) {
        let v = Vec3m::new(x >> shift, y >> shift, z >> shift);
        let Some(b) = Bearing::from_vec(v) else { return Ok(()) };
        let unit = Vec3m::new(b.x.into(), b.y.into(), b.z.into());
        prop_assert!((unit.length_m() - 1_000_000).abs() <= 1);
        let miss = (b.along(v.length_m()) - v).length_m();
        prop_assert!(miss <= v.length_m() / 1_000_000 + 2, "missed by {miss} m");
    }

    #[test]
    fn angles_are_symmetric_and_agree_with_the_cosine(a: [i32; 3], b: [i32; 3]) {
        let of = |c: [i32; 3]| Bearing::from_vec(Vec3m::new(c[0].into(), c[1].into(), c[2].into()));
        let (Some(a), Some(b)) = (of(a), of(b)) else { return Ok(()) };
        prop_assert_eq!(a.angle_urad(&b), b.angle_urad(&a));
        let cosine = libm::cos(a.angle_urad(&b) as f64 / 1e6) * 1e6;
        prop_assert!((cosine - a.dot_ppm(&b) as f64).abs() < 5.0);
    }

    #[test]
    fn a_roll_below_n_is_below_n(seed: u64, subject: u64, time: i64, n in 1u32..) {
        prop_assert!(Dice::new(seed).roll(Purpose::Spare, subject, time, n).below(n) < n);
    }

    #[test]
    fn no_text_panics_the_calendar(text in "\\PC{0,24}") {
        let _ = calendar().parse(&text);
    }
}
