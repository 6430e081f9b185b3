//! The drill of docs/book/hosting.md: a running house is backed up with the very commands of the page, destroyed, and brought back by the
//! others; every acknowledged turn, order and word is there. On SQLite, and on PostgreSQL where `JUMPLINE_TEST_POSTGRES` says where one is.

use crate::page::sandbox;
use crate::root;
use crate::signal;
use crate::web::ask;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

/// A house that is open, killed when it is dropped.
struct House {
    child: Child,
    address: String,
}

impl House {
    fn open(words: &[&str]) -> House {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jumpline"))
            .args(["serve", "--port", "0"])
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim().rsplit_once("http://").unwrap_or_else(|| panic!("{line}")).1.to_owned();
        House { child, address }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let (status, answer) = ask(&self.address, method, path, &text);
        assert_eq!(status, 200, "{method} {path}: {answer}");
        answer
    }

    fn get(&self, path: &str) -> Value {
        self.ask("GET", path, &Value::Null)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The commands of the page's block of that name, such as ```` ```sh backup ````.
fn commands(block: &str) -> String {
    let page = fs::read_to_string(root().join("docs/book/hosting.md")).unwrap();
    let begins = format!("```sh {block}\n");
    let (_, rest) = page.split_once(&begins).unwrap_or_else(|| panic!("no block {block}"));
    rest.split_once("\n```").unwrap().0.to_owned()
}

/// Does what the page says.
fn shell(block: &str, names: &[(&str, String)]) {
    let out = Command::new("sh")
        .args(["-eu", "-c", &commands(block)])
        .envs(names.iter().map(|(name, value)| (name, value.as_str())))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{block}: {} {said}", out.status);
}

const SEAT: u32 = 1;

fn order(turn: u64, name: &str, body: u32) -> Value {
    let task = json!({"kind": "guard", "body": body, "spot": null});
    let say = json!({"kind": "group", "group": 0, "queued": true, "task": task});
    json!({"turn": turn, "orders": [{"id": name, "say": say}]})
}

/// A game some turns old with orders for the next and something said; its id.
fn lived_in(house: &House) -> String {
    let source = json!({"kind": "scenario", "key": "first-light"});
    let new = json!({"source": source, "seats": [SEAT], "seed": "1", "start": true});
    let game = house.ask("POST", "/api/games", &new)["id"].as_str().unwrap().to_owned();
    let at = format!("/api/games/{game}");
    for turn in 0..10 {
        let orders = format!("{at}/seats/{SEAT}/orders");
        house.ask("POST", &orders, &order(turn, &format!("turn-{turn}"), 1));
        let ready = json!({"turn": turn, "ready": true});
        house.ask("POST", &format!("{at}/seats/{SEAT}/ready"), &ready);
        while house.get(&at)["turn"] != turn + 1 {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }
    house.ask("POST", &format!("{at}/chat"), &json!({"text": "Hold until Friday."}));
    house.ask("POST", &format!("{at}/seats/{SEAT}/orders"), &order(10, "for-the-next", 2));
    game
}

/// Everything that has been acknowledged, as it is asked for afterwards.
fn acknowledged(house: &House, game: &str) -> Vec<Value> {
    let at = format!("/api/games/{game}");
    let seat = format!("{at}/seats/{SEAT}");
    let mut kept = Vec::new();
    for turn in 0..=10 {
        kept.push(house.get(&format!("{seat}/view?turn={turn}")));
    }
    for path in ["turns", "chronicle", "battles", "orders"] {
        kept.push(house.get(&format!("{seat}/{path}")));
    }
    kept.push(house.get(&format!("{at}/chat")));
    kept
}

/// Gives orders as fast as they are answered until told to stop; how many were acknowledged.
fn keep_ordering(address: &str, game: &str, stop: &AtomicBool) -> usize {
    let path = format!("/api/games/{game}/seats/{SEAT}/orders");
    let mut count = 0;
    while !stop.load(Ordering::Relaxed) {
        let order = order(10, &format!("busy-{count}"), 3).to_string();
        assert_eq!(ask(address, "POST", &path, &order).0, 200);
        count += 1;
    }
    count
}

/// Backs up while another war of the house is being ordered about, then loses everything and comes back.
fn drill(
    words: &[&str],
    folder: &Path,
    blocks: [&str; 2],
    names: &[(&str, String)],
    lose: impl FnOnce(),
) -> House {
    let house = House::open(words);
    let (quiet, busy) = (lived_in(&house), lived_in(&house));
    let before = acknowledged(&house, &quiet);
    let battles = before.iter().find_map(|kept| kept["battles"].as_array()).unwrap();
    assert!(!battles.is_empty(), "no battle was fought: nothing shows that records come back");
    let mut names = names.to_vec();
    names.push(("PID", house.child.id().to_string()));
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let ordering = scope.spawn(|| keep_ordering(&house.address, &busy, &stop));
        std::thread::sleep(std::time::Duration::from_millis(100));
        shell(blocks[0], &names);
        stop.store(true, Ordering::Relaxed);
        assert!(ordering.join().unwrap() > 0, "the house was not in use");
    });
    drop(house);
    fs::remove_dir_all(folder.join("data")).unwrap();
    lose();
    shell(blocks[1], &names);
    let house = House::open(words);
    assert_eq!(acknowledged(&house, &quiet), before);
    let record = before.iter().find_map(|kept| kept["battles"].as_array()).unwrap()[0].clone();
    assert_eq!(record["record"], true, "the records of battles are there");
    // The busy war too goes on, with what it had when the copy was made.
    let at = format!("/api/games/{busy}/seats/{SEAT}");
    assert!(house.get(&format!("{at}/orders"))["orders"].as_array().unwrap().len() > 1);
    house.ask("POST", &format!("{at}/ready"), &json!({"turn": 10, "ready": true}));
    house
}

fn names(folder: &Path) -> Vec<(&'static str, String)> {
    let path = |name: &str| folder.join(name).display().to_string();
    vec![("DATA", path("data")), ("BACKUP", path("backup"))]
}

#[test]
fn a_house_comes_back_from_its_backup() {
    let folder = sandbox("drill");
    let data = folder.join("data").display().to_string();
    drop(drill(&["--data", &data], &folder, ["backup", "restore"], &names(&folder), || {}));
    // A house without its backup is an empty one: the drill would have noticed.
    fs::remove_dir_all(folder.join("data")).unwrap();
    let empty = House::open(&["--data", &data]);
    assert_eq!(empty.get("/api/games")["games"], json!([]));
}

/// `psql` and its like from where Debian keeps them, if they are not on the path.
fn on_path() -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    let found = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut bins: Vec<PathBuf> = found.map(|entry| entry.path().join("bin")).collect();
    bins.sort();
    bins.pop().map_or(path.clone(), |bin| format!("{}:{path}", bin.display()))
}

#[test]
fn a_house_in_postgresql_comes_back_from_its_dump() {
    // The step `postgres` of the test command says where one is.
    let Ok(url) = std::env::var("JUMPLINE_TEST_POSTGRES") else { return };
    let folder = sandbox("drill-postgres");
    let data = folder.join("data").display().to_string();
    let server = url.rsplit_once('/').unwrap().0.to_owned();
    let base = format!("drill_{}", std::process::id());
    let mut names = names(&folder);
    names.extend([("SERVER", server.clone()), ("BASE", base.clone()), ("PATH", on_path())]);
    let psql = |sql: String| {
        let mut psql = Command::new("psql");
        psql.env("PATH", on_path()).args(["-q", "-d", &url, "-c", &sql]);
        assert!(psql.status().unwrap().success(), "{sql}");
    };
    psql(format!("CREATE DATABASE {base}"));
    let database = format!("{server}/{base}");
    let words = ["--database", &database, "--data", &data];
    let blocks = ["backup-postgresql", "restore-postgresql"];
    drop(drill(&words, &folder, blocks, &names, || {
        psql(format!("DROP DATABASE {base} WITH (FORCE)"));
    }));
    psql(format!("DROP DATABASE {base} WITH (FORCE)"));
}

/// The unit starts the program with options that it has, and `systemctl stop` ends it well.
#[test]
fn the_unit_of_the_page_starts_and_stops() {
    let page = fs::read_to_string(root().join("docs/book/hosting.md")).unwrap();
    let line = page.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let folder = sandbox("unit");
    let data = folder.join("data").display().to_string();
    let line = line.replace("/var/lib/jumpline", &data);
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("/usr/local/bin/jumpline"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_jumpline"))
        .args(words)
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
    assert!(said.starts_with("listening on http://127.0.0.1:"), "{said}");
    signal("TERM", child.id());
    assert!(child.wait().unwrap().success());
    assert!(folder.join("data/games.db").is_file());
}
