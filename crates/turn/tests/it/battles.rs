//! How battles begin, go on and end.

use crate::small::*;
use jumpline_measure::{Bearing, BodyId, Span};
use jumpline_world::What;
use jumpline_world::event::Why;
use jumpline_world::law::Role;
use jumpline_world::order::{Quarry, Task};
use jumpline_world::state::Status;

fn assault(body: BodyId) -> Task {
    Task::Assault { body, quarry: Quarry::Roles(Vec::new()) }
}

#[test]
fn an_assault_finds_the_defenders_and_fights_them() {
    let mut war = War::new();
    war.force(BLUE, "guard", WORLD, Bearing::X, &[("cruiser", 3)]);
    let fleet = war.force(RED, "fleet", SUN, Bearing::X, &[("cruiser", 12)]);
    war.tell(RED, fleet, assault(WORLD));
    war.turns(3);
    assert!(war.count("battle_began") >= 1, "{:#?}", war.told());
    assert!(war.state.engagements.is_empty());
    let blue = war.state.ships.iter().filter(|ship| ship.power == BLUE && ship.exists()).count();
    assert_eq!(blue, 0, "twelve beat three: {:#?}", war.told());
    assert!(war.group(fleet).tasks.is_empty(), "nobody is left: the assault is over");
}

#[test]
fn groups_out_of_each_others_reach_do_not_fight() {
    let mut war = War::new();
    war.force(BLUE, "guard", WORLD, Bearing::X, &[("cruiser", 3)]);
    war.force(RED, "fleet", WORLD, -Bearing::X, &[("cruiser", 3)]);
    war.turns(2);
    assert_eq!(war.count("battle_began"), 0);
}

#[test]
fn neutrals_pass_each_other_by() {
    let mut war = War::new();
    war.state.regards = vec![vec![jumpline_world::law::Regard::Neutral; 3]; 3];
    war.force(BLUE, "guard", WORLD, Bearing::X, &[("cruiser", 3)]);
    war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 3)]);
    war.turn();
    assert_eq!(war.count("battle_began"), 0);
}

#[test]
fn the_head_of_a_stream_fights_before_its_tail_is_there() {
    let mut war = War::new();
    war.class_mut("cruiser").length_m = 20_000;
    let nav = war.law.codex.rules.navigation.clone();
    let drive = war.law.codex.drives[0].drive;
    let chart = &war.law.codex.chart;
    let spot = chart.braking_spot(&nav, SUN, WORLD, jumpline_measure::Time(0), &drive);
    war.force_at(BLUE, "ambush", WORLD, spot, &[("cruiser", 10)]);
    let fleet = war.force(RED, "fleet", SUN, Bearing::X, &[("cruiser", 60)]);
    war.tell(RED, fleet, assault(WORLD));
    war.turns(2);
    let began = war.first("battle_began");
    assert!(matches!(began.what, What::BattleBegan { ships, .. } if ships < 15), "{began:?}");
}

#[test]
fn doctrine_breaks_a_group_off_and_it_comes_away() {
    let mut war = War::new();
    war.class_mut("cruiser").hull = 40_000;
    let wary = war.doctrine("wary", |one| one.withdraw_loss_permille = 200);
    war.force(BLUE, "guard", WORLD, Bearing::X, &[("cruiser", 30)]);
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 20)]);
    war.state.groups[fleet.index()].doctrine = Some(wary);
    war.turns(2);
    let withdrew = war.first("withdrew");
    assert!(matches!(withdrew.what, What::Withdrew { why: Why::Losses, .. }), "{withdrew:?}");
    let left = war.group(fleet);
    assert!(!left.ships.is_empty() && left.body != WORLD, "{:#?}", war.told());
    assert!(!left.withdrawing);
}

#[test]
fn an_order_to_withdraw_reaches_ships_in_battle() {
    let mut war = War::new();
    war.law.turn = Span::MINUTE;
    war.class_mut("cruiser").hull = 200_000;
    war.force(BLUE, "guard", WORLD, toward_sun(), &[("cruiser", 5)]);
    let fleet = war.force(RED, "fleet", WORLD, toward_sun(), &[("cruiser", 5)]);
    war.turns(2);
    assert_eq!(war.state.engagements.len(), 1);
    war.tell(RED, fleet, Task::Withdraw { to: Some(SUN) });
    war.turns(20);
    let withdrew = war.first("withdrew");
    assert!(matches!(withdrew.what, What::Withdrew { why: Why::Ordered, .. }));
    assert_eq!(war.group(fleet).body, SUN, "{:#?}", war.told());
    assert!(war.state.engagements.is_empty());
}

#[test]
fn a_raid_kills_what_it_came_for_and_goes_home() {
    let mut war = War::new();
    war.force(BLUE, "eye", WORLD, Bearing::X, &[("eye", 1)]);
    let raiders = war.force(RED, "raiders", SUN, Bearing::X, &[("cruiser", 6)]);
    war.tell(RED, raiders, Task::Raid { body: WORLD, roles: vec![Role::Sensor] });
    war.turns(4);
    assert_eq!(war.count("ship_lost"), 1, "{:#?}", war.told());
    assert_eq!(war.count("struck"), 1);
    assert_eq!(war.group(raiders).body, SUN, "{:#?}", war.told());
    assert!(war.group(raiders).tasks.is_empty());
}

#[test]
fn a_hunt_follows_from_body_to_body() {
    let mut war = War::new();
    let hunters = war.force(RED, "hunters", WORLD, Bearing::X, &[("ranger", 10)]);
    war.force(RED, "eye", MOON, Bearing::X, &[("eye", 1)]);
    let prey = war.force(BLUE, "prey", WORLD, Bearing::Y, &[("jumpship", 1)]);
    war.turn();
    war.tell(RED, hunters, Task::Hunt { quarry: Quarry::Roles(vec![Role::Jumpship]) });
    war.tell(BLUE, prey, Task::Move { to: OUTER, spot: None, pace_permille: 1_000 });
    war.turns(6);
    assert!(war.group(prey).ships.is_empty(), "{:#?}", war.told());
    assert_eq!(war.first("ship_lost").body, Some(OUTER));
}

#[test]
fn an_ambush_beside_a_line_meets_what_comes_out() {
    let mut war = War::new();
    let lurkers = war.force(BLUE, "lurkers", WORLD, Bearing::Y, &[("cruiser", 10)]);
    war.tell(BLUE, lurkers, Task::Ambush { from: SUN, to: WORLD, standoff_m: 40_000 });
    war.turn();
    let prey = war.force(RED, "prey", SUN, Bearing::X, &[("jumpship", 2)]);
    war.state.groups[prey.index()].since = war.state.now;
    war.tell(RED, prey, Task::Move { to: WORLD, spot: None, pace_permille: 1_000 });
    war.turns(2);
    assert!(war.group(prey).ships.is_empty(), "{:#?}", war.told());
}

#[test]
fn allies_elsewhere_round_the_body_come_to_help() {
    let mut war = War::new();
    war.class_mut("cruiser").hull = 100_000;
    let friends = war.force(ROSE, "friends", WORLD, Bearing::Y, &[("cruiser", 4)]);
    war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 4)]);
    war.force(BLUE, "foes", WORLD, Bearing::X, &[("cruiser", 4)]);
    war.turn();
    let joined = war.named("battle_joined");
    assert!(
        joined.iter().any(
            |event| matches!(event.what, What::BattleJoined { group, .. } if group == friends)
        ),
        "{:#?}",
        war.told()
    );
}

#[test]
fn those_aboard_die_with_their_carrier() {
    let mut war = War::new();
    war.force(BLUE, "carrier", WORLD, Bearing::X, &[("jumpship", 1), ("aboard cruiser", 10)]);
    war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 10)]);
    war.turns(2);
    let inside = war
        .named("ship_lost")
        .iter()
        .filter(|event| {
            matches!(event.what, What::ShipLost { how: jumpline_world::How::Carrier, .. })
        })
        .count();
    assert_eq!(inside, 10, "{:#?}", war.told());
}

#[test]
fn crews_that_live_through_a_battle_learn() {
    let mut war = War::new();
    let fleet = war.force(RED, "fleet", WORLD, Bearing::X, &[("cruiser", 10)]);
    war.force(BLUE, "one", WORLD, Bearing::X, &[("cruiser", 1)]);
    war.turn();
    assert_eq!(war.count("battle_ended"), 1);
    assert!(war.state.ships_of(fleet).all(|ship| ship.skill_permille > 1_000));
}

#[test]
fn a_ship_that_nothing_holds_up_burns_in_the_star() {
    let mut war = War::new();
    let low = jumpline_chart::Spot::new(10_000_000, Bearing::X);
    let fleet = war.force_at(RED, "fleet", SUN, low, &[("cruiser", 1)]);
    let ship = war.ships(fleet)[0];
    war.state.ships[ship.index()].parts.gravity_drives_lost = 4;
    war.turns(30);
    assert_eq!(war.count("falling"), 1, "{:#?}", war.told());
    assert_eq!(war.status(ship), Status::Lost);
    let lost = war.first("ship_lost");
    assert!(matches!(lost.what, What::ShipLost { how: jumpline_world::How::Star, .. }));
}

#[test]
fn a_great_ship_is_too_heavy_for_a_few_small_ones_to_push() {
    let falls = |mass_kt: i64, pushers: u32| {
        let mut war = War::new();
        war.class_mut("giant").mass_kt = mass_kt;
        let low = jumpline_chart::Spot::new(30_000_000, Bearing::X);
        let giant = war.force_at(RED, "giant", SUN, low, &[("giant", 1)]);
        let ship = war.ships(giant)[0];
        war.state.ships[ship.index()].parts.gravity_drives_lost = 4;
        war.force_at(RED, "tugs", SUN, low, &[("cruiser", pushers)]);
        war.turns(2);
        assert_eq!(war.count("falling"), 1, "what is held does not fall again");
        match war.first("pushed").what {
            What::Pushed { saved, .. } => saved,
            _ => false,
        }
    };
    assert!(falls(1_000, 20));
    assert!(!falls(100_000_000, 2));
}

#[test]
fn who_is_told_to_go_on_retreats_onward() {
    let mut war = War::new();
    war.class_mut("cruiser").hull = 40_000;
    let wary = war.doctrine("wary", |one| one.withdraw_loss_permille = 100);
    war.force(BLUE, "guard", WORLD, toward_sun(), &[("cruiser", 30)]);
    let fleet = war.force(RED, "fleet", WORLD, toward_sun(), &[("cruiser", 20)]);
    war.state.groups[fleet.index()].doctrine = Some(wary);
    war.tell(RED, fleet, Task::Hold { until: None });
    war.then(RED, fleet, Task::Move { to: OUTER, spot: None, pace_permille: 1_000 });
    war.turns(4);
    assert_eq!(war.count("withdrew"), 1, "{:#?}", war.told());
    assert_eq!(war.group(fleet).body, OUTER, "not to the nearest refuge");
}

#[test]
fn who_was_hurt_in_the_queue_does_not_jump_to_a_certain_death() {
    let mut war = War::new();
    war.law.turn = Span::MINUTE;
    war.class_mut("cruiser").length_m = 200_000;
    let fleet = war.force(RED, "fleet", WORLD, toward_sun(), &[("cruiser", 3)]);
    let last = war.ships(fleet)[2];
    war.tell(RED, fleet, Task::Move { to: SUN, spot: None, pace_permille: 1_000 });
    while war.state.ship(last).transit.is_none() {
        war.turn();
    }
    war.state.ships[last.index()].parts.gravity_drives_lost = 4;
    war.turns(20);
    assert_eq!((war.state.ship(last).body, war.status(last)), (WORLD, Status::Present));
    assert_eq!(war.count("braking_failed"), 0);
}
