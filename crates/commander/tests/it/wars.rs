//! Minds at war: the small war played by its minds alone.

use crate::war;
use jumpline_world::event::What;
use jumpline_world::order::Refusal;
use jumpline_world::{Law, State, look};

/// Plays some turns with every power's mind at work; gives all events.
fn play(law: &Law, state: &mut State, turns: usize) -> Vec<jumpline_world::Event> {
    let mut events = Vec::new();
    for _ in 0..turns {
        let mut orders = Vec::new();
        for number in 0..law.codex.powers.len() {
            let view = look(law, state, jumpline_measure::PowerId::from_index(number));
            orders.extend(crate::orders(law, &view));
        }
        events.extend(jumpline_turn::play(law, state, &orders, 1).events);
    }
    events
}

#[test]
fn minds_fight_a_war_without_an_order_refused() {
    let (law, mut state) = war(
        "turn = \"12 h\"\n[power.red]\nmind = { aggression_permille = 950, caution_permille = 100 }\n",
    );
    let events = play(&law, &mut state, 60);
    let battles =
        events.iter().filter(|event| matches!(event.what, What::BattleBegan { .. })).count();
    let lost = events.iter().filter(|event| matches!(event.what, What::ShipLost { .. })).count();
    assert!(battles >= 1 && lost >= 10, "{battles} battles, {lost} ships lost");
    let refused: Vec<&Refusal> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::OrderRefused { refusal, .. } => Some(refusal),
            _ => None,
        })
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}
