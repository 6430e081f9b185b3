//! The officers of a duel: who can jump and who can hurt. The thresholds that break a group off are battle's own.

use jumpline_battle::can_hurt;
use jumpline_world::engagement::Engagement;
use jumpline_world::law::{Class, Codex};
use jumpline_world::state::Parts;

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

/// Can anybody left here still hurt anybody, or is something in flight that will?
pub(crate) fn anyone_armed(codex: &Codex, fight: &Engagement) -> bool {
    if !fight.shots.is_empty() {
        return true;
    }
    let columns = &fight.columns;
    (0..columns.id.len()).any(|row| {
        let Some(class) = codex.classes.get(columns.class[row].index()) else { return false };
        // A ship that would ram when she is lost is armed as long as she has guns to lose.
        can_hurt(codex, class, &columns.parts[row], &columns.shots[row])
            || class.batteries.is_empty() && armed(codex, class)
    })
}
