//! What is played ship by ship whatever was asked for, and why.

use crate::yard::{duel, law};
use jumpline_world::state::{Fallback, Resolution};

fn why(sides: [&str; 2], asked: Resolution) -> Option<Fallback> {
    duel(sides).at(asked).fallback(1)
}

#[test]
fn lines_of_battle_are_aggregates_and_the_rest_is_not() {
    let aggregate = Resolution::Aggregate;
    assert_eq!(why(["cajdital-cruiser*40", "hycre-destroyer*20"], aggregate), None);
    assert_eq!(why(["cajdital-invoker", "cruiser*900"], aggregate), Some(Fallback::Field));
    assert_eq!(why(["cajdital-explosive-cruiser*9", "cruiser*9"], aggregate), Some(Fallback::Ram));
    assert_eq!(why(["kvash-starbase", "cajdital-cruiser*900"], aggregate), Some(Fallback::Class));
    assert_eq!(why(["cruiser*400", "cruiser*2"], aggregate), Some(Fallback::Odds));
    assert_eq!(why(["cruiser*19000", "cruiser*19000"], aggregate), Some(Fallback::Size));
    // Nothing else was asked for: there is no reason to give.
    assert_eq!(why(["cajdital-invoker", "cruiser*9"], Resolution::Entity), None);
}

#[test]
fn auto_leaves_the_small_and_the_noted_to_the_ships() {
    let auto = Resolution::Auto;
    assert_eq!(why(["cruiser*300", "cruiser*300"], auto), None);
    assert_eq!(why(["cruiser*10", "cruiser*10"], auto), Some(Fallback::Small));
    assert_eq!(why(["battleship*4+cruiser*300", "cruiser*400"], auto), Some(Fallback::Noted));
}

#[test]
fn a_class_that_has_changed_is_not_the_one_that_was_measured() {
    let law = law();
    let mut codex = law.codex.clone();
    let at = codex.class_by_key("cajdital-cruiser").unwrap();
    let before = jumpline_world::law::fingerprint(&codex, codex.class(at));
    codex.classes[at.index()].hull += 1;
    assert_ne!(before, jumpline_world::law::fingerprint(&codex, codex.class(at)));
    codex.classes[at.index()].hull -= 1;
    assert_eq!(before, jumpline_world::law::fingerprint(&codex, codex.class(at)));
    codex.rules.battle.aim_radius_m += 1;
    assert_ne!(before, jumpline_world::law::fingerprint(&codex, codex.class(at)));
}

#[test]
fn the_shipped_table_is_of_the_shipped_ruleset() {
    let codex = law().codex;
    let calibrated = codex.attrition.classes.iter().filter(|class| class.is_some()).count();
    assert!(
        calibrated >= 30,
        "{calibrated} classes are as they were when they were calibrated: run `cargo xtask calibrate`"
    );
    assert!(codex.attrition.rules.luck_permille >= 0 && codex.attrition.rules.step_s > 0);
}
