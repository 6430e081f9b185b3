//! Castaways: people who outlived their ship, in boats, in powered compartments, on the ground. Friends take them up, and they
//! serve where they are taken; those nobody comes for die when the air is gone.
//!
//! Shared by losses, the boats' own phase and the sweep. Refuses to say who outlives a ship: that is `loss`'s.

use crate::people;
use crate::stage::Stage;
use jumpline_chart::Spot;
use jumpline_measure::{BodyId, GroupId, PowerId, ShipId, Span};
use jumpline_world::What;
use jumpline_world::law::Regard;
use jumpline_world::state::{DueKind, Refuge, Ship, Wreck};
use std::collections::{BTreeMap, BTreeSet};

/// Boats that found nobody look again after this long.
const LOOK_AGAIN: Span = Span(600);

/// Notes what is left of a ship in one place, if anything is.
pub(crate) fn note(
    stage: &mut Stage,
    ship: &Ship,
    refuge: Refuge,
    people: i64,
    hull: i64,
    spot: Spot,
) {
    if people <= 0 && hull <= 0 {
        return;
    }
    let rules = &stage.codex.rules.wrecks;
    let lasts_s =
        if refuge == Refuge::Boats { rules.air_s } else { rules.drift_s.max(rules.air_s) };
    let wreck = Wreck {
        ship: ship.id,
        power: ship.power,
        class: ship.class,
        body: ship.body,
        spot,
        refuge,
        people,
        skill_permille: ship.skill_permille,
        hull,
        since: stage.now,
        until: stage.now.saturating_add(Span(lasts_s.max(1))),
    };
    let key = (wreck.ship, wreck.refuge);
    let all = &mut stage.state.wrecks;
    match all.binary_search_by_key(&key, |one| (one.ship, one.refuge)) {
        Ok(place) => all[place] = wreck,
        Err(place) => all.insert(place, wreck),
    }
}

fn find(stage: &Stage, ship: ShipId, refuge: Refuge) -> Option<usize> {
    let key = (ship, refuge);
    stage.state.wrecks.binary_search_by_key(&key, |one| (one.ship, one.refuge)).ok()
}

/// Sends boats on their way to the nearest friend.
pub(crate) fn send_boats(stage: &mut Stage, ship: ShipId) {
    let Some(at) = find(stage, ship, Refuge::Boats) else { return };
    let wreck = &stage.state.wrecks[at];
    let (body, spot, power) = (wreck.body, wreck.spot, wreck.power);
    let mps = stage.codex.rules.wrecks.boats_mps.max(1);
    let wait = match nearest(stage, body, &spot, power) {
        Some((_, far_m)) => Span(far_m / mps + 1),
        None => LOOK_AGAIN,
    };
    stage.put(stage.now.saturating_add(wait), DueKind::Boats, u64::from(ship.0));
}

/// Room aboard a ship for castaways.
fn room(stage: &Stage, host: ShipId) -> i64 {
    let crew = stage.class_of(host).crew;
    let most = crew.saturating_mul(stage.codex.rules.wrecks.room_permille.max(0)) / 1_000;
    (most - stage.ship(host).people).max(0)
}

/// The nearest group at a body with room for castaways: one's own before allies', and how far it is.
fn nearest(stage: &Stage, body: BodyId, spot: &Spot, power: PowerId) -> Option<(GroupId, i64)> {
    let mut best: Option<(bool, i64, GroupId)> = None;
    for id in stage.groups_at(body) {
        let group = stage.group(id);
        if stage.state.regard(group.power, power) != Regard::Allied {
            continue;
        }
        let far_m = stage.codex.chart.spot_distance_m(body, &group.spot, spot);
        let found = (group.power != power, far_m, id);
        let better = best.is_none_or(|best| found < best);
        if better && stage.standing(id).into_iter().any(|ship| room(stage, ship) > 0) {
            best = Some(found);
        }
    }
    best.map(|(_, far_m, id)| (id, far_m))
}

/// The boats of a lost ship come to a friend, or look for one again.
pub(crate) fn boats(stage: &mut Stage, subject: u64) {
    let Ok(ship) = u32::try_from(subject).map(ShipId) else { return };
    let Some(at) = find(stage, ship, Refuge::Boats) else { return };
    let wreck = &stage.state.wrecks[at];
    let (body, spot, power, until) = (wreck.body, wreck.spot, wreck.power, wreck.until);
    if let Some((host, _)) = nearest(stage, body, &spot, power) {
        take_up(stage, ship, Refuge::Boats, host);
    }
    if find(stage, ship, Refuge::Boats).is_some() && stage.now < until {
        stage.put(stage.now.saturating_add(LOOK_AGAIN), DueKind::Boats, subject);
    }
}

/// The ships of a group take up castaways, as far as they have room.
fn take_up(stage: &mut Stage, ship: ShipId, refuge: Refuge, host: GroupId) {
    for by in stage.standing(host) {
        let Some(at) = find(stage, ship, refuge) else { return };
        let have = stage.state.wrecks[at].people;
        let come = have.min(room(stage, by));
        if come > 0 {
            settle_in(stage, at, by, come);
        }
    }
}

/// People of a wreck go aboard a ship: her crew grows, and learns from them if they know more.
fn settle_in(stage: &mut Stage, at: usize, by: ShipId, come: i64) {
    let wreck = &mut stage.state.wrecks[at];
    wreck.people -= come;
    let (ship, power, class, body) = (wreck.ship, wreck.power, wreck.class, wreck.body);
    let (theirs, refuge) = (wreck.skill_permille, wreck.refuge);
    let empty = wreck.people == 0;
    let of = stage.ship(by).power;
    let ledger = &mut stage.state.ledger;
    ledger.people[power.index()].apart -= come;
    if of != power {
        ledger.people[power.index()].moved -= come;
        ledger.people[of.index()].moved += come;
    }
    let battle = stage.ship(by).engagement;
    let host = stage.ship_mut(by);
    let crew = host.people.max(0);
    let mean = (host.skill_permille.saturating_mul(crew))
        .saturating_add(theirs.saturating_mul(come))
        / (crew + come).max(1);
    host.skill_permille = host.skill_permille.max(mean);
    host.people += come;
    let skill = i32::try_from(host.skill_permille).unwrap_or(i32::MAX).clamp(0, 10_000);
    if let Some(engagement) = battle.and_then(|id| stage.state.engagements.get_mut(&id))
        && let Ok(row) = engagement.columns.id.binary_search(&by)
    {
        engagement.columns.skill_permille[row] = skill;
    }
    let because = stage.why(stage.ship(by).group);
    let what = What::PickedUp { ship, power, class, by: Some(by), of, people: come };
    let event = stage.tell(Some(body), what, because);
    if empty {
        // Whoever has a name comes with the last of them.
        people::taken_up(stage, ship, by, event);
        drop_empty(stage, at, refuge);
    }
}

fn drop_empty(stage: &mut Stage, at: usize, refuge: Refuge) {
    let done = stage
        .state
        .wrecks
        .get(at)
        .is_some_and(|wreck| wreck.refuge == refuge && wreck.people <= 0 && wreck.hull <= 0);
    if done {
        stage.state.wrecks.remove(at);
    }
}

/// The sweep: friends in quiet space look for castaways at a body, and those whose air is gone die.
pub(crate) fn look_after(stage: &mut Stage) {
    if stage.state.wrecks.is_empty() {
        return;
    }
    let all: Vec<(ShipId, Refuge)> =
        stage.state.wrecks.iter().map(|wreck| (wreck.ship, wreck.refuge)).collect();
    // One look at a body does for all castaways of a power there.
    let mut safe: BTreeMap<(BodyId, PowerId), bool> = BTreeMap::new();
    let mut alone: BTreeSet<(BodyId, PowerId)> = BTreeSet::new();
    for (ship, refuge) in all {
        let Some(at) = find(stage, ship, refuge) else { continue };
        let wreck = &stage.state.wrecks[at];
        let (body, power, people) = (wreck.body, wreck.power, wreck.people);
        let air = wreck.since.saturating_add(Span(stage.codex.rules.wrecks.air_s.max(1)));
        if people > 0 && refuge == Refuge::Hulk {
            let key = (body, power);
            let look = *safe.entry(key).or_insert_with(|| quiet(stage, body, power));
            let spot = stage.state.wrecks[at].spot;
            let host = if look { nearest(stage, body, &spot, power) } else { None };
            match host {
                Some((host, _)) => take_up(stage, ship, refuge, host),
                None => {
                    safe.insert(key, false);
                }
            }
        } else if people > 0 && refuge == Refuge::Ground && !alone.contains(&(body, power)) {
            on_the_ground(stage, ship, body, power);
            if find(stage, ship, refuge).is_some_and(|at| stage.state.wrecks[at].people == people) {
                alone.insert((body, power));
            }
        }
        let Some(at) = find(stage, ship, refuge) else { continue };
        if refuge != Refuge::Ground && air <= stage.now {
            perish(stage, at);
        }
        let Some(at) = find(stage, ship, refuge) else { continue };
        let wreck = &stage.state.wrecks[at];
        if wreck.until <= stage.now && wreck.people <= 0 {
            stage.state.wrecks.remove(at);
        }
    }
}

/// No battle at a body, and nobody there whom its people would have to fear.
fn quiet(stage: &Stage, body: BodyId, power: PowerId) -> bool {
    !stage.state.engagements.values().any(|battle| battle.body == body)
        && !stage
            .groups_at(body)
            .iter()
            .any(|other| stage.state.hostile(power, stage.group(*other).power))
}

/// On the ground they join those who hold it, if these are friends, or go aboard a friend who can set down.
fn on_the_ground(stage: &mut Stage, ship: ShipId, body: BodyId, power: PowerId) {
    let holder = stage.codex.powers.iter().position(|one| one.holds.contains(&body));
    let holder = holder.map(PowerId::from_index);
    let friend = holder.filter(|of| stage.state.regard(*of, power) == Regard::Allied);
    let site = stage.state.sites.iter().find(|site| {
        site.body == body
            && stage.state.regard(site.power, power) == Regard::Allied
            && site
                .ships
                .iter()
                .any(|ship| stage.ship(*ship).status == jumpline_world::state::Status::Landed)
    });
    if let Some(of) = friend.or(site.map(|site| site.power)) {
        let Some(at) = find(stage, ship, Refuge::Ground) else { return };
        let wreck = &mut stage.state.wrecks[at];
        let (people, class) = (std::mem::take(&mut wreck.people), wreck.class);
        let account = &mut stage.state.ledger.people[power.index()];
        account.apart -= people;
        account.ashore += people;
        let what = What::PickedUp { ship, power, class, by: None, of, people };
        stage.tell(Some(body), what, Vec::new());
        drop_empty(stage, at, Refuge::Ground);
        return;
    }
    if !quiet(stage, body, power) {
        return;
    }
    for id in stage.groups_at(body) {
        let own = stage.state.regard(stage.group(id).power, power) == Regard::Allied;
        let lands = own && stage.standing(id).iter().any(|one| stage.class_of(*one).lands);
        if lands {
            take_up(stage, ship, Refuge::Ground, id);
        }
    }
}

fn perish(stage: &mut Stage, at: usize) {
    let wreck = &mut stage.state.wrecks[at];
    let people = std::mem::take(&mut wreck.people);
    let (ship, power, class, body) = (wreck.ship, wreck.power, wreck.class, wreck.body);
    let refuge = wreck.refuge;
    if people > 0 {
        let account = &mut stage.state.ledger.people[power.index()];
        account.apart -= people;
        account.spent += people;
        let what = What::Perished { ship, power, class, people };
        let event = stage.tell(Some(body), what, Vec::new());
        let left = |wreck: &Wreck| wreck.ship == ship && wreck.people > 0;
        if !stage.state.wrecks.iter().any(left) {
            people::given_up(stage, ship, event);
        }
    }
    drop_empty(stage, at, refuge);
}
