//! The body below.

use crate::yard::{STAR, Yard};
use jumpline_battle::Told;
use jumpline_world::engagement::Mode;
use jumpline_world::event::How;
use jumpline_world::law::{Focus, Motion};

#[test]
fn a_landing_run_goes_through_the_defenders_to_the_air() {
    let mut yard = Yard::at(crate::yard::PLANET, 300_000);
    yard.doctrine("run", Focus::Nearest, Motion::Through, |_| ());
    yard.class("lander", "run", |c| (c.lands, c.shield) = (true, 2_000));
    yard.class("fort", "static", |c| c.speed_mps = 0);
    let landers = yard.send(1, "lander", 20, [0, 0, 0]);
    yard.send(0, "fort", 2, [-60_000, 0, 0]);
    yard.posture(landers).descending = true;
    yard.play(200);
    let down = yard.told.iter().filter(|told| matches!(told.what, Told::ReachedAir { .. })).count();
    assert_eq!(down + yard.lost(landers), 20, "all of them came down or died");
    assert!(down > 10, "{down} came down");
    assert_eq!(yard.left(landers), 0);
}

#[test]
fn nobody_flies_into_the_ground() {
    let mut yard = Yard::at(crate::yard::PLANET, 120_000);
    yard.class("cruiser", "close", |_| ());
    let one = yard.send(0, "cruiser", 5, [0, 400_000, 0]);
    // Beyond the curve of the world: the straight way to it leads through the ground.
    yard.send(1, "cruiser", 5, [-2_500_000, -4_500_000, 0]);
    yard.play(600);
    for row in yard.rows(one) {
        let place = yard.fight.columns.position[row].map(f64::from);
        let x = place[0] + 6_120_000.0;
        let far = (x * x + place[1] * place[1] + place[2] * place[2]).sqrt();
        assert!(far > 6_099_000.0, "{} m above the ground", far - 6_000_000.0);
    }
}

#[test]
fn a_stars_air_wears_shields_down_and_then_the_hull() {
    let mut yard = Yard::at(STAR, 500_000);
    yard.class("cruiser", "static", |c| (c.batteries, c.shield_recharge) = (Vec::new(), 0));
    yard.class("other", "static", |c| c.batteries = Vec::new());
    let near = yard.send(0, "cruiser", 1, [0, 0, 0]);
    let ship = yard.first(near);
    let whole = yard.points(ship);
    yard.play(5);
    let worn = yard.points(ship);
    assert!(worn < whole && worn > 0);
    yard.play(100);
    assert_eq!(yard.lost(near), 1);
    assert!(
        yard.told.iter().any(|told| matches!(told.what, Told::ShipLost { how: How::Star, .. }))
    );
}

#[test]
fn without_engines_she_drifts() {
    let mut yard = Yard::new();
    yard.class("cruiser", "close", |_| ());
    let hulk = yard.send(0, "cruiser", 1, [0, 0, 0]);
    yard.send(1, "cruiser", 1, [400_000, 0, 0]);
    yard.play(10);
    let row = yard.rows(hulk)[0];
    yard.fight.columns.parts[row].engine_lost_permille = 1_000;
    yard.play(11);
    let before = yard.fight.columns.velocity[row];
    yard.play(40);
    assert_eq!(yard.fight.columns.mode[row], Mode::Drifting);
    assert_eq!(yard.fight.columns.velocity[row], before);
}

#[test]
fn plasma_falls_short_in_air() {
    let struck = |altitude_m| {
        let mut yard = Yard::at(crate::yard::PLANET, altitude_m);
        yard.class("gun", "static", |c| (c.speed_mps, c.lands) = (0, true));
        yard.class("mark", "static", |c| (c.speed_mps, c.batteries) = (0, Vec::new()));
        yard.send(0, "gun", 2, [0, 0, 0]);
        let mark = yard.send(1, "mark", 1, [0, 15_000, 0]);
        let whole = yard.points(yard.first(mark));
        yard.play(30);
        whole - yard.points(yard.first(mark))
    };
    assert!(struck(1_000_000) > 0);
    assert_eq!(struck(50_000), 0);
}
