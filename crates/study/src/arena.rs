//! The field of a duel and the crews on it: a chart of one body, and a power for each people of each side.

use jumpline_chart::{Body, BodyKind, Chart, System, Zone};
use jumpline_measure::{BodyId, SystemId};
use jumpline_scenario::duels::DuelPlace;
use jumpline_world::law::{Mind, Power};

/// A bare body, and so far above it that nobody comes near it.
pub(crate) const BARE: DuelPlace =
    DuelPlace { kind: BodyKind::Planet, radius_m: 1_000_000, air_m: 0, altitude_m: 20_000_000 };

/// Crews of no power in particular: the common measure.
const COMMON_PERMILLE: i64 = 1_000;

/// A power's crews, fighting for one side.
pub(crate) fn crews_of(power: Option<&Power>, side: usize) -> Power {
    let common = |permille: Option<i64>| permille.unwrap_or(COMMON_PERMILLE);
    let key = power.map_or("common", |power| power.key.as_str());
    Power {
        key: format!("{key}-{}", side + 1),
        name: power.map_or_else(|| "the common crews".to_owned(), |power| power.name.clone()),
        adjective: power.map_or_else(|| "common".to_owned(), |power| power.adjective.clone()),
        gunnery_permille: common(power.map(|power| power.gunnery_permille)),
        piloting_permille: common(power.map(|power| power.piloting_permille)),
        navigation_permille: common(power.map(|power| power.navigation_permille)),
        reaction: power.map_or(jumpline_measure::Span(0), |power| power.reaction),
        doctrine: power.and_then(|power| power.doctrine),
        // Nobody gives orders in a duel.
        mind: Mind {
            aggression_permille: 0,
            caution_permille: 0,
            loyalty_permille: 0,
            patience_permille: 0,
            ruthlessness_permille: 0,
        },
        holds: Vec::new(),
        yards: Vec::new(),
    }
}

/// One body, and nothing else.
pub(crate) fn chart(place: &DuelPlace) -> Chart {
    let system = SystemId(0);
    let world = BodyId(0);
    Chart {
        systems: vec![System {
            id: system,
            key: "arena".to_owned(),
            name: "the Arena".to_owned(),
            position_mly: [0; 3],
            stars: Vec::new(),
            bodies: vec![world],
        }],
        bodies: vec![Body {
            id: world,
            key: "field".to_owned(),
            name: "the Field".to_owned(),
            system,
            kind: place.kind,
            mass_pt: 0,
            radius_m: place.radius_m,
            air_m: place.air_m,
            parent: None,
            orbit: None,
            habitable: false,
            zone: Zone::default(),
        }],
    }
}
