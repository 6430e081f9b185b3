//! What each nature of weapon does, and what stands in its way.

use crate::yard::Yard;
use jumpline_battle::Told;
use jumpline_measure::GroupId;
use jumpline_world::law::{Arc, Focus, Formation, Motion, Role};

/// One shooter with one battery against one still target; points the target has lost after so many seconds.
fn duel(weapon: &str, mounts: i64, far_m: i64, seconds: i64, change: impl Fn(&mut Yard)) -> i64 {
    let mut yard = Yard::new();
    change(&mut yard);
    let guns = vec![yard.battery(weapon, mounts, Arc::All)];
    yard.class("shooter", "static", |c| (c.batteries, c.speed_mps) = (guns, 0));
    yard.class("mark", "static", |c| {
        (c.batteries, c.speed_mps, c.shield, c.shield_recharge) = (Vec::new(), 0, 0, 0);
        (c.armour, c.hull, c.evasion_permille) = (0, 1_000_000_000, 0);
    });
    yard.send(0, "shooter", 1, [0, 0, 0]);
    let mark = yard.send(1, "mark", 1, [far_m, 0, 0]);
    yard.play(seconds);
    1_000_000_000 - yard.points(yard.first(mark))
}

#[test]
fn plasma_takes_time_to_arrive() {
    assert_eq!(
        duel("plasma", 20, 35_000, 1, |yard| yard.weapon("plasma").shot_speed_mps = 10_000),
        0
    );
    assert!(
        duel("plasma", 20, 35_000, 6, |yard| yard.weapon("plasma").shot_speed_mps = 10_000) > 0
    );
    assert!(duel("beam", 20, 35_000, 1, |_| ()) > 0, "a beam does not");
}

#[test]
fn nothing_reaches_beyond_its_range() {
    for (weapon, range_m) in [("plasma", 40_000), ("mauler", 1_500), ("beam", 120_000)] {
        assert!(duel(weapon, 20, range_m * 9 / 10, 30, |_| ()) > 0, "{weapon} within");
        assert_eq!(duel(weapon, 20, range_m + 500, 30, |_| ()), 0, "{weapon} beyond");
    }
}

#[test]
fn an_orb_is_grown_before_it_is_loosed() {
    assert_eq!(duel("orb", 1, 10_000, 29, |_| ()), 0);
    let struck = duel("orb", 1, 10_000, 32, |_| ());
    assert!(struck > 4_000, "one great blow: {struck}");
}

#[test]
fn a_stream_hurts_for_as_long_as_it_holds() {
    let (short, long) =
        (duel("streamer", 10, 10_000, 10, |_| ()), duel("streamer", 10, 10_000, 20, |_| ()));
    assert!(short > 0);
    assert!((long - 2 * short).abs() < long / 5, "{short} and {long}");
}

#[test]
fn missiles_run_out() {
    let after = |seconds| duel("missile", 2, 50_000, seconds, |_| ());
    assert_eq!(after(200), after(400));
    assert!(after(200) > after(10));
}

#[test]
fn needles_shoot_missiles_down() {
    let hurt = |needles: i64| {
        let mut yard = Yard::new();
        let arms = vec![yard.battery("missile", 12, Arc::All)];
        yard.class("archer", "static", |c| (c.batteries, c.speed_mps) = (arms, 0));
        let arms = vec![yard.battery("shard", needles, Arc::All)];
        yard.class("mark", "static", |c| {
            (c.batteries, c.speed_mps, c.shield, c.hull) = (arms, 0, 0, 1_000_000);
        });
        yard.send(0, "archer", 1, [0, 0, 0]);
        let mark = yard.send(1, "mark", 1, [60_000, 0, 0]);
        yard.play(120);
        1_000_500 - yard.points(yard.first(mark))
    };
    let (none, few, many) = (hurt(0), hurt(4), hurt(20));
    assert!(none > few && few > many, "{none}, {few}, {many}");
}

#[test]
fn needles_go_for_small_craft() {
    let mut yard = Yard::new();
    let arms = vec![yard.battery("plasma", 8, Arc::All), yard.battery("shard", 6, Arc::All)];
    yard.class("cruiser", "static", |c| (c.batteries, c.speed_mps, c.hull) = (arms, 0, 900_000));
    yard.class("hulk", "static", |c| {
        (c.batteries, c.speed_mps, c.hull) = (Vec::new(), 0, 900_000);
    });
    yard.class("fighter", "close", |c| {
        (c.role, c.batteries, c.radius_m, c.shield, c.armour) =
            (Role::Fighter, Vec::new(), 8, 0, 0);
        (c.hull, c.evasion_permille) = (30, 500);
    });
    yard.send(0, "cruiser", 1, [0, 0, 0]);
    yard.send(1, "hulk", 1, [3_000, 0, 0]);
    let swarm = yard.send(1, "fighter", 10, [8_000, 0, 0]);
    yard.play(60);
    assert!(yard.lost(swarm) >= 5, "{} of 10", yard.lost(swarm));
}

#[test]
fn the_hit_chance_reads_as_the_law_says() {
    // At half range, at a still target of the reference radius, the accuracy itself.
    let shots = 2_000;
    let told = duel("plasma", shots, 20_100, 3, |yard| {
        yard.rules().aim_radius_m = 120;
        let gun = yard.weapon("plasma");
        (gun.damage, gun.falloff_permille, gun.accuracy_permille, gun.range_m) =
            (1, 1_000, 600, 40_000);
    });
    assert!((told - shots * 6 / 10).abs() < shots / 20, "{told} of {shots}");
}

#[test]
fn whole_shields_turn_plasma_aside() {
    let left = |deflect: i64| {
        let mut yard = Yard::new();
        yard.class("gun", "static", |c| c.speed_mps = 0);
        yard.class("mark", "static", |c| {
            (c.batteries, c.speed_mps, c.shield, c.shield_recharge) = (Vec::new(), 0, 100_000, 0);
            c.deflect_permille = deflect;
        });
        yard.send(0, "gun", 4, [0, 0, 0]);
        let mark = yard.send(1, "mark", 1, [15_000, 0, 0]);
        yard.play(60);
        yard.points(yard.first(mark))
    };
    let (plain, turned) = (left(0), left(500));
    let lost = |points: i64| 600_000 + 500 + 2_000 - points;
    assert!(lost(turned) * 10 < lost(plain) * 6, "{} against {}", lost(turned), lost(plain));
}

#[test]
fn friends_in_the_way_block_fire() {
    let struck = |masked: bool| {
        let mut yard = Yard::new();
        yard.class("gun", "static", |c| c.speed_mps = 0);
        yard.class("hull", "static", |c| (c.speed_mps, c.batteries) = (0, Vec::new()));
        yard.class("mark", "static", |c| {
            (c.speed_mps, c.batteries, c.hull) = (0, Vec::new(), 1_000_000);
        });
        yard.send(0, "gun", 1, [0, 0, 0]);
        let place = if masked { [3_000, 0, 0] } else { [3_000, 3_000, 0] };
        yard.send(0, "hull", 1, place);
        let mark = yard.send(1, "mark", 1, [20_000, 0, 0]);
        let whole = yard.points(yard.first(mark));
        yard.play(30);
        whole - yard.points(yard.first(mark))
    };
    assert_eq!(struck(true), 0);
    assert!(struck(false) > 0);
}

#[test]
fn fixed_arcs_bear_only_where_they_look() {
    let struck = |arc: Arc| {
        let mut yard = Yard::new();
        let guns = vec![yard.battery("plasma", 8, arc)];
        // A hull that cannot turn: its doctrine runs from the enemy, bow away.
        yard.doctrine("run", Focus::Nearest, Motion::Through, |_| ());
        yard.class("runner", "run", |c| (c.batteries, c.speed_mps) = (guns, 0));
        yard.class("mark", "static", |c| {
            (c.speed_mps, c.batteries, c.hull, c.shield) = (0, Vec::new(), 1_000_000, 0);
        });
        let runner = yard.send(0, "runner", 1, [0, 0, 0]);
        yard.posture(runner).withdrawing = true;
        yard.posture(runner).bound = [-1_000_000, 0, 0];
        let row = yard.rows(runner)[0];
        yard.fight.columns.heading[row] = [-1.0, 0.0, 0.0];
        yard.fight.columns.up[row] = [0.0, 0.0, 1.0];
        let mark = yard.send(1, "mark", 1, [15_000, 0, 0]);
        yard.play(30);
        1_000_500 - yard.points(yard.first(mark)) > 0
    };
    assert!(!struck(Arc::Fore) && struck(Arc::Aft) && !struck(Arc::Flank) && struck(Arc::All));
}

#[test]
fn the_facing_that_is_struck_is_the_one_that_looks_at_the_gun() {
    let mut yard = Yard::new();
    yard.class("gun", "static", |c| c.speed_mps = 0);
    yard.class("mark", "static", |c| {
        (c.speed_mps, c.batteries, c.shield_recharge, c.accel_mps2) = (0, Vec::new(), 0, 0);
    });
    yard.send(0, "gun", 1, [0, 0, -15_000]);
    let mark = yard.send(1, "mark", 1, [0, 0, 0]);
    let row = yard.rows(mark)[0];
    yard.fight.columns.heading[row] = [1.0, 0.0, 0.0];
    yard.fight.columns.up[row] = [0.0, 0.0, 1.0];
    yard.play(4);
    let shields = yard.fight.columns.shields[row];
    assert!(shields[5] < 1_000, "the keel: {shields:?}");
    assert_eq!(shields.iter().filter(|points| **points < 1_000).count(), 1);
}

#[test]
fn splash_hurts_the_neighbours() {
    let mut yard = Yard::new();
    yard.weapon("orb").splash_m = 3_000;
    let orb = vec![yard.battery("orb", 1, Arc::All)];
    yard.class("orbship", "static", |c| (c.batteries, c.speed_mps) = (orb, 0));
    yard.doctrine("tight", Focus::Nearest, Motion::Static, |d| {
        (d.spacing_m, d.formation) = (500, Formation::Wall);
    });
    yard.class("mark", "tight", |c| (c.batteries, c.speed_mps, c.hull) = (Vec::new(), 0, 90_000));
    yard.send(0, "orbship", 1, [0, 0, 0]);
    let marks: GroupId = yard.send(1, "mark", 9, [15_000, 0, 0]);
    yard.play(40);
    let hurt = yard.groups[marks.index()].ships.iter().filter(|ship| yard.points(**ship) < 96_500);
    assert_eq!(hurt.count(), 9);
}

#[test]
fn broken_parts_last_and_tell() {
    let mut yard = Yard::new();
    yard.class("gun", "static", |c| c.speed_mps = 0);
    yard.class("mark", "close", |c| {
        (c.shield, c.armour, c.hull, c.noted) = (0, 0, 40_000, true);
    });
    yard.send(0, "gun", 6, [0, 0, 0]);
    let mark = yard.send(1, "mark", 1, [20_000, 0, 0]);
    yard.play(120);
    let lost = yard.told.iter().filter(|told| matches!(told.what, Told::PartLost { .. })).count();
    assert!(lost > 0);
    if let Some(row) = yard.row(yard.first(mark)) {
        let parts = yard.fight.columns.parts[row];
        assert_ne!(parts, jumpline_world::state::Parts::default());
    }
    let hers = |told: &&jumpline_battle::Report| matches!(told.what, Told::Wounded { ship, .. } if ship == yard.first(mark));
    assert_eq!(yard.told.iter().filter(hers).count(), 1, "told once");
}
