//! A battle as one passage: who fell on whom and why, with what; how it went, by its turning points; how it ended and what
//! it cost. Never a list of kills.

use super::{Scene, Telling, since_s};
use crate::record::{Battle, Loss};
use crate::tale::minor::SMALL_WORTH;
use crate::{kills, words};
use jumpline_measure::{ClassId, PowerId, ShipId, Time};
use jumpline_world::event::{Cause, How, What, Why};
use jumpline_world::law::{Part, Role};
use std::collections::BTreeMap;

/// Things of one kind that follow each other within this span are told together, seconds.
const TOGETHER_S: i64 = 1_500;

pub fn scenes(telling: &Telling, out: &mut Vec<Scene>) {
    for battle in &telling.record.battles {
        let weight = weight(telling, battle);
        if weight < SMALL_WORTH {
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

    /// Who fell on whom, when, where, why and with what.
    fn opening(&self) -> String {
        let names = &self.telling.names;
        let clock = self.telling.clock(self.battle.began);
        let place = self.place();
        let sides = self.ordered_sides();
        let purpose = self.telling.purpose(&self.battle.because, self.attacker);
        let named: Vec<String> = sides.iter().map(|side| names.side(side)).collect();
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
        let strengths: Vec<String> = sides
            .iter()
            .filter(|side| self.came(side) > 0)
            .map(|side| self.strength(side))
            .collect();
        if let [first, rest @ ..] = strengths.as_slice()
            && !rest.is_empty()
        {
            let rest = words::list(rest);
            let whole = match self.seed % 2 {
                0 => format!("{first} were to face {rest} before it was over."),
                _ => format!("In all {first} took part against {rest}."),
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

    /// The turning points, each with what was lost on the way to it.
    fn course(&self) -> Vec<String> {
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
            parts.push(format!("others {}", words::counted(rest, "ship")));
        }
        parts.join("; ")
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

    /// Who came later, in some number.
    fn joined(&self, beats: &mut Vec<Beat>) {
        let all: i64 = self.battle.came.values().sum();
        let least = if self.telling.full { all / 50 } else { all / 12 }.max(3);
        for (power, at, ships) in gathered(self.battle.notes.iter().filter_map(|event| {
            let What::BattleJoined { power, ships, .. } = &event.what else { return None };
            // Those who were there when it began are told of in the opening.
            (since_s(self.battle.began, event.at) > 60).then_some((
                *power,
                event.at,
                i64::from(*ships),
            ))
        })) {
            if ships < least {
                continue;
            }
            let clock = self.telling.clock(at);
            let more = words::counted(
                ships,
                &format!("more {} ship", self.telling.names.adjective(power)),
            );
            let text = words::way(
                at.0 as u32,
                &[
                    "At {clock} {more} joined the fight.",
                    "From {clock} {more} came in.",
                    "{more} arrived at {clock}.",
                ],
            );
            let mut text = text.replace("{clock}", &clock).replace("{more}", &more);
            if ships == 1 {
                text = text.replace("one more", "another");
            }
            beats.push(Beat { at, order: 0, text, tells_losses: true });
        }
    }

    /// A noted ship's shields fall.
    fn shields(&self, beats: &mut Vec<Beat>) {
        for event in &self.battle.notes {
            let What::ShieldsDown { ship, power, class, .. } = &event.what else { continue };
            let names = &self.telling.names;
            let took = words::span(since_s(self.battle.began, event.at));
            let ship = names.ship_of(*ship, *power, *class);
            let clock = self.telling.clock(event.at);
            let text = match event.id.0 % 2 {
                0 => format!("At {clock}, after {took} of it, the shields of {ship} fell."),
                _ => format!("The shields of {ship} held for {took} and fell at {clock}."),
            };
            beats.push(Beat { at: event.at, order: 1, text, tells_losses: true });
        }
    }

    /// Noted ships lose pylons and drives.
    fn parts(&self, beats: &mut Vec<Beat>) {
        type Row = (Time, Time, i64, PowerId, ClassId);
        let mut seen: BTreeMap<(ShipId, Part), Row> = BTreeMap::new();
        for event in &self.battle.notes {
            let What::PartLost { ship, power, class, part, .. } = &event.what else { continue };
            let told = matches!(part, Part::Pylon | Part::GravityDrive | Part::Bridge);
            if !told && !self.telling.full {
                continue;
            }
            let row = seen.entry((*ship, *part)).or_insert((event.at, event.at, 0, *power, *class));
            row.1 = event.at;
            row.2 += 1;
        }
        for ((ship, part), (first, last, n, power, class)) in seen {
            let ship = self.telling.names.ship_of(ship, power, class);
            let parts = words::counted_exactly(n, crate::line::part(part));
            let clock = self.telling.clock(last);
            let text = if since_s(first, last) < 120 {
                format!("{ship} lost {parts} at {clock}.")
            } else {
                format!("{ship} had lost {parts} by {clock}.")
            };
            beats.push(Beat { at: last, order: 2, text, tells_losses: false });
        }
    }

    /// A field weapon is lit, kills and goes out.
    fn fields(&self, beats: &mut Vec<Beat>) {
        let end = Time(self.battle.began.0.saturating_add(self.battle.duration_s()));
        for (place, event) in self.battle.notes.iter().enumerate() {
            let What::FieldLit { ship, power, class } = &event.what else { continue };
            let dark = self.battle.notes.iter().skip(place).find_map(|later| match &later.what {
                What::FieldDark { ship: other, .. } if other == ship => Some(later.at),
                _ => None,
            });
            let until = dark.unwrap_or(end);
            let killed: Vec<Time> = self
                .battle
                .losses
                .iter()
                .filter(|loss| {
                    loss.by == Some(*ship)
                        && loss.how == How::Field
                        && loss.at >= event.at
                        && loss.at <= until
                })
                .map(|loss| loss.at)
                .collect();
            let peak = busiest(&killed);
            let clock = self.telling.clock(event.at);
            let span = words::span(since_s(event.at, until));
            let ship = self.telling.names.ship_of(*ship, *power, *class);
            let count = killed.len() as i64;
            let text = match count {
                0 => format!("{ship} lit her field at {clock}, and nothing died in it."),
                1..=11 => format!(
                    "{ship} lit her field at {clock}; in {span} it destroyed {}.",
                    words::counted(count, "ship")
                ),
                _ => format!(
                    "At {clock} {ship} lit her field. It stood for {span} and tore {} apart, {} of them in its worst second.",
                    words::counted(count, "ship"),
                    words::exact(peak)
                ),
            };
            beats.push(Beat { at: event.at, order: 1, text, tells_losses: false });
        }
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
            beats.push(Beat { at: last, order: 3, text, tells_losses: true });
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

    /// Great ships lost, one by one while they are few.
    fn great_losses(&self, beats: &mut Vec<Beat>) {
        let names = &self.telling.names;
        let great: Vec<&Loss> = self
            .battle
            .losses
            .iter()
            .filter(|loss| {
                let named = names.cast.ship(loss.ship).is_some_and(|card| card.name.is_some());
                names.noted(loss.class)
                    || named
                    || matches!(
                        names.role(loss.class),
                        Role::Battleship | Role::Dreadnaught | Role::Starbase | Role::Invoker
                    )
            })
            .collect();
        let crowd = great.len() > 8;
        for loss in great {
            let noted = names.noted(loss.class);
            if crowd && !noted {
                continue;
            }
            let ship = names.ship_of(loss.ship, loss.power, loss.class);
            let clock = self.telling.clock(loss.at);
            let to = match (loss.by, loss.how) {
                (Some(by), How::Ram) => format!(", rammed by {}", names.ship(by)),
                (_, How::Ram) => ", rammed".to_owned(),
                (Some(by), _) => match names.cast.ship(by) {
                    Some(card) => {
                        format!(" to {}", words::a(&names.full_class(card.class, card.power)))
                    }
                    None => String::new(),
                },
                (None, How::Weapon(_)) => String::new(),
                (None, how) => format!(" to {}", names.how(how)),
            };
            let text = match loss.ship.0 % 3 {
                0 => format!("{ship} was lost at {clock}{to}."),
                1 => format!("At {clock} {ship} was lost{to}."),
                _ if to.starts_with(" to") => format!("{ship} fell{to} at {clock}."),
                _ => format!("{ship} was destroyed at {clock}{to}."),
            };
            beats.push(Beat { at: loss.at, order: 2, text, tells_losses: noted });
        }
    }

    /// How it ended and what it cost.
    fn ending(&self) -> String {
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
        let what = if by_power.len() == 1 {
            by_power
                .iter()
                .map(|(power, classes)| names.ships_by_class(*power, classes, false))
                .collect::<String>()
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
            words::list(&parts)
        };
        let mut text =
            if by_power.len() == 1 && n < 100 && by_power.values().all(|one| one.len() == 1) {
                format!("{name} lost {what} of {}", words::counted(came, "ship"))
            } else {
                format!("{name} lost {} of {} ships: {what}", words::about(n), words::about(came))
            };
        if n >= 5
            && let Some((how, part)) = chief_cause(&losses)
            && part * 2 >= n
        {
            let glue = if text.contains(": ") { "; " } else { ", " };
            text.push_str(&format!("{glue}{} fell to {}", of_them(part, n), names.how(how)));
        }
        text.push('.');
        text
    }
}

/// "all of them", "two thirds of them".
fn of_them(part: i64, whole: i64) -> String {
    match words::share(part, whole).as_str() {
        "all" => "all of them".to_owned(),
        share => format!("{share} of them"),
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

/// Most moments within one second.
fn busiest(moments: &[Time]) -> i64 {
    let mut counts: BTreeMap<Time, i64> = BTreeMap::new();
    for moment in moments {
        *counts.entry(*moment).or_default() += 1;
    }
    counts.values().copied().max().unwrap_or(0)
}

/// Rows of one power that follow each other closely, added up: (power, first moment, sum).
fn gathered(rows: impl Iterator<Item = (PowerId, Time, i64)>) -> Vec<(PowerId, Time, i64)> {
    let mut out: Vec<(PowerId, Time, i64, Time)> = Vec::new();
    for (power, at, n) in rows {
        match out.iter_mut().rev().find(|row| row.0 == power && since_s(row.3, at) <= TOGETHER_S) {
            Some(row) => {
                row.2 += n;
                row.3 = at;
            }
            None => out.push((power, at, n, at)),
        }
    }
    out.into_iter().map(|(power, at, n, _)| (power, at, n)).collect()
}

/// A turning point.
#[derive(Clone, Debug)]
struct Beat {
    at: Time,
    order: u8,
    text: String,
    tells_losses: bool,
}
