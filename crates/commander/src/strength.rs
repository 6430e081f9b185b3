//! How much a ship is worth in a fight, as minds judge it: the root of toughness times firepower, so that worths add up.
//!
//! Judged from the class and, for one's own ships, from what is left of them. Refuses to know how battles go: for that there
//! is `battle`; a mind needs only which side is the stronger, and about by how much.

use jumpline_world::law::{Class, Codex};
use jumpline_world::view::ShipView;

/// Seconds of shield recharge that count as toughness.
const RECHARGE_S: i64 = 30;

/// The worth of a fresh ship of a class. Unarmed ships are worth a little, since they must be killed too.
pub fn class_strength(codex: &Codex, class: &Class) -> i64 {
    let guns = class
        .batteries
        .iter()
        .filter_map(|battery| {
            let weapon = codex.weapons.get(battery.weapon.index())?;
            let a_second = weapon
                .damage
                .saturating_mul(battery.mounts)
                .saturating_mul(1_000)
                .checked_div(weapon.recharge_ms.max(1))?;
            Some(a_second.max(0))
        })
        .fold(0_i64, i64::saturating_add);
    let field = class
        .field
        .as_ref()
        .map_or(0, |field| field.arcs_per_s.saturating_mul(field.arc_damage).max(0));
    let firepower = guns.saturating_add(field).saturating_add(class.ram_charge.max(0) / 100);
    let toughness =
        class.toughness().saturating_add(class.shield_recharge.saturating_mul(RECHARGE_S)).max(1);
    let product =
        u128::try_from(firepower.max(0)).unwrap_or(0) * u128::try_from(toughness).unwrap_or(0);
    i64::try_from(product.isqrt()).unwrap_or(i64::MAX / 1_000_000).clamp(1, i64::MAX / 1_000_000)
}

/// The worth of one's own ship as she is.
pub fn ship_strength(codex: &Codex, fresh: i64, ship: &ShipView) -> i64 {
    let Some(class) = codex.classes.get(ship.class.index()) else { return 0 };
    let whole = class.hull.saturating_add(class.armour).max(1);
    let left = i64::from(ship.hull).saturating_add(i64::from(ship.armour)).clamp(0, whole);
    let body_permille = left.saturating_mul(1_000) / whole;
    let guns_permille = 1_000 - i64::from(ship.parts.guns_lost_permille).min(1_000);
    // Both halves of the product under the root suffer; the mean of the two is near enough to its root.
    let permille = (body_permille + guns_permille) / 2;
    (fresh.saturating_mul(permille) / 1_000).max(1)
}
