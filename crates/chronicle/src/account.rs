//! Forces before and after, and the account made from events alone.
//!
//! The war keeps its own running account (`world::ledger`). [`from_events`] makes another without looking at it, from the
//! opening and what happened; [`cross_check`] names every difference. A *row* is one power's ships of one class.

use crate::causes::Index;
use crate::words;
use jumpline_measure::{ClassId, PowerId};
use jumpline_world::event::{Cause, Event, What};
use jumpline_world::ledger::Row;
use jumpline_world::{Law, State};
use serde::Serialize;
use std::collections::BTreeMap;

/// One power's ships of one class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassForces {
    /// The class's key.
    pub class: String,
    /// The class's name, for tables.
    #[serde(skip)]
    pub name: String,
    /// Ships at the opening.
    pub opening: i64,
    /// Ships from yards.
    pub built: i64,
    /// Ships that came into the war.
    pub arrived: i64,
    /// Ships lost.
    pub lost: i64,
    /// Ships that left the theatre alive.
    pub departed: i64,
    /// Ships there now, counted afresh.
    pub present: i64,
}

/// One power's ships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PowerForces {
    /// The power's key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its ships, in the order of the classes.
    pub ships: Vec<ClassForces>,
}

/// The forces of all powers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Forces {
    /// By power.
    pub powers: Vec<PowerForces>,
}

/// Forces before and after. Present ships are counted in the state, everything else is the war's own account.
pub fn forces(law: &Law, state: &State) -> Forces {
    let mut present: BTreeMap<(PowerId, ClassId), i64> = BTreeMap::new();
    for ship in state.ships.iter().filter(|ship| ship.exists()) {
        *present.entry((ship.power, ship.class)).or_default() += 1;
    }
    let powers = law
        .codex
        .powers
        .iter()
        .enumerate()
        .map(|(number, power)| {
            let id = PowerId::from_index(number);
            let ships = law
                .codex
                .classes
                .iter()
                .enumerate()
                .filter_map(|(number, class)| {
                    let class_id = ClassId::from_index(number);
                    let row = state.ledger.ships.get(id.index())?.get(number)?;
                    let present = present.get(&(id, class_id)).copied().unwrap_or(0);
                    (*row != Row::default() || present != 0).then(|| ClassForces {
                        class: class.key.clone(),
                        name: class.name.clone(),
                        opening: row.opening,
                        built: row.built,
                        arrived: row.arrived,
                        lost: row.lost,
                        departed: row.departed,
                        present,
                    })
                })
                .collect();
            PowerForces { id: power.key.clone(), name: power.name.clone(), ships }
        })
        .collect();
    Forces { powers }
}

impl Forces {
    /// A Markdown table: a row for each power and class, a sum for each power. Columns that are empty throughout are
    /// left out.
    pub fn markdown(&self) -> String {
        const HEADS: [&str; 6] = ["opening", "built", "arrived", "lost", "departed", "present"];
        let cells = |row: &ClassForces| {
            [row.opening, row.built, row.arrived, row.lost, row.departed, row.present]
        };
        let rows: Vec<&ClassForces> = self.powers.iter().flat_map(|power| &power.ships).collect();
        let shown: Vec<usize> = (0..HEADS.len())
            .filter(|place| {
                matches!(place, 0 | 3 | 5)
                    || rows.iter().any(|row| cells(row).get(*place).is_some_and(|n| *n != 0))
            })
            .collect();
        let mut out = String::from("| power | class |");
        for place in &shown {
            out.push_str(&format!(" {} |", HEADS.get(*place).copied().unwrap_or("")));
        }
        out.push_str("\n|---|---|");
        out.push_str(&"--:|".repeat(shown.len()));
        out.push('\n');
        let mut line = |power: &str, class: &str, cells: [i64; 6], strong: bool| {
            let mark = if strong { "**" } else { "" };
            let class =
                if class.is_empty() { String::new() } else { format!("{mark}{class}{mark}") };
            out.push_str(&format!("| {power} | {class} |"));
            for place in &shown {
                let n = cells.get(*place).copied().unwrap_or(0);
                let n = if n == 0 && !strong { String::new() } else { words::figures(n) };
                out.push_str(&if n.is_empty() {
                    " |".to_owned()
                } else {
                    format!(" {mark}{n}{mark} |")
                });
            }
            out.push('\n');
        };
        for power in self.powers.iter().filter(|power| !power.ships.is_empty()) {
            let name = words::sentence(&power.name);
            let mut sum = [0_i64; 6];
            for (place, row) in power.ships.iter().enumerate() {
                for (sum, n) in sum.iter_mut().zip(cells(row)) {
                    *sum = sum.saturating_add(n);
                }
                line(if place == 0 { &name } else { "" }, &row.name, cells(row), false);
            }
            if power.ships.len() > 1 {
                line("", "all", sum, true);
            }
        }
        out
    }
}

/// Did a ship that came into being come with a force of the plan (and not from a yard)?
pub(crate) fn came_with_force(index: &Index, event: &Event) -> bool {
    event.because.iter().any(|cause| match cause {
        Cause::Event(id) => {
            index.get(*id).is_some_and(|earlier| matches!(earlier.what, What::ForceArrived { .. }))
        }
        _ => false,
    })
}

/// The account of ships from the opening and the events alone: rows by power, then by class. Ships of powers or classes that
/// the law does not know are left out.
pub fn from_events(law: &Law, opening: &State, events: &[Event]) -> Vec<Vec<Row>> {
    let mut rows = vec![vec![Row::default(); law.codex.classes.len()]; law.codex.powers.len()];
    let index = Index::new(events);
    {
        let mut row = |power: PowerId, class: ClassId, book: fn(&mut Row)| {
            if let Some(row) =
                rows.get_mut(power.index()).and_then(|rows| rows.get_mut(class.index()))
            {
                book(row);
            }
        };
        for ship in opening.ships.iter().filter(|ship| ship.exists()) {
            row(ship.power, ship.class, |row| row.opening += 1);
        }
        for event in events {
            match &event.what {
                What::Built { power, class, .. } if came_with_force(&index, event) => {
                    row(*power, *class, |row| row.arrived += 1);
                }
                What::Built { power, class, .. } => row(*power, *class, |row| row.built += 1),
                What::ShipLost { power, class, .. } => row(*power, *class, |row| row.lost += 1),
                What::Departed { power, class, .. } => row(*power, *class, |row| row.departed += 1),
                _ => {}
            }
        }
    }
    rows
}

/// One difference between the account from events and the war's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What differs ("lost: Kvash, Kvash battleship").
    pub what: String,
    /// By the events.
    pub events: i64,
    /// By the war's own account.
    pub account: i64,
}

/// Compares the account from events with the war's own and with the ships that exist.
pub fn cross_check(
    law: &Law,
    opening: &State,
    closing: &State,
    events: &[Event],
) -> Vec<Difference> {
    let mut found = Vec::new();
    let told = from_events(law, opening, events);
    let after = forces(law, closing);
    for (number, power) in law.codex.powers.iter().enumerate() {
        for (class_number, class) in law.codex.classes.iter().enumerate() {
            let empty = Row::default();
            let told = told.get(number).and_then(|rows| rows.get(class_number)).unwrap_or(&empty);
            let kept = closing
                .ledger
                .ships
                .get(number)
                .and_then(|rows| rows.get(class_number))
                .unwrap_or(&empty);
            let present = after
                .powers
                .get(number)
                .and_then(|power| power.ships.iter().find(|row| row.class == class.key))
                .map_or(0, |row| row.present);
            let mut check = |column: &str, events: i64, account: i64| {
                if events != account {
                    let what = format!("{column}: {}, {}", power.adjective, class.name);
                    found.push(Difference { what, events, account });
                }
            };
            check("opening", told.opening, kept.opening);
            // Yard or force: events tell them apart only by their cause, so the sum is what must agree.
            check("built or arrived", told.built + told.arrived, kept.built + kept.arrived);
            check("lost", told.lost, kept.lost);
            check("departed", told.departed, kept.departed);
            check("present", told.balance(), present);
        }
    }
    found
}
