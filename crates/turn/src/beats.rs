//! A battle's beat: every so often the officers of all sides look at it. Who breaks off, who goes on, who comes to help, and
//! whether it is over.

use crate::clash;
use crate::covers;
use crate::eyes;
use crate::fall;
use crate::meet;
use crate::mend;
use crate::officers;
use crate::retreat;
use crate::stage::Stage;
use crate::ways;
use crate::wings;
use jumpline_battle::{Assessment, End};
use jumpline_measure::{BodyId, EngagementId, GroupId, PowerId, ShipId, Span};
use jumpline_world::event::Why;
use jumpline_world::law::{Regard, Role};
use jumpline_world::order::{Quarry, Task};
use jumpline_world::state::{DueKind, Phase, Standing};
use std::collections::{BTreeMap, BTreeSet};

/// One beat of one battle.
pub(crate) fn beat(stage: &mut Stage, subject: u64) {
    let Ok(id) = u32::try_from(subject).map(EngagementId) else { return };
    let Some(body) = stage.state.engagements.get(&id).map(|engagement| engagement.body) else {
        return;
    };
    clash::settle_all(stage, id);
    let groups = meet::groups_in(stage, id);
    eyes::look_in_battle(stage, &groups, body);
    covers::look_at(stage, body);
    let coming = friends_coming(stage, body);
    let craft = wings::any(stage);
    let mut harmless = true;
    for group in &groups {
        harmless &= decide(stage, id, *group, &coming);
        if craft && !stage.group(*group).withdrawing && !wings::is_wing(stage, *group) {
            wings::launch_all(stage, *group);
        }
    }
    help(stage, id, body);
    let end = stage.state.engagements.get(&id).and_then(|engagement| {
        jumpline_battle::over(stage.codex, engagement, &stage.state.regards, stage.now)
    });
    match end {
        Some(end) => finish(stage, id, body, end == End::ByRule),
        // Nobody is left who can hurt anybody: they look at each other until somebody better armed comes.
        None if harmless => finish(stage, id, body, false),
        None => {
            let next = Span(stage.codex.rules.officers.beat_s.max(1));
            stage.put(stage.now.saturating_add(next), DueKind::BattleBeat, subject);
        }
    }
}

/// The worth in battle of each power's ships that are on their way to a body: the head of a stream knows what follows it.
fn friends_coming(stage: &Stage, body: BodyId) -> BTreeMap<PowerId, i64> {
    let mut coming: BTreeMap<PowerId, i64> = BTreeMap::new();
    for group in &stage.state.groups {
        let bound = group.body == body || group.hop.as_ref().is_some_and(|hop| hop.to == body);
        if !bound || group.withdrawing {
            continue;
        }
        for ship in stage.state.ships_of(group.id) {
            if ship.engagement.is_none()
                && ship.transit.as_ref().is_some_and(|way| way.to == body && way.from != body)
            {
                let worth = jumpline_battle::ship_strength(stage.codex, ship);
                let sum = coming.entry(ship.power).or_insert(0);
                *sum = sum.saturating_add(worth);
            }
        }
    }
    coming
}

/// What the officers of one group make of it. True when the group can hurt nobody.
fn decide(
    stage: &mut Stage,
    battle: EngagementId,
    id: GroupId,
    coming: &BTreeMap<PowerId, i64>,
) -> bool {
    let Some(engagement) = stage.state.engagements.get(&battle) else { return true };
    let mut view = jumpline_battle::assess(stage.codex, engagement, &stage.state.regards, id);
    if view.ships == 0 {
        return true;
    }
    let follow = coming.get(&stage.group(id).power).copied().unwrap_or(0);
    view.allied_strength = view.allied_strength.saturating_add(follow);
    let harmless = view.spent >= view.ships;
    if wings::is_wing(stage, id) {
        wings::beat(stage, battle, id);
        if !stage.group(id).withdrawing {
            meet::brief(stage, battle, id);
        }
        return harmless;
    }
    if !stage.group(id).withdrawing {
        if let Some(why) = reason_to_go(stage, battle, id, &view) {
            break_off(stage, id, why);
        } else if let Some(way) = goes_on(stage, battle, id, &view) {
            pass_through(stage, battle, id, way);
            return harmless;
        }
    }
    if stage.battle_of(id) == Some(battle) && !passing(stage, id) {
        call_forward(stage, battle, id, &view);
        meet::brief(stage, battle, id);
    }
    harmless
}

/// Is the group on its way through this battle to a quarry elsewhere?
fn passing(stage: &Stage, id: GroupId) -> bool {
    stage.group(id).withdrawing && stage.group(id).hop.is_none()
}

/// A group that was sent for something that is not in this battle, and knows where round the body it is: the way there.
fn goes_on(
    stage: &Stage,
    battle: EngagementId,
    id: GroupId,
    view: &Assessment,
) -> Option<[i32; 3]> {
    let group = stage.group(id);
    let quarry = match group.tasks.first().map(|standing| &standing.task)? {
        Task::Assault { body, quarry } if *body == group.body => quarry.clone(),
        Task::Raid { body, roles } if *body == group.body => Quarry::Roles(roles.clone()),
        Task::Hunt { quarry } => quarry.clone(),
        _ => return None,
    };
    let anyone = matches!(&quarry, Quarry::Roles(roles) if roles.is_empty());
    if anyone || view.quarry_left > 0 {
        return None;
    }
    let target = officers::choose(stage, id, &quarry, Some(group.body))?;
    let there = stage.state.books[group.power.index()].contacts.get(&target)?.spot;
    let engagement = stage.state.engagements.get(&battle)?;
    let chart = &stage.codex.chart;
    let centre = chart.spot_offset(group.body, &engagement.centre);
    let way = chart.spot_offset(group.body, &there) - centre;
    if way.length_m() <= stage.codex.rules.battle.join_range_m {
        return None;
    }
    jumpline_measure::Bearing::from_vec(way).map(|way| [way.x, way.y, way.z])
}

/// Fights its way out of one battle towards another; the officers take it on from the edge.
fn pass_through(stage: &mut Stage, battle: EngagementId, id: GroupId, way: [i32; 3]) {
    let wait = Span(stage.codex.rules.officers.withdraw_s.max(1));
    stage.group_mut(id).withdrawing = true;
    if let Some(engagement) = stage.state.engagements.get_mut(&battle)
        && let Some(posture) = jumpline_battle::posture(engagement, id)
    {
        posture.withdrawing = true;
        posture.bound = way;
    }
    stage.call_officers(id, wait);
}

/// Doctrine's thresholds, and a raid's own end.
fn reason_to_go(
    stage: &Stage,
    battle: EngagementId,
    id: GroupId,
    view: &Assessment,
) -> Option<Why> {
    let doctrine = stage.doctrine(id)?;
    let task = stage.group(id).tasks.first().map(|standing| &standing.task);
    if matches!(task, Some(Task::Withdraw { .. })) {
        return Some(Why::Ordered);
    }
    // Whoever cannot go does not decide to.
    ways::group_drive(stage, id)?;
    let judged = jumpline_battle::reason_to_go(doctrine, view);
    if judged.is_some() {
        return judged;
    }
    let began = stage.state.engagements.get(&battle).map(|engagement| engagement.began)?;
    let settled = stage.now.0 - began.0 >= stage.codex.rules.officers.beat_s;
    match task {
        Some(Task::Raid { .. }) if view.quarry_left == 0 && settled => Some(Why::Done),
        _ => None,
    }
}

/// Breaks a group off. A raid goes home; any other task is given up for the withdrawal.
fn break_off(stage: &mut Stage, id: GroupId, why: Why) {
    let standing = stage.group(id).tasks.first().cloned();
    let (to, ordered) = match standing.as_ref().map(|standing| &standing.task) {
        Some(Task::Raid { .. }) => (Some(stage.group(id).home), false),
        Some(Task::Withdraw { to }) => (*to, true),
        // Whoever is told to go on from here goes on rather than back.
        _ => (onward(stage, id), false),
    };
    let body = stage.group(id).body;
    let to = to.filter(|to| *to != body);
    if !retreat::withdraw(stage, id, to, why) {
        return;
    }
    if ordered {
        return;
    }
    let to = stage.group(id).hop.as_ref().map(|hop| hop.to).filter(|_| to.is_none()).or(to);
    let Some(first) = stage.group_mut(id).tasks.first_mut() else { return };
    if matches!(first.task, Task::Raid { .. }) {
        first.phase = Phase::Leaving;
    } else if matches!(first.task, Task::Move { to, .. } if to != body) {
        // Met by enemies on the way: clear of them first, and then on.
        let away = Standing { task: Task::Withdraw { to }, phase: Phase::Leaving, ..first.clone() };
        first.phase = Phase::Underway;
        stage.group_mut(id).tasks.insert(0, away);
    } else {
        first.task = Task::Withdraw { to };
        first.phase = Phase::Leaving;
    }
}

/// Where a group is to go next, beyond the body it is at, if that is a journey and not another fight.
fn onward(stage: &Stage, id: GroupId) -> Option<BodyId> {
    let group = stage.group(id);
    let mut ahead = group.tasks.iter().map(|standing| match standing.task {
        Task::Move { to, .. } | Task::Tow { to, .. } => Some(to),
        Task::Withdraw { to } => to,
        Task::Hold { .. } | Task::Unload => Some(group.body),
        _ => None,
    });
    let present = ahead.next().flatten();
    let next = ahead.next().flatten();
    present.filter(|to| *to != group.body).or(next).filter(|to| *to != group.body)
}

/// Reserves go forward when their side is being worn down.
fn call_forward(stage: &mut Stage, battle: EngagementId, id: GroupId, view: &Assessment) {
    let forward = |doctrine| jumpline_battle::goes_forward(doctrine, view);
    if !stage.doctrine(id).is_some_and(forward) {
        return;
    }
    if let Some(engagement) = stage.state.engagements.get_mut(&battle)
        && let Some(posture) = jumpline_battle::posture(engagement, id)
    {
        posture.called = true;
    }
}

/// Groups elsewhere round the body whose doctrine is to support, and who have nothing else to do, fly to the battle.
fn help(stage: &mut Stage, battle: EngagementId, body: BodyId) {
    let powers = meet::powers_in(stage, battle);
    let Some(centre) = stage.state.engagements.get(&battle).map(|engagement| engagement.centre)
    else {
        return;
    };
    for id in stage.groups_at(body) {
        let group = stage.group(id);
        if group.body != body
            || group.there_at > stage.now
            || group.hop.is_some()
            || group.withdrawing
            || stage.battle_of(id).is_some()
        {
            continue;
        }
        let free = match group.tasks.first() {
            None => true,
            Some(standing) => {
                matches!(standing.task, Task::Hold { .. } | Task::Guard { .. })
                    && standing.phase == Phase::Engaged
            }
        };
        let power = group.power;
        let friend = powers.iter().any(|other| stage.state.regard(power, *other) == Regard::Allied);
        let foe = powers.iter().any(|other| stage.state.hostile(power, *other));
        if !free || !friend || !foe {
            continue;
        }
        if !stage.doctrine(id).is_some_and(|doctrine| doctrine.supports_allies) {
            continue;
        }
        let join_m = stage.codex.rules.battle.join_range_m;
        let spot = stage.group(id).spot;
        if ways::apart_m(stage, body, &spot, &centre) <= join_m {
            meet::join(stage, battle, id);
        } else if answers(stage, id, power) {
            ways::fly(stage, id, centre);
        }
    }
}

/// Officers need time before they act on news from elsewhere; a busy group is asked again at the next beat.
fn answers(stage: &mut Stage, id: GroupId, power: PowerId) -> bool {
    let now = stage.now;
    let wait = stage.reaction(power);
    let group = stage.group(id);
    // The first call starts the clock; the beat after it has run out lets them fly.
    if group.busy_until.0 > 0 && group.busy_until <= now && group.busy_until.0 + 600 > now.0 {
        return true;
    }
    if group.busy_until <= now {
        stage.group_mut(id).busy_until = now.saturating_add(Span(wait.0.max(1)));
    }
    false
}

/// A battle is over: records, lessons, stragglers, and what everybody does next.
fn finish(stage: &mut Stage, id: EngagementId, body: BodyId, by_rule: bool) {
    let ships: Vec<ShipId> = stage
        .state
        .engagements
        .get(&id)
        .map(|engagement| engagement.columns.id.clone())
        .unwrap_or_default();
    let groups = clash::conclude(stage, id, by_rule);
    for ship in ships {
        let craft = stage.class_of(ship).role == Role::Fighter;
        let lesson = if craft {
            stage.codex.rules.wings.combat_permille
        } else {
            stage.codex.rules.officers.lesson_permille
        };
        let most = stage.codex.rules.officers.lesson_most_permille;
        let record = stage.ship_mut(ship);
        if record.skill_permille < most {
            record.skill_permille = (record.skill_permille + lesson.max(0)).min(most);
        }
    }
    let mut calls: BTreeSet<GroupId> = BTreeSet::new();
    for group in groups {
        leave_cripples(stage, group, body);
        calls.insert(group);
    }
    for group in calls {
        for ship in stage.group(group).ships.clone() {
            if stage.ship(ship).body != stage.group(group).body {
                ways::follow(stage, ship);
            }
        }
        mend::one(stage, group);
        let wait = stage.reaction(stage.group(group).power);
        stage.call_officers(group, Span(wait.0.max(1)));
    }
    fall::check_body(stage, body);
}

/// Ships that cannot follow a group that has jumped away become a group of their own where they are.
fn leave_cripples(stage: &mut Stage, id: GroupId, body: BodyId) {
    let gone = stage.group(id).body != body || stage.group(id).hop.is_some();
    if !gone {
        return;
    }
    let cripples: Vec<ShipId> = stage
        .state
        .ships_of(id)
        .filter(|ship| ship.stands() && ship.body == body && ship.transit.is_none())
        .map(|ship| ship.id)
        .filter(|ship| !ways::can_jump(stage, *ship))
        .collect();
    if cripples.is_empty() || cripples.len() == stage.group(id).ships.len() {
        return;
    }
    let name = stage.labelled(id, "left behind");
    let spot = stage.group(id).spot;
    stage.split_off(id, &cripples, name, body, spot);
}
