//! What clients say, and what they are answered. Ids in here are one power's own (see [`Lens`]).

use crate::chart::Spot;
use crate::lens::Lens;
use jumpline_measure::{BodyId, ClassId, ContactId, DoctrineId, PowerId, Time};
use jumpline_world::law::Role;
use jumpline_world::order::{self as core, Answer as CoreAnswer};
use jumpline_world::state::Phase as CorePhase;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// What a group is after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Quarry {
    /// One contact of one's own book.
    Contact {
        /// Its number.
        contact: u32,
    },
    /// Any known hostile ship of that class.
    Class {
        /// The class.
        class: u32,
    },
    /// Any known hostile ship of those roles, best first; none is anything hostile.
    Roles {
        /// Such as `cruiser`.
        roles: Vec<String>,
    },
}

/// What a group is told to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the core's tasks, documented there")]
pub enum Task {
    /// Stay, and fight what comes, until a time or for good.
    Hold { until: Option<i64> },
    /// Go there by the best route.
    Move { to: u32, spot: Option<Spot>, pace_permille: i64 },
    /// Go there and fight whoever is hostile.
    Guard { body: u32, spot: Option<Spot> },
    /// Wait beside the far end of a line for whoever comes out.
    Ambush { from: u32, to: u32, standoff_m: i64 },
    /// Go where that contact is bound and meet it.
    Intercept { contact: u32 },
    /// Follow the quarry until it is dead or lost.
    Hunt { quarry: Quarry },
    /// Strike some kinds of ship at a body, spare the rest, and come away.
    Raid { body: u32, roles: Vec<String> },
    /// Stay with another group of one's own.
    Escort { group: u32 },
    /// Attack at a body, the quarry first.
    Assault { body: u32, quarry: Quarry },
    /// Lay mines on a line.
    LayMines { from: u32, to: u32, offset_m: i64, count: i64 },
    /// Take up what is left of a field.
    RecoverMines { field: u32 },
    /// Take another group aboard.
    Load { group: u32 },
    /// Put everything aboard out.
    Unload,
    /// Run for the ground.
    Land { body: u32, sites: u32 },
    /// Break off and go.
    Withdraw { to: Option<u32> },
    /// Split ships off.
    Detach { ships: Vec<u32>, name: String },
    /// Join another group.
    Merge { into: u32 },
    /// Pull a damaged ship out.
    Tow { ship: u32, to: u32 },
    /// Leave the theatre.
    Depart { star: u32 },
    /// Something that this version of the wire has no form for. It is shown, never given.
    Other { word: String },
}

/// How a power answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Will do.
    Agree,
    /// Not yet.
    Hesitate,
    /// Will not.
    Refuse,
}

/// How far a task has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not begun.
    Waiting,
    /// Going there.
    Underway,
    /// Doing it.
    Engaged,
    /// Coming away.
    Leaving,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Say {
    /// An order to a group.
    Group {
        /// To whom.
        group: u32,
        /// What.
        task: Task,
        /// After the tasks it has, instead of at once.
        #[serde(default)]
        queued: bool,
        /// Doctrine from now on, if it changes.
        #[serde(default)]
        doctrine: Option<u32>,
    },
    /// A request to another power: "attack with me there".
    Ask {
        /// Whom.
        power: u32,
        /// Where.
        body: u32,
        /// Against what.
        quarry: Quarry,
    },
    /// The answer to a request.
    Reply {
        /// The request, as the view names it.
        request: String,
        /// The answer.
        answer: Answer,
    },
}

/// One order as a client gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct NewOrder {
    /// Made by the client: 1 to 64 letters, digits, `-` or `_`. The same id counts once, whatever is repeated.
    pub id: String,
    /// What.
    pub say: Say,
    /// Why, in words; may be empty.
    #[serde(default)]
    pub reason: String,
}

/// Body of `POST …/orders`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct NewOrders {
    /// The turn that they are for: the view's `turn`. Another one is refused as a whole.
    pub turn: u32,
    /// In the order in which they count.
    pub orders: Vec<NewOrder>,
}

/// Why an order is refused. What is not seen and what is not there get the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Refusal {
    /// A word for programs, such as `no_such_group`.
    pub code: String,
    /// A sentence for people.
    pub text: String,
}

/// What became of one order when it was given. When this arrives it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Receipt {
    /// The client's id.
    pub id: String,
    /// The order's name in views and events.
    pub order: String,
    /// Why not; none when it was taken.
    pub refusal: Option<Refusal>,
}

/// Answer of `POST …/orders`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Receipts {
    /// The turn that they are for.
    pub turn: u32,
    /// One for each order, in their order.
    pub receipts: Vec<Receipt>,
}

/// Who gave an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Giver {
    /// The commander that covers a power.
    Mind,
    /// A player.
    Person,
}

/// An order as it stands in the book of one's own power.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Order {
    /// Its name in views and events.
    pub order: String,
    /// The client's id, while it may still be taken back.
    pub id: Option<String>,
    /// Who gave it.
    pub by: Giver,
    /// What; none for a commander's words that no client can say.
    pub say: Option<Say>,
    /// Why.
    pub reason: String,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
}

/// Answer of `GET …/orders`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Orders {
    /// The turn that they are for.
    pub turn: u32,
    /// May they still be changed?
    pub open: bool,
    /// In the order in which they count.
    pub orders: Vec<Order>,
}

impl From<&core::Refusal> for Refusal {
    fn from(refusal: &core::Refusal) -> Refusal {
        // The variant's name without its fields, in the form that files use.
        let name: String =
            format!("{refusal:?}").chars().take_while(char::is_ascii_alphanumeric).collect();
        let mut code = String::new();
        for (place, letter) in name.chars().enumerate() {
            if letter.is_ascii_uppercase() && place > 0 {
                code.push('_');
            }
            code.push(letter.to_ascii_lowercase());
        }
        Refusal { code, text: refusal.to_string() }
    }
}

impl From<CorePhase> for Phase {
    fn from(phase: CorePhase) -> Phase {
        match phase {
            CorePhase::Waiting => Phase::Waiting,
            CorePhase::Underway => Phase::Underway,
            CorePhase::Engaged => Phase::Engaged,
            CorePhase::Leaving => Phase::Leaving,
        }
    }
}

impl From<CoreAnswer> for Answer {
    fn from(answer: CoreAnswer) -> Answer {
        match answer {
            CoreAnswer::Agree => Answer::Agree,
            CoreAnswer::Hesitate => Answer::Hesitate,
            CoreAnswer::Refuse => Answer::Refuse,
        }
    }
}

impl From<Answer> for CoreAnswer {
    fn from(answer: Answer) -> CoreAnswer {
        match answer {
            Answer::Agree => CoreAnswer::Agree,
            Answer::Hesitate => CoreAnswer::Hesitate,
            Answer::Refuse => CoreAnswer::Refuse,
        }
    }
}

/// A client's words as the core takes them; none for what cannot be said. Numbers that are nobody's stay nobody's, so that the core
/// refuses them as it would any other.
pub fn read(lens: &Lens, say: &Say) -> Option<core::Say> {
    Some(match say {
        Say::Group { group, task, queued, doctrine } => core::Say::Group {
            group: lens.group_id(*group),
            task: read_task(lens, task)?,
            queued: *queued,
            doctrine: doctrine.map(DoctrineId),
        },
        Say::Ask { power, body, quarry } => core::Say::Ask {
            power: PowerId(*power),
            body: BodyId(*body),
            quarry: read_quarry(quarry)?,
            operation: String::new(),
        },
        Say::Reply { request, answer } => {
            core::Say::Reply { request: lens.request_number(request), answer: (*answer).into() }
        }
    })
}

fn read_roles(words: &[String]) -> Option<Vec<Role>> {
    words.iter().map(|word| Role::ALL.into_iter().find(|role| role.word() == word)).collect()
}

fn read_quarry(quarry: &Quarry) -> Option<core::Quarry> {
    Some(match quarry {
        Quarry::Contact { contact } => core::Quarry::Contact(ContactId(*contact)),
        Quarry::Class { class } => core::Quarry::Class(ClassId(*class)),
        Quarry::Roles { roles } => core::Quarry::Roles(read_roles(roles)?),
    })
}

fn read_task(lens: &Lens, task: &Task) -> Option<core::Task> {
    use core::Task as Core;
    Some(match task {
        Task::Hold { until } => Core::Hold { until: until.map(Time) },
        Task::Move { to, spot, pace_permille } => Core::Move {
            to: BodyId(*to),
            spot: spot.map(|spot| spot.core()),
            pace_permille: *pace_permille,
        },
        Task::Guard { body, spot } => {
            Core::Guard { body: BodyId(*body), spot: spot.map(|spot| spot.core()) }
        }
        Task::Ambush { from, to, standoff_m } => {
            Core::Ambush { from: BodyId(*from), to: BodyId(*to), standoff_m: *standoff_m }
        }
        Task::Intercept { contact } => Core::Intercept { contact: ContactId(*contact) },
        Task::Hunt { quarry } => Core::Hunt { quarry: read_quarry(quarry)? },
        Task::Raid { body, roles } => Core::Raid { body: BodyId(*body), roles: read_roles(roles)? },
        Task::Escort { group } => Core::Escort { group: lens.group_id(*group) },
        Task::Assault { body, quarry } => {
            Core::Assault { body: BodyId(*body), quarry: read_quarry(quarry)? }
        }
        Task::LayMines { from, to, offset_m, count } => Core::LayMines {
            from: BodyId(*from),
            to: BodyId(*to),
            offset_m: *offset_m,
            count: *count,
        },
        Task::RecoverMines { field } => Core::RecoverMines { field: lens.field_id(*field) },
        Task::Load { group } => Core::Load { group: lens.group_id(*group) },
        Task::Unload => Core::Unload,
        Task::Land { body, sites } => Core::Land { body: BodyId(*body), sites: *sites },
        Task::Withdraw { to } => Core::Withdraw { to: to.map(BodyId) },
        Task::Detach { ships, name } => Core::Detach {
            ships: ships.iter().map(|ship| lens.ship_id(*ship)).collect(),
            name: name.clone(),
        },
        Task::Merge { into } => Core::Merge { into: lens.group_id(*into) },
        Task::Tow { ship, to } => Core::Tow { ship: lens.ship_id(*ship), to: BodyId(*to) },
        Task::Depart { star } => Core::Depart { star: BodyId(*star) },
        Task::Other { .. } => return None,
    })
}

/// The core's words as their own power's clients see them; none for what no client can say.
pub fn say(lens: &Lens, said: &core::Say) -> Option<Say> {
    Some(match said {
        core::Say::Group { group, task: given, queued, doctrine } => Say::Group {
            group: lens.group(*group)?,
            task: task(lens, given),
            queued: *queued,
            doctrine: doctrine.map(|doctrine| doctrine.0),
        },
        core::Say::Ask { power, body, quarry: after, .. } => {
            Say::Ask { power: power.0, body: body.0, quarry: quarry(after) }
        }
        core::Say::Reply { request, answer } => {
            Say::Reply { request: lens.request(*request)?.to_owned(), answer: (*answer).into() }
        }
        _ => return None,
    })
}

/// A quarry.
pub fn quarry(quarry: &core::Quarry) -> Quarry {
    match quarry {
        core::Quarry::Contact(contact) => Quarry::Contact { contact: contact.0 },
        core::Quarry::Class(class) => Quarry::Class { class: class.0 },
        core::Quarry::Roles(roles) => Quarry::Roles { roles: words(roles) },
    }
}

fn words(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.word().to_owned()).collect()
}

/// A task of one's own group.
pub fn task(lens: &Lens, task: &core::Task) -> Task {
    use core::Task as Core;
    let other = || Task::Other { word: task.word().to_owned() };
    match task {
        Core::Hold { until } => Task::Hold { until: until.map(|time| time.0) },
        Core::Move { to, spot, pace_permille } => {
            Task::Move { to: to.0, spot: spot.map(Spot::from), pace_permille: *pace_permille }
        }
        Core::Guard { body, spot } => Task::Guard { body: body.0, spot: spot.map(Spot::from) },
        Core::Ambush { from, to, standoff_m } => {
            Task::Ambush { from: from.0, to: to.0, standoff_m: *standoff_m }
        }
        Core::Intercept { contact } => Task::Intercept { contact: contact.0 },
        Core::Hunt { quarry: after } => Task::Hunt { quarry: quarry(after) },
        Core::Raid { body, roles } => Task::Raid { body: body.0, roles: words(roles) },
        Core::Escort { group } => {
            lens.group(*group).map_or_else(other, |group| Task::Escort { group })
        }
        Core::Assault { body, quarry: after } => {
            Task::Assault { body: body.0, quarry: quarry(after) }
        }
        Core::LayMines { from, to, offset_m, count } => {
            Task::LayMines { from: from.0, to: to.0, offset_m: *offset_m, count: *count }
        }
        Core::RecoverMines { field } => {
            lens.field(*field).map_or_else(other, |field| Task::RecoverMines { field })
        }
        Core::Load { group } => lens.group(*group).map_or_else(other, |group| Task::Load { group }),
        Core::Unload => Task::Unload,
        Core::Land { body, sites } => Task::Land { body: body.0, sites: *sites },
        Core::Withdraw { to } => Task::Withdraw { to: to.map(|body| body.0) },
        Core::Detach { ships, name } => Task::Detach {
            ships: ships.iter().filter_map(|ship| lens.ship(*ship)).collect(),
            name: name.clone(),
        },
        Core::Merge { into } => lens.group(*into).map_or_else(other, |into| Task::Merge { into }),
        Core::Tow { ship, to } => {
            lens.ship(*ship).map_or_else(other, |ship| Task::Tow { ship, to: to.0 })
        }
        Core::Depart { star } => Task::Depart { star: star.0 },
        #[allow(
            unreachable_patterns,
            reason = "tasks may be added before the wire has a form for them"
        )]
        _ => other(),
    }
}
