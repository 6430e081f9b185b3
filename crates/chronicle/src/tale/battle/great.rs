//! What great ships do and suffer in a battle: shields that fall, parts that are shot away, fields that burn, deaths.
//!
//! A ship that has a name, or stands alone in her class, is told of by herself; others of a class together.

use super::beats::Beat;
use super::{TOGETHER_S, Teller};
use crate::record::Loss;
use crate::tale::since_s;
use crate::words;
use jumpline_measure::{ClassId, PowerId, ShipId, Time};
use jumpline_world::event::{How, What};
use jumpline_world::law::{Part, Role};
use std::collections::{BTreeMap, BTreeSet};

impl Teller<'_> {
    /// Noted ships' shields fall: of one that stands alone in her class the first time is told, of others how many.
    pub(super) fn shields(&self, beats: &mut Vec<Beat>) {
        let names = &self.telling.names;
        let mut seen: BTreeMap<(PowerId, ClassId), BTreeMap<ShipId, Vec<Time>>> = BTreeMap::new();
        for event in &self.battle.notes {
            if let What::ShieldsDown { ship, power, class, .. } = &event.what {
                let ships = seen.entry((*power, *class)).or_default();
                ships.entry(*ship).or_default().push(event.at);
            }
        }
        for ((power, class), ships) in seen {
            let firsts: Vec<Time> =
                ships.values().filter_map(|times| times.first()).copied().collect();
            let (Some(first), Some(last)) = (firsts.iter().min(), firsts.iter().max()) else {
                continue;
            };
            let times = ships.values().map(Vec::len).max().unwrap_or(0);
            let clock = self.telling.clock(*first);
            let text = match ships.first_key_value() {
                Some((ship, _)) if ships.len() == 1 => {
                    let took = words::span(since_s(self.battle.began, *first));
                    let name = names.ship_of(*ship, power, class);
                    let after = match times {
                        1 => ".",
                        2..=4 => "; they rose again and were beaten down again.",
                        _ => {
                            "; what she raised of them after that was beaten down again and again."
                        }
                    };
                    match self.seed % 2 {
                        0 => format!(
                            "At {clock}, after {took} of it, the shields of {name} fell{after}"
                        ),
                        _ => format!(
                            "The shields of {name} held for {took} and fell at {clock}{after}"
                        ),
                    }
                }
                _ => {
                    let count = words::counted(ships.len() as i64, &names.full_class(class, power));
                    match since_s(*first, *last) {
                        ..60 => format!("At {clock} the shields of {count} fell."),
                        _ => format!(
                            "The shields of {count} fell between {clock} and {}.",
                            self.telling.clock(*last)
                        ),
                    }
                }
            };
            let at = if ships.len() == 1 { *first } else { *last };
            beats.push(Beat { at, order: 1, text, tells_losses: true });
        }
    }

    /// Noted ships lose pylons, drives and bridges; other parts and ships of a crowd are for the full telling.
    pub(super) fn parts(&self, beats: &mut Vec<Beat>) {
        let names = &self.telling.names;
        type Row = (Time, Time, i64, PowerId, ClassId);
        let mut seen: BTreeMap<ShipId, BTreeMap<Part, Row>> = BTreeMap::new();
        let mut crowds: BTreeMap<(PowerId, ClassId), (BTreeSet<ShipId>, i64, Time)> =
            BTreeMap::new();
        for event in &self.battle.notes {
            let What::PartLost { ship, power, class, part, .. } = &event.what else { continue };
            let great = matches!(part, Part::Pylon | Part::GravityDrive | Part::Bridge);
            if names.cast.ever(*power, *class) > 2 {
                let crowd =
                    crowds.entry((*power, *class)).or_insert((BTreeSet::new(), 0, event.at));
                crowd.0.insert(*ship);
                crowd.1 += 1;
                crowd.2 = event.at;
                continue;
            }
            if !great && !self.telling.full {
                continue;
            }
            let row = seen
                .entry(*ship)
                .or_default()
                .entry(*part)
                .or_insert((event.at, event.at, 0, *power, *class));
            row.1 = event.at;
            row.2 += 1;
        }
        if self.telling.full {
            for ((power, class), (ships, parts, last)) in crowds {
                let ships = words::counted(ships.len() as i64, &names.full_class(class, power));
                let parts = words::counted(parts, "part");
                let text =
                    format!("{ships} lost {parts} of their works by {}.", self.telling.clock(last));
                beats.push(Beat { at: last, order: 2, text, tells_losses: false });
            }
        }
        for (ship, parts) in seen {
            let Some((_, (_, _, _, power, class))) = parts.first_key_value() else { continue };
            let name = names.ship_of(ship, *power, *class);
            let first = parts.values().map(|row| row.0).min().unwrap_or(self.battle.began);
            let last = parts.values().map(|row| row.1).max().unwrap_or(first);
            let lost: Vec<String> = parts
                .iter()
                .map(|(part, row)| match (part, row.2) {
                    (Part::Bridge, _) => "her bridge".to_owned(),
                    (_, 1) => words::a(crate::line::part(*part)),
                    (_, n) => words::counted_exactly(n, crate::line::part(*part)),
                })
                .collect();
            let lost = words::list(&lost);
            let clock = self.telling.clock(last);
            let text = match since_s(first, last) {
                ..120 => format!("{name} lost {lost} at {clock}."),
                _ => format!("{name} had lost {lost} by {clock}."),
            };
            beats.push(Beat { at: last, order: 2, text, tells_losses: false });
        }
    }

    /// A field weapon is lit, kills and goes out: all its burnings in this battle together.
    pub(super) fn fields(&self, beats: &mut Vec<Beat>) {
        type Lit = (PowerId, ClassId, Vec<(Time, Time)>);
        let end = Time(self.battle.began.0.saturating_add(self.battle.duration_s()));
        let mut lit: BTreeMap<ShipId, Lit> = BTreeMap::new();
        for (place, event) in self.battle.notes.iter().enumerate() {
            let What::FieldLit { ship, power, class } = &event.what else { continue };
            let dark = self.battle.notes.iter().skip(place).find_map(|later| match &later.what {
                What::FieldDark { ship: other, .. } if other == ship => Some(later.at),
                _ => None,
            });
            let row = lit.entry(*ship).or_insert((*power, *class, Vec::new()));
            row.2.push((event.at, dark.unwrap_or(end)));
        }
        for (ship, (power, class, spans)) in lit {
            let (Some((first, _)), Some((_, last))) = (spans.first(), spans.last()) else {
                continue;
            };
            let killed: Vec<Time> = self
                .battle
                .losses
                .iter()
                .filter(|loss| loss.by == Some(ship) && loss.how == How::Field)
                .filter(|loss| loss.at >= *first && loss.at <= *last)
                .map(|loss| loss.at)
                .collect();
            let clock = self.telling.clock(*first);
            let span = words::span(since_s(*first, *last));
            let name = self.telling.names.ship_of(ship, power, class);
            let count = killed.len() as i64;
            let what = match count {
                0 => "nothing".to_owned(),
                n => words::counted(n, "ship"),
            };
            let text = match (spans.len(), count) {
                (1, 0) => format!("{name} lit her field at {clock}, and nothing died in it."),
                (1, 1..=11) => {
                    format!("{name} lit her field at {clock}; in {span} it destroyed {what}.")
                }
                (1, _) => format!(
                    "At {clock} {name} lit her field. It stood for {span} and tore {what} apart, {} of them in its worst second.",
                    words::exact(busiest(&killed))
                ),
                (times, _) => format!(
                    "{name} lit her field {} between {clock} and {} and destroyed {what} with it.",
                    if times == 2 {
                        "twice".to_owned()
                    } else {
                        format!("{} times", words::exact(times as i64))
                    },
                    self.telling.clock(*last)
                ),
            };
            beats.push(Beat { at: *first, order: 1, text, tells_losses: false });
        }
    }

    /// Great ships lost.
    pub(super) fn great_losses(&self, beats: &mut Vec<Beat>) {
        let names = &self.telling.names;
        let mut runs: Vec<(PowerId, ClassId, Vec<&Loss>)> = Vec::new();
        for loss in &self.battle.losses {
            let named = names.cast.ship(loss.ship).is_some_and(|card| card.name.is_some());
            let great = matches!(
                names.role(loss.class),
                Role::Battleship | Role::Dreadnaught | Role::Starbase | Role::Invoker
            );
            if !(named || great || names.noted(loss.class)) {
                continue;
            }
            if named || names.cast.ever(loss.power, loss.class) <= 1 {
                beats.push(self.great_loss(loss));
                continue;
            }
            match runs.iter_mut().rev().find(|(power, class, run)| {
                *power == loss.power
                    && *class == loss.class
                    && run.last().is_some_and(|last| since_s(last.at, loss.at) <= TOGETHER_S)
            }) {
                Some((_, _, run)) => run.push(loss),
                None => runs.push((loss.power, loss.class, vec![loss])),
            }
        }
        for (power, class, run) in runs {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            if run.len() == 1 {
                beats.push(self.great_loss(first));
                continue;
            }
            let count = words::counted(run.len() as i64, &names.full_class(class, power));
            let by = self.killers(&run);
            let to =
                if by.is_empty() { String::new() } else { format!(", to {}", words::list(&by)) };
            let clock = self.telling.clock(first.at);
            let until = self.telling.clock(last.at);
            let text = if clock == until {
                format!("At {clock} {count} were lost{to}.")
            } else {
                format!("Between {clock} and {until} {count} were lost{to}.")
            };
            beats.push(Beat { at: last.at, order: 2, text, tells_losses: false });
        }
    }

    /// Who did it, the most frequent first, at most three.
    fn killers(&self, run: &[&Loss]) -> Vec<String> {
        let names = &self.telling.names;
        let mut killers: BTreeMap<(PowerId, ClassId), i64> = BTreeMap::new();
        for card in run.iter().filter_map(|loss| names.cast.ship(loss.by?)) {
            *killers.entry((card.power, card.class)).or_default() += 1;
        }
        let mut killers: Vec<((PowerId, ClassId), i64)> = killers.into_iter().collect();
        killers.sort_by_key(|(killer, n)| (std::cmp::Reverse(*n), *killer));
        killers
            .iter()
            .take(3)
            .map(|((power, class), n)| {
                let name = names.full_class(*class, *power);
                match names.cast.ever(*power, *class) {
                    1 => format!("the {name}"),
                    _ if *n == 1 => words::a(&name),
                    _ => words::plural(&name),
                }
            })
            .collect()
    }

    fn great_loss(&self, loss: &Loss) -> Beat {
        let names = &self.telling.names;
        let ship = names.ship_of(loss.ship, loss.power, loss.class);
        let clock = self.telling.clock(loss.at);
        let to = match (loss.by, loss.how) {
            (Some(by), How::Ram) => format!(", rammed by {}", names.ship(by)),
            (_, How::Ram) => ", rammed".to_owned(),
            (Some(by), _) => format!(" to {}", names.ship(by)),
            (None, How::Weapon(_)) => String::new(),
            (None, how) => format!(" to {}", names.how(how)),
        };
        let text = match loss.ship.0 % 3 {
            0 => format!("{ship} was lost at {clock}{to}."),
            1 => format!("At {clock} {ship} was lost{to}."),
            _ if to.starts_with(" to") => format!("{ship} fell{to} at {clock}."),
            _ => format!("{ship} was destroyed at {clock}{to}."),
        };
        Beat { at: loss.at, order: 2, text, tells_losses: names.noted(loss.class) }
    }
}

/// Most moments within one second.
fn busiest(moments: &[Time]) -> i64 {
    let mut counts: BTreeMap<Time, i64> = BTreeMap::new();
    for moment in moments {
        *counts.entry(*moment).or_default() += 1;
    }
    counts.values().copied().max().unwrap_or(0)
}
