//! What each doctrine makes ships do.

use crate::yard::Yard;
use jumpline_world::engagement::Mode;
use jumpline_world::law::{Arc, Focus, Formation, Motion, Role};

#[test]
fn a_swarm_shoots_its_quarry_and_ignores_the_rest() {
    let mut yard = Yard::new();
    yard.doctrine("swarm", Focus::Quarry, Motion::Close, |d| d.formation = Formation::River);
    yard.class("cruiser", "swarm", |_| ());
    yard.class("starbase", "static", |c| {
        (c.role, c.radius_m, c.speed_mps, c.shield, c.hull) =
            (Role::Starbase, 5_000, 0, 200_000, 900_000);
    });
    yard.class("escort", "close", |c| (c.shield, c.hull) = (3_000, 30_000));
    let swarm = yard.send(1, "cruiser", 40, [-60_000, 0, 0]);
    let base = yard.send(0, "starbase", 1, [0, 0, 0]);
    let escort = yard.send(0, "escort", 10, [-20_000, 5_000, 0]);
    let starbase = yard.codex.class_by_key("starbase").expect("made above");
    yard.posture(swarm).quarry = vec![starbase];
    let whole = yard.points(yard.first(base));
    yard.play(60);
    assert!(yard.points(yard.first(base)) < whole, "the starbase is struck");
    for ship in &yard.groups[escort.index()].ships {
        let full = 6 * 3_000 + 500 + 30_000;
        assert_eq!(yard.points(*ship), full, "nobody shoots an escort that stands in their midst");
    }
    assert!(yard.lost(swarm) > 0, "the escorts get free shots");
    assert!(yard.posture(swarm).struck);
}

#[test]
fn a_static_ship_rolls_a_fresh_face_to_the_enemy() {
    let outcome = |rotates: bool| {
        let mut yard = Yard::new();
        yard.rules().part_permille = 0;
        yard.class("fort", "static", |c| {
            (c.rotates_shields, c.speed_mps, c.shield, c.hull) = (rotates, 0, 6_000, 200_000);
            (c.shield_recharge, c.batteries) = (0, Vec::new());
        });
        yard.class("gun", "static", |c| c.speed_mps = 0);
        let fort = yard.send(0, "fort", 1, [0, 0, 0]);
        yard.send(1, "gun", 12, [-20_000, 0, 0]);
        yard.play(160);
        let ship = yard.first(fort);
        let row = yard.row(ship).expect("it stands");
        let hurt = yard.fight.columns.shields[row].iter().filter(|points| **points < 6_000).count();
        (hurt, yard.fight.columns.hull[row])
    };
    let (faces, hull) = outcome(false);
    assert_eq!(faces, 1, "one face takes it all");
    let (faces_rolled, hull_rolled) = outcome(true);
    assert!(faces_rolled >= 4, "{faces_rolled} faces share it");
    assert!(hull_rolled > hull, "and the hull lasts longer: {hull_rolled} against {hull}");
}

/// Shoals of orb ships beside a heavy friend; an enemy flies by.
fn shoal() -> (Yard, jumpline_measure::GroupId, jumpline_measure::GroupId) {
    let mut yard = Yard::new();
    yard.doctrine("shoal", Focus::Nearest, Motion::Chase, |d| (d.pack_min, d.pack_max) = (8, 15));
    yard.doctrine("past", Focus::Nearest, Motion::Through, |_| ());
    let orb = vec![yard.battery("orb", 1, Arc::Fore)];
    yard.class("orbship", "shoal", |c| {
        (c.batteries, c.speed_mps, c.accel_mps2, c.shield, c.hull, c.radius_m) =
            (orb, 6_000, 500, 300, 600, 40);
    });
    yard.class("runner", "past", |c| {
        (c.speed_mps, c.batteries, c.hull) = (3_000, Vec::new(), 40_000);
    });
    let shoal = yard.send(0, "orbship", 12, [0, 0, 0]);
    let runner = yard.send(1, "runner", 1, [-150_000, 20_000, 0]);
    yard.posture(runner).bound = [1_000_000, 0, 0];
    (yard, shoal, runner)
}

#[test]
fn an_orb_pack_waits_then_chases_what_passed_and_returns() {
    let (mut yard, shoal, runner) = shoal();
    yard.play(25);
    let rows = yard.rows(shoal);
    assert!(rows.iter().all(|row| yard.astray(*row) < 500.0), "they wait");
    yard.play(50);
    assert!(yard.rows(shoal).iter().all(|row| yard.astray(*row) > 1_000.0), "all of them chase");
    yard.play(200);
    assert_eq!(yard.lost(runner), 1, "and down it");
    yard.play(300);
    assert!(yard.rows(shoal).iter().all(|row| yard.astray(*row) < 500.0), "they come back");
}

#[test]
fn strafers_that_break_off_lose_nobody_where_those_who_stay_do() {
    let losses = |breaks: bool| {
        let mut yard = Yard::new();
        yard.doctrine("strafe", Focus::Pack, Motion::Strafe, |d| {
            (d.pack_max, d.range_permille) = (20, 600);
            (d.break_off_permille, d.rejoin_permille) = (if breaks { 700 } else { 0 }, 900);
        });
        yard.class("destroyer", "strafe", |c| {
            (c.speed_mps, c.accel_mps2, c.evasion_permille, c.radius_m) = (12_000, 1_500, 400, 60);
            (c.shield, c.shield_recharge, c.hull, c.armour) = (900, 10, 900, 400);
        });
        yard.class("jumpship", "static", |c| {
            (c.speed_mps, c.shield, c.hull, c.armour, c.radius_m) =
                (300, 4_000, 30_000, 2_000, 400);
        });
        let pack = yard.send(0, "destroyer", 20, [-120_000, 0, 0]);
        yard.send(1, "jumpship", 6, [0, 0, 0]);
        yard.play(600);
        yard.lost(pack)
    };
    let (stayed, ran) = (losses(false), losses(true));
    assert!(ran * 4 <= stayed, "{ran} lost against {stayed}");
}

#[test]
fn a_wounder_leaves_its_target_alone_once_hurt_enough() {
    let mut yard = Yard::new();
    yard.doctrine("sting", Focus::Nearest, Motion::Close, |d| d.wound_permille = 600);
    yard.class("sting", "sting", |_| ());
    yard.class("hulk", "static", |c| {
        (c.speed_mps, c.shield, c.shield_recharge, c.hull) = (0, 500, 0, 20_000);
        (c.batteries, c.armour) = (Vec::new(), 0);
    });
    yard.send(0, "sting", 6, [-20_000, 0, 0]);
    let hulks = yard.send(1, "hulk", 3, [0, 0, 0]);
    yard.play(600);
    assert_eq!(yard.lost(hulks), 0, "nobody is killed");
    for row in yard.rows(hulks) {
        let hull = yard.fight.columns.hull[row];
        // Shields that face away stand until somebody comes round; the hull tells.
        assert!(hull < 20_000, "all three were wounded");
    }
}

#[test]
fn preferred_roles_are_sought_past_easier_ones() {
    let mut yard = Yard::new();
    yard.doctrine("pick", Focus::Nearest, Motion::Close, |d| d.prefers = vec![Role::Jumpship]);
    yard.class("hunter", "pick", |_| ());
    yard.class("cruiser", "static", |c| c.batteries = Vec::new());
    yard.class("jumpship", "static", |c| {
        (c.role, c.batteries) = (Role::Jumpship, Vec::new());
    });
    let hunters = yard.send(0, "hunter", 5, [-60_000, 0, 0]);
    let cruisers = yard.send(1, "cruiser", 5, [-30_000, 0, 0]);
    let jumpships = yard.send(1, "jumpship", 1, [20_000, 0, 0]);
    yard.play(8);
    let jumpship = yard.first(jumpships);
    for row in yard.rows(hunters) {
        assert_eq!(yard.fight.columns.target[row][0], jumpship.0);
    }
    assert_eq!(yard.left(cruisers), 5);
}

#[test]
fn a_reserve_waits_until_it_is_called() {
    let mut yard = Yard::new();
    yard.doctrine("held", Focus::Nearest, Motion::Reserve, |_| ());
    yard.class("reserve", "held", |_| ());
    yard.class("target", "static", |c| (c.speed_mps, c.batteries) = (0, Vec::new()));
    let reserve = yard.send(0, "reserve", 3, [-200_000, 0, 0]);
    let target = yard.send(1, "target", 1, [0, 0, 0]);
    yard.play(30);
    let row = yard.rows(reserve)[0];
    let other = yard.rows(target)[0];
    assert!(yard.apart(row, other) > 195_000.0);
    yard.posture(reserve).called = true;
    yard.play(60);
    assert!(yard.apart(row, other) < 120_000.0);
}

#[test]
fn a_standoff_ship_backs_away_and_a_closer_comes_on() {
    let mut yard = Yard::new();
    yard.doctrine("off", Focus::Nearest, Motion::Standoff, |d| d.range_permille = 900);
    yard.class("archer", "off", |c| (c.batteries, c.speed_mps) = (Vec::new(), 4_000));
    let arms = vec![yard.battery("plasma", 1, Arc::All)];
    yard.codex.classes[0].batteries = arms;
    yard.class("prey", "static", |c| (c.batteries, c.hull) = (Vec::new(), 2_000_000));
    let archer = yard.send(0, "archer", 1, [-5_000, 0, 0]);
    let prey = yard.send(1, "prey", 1, [0, 0, 0]);
    yard.play(60);
    let far = yard.apart(yard.rows(archer)[0], yard.rows(prey)[0]);
    assert!((28_000.0..45_000.0).contains(&far), "{far} m");
}

#[test]
fn the_beaten_run_and_are_told_when_they_are_clear() {
    let mut yard = Yard::new();
    yard.class("cruiser", "close", |_| ());
    yard.class("fort", "static", |c| c.speed_mps = 0);
    let beaten = yard.send(0, "cruiser", 3, [-50_000, 0, 0]);
    yard.send(1, "fort", 3, [0, 0, 0]);
    yard.posture(beaten).withdrawing = true;
    yard.posture(beaten).bound = [-1_000_000, 0, 0];
    yard.play(120);
    let out =
        yard.told.iter().filter(|told| matches!(told.what, jumpline_battle::Told::Out { .. }));
    assert_eq!(out.count(), 3, "each is told once");
    assert!(yard.rows(beaten).iter().all(|row| yard.fight.columns.mode[*row] == Mode::Withdrawing));
}

#[test]
fn packs_are_of_the_size_that_doctrine_says_and_share_a_target() {
    let mut yard = Yard::new();
    yard.doctrine("packs", Focus::Pack, Motion::Close, |d| (d.pack_min, d.pack_max) = (5, 10));
    yard.class("wolf", "packs", |_| ());
    yard.class("sheep", "static", |c| {
        (c.speed_mps, c.batteries, c.hull) = (0, Vec::new(), 900_000)
    });
    let wolves = yard.send(0, "wolf", 30, [-60_000, 0, 0]);
    for nth in 0..30 {
        yard.send(1, "sheep", 1, [0, nth * 3_000 - 45_000, 0]);
    }
    yard.play(12);
    let mut targets: Vec<u32> =
        yard.rows(wolves).iter().map(|row| yard.fight.columns.target[*row][0]).collect();
    for pack in targets.chunks(10) {
        assert!(pack.iter().all(|target| *target == pack[0]), "one pack, one target: {pack:?}");
    }
    targets.dedup();
    assert!(targets.len() <= 3);
}

#[test]
fn a_wall_stands_between_friends_and_the_enemy() {
    let mut yard = Yard::new();
    yard.doctrine("wall", Focus::Nearest, Motion::Wall, |d| d.formation = Formation::Wall);
    yard.class("hull", "wall", |c| (c.hull, c.shield) = (90_000, 90_000));
    yard.class("ward", "static", |c| (c.speed_mps, c.batteries) = (0, Vec::new()));
    yard.class("gun", "static", |c| c.speed_mps = 0);
    let wall = yard.send(0, "hull", 9, [-10_000, 30_000, 0]);
    yard.send(0, "ward", 3, [0, 0, 0]);
    yard.send(1, "gun", 3, [60_000, 0, 0]);
    yard.play(90);
    for row in yard.rows(wall) {
        let place = yard.fight.columns.position[row];
        assert!((5_000.0..30_000.0).contains(&place[0]), "across the line: {place:?}");
        assert!(place[1].abs() < 10_000.0, "{place:?}");
    }
}
