//! A view as its power's clients get it: the core's [`View`] with the power's own numbers. Nothing is added to it.

use crate::chart::{Regard, Spot};
use crate::lens::Lens;
use crate::order::{self, Answer, Phase, Quarry, Task};
use jumpline_campaign::is_persons;
use jumpline_measure::OrderId;
use jumpline_world::state::{Fate, Standing, Status as CoreStatus};
use jumpline_world::view as core;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Where a ship is in her life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In some body's space.
    Present,
    /// Between two bodies.
    Jumping,
    /// Inside another ship.
    Aboard,
    /// On the ground.
    Landed,
    /// Destroyed.
    Lost,
    /// Gone from the theatre.
    Departed,
}

/// What of a ship is broken for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Parts {
    /// Engines lost, permille.
    pub engine_lost_permille: u16,
    /// Gravity drives lost.
    pub gravity_drives_lost: u16,
    /// Guns lost, permille.
    pub guns_lost_permille: u16,
    /// Shield emitters lost, permille.
    pub emitters_lost_permille: u16,
    /// Sensors lost, permille.
    pub sensors_lost_permille: u16,
    /// Pylons lost, one bit each.
    pub pylons_lost: u32,
    /// Bridge hit.
    pub bridge_hit: bool,
}

/// One's own ship.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Ship {
    /// One's own number for her.
    pub id: u32,
    /// Her class.
    pub class: u32,
    /// Her own name, if she has one.
    pub name: Option<String>,
    /// Where she is in her life.
    pub status: Status,
    /// In whose space; while jumping, where she came from.
    pub body: u32,
    /// The ship she is aboard.
    pub carrier: Option<u32>,
    /// When she comes out of her jump.
    pub arrives: Option<i64>,
    /// Is she in a battle?
    pub fighting: bool,
    /// People aboard.
    pub people: i64,
    /// Skill of the crew, permille.
    pub skill_permille: i64,
    /// Shields: bow, stern, port, starboard, top, keel; points.
    pub shields: [i32; 6],
    /// Armour, points.
    pub armour: i32,
    /// Hull, points.
    pub hull: i32,
    /// What is broken; none when nothing is.
    pub parts: Option<Parts>,
    /// Shots left by battery; -1 never runs out.
    pub shots: [i32; 4],
    /// Mines aboard.
    pub mines: i64,
}

/// A task with the order behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct StandingTask {
    /// The order's name.
    pub order: String,
    /// What.
    pub task: Task,
    /// How far.
    pub phase: Phase,
    /// Doctrine while it lasts, if it changes.
    pub doctrine: Option<u32>,
}

/// One's own group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Group {
    /// One's own number for it.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Words that operations name it by.
    pub tags: Vec<String>,
    /// Where its head is.
    pub body: u32,
    /// Where in that body's space.
    pub spot: Spot,
    /// When it reaches that spot.
    pub there_at: i64,
    /// What it is to do, first first.
    pub tasks: Vec<StandingTask>,
    /// Is it breaking off?
    pub withdrawing: bool,
    /// Ships at its greatest.
    pub opening_ships: u32,
    /// Is any of it in a battle?
    pub fighting: bool,
    /// Is any of it between two bodies?
    pub jumping: bool,
    /// Its ships.
    pub ships: Vec<Ship>,
}

/// Ships of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Count {
    /// The class; none when it is not told apart.
    pub class: Option<u32>,
    /// How many.
    pub count: u32,
}

/// A group of an ally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Ally {
    /// Whose.
    pub power: u32,
    /// Its name.
    pub name: String,
    /// Where.
    pub body: u32,
    /// Where in that body's space.
    pub spot: Spot,
    /// Its ships.
    pub ships: Vec<Count>,
}

/// Where a contact was seen to jump to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Bound {
    /// To which body.
    pub body: u32,
    /// When it should come out.
    pub at: i64,
}

/// Somebody else's group as one believes it to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Contact {
    /// Its number in one's own book, which orders name it by.
    pub id: u32,
    /// Whose it is believed to be.
    pub power: Option<u32>,
    /// Where it was.
    pub body: u32,
    /// Where in that body's space.
    pub spot: Spot,
    /// How wrong the place may be, metres.
    pub error_m: i64,
    /// When first seen.
    pub first: i64,
    /// When last seen.
    pub last: i64,
    /// What it is believed to hold.
    pub ships: Vec<Count>,
    /// How sure, permille.
    pub sure_permille: i64,
    /// The ally that told of it.
    pub told_by: Option<u32>,
    /// Where it was seen to jump to.
    pub bound: Option<Bound>,
    /// Pylons of a field weapon known to be gone.
    pub pylons_lost: u32,
    /// Greatest share of hull known to be lost by a ship of it, permille.
    pub hurt_permille: i64,
}

/// One's own minefield.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Minefield {
    /// One's own number for it.
    pub id: u32,
    /// The line's start.
    pub from: u32,
    /// The line's end.
    pub to: u32,
    /// How far from the start, metres.
    pub offset_m: i64,
    /// Mines laid.
    pub laid: i64,
    /// Mines taken up again.
    pub recovered: i64,
    /// Since when.
    pub since: i64,
}

/// How one regards another power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Stance {
    /// Whom.
    pub power: u32,
    /// How.
    pub regard: Regard,
}

/// A request that one made or was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Request {
    /// Its name, for replies.
    pub id: String,
    /// Who asks.
    pub from: u32,
    /// Whom.
    pub to: u32,
    /// Where.
    pub body: u32,
    /// Against what.
    pub quarry: Quarry,
    /// When asked.
    pub at: i64,
    /// The answer so far.
    pub answer: Option<Answer>,
}

/// One of one's own operations, as the scenario intends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Operation {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When it began, if it has.
    pub began: Option<i64>,
    /// One's own groups that took part.
    pub groups: Vec<u32>,
}

/// How it stands with a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Whereabouts {
    /// Aboard a ship.
    Aboard {
        /// One's own number for her.
        ship: Option<u32>,
    },
    /// In a wreck.
    Adrift {
        /// What ship that was.
        ship: Option<u32>,
    },
    /// On the ground.
    Ground {
        /// Of which body.
        body: u32,
    },
    /// Gone from the theatre.
    Away,
    /// Dead.
    Dead,
}

/// A named person of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Person {
    /// Their key.
    pub key: String,
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: String,
    /// Where they are.
    pub fate: Whereabouts,
    /// Wounds, 0 whole to 1000 dying.
    pub wounds_permille: i64,
}

/// Answer of `GET …/view`: everything one power may know at a deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct View {
    /// Whose.
    pub power: u32,
    /// Turns played.
    pub turn: u32,
    /// Now.
    pub now: i64,
    /// How long the next turn lasts, seconds.
    pub turn_s: i64,
    /// One's own groups that still have ships.
    pub groups: Vec<Group>,
    /// Allied groups.
    pub allies: Vec<Ally>,
    /// Contacts.
    pub contacts: Vec<Contact>,
    /// One's own minefields.
    pub minefields: Vec<Minefield>,
    /// How one regards the others.
    pub regards: Vec<Stance>,
    /// Open requests.
    pub requests: Vec<Request>,
    /// One's own operations.
    pub operations: Vec<Operation>,
    /// One's own named people.
    pub people: Vec<Person>,
}

/// The name of an order: `p7` was given by a person, `m…` by a commander.
pub fn order_name(order: OrderId) -> String {
    if is_persons(order) { format!("p{}", order.0) } else { format!("m{}", order.0 & 0x7fff_ffff) }
}

/// A view through its power's lens.
pub fn view(lens: &Lens, view: &core::View) -> View {
    let own = view.power;
    View {
        power: own.0,
        turn: view.turn,
        now: view.now.0,
        turn_s: view.turn_s,
        groups: view.groups.iter().filter_map(|one| group(lens, one)).collect(),
        allies: view
            .allies
            .iter()
            .map(|ally| Ally {
                power: ally.power.0,
                name: ally.name.clone(),
                body: ally.body.0,
                spot: ally.spot.into(),
                ships: ally
                    .classes
                    .iter()
                    .map(|(class, count)| Count { class: Some(class.0), count: *count })
                    .collect(),
            })
            .collect(),
        contacts: view.contacts.iter().map(contact).collect(),
        minefields: view.fields.iter().filter_map(|one| minefield(lens, one)).collect(),
        regards: (0..)
            .zip(&view.regards)
            .filter(|(power, _)| *power != own.0)
            .map(|(power, regard)| Stance { power, regard: (*regard).into() })
            .collect(),
        requests: view
            .requests
            .iter()
            .filter_map(|request| {
                Some(Request {
                    id: lens.request(request.number)?.to_owned(),
                    from: request.from.0,
                    to: request.to.0,
                    body: request.body.0,
                    quarry: order::quarry(&request.quarry),
                    at: request.at.0,
                    answer: request.answer.map(Answer::from),
                })
            })
            .collect(),
        operations: view
            .operations
            .iter()
            .map(|life| Operation {
                key: life.operation.key.clone(),
                name: life.operation.name.clone(),
                reason: life.operation.reason.clone(),
                began: life.began.map(|time| time.0),
                groups: life.groups.iter().filter_map(|group| lens.group(*group)).collect(),
            })
            .collect(),
        people: view
            .people
            .iter()
            .map(|person| Person {
                key: person.key.clone(),
                name: person.name.clone(),
                role: person.role.clone(),
                fate: whereabouts(lens, person.fate),
                wounds_permille: person.wounds_permille,
            })
            .collect(),
    }
}

fn group(lens: &Lens, group: &core::GroupView) -> Option<Group> {
    Some(Group {
        id: lens.group(group.id)?,
        name: group.name.clone(),
        tags: group.tags.clone(),
        body: group.body.0,
        spot: group.spot.into(),
        there_at: group.there_at.0,
        tasks: group.tasks.iter().map(|one| standing(lens, one)).collect(),
        withdrawing: group.withdrawing,
        opening_ships: group.opening_ships,
        fighting: group.fighting,
        jumping: group.jumping,
        ships: group.ships.iter().filter_map(|one| ship(lens, one)).collect(),
    })
}

fn standing(lens: &Lens, standing: &Standing) -> StandingTask {
    StandingTask {
        order: order_name(standing.order),
        task: order::task(lens, &standing.task),
        phase: standing.phase.into(),
        doctrine: standing.doctrine.map(|doctrine| doctrine.0),
    }
}

fn ship(lens: &Lens, ship: &core::ShipView) -> Option<Ship> {
    let parts = Parts {
        engine_lost_permille: ship.parts.engine_lost_permille,
        gravity_drives_lost: ship.parts.gravity_drives_lost,
        guns_lost_permille: ship.parts.guns_lost_permille,
        emitters_lost_permille: ship.parts.emitters_lost_permille,
        sensors_lost_permille: ship.parts.sensors_lost_permille,
        pylons_lost: ship.parts.pylons_lost,
        bridge_hit: ship.parts.bridge_hit,
    };
    Some(Ship {
        id: lens.ship(ship.id)?,
        class: ship.class.0,
        name: ship.name.clone(),
        status: match ship.status {
            CoreStatus::Present => Status::Present,
            CoreStatus::Jumping => Status::Jumping,
            CoreStatus::Aboard => Status::Aboard,
            CoreStatus::Landed => Status::Landed,
            CoreStatus::Lost => Status::Lost,
            CoreStatus::Departed => Status::Departed,
        },
        body: ship.body.0,
        carrier: ship.carrier.and_then(|carrier| lens.ship(carrier)),
        arrives: ship.arrives.map(|time| time.0),
        fighting: ship.fighting,
        people: ship.people,
        skill_permille: ship.skill_permille,
        shields: ship.shields,
        armour: ship.armour,
        hull: ship.hull,
        parts: (parts != Parts::default()).then_some(parts),
        shots: ship.shots,
        mines: ship.mines,
    })
}

fn contact(contact: &core::ContactView) -> Contact {
    Contact {
        id: contact.id.0,
        power: contact.power.map(|power| power.0),
        body: contact.body.0,
        spot: contact.spot.into(),
        error_m: contact.error_m,
        first: contact.first.0,
        last: contact.last.0,
        ships: contact
            .classes
            .iter()
            .map(|(class, count)| Count { class: class.map(|class| class.0), count: *count })
            .collect(),
        sure_permille: contact.sure_permille,
        told_by: contact.told_by.map(|power| power.0),
        bound: contact.bound.map(|(body, at)| Bound { body: body.0, at: at.0 }),
        pylons_lost: contact.pylons_lost,
        hurt_permille: contact.hurt_permille,
    }
}

fn minefield(lens: &Lens, field: &core::FieldView) -> Option<Minefield> {
    Some(Minefield {
        id: lens.field(field.id)?,
        from: field.from.0,
        to: field.to.0,
        offset_m: field.offset_m,
        laid: field.laid,
        recovered: field.recovered,
        since: field.since.0,
    })
}

fn whereabouts(lens: &Lens, fate: Fate) -> Whereabouts {
    match fate {
        Fate::Aboard(ship) => Whereabouts::Aboard { ship: lens.ship(ship) },
        Fate::Adrift(ship) => Whereabouts::Adrift { ship: lens.ship(ship) },
        Fate::Ground(body) => Whereabouts::Ground { body: body.0 },
        Fate::Away => Whereabouts::Away,
        Fate::Dead => Whereabouts::Dead,
    }
}
