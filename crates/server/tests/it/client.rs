//! A client as simple as can be: each request on a connection of its own, every byte of the answer at hand.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The word of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The body of a success.
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        self.json()
    }
}

/// Somebody at a browser.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: SocketAddr,
    pub cookie: Option<String>,
}

/// Sends bytes as they are and reads what comes back until the other side closes.
pub fn raw(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    // The other side may have answered and closed before it has read all.
    drop(stream.write_all(request));
    let mut out = Vec::new();
    drop(stream.read_to_end(&mut out));
    out
}

pub fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let Some(end) = end else {
        return Answer { status: 0, headers: BTreeMap::new(), body: bytes.to_vec() };
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default().split(' ').nth(1).unwrap_or_default();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    Answer {
        status: status.parse().unwrap_or(0),
        headers: headers.collect(),
        body: bytes[end + 4..].to_vec(),
    }
}

impl Client {
    pub fn new(address: SocketAddr) -> Client {
        Client { address, cookie: None }
    }

    /// A new account, logged in.
    pub fn registered(address: SocketAddr, name: &str) -> Client {
        let mut client = Client::new(address);
        let body = json!({"name": name, "password": "correct horse"});
        let answer = client.post("/api/register", &body);
        answer.ok();
        client.keep_cookie(&answer);
        client
    }

    pub fn keep_cookie(&mut self, answer: &Answer) {
        let cookie = answer.headers.get("set-cookie").unwrap();
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
    }

    pub fn head(&self, method: &str, path: &str, more: &[(&str, &str)]) -> String {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        if let Some(cookie) = &self.cookie {
            head.push_str(&format!("cookie: {cookie}\r\n"));
        }
        for (name, value) in more {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head
    }

    pub fn send(
        &self,
        method: &str,
        path: &str,
        more: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Answer {
        let mut request = self.head(method, path, more).into_bytes();
        if let Some(body) = body {
            request.extend(format!("content-length: {}\r\n", body.len()).bytes());
        }
        request.extend(b"connection: close\r\n\r\n");
        request.extend(body.unwrap_or_default());
        parse(&raw(self.address, &request))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None)
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, &[], None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let kind = [("content-type", "application/json")];
        self.send("POST", path, &kind, Some(body.to_string().as_bytes()))
    }

    /// A game of a scenario, its id.
    pub fn new_game(&self, key: &str, seats: &[u32]) -> String {
        let body = json!({
            "source": {"kind": "scenario", "key": key}, "seats": seats, "start": true, "seed": "7",
        });
        self.post("/api/games", &body).ok()["id"].as_str().unwrap().to_owned()
    }

    pub fn game(&self, game: &str) -> Value {
        self.get(&format!("/api/games/{game}")).ok()
    }

    /// Ends the turn, and waits until it has been played.
    pub fn end_turn(&self, game: &str, power: u32) -> u32 {
        let turn = self.game(game)["turn"].as_u64().unwrap();
        let path = format!("/api/games/{game}/seats/{power}/ready");
        self.post(&path, &json!({"turn": turn, "ready": true})).ok();
        self.wait_for(game, turn + 1);
        u32::try_from(turn + 1).unwrap()
    }

    pub fn wait_for(&self, game: &str, turn: u64) {
        crate::place::until("the turn is played", || {
            let game = self.game(game);
            game["turn"].as_u64() == Some(turn) && game["stage"] != "playing"
        });
    }

    /// Orders a group of one's own to guard a body.
    pub fn guard(&self, game: &str, power: u32, turn: u32, id: &str, body: u32) -> Answer {
        let order = json!({"id": id, "reason": "as agreed", "say": {
            "kind": "group", "group": 0, "task": {"kind": "guard", "body": body, "spot": null},
        }});
        let path = format!("/api/games/{game}/seats/{power}/orders");
        self.post(&path, &json!({"turn": turn, "orders": [order]}))
    }

    /// Opens a live stream; an answer that is none comes back as its status.
    pub fn live(&self, game: &str, since: Option<&str>) -> Result<Live, u16> {
        let since = since.map_or(String::new(), |since| format!("?since={since}"));
        self.live_from(&format!("/api/games/{game}/live{since}"), None)
    }

    pub fn live_from(&self, path: &str, origin: Option<&str>) -> Result<Live, u16> {
        let mut request = tungstenite::http::Request::builder()
            .uri(format!("ws://{}{path}", self.address))
            .header("host", self.address.to_string())
            .header("connection", "Upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", tungstenite::handshake::client::generate_key());
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let stream = MaybeTlsStream::Plain(stream);
        match tungstenite::client::client(request.body(()).unwrap(), stream) {
            Ok((socket, _)) => Ok(Live { socket }),
            Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(answer))) => {
                Err(answer.status().as_u16())
            }
            Err(_) => Err(0),
        }
    }
}

/// A live stream.
pub struct Live {
    pub socket: WebSocket<MaybeTlsStream<TcpStream>>,
}

impl Live {
    /// The next push; none when the stream has ended.
    pub fn next(&mut self) -> Option<Value> {
        serde_json::from_str(&self.next_text()?).ok()
    }

    /// The next push as it came.
    pub fn next_text(&mut self) -> Option<String> {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => return Some(text.to_string()),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The next push of a kind.
    pub fn next_of(&mut self, kind: &str) -> Value {
        loop {
            let push = self.next().unwrap();
            if push["news"]["kind"] == kind {
                return push;
            }
        }
    }
}
