//! What every power may know: weapons, drives, doctrines, classes, powers, alliances, made from their records.

use jumpline_chart::{Chart, Drive};
use jumpline_measure::PowerId;
use jumpline_world::law::{
    Alliance, Class, Codex, Doctrine, DriveLaw, Power, Regard, Rules, Weapon,
};
use serde::de::DeserializeOwned;

use crate::codes;
use crate::problem::finding;
use crate::read::{Reading, attrition};
use crate::shape::record::Checked;
use crate::text::quote::quoted;
use crate::texts::Place;

/// The codex. What could not be made is left out; the caller keeps nothing if anything was noted.
pub(crate) fn build(reading: &Reading, rules: Rules, chart: Chart) -> Codex {
    let weapons: Vec<Weapon> = all(reading, "weapon");
    let mut doctrines: Vec<Doctrine> = all(reading, "doctrine");
    for doctrine in &mut doctrines {
        if doctrine.name.is_empty() {
            doctrine.name.clone_from(&doctrine.key);
        }
    }
    let classes: Vec<Class> = all(reading, "class");
    let powers: Vec<Power> = all(reading, "power");
    let mut codex = Codex {
        rules,
        chart,
        weapons,
        drives: drives(reading),
        doctrines,
        classes,
        powers,
        alliances: alliances(reading),
        attrition: Default::default(),
    };
    if reading.is_clean(&["class", "weapon", "drive", "doctrine"]) {
        codex.attrition = attrition::build(reading, &codex);
    }
    doctrines_agree(reading);
    if reading.is_clean(&["class", "weapon", "drive", "doctrine"]) {
        classes_agree(reading, &codex);
    }
    powers_agree(reading);
    codex
}

fn all<T: DeserializeOwned>(reading: &Reading, section: &str) -> Vec<T> {
    let entries = reading.entities(section);
    entries.filter_map(|(key, record)| reading.made(record, Some(&key.text))).collect()
}

fn drives(reading: &Reading) -> Vec<DriveLaw> {
    let entries = reading.entities("drive");
    entries
        .map(|(key, record)| DriveLaw {
            key: key.text.clone(),
            name: record.string("name"),
            drive: Drive {
                rating_permille: record.whole("rating_permille"),
                charge_ms: record.whole("charge_ms"),
                agility_mps: record.whole("agility_mps"),
                interstellar: record.flag("interstellar"),
                brake_reserve_permille: record.whole("brake_reserve_permille"),
            },
        })
        .collect()
}

fn alliances(reading: &Reading) -> Vec<Alliance> {
    let mut out = Vec::new();
    for (key, record) in reading.written("alliance") {
        let members: Vec<PowerId> =
            record.refs("members").into_iter().map(PowerId::from_index).collect();
        let leader = record.maybe_ref("leader").map(PowerId::from_index);
        if record.is_clean && leader.is_some_and(|leader| !members.contains(&leader)) {
            let message = format!("the leader of {} is not among its members", quoted(&key.text));
            reading.note(finding(&codes::RULES, record.place_of("leader"), message));
        }
        out.push(Alliance { key: key.text.clone(), name: record.string("name"), members, leader });
    }
    out
}

fn doctrines_agree(reading: &Reading) {
    for (key, record) in reading.entities("doctrine").filter(|(_, record)| record.is_clean) {
        if record.whole("pack_min") > record.whole("pack_max") {
            let message =
                format!("the least pack of {} is larger than its greatest", quoted(&key.text));
            reading.note(finding(&codes::RULES, record.place_of("pack_min"), message));
        }
        if record.whole("break_off_permille") > record.whole("rejoin_permille") {
            let message =
                format!("{} would break off again as soon as it rejoins", quoted(&key.text));
            let hint = "rejoin_permille is at least break_off_permille";
            reading.note(
                finding(&codes::RULES, record.place_of("break_off_permille"), message).hint(hint),
            );
        }
    }
}

fn classes_agree(reading: &Reading, codex: &Codex) {
    for ((key, record), class) in reading.entities("class").zip(&codex.classes) {
        if class.berths > 0 && class.berth_size <= class.berths && class.berths >= i64::MAX / 2 {
            reading.note(finding(&codes::COUNT, key.place, "more berths than can be counted"));
        }
        if class.radius_m.saturating_mul(2) > class.length_m.saturating_mul(20) {
            let message = format!("{} is far wider than it is long", quoted(&key.text));
            let hint = "radius_m is about half the width of the hull";
            reading.note(finding(&codes::SUSPECT, record.place_of("radius_m"), message).hint(hint));
        }
        if class.drive.is_some() && class.gravity_drives == 0 {
            let message = format!(
                "{} has a jump drive and no gravity drives to brake with",
                quoted(&key.text)
            );
            reading.note(finding(&codes::RULES, record.place_of("gravity_drives"), message));
        }
        for (battery, written) in class.batteries.iter().zip(record.records("batteries")) {
            let weapon = codex.weapon(battery.weapon);
            let volley = weapon.damage.saturating_mul(battery.mounts);
            let stored = weapon.shots.saturating_mul(battery.mounts);
            if volley > 1_000_000_000_000 || stored > i64::from(i32::MAX) {
                let message =
                    "the damage or the shots of the whole battery are too many to be counted";
                reading.note(finding(&codes::COUNT, written.place, message));
            }
        }
    }
}

fn powers_agree(reading: &Reading) {
    let bodies = reading.ids.of("body");
    let mut held: Vec<Option<(usize, Place)>> = vec![None; bodies.len()];
    for (number, (_, record)) in reading.entities("power").enumerate() {
        for item in record.list("holds") {
            let Some(body) = item.reference() else { continue };
            match held.get(body).copied().flatten() {
                Some((other, first)) if other != number => {
                    let name = bodies.get(body).map_or("", String::as_str);
                    let message = format!("{} is held by two powers", quoted(name));
                    reading.note(
                        finding(&codes::RULES, item.place, message).label(first, "held here too"),
                    );
                }
                _ => {
                    if let Some(slot) = held.get_mut(body) {
                        *slot = Some((number, item.place));
                    }
                }
            }
        }
    }
}

/// One relation as written: between single powers (narrow) or with an alliance on a side.
struct Stated {
    narrow: bool,
    ones: Vec<usize>,
    others: Vec<usize>,
    regard: Regard,
    place: Place,
}

/// The opening regards of all powers, from alliances, then relations between alliances, then relations
/// between powers: what is said more narrowly counts.
pub(crate) fn regards(reading: &Reading, codex: &Codex) -> Vec<Vec<Regard>> {
    let powers = codex.powers.len();
    let mut regards = vec![vec![Regard::Neutral; powers]; powers];
    let mut set = |one: usize, other: usize, regard: Regard| {
        if one != other && one < powers && other < powers {
            regards[one][other] = regard;
            regards[other][one] = regard;
        }
    };
    for alliance in &codex.alliances {
        for one in &alliance.members {
            for other in &alliance.members {
                set(one.index(), other.index(), Regard::Allied);
            }
        }
    }
    let mut stated: Vec<Stated> = Vec::new();
    for record in reading.root.list("relation").iter().filter_map(|item| item.record()) {
        let regard = match record.text("regard") {
            Some("hostile") => Regard::Hostile,
            Some("allied") => Regard::Allied,
            _ => Regard::Neutral,
        };
        let (Some(one), Some(other)) =
            (side(reading, record, "one"), side(reading, record, "other"))
        else {
            continue;
        };
        let narrow = one.0 && other.0;
        if narrow && one.1 == other.1 {
            reading.note(finding(&codes::RULES, record.place, "a power's relation to itself"));
            continue;
        }
        stated.push(Stated { narrow, ones: one.1, others: other.1, regard, place: record.place });
    }
    // Wide statements first, narrow ones after them; two of one width must not contradict each other.
    for narrow in [false, true] {
        let mut said: Vec<Option<(Regard, Place)>> = vec![None; powers * powers];
        for Stated { ones, others, regard, place, .. } in
            stated.iter().filter(|s| s.narrow == narrow)
        {
            for one in ones {
                for other in others {
                    let (low, high) = (one.min(other), one.max(other));
                    let Some(slot) = said.get_mut(low * powers + high) else { continue };
                    if let Some((before, first)) = slot
                        && before != regard
                        && low != high
                    {
                        let message = "two relations say different things of one pair of powers";
                        let found = finding(&codes::RULES, *place, message);
                        reading.note(found.label(*first, "the other one"));
                    }
                    *slot = Some((*regard, *place));
                    set(*one, *other, *regard);
                }
            }
        }
    }
    regards
}

/// One side of a relation: is it a single power, and which powers it stands for.
fn side(
    reading: &Reading,
    record: &crate::shape::record::Record,
    key: &str,
) -> Option<(bool, Vec<usize>)> {
    match record.get(key)?.value {
        Checked::Ref("power", number) => Some((true, vec![number])),
        Checked::Ref(_, number) => Some((false, members(reading, number))),
        _ => None,
    }
}

/// The powers of the alliance of that number.
pub(crate) fn members(reading: &Reading, alliance: usize) -> Vec<usize> {
    reading
        .entities("alliance")
        .nth(alliance)
        .map_or(Vec::new(), |(_, record)| record.refs("members"))
}
