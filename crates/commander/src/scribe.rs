//! Writes orders down: numbers them, gives each its reason. Refuses to decide anything.

use jumpline_measure::{DoctrineId, GroupId, OrderId, PowerId};
use jumpline_world::order::{Order, Say, Task};

/// Most orders that a mind gives for one turn; what is beyond waits for the next.
pub const MIND_ORDERS_MAX: u32 = 1 << COUNT_BITS;

const COUNT_BITS: u32 = 13;
const TURN_BITS: u32 = 18;
const MIND_BIT: u32 = 1 << 31;

/// Was an order of that number given by a mind, not by a person?
pub fn is_mind_order(id: OrderId) -> bool {
    id.0 & MIND_BIT != 0
}

/// The orders of one power for one turn.
pub struct Scribe {
    power: PowerId,
    turn: u32,
    orders: Vec<Order>,
}

impl Scribe {
    /// An empty sheet.
    pub fn new(power: PowerId, turn: u32) -> Scribe {
        Scribe { power, turn, orders: Vec::new() }
    }

    /// Writes an order down. Orders beyond the most are dropped: the mind will think of them again.
    pub fn say(&mut self, say: Say, reason: impl Into<String>) {
        let count = u32::try_from(self.orders.len()).unwrap_or(u32::MAX);
        if count >= MIND_ORDERS_MAX {
            return;
        }
        let turn = self.turn & ((1 << TURN_BITS) - 1);
        let id = OrderId(MIND_BIT | turn << COUNT_BITS | count);
        self.orders.push(Order { id, power: self.power, say, reason: reason.into() });
    }

    /// An order to a group, at once.
    pub fn order(&mut self, group: GroupId, task: Task, reason: impl Into<String>) {
        self.say(Say::Group { group, task, queued: false, doctrine: None }, reason);
    }

    /// One of several tasks in a row.
    pub fn row(
        &mut self,
        group: GroupId,
        task: Task,
        first: bool,
        doctrine: Option<DoctrineId>,
        reason: impl Into<String>,
    ) {
        self.say(Say::Group { group, task, queued: !first, doctrine }, reason);
    }

    /// How many orders more will be taken down.
    pub fn room(&self) -> u32 {
        MIND_ORDERS_MAX.saturating_sub(u32::try_from(self.orders.len()).unwrap_or(u32::MAX))
    }

    /// The sheet.
    pub fn finish(self) -> Vec<Order> {
        self.orders
    }
}
