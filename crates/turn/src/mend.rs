//! Groups that have lost their thread: a jump that nobody is left to make, a head that died on the way, ships apart from a
//! group that stands nowhere. Found by the sweep and set right; without it they would wait for ever.

use crate::stage::Stage;
use crate::ways;
use jumpline_measure::{BodyId, GroupId, ShipId, Span};
use jumpline_world::state::Status;

/// Looks at every group once.
pub(crate) fn all(stage: &mut Stage) {
    for index in 0..stage.state.groups.len() {
        let id = GroupId::from_index(index);
        if !stage.group(id).ships.is_empty() {
            one(stage, id);
        }
    }
}

/// Looks at one group.
pub(crate) fn one(stage: &mut Stage, id: GroupId) {
    let (at, launched) = {
        let group = stage.group(id);
        (group.body, group.hop.as_ref().is_some_and(|hop| hop.launched))
    };
    let mut moving = false;
    let mut elsewhere: Option<(i64, ShipId, BodyId)> = None;
    let mut apart: Vec<ShipId> = Vec::new();
    for ship in stage.state.ships_of(id) {
        let queued = ship.transit.as_ref().is_some_and(|way| way.from != way.to);
        moving |= ship.status == Status::Jumping || queued;
        if ship.stands() && ship.body != at && !queued && ship.engagement.is_none() {
            apart.push(ship.id);
            let worth = stage.codex.class(ship.class).toughness();
            let found = (worth, ship.id, ship.body);
            elsewhere = Some(elsewhere.map_or(found, |best| best.max(found)));
        }
    }
    if launched && !moving {
        // Nobody is left who could make the jump it was about.
        let group = stage.group_mut(id);
        group.hop = None;
        group.withdrawing = false;
        stage.call_officers(id, Span::SECOND);
    }
    if moving {
        return;
    }
    if stage.count_at(id, at) > 0 {
        for ship in apart {
            ways::follow(stage, ship);
        }
        return;
    }
    // Nothing stands where the group is thought to be: it is where its greatest ship is.
    if let Some((_, _, body)) = elsewhere {
        let spot = gather_spot(stage, body);
        let now = stage.now;
        let group = stage.group_mut(id);
        group.body = body;
        group.spot = spot;
        group.there_at = now;
        group.hop = None;
        stage.call_officers(id, Span::SECOND);
    }
}

fn gather_spot(stage: &Stage, body: BodyId) -> jumpline_chart::Spot {
    let rules = &stage.codex.rules.officers;
    let altitude_m = rules.gather_altitude_m.max(ways::floor_m(stage, body));
    jumpline_chart::Spot::new(altitude_m, jumpline_measure::Bearing::X)
}
