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

#[test]
fn idle_connections_do_not_keep_others_out() {
    let host = Host::with(|config| config.caps.head_time = Duration::from_secs(2));
    let idle: Vec<TcpStream> =
        (0..500).map(|_| TcpStream::connect(host.address).unwrap()).collect();
    Client::new(host.address).get("/api/me").ok();
    drop(idle);
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
