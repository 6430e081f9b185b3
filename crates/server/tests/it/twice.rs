//! An order counts once, whatever the client repeats (P2).

use crate::client::Client;
use crate::place::Host;
use jumpline_server::Defect;
use serde_json::{Value, json};
use std::thread;

fn waiting(you: &Client, game: &str) -> Vec<Value> {
    let orders = you.get(&format!("/api/games/{game}/seats/0/orders")).ok();
    orders["orders"].as_array().unwrap().clone()
}

#[test]
fn the_same_id_counts_once_and_another_body_under_it_is_refused() {
    let mut host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let first = you.guard(&game, 0, 0, "one", 3);
    assert_eq!(you.guard(&game, 0, 0, "one", 3).body, first.body, "the same answer again");
    let other = you.guard(&game, 0, 0, "one", 4).ok();
    assert_eq!(other["receipts"][0]["refusal"]["code"], "id_taken");
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let (you, game) = (you.clone(), game.clone());
            thread::spawn(move || you.guard(&game, 0, 0, "many", 3).ok())
        })
        .collect();
    let answers: Vec<Value> = threads.into_iter().map(|one| one.join().unwrap()).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(waiting(&you, &game).len(), 2);

    host.restart();
    let you = Client::new(host.address);
    assert_eq!(you.guard(&game, 0, 0, "one", 3).body, first.body, "after a restart too");
    assert_eq!(waiting(&you, &game).len(), 2);
    you.end_turn(&game, 0);
    let late = you.guard(&game, 0, 1, "one", 3).ok();
    assert_eq!(late["receipts"][0]["refusal"]["code"], "id_taken", "nor in a later turn");
    assert_eq!(you.guard(&game, 0, 0, "new", 3).code(), "deadline_passed");
    assert_eq!(you.guard(&game, 0, 7, "new", 3).code(), "wrong_turn");
}

#[test]
fn two_orders_with_one_id_in_one_request_are_refused_as_a_whole() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let order =
        json!({"id": "a", "say": {"kind": "group", "group": 0, "task": {"kind": "unload"}}});
    let path = format!("/api/games/{game}/seats/0/orders");
    let both = you.post(&path, &json!({"turn": 0, "orders": [order, order]}));
    assert_eq!(both.code(), "bad_request");
    assert!(waiting(&you, &game).is_empty());
}

#[test]
fn a_server_that_forgets_ids_is_caught() {
    let host = Host::with(|config| config.defect = Some(Defect::ForgetIds));
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    you.guard(&game, 0, 0, "one", 3).ok();
    you.guard(&game, 0, 0, "one", 3).ok();
    assert_eq!(waiting(&you, &game).len(), 2, "the planted defect shows");
}
