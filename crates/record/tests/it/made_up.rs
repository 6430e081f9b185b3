//! Ships shown by hand: those that no duel brings about.

use crate::arena::{law, read};
use jumpline_battle::{Glimpse, Watcher, open};
use jumpline_chart::Spot;
use jumpline_measure::{Bearing, BodyId, ClassId, EngagementId, PowerId, ShipId};
use jumpline_record::{Kind, Record, Recorder, Replay, STRETCH_TICKS};
use jumpline_world::engagement::{Engagement, Mode};
use std::io::Cursor;

fn battle() -> Engagement {
    let law = law();
    let centre = Spot::new(1_000_000, Bearing::X);
    open(&law.codex, EngagementId(7), BodyId(0), centre, law.begins, Vec::new())
}

fn ship(id: u32, place_m: [f32; 3], velocity_mps: [f32; 3]) -> Glimpse {
    Glimpse {
        ship: ShipId(id),
        class: ClassId(0),
        power: PowerId(1),
        posture: 0,
        place_m,
        velocity_mps,
        heading: [0.0, 0.0, 1.0],
        up: [0.0, 1.0, 0.0],
        shields: [1, 0, 3, 4, 5, i32::MAX],
        armour: 0,
        hull: 1,
        target: Some(ShipId(3)),
        mode: Mode::Drifting,
    }
}

/// Shows ships by tick: a tick may be left out.
fn record(shown: &[(u32, Vec<Glimpse>)]) -> Record {
    let mut battle = battle();
    let mut recorder = Recorder::new(law(), &battle, 1, Cursor::new(Vec::new())).unwrap();
    for (tick, ships) in shown {
        battle.tick = *tick;
        for one in ships {
            recorder.see(&battle, one);
        }
        recorder.tick(&battle);
    }
    recorder.close(&battle, law().begins);
    let (sink, _) = recorder.finish().unwrap();
    read(&sink.into_inner()).unwrap()
}

#[test]
fn a_battle_without_ships_is_a_record_without_rows() {
    let record = record(&[(0, Vec::new()), (1, Vec::new())]);
    assert_eq!(record.rows().count(), 0);
    assert!(Replay::new(&record).at(0.5).is_empty());
}

#[test]
fn a_leap_farther_than_a_row_reaches_begins_another() {
    let far = |tick: u32| if tick < 9 { [0.0; 3] } else { [9e8, -9e8, 5e8] };
    let shown: Vec<_> = (0..20).map(|tick| (tick, vec![ship(1, far(tick), [0.0; 3])])).collect();
    let record = record(&shown);
    let replay = Replay::new(&record);
    for tick in 0..20 {
        let stance = replay.ship_at(1, f64::from(tick)).unwrap();
        let off = (0..3).map(|axis| (stance.place_m[axis] - f64::from(far(tick)[axis])).abs());
        assert!(off.fold(0.0, f64::max) < 100.0, "tick {tick}");
    }
}

#[test]
fn a_hard_run_over_many_stretches_is_one_way_without_a_gap() {
    let place = |tick: u32| [tick as f32 * 40_000.0, (tick as f32 * 0.4).sin() * 9_000.0, 0.0];
    let ticks = STRETCH_TICKS * 3 + 5;
    let shown: Vec<_> =
        (0..ticks).map(|tick| (tick, vec![ship(1, place(tick), [20_000.0, 0.0, 0.0])])).collect();
    let record = record(&shown);
    let replay = Replay::new(&record);
    for half in 0..(ticks - 1) * 2 {
        let tick = f64::from(half) / 2.0;
        let stances = replay.at(tick);
        assert_eq!(stances.len(), 1, "tick {tick}");
        if half % 2 == 0 {
            let error = f64::from(stances[0].row.error_m).max(record.header.position_unit_m);
            let off: f64 = (0..3)
                .map(|axis| (stances[0].place_m[axis] - f64::from(place(half / 2)[axis])).powi(2))
                .sum();
            assert!(off.sqrt() <= error, "tick {tick}: {}", off.sqrt());
        }
    }
}

#[test]
fn ticks_that_nobody_saw_are_a_gap_and_not_a_guess() {
    let seen = |tick| (tick, vec![ship(4, [tick as f32 * 100.0, 0.0, 0.0], [50.0, 0.0, 0.0])]);
    let shown: Vec<_> = (0..10).chain(300..320).map(seen).collect();
    let record = record(&shown);
    let replay = Replay::new(&record);
    assert!(replay.ship_at(4, 9.0).is_some());
    assert!(replay.ship_at(4, 150.0).is_none());
    assert!(replay.ship_at(4, 310.0).is_some());
    assert_eq!(record.ticks, 319);
}

#[test]
fn what_is_not_a_number_is_written_as_one() {
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
    let mut strange = ship(2, odd, odd);
    strange.heading = odd;
    strange.up = [0.0; 3];
    strange.class = ClassId(u16::MAX.into());
    let record = record(&[(0, vec![ship(1, [0.0; 3], [0.0; 3])]), (1, vec![ship(1, odd, odd)])]);
    // Endlessly far off is a leap.
    assert_eq!(record.rows().count(), 2);
    let broken = std::panic::catch_unwind(|| {
        let mut battle = battle();
        let mut recorder = Recorder::new(law(), &battle, 1, Cursor::new(Vec::new())).unwrap();
        recorder.see(&battle, &strange);
        recorder.tick(&battle);
        battle.tick = 1;
        recorder.close(&battle, law().begins);
        drop(recorder.finish());
    });
    assert!(broken.is_ok());
}

#[test]
fn whoever_goes_between_two_calls_has_left() {
    let two = vec![ship(1, [0.0; 3], [0.0; 3]), ship(2, [1e4, 0.0, 0.0], [0.0; 3])];
    let one = vec![two[0]];
    let mut shown: Vec<_> = (0..5).map(|tick| (tick, two.clone())).collect();
    // The next call begins by showing tick 4 again.
    shown.extend((4..8).map(|tick| (tick, one.clone())));
    let record = record(&shown);
    let ends: Vec<(u32, Kind, u8)> = record
        .rows()
        .flat_map(|row| row.events.iter().map(|event| (row.ship, event.kind, event.tick)))
        .filter(|(_, kind, _)| kind.is_end())
        .collect();
    assert_eq!(ends, [(1, Kind::Stands, 7), (2, Kind::Left, 4)]);
    assert_eq!(Replay::new(&record).at(5.0).len(), 1);
}
