//! Two worlds that are equal in all that one power may know, and different elsewhere (P6): whatever that power asks, it gets the same
//! bytes, in the same number and order.

use crate::client::{Answer, Client};
use crate::place::{Host, library, texts_of};
use jumpline_server::{Config, Defect};
use serde_json::{Value, json};

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

fn host(defect: Option<Defect>) -> Host {
    Host::with(|config: &mut Config| {
        let mut library = library();
        library.scenarios.insert("little".to_owned(), texts_of(&world(LITTLE)));
        library.scenarios.insert("much".to_owned(), texts_of(&world(MUCH)));
        config.wars = library;
        config.defect = defect;
    })
}

/// Everything that the player of a power is told in some turns of a war.
fn all_told(you: &Client, key: &str) -> Vec<(String, Answer)> {
    let body = json!({
        "source": {"kind": "scenario", "key": key}, "name": "war", "seed": "7", "seats": [0], "start": true,
    });
    let game = you.post("/api/games", &body).ok()["id"].as_str().unwrap().to_owned();
    let mut told = Vec::new();
    let mut live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    let seat = format!("/api/games/{game}/seats/0");
    for turn in 0..3 {
        let mut ask =
            |what: String, answer: Answer| told.push((format!("turn {turn}: {what}"), answer));
        let orders = json!({"turn": turn, "orders": [
            order("go", 0, json!({"kind": "guard", "body": 2, "spot": null})),
            order("beyond", 40, json!({"kind": "unload"})),
            order("unseen", 0, json!({"kind": "intercept", "contact": 77})),
            order("merge", 0, json!({"kind": "merge", "into": 3})),
            order("escort", 0, json!({"kind": "escort", "group": 2})),
        ]});
        ask("orders".to_owned(), you.post(&format!("{seat}/orders"), &orders));
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
            ask(tail.to_owned(), you.get(&format!("{seat}/{tail}")));
        }
        for other in ["seats/1/view", "seats/2/view", "seats/3/view", "chart", "chat"] {
            ask(other.to_owned(), you.get(&format!("/api/games/{game}/{other}")));
        }
        for to in 0..6 {
            let say = order(
                "x",
                0,
                json!({"kind": "move", "to": to, "spot": null, "pace_permille": 1000}),
            );
            let preview = you.post(&format!("{seat}/preview"), &json!({"say": say["say"]}));
            ask(format!("preview {to}"), preview);
        }
        you.end_turn(&game, 0);
        for before in 0..=turn {
            ask(format!("view of {before}"), you.get(&format!("{seat}/view?turn={before}")));
            ask(format!("orders of {before}"), you.get(&format!("{seat}/orders?turn={before}")));
        }
        let mut pushed = Vec::new();
        loop {
            let push = live.next().unwrap();
            let end = push["news"]["kind"] == "turn";
            pushed.push(push);
            if end {
                break;
            }
        }
        let stream = Value::Array(pushed).to_string().into_bytes();
        ask("live".to_owned(), Answer { status: 200, headers: [].into(), body: stream });
    }
    // What differs by design: the war's own names. They are the same length, and everybody knows them.
    let game_known = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace(&game, "GAME").replace(key, "KEY");
        let life = text.find("\"revision\":\"").map(|at| text[at + 12..at + 20].to_owned());
        life.map_or(text.clone(), |life| text.replace(&life, "LIFE")).into_bytes()
    };
    for (_, answer) in &mut told {
        answer.body = game_known(&answer.body);
        for name in ["etag", "date", "content-length"] {
            answer.headers.remove(name);
        }
    }
    told
}

fn order(id: &str, group: u32, task: Value) -> Value {
    json!({"id": format!("{id}-{group}"), "say": {"kind": "group", "group": group, "task": task}})
}

#[test]
fn nothing_hidden_changes_a_byte() {
    let host = host(None);
    let you = Client::new(host.address);
    let (little, much) = (all_told(&you, "little"), all_told(&you, "much"));
    assert_eq!(little.len(), much.len());
    for ((what, one), (_, other)) in little.iter().zip(&much) {
        let text = |answer: &Answer| String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(text(one), text(other), "{what}");
        assert_eq!(one.headers, other.headers, "{what}");
        assert_eq!(one.status, other.status, "{what}");
    }
    let battles = little.iter().filter(|(what, _)| what.ends_with(": battles"));
    let fought = battles.filter(|(_, answer)| answer.json()["battles"][0]["id"] == 0).count();
    assert!(fought > 0, "the worlds are worth comparing: there is a battle in them");
}

#[test]
fn a_leaked_count_is_caught() {
    let host = host(Some(Defect::LeakCount));
    let you = Client::new(host.address);
    assert_ne!(all_told(&you, "little"), all_told(&you, "much"));
}
