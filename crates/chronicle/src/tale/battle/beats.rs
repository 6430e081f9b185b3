//! How a battle goes: its turning points in order, each with what was lost on the way to it.

use super::{TOGETHER_S, Teller};
use crate::record::Loss;
use crate::tale::since_s;
use crate::words;
use jumpline_measure::{ClassId, PowerId, ShipId, Time};
use jumpline_world::event::{What, Why};
use std::collections::BTreeMap;

/// A turning point.
#[derive(Clone, Debug)]
pub(super) struct Beat {
    /// When.
    pub at: Time,
    /// Its place among those of the same moment.
    pub order: u8,
    /// A sentence.
    pub text: String,
    /// Is it a moment to say what had been lost until then?
    pub tells_losses: bool,
}

impl Teller<'_> {
    /// The turning points, each with what was lost on the way to it.
    pub(super) fn course(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut told = 0_usize;
        let total = self.battle.losses.len();
        for beat in self.beats() {
            let until = self.battle.losses.partition_point(|loss| loss.at <= beat.at);
            let since = self.battle.losses.get(told..until).unwrap_or(&[]);
            let mut text = beat.text.clone();
            if since.len() >= 5 && since.len() * 10 >= total && beat.tells_losses {
                let lost = self.losses(since);
                let lead = words::way(
                    self.seed.wrapping_add(out.len() as u32),
                    &["By then", "Until then", "Before that"],
                );
                text.push_str(&format!(" {lead} {lost}."));
                told = until;
            }
            out.push(words::sentence(&text));
        }
        out
    }

    /// "the Cajdital had lost some 780 cruisers, the Kvash three destroyers".
    fn losses(&self, losses: &[Loss]) -> String {
        let mut by_power: BTreeMap<PowerId, BTreeMap<ClassId, i64>> = BTreeMap::new();
        for loss in losses {
            *by_power.entry(loss.power).or_default().entry(loss.class).or_default() += 1;
        }
        let mut rows: Vec<(PowerId, i64, BTreeMap<ClassId, i64>)> = by_power
            .into_iter()
            .map(|(power, classes)| (power, classes.values().sum(), classes))
            .collect();
        rows.sort_by_key(|(power, n, _)| (std::cmp::Reverse(*n), *power));
        let shown = rows.iter().filter(|(_, n, _)| *n * 25 >= losses.len() as i64).count();
        let shown = shown.clamp(1, 4);
        let mut parts = Vec::new();
        for (place, (power, _, classes)) in rows.iter().take(shown).enumerate() {
            let verb = if place == 0 { "had lost " } else { "" };
            parts.push(format!(
                "{} {verb}{}",
                self.telling.names.power(*power),
                self.telling.names.ships_by_class(*power, classes, false)
            ));
        }
        let rest: i64 = rows.iter().skip(shown).map(|(_, n, _)| n).sum();
        if rest > 0 {
            parts.push(format!("others {}", words::about(rest)));
        }
        match parts.as_slice() {
            [one, other] => format!("{one}, and {other}"),
            many => many.join("; "),
        }
    }

    fn beats(&self) -> Vec<Beat> {
        let mut beats = Vec::new();
        self.joined(&mut beats);
        self.shields(&mut beats);
        self.parts(&mut beats);
        self.fields(&mut beats);
        self.broke_off(&mut beats);
        self.great_losses(&mut beats);
        beats.sort_by_key(|beat| (beat.at, beat.order));
        beats
    }

    /// Who came later, in some number: those of one side that came close together in one sentence.
    fn joined(&self, beats: &mut Vec<Beat>) {
        struct Wave {
            side: usize,
            first: Time,
            last: Time,
            powers: BTreeMap<PowerId, i64>,
        }
        let all: i64 = self.battle.came.values().sum();
        let least = if self.telling.full { all / 50 } else { all / 12 }.max(3);
        let mut waves: Vec<Wave> = Vec::new();
        for event in &self.battle.notes {
            let What::BattleJoined { power, ships, .. } = &event.what else { continue };
            // Those who were there when it began are told of in the opening.
            if since_s(self.battle.began, event.at) <= 60 {
                continue;
            }
            let Some(side) = self.sides.iter().position(|side| side.contains(power)) else {
                continue;
            };
            let ships = i64::from(*ships);
            match waves
                .iter_mut()
                .rev()
                .find(|wave| wave.side == side && since_s(wave.first, event.at) <= TOGETHER_S)
            {
                Some(wave) => {
                    wave.last = event.at;
                    *wave.powers.entry(*power).or_default() += ships;
                }
                None => waves.push(Wave {
                    side,
                    first: event.at,
                    last: event.at,
                    powers: BTreeMap::from([(*power, ships)]),
                }),
            }
        }
        for wave in waves {
            let ships: i64 = wave.powers.values().sum();
            if ships < least {
                continue;
            }
            let text = self.wave(wave.first, wave.last, &wave.powers);
            beats.push(Beat { at: wave.first, order: 0, text, tells_losses: true });
        }
    }

    fn wave(&self, first: Time, last: Time, powers: &BTreeMap<PowerId, i64>) -> String {
        let names = &self.telling.names;
        let clock = self.telling.clock(first);
        let ships: i64 = powers.values().sum();
        if let (Some((power, _)), 1) = (powers.first_key_value(), powers.len()) {
            let more = match ships {
                1 => format!("another {} ship", names.adjective(*power)),
                n => words::counted(n, &format!("more {} ship", names.adjective(*power))),
            };
            return words::way(
                first.0 as u32,
                &[
                    "At {clock} {more} joined the fight.",
                    "From {clock} {more} came in.",
                    "{more} arrived at {clock}.",
                ],
            )
            .replace("{clock}", &clock)
            .replace("{more}", &more);
        }
        let mut rows: Vec<(PowerId, i64)> = powers.iter().map(|(power, n)| (*power, *n)).collect();
        rows.sort_by_key(|(power, n)| (std::cmp::Reverse(*n), *power));
        let shown = if rows.len() > 5 { 4 } else { rows.len() };
        let mut parts: Vec<String> = rows
            .iter()
            .take(shown)
            .map(|(power, n)| format!("{} {}", words::figures(*n), names.adjective(*power)))
            .collect();
        let rest: i64 = rows.iter().skip(shown).map(|(_, n)| n).sum();
        if rest > 0 {
            parts.push(format!("{} others", words::figures(rest)));
        }
        let until = self.telling.clock(last);
        let when = if until == clock {
            format!("At {clock}")
        } else {
            format!("Between {clock} and {until}")
        };
        format!("{when} {} more ships came up: {}.", words::about(ships), words::list(&parts))
    }

    /// Who broke off and why; noted ships by themselves.
    fn broke_off(&self, beats: &mut Vec<Beat>) {
        let names = &self.telling.names;
        let all: i64 = self.battle.came.values().sum();
        let mut rows: Vec<(PowerId, Why, Time, Time, i64)> = Vec::new();
        for event in &self.battle.notes {
            let What::Withdrew { power, class, why, ships, hull_lost_permille, .. } = &event.what
            else {
                continue;
            };
            if names.noted(*class) && *ships <= 3 {
                let clock = self.telling.clock(event.at);
                let ship = self
                    .great_of(*power, *class)
                    .unwrap_or_else(|| words::a(&names.full_class(*class, *power)));
                let hurt = match hull_lost_permille / 10 {
                    ..=0 => "her hull whole".to_owned(),
                    hurt => format!("{hurt} % of her hull gone"),
                };
                let turned = words::way(event.id.0, &["turned away", "broke off", "drew off"]);
                let text = format!("At {clock} {ship} {turned} with {hurt}.");
                beats.push(Beat { at: event.at, order: 4, text, tells_losses: true });
                continue;
            }
            let ships = i64::from(*ships);
            match rows.iter_mut().rev().find(|row| {
                row.0 == *power && row.1 == *why && since_s(row.3, event.at) <= TOGETHER_S
            }) {
                Some(row) => {
                    row.3 = event.at;
                    row.4 += ships;
                }
                None => rows.push((*power, *why, event.at, event.at, ships)),
            }
        }
        for (power, why, first, last, ships) in rows {
            if !self.telling.full && ships * 15 < all {
                continue;
            }
            let name = names.power(power);
            let clock = self.telling.clock(first);
            let over = since_s(first, last) > 600;
            let with = words::counted(ships, "ship");
            let text = match (over, first.0 as u32 % 2) {
                (true, _) => format!(
                    "Between {clock} and {} {name} drew off {with}, {}.",
                    self.telling.clock(last),
                    crate::line::why(why)
                ),
                (false, 0) => {
                    format!("At {clock} {name} broke off with {with}, {}.", crate::line::why(why))
                }
                (false, _) => {
                    format!("{name} drew off {with} at {clock}, {}.", crate::line::why(why))
                }
            };
            let at = if over { last } else { first };
            beats.push(Beat { at, order: 3, text, tells_losses: true });
        }
    }

    /// The ship's name when a power only ever had one of that class.
    fn great_of(&self, power: PowerId, class: ClassId) -> Option<String> {
        let cast = self.telling.names.cast;
        let mut of = cast
            .ships
            .iter()
            .enumerate()
            .filter(|(_, one)| one.power == power && one.class == class);
        let (place, _) = of.next()?;
        of.next()
            .is_none()
            .then(|| self.telling.names.ship_of(ShipId::from_index(place), power, class))
    }
}
