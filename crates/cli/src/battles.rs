//! One battle of a saved war, from its events: who came, who killed whom, minute by minute. Of battles whose records are kept, `record`
//! knows more.

use jumpline_chronicle::words::figures;
use jumpline_measure::{ClassId, EngagementId, PowerId, ShipId, Time};
use jumpline_world::event::Party;
use jumpline_world::{Event, Law, State, What};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows of a timeline at the most: longer battles are told in longer steps.
const STEPS_MOST: i64 = 30;
/// Moments that are told at the most.
const MOMENTS_MOST: usize = 60;

/// Battles in the summary of a war at the most.
const GREATEST_MOST: usize = 12;
/// Powers that are named there at the most.
const NAMED_MOST: usize = 3;

type Side = (PowerId, ClassId);

/// A battle.
pub struct Battle {
    number: u32,
    place: String,
    began: Time,
    ended: Option<Time>,
    parties: Vec<Party>,
    killers: BTreeMap<(Option<Side>, Side), u32>,
    losses: Vec<(Time, PowerId)>,
    moments: Vec<(Time, String)>,
}

/// All battles of these events, by number.
pub fn all(law: &Law, state: &State, events: &[Event]) -> Vec<Battle> {
    let mut battles: BTreeMap<EngagementId, Battle> = BTreeMap::new();
    let codex = &law.codex;
    let body = |event: &Event| {
        let body = event.body.and_then(|body| codex.chart.bodies.get(body.index()));
        body.map_or_else(String::new, |body| body.name.clone())
    };
    for event in events {
        if let What::BattleBegan { engagement, .. } = &event.what {
            battles.insert(
                *engagement,
                Battle {
                    number: engagement.0,
                    place: body(event),
                    began: event.at,
                    ended: None,
                    parties: Vec::new(),
                    killers: BTreeMap::new(),
                    losses: Vec::new(),
                    moments: Vec::new(),
                },
            );
        }
        let number = match &event.what {
            What::BattleEnded { engagement, .. } | What::ShieldsDown { engagement, .. } => {
                Some(*engagement)
            }
            What::ShipLost { engagement, .. } => *engagement,
            What::BattleJoined { engagement, .. } => Some(*engagement),
            What::FieldLit { .. }
            | What::FieldDark { .. }
            | What::Withdrew { .. }
            | What::Struck { .. } => {
                // What is told of a place while a battle is fought there belongs to it.
                let place = body(event);
                let open = |(_, battle): &(&EngagementId, &Battle)| {
                    battle.ended.is_none() && battle.place == place
                };
                battles.iter().rev().find(open).map(|(number, _)| *number)
            }
            _ => None,
        };
        if let Some(battle) = number.and_then(|number| battles.get_mut(&number)) {
            battle.hear(law, state, event);
        }
    }
    for (number, battle) in &mut battles {
        // Not over yet: the account so far.
        if let (None, Some(open)) = (battle.ended, state.engagements.get(number)) {
            let party = |tally: &jumpline_world::engagement::Tally| Party {
                power: tally.power,
                ships: tally.came,
                lost: tally.lost,
            };
            battle.parties = open.tallies.iter().map(party).collect();
        }
    }
    battles.into_values().collect()
}

/// A section with the greatest of these battles; none when nothing was fought.
pub fn greatest(law: &Law, battles: &[Battle]) -> String {
    if battles.is_empty() {
        return String::new();
    }
    let mut shown: Vec<&Battle> = battles.iter().collect();
    shown.sort_by_key(|battle| (std::cmp::Reverse(battle.came()), battle.number));
    shown.truncate(GREATEST_MOST);
    shown.sort_by_key(|battle| battle.number);
    let mut out = String::from("## Battles\n\n| number | began | at | between | ships | lost |\n");
    out.push_str("|--:|---|---|---|--:|--:|\n");
    for battle in &shown {
        let powers: Vec<&str> = battle.powers(law).collect();
        let between = match powers.as_slice() {
            few if few.len() <= NAMED_MOST => few.join(", "),
            many => format!("{} powers", many.len()),
        };
        let goes_on = if battle.ended.is_some() { "" } else { ", goes on" };
        out.push_str(&format!(
            "| {} | {} | {}{goes_on} | {} | {} | {} |\n",
            battle.number,
            law.calendar.long(battle.began),
            battle.place,
            between,
            figures(i64::from(battle.came())),
            figures(i64::from(battle.lost()))
        ));
    }
    let more = battles.len() - shown.len();
    if more > 0 {
        let battles = if more == 1 { "battle" } else { "battles" };
        out.push_str(&format!("\n{more} smaller {battles} besides: `--battle` lists them all.\n"));
    }
    out.push('\n');
    out
}

impl Battle {
    fn hear(&mut self, law: &Law, state: &State, event: &Event) {
        let codex = &law.codex;
        let power = |power: &PowerId| codex.powers.get(power.index()).map_or("?", |one| &one.name);
        let class = |class: &ClassId| codex.classes.get(class.index()).map_or("?", |one| &one.name);
        let named = |ship: &ShipId, of: &PowerId, is: &ClassId| {
            let name = state.ships.get(ship.index()).and_then(|ship| ship.name.as_deref());
            let name = name.map_or_else(String::new, |name| format!(" {name}"));
            format!("{}: {}{name}", power(of), class(is))
        };
        let moment = match &event.what {
            What::BattleEnded { parties, .. } => {
                self.ended = Some(event.at);
                self.parties.clone_from(parties);
                return;
            }
            What::ShipLost { ship, power: of, class: is, by, .. } => {
                let killer = by.and_then(|by| state.ships.get(by.index()));
                let killer = killer.map(|killer| (killer.power, killer.class));
                *self.killers.entry((killer, (*of, *is))).or_insert(0) += 1;
                self.losses.push((event.at, *of));
                let known = state.ships.get(ship.index());
                let noted = codex.classes.get(is.index()).is_some_and(|class| class.noted);
                if !noted && known.is_none_or(|ship| ship.name.is_none()) {
                    return;
                }
                format!("{} lost", named(ship, of, is))
            }
            What::BattleJoined { power: of, ships, .. } => {
                format!("{} joined with {ships} {}", power(of), plural(i64::from(*ships)))
            }
            What::Withdrew { power: of, class: is, why, ships, .. } => {
                let ships = i64::from(*ships);
                let why = format!("{why:?}").to_lowercase();
                format!("{}: {ships} {} ({}) broke off: {why}", power(of), plural(ships), class(is))
            }
            What::ShieldsDown { ship, power: of, class: is, .. } => {
                format!("{}: a blow came through", named(ship, of, is))
            }
            What::FieldLit { ship, power: of, class: is } => {
                format!("{}: the field stood", named(ship, of, is))
            }
            What::FieldDark { ship, power: of, class: is } => {
                format!("{}: the field went out", named(ship, of, is))
            }
            What::Struck { power: of, quarry, .. } => {
                format!("{} reached the quarry: {}", power(of), class(quarry))
            }
            _ => return,
        };
        self.moments.push((event.at, moment));
    }

    /// Its number.
    pub fn number(&self) -> u32 {
        self.number
    }

    fn lost(&self) -> u32 {
        self.parties.iter().map(|party| party.lost).sum()
    }

    fn came(&self) -> u32 {
        self.parties.iter().map(|party| party.ships).sum()
    }

    fn last(&self, state: &State) -> Time {
        self.ended.unwrap_or(state.now)
    }

    /// Seconds of a step of its timeline, whole minutes; and losses by step, in the order of its parties.
    fn timeline(&self, state: &State) -> (i64, Vec<Vec<u32>>) {
        let duration_s = self.last(state).0.saturating_sub(self.began.0).max(0);
        let minutes = (duration_s + 59) / 60;
        let step_s = ((minutes + STEPS_MOST - 1) / STEPS_MOST).max(1) * 60;
        let steps = usize::try_from(duration_s / step_s).unwrap_or(0) + 1;
        let mut rows = vec![vec![0_u32; self.parties.len()]; steps];
        for (at, power) in &self.losses {
            let step = usize::try_from(at.0.saturating_sub(self.began.0) / step_s).unwrap_or(0);
            let side = self.parties.iter().position(|party| party.power == *power);
            if let (Some(row), Some(side)) = (rows.get_mut(step.min(steps - 1)), side) {
                row[side] += 1;
            }
        }
        (step_s, rows)
    }

    /// A line of a list.
    pub fn line(&self, law: &Law) -> String {
        let powers: Vec<&str> = self.powers(law).collect();
        let (date, number) = (law.calendar.long(self.began), self.number);
        let (place, came, lost) = (&self.place, self.came(), self.lost());
        let ended = if self.ended.is_some() { "" } else { ", goes on" };
        format!(
            "{number:>5}  {date}  {place}: {}, {came} {}, {lost} lost{ended}\n",
            powers.join(", "),
            plural(i64::from(came))
        )
    }

    fn powers<'a>(&'a self, law: &'a Law) -> impl Iterator<Item = &'a str> {
        let powers = self.parties.iter().map(|party| law.codex.powers.get(party.power.index()));
        powers.map(|power| power.map_or("?", |power| power.name.as_str()))
    }

    /// For people.
    pub fn text(&self, law: &Law, state: &State) -> String {
        let calendar = &law.calendar;
        let minutes = |at: Time| (at.0.saturating_sub(self.began.0)) / 60;
        let end = match self.ended {
            Some(at) => format!("to {}", calendar.long(at)),
            None => "and goes on".to_owned(),
        };
        let mut out = format!(
            "# Battle {} at {}\n\nFrom {} {end}.\n\n| power | came | lost |\n|---|---:|---:|\n",
            self.number,
            self.place,
            calendar.long(self.began)
        );
        for (party, name) in self.parties.iter().zip(self.powers(law)) {
            out.push_str(&format!("| {name} | {} | {} |\n", party.ships, party.lost));
        }
        out.push_str("\n## Who killed whom\n\n");
        let side = |(power, class): &Side| {
            let power = law.codex.powers.get(power.index()).map_or("?", |one| &one.name);
            let class = law.codex.classes.get(class.index()).map_or("?", |one| &one.name);
            format!("{power}: {class}")
        };
        let mut killers: Vec<_> = self.killers.iter().collect();
        killers.sort_by_key(|(pair, ships)| (std::cmp::Reverse(**ships), **pair));
        out.push_str("| killer | victim | ships |\n|---|---|---:|\n");
        for ((killer, victim), ships) in killers {
            let killer = killer.as_ref().map_or("nobody's doing".to_owned(), side);
            out.push_str(&format!("| {killer} | {} | {ships} |\n", side(victim)));
        }
        let names: Vec<&str> = self.powers(law).collect();
        out.push_str("\n## Losses\n\n");
        out.push_str(&format!(
            "| minutes | {} |\n|---|{}\n",
            names.join(" | "),
            "---:|".repeat(names.len())
        ));
        let (step_s, rows) = self.timeline(state);
        for (step, row) in rows.iter().enumerate().filter(|(_, row)| row.iter().any(|one| *one > 0))
        {
            let from = i64::try_from(step).unwrap_or(0) * step_s / 60;
            let cells: Vec<String> = row.iter().map(u32::to_string).collect();
            out.push_str(&format!(
                "| {from} to {} | {} |\n",
                from + step_s / 60,
                cells.join(" | ")
            ));
        }
        if !self.moments.is_empty() {
            out.push_str("\n## Moments\n\n");
            for (at, what) in self.moments.iter().take(MOMENTS_MOST) {
                out.push_str(&format!("- minute {}: {what}\n", minutes(*at)));
            }
            let more = self.moments.len().saturating_sub(MOMENTS_MOST);
            if more > 0 {
                out.push_str(&format!("- and {more} more\n"));
            }
        }
        out
    }

    /// For programs.
    pub fn json(&self, law: &Law, state: &State) -> Value {
        let power = |power: PowerId| law.codex.powers.get(power.index()).map(|one| &one.key);
        let class = |class: ClassId| law.codex.classes.get(class.index()).map(|one| &one.key);
        let parties: Vec<Value> = self
            .parties
            .iter()
            .map(|one| json!({ "power": power(one.power), "came": one.ships, "lost": one.lost }))
            .collect();
        let killers: Vec<Value> = self
            .killers
            .iter()
            .map(|((killer, victim), ships)| {
                json!({
                    "power": killer.and_then(|side| power(side.0)),
                    "class": killer.and_then(|side| class(side.1)),
                    "victim_power": power(victim.0),
                    "victim_class": class(victim.1),
                    "ships": ships,
                })
            })
            .collect();
        let (step_s, losses) = self.timeline(state);
        let moments: Vec<Value> = self
            .moments
            .iter()
            .map(|(at, what)| json!({ "s": at.0.saturating_sub(self.began.0), "what": what }))
            .collect();
        json!({
            "battle": self.number,
            "place": self.place,
            "began": law.calendar.iso(self.began),
            "duration_s": self.ended.map(|at| at.0.saturating_sub(self.began.0)),
            "parties": parties,
            "killers": killers,
            "losses": { "step_s": step_s, "by_party": losses },
            "moments": moments,
        })
    }
}

fn plural(ships: i64) -> &'static str {
    if ships == 1 { "ship" } else { "ships" }
}
