#![doc = include_str!("../README.md")]

mod bearing;
mod calendar;
mod dice;
mod ids;
mod time;
mod vec3m;

pub use bearing::Bearing;
pub use calendar::{Calendar, CalendarError};
pub use dice::{Dice, Purpose, Roll, philox4x32_10};
pub use ids::{
    BodyId, ClassId, ContactId, DoctrineId, DriveId, EngagementId, EventId, FieldId, GroupId,
    OperationId, OrderId, PersonId, PowerId, ShipId, SystemId, WeaponId,
};
pub use time::{Span, Time};
pub use vec3m::Vec3m;
