//! Bounds, one below, at, and one above.

use crate::client::{Client, parse, raw};
use crate::place::Host;
use jumpline_server::caps_table;
use serde_json::{Value, json};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tungstenite::Message;

#[test]
fn bodies() {
    let host = Host::with(|config| config.caps.body_bytes = 5_000);
    let you = Client::new(host.address);
    let game = you.new_game("duel", &[0]);
    let of = |bytes: usize| {
        let empty = json!({"text": "x", "pad": ""}).to_string().len();
        let body = json!({"text": "x", "pad": "p".repeat(bytes - empty)});
        assert_eq!(body.to_string().len(), bytes);
        you.post(&format!("/api/games/{game}/chat"), &body).status
    };
    assert_eq!([of(4_999), of(5_000), of(5_001)], [200, 200, 413]);
}

#[test]
fn frames() {
    let host = Host::with(|config| config.caps.frame_bytes = 1_000);
    let you = Client::new(host.address);
    let game = you.new_game("duel", &[0]);
    let lives = |bytes: usize| {
        let mut live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
        live.next_of("hello");
        drop(live.socket.send(Message::Text("x".repeat(bytes).into())));
        you.post(&format!("/api/games/{game}/chat"), &json!({"text": "there?"})).ok();
        while let Some(push) = live.next() {
            if push["news"]["kind"] == "chat" {
                // Once more, for one that was on its way already.
                you.post(&format!("/api/games/{game}/chat"), &json!({"text": "still?"})).ok();
                return live.next().is_some();
            }
        }
        false
    };
    assert_eq!([lives(999), lives(1_000), lives(1_001)], [true, true, false]);
}

#[test]
fn frames_in_a_row() {
    let host = Host::with(|config| config.caps.frames = 5);
    let you = Client::new(host.address);
    let game = you.new_game("duel", &[0]);
    let lives = |count: usize| {
        let mut live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
        live.next_of("hello");
        for _ in 0..count {
            drop(live.socket.send(Message::Text("x".into())));
        }
        std::thread::sleep(Duration::from_millis(300));
        you.post(&format!("/api/games/{game}/chat"), &json!({"text": "there?"})).ok();
        std::iter::from_fn(|| live.next()).any(|push| push["news"]["kind"] == "chat")
    };
    assert_eq!([lives(4), lives(5), lives(6)], [true, true, false]);
}

#[test]
fn requests_of_one_address() {
    let host = Host::with(|config| {
        config.caps.burst = 6;
        config.caps.rate_per_s = 1;
    });
    let you = Client::new(host.address);
    let answers: Vec<u16> = (0..7).map(|_| you.get("/api/me").status).collect();
    assert_eq!(answers[..6], [200; 6]);
    assert_eq!(answers[6], 429);
    std::thread::sleep(Duration::from_millis(1_100));
    let answers: Vec<u16> = (0..2).map(|_| you.get("/api/me").status).collect();
    assert_eq!(answers, [200, 429], "one more a second");
}

#[test]
fn tries_at_a_password() {
    let mut host = Host::with_accounts();
    Client::registered(host.address, "Ada");
    host.stop();
    let host = Host::with(|config| {
        config.mode = jumpline_server::Mode::Accounts;
        config.caps.tries = 3;
    });
    let you = Client::new(host.address);
    let body = json!({"name": "Ada", "password": "wrong horse"});
    let answers: Vec<u16> = (0..4).map(|_| you.post("/api/login", &body).status).collect();
    assert_eq!(answers, [401, 401, 401, 429]);
}

#[test]
fn heads() {
    let host = Host::with(|config| config.caps.head_bytes = 9_000);
    let you = Client::new(host.address);
    let status = |bytes: usize| {
        let head = you.head("GET", "/api/me", &[("connection", "close")]);
        let pad = bytes - head.len() - "x: \r\n\r\n".len();
        let request = format!("{head}x: {}\r\n\r\n", "p".repeat(pad));
        assert_eq!(request.len(), bytes);
        parse(&raw(host.address, request.as_bytes())).status
    };
    assert_eq!([status(8_999), status(9_000)], [200, 200]);
    assert!(matches!(status(9_001), 0 | 400 | 431));
}

#[test]
fn streams_of_one_person() {
    let host = Host::with(|config| config.caps.streams = 2);
    let you = Client::new(host.address);
    let game = you.new_game("duel", &[0]);
    let streams: Vec<_> = (0..3).map(|_| you.live(&game, None)).collect();
    assert!(streams[0].is_ok() && streams[1].is_ok());
    assert_eq!(streams[2].as_ref().err(), Some(&429));
}

#[test]
fn connections() {
    let host = Host::with(|config| {
        config.caps.connections = 3;
        config.caps.head_time = Duration::from_secs(1);
    });
    let idle: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(host.address).unwrap()).collect();
    let you = Client::new(host.address);
    you.get("/api/me").ok();
    let more = TcpStream::connect(host.address).unwrap();
    // The fourth waits until the idle ones are cut off.
    you.get("/api/me").ok();
    drop((idle, more));
}

/// Orders of a power for a turn, and how many of them other bounds are tried with first.
const MOST_ORDERS: usize = 12;
const BEFORE: usize = 7;

#[test]
fn texts_and_lists() {
    let host = Host::with(|config| {
        config.caps.chat_lines = 4;
        config.caps.orders_per_turn = MOST_ORDERS;
        config.caps.invitations = 2;
        config.caps.games = 3;
    });
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let say = |letters: usize| {
        let line = json!({"text": "é".repeat(letters)});
        you.post(&format!("/api/games/{game}/chat"), &line).status
    };
    assert_eq!([say(999), say(1_000), say(1_001)], [200, 200, 400]);
    assert_eq!([say(1), say(1), say(1)], [200, 200, 429], "three, four, and no fifth");

    let named = |letters: usize| {
        let body =
            json!({"source": {"kind": "scenario", "key": "duel"}, "name": "n".repeat(letters)});
        you.post("/api/games", &body).status
    };
    assert_eq!([named(81), named(79), named(80)], [400, 200, 200]);
    assert_eq!(named(80), 429, "a fourth game");

    let invite = || you.post(&format!("/api/games/{game}/invitations"), &json!({})).status;
    assert_eq!([invite(), invite(), invite()], [200, 200, 429]);

    let unload = json!({"kind": "group", "group": 0, "task": {"kind": "unload"}});
    let give = |orders: Vec<Value>| {
        let body = json!({"turn": 0, "orders": orders});
        you.post(&format!("/api/games/{game}/seats/0/orders"), &body)
    };
    let with_id =
        |letters: usize| give(vec![json!({"id": "i".repeat(letters), "say": unload})]).status;
    assert_eq!([with_id(0), with_id(63), with_id(64), with_id(65)], [400, 200, 200, 400]);
    let why = |letters: usize| {
        give(vec![json!({"id": "why", "say": unload, "reason": "w".repeat(letters)})]).status
    };
    assert_eq!([why(401), why(399), why(400)], [400, 200, 200]);
    let detach = |ships: usize, letters: usize| {
        let ships: Vec<usize> = (0..ships).collect();
        let task = json!({"kind": "detach", "ships": ships, "name": "n".repeat(letters)});
        let say = json!({"kind": "group", "group": 0, "task": task});
        give(vec![json!({"id": format!("d-{}-{letters}", ships.len()), "say": say})]).status
    };
    assert_eq!([detach(1, 399), detach(1, 400), detach(1, 401)], [200, 200, 400]);
    assert_eq!([detach(9_999, 1), detach(10_000, 1), detach(10_001, 1)], [200, 200, 400]);
    let many = |count: usize| {
        let orders = (0..count).map(|at| json!({"id": format!("many-{at}"), "say": unload}));
        give(orders.collect())
    };
    assert_eq!(many(1_001).status, 400);
    let receipts = many(1_000).ok();
    let refused = |at: usize| receipts["receipts"][at]["refusal"]["code"].clone();
    let fits = MOST_ORDERS - BEFORE;
    assert_ne!(refused(fits - 2), "too_many", "one below the most of a turn");
    assert_ne!(refused(fits - 1), "too_many", "the most of a turn");
    assert_eq!(refused(fits), "too_many", "one above");
    assert_eq!(many(999).status, 200);
    let told = |from: u32, to: u32| {
        you.get(&format!("/api/games/{game}/seats/0/chronicle?from={from}&to={to}")).status
    };
    assert_eq!([told(1, 199), told(1, 200), told(1, 201)], [404, 404, 400], "not played; too many");

    let settings = |seconds: u32| {
        let body = json!({"deadline_s": seconds});
        you.post(&format!("/api/games/{game}/settings"), &body).status
    };
    assert_eq!(
        [settings(4), settings(5), settings(2_592_000), settings(2_592_001)],
        [400, 200, 200, 400]
    );

    let galaxy = |systems: u32, powers: u32| {
        let source =
            json!({"kind": "generated", "systems": systems, "powers": powers, "seed": "1"});
        you.post("/api/games", &json!({"source": source})).code()
    };
    assert_eq!(
        galaxy(2_001, 2),
        "too_many",
        "three games are enough; the galaxy was not looked at"
    );
}

#[test]
fn galaxies_accounts_and_passwords() {
    let host = Host::with_accounts();
    let guest = Client::new(host.address);
    let register = |name: usize, password: usize| {
        let body = json!({"name": "n".repeat(name), "password": "p".repeat(password)});
        guest.post("/api/register", &body).status
    };
    assert_eq!([register(31, 8), register(32, 128), register(33, 8)], [200, 200, 400]);
    assert_eq!([register(5, 7), register(5, 129), register(0, 8)], [400, 400, 400]);
    let ada = Client::registered(host.address, "Ada");
    let galaxy = |systems: u32, powers: u32| {
        let source =
            json!({"kind": "generated", "systems": systems, "powers": powers, "seed": "1"});
        ada.post("/api/games", &json!({"source": source})).status
    };
    assert_eq!([galaxy(2_001, 2), galaxy(2_000, 2), galaxy(1_999, 2)], [422, 200, 200]);
    assert_eq!([galaxy(60, 51), galaxy(60, 50), galaxy(60, 49)], [422, 200, 200]);
    assert_eq!([galaxy(3, 4), galaxy(4, 4), galaxy(4, 3)], [422, 200, 200]);
}

#[test]
fn a_session_that_nobody_uses() {
    const DAY_MS: i64 = 86_400_000;
    const BEGIN: i64 = 1_800_000_000_000;
    let host = Host::with_accounts();
    let ada = Client::registered(host.address, "Ada");
    let after = |ms: i64| {
        host.clock.set_wall(BEGIN + ms);
        ada.get("/api/games").status
    };
    assert_eq!(after(30 * DAY_MS - 1), 200, "one below");
    assert_eq!(after(60 * DAY_MS - 2), 200, "used again, it lives again as long");
    assert_eq!(after(90 * DAY_MS - 2), 401, "at the bound it ends");
    assert_eq!(after(90 * DAY_MS), 401);
    assert_eq!(after(0), 200, "a clock set back does no harm");
}

#[test]
fn turns_at_once() {
    for most in [1, 2] {
        let (now, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (own_now, own_seen) = (Arc::clone(&now), Arc::clone(&seen));
        let host = Host::with(move |config| {
            config.turns_at_once = most;
            config.before_turn = Some(Arc::new(move |_, _| {
                own_seen.fetch_max(own_now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(150));
                own_now.fetch_sub(1, Ordering::SeqCst);
            }));
        });
        let you = Client::new(host.address);
        let games: Vec<String> = (0..3).map(|_| you.new_game("first-light", &[0])).collect();
        for game in &games {
            let ready = format!("/api/games/{game}/seats/0/ready");
            you.post(&ready, &json!({"turn": 0, "ready": true})).ok();
        }
        for game in &games {
            you.wait_for(game, 1);
        }
        assert_eq!(seen.load(Ordering::SeqCst), most, "three wait, {most} are played");
    }
}

#[test]
fn the_book_lists_every_bound_as_it_is() {
    let page = include_str!("../../../../docs/book/caps.md");
    let rows = page.lines().filter(|line| line.starts_with("| ")).skip(1);
    let rows: Vec<(String, String)> = rows
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            (cells[1].to_owned(), cells[2].to_owned())
        })
        .collect();
    let known: Vec<(String, String)> =
        caps_table().into_iter().map(|(what, most)| (what.to_owned(), most)).collect();
    assert_eq!(rows, known);
}
