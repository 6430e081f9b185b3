//! Intentions: operations that begin, what allies were asked and what they answered.

use super::{Scene, Telling};
use crate::words;
use jumpline_measure::PowerId;
use jumpline_world::event::{Event, What};
use jumpline_world::order::Answer;
use std::collections::BTreeMap;

pub fn scenes(telling: &Telling, out: &mut Vec<Scene>) {
    for event in telling.events {
        if let What::OperationBegan { operation, power, groups } = &event.what {
            began(telling, event, *operation, *power, groups.len(), out);
        }
    }
    answers(telling, out);
    if telling.full {
        refusals(telling, out);
    }
}

fn began(
    telling: &Telling,
    event: &Event,
    number: u32,
    power: PowerId,
    groups: usize,
    out: &mut Vec<Scene>,
) {
    let names = &telling.names;
    let Some(operation) = names.law.plan.operations.get(number as usize) else { return };
    let clock = telling.clock(event.at);
    let who = names.power(power);
    let purpose = super::Purpose::of(&operation.reason);
    let name = operation.name.trim();
    let text = match event.id.0 % 3 {
        0 => format!("At {clock} {who} set *{name}* in motion{}.", purpose.clause),
        1 => format!("{who} began *{name}* at {clock}{}.", purpose.clause),
        _ => format!("At {clock} {who} opened *{name}*{}.", purpose.clause),
    };
    let mut text = format!("{}{}", words::sentence(&text), purpose.sentence);
    let groups = groups as i64;
    if groups > 1 && telling.full {
        text.push_str(&format!(
            " {} took part.",
            words::sentence(&words::counted(groups, "group"))
        ));
    }
    let body = event.body;
    out.push(Scene { at: event.at, body, weight: 50 + groups, must: false, text: vec![text] });
}

/// Who was asked and what they said, by asker and day.
fn answers(telling: &Telling, out: &mut Vec<Scene>) {
    let names = &telling.names;
    let mut asked: BTreeMap<u32, &Event> = BTreeMap::new();
    type Row<'a> = (Vec<&'a Event>, BTreeMap<Answer, Vec<PowerId>>, Vec<PowerId>);
    let mut rows: BTreeMap<(jumpline_measure::Time, PowerId, u32), Row> = BTreeMap::new();
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
        let body = jumpline_measure::BodyId(body);
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
    let mut rows: BTreeMap<
        (jumpline_measure::Time, PowerId, String),
        (jumpline_measure::Time, i64),
    > = BTreeMap::new();
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
