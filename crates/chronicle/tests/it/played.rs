//! A war that is played, not written: the account from its events must be the war's own.

use crate::war;
use jumpline_chronicle::{Cast, Options, causes, cross_check, from_events, kills, life, story};
use jumpline_measure::PowerId;
use jumpline_world::event::What;
use jumpline_world::look;

#[test]
fn the_events_of_a_played_war_account_for_every_ship() {
    let (law, opening) = war();
    let mut state = opening.clone();
    let mut events = Vec::new();
    let mut cast_of = Vec::new();
    for _ in 0..150 {
        let orders: Vec<_> = (0..law.codex.powers.len())
            .map(PowerId::from_index)
            .flat_map(|power| jumpline_commander::orders(&law.codex, &look(&law, &state, power)))
            .collect();
        cast_of.extend(orders.clone());
        events.extend(jumpline_turn::play(&law, &mut state, &orders, 1).events);
    }
    let lost = events.iter().filter(|event| matches!(event.what, What::ShipLost { .. })).count();
    assert!(lost >= 10, "only {lost} ships lost: too little to account for");
    assert_eq!(cross_check(&law, &opening, &state, &events), []);
    let rows = from_events(&law, &opening, &events);
    let told: i64 = rows.iter().flatten().map(|row| row.lost).sum();
    assert_eq!(told, lost as i64);
    // It can be told, and every event of it explained.
    let mut cast = Cast::between(&opening, &state);
    cast.hear(&cast_of);
    for full in [false, true] {
        let text = story(&law, &cast, &events, &Options { full, follow: Some("ann".to_owned()) });
        assert!(text.contains("Homeworld"), "{text}");
        assert!(!text.contains("unknown"), "everything has a name: {text}");
    }
    assert!(life(&law, &cast, &events, "ann").contains("Ann Vey"));
    let names = jumpline_chronicle::Names { law: &law, cast: &cast };
    for event in events.iter().step_by(50) {
        assert!(causes(&names, &events, event.id).is_some());
    }
    for event in &events {
        let What::BattleBegan { engagement, .. } = event.what else { continue };
        assert!(kills(&names, &events, engagement).is_some());
    }
}
