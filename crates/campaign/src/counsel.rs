//! What a power's own mind would order, told to the person who plays it. The same door as an absent player's cover: a view goes in, and
//! nothing else. Whoever asks is free to give any of it as orders of their own, or none.

use crate::step;
use jumpline_measure::GroupId;
use jumpline_world::order::Say;
use jumpline_world::{Law, Order, View};
use std::collections::BTreeSet;

/// The orders that the mind of a view's power would give and the law would take. A group answers to its person alone, as it does when
/// the mind covers the seat: nothing is proposed for those that are `spoken_for`, nor for one that still carries out a person's order.
pub fn counsel(law: &Law, view: &View, spoken_for: &BTreeSet<GroupId>) -> Vec<Order> {
    let busy = |id: &GroupId| {
        let group = view.groups.iter().find(|group| group.id == *id);
        let mut tasks = group.into_iter().flat_map(|group| &group.tasks);
        tasks.any(|standing| step::is_persons(standing.order))
    };
    let free = |order: &Order| match &order.say {
        Say::Group { group, .. } => !spoken_for.contains(group) && !busy(group),
        _ => true,
    };
    let orders = jumpline_commander::orders(&law.codex, view);
    orders
        .into_iter()
        .filter(free)
        .filter(|order| jumpline_turn::refuse(law, view, order).is_ok())
        .collect()
}
