//! What officers make of a battle: doctrine's thresholds, in one place for wars and duels alike. Who acts on it, and when, is theirs.

use crate::assess::Assessment;
use crate::foes::hostile;
use crate::ring::Ring;
use crate::v3::unit_or;
use jumpline_measure::ShipId;
use jumpline_world::engagement::{Engagement, Mode};
use jumpline_world::event::Why;
use jumpline_world::law::{Codex, Doctrine, Regard};

/// Doctrine's thresholds. None while the group fights on.
pub fn reason_to_go(doctrine: &Doctrine, view: &Assessment) -> Option<Why> {
    if view.routed {
        return Some(Why::Rout);
    }
    if view.lost_permille >= doctrine.withdraw_loss_permille
        && doctrine.withdraw_loss_permille < 1_000
    {
        return Some(Why::Losses);
    }
    if view.greatest_hull_lost_permille >= doctrine.withdraw_hull_permille
        && doctrine.withdraw_hull_permille < 1_000
    {
        return Some(Why::Hurt);
    }
    let turned = outmatched(view, doctrine.withdraw_odds_permille);
    if turned && view.enemies > 0 && doctrine.withdraw_odds_permille > 0 {
        return Some(Why::Odds);
    }
    (view.spent >= view.ships && view.enemies > 0).then_some(Why::Spent)
}

/// Reserves go forward when their side is being worn down. (When the enemy is upon them they need no officer to tell them.)
pub fn goes_forward(doctrine: &Doctrine, view: &Assessment) -> bool {
    outmatched(view, doctrine.reserve_odds_permille)
}

/// Is our strength, with friends, less than that share of the enemy's?
fn outmatched(view: &Assessment, odds_permille: i64) -> bool {
    let ours = view.own_strength.saturating_add(view.allied_strength);
    ours.saturating_mul(1_000) < view.enemy_strength.saturating_mul(odds_permille)
}

/// Is a ship that wants to leave held up by an enemy hull close ahead? Whoever is held cannot begin a jump.
pub fn hemmed(
    codex: &Codex,
    engagement: &Engagement,
    regards: &[Vec<Regard>],
    ship: ShipId,
) -> bool {
    let hem_m = codex.rules.battle.hem_m;
    let columns = &engagement.columns;
    let Ok(me) = columns.id.binary_search(&ship) else { return false };
    let Some(class) = codex.classes.get(columns.class[me].index()) else { return false };
    if hem_m <= 0 || class.speed_mps <= 0 || columns.mode[me] != Mode::Withdrawing {
        return false;
    }
    let posture = engagement.postures.get(usize::from(columns.posture[me]));
    let bound = posture.map_or([0; 3], |posture| posture.bound);
    let ring = Ring {
        place: columns.position[me],
        course: unit_or(bound.map(|part| part as f32), columns.heading[me]),
        radius_m: class.radius_m as f32,
        mass_kt: class.mass_kt,
    };
    (0..columns.id.len()).any(|row| {
        row != me
            && hostile(regards, columns.power[me], columns.power[row])
            && codex.classes.get(columns.class[row].index()).is_some_and(|other| {
                let place = columns.position[row];
                ring.held_by(place, other.radius_m as f32, other.mass_kt, hem_m)
            })
    })
}
