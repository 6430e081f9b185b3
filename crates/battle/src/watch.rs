//! Watching a battle tick by tick from outside. A watcher is shown every ship that is here after each tick, in order of id; he can
//! change nothing, and a battle that nobody watches pays nothing for it.

use crate::rows::Row;
use jumpline_measure::{ClassId, PowerId, ShipId};
use jumpline_world::engagement::{Engagement, LitField, Mode};

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

/// Who watches.
pub trait Watcher {
    /// A ship that is here, after tick `tick`. Called in order of ship id.
    fn see(&mut self, tick: u32, ship: &Glimpse);

    /// All ships of that tick were shown. `fields` are the field weapons that are switched on.
    fn tick(&mut self, tick: u32, fields: &[LitField]);
}

/// Shows one tick.
pub(crate) fn show(rows: &[Row], engagement: &Engagement, watcher: &mut dyn Watcher) {
    let tick = engagement.tick;
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
        watcher.see(tick, &glimpse);
    }
    watcher.tick(tick, &engagement.fields);
}

/// Shows the ships as they stand between two calls of `advance`: those who have just come in, before their first tick.
pub fn look(engagement: &Engagement, watcher: &mut dyn Watcher) {
    let c = &engagement.columns;
    for at in 0..c.id.len() {
        let target = ShipId(c.target[at][0]);
        let glimpse = Glimpse {
            ship: c.id[at],
            class: c.class[at],
            power: c.power[at],
            posture: c.posture[at],
            place_m: c.position[at],
            velocity_mps: c.velocity[at],
            heading: c.heading[at],
            up: c.up[at],
            shields: c.shields[at],
            armour: c.armour[at],
            hull: c.hull[at],
            target: c.id.binary_search(&target).is_ok().then_some(target),
            mode: c.mode[at],
        };
        watcher.see(engagement.tick, &glimpse);
    }
    watcher.tick(engagement.tick, &engagement.fields);
}
