//! Orders written down beforehand become orders: keys become numbers from what their power can see when they are given.

use crate::record::Given;
use crate::step;
use jumpline_measure::{GroupId, OrderId, PowerId, ShipId, Time};
use jumpline_scenario::orders::{Dated, OrderBook, Which, Wish};
use jumpline_world::order::{Refusal, Say, Task};
use jumpline_world::view::GroupView;
use jumpline_world::{Law, Order, State, View, look};
use std::collections::BTreeMap;

/// One dated order as it was given: where it was written, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Where it is written, for messages.
    pub place: String,
    /// When it was given.
    pub at: Time,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
}

/// Gives what is due at the coming deadline. An order whose group cannot be found has no number to stand under and is only
/// receipted.
pub(crate) fn give(
    law: &Law,
    state: &State,
    book: &OrderBook,
    before: Option<Time>,
) -> (Vec<Given>, Vec<Receipt>) {
    let mut views: BTreeMap<PowerId, View> = BTreeMap::new();
    let mut next: BTreeMap<PowerId, u32> = BTreeMap::new();
    let mut given = Vec::new();
    let mut receipts = Vec::new();
    for dated in book.due(before, state.now) {
        let view = views.entry(dated.power).or_insert_with(|| look(law, state, dated.power));
        let number = next.entry(dated.power).or_insert_with(|| first_free(state, dated.power));
        let refusal = match order(view, dated, OrderId(*number)) {
            Ok(order) => {
                *number = number.saturating_add(1);
                let one = step::judge(law, view, order);
                let refusal = one.refusal.clone();
                given.push(one);
                refusal
            }
            Err(refusal) => Some(refusal),
        };
        receipts.push(Receipt { place: dated.place.clone(), at: state.now, refusal });
    }
    (given, receipts)
}

/// The first number that no order of a person of that power bears.
fn first_free(state: &State, power: PowerId) -> u32 {
    let persons = state.taken[power.index()].keys().rev().find(|id| step::is_persons(**id));
    persons.map_or(1, |last| last.0.saturating_add(1))
}

fn order(view: &View, dated: &Dated, id: OrderId) -> Result<Order, Refusal> {
    let group = group(view, &dated.group)?;
    let say = Say::Group {
        group: group.id,
        task: task(view, group, &dated.wish)?,
        queued: dated.queued,
        doctrine: dated.doctrine,
    };
    Ok(Order { id, power: dated.power, say, reason: dated.reason.clone() })
}

/// A group of one's own by key, by the name it was given when it was detached, or by tag; of several the latest, which is the one that was
/// just made.
fn group<'a>(view: &'a View, wanted: &str) -> Result<&'a GroupView, Refusal> {
    let latest = |fits: &dyn Fn(&GroupView) -> bool| view.groups.iter().rev().find(|one| fits(one));
    latest(&|group| group.key == wanted)
        .or_else(|| latest(&|group| group.name == wanted))
        .or_else(|| latest(&|group| group.tags.iter().any(|tag| tag == wanted)))
        .ok_or(Refusal::NoSuchGroup)
}

fn task(view: &View, group: &GroupView, wish: &Wish) -> Result<Task, Refusal> {
    let id_of = |key: &str| -> Result<GroupId, Refusal> { Ok(self::group(view, key)?.id) };
    Ok(match wish {
        Wish::Task(task) => task.clone(),
        Wish::RecoverMines { from, to } => {
            let field = view
                .fields
                .iter()
                .rev()
                .find(|field| field.from == *from && field.to == *to)
                .ok_or(Refusal::NoSuchField)?;
            Task::RecoverMines { field: field.id }
        }
        Wish::Load { group } => Task::Load { group: id_of(group)? },
        Wish::Escort { group } => Task::Escort { group: id_of(group)? },
        Wish::Merge { into } => Task::Merge { into: id_of(into)? },
        Wish::Detach { which, name } => {
            Task::Detach { ships: ships(group, which)?, name: name.clone() }
        }
        Wish::Tow { ship, to } => {
            // A hulk that is towed is in another group as often as not.
            let found = view
                .groups
                .iter()
                .flat_map(|group| &group.ships)
                .find(|one| one.name.as_deref() == Some(ship) || one.id.0.to_string() == *ship)
                .ok_or(Refusal::NoSuchShip)?;
            Task::Tow { ship: found.id, to: *to }
        }
    })
}

fn ships(group: &GroupView, which: &Which) -> Result<Vec<ShipId>, Refusal> {
    match which {
        Which::Class { class, count } => {
            let of_class = group.ships.iter().filter(|ship| ship.class == *class);
            let wanted = usize::try_from(*count).unwrap_or(usize::MAX);
            let ids: Vec<ShipId> = of_class.map(|ship| ship.id).take(wanted).collect();
            if ids.len() < wanted { Err(Refusal::NoShips) } else { Ok(ids) }
        }
        Which::Named(names) => names
            .iter()
            .map(|name| {
                let found = group.ships.iter().find(|ship| ship.name.as_deref() == Some(name));
                found.map(|ship| ship.id).ok_or(Refusal::NoSuchShip)
            })
            .collect(),
    }
}
