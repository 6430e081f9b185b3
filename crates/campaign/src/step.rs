//! One turn from orders to record: minds asked, orders judged, the turn played, the state audited and digested.
//!
//! Everything here is a function of its arguments. Minds are asked in parallel and gathered by power, so that the number of
//! threads changes nothing.

use crate::record::{Given, Giver, Turn};
use jumpline_measure::{OrderId, PowerId};
use jumpline_turn::{Memory, Progress, Watcher};
use jumpline_world::order::Say;
use jumpline_world::{Law, Order, State, View, digest, ledger, look};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Was that order given by a person? Minds number theirs apart.
pub fn is_persons(order: OrderId) -> bool {
    !jumpline_commander::is_mind_order(order)
}

/// What the minds of all powers but the `played` order, each power's in a row, powers by id.
pub(crate) fn ask_minds(law: &Law, state: &State, played: &BTreeSet<PowerId>) -> Vec<Vec<Order>> {
    (0..law.codex.powers.len())
        .into_par_iter()
        .map(|number| {
            let power = PowerId::from_index(number);
            if played.contains(&power) {
                return Vec::new();
            }
            jumpline_commander::orders(&law.codex, &look(law, state, power))
        })
        .collect()
}

/// Puts the orders of minds and persons together: powers by id, a power's mind before its persons. A group that a person has
/// ordered answers to nobody else until that is done.
pub(crate) fn gather(state: &State, minds: Vec<Vec<Order>>, mut persons: Vec<Given>) -> Vec<Given> {
    let claimed: BTreeSet<_> = state
        .groups
        .iter()
        .filter(|group| group.tasks.iter().any(|standing| is_persons(standing.order)))
        .map(|group| group.id)
        .chain(persons.iter().filter(|given| given.refusal.is_none()).filter_map(|given| {
            match &given.order.say {
                Say::Group { group, .. } => Some(*group),
                _ => None,
            }
        }))
        .collect();
    let mut out = Vec::new();
    for (number, orders) in minds.into_iter().enumerate() {
        let power = PowerId::from_index(number);
        let free = |order: &Order| match &order.say {
            Say::Group { group, .. } => !claimed.contains(group),
            _ => true,
        };
        out.extend(orders.into_iter().filter(free).map(|order| Given {
            order,
            by: Giver::Mind,
            refusal: None,
        }));
        let (own, others) = persons.into_iter().partition(|given| given.order.power == power);
        persons = others;
        out.extend::<Vec<Given>>(own);
    }
    out
}

/// Judges a person's order from that power's view.
pub(crate) fn judge(law: &Law, view: &View, order: Order) -> Given {
    let refusal = jumpline_turn::refuse(law, view, &order).err();
    Given { order, by: Giver::Person, refusal }
}

/// Plays one turn from orders already gathered, and takes its record. `watch` is told how far the turn has come, `battles` looks on at
/// every battle.
pub(crate) fn play(
    law: &Law,
    state: &mut State,
    orders: Vec<Given>,
    threads: usize,
    memory: &mut Memory,
    watch: &mut dyn FnMut(&Progress),
    battles: Option<&mut dyn Watcher>,
) -> Turn {
    let begins = state.now;
    let accepted: Vec<Order> = orders
        .iter()
        .filter(|given| given.refusal.is_none())
        .map(|given| given.order.clone())
        .collect();
    // The cast lets the loan be as short as the others.
    let battles = battles.map(|who| who as &mut dyn Watcher);
    let outcome = jumpline_turn::play_seen(law, state, &accepted, threads, memory, watch, battles);
    Turn {
        number: state.turn,
        begins,
        ends: state.now,
        orders,
        events: outcome.events,
        digest: digest::digest(state),
        ship_ticks: outcome.ship_ticks,
        imbalances: ledger::audit(law, state),
    }
}
