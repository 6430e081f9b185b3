//! Inputs nobody meant.

use crate::yard::Yard;
use jumpline_measure::ShipId;
use jumpline_world::law::{FieldWeapon, Focus, Motion, Nature};
use proptest::prelude::*;

#[test]
fn a_battle_without_ships_passes() {
    let mut yard = Yard::new();
    yard.play(100);
    assert_eq!(yard.fight.tick, 100);
    yard.class("cruiser", "close", |_| ());
    let mut empty = Yard::new();
    empty.play(i64::MAX);
    assert!(empty.told.is_empty());
}

#[test]
fn nobody_armed_nobody_dies() {
    let mut yard = Yard::new();
    yard.class("barge", "close", |c| c.batteries = Vec::new());
    yard.send(0, "barge", 5, [0, 0, 0]);
    yard.send(1, "barge", 5, [0, 0, 0]);
    yard.play(300);
    assert!(yard.losses().is_empty());
}

#[test]
fn all_in_one_place_is_no_division_by_nought() {
    let mut yard = Yard::melee(0);
    for class in ["cruiser", "destroyer", "battleship", "frigate"] {
        yard.send(0, class, 3, [0, 0, 0]);
        yard.send(1, class, 3, [0, 0, 0]);
    }
    for place in &mut yard.fight.columns.position {
        *place = [0.0; 3];
    }
    yard.play(60);
    assert!(yard.fight.columns.position.iter().flatten().all(|part| part.is_finite()));
}

#[test]
fn a_record_of_a_class_that_is_not_there_stays_out() {
    let mut yard = Yard::new();
    yard.class("cruiser", "close", |_| ());
    yard.group(0, "cruiser", 2, [0, 0, 0]);
    yard.ships[1].class = crate::yard::class_id(77);
    yard.enter_ship(ShipId(0));
    yard.enter_ship(ShipId(1));
    yard.enter_ship(ShipId(0));
    assert_eq!(yard.fight.columns.id, vec![ShipId(0)]);
}

fn wild() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(0),
        Just(1),
        Just(-1),
        Just(i64::MAX),
        Just(i64::MIN),
        Just(1_000),
        -1_000_000_i64..1_000_000,
        any::<i64>()
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(120)
    })]

    /// Any numbers at all in a class, a weapon, a doctrine and the rules: no panic, nothing that is not a number.
    #[test]
    fn wild_numbers_do_no_harm(
        n in proptest::collection::vec(wild(), 40),
        motions in (0_usize..10, 0_usize..10),
        place in (wild(), wild(), wild()),
    ) {
        let all = [
            Motion::Close, Motion::Standoff, Motion::Static, Motion::Strafe, Motion::Chase,
            Motion::Wall, Motion::Reserve, Motion::Ram, Motion::Through, Motion::Evade,
        ];
        let mut yard = Yard::melee(0);
        for weapon in &mut yard.codex.weapons {
            (weapon.damage, weapon.range_m, weapon.recharge_ms) = (n[0], n[1], n[2]);
            (weapon.shot_speed_mps, weapon.accuracy_permille, weapon.tracking_mps) = (n[3], n[4], n[5]);
            (weapon.splash_m, weapon.interceptable, weapon.shots) = (n[6], n[7], n[8]);
            (weapon.shield_permille, weapon.hull_permille, weapon.falloff_permille) = (n[9], n[10], n[11]);
        }
        for doctrine in &mut yard.codex.doctrines {
            (doctrine.spacing_m, doctrine.range_permille, doctrine.pack_min) = (n[12], n[13], n[14]);
            (doctrine.pack_max, doctrine.break_off_permille) = (n[15], n[16]);
            (doctrine.field_clearance_permille, doctrine.uses_gaps) = (n[17], true);
            doctrine.motion = all[motions.0];
        }
        yard.codex.doctrines[1].motion = all[motions.1];
        for class in &mut yard.codex.classes {
            (class.shield, class.shield_recharge, class.hull, class.armour) = (n[18], n[19], n[20], n[21]);
            (class.speed_mps, class.accel_mps2, class.radius_m) = (n[22], n[23], n[24]);
            (class.mass_kt, class.ram_charge, class.evasion_permille) = (n[25], n[26], n[27]);
            class.field = Some(FieldWeapon {
                reach_permille: n[28], pylons: n[29], spin_up_ms: n[30], arcs_per_s: n[31].clamp(-5, 50),
                arc_damage: n[32], leaps: n[33].clamp(-5, 40), disturb_permille: n[34],
            });
            for battery in &mut class.batteries {
                battery.mounts = n[35];
            }
        }
        let rules = yard.rules();
        (rules.ram_points_per_kt, rules.part_permille, rules.blast_reach_permille) = (n[36], n[37], n[38]);
        rules.cell_m = n[39];
        let clamp = |part: i64| part.clamp(-1_000_000_000, 1_000_000_000);
        let at = [clamp(place.0), clamp(place.1), clamp(place.2)];
        let one = yard.group(0, "cruiser", 6, at);
        let two = yard.group(1, "frigate", 6, [0, 0, 0]);
        for ship in &mut yard.ships {
            (ship.hull, ship.shields) = (ship.hull.max(1), ship.shields.map(|points| points.max(0)));
        }
        for group in [one, two] {
            for ship in yard.groups[group.index()].ships.clone() {
                yard.enter_ship(ship);
            }
        }
        yard.play(40);
        let c = &yard.fight.columns;
        prop_assert!(c.position.iter().chain(&c.velocity).chain(&c.heading).flatten().all(|part| part.is_finite()));
        prop_assert!(c.hull.iter().all(|points| *points > 0));
        prop_assert!(c.shields.iter().flatten().all(|points| *points >= 0));
        prop_assert_eq!(c.id.len() + yard.losses().len() + landed(&yard), 12);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(120)
    })]

    /// Any numbers at all in the laws of barrages, charges, calls, morale, rings, breaches and mending: no panic, and every ship is
    /// somewhere.
    #[test]
    fn wild_laws_do_no_harm(
        n in proptest::collection::vec(wild(), 48),
        focus in 0_usize..7,
        motion in 0_usize..4,
        nature in 0_usize..8,
    ) {
        let foci = [
            Focus::Quarry, Focus::Nearest, Focus::Weakest, Focus::Greatest, Focus::Pack, Focus::Tagged,
            Focus::Any,
        ];
        let motions = [Motion::Lure, Motion::Reserve, Motion::Chase, Motion::Close];
        let natures = [
            Nature::Plasma, Nature::Streamer, Nature::Orb, Nature::Missile, Nature::Beam, Nature::Mauler,
            Nature::Shard, Nature::Pulse,
        ];
        let mut yard = Yard::melee(0);
        for weapon in &mut yard.codex.weapons {
            (weapon.barrage_m, weapon.splash_m, weapon.capacity) = (n[0], n[1], n[2]);
            (weapon.swell_permille, weapon.hold_permille, weapon.hold_ms) = (n[3], n[4], n[5]);
            (weapon.deflect_permille, weapon.parts_permille) = (Some(n[6]), n[7]);
            (weapon.silence_ms, weapon.shots, weapon.interceptable) = (n[8], n[9], n[10]);
            weapon.nature = natures[nature];
        }
        for doctrine in &mut yard.codex.doctrines {
            (doctrine.focus, doctrine.motion) = (foci[focus], motions[motion]);
            (doctrine.reserve_odds_permille, doctrine.leash_m) = (n[11], n[12]);
            (doctrine.heeds_permille, doctrine.heed_s) = (n[13], n[14]);
            (doctrine.rout_permille, doctrine.rally_s) = (n[15], n[16]);
            (doctrine.most_on_one, doctrine.wound_permille) = (n[17], n[18]);
            (doctrine.shoves, doctrine.rams_when_lost) = (true, n[19] > 0);
        }
        let rules = yard.rules();
        (rules.part_engine_share, rules.part_gun_share, rules.part_emitter_share) = (n[20], n[21], n[22]);
        (rules.part_sensor_share, rules.part_gravity_drive_share) = (n[23], n[24]);
        (rules.part_bridge_share, rules.part_hangar_share) = (n[25], n[26]);
        (rules.part_pylon_permille, rules.part_local_permille) = (n[27], n[28]);
        (rules.leap_reach_permille, rules.field_lights_permille) = (n[29], n[30]);
        (rules.matter_disturb_permille, rules.ram_heavier_permille) = (n[31], n[32]);
        (rules.dying_permille, rules.breach_permille) = (n[33], n[34]);
        (rules.mend_every_s, rules.mend_permille, rules.mend_floor_permille) = (n[35], n[36], n[37]);
        (rules.pursuit_skill_permille, rules.pursuit_luck_permille) = (n[38], n[39]);
        (rules.stale_s, rules.call_every_s, rules.call_delay_s) = (n[40], n[41], n[42]);
        (rules.morale_loss_permille, rules.morale_flagship_permille) = (n[43], n[44]);
        (rules.morale_flight_permille, rules.morale_mend_permille_per_min) = (n[45], n[46]);
        (rules.hem_m, rules.shove_permille) = (n[47], n[0]);
        yard.send(0, "cruiser", 6, [0, 0, 0]);
        yard.send(1, "frigate", 6, [9_000, 0, 0]);
        yard.send(1, "battleship", 1, [12_000, 0, 0]);
        for second in [1, 5, 20, 40] {
            yard.play(second);
        }
        let c = &yard.fight.columns;
        prop_assert!(c.position.iter().chain(&c.velocity).chain(&c.heading).flatten().all(|part| part.is_finite()));
        prop_assert!(c.hull.iter().all(|points| *points > 0));
        prop_assert_eq!(c.id.len() + yard.losses().len() + landed(&yard), 13);
    }
}

fn landed(yard: &Yard) -> usize {
    yard.told
        .iter()
        .filter(|told| matches!(told.what, jumpline_battle::Told::ReachedAir { .. }))
        .count()
}

#[test]
fn the_greatest_shares_of_parts_can_be_added_up() {
    for share in [420_000, 1_000_000, i64::MAX] {
        let mut yard = Yard::melee(20);
        let rules = yard.rules();
        (rules.part_permille, rules.part_pylon_permille) = (i64::MAX, 0);
        (rules.part_engine_share, rules.part_gun_share, rules.part_emitter_share) =
            (share, share, share);
        (rules.part_sensor_share, rules.part_gravity_drive_share) = (share, share);
        (rules.part_bridge_share, rules.part_hangar_share) = (share, share);
        rules.part_local_permille = 1_000_000;
        yard.play(60);
        assert!(
            yard.told
                .iter()
                .any(|told| matches!(told.what, jumpline_battle::Told::PartLost { .. }))
        );
    }
}

#[test]
fn time_that_runs_backwards_plays_nothing() {
    let mut yard = Yard::melee(20);
    yard.play(50);
    let before = yard.digest();
    yard.play(20);
    yard.play(i64::MIN);
    assert_eq!(before, yard.digest());
}
