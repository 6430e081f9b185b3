//! Many games at once on the program as shipped: how long orders take to be acknowledged while turns are played. Prints one JSON object.
//!
//! `load JUMPLINE [GAMES] [PEOPLE] [TURNS] [THINK_MS] [DATABASE]`. Games are of first-light with two players each; everybody else
//! watches. Each person has an address of their own (127.1.x.y), a connection for requests and a live stream. Each player gives three
//! orders a turn, thinking before each, and ends it; everybody fetches the new view of a turn when the stream tells of it. When all have
//! played, the server is killed (`kill -9`) and what was acknowledged is looked for in the house. The digest is over the states of all
//! games, and the same in every run with the same figures.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a bench that cannot go on stops"
)]
#![allow(clippy::disallowed_methods, reason = "it reads what the system says of a process")]

use jumpline_store::house::{Keeper, add_account, add_session, digest_of, orders_for};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::LocalSet;

/// Orders of a player for a turn.
const ORDERS: u64 = 3;
/// Whoever hears nothing for so long gives up: the bench fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is asked for.
#[derive(Clone, Copy)]
struct Size {
    games: u64,
    people: u64,
    turns: u64,
    think: Duration,
}

/// What one player did and got.
#[derive(Default)]
struct Diary {
    acks: Vec<Duration>,
    /// Game, power, turn and id of each order acknowledged.
    kept: Vec<(Rc<str>, u32, u32, String)>,
    refused: u64,
}

/// What a person's stream tells their other half.
#[derive(Clone, Copy, Default)]
struct Heard {
    turn: u64,
}

/// One person's connection, kept open from request to request.
struct Line {
    stream: TcpStream,
    address: SocketAddr,
    person: u64,
    got: Vec<u8>,
}

/// What came back.
struct Answer {
    status: u16,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl Line {
    async fn open(address: SocketAddr, person: u64) -> Line {
        Line { stream: connected(address, person).await, address, person, got: Vec::new() }
    }

    fn head(&self, method: &str, path: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: jumpline={}\r\n",
            self.address,
            token(self.person)
        )
    }

    async fn post(&mut self, path: &str, body: &serde_json::Value) -> Answer {
        let body = body.to_string();
        let head = self.head("POST", path);
        let length = body.len();
        let kind = "content-type: application/json\r\n";
        self.ask(format!("{head}{kind}content-length: {length}\r\n\r\n{body}")).await
    }

    /// As a browser does: compressed, and with what it has already.
    async fn get(&mut self, path: &str) -> Answer {
        let head = self.head("GET", path);
        self.ask(format!("{head}accept-encoding: gzip\r\n\r\n")).await
    }

    /// Asks once more, on a new connection, when the server had closed one that was idle for too long.
    async fn ask(&mut self, request: String) -> Answer {
        if let Some(answer) = self.try_to(&request).await {
            return answer;
        }
        self.stream = connected(self.address, self.person).await;
        self.try_to(&request).await.expect("the server hung up")
    }

    async fn try_to(&mut self, request: &str) -> Option<Answer> {
        self.stream.write_all(request.as_bytes()).await.ok()?;
        self.got.clear();
        let mut piece = [0_u8; 16_384];
        let mut head = None;
        loop {
            let end = head.or_else(|| self.got.windows(4).position(|four| four == b"\r\n\r\n"));
            if let Some(end) = end {
                head = Some(end);
                let text = String::from_utf8_lossy(&self.got[..end]).to_lowercase();
                let status = text.split(' ').nth(1).unwrap().parse().unwrap();
                let body = &self.got[end + 4..];
                let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
                let whole = match length {
                    Some(length) => body.len() >= length.trim().parse().unwrap(),
                    None if text.contains("transfer-encoding: chunked") => {
                        body.ends_with(b"0\r\n\r\n")
                    }
                    None => true,
                };
                if whole {
                    return Some(Answer { status, body: body.to_vec() });
                }
            }
            let count = tokio::time::timeout(PATIENCE, self.stream.read(&mut piece));
            match count.await.expect("the server does not answer") {
                Ok(count @ 1..) => self.got.extend_from_slice(&piece[..count]),
                _ => return None,
            }
        }
    }

    /// Listens to a game's live stream and tells which turn it has heard of.
    async fn listen(mut self, game: Rc<str>, heard: watch::Sender<Heard>) {
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
                let _ = heard.send(Heard { turn: text.parse().unwrap_or(0) });
            }
            let keep = tail.len().saturating_sub(64);
            drop(tail.drain(..keep));
        }
    }
}

/// A connection from the person's own address.
async fn connected(address: SocketAddr, person: u64) -> TcpStream {
    let own = Ipv4Addr::new(127, 1, u8::try_from(person >> 8).unwrap(), (person & 255) as u8);
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((own, 0))).unwrap();
    let stream = socket.connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

fn token(number: u64) -> String {
    format!("{number:032}")
}

fn main() {
    let mut words = std::env::args().skip(1);
    let jumpline =
        words.next().expect("load JUMPLINE [GAMES] [PEOPLE] [TURNS] [THINK_MS] [DATABASE]");
    let mut number = |usual: u64| words.next().map_or(usual, |word| word.parse().unwrap());
    let (games, people, turns) = (number(200), number(1_000), number(8));
    let think = Duration::from_millis(number(1_000));
    let size = Size { games, people, turns, think };
    let database = words.next();
    let folder = std::env::temp_dir().join(format!("jumpline-load-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let open = || match &database {
        #[cfg(feature = "postgres")]
        Some(url) => Keeper::postgres(url).unwrap(),
        _ => Keeper::sqlite(&folder.join("games.db")).unwrap(),
    };
    // Accounts are put in beforehand: registering is slow on purpose, and is not what is measured.
    let keeper = open();
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
    let mut server = serve(&jumpline, &folder, database.as_deref());
    let address = where_it_listens(&mut server);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let pid = server.id();
    let played = LocalSet::new().block_on(&runtime, play(address, pid, size));
    server.kill().unwrap();
    server.wait().unwrap();
    let (lost, digest) = looked_for(&open(), &played, size);
    drop(fs::remove_dir_all(&folder));
    report(&played, size, lost, &digest);
    assert_eq!(lost, 0, "acknowledged orders were lost");
}

fn serve(jumpline: &str, folder: &Path, database: Option<&str>) -> Child {
    let mut command = Command::new(jumpline);
    command.args(["serve", "--accounts", "--json-log", "--port", "0", "--data"]).arg(folder);
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    let log = fs::File::create(folder.join("log")).unwrap();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().unwrap()
}

fn where_it_listens(server: &mut Child) -> SocketAddr {
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    line.trim().strip_prefix("listening on http://").expect(&line).parse().unwrap()
}

/// What came of it all.
struct Played {
    ids: Vec<Rc<str>>,
    diaries: Vec<Diary>,
    /// Streams that were open when the last turn had been played.
    streams: usize,
    views: usize,
    view_bytes: usize,
    set_up_s: f64,
    wall_s: f64,
    server_cpu_s: f64,
    own_cpu_s: f64,
}

async fn play(address: SocketAddr, server: u32, size: Size) -> Played {
    let began = Instant::now();
    let mut tables = Vec::new();
    for number in 0..size.games {
        tables.push(table(address, number, size).await);
    }
    let set_up_s = began.elapsed().as_secs_f64();
    let ids: Vec<Rc<str>> = tables.iter().map(|table| Rc::clone(&table.game)).collect();
    let (mut players, mut watchers, mut streams) = (Vec::new(), Vec::new(), Vec::new());
    for table in tables {
        for (place, (person, line)) in table.people.into_iter().enumerate() {
            let (heard, hears) = watch::channel(Heard::default());
            let live = Line::open(address, person).await;
            streams.push(tokio::task::spawn_local(live.listen(Rc::clone(&table.game), heard)));
            let power = u32::try_from(place.min(2)).unwrap() % 2;
            let seated = Person { line, game: Rc::clone(&table.game), power, hears };
            let begins = Duration::from_millis(person * 7_919 % 3_000);
            if place < 2 {
                players.push(tokio::task::spawn_local(seated.play(begins, size)));
            } else {
                watchers.push(tokio::task::spawn_local(seated.watch(size)));
            }
        }
    }
    let (cpu, own, started) = (cpu_s(server), cpu_s(std::process::id()), Instant::now());
    let (mut diaries, mut views, mut view_bytes) = (Vec::new(), 0, 0);
    for player in players {
        let (diary, seen) = player.await.unwrap();
        diaries.push(diary);
        views += seen.0;
        view_bytes += seen.1;
    }
    for watcher in watchers {
        let seen = watcher.await.unwrap();
        views += seen.0;
        view_bytes += seen.1;
    }
    let open = streams.iter().filter(|stream| !stream.is_finished()).count();
    Played {
        ids,
        diaries,
        streams: open,
        views,
        view_bytes,
        set_up_s,
        wall_s: started.elapsed().as_secs_f64(),
        server_cpu_s: cpu_s(server) - cpu,
        own_cpu_s: cpu_s(std::process::id()) - own,
    }
}

/// A game and whoever sits there: two players first.
struct Seated {
    game: Rc<str>,
    people: Vec<(u64, Line)>,
}

async fn table(address: SocketAddr, number: u64, size: Size) -> Seated {
    let (host, guest) = (number * 2 + 1, number * 2 + 2);
    let mut host_line = Line::open(address, host).await;
    let body = serde_json::json!({
        "source": {"kind": "scenario", "key": "first-light"}, "seats": [0], "start": true,
        "seed": number.to_string(),
        "settings": {"watching": "late", "watch_delay_turns": 0, "cover_after": 0},
    });
    let made = host_line.post("/api/games", &body).await;
    assert_eq!(made.status, 200, "{}", made.json());
    let game: Rc<str> = made.json()["id"].as_str().unwrap().into();
    let invitations = format!("/api/games/{game}/invitations");
    let offer = host_line.post(&invitations, &serde_json::json!({"power": 1})).await.json();
    let show = host_line.post(&invitations, &serde_json::json!({"watch": true})).await.json();
    let mut people = vec![(host, host_line)];
    let watchers = (size.games * 2 + 1..=size.people).filter(|one| one % size.games == number);
    for (person, token) in
        [(guest, &offer)].into_iter().chain(watchers.map(|watcher| (watcher, &show)))
    {
        let mut line = Line::open(address, person).await;
        let join = serde_json::json!({"token": token["token"]});
        assert_eq!(line.post("/api/join", &join).await.status, 200);
        people.push((person, line));
    }
    Seated { game, people }
}

struct Person {
    line: Line,
    game: Rc<str>,
    power: u32,
    hears: watch::Receiver<Heard>,
}

impl Person {
    async fn hear(&mut self, turn: u64) {
        let heard = self.hears.wait_for(|heard| heard.turn > turn);
        tokio::time::timeout(PATIENCE, heard).await.unwrap().unwrap();
    }

    /// Fetches the newest view; gives its bytes as they came.
    async fn look(&mut self) -> usize {
        let path = format!("/api/games/{}/seats/{}/view", self.game, self.power);
        let answer = self.line.get(&path).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        answer.body.len()
    }

    async fn watch(mut self, size: Size) -> (usize, usize) {
        let (mut views, mut bytes) = (0, 0);
        for turn in 0..size.turns {
            self.hear(turn).await;
            bytes += self.look().await;
            views += 1;
        }
        (views, bytes)
    }

    async fn play(mut self, begins: Duration, size: Size) -> (Diary, (usize, usize)) {
        tokio::time::sleep(begins).await;
        let seat = format!("/api/games/{}/seats/{}", self.game, self.power);
        let (orders, ready) = (format!("{seat}/orders"), format!("{seat}/ready"));
        let (mut diary, mut views, mut bytes) = (Diary::default(), 0, 0);
        for turn in 0..size.turns {
            for order in 0..ORDERS {
                tokio::time::sleep(size.think).await;
                let id = format!("{turn}-{order}");
                let body = serde_json::json!({"turn": turn, "orders": [{
                    "id": id, "reason": "as agreed", "say": {"kind": "group", "group": 0,
                    "queued": order > 0, "task": {"kind": "guard", "body": order + 2, "spot": null}},
                }]});
                let asked = Instant::now();
                let answer = self.line.post(&orders, &body).await;
                if answer.status == 200 {
                    diary.acks.push(asked.elapsed());
                    let at = u32::try_from(turn).unwrap();
                    diary.kept.push((Rc::clone(&self.game), self.power, at, id));
                } else {
                    diary.refused += 1;
                }
            }
            let body = serde_json::json!({"turn": turn, "ready": true});
            let over = self.line.post(&ready, &body).await;
            assert_eq!(over.status, 200, "{}", over.json());
            self.hear(turn).await;
            bytes += self.look().await;
            views += 1;
        }
        (diary, (views, bytes))
    }
}

/// How many acknowledged orders the house does not have, and a digest of where all games stand.
fn looked_for(keeper: &Keeper, played: &Played, size: Size) -> (usize, String) {
    let mut there: BTreeSet<(String, u32, u32, String)> = BTreeSet::new();
    let mut hasher = blake3::Hasher::new();
    let turns = u32::try_from(size.turns).unwrap();
    for game in &played.ids {
        for turn in 0..turns {
            let id = game.to_string();
            let rows = keeper.wait(move |sql| orders_for(sql, &id, turn, None)).unwrap();
            for row in rows {
                there.insert((game.to_string(), row.given.order.power.0, turn, row.id));
            }
        }
        let id = game.to_string();
        hasher.update(&keeper.wait(move |sql| digest_of(sql, &id, turns)).unwrap());
    }
    let kept = played.diaries.iter().flat_map(|diary| &diary.kept);
    let lost = kept
        .filter(|(game, power, turn, id)| {
            !there.contains(&(game.to_string(), *power, *turn, id.clone()))
        })
        .count();
    (lost, hasher.finalize().to_hex()[..16].to_owned())
}

fn report(played: &Played, size: Size, lost: usize, digest: &str) {
    let mut acks: Vec<Duration> =
        played.diaries.iter().flat_map(|diary| diary.acks.iter().copied()).collect();
    acks.sort();
    let at = |permille: usize| {
        let place = acks.len().saturating_sub(1) * permille / 1_000;
        acks.get(place).map_or(0.0, |one| one.as_secs_f64() * 1_000.0)
    };
    let turns = size.games * size.turns;
    let report = serde_json::json!({
        "games": size.games, "people": size.people, "streams_open": played.streams,
        "think_ms": size.think.as_millis() as u64,
        "orders_acknowledged": acks.len(), "orders_lost": lost,
        "orders_refused": played.diaries.iter().map(|diary| diary.refused).sum::<u64>(),
        "turns": turns, "turns_per_s": turns as f64 / played.wall_s,
        "orders_per_s": acks.len() as f64 / played.wall_s,
        "ack_p50_ms": at(500), "ack_p99_ms": at(990), "ack_max_ms": at(1_000),
        "views": played.views, "view_mean_bytes": played.view_bytes / played.views.max(1),
        "set_up_s": played.set_up_s, "wall_s": played.wall_s,
        "server_cpu_s": played.server_cpu_s, "client_cpu_s": played.own_cpu_s,
        "digest": digest,
    });
    println!("{report}");
}

/// Processor time of a process so far, user and system, seconds.
fn cpu_s(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    // utime and stime, the 12th and 13th after the name. Linux counts them in hundredths.
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|field| field.parse::<u64>().ok()).sum::<u64>() as f64 / 100.0
}
