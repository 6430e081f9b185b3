//! The officers of a duel: the same thresholds that break a group off in a war, without orders from above. A group of one class goes by
//! that class's doctrine.

use jumpline_battle::Assessment;
use jumpline_world::engagement::Engagement;
use jumpline_world::event::Why;
use jumpline_world::law::{Class, Codex, Doctrine};
use jumpline_world::state::Parts;

/// Doctrine's thresholds. None while the group fights on.
pub(crate) fn reason_to_go(doctrine: &Doctrine, view: &Assessment) -> Option<Why> {
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
    let ours = view.own_strength.saturating_add(view.allied_strength);
    let turned = ours.saturating_mul(1_000)
        < view.enemy_strength.saturating_mul(doctrine.withdraw_odds_permille);
    if turned && view.enemies > 0 && doctrine.withdraw_odds_permille > 0 {
        return Some(Why::Odds);
    }
    (view.spent == view.ships && view.enemies > 0).then_some(Why::Spent)
}

/// Reserves go forward when their side is being worn down, or when the enemy is upon them.
pub(crate) fn goes_forward(view: &Assessment) -> bool {
    let ours = view.own_strength.saturating_add(view.allied_strength);
    ours.saturating_mul(2) < view.enemy_strength.saturating_mul(3) || view.enemies_in_reach > 0
}

/// Can she jump as she is?
pub(crate) fn can_jump(class: &Class, parts: &Parts) -> bool {
    class.drive.is_some() && i64::from(parts.gravity_drives_lost) < class.gravity_drives.max(1)
}

/// Has the class anything that hurts: guns, a field, a charge to ram with, or the will to ram?
pub(crate) fn armed(codex: &Codex, class: &Class) -> bool {
    let guns = class.batteries.iter().any(|battery| {
        let weapon = codex.weapons.get(battery.weapon.index());
        battery.mounts > 0 && weapon.is_some_and(|weapon| weapon.damage > 0)
    });
    let rams = codex.doctrines.get(class.doctrine.index()).is_some_and(|one| one.rams_when_lost);
    guns || class.field.is_some() || class.ram_charge > 0 || rams
}

/// Can anybody left here still hurt anybody?
pub(crate) fn anyone_armed(codex: &Codex, fight: &Engagement) -> bool {
    let columns = &fight.columns;
    let mut known: Vec<Option<bool>> = vec![None; codex.classes.len()];
    (0..columns.id.len()).any(|row| {
        let at = columns.class[row].index();
        let Some(class) = codex.classes.get(at) else { return false };
        let armed = *known[at].get_or_insert_with(|| armed(codex, class));
        let guns = class.batteries.len().min(4);
        let spent = guns > 0 && columns.shots[row].iter().take(guns).all(|left| *left == 0);
        armed && (!spent || class.field.is_some() || class.ram_charge > 0)
    })
}
