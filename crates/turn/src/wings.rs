//! Wings: small craft who live aboard carriers with a hangar. They go out by themselves when an enemy is near, come home when
//! they are spent or space is quiet, are armed afresh and go again.
//!
//! Shared by beats, sweeps and officers. A wing is a group whose ships have a base. Refuses to say how craft fight: that is the
//! battle's.

use crate::clash;
use crate::eyes;
use crate::meet;
use crate::stage::Stage;
use crate::ways;
use jumpline_measure::{BodyId, EngagementId, GroupId, ShipId, Span, Time};
use jumpline_world::What;
use jumpline_world::law::Hangar;
use jumpline_world::ledger::finite_shots;
use jumpline_world::order::Task;
use jumpline_world::state::{DueKind, Phase, Standing, Status};
use std::collections::BTreeMap;

// --- Who is who -----------------------------------------------------------------------------------------------------------

/// Does any class of this war have a hangar? Wars without craft need not look for them.
pub(crate) fn any(stage: &Stage) -> bool {
    stage.codex.classes.iter().any(|class| class.hangar.is_some())
}

/// Is a group a wing: ships that have a base?
pub(crate) fn is_wing(stage: &Stage, id: GroupId) -> bool {
    stage.group(id).ships.first().is_some_and(|ship| stage.ship(*ship).base.is_some())
}

/// A ship's hangar, if she is there to use it and it still works.
fn hangar<'a>(stage: &Stage<'a>, carrier: ShipId) -> Option<&'a Hangar> {
    let ship = stage.ship(carrier);
    let works = ship.stands() && ship.parts.hangars_lost_permille < 1_000;
    stage.class_of(carrier).hangar.as_ref().filter(|_| works)
}

/// How much slower a hurt hangar works.
fn slowed(stage: &Stage, carrier: ShipId, ms: i64) -> i64 {
    let whole = 1_000 - i64::from(stage.ship(carrier).parts.hangars_lost_permille).min(999);
    ms.max(0).saturating_mul(1_000) / whole
}

/// Carriers of a group that stand at its body with a hangar that works.
fn carriers(stage: &Stage, id: GroupId) -> Vec<ShipId> {
    let all = stage.standing(id).into_iter();
    all.filter(|ship| hangar(stage, *ship).is_some()).collect()
}

/// Craft whose base is a ship, outside at her body.
fn outside(stage: &Stage, carrier: ShipId) -> Vec<ShipId> {
    let (body, power) = (stage.ship(carrier).body, stage.ship(carrier).power);
    let mut out = Vec::new();
    for id in stage.groups_at(body) {
        if stage.group(id).power != power || !is_wing(stage, id) {
            continue;
        }
        let craft = stage.state.ships_of(id);
        let craft = craft.filter(|ship| ship.base == Some(carrier) && ship.stands());
        out.extend(craft.filter(|ship| ship.body == body).map(|ship| ship.id));
    }
    out
}

// --- Going out ------------------------------------------------------------------------------------------------------------

/// Every carrier of a group puts out the wings that are fit.
pub(crate) fn launch_all(stage: &mut Stage, id: GroupId) {
    for carrier in carriers(stage, id) {
        let mut wings: Vec<GroupId> =
            stage.aboard(carrier).iter().map(|craft| stage.ship(*craft).group).collect();
        wings.sort_unstable();
        wings.dedup();
        let mut busy_ms = 0;
        for wing in wings {
            busy_ms = launch(stage, carrier, wing, busy_ms);
        }
    }
}

/// Puts one wing's craft into the queue of a carrier's doors, if all of it aboard is fit. Returns when the doors are free again.
fn launch(stage: &mut Stage, carrier: ShipId, wing: GroupId, busy_ms: i64) -> i64 {
    let Some(doors) = hangar(stage, carrier) else { return busy_ms };
    let each_ms = slowed(stage, carrier, doors.launch_ms);
    let mine = |craft: &&ShipId| {
        let craft = stage.ship(**craft);
        craft.group == wing && craft.base == Some(carrier)
    };
    let fit: Vec<ShipId> = stage.aboard(carrier).iter().filter(mine).copied().collect();
    if fit.is_empty() || fit.iter().any(|craft| stage.ship(*craft).ready_at > stage.now) {
        return busy_ms;
    }
    let mut busy_ms = busy_ms;
    for craft in fit {
        busy_ms = busy_ms.saturating_add(each_ms.max(1));
        let at = stage.now.saturating_add(Span::from_ms(busy_ms)).max(stage.now);
        // Told to: she is not told twice.
        stage.ship_mut(craft).ready_at = at.saturating_add(Span::SECOND);
        stage.put(at, DueKind::Launch, u64::from(craft.0));
    }
    busy_ms
}

/// A craft's turn at the doors: she goes out, if she is still wanted outside.
pub(crate) fn go_out(stage: &mut Stage, subject: u64) {
    let Some(id) = ship(subject) else { return };
    let craft = stage.ship(id);
    let (Status::Aboard, Some(carrier)) = (craft.status, craft.carrier) else { return };
    let wing = craft.group;
    if craft.base != Some(carrier)
        || hangar(stage, carrier).is_none()
        || !wanted(stage, carrier, wing)
    {
        let now = stage.now;
        stage.ship_mut(id).ready_at = now;
        return;
    }
    let body = stage.ship(carrier).body;
    let spot = clash::place_of(stage, carrier);
    let first = stage.count_at(wing, body) == 0;
    stage.disembark(id);
    let now = stage.now;
    let craft = stage.ship_mut(id);
    craft.shields_at = now;
    craft.ready_at = now;
    if first {
        let group = stage.group_mut(wing);
        group.body = body;
        group.spot = spot;
        group.there_at = now;
        group.hop = None;
        group.withdrawing = false;
        let cause = stage.group(stage.ship(carrier).group).cause;
        stage.group_mut(wing).cause = cause;
        tell_launched(stage, carrier, wing);
    }
    if stage.ship(carrier).engagement.is_some() {
        meet::joins(stage, id, spot);
    }
    let inside = stage.aboard(carrier).iter().any(|craft| stage.ship(*craft).group == wing);
    if !inside {
        eyes::look_about(stage, wing);
        meet::meet(stage, wing, false);
        stage.call_officers(wing, Span::ZERO);
    }
}

fn tell_launched(stage: &mut Stage, carrier: ShipId, wing: GroupId) {
    let ships = stage.state.ships_of(wing).filter(|craft| craft.base == Some(carrier)).count();
    let (power, body) = (stage.group(wing).power, stage.group(wing).body);
    let ships = u32::try_from(ships).unwrap_or(u32::MAX);
    let because = stage.why(wing);
    let what = What::Launched { group: wing, power, carrier, ships };
    let event = stage.tell(Some(body), what, because);
    stage.group_mut(wing).cause = Some(event);
}

/// Is there a reason for a wing to be out: a battle, an enemy near, a patrol?
fn wanted(stage: &Stage, carrier: ShipId, wing: GroupId) -> bool {
    let host = stage.ship(carrier).group;
    // Nobody goes out when the carrier is about to leave.
    if stage.group(host).withdrawing || stage.group(host).hop.is_some() {
        return false;
    }
    stage.ship(carrier).engagement.is_some() || patrols(stage, wing) || enemy_near(stage, host)
}

/// Is the wing's present task a patrol at its carrier's body?
fn patrols(stage: &Stage, wing: GroupId) -> bool {
    let group = stage.group(wing);
    matches!(group.tasks.first().map(|standing| &standing.task),
        Some(Task::Patrol { body, .. }) if *body == group.body)
}

/// Does a group's power know of an enemy within a wing's reach of it, now?
fn enemy_near(stage: &Stage, id: GroupId) -> bool {
    let group = stage.group(id);
    let reach_m = stage.codex.rules.wings.reach_m;
    let fresh = stage.now.0 - 2 * stage.sweep_interval().0;
    let chart = &stage.codex.chart;
    stage.state.books[group.power.index()]
        .contacts
        .values()
        .filter(|contact| contact.body == group.body && contact.bound.is_none())
        .filter(|contact| contact.last.0 >= fresh)
        .filter(|contact| {
            contact.power.is_some_and(|other| stage.state.hostile(group.power, other))
        })
        .any(|contact| chart.spot_distance_m(group.body, &group.spot, &contact.spot) <= reach_m)
}

// --- Coming home ----------------------------------------------------------------------------------------------------------

/// What the leaders of a wing make of a battle: home, when enough of it is spent.
pub(crate) fn beat(stage: &mut Stage, battle: EngagementId, wing: GroupId) {
    if stage.group(wing).withdrawing {
        return;
    }
    let Some(engagement) = stage.state.engagements.get(&battle) else { return };
    let columns = &engagement.columns;
    let rules = &stage.codex.rules.wings;
    let (mut all, mut spent) = (0_i64, 0_i64);
    for row in 0..columns.id.len() {
        if stage.ship(columns.id[row]).group != wing {
            continue;
        }
        let class = stage.codex.class(columns.class[row]);
        let best = columns.shields[row].iter().copied().max().map_or(0, i64::from);
        let bare = class.shield > 0 && best * 1_000 < class.shield * rules.spent_permille;
        let guns = class.batteries.len().min(4);
        let empty = guns > 0 && columns.shots[row].iter().take(guns).all(|left| *left == 0);
        all += 1;
        spent += i64::from(bare || empty);
    }
    if all > 0 && spent * 1_000 >= all * rules.return_permille.max(1) {
        recall(stage, wing);
    }
}

/// All wings of a group's carriers come home, as far as they can.
pub(crate) fn recall_all(stage: &mut Stage, id: GroupId) {
    if !any(stage) {
        return;
    }
    let mut wings: Vec<GroupId> = Vec::new();
    for carrier in carriers(stage, id) {
        wings.extend(outside(stage, carrier).iter().map(|craft| stage.ship(*craft).group));
    }
    wings.sort_unstable();
    wings.dedup();
    for wing in wings {
        recall(stage, wing);
    }
}

/// Are craft of a group's carriers still outside, with a carrier to come home to?
pub(crate) fn awaited(stage: &Stage, id: GroupId) -> bool {
    any(stage) && carriers(stage, id).into_iter().any(|carrier| !outside(stage, carrier).is_empty())
}

/// A wing turns home: out of the fight, to its carrier's doors, one after another.
pub(crate) fn recall(stage: &mut Stage, wing: GroupId) {
    if stage.group(wing).withdrawing {
        return;
    }
    let out = stage.standing(wing);
    let Some(first) = out.first().copied() else { return };
    let Some(carrier) = taker(stage, first) else { return };
    ways::stand_down(stage, wing);
    stage.group_mut(wing).withdrawing = true;
    let home = clash::place_of(stage, carrier);
    let body = stage.ship(carrier).body;
    if let Some(battle) = stage.battle_of(wing) {
        let chart = &stage.codex.chart;
        let from = clash::place_of(stage, first);
        let way = chart.spot_offset(body, &home) - chart.spot_offset(body, &from);
        let bound = jumpline_measure::Bearing::from_vec(way).map_or([0; 3], |b| [b.x, b.y, b.z]);
        if let Some(engagement) = stage.state.engagements.get_mut(&battle)
            && let Some(posture) = jumpline_battle::posture(engagement, wing)
        {
            posture.withdrawing = true;
            posture.descending = false;
            posture.bound = bound;
        }
    }
    let doors = hangar(stage, carrier).map_or(0, |hangar| hangar.recover_ms);
    let each_ms = slowed(stage, carrier, doors);
    for (place, craft) in out.into_iter().enumerate() {
        let from = clash::place_of(stage, craft);
        let far_m = ways::apart_m(stage, body, &from, &home);
        let speed = stage.class_of(craft).speed_mps.max(1);
        let place = i64::try_from(place + 1).unwrap_or(i64::MAX);
        let ms = each_ms.saturating_mul(place).saturating_add(far_m.saturating_mul(1_000) / speed);
        let at = stage.now.saturating_add(Span::from_ms(ms.clamp(1_000, 86_400_000)));
        stage.ship_mut(craft).ready_at = at;
        stage.put(at, DueKind::Recover, u64::from(craft.0));
    }
}

/// Who takes a craft in: her own carrier, or a friend of her power at the same body whose hangar works and has room.
fn taker(stage: &Stage, craft: ShipId) -> Option<ShipId> {
    let ship = stage.ship(craft);
    let size = stage.class_of(craft).berth_size.max(1);
    let room = |carrier: &ShipId| {
        hangar(stage, *carrier).is_some()
            && stage.ship(*carrier).body == ship.body
            && stage.class_of(*carrier).berths - stage.berths_used(*carrier) >= size
    };
    if let Some(own) = ship.base.filter(room) {
        return Some(own);
    }
    let groups = stage.groups_at(ship.body).into_iter();
    let own = groups.filter(|id| stage.group(*id).power == ship.power);
    own.flat_map(|id| carriers(stage, id)).find(room)
}

/// A craft is at the doors: she is taken in, by her own carrier or another.
pub(crate) fn come_in(stage: &mut Stage, subject: u64) {
    let Some(id) = ship(subject) else { return };
    let craft = stage.ship(id);
    let wing = craft.group;
    if !craft.stands() || craft.base.is_none() || craft.ready_at > stage.now {
        return;
    }
    if !stage.group(wing).withdrawing {
        return;
    }
    let Some(carrier) = taker(stage, id) else {
        // Nobody to come home to any more: the wing is on its own again, and looks about afresh at the next sweep.
        stage.group_mut(wing).withdrawing = false;
        return;
    };
    if stage.ship(id).engagement.is_some() {
        clash::take_out(stage, id);
    }
    stage.ship_mut(id).transit = None;
    stage.embark(id, carrier);
    let ready = stage.now.saturating_add(Span::from_ms(
        hangar(stage, carrier).map_or(0, |hangar| hangar.rearm_ms.max(0)),
    ));
    let craft = stage.ship_mut(id);
    craft.base = Some(carrier);
    craft.ready_at = ready;
    stage.put(ready, DueKind::Rearmed, u64::from(wing.0));
    if stage.standing(wing).is_empty() {
        all_in(stage, wing, carrier);
    }
}

/// The last of a wing is in. Craft that found a place elsewhere become a wing of that carrier.
fn all_in(stage: &mut Stage, wing: GroupId, last: ShipId) {
    stage.group_mut(wing).withdrawing = false;
    stage.group_mut(wing).hop = None;
    let mut homes: BTreeMap<ShipId, Vec<ShipId>> = BTreeMap::new();
    for craft in &stage.group(wing).ships {
        if let Some(base) = stage.ship(*craft).base {
            homes.entry(base).or_default().push(*craft);
        }
    }
    let main = homes.iter().max_by_key(|(base, craft)| (craft.len(), std::cmp::Reverse(**base)));
    let main = main.map_or(last, |(base, _)| *base);
    let (body, power) = (stage.ship(last).body, stage.group(wing).power);
    let spot = clash::place_of(stage, last);
    for (base, craft) in homes {
        let mut of = wing;
        if base != main {
            let name = stage.labelled(wing, "taken up");
            of = stage.split_off(wing, &craft, name, body, spot);
            stage.put(stage.ship(craft[0]).ready_at, DueKind::Rearmed, u64::from(of.0));
        }
        let ships = u32::try_from(craft.len()).unwrap_or(u32::MAX);
        let because = stage.why(of);
        let what = What::Recovered { group: of, power, carrier: base, ships };
        let event = stage.tell(Some(body), what, because);
        stage.group_mut(of).cause = Some(event);
    }
    let hosts: Vec<GroupId> = vec![stage.ship(main).group];
    for host in hosts {
        stage.call_officers(host, Span::SECOND);
    }
}

/// Craft of a wing aboard are fit again: shields up, magazines full. Told when all of it is.
pub(crate) fn rearmed(stage: &mut Stage, subject: u64) {
    let Ok(wing) = u32::try_from(subject).map(GroupId) else { return };
    let now = stage.now;
    let Some(group) = stage.state.groups.get(wing.index()) else { return };
    let (power, body) = (group.power, group.body);
    let aboard = |ship: &&jumpline_world::state::Ship| ship.status == Status::Aboard;
    let craft: Vec<ShipId> =
        stage.state.ships_of(wing).filter(aboard).map(|ship| ship.id).collect();
    if craft.is_empty() || craft.iter().any(|craft| stage.ship(*craft).ready_at > now) {
        return;
    }
    for id in &craft {
        let class = stage.class_of(*id);
        let whole = 1_000 - i64::from(stage.ship(*id).parts.emitters_lost_permille).min(1_000);
        let full = i32::try_from(class.shield * whole / 1_000).unwrap_or(i32::MAX);
        let mut shots = stage.ship(*id).shots;
        for (battery, left) in class.batteries.iter().zip(&mut shots) {
            let weapon = stage.codex.weapon(battery.weapon);
            if weapon.shots > 0 {
                *left = i32::try_from(weapon.shots * battery.mounts).unwrap_or(i32::MAX);
            }
        }
        let drawn = finite_shots(&shots) - finite_shots(&stage.ship(*id).shots);
        // The carrier's stores are brought into the war as they are drawn on.
        stage.state.ledger.shots[power.index()].brought += drawn;
        let ship = stage.ship_mut(*id);
        ship.shots = shots;
        ship.shields = ship.shields.map(|points| points.max(full));
        ship.shields_at = now;
    }
    let ships = u32::try_from(craft.len()).unwrap_or(u32::MAX);
    let because = stage.why(wing);
    stage.tell(Some(body), What::Rearmed { group: wing, power, ships }, because);
    stage.call_officers(wing, Span::ZERO);
}

// --- Between battles ------------------------------------------------------------------------------------------------------

/// Looks at the carriers and wings at one body: out with them, home with them, or nowhere to go.
pub(crate) fn look_after(stage: &mut Stage, body: BodyId) {
    for id in stage.groups_at(body) {
        if is_wing(stage, id) {
            look_after_wing(stage, id);
        } else if stage.group(id).there_at <= stage.now
            && !carriers(stage, id).is_empty()
            && enemy_near(stage, id)
        {
            launch_all(stage, id);
        }
    }
}

fn look_after_wing(stage: &mut Stage, wing: GroupId) {
    if stage.group(wing).withdrawing {
        // On the way home: whoever was not taken in tries again, if anybody has room.
        let late = stage.standing(wing).into_iter().all(|id| stage.ship(id).ready_at < stage.now);
        if late {
            stage.group_mut(wing).withdrawing = false;
        } else {
            return;
        }
    }
    let Some(first) = stage.standing(wing).first().copied() else { return };
    let Some(home) = taker(stage, first) else {
        leave_behind(stage, wing);
        return;
    };
    let fighting = stage.battle_of(wing).is_some();
    let out_s = stage.now.0 - stage.ship(first).ready_at.0;
    let on_patrol = patrols(stage, wing) && out_s < stage.codex.rules.wings.patrol_s;
    let needed =
        fighting || on_patrol || enemy_near(stage, wing) || stage.ship(home).engagement.is_some();
    if !needed {
        recall(stage, wing);
    }
}

/// No carrier near has room for a wing. With jump drives it goes after its carrier, if she lives; without, it is stranded.
fn leave_behind(stage: &mut Stage, wing: GroupId) {
    let craft = stage.group(wing).ships.clone();
    let base = craft.first().and_then(|craft| stage.ship(*craft).base);
    let jumps = ways::group_drive(stage, wing).is_some();
    let alive = base.filter(|base| stage.ship(*base).exists());
    if let Some(base) = alive
        && stage.ship(base).body == stage.group(wing).body
        && stage.ship(base).stands()
    {
        // She is here, but her hangar is gone: they stay by her.
        strand(stage, wing, &craft, !jumps);
        return;
    }
    if jumps
        && let Some(base) = alive
        && stage.group(wing).tasks.is_empty()
    {
        let host = stage.ship(base).group;
        let cause = stage.group(host).cause;
        let order = jumpline_measure::OrderId(u32::MAX);
        stage.group_mut(wing).tasks.push(Standing {
            order,
            task: Task::Escort { group: host },
            phase: Phase::Waiting,
            doctrine: None,
            cause,
        });
        stage.call_officers(wing, Span::SECOND);
        return;
    }
    if alive.is_none() || !jumps {
        strand(stage, wing, &craft, !jumps);
    }
}

/// Craft without a home are ships like any other from here on.
fn strand(stage: &mut Stage, wing: GroupId, craft: &[ShipId], helpless: bool) {
    for id in craft {
        stage.ship_mut(*id).base = None;
    }
    if helpless {
        let (power, body) = (stage.group(wing).power, stage.group(wing).body);
        let ships = u32::try_from(craft.len()).unwrap_or(u32::MAX);
        let because = stage.why(wing);
        let event = stage.tell(Some(body), What::Stranded { group: wing, power, ships }, because);
        stage.group_mut(wing).cause = Some(event);
    }
}

/// Stranded craft find a home when a carrier of their power with room comes by.
pub(crate) fn take_up(stage: &mut Stage, body: BodyId) {
    for id in stage.groups_at(body) {
        let group = stage.group(id);
        if group.there_at > stage.now || stage.battle_of(id).is_some() || is_wing(stage, id) {
            continue;
        }
        let out = stage.standing(id);
        let homeless = !out.is_empty()
            && out.iter().all(|craft| {
                stage.class_of(*craft).role == jumpline_world::law::Role::Fighter
                    && stage.class_of(*craft).drive.is_none()
            });
        if !homeless || !stage.group(id).tasks.is_empty() {
            continue;
        }
        let Some(carrier) = taker(stage, out[0]) else { continue };
        for craft in &out {
            stage.ship_mut(*craft).base = Some(carrier);
        }
        recall(stage, id);
    }
}

/// A wing aboard that is told to patrol goes out for it when it is fit.
pub(crate) fn goes_on_patrol(stage: &mut Stage, wing: GroupId) {
    let first = stage.group(wing).ships.first().copied();
    let Some(carrier) = first.and_then(|craft| stage.ship(craft).carrier) else { return };
    if patrols(stage, wing) && wanted(stage, carrier, wing) {
        launch(stage, carrier, wing, 0);
    }
}

// --- Practice -------------------------------------------------------------------------------------------------------------

/// Wings in quiet space spar with each other and with allies': a little better each time, up to what sparring can teach.
pub(crate) fn spar(stage: &mut Stage) {
    let rules = &stage.codex.rules.wings;
    let (gain, most) = (rules.spar_permille.max(0), rules.spar_most_permille);
    let next = stage.now.saturating_add(Span(rules.spar_every_s.max(60)));
    stage.put(next, DueKind::Spar, 0);
    let mut wings: BTreeMap<BodyId, Vec<(GroupId, i64)>> = BTreeMap::new();
    for index in 0..stage.state.groups.len() {
        let id = GroupId::from_index(index);
        if stage.group(id).ships.is_empty() || !is_wing(stage, id) {
            continue;
        }
        if let Some(skill) = at_leisure(stage, id) {
            wings.entry(stage.group(id).body).or_default().push((id, skill));
        }
    }
    for (body, here) in wings {
        for (id, skill) in &here {
            let power = stage.group(*id).power;
            let partner = here
                .iter()
                .filter(|(other, _)| {
                    let theirs = stage.group(*other).power;
                    other != id
                        && stage.state.regard(power, theirs) == jumpline_world::law::Regard::Allied
                })
                .map(|(_, skill)| *skill)
                .max();
            let Some(best) = partner else { continue };
            // Who flies against the better learns more.
            let gain = gain + (best - skill).max(0) * gain / 100;
            practise(stage, *id, body, gain, most);
        }
    }
}

/// The mean skill of a wing that has nothing else to do; none when it has.
fn at_leisure(stage: &Stage, id: GroupId) -> Option<i64> {
    let group = stage.group(id);
    let free = |ship: &jumpline_world::state::Ship| match ship.status {
        Status::Aboard => {
            ship.carrier.is_some_and(|carrier| stage.ship(carrier).stands())
                && ship.ready_at <= stage.now
        }
        Status::Present => ship.engagement.is_none(),
        _ => false,
    };
    let system = stage.codex.chart.system_of(group.body)?;
    let fresh = stage.now.0 - 4 * stage.sweep_interval().0;
    let quiet = !stage.state.books[group.power.index()].contacts.values().any(|contact| {
        contact.last.0 >= fresh
            && contact.power.is_some_and(|of| stage.state.hostile(group.power, of))
            && stage.codex.chart.system_of(contact.body).is_some_and(|other| other.id == system.id)
    });
    let (mut sum, mut count) = (0, 0);
    for ship in stage.state.ships_of(id) {
        if !free(ship) {
            return None;
        }
        sum += ship.skill_permille;
        count += 1;
    }
    (quiet && count > 0).then(|| sum / count)
}

fn practise(stage: &mut Stage, id: GroupId, body: BodyId, gain: i64, most: i64) {
    let (mut ships, mut sum) = (0_u32, 0_i64);
    let craft = stage.group(id).ships.clone();
    for craft in &craft {
        let ship = stage.ship_mut(*craft);
        if ship.skill_permille < most {
            ship.skill_permille = (ship.skill_permille + gain).min(most);
            ships += 1;
        }
        sum += ship.skill_permille;
    }
    if ships == 0 || gain == 0 {
        return;
    }
    let skill_permille = sum / i64::try_from(craft.len().max(1)).unwrap_or(1);
    let power = stage.group(id).power;
    let because = stage.why(id);
    stage.tell(Some(body), What::Sparred { group: id, power, ships, skill_permille }, because);
}

/// When the wings spar first.
pub(crate) fn first_spar(stage: &Stage) -> Option<Time> {
    any(stage).then(|| stage.now.saturating_add(Span(stage.codex.rules.wings.spar_every_s.max(60))))
}

fn ship(subject: u64) -> Option<ShipId> {
    u32::try_from(subject).ok().map(ShipId)
}
