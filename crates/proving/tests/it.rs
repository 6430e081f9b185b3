//! Small storms on every change (`cargo xtask deep storms` makes them long), and the proof that the account notices a theft.

use jumpline_campaign::opening_state;
use jumpline_proving::calibration::{design, held};
use jumpline_proving::storm::storm;
use jumpline_proving::wars;
use jumpline_world::State;
use jumpline_world::ledger::audit;

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

/// What aggregate resolution is held against must not have taught it.
#[test]
fn held_out_engagements_are_none_of_the_designs() {
    let (loaded, _) = wars::open("pagalis", 1).unwrap();
    let law = loaded.law;
    let classes: Vec<String> =
        design::classes(&law.codex).iter().map(|class| class.key.clone()).collect();
    let held = held::list().unwrap();
    assert_eq!(held.len(), 24);
    for one in &held {
        assert!(one.seed + 1_000 < design::FIRST_SEED, "seeds of the design");
        let duel = held::duel(&law, one).unwrap();
        assert_eq!(duel.fallback(one.seed), None, "{:?} is outside the region", one.sides);
        let plain = duel
            .forces()
            .iter()
            .all(|force| force.rows.len() == 1 && force.rows[0].power.is_none());
        if !plain {
            continue;
        }
        let key = |side: usize| law.codex.class(duel.forces()[side].rows[0].class).key.clone();
        let mut pair = [key(0), key(1)];
        pair.sort_by_key(|key| classes.iter().position(|class| class == key));
        let mut number = 0_u32;
        for (at, first) in classes.iter().enumerate() {
            for second in &classes[at..] {
                if [first, second] == [&pair[0], &pair[1]] {
                    for k in (0..16).chain([40]) {
                        let keys = [pair[0].as_str(), pair[1].as_str()];
                        let point = design::point(number, k, keys, 1.0, &design::RANGES);
                        assert_ne!(
                            point.gap_km, one.gap_km,
                            "{pair:?} at the distance of point {k}"
                        );
                    }
                }
                number += 1;
            }
        }
    }
}
