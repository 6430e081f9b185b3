//! Who sees whom.

use crate::small::*;
use jumpline_chart::Spot;
use jumpline_measure::{Bearing, Time};
use jumpline_world::look;
use jumpline_world::order::Task;

#[test]
fn what_is_near_is_seen_and_what_is_far_is_not() {
    let mut war = War::new();
    war.force(RED, "watch", WORLD, Bearing::X, &[("cruiser", 1)]);
    war.force(BLUE, "near", WORLD, Bearing::Y, &[("jumpship", 1)]);
    war.force(BLUE, "far", OUTER, Bearing::Y, &[("jumpship", 1)]);
    war.turn();
    let view = look(&war.law, &war.state, RED);
    assert_eq!(view.contacts.len(), 1);
    assert_eq!(view.contacts[0].body, WORLD);
    assert_eq!(view.contacts[0].power, Some(BLUE));
}

#[test]
fn a_sensor_station_sees_across_its_system() {
    let mut war = War::new();
    war.force(RED, "eye", WORLD, Bearing::X, &[("eye", 1)]);
    war.force(BLUE, "far", OUTER, Bearing::Y, &[("jumpship", 5)]);
    war.turn();
    let view = look(&war.law, &war.state, RED);
    assert_eq!(view.contacts.len(), 1);
    let contact = &view.contacts[0];
    assert_eq!(contact.body, OUTER);
    assert!(contact.error_m > 0, "far away, so not exact");
}

#[test]
fn a_star_hides_what_is_low_over_it() {
    let sees = |altitude_m: i64| {
        let mut war = War::new();
        war.class_mut("cruiser").sensors.range_m = 1_500_000_000;
        war.force_at(RED, "watch", SUN, Spot::new(2_000_000_000, Bearing::X), &[("cruiser", 1)]);
        war.force_at(BLUE, "prey", SUN, Spot::new(altitude_m, Bearing::X), &[("jumpship", 1)]);
        war.turn();
        !look(&war.law, &war.state, RED).contacts.is_empty()
    };
    assert!(sees(1_200_000_000));
    assert!(!sees(21_000_000));
}

#[test]
fn allies_hear_later_and_know_from_whom() {
    let mut war = War::new();
    war.force(RED, "eye", WORLD, Bearing::X, &[("eye", 1)]);
    war.force(ROSE, "friend", MOON, Bearing::X, &[("cruiser", 1)]);
    war.force(BLUE, "far", OUTER, Bearing::Y, &[("jumpship", 5)]);
    war.turn();
    let view = look(&war.law, &war.state, ROSE);
    assert_eq!(view.contacts.len(), 1);
    assert_eq!(view.contacts[0].told_by, Some(RED));
    assert!(view.contacts[0].last < look(&war.law, &war.state, RED).contacts[0].last);
    let heard: Vec<Time> = war.named("sighted").iter().map(|event| event.at).collect();
    assert!(heard[1].0 - heard[0].0 >= 300);
}

#[test]
fn contacts_that_are_not_seen_again_are_forgotten() {
    let mut war = War::new();
    war.force(RED, "watch", WORLD, Bearing::X, &[("cruiser", 1)]);
    let prey = war.force(BLUE, "prey", WORLD, Bearing::Y, &[("jumpship", 1)]);
    war.turn();
    war.tell(BLUE, prey, Task::Move { to: OUTER, spot: None, pace_permille: 1_000 });
    war.turn();
    let view = look(&war.law, &war.state, RED);
    assert_eq!(view.contacts.len(), 1);
    assert_eq!(view.contacts[0].bound.map(|(body, _)| body), Some(OUTER), "it was seen to go");
    war.turns(3);
    assert!(look(&war.law, &war.state, RED).contacts.is_empty());
    let lost = war.named("lost_sight");
    let red = |event: &&&jumpline_world::Event| {
        matches!(event.what, jumpline_world::What::LostSight { power: RED, .. })
    };
    assert_eq!(lost.iter().filter(red).count(), 1);
}

#[test]
fn sightings_are_told_once() {
    let mut war = War::new();
    war.force(RED, "watch", WORLD, Bearing::X, &[("cruiser", 1)]);
    war.force(BLUE, "near", WORLD, Bearing::Y, &[("jumpship", 1)]);
    war.turns(5);
    assert_eq!(war.count("sighted"), 3, "once for each, and once for who hears: {:#?}", war.told());
}
