//! What allies ask and what this power answers: by loyalty, by the odds as it sees them, by caution, and by the luck of the
//! moment. It may agree, hesitate, refuse, or refuse and go alone.

use crate::groups;
use crate::mind::Mind;
use jumpline_measure::{BodyId, Purpose};
use jumpline_world::law::Regard;
use jumpline_world::order::{Answer, Quarry, Say, Task};
use jumpline_world::view::{GroupView, RequestView};

/// Will at which a power agrees, and below which it refuses, permille.
const AGREES: i64 = 550;
const REFUSES: i64 = 350;

pub fn act(mind: &mut Mind) {
    for request in &mind.view.requests {
        if request.to != mind.view.power || request.from == mind.view.power {
            continue;
        }
        match request.answer {
            None => answer(mind, request, false),
            Some(Answer::Hesitate) => answer(mind, request, true),
            Some(Answer::Agree | Answer::Refuse) => {}
        }
    }
}

fn answer(mind: &mut Mind, request: &RequestView, hesitated: bool) {
    let near = near(mind, request.body);
    let own: i64 = near.iter().map(|group| mind.strength(group)).fold(0, i64::saturating_add);
    let place = mind.picture.at(request.body);
    let odds = Mind::odds_permille(own.saturating_add(place.allied).max(place.own), place.hostile);
    let (will, why) = will(mind, request, odds, own > 0 || place.own > 0);
    let character = mind.character();
    // One who waits for the better moment hesitates the longer before deciding.
    let waited_s = mind.view.now.saturating_since(request.at).0;
    let patience_s = character.patience_permille.max(0).saturating_mul(12);
    let answer = match will {
        AGREES.. => Answer::Agree,
        REFUSES.. if hesitated && waited_s > patience_s => {
            if will * 2 >= AGREES + REFUSES {
                Answer::Agree
            } else {
                Answer::Refuse
            }
        }
        REFUSES.. => Answer::Hesitate,
        _ => Answer::Refuse,
    };
    if hesitated && answer == Answer::Hesitate {
        return;
    }
    let asker = mind.codex.powers.get(request.from.index()).map_or("an ally", |one| &one.name);
    let at = mind.map.name(request.body);
    mind.scribe.say(
        Say::Reply { request: request.number, answer },
        match answer {
            Answer::Agree => format!("to stand by {asker} at {at}: {why}"),
            Answer::Hesitate => format!("{asker} asked for help at {at}, but {why}"),
            Answer::Refuse => format!("{asker} asked for help at {at}, but {why}"),
        },
    );
    let alone = answer == Answer::Refuse && odds >= 2_000 && character.aggression_permille >= 700;
    if answer == Answer::Agree || alone {
        let reason = match answer {
            Answer::Agree => format!("to fight beside {asker} at {at}, as they asked"),
            _ => format!("to strike at {at} in our own time"),
        };
        send(mind, &near, request.body, &request.quarry, &reason);
    }
}

/// How much this power wants to do what is asked, permille, and what weighs most with it.
fn will(mind: &Mind, request: &RequestView, odds: i64, there: bool) -> (i64, &'static str) {
    let character = mind.character();
    let mut will = character.loyalty_permille + (character.aggression_permille - 500) / 4;
    let mut why = "loyalty asks for it";
    if mind.view.regards.get(request.from.index()) != Some(&Regard::Allied) {
        will -= 400;
        why = "they are no allies of ours";
    }
    let wanted = 500 + character.caution_permille;
    if !there {
        will -= 500;
        why = "we have nothing near enough";
    } else if odds >= wanted {
        will += 250;
        why = if will >= AGREES { "the odds are good enough" } else { why };
    } else if odds * 2 < wanted {
        // The less a power minds losses, the less bad odds weigh with it.
        will -= 400 - character.ruthlessness_permille / 4;
        why = "the odds are against it";
    }
    let threatened = mind.power.holds.iter().any(|body| {
        let place = mind.picture.at(*body);
        *body != request.body && place.hostile > place.own.saturating_add(place.allied)
    });
    if threatened {
        will -= 300;
        why = "our own worlds are threatened";
    }
    // The same request meets the same mood however often it is thought over.
    let roll = mind.roll(Purpose::Coordination, u64::from(request.number), request.at.0);
    will += i64::from(roll.normal_milli()) / 10;
    if will < AGREES && why == "loyalty asks for it" {
        why = "it is not our fight yet";
    }
    (will, why)
}

/// Free groups at the body, or else in its system, that can go and fight.
fn near<'a>(mind: &Mind<'a>, body: BodyId) -> Vec<&'a GroupView> {
    let idle: Vec<&GroupView> = mind
        .idle()
        .into_iter()
        .filter(|group| groups::moves(mind.codex, group) && groups::fights(mind.codex, group))
        .collect();
    let at: Vec<&GroupView> = idle.iter().filter(|group| group.body == body).copied().collect();
    if !at.is_empty() {
        return at;
    }
    idle.into_iter().filter(|group| mind.map.far(group.body, body) <= 1).collect()
}

fn send(mind: &mut Mind, near: &[&GroupView], body: BodyId, quarry: &Quarry, reason: &str) {
    for group in near {
        mind.taken.insert(group.id);
        let task = Task::Assault { body, quarry: quarry.clone() };
        mind.scribe.order(group.id, task, reason);
    }
}
