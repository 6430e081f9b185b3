//! One ship being watched: which of her places, conditions and targets are written, so that what is left out can be told from what is not.

use crate::budget::Exactness;
use crate::curve::{self, Knot, Units};
use crate::row::{Aim, Condition, Happened, Move, Row};
use jumpline_battle::Glimpse;
use jumpline_world::engagement::Mode;

/// Most ticks between two written places.
const LEG_MOST: u32 = 32;

/// A condition is written when a facing is off by so many percent, or by so many and open or no longer open; when hull or armour is off
/// by so many permille.
const SHIELD_PERCENT: u8 = 12;
const OPEN_PERCENT: u8 = 5;
const HULL_PERMILLE: u16 = 15;

/// A new target is written this many ticks after the last one at the earliest.
const AIM_TICKS: u8 = 4;

/// What a full ship of a class has, points.
#[derive(Clone, Copy, Debug)]
pub struct Full {
    pub shield: i64,
    pub armour: i64,
    pub hull: i64,
}

/// A tick between two written places: exactly where she was.
#[derive(Clone, Copy, Debug)]
struct Seen {
    place_m: [f64; 3],
    heading: [f64; 3],
}

/// One ship.
#[derive(Debug)]
pub struct Track {
    pub row: Row,
    /// The tick at which she was last shown, and the count of showings.
    pub seen: (u32, u64),
    /// Shown since the last written place; the last of them could be the next.
    leg: Vec<Seen>,
    last: Glimpse,
}

fn wide(v: [f32; 3]) -> [f64; 3] {
    v.map(f64::from)
}

/// Metres, whole.
pub fn whole_m(place_m: [f32; 3]) -> [i32; 3] {
    // Casts hold the ends and make nothing of what is not a number.
    place_m.map(|part| libm::roundf(part) as i32)
}

fn placed(units: &Units, from_tick: u32, origin_m: [i32; 3], tick: u32, ship: &Glimpse) -> Move {
    let at = [0, 1, 2].map(|axis| {
        let off = f64::from(ship.place_m[axis]) - f64::from(origin_m[axis]);
        curve::steps(off, units.position_m, 32_767.0) as i16
    });
    let velocity =
        wide(ship.velocity_mps).map(|part| curve::steps(part, units.velocity_mps, 127.0) as i8);
    let heading = wide(ship.heading);
    Move {
        tick: u8::try_from(tick - from_tick).unwrap_or(u8::MAX),
        at,
        velocity,
        heading: heading.map(|part| curve::steps(part, 1.0 / 127.0, 127.0) as i8),
        roll: curve::roll(heading, wide(ship.up)),
    }
}

/// So many parts of a whole, rounded up: nought is nothing, and nothing else is.
fn share(points: i32, full: i64, whole: i128) -> i128 {
    let full = i128::from(full.max(1));
    (i128::from(points.max(0)) * whole + full - 1) / full
}

fn permille(points: i32, full: i64) -> u16 {
    u16::try_from(share(points, full, 1_000)).unwrap_or(u16::MAX)
}

fn condition(tick: u8, ship: &Glimpse, full: &Full) -> Condition {
    let percent = |points: i32| u8::try_from(share(points, full.shield, 100)).unwrap_or(u8::MAX);
    Condition {
        tick,
        shields: ship.shields.map(percent),
        armour_permille: permille(ship.armour, full.armour),
        hull_permille: permille(ship.hull, full.hull),
        mode: mode(ship.mode),
    }
}

fn mode(mode: Mode) -> u8 {
    match mode {
        Mode::Fighting => 0,
        Mode::BreakingOff => 1,
        Mode::Withdrawing => 2,
        Mode::Descending => 3,
        Mode::Drifting => 4,
        Mode::Gone => 5,
    }
}

fn changed(one: &Condition, other: &Condition) -> bool {
    let facing = |(a, b): (&u8, &u8)| {
        let open = *a == 0 || *b == 0;
        a.abs_diff(*b) >= if open { OPEN_PERCENT } else { SHIELD_PERCENT }
    };
    one.mode != other.mode
        || one.shields.iter().zip(&other.shields).any(facing)
        || one.hull_permille.abs_diff(other.hull_permille) > HULL_PERMILLE
        || one.armour_permille.abs_diff(other.armour_permille) > HULL_PERMILLE
}

/// A row that begins with a ship as she is shown.
fn begin(
    units: &Units,
    tick: u32,
    ship: &Glimpse,
    group: u32,
    exact: Exactness,
    full: &Full,
) -> Row {
    let origin_m = whole_m(ship.place_m);
    Row {
        from_tick: tick,
        ship: ship.ship.0,
        class: u16::try_from(ship.class.index()).unwrap_or(u16::MAX),
        power: u16::try_from(ship.power.index()).unwrap_or(u16::MAX),
        group,
        origin_m,
        error_m: exact.error_m,
        error_deg: exact.error_deg,
        moves: vec![placed(units, tick, origin_m, tick, ship)],
        conditions: vec![condition(0, ship, full)],
        aims: vec![Aim { tick: 0, ship: ship.target.map(|target| target.0) }],
        events: Vec::new(),
    }
}

impl Track {
    /// A ship shown for the first time.
    pub fn new(
        units: &Units,
        tick: u32,
        round: u64,
        ship: &Glimpse,
        group: u32,
        exact: Exactness,
        full: &Full,
    ) -> Track {
        let row = begin(units, tick, ship, group, exact, full);
        Track { row, seen: (tick, round), leg: Vec::new(), last: *ship }
    }

    /// Where she was when last shown, metres.
    pub fn place_m(&self) -> [i32; 3] {
        whole_m(self.last.place_m)
    }

    /// Something that happened to her in this row.
    pub fn happened(&mut self, event: Happened) {
        self.row.events.push(event);
    }

    /// Shown after another tick. Rows that have come to their end go `out`: at a key frame, and when she is too far from where one began to
    /// be written in it.
    #[expect(clippy::too_many_arguments, reason = "the moment, the ship, how exact, and where to")]
    pub fn see(
        &mut self,
        units: &Units,
        tick: u32,
        ship: &Glimpse,
        key: bool,
        exact: Exactness,
        full: &Full,
        out: &mut Vec<Row>,
    ) {
        let group = self.row.group;
        let reach_m = 32_766.0 * units.position_m;
        let off = |axis: usize| {
            (f64::from(ship.place_m[axis]) - f64::from(self.row.origin_m[axis])).abs()
        };
        let unseen = tick > self.seen.0 + 1;
        if unseen || (0..3).any(|axis| off(axis) > reach_m) {
            // A new row, from where she was last; from here if nobody looked, or if that was where this one began.
            let apart = unseen || (self.leg.is_empty() && self.row.from_tick == self.seen.0);
            self.place(units);
            let (from, place) = if apart { (tick, *ship) } else { (self.seen.0, self.last) };
            let next = begin(units, from, &place, group, exact, full);
            out.push(std::mem::replace(&mut self.row, next));
            if apart {
                (self.last, self.seen.0) = (*ship, tick);
                return;
            }
        }
        if !self.leg.is_empty() && !self.fits(units, tick, ship) {
            self.place(units);
        }
        self.leg.push(Seen { place_m: wide(ship.place_m), heading: wide(ship.heading) });
        (self.last, self.seen.0) = (*ship, tick);
        self.note(tick, ship, full);
        if !key {
            return;
        }
        self.place(units);
        let next = begin(units, tick, ship, group, exact, full);
        out.push(std::mem::replace(&mut self.row, next));
    }

    /// Writes conditions and targets that have changed.
    fn note(&mut self, tick: u32, ship: &Glimpse, full: &Full) {
        let tick = u8::try_from(tick - self.row.from_tick).unwrap_or(u8::MAX);
        let now = condition(tick, ship, full);
        if self.row.conditions.last().is_none_or(|last| changed(last, &now)) {
            self.row.conditions.push(now);
        }
        let aim = ship.target.map(|target| target.0);
        let due = |last: &Aim| last.ship != aim && tick - last.tick >= AIM_TICKS;
        if self.row.aims.last().is_none_or(due) {
            self.row.aims.push(Aim { tick, ship: aim });
        }
    }

    /// Could this be the next written place, with all that was shown since the last one near the curve?
    fn fits(&self, units: &Units, tick: u32, ship: &Glimpse) -> bool {
        let Some(from) = self.row.moves.last() else { return false };
        let start = self.row.from_tick + u32::from(from.tick);
        if tick - start > LEG_MOST {
            return false;
        }
        let to = placed(units, self.row.from_tick, self.row.origin_m, tick, ship);
        let one = Knot::of(units, self.row.from_tick, self.row.origin_m, from);
        let other = Knot::of(units, self.row.from_tick, self.row.origin_m, &to);
        let most = f64::from(self.row.error_m) * f64::from(self.row.error_m);
        let least = (self.row.error_deg < 180)
            .then(|| libm::cos(f64::from(self.row.error_deg).to_radians()));
        let span = other.tick - one.tick;
        // The newest are the likeliest to be off.
        self.leg.iter().enumerate().rev().all(|(nth, seen)| {
            let at = one.tick + 1.0 + nth as f64;
            let place = curve::between(&one, &other, at);
            let off = [0, 1, 2].map(|axis| place[axis] - seen.place_m[axis]);
            let turned = |least: f64| {
                let bow = curve::swung(from.heading, to.heading, (at - one.tick) / span);
                curve::dot(bow, seen.heading) >= least
            };
            curve::dot(off, off) <= most && least.is_none_or(turned)
        })
    }

    /// Writes the place where she was last shown.
    fn place(&mut self, units: &Units) {
        if self.leg.is_empty() {
            return;
        }
        self.leg.clear();
        let (from, origin) = (self.row.from_tick, self.row.origin_m);
        self.row.moves.push(placed(units, from, origin, self.seen.0, &self.last));
    }

    /// She is not shown any more: her last row.
    pub fn end(mut self, units: &Units) -> Row {
        self.place(units);
        self.row
    }
}
