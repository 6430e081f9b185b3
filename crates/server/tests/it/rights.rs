//! Every route against every role (P13): who may, who may not, and that the words of a refusal are the same for what is another's and
//! for what does not exist.

use crate::client::{Answer, Client};
use crate::place::Host;
use jumpline_server::{Defect, Mode, openapi};
use serde_json::{Value, json};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Without a session.
    Nobody,
    /// With a session, and nothing to do with the game.
    Stranger,
    /// Made the game and plays power 0.
    Host,
    /// Plays power 1.
    Player,
    /// Watches.
    Watcher,
}

const ROLES: [Role; 5] = [Role::Nobody, Role::Stranger, Role::Host, Role::Player, Role::Watcher];

/// What a role is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    /// It is done.
    Yes,
    /// Not without a session.
    Login,
    /// There is nothing here for you.
    Nothing,
    /// Only the host.
    NotHost,
    /// Not now: understood and admitted, but not possible.
    Later,
}

impl May {
    fn of(answer: &Answer) -> May {
        match (answer.status, answer.code().as_str()) {
            (200 | 204, _) => May::Yes,
            (401, "login_needed") => May::Login,
            (404, "not_found") => May::Nothing,
            (403, "not_host") => May::NotHost,
            (403 | 409 | 400 | 426, _) => May::Later,
            (status, code) => panic!("{status} {code}"),
        }
    }
}

/// A table of one game with everybody at it.
struct Table {
    host: Host,
    game: String,
    people: [Client; 5],
}

fn table(defect: Option<Defect>) -> Table {
    let host = Host::with(|config| {
        config.mode = Mode::Accounts;
        config.defect = defect;
    });
    let nobody = Client::new(host.address);
    let of = |name| Client::registered(host.address, name);
    let [stranger, owner, player, watcher] =
        [of("stranger"), of("owner"), of("player"), of("watcher")];
    let body = json!({
        "source": {"kind": "scenario", "key": "first-light"}, "seats": [0], "start": true, "seed": "7",
        "settings": {"watching": "late", "watch_delay_turns": 1, "cover_after": 0, "deadline_s": null},
    });
    let game = owner.post("/api/games", &body).ok()["id"].as_str().unwrap().to_owned();
    let invite = |body: &Value| {
        let made = owner.post(&format!("/api/games/{game}/invitations"), body).ok();
        made["token"].as_str().unwrap().to_owned()
    };
    let join = |who: &Client, token: String| who.post("/api/join", &json!({"token": token})).ok();
    join(&player, invite(&json!({"power": 1})));
    join(&watcher, invite(&json!({"watch": true})));
    Table { host, game, people: [nobody, stranger, owner, player, watcher] }
}

impl Table {
    fn ask(&self, role: Role, method: &str, path: &str) -> Answer {
        let path = path
            .replace("{game}", &self.game)
            .replace("{power}", "1")
            .replace("{body}", "0")
            .replace("{battle}", "0")
            .replace("{id}", "none");
        let who = &self.people[role as usize];
        match method {
            "get" => who.get(&path),
            "delete" => who.delete(&path),
            _ => who.post(&path, &body_for(&path)),
        }
    }
}

fn body_for(path: &str) -> Value {
    let say = json!({"kind": "group", "group": 0, "task": {"kind": "unload"}});
    match path.rsplit('/').next().unwrap_or_default() {
        "register" | "login" => json!({"name": "x", "password": "short"}),
        "games" => json!({"source": {"kind": "scenario", "key": "duel"}}),
        "join" => json!({"token": "no such"}),
        "pause" => json!({"paused": false}),
        "settings" => json!({"watching": "late", "watch_delay_turns": 1, "cover_after": 0}),
        "invitations" => json!({}),
        "fork" => json!({"turn": 0}),
        "chat" => json!({"text": "hello"}),
        "ready" => json!({"turn": 0, "ready": false}),
        "cover" => json!({"covered": false}),
        "absence" => json!({"absence": "commander"}),
        "preview" => json!({"say": say}),
        "orders" => json!({"turn": 0, "orders": []}),
        _ => json!({}),
    }
}

/// What each role is answered, in the order of [`ROLES`]. Paths are about power 1.
fn expected(method: &str, path: &str) -> [May; 5] {
    use May::{Later, Login, NotHost, Nothing, Yes};
    let path = path.strip_prefix("/api/").unwrap();
    match (method, path) {
        (_, "health" | "me" | "openapi.json") => [Yes; 5],
        (_, "register") => [Later; 5],
        (_, "login") => [Login; 5],
        ("post", "logout") => [Login, Yes, Yes, Yes, Yes],
        (_, "scenarios" | "games") => [Login, Yes, Yes, Yes, Yes],
        (_, "join") => [Login, Nothing, Nothing, Nothing, Nothing],
        ("get", "games/{game}" | "games/{game}/chart" | "games/{game}/chat") => {
            [Login, Nothing, Yes, Yes, Yes]
        }
        ("post", "games/{game}/chat") => [Login, Nothing, Yes, Yes, Yes],
        // Not a WebSocket, but admitted.
        (_, "games/{game}/live") => [Login, Nothing, Later, Later, Later],
        (_, "games/{game}/start") => [Login, Nothing, Later, NotHost, NotHost],
        (_, "games/{game}/pause" | "games/{game}/settings" | "games/{game}/invitations") => {
            [Login, Nothing, Yes, NotHost, NotHost]
        }
        (_, "games/{game}/deadline") => [Login, Nothing, Yes, NotHost, NotHost],
        (_, "games/{game}/fork") => [Login, Nothing, Later, Later, Later],
        (_, "games/{game}/seats/{power}/sit") => [Login, Nothing, Later, NotHost, NotHost],
        ("get", "games/{game}/seats/{power}/battles/{battle}") => {
            [Login, Nothing, Nothing, Nothing, Nothing]
        }
        (
            "get",
            "games/{game}/seats/{power}/view"
            | "games/{game}/seats/{power}/turns"
            | "games/{game}/seats/{power}/chronicle"
            | "games/{game}/seats/{power}/battles",
        ) => [Login, Nothing, Nothing, Yes, Yes],
        ("delete", "games/{game}/seats/{power}/orders/{id}") => {
            [Login, Nothing, Nothing, Nothing, Nothing]
        }
        (_, path) if path.starts_with("games/{game}/seats/{power}/") => {
            [Login, Nothing, Nothing, Yes, Nothing]
        }
        (method, path) => panic!("no rule for {method} {path}: who may?"),
    }
}

/// Every route that there is. What changes the table for good comes last.
fn routes() -> Vec<(String, String)> {
    let document = openapi();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            if ["get", "post", "delete", "put"].contains(&method.as_str()) {
                routes.push((method.clone(), path.clone()));
            }
        }
    }
    let last = |path: &str| match path.rsplit('/').next().unwrap_or_default() {
        "deadline" => 1,
        "leave" => 2,
        "logout" => 3,
        _ => 0,
    };
    routes.sort_by_key(|(method, path)| (last(path), path.clone(), method.clone()));
    routes
}

#[test]
fn every_route_answers_every_role_as_it_should() {
    let table = table(None);
    // One turn, so that a watcher has something to see.
    for (role, power) in [(Role::Host, 0), (Role::Player, 1)] {
        let path = format!("/api/games/{}/seats/{power}/ready", table.game);
        table.people[role as usize].post(&path, &json!({"turn": 0, "ready": true})).ok();
    }
    table.people[2].wait_for(&table.game, 1);
    for (method, path) in routes() {
        let want = expected(&method, &path);
        for (role, want) in ROLES.into_iter().zip(want) {
            let answer = match (path.ends_with("/ready"), path.ends_with("/orders")) {
                (true, _) | (_, true) if method == "post" => {
                    let real = path.replace("{game}", &table.game).replace("{power}", "1");
                    let mut body = body_for(&real);
                    body["turn"] = json!(1);
                    table.people[role as usize].post(&real, &body)
                }
                _ => table.ask(role, &method, &path),
            };
            let got = May::of(&answer);
            assert_eq!(got, want, "{method} {path} by {role:?}: {}", answer.code());
            if path.ends_with("/deadline") && got == May::Yes {
                table.people[2].wait_for(&table.game, 2);
            }
        }
    }
    drop(table.host);
}

#[test]
fn what_is_anothers_and_what_is_not_there_are_the_same_answer() {
    let table = table(None);
    let stranger = &table.people[Role::Stranger as usize];
    for tail in ["", "/chart", "/chat", "/seats/0/view", "/seats/1/view", "/seats/99/view"] {
        let there = stranger.get(&format!("/api/games/{}{tail}", table.game));
        let absent = stranger.get(&format!("/api/games/00000000000000000000{tail}"));
        assert_eq!(there.body, absent.body, "{tail}");
        assert_eq!(there.status, absent.status, "{tail}");
    }
    let player = &table.people[Role::Player as usize];
    let other = player.get(&format!("/api/games/{}/seats/0/view", table.game));
    let none = player.get(&format!("/api/games/{}/seats/99/view", table.game));
    assert_eq!((other.status, &other.body), (none.status, &none.body));
}

#[test]
fn a_seat_in_a_body_or_a_path_is_never_believed() {
    let table = table(None);
    let player = &table.people[Role::Player as usize];
    let order = |power: u32| {
        let body = json!({"turn": 0, "power": 0, "account": 1, "orders": [
            {"id": "x", "power": 0, "say": {"kind": "group", "group": 0, "task": {"kind": "unload"}}}]});
        player.post(&format!("/api/games/{}/seats/{power}/orders", table.game), &body)
    };
    assert_eq!(order(0).code(), "not_found");
    order(1).ok();
    let owners = table.people[Role::Host as usize]
        .get(&format!("/api/games/{}/seats/0/orders", table.game))
        .ok();
    assert_eq!(owners["orders"], json!([]));
}

#[test]
fn the_matrix_catches_a_server_that_trusts_the_path() {
    let table = table(Some(Defect::TrustPath));
    let view =
        table.people[Role::Player as usize].get(&format!("/api/games/{}/seats/0/view", table.game));
    assert_ne!(May::of(&view), May::Nothing, "the planted defect shows");
    let wrong = routes().into_iter().filter(|(method, path)| {
        let seats = path.contains("{power}") && method == "get";
        seats && {
            let want = expected(method, path)[Role::Host as usize];
            May::of(&table.ask(Role::Host, method, path)) != want
        }
    });
    assert!(wrong.count() > 3, "and on more than one route");
}

/// Routes that the document does not name, each looked at below.
const BESIDE_THE_DOCUMENT: [&str; 2] = ["/api/openapi.json", "/metrics"];

/// The matrix goes by the document, which is made from the same list as the router. Nothing may be put beside that list unseen.
#[test]
fn no_route_is_beside_the_matrix() {
    let mut found = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let squeezed: String = text.split_whitespace().collect();
            for way in [".route(", ".route_service(", ".nest(", ".nest_service(", ".merge("] {
                let after = squeezed.split(way).skip(1);
                found.extend(after.map(|rest| rest.split(['"', ')']).nth(1).unwrap().to_owned()));
            }
        }
    }
    found.sort();
    found.dedup();
    assert_eq!(found, BESIDE_THE_DOCUMENT);
    let table = table(None);
    for person in &table.people {
        person.get("/api/openapi.json").ok();
        // Figures of the whole server are for whoever is at the machine, not for those who play.
        let figures = String::from_utf8_lossy(&person.get("/metrics").body).into_owned();
        assert!(!figures.contains("jumpline_"), "{figures}");
    }
}

#[test]
fn a_path_takes_its_own_methods_and_no_other() {
    let table = table(None);
    let known = routes();
    for (_, path) in &known {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            if known.contains(&(method.to_lowercase(), path.clone())) {
                continue;
            }
            let real = path
                .replace("{game}", &table.game)
                .replace("{power}", "1")
                .replace("{body}", "0")
                .replace("{battle}", "0")
                .replace("{id}", "none");
            for role in [Role::Nobody, Role::Host, Role::Player] {
                let kind = [("content-type", "application/json")];
                let answer = table.people[role as usize].send(method, &real, &kind, Some(b"{}"));
                let code = answer.code();
                assert_eq!((answer.status, code.as_str()), (404, "not_found"), "{method} {path}");
            }
        }
    }
}
