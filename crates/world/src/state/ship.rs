//! One ship's record. While she fights, the engagement's columns are the truth and this record is refreshed at every beat.

use jumpline_measure::{BodyId, ClassId, EngagementId, GroupId, PowerId, ShipId, Time};
use serde::{Deserialize, Serialize};

/// Where a ship is in her life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// Destroyed or abandoned as a wreck.
    Lost,
    /// Gone from the theatre alive.
    Departed,
}

/// A jump under way, or a place in the queue for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transit {
    /// From which body.
    pub from: BodyId,
    /// To which body.
    pub to: BodyId,
    /// When she pushes off.
    pub departs: Time,
    /// When she comes out.
    pub arrives: Time,
    /// Pace, permille of full.
    pub pace_permille: i64,
    /// The ship whose tractor beams and inertial field hold her, if she is towed.
    pub towed_by: Option<ShipId>,
}

/// How much of each part still works: counts of broken ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Sublight engines lost, permille of thrust.
    pub engine_lost_permille: u16,
    /// Gravity drives lost.
    pub gravity_drives_lost: u16,
    /// Guns lost, permille of mounts.
    pub guns_lost_permille: u16,
    /// Emitters lost, permille of shield strength and recharge.
    pub emitters_lost_permille: u16,
    /// Sensors lost, permille.
    pub sensors_lost_permille: u16,
    /// Pylons lost, one bit each.
    pub pylons_lost: u32,
    /// Bridge hit.
    pub bridge_hit: bool,
    /// Hangars lost, permille of handling.
    pub hangars_lost_permille: u16,
}

/// One ship.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ship {
    /// Her number.
    pub id: ShipId,
    /// Her class.
    pub class: ClassId,
    /// Whose she is.
    pub power: PowerId,
    /// The group that commands her.
    pub group: GroupId,
    /// Her own name, if she has one.
    pub name: Option<String>,
    /// Where she is in her life.
    pub status: Status,
    /// The body whose space she is in; while jumping, where she came from.
    pub body: BodyId,
    /// The ship she is aboard.
    pub carrier: Option<ShipId>,
    /// Her jump or her place in the queue for one.
    pub transit: Option<Transit>,
    /// The battle she is in.
    pub engagement: Option<EngagementId>,
    /// People aboard.
    pub people: i64,
    /// Skill of the crew, permille; grows with battles survived.
    pub skill_permille: i64,
    /// Shields by facing: bow, stern, port, starboard, top, keel; points.
    pub shields: [i32; 6],
    /// Armour, points.
    pub armour: i32,
    /// Hull, points.
    pub hull: i32,
    /// What is broken for good.
    pub parts: Parts,
    /// Shots left by battery; -1 never runs out.
    pub shots: [i32; 4],
    /// Mines aboard.
    pub mines: i64,
    /// When she was first wounded (armour, hull or part), if ever.
    pub wounded: Option<Time>,
    /// When her shields were last brought up to date outside battle.
    pub shields_at: Time,
    /// When she burns, if nothing holds her up any more.
    pub falls: Option<Time>,
    /// Has she been turned aside, so that she misses what stands below?
    pub turned: bool,
    /// Ships that push at her, as last told.
    pub pushers: u32,
    /// The carrier whose craft she is: she comes and goes by herself.
    pub base: Option<ShipId>,
    /// For craft: aboard, when she is fit to fly or has been told to; outside, when she went out or is to be in.
    pub ready_at: Time,
}

impl Ship {
    /// Is she still in the war: not lost, not departed?
    pub fn exists(&self) -> bool {
        !matches!(self.status, Status::Lost | Status::Departed)
    }

    /// Is she in some body's space and not aboard another, so that she can fight and be seen?
    pub fn stands(&self) -> bool {
        self.status == Status::Present
    }
}
