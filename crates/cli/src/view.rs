//! One power's view as people and programs read it: names instead of numbers, and nothing that the view does not hold.

use jumpline_chronicle::words::counted_exactly;
use jumpline_measure::{BodyId, ClassId, PowerId, Time};
use jumpline_world::view::{ContactView, GroupView, View};
use jumpline_world::{Law, order::Task};
use serde::Serialize;

/// A view with names.
#[derive(Debug, Serialize)]
pub struct Shown {
    pub power: String,
    pub name: String,
    pub now: String,
    pub turn: u32,
    pub groups: Vec<GroupRow>,
    pub allies: Vec<AllyRow>,
    pub contacts: Vec<ContactRow>,
    pub minefields: Vec<FieldRow>,
    pub regards: Vec<RegardRow>,
}

/// Ships of one class.
#[derive(Debug, Serialize)]
pub struct Ships {
    /// None when it is not told apart.
    pub class: Option<String>,
    pub count: u32,
}

#[derive(Debug, Serialize)]
pub struct GroupRow {
    pub key: String,
    pub name: String,
    pub body: String,
    pub ships: Vec<Ships>,
    pub opening_ships: u32,
    /// `fighting`, `jumping`, `withdrawing`; none of them is at rest.
    pub doing: Vec<&'static str>,
    pub tasks: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct AllyRow {
    pub power: String,
    pub name: String,
    pub body: String,
    pub ships: Vec<Ships>,
}

#[derive(Debug, Serialize)]
pub struct ContactRow {
    /// Its number in this power's book, which orders name it by.
    pub contact: u32,
    pub power: Option<String>,
    pub body: String,
    pub ships: Vec<Ships>,
    pub last_seen: String,
    pub sure_permille: i64,
    pub error_m: i64,
    pub told_by: Option<String>,
    pub bound_for: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct FieldRow {
    pub from: String,
    pub to: String,
    pub laid: i64,
    pub recovered: i64,
}

#[derive(Debug, Serialize)]
pub struct RegardRow {
    pub power: String,
    pub regard: jumpline_world::law::Regard,
}

/// Puts names to a view.
pub fn shown(law: &Law, view: &View) -> Shown {
    let names = Names { law };
    let own = law.codex.power(view.power);
    Shown {
        power: own.key.clone(),
        name: own.name.clone(),
        now: law.calendar.iso(view.now),
        turn: view.turn,
        groups: view.groups.iter().map(|group| names.group(group)).collect(),
        allies: view
            .allies
            .iter()
            .map(|ally| AllyRow {
                power: names.power(ally.power),
                name: ally.name.clone(),
                body: names.body(ally.body),
                ships: ally
                    .classes
                    .iter()
                    .map(|(class, count)| Ships { class: Some(names.class(*class)), count: *count })
                    .collect(),
            })
            .collect(),
        contacts: view.contacts.iter().map(|contact| names.contact(contact)).collect(),
        minefields: view
            .fields
            .iter()
            .map(|field| FieldRow {
                from: names.body(field.from),
                to: names.body(field.to),
                laid: field.laid,
                recovered: field.recovered,
            })
            .collect(),
        regards: (0..view.regards.len())
            .map(PowerId::from_index)
            .filter(|power| *power != view.power)
            .zip(view.regards.iter().enumerate().filter(|(at, _)| *at != view.power.index()))
            .map(|(power, (_, regard))| RegardRow { power: names.power(power), regard: *regard })
            .collect(),
    }
}

struct Names<'a> {
    law: &'a Law,
}

impl Names<'_> {
    fn power(&self, id: PowerId) -> String {
        self.law.codex.powers.get(id.index()).map_or_else(|| id.to_string(), |one| one.key.clone())
    }

    fn class(&self, id: ClassId) -> String {
        self.law.codex.classes.get(id.index()).map_or_else(|| id.to_string(), |one| one.key.clone())
    }

    fn body(&self, id: BodyId) -> String {
        let bodies = &self.law.codex.chart.bodies;
        bodies.get(id.index()).map_or_else(|| id.to_string(), |one| one.key.clone())
    }

    fn date(&self, time: Time) -> String {
        self.law.calendar.iso(time)
    }

    fn group(&self, group: &GroupView) -> GroupRow {
        let mut ships: Vec<Ships> = Vec::new();
        for ship in &group.ships {
            let class = self.class(ship.class);
            match ships.iter_mut().find(|row| row.class.as_ref() == Some(&class)) {
                Some(row) => row.count += 1,
                None => ships.push(Ships { class: Some(class), count: 1 }),
            }
        }
        let doing = [
            (group.fighting, "fighting"),
            (group.jumping, "jumping"),
            (group.withdrawing, "withdrawing"),
        ];
        GroupRow {
            key: group.key.clone(),
            name: group.name.clone(),
            body: self.body(group.body),
            ships,
            opening_ships: group.opening_ships,
            doing: doing.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect(),
            tasks: group.tasks.iter().map(|standing| self.task(&standing.task)).collect(),
        }
    }

    /// The verb and where to.
    fn task(&self, task: &Task) -> String {
        let at = match task {
            Task::Move { to, .. } | Task::Ambush { to, .. } | Task::Tow { to, .. } => Some(*to),
            Task::LayMines { to, .. } => Some(*to),
            Task::Guard { body, .. }
            | Task::Raid { body, .. }
            | Task::Assault { body, .. }
            | Task::Patrol { body, .. }
            | Task::Salvage { body }
            | Task::Land { body, .. } => Some(*body),
            Task::Withdraw { to } => *to,
            Task::Depart { star } => Some(*star),
            _ => None,
        };
        match at {
            Some(body) => format!("{} {}", task.word(), self.body(body)),
            None => task.word().to_owned(),
        }
    }

    fn contact(&self, contact: &ContactView) -> ContactRow {
        ContactRow {
            contact: contact.id.0,
            power: contact.power.map(|power| self.power(power)),
            body: self.body(contact.body),
            ships: contact
                .classes
                .iter()
                .map(|(class, count)| Ships {
                    class: class.map(|class| self.class(class)),
                    count: *count,
                })
                .collect(),
            last_seen: self.date(contact.last),
            sure_permille: contact.sure_permille,
            error_m: contact.error_m,
            told_by: contact.told_by.map(|power| self.power(power)),
            bound_for: contact.bound.map(|(body, _)| self.body(body)),
        }
    }
}

impl Shown {
    /// One JSON object.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The same as Markdown.
    pub fn text(&self) -> String {
        let mut out =
            format!("# {} at {}, after turn {}\n\n## Groups\n\n", self.name, self.now, self.turn);
        out.push_str("| key | at | ships | doing |\n|---|---|---|---|\n");
        for group in &self.groups {
            let mut doing: Vec<&str> = group.doing.clone();
            doing.extend(group.tasks.iter().map(String::as_str));
            out.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                group.key,
                group.body,
                ships(&group.ships),
                doing.join(", ")
            ));
        }
        if !self.allies.is_empty() {
            out.push_str("\n## Allies\n\n| whose | name | at | ships |\n|---|---|---|---|\n");
            for ally in &self.allies {
                let held = ships(&ally.ships);
                out.push_str(&format!(
                    "| {} | {} | {} | {held} |\n",
                    ally.power, ally.name, ally.body
                ));
            }
        }
        out.push_str("\n## Contacts\n\n");
        if self.contacts.is_empty() {
            out.push_str("None.\n");
        } else {
            out.push_str(
                "| number | whose | at | ships | last seen | sure |\n|--:|---|---|---|---|--:|\n",
            );
        }
        for contact in &self.contacts {
            let whose = contact.power.as_deref().unwrap_or("unknown");
            let told =
                contact.told_by.as_ref().map_or(String::new(), |by| format!(", told by {by}"));
            let bound =
                contact.bound_for.as_ref().map_or(String::new(), |to| format!(", bound for {to}"));
            out.push_str(&format!(
                "| {} | {whose}{told} | {}{bound} | {} | {} | {} % |\n",
                contact.contact,
                contact.body,
                ships(&contact.ships),
                contact.last_seen,
                contact.sure_permille / 10
            ));
        }
        if !self.minefields.is_empty() {
            out.push_str(
                "\n## Minefields\n\n| from | to | laid | recovered |\n|---|---|--:|--:|\n",
            );
            for field in &self.minefields {
                out.push_str(&format!(
                    "| {} | {} | {} | {} |\n",
                    field.from, field.to, field.laid, field.recovered
                ));
            }
        }
        out
    }
}

fn ships(rows: &[Ships]) -> String {
    let parts: Vec<String> = rows
        .iter()
        .map(|row| match &row.class {
            Some(class) => format!("{} {class}", row.count),
            None => counted_exactly(i64::from(row.count), "ship"),
        })
        .collect();
    parts.join(", ")
}
