//! How a battle opens: who fell on whom, when, where, why and with what.

use super::Teller;
use crate::words;
use jumpline_measure::PowerId;

impl Teller<'_> {
    /// The first paragraph.
    pub(super) fn opening(&self) -> String {
        let names = &self.telling.names;
        let clock = self.telling.clock(self.battle.began);
        let place = self.place();
        let sides = self.ordered_sides();
        let purpose = self.telling.purpose(&self.battle.because, self.attacker);
        let named: Vec<String> =
            sides.iter().map(|side| self.alone(side).unwrap_or_else(|| names.side(side))).collect();
        let mut text = match (named.as_slice(), self.attacker) {
            ([one, others @ ..], Some(_)) if !others.is_empty() => {
                let verb = words::way(
                    self.seed,
                    &["fell on", "came upon", "attacked", "struck at", "closed with"],
                );
                let others = words::list(others);
                match self.seed % 3 {
                    0 => format!("At {clock} {one} {verb} {others} {place}{}.", purpose.clause),
                    1 => format!("{one} {verb} {others} {place} at {clock}{}.", purpose.clause),
                    _ => format!("{place} {one} {verb} {others} at {clock}{}.", purpose.clause),
                }
            }
            ([one], _) => format!("At {clock} {one} fought {place}."),
            ([], _) => format!("At {clock} shots were fired {place}."),
            (all, _) => {
                let all = words::list(all);
                words::way(
                    self.seed,
                    &[
                        "At {clock} {all} met {place}.",
                        "Fighting broke out {place} at {clock} between {all}.",
                    ],
                )
                .replace("{clock}", &clock)
                .replace("{all}", &all)
                .replace("{place}", &place)
            }
        };
        text = words::sentence(&text);
        text.push_str(&purpose.sentence);
        let present: Vec<&&Vec<PowerId>> =
            sides.iter().filter(|side| self.came(side) > 0).collect();
        if let [one, others @ ..] = present.as_slice()
            && !others.is_empty()
        {
            let first = self.strength(one);
            let rest: Vec<String> = others.iter().map(|side| self.strength(side)).collect();
            let rest = words::list(&rest);
            let whole = match (self.came(one), self.seed % 3) {
                (1, _) if self.alone(one).is_some() => format!("Alone, she faced {rest}."),
                (1, _) => format!("In all {first} took part against {rest}."),
                (_, 0) => format!("{first} were to face {rest} before it was over."),
                (_, 1) => format!("In all {first} took part against {rest}."),
                _ => format!("They brought {first} against {rest}.").replace(
                    "They brought",
                    if self.attacker.is_some() { "They brought" } else { "In all it was" },
                ),
            };
            text.push(' ');
            text.push_str(&words::sentence(&whole));
        }
        text
    }

    /// "some 2,100 Cajdital ships", "some 4,000 of the Alliance (Calavari 450, …)".
    fn strength(&self, side: &[PowerId]) -> String {
        let names = &self.telling.names;
        let all = self.came(side);
        if let [one] = side {
            return format!(
                "{} {}",
                words::about(all),
                words::noun(all, &format!("{} ship", names.adjective(*one)))
            );
        }
        let mut rows: Vec<(PowerId, i64)> = side
            .iter()
            .map(|power| (*power, self.came_of(*power)))
            .filter(|(_, n)| *n > 0)
            .collect();
        rows.sort_by_key(|(power, n)| (std::cmp::Reverse(*n), *power));
        let shown = if rows.len() > 5 { 4 } else { rows.len() };
        let mut parts: Vec<String> = rows
            .iter()
            .take(shown)
            .map(|(power, n)| format!("{} {}", words::figures(*n), names.adjective(*power)))
            .collect();
        let rest: i64 = rows.iter().skip(shown).map(|(_, n)| n).sum();
        if rest > 0 {
            parts.push(format!("{} of other peoples", words::figures(rest)));
        }
        let of = names.side(side);
        let named = of.contains(" and ");
        if named {
            format!("{} ({})", words::counted(all, "ship"), words::list(&parts))
        } else {
            format!("{} of {of} ({})", words::counted(all, "ship"), words::list(&parts))
        }
    }
}
