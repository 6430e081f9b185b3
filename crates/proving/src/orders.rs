//! Orders by chance: sensible, silly and hostile ones mixed, so that no rule is met only by those who keep it. Knows what a view
//! shows and what an order may say; refuses to know which orders are good.

use crate::chance::Chance;
use jumpline_chart::Spot;
use jumpline_measure::{
    Bearing, BodyId, ClassId, ContactId, DoctrineId, FieldId, GroupId, OrderId, PowerId, ShipId,
    Time,
};
use jumpline_world::law::Role;
use jumpline_world::view::GroupView;
use jumpline_world::{Answer, Codex, Order, Quarry, Say, Task, View};

/// Distances and counts that break arithmetic, beside plain ones.
const NUMBERS: &[i64] = &[
    0,
    1,
    2,
    7,
    100,
    40_000,
    2_000_000,
    4_000_000_000,
    -1,
    -40_000,
    i64::MAX,
    i64::MIN,
    i64::MAX / 2,
];

/// Orders of one power for one turn: `count` of them, one in eight with an id used before.
pub fn orders(chance: &mut Chance, codex: &Codex, view: &View, count: u32) -> Vec<Order> {
    let mut maker = Maker { chance, codex, view };
    (0..count).map(|number| maker.order(number)).collect()
}

struct Maker<'a> {
    chance: &'a mut Chance,
    codex: &'a Codex,
    view: &'a View,
}

impl Maker<'_> {
    fn order(&mut self, number: u32) -> Order {
        let fresh = self.view.turn.wrapping_mul(1_000).wrapping_add(number);
        let id = if self.one_in(8) { fresh / 2 } else { fresh };
        Order {
            id: OrderId(id),
            power: self.view.power,
            say: self.say(),
            reason: if self.one_in(20) { "\u{202e}= <b>1</b>\0".to_owned() } else { String::new() },
        }
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.chance.below(many) == 0
    }

    fn number(&mut self) -> i64 {
        let at = self.chance.below(NUMBERS.len() as u64);
        NUMBERS[at as usize]
    }

    /// An id that stands, or one in ten times one that does not.
    fn id(&mut self, count: usize) -> u32 {
        if self.one_in(10) {
            [u32::MAX, count as u32, 0][self.chance.below(3) as usize]
        } else {
            self.chance.below(count.max(1) as u64) as u32
        }
    }

    fn body(&mut self) -> BodyId {
        let count = self.codex.chart.bodies.len();
        BodyId(self.id(count))
    }

    fn own(&mut self) -> Option<&GroupView> {
        let at = self.chance.below(self.view.groups.len().max(1) as u64);
        self.view.groups.get(at as usize)
    }

    fn group(&mut self) -> GroupId {
        if self.one_in(10) {
            return GroupId(self.id(4_000));
        }
        self.own().map_or(GroupId(0), |group| group.id)
    }

    fn ships(&mut self) -> Vec<ShipId> {
        let take = self.chance.below(12) as usize;
        let mut ships: Vec<ShipId> = match self.own() {
            Some(group) => group.ships.iter().take(take).map(|ship| ship.id).collect(),
            None => Vec::new(),
        };
        if self.one_in(6) {
            ships.push(ShipId(self.id(10_000)));
        }
        if self.one_in(6) {
            ships.extend(ships.clone());
        }
        ships
    }

    fn contact(&mut self) -> ContactId {
        let at = self.chance.below(self.view.contacts.len().max(1) as u64);
        match self.view.contacts.get(at as usize) {
            Some(contact) if !self.one_in(10) => contact.id,
            _ => ContactId(self.id(500)),
        }
    }

    fn roles(&mut self) -> Vec<Role> {
        let count = self.chance.below(4);
        (0..count).map(|_| Role::ALL[self.chance.below(Role::ALL.len() as u64) as usize]).collect()
    }

    fn quarry(&mut self) -> Quarry {
        match self.chance.below(3) {
            0 => Quarry::Contact(self.contact()),
            1 => Quarry::Class(ClassId(self.id(self.codex.classes.len()))),
            _ => Quarry::Roles(self.roles()),
        }
    }

    fn spot(&mut self) -> Option<Spot> {
        let axis = |chance: &mut Chance| {
            [0, 1, -1, 1_000_000, i32::MAX, i32::MIN][chance.below(6) as usize]
        };
        let bearing = Bearing { x: axis(self.chance), y: axis(self.chance), z: axis(self.chance) };
        let altitude_m = self.number();
        (!self.one_in(2)).then_some(Spot { altitude_m, bearing })
    }

    fn task(&mut self) -> Task {
        match self.chance.below(21) {
            0 => Task::Hold { until: (!self.one_in(2)).then_some(Time(self.number())) },
            1 => Task::Move { to: self.body(), spot: self.spot(), pace_permille: self.number() },
            2 => Task::Guard { body: self.body(), spot: self.spot() },
            3 => Task::Ambush { from: self.body(), to: self.body(), standoff_m: self.number() },
            4 => Task::Intercept { contact: self.contact() },
            5 => Task::Hunt { quarry: self.quarry() },
            6 => Task::Raid { body: self.body(), roles: self.roles() },
            7 => Task::Escort { group: self.group() },
            8 => Task::Assault { body: self.body(), quarry: self.quarry() },
            9 => Task::LayMines {
                from: self.body(),
                to: self.body(),
                offset_m: self.number(),
                count: self.number(),
            },
            10 => Task::RecoverMines { field: FieldId(self.id(self.view.fields.len() + 2)) },
            11 => Task::Load { group: self.group() },
            12 => Task::Unload,
            13 => Task::Land { body: self.body(), sites: self.id(6) },
            14 => Task::Withdraw { to: (!self.one_in(2)).then(|| self.body()) },
            15 => Task::Detach { ships: self.ships(), name: "detached".to_owned() },
            16 => Task::Merge { into: self.group() },
            17 => {
                let ship = self.ships().first().copied().unwrap_or(ShipId(0));
                Task::Tow { ship, to: self.body() }
            }
            18 => Task::Patrol { body: self.body(), altitude_m: self.number(), points: self.id(8) },
            19 => Task::Salvage { body: self.body() },
            _ => Task::Depart { star: self.body() },
        }
    }

    fn say(&mut self) -> Say {
        match self.chance.below(12) {
            0 => Say::Ask {
                power: PowerId(self.id(self.codex.powers.len())),
                body: self.body(),
                quarry: self.quarry(),
                operation: "nothing of the kind".to_owned(),
            },
            1 => Say::Reply {
                request: self.id(self.view.requests.len() + 1),
                answer: [Answer::Agree, Answer::Hesitate, Answer::Refuse]
                    [self.chance.below(3) as usize],
            },
            2 => Say::Begin {
                operation: match self.view.operations.first() {
                    Some(own) if !self.one_in(3) => own.operation.key.clone(),
                    _ => "no such operation".to_owned(),
                },
            },
            _ => Say::Group {
                group: self.group(),
                task: self.task(),
                queued: self.one_in(4),
                doctrine: self.one_in(6).then(|| DoctrineId(self.id(self.codex.doctrines.len()))),
            },
        }
    }
}
