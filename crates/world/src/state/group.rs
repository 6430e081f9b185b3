//! A group: ships under one commander with one place and a row of tasks.

use crate::order::Task;
use jumpline_chart::Spot;
use jumpline_measure::{BodyId, DoctrineId, EventId, GroupId, OrderId, PowerId, ShipId, Time};
use serde::{Deserialize, Serialize};

/// How far a task has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not begun.
    #[default]
    Waiting,
    /// Going there.
    Underway,
    /// On the spot, doing it.
    Engaged,
    /// Done but for the coming away.
    Leaving,
}

/// A task with the order behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The order.
    pub order: OrderId,
    /// What.
    pub task: Task,
    /// How far.
    pub phase: Phase,
    /// Doctrine while it lasts, if it changes.
    pub doctrine: Option<DoctrineId>,
    /// The event that reported the order taken, for "because".
    pub cause: Option<EventId>,
}

/// The jump that a group is about: from which body to which. Its ships have their own transits; this is the plan that late
/// comers follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// From which body.
    pub from: BodyId,
    /// To which body.
    pub to: BodyId,
    /// How long a ship flies from where she comes out to the mouth of the line, seconds.
    pub fly_s: i64,
    /// Pace, permille of full.
    pub pace_permille: i64,
    /// Have the ships been given their places in the line's queue?
    pub launched: bool,
    /// Has the first of them pushed off?
    pub departed: bool,
}

/// A group of ships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its number.
    pub id: GroupId,
    /// Its key in the scenario, or one made in play.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// Whose it is.
    pub power: PowerId,
    /// Words that operations name it by.
    pub tags: Vec<String>,
    /// Its ships that still exist, in id order.
    pub ships: Vec<ShipId>,
    /// Ships it had at its greatest, for judging losses.
    pub opening_ships: u32,
    /// Where it is: the body of its head (ships still jumping have their own records).
    pub body: BodyId,
    /// Where in that body's space.
    pub spot: Spot,
    /// When it reaches that spot (flying round the body takes time).
    pub there_at: Time,
    /// Its doctrine, if not its classes' own.
    pub doctrine: Option<DoctrineId>,
    /// What it is to do, first first.
    pub tasks: Vec<Standing>,
    /// Is it breaking off?
    pub withdrawing: bool,
    /// When its officers may act again.
    pub busy_until: Time,
    /// The latest event that explains what it does.
    pub cause: Option<EventId>,
    /// When it comes into being, for arrivals.
    pub since: Time,
    /// The jump it is about, until its head comes out.
    pub hop: Option<Hop>,
    /// Where its present task began, to which a raid comes back.
    pub home: BodyId,
}
