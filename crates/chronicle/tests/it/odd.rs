//! Whatever the events, there is a text and never a panic.

use crate::war;
use jumpline_chronicle::{
    Cast, Names, Options, causes, cross_check, from_events, kills, life, line, story,
};
use jumpline_measure::{
    BodyId, ClassId, Dice, EngagementId, EventId, FieldId, GroupId, OrderId, PersonId, PowerId,
    Purpose, ShipId, Time, WeaponId,
};
use jumpline_world::event::{Cause, Event, How, Party, What, Why};
use jumpline_world::law::Part;
use jumpline_world::order::{Answer, Refusal, Task};
use jumpline_world::state::Fate;
use proptest::prelude::*;

/// Numbers from a seed: mostly small, sometimes absurd.
struct Odd {
    seed: u64,
    n: u32,
}

impl Odd {
    fn below(&mut self, most: u32) -> u32 {
        self.n += 1;
        Dice::new(self.seed).roll(Purpose::Spare, 0, 0, self.n).below(most)
    }
    fn id(&mut self) -> u32 {
        if self.below(12) == 0 { u32::MAX - self.below(2) } else { self.below(7) }
    }
    fn number(&mut self) -> i64 {
        match self.below(12) {
            0 => i64::MAX,
            1 => i64::MIN,
            2 => -1,
            _ => i64::from(self.below(3_000)),
        }
    }
    fn how(&mut self) -> How {
        match self.below(8) {
            0 => How::Field,
            1 => How::Ram,
            2 => How::Mine,
            3 => How::Struck,
            4 => How::Air,
            5 => How::Carrier,
            _ => How::Weapon(WeaponId(self.id())),
        }
    }
    fn part(&mut self) -> Part {
        [Part::Pylon, Part::Bridge, Part::Gun, Part::GravityDrive][self.below(4) as usize]
    }
    fn by(&mut self) -> Option<ShipId> {
        (self.below(3) > 0).then(|| ShipId(self.id()))
    }
    fn battle(&mut self) -> EngagementId {
        EngagementId(self.below(3))
    }
    fn fate(&mut self) -> Fate {
        match self.below(5) {
            0 => Fate::Aboard(ShipId(self.id())),
            1 => Fate::Adrift(ShipId(self.id())),
            2 => Fate::Ground(BodyId(self.id())),
            3 => Fate::Away,
            _ => Fate::Dead,
        }
    }
    fn what(&mut self) -> What {
        let (power, class, ship) = (PowerId(self.id()), ClassId(self.id()), ShipId(self.id()));
        let (group, body, ships) = (GroupId(self.id()), BodyId(self.id()), self.id());
        match self.below(40) {
            0 => What::OperationBegan { operation: self.id(), power, groups: vec![group] },
            1 => What::OrderTaken {
                order: OrderId(self.id()),
                power,
                group,
                task: Task::Raid { body, roles: vec![] },
            },
            2 => What::OrderRefused {
                order: OrderId(1),
                power,
                group: None,
                refusal: Refusal::NoRoute,
            },
            3 => What::Asked { request: self.below(3), from: power, to: PowerId(self.id()), body },
            4 => What::Answered {
                request: self.below(3),
                from: power,
                to: PowerId(1),
                answer: Answer::Agree,
            },
            5 => What::ForceArrived { group, power, ships },
            6 => What::Built { ship, power, class },
            7 => What::GroupDeparted { group, power, from: body, to: BodyId(self.id()), ships },
            8 => What::GroupArrived { group, power, body, ships },
            9 => What::Sighted { power, group, of: PowerId(self.id()), ships },
            10..=12 => What::BattleBegan {
                engagement: self.battle(),
                powers: vec![power, PowerId(self.id())],
                ships,
            },
            13..=14 => What::BattleJoined { engagement: self.battle(), group, power, ships },
            15..=16 => What::BattleEnded {
                engagement: self.battle(),
                parties: vec![Party { power, ships, lost: self.id() }],
                duration_s: self.number(),
                by_rule: self.below(2) == 0,
            },
            17..=21 => What::ShipLost {
                ship,
                power,
                class,
                group,
                how: self.how(),
                by: self.by(),
                people: self.number(),
                survivors: self.number(),
                engagement: (self.below(4) > 0).then(|| self.battle()),
            },
            22 => What::ShipWounded {
                ship,
                power,
                class,
                by: self.by(),
                engagement: Some(self.battle()),
            },
            23 => What::ShieldsDown { ship, power, class, engagement: self.battle() },
            24 => What::PartLost {
                ship,
                power,
                class,
                part: self.part(),
                number: self.id(),
                by: self.by(),
            },
            25 => What::FieldLit { ship, power, class },
            26 => What::FieldDark { ship, power, class },
            27 => What::Withdrew {
                group,
                power,
                class,
                why: Why::Odds,
                ships,
                hull_lost_permille: self.number(),
            },
            28 => What::Struck { group, power, quarry: class },
            29 => What::MinesLaid { field: FieldId(0), power, count: self.number() },
            30 => What::MinesStruck {
                field: FieldId(0),
                ship,
                power,
                class,
                hits: self.number(),
                drives_lost: ships,
            },
            31 => What::MinesRecovered {
                field: FieldId(0),
                power,
                laid: self.number(),
                recovered: self.number(),
            },
            32 => What::BrakingFailed { ship, power, class, seen: false },
            33 => What::Falling { ship, power, class, seconds: self.number() },
            34 => What::Pushed { ship, power, class, pushers: ships, saved: self.below(2) == 0 },
            35 => What::LandingBegan { group, power, ships },
            36 => What::ReachedAir { ship, power, class, group },
            37 => What::Landed { ship, power, class, site: self.id() },
            38 => What::CrashLanded { ship, power, class, survivors: self.number() },
            _ => What::Person {
                person: PersonId(self.below(2)),
                power,
                fate: self.fate(),
                wounds_permille: self.number(),
            },
        }
    }
    fn event(&mut self, place: usize) -> Event {
        let body = (self.below(4) > 0).then(|| BodyId(self.id()));
        let because = (0..self.below(3))
            .map(|_| match self.below(4) {
                0 => Cause::Operation(self.id()),
                1 => Cause::Order(PowerId(self.id()), OrderId(self.id())),
                _ => Cause::Event(EventId(self.below(40))),
            })
            .collect();
        let at = if self.below(20) == 0 { self.number() } else { i64::from(self.below(400_000)) };
        // Dates are for years that have four figures.
        let at = at.clamp(-1_000_000_000, 100_000_000_000);
        let id = if self.below(10) == 0 { self.below(40) } else { u32::try_from(place).unwrap() };
        Event { id: EventId(id), at: Time(at), body, what: self.what(), because }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn any_events_make_a_text(seeds in proptest::collection::vec(any::<u64>(), 0..60)) {
        let (law, state) = shared();
        let events: Vec<Event> = seeds
            .iter()
            .enumerate()
            .map(|(place, seed)| Odd { seed: *seed, n: 0 }.event(place))
            .collect();
        for cast in [Cast::between(state, state), Cast::default()] {
            for full in [false, true] {
                let options = Options { full, follow: Some("ann".to_owned()) };
                let text = story(law, &cast, &events, &options);
                prop_assert!(text.starts_with("# The war for Homeworld"));
                prop_assert!(!text.contains(['\u{1}', '\u{2}']), "no marks are left");
                prop_assert!(!text.contains("  "), "no holes: {text}");
                prop_assert_eq!(&text, &story(law, &cast, &events, &options));
            }
            life(law, &cast, &events, "ann");
            let names = Names { law, cast: &cast };
            for event in &events {
                prop_assert!(causes(&names, &events, event.id).is_some());
                prop_assert!(!line(&names, event).is_empty());
            }
            kills(&names, &events, EngagementId(0));
        }
        from_events(law, state, &events);
        cross_check(law, state, state, &events);
    }
}

fn shared() -> (&'static jumpline_world::Law, &'static jumpline_world::State) {
    static WAR: std::sync::OnceLock<(jumpline_world::Law, jumpline_world::State)> =
        std::sync::OnceLock::new();
    let (law, state) = WAR.get_or_init(war);
    (law, state)
}
