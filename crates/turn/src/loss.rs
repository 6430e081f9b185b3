//! Loss: a ship is no more. Everything that comes of it is done here, once: the account, the wreck, those aboard, her
//! group's list, named people, the event.
//!
//! Shared by every phase in which ships die. Refuses to judge who killed her: callers say.

use crate::castaways;
use crate::covers;
use crate::people;
use crate::stage::Stage;
use jumpline_chart::{BodyKind, Spot};
use jumpline_measure::{BodyId, EngagementId, EventId, PowerId, Purpose, ShipId};
use jumpline_world::ledger::finite_shots;
use jumpline_world::state::{Refuge, Ship, Status};
use jumpline_world::{Cause, How, What};

/// How and where a ship is lost.
pub(crate) struct Loss {
    pub ship: ShipId,
    pub how: How,
    pub by: Option<ShipId>,
    pub engagement: Option<EngagementId>,
    /// Where in the body's space, if that is known: decides whether the wreck falls.
    pub spot: Option<Spot>,
    pub because: Vec<Cause>,
}

/// What becomes of those aboard when the ship is gone.
enum Wreck {
    /// Nothing is left.
    Gone,
    /// A wreck drifts with people in powered compartments.
    Adrift(i64),
    /// It came down on the body, with survivors.
    Crashed(i64),
}

/// Strikes a ship out of the war. Ships aboard her die with her.
pub(crate) fn lose(stage: &mut Stage, loss: Loss) -> Option<EventId> {
    let Loss { ship: id, how, by, engagement, spot, because } = loss;
    if !stage.ship(id).exists() {
        return None;
    }
    let ship = stage.ship(id).clone();
    let boats = boats(stage, id, how);
    let wreck = wreck(stage, id, how, ship.body, spot.as_ref(), ship.people - boats);
    let in_wreck = match wreck {
        Wreck::Gone => 0,
        Wreck::Adrift(alive) | Wreck::Crashed(alive) => alive,
    };
    let survivors = boats + in_wreck;
    let dead = ship.people - survivors;
    let account = &mut stage.state.ledger;
    let power = ship.power;
    account.row(power, ship.class).lost += 1;
    account.people[power.index()].spent += dead;
    account.people[power.index()].apart += survivors;
    account.mines[power.index()].apart += ship.mines;
    account.shots[power.index()].apart += finite_shots(&ship.shots);
    let event = stage.tell(
        Some(ship.body),
        What::ShipLost {
            ship: id,
            power,
            class: ship.class,
            group: ship.group,
            how,
            by,
            people: dead,
            survivors,
            engagement,
        },
        because,
    );
    let carried: Vec<ShipId> = stage.aboard(id).to_vec();
    for passenger in carried {
        let because = vec![Cause::Event(event)];
        let loss = Loss { ship: passenger, how: How::Carrier, by, engagement, spot: None, because };
        lose(stage, loss);
    }
    if ship.carrier.is_some() {
        stage.disembark(id);
    }
    stage.place(id, Status::Lost, ship.body);
    stage.strike_off(id);
    let record = stage.ship_mut(id);
    record.people = 0;
    record.mines = 0;
    record.transit = None;
    record.engagement = None;
    record.carrier = None;
    if let Wreck::Crashed(alive) = wreck {
        let what = What::CrashLanded { ship: id, power, class: ship.class, survivors: alive };
        stage.tell(Some(ship.body), what, vec![Cause::Event(event)]);
    }
    leave_behind(stage, &ship, &wreck, boats, spot, event);
    covers::lost(stage, id);
    let fate = match wreck {
        Wreck::Gone => people::End::Gone,
        Wreck::Adrift(_) => people::End::Adrift,
        Wreck::Crashed(_) => people::End::Crashed(ship.body),
    };
    let boats_permille = boats * 1_000 / ship.people.max(1);
    people::ship_lost(stage, id, fate, boats_permille, event);
    Some(event)
}

/// How many get away in boats: of a ship struck down those who reach them in time, of one that falls or is given up all whom the
/// boats can carry.
fn boats(stage: &Stage, id: ShipId, how: How) -> i64 {
    let people = stage.ship(id).people;
    let places = stage.class_of(id).boats.clamp(0, people.max(0));
    match how {
        How::Star | How::Scuttled => places,
        // Hours of falling are time enough; a blow in the air is not.
        How::Air if stage.ship(id).falls.is_some() => places,
        How::Weapon(_) | How::Field | How::Ram | How::Mine | How::Blast | How::Air => {
            let most = stage.codex.rules.wrecks.boats_permille.clamp(0, 1_000);
            let share = stage.roll(Purpose::Survive, u64::from(id.0), 2).between(0, most);
            (people * share / 1_000).min(places)
        }
        How::Struck | How::Carrier => 0,
    }
}

/// Notes what is left of a ship: people in boats and compartments, hull that can be cut out.
fn leave_behind(
    stage: &mut Stage,
    ship: &Ship,
    wreck: &Wreck,
    boats: i64,
    spot: Option<Spot>,
    event: EventId,
) {
    let spot = spot.unwrap_or_else(|| stage.group(ship.group).spot);
    let rules = &stage.codex.rules.wrecks;
    let hull = stage.class_of(ship.id).hull.saturating_mul(rules.salvage_permille.max(0)) / 1_000;
    // Less than one part's worth is not worth anybody's while.
    let hull = if hull < rules.part_points { 0 } else { hull };
    match wreck {
        Wreck::Gone => {}
        Wreck::Adrift(alive) => {
            castaways::note(stage, ship, Refuge::Hulk, *alive, hull, spot);
        }
        Wreck::Crashed(alive) => {
            castaways::note(stage, ship, Refuge::Ground, *alive, 0, Spot::new(0, spot.bearing));
        }
    }
    if boats > 0 {
        // Of a falling ship they left while she was still high.
        let from = if ship.falls.is_some() { stage.group(ship.group).spot } else { spot };
        castaways::note(stage, ship, Refuge::Boats, boats, 0, from);
        let (power, class) = (ship.power, ship.class);
        let what = What::BoatsLeft { ship: ship.id, power, class, people: boats };
        stage.tell(Some(ship.body), what, vec![Cause::Event(event)]);
        castaways::send_boats(stage, ship.id);
    }
}

/// The power that holds a body.
pub(crate) fn holder(stage: &Stage, body: BodyId) -> Option<PowerId> {
    let found = stage.codex.powers.iter().position(|power| power.holds.contains(&body));
    found.map(PowerId::from_index)
}

/// Draws what is left: a wreck only of ships broken by fire or a blow, and it falls when it is low over ground.
fn wreck(
    stage: &Stage,
    id: ShipId,
    how: How,
    body: BodyId,
    spot: Option<&Spot>,
    people: i64,
) -> Wreck {
    if !matches!(how, How::Weapon(_) | How::Ram | How::Blast | How::Field | How::Air) {
        return Wreck::Gone;
    }
    let rules = &stage.codex.rules.wrecks;
    let roll = |n| stage.roll(Purpose::Survive, u64::from(id.0), n);
    if i64::from(roll(0).permille()) >= rules.wreck_permille {
        return Wreck::Gone;
    }
    let share = roll(1).between(0, rules.survivors_permille.clamp(0, 1_000));
    let alive = people * share / 1_000;
    let grounded = stage.codex.chart.body(body).is_some_and(|body| {
        matches!(body.kind, BodyKind::Planet | BodyKind::Moon)
            && spot.is_some_and(|spot| spot.altitude_m < rules.fall_altitude_m)
    });
    if !grounded {
        return Wreck::Adrift(alive);
    }
    let crash = stage.roll(Purpose::Crash, u64::from(id.0), 0);
    if i64::from(crash.permille()) < rules.crash_landing_permille {
        Wreck::Crashed(alive * rules.crash_survival_permille.clamp(0, 1_000) / 1_000)
    } else {
        Wreck::Gone
    }
}

/// Takes a ship out of the theatre alive, with everything aboard.
pub(crate) fn depart(stage: &mut Stage, id: ShipId, because: Vec<Cause>) {
    let ship = stage.ship(id).clone();
    let carried: Vec<ShipId> = stage.aboard(id).to_vec();
    for passenger in carried {
        depart(stage, passenger, because.clone());
    }
    if ship.carrier.is_some() {
        stage.disembark(id);
    }
    let power = ship.power;
    let account = &mut stage.state.ledger;
    account.row(power, ship.class).departed += 1;
    account.people[power.index()].departed += ship.people;
    account.mines[power.index()].departed += ship.mines;
    account.shots[power.index()].departed += finite_shots(&ship.shots);
    let what = What::Departed { ship: id, power, class: ship.class };
    let event = stage.tell(Some(ship.body), what, because);
    stage.place(id, Status::Departed, ship.body);
    stage.strike_off(id);
    stage.ship_mut(id).transit = None;
    people::ship_departed(stage, id, event);
}
