//! At which resolution a battle is played. The calibrated region is part of the content; whatever lies outside it is played ship by
//! ship, whoever asked for what, and the reason is told.

use jumpline_chart::BodyKind;
use jumpline_measure::ClassId;
use jumpline_world::engagement::Engagement;
use jumpline_world::law::{Codex, Doctrine, Motion, Regard};
use jumpline_world::state::{Fallback, Resolution};

/// Is this engagement to be played as an aggregate, as it stands?
pub fn chosen(
    codex: &Codex,
    regards: &[Vec<Regard>],
    engagement: &Engagement,
    asked: Resolution,
) -> bool {
    reason(codex, regards, engagement, asked).is_none() && asked != Resolution::Entity
}

/// Why it is to be played ship by ship. None when it is not, or when nothing else was asked for.
pub fn reason(
    codex: &Codex,
    regards: &[Vec<Regard>],
    engagement: &Engagement,
    asked: Resolution,
) -> Option<Fallback> {
    if asked == Resolution::Entity {
        return None;
    }
    let rules = &codex.attrition.rules;
    let columns = &engagement.columns;
    let ships = columns.id.len() as i64;
    if asked == Resolution::Auto && ships < rules.auto_ships_least {
        return Some(Fallback::Small);
    }
    if ships > rules.ships_most {
        return Some(Fallback::Size);
    }
    if !engagement.fields.is_empty() {
        return Some(Fallback::Field);
    }
    if let Some(reason) = terrain(codex, engagement) {
        return Some(reason);
    }
    let posture_reason = engagement.postures.iter().find_map(|posture| {
        let way = posture.doctrine.and_then(|way| codex.doctrines.get(way.index()));
        if posture.descending || way.is_some_and(|way| !knows(way)) {
            return Some(Fallback::Motion);
        }
        let named = posture.quarry_ship.is_some() && asked == Resolution::Auto;
        named.then_some(Fallback::Noted)
    });
    if posture_reason.is_some() {
        return posture_reason;
    }
    // Each power's classes, each once.
    let classes = codex.classes.len();
    let powers = columns.power.iter().map(|power| power.index() + 1).max().unwrap_or(0);
    let mut present: Vec<Vec<ClassId>> = vec![Vec::new(); powers.min(4_096)];
    for (class, power) in columns.class.iter().zip(&columns.power) {
        if class.index() >= classes {
            return Some(Fallback::Class);
        }
        let own = present.get_mut(power.index())?;
        // A power has few classes in a battle, and ships of one come together.
        if !own.contains(class) {
            own.push(*class);
        }
    }
    for class in present.iter().flatten() {
        let made = codex.classes.get(class.index())?;
        if made.field.is_some() {
            return Some(Fallback::Field);
        }
        if made.ram_charge > 0 {
            return Some(Fallback::Ram);
        }
        if made.noted && asked == Resolution::Auto {
            return Some(Fallback::Noted);
        }
        if codex.attrition.classes.get(class.index()).is_none_or(Option::is_none) {
            return Some(Fallback::Class);
        }
    }
    let hostile = |one: usize, other: usize| {
        let says = |a: usize, b: usize| {
            regards.get(a).and_then(|row| row.get(b)) == Some(&Regard::Hostile)
        };
        one != other && (says(one, other) || says(other, one))
    };
    for (one, own) in present.iter().enumerate() {
        for (other, foes) in present.iter().enumerate() {
            if !hostile(one, other) {
                continue;
            }
            for (class, foe) in
                own.iter().flat_map(|class| foes.iter().map(move |foe| (class, foe)))
            {
                if codex.attrition.worth_permille(*class, *foe).is_none() {
                    return Some(Fallback::Pair);
                }
            }
        }
    }
    odds(codex, regards, engagement).then_some(Fallback::Odds)
}

/// Does the law know this way of fighting? It knows nothing of bait, of rams and of sparing whom one has wounded.
pub fn knows(way: &Doctrine) -> bool {
    let moves = matches!(
        way.motion,
        Motion::Close
            | Motion::Standoff
            | Motion::Static
            | Motion::Strafe
            | Motion::Chase
            | Motion::Wall
            | Motion::Reserve
            | Motion::Through
            | Motion::Evade
    );
    moves && way.wound_permille == 0 && !way.rams_when_lost
}

/// A star's wind and a world's air change what every gun does.
fn terrain(codex: &Codex, engagement: &Engagement) -> Option<Fallback> {
    let body = codex.chart.body(engagement.body)?;
    if body.kind == BodyKind::Star {
        return Some(Fallback::Terrain);
    }
    if body.air_m <= 0 {
        return None;
    }
    let low = engagement.centre.altitude_m.saturating_sub(body.air_m);
    let within = engagement.columns.position.iter().any(|place| {
        // Nobody is lower than the centre less the way to it.
        let square: f64 = place.iter().map(|part| f64::from(*part) * f64::from(*part)).sum();
        low <= 0 || square > low as f64 * low as f64
    });
    if !within {
        return None;
    }
    let centre = codex.chart.spot_offset(engagement.body, &engagement.centre);
    let centre = [centre.x as f64, centre.y as f64, centre.z as f64];
    let floor = body.radius_m.saturating_add(body.air_m) as f64;
    let in_air = engagement.columns.position.iter().any(|place| {
        let mut square = 0.0;
        for (axis, part) in place.iter().enumerate() {
            let off = centre[axis] + f64::from(*part);
            square += off * off;
        }
        square < floor * floor
    });
    in_air.then_some(Fallback::Terrain)
}

/// Are the odds longer than any that were calibrated?
fn odds(codex: &Codex, regards: &[Vec<Regard>], engagement: &Engagement) -> bool {
    let most = codex.attrition.rules.odds_most_permille;
    if most <= 0 {
        return false;
    }
    let columns = &engagement.columns;
    let mut worths: Vec<Option<i64>> = vec![None; codex.classes.len()];
    let mut sums: Vec<i64> = Vec::new();
    for (class, power) in columns.class.iter().zip(&columns.power) {
        let Some(worth) = worths.get_mut(class.index()) else { return true };
        let worth = *worth.get_or_insert_with(|| jumpline_battle::strength(codex, *class));
        if sums.len() <= power.index() {
            sums.resize((power.index() + 1).min(4_096), 0);
        }
        if let Some(sum) = sums.get_mut(power.index()) {
            *sum = sum.saturating_add(worth);
        }
    }
    // Against all its enemies together, no power with ships here may be too weak or too strong.
    let hostile = |one: usize, other: usize| {
        let says = |a: usize, b: usize| {
            regards.get(a).and_then(|row| row.get(b)) == Some(&Regard::Hostile)
        };
        one != other && (says(one, other) || says(other, one))
    };
    let mut longest = 0_i64;
    for (one, _) in sums.iter().enumerate().filter(|(_, sum)| **sum > 0) {
        let foes = sums.iter().enumerate().filter(|(other, _)| hostile(one, *other));
        let foes = foes.fold(0_i64, |sum, (_, worth)| sum.saturating_add(*worth));
        let friends = sums.iter().enumerate().filter(|(other, _)| {
            *other == one
                || regards.get(one).and_then(|row| row.get(*other)) == Some(&Regard::Allied)
        });
        let friends = friends.fold(0_i64, |sum, (_, worth)| sum.saturating_add(*worth));
        if foes > 0 {
            let ratio =
                i128::from(friends.max(foes)) * 1_000 / i128::from(friends.min(foes).max(1));
            longest = longest.max(i64::try_from(ratio).unwrap_or(i64::MAX));
        }
    }
    longest > most
}
