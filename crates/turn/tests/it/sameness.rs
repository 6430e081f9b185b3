//! The same war is the same war: on any number of threads, through a save, and with unbroken reasons.

use crate::small::*;
use jumpline_measure::Bearing;
use jumpline_world::digest::{digest, first_difference};
use jumpline_world::order::{Quarry, Task};
use jumpline_world::{Cause, State};

fn war(threads: usize) -> War {
    let mut war = War::new();
    war.threads = threads;
    let fleet = war.force(RED, "fleet", SUN, Bearing::X, &[("cruiser", 40), ("ranger", 10)]);
    war.force(RED, "eye", MOON, Bearing::X, &[("eye", 1)]);
    war.force(ROSE, "friends", WORLD, Bearing::Y, &[("cruiser", 10)]);
    war.force(BLUE, "guard", WORLD, Bearing::X, &[("cruiser", 30), ("station", 2)]);
    let raiders = war.force(BLUE, "raiders", OUTER, Bearing::X, &[("cruiser", 10)]);
    let landers = war.force(RED, "landers", MOON, Bearing::X, &[("lander", 10)]);
    war.tell(RED, fleet, Task::Assault { body: WORLD, quarry: Quarry::Roles(vec![]) });
    war.tell(RED, landers, Task::Land { body: WORLD, sites: 2 });
    war.tell(
        BLUE,
        raiders,
        Task::Raid { body: MOON, roles: vec![jumpline_world::law::Role::Sensor] },
    );
    war
}

#[test]
fn played_twice_it_is_the_same_on_any_number_of_threads() {
    let mut one = war(1);
    let mut two = war(4);
    for turn in 0..5 {
        let (left, right) = (one.turn(), two.turn());
        assert_eq!(left, right, "events of turn {turn}");
        let differ = first_difference(&one.state, &two.state);
        assert_eq!(digest(&one.state), digest(&two.state), "turn {turn}: {differ:?}");
    }
    assert!(one.count("battle_began") > 0 && one.count("ship_lost") > 0);
}

#[test]
fn a_save_in_the_middle_of_it_all_is_not_noticed() {
    let mut one = war(1);
    let mut two = war(1);
    for _ in 0..5 {
        one.turn();
        two.turn();
        let bytes = postcard::to_allocvec(&two.state).expect("a save");
        two.state = postcard::from_bytes::<State>(&bytes).expect("a load");
        assert_eq!(digest(&one.state), digest(&two.state));
    }
}

#[test]
fn orders_handed_in_in_any_order_are_the_same_orders() {
    let mut one = War::new();
    let mut two = War::new();
    for war in [&mut one, &mut two] {
        war.force(RED, "fleet", SUN, Bearing::X, &[("cruiser", 4)]);
        war.force(BLUE, "guard", WORLD, Bearing::X, &[("cruiser", 3)]);
    }
    let order = |id: u32, power, group: u32, to| jumpline_world::Order {
        id: jumpline_measure::OrderId(id),
        power,
        say: jumpline_world::Say::Group {
            group: jumpline_measure::GroupId(group),
            task: Task::Move { to, spot: None, pace_permille: 1_000 },
            queued: false,
            doctrine: None,
        },
        reason: String::new(),
    };
    let (a, b) = (order(1, RED, 0, WORLD), order(1, BLUE, 1, SUN));
    one.give(a.clone());
    one.give(b.clone());
    two.give(b);
    two.give(a);
    assert_eq!(one.turn(), two.turn());
}

#[test]
fn every_reason_is_an_event_that_came_before() {
    let mut war = war(2);
    war.turns(5);
    for (place, event) in war.events.iter().enumerate() {
        if let Some(before) = place.checked_sub(1).map(|before| &war.events[before]) {
            assert!(before.id < event.id && before.at <= event.at, "{before:?} then {event:?}");
        }
        for cause in &event.because {
            if let Cause::Event(id) = cause {
                assert!(*id < event.id, "{event:?} because of what came later");
            }
        }
    }
    let reasoned = war.events.iter().filter(|event| !event.because.is_empty()).count();
    assert!(reasoned * 10 > war.events.len() * 6, "{reasoned} of {}", war.events.len());
}
