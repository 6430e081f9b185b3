//! Fire without aiming, fire spread over all, and needles that go on to the next missile.

use crate::yard::Yard;
use jumpline_measure::GroupId;
use jumpline_world::law::{Arc, Class, Focus, Motion};

/// Bare hulls that stand still and never fire.
fn hulk(c: &mut Class) {
    (c.batteries, c.speed_mps, c.shield, c.armour, c.shield_recharge) = (Vec::new(), 0, 0, 0, 0);
}

/// A battery that fires every second into a ball of 30 km round a group of hulks, for ten minutes.
fn barrage(hulks: usize, splash_m: i64, shot_speed_mps: i64) -> (Yard, GroupId, GroupId) {
    let mut yard = Yard::new();
    (yard.rules().block_stretch_m, yard.rules().part_permille) = (0, 0);
    let gun = yard.weapon("beam");
    (gun.barrage_m, gun.splash_m, gun.damage) = (30_000, splash_m, 1_000_000);
    (gun.recharge_ms, gun.shot_speed_mps) = (1_000, shot_speed_mps);
    let guns = vec![yard.battery("beam", 4, Arc::All)];
    yard.class("battery", "static", |c| (c.batteries, c.speed_mps) = (guns, 0));
    yard.class("hulk", "static", hulk);
    let one = yard.send(0, "battery", 1, [-60_000, 0, 0]);
    let other = yard.send(1, "hulk", hulks, [0, 0, 0]);
    yard.play(600);
    (yard, one, other)
}

/// 2,400 bursts of 1,000 m and a hull of 120 m in a ball of 30 km: each ship is struck by (1.12 / 30)^3 of them.
#[test]
fn a_barrage_tells_by_the_share_of_space_it_fills() {
    let (yard, _, hulks) = barrage(200, 1_000, 0);
    let share = 1.12_f64 / 30.0;
    let chance = (0..2_400).fold(1.0, |left, _| left * (1.0 - share * share * share));
    let expected = 200.0 * (1.0 - chance);
    let lost = yard.lost(hulks) as f64;
    let spread = (200.0 * chance * (1.0 - chance)).sqrt();
    assert!((lost - expected).abs() < 3.0 * spread, "{lost} lost, {expected:.1} by the law");
}

/// Half as many in the same space: half as many are struck.
#[test]
fn the_space_does_not_shrink_with_those_in_it() {
    let lost = |count| {
        let (yard, _, hulks) = barrage(count, 1_000, 0);
        yard.lost(hulks) as f64 / count as f64
    };
    let (few, many) = (lost(100), lost(400));
    assert!((few - many).abs() < 0.1, "{few} of one part, {many} of four");
}

#[test]
fn a_barrage_in_flight_outlives_its_mark() {
    let lost = |speed_mps| {
        let (yard, _, hulks) = barrage(300, 3_000, speed_mps);
        yard.lost(hulks)
    };
    let (slow, at_once) = (lost(4_000), lost(0));
    assert!(
        slow + 20 > at_once,
        "{slow} lost to slow shots, {at_once} to those that burst at once"
    );
}

/// A save in the middle of a slow barrage cannot be told.
#[test]
fn pauses_in_a_barrage_cannot_be_told() {
    let played = |steps: &[i64]| {
        let mut yard = Yard::new();
        let gun = yard.weapon("plasma");
        (gun.barrage_m, gun.splash_m, gun.shot_speed_mps) = (9_000, 1_500, 5_000);
        gun.damage = 100_000;
        yard.class("cruiser", "close", |c| (c.hull, c.shield) = (400, 0));
        yard.send(0, "cruiser", 40, [-15_000, 0, 0]);
        yard.send(1, "cruiser", 40, [15_000, 0, 0]);
        for step in steps {
            yard.play(*step);
        }
        assert!(yard.losses().len() > 10, "{} lost", yard.losses().len());
        yard.digest()
    };
    assert_eq!(played(&[120]), played(&[7, 20, 21, 22, 23, 40, 41, 42, 43, 44, 90, 120]));
}

/// One ship with many needles and missiles that come as many volleys of one: what is too much for the first goes on.
#[test]
fn needles_too_many_for_one_missile_go_on_to_the_next() {
    let mut yard = Yard::new();
    let missile = yard.weapon("missile");
    (missile.interceptable, missile.shots, missile.accuracy_permille) = (20, 1, 999);
    let shard = yard.weapon("shard");
    (shard.accuracy_permille, shard.range_m, shard.shots) = (999, 900_000_000, 1);
    let arms = vec![yard.battery("missile", 1, Arc::All)];
    yard.class("archer", "static", |c| (c.batteries, c.speed_mps) = (arms, 0));
    let arms = vec![yard.battery("shard", 25, Arc::All)];
    yard.class("mark", "static", |c| {
        hulk(c);
        (c.batteries, c.hull, c.evasion_permille) = (arms, 1_000_000, 0);
    });
    yard.send(0, "archer", 30, [0, 0, 0]);
    let mark = yard.send(1, "mark", 1, [60_000, 0, 0]);
    yard.play(60);
    // Twenty-five needles, each worth one missile and each fired once: five of the thirty come in.
    assert_eq!(1_000_000 - yard.points(yard.first(mark)), 5 * 400);
}

/// Drawn by lot, fire is spread over all alike; nearest first, it is not.
#[test]
fn any_spreads_fire_over_all() {
    let struck = |focus| {
        let mut yard = Yard::new();
        yard.rules().block_stretch_m = 0;
        yard.doctrine("gunners", focus, Motion::Static, |_| ());
        let beam = yard.battery("beam", 1, Arc::All);
        yard.class("gunner", "gunners", |c| (c.batteries, c.speed_mps) = (vec![beam], 0));
        yard.class("hulk", "static", |c| {
            hulk(c);
            c.hull = 1_000_000;
        });
        yard.send(0, "gunner", 60, [0, 0, 0]);
        let hulks = yard.send(1, "hulk", 30, [30_000, 0, 0]);
        yard.play(60);
        let rows = yard.rows(hulks);
        rows.iter().filter(|row| yard.fight.columns.hull[**row] < 1_000_000).count()
    };
    assert_eq!(struck(Focus::Any), 30);
    assert!(struck(Focus::Nearest) < 15);
}
