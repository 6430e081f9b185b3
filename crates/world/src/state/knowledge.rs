//! What each power knows of the others: its book of contacts, and the words between powers.

use crate::order::{Answer, Quarry};
use jumpline_chart::Spot;
use jumpline_measure::{BodyId, ClassId, ContactId, GroupId, PowerId, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Ships of one class in a contact, as far as they are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactClass {
    /// Their class; none when not told apart.
    pub class: Option<ClassId>,
    /// How many are believed there.
    pub count: u32,
}

/// One contact: somebody else's group as this power believes it to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Its number in this book: meaningless to anyone else.
    pub id: ContactId,
    /// The group behind it. Never shown.
    pub group: GroupId,
    /// Whose it is believed to be; none when not identified.
    pub power: Option<PowerId>,
    /// Where it was.
    pub body: BodyId,
    /// Where in that body's space.
    pub spot: Spot,
    /// How wrong the place may be, metres.
    pub error_m: i64,
    /// When first seen.
    pub first: Time,
    /// When last seen.
    pub last: Time,
    /// What it is believed to hold.
    pub classes: Vec<ContactClass>,
    /// How sure, permille.
    pub sure_permille: i64,
    /// The ally that told of it, when not seen oneself.
    pub told_by: Option<PowerId>,
    /// Where it was seen to jump to, and when it should come out.
    pub bound: Option<(BodyId, Time)>,
    /// Pylons of a field weapon known to be gone.
    pub pylons_lost: u32,
    /// Greatest share of hull known to be lost by a ship of it, permille.
    pub hurt_permille: i64,
}

/// What one power knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Contacts by their number.
    pub contacts: BTreeMap<ContactId, Contact>,
    /// From the group to the contact.
    pub by_group: BTreeMap<GroupId, ContactId>,
    /// The next number.
    pub next: u32,
}

/// A request from one power to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its number.
    pub number: u32,
    /// Who asks.
    pub from: PowerId,
    /// Whom.
    pub to: PowerId,
    /// Where.
    pub body: BodyId,
    /// Against what, in the asker's words.
    pub quarry: Quarry,
    /// The asker's operation.
    pub operation: String,
    /// When asked.
    pub at: Time,
    /// The answer so far.
    pub answer: Option<Answer>,
}
