//! What an order would come to, by the giver's own view and the chart that everybody has. No state is read here.

use crate::table::Table;
use jumpline_campaign::Campaign;
use jumpline_chart::{Chart, Drive, NoLine};
use jumpline_measure::{BodyId, ClassId, OrderId, PowerId, Span, Time};
use jumpline_wire::Lens;
use jumpline_wire::order::{Refusal, Say, read};
use jumpline_wire::preview::{Leg, Line, Lines, Preview};
use jumpline_world::law::Regard;
use jumpline_world::order::{Order, Quarry, Refusal as CoreRefusal, Say as CoreSay, Task};
use jumpline_world::state::Status;
use jumpline_world::view::GroupView;
use jumpline_world::{View, look};

/// The lines that begin at a body, as they are at the deadline; none if there is no such body.
pub(crate) fn lines(table: &Table, body: u32) -> Option<Lines> {
    let codex = &table.law.codex;
    let (chart, rules) = (&codex.chart, &codex.rules.navigation);
    let (from, now) = (BodyId(body), table.standing().state.now);
    let home = chart.body(from)?.system;
    let near = table.index.near(home).iter().flat_map(|near| {
        let system = chart.system(near.system);
        system.into_iter().flat_map(|system| system.stars.iter().copied())
    });
    let here = chart.system(home)?;
    let others = here.stars.iter().chain(&here.bodies).copied().chain(near);
    let lines = others.filter(|to| *to != from).filter_map(|to| {
        let line = chart.line(rules, from, to, now);
        let (distance_m, interstellar, closed_by) = match line {
            Ok(line) => (line.distance_m, line.interstellar, None),
            Err(NoLine::Blocked { by, .. }) => {
                let apart = chart.position(from, now).distance_m(&chart.position(to, now));
                (apart, chart.body(to)?.system != home, Some(by.0))
            }
            Err(_) => return None,
        };
        let mouth = chart.mouth(rules, from, to, now).into();
        Some(Line { to: to.0, distance_m, interstellar, closed_by, mouth })
    });
    Some(Lines { from: body, at: now.0, lines: lines.collect() })
}

/// What an order would come to.
pub(crate) fn preview(table: &Table, power: u32, say: &Say) -> Preview {
    let state = table.standing().state;
    let power = PowerId(power);
    let lens = Lens::new(&state, power);
    let view = look(&table.law, &state, power);
    let nothing = |refusal: CoreRefusal| Preview {
        refusal: Some(Refusal::from(&refusal)),
        legs: Vec::new(),
        arrives: None,
    };
    let Some(say) = read(&lens, say) else { return nothing(CoreRefusal::NoQuarry) };
    let order = Order { id: OrderId(0), power, say, reason: String::new() };
    let given = Campaign::judge(&table.law, &view, order);
    let refusal = given.refusal.as_ref().map(Refusal::from);
    let CoreSay::Group { group, task, .. } = &given.order.say else {
        return Preview { refusal, legs: Vec::new(), arrives: None };
    };
    let group = view.groups.iter().find(|have| have.id == *group);
    let way = group.and_then(|group| legs(table, &view, group, bound_for(&view, task)?));
    let (legs, arrives) = way.map_or((Vec::new(), None), |(legs, at)| (legs, Some(at.0)));
    Preview { refusal, legs, arrives }
}

/// The body that a task leads to, as far as the view says.
fn bound_for(view: &View, task: &Task) -> Option<BodyId> {
    let contact = |id| {
        let contact = view.contacts.iter().find(|contact| contact.id == id)?;
        Some(contact.bound.map_or(contact.body, |(body, _)| body))
    };
    let group = |id| view.groups.iter().find(|have| have.id == id).map(|group| group.body);
    match task {
        Task::Move { to, .. } | Task::Ambush { to, .. } | Task::Tow { to, .. } => Some(*to),
        Task::Guard { body, .. }
        | Task::Raid { body, .. }
        | Task::Assault { body, .. }
        | Task::Land { body, .. } => Some(*body),
        Task::LayMines { from, .. } => Some(*from),
        Task::Intercept { contact: id } | Task::Hunt { quarry: Quarry::Contact(id) } => {
            contact(*id)
        }
        Task::Escort { group: id } | Task::Merge { into: id } | Task::Load { group: id } => {
            group(*id)
        }
        Task::Withdraw { to } => *to,
        Task::Depart { star } => Some(*star),
        _ => None,
    }
}

/// The way of a group at the pace of its slowest drive.
fn legs(table: &Table, view: &View, group: &GroupView, to: BodyId) -> Option<(Vec<Leg>, Time)> {
    let codex = &table.law.codex;
    let (chart, rules) = (&codex.chart, &codex.rules.navigation);
    let drives = group.ships.iter().filter(|ship| ship.status != Status::Aboard);
    let drives = drives.filter_map(|ship| codex.classes.get(ship.class.index())?.drive);
    let slowest = |drive: &&Drive| (drive.rating_permille, -drive.charge_ms);
    let drive = drives
        .filter_map(|drive| codex.drives.get(drive.index()).map(|law| &law.drive))
        .min_by_key(slowest)?;
    let leaves = view.now.max(group.there_at);
    let route =
        chart.route_from(rules, &table.index, group.body, &group.spot, to, leaves, drive)?;
    let queue = queue(table, group);
    let mut at = leaves;
    let mut legs = Vec::new();
    for leg in &route.legs {
        let arrives = at.saturating_add(leg.span);
        let departs = arrives.saturating_sub(leg.jump);
        let hostile = view.contacts.iter().filter(|contact| {
            let regard = contact.power.and_then(|power| view.regards.get(power.index()));
            contact.body == leg.to && regard != Some(&Regard::Allied)
        });
        let (mut ships, mut seen) = (0_u32, None);
        for contact in hostile {
            let count = contact.classes.iter().map(|(_, count)| *count);
            ships = count.fold(ships, u32::saturating_add);
            seen = seen.max(Some(contact.last.0));
        }
        legs.push(Leg {
            from: leg.from.0,
            to: leg.to.0,
            departs: departs.0,
            arrives: arrives.0,
            last: arrives.saturating_add(queue).0,
            brakes: chart.braking_spot(rules, leg.from, leg.to, arrives, drive).into(),
            hostile_ships: ships,
            seen,
        });
        at = arrives;
    }
    Some((legs, at))
}

/// How long after its first ship a group's last one enters a line.
fn queue(table: &Table, group: &GroupView) -> Span {
    let codex = &table.law.codex;
    let jumping = group.ships.iter().filter(|ship| ship.status != Status::Aboard);
    let length_m =
        |class: ClassId| codex.classes.get(class.index()).map_or(0, |class| class.length_m);
    let each = jumping.map(|ship| Chart::headway_ms(&codex.rules.navigation, length_m(ship.class)));
    // The last one waits for all that are before it.
    let ms = each.skip(1).fold(0, i64::saturating_add);
    Span(ms.saturating_add(999) / 1_000)
}
