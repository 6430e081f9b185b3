//! Clashes: playing battles on, carrying out what they report, and taking ships out of them. How they begin is `meet`'s.
//!
//! Shared by jumps, officers and beats. Refuses to decide who withdraws or why: that is the beat's.

use crate::eyes;
use crate::ground;
use crate::loss::{Loss, lose};
use crate::meet;
use crate::people;
use crate::stage::Stage;
use jumpline_battle::{Left, Report, Told};
use jumpline_chart::Spot;
use jumpline_measure::{EngagementId, GroupId, ShipId, Time, Vec3m};
use jumpline_world::engagement::Engagement;
use jumpline_world::event::Party;
use jumpline_world::law::Regard;
use jumpline_world::ledger::finite_shots;
use jumpline_world::state::{Fallback, Resolution, Resolved};
use jumpline_world::{Codex, What};

// --- Playing --------------------------------------------------------------------------------------------------------------

/// Plays every battle up to a moment and carries out what it reports, in the order in which it happened.
pub(crate) fn advance(stage: &mut Stage, until: Time) {
    if stage.state.engagements.is_empty() || until <= stage.now {
        return;
    }
    let mut told: Vec<(Time, EngagementId, Report)> = Vec::new();
    let mut heard: Vec<Report> = Vec::new();
    {
        let state = &mut *stage.state;
        for (id, engagement) in &mut state.engagements {
            let before = engagement.ship_ticks;
            let why_not = fallback(stage.codex, &state.regards, engagement, &mut state.resolved);
            let coarse = state.resolved.asked != Resolution::Entity && why_not.is_none();
            if coarse {
                let (dice, regards) = (&stage.dice, &state.regards);
                let codex = stage.codex;
                jumpline_attrition::advance(codex, dice, regards, engagement, until, &mut heard);
            } else {
                let (codex, dice, regards) = (stage.codex, &stage.dice, &state.regards);
                let (battle, threads, out) = (&mut *engagement, stage.threads, &mut heard);
                match &mut stage.battles {
                    Some(who) => jumpline_battle::advance_watched(
                        codex, dice, regards, battle, until, threads, *who, out,
                    ),
                    None => {
                        let ready = stage.memory.ready(codex);
                        jumpline_battle::advance_ready(
                            codex, ready, dice, regards, battle, until, threads, out,
                        );
                    }
                }
            }
            if let Some(who) = &mut stage.battles {
                heard.iter().for_each(|report| who.hear(*id, report));
            }
            let played = engagement.ship_ticks.saturating_sub(before);
            stage.ship_ticks += played;
            state.resolved.aggregate_ship_ticks += if coarse { played } else { 0 };
            told.extend(heard.drain(..).map(|report| (report.at, *id, report)));
        }
    }
    told.sort_by_key(|(at, id, _)| (*at, *id));
    for (at, id, report) in told {
        stage.now = at.clamp(stage.now, until);
        carry_out(stage, id, report.what);
    }
}

/// Why a battle is played ship by ship though something else was asked for; battles are counted as they begin.
fn fallback(
    codex: &Codex,
    regards: &[Vec<Regard>],
    engagement: &Engagement,
    resolved: &mut Resolved,
) -> Option<Fallback> {
    let why_not = jumpline_attrition::reason(codex, regards, engagement, resolved.asked);
    if engagement.tick == 0 && !engagement.columns.id.is_empty() {
        if resolved.asked == Resolution::Entity || why_not.is_some() {
            resolved.entity += 1;
        } else {
            resolved.aggregate += 1;
        }
        if let Some(reason) = why_not {
            *resolved.because.entry(reason).or_insert(0) += 1;
        }
    }
    why_not
}

fn carry_out(stage: &mut Stage, id: EngagementId, told: Told) {
    let because = stage.why_battle(Some(id));
    let body = stage.state.engagements.get(&id).map(|engagement| engagement.body);
    let named = |stage: &Stage, ship: ShipId| (stage.ship(ship).power, stage.ship(ship).class);
    match told {
        Told::ShipLost { ship, by, how, altitude_m, left } => {
            settle(stage, &left);
            let bearing = stage.state.engagements.get(&id).map(|e| e.centre.bearing);
            let spot = Some(Spot::new(altitude_m, bearing.unwrap_or_default()));
            lose(stage, Loss { ship, how, by, engagement: Some(id), spot, because });
        }
        Told::Wounded { ship, by } => {
            let now = stage.now;
            stage.ship_mut(ship).wounded.get_or_insert(now);
            let (power, class) = named(stage, ship);
            let what = What::ShipWounded { ship, power, class, by, engagement: Some(id) };
            let event = stage.tell(body, what, because);
            people::remember(stage, ship, event);
        }
        Told::ShieldsDown { ship, .. } => {
            let (power, class) = named(stage, ship);
            let what = What::ShieldsDown { ship, power, class, engagement: id };
            stage.tell(body, what, because);
        }
        Told::PartLost { ship, part, number, by } => {
            let (power, class) = named(stage, ship);
            let noted = stage.codex.class(class).noted;
            if noted || people::has_any(stage, ship) {
                let what = What::PartLost { ship, power, class, part, number, by };
                let event = stage.tell(body, what, because);
                people::part_lost(stage, ship, part, event);
            }
        }
        Told::FieldLit { ship } => {
            let (power, class) = named(stage, ship);
            stage.tell(body, What::FieldLit { ship, power, class }, because);
        }
        Told::FieldDark { ship } => {
            let (power, class) = named(stage, ship);
            stage.tell(body, What::FieldDark { ship, power, class }, because);
        }
        Told::ReachedAir { ship, left } => {
            settle(stage, &left);
            stage.ship_mut(ship).engagement = None;
            ground::reached_air(stage, ship, because);
        }
        Told::Out { ship } => {
            // Clear of every gun, with a place in a line's queue: she flies on by herself.
            if stage.ship(ship).transit.is_some() {
                take_out(stage, ship);
            }
        }
        Told::Rammed { .. } => {}
        Told::Routed { group } | Told::Rallied { group } => {
            let power = stage.group(group).power;
            let ships = stage.state.ships_of(group).filter(|ship| ship.engagement == Some(id));
            let ships = u32::try_from(ships.count()).unwrap_or(u32::MAX);
            let what = if matches!(told, Told::Routed { .. }) {
                What::Routed { group, power, ships }
            } else {
                What::Rallied { group, power, ships }
            };
            let event = stage.tell(body, what, because);
            stage.group_mut(group).cause = Some(event);
        }
        Told::QuarryStruck { group, quarry } => {
            let power = stage.group(group).power;
            let quarry = stage.ship(quarry).class;
            let event = stage.tell(body, What::Struck { group, power, quarry }, because);
            stage.group_mut(group).cause = Some(event);
        }
    }
}

/// Writes what a ship brings out of a battle into her record, and books what she fired.
fn settle(stage: &mut Stage, left: &Left) {
    let now = stage.now;
    let ship = stage.ship_mut(left.ship);
    let before = finite_shots(&ship.shots);
    left.settle(ship, now);
    let spent = before - finite_shots(&ship.shots);
    let power = ship.power.index();
    stage.state.ledger.shots[power].spent += spent;
}

/// Refreshes the records of all who fight in one battle.
pub(crate) fn settle_all(stage: &mut Stage, id: EngagementId) {
    let now = stage.now;
    let state = &mut *stage.state;
    let Some(engagement) = state.engagements.get(&id) else { return };
    for (row, ship) in engagement.columns.id.iter().enumerate() {
        let power = state.ships[ship.index()].power.index();
        let before = finite_shots(&state.ships[ship.index()].shots);
        let after = finite_shots(&engagement.columns.shots[row]);
        state.ledger.shots[power].spent += before - after;
    }
    jumpline_battle::settle(engagement, &mut state.ships, now);
}

// --- Going out ------------------------------------------------------------------------------------------------------------

/// Where a ship stands: in her battle's space if she fights, else with her group.
pub(crate) fn place_of(stage: &Stage, id: ShipId) -> Spot {
    let ship = stage.ship(id);
    let fallback = stage.group(ship.group).spot;
    let Some(engagement) = ship.engagement.and_then(|id| stage.state.engagements.get(&id)) else {
        return fallback;
    };
    let Ok(row) = engagement.columns.id.binary_search(&id) else { return fallback };
    let [x, y, z] = engagement.columns.position[row];
    let offset = Vec3m::new(x as i64, y as i64, z as i64);
    let chart = &stage.codex.chart;
    let centre = chart.spot_offset(engagement.body, &engagement.centre);
    chart.spot_at(engagement.body, centre + offset)
}

/// Takes a ship out of her battle with what she has left, and says where she stood.
pub(crate) fn take_out(stage: &mut Stage, id: ShipId) -> Option<Spot> {
    let spot = place_of(stage, id);
    let battle = stage.ship(id).engagement?;
    stage.ship_mut(id).engagement = None;
    let left = stage
        .state
        .engagements
        .get_mut(&battle)
        .and_then(|engagement| jumpline_battle::leave(engagement, id))?;
    settle(stage, &left);
    Some(spot)
}

/// Ends a battle: records settled, groups stand where their greatest ship stood, the parties' account told.
pub(crate) fn conclude(stage: &mut Stage, battle: EngagementId, by_rule: bool) -> Vec<GroupId> {
    settle_all(stage, battle);
    let groups = meet::groups_in(stage, battle);
    let Some(body) = stage.state.engagements.get(&battle).map(|engagement| engagement.body) else {
        return groups;
    };
    eyes::look_in_battle(stage, &groups, body);
    for id in &groups {
        let lead = stage
            .state
            .ships_of(*id)
            .filter(|ship| ship.engagement == Some(battle))
            .max_by_key(|ship| {
                (stage.codex.class(ship.class).toughness(), std::cmp::Reverse(ship.id))
            })
            .map(|ship| ship.id);
        let Some(lead) = lead else { continue };
        let mut spot = place_of(stage, lead);
        spot.altitude_m = spot.altitude_m.max(0);
        let now = stage.now;
        let group = stage.group_mut(*id);
        // A group under way to a line's mouth goes on from there; any other stands where it fought.
        if group.body == body && group.hop.is_none() {
            group.spot = spot;
            group.there_at = now;
        }
    }
    let because = stage.why_battle(Some(battle));
    let Some(engagement) = stage.state.engagements.remove(&battle) else { return groups };
    if let Some(who) = &mut stage.battles {
        who.close(&engagement, stage.now);
    }
    for ship in &engagement.columns.id {
        stage.ship_mut(*ship).engagement = None;
    }
    let parties = engagement
        .tallies
        .iter()
        .map(|tally| Party { power: tally.power, ships: tally.came, lost: tally.lost })
        .collect();
    let duration_s = stage.now.0 - engagement.began.0;
    let what = What::BattleEnded { engagement: battle, parties, duration_s, by_rule };
    let event = stage.tell(Some(body), what, because);
    for id in &groups {
        stage.group_mut(*id).cause = Some(event);
    }
    for ship in engagement.columns.id {
        people::remember(stage, ship, event);
    }
    groups
}
