//! What is done to servers by those who mean them harm, a test each.

use crate::client::{Client, parse, raw};
use crate::place::{Host, until};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};
use tungstenite::Message;

#[test]
fn a_head_that_dribbles_in_is_cut_off() {
    let host = Host::with(|config| config.caps.head_time = Duration::from_millis(600));
    let began = Instant::now();
    let mut stream = TcpStream::connect(host.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    for byte in b"GET /api/me HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ".iter().cycle().take(400) {
        if stream.write_all(&[*byte]).is_err() {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    let mut out = Vec::new();
    drop(stream.read_to_end(&mut out));
    assert!(began.elapsed() < Duration::from_secs(20));
    assert!(!parse(&out).status.eq(&200));
    Client::new(host.address).get("/api/me").ok();
}

#[test]
fn a_body_that_dribbles_in_is_cut_off() {
    let host = Host::with(|config| config.caps.body_time = Duration::from_millis(400));
    let you = Client::new(host.address);
    let head = you.head("POST", "/api/games", &[("content-type", "application/json")]);
    let mut stream = TcpStream::connect(host.address).unwrap();
    stream
        .write_all(format!("{head}content-length: 1000\r\nconnection: close\r\n\r\n{{").as_bytes())
        .unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut out = Vec::new();
    drop(stream.read_to_end(&mut out));
    assert_eq!(parse(&out).code(), "too_slow");
}

#[test]
fn a_page_of_another_site_can_do_nothing() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let body = json!({"paused": true}).to_string();
    let pause = |headers: &[(&str, &str)]| {
        let path = format!("/api/games/{game}/pause");
        you.send("POST", &path, headers, Some(body.as_bytes())).status
    };
    let json = ("content-type", "application/json");
    let own = format!("http://{}", host.address);
    assert_eq!(pause(&[json, ("origin", "https://evil.example")]), 403);
    assert_eq!(pause(&[json, ("origin", "null")]), 403);
    assert_eq!(pause(&[json, ("origin", &format!("{own}.evil.example"))]), 403);
    assert_eq!(pause(&[json, ("sec-fetch-site", "cross-site")]), 403);
    assert_eq!(pause(&[("content-type", "text/plain")]), 400, "what a form can send");
    assert_eq!(you.game(&game)["stage"], "open");
    assert_eq!(pause(&[json, ("origin", &own), ("sec-fetch-site", "same-origin")]), 200);
    let live = format!("/api/games/{game}/live");
    assert_eq!(you.live_from(&live, Some("https://evil.example")).err(), Some(403));
    assert!(you.live_from(&live, Some(&own)).is_ok());
    let rebound = format!(
        "GET /api/games/{game} HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n"
    );
    assert_eq!(parse(&raw(host.address, rebound.as_bytes())).status, 403, "a name led here");
}

#[test]
fn a_frame_of_64_mebibytes_ends_the_stream_and_nothing_else() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let mut live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    live.next_of("hello");
    drop(live.socket.send(Message::Binary(vec![0; 64 << 20].into())));
    until("the stream has ended", || live.next().is_none());
    you.game(&game);
}

#[test]
fn a_million_tiny_frames_end_the_stream() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let mut live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    let sent = (0..1_000_000).take_while(|_| live.socket.send(Message::Text("x".into())).is_ok());
    assert!(sent.count() < 1_000_000, "it was cut off on the way");
    you.game(&game);
}

#[test]
fn a_reader_that_stops_is_let_go_and_costs_a_bounded_queue() {
    let host = Host::with(|config| config.caps.pushes_waiting = 8);
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let _stopped = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    until("it is let go", || {
        for _ in 0..20 {
            let line = "x".repeat(1_000);
            you.post(&format!("/api/games/{game}/chat"), &json!({"text": line})).ok();
        }
        you.game(&game)["seats"][0]["online"] == false
    });
    let mut live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    live.next_of("hello");
}

#[test]
fn a_storm_of_reconnects_is_weathered() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let storms: Vec<_> = (0..8)
        .map(|_| {
            let (you, game) = (you.clone(), game.clone());
            thread::spawn(move || {
                for _ in 0..50 {
                    drop(you.live(&game, None));
                }
            })
        })
        .collect();
    for storm in storms {
        storm.join().unwrap();
    }
    until("streams are free again", || you.live(&game, None).is_ok());
    you.end_turn(&game, 0);
}

/// Descriptors that this process may have open at once.
fn descriptors() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3)?.parse().ok());
    soft.unwrap_or(1_024)
}

#[test]
fn ten_thousand_idle_connections_do_not_keep_others_out() {
    // Both ends of each are ours: with fewer descriptors there are fewer of them. Other tests need some too.
    let count = 10_000.min(descriptors().saturating_sub(600) / 2);
    println!("{count} idle connections");
    let host = Host::with(|config| config.caps.head_time = Duration::from_secs(5));
    let mut idle = Vec::new();
    for number in 0..count {
        // Faster than they are taken in they would wait for one another, not for the server.
        if number % 100 == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        match TcpStream::connect(host.address) {
            Ok(stream) => idle.push(stream),
            // Other tests have taken what was left.
            Err(_) => break,
        }
    }
    assert!(idle.len() > count / 2, "{} of {count}", idle.len());
    let began = Instant::now();
    Client::new(host.address).get("/api/me").ok();
    let answered = began.elapsed();
    println!("answered in {answered:?} beside them");
    assert!(answered < Duration::from_secs(5), "{answered:?}");
    // They are let go by the server, not kept.
    let mut first = idle.swap_remove(0);
    first.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut out = Vec::new();
    drop(first.read_to_end(&mut out));
    Client::new(host.address).get("/api/me").ok();
}

#[test]
fn tricks_with_paths_lead_nowhere() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let root = env!("CARGO_MANIFEST_DIR");
    for path in [
        "/../Cargo.toml",
        "/..%2f..%2fCargo.toml",
        "/assets/../../Cargo.toml",
        "/assets/..%5c..%5cCargo.toml",
        "//etc/passwd",
        "/%2e%2e/%2e%2e/Cargo.toml",
        "/.git/config",
        &format!("/{root}/Cargo.toml"),
    ] {
        let answer = you.get(path);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(!text.contains("[package]") && !text.contains("root:"), "{path}: {text}");
    }
    for path in [
        format!("/api/games/{game}%00/seats/0/view"),
        format!("/api/games/../games/{game}/nothing"),
        format!("/api/games/{game}/seats/+0/view"),
        format!("/api/games/{game}/seats/-1/view"),
        format!("/api/games/{game}/seats/0x0/view"),
        format!("/api/games/{game}/seats/4294967296/view"),
        format!("/api/games/{}/seats/0/view", "a".repeat(5_000)),
        "/api/nothing".to_owned(),
    ] {
        assert_eq!(you.get(&path).status, 404, "{path}");
    }
}

#[test]
fn a_session_is_no_use_after_logout_and_never_the_one_a_browser_brought() {
    let mut host = Host::with_accounts();
    let mut ada = Client::registered(host.address, "Ada");
    let game = ada.new_game("first-light", &[0]);
    let mut live = ada.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    live.next_of("hello");
    let stolen = ada.clone();
    assert_eq!(ada.post("/api/logout", &json!({})).status, 204);
    assert_eq!(stolen.get("/api/games").code(), "login_needed");
    assert_eq!(stolen.live(&game, None).err(), Some(401));
    until("its streams end with it", || live.next().is_none());

    ada.cookie = Some("jumpline=00000000000000000000000000000000".to_owned());
    let body = json!({"name": "Ada", "password": "correct horse"});
    let answer = ada.post("/api/login", &body);
    answer.ok();
    let cookie = answer.headers["set-cookie"].clone();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert!(!cookie.contains("00000000000000000000000000000000"));
    ada.keep_cookie(&answer);
    host.restart();
    let at = host.address;
    ada.address = at;
    ada.get("/api/games").ok();
    assert_eq!(Client { address: at, ..stolen }.get("/api/games").code(), "login_needed");
}

#[test]
fn markup_in_names_comes_back_as_text_of_json() {
    let host = Host::local();
    let you = Client::new(host.address);
    let name = "<img src=x onerror=alert(1)>";
    let body = json!({"source": {"kind": "scenario", "key": "duel"}, "name": name});
    let made = you.post("/api/games", &body);
    assert_eq!(made.ok()["name"], name);
    assert_eq!(made.headers["content-type"], "application/json");
    assert_eq!(made.headers["x-content-type-options"], "nosniff");
    assert!(made.headers["content-security-policy"].contains("default-src 'self'"));
}

#[test]
fn what_is_no_json_or_too_deep_is_refused() {
    let host = Host::local();
    let you = Client::new(host.address);
    let kind = [("content-type", "application/json")];
    let deep = "[".repeat(100_000);
    for body in [&b""[..], b"{", b"nan", b"{\"source\":1e999}", b"\xff\xfe", deep.as_bytes()] {
        assert_eq!(you.send("POST", "/api/games", &kind, Some(body)).status, 400);
    }
    let zip = [kind[0], ("content-encoding", "gzip")];
    assert_eq!(you.send("POST", "/api/games", &zip, Some(&[0x1f, 0x8b, 8, 0])).status, 400);
}

/// A body of a megabyte that a hundred and fifty would come of: one zero, and then "the last 258 bytes again", over and over.
fn bomb(bytes: usize) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let (mut held, mut count) = (0_u32, 0);
    let mut put = |out: &mut Vec<u8>, bits: u32, width: u32| {
        held |= bits << count;
        count += width;
        while count >= 8 {
            out.push((held & 255) as u8);
            held >>= 8;
            count -= 8;
        }
    };
    // The last block, with the fixed code; then the letter 0, which is 00110000, first bit first.
    put(&mut out, 0b011, 3);
    put(&mut out, 0b0000_1100, 8);
    while out.len() < bytes {
        // Length 258 is 11000101, distance 1 is 00000.
        put(&mut out, 0b1010_0011, 8);
        put(&mut out, 0, 5);
    }
    out
}

#[test]
fn what_would_burst_when_unpacked_is_not_unpacked() {
    let host = Host::local();
    let you = Client::new(host.address);
    let zip = [("content-type", "application/json"), ("content-encoding", "gzip")];
    let began = Instant::now();
    let answer = you.send("POST", "/api/games", &zip, Some(&bomb(1_000_000)));
    assert_eq!((answer.status, answer.code().as_str()), (400, "bad_request"));
    assert!(began.elapsed() < Duration::from_secs(5));
    you.get("/api/me").ok();
}

#[test]
fn messages_that_are_lost_or_doubled_count_once() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    let orders = format!("/api/games/{game}/seats/0/orders");
    let body = |id: &str| {
        let say = json!({"kind": "group", "group": 0, "task": {"kind": "unload"}});
        json!({"turn": 0, "orders": [{"id": id, "say": say}]}).to_string()
    };
    let request = |body: &str| {
        let head = you.head("POST", &orders, &[("content-type", "application/json")]);
        format!("{head}content-length: {}\r\n", body.len())
    };
    for id in ["a", "b", "c"] {
        let text = body(id);
        let whole = format!("{}connection: close\r\n\r\n{text}", request(&text));
        // The answer is lost: whoever asked is gone before it comes. And the question, in the middle.
        for cut in [whole.len(), whole.len() - 5] {
            let mut stream = TcpStream::connect(host.address).unwrap();
            stream.write_all(&whole.as_bytes()[..cut]).unwrap();
        }
        // Twice on one connection, without waiting, and then once more.
        let first = format!("{}\r\n{text}", request(&text));
        let both = raw(host.address, format!("{first}{whole}").as_bytes());
        let count = both.windows(12).filter(|part| part == b"HTTP/1.1 200").count();
        assert_eq!(count, 2, "{}", String::from_utf8_lossy(&both));
        you.send("POST", &orders, &[("content-type", "application/json")], Some(text.as_bytes()))
            .ok();
    }
    let ready = format!("/api/games/{game}/seats/0/ready");
    let kept = you.get(&orders).ok();
    assert_eq!(kept["orders"].as_array().unwrap().len(), 3, "{kept}");
    you.post(&ready, &json!({"turn": 0, "ready": true})).ok();
    you.wait_for(&game, 1);
    // The end of a turn said again does not end the next.
    assert_eq!(you.post(&ready, &json!({"turn": 0, "ready": true})).code(), "wrong_turn");
    thread::sleep(Duration::from_millis(200));
    assert_eq!(you.game(&game)["turn"], 1);
    assert_eq!(you.game(&game)["seats"][0]["ready"], false);
}
