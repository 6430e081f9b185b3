//! Two worlds that are equal in all that one power may know, and different elsewhere (P6): whatever that power asks, it gets the same
//! bytes, in the same number and order.

use crate::client::{Client, parse, raw};
use crate::place::{Host, library, texts_of};
use jumpline_server::{Config, Defect};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A near system where Amber meets Blue, and a far one that Amber never sees, in which more or less happens.
fn world(hidden: &str) -> String {
    let near = include_str!("fog/near.toml");
    format!("{near}\n{hidden}")
}

/// Out there: little.
const LITTLE: &str = r#"
[force.zenith-guard]
name = "the guard of the far star"
power = "zenith"
body = "far-world"
spot = { altitude_m = "9000 km", toward = "far-star" }
ships = [{ class = "cruiser", count = 3 }]
"#;

/// Out there: far more, in motion, at war, with mines, names and people of its own.
const MUCH: &str = r#"
[force.zenith-guard]
name = "the other guard of the far star"
power = "zenith"
body = "far-world"
spot = { altitude_m = "9000 km", toward = "far-star" }
split = 4
ships = [{ class = "cruiser", count = 31, names = ["Hidden One", "Hidden Two"] }, { class = "destroyer", count = 12 }]

[force.zenith-raiders]
name = "raiders of the far star"
power = "zenith"
body = "far-star"
spot = { altitude_m = "900 Mm", toward = "far-world" }
ships = [{ class = "battleship", count = 2 }]

[operation.zenith-stir]
name = "a stir far off"
power = "zenith"
forces = ["zenith-raiders"]
begin = { at = "2400-01-01T00:00" }
tasks = [{ do = "move", to = "far-world" }]
reason = "Nobody else is to know."
"#;

/// A server on which the war of that key is such a world. Ids are drawn alike on both, so that nothing needs to be left out when what
/// they say is compared.
fn host(hidden: &str, defect: Option<Defect>) -> Host {
    let texts = texts_of(&world(hidden));
    Host::with(|config: &mut Config| {
        let mut library = library();
        library.scenarios.insert("war".to_owned(), texts);
        config.wars = library;
        config.defect = defect;
        let drawn = AtomicUsize::new(0);
        config.draw_ids = Some(Arc::new(move |letters| {
            format!("{:0letters$}", drawn.fetch_add(1, Ordering::SeqCst))
        }));
    })
}

/// What one is told: which question, and every byte that came.
type Told = Vec<(String, Vec<u8>)>;

/// An answer whole, head and body; only the clock on the wall is left out of it.
fn whole(you: &Client, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let length = body.len().to_string();
    let mut request =
        you.head(method, path, &[more, &[("content-length", length.as_str())]].concat());
    request.push_str("connection: close\r\n\r\n");
    let bytes = raw(you.address, &[request.as_bytes(), body].concat());
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    lines.into_iter().filter(|line| !line.starts_with(b"date: ")).flatten().copied().collect()
}

/// Everything that the player of a power is told in some turns of a war.
fn all_told(host: &Host) -> Told {
    let you = &Client::new(host.address);
    let mut told = Told::new();
    let json_kind = ("content-type", "application/json");
    let body = json!({
        "source": {"kind": "scenario", "key": "war"}, "name": "war", "seed": "7", "seats": [0], "start": true,
    });
    let made = whole(you, "POST", "/api/games", &[json_kind], body.to_string().as_bytes());
    told.push(("the making of it".to_owned(), made));
    let games = you.get("/api/games").ok();
    let game = games["games"][0]["id"].as_str().unwrap().to_owned();
    let mut live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    let seat = format!("/api/games/{game}/seats/0");
    for turn in 0..3 {
        let mut get = |path: String, more: &[(&str, &str)]| {
            told.push((
                format!("turn {turn}: GET {path} {more:?}"),
                whole(you, "GET", &path, more, b""),
            ));
        };
        for tail in [
            "view",
            "turns",
            "chronicle",
            "battles",
            "orders",
            "battles/0",
            "battles/5",
            "lines/2",
            "advice",
        ] {
            get(format!("{seat}/{tail}"), &[]);
            get(format!("{seat}/{tail}"), &[("accept-encoding", "gzip")]);
        }
        for tail in ["lines/99", "view?turn=9", "chronicle?from=1&to=9", "orders?turn=9", "nothing"]
        {
            get(format!("{seat}/{tail}"), &[]);
        }
        for other in ["seats/1/view", "seats/2/view", "seats/3/view", "chart", "chat"] {
            get(format!("/api/games/{game}/{other}"), &[]);
        }
        get("/api/games".to_owned(), &[]);
        get(format!("/api/games/{game}"), &[]);
        get("/api/scenarios".to_owned(), &[]);
        // What one has already, by the tag that one was given.
        let tag = you.get(&format!("{seat}/view")).headers["etag"].clone();
        get(format!("{seat}/view"), &[("if-none-match", tag.as_str())]);

        let mut post = |path: String, body: Value| {
            let body = body.to_string();
            let answer = whole(you, "POST", &path, &[json_kind], body.as_bytes());
            told.push((format!("turn {turn}: POST {path} {body}"), answer));
        };
        let orders = json!({"turn": turn, "orders": [
            order("go", 0, json!({"kind": "guard", "body": 2, "spot": null})),
            order("beyond", 40, json!({"kind": "unload"})),
            order("unseen", 0, json!({"kind": "intercept", "contact": 77})),
            order("merge", 0, json!({"kind": "merge", "into": 3})),
            order("escort", 0, json!({"kind": "escort", "group": 2})),
        ]});
        post(format!("{seat}/orders"), orders);
        for to in 0..6 {
            let task = json!({"kind": "move", "to": to, "spot": null, "pace_permille": 1000});
            post(format!("{seat}/preview"), json!({"say": order("x", 0, task)["say"]}));
        }
        for unseen in [0, 1, 77] {
            let task = json!({"kind": "intercept", "contact": unseen});
            post(format!("{seat}/preview"), json!({"say": order("x", 0, task)["say"]}));
        }
        post(format!("{seat}/ready"), json!({"turn": turn + 5, "ready": true}));
        post(format!("{seat}/orders"), json!({"turn": turn + 5, "orders": []}));
        post(format!("{seat}/orders"), json!({"turns": turn}));
        post(format!("/api/games/{game}/seats/1/orders"), json!({"turn": turn, "orders": []}));
        you.end_turn(&game, 0);
        for before in 0..=turn {
            for what in ["view", "orders"] {
                let path = format!("{seat}/{what}?turn={before}");
                told.push((format!("turn {turn}: {path}"), whole(you, "GET", &path, &[], b"")));
            }
        }
        // The stream up to the state of the game after the turn, frame by frame.
        let mut played = false;
        loop {
            let text = live.next_text().unwrap();
            let kind = serde_json::from_str::<Value>(&text).unwrap()["news"]["kind"].clone();
            told.push((format!("turn {turn}: a frame"), text.into_bytes()));
            if played && kind == "game" {
                break;
            }
            played |= kind == "turn";
        }
    }
    told
}

fn order(id: &str, group: u32, task: Value) -> Value {
    json!({"id": format!("{id}-{group}"), "say": {"kind": "group", "group": group, "task": task}})
}

#[test]
fn nothing_hidden_changes_a_byte() {
    let (little, much) = (all_told(&host(LITTLE, None)), all_told(&host(MUCH, None)));
    for ((what, one), (same, other)) in little.iter().zip(&much) {
        assert_eq!(what, same);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(one == other, "{what}:\n{}\n{}", text(one), text(other));
    }
    assert_eq!(little.len(), much.len());
    let fought = little.iter().filter(|(what, answer)| {
        what.contains("/battles [") && parse(answer).json()["battles"][0]["id"] == 0
    });
    assert!(fought.count() > 0, "the worlds are worth comparing: there is a battle in them");
    let of = |word: &str| little.iter().filter(|(what, _)| what.contains(word)).count();
    assert!(of("a frame") > 10 && of("gzip") > 10 && of("POST") > 30, "all of it was compared");
}

#[test]
fn a_leaked_count_a_leaked_tag_and_a_leaked_push_are_caught() {
    for defect in [Defect::LeakCount, Defect::LeakTag, Defect::LeakPush] {
        let of = |hidden| all_told(&host(hidden, Some(defect)));
        assert!(of(LITTLE) != of(MUCH), "{defect:?} does not show");
    }
}
