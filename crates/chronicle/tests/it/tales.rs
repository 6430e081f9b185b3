//! The small war told in every way there is.

use crate::week::week;
use crate::{golden, war};
use jumpline_chronicle::{
    Cast, Names, Options, causes, cross_check, forces, from_events, kills, life, story,
};
use jumpline_measure::{EngagementId, OrderId};
use jumpline_world::event::What;
use jumpline_world::state::Fate;

#[test]
fn headlines_tell_what_mattered() {
    let (law, state) = war();
    let week = week(&law, &state);
    let cast = Cast::between(&state, &state);
    let text = story(&law, &cast, &week.events, &Options::default());
    golden("headlines", &text);
    // The order in which events are handed in changes nothing.
    let mut turned = week.events.clone();
    turned.reverse();
    assert_eq!(story(&law, &cast, &turned, &Options::default()), text);
}

#[test]
fn the_full_telling_leaves_nothing_out() {
    let (law, state) = war();
    let week = week(&law, &state);
    let cast = Cast::between(&state, &state);
    let options = Options { full: true, follow: Some("ann".to_owned()) };
    golden("full", &story(&law, &cast, &week.events, &options));
}

#[test]
fn a_life_is_told_from_its_ship() {
    let (law, state) = war();
    let week = week(&law, &state);
    let mut closing = state.clone();
    closing.people[0].fate = Fate::Ground(week.body("home-world"));
    let cast = Cast::between(&state, &closing);
    golden("life", &life(&law, &cast, &week.events, "ann"));
    let stranger = life(&law, &cast, &week.events, "nobody");
    assert!(stranger.contains("Known are: ann"), "{stranger}");
}

#[test]
fn why_goes_back_to_what_was_meant() {
    let (law, state) = war();
    let week = week(&law, &state);
    let mut cast = Cast::between(&state, &state);
    cast.reasons.insert((week.power("red"), OrderId(2)), "it is time".to_owned());
    let names = Names { law: &law, cast: &cast };
    let failed =
        week.events.iter().find(|event| matches!(event.what, What::BrakingFailed { .. })).unwrap();
    let battle =
        week.events.iter().find(|event| matches!(event.what, What::BattleBegan { .. })).unwrap();
    let trees =
        [failed, battle].map(|event| causes(&names, &week.events, event.id).unwrap().markdown());
    golden("causes", &trees.join("\n"));
    assert!(causes(&names, &week.events, jumpline_measure::EventId(9_999)).is_none());
}

#[test]
fn a_matrix_says_who_destroyed_whom() {
    let (law, state) = war();
    let week = week(&law, &state);
    let cast = Cast::between(&state, &state);
    let names = Names { law: &law, cast: &cast };
    let kills = kills(&names, &week.events, EngagementId(1)).unwrap();
    golden("kills", &kills.markdown());
    assert_eq!(kills.counts.iter().flatten().sum::<i64>(), 133);
}

#[test]
fn the_account_from_events_is_held_against_the_wars_own() {
    let (law, state) = war();
    let week = week(&law, &state);
    let rows = from_events(&law, &state, &week.events);
    let red = week.power("red");
    let cruisers = &rows[red.index()][week.class("cruiser").index()];
    assert_eq!((cruisers.opening, cruisers.lost, cruisers.balance()), (200, 120, 80));
    // Carry the losses out in a state, and the two accounts agree.
    let mut closing = state.clone();
    for event in &week.events {
        if let What::ShipLost { ship, power, class, .. } = &event.what {
            closing.ships[ship.index()].status = jumpline_world::state::Status::Lost;
            closing.ledger.row(*power, *class).lost += 1;
        }
    }
    assert_eq!(cross_check(&law, &state, &closing, &week.events), []);
    golden("forces", &forces(&law, &closing).markdown());
    // A planted difference is found and named.
    closing.ledger.row(red, week.class("cruiser")).lost += 1;
    let found = cross_check(&law, &state, &closing, &week.events);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].what.as_str(), found[0].events, found[0].account),
        ("lost: Red, cruiser", 120, 121)
    );
    let json = serde_json::to_value(forces(&law, &closing)).unwrap();
    assert_eq!(json["powers"][2]["ships"][0]["class"], "burner");
}
