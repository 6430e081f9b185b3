//! What whoever runs a server sees of it: is it well, and what does it do.

use crate::client::Client;
use crate::place::Host;
use serde_json::json;

#[test]
fn it_is_well_and_tells_every_figure_that_the_book_names() {
    let host = Host::local();
    let you = Client::new(host.address);
    let well = you.get("/api/health");
    assert_eq!((well.status, well.body.as_slice()), (200, &b"ok"[..]));
    let game = you.new_game("first-light", &[0]);
    you.guard(&game, 0, 0, "one", 3).ok();
    you.end_turn(&game, 0);
    let live = you.live(&game, None).unwrap_or_else(|status| panic!("{status}"));
    let figures = String::from_utf8(you.get("/metrics").body).unwrap();
    let page = include_str!("../../../../docs/book/hosting.md");
    let rows = page.lines().filter(|line| line.starts_with("| `jumpline_"));
    let names = rows.flat_map(|line| line.split('`').filter(|word| word.starts_with("jumpline_")));
    let mut count = 0;
    for name in names {
        let stem = name.split('{').next().unwrap();
        assert!(figures.lines().any(|line| line.starts_with(stem)), "{stem}: {figures}");
        count += 1;
    }
    assert!(count >= 6, "{count} figures in the book");
    let turns = figures.lines().find_map(|line| line.strip_prefix("jumpline_turns_total "));
    assert!(turns.unwrap().parse::<u64>().unwrap() >= 1, "{figures}");
    drop(live);
}

#[test]
fn a_server_that_stops_lets_a_turn_finish_and_forgets_nothing() {
    let mut host = Host::with(|config| {
        config.before_turn = Some(std::sync::Arc::new(|_, _| {
            std::thread::sleep(std::time::Duration::from_millis(300));
        }));
    });
    let you = Client::new(host.address);
    let game = you.new_game("first-light", &[0]);
    you.guard(&game, 0, 0, "one", 3).ok();
    let ready = format!("/api/games/{game}/seats/0/ready");
    you.post(&ready, &json!({"turn": 0, "ready": true})).ok();
    assert_eq!(you.game(&game)["stage"], "playing");
    host.restart();
    let you = Client::new(host.address);
    let now = you.game(&game);
    assert_eq!((&now["stage"], &now["turn"]), (&json!("open"), &json!(1)), "{now}");
    let played = you.get(&format!("/api/games/{game}/seats/0/orders?turn=0")).ok();
    assert_eq!(played["orders"].as_array().unwrap().len(), 1, "{played}");
}
