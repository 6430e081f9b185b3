//! Somebody who plays on a server over plain HTTP, writes down what was acknowledged, and repeats what was not: an order is handed in
//! again under the same id, as a browser does after a broken connection.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Repeats of one request, before somebody gives up.
const TRIES: u32 = 5;
/// A turn is waited for so long.
const TURN_TIME: Duration = Duration::from_secs(20);

/// What was acknowledged.
#[derive(Clone, Debug, Default)]
pub struct Diary {
    /// The game's id, once it was told.
    pub game: Option<String>,
    /// Turn, own id and the war's name of each order.
    pub orders: Vec<(u64, String, String)>,
    /// The turn last seen.
    pub turn: u64,
    /// Answers that said "not kept".
    pub refused: u32,
}

/// One request on a connection of its own: status and body.
///
/// # Errors
/// When no whole answer comes.
fn ask(address: SocketAddr, method: &str, path: &str, body: &Value) -> Result<(u16, Value)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(TURN_TIME))?;
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").context("no whole answer")?;
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).context("no status")?;
    let length = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    if let Some(length) = length {
        ensure!(body.len() == length.trim().parse::<usize>()?, "the answer broke off");
    }
    Ok((status, serde_json::from_str(body).unwrap_or_default()))
}

/// Asks again while the server says that nothing was kept.
fn persist(
    at: SocketAddr,
    diary: &mut Diary,
    method: &str,
    path: &str,
    body: &Value,
) -> Result<Value> {
    for _ in 0..TRIES {
        match ask(at, method, path, body)? {
            (200, answer) => return Ok(answer),
            (503, _) => {
                diary.refused += 1;
                sleep(Duration::from_millis(30));
            }
            (status, answer) => bail!("{method} {path}: {status} {answer}"),
        }
    }
    bail!("{method} {path}: refused again and again")
}

/// Does the server say that all is well?
///
/// # Errors
/// When it does not answer.
pub fn is_well(at: SocketAddr) -> Result<bool> {
    Ok(ask(at, "GET", "/api/health", &Value::Null)?.0 == 200)
}

/// Plays some turns; stops at whatever goes wrong for good. The diary holds what was acknowledged until then.
pub fn play(at: SocketAddr, diary: &mut Diary, turns: u64) -> Result<()> {
    if diary.game.is_none() {
        let body = json!({"source": {"kind": "scenario", "key": "first-light"}, "seats": [0],
            "start": true, "seed": "7"});
        let made = persist(at, diary, "POST", "/api/games", &body)?;
        diary.game = made["id"].as_str().map(str::to_owned);
    }
    let game = diary.game.clone().context("a game without an id")?;
    let seat = format!("/api/games/{game}/seats/0");
    let last = diary.turn + turns;
    while diary.turn < last {
        let turn = diary.turn;
        for number in 0..2 {
            let id = format!("{turn}-{number}");
            let say = json!({"kind": "group", "group": 0, "queued": number > 0,
                "task": {"kind": "guard", "body": 3, "spot": null}});
            let body = json!({"turn": turn, "orders": [{"id": id, "reason": "so", "say": say}]});
            let told = persist(at, diary, "POST", &format!("{seat}/orders"), &body)?;
            let receipt = &told["receipts"][0];
            ensure!(receipt["refusal"].is_null(), "an order was refused: {receipt}");
            let name = receipt["order"].as_str().unwrap_or_default().to_owned();
            diary.orders.push((turn, id, name));
        }
        let ready = json!({"turn": turn, "ready": true});
        let until = Instant::now() + TURN_TIME;
        persist(at, diary, "POST", &format!("{seat}/ready"), &ready)?;
        loop {
            let now = persist(at, diary, "GET", &format!("/api/games/{game}"), &Value::Null)?;
            if now["turn"].as_u64() == Some(turn + 1) && now["stage"] == "open" {
                break;
            }
            ensure!(now["stage"] != "frozen", "the game is frozen: {now}");
            ensure!(Instant::now() < until, "the turn does not end: {now}");
            sleep(Duration::from_millis(5));
        }
        diary.turn = turn + 1;
    }
    Ok(())
}

/// Is everything that the diary says was acknowledged there, once each, and does the game go on?
///
/// # Errors
/// If not.
pub fn look(at: SocketAddr, diary: &Diary) -> Result<()> {
    let Some(game) = &diary.game else { return Ok(()) };
    let own = &mut Diary::default();
    let now = persist(at, own, "GET", &format!("/api/games/{game}"), &Value::Null)?;
    let turn = now["turn"].as_u64().context("a game without a turn")?;
    ensure!(turn >= diary.turn, "turn {} was seen, the game is at {turn}", diary.turn);
    for (of, id, name) in &diary.orders {
        let path = format!("/api/games/{game}/seats/0/orders?turn={of}");
        let list = persist(at, own, "GET", &path, &Value::Null)?;
        let orders = list["orders"].as_array().cloned().unwrap_or_default();
        let count = orders.iter().filter(|order| order["order"] == name.as_str()).count();
        ensure!(count == 1, "order {id} ({name}) of turn {of} is there {count} times");
    }
    let mut on = Diary { game: Some(game.clone()), turn, ..Diary::default() };
    if now["stage"] == "open" && turn + 1 < now["turns"].as_u64().unwrap_or(0) {
        play(at, &mut on, 1).context("the game does not go on")?;
    }
    Ok(())
}
