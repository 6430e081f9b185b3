#![doc = include_str!("../README.md")]

mod allies;
mod general;
mod groups;
mod map;
mod mind;
mod operations;
mod picture;
mod scribe;
mod strength;

pub use scribe::{MIND_ORDERS_MAX, is_mind_order};
pub use strength::{class_strength, ship_strength};

use jumpline_world::{Codex, Order, View};

/// Everything a power orders for the coming turn, in order of its order ids. Pure: the same codex and view give the same orders.
///
/// The order of thought: its own operations first, since they were planned; then what allies ask; then, when no operation is
/// left, whatever the moment asks for.
pub fn orders(codex: &Codex, view: &View) -> Vec<Order> {
    if view.power.index() >= codex.powers.len() {
        return Vec::new();
    }
    let mut mind = mind::Mind::new(codex, view);
    operations::act(&mut mind);
    allies::act(&mut mind);
    general::act(&mut mind);
    mind.scribe.finish()
}
