//! The field weapon.

use crate::yard::{STAR, Yard};
use jumpline_battle::Told;
use jumpline_measure::GroupId;
use jumpline_world::event::How;
use jumpline_world::law::{Arc, FieldWeapon, Focus, Motion, Role};

fn invoker(yard: &mut Yard, change: impl FnOnce(&mut FieldWeapon)) {
    let mut field = FieldWeapon {
        reach_permille: 3_000,
        pylons: 10,
        spin_up_ms: 10_000,
        arcs_per_s: 40,
        arc_damage: 8_000,
        leaps: 2,
        disturb_permille: 20,
    };
    change(&mut field);
    yard.doctrine("dive", Focus::Nearest, Motion::Static, |_| ());
    yard.class("invoker", "dive", |c| {
        (c.role, c.radius_m, c.speed_mps, c.accel_mps2) = (Role::Invoker, 4_000, 500, 20);
        (c.shield, c.hull, c.armour, c.mass_kt) = (500_000, 5_000_000, 200_000, 1_000_000);
        (c.batteries, c.field, c.noted) = (Vec::new(), Some(field), true);
    });
}

fn crowd(yard: &mut Yard, count: usize, place: [i64; 3]) -> GroupId {
    if yard.codex.class_by_key("small").is_none() {
        yard.doctrine("stand", Focus::Nearest, Motion::Static, |d| d.spacing_m = 1_500);
        yard.class("small", "stand", |c| {
            (c.role, c.batteries, c.mass_kt, c.speed_mps) = (Role::Frigate, Vec::new(), 100, 10);
        });
    }
    yard.send(0, "small", count, place)
}

fn at(yard: &Yard, which: fn(&Told) -> bool) -> Option<i64> {
    yard.told.iter().find(|told| which(&told.what)).map(|told| told.at.0)
}

#[test]
fn it_spins_up_then_kills_by_the_dozen_a_second() {
    let mut yard = Yard::new();
    invoker(&mut yard, |_| ());
    yard.send(1, "invoker", 1, [0, 0, 0]);
    let fleet = crowd(&mut yard, 500, [6_000, 0, 0]);
    yard.play(30);
    let lit = at(&yard, |told| matches!(told, Told::FieldLit { .. }));
    assert_eq!(lit, Some(11), "ten seconds to spin up, and lit on the next");
    let first = at(&yard, |told| matches!(told, Told::ShipLost { .. })).expect("it kills");
    assert!(first >= 11);
    let by_second = |second| {
        yard.told
            .iter()
            .filter(|told| told.at.0 == second)
            .filter(|told| matches!(told.what, Told::ShipLost { how: How::Field, .. }))
            .count()
    };
    let peak = (11..30).map(by_second).max().unwrap_or(0);
    assert!(peak >= 24, "{peak} a second");
    assert!(yard.lost(fleet) > 100);
}

#[test]
fn it_is_useless_inside_a_stars_air() {
    let mut yard = Yard::at(STAR, 1_000_000);
    invoker(&mut yard, |_| ());
    yard.send(1, "invoker", 1, [0, 0, 0]);
    crowd(&mut yard, 50, [6_000, 0, 0]);
    yard.play(40);
    assert_eq!(at(&yard, |told| matches!(told, Told::FieldLit { .. })), None);
    let burnt = |told: &Told| matches!(told, Told::ShipLost { how: How::Field, .. });
    assert!(!yard.told.iter().any(|told| burnt(&told.what)));
}

#[test]
fn a_severed_pylon_leaves_a_blind_sector() {
    let deaths = |pylons_lost: u32| {
        let mut yard = Yard::new();
        invoker(&mut yard, |field| field.pylons = 2);
        let invoker = yard.send(1, "invoker", 1, [0, 0, 0]);
        let row = yard.rows(invoker)[0];
        yard.fight.columns.parts[row].pylons_lost = pylons_lost;
        // Two pylons: one towards the top, one towards the keel.
        yard.fight.columns.heading[row] = [1.0, 0.0, 0.0];
        yard.fight.columns.up[row] = [0.0, 0.0, 1.0];
        let above = crowd(&mut yard, 27, [0, 0, 8_000]);
        let below = crowd(&mut yard, 27, [0, 0, -8_000]);
        yard.codex.classes[0].accel_mps2 = 0;
        yard.play(13);
        (yard.lost(above), yard.lost(below))
    };
    let (above, below) = deaths(0);
    assert!(above > 0 && below > 0, "{above}, {below}");
    let (one, other) = (deaths(1), deaths(2));
    assert!((one.0 == 0) != (one.1 == 0), "one side is safe: {one:?}");
    assert!((other.0 == 0) != (other.1 == 0), "or the other: {other:?}");
    assert_ne!(one.0 == 0, other.0 == 0);
}

#[test]
fn those_who_know_how_exploit_the_gap() {
    let outcome = |knows: bool| {
        let mut yard = Yard::new();
        invoker(&mut yard, |_| ());
        yard.doctrine("gap", Focus::Nearest, Motion::Close, |d| {
            (d.range_permille, d.field_clearance_permille, d.uses_gaps) = (200, 1_100, knows);
        });
        let guns = vec![yard.battery("mauler", 4, Arc::All)];
        yard.weapon("mauler").range_m = 6_000;
        yard.codex.classes[0].field.as_mut().expect("an invoker").spin_up_ms = 0;
        yard.class("raider", "gap", |c| {
            (c.batteries, c.speed_mps, c.accel_mps2, c.shield) = (guns, 3_000, 2_000, 3_000);
        });
        let invoker = yard.send(1, "invoker", 1, [0, 0, 0]);
        let row = yard.rows(invoker)[0];
        yard.fight.columns.parts[row].pylons_lost = 1;
        let raiders = yard.send(0, "raider", 10, [-60_000, 0, 0]);
        let whole = yard.points(yard.first(invoker));
        yard.play(120);
        (whole - yard.points(yard.first(invoker)), yard.lost(raiders))
    };
    let (kept_out, _) = outcome(false);
    let (inside, lost) = outcome(true);
    assert_eq!(kept_out, 0, "those who keep clear do no harm with short guns");
    assert!(inside > 0, "those in the gap do");
    assert!(lost < 10, "and live: {lost} lost");
}

#[test]
fn missiles_and_debris_draw_arcs_too() {
    let mut yard = Yard::new();
    invoker(&mut yard, |field| (field.spin_up_ms, field.arcs_per_s) = (0, 400));
    yard.weapon("missile").shot_speed_mps = 3_000;
    let arms = vec![yard.battery("missile", 4, Arc::All)];
    yard.class("archer", "static", |c| (c.batteries, c.speed_mps) = (arms, 0));
    let invoker = yard.send(1, "invoker", 1, [0, 0, 0]);
    yard.send(0, "archer", 4, [30_000, 0, 0]);
    let whole = yard.points(yard.first(invoker));
    yard.play(60);
    assert_eq!(yard.points(yard.first(invoker)), whole, "the field eats every missile");
    let crowd = crowd(&mut yard, 30, [8_000, 0, 0]);
    yard.play(62);
    assert!(yard.lost(crowd) > yard.fight.debris.len(), "and grinds the wrecks to dust");
}

#[test]
fn great_hulls_soak_arcs_up() {
    let losses = |disturb: i64| {
        let mut yard = Yard::new();
        invoker(&mut yard, |field| {
            (field.spin_up_ms, field.disturb_permille) = (0, disturb);
        });
        yard.send(1, "invoker", 1, [0, 0, 0]);
        yard.class("great", "static", |c| {
            (c.batteries, c.mass_kt, c.hull, c.radius_m) = (Vec::new(), 60_000, 2_000_000, 500);
        });
        yard.send(0, "great", 4, [8_000, 0, 0]);
        let crowd = crowd(&mut yard, 60, [9_000, 0, 0]);
        yard.play(5);
        yard.lost(crowd)
    };
    assert!(losses(200) < losses(0), "behind battleships fewer die");
}
