//! The cast: the names behind the numbers in events. Stores what the events leave out (names of groups, ships and people, who
//! commanded what, the reasons given with orders). Refuses what the events do tell: places and losses are theirs.

use jumpline_measure::{BodyId, ClassId, GroupId, OrderId, PowerId, ShipId};
use jumpline_world::State;
use jumpline_world::law::Regard;
use jumpline_world::order::Order;
use jumpline_world::state::Fate;
use std::collections::BTreeMap;

/// A group's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCard {
    /// Its name in prose.
    pub name: String,
    /// Whose it is.
    pub power: PowerId,
    /// Where it stood when it came into the war.
    pub body: BodyId,
}

/// A ship's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShipCard {
    /// Her own name, if she has one.
    pub name: Option<String>,
    /// Her class.
    pub class: ClassId,
    /// Whose she is.
    pub power: PowerId,
    /// The group she first served in.
    pub group: GroupId,
}

/// A person's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonCard {
    /// Their key in the scenario.
    pub key: String,
    /// Their name.
    pub name: String,
    /// Of which power.
    pub power: PowerId,
    /// What they do.
    pub role: String,
    /// Where aboard.
    pub station: String,
    /// How it stood with them first.
    pub opening: Fate,
    /// How it stands at the end.
    pub closing: Fate,
    /// Wounds at the end, permille.
    pub wounds_permille: i64,
}

/// Everyone and everything that has a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// Groups by id.
    pub groups: Vec<GroupCard>,
    /// Ships by id.
    pub ships: Vec<ShipCard>,
    /// People by id.
    pub people: Vec<PersonCard>,
    /// How powers regarded each other at the opening.
    pub regards: Vec<Vec<Regard>>,
    /// Ships there at the opening: by power, then by class.
    pub opening: Vec<Vec<i64>>,
    /// Reasons given with orders.
    pub reasons: BTreeMap<(PowerId, OrderId), String>,
}

impl Cast {
    /// The cast of a war between two of its moments. With the same state twice it still works, but people are then
    /// known only as they are at the end.
    pub fn between(opening: &State, closing: &State) -> Cast {
        let groups = closing
            .groups
            .iter()
            .map(|group| GroupCard {
                name: group.name.clone(),
                power: group.power,
                body: opening.groups.get(group.id.index()).map_or(group.body, |first| first.body),
            })
            .collect();
        let ships = closing
            .ships
            .iter()
            .map(|ship| ShipCard {
                name: ship.name.clone(),
                class: ship.class,
                power: ship.power,
                group: opening.ships.get(ship.id.index()).map_or(ship.group, |first| first.group),
            })
            .collect();
        let people = closing
            .people
            .iter()
            .map(|person| PersonCard {
                key: person.key.clone(),
                name: person.name.clone(),
                power: person.power,
                role: person.role.clone(),
                station: person.station.clone(),
                opening: opening.people.get(person.id.index()).unwrap_or(person).fate,
                closing: person.fate,
                wounds_permille: person.wounds_permille,
            })
            .collect();
        let rows = &opening.ledger.ships;
        let opening_ships =
            rows.iter().map(|row| row.iter().map(|row| row.opening).collect()).collect();
        Cast {
            groups,
            ships,
            people,
            regards: opening.regards.clone(),
            opening: opening_ships,
            reasons: BTreeMap::new(),
        }
    }

    /// Takes note of the reasons given with orders.
    pub fn hear(&mut self, orders: &[Order]) {
        for order in orders.iter().filter(|order| !order.reason.trim().is_empty()) {
            self.reasons.insert((order.power, order.id), order.reason.clone());
        }
    }

    /// The ship of that id.
    pub fn ship(&self, id: ShipId) -> Option<&ShipCard> {
        self.ships.get(id.index())
    }

    /// The group of that id.
    pub fn group(&self, id: GroupId) -> Option<&GroupCard> {
        self.groups.get(id.index())
    }

    /// Do these two fight each other? Known from how they regarded each other first.
    pub fn hostile(&self, one: PowerId, other: PowerId) -> bool {
        let regard = |a: PowerId, b: PowerId| {
            self.regards.get(a.index()).and_then(|row| row.get(b.index())).copied()
        };
        one != other
            && (regard(one, other) == Some(Regard::Hostile)
                || regard(other, one) == Some(Regard::Hostile))
    }

    /// Ships a power had at the opening.
    pub fn opening_ships(&self, power: PowerId) -> i64 {
        self.opening.get(power.index()).map_or(0, |row| row.iter().sum())
    }

    /// How many ships of that class a power ever had.
    pub fn ever(&self, power: PowerId, class: ClassId) -> usize {
        self.ships.iter().filter(|ship| ship.power == power && ship.class == class).count()
    }
}
