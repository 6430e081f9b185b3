//! Many games at once: how long orders take to be acknowledged while turns are played. Prints one JSON object.
//!
//! `cargo run --release -p jumpline-server --example load -- [games] [people] [seconds]`. Games are of first-light with two players
//! each; everybody else watches. Each has a live stream open; each player gives an order, ends the turn, waits for the next, thinks.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a bench that cannot go on stops")]

use jumpline_scenario::{Texts, ruleset_of};
use jumpline_server::{Config, Library, Mode, Place, start};
use jumpline_store::house::{Keeper, add_account, add_session};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

fn read(folder: &Path, texts: &mut Texts, ruleset: bool) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, texts, ruleset);
            continue;
        }
        let (name, bytes) = (path.display().to_string(), fs::read(&path).unwrap());
        if ruleset { texts.add_ruleset(name, bytes) } else { texts.add_scenario(name, bytes) }
    }
}

fn library() -> Library {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = Texts::new();
    read(&root.join("scenarios/first-light"), &mut texts, false);
    let ruleset = ruleset_of(&texts);
    read(&root.join("content").join(ruleset), &mut texts, true);
    Library {
        scenarios: [("first-light".to_owned(), texts)].into(),
        add_ruleset: Arc::new(|_| Err("not here".to_owned())),
    }
}

/// One person's connection, kept open from request to request.
struct Line {
    stream: TcpStream,
    address: SocketAddr,
    cookie: String,
}

impl Line {
    async fn open(address: SocketAddr, number: u64) -> Line {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Line { stream, address, cookie: token(number) }
    }

    fn head(&self, method: &str, path: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: jumpline={}\r\n",
            self.address, self.cookie
        )
    }

    /// Sends a request and reads its answer: status and body.
    async fn ask(
        &mut self,
        method: &str,
        path: &str,
        body: &serde_json::Value,
    ) -> (u16, serde_json::Value) {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let head = self.head(method, path);
        let kind = "content-type: application/json\r\n";
        let request = format!("{head}{kind}content-length: {}\r\n\r\n{body}", body.len());
        self.stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        let mut piece = [0_u8; 16_384];
        loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                let length: usize = length.map_or(0, |text| text.trim().parse().unwrap());
                if bytes.len() >= end + 4 + length {
                    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
                    let body = serde_json::from_slice(&bytes[end + 4..end + 4 + length]);
                    return (status, body.unwrap_or_default());
                }
            }
            let count = self.stream.read(&mut piece).await.unwrap();
            assert!(count > 0, "the server hung up");
            bytes.extend_from_slice(&piece[..count]);
        }
    }

    /// Listens to a game's live stream and tells which turn it has heard of.
    async fn listen(mut self, game: String, heard: watch::Sender<u64>) {
        let head = self.head("GET", &format!("/api/games/{game}/live"));
        let upgrade = "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
                       sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        self.stream.write_all(format!("{head}{upgrade}").as_bytes()).await.unwrap();
        let mut piece = [0_u8; 16_384];
        let mut tail: Vec<u8> = Vec::new();
        let mark = b"\"kind\":\"turn\",\"turn\":";
        while let Ok(count @ 1..) = self.stream.read(&mut piece).await {
            tail.extend_from_slice(&piece[..count]);
            while let Some(at) = tail.windows(mark.len()).position(|part| part == mark) {
                let digits =
                    tail[at + mark.len()..].iter().take_while(|byte| byte.is_ascii_digit());
                let text: String = digits.map(|byte| char::from(*byte)).collect();
                drop(tail.drain(..at + mark.len()));
                let _ = heard.send(text.parse().unwrap_or(0));
            }
            let keep = tail.len().saturating_sub(64);
            drop(tail.drain(..keep));
        }
    }
}

fn token(number: u64) -> String {
    format!("{number:032}")
}

fn main() {
    let mut args = std::env::args().skip(1).map(|word| word.parse::<u64>().unwrap());
    let (games, people, seconds) =
        (args.next().unwrap_or(200), args.next().unwrap_or(1_000), args.next().unwrap_or(30));
    let folder = std::env::temp_dir().join(format!("jumpline-load-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("games.db");
    let keeper = Keeper::sqlite(&path).unwrap();
    keeper
        .wait(move |sql| {
            for number in 1..=people {
                let name = format!("player {number}");
                let account = add_account(sql, &name, &name, "none", 0)?.account;
                let hash = *blake3::hash(token(number).as_bytes()).as_bytes();
                add_session(sql, hash, account, i64::MAX / 2)?;
            }
            Ok(())
        })
        .unwrap();
    drop(keeper);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(run(path, games, people, seconds));
    drop(fs::remove_dir_all(&folder));
}

async fn run(path: PathBuf, games: u64, people: u64, seconds: u64) {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut config = Config::new(listen, Place::File(path), library());
    config.mode = Mode::Accounts;
    config.caps.burst = 1_000_000;
    config.caps.rate_per_s = 1_000_000;
    config.caps.games = 100_000;
    config.threads = 1;
    let server = start(config).await.unwrap();
    let address = server.address;
    let acks: Arc<Mutex<Vec<Duration>>> = Arc::default();
    let turns = Arc::new(AtomicU64::new(0));
    let late = Arc::new(AtomicU64::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let mut playing = Vec::new();
    let mut listening = Vec::new();
    let setting_up = Instant::now();
    for number in 0..games {
        let (host, guest) = (number * 2 + 1, number * 2 + 2);
        let mut host_line = Line::open(address, host).await;
        let body = serde_json::json!({
            "source": {"kind": "scenario", "key": "first-light"}, "seats": [0], "start": true,
            "settings": {"watching": "late", "watch_delay_turns": 0, "cover_after": 0},
        });
        let (status, made) = host_line.ask("POST", "/api/games", &body).await;
        assert_eq!(status, 200, "{made}");
        let game = made["id"].as_str().unwrap().to_owned();
        let invitations = format!("/api/games/{game}/invitations");
        let (_, offer) =
            host_line.ask("POST", &invitations, &serde_json::json!({"power": 1})).await;
        let (_, show) =
            host_line.ask("POST", &invitations, &serde_json::json!({"watch": true})).await;
        let mut guest_line = Line::open(address, guest).await;
        let join = serde_json::json!({"token": offer["token"]});
        assert_eq!(guest_line.ask("POST", "/api/join", &join).await.0, 200);
        let watchers = (games * 2 + 1..=people).filter(|one| one % games == number);
        for watcher in watchers {
            let mut line = Line::open(address, watcher).await;
            let join = serde_json::json!({"token": show["token"]});
            assert_eq!(line.ask("POST", "/api/join", &join).await.0, 200);
            listening.push(tokio::spawn(line.listen(game.clone(), watch::channel(0).0)));
        }
        for (power, person, line) in [(0, host, host_line), (1, guest, guest_line)] {
            let (heard, hears) = watch::channel(0);
            let live = Line::open(address, person).await;
            listening.push(tokio::spawn(live.listen(game.clone(), heard)));
            let player = Player { line, game: game.clone(), power, hears };
            let (acks, turns, late, over) =
                (Arc::clone(&acks), Arc::clone(&turns), Arc::clone(&late), Arc::clone(&over));
            let begins = Duration::from_millis(person * 7_919 % 2_000);
            playing.push(tokio::spawn(player.play(begins, acks, turns, late, over)));
        }
    }
    let set_up_s = setting_up.elapsed().as_secs_f64();
    acks.lock().unwrap().clear();
    turns.store(0, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    over.store(true, Ordering::SeqCst);
    let mut all = std::mem::take(&mut *acks.lock().unwrap());
    all.sort();
    let at = |permille: usize| {
        let place = (all.len().saturating_sub(1)) * permille / 1_000;
        all.get(place).map_or(0.0, |one| one.as_secs_f64() * 1_000.0)
    };
    println!(
        "{}",
        serde_json::json!({
            "games": games, "people": people, "streams": listening.len(), "seconds": seconds,
            "set_up_s": set_up_s, "orders": all.len(), "turns": turns.load(Ordering::SeqCst) / 2,
            "ack_p50_ms": at(500), "ack_p99_ms": at(990), "ack_max_ms": at(1_000),
            "deadline_passed": late.load(Ordering::SeqCst),
        })
    );
    for task in playing.into_iter().chain(listening) {
        task.abort();
    }
    server.stop().await;
}

struct Player {
    line: Line,
    game: String,
    power: u32,
    hears: watch::Receiver<u64>,
}

impl Player {
    async fn play(
        mut self,
        begins: Duration,
        acks: Arc<Mutex<Vec<Duration>>>,
        turns: Arc<AtomicU64>,
        late: Arc<AtomicU64>,
        over: Arc<AtomicBool>,
    ) {
        tokio::time::sleep(begins).await;
        let seat = format!("/api/games/{}/seats/{}", self.game, self.power);
        for turn in 0..20_u64 {
            for order in 0..3 {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let body = serde_json::json!({"turn": turn, "orders": [{
                    "id": format!("{turn}-{order}"), "reason": "as agreed", "say": {"kind": "group",
                    "group": 0, "queued": order > 0, "task": {"kind": "guard", "body": order + 2, "spot": null}},
                }]});
                let asked = Instant::now();
                let (status, _) = self.line.ask("POST", &format!("{seat}/orders"), &body).await;
                if status == 200 {
                    acks.lock().unwrap().push(asked.elapsed());
                } else {
                    late.fetch_add(1, Ordering::SeqCst);
                }
                tokio::time::sleep(Duration::from_millis(400)).await;
            }
            let ready = serde_json::json!({"turn": turn, "ready": true});
            self.line.ask("POST", &format!("{seat}/ready"), &ready).await;
            if self.hears.wait_for(|heard| *heard > turn).await.is_err() {
                return;
            }
            turns.fetch_add(1, Ordering::SeqCst);
            let (status, _) =
                self.line.ask("GET", &format!("{seat}/view"), &serde_json::Value::Null).await;
            assert_eq!(status, 200);
        }
    }
}
