//! Laws of harm and its mending, one by one.

use crate::yard::Yard;
use jumpline_battle::Told;
use jumpline_measure::GroupId;
use jumpline_world::law::{Arc, Focus, Motion, Nature, Part};

/// How often a part of a group's ships was told lost.
fn parts_lost(yard: &Yard, group: GroupId, part: Part) -> usize {
    let ships = &yard.groups[group.index()].ships;
    let of = |report: &&jumpline_battle::Report| {
        matches!(&report.what, Told::PartLost { ship, part: lost, .. }
            if *lost == part && ships.contains(ship))
    };
    yard.told.iter().filter(of).count()
}

/// A hulk shot at for two minutes by three ships: gravity drives lost and sensors lost.
fn shot_at(runs: bool) -> (usize, usize) {
    let mut yard = Yard::new();
    (yard.rules().part_permille, yard.rules().part_local_permille) = (5_000, 8_000);
    let motion = if runs { Motion::Evade } else { Motion::Close };
    yard.doctrine("hulk", Focus::Nearest, motion, |d| d.range_permille = 0);
    yard.class("hulk", "hulk", |c| {
        (c.radius_m, c.speed_mps, c.accel_mps2, c.evasion_permille) = (300, 300, 50, 0);
        (c.batteries, c.shield, c.armour, c.hull) = (Vec::new(), 0, 0, 40_000);
        c.gravity_drives = 60;
    });
    yard.class("hunter", "static", |c| c.shield = 50_000);
    let hulk = yard.send(0, "hulk", 1, [0, 0, 0]);
    yard.send(1, "hunter", 6, [-25_000, 0, 0]);
    yard.play(150);
    (parts_lost(&yard, hulk, Part::GravityDrive), parts_lost(&yard, hulk, Part::Sensor))
}

#[test]
fn hits_go_where_they_land() {
    let (drives_astern, sensors_astern) = shot_at(true);
    let (drives_ahead, sensors_ahead) = shot_at(false);
    assert!(drives_astern > 3 * drives_ahead, "{drives_astern} against {drives_ahead}");
    assert!(sensors_ahead > sensors_astern, "{sensors_ahead} against {sensors_astern}");
}

#[test]
fn crews_mend_what_they_can_out_of_reach() {
    let mended = |every_s: i64, enemy_at: i64| {
        let mut yard = Yard::new();
        (yard.rules().mend_every_s, yard.rules().mend_permille) = (every_s, 50);
        yard.rules().mend_floor_permille = 250;
        yard.class("hurt", "static", |c| c.hull = 1_000_000);
        yard.class("far", "static", |_| ());
        let hurt = yard.group(0, "hurt", 1, [0, 0, 0]);
        let ship = yard.first(hurt);
        let parts = &mut yard.ships[ship.index()].parts;
        (parts.guns_lost_permille, parts.engine_lost_permille) = (900, 200);
        (parts.gravity_drives_lost, parts.pylons_lost) = (2, 5);
        yard.enter_ship(ship);
        yard.send(1, "far", 1, [enemy_at, 0, 0]);
        yard.play(300);
        let row = yard.row(ship).expect("nobody can reach her");
        yard.fight.columns.parts[row]
    };
    let parts = mended(10, 200_000);
    assert_eq!(parts.guns_lost_permille, 250, "down to what only a yard can mend");
    assert_eq!(parts.engine_lost_permille, 200, "what is less than that stays as it was");
    assert_eq!((parts.gravity_drives_lost, parts.pylons_lost), (2, 5), "these never");
    assert_eq!(mended(0, 200_000).guns_lost_permille, 900, "without the rule nothing is mended");
    assert!(mended(10, 30_000).guns_lost_permille >= 900, "nor under fire");
}

#[test]
fn whoever_has_her_guns_on_the_flank_shows_it() {
    let harm = |arc: Arc| {
        let mut yard = Yard::new();
        let guns = vec![yard.battery("plasma", 12, arc)];
        yard.class("broadside", "close", |c| c.batteries = guns);
        yard.class("wall", "static", |c| {
            (c.speed_mps, c.hull, c.batteries) = (0, 900_000, Vec::new());
        });
        yard.send(0, "broadside", 4, [-60_000, 0, 0]);
        let wall = yard.send(1, "wall", 1, [0, 0, 0]);
        let whole = yard.points(yard.first(wall));
        yard.play(200);
        whole - yard.points(yard.first(wall))
    };
    let (flank, fore) = (harm(Arc::Flank), harm(Arc::Fore));
    assert!(flank * 10 > fore * 7, "{flank} by the flank, {fore} ahead");
}

#[test]
fn a_stream_bites_the_harder_the_longer_it_is_held() {
    let harm = |hold: i64| {
        let mut yard = Yard::new();
        let stream = yard.weapon("streamer");
        (stream.hold_permille, stream.hold_ms) = (hold, 10_000);
        let guns = vec![yard.battery("streamer", 2, Arc::All)];
        yard.class("melter", "static", |c| c.batteries = guns);
        yard.class("wall", "static", |c| {
            (c.speed_mps, c.hull, c.batteries) = (0, 900_000, Vec::new());
        });
        yard.send(0, "melter", 1, [-10_000, 0, 0]);
        let wall = yard.send(1, "wall", 1, [0, 0, 0]);
        let whole = yard.points(yard.first(wall));
        yard.play(60);
        whole - yard.points(yard.first(wall))
    };
    let (plain, held) = (harm(1_000), harm(3_000));
    assert!(held > plain * 2 && held < plain * 3, "{held} against {plain}");
}

#[test]
fn a_capacitor_gives_its_shots_at_once_and_then_waits() {
    let harm = |capacity: i64, seconds: i64| {
        let mut yard = Yard::new();
        let beam = yard.weapon("beam");
        (beam.capacity, beam.recharge_ms, beam.accuracy_permille) = (capacity, 20_000, 1_000);
        let guns = vec![yard.battery("beam", 1, Arc::All)];
        yard.class("tower", "static", |c| c.batteries = guns);
        yard.class("wall", "static", |c| {
            (c.speed_mps, c.hull, c.batteries, c.radius_m) = (0, 900_000, Vec::new(), 2_000);
            c.shield = 0;
        });
        yard.send(0, "tower", 1, [-10_000, 0, 0]);
        let wall = yard.send(1, "wall", 1, [0, 0, 0]);
        let whole = yard.points(yard.first(wall));
        yard.play(seconds);
        whole - yard.points(yard.first(wall))
    };
    assert!(harm(5, 10) >= 4 * harm(1, 10), "five at once");
    let (five, one) = (harm(5, 200), harm(1, 200));
    assert!(five < one * 2, "and no more than the recharge gives in the long run: {five}, {one}");
}

#[test]
fn a_pulse_silences_the_unshielded_for_its_time() {
    let mut yard = Yard::new();
    let mut pulse = crate::yard::weapon("pulse", Nature::Pulse);
    (pulse.splash_m, pulse.silence_ms, pulse.shot_speed_mps) = (30_000, 40_000, 0);
    (pulse.recharge_ms, pulse.accuracy_permille, pulse.hull_permille) = (600_000, 1_000, 0);
    yard.codex.weapons.push(pulse);
    let guns = vec![yard.battery("pulse", 1, Arc::All)];
    yard.class("pulser", "static", |c| (c.batteries, c.hull) = (guns, 90_000));
    yard.class("bare", "static", |c| (c.shield, c.speed_mps) = (0, 0));
    yard.class("clad", "static", |c| (c.shield, c.speed_mps) = (5_000, 0));
    yard.send(0, "pulser", 1, [-10_000, 0, 0]);
    let bare = yard.send(1, "bare", 3, [0, 0, 0]);
    let clad = yard.send(1, "clad", 1, [0, 5_000, 0]);
    yard.play(3);
    let silenced = |yard: &Yard, group: GroupId| {
        yard.rows(group).iter().filter(|row| yard.fight.columns.silenced[**row] > 0).count()
    };
    assert_eq!((silenced(&yard, bare), silenced(&yard, clad)), (3, 0));
    for ship in &yard.groups[bare.index()].ships {
        assert_eq!(yard.points(*ship), 2_500, "no hull is hurt");
    }
    yard.play(60);
    assert_eq!(silenced(&yard, bare), 0, "it passes");
}

#[test]
fn many_leave_in_one_pass_as_they_would_one_by_one() {
    let mut yard = Yard::melee(40);
    yard.play(20);
    let going: Vec<_> = yard.fight.columns.id.iter().copied().step_by(3).collect();
    let mut other = yard.fight.clone();
    let together = jumpline_battle::leave_all(&mut yard.fight, &going);
    let apart: Vec<_> =
        going.iter().filter_map(|ship| jumpline_battle::leave(&mut other, *ship)).collect();
    assert_eq!(together, apart);
    assert_eq!(yard.fight, other);
}
