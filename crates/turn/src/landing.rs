//! Landings: ships come down through the air, past the defenders' fighters, and stand on the ground; the first makes a
//! foothold, and a day later a shield stands over it.

use crate::covers;
use crate::ground;
use crate::loss::{Loss, lose};
use crate::stage::Stage;
use jumpline_chart::Spot;
use jumpline_measure::{BodyId, GroupId, Purpose, ShipId, Span};
use jumpline_world::law::{Regard, Role};
use jumpline_world::order::Task;
use jumpline_world::state::{DueKind, Site, Status};
use jumpline_world::{How, What};

/// A ship on her way down reaches the air, or the ground.
pub(crate) fn touch_down(stage: &mut Stage, id: ShipId) {
    let ship = stage.ship(id);
    if !ship.stands() || ship.engagement.is_some() {
        return;
    }
    let Some(run) = ship.transit.clone().filter(|run| run.from == run.to) else { return };
    if run.arrives > stage.now {
        return;
    }
    let (body, power, class, group) = (ship.body, ship.power, ship.class, ship.group);
    if run.departs == run.arrives && covers::against(stage, body, power).is_some() {
        // The shield below has shut: she stays above it, and the officers think again.
        stage.ship_mut(id).transit = None;
        stage.call_officers(group, Span::MINUTE);
        return;
    }
    if run.departs == run.arrives {
        let because = stage.why(group);
        ground::reached_air(stage, id, because);
        return;
    }
    if !through_fighters(stage, id, group, body) {
        return;
    }
    stage.ship_mut(id).transit = None;
    let sites = match stage.group(group).tasks.first().map(|standing| &standing.task) {
        Some(Task::Land { sites, .. }) => (*sites).max(1),
        _ => 1,
    };
    let site = site_for(stage, id, body, sites);
    stage.place(id, Status::Landed, body);
    let because = stage.why(group);
    let number = u32::try_from(site).unwrap_or(u32::MAX);
    stage.tell(Some(body), What::Landed { ship: id, power, class, site: number }, because.clone());
    let now = stage.now;
    let fresh = stage.state.sites[site].ships.is_empty();
    let there = &mut stage.state.sites[site].ships;
    if let Err(place) = there.binary_search(&id) {
        there.insert(place, id);
    }
    if fresh {
        stage.state.sites[site].since = now;
        stage.tell(Some(body), What::Foothold { site: number, power, body }, because);
        let up = now.saturating_add(Span(stage.codex.rules.ground.shield_s.max(1)));
        stage.put(up, DueKind::SiteShield, site as u64);
    }
    stage.call_officers(group, Span::ZERO);
}

/// The landing zone of a ship: zones are filled in turn, by ship number; a zone that does not exist yet is made.
fn site_for(stage: &mut Stage, id: ShipId, body: BodyId, sites: u32) -> usize {
    let power = stage.ship(id).power;
    let number = id.0 % sites;
    let found = stage
        .state
        .sites
        .iter()
        .position(|site| site.body == body && site.power == power && site.number == number);
    found.unwrap_or_else(|| {
        let since = stage.now;
        let site = Site { body, number, power, ships: Vec::new(), since, shield_since: None };
        stage.state.sites.push(site);
        stage.state.sites.len() - 1
    })
}

/// What the defenders' fighters do to one lander on her way down, and she to them. False when she is lost.
///
/// Every fighter hurts for as long as the way down takes; they share themselves out over the landers in the air.
fn through_fighters(stage: &mut Stage, id: ShipId, group: GroupId, body: BodyId) -> bool {
    let power = stage.ship(id).power;
    let fighters = fighters_at(stage, body, power);
    if fighters.is_empty() {
        return true;
    }
    let rules = &stage.codex.rules.ground;
    let in_air = stage
        .standing_at(body)
        .keys()
        .flat_map(|other| stage.state.ships_of(*other))
        .filter(|ship| {
            ship.stands()
                && stage.state.regard(ship.power, power) == Regard::Allied
                && ship
                    .transit
                    .as_ref()
                    .is_some_and(|run| run.from == run.to && run.departs < run.arrives)
        })
        .count() as i64;
    let points = fighters.len() as i64 * rules.fighter_points_per_min * rules.air_s.max(0)
        / 60
        / in_air.max(1);
    // Luck makes it half to one and a half times that.
    let luck = i64::from(stage.roll(Purpose::Damage, u64::from(id.0), 0).permille());
    let mut points = points.saturating_mul(500 + luck) / 1_000;
    // They come from above and behind: the stern's shield takes it first.
    let now = stage.now;
    let ship = stage.ship_mut(id);
    let [_, stern, _, _, top, _] = &mut ship.shields;
    for pool in [stern, top, &mut ship.armour, &mut ship.hull] {
        let taken = points.min(i64::from(*pool).max(0));
        *pool -= i32::try_from(taken).unwrap_or(0);
        points -= taken;
    }
    if ship.hull < 1 || points > 0 {
        ship.hull = 0;
    }
    let dead = ship.hull == 0;
    if !dead && ship.wounded.is_none() && ship.armour == 0 {
        ship.wounded = Some(now);
    }
    let lost_milli = rules.fighter_loss_permille.max(0) * rules.air_s.max(0) / 60;
    let roll = i64::from(stage.roll(Purpose::Damage, u64::from(id.0), 1).permille());
    let losses = (lost_milli + roll) / 1_000;
    let because = stage.why(group);
    for number in 0..losses.min(fighters.len() as i64) {
        let pick = stage.roll(Purpose::Target, u64::from(id.0), u32::try_from(number).unwrap_or(0));
        let victim = fighters[pick.below(fighters.len() as u32) as usize];
        let spot = Some(Spot::default());
        let (how, by) = (How::Air, Some(id));
        let because = because.clone();
        lose(stage, Loss { ship: victim, how, by, engagement: None, spot, because });
    }
    if dead {
        let spot = Some(Spot::default());
        let by = fighters.first().copied();
        lose(stage, Loss { ship: id, how: How::Air, by, engagement: None, spot, because });
        stage.call_officers(group, Span::ZERO);
        return false;
    }
    true
}

/// Fighters at a body that are hostile to a power, flying or in a carrier's berths there, but not in a battle.
fn fighters_at(stage: &Stage, body: BodyId, power: jumpline_measure::PowerId) -> Vec<ShipId> {
    let mut found = Vec::new();
    for id in stage.groups_at(body) {
        if !stage.state.hostile(power, stage.group(id).power) {
            continue;
        }
        for ship in stage.state.ships_of(id).filter(|ship| ship.body == body) {
            let carried = stage.aboard(ship.id).iter().copied();
            for one in carried.chain([ship.id]) {
                let fighter = stage.codex.class(stage.ship(one).class).role == Role::Fighter;
                let able = matches!(stage.ship(one).status, Status::Present | Status::Aboard);
                if fighter && able && stage.ship(one).engagement.is_none() {
                    found.push(one);
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A portable shield stands over a site, if anybody is left there.
pub(crate) fn shield_stands(stage: &mut Stage, number: u64) {
    let Some(site) = usize::try_from(number).ok().and_then(|n| stage.state.sites.get(n)) else {
        return;
    };
    let (body, power) = (site.body, site.power);
    let held = site.ships.iter().any(|ship| stage.ship(*ship).status == Status::Landed);
    if !held || site.shield_since.is_some() {
        return;
    }
    let now = stage.now;
    stage.state.sites[number as usize].shield_since = Some(now);
    let site = u32::try_from(number).unwrap_or(u32::MAX);
    stage.tell(Some(body), What::SiteShield { site, power, body }, Vec::new());
}
