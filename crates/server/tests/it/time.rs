//! A turn is played once, when all are in or at the deadline, across restarts and whatever is done to the clock on the wall (P11).

use crate::client::Client;
use crate::place::{Host, until};
use jumpline_server::Defect;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const MINUTE_MS: i64 = 60_000;

fn timed(you: &Client) -> String {
    let body = json!({
        "source": {"kind": "scenario", "key": "first-light"}, "seats": [0], "start": true, "seed": "7",
        "settings": {"deadline_s": 600, "cover_after": 2, "watching": "closed", "watch_delay_turns": 0},
    });
    you.post("/api/games", &body).ok()["id"].as_str().unwrap().to_owned()
}

fn turn(you: &Client, game: &str) -> u64 {
    you.game(game)["turn"].as_u64().unwrap()
}

/// Long enough for the server to have looked at its clock.
fn a_moment() {
    thread::sleep(Duration::from_millis(300));
}

#[test]
fn the_deadline_counts_time_that_passed_not_what_the_wall_says() {
    let mut host = Host::local();
    let you = Client::new(host.address);
    let game = timed(&you);
    host.clock.set_wall(1_900_000_000_000);
    a_moment();
    host.clock.set_wall(0);
    a_moment();
    assert_eq!(turn(&you, &game), 0);
    host.clock.pass(9 * MINUTE_MS);
    a_moment();
    assert_eq!(turn(&you, &game), 0);
    host.restart();
    let you = Client::new(host.address);
    let left = you.game(&game)["deadline_ms"].as_i64().unwrap();
    assert!((1..=MINUTE_MS).contains(&left), "what was left is still left: {left}");
    // The server did not run for a day: nobody's time.
    host.clock.set_wall(1_900_086_400_000);
    a_moment();
    assert_eq!(turn(&you, &game), 0);
    host.clock.pass(MINUTE_MS);
    until("the deadline", || turn(&you, &game) == 1);
    a_moment();
    assert_eq!(turn(&you, &game), 1, "once");
    host.clock.pass(25 * MINUTE_MS);
    until("the next deadline", || turn(&you, &game) == 2);
    a_moment();
    assert_eq!(turn(&you, &game), 2, "a long pause is one deadline, not two");
}

#[test]
fn all_in_at_the_very_deadline_is_one_turn() {
    // The deadline passes before the turn has been played, however late the thread that moves the clock gets its time. Passing after
    // it, it would be the next turn's.
    let passed = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&passed);
    let host = Host::with(move |config| {
        config.before_turn = Some(Arc::new(move |_, _| {
            until("the clock has passed", || seen.load(Ordering::SeqCst));
        }));
    });
    let you = Client::new(host.address);
    for _ in 0..5 {
        passed.store(false, Ordering::SeqCst);
        let game = timed(&you);
        let ready = format!("/api/games/{game}/seats/0/ready");
        let (clock, passed) = (host.clock.clone(), Arc::clone(&passed));
        let passing = thread::spawn(move || {
            clock.pass(10 * MINUTE_MS);
            passed.store(true, Ordering::SeqCst);
        });
        let calls: Vec<_> = (0..4)
            .map(|_| {
                let (you, ready) = (you.clone(), ready.clone());
                thread::spawn(move || you.post(&ready, &json!({"turn": 0, "ready": true})).status)
            })
            .collect();
        passing.join().unwrap();
        for call in calls {
            let status = call.join().unwrap();
            assert!([200, 409].contains(&status), "{status}");
        }
        you.wait_for(&game, 1);
        a_moment();
        assert_eq!(turn(&you, &game), 1);
        you.post(&format!("/api/games/{game}/pause"), &json!({"paused": true})).ok();
    }
}

#[test]
fn a_halted_clock_stands_and_goes_on_where_it_stood() {
    let mut host = Host::local();
    let you = Client::new(host.address);
    let game = timed(&you);
    host.clock.pass(4 * MINUTE_MS);
    let pause = |you: &Client, paused: bool| -> Value {
        you.post(&format!("/api/games/{game}/pause"), &json!({"paused": paused})).ok()
    };
    assert_eq!(pause(&you, true)["stage"], "paused");
    host.clock.pass(60 * MINUTE_MS);
    a_moment();
    assert_eq!(turn(&you, &game), 0);
    you.guard(&game, 0, 0, "while", 3).ok();
    host.restart();
    let you = Client::new(host.address);
    assert_eq!(you.game(&game)["stage"], "paused");
    let on = pause(&you, false);
    assert_eq!(on["stage"], "open");
    let left = on["deadline_ms"].as_i64().unwrap();
    assert!((5 * MINUTE_MS..=6 * MINUTE_MS).contains(&left), "{left}");
    host.clock.pass(6 * MINUTE_MS);
    until("the deadline", || turn(&you, &game) == 1);
}

#[test]
fn a_server_that_goes_by_the_wall_is_caught() {
    let host = Host::with(|config| config.defect = Some(Defect::WallClock));
    let you = Client::new(host.address);
    let game = timed(&you);
    host.clock.set_wall(1_900_000_000_000);
    until("the planted defect shows", || turn(&you, &game) > 0);
}

#[test]
fn who_misses_deadlines_is_covered_and_comes_back() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = timed(&you);
    let seat = |you: &Client| you.game(&game)["seats"][0].clone();
    host.clock.pass(10 * MINUTE_MS);
    until("one", || turn(&you, &game) == 1);
    assert_eq!((&seat(&you)["sitting"], &seat(&you)["missed"]), (&json!("taken"), &json!(1)));
    host.clock.pass(10 * MINUTE_MS);
    until("two", || turn(&you, &game) == 2);
    assert_eq!(seat(&you)["sitting"], "covered");
    host.clock.pass(10 * MINUTE_MS);
    until("three", || turn(&you, &game) == 3);
    let orders = you.get(&format!("/api/games/{game}/seats/0/orders?turn=2")).ok();
    let minds = orders["orders"].as_array().unwrap().iter().filter(|one| one["by"] == "mind");
    assert!(minds.count() > 0, "the commander gives orders: {orders}");
    let cover = format!("/api/games/{game}/seats/0/cover");
    you.post(&cover, &json!({"covered": false})).ok();
    assert_eq!(seat(&you)["sitting"], "taken");
    you.guard(&game, 0, 3, "back", 3).ok();
    host.clock.pass(10 * MINUTE_MS);
    until("four", || turn(&you, &game) == 4);
    assert_eq!(seat(&you)["missed"], 0, "who gives orders is there");
    let orders = you.get(&format!("/api/games/{game}/seats/0/orders?turn=3")).ok();
    assert!(orders["orders"].as_array().unwrap().iter().all(|one| one["by"] == "person"));

    let absence = format!("/api/games/{game}/seats/0/absence");
    you.post(&absence, &json!({"absence": "stand"})).ok();
    for turns in 5..8 {
        host.clock.pass(10 * MINUTE_MS);
        until("another", || turn(&you, &game) == turns);
    }
    assert_eq!(seat(&you)["sitting"], "taken", "as they wished");
}
