//! A yard for tests and benches: a small codex in code, and forces put together in a line or two.

#![allow(dead_code, missing_docs, reason = "each test uses what it needs")]
#![allow(clippy::expect_used, reason = "a test may stop")]

use jumpline_battle::tuning::{Tuning, advance_tuned};
use jumpline_battle::{Report, Told, enter, open, posture};
use jumpline_chart::{Body, BodyKind, Chart, NavRules, Spot, System, Zone};
use jumpline_measure::{
    Bearing, BodyId, ClassId, Dice, DoctrineId, EngagementId, GroupId, PowerId, ShipId, Span,
    SystemId, Time, WeaponId,
};
use jumpline_world::engagement::{Engagement, Posture};
use jumpline_world::law::{
    Arc, Battery, BattleRules, Class, Codex, Doctrine, Focus, Formation, GroundRules, Mind, Motion,
    Nature, OfficerRules, Power, Regard, Role, Rules, Sensors, SightRules, Weapon, WingRules,
    WreckRules,
};
use jumpline_world::state::{Group, Parts, Ship, Status};

pub const RADIUS_M: i64 = 6_000_000;

/// Which body the battle is at.
pub const PLANET: BodyId = BodyId(0);
pub const STAR: BodyId = BodyId(1);

pub struct Yard {
    pub codex: Codex,
    pub regards: Vec<Vec<Regard>>,
    pub dice: Dice,
    pub ships: Vec<Ship>,
    pub groups: Vec<Group>,
    pub fight: Engagement,
    pub told: Vec<Report>,
    pub threads: usize,
    pub tuning: Tuning,
    spots: Vec<(ShipId, Spot)>,
}

fn body(id: BodyId, kind: BodyKind, radius_m: i64, air_m: i64) -> Body {
    Body {
        id,
        key: format!("body-{}", id.0),
        name: format!("Body {}", id.0),
        system: SystemId(0),
        kind,
        mass_pt: 6_000_000,
        radius_m,
        air_m,
        parent: None,
        orbit: None,
        habitable: false,
        zone: Zone::default(),
    }
}

fn power(key: &str) -> Power {
    Power {
        key: key.into(),
        name: key.into(),
        adjective: key.into(),
        gunnery_permille: 1_000,
        piloting_permille: 1_000,
        navigation_permille: 1_000,
        reaction: Span(60),
        doctrine: None,
        mind: Mind {
            aggression_permille: 500,
            caution_permille: 500,
            loyalty_permille: 500,
            patience_permille: 500,
            ruthlessness_permille: 500,
        },
        holds: Vec::new(),
        yards: Vec::new(),
    }
}

pub fn weapon(key: &str, nature: Nature) -> Weapon {
    Weapon {
        key: key.into(),
        name: key.into(),
        nature,
        damage: 50,
        range_m: 40_000,
        air_range_m: 4_000,
        falloff_permille: 500,
        recharge_ms: 4_000,
        shot_speed_mps: 40_000,
        accuracy_permille: 600,
        tracking_mps: 3_000,
        shield_permille: 1_000,
        hull_permille: 1_000,
        splash_m: 0,
        interceptable: 0,
        barrage_m: 0,
        shots: 0,
        capacity: 1,
        swell_permille: 1_000,
        hold_permille: 1_000,
        hold_ms: 0,
        deflect_permille: None,
        parts_permille: 1_000,
        silence_ms: 0,
    }
}

pub fn doctrine(key: &str, focus: Focus, motion: Motion) -> Doctrine {
    Doctrine {
        key: key.into(),
        name: key.into(),
        focus,
        prefers: Vec::new(),
        motion,
        formation: Formation::Cluster,
        spacing_m: 2_000,
        range_permille: 700,
        pack_min: 1,
        pack_max: 20,
        break_off_permille: 0,
        rejoin_permille: 800,
        wound_permille: 0,
        withdraw_loss_permille: 1_000,
        withdraw_odds_permille: 0,
        withdraw_hull_permille: 1_000,
        rams_when_lost: false,
        field_clearance_permille: 0,
        uses_gaps: false,
        gather_permille: 0,
        supports_allies: true,
        reserve_odds_permille: 667,
        leash_m: 0,
        heeds_permille: 1_000,
        heed_s: 0,
        rout_permille: 0,
        rally_s: 600,
        shoves: false,
        most_on_one: 0,
    }
}

pub fn rules() -> Rules {
    Rules {
        navigation: NavRules::default(),
        battle: BattleRules {
            tick_ms: 1_000,
            engage_range_m: 500_000,
            join_range_m: 500_000,
            lull_s: 180,
            longest_s: 36_000,
            retarget_ticks: 5,
            cell_m: 20_000,
            aim_radius_m: 100,
            least_hit_permille: 10,
            block_radius_m: 200,
            block_stretch_m: 5_000,
            part_permille: 500,
            armour_leak_permille: 100,
            ram_points_per_kt: 6,
            ram_back_permille: 100,
            star_drain_per_s: 100,
            leap_permille: 500,
            arc_skip_permille: 300,
            disabled_recharge_permille: 250,
            part_loss_permille: 125,
            splash_permille: 500,
            blast_reach_permille: 5_000,
            debris_s: 120,
            part_engine_share: 22,
            part_gun_share: 30,
            part_emitter_share: 18,
            part_sensor_share: 14,
            part_gravity_drive_share: 12,
            part_bridge_share: 4,
            part_hangar_share: 10,
            part_pylon_permille: 500,
            part_local_permille: 1_000,
            leap_reach_permille: 350,
            field_lights_permille: 3_000,
            matter_disturb_permille: 0,
            ram_heavier_permille: 3_000,
            dying_permille: 250,
            breach_permille: 0,
            mend_every_s: 0,
            mend_permille: 0,
            mend_floor_permille: 0,
            pursuit_skill_permille: 0,
            pursuit_luck_permille: 0,
            stale_s: 0,
            call_every_s: 0,
            call_delay_s: 0,
            morale_loss_permille: 0,
            morale_flagship_permille: 0,
            morale_flight_permille: 0,
            morale_mend_permille_per_min: 0,
            hem_m: 0,
            shove_permille: 0,
        },
        sight: SightRules {
            sweep_s: 60,
            forget_s: 3_600,
            edge_error_m: 1_000,
            relay_s: 10,
            certain_permille: 500,
            count_error_permille: 200,
        },
        officers: OfficerRules {
            beat_s: 30,
            delay_s: 10,
            gather_altitude_m: 1_000_000,
            ambush_m: 40_000,
            withdraw_s: 60,
            attack_odds_permille: 1_000,
            lesson_permille: 5,
            lesson_most_permille: 1_500,
        },
        wrecks: WreckRules {
            wreck_permille: 0,
            survivors_permille: 0,
            fall_altitude_m: 0,
            crash_landing_permille: 0,
            crash_survival_permille: 0,
            boats_permille: 660,
            boats_mps: 1_500,
            air_s: 86_400,
            room_permille: 2_000,
            drift_s: 864_000,
            salvage_permille: 300,
            salvage_points_per_min: 100,
            part_points: 100,
            margin_s: 600,
            deflect_m: 150_000,
        },
        wings: WingRules {
            reach_m: 500_000,
            spent_permille: 125,
            return_permille: 500,
            patrol_s: 7_200,
            spar_every_s: 43_200,
            spar_permille: 3,
            spar_most_permille: 1_200,
            combat_permille: 40,
        },
        ground: GroundRules {
            descent_mps: 1_000,
            air_s: 60,
            fighter_points_per_min: 0,
            fighter_loss_permille: 0,
            shield_s: 1,
            cover_open_permille: 250,
            cover_shut_permille: 600,
        },
    }
}

impl Yard {
    /// A codex with a few weapons and doctrines, powers a (0), b (1) and c (2): a and c are allied against b. The battle is
    /// 2,000 km above a planet.
    pub fn new() -> Yard {
        Yard::at(PLANET, 2_000_000)
    }

    pub fn at(place: BodyId, altitude_m: i64) -> Yard {
        let plasma = weapon("plasma", Nature::Plasma);
        let mut streamer = weapon("streamer", Nature::Streamer);
        (streamer.shot_speed_mps, streamer.recharge_ms, streamer.damage) = (0, 1_000, 60);
        let mut orb = weapon("orb", Nature::Orb);
        (orb.recharge_ms, orb.damage, orb.accuracy_permille) = (30_000, 6_000, 800);
        orb.shot_speed_mps = 20_000;
        let mut missile = weapon("missile", Nature::Missile);
        (missile.damage, missile.range_m, missile.shots) = (400, 200_000, 8);
        (missile.shot_speed_mps, missile.interceptable) = (8_000, 40);
        (missile.accuracy_permille, missile.falloff_permille) = (900, 1_000);
        let mut beam = weapon("beam", Nature::Beam);
        (beam.shot_speed_mps, beam.recharge_ms, beam.range_m) = (0, 8_000, 120_000);
        let mut shard = weapon("shard", Nature::Shard);
        (shard.shot_speed_mps, shard.range_m, shard.damage) = (0, 10_000, 20);
        (shard.recharge_ms, shard.tracking_mps) = (1_000, 12_000);
        let mut mauler = weapon("mauler", Nature::Mauler);
        (mauler.shot_speed_mps, mauler.range_m, mauler.damage) = (0, 1_500, 3_000);
        let codex = Codex {
            rules: rules(),
            chart: Chart {
                systems: vec![System {
                    id: SystemId(0),
                    key: "home".into(),
                    name: "Home".into(),
                    position_mly: [0; 3],
                    stars: vec![STAR],
                    bodies: vec![PLANET],
                }],
                bodies: vec![
                    body(PLANET, BodyKind::Planet, RADIUS_M, 100_000),
                    body(STAR, BodyKind::Star, 700_000_000, 2_000_000),
                ],
            },
            weapons: vec![plasma, streamer, orb, missile, beam, shard, mauler],
            drives: Vec::new(),
            doctrines: vec![
                doctrine("close", Focus::Nearest, Motion::Close),
                doctrine("static", Focus::Nearest, Motion::Static),
            ],
            classes: Vec::new(),
            powers: vec![power("a"), power("b"), power("c")],
            alliances: Vec::new(),
            attrition: Default::default(),
        };
        let mut regards = vec![vec![Regard::Neutral; 3]; 3];
        for (one, other, regard) in
            [(0, 1, Regard::Hostile), (2, 1, Regard::Hostile), (0, 2, Regard::Allied)]
        {
            regards[one][other] = regard;
            regards[other][one] = regard;
        }
        let centre = Spot::new(altitude_m, Bearing::X);
        let fight = open(&codex, EngagementId(0), place, centre, Time(0), Vec::new());
        Yard {
            codex,
            regards,
            dice: Dice::new(7),
            ships: Vec::new(),
            groups: Vec::new(),
            fight,
            told: Vec::new(),
            threads: 1,
            tuning: Tuning::default(),
            spots: Vec::new(),
        }
    }

    pub fn seeded(mut self, seed: u64) -> Yard {
        self.dice = Dice::new(seed);
        self
    }

    pub fn rules(&mut self) -> &mut BattleRules {
        &mut self.codex.rules.battle
    }

    pub fn weapon(&mut self, key: &str) -> &mut Weapon {
        self.codex.weapons.iter_mut().find(|one| one.key == key).expect("a weapon of that key")
    }

    pub fn doctrine(
        &mut self,
        key: &str,
        focus: Focus,
        motion: Motion,
        change: impl FnOnce(&mut Doctrine),
    ) {
        let mut made = doctrine(key, focus, motion);
        change(&mut made);
        self.codex.doctrines.push(made);
    }

    /// A cruiser-like class: 8 plasma mounts all round, shields 1,000 a facing, hull 2,000, unless changed.
    pub fn class(&mut self, key: &str, doctrine: &str, change: impl FnOnce(&mut Class)) {
        let doctrine = self.codex.doctrine_by_key(doctrine).expect("a doctrine of that key");
        let mut made = Class {
            key: key.into(),
            name: key.into(),
            role: Role::Cruiser,
            length_m: 600,
            radius_m: 120,
            mass_kt: 900,
            crew: 500,
            shield: 1_000,
            shield_recharge: 5,
            deflect_permille: 0,
            rotates_shields: false,
            armour: 500,
            hull: 2_000,
            drive: None,
            gravity_drives: 4,
            speed_mps: 4_000,
            accel_mps2: 200,
            evasion_permille: 100,
            batteries: vec![Battery { weapon: WeaponId(0), mounts: 8, arc: Arc::All }],
            field: None,
            berths: 0,
            berth_size: 1,
            handling_ms: 2_000,
            hangar: None,
            boats: 0,
            covers: false,
            ram_charge: 0,
            mines: 0,
            tractor: false,
            lands: false,
            sensors: Sensors {
                range_m: 1_000_000,
                quality_permille: 1_000,
                bow_section_m2: 10_000,
                side_section_m2: 40_000,
            },
            doctrine,
            noted: false,
        };
        change(&mut made);
        self.codex.classes.push(made);
    }

    pub fn battery(&self, weapon: &str, mounts: i64, arc: Arc) -> Battery {
        let at = self.codex.weapons.iter().position(|one| one.key == weapon);
        Battery { weapon: WeaponId::from_index(at.expect("a weapon of that key")), mounts, arc }
    }

    /// A group of so many fresh ships at a place, metres from the battle's centre. They do not enter yet.
    pub fn group(&mut self, power: u32, class: &str, count: usize, place: [i64; 3]) -> GroupId {
        let class = self.codex.class_by_key(class).expect("a class of that key");
        let id = GroupId::from_index(self.groups.len());
        let centre = self.codex.chart.spot_offset(self.fight.body, &self.fight.centre);
        let offset = centre + jumpline_measure::Vec3m { x: place[0], y: place[1], z: place[2] };
        let spot = self.codex.chart.spot_at(self.fight.body, offset);
        let mut ships = Vec::new();
        for _ in 0..count {
            let ship = ShipId::from_index(self.ships.len());
            ships.push(ship);
            self.spots.push((ship, spot));
            let made = &self.codex.classes[class.index()];
            let mut shots = [-1; 4];
            for (battery, left) in made.batteries.iter().zip(&mut shots) {
                let weapon = &self.codex.weapons[battery.weapon.index()];
                if weapon.shots > 0 {
                    *left = i32::try_from(weapon.shots.saturating_mul(battery.mounts).max(0))
                        .unwrap_or(i32::MAX);
                }
            }
            let points = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
            self.ships.push(Ship {
                id: ship,
                class,
                power: PowerId(power),
                group: id,
                name: None,
                status: Status::Present,
                body: self.fight.body,
                carrier: None,
                transit: None,
                engagement: Some(self.fight.id),
                people: made.crew,
                skill_permille: 1_000,
                shields: [points(made.shield); 6],
                armour: points(made.armour),
                hull: points(made.hull),
                parts: Parts::default(),
                shots,
                mines: 0,
                wounded: None,
                shields_at: Time(0),
                falls: None,
                turned: false,
                pushers: 0,
                base: None,
                ready_at: Time(0),
            });
        }
        self.groups.push(Group {
            id,
            key: format!("group-{}", id.0),
            name: format!("Group {}", id.0),
            power: PowerId(power),
            tags: Vec::new(),
            ships,
            opening_ships: u32::try_from(count).unwrap_or(u32::MAX),
            body: self.fight.body,
            spot,
            there_at: Time(0),
            doctrine: None,
            tasks: Vec::new(),
            withdrawing: false,
            busy_until: Time(0),
            cause: None,
            since: Time(0),
            home: self.fight.body,
            hop: None,
        });
        id
    }

    /// Lets a ship in.
    pub fn enter_ship(&mut self, ship: ShipId) {
        let record = &self.ships[ship.index()];
        let group = &self.groups[record.group.index()];
        let spot = self.spots[ship.index()].1;
        enter(&self.codex, &mut self.fight, record, group, &spot, Time(0));
    }

    /// A group of so many ships at a place, in the battle at once.
    pub fn send(&mut self, power: u32, class: &str, count: usize, place: [i64; 3]) -> GroupId {
        let group = self.group(power, class, count, place);
        for ship in self.groups[group.index()].ships.clone() {
            self.enter_ship(ship);
        }
        group
    }

    pub fn posture(&mut self, group: GroupId) -> &mut Posture {
        posture(&mut self.fight, group).expect("a group that is in the battle")
    }

    /// Plays until a second of the battle.
    pub fn play(&mut self, until_s: i64) -> &mut Yard {
        advance_tuned(
            &self.codex,
            &self.dice,
            &self.regards,
            &mut self.fight,
            Time(until_s),
            self.threads,
            self.tuning,
            &mut self.told,
        );
        self
    }

    /// Ships of a group still in the battle.
    pub fn left(&self, group: GroupId) -> usize {
        self.rows(group).len()
    }

    pub fn rows(&self, group: GroupId) -> Vec<usize> {
        let at = self.fight.postures.iter().position(|posture| posture.group == group);
        let Some(at) = at else { return Vec::new() };
        (0..self.fight.columns.id.len())
            .filter(|row| usize::from(self.fight.columns.posture[*row]) == at)
            .collect()
    }

    pub fn row(&self, ship: ShipId) -> Option<usize> {
        self.fight.columns.id.binary_search(&ship).ok()
    }

    pub fn first(&self, group: GroupId) -> ShipId {
        self.groups[group.index()].ships[0]
    }

    pub fn losses(&self) -> Vec<ShipId> {
        self.told
            .iter()
            .filter_map(|report| match &report.what {
                Told::ShipLost { ship, .. } => Some(*ship),
                _ => None,
            })
            .collect()
    }

    pub fn lost(&self, group: GroupId) -> usize {
        let ships = &self.groups[group.index()].ships;
        self.losses().iter().filter(|ship| ships.contains(ship)).count()
    }

    /// Metres between two rows.
    pub fn apart(&self, one: usize, other: usize) -> f32 {
        length(self.fight.columns.position[one], self.fight.columns.position[other])
    }

    /// Metres between a row and her place in formation.
    pub fn astray(&self, row: usize) -> f32 {
        length(self.fight.columns.position[row], self.fight.columns.station[row])
    }

    /// Everything that is so, as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(&self.fight).expect("an engagement can be written")
    }

    pub fn digest(&self) -> String {
        let mut hash = blake3::Hasher::new();
        hash.update(&self.bytes());
        hash.update(format!("{:?}", self.told).as_bytes());
        hash.finalize().to_hex()[..16].to_string()
    }

    /// Shields, armour and hull of a ship, points; nought when she is gone.
    pub fn points(&self, ship: ShipId) -> i64 {
        let Some(row) = self.row(ship) else { return 0 };
        let c = &self.fight.columns;
        c.shields[row].iter().map(|points| i64::from(*points)).sum::<i64>()
            + i64::from(c.armour[row])
            + i64::from(c.hull[row])
    }

    /// A melee of `per_side` ships a side with five weapons and four classes, for benches and sameness.
    pub fn melee(per_side: usize) -> Yard {
        Yard::melee_over(per_side, 16_000)
    }

    /// The same with so many metres between neighbouring groups.
    pub fn melee_over(per_side: usize, pitch_m: i64) -> Yard {
        let mut yard = Yard::new();
        yard.doctrine("strafe", Focus::Pack, Motion::Strafe, |d| {
            (d.pack_max, d.break_off_permille, d.formation) = (20, 150, Formation::River);
        });
        yard.doctrine("stand", Focus::Weakest, Motion::Standoff, |d| d.range_permille = 900);
        yard.doctrine("shoal", Focus::Nearest, Motion::Chase, |d| {
            (d.pack_min, d.pack_max) = (8, 15)
        });
        let mix = vec![
            yard.battery("plasma", 10, Arc::Fore),
            yard.battery("plasma", 6, Arc::Flank),
            yard.battery("missile", 2, Arc::All),
            yard.battery("shard", 4, Arc::All),
        ];
        yard.class("cruiser", "close", |c| c.batteries = mix);
        let mix = vec![
            yard.battery("plasma", 6, Arc::Fore),
            yard.battery("beam", 1, Arc::All),
            yard.battery("shard", 2, Arc::All),
            yard.battery("mauler", 1, Arc::Fore),
        ];
        yard.class("destroyer", "strafe", |c| {
            (c.batteries, c.role, c.speed_mps, c.accel_mps2) = (mix, Role::Destroyer, 9_000, 700);
            (c.shield, c.hull, c.radius_m, c.mass_kt) = (600, 1_200, 70, 300);
        });
        let mix = vec![
            yard.battery("streamer", 3, Arc::All),
            yard.battery("plasma", 24, Arc::All),
            yard.battery("missile", 8, Arc::All),
            yard.battery("shard", 12, Arc::All),
        ];
        yard.class("battleship", "stand", |c| {
            (c.batteries, c.role, c.speed_mps, c.accel_mps2) = (mix, Role::Battleship, 3_000, 80);
            (c.shield, c.hull, c.armour) = (12_000, 20_000, 8_000);
            (c.radius_m, c.mass_kt, c.rotates_shields) = (500, 60_000, true);
        });
        let mix = vec![yard.battery("orb", 1, Arc::Fore)];
        yard.class("frigate", "shoal", |c| {
            (c.batteries, c.role, c.speed_mps, c.accel_mps2) = (mix, Role::Frigate, 6_000, 500);
            (c.shield, c.hull, c.radius_m, c.mass_kt) = (300, 600, 40, 80);
        });
        // Groups of up to a hundred on two square fronts that face each other: as dense at any size.
        let mut parts: Vec<(&str, usize)> = Vec::new();
        for (class, share) in
            [("battleship", 5), ("cruiser", 55), ("destroyer", 20), ("frigate", 20)]
        {
            let count = per_side * share / 100;
            parts.extend((0..count).step_by(100).map(|part| (class, (count - part).min(100))));
        }
        let row = (1..).find(|side| side * side >= parts.len()).unwrap_or(1);
        for (power, x) in [(0, -40_000), (1, 40_000)] {
            for (nth, (class, count)) in parts.iter().enumerate() {
                let place = |at: usize| (at as i64 * 2 - row as i64 + 1) * pitch_m / 2;
                yard.send(power, class, *count, [x, place(nth % row), place(nth / row)]);
            }
        }
        yard
    }
}

fn length(a: [f32; 3], b: [f32; 3]) -> f32 {
    let [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    (x * x + y * y + z * z).sqrt()
}

/// Ids used by tests that look at the codex by hand.
pub fn class_id(index: usize) -> ClassId {
    ClassId::from_index(index)
}

pub fn doctrine_id(index: usize) -> DoctrineId {
    DoctrineId::from_index(index)
}
