//! Judging a battle: assessments, strength, when it is over.

use crate::yard::Yard;
use jumpline_battle::{End, TICKS_MOST, assess, leave, over, settle, ship_strength, strength};
use jumpline_measure::{ClassId, Time};
use jumpline_world::law::Role;

#[test]
fn an_assessment_reads_what_a_withdrawal_needs() {
    let mut yard = Yard::new();
    yard.class("cruiser", "close", |_| ());
    yard.class("flag", "close", |c| {
        (c.role, c.mass_kt, c.hull, c.shield) = (Role::Dreadnaught, 90_000, 40_000, 0);
    });
    let own = yard.send(0, "cruiser", 9, [-20_000, 0, 0]);
    let flag = yard.send(0, "flag", 1, [-22_000, 0, 0]);
    yard.send(2, "cruiser", 5, [-30_000, 30_000, 0]);
    yard.send(1, "cruiser", 12, [20_000, 0, 0]);
    let before = assess(&yard.codex, &yard.fight, &yard.regards, own);
    assert_eq!((before.ships, before.enemies, before.enemies_in_reach), (9, 12, 12));
    assert_eq!((before.lost_permille, before.quarry_left), (0, 12));
    assert_eq!(before.own_strength, 9 * strength(&yard.codex, ClassId(0)));
    assert!(before.allied_strength > 0 && before.enemy_strength > before.own_strength);
    yard.play(60);
    let after = assess(&yard.codex, &yard.fight, &yard.regards, own);
    assert_eq!(after.lost_permille, yard.lost(own) as i64 * 1_000 / 9);
    assert!(after.own_strength < before.own_strength);
    let row = yard.rows(flag)[0];
    yard.fight.columns.hull[row] = 30_000;
    let flagged = assess(&yard.codex, &yard.fight, &yard.regards, flag);
    assert_eq!(flagged.greatest_hull_lost_permille, 250);
}

#[test]
fn strength_adds_up_and_wounds_take_from_it() {
    let mut yard = Yard::new();
    yard.class("cruiser", "close", |_| ());
    yard.class("double", "close", |c| {
        (c.hull, c.shield, c.armour) = (c.hull * 4, c.shield * 4, c.armour * 4);
    });
    let (one, four) = (strength(&yard.codex, ClassId(0)), strength(&yard.codex, ClassId(1)));
    assert!((four - 2 * one).abs() <= 2, "four times as tough, twice as strong: {one}, {four}");
    yard.group(0, "cruiser", 1, [0, 0, 0]);
    assert_eq!(ship_strength(&yard.codex, &yard.ships[0]), one);
    yard.ships[0].hull /= 2;
    yard.ships[0].parts.guns_lost_permille = 500;
    assert!(ship_strength(&yard.codex, &yard.ships[0]) < one);
    assert_eq!(strength(&yard.codex, ClassId(99)), 0);
}

#[test]
fn it_ends_when_one_side_is_left_or_nothing_happens_or_by_rule() {
    let mut yard = Yard::new();
    yard.class("fort", "static", |c| c.speed_mps = 0);
    let judge = |yard: &Yard, now| over(&yard.codex, &yard.fight, &yard.regards, Time(now));
    yard.send(0, "fort", 1, [0, 0, 0]);
    assert_eq!(judge(&yard, 0), Some(End::OneSide));
    let other = yard.send(1, "fort", 1, [300_000, 0, 0]);
    assert_eq!(judge(&yard, 0), None);
    yard.play(179);
    assert_eq!(judge(&yard, 179), None);
    yard.play(181);
    assert_eq!(judge(&yard, 181), Some(End::Lull));
    assert_eq!(judge(&yard, 99_999), Some(End::Lull));
    yard.rules().lull_s = 1_000_000;
    assert_eq!(judge(&yard, 36_000), Some(End::ByRule));
    let ship = yard.first(other);
    let left = leave(&mut yard.fight, ship).expect("she was in it");
    assert_eq!(left.hull, 2_000);
    assert_eq!(leave(&mut yard.fight, ship), None);
    assert_eq!(judge(&yard, 181), Some(End::OneSide));
}

#[test]
fn two_fleets_that_close_are_not_a_lull() {
    let mut yard = Yard::new();
    yard.class("slow", "close", |c| c.speed_mps = 1_000);
    yard.send(0, "slow", 3, [-300_000, 0, 0]);
    yard.send(1, "slow", 3, [300_000, 0, 0]);
    yard.play(240);
    assert_eq!(over(&yard.codex, &yard.fight, &yard.regards, Time(240)), None);
    assert_eq!(yard.fight.quiet_ticks, 0);
}

#[test]
fn records_are_settled() {
    let mut yard = Yard::new();
    yard.class("cruiser", "close", |_| ());
    yard.send(0, "cruiser", 5, [-20_000, 0, 0]);
    yard.send(1, "cruiser", 5, [20_000, 0, 0]);
    yard.play(30);
    let mut ships = yard.ships.clone();
    settle(&yard.fight, &mut ships, Time(30));
    for (row, id) in yard.fight.columns.id.iter().enumerate() {
        let ship = &ships[id.index()];
        assert_eq!(ship.shields, yard.fight.columns.shields[row]);
        assert_eq!(ship.hull, yard.fight.columns.hull[row]);
        assert_eq!(ship.shields_at, Time(30));
    }
}

/// A tick of a thousandth of a second and a battle without end: the cap on ticks ends it.
#[test]
fn no_battle_outlasts_the_cap_on_ticks() {
    let mut yard = Yard::new();
    (yard.rules().tick_ms, yard.rules().longest_s, yard.rules().lull_s) = (1, i64::MAX, i64::MAX);
    yard.class("hulk", "static", |c| (c.batteries, c.speed_mps) = (Vec::new(), 0));
    yard.send(0, "hulk", 1, [0, 0, 0]);
    yard.send(1, "hulk", 1, [10_000, 0, 0]);
    let judge = |yard: &Yard| over(&yard.codex, &yard.fight, &yard.regards, Time(0));
    for (ticks, end) in [
        (TICKS_MOST - 1, None),
        (TICKS_MOST, Some(End::ByRule)),
        (TICKS_MOST + 1, Some(End::ByRule)),
    ] {
        yard.fight.tick = ticks;
        assert_eq!(judge(&yard), end, "{ticks} ticks");
    }
    yard.fight.tick = TICKS_MOST - 20;
    yard.play(i64::MAX / 2_000);
    assert_eq!((yard.fight.tick, judge(&yard)), (TICKS_MOST, Some(End::ByRule)));
}
