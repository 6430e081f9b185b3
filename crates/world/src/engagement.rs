//! A battle in progress, as columns: one row a ship, struct of arrays. Data only; `battle` moves it.
//!
//! Positions are metres from the battle's centre in the body's own axes (no rotation), as `f32`. Everything that
//! must survive the battle (shields, armour, hull, parts, shots) is integer and is settled back into [`crate::state::Ship`].

use crate::event::Cause;
use crate::state::Parts;
use jumpline_chart::Spot;
use jumpline_measure::{
    BodyId, ClassId, DoctrineId, EngagementId, EventId, GroupId, PowerId, ShipId, Time, WeaponId,
};
use serde::{Deserialize, Serialize};

/// What a ship is doing in the battle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Fighting by its doctrine.
    Fighting,
    /// Away from the guns until its shields are back.
    BreakingOff,
    /// Heading out of the battle with its group.
    Withdrawing,
    /// Heading for the air below.
    Descending,
    /// Without engines; drifts.
    Drifting,
    /// Out of this battle: dead, gone or landed. Rows of the gone are dropped at the end of a tick.
    Gone,
}

/// What a group means to do in this battle. The officers set it; the battle carries it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posture {
    /// The group.
    pub group: GroupId,
    /// Whose.
    pub power: PowerId,
    /// How its ships fight; none means each class's own.
    pub doctrine: Option<DoctrineId>,
    /// Ships it came with.
    pub came: u32,
    /// Ships of it lost here.
    pub lost: u32,
    /// Classes that are its quarry; empty is anything hostile.
    pub quarry: Vec<ClassId>,
    /// One ship that is its quarry, when the officers know her.
    pub quarry_ship: Option<ShipId>,
    /// Is it leaving?
    pub withdrawing: bool,
    /// Is it running for the air?
    pub descending: bool,
    /// The way out or onward, in the battle's axes (a direction in millionths), when leaving.
    pub bound: [i32; 3],
    /// Called forward from reserve.
    pub called: bool,
    /// Has it struck its quarry yet?
    pub struck: bool,
    /// How steady it is, permille.
    pub morale_permille: i32,
    /// The tick until which it runs, every ship for herself; 0 stands.
    pub routed_until: u32,
    /// What brought it here.
    pub cause: Option<EventId>,
}

/// A volley in flight: where and when it comes in. Missiles are volleys that can be shot down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shot {
    /// The tick on which it comes in.
    pub due: u32,
    /// The tick on which it was fired.
    pub fired: u32,
    /// Who fired.
    pub from: ShipId,
    /// Whose she was (she may be gone by the time it comes in).
    pub power: PowerId,
    /// From which battery, times four, and which share of its volley.
    pub battery: u8,
    /// At whom.
    pub to: ShipId,
    /// What.
    pub weapon: WeaponId,
    /// How many shots fly together. Bolts that will miss are not kept.
    pub count: u16,
    /// Chance that each hits, permille; 1000 for bolts, whose luck was drawn when they were fired.
    pub hit_permille: u16,
    /// Points of damage already done to the leading missile.
    pub worn: i32,
    /// What each does, permille of the weapon's damage: grown while it was held, or hotter for being held on.
    pub power_permille: u16,
    /// Where it came from, for the facing it strikes.
    pub origin: [f32; 3],
}

/// A field weapon at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LitField {
    /// Whose it is.
    pub ship: ShipId,
    /// Ticks since it was switched on; its arcs stand once the spin-up is over. Switched-off fields are not kept.
    pub ticks: u32,
    /// Thousandths of an arc that hulls have lately soaked up, by the pylon whose sector they stood in.
    pub soaked: Vec<u32>,
}

/// A piece of wreckage: matter to a field weapon, nothing to anybody else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Debris {
    /// Where.
    pub position: [f32; 3],
    /// The tick on which it has scattered.
    pub until: u32,
}

/// A target tagged for allies. They hear of it later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Who tagged it.
    pub power: PowerId,
    /// The target.
    pub ship: ShipId,
    /// The tick on which it was tagged.
    pub tick: u32,
}

/// One side's account in this battle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Whose.
    pub power: PowerId,
    /// Ships that came.
    pub came: u32,
    /// Ships lost.
    pub lost: u32,
}

/// The columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each column is the ship record's field of that name, or named for what it holds"
)]
pub struct Columns {
    pub id: Vec<ShipId>,
    pub class: Vec<ClassId>,
    pub power: Vec<PowerId>,
    /// Index into `postures`.
    pub posture: Vec<u16>,
    pub mode: Vec<Mode>,
    pub position: Vec<[f32; 3]>,
    pub velocity: Vec<[f32; 3]>,
    pub heading: Vec<[f32; 3]>,
    /// Where the top of the hull points, square to the heading.
    pub up: Vec<[f32; 3]>,
    /// Her place in her group's formation.
    pub station: Vec<[f32; 3]>,
    /// Her number in that formation, 0-based.
    pub slot: Vec<u32>,
    /// Targets' ship ids, the main one first (great ships and needle batteries have more); `u32::MAX` none.
    pub target: Vec<[u32; 4]>,
    pub shields: Vec<[i32; 6]>,
    pub armour: Vec<i32>,
    pub hull: Vec<i32>,
    pub parts: Vec<Parts>,
    /// Ticks until each battery may fire again.
    pub cooldown: Vec<[u16; 4]>,
    pub shots: Vec<[i32; 4]>,
    pub skill_permille: Vec<i32>,
    pub wounded: Vec<bool>,
    /// Small facts that last from tick to tick; `battle` knows the bits.
    pub flags: Vec<u8>,
    /// Ticks for which her guns have been held on her main target.
    pub held: Vec<u16>,
    /// Ticks for which a null-pulse still silences her.
    pub silenced: Vec<u16>,
    /// Sides whose armour a ram or a blast has opened, one bit a facing.
    pub breached: Vec<u8>,
}

/// A battle in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Engagement {
    /// Its number.
    pub id: EngagementId,
    /// In whose space.
    pub body: BodyId,
    /// Where its axes have their origin.
    pub centre: Spot,
    /// When it began.
    pub began: Time,
    /// Ticks played.
    pub tick: u32,
    /// Ticks since enemies were last in reach of each other.
    pub quiet_ticks: u32,
    /// What led to it.
    pub because: Vec<Cause>,
    /// The event that told of its beginning.
    pub event: Option<EventId>,
    /// Groups in it, sorted by group.
    pub postures: Vec<Posture>,
    /// Ships in it, sorted by ship id.
    pub columns: Columns,
    /// Volleys in flight, sorted by (due, from, battery, fired, to).
    pub shots: Vec<Shot>,
    /// Field weapons that are switched on, sorted by ship.
    pub fields: Vec<LitField>,
    /// Wreckage, oldest first.
    pub debris: Vec<Debris>,
    /// Targets tagged of late, oldest first.
    pub calls: Vec<Call>,
    /// The tick on which anybody last struck anybody.
    pub struck_tick: u32,
    /// Sides, sorted by power.
    pub tallies: Vec<Tally>,
    /// Ship-ticks played, for the report.
    pub ship_ticks: u64,
}
