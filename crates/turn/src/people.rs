//! Named people: what befalls them when their ship is hurt, lost or gone.

use crate::stage::Stage;
use jumpline_measure::{BodyId, EventId, PersonId, Purpose, ShipId};
use jumpline_world::law::Part;
use jumpline_world::state::Fate;
use jumpline_world::{Cause, What};

/// How their ship ended.
#[derive(Clone, Copy)]
pub(crate) enum End {
    Gone,
    Adrift,
    Crashed(BodyId),
}

fn aboard(stage: &Stage, ship: ShipId) -> Vec<PersonId> {
    let on = |person: &&jumpline_world::state::Person| person.fate == Fate::Aboard(ship);
    stage.state.people.iter().filter(on).map(|person| person.id).collect()
}

/// Is anybody with a name aboard?
pub(crate) fn has_any(stage: &Stage, ship: ShipId) -> bool {
    stage.state.people.iter().any(|person| person.fate == Fate::Aboard(ship))
}

fn befall(stage: &mut Stage, id: PersonId, fate: Fate, wounds_permille: i64, event: EventId) {
    let now = stage.now;
    let person = &mut stage.state.people[id.index()];
    let (power, changed) = (person.power, person.fate != fate);
    person.fate = fate;
    person.wounds_permille = wounds_permille.clamp(0, 1_000);
    if changed {
        person.since = now;
    }
    person.memories.push(event);
    let wounds_permille = person.wounds_permille;
    let what = What::Person { person: id, power, fate, wounds_permille };
    stage.tell(None, what, vec![Cause::Event(event)]);
}

/// How a station stands when a hull breaks, permille of the common chance: the middle of a ship is the safest.
fn shelter_permille(station: &str) -> i64 {
    match station {
        "midships" => 1_500,
        "bridge" | "fore" => 800,
        _ => 1_000,
    }
}

/// Their ship is lost: the station and the dice decide who lives.
pub(crate) fn ship_lost(
    stage: &mut Stage,
    ship: ShipId,
    end: End,
    boats_permille: i64,
    event: EventId,
) {
    for id in aboard(stage, ship) {
        let (wounds, station) = {
            let person = &stage.state.people[id.index()];
            (person.wounds_permille, shelter_permille(&person.station))
        };
        let rules = &stage.codex.rules.wrecks;
        let chance = match end {
            End::Gone => 0,
            End::Adrift => rules.survivors_permille,
            End::Crashed(_) => rules.survivors_permille * rules.crash_survival_permille / 1_000,
        };
        // The wounded move slower than the whole.
        let chance = chance * station / 1_000 * (1_000 - wounds) / 1_000;
        // First the boats, then what is left of the ship.
        let boat = i64::from(stage.roll(Purpose::Person, u64::from(id.0), 3).permille());
        let in_boat = boats_permille > 0 && boat < boats_permille;
        let lives = in_boat
            || i64::from(stage.roll(Purpose::Person, u64::from(id.0), 0).permille()) < chance;
        let hurt = stage.roll(Purpose::Person, u64::from(id.0), 1).between(0, 500);
        let (fate, wounds) = match (lives, end) {
            (true, _) if in_boat => (Fate::Adrift(ship), wounds),
            (true, End::Adrift) => (Fate::Adrift(ship), wounds + hurt),
            (true, End::Crashed(body)) => (Fate::Ground(body), wounds + hurt),
            _ => (Fate::Dead, 1_000),
        };
        befall(stage, id, fate, wounds.min(if lives { 900 } else { 1_000 }), event);
    }
}

/// Those who are adrift after a ship's end.
fn castaways(stage: &Stage, ship: ShipId) -> Vec<PersonId> {
    let of = |person: &&jumpline_world::state::Person| person.fate == Fate::Adrift(ship);
    stage.state.people.iter().filter(of).map(|person| person.id).collect()
}

/// A friend took up what was left of a ship's people.
pub(crate) fn taken_up(stage: &mut Stage, ship: ShipId, by: ShipId, event: EventId) {
    for id in castaways(stage, ship) {
        let wounds = stage.state.people[id.index()].wounds_permille;
        befall(stage, id, Fate::Aboard(by), wounds, event);
    }
}

/// Nobody came for what was left of a ship's people.
pub(crate) fn given_up(stage: &mut Stage, ship: ShipId, event: EventId) {
    for id in castaways(stage, ship) {
        befall(stage, id, Fate::Dead, 1_000, event);
    }
}

/// Their ship left the theatre.
pub(crate) fn ship_departed(stage: &mut Stage, ship: ShipId, event: EventId) {
    for id in aboard(stage, ship) {
        let wounds = stage.state.people[id.index()].wounds_permille;
        befall(stage, id, Fate::Away, wounds, event);
    }
}

/// A part of their ship broke: those stationed by it may be hurt.
pub(crate) fn part_lost(stage: &mut Stage, ship: ShipId, part: Part, event: EventId) {
    if stage.state.people.is_empty() {
        return;
    }
    for id in aboard(stage, ship) {
        let person = &stage.state.people[id.index()];
        let near = match part {
            Part::Bridge => person.station == "bridge",
            Part::Gun | Part::Sensor => person.station == "fore",
            Part::Engine | Part::GravityDrive => person.station == "aft",
            Part::Emitter | Part::Pylon | Part::Hangar => person.station == "midships",
        };
        let (wounds, fate) = (person.wounds_permille, person.fate);
        let roll = stage.roll(Purpose::Person, u64::from(id.0), 2);
        if near && roll.permille() < 500 {
            let hurt = i64::from(roll.word(2) % 300);
            befall(stage, id, fate, (wounds + hurt).min(900), event);
        }
    }
}

/// Their ship was in something worth remembering.
pub(crate) fn remember(stage: &mut Stage, ship: ShipId, event: EventId) {
    if stage.state.people.is_empty() {
        return;
    }
    for id in aboard(stage, ship) {
        stage.state.people[id.index()].memories.push(event);
    }
}
