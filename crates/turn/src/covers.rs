//! Planetary shields: a generator's own shields lie over the whole of its body. While they stand nothing hostile comes down
//! through the air; fire wears them down, and whoever strikes the generator has done with them.
//!
//! Shared by sweeps, beats, landings and losses. Refuses to say how the generator fights: she is a ship like any other.

use crate::recover;
use crate::stage::Stage;
use jumpline_measure::{BodyId, PowerId, ShipId};
use jumpline_world::What;
use jumpline_world::state::Cover;

/// Does any class of this war cover worlds?
fn any(stage: &Stage) -> bool {
    stage.codex.classes.iter().any(|class| class.covers)
}

/// Looks at all planetary shields: new ones, open ones, those that stand again, those whose generator is gone.
pub(crate) fn look(stage: &mut Stage) {
    if !any(stage) {
        return;
    }
    for body in 0..stage.codex.chart.bodies.len() {
        let body = BodyId::from_index(body);
        if !stage.standing_at(body).is_empty() {
            look_at(stage, body);
        }
    }
}

/// Looks at the planetary shields of one body.
pub(crate) fn look_at(stage: &mut Stage, body: BodyId) {
    if !any(stage) {
        return;
    }
    let mut generators: Vec<ShipId> = Vec::new();
    for id in stage.groups_at(body) {
        let ships = stage.standing(id).into_iter();
        generators.extend(ships.filter(|ship| stage.class_of(*ship).covers));
    }
    for ship in generators {
        if stage.ship(ship).engagement.is_none() {
            recover::shields(stage, ship);
        }
        let permille = whole_permille(stage, ship);
        let rules = &stage.codex.rules.ground;
        let key = (body, ship);
        let found = stage.state.covers.binary_search_by_key(&key, |one| (one.body, one.ship));
        let was = found.ok().map(|at| stage.state.covers[at].up);
        let up = match was {
            Some(true) => permille >= rules.cover_open_permille,
            Some(false) => permille >= rules.cover_shut_permille,
            None => permille >= rules.cover_open_permille,
        };
        if was == Some(up) {
            continue;
        }
        let since = stage.now;
        match found {
            Ok(at) => (stage.state.covers[at].up, stage.state.covers[at].since) = (up, since),
            Err(at) => stage.state.covers.insert(at, Cover { body, ship, up, since }),
        }
        // That it stands at first is no news.
        if was.is_some() {
            tell(stage, body, ship, up);
        }
    }
}

/// How much of her shields a ship has, permille of what her class has.
fn whole_permille(stage: &Stage, ship: ShipId) -> i64 {
    let most = stage.class_of(ship).shield.saturating_mul(6);
    let have: i64 = stage.ship(ship).shields.iter().map(|points| i64::from(*points)).sum();
    if most <= 0 { 0 } else { have.saturating_mul(1_000) / most }
}

fn tell(stage: &mut Stage, body: BodyId, ship: ShipId, up: bool) {
    let (power, class) = (stage.ship(ship).power, stage.ship(ship).class);
    let because = stage.why_battle(stage.ship(ship).engagement);
    stage.tell(Some(body), What::WorldShield { ship, power, class, up }, because);
}

/// A generator is lost, and her shield with her.
pub(crate) fn lost(stage: &mut Stage, ship: ShipId) {
    let Some(at) = stage.state.covers.iter().position(|cover| cover.ship == ship) else { return };
    let cover = stage.state.covers.remove(at);
    if cover.up {
        tell(stage, cover.body, ship, false);
    }
}

/// The generator whose shield keeps a power's ships out of a body's air, if one stands.
pub(crate) fn against(stage: &Stage, body: BodyId, power: PowerId) -> Option<ShipId> {
    let stands = |cover: &&Cover| {
        cover.body == body && cover.up && stage.state.hostile(power, stage.ship(cover.ship).power)
    };
    stage.state.covers.iter().find(stands).map(|cover| cover.ship)
}
