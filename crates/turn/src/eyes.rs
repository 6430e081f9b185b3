//! Eyes: who sees whom, and what of it goes into a power's book. Work is done for each pair of power and group, never for
//! each ship.
//!
//! Shared by the sweep, by arrivals and by battles. Shows nothing to anyone: views are made elsewhere, from the books.

use crate::stage::Stage;
use jumpline_chart::{Spot, detection_range_m, masking_permille, seen_section_m2};
use jumpline_measure::{BodyId, ClassId, ContactId, GroupId, PowerId, Purpose, Time};
use jumpline_world::law::{Regard, Role};
use jumpline_world::state::{Contact, ContactClass, Ship};
use jumpline_world::{Cause, What};
use std::collections::BTreeSet;

/// What a group looks like and what it can see with.
pub(crate) struct Figure {
    pub group: GroupId,
    pub power: PowerId,
    pub body: BodyId,
    pub spot: Spot,
    /// Its best sensors' range and quality.
    range_m: i64,
    quality_permille: i64,
    /// Is it a sensor station, that looks across its whole system?
    far: bool,
    section_m2: i64,
    classes: Vec<(ClassId, u32)>,
    pylons_lost: u32,
    hurt_permille: i64,
}

/// One look at a group: how near the edge of sight it is, and how good the eyes are.
#[derive(Clone, Copy)]
struct Glimpse {
    /// Distance, permille of the range at which it can just be seen.
    share_permille: i64,
    quality_permille: i64,
}

/// Measures a group's ships that stand at a body.
pub(crate) fn figure(stage: &Stage, id: GroupId, body: BodyId) -> Figure {
    let group = stage.group(id);
    let bow_on = group.there_at > stage.now || group.hop.is_some();
    let cosine_ppm = if bow_on { 1_000_000 } else { 0 };
    let mut figure = Figure {
        group: id,
        power: group.power,
        body,
        spot: group.spot,
        range_m: 0,
        quality_permille: 0,
        far: false,
        section_m2: 0,
        classes: Vec::new(),
        pylons_lost: 0,
        hurt_permille: 0,
    };
    for ship in stage.state.ships_of(id).filter(|ship| ship.stands() && ship.body == body) {
        let class = stage.codex.class(ship.class);
        let eyes = &class.sensors;
        let whole = 1_000 - i64::from(ship.parts.sensors_lost_permille).min(1_000);
        // A null-pulse blinds as it silences.
        let whole = if silenced(stage, ship) { 0 } else { whole };
        let range_m = eyes.range_m.max(0) / 1_000 * whole;
        if range_m > figure.range_m {
            figure.range_m = range_m;
            figure.quality_permille = eyes.quality_permille;
        }
        figure.far |= class.role == Role::Sensor;
        let section = seen_section_m2(eyes.bow_section_m2, eyes.side_section_m2, cosine_ppm);
        figure.section_m2 = figure.section_m2.saturating_add(section);
        match figure.classes.binary_search_by_key(&ship.class, |(class, _)| *class) {
            Ok(place) => figure.classes[place].1 += 1,
            Err(place) => figure.classes.insert(place, (ship.class, 1)),
        }
        figure.pylons_lost = figure.pylons_lost.max(ship.parts.pylons_lost.count_ones());
        let hull = class.hull.max(1);
        figure.hurt_permille =
            figure.hurt_permille.max((hull - i64::from(ship.hull)).max(0) * 1_000 / hull);
    }
    figure
}

/// Is a ship under a null-pulse in her battle?
fn silenced(stage: &Stage, ship: &Ship) -> bool {
    let battle = ship.engagement.and_then(|id| stage.state.engagements.get(&id));
    battle.is_some_and(|battle| {
        let row = battle.columns.id.binary_search(&ship.id);
        row.is_ok_and(|row| battle.columns.silenced.get(row).is_some_and(|ticks| *ticks > 0))
    })
}

/// One pair of eyes on one group at the same body.
fn near_glimpse(stage: &Stage, eyes: &Figure, seen: &Figure) -> Option<Glimpse> {
    let distance_m = stage.codex.chart.spot_distance_m(seen.body, &eyes.spot, &seen.spot);
    glimpse(stage, eyes, seen, distance_m)
}

/// A sensor station's look at another body of its system.
fn far_glimpse(stage: &Stage, eyes: &Figure, seen: &Figure) -> Option<Glimpse> {
    let chart = &stage.codex.chart;
    let here = chart.spot_position(eyes.body, &eyes.spot, stage.now);
    let there = chart.spot_position(seen.body, &seen.spot, stage.now);
    glimpse(stage, eyes, seen, here.distance_m(&there))
}

fn glimpse(stage: &Stage, eyes: &Figure, seen: &Figure, distance_m: i64) -> Option<Glimpse> {
    let nav = &stage.codex.rules.navigation;
    let mask = stage
        .codex
        .chart
        .body(seen.body)
        .map_or(0, |body| masking_permille(nav, body, seen.spot.altitude_m));
    let range_m = detection_range_m(nav, eyes.range_m, seen.section_m2, mask);
    if distance_m > range_m || range_m <= 0 {
        return None;
    }
    let share_permille = (i128::from(distance_m) * 1_000 / i128::from(range_m)) as i64;
    Some(Glimpse { share_permille, quality_permille: eyes.quality_permille })
}

fn better(one: Option<Glimpse>, other: Option<Glimpse>) -> Option<Glimpse> {
    match (one, other) {
        (Some(a), Some(b)) => Some(if b.share_permille < a.share_permille { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// Everything every power can see now goes into its book, and what has gone stale comes out.
pub(crate) fn sweep(stage: &mut Stage) {
    let systems = stage.codex.chart.systems.len();
    let mut seen: Vec<BTreeSet<GroupId>> =
        (0..stage.codex.powers.len()).map(|_| BTreeSet::new()).collect();
    for system in 0..systems {
        let bodies: Vec<BodyId> = {
            let system = &stage.codex.chart.systems[system];
            system.stars.iter().chain(&system.bodies).copied().collect()
        };
        let bodies: Vec<BodyId> =
            bodies.into_iter().filter(|body| !stage.standing_at(*body).is_empty()).collect();
        if bodies.is_empty() {
            continue;
        }
        let mut figures: Vec<Figure> = Vec::new();
        for body in &bodies {
            figures.extend(stage.groups_at(*body).iter().map(|id| figure(stage, *id, *body)));
        }
        if figures.iter().all(|one| one.power == figures[0].power) {
            continue;
        }
        look_all(stage, &figures, &mut seen);
    }
    for (power, seen) in seen.iter().enumerate() {
        forget(stage, PowerId::from_index(power), seen);
    }
    relay(stage);
}

fn look_all(stage: &mut Stage, figures: &[Figure], seen: &mut [BTreeSet<GroupId>]) {
    let mut notes: Vec<(PowerId, usize, Glimpse)> = Vec::new();
    for (place, target) in figures.iter().enumerate() {
        let mut best: Vec<(PowerId, Glimpse)> = Vec::new();
        for eyes in figures {
            if eyes.range_m == 0 || stage.state.regard(eyes.power, target.power) == Regard::Allied {
                continue;
            }
            let look = if eyes.body == target.body {
                near_glimpse(stage, eyes, target)
            } else if eyes.far {
                far_glimpse(stage, eyes, target)
            } else {
                None
            };
            let Some(look) = look else { continue };
            match best.binary_search_by_key(&eyes.power, |(power, _)| *power) {
                Ok(at) => best[at].1 = better(Some(best[at].1), Some(look)).unwrap_or(look),
                Err(at) => best.insert(at, (eyes.power, look)),
            }
        }
        notes.extend(best.into_iter().map(|(power, look)| (power, place, look)));
    }
    for (power, place, look) in notes {
        let target = &figures[place];
        seen[power.index()].insert(target.group);
        note(stage, power, target, look);
    }
}

/// A group has come to a place: it and everybody there look at each other.
pub(crate) fn look_about(stage: &mut Stage, id: GroupId) {
    let body = stage.group(id).body;
    let others = stage.groups_at(body);
    let own = figure(stage, id, body);
    let mut best: Vec<(PowerId, Glimpse)> = Vec::new();
    for other in others {
        let power = stage.group(other).power;
        if power == own.power || stage.state.regard(power, own.power) == Regard::Allied {
            continue;
        }
        let there = figure(stage, other, body);
        if let Some(look) = near_glimpse(stage, &own, &there) {
            note(stage, own.power, &there, look);
        }
        if let Some(look) = near_glimpse(stage, &there, &own) {
            match best.binary_search_by_key(&power, |(power, _)| *power) {
                Ok(at) => best[at].1 = better(Some(best[at].1), Some(look)).unwrap_or(look),
                Err(at) => best.insert(at, (power, look)),
            }
        }
    }
    for (power, look) in best {
        note(stage, power, &own, look);
    }
}

/// Those who fight each other know each other.
pub(crate) fn look_in_battle(stage: &mut Stage, groups: &[GroupId], body: BodyId) {
    let figures: Vec<Figure> = groups
        .iter()
        .filter(|id| stage.count_at(**id, body) > 0)
        .map(|id| figure(stage, *id, body))
        .collect();
    let mut powers: Vec<PowerId> = figures.iter().map(|one| one.power).collect();
    powers.sort_unstable();
    powers.dedup();
    let close = Glimpse { share_permille: 0, quality_permille: 1_000 };
    for power in powers {
        for one in &figures {
            if stage.state.regard(power, one.power) != Regard::Allied {
                note(stage, power, one, close);
            }
        }
    }
}

/// Writes a glimpse into a book: first sight, or better knowledge of what is there already.
fn note(stage: &mut Stage, power: PowerId, seen: &Figure, look: Glimpse) {
    let rules = &stage.codex.rules.sight;
    let now = stage.now;
    let share = look.share_permille.clamp(0, 1_000);
    let certain = share <= rules.certain_permille * look.quality_permille.max(0) / 1_000;
    let known = stage.state.books[power.index()].by_group.get(&seen.group).copied();
    let subject = u64::from(power.0) << 40 | u64::from(seen.group.0);
    let before: Vec<ContactClass> = known
        .and_then(|id| stage.state.books[power.index()].contacts.get(&id))
        .map(|contact| contact.classes.clone())
        .unwrap_or_default();
    let mut classes: Vec<ContactClass> = Vec::new();
    let mut unknown = 0_u32;
    for (number, (class, count)) in seen.classes.iter().enumerate() {
        let n = u32::try_from(number).unwrap_or(0);
        let told_apart = certain
            || before.iter().any(|one| one.class == Some(*class))
            || i64::from(stage.roll(Purpose::Identify, subject, n).permille()) * 1_000
                < look.quality_permille * (1_000 - share);
        let error = if certain { 0 } else { rules.count_error_permille * share / 1_000 };
        let off = i64::from(stage.roll(Purpose::Sensor, subject, n).normal_milli()) * error / 1_000;
        let count = (i64::from(*count) * (1_000 + off) / 1_000).max(1);
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        if told_apart {
            classes.push(ContactClass { class: Some(*class), count });
        } else {
            unknown = unknown.saturating_add(count);
        }
    }
    if unknown > 0 {
        classes.push(ContactClass { class: None, count: unknown });
    }
    let error_m = if certain { 0 } else { rules.edge_error_m.max(0) / 1_000 * share };
    let spot = if error_m == 0 {
        seen.spot
    } else {
        let roll = |n: u32| stage.roll(Purpose::Sensor, subject, 100 + n).normal_milli();
        let normals = [roll(0), roll(1), roll(2)];
        stage.codex.chart.guessed_spot(seen.body, &seen.spot, error_m, normals)
    };
    let ships = classes.iter().map(|one| one.count).fold(0, u32::saturating_add);
    let owner = (certain || share < 900).then_some(seen.power);
    let book = &mut stage.state.books[power.index()];
    let id = known.unwrap_or_else(|| {
        let id = ContactId(book.next);
        book.next = book.next.saturating_add(1);
        book.by_group.insert(seen.group, id);
        id
    });
    let contact = book.contacts.entry(id).or_insert_with(|| Contact {
        id,
        group: seen.group,
        power: None,
        body: seen.body,
        spot,
        error_m,
        first: now,
        last: now,
        classes: Vec::new(),
        sure_permille: 0,
        told_by: None,
        bound: None,
        pylons_lost: 0,
        hurt_permille: 0,
    });
    contact.power = owner.or(contact.power);
    contact.body = seen.body;
    contact.spot = spot;
    contact.error_m = error_m;
    contact.last = now;
    contact.classes = classes;
    contact.sure_permille = if certain { 1_000 } else { 1_000 - share };
    contact.told_by = None;
    contact.bound = None;
    if certain {
        contact.pylons_lost = contact.pylons_lost.max(seen.pylons_lost);
        contact.hurt_permille = contact.hurt_permille.max(seen.hurt_permille);
    }
    if known.is_none() && stage.state.hostile(power, seen.power) {
        let because: Vec<Cause> =
            stage.group(seen.group).cause.map(Cause::Event).into_iter().collect();
        let what = What::Sighted { power, group: seen.group, of: seen.power, ships };
        stage.tell(Some(seen.body), what, because);
    }
}

/// Drops contacts that are too old, dead, or not where they were while one's own eyes are on the place.
fn forget(stage: &mut Stage, power: PowerId, seen: &BTreeSet<GroupId>) {
    let oldest = stage.now.0 - stage.codex.rules.sight.forget_s.max(0);
    let mut gone: Vec<(ContactId, bool)> = Vec::new();
    for contact in stage.state.books[power.index()].contacts.values() {
        if seen.contains(&contact.group) {
            continue;
        }
        let group = stage.group(contact.group);
        if contact.last.0 < oldest {
            gone.push((contact.id, true));
            continue;
        }
        let watched =
            stage.standing_at(contact.body).keys().any(|id| stage.group(*id).power == power);
        if !watched {
            continue;
        }
        if group.ships.is_empty() {
            gone.push((contact.id, false));
        } else if contact.bound.is_none() && contact.told_by.is_none() {
            // Eyes are here and it is not: it slipped away unseen.
            let stale = stage.now.0 - contact.last.0 > 3 * stage.sweep_interval().0;
            if stale {
                gone.push((contact.id, true));
            }
        }
    }
    for (id, tell) in gone {
        let book = &mut stage.state.books[power.index()];
        let Some(contact) = book.contacts.remove(&id) else { continue };
        book.by_group.remove(&contact.group);
        let of = stage.group(contact.group).power;
        if tell && stage.state.hostile(power, of) {
            let what = What::LostSight { power, group: contact.group, of };
            stage.tell(Some(contact.body), what, Vec::new());
        }
    }
}

/// Allies tell each other what they have seen for long enough that word can have come.
fn relay(stage: &mut Stage) {
    let relay_s = stage.codex.rules.sight.relay_s.max(0);
    let oldest = stage.now.0 - stage.codex.rules.sight.forget_s.max(0);
    let powers = stage.codex.powers.len();
    for one in 0..powers {
        let to = PowerId::from_index(one);
        for other in 0..powers {
            let from = PowerId::from_index(other);
            if one == other || stage.state.regard(from, to) != Regard::Allied {
                continue;
            }
            let told: Vec<Contact> = {
                let (book, mine) = (&stage.state.books[other], &stage.state.books[one]);
                book.contacts
                    .values()
                    .filter(|contact| contact.told_by.is_none())
                    .filter(|contact| contact.first.0 <= stage.now.0 - relay_s)
                    .filter(|contact| contact.last.0 - relay_s >= oldest)
                    .filter(|contact| stage.group(contact.group).power != to)
                    .filter(|contact| {
                        let have =
                            mine.by_group.get(&contact.group).and_then(|id| mine.contacts.get(id));
                        have.is_none_or(|have| have.last.0 < contact.last.0 - relay_s)
                    })
                    .cloned()
                    .collect()
            };
            for contact in told {
                if stage.state.regard(to, stage.group(contact.group).power) == Regard::Allied {
                    continue;
                }
                hear(stage, to, from, contact, relay_s);
            }
        }
    }
}

fn hear(stage: &mut Stage, to: PowerId, from: PowerId, told: Contact, relay_s: i64) {
    let last = Time(told.last.0 - relay_s);
    let book = &mut stage.state.books[to.index()];
    let known = book.by_group.get(&told.group).copied();
    let id = known.unwrap_or_else(|| {
        let id = ContactId(book.next);
        book.next = book.next.saturating_add(1);
        book.by_group.insert(told.group, id);
        id
    });
    let first = book.contacts.get(&id).map_or(last, |have| have.first);
    let (group, body) = (told.group, told.body);
    let ships = told.classes.iter().map(|one| one.count).fold(0, u32::saturating_add);
    let heard = Contact { id, first, last, told_by: Some(from), ..told };
    book.contacts.insert(id, heard);
    let of = stage.group(group).power;
    if known.is_none() && stage.state.hostile(to, of) {
        let because = stage.group(group).cause.map(Cause::Event).into_iter().collect();
        stage.tell(Some(body), What::Sighted { power: to, group, of, ships }, because);
    }
}

/// Everybody who was watching a group sees it go; whether they can tell where to depends on how well they navigate.
pub(crate) fn seen_leaving(stage: &mut Stage, group: GroupId, to: BodyId, arrives: Time) {
    let fresh = stage.now.0 - 2 * stage.sweep_interval().0;
    let from = stage.group(group).body;
    for power in 0..stage.state.books.len() {
        let skill = stage.codex.powers[power].navigation_permille;
        let subject = (power as u64) << 40 | u64::from(group.0);
        if i64::from(stage.roll(Purpose::Withdraw, subject, 0).permille()) >= skill {
            continue;
        }
        let book = &mut stage.state.books[power];
        let Some(id) = book.by_group.get(&group) else { continue };
        if let Some(contact) = book.contacts.get_mut(id)
            && contact.body == from
            && contact.last.0 >= fresh
        {
            contact.bound = Some((to, arrives));
        }
    }
}

/// Does a power know of a group at a body, from its own eyes and lately?
pub(crate) fn sees(stage: &Stage, power: PowerId, group: GroupId, body: BodyId) -> bool {
    let fresh = stage.now.0 - 2 * stage.sweep_interval().0;
    let book = &stage.state.books[power.index()];
    book.by_group
        .get(&group)
        .and_then(|id| book.contacts.get(id))
        .is_some_and(|contact| contact.body == body && contact.last.0 >= fresh)
}
