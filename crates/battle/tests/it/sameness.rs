//! Nothing that must not matter matters: threads, cells, saves, pauses, the order of entry.

use crate::yard::Yard;
use jumpline_battle::tuning::Tuning;
use jumpline_measure::ShipId;
use jumpline_world::engagement::Engagement;
use proptest::prelude::*;

/// 1,200 ships: more than one chunk, enough for the pool, enough for grids.
fn melee() -> Yard {
    Yard::melee(600)
}

fn played(change: impl FnOnce(&mut Yard)) -> String {
    let mut yard = melee();
    change(&mut yard);
    yard.play(90).digest()
}

#[cfg(not(feature = "canary"))]
#[test]
fn any_number_of_threads_gives_the_same() {
    let one = played(|_| ());
    for threads in [2, 3, 8] {
        assert_eq!(one, played(|yard| yard.threads = threads), "{threads} threads");
    }
}

#[cfg(feature = "canary")]
#[test]
fn the_planted_fault_is_caught() {
    let one = played(|_| ());
    let two = played(|yard| yard.threads = 2);
    assert_ne!(one, two, "results gathered in another order must show in the digest");
}

#[test]
fn any_cell_gives_the_same() {
    let usual = played(|_| ());
    for cell_m in [1, 3_000, 47_000, 1_000_000] {
        assert_eq!(usual, played(|yard| yard.rules().cell_m = cell_m), "cells of {cell_m} m");
    }
}

#[test]
fn searching_one_by_one_gives_the_same() {
    let none = played(|yard| yard.tuning = Tuning { brute_most: usize::MAX });
    let all = played(|yard| yard.tuning = Tuning { brute_most: 0 });
    assert_eq!(none, all);
}

/// More ships than the trees of one thread hold: they are sorted and filled on all of them.
#[cfg(not(feature = "canary"))]
#[test]
fn a_great_melee_is_the_same_by_any_way() {
    let played = |threads: usize, cell_m: i64, brute_most: usize| {
        let mut yard = Yard::melee(1_500);
        yard.threads = threads;
        yard.rules().cell_m = cell_m;
        yard.tuning = Tuning { brute_most };
        yard.play(30).digest()
    };
    let usual = played(1, 20_000, Tuning::default().brute_most);
    for (threads, cell_m, brute_most) in
        [(2, 20_000, 24), (8, 1, 0), (2, 1_000_000, 0), (3, 500, 100), (8, 20_000, usize::MAX)]
    {
        let so = format!("{threads} threads, cells of {cell_m} m, {brute_most} one by one");
        assert_eq!(usual, played(threads, cell_m, brute_most), "{so}");
    }
}

#[test]
fn a_save_in_the_middle_cannot_be_told() {
    let mut through = melee();
    through.play(90);
    let mut saved = melee();
    for second in [1, 17, 40, 41, 77, 90] {
        saved.play(second);
        let bytes = saved.bytes();
        let read: Engagement = postcard::from_bytes(&bytes).expect("what was written can be read");
        assert_eq!(read, saved.fight);
        saved.fight = read;
    }
    assert_eq!(through.digest(), saved.digest());
}

#[test]
fn pauses_at_every_second_cannot_be_told() {
    let mut through = melee();
    through.play(60);
    let mut halting = melee();
    for second in 1..=60 {
        halting.play(second);
    }
    assert_eq!(through.digest(), halting.digest());
}

/// Two groups that are about to come in.
fn forming() -> Yard {
    let mut yard = Yard::new();
    yard.class("cruiser", "close", |_| ());
    yard.group(0, "cruiser", 7, [-30_000, 0, 0]);
    yard.group(1, "cruiser", 9, [30_000, 0, 0]);
    yard.group(2, "cruiser", 4, [0, 30_000, 0]);
    yard
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(24)
    })]

    #[test]
    fn the_order_of_entry_does_not_matter(order in Just((0..20_u32).collect::<Vec<_>>()).prop_shuffle()) {
        let mut straight = forming();
        for ship in 0..20 {
            straight.enter_ship(ShipId(ship));
        }
        let mut shuffled = forming();
        for ship in order {
            shuffled.enter_ship(ShipId(ship));
        }
        prop_assert_eq!(straight.play(80).digest(), shuffled.play(80).digest());
    }

    #[test]
    fn ships_and_shots_are_conserved(a in 1_usize..40, b in 1_usize..40, seed in any::<u64>(), seconds in 1_i64..200) {
        let mut yard = Yard::melee(0).seeded(seed);
        let one = yard.send(0, "cruiser", a, [-30_000, 0, 0]);
        let other = yard.send(1, "cruiser", b, [30_000, 0, 0]);
        yard.send(1, "battleship", 1, [35_000, 0, 0]);
        let total = a + b + 1;
        yard.play(seconds);
        prop_assert_eq!(yard.fight.columns.id.len() + yard.losses().len(), total);
        let lost: u32 = yard.fight.tallies.iter().map(|tally| tally.lost).sum();
        prop_assert_eq!(lost as usize, yard.losses().len());
        prop_assert!(yard.left(one) + yard.lost(one) == a && yard.left(other) + yard.lost(other) == b);
        let c = &yard.fight.columns;
        for row in 0..c.id.len() {
            let full = &yard.codex.classes[c.class[row].index()];
            prop_assert!(c.hull[row] > 0 && i64::from(c.hull[row]) <= full.hull);
            prop_assert!(c.armour[row] >= 0 && i64::from(c.armour[row]) <= full.armour);
            prop_assert!(c.shields[row].iter().all(|points| *points >= 0 && i64::from(*points) <= full.shield));
            for (battery, left) in full.batteries.iter().zip(c.shots[row]) {
                let most = yard.codex.weapons[battery.weapon.index()].shots * battery.mounts;
                let least = if most == 0 { -1 } else { 0 };
                let most = if most == 0 { -1 } else { most };
                prop_assert!((least..=most).contains(&i64::from(left)));
            }
            prop_assert!(c.position[row].iter().chain(&c.velocity[row]).all(|part| part.is_finite()));
        }
    }
}

#[test]
fn two_that_kill_each_other_in_one_tick_both_die() {
    let mut yard = Yard::new();
    let mauler = yard.battery("mauler", 60, jumpline_world::law::Arc::All);
    yard.class("brawler", "static", |c| {
        (c.batteries, c.shield, c.speed_mps) = (vec![mauler], 0, 0);
    });
    let one = yard.send(0, "brawler", 1, [0, 0, 0]);
    let other = yard.send(1, "brawler", 1, [500, 0, 0]);
    yard.play(5);
    assert_eq!((yard.lost(one), yard.lost(other)), (1, 1));
    assert_eq!(
        yard.told.iter().filter(|report| report.at.0 == yard.told[0].at.0).count(),
        yard.told.len()
    );
}

#[cfg(not(feature = "canary"))]
/// Ships lost, digest: a change of these must be meant.
#[test]
fn golden() {
    let mut yard = Yard::melee(200);
    yard.play(120);
    assert_eq!((yard.losses().len(), yard.digest().as_str()), GOLDEN);
}

#[cfg(not(feature = "canary"))]
const GOLDEN: (usize, &str) = (100, "5cfc24f4e3fc4664");
