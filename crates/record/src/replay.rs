//! A record played on a screen, without the engine: where every ship is at any moment of it.

use crate::curve::{Knot, Units, between, swung, top};
use crate::read::Record;
use crate::row::{Row, STRETCH_TICKS};

/// A ship at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stance<'a> {
    /// The row that says so.
    pub row: &'a Row,
    /// Metres from the battle's centre.
    pub place_m: [f64; 3],
    /// Metres a second, of the curve's last written place.
    pub velocity_mps: [f64; 3],
    /// Where her bow points.
    pub heading: [f64; 3],
    /// Where her top points.
    pub top: [f64; 3],
    /// Percent by facing.
    pub shields: [u8; 6],
    /// Permille.
    pub armour_permille: u16,
    /// Permille.
    pub hull_permille: u16,
    /// An index into `MODES`.
    pub mode: u8,
    /// Whom she aims at.
    pub target: Option<u32>,
}

/// A record being looked at.
#[derive(Clone, Copy, Debug)]
pub struct Replay<'a> {
    record: &'a Record,
    units: Units,
}

impl<'a> Replay<'a> {
    /// Of a record.
    pub fn new(record: &'a Record) -> Replay<'a> {
        Replay { record, units: record.header.units() }
    }

    /// Everybody on the field at a moment, in ticks since the beginning, by ship. Nothing before a ship's first tick nor after her last.
    pub fn at(&self, tick: f64) -> Vec<Stance<'a>> {
        let rows = self.stretch(tick);
        let mut out: Vec<Stance> = rows.iter().filter_map(|row| self.stance(row, tick)).collect();
        // A row that was cut ends where the next begins: the later one is meant.
        out.reverse();
        out.dedup_by_key(|stance| stance.row.ship);
        out.reverse();
        out
    }

    /// One ship at a moment.
    pub fn ship_at(&self, ship: u32, tick: f64) -> Option<Stance<'a>> {
        let rows = self.stretch(tick);
        let from = rows.partition_point(|row| row.ship < ship);
        let own = rows[from..].iter().take_while(|row| row.ship == ship);
        own.filter_map(|row| self.stance(row, tick)).last()
    }

    /// The seek index: the rows that hold a moment.
    fn stretch(&self, tick: f64) -> &'a [Row] {
        if !(0.0..=f64::from(u32::MAX)).contains(&tick) {
            return &[];
        }
        let number = (tick / f64::from(STRETCH_TICKS)) as usize;
        self.record.stretches.get(number).map_or(&[], Vec::as_slice)
    }

    fn stance(&self, row: &'a Row, tick: f64) -> Option<Stance<'a>> {
        let after = tick - f64::from(row.from_tick);
        let last = row.moves.last()?;
        if after < 0.0 || after > f64::from(last.tick) {
            return None;
        }
        let next = row.moves.partition_point(|one| f64::from(one.tick) <= after);
        let one = row.moves.get(next.checked_sub(1)?)?;
        let other = row.moves.get(next).unwrap_or(one);
        let knot = |one| Knot::of(&self.units, row.from_tick, row.origin_m, one);
        let span = f64::from(other.tick) - f64::from(one.tick);
        let share = if span > 0.0 { (after - f64::from(one.tick)) / span } else { 0.0 };
        let heading = swung(one.heading, other.heading, share);
        let condition =
            row.conditions.iter().take_while(|one| f64::from(one.tick) <= after).last()?;
        let aim = row.aims.iter().take_while(|one| f64::from(one.tick) <= after).last()?;
        Some(Stance {
            row,
            place_m: between(&knot(one), &knot(other), tick),
            velocity_mps: one.velocity.map(|part| f64::from(part) * self.units.velocity_mps),
            heading,
            top: top(heading, if share < 0.5 { one.roll } else { other.roll }),
            shields: condition.shields,
            armour_permille: condition.armour_permille,
            hull_permille: condition.hull_permille,
            mode: condition.mode,
            target: aim.ship,
        })
    }
}
