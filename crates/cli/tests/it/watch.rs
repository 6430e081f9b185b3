//! `jumpline run --watch`: a war that is played can be looked at, turn by turn, through the eyes one asked for and no others.

use crate::page::sandbox;
use crate::signal;
use crate::web::ask;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

/// A run that is watched, killed when it is dropped.
struct Watched {
    child: Child,
    said: BufReader<ChildStderr>,
    address: String,
    game: String,
}

impl Watched {
    fn start(folder: &Path, words: &[&str]) -> Watched {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jumpline"))
            .args(["run", "first-light", "--watch", "--no-open"])
            .args(words)
            .current_dir(folder)
            .env("TMPDIR", folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let page = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
        let (address, place) = page["http://".len()..].split_once("/#/war/").unwrap();
        let game = place.trim_end_matches("/chart").to_owned();
        Watched { address: address.to_owned(), game, child, said }
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, serde_json::Value) {
        ask(&self.address, method, &format!("/api/games/{}{path}", self.game), body)
    }

    fn turn(&self) -> u64 {
        self.ask("GET", "", "").1["turn"].as_u64().unwrap()
    }

    fn wait_for(&self, turn: u64) {
        while self.turn() < turn {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    /// Interrupts it. Gives its exit code, and what it wrote to stdout and to stderr from now on.
    fn interrupt(mut self) -> (Option<i32>, String, String) {
        signal("INT", self.child.id());
        let (mut told, mut said) = (String::new(), String::new());
        self.child.stdout.take().unwrap().read_to_string(&mut told).unwrap();
        self.said.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), told, said)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn a_war_is_seen_turn_by_turn_while_it_is_played_and_told_at_its_end() {
    let folder = sandbox("watch");
    let plain = Command::new(env!("CARGO_BIN_EXE_jumpline"))
        .args(["run", "first-light"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let watched = Watched::start(&folder, &["--pace", "0.1"]);
    watched.wait_for(2);
    let (_, game) = watched.ask("GET", "", "");
    assert_eq!(game["stage"], "playing", "it is being played: {game}");
    assert!(game["turn"].as_u64().unwrap() < 20, "it can be seen before it is over: {game}");
    // Through any power's eyes, now and then.
    for seat in 0..2 {
        let (status, then) = watched.ask("GET", &format!("/seats/{seat}/view?turn=1"), "");
        assert_eq!((status, &then["turn"]), (200, &1.into()));
        assert!(!then["groups"].as_array().unwrap().is_empty());
    }
    // Nobody gives orders to a war that plays itself, nobody halts it.
    let order = r#"{"turn": 2, "orders": [{"id": "x", "say": {"kind": "group", "group": 0, "task": {"kind": "hold"}}}]}"#;
    assert_eq!(watched.ask("POST", "/seats/0/orders", order).0, 404);
    assert_eq!(watched.ask("POST", "/pause", r#"{"paused": true}"#).0, 409);
    assert_eq!(watched.ask("POST", "/deadline", "").0, 409);
    // But whoever looks may go another way from where they are.
    let (status, fork) = watched.ask("POST", "/fork", r#"{"turn": 1, "seats": [0]}"#);
    assert_eq!((status, &fork["turn"], &fork["stage"]), (200, &1.into(), &"open".into()));
    watched.wait_for(20);
    while watched.ask("GET", "", "").1["stage"] != "over" {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let (status, battles) = watched.ask("GET", "/seats/0/battles", "");
    let battle = &battles["battles"][0];
    assert_eq!((status, &battle["record"]), (200, &true.into()), "battles can be replayed");
    let (code, told, said) = watched.interrupt();
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(told, String::from_utf8_lossy(&plain.stdout), "watching changes nothing");
    assert!(said.contains("until you interrupt"), "{said}");
    let left: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(
        left.iter().all(|name| !name.to_string_lossy().starts_with("jumpline-watch")),
        "left behind: {left:?}"
    );
}

/// A port that somebody else has is said so, with the way out.
#[test]
fn a_taken_port_is_named() {
    let folder = sandbox("port");
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let out = Command::new(env!("CARGO_BIN_EXE_jumpline"))
        .args(["serve", "--data", "games", "--port", &port])
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("127.0.0.1:{port}")) && said.contains("--port 0"), "{said}");
}

#[test]
fn as_a_power_nothing_of_the_others_is_shown() {
    let folder = sandbox("watch-as");
    let watched = Watched::start(&folder, &["--pace", "0", "--as", "blue-accord"]);
    watched.wait_for(20);
    assert_eq!(watched.ask("GET", "/seats/1/view", "").0, 200);
    for path in ["view", "view?turn=0", "chronicle", "turns", "battles", "orders"] {
        assert_eq!(watched.ask("GET", &format!("/seats/0/{path}"), "").0, 404, "{path}");
    }
}

#[test]
fn a_war_that_stops_early_can_be_taken_up_where_it_stands() {
    let folder = sandbox("watch-until");
    let until = ["--pace", "0", "--as", "blue-accord", "--until", "2401-03-02"];
    let watched = Watched::start(&folder, &until);
    while watched.ask("GET", "", "").1["stage"] != "paused" {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let turn = watched.turn();
    let ready = format!(r#"{{"turn": {turn}, "ready": true}}"#);
    for (path, body) in [
        ("/pause", r#"{"paused": false}"#),
        ("/seats/1/cover", r#"{"covered": false}"#),
        ("/seats/1/ready", &ready),
    ] {
        let (status, answer) = watched.ask("POST", path, body);
        assert_eq!(status, 200, "{path}: {answer}");
    }
    watched.wait_for(turn + 1);
}

#[test]
fn an_interrupt_ends_the_run_and_keeps_what_was_saved() {
    let folder = sandbox("watch-stop");
    let watched = Watched::start(&folder, &["--pace", "60", "--save", "war.jumpline"]);
    watched.wait_for(1);
    let (code, told, said) = watched.interrupt();
    assert_eq!((code, told.as_str()), (Some(130), ""), "{said}");
    assert!(said.contains("holds the war up to turn 1"), "{said}");
}
