//! Small storms on every change (`cargo xtask deep storms` makes them long), and the proof that the account notices a theft.

use jumpline_campaign::opening_state;
use jumpline_proving::calibration::held::List;
use jumpline_proving::calibration::{design, held, mixture};
use jumpline_proving::storm::storm;
use jumpline_proving::wars;
use jumpline_world::State;
use jumpline_world::ledger::audit;
use std::collections::BTreeSet;

#[test]
fn a_storm_of_orders_breaks_nothing() {
    for seed in 1..=3 {
        let (loaded, _) = wars::open("first-light", seed).unwrap();
        let storm = storm(&loaded, seed, 6, 12).unwrap();
        assert!(storm.given > 0 && storm.refused > 0, "{storm:?}");
        assert!(storm.refused < storm.given, "nothing was ever accepted: {storm:?}");
    }
}

#[test]
fn canary_the_account_notices_what_is_stolen_or_slipped_in() {
    let (loaded, _) = wars::open("first-light", 1).unwrap();
    let sound = opening_state(loaded.opening.clone(), 1);
    assert!(audit(&loaded.law, &sound).is_empty());
    type Plant = fn(&mut State);
    let defects: [(&str, Plant); 4] = [
        ("a person gone", |state| state.ships[0].people -= 1),
        ("a mine more", |state| state.ships[0].mines += 1),
        ("a loss booked twice", |state| {
            let ship = state.ships[0].clone();
            state.ledger.row(ship.power, ship.class).lost += 1;
        }),
        ("a ship of another class", |state| {
            let other = state.ships.iter().map(|ship| ship.class).max();
            let Some(ship) = state.ships.iter_mut().find(|ship| Some(ship.class) != other) else {
                return;
            };
            ship.class = other.unwrap_or(ship.class);
        }),
    ];
    for (what, plant) in defects {
        let mut state = sound.clone();
        plant(&mut state);
        assert!(!audit(&loaded.law, &state).is_empty(), "{what}");
    }
}

/// What judges aggregate resolution must not have taught it: neither list is in the design, and neither in the other.
#[test]
fn engagements_that_judge_are_none_of_the_designs() {
    let (loaded, _) = wars::open("pagalis", 1).unwrap();
    let law = loaded.law;
    let sorted = |mut sides: [String; 2], gap_km: u32| {
        sides.sort();
        (sides, gap_km)
    };
    let mut taught = BTreeSet::new();
    let mut seeds = u64::MAX;
    for number in 0..10_000 {
        let point = mixture::mixture(&law.codex, number, &design::RANGES);
        seeds = seeds.min(point.seed);
        taught.insert(sorted(point.sides, point.gap_km));
    }
    let mut judging = BTreeSet::new();
    for which in List::ALL {
        let list = held::list(which).unwrap();
        assert_eq!(list.len(), 24);
        for one in &list {
            assert!(one.seed + 1_000 < seeds, "seeds of the design");
            let duel = held::duel(&law, one).unwrap();
            assert_eq!(duel.fallback(one.seed), None, "{:?} is outside the region", one.sides);
            let name = sorted(one.sides.clone(), one.gap_km);
            assert!(!taught.contains(&name), "{name:?} is in the design");
            assert!(judging.insert((name.0, one.seed)), "{:?} judges twice", one.sides);
        }
    }
    assert_eq!(judging.iter().map(|one| &one.0).collect::<BTreeSet<_>>().len(), 48);
}
