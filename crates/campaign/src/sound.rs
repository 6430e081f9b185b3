//! Is a state that came from outside one that the engine could have made? A save may be damaged or forged; every number in it that
//! is used as a place in a list is checked here, so that nothing behind this door has to.

use jumpline_measure::{BodyId, ClassId, GroupId, PowerId, ShipId};
use jumpline_world::state::{Fate, Ship};
use jumpline_world::{Law, State};

/// What is wrong with a state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the saved state does not fit its law: {0}")]
pub struct Unsound(String);

/// Checks that every list has the length its law asks for and every number points at something.
///
/// # Errors
/// The first thing found wrong.
pub fn sound(law: &Law, state: &State) -> Result<(), Unsound> {
    let powers = law.codex.powers.len();
    let classes = law.codex.classes.len();
    let length = |what: &str, have: usize, want: usize| {
        need(have == want, || format!("{have} {what}, not {want}"))
    };
    length("books", state.books.len(), powers)?;
    length("rows of regards", state.regards.len(), powers)?;
    for row in &state.regards {
        length("regards in a row", row.len(), powers)?;
    }
    length("lists of orders taken", state.taken.len(), powers)?;
    length("operations", state.operations.len(), law.plan.operations.len())?;
    length("arrivals", state.arrived.len(), law.plan.arrivals.len())?;
    length("accounts of ships", state.ledger.ships.len(), powers)?;
    for row in &state.ledger.ships {
        length("classes in an account", row.len(), classes)?;
    }
    length("accounts of people", state.ledger.people.len(), powers)?;
    length("accounts of mines", state.ledger.mines.len(), powers)?;
    length("accounts of shots", state.ledger.shots.len(), powers)?;
    need(state.now >= law.begins, || "it stands before the war's beginning".to_owned())?;

    let bounds = Bounds { law, state };
    for (place, ship) in state.ships.iter().enumerate() {
        bounds.ship_record(place, ship)?;
    }
    for (place, group) in state.groups.iter().enumerate() {
        need(group.id == GroupId::from_index(place), || format!("group {place} out of order"))?;
        bounds.power(group.power)?;
        bounds.body(group.body)?;
        for ship in &group.ships {
            bounds.ship(*ship)?;
            need(state.ships[ship.index()].group == group.id, || {
                format!("{ship} is listed by {} and says otherwise", group.id)
            })?;
        }
    }
    for (place, person) in state.people.iter().enumerate() {
        need(person.id.index() == place, || format!("person {place} out of order"))?;
        bounds.power(person.power)?;
        match person.fate {
            Fate::Aboard(ship) | Fate::Adrift(ship) => bounds.ship(ship)?,
            Fate::Ground(body) => bounds.body(body)?,
            Fate::Away | Fate::Dead => {}
        }
    }
    for (place, field) in state.fields.iter().enumerate() {
        need(field.id.index() == place, || format!("minefield {place} out of order"))?;
        bounds.power(field.power)?;
        bounds.body(field.from)?;
        bounds.body(field.to)?;
    }
    for engagement in state.engagements.values() {
        bounds.engagement(engagement)?;
    }
    for book in &state.books {
        for contact in book.contacts.values() {
            bounds.group(contact.group)?;
            bounds.body(contact.body)?;
        }
    }
    Ok(())
}

fn need(holds: bool, what: impl FnOnce() -> String) -> Result<(), Unsound> {
    if holds { Ok(()) } else { Err(Unsound(what())) }
}

struct Bounds<'a> {
    law: &'a Law,
    state: &'a State,
}

impl Bounds<'_> {
    fn power(&self, id: PowerId) -> Result<(), Unsound> {
        need(id.index() < self.law.codex.powers.len(), || format!("there is no {id}"))
    }

    fn class(&self, id: ClassId) -> Result<(), Unsound> {
        need(id.index() < self.law.codex.classes.len(), || format!("there is no {id}"))
    }

    fn body(&self, id: BodyId) -> Result<(), Unsound> {
        need(id.index() < self.law.codex.chart.bodies.len(), || format!("there is no {id}"))
    }

    fn ship(&self, id: ShipId) -> Result<(), Unsound> {
        need(id.index() < self.state.ships.len(), || format!("there is no {id}"))
    }

    fn group(&self, id: GroupId) -> Result<(), Unsound> {
        need(id.index() < self.state.groups.len(), || format!("there is no {id}"))
    }

    fn ship_record(&self, place: usize, ship: &Ship) -> Result<(), Unsound> {
        need(ship.id == ShipId::from_index(place), || format!("ship {place} out of order"))?;
        self.power(ship.power)?;
        self.class(ship.class)?;
        self.group(ship.group)?;
        self.body(ship.body)?;
        if let Some(carrier) = ship.carrier {
            self.ship(carrier)?;
        }
        if let Some(transit) = &ship.transit {
            self.body(transit.from)?;
            self.body(transit.to)?;
        }
        if let Some(engagement) = ship.engagement {
            need(self.state.engagements.contains_key(&engagement), || {
                format!("{} is in {engagement}, which there is not", ship.id)
            })?;
        }
        Ok(())
    }

    fn engagement(
        &self,
        engagement: &jumpline_world::engagement::Engagement,
    ) -> Result<(), Unsound> {
        self.body(engagement.body)?;
        let columns = &engagement.columns;
        let rows = columns.id.len();
        let lengths = [
            columns.class.len(),
            columns.power.len(),
            columns.posture.len(),
            columns.mode.len(),
            columns.position.len(),
            columns.velocity.len(),
            columns.heading.len(),
            columns.target.len(),
            columns.shields.len(),
            columns.armour.len(),
            columns.hull.len(),
            columns.parts.len(),
            columns.cooldown.len(),
            columns.shots.len(),
            columns.skill_permille.len(),
            columns.wounded.len(),
        ];
        need(lengths.iter().all(|length| *length == rows), || {
            format!("the columns of {} are of unequal length", engagement.id)
        })?;
        for id in &columns.id {
            self.ship(*id)?;
        }
        for class in &columns.class {
            self.class(*class)?;
        }
        for power in &columns.power {
            self.power(*power)?;
        }
        for posture in &columns.posture {
            need(usize::from(*posture) < engagement.postures.len(), || {
                format!("{} has a ship in a group that is not there", engagement.id)
            })?;
        }
        for posture in &engagement.postures {
            self.group(posture.group)?;
            self.power(posture.power)?;
        }
        Ok(())
    }
}
