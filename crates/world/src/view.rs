//! The one function that makes a view: what one power may know, and nothing else. Minds, servers, bindings and
//! browsers are given views only.

use crate::law::{Law, Operation, Regard};
use crate::order::{Answer, Quarry};
use crate::state::{Fate, Parts, Refuge, Standing, State, Status};
use jumpline_chart::Spot;
use jumpline_measure::{
    BodyId, ClassId, ContactId, Dice, FieldId, GroupId, PowerId, Purpose, ShipId, Time,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One's own ship.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "the fields of `state::Ship` that its owner may see: all that matter"
)]
pub struct ShipView {
    pub id: ShipId,
    pub class: ClassId,
    pub name: Option<String>,
    pub status: Status,
    pub body: BodyId,
    pub carrier: Option<ShipId>,
    pub base: Option<ShipId>,
    pub arrives: Option<Time>,
    pub fighting: bool,
    pub people: i64,
    pub skill_permille: i64,
    pub shields: [i32; 6],
    pub armour: i32,
    pub hull: i32,
    pub parts: Parts,
    pub shots: [i32; 4],
    pub mines: i64,
}

/// One's own group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of `state::Group`, all of them the owner's")]
pub struct GroupView {
    pub id: GroupId,
    pub key: String,
    pub name: String,
    pub tags: Vec<String>,
    pub body: BodyId,
    pub spot: Spot,
    pub there_at: Time,
    pub tasks: Vec<Standing>,
    pub withdrawing: bool,
    pub opening_ships: u32,
    pub fighting: bool,
    /// Is anything of it between two bodies?
    pub jumping: bool,
    pub ships: Vec<ShipView>,
}

/// A group of an ally, as allies show themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllyView {
    /// Whose.
    pub power: PowerId,
    /// Its name.
    pub name: String,
    /// Where.
    pub body: BodyId,
    /// Where in that body's space.
    pub spot: Spot,
    /// Ships by class.
    pub classes: Vec<(ClassId, u32)>,
}

/// A contact, as its book holds it, without the group behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of `state::Contact`, less the group")]
pub struct ContactView {
    pub id: ContactId,
    pub power: Option<PowerId>,
    pub body: BodyId,
    pub spot: Spot,
    pub error_m: i64,
    pub first: Time,
    pub last: Time,
    pub classes: Vec<(Option<ClassId>, u32)>,
    pub sure_permille: i64,
    pub told_by: Option<PowerId>,
    pub bound: Option<(BodyId, Time)>,
    pub pylons_lost: u32,
    pub hurt_permille: i64,
}

/// One's own minefield.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of `state::Minefield` that its owner knows")]
pub struct FieldView {
    pub id: FieldId,
    pub from: BodyId,
    pub to: BodyId,
    pub offset_m: i64,
    pub laid: i64,
    pub recovered: i64,
    pub since: Time,
}

/// A request that one made or was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of `state::Request`, both sides know them")]
pub struct RequestView {
    pub number: u32,
    pub from: PowerId,
    pub to: PowerId,
    pub body: BodyId,
    pub quarry: Quarry,
    pub operation: String,
    pub at: Time,
    pub answer: Option<Answer>,
}

/// One of one's own operations.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OperationView {
    /// Its place in the plan (used in causes).
    pub number: u32,
    /// What it intends.
    pub operation: Operation,
    /// When it began, if it has.
    pub began: Option<Time>,
    /// One's own groups that took part.
    pub groups: Vec<GroupId>,
}

/// What is left of a lost ship: one's own castaways wherever they are, and hulks within sight of one's own ships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WreckView {
    /// The ship, if she was one's own.
    pub ship: Option<ShipId>,
    /// Her class.
    pub class: ClassId,
    /// At which body.
    pub body: BodyId,
    /// Where in that body's space.
    pub spot: Spot,
    /// Where her people are.
    pub refuge: Refuge,
    /// One's own people alive in it.
    pub people: i64,
    /// Hull that salvage can win, points.
    pub hull: i64,
}

/// A planetary shield that one's own or allied ships are near enough to see, or one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverView {
    /// The body it lies over.
    pub body: BodyId,
    /// Whose.
    pub power: PowerId,
    /// Does it stand?
    pub up: bool,
    /// Since when.
    pub since: Time,
}

/// A named person of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of `state::Person`")]
pub struct PersonView {
    pub key: String,
    pub name: String,
    pub role: String,
    pub fate: Fate,
    pub wounds_permille: i64,
}

/// Everything one power may know at a deadline.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct View {
    /// Whose view.
    pub power: PowerId,
    /// Now.
    pub now: Time,
    /// Turns played.
    pub turn: u32,
    /// How long the next turn lasts, seconds.
    pub turn_s: i64,
    /// A number for this power's own dice, which tells nothing of others'.
    pub luck: u64,
    /// One's own groups that still have ships.
    pub groups: Vec<GroupView>,
    /// Allied groups.
    pub allies: Vec<AllyView>,
    /// Contacts.
    pub contacts: Vec<ContactView>,
    /// One's own minefields.
    pub fields: Vec<FieldView>,
    /// How one regards each power (by power) and may expect to be regarded.
    pub regards: Vec<Regard>,
    /// Open requests made or received.
    pub requests: Vec<RequestView>,
    /// One's own operations.
    pub operations: Vec<OperationView>,
    /// One's own named people.
    pub people: Vec<PersonView>,
    /// What is left of lost ships.
    pub wrecks: Vec<WreckView>,
    /// Planetary shields.
    pub covers: Vec<CoverView>,
}

/// Makes the view of one power. The only function that does.
pub fn look(law: &Law, state: &State, power: PowerId) -> View {
    let ship_view = |id: &ShipId| {
        let ship = state.ship(*id);
        ShipView {
            id: ship.id,
            class: ship.class,
            name: ship.name.clone(),
            status: ship.status,
            body: ship.body,
            carrier: ship.carrier,
            base: ship.base,
            arrives: ship.transit.as_ref().map(|transit| transit.arrives),
            fighting: ship.engagement.is_some(),
            people: ship.people,
            skill_permille: ship.skill_permille,
            shields: ship.shields,
            armour: ship.armour,
            hull: ship.hull,
            parts: ship.parts,
            shots: ship.shots,
            mines: ship.mines,
        }
    };
    let groups = state
        .groups
        .iter()
        .filter(|group| group.power == power && !group.ships.is_empty())
        .map(|group| {
            let ships: Vec<ShipView> = group.ships.iter().map(ship_view).collect();
            GroupView {
                id: group.id,
                key: group.key.clone(),
                name: group.name.clone(),
                tags: group.tags.clone(),
                body: group.body,
                spot: group.spot,
                there_at: group.there_at,
                tasks: group.tasks.clone(),
                withdrawing: group.withdrawing,
                opening_ships: group.opening_ships,
                fighting: ships.iter().any(|ship| ship.fighting),
                jumping: ships.iter().any(|ship| ship.status == Status::Jumping),
                ships,
            }
        })
        .collect();
    let allies = state
        .groups
        .iter()
        .filter(|group| {
            group.power != power
                && !group.ships.is_empty()
                && state.regard(group.power, power) == Regard::Allied
        })
        .map(|group| {
            let mut classes: Vec<(ClassId, u32)> = Vec::new();
            for ship in state.ships_of(group.id) {
                match classes.binary_search_by_key(&ship.class, |(class, _)| *class) {
                    Ok(place) => classes[place].1 += 1,
                    Err(place) => classes.insert(place, (ship.class, 1)),
                }
            }
            AllyView {
                power: group.power,
                name: group.name.clone(),
                body: group.body,
                spot: group.spot,
                classes,
            }
        })
        .collect();
    let contacts = state.books[power.index()]
        .contacts
        .values()
        .map(|contact| ContactView {
            id: contact.id,
            power: contact.power,
            body: contact.body,
            spot: contact.spot,
            error_m: contact.error_m,
            first: contact.first,
            last: contact.last,
            classes: contact.classes.iter().map(|one| (one.class, one.count)).collect(),
            sure_permille: contact.sure_permille,
            told_by: contact.told_by,
            bound: contact.bound,
            pylons_lost: contact.pylons_lost,
            hurt_permille: contact.hurt_permille,
        })
        .collect();
    let fields = state
        .fields
        .iter()
        .filter(|field| field.power == power)
        .map(|field| FieldView {
            id: field.id,
            from: field.from,
            to: field.to,
            offset_m: field.offset_m,
            laid: field.laid,
            recovered: field.recovered,
            since: field.since,
        })
        .collect();
    let requests = state
        .requests
        .iter()
        .filter(|request| request.from == power || request.to == power)
        .map(|request| RequestView {
            number: request.number,
            from: request.from,
            to: request.to,
            body: request.body,
            // A contact number means something only to its owner.
            quarry: match (&request.quarry, request.from == power) {
                (Quarry::Contact(_), false) => Quarry::Roles(Vec::new()),
                (quarry, _) => quarry.clone(),
            },
            operation: if request.from == power {
                request.operation.clone()
            } else {
                String::new()
            },
            at: request.at,
            answer: request.answer,
        })
        .collect();
    let operations = law
        .plan
        .operations
        .iter()
        .zip(&state.operations)
        .enumerate()
        .filter(|(_, (operation, _))| operation.power == power)
        .map(|(number, (operation, life))| OperationView {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            operation: operation.clone(),
            began: life.began,
            groups: life.groups.clone(),
        })
        .collect();
    let people = state
        .people
        .iter()
        .filter(|person| person.power == power)
        .map(|person| PersonView {
            key: person.key.clone(),
            name: person.name.clone(),
            role: person.role.clone(),
            fate: person.fate,
            wounds_permille: person.wounds_permille,
        })
        .collect();
    // Whoever has ships at a body sees what drifts there and what lies over it.
    let here: BTreeSet<BodyId> = state
        .ships
        .iter()
        .filter(|ship| ship.stands() && state.regard(ship.power, power) == Regard::Allied)
        .map(|ship| ship.body)
        .collect();
    let wrecks = state
        .wrecks
        .iter()
        .filter(|wreck| wreck.power == power || wreck.hull > 0 && here.contains(&wreck.body))
        .map(|wreck| {
            let own = wreck.power == power;
            WreckView {
                ship: own.then_some(wreck.ship),
                class: wreck.class,
                body: wreck.body,
                spot: wreck.spot,
                refuge: wreck.refuge,
                people: if own { wreck.people } else { 0 },
                hull: wreck.hull,
            }
        })
        .collect();
    let covers = state
        .covers
        .iter()
        .filter(|cover| state.ship(cover.ship).power == power || here.contains(&cover.body))
        .map(|cover| CoverView {
            body: cover.body,
            power: state.ship(cover.ship).power,
            up: cover.up,
            since: cover.since,
        })
        .collect();
    View {
        power,
        now: state.now,
        turn: state.turn,
        turn_s: law.turn.0,
        luck: luck(state.seed, power),
        groups,
        allies,
        contacts,
        fields,
        regards: (0..law.codex.powers.len())
            .map(|other| state.regard(power, PowerId::from_index(other)))
            .collect(),
        requests,
        operations,
        people,
        wrecks,
        covers,
    }
}

/// A power's own seed for its mind's dice: drawn from the war's seed, from which the war's cannot be had back.
fn luck(seed: u64, power: PowerId) -> u64 {
    let roll = Dice::new(seed).roll(Purpose::Commander, u64::from(power.0), 0, 0);
    u64::from(roll.word(0)) << 32 | u64::from(roll.word(1))
}
