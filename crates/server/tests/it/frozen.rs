//! An engine that breaks off freezes one game, with a report, and no other.

use crate::client::Client;
use crate::place::{Host, until};
use jumpline_server::Config;
use serde_json::json;
use std::sync::{Arc, Mutex};

#[test]
fn a_panic_freezes_its_own_game_and_everything_before_it_is_safe() {
    let doomed: Arc<Mutex<String>> = Arc::default();
    let told = Arc::clone(&doomed);
    let mut host = Host::with(move |config: &mut Config| {
        config.before_turn = Some(Arc::new(move |game, turn| {
            let doomed = told.lock().unwrap().clone();
            assert!(game != doomed || turn < 2, "the drive plate cracked");
        }));
    });
    let you = Client::new(host.address);
    let (one, other) = (you.new_game("first-light", &[0]), you.new_game("first-light", &[0]));
    *doomed.lock().unwrap() = one.clone();
    you.end_turn(&one, 0);
    let mut live = you.live(&one, None).unwrap_or_else(|status| panic!("{status}"));
    live.next_of("hello");
    let ready = format!("/api/games/{one}/seats/0/ready");
    you.post(&ready, &json!({"turn": 1, "ready": true})).ok();
    until("it is frozen", || you.game(&one)["stage"] == "frozen");
    let check = |you: &Client| {
        let game = you.game(&one);
        assert_eq!(game["stage"], "frozen");
        assert!(game["report"].as_str().unwrap().contains("the drive plate cracked"), "{game}");
        assert_eq!(game["turn"], 1);
        you.get(&format!("/api/games/{one}/seats/0/view")).ok();
        you.get(&format!("/api/games/{one}/seats/0/chronicle")).ok();
        let turn = you.post(&ready, &json!({"turn": 1, "ready": true}));
        assert_eq!(turn.code(), "frozen");
        assert_eq!(you.guard(&one, 0, 1, "late", 3).code(), "frozen");
    };
    check(&you);
    you.end_turn(&other, 0);
    you.end_turn(&other, 0);
    host.restart();
    let you = Client::new(host.address);
    check(&you);
    let fork = you.post(&format!("/api/games/{one}/fork"), &json!({"turn": 1, "seats": [0]})).ok();
    you.end_turn(fork["id"].as_str().unwrap(), 0);
}
