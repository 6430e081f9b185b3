//! Intentions: operations that begin, what allies were asked and what they answered.

use super::{Scene, Telling};
use crate::words;
use jumpline_measure::{BodyId, PowerId, Time};
use jumpline_world::event::{Cause, Event, What};
use jumpline_world::law::{OpTarget, Operation};
use jumpline_world::order::Answer;
use std::collections::{BTreeMap, BTreeSet};

pub fn scenes(telling: &Telling, out: &mut Vec<Scene>) {
    operations(telling, out);
    answers(telling, out);
    if telling.full {
        refusals(telling, out);
    }
}

/// One operation that began.
struct Began<'a> {
    number: u32,
    operation: &'a Operation,
    groups: usize,
    /// Where its first group stood at the opening.
    stood: Option<BodyId>,
}

/// Operations that began at the same moment are told together: those of one name by several powers, and those that one
/// power began for one reason.
fn operations(telling: &Telling, out: &mut Vec<Scene>) {
    let mut moments: BTreeMap<Time, Vec<Began>> = BTreeMap::new();
    for event in telling.events {
        if let What::OperationBegan { operation, groups, .. } = &event.what
            && let Some(intent) = telling.names.law.plan.operations.get(*operation as usize)
        {
            let stood = groups.first().and_then(|id| telling.names.cast.group(*id));
            let began = Began {
                number: *operation,
                operation: intent,
                groups: groups.len(),
                stood: stood.map(|group| group.body),
            };
            moments.entry(event.at).or_default().push(began);
        }
    }
    let fought = fought_for(telling);
    for (at, mut began) in moments {
        while !began.is_empty() {
            let first = began.remove(0);
            let mut same = vec![first];
            let alike = |other: &Began| {
                same.first().is_some_and(|one| {
                    one.operation.name == other.operation.name
                        || one.operation.power == other.operation.power
                            && one.operation.reason == other.operation.reason
                })
            };
            let (with, rest): (Vec<Began>, Vec<Began>) = began.into_iter().partition(alike);
            same.extend(with);
            began = rest;
            // Headlines tell of an intention only if something is meant to be done to somebody and no battle tells of it.
            let acts = same.iter().any(|one| {
                active(one.operation) && !fought.contains(&one.number) && one.groups > 0
            });
            if !telling.full && !acts {
                continue;
            }
            let groups: usize = same.iter().map(|one| one.groups).sum();
            let body = same.iter().find_map(|one| goal(one.operation).or(one.stood));
            out.push(Scene {
                at,
                body,
                weight: 20 + groups as i64,
                must: false,
                text: vec![tell(telling, at, &same)],
            });
        }
    }
}

fn tell(telling: &Telling, at: Time, began: &[Began]) -> String {
    let names = &telling.names;
    let clock = telling.clock(at);
    let Some(first) = began.first().map(|one| one.operation) else { return String::new() };
    let title = |operation: &Operation| words::sentence(operation.name.trim());
    let many_powers = began.iter().any(|one| one.operation.power != first.power);
    if many_powers {
        // Each reason once, with those who gave it.
        let mut voices: Vec<(&str, Vec<&str>)> = Vec::new();
        for one in began {
            let reason = one.operation.reason.trim().trim_end_matches('.');
            let name = names.power(one.operation.power);
            match voices.iter_mut().find(|(said, _)| *said == reason) {
                Some((_, who)) => who.push(name),
                None => voices.push((reason, vec![name])),
            }
        }
        let voices: Vec<String> = voices
            .iter()
            .map(|(reason, who)| match reason.is_empty() {
                true => words::list(who),
                false => format!("{} (“{reason}”)", words::list(who)),
            })
            .collect();
        let all = if began.len() > voices.len() { voices.join("; ") } else { words::list(&voices) };
        return format!("**{}.** At {clock} it began, with {all}.", title(first));
    }
    let who = names.power(first.power);
    let purpose = super::Purpose::of(&first.reason);
    if began.len() > 1 {
        let all: Vec<&str> = began.iter().map(|one| one.operation.name.trim()).collect();
        return format!(
            "**{}.** At {clock} {who} gave the word for {} things at once: {}{}.{}",
            title(first),
            words::exact(began.len() as i64),
            if all.iter().any(|name| name.contains(',')) {
                all.join("; ")
            } else {
                words::list(&all)
            },
            purpose.clause,
            purpose.sentence
        );
    }
    let word = match at.0.rem_euclid(7) {
        0..=2 => "gave the word",
        3 | 4 => "set it in motion",
        _ => "gave the order",
    };
    format!("**{}.** At {clock} {who} {word}{}.{}", title(first), purpose.clause, purpose.sentence)
}

/// Operations that some battle came of: its passage gives their reason.
fn fought_for(telling: &Telling) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for battle in &telling.record.battles {
        let of = telling.index.back(&battle.because, |cause| match cause {
            Cause::Operation(number) => Some(*number),
            _ => None,
        });
        found.extend(of);
    }
    found
}

/// Is something meant to be done to somebody?
fn active(operation: &Operation) -> bool {
    operation.tasks.iter().any(|task| {
        matches!(
            task.task,
            OpTarget::Assault { .. }
                | OpTarget::Raid { .. }
                | OpTarget::Hunt { .. }
                | OpTarget::Ambush { .. }
                | OpTarget::Land { .. }
                | OpTarget::LayMines { .. }
        )
    })
}

/// The last place that an operation's tasks name before it comes home.
fn goal(operation: &Operation) -> Option<BodyId> {
    operation.tasks.iter().rev().find_map(|task| match &task.task {
        OpTarget::Move { to, .. } | OpTarget::Ambush { to, .. } => Some(*to),
        OpTarget::Guard { body, .. }
        | OpTarget::Raid { body, .. }
        | OpTarget::Assault { body, .. }
        | OpTarget::Patrol { body, .. }
        | OpTarget::Salvage { body }
        | OpTarget::Land { body, .. } => Some(*body),
        OpTarget::LayMines { from, .. } | OpTarget::RecoverMines { from, .. } => Some(*from),
        _ => None,
    })
}

/// Who was asked and what they said, by asker and day.
fn answers(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    let mut asked: BTreeMap<u32, &Event> = BTreeMap::new();
    type Row<'a> = (Vec<&'a Event>, BTreeMap<Answer, Vec<PowerId>>, Vec<PowerId>);
    let mut rows: BTreeMap<(Time, PowerId, u32), Row> = BTreeMap::new();
    let mut last: BTreeMap<u32, Answer> = BTreeMap::new();
    for event in telling.events {
        match &event.what {
            What::Asked { request, .. } => {
                asked.insert(*request, event);
            }
            What::Answered { request, answer, .. } => {
                last.insert(*request, *answer);
            }
            _ => {}
        }
    }
    for (request, event) in &asked {
        let What::Asked { from, to, body, .. } = &event.what else { continue };
        let row = rows.entry((event.at, *from, body.0)).or_default();
        row.0.push(event);
        match last.get(request) {
            Some(answer) => row.1.entry(*answer).or_default().push(*to),
            None => row.2.push(*to),
        }
    }
    for ((at, from, body), (_, answers, silent)) in rows {
        let list = |powers: &[PowerId]| {
            words::list(&powers.iter().map(|power| names.power(*power)).collect::<Vec<_>>())
        };
        let body = BodyId(body);
        let mut parts = Vec::new();
        for (answer, powers) in &answers {
            let verb = match answer {
                Answer::Agree => "agreed",
                Answer::Hesitate => "hesitated",
                Answer::Refuse => "would not",
            };
            parts.push(format!("{} {verb}", list(powers)));
        }
        if !silent.is_empty() {
            parts.push(format!("{} gave no answer", list(&silent)));
        }
        let mut all: Vec<PowerId> = answers.values().flatten().copied().collect();
        all.extend(&silent);
        let text = match (all.len(), answers.len(), silent.len()) {
            // One answer from everybody asked: say it once.
            (2.., 1, 0) => {
                let verb = match answers.keys().next() {
                    Some(Answer::Agree) => "agreed",
                    Some(Answer::Hesitate) => "hesitated",
                    _ => "refused",
                };
                let every = if all.len() == 2 { "both" } else { "all" };
                format!(
                    "{} asked {} to fight {} beside them; {every} {verb}.",
                    names.power(from),
                    list(&all),
                    names.at(body)
                )
            }
            _ => format!(
                "{} asked {} to fight {} beside them: {}.",
                names.power(from),
                list(&all),
                names.at(body),
                parts.join("; ")
            ),
        };
        out.push(Scene {
            at,
            body: Some(body),
            weight: 25,
            must: false,
            text: vec![words::sentence(&text)],
        });
    }
}

/// Orders refused, by power, day and reason.
fn refusals(telling: &Telling, out: &mut Vec<Scene>) {
    let mut rows: BTreeMap<(Time, PowerId, String), (Time, i64)> = BTreeMap::new();
    for event in telling.events {
        if let What::OrderRefused { power, refusal, .. } = &event.what {
            rows.entry((telling.day(event.at), *power, refusal.to_string()))
                .or_insert((event.at, 0))
                .1 += 1;
        }
    }
    for ((_, power, refusal), (at, n)) in rows {
        let text = format!(
            "{} of {} could not be carried out: {refusal}.",
            words::counted(n, "order"),
            telling.names.power(power)
        );
        out.push(Scene {
            at,
            body: None,
            weight: 1,
            must: false,
            text: vec![words::sentence(&text)],
        });
    }
}
