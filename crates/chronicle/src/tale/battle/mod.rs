//! A battle as one passage: who fell on whom and why, with what; how it went, by its turning points; how it ended and what
//! it cost. Never a list of kills.

mod beats;
mod ending;
mod great;
mod opening;

use super::{Scene, Telling};
use crate::kills;
use crate::record::Battle;
use jumpline_measure::{PowerId, ShipId};
use jumpline_world::event::{Cause, What};
use jumpline_world::law::Part;

/// Things of one kind that follow each other within this span are told together, seconds.
const TOGETHER_S: i64 = 1_500;

pub fn scenes(telling: &Telling, out: &mut Vec<Scene>) {
    for battle in &telling.record.battles {
        let weight = weight(telling, battle);
        if weight < telling.minor {
            continue;
        }
        let teller = Teller::new(telling, battle);
        let mut text = vec![teller.opening()];
        let course = teller.course();
        if !course.is_empty() {
            text.push(course.join(" "));
        }
        text.push(teller.ending());
        if telling.full && battle.losses.len() >= 12 {
            text.push(kills::of(&telling.names, battle).markdown());
        }
        out.push(Scene { at: battle.began, body: battle.body, weight, must: false, text });
    }
}

/// How much a battle matters: what was lost in it, and more when great ships had a part.
pub fn weight(telling: &Telling, battle: &Battle) -> i64 {
    let lost: i64 = battle.losses.iter().map(|loss| telling.names.worth(loss.class)).sum();
    let noted: i64 = battle
        .notes
        .iter()
        .map(|event| match &event.what {
            What::ShieldsDown { .. } => 200,
            What::FieldLit { .. } => 100,
            What::PartLost { part: Part::Pylon, .. } => 60,
            What::Withdrew { class, .. } if telling.names.noted(*class) => 40,
            _ => 0,
        })
        .sum();
    let wounded =
        battle.notes.iter().filter(|event| matches!(event.what, What::ShipWounded { .. })).count();
    // A fight that cost nobody a ship matters less, whatever was shot at.
    let noted = if battle.losses.is_empty() { noted / 4 } else { noted };
    lost + noted + wounded as i64
}

struct Teller<'a> {
    telling: &'a Telling<'a>,
    battle: &'a Battle<'a>,
    sides: Vec<Vec<PowerId>>,
    /// The power whose coming began it.
    attacker: Option<PowerId>,
    seed: u32,
}

impl<'a> Teller<'a> {
    fn new(telling: &'a Telling<'a>, battle: &'a Battle<'a>) -> Teller<'a> {
        let sides = telling.names.sides(&battle.powers);
        // Who came, or whose operation it was.
        let attacker = telling.index.back(&battle.because, |cause| match cause {
            Cause::Event(id) => match telling.index.get(*id).map(|event| &event.what) {
                Some(What::GroupArrived { power, .. } | What::ForceArrived { power, .. }) => {
                    Some(*power)
                }
                _ => None,
            },
            Cause::Operation(number) => {
                telling.names.law.plan.operations.get(*number as usize).map(|one| one.power)
            }
            Cause::Order(power, _) => Some(*power),
        });
        let seed = battle.event.map_or(battle.id.0, |id| id.0);
        let attacker = attacker.filter(|power| battle.powers.contains(power));
        Teller { telling, battle, sides, attacker, seed }
    }

    fn place(&self) -> String {
        self.battle
            .body
            .map_or_else(|| "in the deep".to_owned(), |body| self.telling.names.at(body))
    }

    /// The side of the attacker first.
    fn ordered_sides(&self) -> Vec<&Vec<PowerId>> {
        let mut sides: Vec<&Vec<PowerId>> = self.sides.iter().collect();
        if let Some(attacker) = self.attacker {
            sides.sort_by_key(|side| !side.contains(&attacker));
        }
        sides
    }

    fn came(&self, side: &[PowerId]) -> i64 {
        side.iter().map(|power| self.came_of(*power)).sum()
    }

    fn came_of(&self, power: PowerId) -> i64 {
        self.battle.came.get(&power).copied().unwrap_or(0).max(self.battle.lost(power))
    }

    /// The one ship that a side consisted of, when she is known.
    fn alone(&self, side: &[PowerId]) -> Option<String> {
        let [power] = side else { return None };
        if self.came_of(*power) != 1 {
            return None;
        }
        let names = &self.telling.names;
        // Known by what she did, or else by her group.
        let by_deed = self.battle.notes.iter().find_map(|event| {
            let facts = event.what.facts();
            facts.ship.filter(|_| facts.power == Some(*power)).zip(facts.class)
        });
        let by_group = || {
            let mut of = names.cast.ships.iter().enumerate().filter(|(_, ship)| {
                ship.power == *power && self.battle.groups.contains(&ship.group)
            });
            let (place, ship) = of.next()?;
            of.next().is_none().then(|| (ShipId::from_index(place), ship.class))
        };
        by_deed.or_else(by_group).map(|(ship, class)| names.ship_of(ship, *power, class))
    }
}
