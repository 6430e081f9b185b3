//! Taking and refusing orders.

use crate::small::*;
use jumpline_measure::{Bearing, BodyId, ContactId, GroupId, OrderId, ShipId};
use jumpline_turn::refuse;
use jumpline_world::look;
use jumpline_world::order::{Answer, Order, Quarry, Refusal, Say, Task};

fn hold() -> Task {
    Task::Hold { until: None }
}

#[test]
fn the_same_order_twice_is_one_order() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 2)]);
    let say = Say::Group { group: fleet, task: hold(), queued: false, doctrine: None };
    let order = Order { id: OrderId(9), power: RED, say, reason: "once".into() };
    war.give(order.clone());
    war.give(order.clone());
    war.turn();
    war.give(order.clone());
    war.turn();
    assert_eq!(war.count("order_taken"), 1);
    // The same number with another text is refused.
    war.give(Order { reason: "twice".into(), ..order });
    war.turn();
    assert_eq!(war.count("order_refused"), 1);
}

#[test]
fn nobody_orders_anothers_ships_and_the_answer_tells_nothing() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 2)]);
    let view = look(&war.law, &war.state, BLUE);
    let ask = |group| {
        let say = Say::Group { group, task: hold(), queued: false, doctrine: None };
        let order = Order { id: OrderId(1), power: BLUE, say, reason: String::new() };
        refuse(&war.law, &view, &order)
    };
    assert_eq!(ask(fleet), Err(Refusal::NoSuchGroup));
    assert_eq!(ask(fleet), ask(GroupId(999)), "an unseen group and an absent one are alike");
}

#[test]
fn impossible_orders_are_refused_with_the_reason() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 2)]);
    let base = war.force(RED, "base", WORLD, Bearing::Y, &[("station", 1)]);
    let view = look(&war.law, &war.state, RED);
    let say = |group, task| {
        let say = Say::Group { group, task, queued: false, doctrine: None };
        let order = Order { id: OrderId(1), power: RED, say, reason: String::new() };
        refuse(&war.law, &view, &order).err()
    };
    let go = |to| Task::Move { to, spot: None, pace_permille: 1_000 };
    assert_eq!(say(fleet, go(BodyId(77))), Some(Refusal::NoSuchBody));
    assert_eq!(say(base, go(SUN)), Some(Refusal::Immobile));
    assert_eq!(say(fleet, go(FARSUN)), Some(Refusal::NoRoute));
    let slow = Task::Move { to: SUN, spot: None, pace_permille: 0 };
    assert!(matches!(say(fleet, slow), Some(Refusal::OutOfRange { .. })));
    let contact = Task::Intercept { contact: ContactId(3) };
    assert_eq!(say(fleet, contact), Some(Refusal::NoSuchContact));
    let mines = Task::LayMines { from: SUN, to: FARSUN, offset_m: 0, count: 5 };
    let short = Some(Refusal::NotEnoughMines { aboard: 0, wanted: 5 });
    assert_eq!(say(fleet, mines), short);
    assert_eq!(say(fleet, Task::Unload), Some(Refusal::NoShips));
    assert_eq!(say(fleet, Task::Land { body: WORLD, sites: 1 }), Some(Refusal::CannotLand));
    assert_eq!(say(fleet, Task::Escort { group: fleet }), Some(Refusal::Itself));
    assert_eq!(say(fleet, Task::Merge { into: fleet }), Some(Refusal::Itself));
    let none = Task::Detach { ships: vec![ShipId(55)], name: "x".into() };
    assert_eq!(say(fleet, none), Some(Refusal::NoSuchShip));
    let line = Task::Ambush { from: WORLD, to: FARSUN, standoff_m: 0 };
    assert_eq!(say(fleet, line), Some(Refusal::NoLine));
    assert_eq!(say(fleet, Task::Tow { ship: ShipId(0), to: SUN }), Some(Refusal::NoTractor));
    assert_eq!(say(fleet, hold()), None);
}

#[test]
fn a_row_of_tasks_is_done_in_order() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 5)]);
    let go = |to| Task::Move { to, spot: None, pace_permille: 1_000 };
    war.tell(RED, fleet, go(MOON));
    war.then(RED, fleet, go(SUN));
    war.turns(2);
    let bodies: Vec<BodyId> =
        war.named("group_arrived").iter().filter_map(|event| event.body).collect();
    assert_eq!(bodies.first(), Some(&MOON));
    assert_eq!(bodies.last(), Some(&SUN));
}

#[test]
fn ships_are_split_off_and_joined_again() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 5)]);
    let ships = war.ships(fleet)[..2].to_vec();
    war.tell(RED, fleet, Task::Detach { ships, name: "the two".into() });
    war.turn();
    let two = GroupId(1);
    assert_eq!((war.group(fleet).ships.len(), war.group(two).ships.len()), (3, 2));
    assert_eq!(war.group(two).name, "the two");
    war.tell(RED, two, Task::Merge { into: fleet });
    war.turn();
    assert_eq!((war.group(fleet).ships.len(), war.group(two).ships.len()), (5, 0));
}

#[test]
fn powers_ask_and_answer() {
    let mut war = War::new();
    war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 5)]);
    let quarry = Quarry::Roles(Vec::new());
    war.say(RED, Say::Ask { power: ROSE, body: SUN, quarry, operation: String::new() });
    war.turn();
    assert_eq!(war.count("asked"), 1);
    let request = look(&war.law, &war.state, ROSE).requests[0].number;
    assert!(look(&war.law, &war.state, BLUE).requests.is_empty());
    war.say(ROSE, Say::Reply { request, answer: Answer::Agree });
    war.turn();
    assert_eq!(war.count("answered"), 1);
    assert_eq!(look(&war.law, &war.state, RED).requests[0].answer, Some(Answer::Agree));
}
