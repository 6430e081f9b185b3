//! The events of a small war, made by hand.

use jumpline_measure::{
    BodyId, ClassId, EngagementId, EventId, FieldId, GroupId, OrderId, PersonId, PowerId, ShipId,
    Time, WeaponId,
};
use jumpline_world::event::{Cause, Event, How, Party, What, Why};
use jumpline_world::law::Part;
use jumpline_world::order::{Answer, Quarry, Task};
use jumpline_world::state::Fate;
use jumpline_world::{Law, State};

/// Writes events down with rising numbers.
pub struct Week<'a> {
    law: &'a Law,
    state: &'a State,
    pub events: Vec<Event>,
}

impl<'a> Week<'a> {
    pub fn new(law: &'a Law, state: &'a State) -> Week<'a> {
        Week { law, state, events: Vec::new() }
    }

    pub fn power(&self, key: &str) -> PowerId {
        self.law.codex.power_by_key(key).unwrap()
    }

    pub fn class(&self, key: &str) -> ClassId {
        self.law.codex.class_by_key(key).unwrap()
    }

    pub fn body(&self, key: &str) -> BodyId {
        self.law.codex.chart.body_by_key(key).unwrap().id
    }

    pub fn group(&self, key: &str) -> GroupId {
        self.state.groups.iter().find(|group| group.key == key).unwrap().id
    }

    /// The `n`-th ship of a group.
    pub fn ship(&self, group: &str, n: usize) -> ShipId {
        self.state.group(self.group(group)).ships[n]
    }

    pub fn tell(&mut self, at: i64, body: &str, what: What, because: Vec<Cause>) -> EventId {
        let id = EventId(u32::try_from(self.events.len()).unwrap() + 10);
        let body = (!body.is_empty()).then(|| self.body(body));
        self.events.push(Event { id, at: Time(at), body, what, because });
        id
    }

    pub fn lost(
        &mut self,
        at: i64,
        group: &str,
        n: usize,
        how: How,
        by: Option<ShipId>,
        battle: u32,
    ) -> EventId {
        let ship = self.ship(group, n);
        let card = self.state.ship(ship);
        let (power, class) = (card.power, card.class);
        let what = What::ShipLost {
            ship,
            power,
            class,
            group: self.group(group),
            how,
            by,
            people: 380,
            survivors: 20,
            engagement: Some(EngagementId(battle)),
        };
        self.tell(at, "home-world", what, vec![])
    }
}

const HOUR: i64 = 3_600;

/// Two days: a storm that breaks on a fort, a dive that does not, a ship that never comes home.
pub fn week<'a>(law: &'a Law, state: &'a State) -> Week<'a> {
    let mut week = Week::new(law, state);
    let (red, blue, green) = (week.power("red"), week.power("blue"), week.power("green"));
    let gun = How::Weapon(WeaponId(0));
    storm(&mut week, red, blue, gun);
    dive(&mut week, red, blue, gun);
    way_home(&mut week, red, green);
    week
}

fn storm(week: &mut Week, red: PowerId, blue: PowerId, gun: How) {
    let horde = week.group("horde");
    let began = week.tell(
        3 * HOUR,
        "",
        What::OperationBegan { operation: 0, power: red, groups: vec![horde] },
        vec![Cause::Order(red, OrderId(1)), Cause::Operation(0)],
    );
    let body = week.body("home-world");
    let fort = week.class("fort");
    let ordered = week.tell(
        3 * HOUR,
        "away-star",
        What::OrderTaken {
            order: OrderId(2),
            power: red,
            group: horde,
            task: Task::Assault { body, quarry: Quarry::Class(fort) },
        },
        vec![Cause::Order(red, OrderId(2)), Cause::Event(began)],
    );
    let came = week.tell(
        4 * HOUR,
        "home-world",
        What::GroupArrived { group: horde, power: red, body, ships: 200 },
        vec![Cause::Event(ordered)],
    );
    let battle = EngagementId(1);
    let begun = week.tell(
        4 * HOUR,
        "home-world",
        What::BattleBegan { engagement: battle, powers: vec![red, blue], ships: 121 },
        vec![Cause::Event(came)],
    );
    let guard = week.group("guard");
    week.tell(
        4 * HOUR,
        "home-world",
        What::BattleJoined { engagement: battle, group: guard, power: blue, ships: 60 },
        vec![Cause::Event(begun)],
    );
    for n in 0..83 {
        let by = week.ship(if n % 3 == 0 { "guard" } else { "fort" }, 0);
        week.lost(4 * HOUR + 60 + n as i64 * 7, "horde", n, gun, Some(by), 1);
    }
    let fort_ship = week.ship("fort", 0);
    week.tell(
        4 * HOUR + 700,
        "home-world",
        What::ShieldsDown { ship: fort_ship, power: blue, class: fort, engagement: battle },
        vec![],
    );
    let green = week.power("green");
    let friends = week.group("friends");
    week.tell(
        4 * HOUR + 900,
        "home-world",
        What::BattleJoined { engagement: battle, group: friends, power: green, ships: 15 },
        vec![],
    );
    for n in 0..12 {
        let by = week.ship("horde", 150 + n);
        week.lost(4 * HOUR + 1_000 + n as i64 * 20, "guard", n + 1, gun, Some(by), 1);
    }
    // Ann's ship is hit and comes down; she lives.
    let class = week.class("cruiser");
    let (ship, by) = (week.ship("guard", 0), week.ship("horde", 170));
    week.tell(
        4 * HOUR + 1_300,
        "home-world",
        What::ShipWounded { ship, power: blue, class, by: Some(by), engagement: Some(battle) },
        vec![],
    );
    let lost = week.lost(4 * HOUR + 1_500, "guard", 0, gun, Some(by), 1);
    week.tell(
        4 * HOUR + 2_400,
        "home-world",
        What::CrashLanded { ship, power: blue, class, survivors: 20 },
        vec![Cause::Event(lost)],
    );
    week.tell(
        4 * HOUR + 2_400,
        "",
        What::Person {
            person: PersonId(0),
            power: blue,
            fate: Fate::Ground(body),
            wounds_permille: 240,
        },
        vec![Cause::Event(lost)],
    );
    for n in 83..120 {
        let by = week.ship("friends", n % 15);
        week.lost(4 * HOUR + 1_600 + n as i64, "horde", n, gun, Some(by), 1);
    }
    week.tell(
        4 * HOUR + 2_000,
        "home-world",
        What::Withdrew {
            group: horde,
            power: red,
            class,
            why: Why::Losses,
            ships: 80,
            hull_lost_permille: 0,
        },
        vec![],
    );
    let parties = vec![
        Party { power: red, ships: 200, lost: 120 },
        Party { power: blue, ships: 61, lost: 13 },
        Party { power: green, ships: 15, lost: 0 },
    ];
    week.tell(
        4 * HOUR + 2_500,
        "home-world",
        What::BattleEnded { engagement: battle, parties, duration_s: 2_500, by_rule: false },
        vec![Cause::Event(begun)],
    );
}

fn dive(week: &mut Week, red: PowerId, blue: PowerId, gun: How) {
    let burner = week.group("burner");
    let class = week.class("burner");
    let ship = week.ship("burner", 0);
    week.tell(
        9 * HOUR,
        "",
        What::OperationBegan { operation: 1, power: red, groups: vec![burner] },
        vec![Cause::Operation(1)],
    );
    let battle = EngagementId(2);
    week.tell(
        10 * HOUR,
        "home-world",
        What::BattleBegan { engagement: battle, powers: vec![red, blue], ships: 49 },
        vec![Cause::Operation(1)],
    );
    week.tell(10 * HOUR + 30, "home-world", What::FieldLit { ship, power: red, class }, vec![]);
    for n in 13..43 {
        week.lost(10 * HOUR + 40 + (n as i64 - 13) / 6, "guard", n, How::Field, Some(ship), 2);
    }
    week.tell(
        10 * HOUR + 100,
        "home-world",
        What::PartLost { ship, power: red, class, part: Part::Pylon, number: 3, by: None },
        vec![],
    );
    week.tell(
        10 * HOUR + 140,
        "home-world",
        What::PartLost { ship, power: red, class, part: Part::Pylon, number: 4, by: None },
        vec![],
    );
    week.tell(10 * HOUR + 200, "home-world", What::FieldDark { ship, power: red, class }, vec![]);
    week.tell(
        10 * HOUR + 210,
        "home-world",
        What::Withdrew {
            group: burner,
            power: red,
            class,
            why: Why::Hurt,
            ships: 1,
            hull_lost_permille: 64,
        },
        vec![],
    );
    let parties =
        vec![Party { power: red, ships: 1, lost: 0 }, Party { power: blue, ships: 48, lost: 30 }];
    week.tell(
        10 * HOUR + 230,
        "home-world",
        What::BattleEnded { engagement: battle, parties, duration_s: 230, by_rule: false },
        vec![],
    );
    // A brush that costs one cruiser.
    let brush = EngagementId(3);
    let powers = vec![red, blue];
    week.tell(
        11 * HOUR,
        "home-moon",
        What::BattleBegan { engagement: brush, powers, ships: 4 },
        vec![],
    );
    week.lost(11 * HOUR + 20, "guard", 50, gun, None, 3);
    let parties =
        vec![Party { power: blue, ships: 3, lost: 1 }, Party { power: red, ships: 1, lost: 0 }];
    week.tell(
        11 * HOUR + 60,
        "home-moon",
        What::BattleEnded { engagement: brush, parties, duration_s: 60, by_rule: false },
        vec![],
    );
}

fn way_home(week: &mut Week, red: PowerId, green: PowerId) {
    let (body, blue) = (week.body("home-star"), week.power("blue"));
    let request = 77;
    week.tell(12 * HOUR, "home-star", What::Asked { request, from: green, to: blue, body }, vec![]);
    week.tell(
        13 * HOUR,
        "home-star",
        What::Answered { request, from: blue, to: green, answer: Answer::Hesitate },
        vec![],
    );
    let laid = week.tell(
        14 * HOUR,
        "home-star",
        What::MinesLaid { field: FieldId(0), power: green, count: 100 },
        vec![Cause::Operation(2)],
    );
    let class = week.class("burner");
    let ship = week.ship("burner", 0);
    let struck = week.tell(
        20 * HOUR,
        "home-star",
        What::MinesStruck { field: FieldId(0), ship, power: red, class, hits: 22, drives_lost: 4 },
        vec![Cause::Event(laid)],
    );
    week.tell(
        30 * HOUR,
        "home-star",
        What::MinesRecovered { field: FieldId(0), power: green, laid: 100, recovered: 78 },
        vec![Cause::Event(laid)],
    );
    let failed = week.tell(
        92 * HOUR,
        "away-star",
        What::BrakingFailed { ship, power: red, class, seen: false },
        vec![Cause::Event(struck)],
    );
    let group = week.group("burner");
    week.tell(
        92 * HOUR,
        "away-star",
        What::ShipLost {
            ship,
            power: red,
            class,
            group,
            how: How::Struck,
            by: None,
            people: 3_000,
            survivors: 0,
            engagement: None,
        },
        vec![Cause::Event(failed)],
    );
}
