//! Refusals: whether an order can be given at all, judged from the giver's own view and nothing else. What only turns out
//! later (a route that closes, a contact that is lost) is refused when it is due, by the officers.

use jumpline_chart::{BodyKind, NoLine, Spot};
use jumpline_measure::{BodyId, GroupId, ShipId};
use jumpline_world::law::{Codex, Law};
use jumpline_world::order::{Order, Quarry, Refusal, Say, Task};
use jumpline_world::state::Status;
use jumpline_world::view::{GroupView, ShipView, View};

/// Furthest distance that an order may state, metres: a light-hour and a little.
const DISTANCE_MOST_M: i64 = 1_200_000_000_000;
/// Most mines or landing sites in one order.
const MINES_MOST: i64 = 1_000_000;
const SITES_MOST: u32 = 64;
/// Longest row of tasks that a group may have.
const TASKS_MOST: usize = 64;

/// May this order be given? The reason if not.
pub fn refuse(law: &Law, view: &View, order: &Order) -> Result<(), Refusal> {
    let codex = &law.codex;
    match &order.say {
        Say::Group { group, task, doctrine, queued } => {
            let own = own(view, *group)?;
            if doctrine.is_some_and(|doctrine| doctrine.index() >= codex.doctrines.len()) {
                return Err(range("doctrine", 0, codex.doctrines.len() as i64 - 1));
            }
            if *queued && own.tasks.len() >= TASKS_MOST {
                return Err(range("tasks in a row", 0, TASKS_MOST as i64));
            }
            check(codex, view, own, task, *queued)
        }
        Say::Ask { power, body, quarry, .. } => {
            if *power == view.power || power.index() >= codex.powers.len() {
                return Err(Refusal::NoSuchPower);
            }
            body_exists(codex, *body)?;
            quarry_exists(codex, view, quarry)
        }
        Say::Reply { request, .. } => view
            .requests
            .iter()
            .any(|one| one.number == *request && one.to == view.power)
            .then_some(())
            .ok_or(Refusal::NoSuchRequest),
        Say::Begin { operation } => view
            .operations
            .iter()
            .any(|one| one.operation.key == *operation && one.began.is_none())
            .then_some(())
            .ok_or(Refusal::NoSuchRequest),
    }
}

/// A task that waits behind others is judged by what can ever be, not by what is now: the tasks before it may bring the cargo or
/// the mines. The officers judge again when it is due.
fn check(
    codex: &Codex,
    view: &View,
    group: &GroupView,
    task: &Task,
    waits: bool,
) -> Result<(), Refusal> {
    let reach = |to: BodyId| can_reach(codex, group, to);
    match task {
        Task::Hold { .. } => Ok(()),
        Task::Move { to, spot, pace_permille } => {
            within("pace", *pace_permille, 1, 1_000)?;
            is_place(spot.as_ref())?;
            reach(*to)
        }
        Task::Guard { body, spot } => {
            is_place(spot.as_ref())?;
            reach(*body)
        }
        Task::Ambush { from, to, standoff_m } => {
            within("standoff", *standoff_m, 0, DISTANCE_MOST_M)?;
            line_exists(codex, view, *from, *to)?;
            reach(*to)
        }
        Task::Intercept { contact } => {
            mobile(codex, group)?;
            view.contacts
                .iter()
                .any(|one| one.id == *contact)
                .then_some(())
                .ok_or(Refusal::NoSuchContact)
        }
        Task::Hunt { quarry } => {
            mobile(codex, group)?;
            quarry_exists(codex, view, quarry)
        }
        Task::Raid { body, .. } => reach(*body),
        Task::Assault { body, quarry } => {
            quarry_exists(codex, view, quarry)?;
            reach(*body)
        }
        Task::Escort { group: other } => {
            let ward = own(view, *other)?;
            follows_nobody_back(view, group.id, ward)?;
            mobile(codex, group)
        }
        Task::LayMines { from, to, offset_m, count } => {
            within("mines", *count, 1, MINES_MOST)?;
            within("offset", *offset_m, 0, DISTANCE_MOST_M)?;
            line_exists(codex, view, *from, *to)?;
            let aboard = group.ships.iter().map(|ship| ship.mines).fold(0, i64::saturating_add);
            if aboard < *count && !waits {
                return Err(Refusal::NotEnoughMines { aboard, wanted: *count });
            }
            reach(*from)
        }
        Task::RecoverMines { field } => {
            let found = view.fields.iter().find(|one| one.id == *field);
            let Some(found) = found else { return Err(Refusal::NoSuchField) };
            reach(found.from)
        }
        Task::Load { group: other } => {
            if *other == group.id {
                return Err(Refusal::Itself);
            }
            let cargo = own(view, *other)?;
            let size = |ship: &ShipView| codex.class(ship.class).berth_size.max(1);
            let wanted = cargo.ships.iter().map(size).fold(0, i64::saturating_add);
            let berths = group.ships.iter().map(|ship| codex.class(ship.class).berths);
            let all = berths.fold(0, i64::saturating_add);
            let carried = carried(view, group).map(size).fold(0, i64::saturating_add);
            let used = if waits { 0 } else { carried };
            let free = (all - used).max(0);
            if free < wanted {
                return Err(Refusal::NotEnoughBerths { free, wanted });
            }
            if cargo.body != group.body && !waits {
                return Err(Refusal::NotTogether);
            }
            Ok(())
        }
        Task::Unload => {
            let carries = |ship: &ShipView| waits && codex.class(ship.class).berths > 0;
            let able = carried(view, group).next().is_some() || group.ships.iter().any(carries);
            able.then_some(()).ok_or(Refusal::NoShips)
        }
        Task::Land { body, sites } => {
            within("sites", i64::from(*sites), 1, i64::from(SITES_MOST))?;
            let ground = codex
                .chart
                .body(*body)
                .ok_or(Refusal::NoSuchBody)
                .map(|body| matches!(body.kind, BodyKind::Planet | BodyKind::Moon))?;
            if !ground || !group.ships.iter().any(|ship| codex.class(ship.class).lands) {
                return Err(Refusal::CannotLand);
            }
            reach(*body)
        }
        Task::Withdraw { to } => match to {
            Some(to) => reach(*to),
            None => mobile(codex, group),
        },
        Task::Detach { ships, name } => {
            within("name", name.chars().count() as i64, 1, 100)?;
            let has = |id: &ShipId| group.ships.iter().any(|ship| ship.id == *id);
            if ships.is_empty() || !ships.iter().all(has) {
                return Err(Refusal::NoSuchShip);
            }
            if group.ships.iter().all(|ship| ships.contains(&ship.id)) {
                return Err(Refusal::NoShips);
            }
            Ok(())
        }
        Task::Merge { into } => {
            if *into == group.id {
                return Err(Refusal::Itself);
            }
            let other = own(view, *into)?;
            if other.body == group.body { Ok(()) } else { mobile(codex, group) }
        }
        Task::Tow { ship, to } => {
            let tug = |one: &ShipView| codex.class(one.class).tractor && jumps(codex, one);
            if !group.ships.iter().any(tug) {
                return Err(Refusal::NoTractor);
            }
            let own = view.groups.iter().flat_map(|group| &group.ships).any(|one| one.id == *ship);
            if !own {
                return Err(Refusal::NoSuchShip);
            }
            body_exists(codex, *to)
        }
        Task::Patrol { body, altitude_m, points } => {
            within("altitude", *altitude_m, 0, DISTANCE_MOST_M)?;
            within("points", i64::from(*points), 2, 64)?;
            reach(*body)
        }
        Task::Salvage { body } => {
            let salvor = |one: &ShipView| codex.class(one.class).salvages();
            if !group.ships.iter().any(salvor) {
                return Err(Refusal::NoSalvor);
            }
            reach(*body)
        }
        Task::Depart { star } => {
            reach(*star)?;
            let is_star = codex.chart.body(*star).is_some_and(|body| body.kind == BodyKind::Star);
            if is_star { crosses_stars(codex, group) } else { Err(Refusal::NoLine) }
        }
    }
}

fn own(view: &View, id: GroupId) -> Result<&GroupView, Refusal> {
    view.groups.iter().find(|group| group.id == id).ok_or(Refusal::NoSuchGroup)
}

fn body_exists(codex: &Codex, body: BodyId) -> Result<(), Refusal> {
    codex.chart.body(body).map(|_| ()).ok_or(Refusal::NoSuchBody)
}

fn range(what: &str, least: i64, most: i64) -> Refusal {
    Refusal::OutOfRange { what: what.to_owned(), least, most }
}

fn within(what: &str, value: i64, least: i64, most: i64) -> Result<(), Refusal> {
    if (least..=most).contains(&value) { Ok(()) } else { Err(range(what, least, most)) }
}

/// A place must be above the ground, within reason, and its bearing a direction.
fn is_place(spot: Option<&Spot>) -> Result<(), Refusal> {
    let Some(spot) = spot else { return Ok(()) };
    within("altitude", spot.altitude_m, 0, DISTANCE_MOST_M)?;
    let [x, y, z] = [spot.bearing.x, spot.bearing.y, spot.bearing.z].map(i128::from);
    let length = i64::try_from((x * x + y * y + z * z).unsigned_abs().isqrt()).unwrap_or(i64::MAX);
    within("length of a bearing", length, 990_000, 1_010_000)
}

/// Can a ship jump by her own drives?
fn jumps(codex: &Codex, ship: &ShipView) -> bool {
    let class = codex.class(ship.class);
    class.drive.is_some() && i64::from(ship.parts.gravity_drives_lost) < class.gravity_drives.max(1)
}

/// Ships of a group that could move it. Those aboard others count: they will be put out.
fn mobile(codex: &Codex, group: &GroupView) -> Result<(), Refusal> {
    if group.ships.iter().any(|ship| jumps(codex, ship)) { Ok(()) } else { Err(Refusal::Immobile) }
}

fn crosses_stars(codex: &Codex, group: &GroupView) -> Result<(), Refusal> {
    let able = group.ships.iter().filter(|ship| ship.status != Status::Aboard).all(|ship| {
        codex.class(ship.class).drive.is_some_and(|drive| codex.drive(drive).drive.interstellar)
    });
    if able { Ok(()) } else { Err(Refusal::NoRoute) }
}

fn can_reach(codex: &Codex, group: &GroupView, to: BodyId) -> Result<(), Refusal> {
    body_exists(codex, to)?;
    if group.body == to {
        return Ok(());
    }
    mobile(codex, group)?;
    let system = |body: BodyId| codex.chart.body(body).map(|body| body.system);
    if system(group.body) == system(to) { Ok(()) } else { crosses_stars(codex, group) }
}

/// A line that is shut for now may open; one that cannot be is refused.
fn line_exists(codex: &Codex, view: &View, from: BodyId, to: BodyId) -> Result<(), Refusal> {
    body_exists(codex, from)?;
    body_exists(codex, to)?;
    match codex.chart.line(&codex.rules.navigation, from, to, view.now) {
        Ok(_) | Err(NoLine::Blocked { .. }) => Ok(()),
        Err(_) => Err(Refusal::NoLine),
    }
}

fn quarry_exists(codex: &Codex, view: &View, quarry: &Quarry) -> Result<(), Refusal> {
    match quarry {
        Quarry::Contact(id) => view
            .contacts
            .iter()
            .any(|one| one.id == *id)
            .then_some(())
            .ok_or(Refusal::NoSuchContact),
        Quarry::Class(class) => {
            (class.index() < codex.classes.len()).then_some(()).ok_or(Refusal::NoQuarry)
        }
        Quarry::Roles(_) => Ok(()),
    }
}

/// Ships of one's own that are aboard a group's ships.
fn carried<'a>(view: &'a View, group: &'a GroupView) -> impl Iterator<Item = &'a ShipView> {
    view.groups.iter().flat_map(|group| &group.ships).filter(|ship| {
        ship.carrier
            .is_some_and(|carrier| group.ships.binary_search_by_key(&carrier, |one| one.id).is_ok())
    })
}

/// Two groups that escort each other would stand for ever.
fn follows_nobody_back(view: &View, id: GroupId, ward: &GroupView) -> Result<(), Refusal> {
    let mut next = Some(ward);
    for _ in 0..view.groups.len().min(64) {
        let Some(group) = next else { return Ok(()) };
        if group.id == id {
            return Err(Refusal::Itself);
        }
        next = match group.tasks.first().map(|standing| &standing.task) {
            Some(Task::Escort { group: other }) => view.groups.iter().find(|one| one.id == *other),
            _ => None,
        };
    }
    Ok(())
}
