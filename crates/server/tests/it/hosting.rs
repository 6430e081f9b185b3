//! Several people: links, seats, words, and those who only watch.

use crate::client::Client;
use crate::place::{Host, until};
use serde_json::{Value, json};

fn token(owner: &Client, game: &str, body: &Value) -> String {
    let made = owner.post(&format!("/api/games/{game}/invitations"), body).ok();
    assert_eq!(made["path"], format!("/join/{}", made["token"].as_str().unwrap()));
    made["token"].as_str().unwrap().to_owned()
}

#[test]
fn two_players_and_a_watcher_in_one_war() {
    let host = Host::with_accounts();
    let of = |name| Client::registered(host.address, name);
    let [ada, bo, cy, dee] = [of("Ada"), of("Bo"), of("Cy"), of("Dee")];
    let body = json!({
        "source": {"kind": "scenario", "key": "first-light"}, "seats": [0], "seed": "7", "name": "ours",
        "settings": {"watching": "late", "watch_delay_turns": 1, "cover_after": 0},
    });
    let game = ada.post("/api/games", &body).ok()["id"].as_str().unwrap().to_owned();
    assert_eq!(bo.get("/api/games").ok()["games"], json!([]));
    let offer = token(&ada, &game, &json!({"power": 1}));
    bo.post("/api/join", &json!({"token": offer})).ok();
    assert_eq!(dee.post("/api/join", &json!({"token": offer})).code(), "not_found", "used up");
    cy.post("/api/join", &json!({"token": token(&ada, &game, &json!({"watch": true}))})).ok();
    let open = token(&ada, &game, &json!({}));
    assert_eq!(dee.post("/api/join", &json!({"token": open, "power": 1})).code(), "taken");
    assert_eq!(ada.post(&format!("/api/games/{game}/seats/1/sit"), &json!({})).code(), "taken");
    assert_eq!(bo.post("/api/join", &json!({"token": open, "watch": true})).code(), "taken");

    let seen = bo.game(&game);
    assert_eq!(seen["stage"], "lobby");
    assert_eq!(seen["you"]["seats"], json!([1]));
    assert_eq!(seen["seats"][0]["player"], "Ada");
    assert_eq!(seen["watchers"], 1);
    ada.post(&format!("/api/games/{game}/start"), &json!({})).ok();
    let view = |who: &Client, power: u32| who.get(&format!("/api/games/{game}/seats/{power}/view"));
    assert_eq!(view(&cy, 0).code(), "not_found", "a turn late, there is nothing yet");

    let mut live = ada.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    live.next_of("hello");
    until("Bo sees that Ada is there", || bo.game(&game)["seats"][0]["online"] == true);
    for (who, power) in [(&ada, 0), (&bo, 1)] {
        assert_eq!(bo.game(&game)["turn"], 0);
        let ready = format!("/api/games/{game}/seats/{power}/ready");
        who.post(&ready, &json!({"turn": 0, "ready": true})).ok();
    }
    ada.wait_for(&game, 1);
    assert_eq!(live.next_of("turn")["news"]["turn"], 1);
    assert_eq!(view(&cy, 0).ok()["turn"], 0);
    assert_eq!(view(&cy, 1).ok()["turn"], 0);
    assert_eq!(view(&bo, 1).ok()["turn"], 1);
    assert_eq!(ada.post(&format!("/api/games/{game}/fork"), &json!({"turn": 0})).code(), "not_now");
    let nearer = json!({"watching": "late", "watch_delay_turns": 0, "cover_after": 0});
    assert_eq!(ada.post(&format!("/api/games/{game}/settings"), &nearer).code(), "not_now");

    bo.post(&format!("/api/games/{game}/seats/1/leave"), &json!({})).ok();
    assert_eq!(view(&bo, 1).code(), "not_found");
    ada.end_turn(&game, 0);
}

#[test]
fn words_reach_those_they_are_meant_for_and_nobody_sees_a_gap() {
    let host = Host::with_accounts();
    let of = |name| Client::registered(host.address, name);
    let [ada, bo, cy] = [of("Ada"), of("Bo"), of("Cy")];
    let body = json!({
        "source": {"kind": "scenario", "key": "first-light"}, "seats": [0], "seed": "7",
        "settings": {"watching": "late", "watch_delay_turns": 1, "cover_after": 0},
    });
    let game = ada.post("/api/games", &body).ok()["id"].as_str().unwrap().to_owned();
    bo.post("/api/join", &json!({"token": token(&ada, &game, &json!({"power": 1}))})).ok();
    cy.post("/api/join", &json!({"token": token(&ada, &game, &json!({"watch": true}))})).ok();
    let chat = format!("/api/games/{game}/chat");
    let mut live = cy.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    live.next_of("hello");
    let markup = "<script>alert(1)</script> & \"quotes\" \u{202e}";
    ada.post(&chat, &json!({"text": "to all", "power": 0})).ok();
    ada.post(&chat, &json!({"text": "to Bo", "power": 0, "to": 1})).ok();
    bo.post(&chat, &json!({"text": markup})).ok();
    assert_eq!(live.next_of("chat")["news"]["line"]["number"], 0);
    let second = live.next_of("chat");
    assert_eq!(second["news"]["line"]["number"], 1, "no gap where others whispered");
    assert_eq!(second["news"]["line"]["text"], markup, "as it was written");
    let texts = |who: &Client| -> Vec<String> {
        let lines = who.get(&chat).ok()["lines"].as_array().unwrap().clone();
        lines.iter().map(|line| line["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(texts(&ada), ["to all", "to Bo", markup]);
    assert_eq!(texts(&bo), ["to all", "to Bo", markup]);
    assert_eq!(texts(&cy), ["to all", markup]);
    assert_eq!(ada.post(&chat, &json!({"text": "x", "power": 1})).code(), "bad_request");
    assert_eq!(ada.post(&chat, &json!({"text": "bell \u{7}"})).code(), "bad_request");
}

#[test]
fn names_are_taken_once_and_passwords_are_kept_sealed() {
    let host = Host::with_accounts();
    Client::registered(host.address, "Ada");
    let guest = Client::new(host.address);
    let register = |name: &str, password: &str| {
        guest.post("/api/register", &json!({"name": name, "password": password}))
    };
    assert_eq!(register("aDA", "another horse").code(), "taken");
    assert_eq!(register("<b>", "another horse").code(), "bad_request");
    let login = |name: &str, password: &str| {
        guest.post("/api/login", &json!({"name": name, "password": password}))
    };
    let wrong = login("Ada", "wrong horse");
    assert_eq!((wrong.status, wrong.code().as_str()), (401, "login_needed"));
    assert_eq!(login("Nobody", "wrong horse").body, wrong.body);
    let mut ada = guest.clone();
    ada.keep_cookie(&login("ADA", "correct horse"));
    assert_eq!(ada.get("/api/me").ok()["name"], "Ada");
}
