//! What a turn of a great war takes on the wire, compressed as browsers ask for it.

use crate::client::Client;
use crate::place::Host;
use serde_json::json;

/// Most bytes of a view that has changed, as they go over the wire.
const UPDATE_BYTES_MAX: usize = 100_000;

/// The bytes of an answer's body as they came.
fn compressed(you: &Client, path: &str) -> usize {
    let answer = you.send("GET", path, &[("accept-encoding", "gzip")], None);
    assert_eq!(answer.status, 200, "{path}");
    // Compressing a handful of bytes makes them more.
    let zipped = answer.headers.get("content-encoding").is_some_and(|way| way == "gzip");
    assert!(zipped || answer.body.len() < 100, "{path}: {:?}", answer.headers);
    answer.body.len()
}

#[test]
fn a_view_of_300_systems_takes_at_most_100_kilobytes() {
    let host = Host::local();
    let you = Client::new(host.address);
    let source = json!({"kind": "generated", "systems": 300, "powers": 12, "seed": "7"});
    let seats: Vec<u32> = (0..12).collect();
    let body = json!({"source": source, "seats": seats, "start": true, "seed": "7"});
    let game = you.post("/api/games", &body).ok()["id"].as_str().unwrap().to_owned();
    for seat in &seats {
        let cover = format!("/api/games/{game}/seats/{seat}/cover");
        you.post(&cover, &json!({"covered": true})).ok();
    }
    let mut most = (0, String::new());
    for turn in 1..=4 {
        you.post(&format!("/api/games/{game}/deadline"), &json!({})).ok();
        you.wait_for(&game, turn);
        for seat in &seats {
            for what in ["view".to_owned(), format!("chronicle?from={turn}")] {
                let bytes = compressed(&you, &format!("/api/games/{game}/seats/{seat}/{what}"));
                most = most.max((bytes, format!("turn {turn}, power {seat}, {what}")));
            }
        }
    }
    println!("largest update: {} bytes, {}", most.0, most.1);
    assert!(most.0 > 1_000, "{most:?}: there is something in it");
    assert!(most.0 <= UPDATE_BYTES_MAX, "{most:?}");
    let chart = compressed(&you, &format!("/api/games/{game}/chart"));
    println!("chart, fetched once: {chart} bytes");
    assert!(chart <= UPDATE_BYTES_MAX, "{chart}");
}
