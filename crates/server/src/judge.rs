//! Judges orders from their giver's view. The view of a power is made once a turn, however many orders it gives: an order's way to the
//! disk should cost what the order costs.

use jumpline_campaign::{Campaign, Given, Giver};
use jumpline_measure::{OrderId, PowerId};
use jumpline_wire::Lens;
use jumpline_wire::order::{NewOrder, read};
use jumpline_world::order::{ORDERS_PER_TURN_MAX, Order, Refusal, Say};
use jumpline_world::{Law, State, View, look};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// One power's, for one turn.
pub(crate) struct Judge {
    law: Arc<Law>,
    lens: Lens,
    view: View,
}

impl Judge {
    pub fn new(law: &Arc<Law>, state: &State, power: u32) -> Judge {
        let power = PowerId(power);
        Judge { law: Arc::clone(law), lens: Lens::new(state, power), view: look(law, state, power) }
    }

    /// The order with its answer. `full`: the power has given all the orders that it may.
    pub fn given(&self, order: &NewOrder, number: u32, full: bool) -> Given {
        let nothing = Say::Begin { operation: String::new() };
        let said = read(&self.lens, &order.say);
        let understood = said.is_some();
        let order = Order {
            id: OrderId(number),
            power: self.lens.power,
            say: said.unwrap_or(nothing),
            reason: order.reason.clone(),
        };
        let refused = |order, refusal| Given { order, by: Giver::Person, refusal: Some(refusal) };
        if full {
            return refused(order, Refusal::TooMany { most: ORDERS_PER_TURN_MAX });
        }
        if !understood {
            return refused(order, Refusal::NoQuarry);
        }
        Campaign::judge(&self.law, &self.view, order)
    }
}

/// The judges of one turn of a game, by power.
#[derive(Default)]
pub(crate) struct Judges(Mutex<(u32, BTreeMap<u32, Arc<Judge>>)>);

impl Judges {
    /// The judge of a power for a turn, if there is one already.
    pub fn of(&self, turn: u32, power: u32) -> Option<Arc<Judge>> {
        let judges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        judges.1.get(&power).filter(|_| judges.0 == turn).cloned()
    }

    /// Keeps one; those of an earlier turn are let go.
    pub fn put(&self, turn: u32, power: u32, judge: Judge) -> Arc<Judge> {
        let judge = Arc::new(judge);
        let mut judges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if judges.0 < turn {
            *judges = (turn, BTreeMap::new());
        }
        if judges.0 == turn {
            judges.1.insert(power, Arc::clone(&judge));
        }
        judge
    }
}
