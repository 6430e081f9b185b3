//! Why: from an event back through what led to it, to the order or the intention at its root.
//!
//! A *cause* is what an event names in `because`; a *reason* is what somebody said. This file walks the first to find the
//! second. It stops at a depth and at what it has seen, so that rings and long chains end.

use crate::line;
use crate::names::Names;
use jumpline_measure::{EventId, OrderId, PowerId};
use jumpline_world::event::{Cause, Event};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Deepest that a tree of causes is drawn.
pub const DEPTH_MAX: usize = 12;

/// Events by their number.
pub struct Index<'a> {
    events: &'a [Event],
    places: BTreeMap<EventId, usize>,
}

impl<'a> Index<'a> {
    /// Indexes events; where a number comes twice the first counts.
    pub fn new(events: &'a [Event]) -> Index<'a> {
        let mut places = BTreeMap::new();
        for (place, event) in events.iter().enumerate() {
            places.entry(event.id).or_insert(place);
        }
        Index { events, places }
    }

    /// The event of that number.
    pub fn get(&self, id: EventId) -> Option<&'a Event> {
        self.places.get(&id).and_then(|place| self.events.get(*place))
    }

    /// Walks back from some causes, nearest first, and gives the first thing that `find` finds.
    pub fn back<T>(
        &self,
        because: &[Cause],
        mut find: impl FnMut(&Cause) -> Option<T>,
    ) -> Option<T> {
        let mut seen = BTreeSet::new();
        let mut queue: VecDeque<Cause> = because.iter().copied().collect();
        while let Some(cause) = queue.pop_front() {
            if !seen.insert(cause) || seen.len() > 400 {
                continue;
            }
            if let Some(found) = find(&cause) {
                return Some(found);
            }
            if let Cause::Event(id) = cause
                && let Some(event) = self.get(id)
            {
                queue.extend(event.because.iter().copied());
            }
        }
        None
    }
}

/// A node of the tree of causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The event, if it is one.
    pub event: Option<EventId>,
    /// What happened or was said, in a line.
    pub text: String,
    /// What led to it.
    pub because: Vec<Node>,
}

/// Why an event happened: a tree from the event back to orders and intentions. None when there is no such event.
pub fn causes(names: &Names, events: &[Event], id: EventId) -> Option<Node> {
    let index = Index::new(events);
    let event = index.get(id)?;
    let mut seen = BTreeSet::new();
    Some(node(names, &index, event, &mut seen, 0))
}

fn node(
    names: &Names,
    index: &Index,
    event: &Event,
    seen: &mut BTreeSet<EventId>,
    depth: usize,
) -> Node {
    let fresh = seen.insert(event.id);
    let because = if fresh && depth < DEPTH_MAX {
        event
            .because
            .iter()
            .map(|cause| match cause {
                Cause::Event(id) => match index.get(*id) {
                    Some(earlier) => node(names, index, earlier, seen, depth + 1),
                    None => leaf(format!("event {}, which is not told of", id.0)),
                },
                Cause::Order(power, order) => leaf(order_words(names, *power, *order)),
                Cause::Operation(number) => leaf(operation_words(names, *number)),
            })
            .collect()
    } else {
        Vec::new()
    };
    let mut text = line::line(names, event);
    if !fresh && !event.because.is_empty() {
        text.push_str(" (as above)");
    }
    Node { event: Some(event.id), text, because }
}

fn leaf(text: String) -> Node {
    Node { event: None, text, because: Vec::new() }
}

fn order_words(names: &Names, power: PowerId, order: OrderId) -> String {
    match names.cast.reasons.get(&(power, order)) {
        Some(reason) => format!("{} ordered it: {reason}", names.power(power)),
        None => format!("{} ordered it", names.power(power)),
    }
}

fn operation_words(names: &Names, number: u32) -> String {
    match names.law.plan.operations.get(number as usize) {
        Some(operation) if !operation.reason.is_empty() => {
            format!(
                "{} meant it so ({}): {}",
                names.power(operation.power),
                operation.name,
                operation.reason
            )
        }
        Some(operation) => {
            format!("{} meant it so ({})", names.power(operation.power), operation.name)
        }
        None => "somebody meant it so".to_owned(),
    }
}

impl Node {
    /// The tree as a Markdown list.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        for _ in 0..depth {
            out.push_str("  ");
        }
        out.push_str("- ");
        out.push_str(&self.text);
        out.push('\n');
        for node in &self.because {
            node.write(out, depth + 1);
        }
    }
}

/// The reason somebody gave for what led to an event: an operation's before an order's, since it says more.
pub fn reason(names: &Names, index: &Index, because: &[Cause]) -> Option<Reason> {
    let mut said: Option<Reason> = None;
    let operation = index.back(because, |cause| match cause {
        Cause::Operation(number) => {
            let operation = names.law.plan.operations.get(*number as usize)?;
            Some(Reason {
                power: operation.power,
                operation: Some(*number),
                text: operation.reason.clone(),
            })
        }
        Cause::Order(power, order) => {
            if said.is_none()
                && let Some(text) = names.cast.reasons.get(&(*power, *order))
            {
                said = Some(Reason { power: *power, operation: None, text: text.clone() });
            }
            None
        }
        Cause::Event(_) => None,
    });
    operation.or(said).filter(|reason| !reason.text.trim().is_empty())
}

/// What somebody said they meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Who.
    pub power: PowerId,
    /// Which operation, if it was one.
    pub operation: Option<u32>,
    /// In their words.
    pub text: String,
}
