//! Ships counted by power, class and place at one moment.

use jumpline_measure::{BodyId, ClassId, PowerId};
use jumpline_world::law::{Codex, Present, Role};
use jumpline_world::state::{Ship, Status};
use jumpline_world::{Law, State};
use std::collections::BTreeMap;

/// The ships that exist at one moment. The place is that of the ship or of what carries her; ships between two bodies and on the
/// ground have none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Census {
    rows: BTreeMap<(PowerId, ClassId, Option<BodyId>), i64>,
    /// Ships there at the war's opening.
    opening: BTreeMap<(PowerId, ClassId), i64>,
}

impl Census {
    pub(crate) fn take(state: &State) -> Census {
        let mut census = Census::default();
        for ship in state.ships.iter().filter(|ship| ship.exists()) {
            *census.rows.entry((ship.power, ship.class, place(state, ship))).or_default() += 1;
        }
        for (power, classes) in state.ledger.ships.iter().enumerate() {
            for (class, row) in classes.iter().enumerate().filter(|(_, row)| row.opening > 0) {
                let key = (PowerId::from_index(power), ClassId::from_index(class));
                census.opening.insert(key, row.opening);
            }
        }
        census
    }

    /// The ships asked for, or their share of the same ships at the opening in permille; none when there were none.
    pub(crate) fn present(&self, law: &Law, asked: &Present) -> Option<i64> {
        let counts = |power, class| {
            (asked.powers.is_empty() || asked.powers.contains(&power))
                && in_roles(&law.codex, class, &asked.roles)
        };
        let now = self
            .rows
            .iter()
            .filter(|((power, class, at), _)| {
                counts(*power, *class) && (asked.body.is_none() || *at == asked.body)
            })
            .fold(0, |sum, (_, count)| sum + count);
        if !asked.share_of_opening {
            return Some(now);
        }
        let opening = self
            .opening
            .iter()
            .filter(|((power, class), _)| counts(*power, *class))
            .fold(0, |sum, (_, count)| sum + count);
        (opening > 0).then(|| now * 1_000 / opening)
    }
}

/// Is the class of one of these roles? No roles are all roles.
pub(crate) fn in_roles(codex: &Codex, class: ClassId, roles: &[Role]) -> bool {
    roles.is_empty() || roles.contains(&codex.class(class).role)
}

/// Carriers do not nest deeper than this in any war; the bound keeps a forged ring from turning for ever.
const NESTING_MAX: usize = 8;

fn place(state: &State, ship: &Ship) -> Option<BodyId> {
    let mut ship = ship;
    for _ in 0..NESTING_MAX {
        match (ship.status, ship.carrier) {
            (Status::Present, _) => return Some(ship.body),
            (Status::Aboard, Some(carrier)) => ship = state.ship(carrier),
            _ => return None,
        }
    }
    None
}
