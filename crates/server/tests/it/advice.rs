//! The commander proposes to its own player; nothing happens of itself, and what the player has ordered is left alone.

use crate::client::Client;
use crate::place::Host;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn proposals(you: &Client, game: &str, power: u32) -> Vec<Value> {
    let advice = you.get(&format!("/api/games/{game}/seats/{power}/advice")).ok();
    advice["proposals"].as_array().unwrap().clone()
}

fn groups(proposals: &[Value]) -> BTreeSet<u64> {
    proposals.iter().filter_map(|one| one["say"]["group"].as_u64()).collect()
}

#[test]
fn the_commander_proposes_and_the_player_disposes() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[1]);
    let orders = format!("/api/games/{game}/seats/1/orders");

    let first = proposals(&you, &game, 1);
    assert!(!first.is_empty(), "the Accord has a world to hold");
    for one in &first {
        assert!(!one["reason"].as_str().unwrap().is_empty(), "no reason for {one}");
    }
    assert_eq!(proposals(&you, &game, 1), first, "asked twice, the same answer");
    assert_eq!(you.get(&orders).ok()["orders"], json!([]), "a proposal is no order");

    // A group that has been told something is not spoken of again, this turn or while it does it.
    let told = groups(&first).into_iter().next().unwrap();
    let hold = json!({"kind": "group", "group": told, "task": {"kind": "hold", "until": null}});
    let mine = json!({"turn": 0, "orders": [{"id": "mine", "say": hold}]});
    assert_eq!(you.post(&orders, &mine).ok()["receipts"][0]["refusal"], Value::Null);
    assert!(!groups(&proposals(&you, &game, 1)).contains(&told));
    you.end_turn(&game, 1);
    assert!(!groups(&proposals(&you, &game, 1)).contains(&told));
}

#[test]
fn what_is_proposed_is_what_the_commander_would_have_done() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[1]);
    let seat = format!("/api/games/{game}/seats/1");
    let proposed = proposals(&you, &game, 1);
    you.post(&format!("{seat}/cover"), &json!({"covered": true})).ok();
    // Nobody has to end a covered turn: the host calls for it.
    you.post(&format!("/api/games/{game}/deadline"), &json!({})).ok();
    you.wait_for(&game, 1);
    let done = you.get(&format!("{seat}/orders?turn=0")).ok();
    let done = done["orders"].as_array().unwrap().iter().filter(|one| one["say"] != Value::Null);
    let done: Vec<Value> =
        done.map(|one| json!({"say": one["say"], "reason": one["reason"]})).collect();
    assert_eq!(proposed, done);
}

#[test]
fn every_proposal_can_be_given_as_it_stands() {
    let host = Host::local();
    let you = Client::new(host.address);
    let source = json!({"kind": "generated", "systems": 12, "powers": 3, "seed": "5"});
    let body = json!({"source": source, "seats": [1], "start": true});
    let game = you.post("/api/games", &body).ok()["id"].as_str().unwrap().to_owned();
    let orders: Vec<Value> = proposals(&you, &game, 1)
        .into_iter()
        .enumerate()
        .map(|(n, one)| json!({"id": format!("a{n}"), "say": one["say"], "reason": one["reason"]}))
        .collect();
    assert!(orders.len() > 1, "{orders:?}");
    let answer = you
        .post(&format!("/api/games/{game}/seats/1/orders"), &json!({"turn": 0, "orders": orders}));
    for receipt in answer.ok()["receipts"].as_array().unwrap() {
        assert_eq!(receipt["refusal"], Value::Null, "{receipt}");
    }
}
