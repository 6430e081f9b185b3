//! Views made by hand, orders expected.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod alliances;
mod alone;
mod plans;
mod wars;

use jumpline_measure::{BodyId, ContactId, GroupId, PowerId, Time};
use jumpline_scenario::{Texts, load};
use jumpline_world::law::Law;
use jumpline_world::order::{Order, Say, Task};
use jumpline_world::view::{ContactView, View, look};

/// A war from the base text, with more laid over it, and its opening.
pub fn war(more: &str) -> (Law, jumpline_world::State) {
    let mut texts = Texts::new();
    texts.add_ruleset("rules.toml", include_str!("rules.toml"));
    texts.add_ruleset("war.toml", include_str!("war.toml"));
    texts.add_scenario("more.toml", format!("format = 1\n[scenario]\ntitle = \"A war\"\nruleset = \"minds\"\nends = \"2470-06-02\"\n{more}"));
    let (loaded, problems) = load("test", &texts);
    let loaded = loaded.unwrap_or_else(|| panic!("{problems:#?}"));
    let state = loaded.opening(7);
    (loaded.law, state)
}

/// A power's view of the opening.
pub fn view_of(law: &Law, state: &jumpline_world::State, power: &str) -> View {
    look(law, state, law.codex.power_by_key(power).unwrap())
}

/// The body of that key.
pub fn body(law: &Law, key: &str) -> BodyId {
    law.codex.chart.body_by_key(key).unwrap().id
}

/// The group of that key.
pub fn group(view: &View, key: &str) -> GroupId {
    view.groups.iter().find(|group| group.key == key).unwrap().id
}

/// Puts a contact into a view.
pub fn contact(law: &Law, view: &mut View, of: &str, at: &str, class: &str, count: u32) {
    view.contacts.push(ContactView {
        id: ContactId(u32::try_from(view.contacts.len()).unwrap()),
        power: law.codex.power_by_key(of),
        body: body(law, at),
        spot: jumpline_chart::Spot::default(),
        error_m: 0,
        first: view.now,
        last: view.now,
        classes: vec![(law.codex.class_by_key(class), count)],
        sure_permille: 1_000,
        told_by: None,
        bound: None,
        pylons_lost: 0,
        hurt_permille: 0,
    });
}

/// Has an operation begun, as the next view would show it.
pub fn begun(view: &mut View, key: &str, at: Time, groups: &[GroupId]) {
    let operation = view.operations.iter_mut().find(|one| one.operation.key == key).unwrap();
    operation.began = Some(at);
    operation.groups = groups.to_vec();
}

/// The orders in a line each: who, what, why.
pub fn lines(law: &Law, view: &View, orders: &[Order]) -> Vec<String> {
    let name =
        |id: &BodyId| law.codex.chart.body(*id).map_or("?", |one| one.key.as_str()).to_owned();
    let power = |id: &PowerId| law.codex.power(*id).key.clone();
    orders
        .iter()
        .map(|order| match &order.say {
            Say::Group { group, task, queued, .. } => {
                let key = &view.groups.iter().find(|one| one.id == *group).unwrap().key;
                let then = if *queued { " then" } else { "" };
                let place = match task {
                    Task::Move { to, .. } | Task::Withdraw { to: Some(to) } => name(to),
                    Task::Guard { body, .. } | Task::Assault { body, .. } => name(body),
                    Task::Raid { body, .. } | Task::Land { body, .. } => name(body),
                    Task::Ambush { from, to, .. } => format!("{} {}", name(from), name(to)),
                    Task::LayMines { count, .. } => count.to_string(),
                    Task::Load { group } | Task::Escort { group } | Task::Merge { into: group } => {
                        view.groups.iter().find(|one| one.id == *group).unwrap().key.clone()
                    }
                    Task::Detach { ships, .. } => ships.len().to_string(),
                    Task::RecoverMines { field } => field.0.to_string(),
                    _ => String::new(),
                };
                format!("{key}:{then} {} {place}", task.word()).trim_end().to_owned()
            }
            Say::Ask { power: to, body, .. } => format!("ask {} at {}", power(to), name(body)),
            Say::Reply { request, answer } => format!("reply {request} {answer:?}"),
            Say::Begin { operation } => format!("begin {operation}"),
        })
        .collect()
}

/// Orders of a view, checked for what must hold of every batch: the same twice, numbered as a mind numbers, reasoned, own
/// groups only, known bodies only.
pub fn orders(law: &Law, view: &View) -> Vec<Order> {
    let orders = jumpline_commander::orders(&law.codex, view);
    assert_eq!(
        orders,
        jumpline_commander::orders(&law.codex, view),
        "the same view, the same orders"
    );
    let mut last = None;
    for order in &orders {
        assert!(jumpline_commander::is_mind_order(order.id));
        assert!(last < Some(order.id), "ids rise");
        last = Some(order.id);
        assert_eq!(order.power, view.power);
        assert!(!order.reason.trim().is_empty(), "every order has its reason");
        let judged = jumpline_turn::refuse(law, view, order);
        assert_eq!(judged, Ok(()), "nothing is ordered that would be refused: {order:?}");
        if let Say::Group { group, task, .. } = &order.say {
            assert!(view.groups.iter().any(|one| one.id == *group), "own groups only");
            assert!(!matches!(task, Task::Merge { into } if into == group));
        }
    }
    orders
}
