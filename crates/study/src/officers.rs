//! The officers of a duel: who can jump and who can hurt. The thresholds that break a group off are battle's own.

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
