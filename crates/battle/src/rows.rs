//! Ships as rows while the battle plays: everything one ship's turn of thought touches lies together. Loaded from the
//! engagement's columns at the beginning of an `advance` and stored back at its end; rows stand in order of ship id.

use crate::enter::NOBODY;
use crate::foes::Camps;
use crate::kinds::{Gun, Kind, Kinds};
use crate::report::Left;
use crate::v3::{V3, sound};
use jumpline_measure::{ClassId, PowerId, ShipId};
use jumpline_world::engagement::{Columns, Engagement, Mode};
use jumpline_world::law::Codex;
use jumpline_world::state::Parts;
use rayon::prelude::*;

/// Running out after a pass, or away on a chase.
pub const OUTBOUND: u8 = 1;
/// Told that she is clear.
pub const TOLD_OUT: u8 = 2;
/// A blow has come through an open facing.
pub const OPEN: u8 = 4;
/// Steering at her target to ram it.
pub const RAMMING: u8 = 8;
/// Shooting from within reach of an enemy this tick (never stored).
pub const IN_REACH: u8 = 16;

/// One ship.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: ShipId,
    pub class: u16,
    pub way: u16,
    pub posture: u16,
    pub camp: u8,
    pub flags: u8,
    pub power: PowerId,
    pub mode: Mode,
    pub wounded: bool,
    pub place: V3,
    pub velocity: V3,
    pub heading: V3,
    pub up: V3,
    pub station: V3,
    pub slot: u32,
    /// Rows of her targets.
    pub target: [u32; 4],
    pub cooldown: [u16; 4],
    pub shots: [i32; 4],
    pub shields: [i32; 6],
    pub armour: i32,
    pub hull: i32,
    pub parts: Parts,
    pub skill_permille: i32,
    /// Ticks for which her guns have been held on her main target.
    pub held: u16,
    /// Ticks for which a null-pulse still silences her.
    pub silenced: u16,
    /// Facings whose armour is open, one bit each.
    pub breached: u8,
    /// Piloting of her power, as a share.
    pub piloting: f32,
}

impl Row {
    pub fn here(&self) -> bool {
        self.mode != Mode::Gone
    }

    /// What she takes out of the battle.
    pub fn left(&self) -> Left {
        Left {
            ship: self.id,
            shields: self.shields,
            armour: self.armour,
            hull: self.hull.max(0),
            parts: self.parts,
            shots: self.shots,
            wounded: self.wounded,
        }
    }

    /// Share of a part's work that is left.
    pub fn engines(&self) -> f32 {
        f32::from(1_000 - self.parts.engine_lost_permille.min(1_000)) / 1_000.0
    }

    /// Can that battery still fire?
    fn loaded(&self, gun: &Gun, battery: usize) -> bool {
        gun.mounts > 0 && (!gun.finite || self.shots[battery] > 0)
    }

    /// Furthest distance at which any battery can still strike, metres; nought when there is none.
    pub fn reach_m(&self, kind: &Kind) -> f32 {
        if self.parts.guns_lost_permille >= 1_000 {
            return 0.0;
        }
        let mut reach = 0.0_f32;
        for (battery, gun) in kind.guns.iter().enumerate() {
            if self.loaded(gun, battery) {
                reach = reach.max(gun.range_m);
            }
        }
        reach
    }

    /// Range of the best battery that can still fire, metres.
    pub fn main_range_m(&self, kind: &Kind) -> f32 {
        let best = kind.mains.iter().find_map(|battery| {
            let gun = kind.guns.get(usize::from(*battery))?;
            self.loaded(gun, usize::from(*battery)).then_some(gun.range_m)
        });
        best.unwrap_or(0.0)
    }

    /// Strength of one facing when full, points, with the emitters that are left.
    pub fn shield_most(&self, full: i64) -> i64 {
        full * i64::from(1_000 - self.parts.emitters_lost_permille.min(1_000)) / 1_000
    }

    /// Which facing looks along `direction` (away from the ship): bow, stern, port, starboard, top, keel.
    pub fn facing(&self, direction: V3) -> usize {
        facing(self.heading, self.up, direction)
    }
}

/// Which facing of a hull so turned looks along `direction`.
pub fn facing(heading: V3, up: V3, direction: V3) -> usize {
    use crate::v3::{cross, dot};
    let ahead = dot(heading, direction);
    let above = dot(up, direction);
    let starboard = dot(cross(heading, up), direction);
    let (a, b, c) = (ahead.abs(), starboard.abs(), above.abs());
    if a >= b && a >= c {
        usize::from(ahead < 0.0)
    } else if b >= c {
        if starboard > 0.0 { 3 } else { 2 }
    } else if above > 0.0 {
        4
    } else {
        5
    }
}

/// The row of a ship, by id.
pub fn row_of(rows: &[Row], id: u32) -> u32 {
    match rows.binary_search_by_key(&id, |row| row.id.0) {
        Ok(at) => at as u32,
        Err(_) => NOBODY,
    }
}

/// Reads the columns. Ships of classes that do not exist are left out of play.
pub fn load(
    codex: &Codex,
    kinds: &Kinds,
    camps: &Camps,
    engagement: &Engagement,
    parallel: bool,
) -> Vec<Row> {
    let c = &engagement.columns;
    let row_by_id = |id: u32| match c.id.binary_search(&ShipId(id)) {
        Ok(at) => at as u32,
        Err(_) => NOBODY,
    };
    let load = |at: usize| {
        let class = c.class[at].index().min(kinds.classes.len().saturating_sub(1));
        let posture = engagement.postures.get(usize::from(c.posture[at]));
        let power = c.power[at];
        let piloting =
            codex.powers.get(power.index()).map_or(1_000, |power| power.piloting_permille);
        Row {
            id: c.id[at],
            class: u16::try_from(class).unwrap_or(0),
            way: kinds.way_index(codex, class, posture.and_then(|posture| posture.doctrine)),
            posture: c.posture[at],
            camp: camps.of(power),
            flags: c.flags[at],
            power,
            mode: c.mode[at],
            wounded: c.wounded[at],
            place: sound(c.position[at]),
            velocity: sound(c.velocity[at]),
            heading: c.heading[at],
            up: c.up[at],
            station: c.station[at],
            slot: c.slot[at],
            target: c.target[at].map(row_by_id),
            cooldown: c.cooldown[at],
            shots: c.shots[at],
            shields: c.shields[at],
            armour: c.armour[at],
            hull: c.hull[at],
            parts: c.parts[at],
            skill_permille: c.skill_permille[at],
            held: c.held[at],
            silenced: c.silenced[at],
            breached: c.breached[at],
            piloting: piloting.clamp(0, 10_000) as f32 / 1_000.0,
        }
    };
    let all = 0..c.id.len();
    if parallel { all.into_par_iter().map(load).collect() } else { all.map(load).collect() }
}

/// Writes the columns back; the gone are dropped.
pub fn store(rows: &[Row], columns: &mut Columns) {
    let id_of = |row: u32| match rows.get(row as usize) {
        Some(other) if other.here() => other.id.0,
        _ => NOBODY,
    };
    *columns = Columns::default();
    for row in rows.iter().filter(|row| row.here()) {
        columns.id.push(row.id);
        columns.class.push(ClassId::from_index(usize::from(row.class)));
        columns.power.push(row.power);
        columns.posture.push(row.posture);
        columns.mode.push(row.mode);
        columns.position.push(row.place);
        columns.velocity.push(row.velocity);
        columns.heading.push(row.heading);
        columns.up.push(row.up);
        columns.station.push(row.station);
        columns.slot.push(row.slot);
        columns.target.push(row.target.map(id_of));
        columns.shields.push(row.shields);
        columns.armour.push(row.armour);
        columns.hull.push(row.hull);
        columns.parts.push(row.parts);
        columns.cooldown.push(row.cooldown);
        columns.shots.push(row.shots);
        columns.skill_permille.push(row.skill_permille);
        columns.wounded.push(row.wounded);
        columns.flags.push(row.flags & !IN_REACH);
        columns.held.push(row.held);
        columns.silenced.push(row.silenced);
        columns.breached.push(row.breached);
    }
}
