//! What a battle tells the turn: facts in a total order, each with what must be settled.

use jumpline_measure::{GroupId, ShipId, Time};
use jumpline_world::event::How;
use jumpline_world::law::Part;
use jumpline_world::state::{Parts, Ship};

/// What a ship takes out of a battle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Who.
    pub ship: ShipId,
    /// Shields by facing, points.
    pub shields: [i32; 6],
    /// Armour, points.
    pub armour: i32,
    /// Hull, points.
    pub hull: i32,
    /// What is broken.
    pub parts: Parts,
    /// Shots left by battery; -1 never runs out.
    pub shots: [i32; 4],
    /// Was she ever wounded?
    pub wounded: bool,
}

impl Left {
    /// Writes it into the ship's record.
    pub fn settle(&self, ship: &mut Ship, now: Time) {
        ship.shields = self.shields;
        ship.armour = self.armour;
        ship.hull = self.hull;
        ship.parts = self.parts;
        ship.shots = self.shots;
        ship.shields_at = now;
        if self.wounded && ship.wounded.is_none() {
            ship.wounded = Some(now);
        }
    }
}

/// One fact of a battle. Reports of one `advance` come in the order in which they happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// When, to the second.
    pub at: Time,
    /// What.
    pub what: Told,
}

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of each variant are named for what they hold")]
pub enum Told {
    /// A ship was destroyed; her row is gone. `altitude_m` is where over the body.
    ShipLost { ship: ShipId, by: Option<ShipId>, how: How, altitude_m: i64, left: Left },
    /// A ship was wounded for the first time (armour, hull or a part).
    Wounded { ship: ShipId, by: Option<ShipId> },
    /// A noted ship took a blow through an open facing for the first time (again once her shields have come back).
    ShieldsDown { ship: ShipId, by: Option<ShipId> },
    /// A part broke for good. For pylons `number` says which; for the others how much is lost by now (permille or count).
    PartLost { ship: ShipId, part: Part, number: u32, by: Option<ShipId> },
    /// A field weapon's arcs stood.
    FieldLit { ship: ShipId },
    /// A field weapon's arcs went out.
    FieldDark { ship: ShipId },
    /// A descending ship reached the air (or the ground of an airless body); her row is gone.
    ReachedAir { ship: ShipId, left: Left },
    /// A withdrawing ship is clear of every enemy's guns. Told once; she stays until `leave`.
    Out { ship: ShipId },
    /// A ship rammed another for so many points.
    Rammed { ship: ShipId, into: ShipId, points: i64 },
    /// A group's people had had enough: it runs, every ship for herself.
    Routed { group: GroupId },
    /// A group that ran stands again.
    Rallied { group: GroupId },
    /// A group struck its quarry for the first time.
    QuarryStruck { group: GroupId, quarry: ShipId },
}
