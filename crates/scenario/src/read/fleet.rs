//! Forces and arrivals from their records: who, what, where, and whether it all fits.

use jumpline_chart::{BodyKind, NoLine, Spot};
use jumpline_measure::{Bearing, BodyId, ClassId, DoctrineId, PowerId, Time, Vec3m};
use jumpline_world::law::{Arrival, Codex, ForceShips, Forces};

use crate::codes;
use crate::problem::finding;
use crate::read::Reading;
use crate::read::force::{GROUPS_MAX, SHIPS_MAX};
use crate::shape::record::{MapKey, Record};
use crate::text::quote::quoted;

/// When the war opens and ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dates {
    pub(crate) begins: Time,
    pub(crate) ends: Time,
}

/// Ships and groups counted so far.
#[derive(Debug, Default)]
struct Totals {
    ships: i64,
    groups: i64,
    people: i128,
}

/// All forces that stand at the opening, by id, and all arrivals, in the order written.
pub(crate) fn build(reading: &Reading, codex: &Codex, dates: Dates) -> (Vec<Forces>, Vec<Arrival>) {
    let mut totals = Totals::default();
    let mut forces = Vec::new();
    for (key, record) in reading.entities("force") {
        let body = BodyId::from_index(record.reference("body"));
        let spot =
            record.record("spot").map(|spot| place(reading, codex, body, spot, dates.begins));
        let made =
            force(reading, codex, (key, record), body, spot.unwrap_or_default(), &mut totals);
        forces.push(made);
    }
    let mut arrivals = Vec::new();
    for (key, record) in reading.written("arrival") {
        if reading.ids.number("force", &key.text).is_some() {
            let message = format!("{} is a force already", quoted(&key.text));
            reading.note(
                finding(&codes::ID_CASE, key.place, message)
                    .hint("arrivals and forces share their keys"),
            );
        }
        arrivals.push(arrival(reading, codex, (key, record), dates, &mut totals));
    }
    (forces, arrivals)
}

fn force(
    reading: &Reading,
    codex: &Codex,
    (key, record): (&MapKey, &Record),
    body: BodyId,
    spot: Spot,
    totals: &mut Totals,
) -> Forces {
    let classes_known = reading.is_clean(&["class"]);
    let mut ships = Vec::new();
    for written in record.records("ships") {
        let count = written.whole("count");
        let class = ClassId::from_index(written.reference("class"));
        let names = written.texts("names");
        if names.len() as i64 > count {
            let message = format!("{} names for {count} ships", names.len());
            reading.note(finding(&codes::COUNT, written.place_of("names"), message));
        }
        let mines = written.whole("mines");
        let made = codex.classes.get(class.index()).filter(|_| classes_known);
        if let Some(made) = made.filter(|made| mines > made.mines) {
            let message = format!("a {} carries {} mines at most", made.name, made.mines);
            reading.note(finding(&codes::COUNT, written.place_of("mines"), message));
        }
        totals.ships = totals.ships.saturating_add(count);
        totals.people += i128::from(count) * i128::from(made.map_or(0, |made| made.crew));
        let count = u32::try_from(count).unwrap_or(0);
        ships.push(ForceShips { class, count, names, aboard: written.flag("aboard"), mines });
    }
    let split = record.whole("split");
    for aboard in [false, true] {
        let in_part: i64 = counted(&ships, aboard);
        totals.groups +=
            if split > 0 { in_part.saturating_add(split - 1) / split } else { in_part.min(1) };
    }
    if classes_known && record.is_clean {
        berths(reading, codex, record, &ships);
    }
    if totals.ships > SHIPS_MAX {
        let message = format!("the scenario has more than {SHIPS_MAX} ships with this force");
        reading.note(finding(&codes::COUNT, record.place_of("ships"), message));
        totals.ships = i64::MIN / 2;
    }
    if totals.groups > GROUPS_MAX {
        let message = format!("the scenario has more than {GROUPS_MAX} groups with this force");
        reading.note(finding(&codes::COUNT, record.place_of("split"), message));
        totals.groups = i64::MIN / 2;
    }
    if totals.people > 1_000_000_000_000_000 {
        let message = "the scenario's crews are more people than can be counted";
        reading.note(finding(&codes::COUNT, record.place_of("ships"), message));
        totals.people = i128::MIN / 2;
    }
    Forces {
        key: key.text.clone(),
        name: record.string("name"),
        power: PowerId::from_index(record.reference("power")),
        tags: record.texts("tags"),
        body,
        spot,
        split: u32::try_from(split).unwrap_or(0),
        doctrine: record.maybe_ref("doctrine").map(DoctrineId::from_index),
        ships,
    }
}

fn counted(ships: &[ForceShips], aboard: bool) -> i64 {
    let part = ships.iter().filter(|ships| ships.aboard == aboard);
    part.fold(0, |sum, ships| sum + i64::from(ships.count))
}

/// What is aboard must find room in what stands.
fn berths(reading: &Reading, codex: &Codex, record: &Record, ships: &[ForceShips]) {
    if counted(ships, true) == 0 {
        return;
    }
    if counted(ships, false) == 0 {
        let message = "every ship of the force is aboard another: nothing carries them";
        let found = finding(&codes::CYCLE, record.place_of("ships"), message);
        reading.note(found.hint("leave `aboard` out for the carriers"));
        return;
    }
    let mut wanted = 0i128;
    let mut free = 0i128;
    let mut greatest = 0;
    for part in ships {
        let Some(class) = codex.classes.get(part.class.index()) else { continue };
        if part.aboard {
            wanted += i128::from(class.berth_size) * i128::from(part.count);
        } else {
            free += i128::from(class.berths) * i128::from(part.count);
            greatest = greatest.max(class.berths);
        }
    }
    if wanted > free {
        let message = format!("{wanted} berths are wanted aboard and {free} are there");
        reading.note(finding(&codes::COUNT, record.place_of("ships"), message));
    }
    for (part, written) in ships.iter().zip(record.records("ships")) {
        let Some(class) = codex.classes.get(part.class.index()) else { continue };
        if part.aboard && class.berth_size > greatest {
            let message = format!(
                "a {} takes {} berths and the largest carrier of the force has {greatest}",
                class.name, class.berth_size
            );
            reading.note(finding(&codes::COUNT, written.place_of("class"), message));
        }
    }
}

fn arrival(
    reading: &Reading,
    codex: &Codex,
    (key, record): (&MapKey, &Record),
    dates: Dates,
    totals: &mut Totals,
) -> Arrival {
    let at = Time(record.whole("at"));
    if record.has("at") && !(dates.begins <= at && at < dates.ends) {
        let message = format!("{} arrives outside the war", quoted(&key.text));
        reading.note(finding(&codes::DATE_ORDER, record.place_of("at"), message));
    }
    let from = BodyId::from_index(record.reference("from"));
    let body = BodyId::from_index(record.reference("body"));
    if record.is_clean && reading.is_clean(&["system", "body"]) {
        line(reading, codex, record, (from, body), at);
    }
    let mut forces = force(reading, codex, (key, record), body, Spot::default(), totals);
    forces.spot = match record.record("spot") {
        Some(spot) => place(reading, codex, body, spot, at),
        None => braking(codex, &forces, from, at),
    };
    Arrival { at, from, forces }
}

/// Arrivals come along a line between stars.
fn line(reading: &Reading, codex: &Codex, record: &Record, (from, to): (BodyId, BodyId), at: Time) {
    for (key, id) in [("from", from), ("body", to)] {
        let Some(body) = codex.chart.body(id) else { continue };
        if body.kind != BodyKind::Star {
            let message = format!("{} is not a star", quoted(&body.key));
            let hint = "lines between systems begin and end at stars";
            reading.note(finding(&codes::WRONG_KIND, record.place_of(key), message).hint(hint));
            return;
        }
    }
    let same = codex.chart.body(from).map(|b| b.system) == codex.chart.body(to).map(|b| b.system);
    if same {
        let message = "the force arrives from within the same system";
        reading.note(finding(&codes::PLACE, record.place_of("from"), message));
        return;
    }
    match codex.chart.line(&codex.rules.navigation, from, to, at) {
        Ok(_) => {}
        Err(NoLine::Blocked { by }) => {
            let by = codex.chart.body(by).map_or("a body", |body| &body.key);
            let message = format!("at that time {} stands in the way", quoted(by));
            reading.note(finding(&codes::SUSPECT, record.place_of("from"), message));
        }
        Err(reason) => {
            let message = format!("no line leads there: {reason}");
            reading.note(finding(&codes::PLACE, record.place_of("from"), message));
        }
    }
}

/// Where a force comes out if the scenario does not say: the braking spot of its slowest drive.
fn braking(codex: &Codex, forces: &Forces, from: BodyId, at: Time) -> Spot {
    let drives = forces.ships.iter().filter(|ships| !ships.aboard).filter_map(|ships| {
        let drive = codex.classes.get(ships.class.index())?.drive?;
        codex.drives.get(drive.index())
    });
    match drives.min_by_key(|law| law.drive.rating_permille) {
        Some(law) => {
            codex.chart.braking_spot(&codex.rules.navigation, from, forces.body, at, &law.drive)
        }
        None => codex.chart.mouth(&codex.rules.navigation, forces.body, from, at),
    }
}

/// A spot as it is at a time.
pub(crate) fn place(
    reading: &Reading,
    codex: &Codex,
    body: BodyId,
    spot: &Record,
    at: Time,
) -> Spot {
    let by_circle = spot.has("longitude_udeg") || spot.has("latitude_udeg");
    let ways = [spot.has("toward"), by_circle, spot.has("bearing")];
    let given = ways.iter().filter(|way| **way).count();
    if given != 1 && spot.is_clean {
        let message = match given {
            0 => "the spot has a height and no direction",
            _ => "the spot has more than one direction",
        };
        let hint = "give one of `toward`, `longitude_udeg` (with `latitude_udeg`), `bearing`";
        reading.note(finding(&codes::RULES, spot.place, message).hint(hint));
    }
    let mut direction = [1.0, 0.0, 0.0];
    if let Some(toward) = spot.maybe_ref("toward") {
        let toward = BodyId::from_index(toward);
        if toward == body && spot.is_clean {
            let message = "a body has no direction from itself";
            reading.note(finding(&codes::CYCLE, spot.place_of("toward"), message));
        }
        direction = floats(&codex.chart.heading(body, toward, at));
    } else if by_circle {
        let longitude = radians(spot.whole("longitude_udeg"));
        let latitude = radians(spot.whole("latitude_udeg"));
        let flat = libm::cos(latitude);
        direction = [flat * libm::cos(longitude), flat * libm::sin(longitude), libm::sin(latitude)];
    } else if spot.has("bearing") {
        let axes: Vec<i64> = spot.list("bearing").iter().filter_map(|item| item.whole()).collect();
        let vector = match axes.as_slice() {
            [x, y, z] => Vec3m::new(*x, *y, *z),
            _ => Vec3m::new(1, 0, 0),
        };
        match Bearing::from_vec(vector) {
            Some(bearing) => direction = floats(&bearing),
            None => {
                let message = "a bearing of no length points nowhere";
                reading.note(finding(&codes::RULES, spot.place_of("bearing"), message));
            }
        }
    }
    let (east, north) = (spot.whole("east_udeg"), spot.whole("north_udeg"));
    if east != 0 || north != 0 {
        direction = turned(direction, radians(east), radians(north));
    }
    let long = direction.map(|axis| libm::round(axis * 1e9) as i64);
    let bearing = Bearing::from_vec(Vec3m::new(long[0], long[1], long[2])).unwrap_or_default();
    Spot::new(spot.whole("altitude_m"), bearing)
}

fn floats(bearing: &Bearing) -> [f64; 3] {
    [bearing.x, bearing.y, bearing.z].map(|axis| f64::from(axis) / 1e6)
}

fn radians(udeg: i64) -> f64 {
    udeg as f64 / 180e6 * std::f64::consts::PI
}

/// A unit direction turned eastward (along the equator) and then northward, each by an angle on the sphere.
fn turned(direction: [f64; 3], east: f64, north: f64) -> [f64; 3] {
    let [x, y, _] = direction;
    let flat = libm::sqrt(x * x + y * y);
    // Straight over a pole every way is south; the second axis then counts as east.
    let side = if flat < 1e-9 { [0.0, 1.0, 0.0] } else { [-y / flat, x / flat, 0.0] };
    let turn = |a: [f64; 3], b: [f64; 3], angle: f64| {
        let (sin, cos) = (libm::sin(angle), libm::cos(angle));
        [0, 1, 2].map(|axis| a[axis] * cos + b[axis] * sin)
    };
    let there = turn(direction, side, east);
    let side = turn(side, direction.map(|axis| -axis), east);
    let up = cross(there, side);
    turn(there, up, north)
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milli(direction: [f64; 3]) -> [i64; 3] {
        direction.map(|axis| libm::round(axis * 1e3) as i64)
    }

    #[test]
    fn east_and_north_turn_on_the_sphere() {
        let quarter = std::f64::consts::FRAC_PI_2;
        assert_eq!(milli(turned([1.0, 0.0, 0.0], quarter, 0.0)), [0, 1000, 0]);
        assert_eq!(milli(turned([1.0, 0.0, 0.0], 0.0, quarter)), [0, 0, 1000]);
        assert_eq!(milli(turned([0.0, 1.0, 0.0], quarter, 0.0)), [-1000, 0, 0]);
        assert_eq!(milli(turned([0.0, 0.0, 1.0], quarter, 0.0)), [0, 1000, 0]);
        let there = turned([0.6, 0.0, 0.8], 0.3, -0.2);
        let length = there[0] * there[0] + there[1] * there[1] + there[2] * there[2];
        assert!((length - 1.0).abs() < 1e-12);
    }
}
