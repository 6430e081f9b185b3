//! Mines on a line.

use crate::small::*;
use jumpline_measure::{Bearing, FieldId, GroupId};
use jumpline_world::What;
use jumpline_world::order::Task;
use jumpline_world::state::Status;

fn laid() -> (War, GroupId) {
    let mut war = War::new();
    let layers = war.force(BLUE, "layers", SUN, Bearing::X, &[("layer", 2)]);
    let task = Task::LayMines { from: SUN, to: FARSUN, offset_m: 1_000_000, count: 300 };
    war.tell(BLUE, layers, task);
    // Out of the way when somebody comes.
    war.then(BLUE, layers, Task::Move { to: OUTER, spot: None, pace_permille: 1_000 });
    war.turns(3);
    assert_eq!(war.count("mines_laid"), 1, "{:#?}", war.told());
    (war, layers)
}

#[test]
fn mines_come_from_the_ships_that_lay_them() {
    let (war, layers) = laid();
    let aboard: i64 = war.state.ships_of(layers).map(|ship| ship.mines).sum();
    assert_eq!((aboard, war.state.fields[0].live), (100, 300));
}

#[test]
fn what_runs_through_is_struck_and_the_rest_is_recovered() {
    let (mut war, layers) = laid();
    let giant = war.force(RED, "giant", SUN, Bearing::Y, &[("giant", 1)]);
    let ship = war.ships(giant)[0];
    war.tell(RED, giant, Task::Move { to: FARSUN, spot: None, pace_permille: 1_000 });
    war.turns(3);
    let struck = war.first("mines_struck");
    let What::MinesStruck { hits, drives_lost, .. } = struck.what else { panic!() };
    // A hull of 1,500 m in a corridor of 2,000 m covers nine sixteenths of it.
    assert!((120..=210).contains(&hits), "{hits} of 300 struck");
    assert!(drives_lost > 0);
    assert_eq!(war.state.ship(ship).shields, [1_000; 6], "mines pass through shields");
    war.tell(BLUE, layers, Task::RecoverMines { field: FieldId(0) });
    war.turns(3);
    let field = &war.state.fields[0];
    assert_eq!(field.laid, field.live + field.spent + field.scattered + field.recovered);
    assert_eq!(war.count("mines_recovered"), 1, "{:#?}", war.told());
    assert!(field.recovered > 0 && field.spent == hits);
    let aboard: i64 = war.state.ships_of(layers).map(|ship| ship.mines).sum();
    assert_eq!(aboard, 100 + field.recovered);
}

#[test]
fn those_who_laid_them_know_the_lane() {
    let (mut war, layers) = laid();
    war.tell(BLUE, layers, Task::Move { to: FARSUN, spot: None, pace_permille: 1_000 });
    war.turns(3);
    assert_eq!(war.count("mines_struck"), 0);
    assert!(war.ships(layers).iter().all(|ship| war.status(*ship) == Status::Jumping));
}

#[test]
fn other_lines_are_free() {
    let (mut war, _) = laid();
    let giant = war.force(RED, "giant", SUN, Bearing::Y, &[("giant", 1)]);
    war.tell(RED, giant, Task::Move { to: WORLD, spot: None, pace_permille: 1_000 });
    war.turns(2);
    assert_eq!(war.count("mines_struck"), 0);
}
