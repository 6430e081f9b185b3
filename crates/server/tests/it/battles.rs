//! Records of battles: whole for those who took part, without what is not theirs to know.

use crate::client::Client;
use crate::place::Host;
use serde_json::json;

#[test]
fn who_took_part_gets_a_record_with_numbers_of_their_own() {
    let host = Host::local();
    let you = Client::new(host.address);
    let game = you.new_game("duel", &[0]);
    let order = json!({"turn": 0, "orders": [{"id": "a", "say": {"kind": "group", "group": 0,
        "task": {"kind": "assault", "body": 0, "quarry": {"kind": "roles", "roles": []}}}}]});
    you.post(&format!("/api/games/{game}/seats/0/orders"), &order).ok();
    let seat = format!("/api/games/{game}/seats/0");
    for _ in 0..6 {
        you.end_turn(&game, 0);
    }
    assert_eq!(you.game(&game)["stage"], "over");
    let battles = you.get(&format!("{seat}/battles")).ok();
    let first = &battles["battles"][0];
    assert_eq!((&first["id"], &first["record"]), (&json!(0), &json!(true)), "{battles}");
    let record = you.get(&format!("{seat}/battles/0"));
    assert_eq!(record.headers["content-type"], "application/vnd.apache.arrow.file");
    assert_eq!(you.get(&format!("{seat}/battles/0")).body, record.body, "the same again");
    let tag = record.headers["etag"].clone();
    let again = you.send("GET", &format!("{seat}/battles/0"), &[("if-none-match", &tag)], None);
    assert_eq!(again.status, 304);
    let read = jumpline_record::Record::read(record.body).unwrap();
    assert_eq!((read.header.seed, read.header.engagement), (0, 0));
    let mut own: Vec<u32> = Vec::new();
    for row in read.rows() {
        let mine = read.header.powers[usize::from(row.power)].key == "green";
        assert_eq!(mine, row.ship < 1_000_000, "{}", row.ship);
        if mine && !own.contains(&row.ship) {
            own.push(row.ship);
        }
    }
    own.sort_unstable();
    assert_eq!(own, (0..20).collect::<Vec<u32>>(), "as the view numbers them");
    assert_eq!(you.get(&format!("{seat}/battles/99")).code(), "not_found");
    assert_eq!(you.get(&format!("/api/games/{game}/seats/1/battles/0")).code(), "not_found");

    let fork = you.post(&format!("/api/games/{game}/fork"), &json!({"turn": 6, "seats": [1]})).ok();
    let other = format!("/api/games/{}/seats/1", fork["id"].as_str().unwrap());
    let theirs =
        jumpline_record::Record::read(you.get(&format!("{other}/battles/0")).body).unwrap();
    assert!(theirs.rows().any(|row| row.ship == 0), "the other side has numbers of its own");
}
