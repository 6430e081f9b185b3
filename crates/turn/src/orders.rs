//! Orders are taken: each id once, each checked against what its giver may know, each refused in words or put to a group.

use crate::refuse::refuse;
use crate::stage::Stage;
use crate::ways;
use jumpline_measure::{EventId, GroupId, PowerId, Span};
use jumpline_world::order::{ORDERS_PER_TURN_MAX, Order, Refusal, Say, Task};
use jumpline_world::state::{DueKind, Phase, Request, Standing};
use jumpline_world::{Cause, View, What, look};
use std::collections::BTreeMap;

/// Most requests that one power may have open.
const REQUESTS_MOST: u32 = 64;

/// Takes all orders of one deadline, by power and id: the order in which they were handed in does not matter.
pub(crate) fn take(stage: &mut Stage, orders: &[Order]) {
    let mut sorted: Vec<&Order> = orders.iter().collect();
    sorted.sort_by_key(|order| (order.power, order.id));
    let mut views: BTreeMap<PowerId, View> = BTreeMap::new();
    let mut counts: BTreeMap<PowerId, u32> = BTreeMap::new();
    let mut begun: Vec<u32> = Vec::new();
    let mut fit: Vec<&Order> = Vec::new();
    for order in sorted {
        if order.power.index() >= stage.codex.powers.len() {
            continue;
        }
        match admit(stage, order, &mut views, &mut counts) {
            Admission::Repeat => {}
            Admission::Refused(refusal) => tell_refused(stage, order, refusal),
            Admission::Taken => fit.push(order),
        }
    }
    // Operations first: what their groups are told is because of them.
    for order in &fit {
        if let Say::Begin { operation } = &order.say {
            begin(stage, order, operation, &fit, &mut begun);
        }
    }
    for order in fit {
        match &order.say {
            Say::Group { group, task, queued, doctrine } => {
                let standing = Standing {
                    order: order.id,
                    task: task.clone(),
                    phase: Phase::Waiting,
                    doctrine: *doctrine,
                    cause: None,
                };
                give(stage, order, *group, standing, *queued, &begun);
            }
            Say::Ask { power, body, quarry, operation } => {
                let open = stage.state.requests.iter();
                let open = open.filter(|one| one.from == order.power && one.answer.is_none());
                if open.count() >= REQUESTS_MOST as usize {
                    tell_refused(stage, order, Refusal::TooMany { most: REQUESTS_MOST });
                    continue;
                }
                let number = stage.state.next_event;
                // An event's number is taken, so that no later request can get the same.
                stage.state.next_event = stage.state.next_event.saturating_add(1);
                let at = stage.now.saturating_add(Span(stage.codex.rules.officers.delay_s.max(0)));
                stage.state.requests.push(Request {
                    number,
                    from: order.power,
                    to: *power,
                    body: *body,
                    quarry: quarry.clone(),
                    operation: operation.clone(),
                    at,
                    answer: None,
                });
                stage.put(at, DueKind::Word, u64::from(number));
            }
            Say::Reply { request, answer } => {
                let to = order.power;
                let Some(asked) = stage
                    .state
                    .requests
                    .iter_mut()
                    .find(|one| one.number == *request && one.to == to)
                else {
                    continue;
                };
                asked.answer = Some(*answer);
                let (from, body) = (asked.from, asked.body);
                let what =
                    What::Answered { request: *request, from: to, to: from, answer: *answer };
                let because = vec![Cause::Order(order.power, order.id)];
                stage.tell(Some(body), what, because);
            }
            Say::Begin { .. } => {}
        }
    }
}

enum Admission {
    Taken,
    Repeat,
    Refused(Refusal),
}

fn admit(
    stage: &mut Stage,
    order: &Order,
    views: &mut BTreeMap<PowerId, View>,
    counts: &mut BTreeMap<PowerId, u32>,
) -> Admission {
    let print = fingerprint(order);
    match stage.state.taken[order.power.index()].get(&order.id) {
        Some(before) if *before == print => return Admission::Repeat,
        Some(_) => return Admission::Refused(Refusal::IdTaken),
        None => {}
    }
    let count = counts.entry(order.power).or_insert(0);
    *count += 1;
    if *count > ORDERS_PER_TURN_MAX {
        // Not even remembered: the cap is there to keep the state from growing.
        return Admission::Refused(Refusal::TooMany { most: ORDERS_PER_TURN_MAX });
    }
    stage.state.taken[order.power.index()].insert(order.id, print);
    let view =
        views.entry(order.power).or_insert_with(|| look(stage.law, stage.state, order.power));
    match refuse(stage.law, view, order) {
        Ok(()) => Admission::Taken,
        Err(refusal) => Admission::Refused(refusal),
    }
}

/// Eight bytes that tell two orders of one id apart.
fn fingerprint(order: &Order) -> [u8; 8] {
    let bytes = postcard::to_allocvec(order).unwrap_or_default();
    let hash = blake3::hash(&bytes);
    let mut print = [0_u8; 8];
    print.copy_from_slice(&hash.as_bytes()[..8]);
    print
}

fn tell_refused(stage: &mut Stage, order: &Order, refusal: Refusal) {
    let group = match &order.say {
        Say::Group { group, .. } => Some(*group),
        _ => None,
    };
    let what = What::OrderRefused { order: order.id, power: order.power, group, refusal };
    stage.tell(None, what, vec![Cause::Order(order.power, order.id)]);
}

/// A mind's operation begins, with those of its forces that are told something at the same deadline.
fn begin(stage: &mut Stage, order: &Order, key: &str, fit: &[&Order], begun: &mut Vec<u32>) {
    let law = stage.law;
    let found = law
        .plan
        .operations
        .iter()
        .position(|operation| operation.key == *key && operation.power == order.power);
    let Some(number) = found else { return };
    if stage.state.operations[number].began.is_some() {
        return;
    }
    let forces = &law.plan.operations[number].forces;
    let mut groups: Vec<GroupId> = fit
        .iter()
        .filter(|other| other.power == order.power)
        .filter_map(|other| match &other.say {
            Say::Group { group, .. } => Some(*group),
            _ => None,
        })
        .filter(|group| {
            let group = stage.group(*group);
            forces.iter().any(|name| group.key == *name || group.tags.iter().any(|t| t == name))
        })
        .collect();
    groups.sort_unstable();
    groups.dedup();
    let operation = u32::try_from(number).unwrap_or(u32::MAX);
    let what = What::OperationBegan { operation, power: order.power, groups: groups.clone() };
    let because = vec![Cause::Order(order.power, order.id), Cause::Operation(operation)];
    let event = stage.tell(None, what, because);
    let now = stage.now;
    let life = &mut stage.state.operations[number];
    life.began = Some(now);
    life.event = Some(event);
    life.groups = groups;
    begun.push(operation);
}

/// Puts a task to a group: at once or after what it has to do already.
fn give(
    stage: &mut Stage,
    order: &Order,
    id: GroupId,
    mut standing: Standing,
    queued: bool,
    begun: &[u32],
) {
    let mut because = vec![Cause::Order(order.power, order.id)];
    let operation: Option<EventId> = begun.iter().find_map(|number| {
        let life = stage.state.operations.get(*number as usize)?;
        life.groups.binary_search(&id).ok().and(life.event)
    });
    because.extend(operation.map(Cause::Event));
    let body = stage.group(id).body;
    let task = standing.task.clone();
    let what = What::OrderTaken { order: order.id, power: order.power, group: id, task };
    let event = stage.tell(Some(body), what, because);
    standing.cause = Some(event);
    let busy = !stage.group(id).tasks.is_empty();
    if queued && busy {
        stage.group_mut(id).tasks.push(standing);
        return;
    }
    replace(stage, id, standing);
    let wait = stage.codex.rules.officers.delay_s.max(0);
    let wait = Span(wait.saturating_add(stage.reaction(order.power).0));
    stage.call_officers(id, wait);
}

/// Drops what the group was about, as far as that can still be dropped: ships that have pushed off come out where they go.
fn replace(stage: &mut Stage, id: GroupId, standing: Standing) {
    let stays = matches!(standing.task, Task::Detach { .. });
    if stays {
        // Splitting ships off is done beside whatever else the group is about.
        stage.group_mut(id).tasks.insert(0, standing);
        return;
    }
    let departed = stage.group(id).hop.as_ref().is_some_and(|hop| hop.departed);
    let withdraws = matches!(standing.task, Task::Withdraw { .. });
    if !(departed || withdraws && stage.group(id).withdrawing) {
        ways::stand_down(stage, id);
        stage.group_mut(id).withdrawing = false;
    }
    stage.group_mut(id).tasks = vec![standing];
}
