//! Rams and charges.

use crate::yard::Yard;
use jumpline_battle::Told;
use jumpline_world::event::How;
use jumpline_world::law::{Focus, Motion, Role};

fn yard() -> Yard {
    let mut yard = Yard::new();
    yard.doctrine("ram", Focus::Quarry, Motion::Ram, |_| ());
    yard.class("bomb", "ram", |c| (c.ram_charge, c.batteries) = (60_000, Vec::new()));
    yard.class("heavy", "ram", |c| {
        (c.mass_kt, c.batteries, c.hull, c.radius_m) = (50_000, Vec::new(), 90_000, 400);
    });
    yard.class("starbase", "static", |c| {
        (c.role, c.radius_m, c.speed_mps, c.shield, c.hull) =
            (Role::Starbase, 3_000, 0, 0, 900_000);
        (c.mass_kt, c.batteries, c.noted) = (1_000_000, Vec::new(), true);
    });
    yard.class("small", "static", |c| {
        (c.batteries, c.mass_kt, c.evasion_permille) = (Vec::new(), 100, 0);
    });
    yard
}

#[test]
fn a_charged_ship_opens_a_starbase_and_dies_of_it() {
    let mut yard = yard();
    let bombs = yard.send(1, "bomb", 3, [-40_000, 0, 0]);
    let base = yard.send(0, "starbase", 1, [0, 0, 0]);
    yard.play(60);
    assert_eq!(yard.lost(bombs), 3);
    let row = yard.row(yard.first(base)).expect("it stands");
    let hull = yard.fight.columns.hull[row];
    assert!(900_000 - hull > 3 * 60_000, "charge and mass: {hull}");
    assert!(yard.told.iter().any(|told| matches!(told.what, Told::ShipLost { how: How::Ram, .. })));
    assert_eq!(yard.told.iter().filter(|told| matches!(told.what, Told::Rammed { .. })).count(), 3);
}

#[test]
fn the_much_heavier_comes_through() {
    let mut yard = yard();
    let heavy = yard.send(1, "heavy", 1, [-40_000, 0, 0]);
    let small = yard.send(0, "small", 1, [0, 0, 0]);
    yard.play(60);
    assert_eq!((yard.lost(heavy), yard.lost(small)), (0, 1));
}

#[test]
fn the_dying_steer_at_their_target() {
    let mut yard = yard();
    yard.doctrine("last", Focus::Nearest, Motion::Static, |d| d.rams_when_lost = true);
    yard.class("doomed", "last", |c| c.batteries = Vec::new());
    let doomed = yard.send(1, "doomed", 1, [-30_000, 0, 0]);
    yard.send(0, "starbase", 1, [0, 0, 0]);
    yard.play(20);
    assert_eq!(yard.lost(doomed), 0, "whole, it stands");
    let row = yard.rows(doomed)[0];
    yard.fight.columns.hull[row] = 300;
    yard.fight.columns.shields[row] = [0; 6];
    yard.fight.columns.parts[row].emitters_lost_permille = 1_000;
    yard.play(60);
    assert!(yard.told.iter().any(|told| matches!(told.what, Told::Rammed { .. })));
    assert_eq!(yard.lost(doomed), 1);
}

#[test]
fn a_charge_that_dies_early_takes_its_neighbours_along() {
    let mut yard = yard();
    yard.class("gun", "static", |c| c.speed_mps = 0);
    let bombs = yard.send(1, "bomb", 1, [-20_000, 0, 0]);
    yard.codex.classes[0].radius_m = 120;
    let close = yard.send(1, "small", 1, [-20_300, 0, 0]);
    let row = yard.rows(bombs)[0];
    yard.fight.columns.hull[row] = 1;
    yard.fight.columns.armour[row] = 0;
    yard.fight.columns.shields[row] = [0; 6];
    yard.send(0, "gun", 4, [0, 0, 0]);
    yard.play(4);
    assert_eq!((yard.lost(bombs), yard.lost(close)), (1, 1));
    assert!(
        yard.told.iter().any(|told| matches!(told.what, Told::ShipLost { how: How::Blast, .. }))
    );
}
