//! Duels that hold what a duel promises.
use crate::laws::law;
use jumpline_study::{
    Bout, Duel, Ended, Force, ForceError, Histogram, Outcome, Spread, Watch, wilson,
};
use jumpline_world::Law;

fn duel_in(law: &Law, forces: &[&str], km: i64) -> Duel {
    let forces = forces.iter().map(|typed| Force::read(&law.codex, typed).unwrap()).collect();
    Duel::new(law, forces, km * 1_000).unwrap()
}

fn duel(forces: &[&str]) -> Duel {
    duel_in(law(), forces, 300)
}

fn fight(duel: &Duel, runs: u32, threads: usize) -> Outcome {
    let watch = Watch { stopped: &|| false, done: &|_| () };
    duel.fight(1, runs, threads, &watch).unwrap()
}

fn bout(duel: &Duel) -> Bout {
    duel.bout(1, 1, &|| false).unwrap()
}

#[test]
fn the_result_is_the_same_on_any_threads() {
    let duel = duel(&["hycre:destroyer*6+frigate*4", "cajdital:cruiser*12"]);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let one = pool(1).install(|| fight(&duel, 6, 1));
    let three = pool(3).install(|| fight(&duel, 6, 2));
    assert_eq!(format!("{one:?}"), format!("{three:?}"));
    assert!(one.ship_ticks > 0);
}

#[test]
fn every_ship_is_accounted_for_and_every_battle_has_one_end() {
    let duel = duel(&["hycre:destroyer*8", "cajdital:cruiser*10", "kvash:cruiser*3"]);
    let outcome = fight(&duel, 6, 1);
    let won: u32 = outcome.sides.iter().map(|side| side.wins).sum();
    assert_eq!(won + outcome.draws, 6);
    assert_eq!(outcome.ended.iter().map(|(_, count)| count).sum::<u32>(), 6);
    let killed: f64 = outcome.killers.iter().map(|cell| cell.ships_mean).sum();
    let lost: f64 =
        outcome.sides.iter().flat_map(|side| &side.ships).map(|row| row.lost.mean).sum();
    assert!((killed - lost).abs() < 1e-9, "{killed} killed, {lost} lost");
    for side in &outcome.sides {
        for row in &side.ships {
            assert!(row.lost.mean + row.away_mean <= f64::from(row.opening) + 1e-9, "{row:?}");
        }
        assert!(side.win_low <= side.win && side.win <= side.win_high, "{side:?}");
        assert_eq!(side.losses.counts.iter().sum::<u32>(), 6);
    }
}

#[test]
fn ten_beat_one() {
    let outcome = fight(&duel(&["cruiser*10", "cruiser"]), 5, 1);
    assert_eq!(outcome.sides[0].wins, 5, "{outcome:?}");
    assert!(outcome.sides[0].ships[0].lost.mean < 2.0);
}

/// Like against like is decided by luck: both sides win, and neither has nine tenths of it.
#[test]
fn like_against_like_is_luck() {
    let outcome = fight(&duel(&["cruiser*6", "cruiser*6"]), 24, 1);
    for side in &outcome.sides {
        assert!(side.wins > 0 && side.win_high < 0.95, "{side:?}");
    }
}

#[test]
fn doctrine_breaks_a_group_off_and_its_ships_get_away() {
    let mut law = law().clone();
    for doctrine in &mut law.codex.doctrines {
        doctrine.withdraw_loss_permille = 300;
    }
    let outcome = fight(&duel_in(&law, &["hycre:cruiser*20", "hycre:destroyer*5"], 300), 4, 1);
    let weak = &outcome.sides[1];
    assert!(weak.withdrew > 0.5, "{weak:?}");
    assert!(weak.ships[0].away_mean > 0.0, "{weak:?}");
    assert_eq!(outcome.sides[0].wins, 4, "who drives the other off the field has won");
}

#[test]
fn the_unarmed_end_it_at_once_and_are_warned_of() {
    let duel = duel(&["cajdital:cargo-cruiser*3", "calavari:sensor-station*2"]);
    let unarmed = duel.warnings().len();
    if unarmed == 2 {
        assert_eq!(bout(&duel).ended, Ended::Unarmed);
    }
    let mut law = law().clone();
    for class in &mut law.codex.classes {
        (class.batteries, class.field, class.ram_charge) = (Vec::new(), None, 0);
    }
    for doctrine in &mut law.codex.doctrines {
        doctrine.rams_when_lost = false;
    }
    let duel = duel_in(&law, &["cruiser*3", "cruiser*3"], 300);
    assert_eq!(duel.warnings().len(), 2);
    let bout = bout(&duel);
    assert_eq!((bout.ended, bout.winner, bout.duration_s), (Ended::Unarmed, None, 0));
}

/// Shields nothing gets through: the rule ends it, and the end says so.
#[test]
fn a_battle_that_cannot_end_is_ended_by_rule() {
    let mut law = law().clone();
    law.codex.rules.battle.longest_s = 1_200;
    for class in &mut law.codex.classes {
        (class.shield, class.shield_recharge) = (i64::from(i32::MAX), i64::from(i32::MAX));
    }
    let bout = bout(&duel_in(&law, &["cruiser*3", "cruiser*3"], 100));
    assert_eq!((bout.ended, bout.winner), (Ended::ByRule, None), "{bout:?}");
    assert_eq!(bout.lost, [0, 0]);
    assert!((1_200..1_300).contains(&bout.duration_s), "{}", bout.duration_s);
}

#[test]
fn a_duel_can_be_stopped() {
    let watch = Watch { stopped: &|| true, done: &|_| () };
    assert!(duel(&["cruiser*3", "cruiser*3"]).fight(1, 3, 1, &watch).is_none());
}

#[test]
fn forces_are_read_as_people_type_them() {
    let codex = &law().codex;
    let force = Force::read(codex, "hycre:destroyer*20 + cruiser*4+hycre:destroyer").unwrap();
    let rows: Vec<(&str, u32)> =
        force.rows.iter().map(|row| (codex.class(row.class).key.as_str(), row.count)).collect();
    assert_eq!(rows, [("hycre-destroyer", 21), ("hycre-cruiser", 4)]);
    // A class of another people, manned by these crews; a full key; crews of no people.
    let force = Force::read(codex, "fanset:kvash-cruiser*2").unwrap();
    assert_eq!(codex.class(force.rows[0].class).key, "kvash-cruiser");
    assert_eq!(Force::read(codex, "frigate*1_000").unwrap().rows[0].power, None);
}

#[test]
fn slips_are_told_with_what_was_meant() {
    let codex = &law().codex;
    let told = |typed: &str| Force::read(codex, typed).unwrap_err().to_string();
    assert!(told("hycer:destroyer*2").contains("did you mean `hycre`?"));
    assert!(told("hycre:destroier*2").contains("did you mean `destroyer`?"));
    assert!(told("criuser*2").contains("did you mean `cruiser`?"));
    let told = told("hycre:zeppelin");
    assert!(told.contains("its classes: ") && told.contains("corvette, "), "{told}");
}

#[test]
fn hostile_counts_are_refused_in_words() {
    let codex = &law().codex;
    for typed in
        ["cruiser*4000000000", "cruiser*99999999999999999999999", "cruiser*60000+frigate*60000"]
    {
        let error = Force::read(codex, typed).unwrap_err();
        assert!(matches!(error, ForceError::Many { .. }), "{typed}: {error}");
    }
    for typed in [
        "",
        "+",
        "*",
        "cruiser*0",
        "cruiser*-1",
        "cruiser*1.5",
        "cruiser*",
        "cruiser*NaN",
        ":",
        "hycre:",
    ] {
        assert!(Force::read(codex, typed).is_err(), "{typed}");
    }
    assert!(Force::read(codex, &"cruiser+".repeat(100_000)).is_err());
    let one = || Force::read(codex, "cruiser*60_000").unwrap();
    assert!(Duel::new(law(), vec![one(), one()], 1_000).is_err());
    let small = || Force::read(codex, "cruiser").unwrap();
    assert!(Duel::new(law(), vec![small()], 1_000).is_err());
    assert!(Duel::new(law(), (0..9).map(|_| small()).collect(), 1_000).is_err());
    for distance_m in [0, -1, i64::MAX] {
        assert!(Duel::new(law(), vec![small(), small()], distance_m).is_err());
    }
}

/// Against figures worked by hand and published for Wilson's interval.
#[test]
fn the_figures_are_the_textbooks() {
    let near = |(low, high): (f64, f64), a: f64, b: f64| {
        assert!((low - a).abs() < 5e-4 && (high - b).abs() < 5e-4, "{low} {high}");
    };
    near(wilson(5, 10), 0.2366, 0.7634);
    near(wilson(0, 10), 0.0, 0.2775);
    near(wilson(10, 10), 0.7225, 1.0);
    let spread = Spread::of(1..=100);
    assert_eq!((spread.mean, spread.low, spread.high), (50.5, 5, 95));
    assert_eq!(Spread::of([]), Spread::default());
    let fitted = Histogram::fitted(&[310, 480, 1_190], 12);
    assert_eq!((fitted.from, fitted.step), (300, 100));
    assert_eq!(fitted.counts, [1, 1, 0, 0, 0, 0, 0, 0, 1]);
}
