//! Meeting: how groups come to fight. A battle opens where hostile groups come near enough and one knows of the other;
//! whoever stands near with an enemy in it is drawn in; whoever comes later joins.
//!
//! Shared by jumps, flights, officers and beats. Refuses to decide who withdraws or why: that is the beat's.

use crate::covers;
use crate::eyes;
use crate::recover;
use crate::stage::Stage;
use jumpline_chart::Spot;
use jumpline_measure::{BodyId, EngagementId, GroupId, PowerId, ShipId, Span};
use jumpline_world::What;
use jumpline_world::order::{Quarry, Task};
use jumpline_world::state::DueKind;

/// A group stands somewhere: does a battle begin, or is there one to join? `means_it` when it came to attack.
pub(crate) fn meet(stage: &mut Stage, id: GroupId, means_it: bool) {
    let group = stage.group(id);
    let (body, spot, power) = (group.body, group.spot, group.power);
    if group.there_at > stage.now || stage.count_at(id, body) == 0 || stage.battle_of(id).is_some()
    {
        return;
    }
    let rules = &stage.codex.rules.battle;
    if let Some(battle) = battle_near(stage, body, &spot, rules.join_range_m)
        && has_business(stage, battle, id)
    {
        join(stage, battle, id);
        return;
    }
    let mut nearest: Option<(i64, GroupId)> = None;
    for other in stage.groups_at(body) {
        let there = stage.group(other);
        if there.body != body || there.there_at > stage.now {
            continue;
        }
        if !stage.state.hostile(power, there.power) || stage.battle_of(other).is_some() {
            continue;
        }
        let distance_m = stage.codex.chart.spot_distance_m(body, &spot, &there.spot);
        if distance_m > rules.engage_range_m {
            continue;
        }
        let known = means_it
            || eyes::sees(stage, power, other, body)
            || eyes::sees(stage, there.power, id, body);
        if known && (would_fire(stage, id, other) || would_fire(stage, other, id)) {
            let found = (distance_m, other);
            nearest = Some(nearest.map_or(found, |best| best.min(found)));
        }
    }
    let Some((_, other)) = nearest else { return };
    let centre = stage.group(other).spot;
    open(stage, body, centre, id, other);
}

/// Has a group anything to fire with, and would its doctrine fire it at anybody of the other? Whoever wounds and does not kill has
/// done with the wounded.
fn would_fire(stage: &Stage, id: GroupId, other: GroupId) -> bool {
    if !is_armed(stage, id) {
        return false;
    }
    let wound_permille = stage.doctrine(id).map_or(0, |doctrine| doctrine.wound_permille);
    wound_permille <= 0
        || stage.state.ships_of(other).any(|ship| {
            let hull = stage.codex.class(ship.class).hull.max(1);
            i64::from(ship.hull) * 1_000 >= wound_permille * hull
        })
}

fn is_armed(stage: &Stage, id: GroupId) -> bool {
    stage.state.ships_of(id).any(|ship| {
        let class = stage.codex.class(ship.class);
        ship.stands() && jumpline_battle::can_hurt(stage.codex, class, &ship.parts, &ship.shots)
    })
}

/// The nearest battle at a body within a distance of a spot.
pub(crate) fn battle_near(
    stage: &Stage,
    body: BodyId,
    spot: &Spot,
    within_m: i64,
) -> Option<EngagementId> {
    stage
        .state
        .engagements
        .values()
        .filter(|engagement| engagement.body == body)
        .map(|engagement| {
            let distance = stage.codex.chart.spot_distance_m(body, &engagement.centre, spot);
            (distance, engagement.id)
        })
        .filter(|(distance, _)| *distance <= within_m)
        .min()
        .map(|(_, id)| id)
}

/// Has a group an enemy in a battle?
fn has_business(stage: &Stage, battle: EngagementId, id: GroupId) -> bool {
    let power = stage.group(id).power;
    powers_in(stage, battle).iter().any(|other| stage.state.hostile(power, *other))
}

/// Powers with ships in a battle.
pub(crate) fn powers_in(stage: &Stage, battle: EngagementId) -> Vec<PowerId> {
    let Some(engagement) = stage.state.engagements.get(&battle) else { return Vec::new() };
    let mut powers = engagement.columns.power.clone();
    powers.sort_unstable();
    powers.dedup();
    powers
}

/// Groups with ships in a battle.
pub(crate) fn groups_in(stage: &Stage, battle: EngagementId) -> Vec<GroupId> {
    let Some(engagement) = stage.state.engagements.get(&battle) else { return Vec::new() };
    let mut groups: Vec<GroupId> =
        engagement.columns.id.iter().map(|ship| stage.ship(*ship).group).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

fn open(stage: &mut Stage, body: BodyId, centre: Spot, comer: GroupId, stander: GroupId) {
    let id = EngagementId(stage.state.next_engagement);
    stage.state.next_engagement = stage.state.next_engagement.saturating_add(1);
    let mut because = stage.why(comer);
    because.extend(stage.why(stander));
    because.dedup();
    let engagement =
        jumpline_battle::open(stage.codex, id, body, centre, stage.now, because.clone());
    stage.state.engagements.insert(id, engagement);
    let rules = &stage.codex.rules.battle;
    let mut powers = vec![stage.group(comer).power, stage.group(stander).power];
    enter_group(stage, id, comer);
    enter_group(stage, id, stander);
    // Whoever stands near and has an enemy or an ally in it is drawn in.
    for other in stage.groups_at(body) {
        let there = stage.group(other);
        if there.body != body || there.there_at > stage.now || stage.battle_of(other).is_some() {
            continue;
        }
        let near = stage.codex.chart.spot_distance_m(body, &centre, &there.spot);
        if near <= rules.join_range_m && has_business(stage, id, other) {
            powers.push(stage.group(other).power);
            enter_group(stage, id, other);
        }
    }
    powers.sort_unstable();
    powers.dedup();
    let ships =
        stage.state.engagements.get(&id).map_or(0, |engagement| engagement.columns.id.len());
    let ships = u32::try_from(ships).unwrap_or(u32::MAX);
    let what = What::BattleBegan { engagement: id, powers, ships };
    let event = stage.tell(Some(body), what, because);
    if let Some(engagement) = stage.state.engagements.get_mut(&id) {
        engagement.event = Some(event);
    }
    let groups = groups_in(stage, id);
    eyes::look_in_battle(stage, &groups, body);
    for group in groups {
        stage.group_mut(group).cause = Some(event);
    }
    let beat = Span(stage.codex.rules.officers.beat_s.max(1));
    stage.put(stage.now.saturating_add(beat), DueKind::BattleBeat, u64::from(id.0));
}

/// A group joins a battle in progress.
pub(crate) fn join(stage: &mut Stage, battle: EngagementId, id: GroupId) {
    let because = [stage.why_battle(Some(battle)), stage.why(id)].concat();
    let ships = enter_group(stage, battle, id);
    if ships == 0 {
        return;
    }
    let group = stage.group(id);
    let (body, power) = (group.body, group.power);
    let what = What::BattleJoined { engagement: battle, group: id, power, ships };
    let event = stage.tell(Some(body), what, because);
    stage.group_mut(id).cause = Some(event);
    eyes::look_in_battle(stage, &groups_in(stage, battle), body);
}

fn enter_group(stage: &mut Stage, battle: EngagementId, id: GroupId) -> u32 {
    let spot = stage.group(id).spot;
    let mut count = 0;
    for ship in stage.standing(id) {
        if enter_ship(stage, battle, ship, spot) {
            count += 1;
        }
    }
    count
}

/// A ship comes into a battle at a spot of the body's space.
pub(crate) fn enter_ship(stage: &mut Stage, battle: EngagementId, id: ShipId, spot: Spot) -> bool {
    let ship = stage.ship(id);
    // Ships on their last way to the ground are past fighting.
    if ship.engagement.is_some()
        || !ship.stands()
        || ship.transit.as_ref().is_some_and(|transit| transit.from == transit.to)
    {
        return false;
    }
    recover::shields(stage, id);
    let group = stage.ship(id).group;
    let state = &mut *stage.state;
    let Some(engagement) = state.engagements.get_mut(&battle) else { return false };
    let fresh = jumpline_battle::posture_of(engagement, group).is_none();
    jumpline_battle::enter(
        stage.codex,
        engagement,
        &state.ships[id.index()],
        &state.groups[group.index()],
        &spot,
        stage.now,
    );
    if engagement.columns.id.binary_search(&id).is_err() {
        return false;
    }
    state.ships[id.index()].engagement = Some(battle);
    if fresh {
        brief(stage, battle, group);
    }
    true
}

/// A ship that has just come out joins the battle that her group, or anybody near with whom she has business, fights there.
pub(crate) fn joins(stage: &mut Stage, id: ShipId, spot: Spot) {
    let ship = stage.ship(id);
    if stage.state.engagements.is_empty() || ship.engagement.is_some() || !ship.stands() {
        return;
    }
    let (body, group) = (ship.body, ship.group);
    let range = stage.codex.rules.battle.join_range_m;
    let own = stage.battle_of(group).filter(|battle| {
        stage.state.engagements.get(battle).is_some_and(|engagement| engagement.body == body)
    });
    let near = own.or_else(|| {
        battle_near(stage, body, &spot, range).filter(|battle| has_business(stage, *battle, group))
    });
    let Some(battle) = near else { return };
    if own.is_none() {
        let others = stage.why_battle(Some(battle));
        let power = stage.group(group).power;
        if enter_ship(stage, battle, id, spot) {
            let what = What::BattleJoined { engagement: battle, group, power, ships: 1 };
            let event = stage.tell(Some(body), what, others);
            stage.group_mut(group).cause = Some(event);
        }
    } else {
        enter_ship(stage, battle, id, spot);
    }
    if stage.group(group).withdrawing {
        crate::retreat::one_more(stage, id);
    }
}

/// Tells a group's ships in a battle what their officers want now.
pub(crate) fn brief(stage: &mut Stage, battle: EngagementId, id: GroupId) {
    let doctrine = stage.doctrine_id(id);
    let group = stage.group(id);
    let (cause, withdrawing) = (group.cause, group.withdrawing);
    let task = group.tasks.first().map(|standing| standing.task.clone());
    let power = group.power;
    let body = stage.group(id).body;
    let lands = matches!(&task, Some(Task::Land { body: to, .. }) if *to == body);
    let covered = if lands { covers::against(stage, body, power) } else { None };
    let (quarry, descending) = match &task {
        Some(Task::Assault { quarry, .. } | Task::Hunt { quarry }) => {
            (quarry_classes(stage, power, quarry), false)
        }
        Some(Task::Intercept { contact }) => {
            (quarry_classes(stage, power, &Quarry::Contact(*contact)), false)
        }
        Some(Task::Raid { roles, .. }) => {
            (quarry_classes(stage, power, &Quarry::Roles(roles.clone())), false)
        }
        // What keeps them out is what they go for.
        Some(Task::Land { .. }) => {
            let generator = covered.map(|ship| stage.ship(ship).class);
            (generator.into_iter().collect(), lands && covered.is_none())
        }
        _ => (Vec::new(), false),
    };
    let quarry_ship = quarry_ship(stage, battle, id, &quarry);
    let Some(engagement) = stage.state.engagements.get_mut(&battle) else { return };
    let Some(posture) = jumpline_battle::posture(engagement, id) else { return };
    posture.doctrine = doctrine;
    posture.quarry = quarry;
    posture.quarry_ship = quarry_ship;
    posture.descending = descending;
    posture.withdrawing = withdrawing;
    posture.cause = cause;
}

/// The classes that a quarry means, as far as its hunter's own book tells.
fn quarry_classes(
    stage: &Stage,
    power: PowerId,
    quarry: &Quarry,
) -> Vec<jumpline_measure::ClassId> {
    use jumpline_measure::ClassId;
    match quarry {
        Quarry::Class(class) => vec![*class],
        Quarry::Contact(contact) => stage.state.books[power.index()]
            .contacts
            .get(contact)
            .map(|contact| contact.classes.iter().filter_map(|one| one.class).collect())
            .unwrap_or_default(),
        Quarry::Roles(roles) => {
            let all = stage.codex.classes.iter().enumerate();
            all.filter(|(_, class)| roles.contains(&class.role))
                .map(|(number, _)| ClassId::from_index(number))
                .collect()
        }
    }
}

/// One ship that all of a group should go for: only when the quarry is a single great ship.
fn quarry_ship(
    stage: &Stage,
    battle: EngagementId,
    id: GroupId,
    quarry: &[jumpline_measure::ClassId],
) -> Option<ShipId> {
    if quarry.is_empty() {
        return None;
    }
    let engagement = stage.state.engagements.get(&battle)?;
    let power = stage.group(id).power;
    let columns = &engagement.columns;
    let mut found = None;
    for row in 0..columns.id.len() {
        if quarry.contains(&columns.class[row]) && stage.state.hostile(power, columns.power[row]) {
            if found.is_some() {
                return None;
            }
            found = Some(columns.id[row]);
        }
    }
    found
}
