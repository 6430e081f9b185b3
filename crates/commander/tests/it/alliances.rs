//! Requests and answers.

use crate::{body, contact, lines, orders, view_of, war};
use jumpline_measure::Time;
use jumpline_world::order::{Answer, Quarry};
use jumpline_world::view::{RequestView, View};

fn request(
    law: &jumpline_world::Law,
    view: &mut View,
    number: u32,
    at: &str,
    answer: Option<Answer>,
) {
    view.requests.push(RequestView {
        number,
        from: law.codex.power_by_key("blue").unwrap(),
        to: view.power,
        body: body(law, at),
        quarry: Quarry::Roles(vec![]),
        operation: String::new(),
        at: Time(0),
        answer,
    });
}

/// Answers of the Green with one trait changed, over many requests.
fn answers(mind: &str, enemies: u32, at: &str) -> Vec<String> {
    let (law, state) = war(&format!("[power.green]\nmind = {{ {mind} }}\n"));
    let mut said = Vec::new();
    for number in 0..40 {
        let mut view = view_of(&law, &state, "green");
        if enemies > 0 {
            contact(&law, &mut view, "red", at, "cruiser", enemies);
        }
        request(&law, &mut view, number, at, None);
        said.extend(
            lines(&law, &view, &orders(&law, &view)).into_iter().filter_map(|line| {
                line.strip_prefix(&format!("reply {number} ")).map(str::to_owned)
            }),
        );
    }
    assert_eq!(said.len(), 40, "every request is answered");
    said
}

fn agreed(answers: &[String]) -> usize {
    answers.iter().filter(|answer| *answer == "Agree").count()
}

#[test]
fn the_loyal_come_and_the_others_are_of_two_minds() {
    let loyal = agreed(&answers("loyalty_permille = 950", 3, "home-moon"));
    let middling = agreed(&answers("loyalty_permille = 400", 3, "home-moon"));
    let cold = agreed(&answers("loyalty_permille = 50", 3, "home-moon"));
    assert!(loyal >= 38, "{loyal}");
    assert!((10..=38).contains(&middling), "{middling}");
    assert!(cold <= 10, "{cold}");
}

#[test]
fn bad_odds_and_distance_weigh() {
    let even = agreed(&answers("loyalty_permille = 600", 3, "home-moon"));
    let hopeless =
        agreed(&answers("loyalty_permille = 600, caution_permille = 800", 90, "home-moon"));
    let far = agreed(&answers("loyalty_permille = 600", 3, "away-world"));
    assert!(even > hopeless + 10, "{even} {hopeless}");
    assert!(even > far + 10, "{even} {far}");
}

#[test]
fn who_agrees_goes_and_who_hesitates_says_so_once() {
    let (law, state) = war("");
    let mut view = view_of(&law, &state, "green");
    contact(&law, &mut view, "red", "home-world", "cruiser", 4);
    request(&law, &mut view, 3, "home-world", None);
    assert_eq!(
        lines(&law, &view, &orders(&law, &view)),
        ["reply 3 Agree", "friends: assault home-world"]
    );
    // Agreed once: nothing more to say.
    view.requests[0].answer = Some(Answer::Agree);
    assert!(!lines(&law, &view, &orders(&law, &view)).iter().any(|line| line.starts_with("reply")));
    let (law, state) =
        war("[power.green]\nmind = { loyalty_permille = 150, patience_permille = 1000 }\n");
    let mut view = view_of(&law, &state, "green");
    request(&law, &mut view, 1, "home-moon", Some(Answer::Hesitate));
    let said = lines(&law, &view, &orders(&law, &view));
    assert!(!said.iter().any(|line| line.contains("Hesitate")), "{said:?}");
}
