//! The situation as one power sees it: at each body, what one has there, what allies have, what is known to be hostile.

use crate::groups::{self, Worths};
use jumpline_measure::{BodyId, ClassId, PowerId, Time};
use jumpline_world::law::{Codex, Regard};
use jumpline_world::view::{ContactView, View};
use std::collections::BTreeMap;

/// One body's balance. Strengths are worths.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Own ships there that can fight, stations too.
    pub own: i64,
    /// Own ships by number.
    pub own_ships: i64,
    /// Allies' ships there.
    pub allied: i64,
    /// Hostile contacts there or bound for it.
    pub hostile: i64,
    /// Hostile ships by number.
    pub hostile_ships: i64,
    /// When something hostile was last seen there.
    pub seen: Option<Time>,
}

/// The whole.
pub struct Picture {
    /// By body; bodies where nothing is known are left out.
    pub places: BTreeMap<BodyId, Place>,
}

impl Picture {
    /// Drawn from a view.
    pub fn new(codex: &Codex, view: &View, worths: &Worths) -> Picture {
        let mut places: BTreeMap<BodyId, Place> = BTreeMap::new();
        for group in &view.groups {
            if groups::aboard(group) {
                continue;
            }
            let place = places.entry(group.body).or_default();
            place.own = place.own.saturating_add(groups::strength(codex, worths, group));
            place.own_ships += group.ships.len() as i64;
        }
        for ally in &view.allies {
            let place = places.entry(ally.body).or_default();
            for (class, count) in &ally.classes {
                let worth = worths.class(*class).saturating_mul(i64::from(*count));
                place.allied = place.allied.saturating_add(worth);
            }
        }
        let usual = usual_worth(codex, worths);
        for contact in view.contacts.iter().filter(|contact| hostile(view, contact)) {
            let (strength, ships) = contact_strength(contact, worths, usual);
            let body = match contact.bound {
                Some((to, _)) => to,
                None => contact.body,
            };
            let place = places.entry(body).or_default();
            place.hostile = place.hostile.saturating_add(strength);
            place.hostile_ships = place.hostile_ships.saturating_add(ships);
            place.seen = place.seen.max(Some(contact.last));
        }
        Picture { places }
    }

    /// What is at a body.
    pub fn at(&self, body: BodyId) -> Place {
        self.places.get(&body).cloned().unwrap_or_default()
    }
}

/// Is that contact known to be an enemy's?
pub fn hostile(view: &View, contact: &ContactView) -> bool {
    contact.power.is_some_and(|power| hostile_power(view, power))
}

/// Does this power count that one among its enemies?
pub fn hostile_power(view: &View, power: PowerId) -> bool {
    view.power != power && view.regards.get(power.index()) == Some(&Regard::Hostile)
}

/// (worth, ships) of a contact. What is not told apart counts as a usual warship.
pub fn contact_strength(contact: &ContactView, worths: &Worths, usual: i64) -> (i64, i64) {
    let mut strength = 0_i64;
    let mut ships = 0_i64;
    for (class, count) in &contact.classes {
        let worth = class.map_or(usual, |class| worths.class(class));
        strength = strength.saturating_add(worth.saturating_mul(i64::from(*count)));
        ships = ships.saturating_add(i64::from(*count));
    }
    let hurt = contact.hurt_permille.clamp(0, 1_000) / 2;
    (strength.saturating_mul(1_000 - hurt) / 1_000, ships)
}

/// The worth of a middling warship of the codex.
pub fn usual_worth(codex: &Codex, worths: &Worths) -> i64 {
    let mut all: Vec<i64> = codex
        .classes
        .iter()
        .enumerate()
        .filter(|(_, class)| class.role.is_warship())
        .map(|(number, _)| worths.class(ClassId::from_index(number)))
        .collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or(1)
}
