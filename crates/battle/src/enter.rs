//! Opening a battle, coming into it and going out of it.

use crate::formation;
use crate::report::Left;
use crate::terrain::Terrain;
use crate::v3::{self, V3, ZERO, add, scale, square_to, unit_or};
use jumpline_chart::Spot;
use jumpline_measure::{BodyId, EngagementId, GroupId, PowerId, ShipId, Time};
use jumpline_world::engagement::{Columns, Engagement, Mode, Posture, Tally};
use jumpline_world::event::Cause;
use jumpline_world::law::{Codex, Formation, Nature};
use jumpline_world::state::{Group, Ship};

/// No target.
pub const NOBODY: u32 = u32::MAX;

/// A battle without ships.
pub fn open(
    _codex: &Codex,
    id: EngagementId,
    body: BodyId,
    centre: Spot,
    now: Time,
    because: Vec<Cause>,
) -> Engagement {
    Engagement {
        id,
        body,
        centre,
        began: now,
        tick: 0,
        quiet_ticks: 0,
        because,
        event: None,
        postures: Vec::new(),
        columns: Columns::default(),
        shots: Vec::new(),
        fields: Vec::new(),
        debris: Vec::new(),
        calls: Vec::new(),
        struck_tick: 0,
        tallies: Vec::new(),
        ship_ticks: 0,
    }
}

/// What a group means to do in this battle, to be changed.
pub fn posture(engagement: &mut Engagement, group: GroupId) -> Option<&mut Posture> {
    let at = engagement.postures.binary_search_by_key(&group, |posture| posture.group).ok()?;
    engagement.postures.get_mut(at)
}

/// What a group means to do in this battle.
pub fn posture_of(engagement: &Engagement, group: GroupId) -> Option<&Posture> {
    let at = engagement.postures.binary_search_by_key(&group, |posture| posture.group).ok()?;
    engagement.postures.get(at)
}

/// Brings a ship in at a spot of the body's space, in her group's formation. A ship that is already in stays as she is.
///
/// Where she stands depends on the spot and her place in the group's list only, so the order of entry does not matter.
pub fn enter(
    codex: &Codex,
    engagement: &mut Engagement,
    ship: &Ship,
    group: &Group,
    spot: &Spot,
    _now: Time,
) {
    let Err(row) = engagement.columns.id.binary_search(&ship.id) else { return };
    let (Some(class), true) = (codex.classes.get(ship.class.index()), ship.hull > 0) else {
        return;
    };
    let Some(at) = find_posture(engagement, group, ship.power) else { return };
    let posture = &mut engagement.postures[at];
    posture.came += 1;
    match engagement.tallies.binary_search_by_key(&ship.power, |tally| tally.power) {
        Ok(at) => engagement.tallies[at].came += 1,
        Err(at) => {
            engagement.tallies.insert(at, Tally { power: ship.power, came: 1, lost: 0 });
        }
    }

    let doctrine = posture.doctrine.unwrap_or(class.doctrine);
    let doctrine = codex.doctrines.get(doctrine.index());
    let slot = group.ships.binary_search(&ship.id).unwrap_or(ship.id.index());
    let slot = u32::try_from(slot).unwrap_or(u32::MAX);
    let count = u32::try_from(group.ships.len()).unwrap_or(u32::MAX);
    let to = codex.chart.spot_offset(engagement.body, spot);
    let from = codex.chart.spot_offset(engagement.body, &engagement.centre);
    let place = to - from;
    let place = v3::sound([place.x as f32, place.y as f32, place.z as f32]);
    let bearing = engagement.centre.bearing;
    let away = unit_or([bearing.x as f32, bearing.y as f32, bearing.z as f32], [1.0, 0.0, 0.0]);
    let forward = unit_or(scale(place, -1.0), square_to(away));
    let (shape, spacing) = doctrine.map_or((Formation::Cluster, 2_000.0), |doctrine| {
        (doctrine.formation, doctrine.spacing_m as f32)
    });
    let offset = formation::offset(shape, slot, count, spacing.clamp(0.0, 1e6), forward);
    let mut position = v3::sound(add(place, offset));
    // A long line bends round the body instead of running into it: nobody's place is lower than her group's and in the air.
    let terrain = Terrain::new(codex, engagement);
    if !terrain.star {
        let floor_m = (terrain.air_m + 1_000.0).min(terrain.altitude_m(place).max(0.0));
        terrain.hold_up(&mut position, &mut [0.0; 3], floor_m);
    }
    let up = v3::levelled(away, forward);

    let mut cooldown = [0_u16; 4];
    for (battery, wait) in class.batteries.iter().zip(&mut cooldown) {
        let weapon = codex.weapon(battery.weapon);
        if weapon.nature == Nature::Orb {
            // An orb has to be grown first; one that can grow on waits from its greatest size.
            let swell = if weapon.capacity > 1 { 1_000 } else { weapon.swell_permille };
            let whole_ms = weapon.recharge_ms.saturating_mul(swell.clamp(1_000, 20_000)) / 1_000;
            let ticks = whole_ms / codex.rules.battle.tick_ms.max(1);
            *wait = u16::try_from(ticks.max(0)).unwrap_or(u16::MAX);
        }
    }
    let posture = &engagement.postures[at];
    let mode = if posture.descending {
        Mode::Descending
    } else if posture.withdrawing {
        Mode::Withdrawing
    } else {
        Mode::Fighting
    };
    let posture = u16::try_from(at).unwrap_or(u16::MAX);
    insert(
        &mut engagement.columns,
        row,
        ship,
        posture,
        mode,
        (position, forward, up),
        slot,
        cooldown,
    );
}

/// Finds or makes the group's posture. None when there are more groups than can be told apart.
fn find_posture(engagement: &mut Engagement, group: &Group, power: PowerId) -> Option<usize> {
    match engagement.postures.binary_search_by_key(&group.id, |posture| posture.group) {
        Ok(at) => Some(at),
        Err(at) if engagement.postures.len() < usize::from(u16::MAX) => {
            engagement.postures.insert(
                at,
                Posture {
                    group: group.id,
                    power,
                    doctrine: group.doctrine,
                    came: 0,
                    lost: 0,
                    quarry: Vec::new(),
                    quarry_ship: None,
                    withdrawing: group.withdrawing,
                    descending: false,
                    bound: [0; 3],
                    called: false,
                    struck: false,
                    morale_permille: 1_000,
                    routed_until: 0,
                    cause: group.cause,
                },
            );
            for posture in &mut engagement.columns.posture {
                if usize::from(*posture) >= at {
                    *posture += 1;
                }
            }
            Some(at)
        }
        Err(_) => None,
    }
}

#[expect(clippy::too_many_arguments, reason = "one row of a table")]
fn insert(
    columns: &mut Columns,
    row: usize,
    ship: &Ship,
    posture: u16,
    mode: Mode,
    (position, heading, up): (V3, V3, V3),
    slot: u32,
    cooldown: [u16; 4],
) {
    columns.id.insert(row, ship.id);
    columns.class.insert(row, ship.class);
    columns.power.insert(row, ship.power);
    columns.posture.insert(row, posture);
    columns.mode.insert(row, mode);
    columns.position.insert(row, position);
    columns.velocity.insert(row, ZERO);
    columns.heading.insert(row, heading);
    columns.up.insert(row, up);
    columns.station.insert(row, position);
    columns.slot.insert(row, slot);
    columns.target.insert(row, [NOBODY; 4]);
    columns.shields.insert(row, ship.shields.map(|points| points.max(0)));
    columns.armour.insert(row, ship.armour.max(0));
    columns.hull.insert(row, ship.hull);
    columns.parts.insert(row, ship.parts);
    columns.cooldown.insert(row, cooldown);
    columns.shots.insert(row, ship.shots);
    let skill = i32::try_from(ship.skill_permille).unwrap_or(i32::MAX).clamp(0, 10_000);
    columns.skill_permille.insert(row, skill);
    columns.wounded.insert(row, ship.wounded.is_some());
    columns.flags.insert(row, 0);
    columns.held.insert(row, 0);
    columns.silenced.insert(row, 0);
    columns.breached.insert(row, 0);
}

/// Takes a ship out alive, with what she has left. Volleys aimed at her are lost; her own fly on.
pub fn leave(engagement: &mut Engagement, ship: ShipId) -> Option<Left> {
    leave_all(engagement, &[ship]).pop()
}

/// Takes many ships out at once, in one pass over the battle. Those that are not in it are passed over; what is given comes in
/// order of ship id.
pub fn leave_all(engagement: &mut Engagement, ships: &[ShipId]) -> Vec<Left> {
    let mut going: Vec<ShipId> = ships.to_vec();
    going.sort_unstable();
    let columns = &engagement.columns;
    let goes: Vec<bool> = columns.id.iter().map(|ship| going.binary_search(ship).is_ok()).collect();
    let out = (0..goes.len()).filter(|row| goes[*row]).map(|row| left_of(columns, row)).collect();
    leave_rows(engagement, &goes);
    out
}

/// Takes out the ships of those rows that are marked, in one pass over the battle. What they had is forgotten.
pub fn leave_rows(engagement: &mut Engagement, goes: &[bool]) {
    let Some(first) = goes.iter().position(|goes| *goes) else { return };
    let columns = &mut engagement.columns;
    let marked = |row: usize| goes.get(row).copied().unwrap_or(false);
    let rows = first..columns.id.len();
    let gone: Vec<ShipId> =
        rows.clone().filter(|row| marked(*row)).map(|row| columns.id[row]).collect();
    let stay: Vec<usize> = rows.filter(|row| !marked(*row)).collect();
    fn keep<T: Copy>(column: &mut Vec<T>, first: usize, stay: &[usize]) {
        for (to, from) in stay.iter().enumerate() {
            column[first + to] = column[*from];
        }
        column.truncate(first + stay.len());
    }
    keep(&mut columns.id, first, &stay);
    keep(&mut columns.class, first, &stay);
    keep(&mut columns.power, first, &stay);
    keep(&mut columns.posture, first, &stay);
    keep(&mut columns.mode, first, &stay);
    keep(&mut columns.position, first, &stay);
    keep(&mut columns.velocity, first, &stay);
    keep(&mut columns.heading, first, &stay);
    keep(&mut columns.up, first, &stay);
    keep(&mut columns.station, first, &stay);
    keep(&mut columns.slot, first, &stay);
    keep(&mut columns.target, first, &stay);
    keep(&mut columns.shields, first, &stay);
    keep(&mut columns.armour, first, &stay);
    keep(&mut columns.hull, first, &stay);
    keep(&mut columns.parts, first, &stay);
    keep(&mut columns.cooldown, first, &stay);
    keep(&mut columns.shots, first, &stay);
    keep(&mut columns.skill_permille, first, &stay);
    keep(&mut columns.wounded, first, &stay);
    keep(&mut columns.flags, first, &stay);
    keep(&mut columns.held, first, &stay);
    keep(&mut columns.silenced, first, &stay);
    keep(&mut columns.breached, first, &stay);
    engagement.shots.retain(|shot| gone.binary_search(&shot.to).is_err());
    engagement.fields.retain(|field| gone.binary_search(&field.ship).is_err());
}

fn left_of(columns: &Columns, row: usize) -> Left {
    Left {
        ship: columns.id[row],
        shields: columns.shields[row],
        armour: columns.armour[row],
        hull: columns.hull[row],
        parts: columns.parts[row],
        shots: columns.shots[row],
        wounded: columns.wounded[row],
    }
}

/// Writes every ship's columns back into her record; `ships` is indexed by id.
pub fn settle(engagement: &Engagement, ships: &mut [Ship], now: Time) {
    for (row, id) in engagement.columns.id.iter().enumerate() {
        if let Some(ship) = ships.get_mut(id.index()) {
            left_of(&engagement.columns, row).settle(ship, now);
        }
    }
}
