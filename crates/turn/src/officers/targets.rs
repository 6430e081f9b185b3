//! Choosing a target from one's own book.

use crate::stage::Stage;
use jumpline_measure::{BodyId, ContactId, GroupId, PowerId};
use jumpline_world::law::Role;
use jumpline_world::order::Quarry;
use jumpline_world::state::Contact;

/// The best contact a group knows that answers to a description, at one body or anywhere.
///
/// Best is: what the description puts first, then nearest (here, in this system, elsewhere), then freshest, then lowest id.
pub(crate) fn choose(
    stage: &Stage,
    id: GroupId,
    quarry: &Quarry,
    at: Option<BodyId>,
) -> Option<ContactId> {
    let group = stage.group(id);
    let chart = &stage.codex.chart;
    let system = chart.system_of(group.body).map(|system| system.id);
    stage.state.books[group.power.index()]
        .contacts
        .values()
        .filter(|contact| at.is_none_or(|body| contact.body == body && contact.bound.is_none()))
        .filter(|contact| is_foe(stage, group.power, contact))
        .filter_map(|contact| fits(stage, contact, quarry).map(|rank| (rank, contact)))
        .map(|(rank, contact)| {
            let far = if contact.body == group.body {
                chart.spot_distance_m(group.body, &group.spot, &contact.spot).min(1 << 50)
            } else if chart.system_of(contact.body).map(|system| system.id) == system {
                1 << 51
            } else {
                1 << 52
            };
            (rank, far, -contact.last.0, contact.id)
        })
        .min()
        .map(|(_, _, _, contact)| contact)
}

/// Is it known to be hostile?
fn is_foe(stage: &Stage, power: PowerId, contact: &Contact) -> bool {
    contact.power.is_some_and(|other| stage.state.hostile(power, other))
}

/// How well a contact answers: lower is better; none is not at all.
fn fits(stage: &Stage, contact: &Contact, quarry: &Quarry) -> Option<usize> {
    match quarry {
        Quarry::Contact(id) => (contact.id == *id).then_some(0),
        Quarry::Class(class) => {
            contact.classes.iter().any(|one| one.class == Some(*class)).then_some(0)
        }
        Quarry::Roles(roles) if roles.is_empty() => Some(0),
        Quarry::Roles(roles) => {
            let has = |role: &Role| {
                contact
                    .classes
                    .iter()
                    .filter_map(|one| one.class)
                    .any(|class| stage.codex.class(class).role == *role)
            };
            roles.iter().position(has)
        }
    }
}

/// What a power's book says of a contact.
pub(super) fn contact<'s>(stage: &'s Stage, power: PowerId, id: ContactId) -> Option<&'s Contact> {
    stage.state.books[power.index()].contacts.get(&id)
}

/// The worth in battle of what a book says stands at a body against a power.
pub(super) fn known_strength(stage: &Stage, power: PowerId, body: BodyId) -> i64 {
    stage.state.books[power.index()]
        .contacts
        .values()
        .filter(|contact| contact.body == body && contact.bound.is_none())
        .filter(|contact| is_foe(stage, power, contact))
        .flat_map(|contact| &contact.classes)
        .filter_map(|one| Some((one.class?, one.count)))
        .map(|(class, count)| {
            jumpline_battle::strength(stage.codex, class).saturating_mul(i64::from(count))
        })
        .fold(0, i64::saturating_add)
}

/// The worth in battle of a group's ships.
pub(super) fn own_strength(stage: &Stage, id: GroupId) -> i64 {
    stage
        .state
        .ships_of(id)
        .map(|ship| jumpline_battle::ship_strength(stage.codex, ship))
        .fold(0, i64::saturating_add)
}
