//! Loading, unloading, landing, yards.

use crate::small::*;
use jumpline_chart::Spot;
use jumpline_measure::{Bearing, GroupId, Span};
use jumpline_world::What;
use jumpline_world::law::Yard;
use jumpline_world::order::Task;
use jumpline_world::state::Status;

#[test]
fn ships_are_put_out_one_after_another() {
    let mut war = War::new();
    war.class_mut("jumpship").handling_ms = 60_000;
    let forces = war.forces(
        RED,
        "train",
        WORLD,
        Spot::new(1_000_000, Bearing::X),
        &[("jumpship", 1), ("aboard cruiser", 40)],
    );
    let law = war.law.clone();
    let made = war
        .state
        .muster(&law, &forces, jumpline_measure::Time(0), jumpline_world::muster::Booking::Opening)
        .expect("a force");
    let (train, cargo) = (made.standing[0], made.aboard[0]);
    war.law.turn = Span(1_800);
    war.tell(RED, train, Task::Unload);
    war.turn();
    let out = war.ships(cargo).iter().filter(|ship| war.status(**ship) == Status::Present).count();
    assert!((25..=30).contains(&out), "{out} are out after half an hour of one a minute");
    assert_eq!(war.count("unloaded"), 0);
    war.turn();
    assert_eq!(war.count("unloaded"), 1);
    assert!(war.group(train).tasks.is_empty());
}

#[test]
fn cargo_travels_with_its_carrier() {
    let mut war = War::new();
    let train =
        war.force(RED, "train", WORLD, toward_sun(), &[("jumpship", 1), ("aboard cruiser", 10)]);
    let cargo = GroupId(train.0 + 1);
    war.tell(RED, train, Task::Move { to: SUN, spot: None, pace_permille: 1_000 });
    war.then(RED, train, Task::Unload);
    war.turns(2);
    assert_eq!(war.group(cargo).body, SUN);
    assert!(war.state.ships_of(cargo).all(|ship| ship.body == SUN && ship.stands()));
}

#[test]
fn ships_are_taken_aboard_and_no_more_than_fit() {
    let mut war = War::new();
    let train = war.force(RED, "train", WORLD, Bearing::X, &[("jumpship", 2)]);
    let cargo = war.force(RED, "cargo", WORLD, Bearing::Y, &[("cruiser", 60)]);
    war.tell(RED, train, Task::Load { group: cargo });
    war.turns(2);
    assert_eq!(war.count("loaded"), 1, "{:#?}", war.told());
    assert!(war.state.ships_of(cargo).all(|ship| ship.status == Status::Aboard));
    assert!(war.group(train).tasks.is_empty());
}

#[test]
fn landers_come_down_at_their_sites_and_a_shield_stands_later() {
    let mut war = War::new();
    let landers = war.force(RED, "landers", WORLD, Bearing::X, &[("lander", 8)]);
    war.tell(RED, landers, Task::Land { body: WORLD, sites: 4 });
    war.turns(3);
    assert_eq!(war.count("landing_began"), 1);
    assert_eq!(war.count("reached_air"), 8);
    assert_eq!(war.count("landed"), 8, "{:#?}", war.told());
    assert_eq!(war.count("foothold"), 4);
    assert_eq!(war.count("site_shield"), 4);
    let shield = war.first("site_shield").at;
    assert_eq!(shield, war.first("foothold").at + Span(3_600));
    assert!(war.ships(landers).iter().all(|ship| war.status(*ship) == Status::Landed));
}

#[test]
fn fighters_take_their_toll_in_the_air() {
    let mut war = War::new();
    war.law.codex.rules.ground.fighter_points_per_min = 400;
    // Far from the landing run, but over the same world: fighters come down to meet it.
    war.force(BLUE, "wing", WORLD, -Bearing::X, &[("fighter", 60)]);
    let landers = war.force(RED, "landers", WORLD, Bearing::X, &[("lander", 8)]);
    war.tell(RED, landers, Task::Land { body: WORLD, sites: 1 });
    war.turn();
    let lost = war.count("ship_lost");
    assert!(lost > 0, "{:#?}", war.told());
    assert_eq!(war.count("landed") + lost_landers(&war), 8);
}

fn lost_landers(war: &War) -> usize {
    let lander = war.class("lander");
    let is = |event: &&&jumpline_world::Event| matches!(event.what, What::ShipLost { class, .. } if class == lander);
    war.named("ship_lost").iter().filter(is).count()
}

#[test]
fn a_landing_run_fights_its_way_down() {
    let mut war = War::new();
    war.force(BLUE, "forts", WORLD, Bearing::X, &[("station", 2)]);
    let landers = war.force(RED, "landers", WORLD, Bearing::X, &[("lander", 20)]);
    war.tell(RED, landers, Task::Land { body: WORLD, sites: 2 });
    war.turns(2);
    assert!(war.count("battle_began") >= 1);
    assert!(war.count("landed") > 0, "{:#?}", war.told());
    assert_eq!(war.count("landed") + lost_landers(&war), 20, "{:#?}", war.told());
}

#[test]
fn a_yard_builds_one_ship_after_another() {
    let mut war = War::new();
    let class = war.class("cruiser");
    war.law.codex.powers[0].yards.push(Yard { body: WORLD, class, every: Span(1_000) });
    war.turns(2);
    assert_eq!(war.count("built"), 7);
    assert_eq!(war.state.ledger.ships[0][class.index()].built, 7);
    // They wait together.
    assert_eq!(war.state.groups.iter().filter(|group| !group.ships.is_empty()).count(), 1);
}
