//! What powers say: orders to their own groups and words to each other. The only thing that flows in.

use crate::law::Role;
use jumpline_chart::Spot;
use jumpline_measure::{
    BodyId, ClassId, ContactId, DoctrineId, FieldId, GroupId, OrderId, PowerId, ShipId, Time,
};
use serde::{Deserialize, Serialize};

/// What a group is after. Contacts are the orderer's own; classes and roles mean "the best such contact known".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quarry {
    /// One contact of one's own book.
    Contact(ContactId),
    /// Any known hostile ship of that class.
    Class(ClassId),
    /// Any known hostile ship of those roles, best first; empty is anything hostile.
    Roles(Vec<Role>),
}

/// What a group is told to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Stay, and fight what comes, until a time or for good.
    Hold {
        /// Until when.
        until: Option<Time>,
    },
    /// Go there by the best route.
    Move {
        /// To which body.
        to: BodyId,
        /// Where in its space; none gathers at the braking point.
        spot: Option<Spot>,
        /// Jump pace, permille of full (slow jumps recharge shields).
        pace_permille: i64,
    },
    /// Go there and fight whoever is hostile.
    Guard {
        /// Which body.
        body: BodyId,
        /// Where in its space.
        spot: Option<Spot>,
    },
    /// Wait beside the far end of a line for whoever comes out.
    Ambush {
        /// The line's start.
        from: BodyId,
        /// The line's end, where the ambush lies.
        to: BodyId,
        /// Distance from the expected braking point, metres.
        standoff_m: i64,
    },
    /// Go where that contact is bound and meet it.
    Intercept {
        /// Whom.
        contact: ContactId,
    },
    /// Follow the quarry from body to body until it is dead or lost.
    Hunt {
        /// Whom.
        quarry: Quarry,
    },
    /// Strike some kinds of ship at a body, spare the rest, and come away.
    Raid {
        /// Where.
        body: BodyId,
        /// What.
        roles: Vec<Role>,
    },
    /// Stay with another group of one's own.
    Escort {
        /// Whom.
        group: GroupId,
    },
    /// Attack at a body, the quarry first.
    Assault {
        /// Where.
        body: BodyId,
        /// Whom first.
        quarry: Quarry,
    },
    /// Lay kinetic mines on a line.
    LayMines {
        /// The line's start.
        from: BodyId,
        /// The line's end.
        to: BodyId,
        /// How far from the start, metres.
        offset_m: i64,
        /// How many.
        count: i64,
    },
    /// Take up what is left of a field.
    RecoverMines {
        /// Which field of one's own.
        field: FieldId,
    },
    /// Take another group aboard this group's carriers.
    Load {
        /// Whom.
        group: GroupId,
    },
    /// Put everything aboard out at this place.
    Unload,
    /// Run for the ground.
    Land {
        /// Which body.
        body: BodyId,
        /// Over how many sites.
        sites: u32,
    },
    /// Break off and go.
    Withdraw {
        /// Where to; none lets the officers choose the nearest safe body.
        to: Option<BodyId>,
    },
    /// Split ships off as a group of their own.
    Detach {
        /// Which.
        ships: Vec<ShipId>,
        /// The new group's name.
        name: String,
    },
    /// Put this group's ships into another and cease to exist.
    Merge {
        /// Into which.
        into: GroupId,
    },
    /// Pull a damaged ship out on a slow jump.
    Tow {
        /// Which.
        ship: ShipId,
        /// Where to.
        to: BodyId,
    },
    /// Leave the war's theatre by an interstellar line and not come back.
    Depart {
        /// By the star.
        star: BodyId,
    },
    /// Fly circuits round a body for good and fight whoever is hostile. Wings aboard a carrier go out for it, by turns.
    Patrol {
        /// Round which body.
        body: BodyId,
        /// How high, metres.
        altitude_m: i64,
        /// Over how many points.
        points: u32,
    },
    /// Take from wrecks what mends the group's own ships.
    Salvage {
        /// At which body.
        body: BodyId,
    },
}

impl Task {
    /// The word used in files, tables and refusals.
    pub fn word(&self) -> &'static str {
        match self {
            Task::Hold { .. } => "hold",
            Task::Move { .. } => "move",
            Task::Guard { .. } => "guard",
            Task::Ambush { .. } => "ambush",
            Task::Intercept { .. } => "intercept",
            Task::Hunt { .. } => "hunt",
            Task::Raid { .. } => "raid",
            Task::Escort { .. } => "escort",
            Task::Assault { .. } => "assault",
            Task::LayMines { .. } => "lay_mines",
            Task::RecoverMines { .. } => "recover_mines",
            Task::Load { .. } => "load",
            Task::Unload => "unload",
            Task::Land { .. } => "land",
            Task::Withdraw { .. } => "withdraw",
            Task::Detach { .. } => "detach",
            Task::Merge { .. } => "merge",
            Task::Tow { .. } => "tow",
            Task::Depart { .. } => "depart",
            Task::Patrol { .. } => "patrol",
            Task::Salvage { .. } => "salvage",
        }
    }
}

/// How a power answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Will do.
    Agree,
    /// Not yet; may agree later.
    Hesitate,
    /// Will not, or goes its own way.
    Refuse,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Say {
    /// An order to a group.
    Group {
        /// To whom.
        group: GroupId,
        /// What.
        task: Task,
        /// After the tasks it already has, instead of at once.
        queued: bool,
        /// Doctrine from now on, if it changes.
        doctrine: Option<DoctrineId>,
    },
    /// A request to another power: "attack with me there".
    Ask {
        /// Whom.
        power: PowerId,
        /// At which body.
        body: BodyId,
        /// Against what.
        quarry: Quarry,
        /// Which of one's own operations it serves.
        operation: String,
    },
    /// The answer to a request, by its number in the view.
    Reply {
        /// The request's number.
        request: u32,
        /// The answer.
        answer: Answer,
    },
    /// "My operation has begun": told by a mind so that its view shows it next turn.
    Begin {
        /// The operation's key.
        operation: String,
    },
}

/// One order of one power. The id is made by whoever gives it and counts once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Made by the giver; a repeat of the same id is the same order.
    pub id: OrderId,
    /// Who orders.
    pub power: PowerId,
    /// What.
    pub say: Say,
    /// Why, in words.
    pub reason: String,
}

/// Why an order is refused. An unseen thing and an absent one get the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Not one of the orderer's groups (or no group at all).
    #[error("you command no such group")]
    NoSuchGroup,
    /// The group has no ships left that could do it.
    #[error("the group has no ship left that could do that")]
    NoShips,
    /// No contact of that number in the orderer's book, or it is lost.
    #[error("no such contact is known")]
    NoSuchContact,
    /// No such body.
    #[error("there is no such body")]
    NoSuchBody,
    /// No route leads there.
    #[error("no route leads there for these drives")]
    NoRoute,
    /// The line is closed or cannot exist.
    #[error("no jumpline runs between those two bodies now")]
    NoLine,
    /// The group cannot move.
    #[error("these ships cannot leave their body")]
    Immobile,
    /// No mines aboard.
    #[error("not enough mines aboard: {aboard} of {wanted}")]
    NotEnoughMines {
        /// What is there.
        aboard: i64,
        /// What was wanted.
        wanted: i64,
    },
    /// No such minefield of one's own.
    #[error("you have no such minefield")]
    NoSuchField,
    /// Not enough berths.
    #[error("not enough berths: {free} free, {wanted} wanted")]
    NotEnoughBerths {
        /// Free berths.
        free: i64,
        /// Wanted berths.
        wanted: i64,
    },
    /// Both must be at the same body.
    #[error("the groups are not at the same place")]
    NotTogether,
    /// These ships cannot land.
    #[error("no ship of the group can land")]
    CannotLand,
    /// The thing named is the group itself, or follows it in a ring.
    #[error("a group cannot follow, load or join itself")]
    Itself,
    /// A count or distance out of its range.
    #[error("{what} must lie between {least} and {most}")]
    OutOfRange {
        /// Which.
        what: String,
        /// Least.
        least: i64,
        /// Most.
        most: i64,
    },
    /// Nothing there to take part in.
    #[error("nothing known there answers to that description")]
    NoQuarry,
    /// No tractor.
    #[error("no ship of the group can tow")]
    NoTractor,
    /// Neither tractor nor hold.
    #[error("no ship of the group can work on wrecks")]
    NoSalvor,
    /// The same id was given before with another text.
    #[error("an order of that number was given before with another text")]
    IdTaken,
    /// The power does not exist or is oneself.
    #[error("there is no such power to speak to")]
    NoSuchPower,
    /// No such operation or request.
    #[error("there is no such request or operation")]
    NoSuchRequest,
    /// Too many orders in one turn.
    #[error("too many orders in one turn: at most {most}")]
    TooMany {
        /// The cap.
        most: u32,
    },
    /// The ship named is not in the group.
    #[error("no such ship in that group")]
    NoSuchShip,
}

/// Most orders that one power may give for one turn.
pub const ORDERS_PER_TURN_MAX: u32 = 20_000;
