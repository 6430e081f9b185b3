//! `jumpline serve` killed without warning: whatever was acknowledged is there when it is started again (P1).

use crate::page::sandbox;
use crate::web::ask;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server on games in a folder, killed when it is dropped.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(folder: &Path) -> Served {
        Served::with(folder, &[], Stdio::null())
    }

    fn with(folder: &Path, more: &[&str], log: Stdio) -> Served {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jumpline"))
            .args(["serve", "--port", "0", "--data", "games"])
            .args(more)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").unwrap().1.to_owned();
        Served { child, address }
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> serde_json::Value {
        let (status, answer) = ask(&self.address, method, path, body);
        assert_eq!(status, 200, "{answer}");
        answer
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // SIGKILL: no chance to tidy up.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let folder = sandbox("serve");
    let mut served = Served::start(&folder);
    let made =
        r#"{"source": {"kind": "scenario", "key": "first-light"}, "seats": [0], "start": true}"#;
    let game = served.ask("POST", "/api/games", made)["id"].as_str().unwrap().to_owned();
    let seat = format!("/api/games/{game}/seats/0");
    let orders = format!("{seat}/orders");
    let mut views = Vec::new();
    for turn in 0..3_u64 {
        for number in 0..4 {
            let order = format!(
                r#"{{"turn": {turn}, "orders": [{{"id": "o{turn}-{number}", "say": {{"kind": "group",
                "group": 0, "queued": true, "task": {{"kind": "guard", "body": {number}, "spot": null}}}}}}]}}"#
            );
            let receipt = served.ask("POST", &orders, &order);
            drop(served);
            served = Served::start(&folder);
            assert_eq!(served.ask("POST", &orders, &order), receipt, "once, before and after");
            let kept = served.ask("GET", &orders, "");
            assert_eq!(kept["orders"].as_array().unwrap().len(), number + 1, "{kept}");
        }
        views.push(served.ask("GET", &format!("{seat}/view"), ""));
        let ready = format!(r#"{{"turn": {turn}, "ready": true}}"#);
        served.ask("POST", &format!("{seat}/ready"), &ready);
        drop(served);
        served = Served::start(&folder);
        // Killed in the middle of it or not: the turn is played, and once.
        let mut now = served.ask("GET", &format!("/api/games/{game}"), "");
        while now["turn"] == turn || now["stage"] == "playing" {
            std::thread::sleep(std::time::Duration::from_millis(20));
            now = served.ask("GET", &format!("/api/games/{game}"), "");
        }
        assert_eq!(now["turn"], turn + 1);
        for (past, view) in views.iter().enumerate() {
            assert_eq!(served.ask("GET", &format!("{seat}/view?turn={past}"), ""), *view);
        }
    }
}

#[cfg(unix)]
#[test]
fn told_to_end_it_ends_well_and_its_log_is_for_machines() {
    let folder = sandbox("serve-log");
    let log = folder.join("log");
    let mut served =
        Served::with(&folder, &["--json-log"], std::fs::File::create(&log).unwrap().into());
    let made =
        r#"{"source": {"kind": "scenario", "key": "first-light"}, "seats": [0], "start": true}"#;
    let game = served.ask("POST", "/api/games", made)["id"].as_str().unwrap().to_owned();
    let seat = format!("/api/games/{game}/seats/0");
    served.ask("POST", &format!("{seat}/ready"), r#"{"turn": 0, "ready": true}"#);
    let pid = served.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert_eq!(served.child.wait().unwrap().code(), Some(0));
    let text = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().all(|line| line["level"].is_string() && line["timestamp"].is_string()));
    let said = |what: &str| lines.iter().find(|line| line["fields"]["message"] == what);
    assert!(said("listening").is_some() && said("stopped").is_some(), "{text}");
    let turn = &said("turn").unwrap()["fields"];
    assert_eq!((turn["game"].as_str(), turn["turn"].as_u64()), (Some(game.as_str()), Some(1)));
    let served = Served::start(&folder);
    assert_eq!(served.ask("GET", &format!("/api/games/{game}"), "")["turn"], 1);
}
