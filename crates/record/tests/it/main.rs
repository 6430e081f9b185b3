//! Records that hold what a record promises.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]
#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod arena;
mod hostile;
mod made_up;

use arena::{errors, fight, read};
use jumpline_battle::Told;
use jumpline_record::{Kind, MODES, Replay, Shelf, Tale};
use jumpline_world::engagement::Mode;
use std::collections::BTreeMap;

const SMALL: [&str; 2] = ["hycre:destroyer*12+hycre:cruiser*2", "cajdital:cruiser*30"];

#[test]
fn the_replay_is_where_the_engine_was() {
    let fought = fight(&SMALL, 1, true, u32::MAX);
    let record = read(&fought.bytes).unwrap();
    assert!(record.stretches.len() > 2, "too short a battle to show anything");
    let (worst, mean, broken) = errors(&fought, &record);
    assert!(broken <= 1.0, "a promise broken by {broken} m");
    assert!(worst <= 150.0 && mean < 60.0, "{worst} m, {mean} m in the mean");
    assert_eq!(record.ticks, fought.summary.ticks);
    assert_eq!(record.digest, fought.summary.digest);
}

#[test]
fn conditions_and_targets_are_as_near_as_is_said() {
    let fought = fight(&SMALL, 1, true, u32::MAX);
    let record = read(&fought.bytes).unwrap();
    let replay = Replay::new(&record);
    let mut late: BTreeMap<u32, u32> = BTreeMap::new();
    for (tick, ships) in &fought.twice.seen {
        for stance in replay.at(f64::from(*tick)) {
            let ship = &ships[&stance.row.ship];
            let class = &record.header.classes[usize::from(stance.row.class)];
            let hull = i64::from(ship.hull.max(0)) * 1_000 / class.hull.max(1);
            assert!((hull - i64::from(stance.hull_permille)).abs() <= 16);
            for (facing, points) in ship.shields.iter().enumerate() {
                let percent = i64::from(*points) * 100 / class.shield.max(1);
                assert!((percent - i64::from(stance.shields[facing])).abs() <= 12);
            }
            let mode = match ship.mode {
                Mode::Fighting => "fighting",
                Mode::BreakingOff => "breaking_off",
                Mode::Withdrawing => "withdrawing",
                Mode::Descending => "descending",
                Mode::Drifting => "drifting",
                Mode::Gone => "gone",
            };
            assert_eq!(MODES[usize::from(stance.mode)], mode);
            let wait = late.entry(stance.row.ship).or_insert(0);
            *wait = if stance.target == ship.target.map(|one| one.0) { 0 } else { *wait + 1 };
            assert!(*wait <= 4, "a target four ticks late");
            let dot: f64 =
                stance.heading.iter().zip(ship.heading).map(|(a, b)| a * f64::from(b)).sum();
            let least = f64::from(stance.row.error_deg + 1).to_radians().cos();
            assert!(stance.row.error_deg >= 179 || dot >= least, "bow off: {dot} {least}");
        }
    }
}

#[test]
fn every_loss_is_an_event_with_its_killer() {
    let fought = fight(&SMALL, 1, false, u32::MAX);
    let record = read(&fought.bytes).unwrap();
    let mut told: Vec<(u32, Option<u32>)> = fought
        .twice
        .told
        .iter()
        .filter_map(|report| match &report.what {
            Told::ShipLost { ship, by, .. } => Some((ship.0, by.map(|by| by.0))),
            _ => None,
        })
        .collect();
    let events = |kind: Kind| {
        record.rows().flat_map(move |row| {
            row.events.iter().filter(move |event| event.kind == kind).map(|event| (row.ship, event))
        })
    };
    let mut written: Vec<(u32, Option<u32>)> =
        events(Kind::Lost).map(|(ship, event)| (ship, event.by)).collect();
    told.sort_unstable();
    written.sort_unstable();
    assert!(!told.is_empty());
    assert_eq!(told, written);
    // Everybody comes once and ends once.
    let ends: usize =
        Kind::ALL.iter().filter(|kind| kind.is_end()).map(|kind| events(*kind).count()).sum();
    assert_eq!(events(Kind::Came).count(), 44);
    assert_eq!(ends, 44);
    // The matrix and the curve say the same.
    let bout = fought.bout.unwrap();
    let tale = Tale::of(&record, 60);
    let killed: u32 = tale.killers.values().sum();
    assert_eq!(killed, bout.lost.iter().sum::<u32>());
    assert_eq!(killed as usize, told.len());
    assert_eq!(tale.curve.iter().flat_map(|one| &one.lost).sum::<u32>(), killed);
    assert_eq!(tale.curve[0].ships.iter().sum::<u32>(), 44);
    let pairs: u32 = bout.kills.values().sum();
    assert_eq!(pairs, killed);
    let withdrew = bout.withdrew.iter().filter(|why| why.is_some()).count();
    assert_eq!(tale.withdrawals.len(), withdrew);
}

#[test]
fn looking_on_changes_nothing_and_threads_change_no_byte() {
    let plain = arena::duel(&SMALL).bout(1, 1, &|| false).unwrap();
    let one = fight(&SMALL, 1, false, u32::MAX);
    let three = fight(&SMALL, 3, false, u32::MAX);
    assert_eq!(plain.digest, one.bout.as_ref().unwrap().digest);
    assert_eq!(one.bytes, three.bytes);
}

#[test]
fn a_battle_of_hundreds_is_small() {
    let fought = fight(&["hycre:destroyer*200", "cajdital:cruiser*400"], 2, false, 300);
    let each = fought.bytes.len() as f64 / fought.summary.ship_ticks as f64;
    assert!(each < 12.0, "{each} bytes a ship-tick");
    assert_eq!(fought.summary.bytes, fought.bytes.len() as u64);
}

#[test]
fn a_shelf_leaves_whole_files_only() {
    let folder = std::env::temp_dir().join(format!("jumpline-record-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("duel.arrow");
    let duel = arena::duel(&["hycre:destroyer*2", "cajdital:cruiser*4"]);
    let mut shelf = Shelf::file(duel.law(), 1, &path);
    duel.bout_watched(1, 1, &|| false, &mut shelf).unwrap();
    let standing = shelf.finish().map_err(|(_, problem)| problem).unwrap();
    let record = read(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(standing[0].summary.digest, record.digest);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    // Nobody's folder, nobody's record.
    let mut nowhere = Shelf::file(duel.law(), 1, &folder.join("no/such/folder.arrow"));
    duel.bout_watched(1, 1, &|| false, &mut nowhere).unwrap();
    assert!(nowhere.finish().is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}
