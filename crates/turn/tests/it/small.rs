//! A small war for tests: two systems, a handful of classes, and orders in a line each. After every turn the account is audited.

#![allow(dead_code, missing_docs, reason = "each test uses what it needs")]

use jumpline_chart::{Body, BodyKind, Chart, Drive, NavRules, Orbit, Spot, System, Zone};
use jumpline_measure::{
    Bearing, BodyId, Calendar, ClassId, DoctrineId, DriveId, GroupId, OrderId, PowerId, ShipId,
    Span, SystemId, Time, WeaponId,
};
use jumpline_turn::{Outcome, play};
use jumpline_world::law::{
    Arc, Arrival, Battery, BattleRules, Class, Codex, Doctrine, DriveLaw, Focus, ForceShips,
    Forces, Formation, GroundRules, Law, Mind, Motion, Nature, OfficerRules, Plan, Power, Regard,
    Role, Rules, Sensors, SightRules, Weapon, WingRules, WreckRules,
};
use jumpline_world::muster::Booking;
use jumpline_world::order::{Order, Say, Task};
use jumpline_world::state::{Group, Status};
use jumpline_world::{Event, State, What, ledger};

pub const SUN: BodyId = BodyId(0);
pub const WORLD: BodyId = BodyId(1);
pub const MOON: BodyId = BodyId(2);
pub const OUTER: BodyId = BodyId(3);
pub const FARSUN: BodyId = BodyId(4);

pub const RED: PowerId = PowerId(0);
pub const BLUE: PowerId = PowerId(1);
/// Allied to red.
pub const ROSE: PowerId = PowerId(2);

pub struct War {
    pub law: Law,
    pub state: State,
    pub events: Vec<Event>,
    pub threads: usize,
    orders: Vec<Order>,
    next: u32,
}

fn body(id: BodyId, kind: BodyKind, mass_pt: i64, radius_m: i64, air_m: i64) -> Body {
    Body {
        id,
        key: format!("body-{}", id.0),
        name: format!("Body {}", id.0),
        system: SystemId(u32::from(id == FARSUN)),
        kind,
        mass_pt,
        radius_m,
        air_m,
        parent: None,
        orbit: None,
        habitable: false,
        zone: Zone::Inner,
    }
}

fn chart() -> Chart {
    let mut world = body(WORLD, BodyKind::Planet, 6_000_000, 6_400_000, 100_000);
    world.orbit = Some(Orbit::circle(150_000_000_000, 0, 0));
    let mut moon = body(MOON, BodyKind::Moon, 73_000, 1_700_000, 0);
    moon.parent = Some(WORLD);
    moon.orbit = Some(Orbit::circle(384_000_000, 0, 90_000_000));
    let mut outer = body(OUTER, BodyKind::Planet, 9_000_000, 7_000_000, 100_000);
    outer.orbit = Some(Orbit::circle(700_000_000_000, 0, 120_000_000));
    let sun = |id| body(id, BodyKind::Star, 2_000_000_000_000, 700_000_000, 20_000_000);
    let system = |id: u32, at: i64, stars: Vec<BodyId>, bodies: Vec<BodyId>| System {
        id: SystemId(id),
        key: format!("system-{id}"),
        name: format!("System {id}"),
        position_mly: [0, 0, at],
        stars,
        bodies,
    };
    Chart {
        systems: vec![
            system(0, 0, vec![SUN], vec![WORLD, MOON, OUTER]),
            system(1, 4_000, vec![FARSUN], vec![]),
        ],
        bodies: vec![sun(SUN), world, moon, outer, sun(FARSUN)],
    }
}

fn rules() -> Rules {
    Rules {
        navigation: NavRules::default(),
        battle: BattleRules {
            tick_ms: 1_000,
            engage_range_m: 500_000,
            join_range_m: 500_000,
            lull_s: 120,
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
            sweep_s: 120,
            forget_s: 7_200,
            edge_error_m: 50_000,
            relay_s: 300,
            certain_permille: 300,
            count_error_permille: 300,
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
            wreck_permille: 500,
            survivors_permille: 600,
            fall_altitude_m: 300_000,
            crash_landing_permille: 500,
            crash_survival_permille: 500,
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
            descent_mps: 5_000,
            air_s: 300,
            fighter_points_per_min: 100,
            fighter_loss_permille: 100,
            shield_s: 3_600,
            cover_open_permille: 250,
            cover_shut_permille: 600,
        },
    }
}

fn drive(key: &str, rating_permille: i64, interstellar: bool) -> DriveLaw {
    let drive = Drive {
        rating_permille,
        charge_ms: 20_000,
        agility_mps: 400_000,
        interstellar,
        brake_reserve_permille: 100,
    };
    DriveLaw { key: key.into(), name: key.into(), drive }
}

fn power(key: &str) -> Power {
    Power {
        key: key.into(),
        name: key.into(),
        adjective: key.into(),
        gunnery_permille: 1_000,
        piloting_permille: 1_000,
        navigation_permille: 1_000,
        reaction: Span(20),
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

fn doctrine(key: &str) -> Doctrine {
    Doctrine {
        key: key.into(),
        name: key.into(),
        focus: Focus::Nearest,
        prefers: Vec::new(),
        motion: Motion::Close,
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

fn class(key: &str, role: Role) -> Class {
    Class {
        key: key.into(),
        name: key.into(),
        role,
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
        drive: Some(DriveId(0)),
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
            range_m: 30_000_000,
            quality_permille: 1_000,
            bow_section_m2: 10_000,
            side_section_m2: 40_000,
        },
        doctrine: DoctrineId(0),
        noted: false,
    }
}

fn classes() -> Vec<Class> {
    let mut jumpship = class("jumpship", Role::Jumpship);
    (jumpship.berths, jumpship.length_m, jumpship.drive) = (40, 3_000, Some(DriveId(1)));
    jumpship.batteries.clear();
    let mut lander = class("lander", Role::Cruiser);
    lander.lands = true;
    let mut layer = class("layer", Role::Corvette);
    (layer.mines, layer.drive) = (200, Some(DriveId(1)));
    let mut station = class("station", Role::Station);
    station.drive = None;
    let mut eye = class("eye", Role::Sensor);
    (eye.drive, eye.sensors.range_m) = (None, 1_200_000_000_000);
    eye.batteries.clear();
    let mut tug = class("tug", Role::Cargo);
    (tug.tractor, tug.mass_kt) = (true, 2_000);
    let mut fighter = class("fighter", Role::Fighter);
    (fighter.length_m, fighter.hull, fighter.armour, fighter.crew) = (20, 50, 0, 1);
    fighter.drive = None;
    let mut giant = class("giant", Role::Invoker);
    (giant.radius_m, giant.length_m, giant.hull, giant.drive) =
        (1_500, 3_000, 400_000, Some(DriveId(1)));
    giant.noted = true;
    let mut ranger = class("ranger", Role::Destroyer);
    ranger.drive = Some(DriveId(1));
    vec![
        class("cruiser", Role::Cruiser),
        jumpship,
        lander,
        layer,
        station,
        eye,
        tug,
        fighter,
        giant,
        ranger,
    ]
}

fn plasma() -> Weapon {
    Weapon {
        key: "plasma".into(),
        name: "plasma".into(),
        nature: Nature::Plasma,
        damage: 100,
        range_m: 60_000,
        air_range_m: 6_000,
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

impl War {
    pub fn new() -> War {
        let law = Law {
            key: "small".into(),
            title: "A small war".into(),
            calendar: Calendar::parse_epoch("2470-05-02T00:00").expect("a date"),
            begins: Time(0),
            ends: Time(864_000),
            turn: Span::HOUR,
            codex: Codex {
                rules: rules(),
                chart: chart(),
                weapons: vec![plasma()],
                drives: vec![drive("system", 1_000, false), drive("stars", 1_000, true)],
                doctrines: vec![doctrine("close")],
                classes: classes(),
                powers: vec![power("red"), power("blue"), power("rose")],
                alliances: Vec::new(),
                attrition: Default::default(),
            },
            plan: Plan::default(),
        };
        let mut state = State::new(&law, 7);
        for (one, other, regard) in
            [(0, 1, Regard::Hostile), (2, 1, Regard::Hostile), (0, 2, Regard::Allied)]
        {
            state.regards[one][other] = regard;
            state.regards[other][one] = regard;
        }
        War { law, state, events: Vec::new(), threads: 1, orders: Vec::new(), next: 1 }
    }

    pub fn class(&self, key: &str) -> ClassId {
        self.law.codex.class_by_key(key).expect("a class of that key")
    }

    pub fn class_mut(&mut self, key: &str) -> &mut Class {
        let id = self.class(key);
        &mut self.law.codex.classes[id.index()]
    }

    pub fn doctrine(&mut self, key: &str, change: impl FnOnce(&mut Doctrine)) -> DoctrineId {
        let mut made = doctrine(key);
        change(&mut made);
        self.law.codex.doctrines.push(made);
        DoctrineId::from_index(self.law.codex.doctrines.len() - 1)
    }

    pub fn forces(
        &self,
        power: PowerId,
        key: &str,
        body: BodyId,
        spot: Spot,
        ships: &[(&str, u32)],
    ) -> Forces {
        let ship = |(class, count): &(&str, u32)| {
            let (class, aboard) = match class.strip_prefix("aboard ") {
                Some(class) => (class, true),
                None => (*class, false),
            };
            let class = self.class(class);
            let mines = self.law.codex.class(class).mines;
            ForceShips { class, count: *count, names: Vec::new(), aboard, mines }
        };
        Forces {
            key: key.into(),
            name: key.into(),
            power,
            tags: Vec::new(),
            body,
            spot,
            split: 0,
            doctrine: None,
            ships: ships.iter().map(ship).collect(),
        }
    }

    /// A force a thousand kilometres up, on a bearing.
    pub fn force(
        &mut self,
        power: PowerId,
        key: &str,
        body: BodyId,
        bearing: Bearing,
        ships: &[(&str, u32)],
    ) -> GroupId {
        self.force_at(power, key, body, Spot::new(1_000_000, bearing), ships)
    }

    pub fn force_at(
        &mut self,
        power: PowerId,
        key: &str,
        body: BodyId,
        spot: Spot,
        ships: &[(&str, u32)],
    ) -> GroupId {
        let forces = self.forces(power, key, body, spot, ships);
        let law = self.law.clone();
        let made = self.state.muster(&law, &forces, Time(0), Booking::Opening).expect("a force");
        made.standing[0]
    }

    pub fn arrival(&mut self, at: Time, from: BodyId, forces: Forces) {
        self.law.plan.arrivals.push(Arrival { at, from, forces });
        self.state.arrived.push(false);
    }

    pub fn tell(&mut self, power: PowerId, group: GroupId, task: Task) -> OrderId {
        self.say(power, Say::Group { group, task, queued: false, doctrine: None })
    }

    pub fn then(&mut self, power: PowerId, group: GroupId, task: Task) -> OrderId {
        self.say(power, Say::Group { group, task, queued: true, doctrine: None })
    }

    pub fn say(&mut self, power: PowerId, say: Say) -> OrderId {
        let id = OrderId(self.next);
        self.next += 1;
        self.orders.push(Order { id, power, say, reason: "a test".into() });
        id
    }

    pub fn give(&mut self, order: Order) {
        self.orders.push(order);
    }

    /// Plays one turn and audits the account.
    pub fn turn(&mut self) -> Vec<Event> {
        let orders = std::mem::take(&mut self.orders);
        let Outcome { events, .. } = play(&self.law, &mut self.state, &orders, self.threads);
        let wrong = ledger::audit(&self.law, &self.state);
        assert!(wrong.is_empty(), "the account is out: {wrong:?}");
        self.events.extend(events.iter().cloned());
        events
    }

    pub fn turns(&mut self, count: u32) {
        for _ in 0..count {
            self.turn();
        }
    }

    pub fn group(&self, id: GroupId) -> &Group {
        self.state.group(id)
    }

    pub fn ships(&self, id: GroupId) -> Vec<ShipId> {
        self.state.group(id).ships.clone()
    }

    pub fn status(&self, id: ShipId) -> Status {
        self.state.ship(id).status
    }

    /// Events of a name.
    pub fn named(&self, name: &str) -> Vec<&Event> {
        self.events.iter().filter(|event| event.what.facts().name == name).collect()
    }

    pub fn count(&self, name: &str) -> usize {
        self.named(name).len()
    }

    /// The first event of a name.
    pub fn first(&self, name: &str) -> &Event {
        self.named(name)
            .first()
            .copied()
            .unwrap_or_else(|| panic!("nothing called {name} happened: {:#?}", self.told()))
    }

    /// What happened, for a failing test's message.
    pub fn told(&self) -> Vec<String> {
        let line = |event: &Event| format!("{} {:?} {:?}", event.at.0, event.body, event.what);
        self.events.iter().map(line).collect()
    }
}

pub fn toward_sun() -> Bearing {
    -Bearing::X
}

pub fn departs_at(event: &Event) -> Option<(BodyId, BodyId)> {
    match event.what {
        What::GroupDeparted { from, to, .. } => Some((from, to)),
        _ => None,
    }
}
