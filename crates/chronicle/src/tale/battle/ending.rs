//! How a battle ends and what it cost.

use super::Teller;
use crate::record::Loss;
use crate::words;
use jumpline_measure::{ClassId, PowerId};
use jumpline_world::event::How;
use std::collections::BTreeMap;

impl Teller<'_> {
    /// How it ended and what it cost.
    pub(super) fn ending(&self) -> String {
        let span = words::span(self.battle.duration_s());
        let mut text = match self.battle.ended {
            None => format!("After {span} it was still going on."),
            Some(_) if self.battle.by_rule => {
                format!("After {span} neither side could finish it, and they drew apart.")
            }
            Some(at) => {
                let clock = self.telling.clock(at);
                match (self.holder(), self.seed % 3) {
                    (Some(side), 0) => format!("After {span} {side} held the field."),
                    (Some(side), 1) => format!(
                        "It was over at {clock}, {span} after it began, and {side} held the field."
                    ),
                    (Some(side), _) => {
                        format!("By {clock}, after {span}, {side} had the place to themselves.")
                    }
                    (None, 0) => format!("It lasted {span}."),
                    (None, _) => format!("The guns fell silent at {clock}, after {span}."),
                }
            }
        };
        if self.battle.losses.is_empty() {
            text.push_str(" Nobody lost a ship.");
            return text;
        }
        for side in self.ordered_sides() {
            text.push(' ');
            text.push_str(&words::sentence(&self.cost(side)));
        }
        let dead: i64 =
            self.battle.losses.iter().map(|loss| loss.people.max(0)).fold(0, i64::saturating_add);
        if dead >= 1_000 || (self.telling.full && dead > 0) {
            let verb = if dead == 1 { "person died" } else { "people died" };
            text.push(' ');
            text.push_str(&words::sentence(&format!("{} {verb}.", words::about(dead))));
        }
        text
    }

    /// The one side that still had ships there.
    fn holder(&self) -> Option<String> {
        let left = |side: &[PowerId]| {
            let lost: i64 = side.iter().map(|power| self.battle.lost(*power)).sum();
            let gone: i64 =
                side.iter().map(|power| self.battle.left.get(power).copied().unwrap_or(0)).sum();
            self.came(side) - lost - gone
        };
        let mut holding = self.sides.iter().filter(|side| left(side) > 0);
        let one = holding.next()?;
        if holding.next().is_some() || self.sides.len() < 2 {
            return None;
        }
        Some(self.telling.names.side(one))
    }

    /// "The Cajdital lost some 1,430 of some 2,100 ships (…), two thirds of them to plasma streamers."
    fn cost(&self, side: &[PowerId]) -> String {
        let names = &self.telling.names;
        let losses: Vec<Loss> =
            self.battle.losses.iter().filter(|loss| side.contains(&loss.power)).copied().collect();
        let name = names.side(side);
        let n = losses.len() as i64;
        if n == 0 {
            return match self.seed % 2 {
                0 => format!("{name} lost no ship."),
                _ => format!("{name} came out of it without a loss."),
            };
        }
        let came = self.came(side).max(n);
        let mut by_power: BTreeMap<PowerId, BTreeMap<ClassId, i64>> = BTreeMap::new();
        for loss in &losses {
            *by_power.entry(loss.power).or_default().entry(loss.class).or_default() += 1;
        }
        let share = match (n == came, n) {
            (true, 1) => "the one ship they had there".to_owned(),
            (true, 2) => "both of their ships".to_owned(),
            (true, _) => format!("all {} of their ships", words::exact(n)),
            (false, 1) => format!("one of {}", words::counted(came, "ship")),
            (false, _) => format!("{} of {}", words::about(n), words::counted(came, "ship")),
        };
        let mut text = format!("{name} lost {share}");
        if let (Some((power, classes)), 1) = (by_power.first_key_value(), by_power.len()) {
            match classes.first_key_value() {
                Some((class, _)) if classes.len() == 1 => {
                    let kind = names.short_class(*class, *power);
                    text.push_str(&match n {
                        1 => format!(", {}", words::a(kind)),
                        2 if n == came => format!(", {}", words::plural(kind)),
                        2 => format!(", both of them {}", words::plural(kind)),
                        _ => format!(", all {}", words::plural(kind)),
                    });
                }
                _ => text.push_str(&format!(": {}", names.ships_by_class(*power, classes, false))),
            }
        } else {
            let mut rows: Vec<(&PowerId, i64)> =
                by_power.iter().map(|(power, classes)| (power, classes.values().sum())).collect();
            rows.sort_by_key(|(power, n)| (std::cmp::Reverse(*n), **power));
            let shown = if rows.len() > 5 { 4 } else { rows.len() };
            let mut parts: Vec<String> = rows
                .iter()
                .take(shown)
                .map(|(power, n)| format!("{} {}", words::figures(*n), names.adjective(**power)))
                .collect();
            let rest: i64 = rows.iter().skip(shown).map(|(_, n)| n).sum();
            if rest > 0 {
                parts.push(format!("{} of other peoples", words::figures(rest)));
            }
            text.push_str(&format!(" ({})", words::list(&parts)));
        }
        if n >= 5
            && let Some((how, part)) = chief_cause(&losses)
            && part * 2 >= n
        {
            let fell = names.fell(how);
            text.push_str(&match part == n {
                true => format!("; all {fell}"),
                false => format!("; {} of them {fell}", words::share(part, n)),
            });
        }
        text.push('.');
        text
    }
}

/// The most frequent way in which ships were lost.
fn chief_cause(losses: &[Loss]) -> Option<(How, i64)> {
    let mut hows: BTreeMap<How, i64> = BTreeMap::new();
    for loss in losses {
        *hows.entry(loss.how).or_default() += 1;
    }
    hows.into_iter().max_by_key(|(how, n)| (*n, std::cmp::Reverse(*how)))
}
