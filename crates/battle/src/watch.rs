//! Watching a battle tick by tick from outside. A watcher is shown every ship that is here after each tick, in order of id; he can
//! change nothing, and a battle that nobody watches pays nothing for it.

use crate::report::Report;
use crate::rows::Row;
use jumpline_measure::{ClassId, EngagementId, PowerId, ShipId, Time};
use jumpline_world::engagement::{Engagement, Mode};

/// One ship as she stands after a tick.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glimpse {
    /// Who.
    pub ship: ShipId,
    /// Her class.
    pub class: ClassId,
    /// Whose.
    pub power: PowerId,
    /// Her group: an index into the engagement's postures.
    pub posture: u16,
    /// Metres from the battle's centre.
    pub place_m: [f32; 3],
    /// Metres a second.
    pub velocity_mps: [f32; 3],
    /// Where her bow points, a unit vector.
    pub heading: [f32; 3],
    /// Where her top points, a unit vector square to the heading.
    pub up: [f32; 3],
    /// Points by facing: bow, stern, port, starboard, top, keel.
    pub shields: [i32; 6],
    /// Points.
    pub armour: i32,
    /// Points.
    pub hull: i32,
    /// Her main target.
    pub target: Option<ShipId>,
    /// What she is doing.
    pub mode: Mode,
}

/// Who watches, any number of battles at once: each call says which.
///
/// While a battle is being played its `columns` and `shots` are those of the beginning of the call; everything else is as of the tick.
pub trait Watcher {
    /// A ship that is here after the battle's tick. Called in order of ship id. At the beginning of a call of `advance_watched` the ships
    /// are shown once as they stand: those already shown for that tick again, those who have come in since then for the first time.
    fn see(&mut self, battle: &Engagement, ship: &Glimpse);

    /// All ships of the battle's tick were shown.
    fn tick(&mut self, battle: &Engagement);

    /// What the battle told, in order, after the ticks in which it happened. Whoever advances the battle passes it on.
    fn hear(&mut self, battle: EngagementId, report: &Report) {
        let _ = (battle, report);
    }

    /// The battle is over, or nobody will play it on. Whoever ends it says so.
    fn close(&mut self, battle: &Engagement, now: Time) {
        let _ = (battle, now);
    }
}

/// Shows one tick.
pub(crate) fn show(rows: &[Row], battle: &Engagement, watcher: &mut dyn Watcher) {
    for row in rows.iter().filter(|row| row.here()) {
        let target = rows.get(row.target[0] as usize).filter(|other| other.here());
        let glimpse = Glimpse {
            ship: row.id,
            class: ClassId::from_index(usize::from(row.class)),
            power: row.power,
            posture: row.posture,
            place_m: row.place,
            velocity_mps: row.velocity,
            heading: row.heading,
            up: row.up,
            shields: row.shields,
            armour: row.armour,
            hull: row.hull,
            target: target.map(|other| other.id),
            mode: row.mode,
        };
        watcher.see(battle, &glimpse);
    }
    watcher.tick(battle);
}
