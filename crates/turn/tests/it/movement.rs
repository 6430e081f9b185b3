//! Going from body to body.

use crate::small::*;
use jumpline_chart::Spot;
use jumpline_measure::{Bearing, Time};
use jumpline_world::order::Task;
use jumpline_world::state::Status;
use jumpline_world::{How, What};

fn go(to: jumpline_measure::BodyId) -> Task {
    Task::Move { to, spot: None, pace_permille: 1_000 }
}

#[test]
fn ships_jump_one_at_a_time_and_come_out_as_a_stream() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, toward_sun(), &[("cruiser", 100)]);
    war.tell(RED, fleet, go(SUN));
    war.turn();
    assert_eq!(war.group(fleet).body, SUN);
    assert!(war.ships(fleet).iter().all(|ship| war.state.ship(*ship).body == SUN));
    let headway = 2_000 + 600;
    let line = war.state.slots.iter().find(|slot| slot.from == WORLD);
    assert!(line.is_none(), "a line that is free again is forgotten");
    let left = war.first("group_departed").at.0;
    // The last of a hundred left no earlier than ninety-nine headways after the first.
    assert!(war.state.now.0 > left + 99 * headway / 1_000);
    assert_eq!(war.count("group_arrived"), 1);
}

#[test]
fn two_ships_never_leave_within_a_headway() {
    let mut war = War::new();
    war.class_mut("cruiser").length_m = 100_000;
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 100)]);
    war.tell(RED, fleet, go(SUN));
    war.turn();
    // 102 s each: 35 of them get away in an hour at most.
    let away = war.ships(fleet).iter().filter(|ship| war.state.ship(**ship).body == SUN).count();
    assert!((20..=35).contains(&away), "{away} came out");
}

#[test]
fn a_group_flies_round_its_body_first() {
    let mut near = War::new();
    let fleet = near.force(RED, "fleet", WORLD, toward_sun(), &[("cruiser", 1)]);
    near.tell(RED, fleet, go(SUN));
    near.turn();
    let mut far = War::new();
    let fleet = far.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 1)]);
    far.tell(RED, fleet, go(SUN));
    far.turn();
    assert!(far.first("group_departed").at > near.first("group_departed").at);
}

#[test]
fn a_journey_of_many_jumps_needs_no_further_orders() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", MOON, Bearing::X, &[("ranger", 10)]);
    war.tell(RED, fleet, go(FARSUN));
    // A light-year takes about a day.
    war.turns(24 * 6);
    assert_eq!(war.group(fleet).body, FARSUN, "{:#?}", war.told());
    assert!(war.count("group_arrived") >= 2);
    assert!(war.group(fleet).tasks.is_empty());
}

#[test]
fn drives_of_one_system_do_not_cross_between_stars() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", SUN, Bearing::X, &[("cruiser", 1)]);
    war.tell(RED, fleet, go(FARSUN));
    war.turn();
    assert_eq!(war.count("order_refused"), 1);
}

#[test]
fn a_slow_jump_takes_longer_and_fills_the_shields() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, toward_sun(), &[("cruiser", 1)]);
    let ship = war.ships(fleet)[0];
    war.state.ships[ship.index()].shields = [0; 6];
    war.tell(RED, fleet, Task::Move { to: OUTER, spot: None, pace_permille: 100 });
    war.turns(14);
    assert_eq!(war.group(fleet).body, OUTER);
    assert_eq!(war.state.ship(ship).shields, [1_000; 6]);
}

#[test]
fn a_ship_that_loses_its_brakes_on_the_way_strikes_the_far_star() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", SUN, Bearing::X, &[("ranger", 1)]);
    let ship = war.ships(fleet)[0];
    war.tell(RED, fleet, go(FARSUN));
    while war.status(ship) != Status::Jumping {
        war.turn();
    }
    war.state.ships[ship.index()].parts.gravity_drives_lost = 4;
    war.turns(24 * 6);
    let failed = war.first("braking_failed");
    assert!(matches!(failed.what, What::BrakingFailed { seen: false, .. }));
    let lost = war.first("ship_lost");
    assert!(matches!(lost.what, What::ShipLost { how: How::Struck, survivors: 0, .. }));
    assert!(lost.at > Time(86_400), "days later");
}

#[test]
fn a_ship_that_knows_its_brakes_are_weak_jumps_slowly() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, toward_sun(), &[("cruiser", 1)]);
    let ship = war.ships(fleet)[0];
    war.state.ships[ship.index()].parts.gravity_drives_lost = 3;
    war.tell(RED, fleet, go(MOON));
    war.turns(2);
    assert_eq!(war.state.ship(ship).body, MOON, "{:#?}", war.told());
    assert_eq!(war.count("overshot"), 0);
}

#[test]
fn what_cannot_jump_stays_behind_as_a_group_of_its_own() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, toward_sun(), &[("cruiser", 3)]);
    let cripple = war.ships(fleet)[1];
    war.state.ships[cripple.index()].parts.gravity_drives_lost = 4;
    war.tell(RED, fleet, go(SUN));
    war.turn();
    assert_eq!(war.group(fleet).ships.len(), 2);
    assert_eq!(war.state.ship(cripple).body, WORLD);
    assert_ne!(war.state.ship(cripple).group, fleet);
    assert_eq!(war.count("regrouped"), 1);
}

#[test]
fn a_tug_pulls_a_cripple_out_on_a_slow_jump() {
    let mut war = War::new();
    let hurt = war.force(RED, "hurt", WORLD, toward_sun(), &[("cruiser", 1)]);
    let cripple = war.ships(hurt)[0];
    war.state.ships[cripple.index()].parts.gravity_drives_lost = 4;
    let tugs = war.force(RED, "tugs", WORLD, Bearing::X, &[("tug", 1)]);
    war.tell(RED, tugs, Task::Tow { ship: cripple, to: MOON });
    war.turns(2);
    assert_eq!(war.count("towed"), 1);
    assert_eq!(war.state.ship(cripple).body, MOON, "{:#?}", war.told());
    assert_eq!(war.status(cripple), Status::Present);
}

#[test]
fn a_group_leaves_the_theatre_and_is_accounted_for() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("ranger", 5)]);
    war.tell(RED, fleet, Task::Depart { star: SUN });
    war.turns(2);
    assert_eq!(war.count("departed"), 5, "{:#?}", war.told());
    assert!(war.group(fleet).ships.is_empty());
}

#[test]
fn a_force_of_the_plan_comes_out_as_a_stream_on_its_day() {
    let mut war = War::new();
    let spot = Spot::new(1_000_000, Bearing::X);
    let forces = war.forces(
        BLUE,
        "wave",
        SUN,
        spot,
        &[("jumpship", 2), ("ranger", 20), ("aboard cruiser", 30)],
    );
    war.arrival(Time(5_000), FARSUN, forces);
    war.turn();
    assert!(war.state.ships.is_empty());
    war.turn();
    assert_eq!(war.count("built"), 52);
    assert_eq!(war.count("force_arrived"), 2);
    assert_eq!(war.first("group_arrived").at, Time(5_000));
    assert!(war.state.ships.iter().all(|ship| ship.body == SUN));
    let aboard = war.state.ships.iter().filter(|ship| ship.status == Status::Aboard).count();
    assert_eq!(aboard, 30);
}

#[test]
fn who_is_warned_of_an_ambush_brakes_early() {
    let comes_out_at = |warned: bool| {
        let mut war = War::new();
        war.law.turn = jumpline_measure::Span::MINUTE;
        war.class_mut("jumpship").hull = 4_000_000;
        let nav = war.law.codex.rules.navigation.clone();
        let drive = war.law.codex.drives[0].drive;
        let spot = war.law.codex.chart.braking_spot(&nav, SUN, WORLD, Time(0), &drive);
        war.force_at(BLUE, "foes", WORLD, spot, &[("cruiser", 2)]);
        if warned {
            war.force(RED, "eye", MOON, Bearing::X, &[("eye", 1)]);
        }
        let prey = war.force(RED, "prey", SUN, Bearing::X, &[("jumpship", 1)]);
        war.tell(RED, prey, go(WORLD));
        while war.group(prey).body != WORLD {
            war.turn();
        }
        war.group(prey).spot.altitude_m
    };
    let higher_m = comes_out_at(true) - comes_out_at(false);
    assert!((190_000..=210_000).contains(&higher_m), "by {higher_m} m");
}
