//! Typed ids: a number that knows what it counts.
//!
//! Ids are dense (0, 1, 2, ... in the order of definition), so an id is also an index into the list of its kind. An id
//! says nothing about whether the thing exists: whoever owns the list decides that.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The place of this thing in the list of its kind.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of the thing at `index` of its list. Lists are capped far below `u32::MAX`; an index past it gives
            /// the last id, which no list holds.
            #[must_use]
            pub const fn from_index(index: usize) -> Self {
                Self(if index > u32::MAX as usize { u32::MAX } else { index as u32 })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($word, " {}"), self.0)
            }
        }
    )*};
}

ids! {
    /// A star system of the chart.
    SystemId = "system";
    /// A star, planet, gas giant or moon of the chart.
    BodyId = "body";
    /// A power: one side that gives its own orders.
    PowerId = "power";
    /// A class of ships.
    ClassId = "class";
    /// A kind of weapon.
    WeaponId = "weapon";
    /// A kind of gravity drive.
    DriveId = "drive";
    /// A doctrine: a way of fighting.
    DoctrineId = "doctrine";
    /// One ship, station or wreck.
    ShipId = "ship";
    /// A task group: ships under one order.
    GroupId = "group";
    /// A named person.
    PersonId = "person";
    /// A field of mines on a jumpline.
    FieldId = "field";
    /// One battle in space.
    EngagementId = "engagement";
    /// What one power believes about something it saw.
    ContactId = "contact";
    /// Something that happened.
    EventId = "event";
    /// An order of one power.
    OrderId = "order";
    /// Several orders with one aim.
    OperationId = "operation";
}
