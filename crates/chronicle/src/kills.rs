//! Who destroyed whom in one battle: class against class.

use crate::names::Names;
use crate::record::{self, Battle};
use crate::words;
use jumpline_measure::{ClassId, EngagementId, PowerId};
use jumpline_world::event::{Event, How};
use serde::Serialize;
use std::collections::BTreeMap;

/// A battle's matrix of killers and victims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kills {
    /// Killers in the order of the columns, greatest first: class names, or ways of dying where nobody did it.
    pub killers: Vec<String>,
    /// Victims in the order of the rows, greatest first.
    pub victims: Vec<String>,
    /// Ships destroyed: by victim, then by killer.
    pub counts: Vec<Vec<i64>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Killer {
    Ship(PowerId, ClassId),
    Way(How),
}

/// The matrix of the battle of that number; none when no such battle began.
pub fn kills(names: &Names, events: &[Event], id: EngagementId) -> Option<Kills> {
    let record = record::record(events);
    record.battles.iter().find(|battle| battle.id == id).map(|battle| of(names, battle))
}

pub(crate) fn of(names: &Names, battle: &Battle) -> Kills {
    let mut cells: BTreeMap<((PowerId, ClassId), Killer), i64> = BTreeMap::new();
    let mut victims: BTreeMap<(PowerId, ClassId), i64> = BTreeMap::new();
    let mut killers: BTreeMap<Killer, i64> = BTreeMap::new();
    for loss in &battle.losses {
        let victim = (loss.power, loss.class);
        let killer = loss
            .by
            .and_then(|by| names.cast.ship(by))
            .map_or(Killer::Way(loss.how), |card| Killer::Ship(card.power, card.class));
        *cells.entry((victim, killer)).or_default() += 1;
        *victims.entry(victim).or_default() += 1;
        *killers.entry(killer).or_default() += 1;
    }
    let mut rows: Vec<((PowerId, ClassId), i64)> = victims.into_iter().collect();
    rows.sort_by_key(|(victim, n)| (std::cmp::Reverse(*n), *victim));
    let mut columns: Vec<(Killer, i64)> = killers.into_iter().collect();
    columns.sort_by_key(|(killer, n)| (std::cmp::Reverse(*n), *killer));
    Kills {
        killers: columns
            .iter()
            .map(|(killer, _)| match killer {
                Killer::Ship(power, class) => names.full_class(*class, *power),
                Killer::Way(how) => names.how(*how),
            })
            .collect(),
        victims: rows.iter().map(|((power, class), _)| names.full_class(*class, *power)).collect(),
        counts: rows
            .iter()
            .map(|(victim, _)| {
                columns
                    .iter()
                    .map(|(killer, _)| cells.get(&(*victim, *killer)).copied().unwrap_or(0))
                    .collect()
            })
            .collect(),
    }
}

/// Most columns that a table in the story shows; the rest are added up.
const COLUMNS_MAX: usize = 6;

impl Kills {
    /// The matrix as a Markdown table: victims down, killers across.
    pub fn markdown(&self) -> String {
        let shown = self.killers.len().min(COLUMNS_MAX);
        let rest = self.killers.len() > shown;
        let mut out = String::from("| lost | all |");
        for killer in self.killers.iter().take(shown) {
            out.push_str(&format!(" {killer} |"));
        }
        out.push_str(if rest { " others |\n" } else { "\n" });
        out.push_str("|---|--:|");
        out.push_str(&"--:|".repeat(shown + usize::from(rest)));
        out.push('\n');
        for (victim, counts) in self.victims.iter().zip(&self.counts) {
            let all: i64 = counts.iter().sum();
            out.push_str(&format!("| {victim} | {} |", words::figures(all)));
            let cell =
                |n: i64| if n == 0 { " |".to_owned() } else { format!(" {} |", words::figures(n)) };
            for n in counts.iter().take(shown) {
                out.push_str(&cell(*n));
            }
            if rest {
                out.push_str(&cell(counts.iter().skip(shown).sum()));
            }
            out.push('\n');
        }
        out
    }
}
