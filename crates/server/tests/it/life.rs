//! A game from its first minute to a fork of it.

use crate::client::Client;
use crate::place::Host;
use serde_json::json;

#[test]
fn a_newcomer_looks_orders_ends_the_turn_and_sees_what_came_of_it() {
    let host = Host::local();
    let you = Client::new(host.address);
    assert_eq!(you.get("/api/me").ok()["mode"], "local");
    let scenarios = you.get("/api/scenarios").ok();
    assert_eq!(scenarios["scenarios"][1]["key"], "first-light");
    let game = you.new_game("first-light", &[0]);
    let seat = format!("/api/games/{game}/seats/0");
    let chart = you.get(&format!("/api/games/{game}/chart")).ok();
    assert_eq!(chart["systems"].as_array().unwrap().len(), 3);
    let view = you.get(&format!("{seat}/view")).ok();
    assert_eq!(view["groups"][0]["id"], 0);

    let mut live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    assert_eq!(live.next().unwrap()["news"]["kind"], "hello");
    let receipts = you.guard(&game, 0, 0, "first", 3).ok();
    assert_eq!(receipts["receipts"], json!([{"id": "first", "order": "p1", "refusal": null}]));
    assert_eq!(live.next_of("orders")["news"]["turn"], 0);
    let orders = you.get(&format!("{seat}/orders")).ok();
    assert_eq!(orders["orders"][0]["id"], "first");
    assert_eq!(orders["open"], true);

    assert_eq!(you.end_turn(&game, 0), 1);
    assert_eq!(live.next_of("turn")["news"]["turn"], 1);
    let view = you.get(&format!("{seat}/view")).ok();
    assert_eq!(view["turn"], 1);
    assert_eq!(view["groups"][0]["tasks"][0]["order"], "p1");
    let told = you.get(&format!("{seat}/chronicle")).ok();
    let taken = &told["events"][0];
    assert_eq!(taken["kind"], "order_taken");
    assert_eq!(taken["because"], json!([{"kind": "order", "order": "p1"}]));
    let turns = you.get(&format!("{seat}/turns")).ok();
    assert_eq!(turns["turns"].as_array().unwrap().len(), 2);
}

#[test]
fn any_past_turn_is_seen_as_it_was_and_can_be_forked() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let view =
        |game: &str, turn: u32| you.get(&format!("/api/games/{game}/seats/0/view?turn={turn}"));
    you.guard(&game, 0, 0, "go", 3).ok();
    let mut seen = vec![view(&game, 0)];
    for _ in 0..4 {
        let turn = you.end_turn(&game, 0);
        seen.push(view(&game, turn));
    }
    for (turn, then) in (0..).zip(&seen) {
        assert_eq!(view(&game, turn).body, then.body, "turn {turn}");
    }
    assert_eq!(view(&game, 5).code(), "not_found", "not played yet");

    let fork = json!({"turn": 2, "seats": [0, 1], "name": "otherwise"});
    let fork = you.post(&format!("/api/games/{game}/fork"), &fork).ok();
    assert_eq!(fork["forked"], json!({"game": game, "turn": 2}));
    assert_eq!(fork["turn"], 2);
    let other = fork["id"].as_str().unwrap();
    for turn in 0..=2 {
        assert_eq!(view(other, turn).body, seen[turn as usize].body, "shared turn {turn}");
    }
    you.get(&format!("/api/games/{other}/seats/1/view")).ok();
    let seat = format!("/api/games/{other}/seats");
    for power in [0, 1] {
        you.post(&format!("{seat}/{power}/ready"), &json!({"turn": 2, "ready": true})).ok();
    }
    you.wait_for(other, 3);
    assert_eq!(you.game(&game)["turn"], 4, "the parent is left alone");
}

#[test]
fn an_order_can_be_taken_back_until_the_deadline() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let orders = format!("/api/games/{game}/seats/0/orders");
    you.guard(&game, 0, 0, "one", 3).ok();
    you.guard(&game, 0, 0, "two", 4).ok();
    let left = you.delete(&format!("{orders}/one")).ok();
    assert_eq!(left["orders"].as_array().unwrap().len(), 1);
    assert_eq!(you.delete(&format!("{orders}/one")).code(), "not_found");
    let again = you.guard(&game, 0, 0, "one", 3).ok();
    assert_eq!(again["receipts"][0]["refusal"]["code"], "id_taken", "an id is used once");
    you.end_turn(&game, 0);
    assert_eq!(you.delete(&format!("{orders}/two")).code(), "not_found");
    let played = you.get(&format!("{orders}?turn=0")).ok();
    assert_eq!(played["orders"].as_array().unwrap().len(), 1, "{played}");
}

#[test]
fn a_generated_galaxy_can_be_played() {
    let host = Host::local();
    let you = Client::new(host.address);
    let source = json!({"kind": "generated", "systems": 12, "powers": 3, "seed": "5"});
    let body = json!({"source": source, "seats": [1], "start": true});
    let game = you.post("/api/games", &body).ok();
    let id = game["id"].as_str().unwrap();
    assert_eq!(game["seats"].as_array().unwrap().len(), 3);
    you.end_turn(id, 1);
    you.get(&format!("/api/games/{id}/seats/1/chronicle")).ok();
}

#[test]
fn what_an_order_would_come_to_is_told_beforehand() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let ask = |to: u32, group: u32| {
        let say = json!({"kind": "group", "group": group, "task": {"kind": "move", "to": to,
            "spot": null, "pace_permille": 1000}});
        you.post(&format!("/api/games/{game}/seats/0/preview"), &json!({"say": say})).ok()
    };
    let there = ask(3, 0);
    assert_eq!(there["refusal"], json!(null));
    let legs = there["legs"].as_array().unwrap();
    assert_eq!(legs.last().unwrap()["to"], 3);
    let last = legs.last().unwrap();
    assert_eq!(last["arrives"], there["arrives"]);
    assert!(
        last["last"].as_i64() > last["arrives"].as_i64(),
        "a line lets ships through one by one"
    );
    assert_eq!(ask(3, 77)["refusal"]["code"], "no_such_group");
    assert_eq!(ask(9_999, 0)["refusal"]["code"], "no_such_body");
    let body =
        you.get(&format!("/api/games/{game}/seats/0/view")).ok()["groups"][0]["body"].clone();
    let lines = you.get(&format!("/api/games/{game}/seats/0/lines/{body}")).ok();
    assert!(!lines["lines"].as_array().unwrap().is_empty());
    let orders = you.get(&format!("/api/games/{game}/seats/0/orders")).ok();
    assert_eq!(orders["orders"], json!([]), "asking gives no order");
}

#[test]
fn a_stream_is_taken_up_where_it_broke() {
    let mut host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let mut live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    live.next_of("hello");
    you.guard(&game, 0, 0, "one", 3).ok();
    let seen = live.next_of("orders")["revision"].as_str().unwrap().to_owned();
    drop(live);
    you.guard(&game, 0, 0, "two", 3).ok();
    you.end_turn(&game, 0);
    let mut again = you.live(&game, Some(&seen)).unwrap_or_else(|status| panic!("{status}"));
    assert_eq!(again.next().unwrap()["news"]["resumed"], true);
    again.next_of("orders");
    again.next_of("turn");

    host.restart();
    let you = Client::new(host.address);
    let mut anew = you.live(&game, Some(&seen)).unwrap_or_else(|status| panic!("{status}"));
    assert_eq!(anew.next().unwrap()["news"]["resumed"], false, "another life of the server");
    assert_eq!(you.game(&game)["turn"], 1);
}
