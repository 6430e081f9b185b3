//! Forces and content that nobody means: each gives an answer or a diagnostic, and comes to an end.

use crate::laws::{duel_law, root};
use jumpline_scenario::duels::load_duel;
use jumpline_scenario::{Texts, caps, load, render};
use jumpline_study::{Bout, Duel, Ended, Setting};
use jumpline_world::Law;
use std::fs;

/// A duel as a file tells it, or the diagnostics.
fn written_in(law: &Law, text: &str) -> Result<Duel, String> {
    let (file, problems) = load_duel(law, "duel.toml", text.as_bytes());
    let file = file.ok_or_else(|| render(&problems))?;
    Duel::set(law, Setting::written(&law.codex, &file))
}

fn written(text: &str) -> Result<Duel, String> {
    written_in(duel_law(), text)
}

fn refused(text: &str, with: &str) {
    let told = written(text).err().unwrap_or_else(|| panic!("accepted: {text}"));
    assert!(told.contains(with), "{with} is not in\n{told}");
}

fn bout(duel: &Duel) -> Bout {
    duel.bout(1, 1, &|| false).unwrap()
}

fn sides(one: &str, other: &str) -> String {
    format!(
        "format = 1\n[side.one]\nships = [{{ class = \"cruiser\", count = {one} }}]\n\
         [side.other]\nships = [{{ class = \"cruiser\", count = {other} }}]\n"
    )
}

#[test]
fn counts_of_nought_of_less_and_of_four_milliards_are_refused_with_their_place() {
    for count in
        ["0", "-1", "4_000_000_000", "9_223_372_036_854_775_807", "-9_223_372_036_854_775_808"]
    {
        refused(&sides(count, "1"), "duel.toml:3:39: error[E0301]");
    }
    for count in ["9_223_372_036_854_775_808", "nan", "inf", "-inf", "1e400", "1e-400"] {
        refused(&sides(count, "1"), "duel.toml:3:39: error[E0112]");
    }
    for count in ["\"many\"", "true", "1.5", "[1]", "{}"] {
        refused(&sides(count, "1"), "duel.toml:3:39: error[E0");
    }
}

/// The table of caps is printed in `docs/book/diagnostics.md`.
#[test]
fn every_cap_holds_at_one_below_at_and_one_above() {
    let most = i64::try_from(caps::DUEL_SHIPS_MAX).unwrap();
    for (count, fits) in [(most - 2, true), (most - 1, true), (most, false)] {
        let told = written(&sides(&count.to_string(), "1"));
        assert_eq!(told.is_ok(), fits, "{count} and one");
    }
    refused(&sides(&(most + 1).to_string(), "1"), "E0301");
    refused(&sides(&most.to_string(), &most.to_string()), "E0502");
    let of_sides = |count: usize| {
        let side = |n| format!("[side.s{n}]\nships = [{{ class = \"cruiser\" }}]\n");
        format!("format = 1\n{}", (0..count).map(side).collect::<String>())
    };
    for (count, fits) in [(0, false), (1, false), (2, true), (7, true), (8, true), (9, false)] {
        assert_eq!(written(&of_sides(count)).is_ok(), fits, "{count} sides");
    }
    let of_rows = |count: usize| {
        let rows = "{ class = \"cruiser\" }, ".repeat(count);
        format!("{}[side.more]\nships = [{rows}]\n", sides("1", "1"))
    };
    for (count, fits) in [(0, false), (1, true), (31, true), (32, true), (33, false)] {
        assert_eq!(written(&of_rows(count)).is_ok(), fits, "{count} rows");
    }
}

#[test]
fn sides_that_are_not_there_or_stand_to_themselves_are_refused() {
    let relation = |one: &str, other: &str, regard: &str| {
        format!(
            "{}[[relation]]\none = \"{one}\"\nother = \"{other}\"\nregard = \"{regard}\"\n",
            sides("1", "1")
        )
    };
    refused(&relation("one", "two", "allied"), "E0401");
    refused(&relation("one", "one", "allied"), "E0403");
    refused(&relation("one", "other", "friendly"), "E0304");
    refused("", "E0202");
    refused("format = 2\n", "E0301");
    refused("\u{0}", "E0103");
    refused(&"[".repeat(100_000), "error[E0");
}

/// The caps of the rooms are those of the table.
#[test]
fn the_table_of_caps_says_what_the_rooms_hold() {
    assert_eq!(u64::try_from(caps::DUEL_SHIPS_MAX).unwrap(), jumpline_study::SHIPS_MOST);
    assert_eq!(caps::DUEL_SIDES_MAX, jumpline_study::SIDES_MOST);
    assert_eq!(caps::BATTLE_TICKS_MAX, jumpline_battle::TICKS_MOST as usize);
}

/// Allies have nothing to fight about: nobody wins before the first shot, or all do.
#[test]
fn a_duel_of_friends_is_over_before_it_begins() {
    for (regard, ended) in [("allied", Ended::Won), ("neutral", Ended::Peace)] {
        let text = format!(
            "{}[[relation]]\none = \"other\"\nother = \"one\"\nregard = \"{regard}\"\n",
            sides("3", "2")
        );
        let bout = bout(&written(&text).unwrap());
        assert_eq!((bout.ended, bout.duration_s), (ended, 0), "{regard}");
    }
}

#[test]
fn ships_without_weapons_are_warned_of_and_end_it_at_once() {
    let text = "format = 1\n[side.one]\nships = [{ class = \"watch-station\", count = 9 }]\n\
                [side.other]\nships = [{ class = \"calavari-sensor-station\", count = 9 }]\n";
    let duel = written(text).unwrap();
    assert_eq!(duel.warnings().len(), 2);
    let bout = bout(&duel);
    assert_eq!((bout.ended, bout.duration_s, bout.lost), (Ended::Unarmed, 0, vec![0, 0]));
}

/// Shields of all the points there are: the rules end it, and the end says so.
#[test]
fn shields_without_end_are_ended_by_rule() {
    let mut law = duel_law().clone();
    for class in &mut law.codex.classes {
        (class.shield, class.shield_recharge, class.drive) = (i64::MAX, i64::MAX, None);
    }
    let text = format!("{}[duel]\ndistance_m = \"50 km\"\nlongest_s = 300\n", sides("4", "4"));
    let bout = bout(&written_in(&law, &text).unwrap());
    assert_eq!((bout.ended, bout.ended.word(), bout.winner), (Ended::ByRule, "by_rule", None));
    assert_eq!(bout.lost, [0, 0]);
    assert!((300..=360).contains(&bout.duration_s), "{} s", bout.duration_s);
}

/// Every number of every class, weapon and doctrine at its worst: the battle ends, and every ship is accounted for.
#[test]
fn numbers_at_their_worst_come_to_an_end() {
    for worst in [i64::MIN, -1, 0, 1, i64::MAX] {
        let mut law = duel_law().clone();
        for weapon in &mut law.codex.weapons {
            (weapon.damage, weapon.range_m, weapon.air_range_m) = (worst, worst, worst);
            (weapon.recharge_ms, weapon.shot_speed_mps, weapon.tracking_mps) =
                (worst, worst, worst);
            (weapon.accuracy_permille, weapon.falloff_permille) = (worst, worst);
            (weapon.splash_m, weapon.barrage_m, weapon.shots) = (worst, worst, worst);
            (weapon.interceptable, weapon.shield_permille) = (worst, worst);
            (weapon.hull_permille, weapon.capacity, weapon.hold_ms) = (worst, worst, worst);
            (weapon.swell_permille, weapon.hold_permille) = (worst, worst);
            (weapon.parts_permille, weapon.silence_ms) = (worst, worst);
        }
        for class in &mut law.codex.classes {
            (class.shield, class.shield_recharge, class.armour) = (worst, worst, worst);
            (class.hull, class.speed_mps, class.accel_mps2) = (worst, worst, worst);
            (class.radius_m, class.mass_kt, class.ram_charge) = (worst, worst, worst);
            (class.evasion_permille, class.gravity_drives) = (worst, worst);
            class.batteries.iter_mut().for_each(|battery| battery.mounts = worst);
        }
        for doctrine in &mut law.codex.doctrines {
            (doctrine.spacing_m, doctrine.range_permille) = (worst, worst);
            (doctrine.pack_min, doctrine.pack_max) = (worst, worst);
            (doctrine.break_off_permille, doctrine.rejoin_permille) = (worst, worst);
            (doctrine.withdraw_loss_permille, doctrine.withdraw_odds_permille) = (worst, worst);
            (doctrine.rout_permille, doctrine.rally_s, doctrine.leash_m) = (worst, worst, worst);
            (doctrine.heeds_permille, doctrine.heed_s, doctrine.most_on_one) =
                (worst, worst, worst);
        }
        let text = "format = 1\n[duel]\nlongest_s = 300\ndistance_m = 1\n[side.one]\n\
                    ships = [{ class = \"cajdital-invoker\" }, { class = \"kitot-frigate\", count = 5 }]\n\
                    [side.other]\nships = [{ class = \"kvash-starbase\" }, { class = \"cruiser\", count = 9 }]\n";
        let bout = bout(&written_in(&law, text).unwrap());
        assert!(bout.duration_s <= 360, "{worst}: {bout:?}");
        let lost: u32 = bout.lost.iter().chain(&bout.away).sum();
        assert!(lost <= 16, "{worst}: {bout:?}");
    }
}

/// Rules of nought and less.
#[test]
fn rules_at_their_worst_come_to_an_end() {
    for worst in [i64::MIN, -1, 0] {
        let mut law = duel_law().clone();
        let rules = &mut law.codex.rules;
        (rules.battle.tick_ms, rules.battle.longest_s, rules.battle.lull_s) = (worst, worst, worst);
        (rules.battle.retarget_ticks, rules.battle.cell_m) = (worst, worst);
        (rules.officers.beat_s, rules.officers.withdraw_s) = (worst, worst);
        rules.battle.engage_range_m = 2_000_000;
        let bout = bout(&written_in(&law, &sides("5", "5")).unwrap());
        assert!(bout.duration_s <= 60, "{worst}: {bout:?}");
    }
}

/// Everybody on one point, and the point in the middle of a star.
#[test]
fn all_on_one_point_and_that_point_inside_a_star() {
    let at = |text: &str| text.replace("ships", "place_m = [0, 0, 0]\nships");
    let duel = format!("{}[duel]\nlongest_s = 900\n", at(&sides("20", "20")));
    let melee = bout(&written(&duel).unwrap());
    assert!(melee.lost.iter().sum::<u32>() > 0, "{melee:?}");
    let place =
        "[place]\nkind = \"star\"\nradius_m = \"700 Mm\"\nair_m = \"20 Mm\"\naltitude_m = 0\n";
    let burnt = bout(&written(&format!("{duel}{place}")).unwrap());
    assert_eq!(burnt.lost, [20, 20], "{burnt:?}");
}

/// `nan` and its kin in content are refused with their place, wherever a number may stand.
#[test]
fn nan_in_content_is_a_diagnostic() {
    let keys = [
        ("class.cruiser", "shield"),
        ("class.cruiser", "hull"),
        ("class.cruiser", "speed_mps"),
        ("weapon.plasma", "damage"),
        ("weapon.plasma", "range_m"),
        ("weapon.plasma", "barrage_m"),
        ("doctrine.line", "spacing_m"),
        ("battle", "tick_ms"),
        ("battle", "longest_s"),
    ];
    let core = |texts: &mut Texts| {
        for folder in ["content/core", "content/core/classes"] {
            for entry in fs::read_dir(root().join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|tail| tail == "toml") {
                    texts.add_ruleset(path.to_string_lossy(), fs::read(&path).unwrap());
                }
            }
        }
    };
    let war = fs::read_to_string(root().join("scenarios/duel/scenario.toml")).unwrap();
    for (table, key) in keys {
        for value in ["nan", "-nan", "inf", "-inf", "1e400", "1e308", "1e-400"] {
            let mut texts = Texts::new();
            core(&mut texts);
            texts.add_scenario("war.toml", war.as_bytes());
            let bad = format!("[{table}]\n{key} = {value}\n");
            texts.add_scenario("bad.toml", bad.as_bytes());
            let (loaded, problems) = load("war", &texts);
            assert!(loaded.is_none(), "{bad}");
            let told = render(&problems);
            assert!(told.contains("bad.toml:2:"), "{bad}{told}");
        }
    }
}
