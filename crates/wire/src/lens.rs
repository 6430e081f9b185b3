//! One power's own numbering. Ids of the core are dense over all powers: "group 17" would say that there are seventeen others. A
//! lens numbers only what its power owns, in the order in which it came into being. Lists of the core only grow, so a number stays.
//!
//! Contrast ids of the chart (bodies, classes, powers): everybody has the chart, so those go as they are.

use jumpline_measure::{FieldId, GroupId, PowerId, ShipId};
use jumpline_world::State;
use jumpline_world::state::Request;

/// From one power's numbers to the core's and back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Whose.
    pub power: PowerId,
    groups: Vec<GroupId>,
    ships: Vec<ShipId>,
    fields: Vec<FieldId>,
    requests: Vec<(u32, String)>,
}

impl Lens {
    /// The lens of a power at one moment. A later one agrees with it on everything that it knows.
    pub fn new(state: &State, power: PowerId) -> Lens {
        let own = |request: &&Request| request.from == power || request.to == power;
        let mut requests: Vec<(u32, String)> = Vec::new();
        for request in state.requests.iter().filter(own) {
            let (from, to, body) = (request.from.0, request.to.0, request.body.0);
            let stem = format!("{from}-{to}-{body}-{}", request.at.0);
            let alike = requests.iter().filter(|(_, name)| name.starts_with(&stem)).count();
            let name = if alike == 0 { stem } else { format!("{stem}-{alike}") };
            requests.push((request.number, name));
        }
        let groups = state.groups.iter().filter(|group| group.power == power);
        let ships = state.ships.iter().filter(|ship| ship.power == power);
        let fields = state.fields.iter().filter(|field| field.power == power);
        Lens {
            power,
            groups: groups.map(|group| group.id).collect(),
            ships: ships.map(|ship| ship.id).collect(),
            fields: fields.map(|field| field.id).collect(),
            requests,
        }
    }

    /// The number of one's own group; none if it is not.
    pub fn group(&self, id: GroupId) -> Option<u32> {
        rank(&self.groups, id)
    }

    /// The group of that number. A number that is nobody's gives a group that is nobody's.
    pub fn group_id(&self, number: u32) -> GroupId {
        at(&self.groups, number).unwrap_or(GroupId(u32::MAX))
    }

    /// The number of one's own ship.
    pub fn ship(&self, id: ShipId) -> Option<u32> {
        rank(&self.ships, id)
    }

    /// The ship of that number, or nobody's.
    pub fn ship_id(&self, number: u32) -> ShipId {
        at(&self.ships, number).unwrap_or(ShipId(u32::MAX))
    }

    /// The number of one's own minefield.
    pub fn field(&self, id: FieldId) -> Option<u32> {
        rank(&self.fields, id)
    }

    /// The minefield of that number, or nobody's.
    pub fn field_id(&self, number: u32) -> FieldId {
        at(&self.fields, number).unwrap_or(FieldId(u32::MAX))
    }

    /// The name of an open request that one made or got.
    pub fn request(&self, number: u32) -> Option<&str> {
        self.requests.iter().find(|(have, _)| *have == number).map(|(_, name)| name.as_str())
    }

    /// The request of that name, or none that there is.
    pub fn request_number(&self, name: &str) -> u32 {
        self.requests.iter().find(|(_, have)| have == name).map_or(u32::MAX, |(number, _)| *number)
    }
}

/// Lists are in the order of ids.
fn rank<T: Ord>(list: &[T], id: T) -> Option<u32> {
    list.binary_search(&id).ok().and_then(|place| u32::try_from(place).ok())
}

fn at<T: Copy>(list: &[T], number: u32) -> Option<T> {
    list.get(usize::try_from(number).ok()?).copied()
}
