//! The first turn winds the clocks: arrivals of the plan, yards, the first sweep.

use crate::covers;
use crate::stage::Stage;
use crate::wings;
use crate::yards::YARDS_MOST;
use jumpline_world::state::DueKind;

/// Puts what runs by itself into the queue, once.
pub(crate) fn wind(stage: &mut Stage) {
    if stage.state.turn > 0 {
        return;
    }
    let law = stage.law;
    for (number, arrival) in law.plan.arrivals.iter().enumerate() {
        stage.put(arrival.at, DueKind::Reinforcement, number as u64);
    }
    for (power, owner) in law.codex.powers.iter().enumerate() {
        for (number, yard) in owner.yards.iter().enumerate().take(YARDS_MOST as usize) {
            let first = stage.now.saturating_add(jumpline_measure::Span(yard.every.0.max(1)));
            let subject = power as u64 * YARDS_MOST + number as u64;
            stage.put(first, DueKind::Yard, subject);
        }
    }
    if let Some(at) = wings::first_spar(stage) {
        stage.put(at, DueKind::Spar, 0);
    }
    covers::look(stage);
    if !stage.state.due.iter().any(|due| due.kind == DueKind::Sweep) {
        stage.put(stage.now, DueKind::Sweep, 0);
    }
}
