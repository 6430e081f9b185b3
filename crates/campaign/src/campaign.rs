//! The life of a war: opened or taken up again, ordered, advanced turn by turn, looked at.
//!
//! Contrast [`crate::replay()`], which plays recorded orders to see whether the same comes out; here orders are made.

use crate::given::{self, Receipt};
use crate::record::{Given, Turn};
use crate::step;
use jumpline_measure::{PowerId, Time};
use jumpline_scenario::Loaded;
use jumpline_scenario::orders::OrderBook;
use jumpline_turn::{Memory, Progress, Watcher};
use jumpline_world::digest::{Digest, digest};
use jumpline_world::state::Resolution;
use jumpline_world::{Law, Order, Refusal, State, View, look};
use std::collections::BTreeSet;

/// How a war is played; the number of threads changes nothing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// All the luck of the war.
    pub seed: u64,
    /// Threads for minds and battles; at least 1.
    pub threads: usize,
    /// At which resolution battles are played.
    pub resolution: Resolution,
}

impl Options {
    /// Every battle ship by ship.
    pub fn new(seed: u64, threads: usize) -> Options {
        Options { seed, threads, resolution: Resolution::Entity }
    }
}

/// A running war.
#[derive(Clone, Debug)]
pub struct Campaign {
    law: Law,
    state: State,
    threads: usize,
    book: OrderBook,
    /// Powers played from a seat, beside those that the book plays.
    seats: BTreeSet<PowerId>,
    /// The deadline before this one; none before the first turn.
    before: Option<Time>,
    waiting: Vec<Given>,
    receipts: Vec<Receipt>,
    turns: Vec<Turn>,
    /// What a turn leaves to the next to save it work.
    memory: Memory,
}

impl Campaign {
    /// Opens a war at its beginning.
    pub fn open(loaded: Loaded, options: Options) -> Campaign {
        let Loaded { law, opening, .. } = loaded;
        let mut state = opening_state(opening, options.seed);
        state.resolved.asked = options.resolution;
        Campaign::resume(law, state, None, options.threads)
    }

    /// Takes up a war at a deadline: the law, the state there, and the deadline before (none at the opening). Forks begin so.
    pub fn resume(law: Law, state: State, before: Option<Time>, threads: usize) -> Campaign {
        Campaign {
            law,
            state,
            threads: threads.max(1),
            book: OrderBook::default(),
            seats: BTreeSet::new(),
            before,
            waiting: Vec::new(),
            receipts: Vec::new(),
            turns: Vec::new(),
            memory: Memory::default(),
        }
    }

    /// Hands in a file of orders. It takes the place of the one handed in before.
    pub fn hand_in(&mut self, book: OrderBook) {
        self.book = book;
    }

    /// A person sits down to play a power: its mind is silent from now on.
    pub fn seat(&mut self, power: PowerId) {
        self.seats.insert(power);
    }

    /// The person gets up again: the power's mind speaks from now on.
    pub fn unseat(&mut self, power: PowerId) {
        self.seats.remove(&power);
    }

    /// Gives orders for the coming turn and says at once which are refused. A repeat of an order counts once; the same number
    /// with another text is refused.
    pub fn order(&mut self, orders: Vec<Order>) -> Vec<Result<(), Refusal>> {
        let mut answers = Vec::new();
        for order in orders {
            let same =
                |given: &&Given| given.order.power == order.power && given.order.id == order.id;
            if let Some(earlier) = self.waiting.iter().find(same) {
                answers.push(if earlier.order == order {
                    earlier.refusal.clone().map_or(Ok(()), Err)
                } else {
                    Err(Refusal::IdTaken)
                });
                continue;
            }
            if order.power.index() >= self.law.codex.powers.len() {
                answers.push(Err(Refusal::NoSuchPower));
                continue;
            }
            let given = step::judge(&self.law, &look(&self.law, &self.state, order.power), order);
            answers.push(given.refusal.clone().map_or(Ok(()), Err));
            self.waiting.push(given);
        }
        answers
    }

    /// Puts in orders that were judged when they were given, at this same deadline.
    pub fn put(&mut self, given: impl IntoIterator<Item = Given>) {
        self.waiting.extend(given);
    }

    /// Judges an order of a person from a view of that person's power.
    pub fn judge(law: &Law, view: &View, order: Order) -> Given {
        step::judge(law, view, order)
    }

    /// Plays one turn and gives its record.
    pub fn advance(&mut self) -> &Turn {
        self.advance_watched(&mut |_| {})
    }

    /// The same, and says how far the turn has come while it is played.
    pub fn advance_watched(&mut self, watch: &mut dyn FnMut(&Progress)) -> &Turn {
        self.advance_seen(watch, None)
    }

    /// The same, with somebody who looks on at every battle.
    pub fn advance_seen(
        &mut self,
        watch: &mut dyn FnMut(&Progress),
        battles: Option<&mut dyn Watcher>,
    ) -> &Turn {
        let (mut persons, receipts) = given::give(&self.law, &self.state, &self.book, self.before);
        self.receipts.extend(receipts);
        persons.append(&mut self.waiting);
        let played: BTreeSet<PowerId> = self.book.plays.union(&self.seats).copied().collect();
        let minds = step::ask_minds(&self.law, &self.state, &played);
        let orders = step::gather(&self.state, minds, persons);
        self.before = Some(self.state.now);
        let (law, state, memory) = (&self.law, &mut self.state, &mut self.memory);
        let turn = step::play(law, state, orders, self.threads, memory, watch, battles);
        self.turns.push(turn);
        // Just pushed.
        &self.turns[self.turns.len() - 1]
    }

    /// Has the war reached that date?
    pub fn reached(&self, date: Time) -> bool {
        self.state.now >= date
    }

    /// What one power may know now; none if there is no such power.
    pub fn look(&self, power: PowerId) -> Option<View> {
        (power.index() < self.law.codex.powers.len()).then(|| look(&self.law, &self.state, power))
    }

    /// The law.
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// Where the war stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The turns played since it was opened or taken up.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// Gives up the records of the turns played so far, for a caller that has kept them elsewhere.
    pub fn take_turns(&mut self) -> Vec<Turn> {
        std::mem::take(&mut self.turns)
    }

    /// What became of the orders handed in by file.
    pub fn receipts(&self) -> &[Receipt] {
        &self.receipts
    }

    /// The digest of where it stands.
    pub fn digest(&self) -> Digest {
        self.turns.last().map_or_else(|| digest(&self.state), |turn| turn.digest.clone())
    }

    /// Did ships, people, mines and munitions balance after every turn?
    pub fn balanced(&self) -> bool {
        self.turns.iter().all(|turn| turn.imbalances.is_empty())
    }

    /// Gives up the war for its turns and its last state.
    pub fn close(self) -> (Law, State, Vec<Turn>) {
        (self.law, self.state, self.turns)
    }
}

/// The opening as it is under one seed.
pub fn opening_state(mut opening: State, seed: u64) -> State {
    opening.seed = seed;
    opening
}
