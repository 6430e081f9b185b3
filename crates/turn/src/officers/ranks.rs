//! Ranks: splitting ships off, joining groups.

use super::go::{Going, towards};
use super::{Step, later};
use crate::clash;
use crate::meet;
use crate::stage::Stage;
use crate::ways;
use jumpline_measure::{EngagementId, GroupId, ShipId};
use jumpline_world::What;
use jumpline_world::order::Refusal;

/// Takes those ships that fight out of their battles while their group changes.
fn lift_out(
    stage: &mut Stage,
    ships: &[ShipId],
) -> Vec<(ShipId, EngagementId, jumpline_chart::Spot)> {
    let mut lifted = Vec::new();
    for ship in ships {
        if let Some(battle) = stage.ship(*ship).engagement
            && let Some(spot) = clash::take_out(stage, *ship)
        {
            lifted.push((*ship, battle, spot));
        }
    }
    lifted
}

fn put_back(stage: &mut Stage, lifted: Vec<(ShipId, EngagementId, jumpline_chart::Spot)>) {
    for (ship, battle, spot) in lifted {
        meet::enter_ship(stage, battle, ship, spot);
    }
}

/// `Detach`: some ships become a group of their own.
pub(super) fn detach(stage: &mut Stage, id: GroupId, ships: &[ShipId], name: &str) -> Step {
    let own: Vec<ShipId> = ships
        .iter()
        .copied()
        .filter(|ship| stage.group(id).ships.binary_search(ship).is_ok())
        .collect();
    let Some(first) = own.first().copied() else { return Step::Cannot(Refusal::NoSuchShip) };
    if own.len() == stage.group(id).ships.len() {
        return Step::Cannot(Refusal::NoShips);
    }
    let body = stage.ship(first).body;
    let spot = stage.group(id).spot;
    let lifted = lift_out(stage, &own);
    for ship in &own {
        // A place in a queue was the old group's; a jump under way goes on.
        if stage.ship(*ship).stands() {
            stage.ship_mut(*ship).transit = None;
        }
    }
    stage.split_off(id, &own, name.to_owned(), body, spot);
    put_back(stage, lifted);
    Step::Done
}

/// `Merge`: all ships go under another group's command; this group is no more.
pub(super) fn merge(stage: &mut Stage, id: GroupId, into: GroupId) -> Step {
    let Some(other) = stage.state.groups.get(into.index()) else {
        return Step::Cannot(Refusal::NoSuchGroup);
    };
    if into == id || other.ships.is_empty() || other.power != stage.group(id).power {
        return Step::Cannot(Refusal::NoSuchGroup);
    }
    let (body, spot) = (other.body, other.spot);
    let fighting = stage.battle_of(id).is_some();
    if !fighting {
        match towards(stage, id, body, 1_000) {
            Going::Underway => return Step::Wait,
            Going::Cannot(refusal) => return Step::Cannot(refusal),
            Going::There => {}
        }
        if !ways::gathered(stage, id) || stage.flying(into) {
            return later(stage, id);
        }
        let here = stage.group(id).spot;
        if ways::apart_m(stage, body, &here, &spot) > 10_000 && ways::fly(stage, id, spot) {
            return Step::Wait;
        }
    }
    let ships = stage.group(id).ships.clone();
    let lifted = lift_out(stage, &ships);
    stage.regroup(&ships, into);
    put_back(stage, lifted);
    let (power, because) = (stage.group(id).power, stage.why(id));
    let count = u32::try_from(ships.len()).unwrap_or(u32::MAX);
    stage.tell(Some(body), What::Regrouped { from: id, into, power, ships: count }, because);
    stage.group_mut(id).tasks.clear();
    Step::Wait
}
