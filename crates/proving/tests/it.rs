//! Small storms on every change (`cargo xtask deep storms` makes them long), and the proof that the account notices a theft.

use jumpline_campaign::opening_state;
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
