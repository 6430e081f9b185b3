//! What only the scenario knows: forces that stand at the start or arrive later, what each mind intends, and what
//! the writer expects of the course of the war. Nothing here states an outcome: orders and arrivals only.

use crate::law::Role;
use crate::order::Answer;
use jumpline_chart::Spot;
use jumpline_measure::{BodyId, ClassId, DoctrineId, PowerId, Span, Time};
use serde::{Deserialize, Serialize};

/// The scenario writer's side of the law.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Forces that come into play after the opening.
    pub arrivals: Vec<Arrival>,
    /// Intentions of minds, in the order written.
    pub operations: Vec<Operation>,
    /// What the writer expects.
    pub expectations: Vec<Expectation>,
}

impl Plan {
    /// The same plan with the bounds that its expectations state for battles played as aggregates.
    #[must_use]
    pub fn for_aggregates(mut self) -> Plan {
        for expectation in &mut self.expectations {
            if let Some((least, most)) = expectation.aggregate {
                (expectation.least, expectation.most) = (least, most);
            }
        }
        self
    }
}

/// Ships of one class in a force.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ForceShips {
    /// Their class.
    pub class: ClassId,
    /// How many.
    pub count: u32,
    /// Names for the first of them, in order.
    pub names: Vec<String>,
    /// Are they aboard the force's own carriers and jumpships at first?
    pub aboard: bool,
    /// Mines aboard each.
    pub mines: i64,
}

/// A body of ships as a scenario states it; it becomes one group or, split, many.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Forces {
    /// Its key; operations name it. Split groups are `key-1`, `key-2`, ….
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// Whose it is.
    pub power: PowerId,
    /// Words that operations can name it by, shared with other forces.
    pub tags: Vec<String>,
    /// Where it stands (for arrivals: where it comes out).
    pub body: BodyId,
    /// Where in that body's space.
    pub spot: Spot,
    /// Groups of at most this many ships; 0 keeps one group.
    pub split: u32,
    /// Its doctrine, if not its classes' own.
    pub doctrine: Option<DoctrineId>,
    /// Its ships.
    pub ships: Vec<ForceShips>,
}

/// A force that enters the war later, along an interstellar line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Arrival {
    /// When the first of it comes out.
    pub at: Time,
    /// The star it comes from.
    pub from: BodyId,
    /// The force; its `body` is the star it brakes against.
    pub forces: Forces,
}

/// When an operation begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begin {
    /// At a date.
    At(Time),
    /// So long after another operation began.
    After {
        /// Its key.
        operation: String,
        /// How long after.
        delay: Span,
    },
    /// When every force of another operation has finished, fled or died.
    Done {
        /// Its key.
        operation: String,
        /// How long after.
        delay: Span,
    },
    /// When at least so many ships of a role hostile to the power are known at a body.
    Seen {
        /// Where.
        body: BodyId,
        /// What.
        roles: Vec<Role>,
        /// How many.
        count: u32,
        /// Not before.
        from: Time,
    },
}

/// What an operation's forces are told to do, naming things as a scenario can (no contact ids exist yet).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpTask {
    /// The verb: one of [`crate::order::Task`]'s, filled from the fields below.
    pub task: OpTarget,
    /// Doctrine from here on, if it changes.
    pub doctrine: Option<DoctrineId>,
}

/// The verbs of operations.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of `order::Task`, documented there")]
pub enum OpTarget {
    Hold { until: Option<Time> },
    Move { to: BodyId, spot: Option<Spot>, pace_permille: i64 },
    Guard { body: BodyId, spot: Option<Spot> },
    Ambush { from: BodyId, to: BodyId, standoff_m: i64 },
    Hunt { roles: Vec<Role>, class: Option<ClassId> },
    Raid { body: BodyId, roles: Vec<Role> },
    Assault { body: BodyId, roles: Vec<Role>, class: Option<ClassId> },
    LayMines { from: BodyId, to: BodyId, offset_m: i64, count: i64 },
    RecoverMines { from: BodyId, to: BodyId },
    Unload,
    Load { tag: String },
    Land { body: BodyId, sites: u32 },
    Withdraw { to: Option<BodyId> },
    Escort { tag: String },
    Patrol { body: BodyId, altitude_m: i64, points: u32 },
    Salvage { body: BodyId },
}

/// An intention of one mind: some forces, a moment to begin, tasks in a row. The mind turns it into orders; a person
/// who plays that power is free to ignore it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Operation {
    /// Its key.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// Whose it is.
    pub power: PowerId,
    /// Forces, by key or tag.
    pub forces: Vec<String>,
    /// When it begins.
    pub begin: Begin,
    /// Forces that take part at most (the nearest first); 0 takes all.
    pub most_groups: u32,
    /// What they do, one after another.
    pub tasks: Vec<OpTask>,
    /// Why, as the chronicle will tell it.
    pub reason: String,
    /// Powers asked to take part with what they have at the body.
    pub asks: Vec<PowerId>,
    /// What the asked answer if their own minds are indifferent.
    pub default_answer: Answer,
}

/// A moment in a run named by what happens: the first event that matches.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Mark {
    /// The event's name (`shields_down`, `ship_lost`, …).
    pub event: String,
    /// Whose.
    pub power: Option<PowerId>,
    /// Of which class.
    pub class: Option<ClassId>,
    /// Where.
    pub body: Option<BodyId>,
}

/// Counting or summing events that match.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Count {
    /// The event's name.
    pub event: String,
    /// Of which powers; empty counts all.
    pub powers: Vec<PowerId>,
    /// Of which roles; empty counts all.
    pub roles: Vec<Role>,
    /// Of which class.
    pub class: Option<ClassId>,
    /// Where; none counts everywhere.
    pub body: Option<BodyId>,
    /// How (`weapon`, `field`, `ram`, `mine`, `star`, …); empty counts all.
    pub how: String,
    /// From when.
    pub from: Option<Time>,
    /// Until when.
    pub until: Option<Time>,
    /// Until the first event that matches.
    pub before: Option<Mark>,
    /// Sum this quantity of each event instead of counting events.
    pub sum: String,
    /// Count each ship once.
    pub distinct: bool,
}

/// Ships present at a moment.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Present {
    /// Of which powers.
    pub powers: Vec<PowerId>,
    /// Of which roles; empty counts all.
    pub roles: Vec<Role>,
    /// At which body (or in flight round it); none counts everywhere.
    pub body: Option<BodyId>,
    /// When.
    pub at: Time,
    /// As a share of those ships' opening number, permille, instead of a count.
    pub share_of_opening: bool,
}

/// What an expectation measures in one run.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "a scenario has some dozens of them, once")]
pub enum Gauge {
    /// Events counted or summed.
    Count(Count),
    /// Events counted, as permille of another count.
    Share {
        /// The part.
        part: Count,
        /// The whole.
        whole: Count,
    },
    /// The most matching events within any window of so many seconds, divided by its length.
    Peak {
        /// Which events.
        count: Count,
        /// Window, seconds.
        window_s: i64,
    },
    /// Ships present.
    Present(Present),
    /// Present ships of one side as permille of another's at the same moment (8,000 is eight to one).
    Ratio {
        /// The first.
        one: Present,
        /// The second.
        other: Present,
    },
    /// Hull lost by the first ship of a class at the moment of an event, permille.
    HullLost {
        /// Which class.
        class: ClassId,
        /// When: the first event that matches.
        when: Mark,
    },
}

/// How runs are put together.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Across {
    /// The median of all runs lies between the bounds.
    Median,
    /// Every run lies between the bounds.
    Every,
    /// At least this share of runs, permille, lies between the bounds.
    AtLeast(i64),
}

/// A statement about the course of the war that `jumpline test` checks over many seeds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Expectation {
    /// Its key.
    pub key: String,
    /// The figure or system of the source that it holds ("1", "B4").
    pub canon: String,
    /// What it says, for people.
    pub says: String,
    /// What is measured.
    pub gauge: Gauge,
    /// Least value, inclusive.
    pub least: i64,
    /// Greatest value, inclusive.
    pub most: i64,
    /// How runs are put together.
    pub across: Across,
    /// Least and greatest value, inclusive, when battles are not played ship by ship; none are the same as above.
    #[serde(default)]
    pub aggregate: Option<(i64, i64)>,
}
