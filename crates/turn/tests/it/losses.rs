//! What comes of losing ships: people, wrecks, jumps in despair.

use crate::small::*;
use jumpline_chart::Spot;
use jumpline_measure::{Bearing, PersonId, Span, Time};
use jumpline_world::law::Role;
use jumpline_world::order::{Quarry, Task};
use jumpline_world::state::{Fate, Person};
use jumpline_world::{How, What};

fn aboard(war: &mut War, ship: jumpline_measure::ShipId, station: &str) -> PersonId {
    let id = PersonId::from_index(war.state.people.len());
    war.state.people.push(Person {
        id,
        key: format!("person-{}", id.0),
        name: "Somebody".into(),
        power: RED,
        role: "gunner".into(),
        station: station.into(),
        skill_permille: 1_000,
        fate: Fate::Aboard(ship),
        wounds_permille: 0,
        since: Time(0),
        memories: Vec::new(),
    });
    id
}

#[test]
fn named_people_share_the_fate_of_their_ship_and_remember() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 12)]);
    war.force(BLUE, "foes", WORLD, Bearing::X, &[("cruiser", 40)]);
    for ship in war.ships(fleet) {
        aboard(&mut war, ship, "midships");
    }
    war.turns(2);
    let fates: Vec<Fate> = war.state.people.iter().map(|person| person.fate).collect();
    assert!(fates.iter().all(|fate| !matches!(fate, Fate::Aboard(_))), "{fates:?}");
    let alive = fates.iter().filter(|fate| matches!(fate, Fate::Adrift(_))).count();
    assert!(alive > 0 && alive < 12, "some live in the wrecks, some do not: {fates:?}");
    assert!(war.count("person") >= 12);
    assert!(war.state.people.iter().all(|person| !person.memories.is_empty()));
}

#[test]
fn people_of_a_ship_that_leaves_are_away() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", SUN, Bearing::X, &[("ranger", 1)]);
    let ship = war.ships(fleet)[0];
    let person = aboard(&mut war, ship, "bridge");
    war.tell(RED, fleet, Task::Depart { star: SUN });
    war.turns(2);
    assert_eq!(war.state.people[person.index()].fate, Fate::Away);
}

#[test]
fn wrecks_low_over_ground_come_down() {
    let mut war = War::new();
    war.law.codex.rules.wrecks.wreck_permille = 1_000;
    let low = Spot::new(200_000, Bearing::X);
    war.force_at(RED, "fleet", WORLD, low, &[("cruiser", 12)]);
    war.force_at(BLUE, "foes", WORLD, low, &[("cruiser", 40)]);
    war.turns(2);
    let crashed = war.count("crash_landed");
    assert!(crashed > 0 && crashed < war.count("ship_lost"), "{crashed} came down in one piece");
}

#[test]
fn hunted_low_over_a_star_a_ship_jumps_on_no_line() {
    let mut war = War::new();
    war.law.turn = Span::MINUTE;
    war.law.codex.rules.battle.star_drain_per_s = 0;
    for key in ["cruiser", "ranger"] {
        let class = war.class_mut(key);
        (class.hull, class.armour) = (4_000_000, 4_000_000);
    }
    // Far from any line's mouth, and low in the corona.
    let low = Spot::new(15_000_000, Bearing::Z);
    let prey = war.force_at(RED, "prey", SUN, low, &[("ranger", 2)]);
    war.force_at(BLUE, "hunters", SUN, low, &[("cruiser", 6)]);
    war.turns(2);
    assert_eq!(war.state.engagements.len(), 1);
    war.tell(RED, prey, Task::Withdraw { to: Some(WORLD) });
    war.turns(5);
    assert!(war.count("off_line") >= 1, "{:#?}", war.told());
    let What::OffLine { damage, .. } = war.first("off_line").what else { panic!() };
    assert!(damage > 0);
    let out = war.state.ships_of(prey).all(|ship| ship.engagement.is_none());
    assert!(out, "clear of the air and of the hunters");
}

#[test]
fn a_fleet_sent_for_one_thing_fights_its_way_through_to_it() {
    let mut war = War::new();
    let mut tough = |key: &str| war.class_mut(key).hull = 200_000;
    tough("cruiser");
    tough("station");
    let nav = war.law.codex.rules.navigation.clone();
    let drive = war.law.codex.drives[0].drive;
    let gate = war.law.codex.chart.braking_spot(&nav, SUN, WORLD, Time(0), &drive);
    war.force_at(BLUE, "gate", WORLD, gate, &[("cruiser", 4)]);
    war.force(BLUE, "fort", WORLD, Bearing::Y, &[("station", 1)]);
    war.force(RED, "eye", MOON, Bearing::X, &[("eye", 1)]);
    let fleet = war.force(RED, "fleet", SUN, Bearing::X, &[("cruiser", 10)]);
    let quarry = Quarry::Roles(vec![Role::Station]);
    war.tell(RED, fleet, Task::Assault { body: WORLD, quarry });
    war.turns(3);
    let began = war.named("battle_began");
    assert!(began.len() >= 2, "at the gate, then at the fort: {:#?}", war.told());
    assert!(war.count("struck") >= 1, "{:#?}", war.told());
}

#[test]
fn a_loss_says_how_and_by_whom() {
    let mut war = War::new();
    war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 1)]);
    war.force(BLUE, "foes", WORLD, Bearing::X, &[("cruiser", 10)]);
    war.turn();
    let lost = war.first("ship_lost");
    let What::ShipLost { how, by, people, survivors, .. } = lost.what else { panic!() };
    assert!(matches!(how, How::Weapon(_)) && by.is_some());
    assert_eq!(people + survivors, 500);
    assert!(!lost.because.is_empty());
}
