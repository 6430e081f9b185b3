//! The law put together, and the world as it stands when the war opens.

use jumpline_measure::{Calendar, PersonId, PowerId, ShipId, Span, Time};
use jumpline_world::law::{Codex, Forces, Law, Plan, Regard};
use jumpline_world::muster::Booking;
use jumpline_world::state::{Fate, Person, State, Status};

use crate::codes;
use crate::problem::finding;
use crate::read::Reading;
use crate::read::fleet::Dates;
use crate::shape::record::Record;
use crate::text::quote::quoted;

/// Most turns between the opening and the end.
const TURNS_MAX: i64 = 1_000_000;

/// When the war opens and ends; judged against each other and against the turn.
pub(crate) fn dates(reading: &Reading, scenario: &Record) -> Dates {
    let begins = Time(scenario.whole("begins"));
    // A faulty end has been reported; no other date is then called late.
    let ends = Time(scenario.maybe_whole("ends").unwrap_or(i64::MAX));
    if scenario.has("ends") && ends <= begins {
        let message = "the war ends before it begins";
        reading.note(finding(&codes::DATE_ORDER, scenario.place_of("ends"), message));
    }
    let turn = scenario.whole("turn").max(1);
    if scenario.has("ends") && ends.0.saturating_sub(begins.0) / turn > TURNS_MAX {
        let message = format!("the war has more than {TURNS_MAX} turns");
        let hint = "end it sooner or make the turn longer";
        reading.note(finding(&codes::COUNT, scenario.place_of("ends"), message).hint(hint));
    }
    Dates { begins, ends }
}

/// The law from its parts.
pub(crate) fn law(
    key: &str,
    scenario: &Record,
    calendar: Calendar,
    dates: Dates,
    codex: Codex,
    plan: Plan,
) -> Law {
    Law {
        key: key.to_owned(),
        title: scenario.string("title"),
        calendar,
        begins: dates.begins,
        ends: dates.ends,
        turn: Span(scenario.whole("turn")),
        codex,
        plan,
    }
}

/// Is there anything to play?
pub(crate) fn playable(
    reading: &Reading,
    codex: &Codex,
    forces: &[Forces],
    regards: &[Vec<Regard>],
) {
    let at = reading.root.record("scenario").map_or(reading.root.place, |record| record.place);
    let missing = [
        (codex.chart.systems.is_empty(), "the scenario has no system", "add [system.some-key]"),
        (codex.powers.is_empty(), "the scenario has no power", "add [power.some-key]"),
        (forces.is_empty(), "no force stands at the opening", "add [force.some-key]"),
    ];
    for (is_missing, message, hint) in missing {
        if is_missing {
            reading.note(finding(&codes::NOTHING_TO_PLAY, at, message).hint(hint));
        }
    }
    if codex.powers.is_empty() {
        return;
    }
    if !regards.iter().flatten().any(|regard| *regard == Regard::Hostile) {
        let found = finding(&codes::SUSPECT, at, "no two powers are hostile to each other");
        reading.note(found.hint("add [[relation]] with regard = \"hostile\""));
    }
    for (number, (key, _)) in reading.entities("power").enumerate() {
        let power = PowerId::from_index(number);
        let has_yards = codex.powers.get(number).is_some_and(|power| !power.yards.is_empty());
        let has_ships = ["force", "arrival"].iter().any(|section| {
            reading
                .entities(section)
                .any(|(_, record)| record.maybe_ref("power") == Some(power.index()))
        });
        if !has_yards && !has_ships {
            let message = format!("{} has neither ships nor yards", quoted(&key.text));
            reading.note(finding(&codes::UNUSED, key.place, message));
        }
    }
}

/// The state at the opening: ships mustered, people aboard, regards set. What is due is for
/// the first turn to put in the queue. `None`
/// if a force cannot be mustered, which is noted.
pub(crate) fn state(
    reading: &Reading,
    law: &Law,
    forces: &[Forces],
    regards: Vec<Vec<Regard>>,
) -> Option<State> {
    let mut state = State::new(law, 0);
    state.regards = regards;
    let mut first_ships = Vec::with_capacity(forces.len());
    for (force, (key, record)) in forces.iter().zip(reading.entities("force")) {
        first_ships.push(state.ships.len());
        match state.muster(law, force, law.begins, Booking::Opening) {
            Ok(mustered) => {
                let groups = mustered.aboard.iter();
                let left_out = groups
                    .flat_map(|group| state.ships_of(*group))
                    .filter(|ship| ship.status != Status::Aboard)
                    .count();
                if left_out > 0 {
                    let message =
                        format!("{left_out} ships of {} find no berth whole", quoted(&key.text));
                    let hint = "the free berths are spread over carriers too small for them";
                    reading
                        .note(finding(&codes::COUNT, record.place_of("ships"), message).hint(hint));
                }
            }
            Err(error) => {
                reading.note(finding(&codes::COUNT, record.place_of("ships"), error.to_string()));
            }
        }
    }
    first_ships.push(state.ships.len());
    people(reading, &mut state, &first_ships);
    reading.is_sound().then_some(state)
}

fn people(reading: &Reading, state: &mut State, first_ships: &[usize]) {
    for (key, record) in reading.entities("person") {
        let force = record.reference("force");
        let range = first_ships.get(force).zip(first_ships.get(force + 1));
        let ships = range.and_then(|(from, to)| state.ships.get(*from..*to)).unwrap_or(&[]);
        let class =
            record.maybe_ref("class").or_else(|| ships.first().map(|ship| ship.class.index()));
        let nth = usize::try_from(record.whole("ship")).unwrap_or(usize::MAX);
        let of_class = || ships.iter().filter(|ship| Some(ship.class.index()) == class);
        let Some(ship) = of_class().nth(nth).map(|ship| ship.id) else {
            let message =
                format!("{} is aboard a ship that the force does not have", quoted(&key.text));
            let hint = format!("it has {} ships of that class, counted from 0", of_class().count());
            let key = if record.whole("ship") > 0 { "ship" } else { "class" };
            reading.note(finding(&codes::COUNT, record.place_of(key), message).hint(hint));
            continue;
        };
        state.people.push(person(state.people.len(), &key.text, record, ship, state.now));
    }
}

fn person(number: usize, key: &str, record: &Record, ship: ShipId, now: Time) -> Person {
    Person {
        id: PersonId::from_index(number),
        key: key.to_owned(),
        name: record.string("name"),
        power: PowerId::from_index(record.reference("power")),
        role: record.string("role"),
        station: record.string("station"),
        skill_permille: record.whole("skill_permille"),
        fate: Fate::Aboard(ship),
        wounds_permille: 0,
        since: now,
        memories: Vec::new(),
    }
}
