//! Writes a battle down while it is fought. A watcher of one battle: it is shown ships and told reports, and asks nothing.

use crate::budget::{BYTES_AN_HOUR, Budget};
use crate::curve::Units;
use crate::file::{File, Sink};
use crate::header::Header;
use crate::problem::Problem;
use crate::row::{Happened, Kind, Row, STRETCH_TICKS};
use crate::track::{Full, Track};
use jumpline_battle::{Glimpse, Report, Told, Watcher};
use jumpline_measure::{EngagementId, Time};
use jumpline_world::Law;
use jumpline_world::engagement::Engagement;
use jumpline_world::event::How;
use std::collections::BTreeMap;

/// Most places that a summary keeps for whoever checks a reader.
const PLACES_MOST: usize = 24;

/// Where a ship was by the engine's own word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The tick.
    pub tick: u32,
    /// Who.
    pub ship: u32,
    /// Metres from the battle's centre.
    pub place_m: [f32; 3],
}

/// What came of a recording: enough to hold any reader to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Ticks of the battle.
    pub ticks: u32,
    /// Rows written.
    pub rows: u64,
    /// States written.
    pub states: u64,
    /// Targets written.
    pub targets: u64,
    /// Sums of all moves' `x`, `y`, `z`, units.
    pub sums: [i64; 3],
    /// A few places, spread over ships and ticks.
    pub places: Vec<Place>,
    /// Places written.
    pub moves: u64,
    /// Ships shown, summed over ticks.
    pub ship_ticks: u64,
    /// Events written.
    pub events: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// Of all rows, hexadecimal.
    pub digest: String,
}

/// A battle being recorded.
pub struct Recorder<S: Sink> {
    file: Option<File<S>>,
    units: Units,
    began: Time,
    tick_ms: i64,
    full: Vec<Full>,
    weapons: Vec<String>,
    names: BTreeMap<u32, String>,
    budget: Budget,
    /// Ships on the field, by id.
    tracks: Vec<Track>,
    /// Where the next ship shown is likely to be found among them.
    cursor: usize,
    /// Showings so far.
    round: u64,
    tick: u32,
    /// Rows that are complete but for what is yet to be told, by ship and first tick.
    rows: BTreeMap<(u32, u32), Row>,
    /// Rows just completed.
    done: Vec<Row>,
    /// Ships whose last row is among them, and when they were last seen.
    gone: Vec<(u32, u32)>,
    /// The first stretch not yet written.
    next: u32,
    summary: Summary,
    /// What went wrong while writing.
    fault: Option<Problem>,
}

impl<S: Sink> Recorder<S> {
    /// Begins the record of a battle that is about to be played.
    pub fn new(law: &Law, battle: &Engagement, seed: u64, sink: S) -> Result<Recorder<S>, Problem> {
        let header = Header::new(law, battle, seed);
        let file = File::create(sink, &header)?;
        let full = |class: &jumpline_world::law::Class| Full {
            shield: class.shield,
            armour: class.armour,
            hull: class.hull,
        };
        let tick_ms = u64::try_from(header.tick_ms).unwrap_or(1);
        let ships = battle.tallies.iter().map(|tally| u64::from(tally.came)).sum();
        Ok(Recorder {
            file: Some(file),
            units: header.units(),
            began: battle.began,
            tick_ms: header.tick_ms,
            full: law.codex.classes.iter().map(full).collect(),
            weapons: law.codex.weapons.iter().map(|weapon| weapon.key.clone()).collect(),
            names: BTreeMap::new(),
            budget: Budget::new(BYTES_AN_HOUR, tick_ms, ships),
            tracks: Vec::new(),
            cursor: 0,
            round: 0,
            tick: battle.tick,
            rows: BTreeMap::new(),
            done: Vec::new(),
            gone: Vec::new(),
            next: battle.tick / STRETCH_TICKS,
            summary: Summary::default(),
            fault: None,
        })
    }

    /// Names of ships that have one, for those who are yet to come.
    pub fn name(&mut self, names: BTreeMap<u32, String>) {
        self.names = names;
    }

    /// Ends the record. Whatever went wrong while it was written is told here.
    pub fn finish(mut self) -> Result<(S, Summary), Problem> {
        self.end();
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let Some(file) = self.file else {
            return Err(Problem::Damaged("written twice".to_owned()));
        };
        let (mut sink, digest) = file.finish(self.tick)?;
        self.summary.bytes = sink.stream_position()?;
        self.summary.digest = digest;
        self.summary.ticks = self.tick;
        Ok((sink, self.summary))
    }

    fn full_of(&self, ship: &Glimpse) -> Full {
        let none = Full { shield: 0, armour: 0, hull: 0 };
        self.full.get(ship.class.index()).copied().unwrap_or(none)
    }

    /// The tick at which something was told to have happened.
    fn tick_of(&self, at: Time) -> u32 {
        let since_ms = at.saturating_since(self.began).seconds().saturating_mul(1_000);
        let tick = since_ms.saturating_add(self.tick_ms - 1) / self.tick_ms.max(1);
        u32::try_from(tick.max(0)).unwrap_or(u32::MAX).min(self.tick)
    }

    /// Puts an event into the row of the ship that holds that tick, or her last.
    fn put(&mut self, ship: u32, tick: u32, mut event: Happened) {
        let track = self.tracks.binary_search_by_key(&ship, |track| track.row.ship).ok();
        let place = |row: &Row| {
            let last = row.moves.last().map_or([0; 3], |last| last.at);
            [0, 1, 2].map(|axis| {
                let off = f64::from(last[axis]) * self.units.position_m;
                (f64::from(row.origin_m[axis]) + off) as i32
            })
        };
        if let Some(track) = track.and_then(|at| self.tracks.get_mut(at))
            && track.row.from_tick <= tick
        {
            event.tick = u8::try_from(tick - track.row.from_tick).unwrap_or(u8::MAX);
            event.place_m = track.place_m();
            track.happened(event);
            return;
        }
        if let Some((_, row)) = self.rows.range_mut((ship, 0)..=(ship, tick)).next_back() {
            event.tick = u8::try_from(tick - row.from_tick).unwrap_or(u8::MAX);
            event.place_m = place(row);
            row.events.push(event);
        }
        // Else she was written off long ago; nobody looks there any more.
    }

    /// All that happened up to the present tick has been told: rows whose stretch is over are written.
    fn settle(&mut self, last: bool) {
        for (ship, seen) in std::mem::take(&mut self.gone) {
            let ended = self
                .rows
                .range((ship, 0)..=(ship, u32::MAX))
                .next_back()
                .is_none_or(|(_, row)| row.events.iter().any(|event| event.kind.is_end()));
            if !ended {
                self.put(ship, seen, happened(Kind::Left));
            }
        }
        while last || (self.next + 1).saturating_mul(STRETCH_TICKS) <= self.tick {
            if last && self.rows.is_empty() {
                break;
            }
            let end = (self.next + 1).saturating_mul(STRETCH_TICKS);
            let done: Vec<(u32, u32)> =
                self.rows.keys().filter(|(_, from)| *from < end).copied().collect();
            let mut rows: Vec<Row> = done.iter().filter_map(|key| self.rows.remove(key)).collect();
            for row in &mut rows {
                row.events.sort_by_key(|event| event.tick);
                self.summary.rows += 1;
                self.summary.moves += row.moves.len() as u64;
                self.summary.states += row.conditions.len() as u64;
                self.summary.targets += row.aims.len() as u64;
                for one in &row.moves {
                    for (sum, part) in self.summary.sums.iter_mut().zip(one.at) {
                        *sum += i64::from(part);
                    }
                }
                self.summary.events += row.events.len() as u64;
            }
            self.next += 1;
            self.write(&rows);
        }
    }

    fn write(&mut self, rows: &[Row]) {
        let Some(file) = &mut self.file else { return };
        match file.write(rows) {
            Ok(bytes) => self.budget.account(rows.len() as u64, bytes),
            // The battle goes on; the fault is told at the end.
            Err(fault) => {
                self.fault = Some(fault);
                self.file = None;
            }
        }
    }

    /// Nobody is on the field any more.
    fn end(&mut self) {
        let tick = self.tick;
        for track in std::mem::take(&mut self.tracks) {
            let (ship, place_m) = (track.row.ship, track.place_m());
            let mut row = track.end(&self.units);
            row.events.push(Happened {
                tick: u8::try_from(tick.saturating_sub(row.from_tick)).unwrap_or(u8::MAX),
                place_m,
                ..happened(Kind::Stands)
            });
            self.rows.insert((ship, row.from_tick), row);
        }
        self.settle(true);
    }
}

fn happened(kind: Kind) -> Happened {
    Happened {
        tick: 0,
        kind,
        by: None,
        cause: None,
        part: None,
        amount: None,
        place_m: [0; 3],
        note: None,
    }
}

fn amount(value: i64) -> Option<i32> {
    Some(i32::try_from(value).unwrap_or(if value < 0 { i32::MIN } else { i32::MAX }))
}

impl<S: Sink> Watcher for Recorder<S> {
    fn see(&mut self, battle: &Engagement, ship: &Glimpse) {
        if self.file.is_none() {
            return;
        }
        let (tick, id) = (battle.tick, ship.ship.0);
        while self.tracks.get(self.cursor).is_some_and(|track| track.row.ship < id) {
            self.cursor += 1;
        }
        // Odd ticks of some ships: between key frames, and seldom where a place was written.
        let mark = self.summary.places.last().map_or(5, |last| last.tick + 13);
        if tick >= mark && id % 5 == tick % 5 && self.summary.places.len() < PLACES_MOST {
            self.summary.places.push(Place { tick, ship: id, place_m: ship.place_m });
        }
        let full = self.full_of(ship);
        let exact = self.budget.exactness();
        let known = self.tracks.get_mut(self.cursor).filter(|track| track.row.ship == id);
        let Some(track) = known else {
            let group = battle.postures.get(usize::from(ship.posture));
            let group = group.map_or(u32::MAX, |posture| posture.group.0);
            let mut track = Track::new(&self.units, tick, self.round, ship, group, exact, &full);
            let note = self.names.get(&id).cloned();
            let place_m = track.place_m();
            track.happened(Happened { note, place_m, ..happened(Kind::Came) });
            self.tracks.insert(self.cursor, track);
            self.summary.ship_ticks += 1;
            self.cursor += 1;
            return;
        };
        track.seen.1 = self.round;
        if track.seen.0 < tick {
            self.summary.ship_ticks += 1;
            let key = tick.is_multiple_of(STRETCH_TICKS);
            track.see(&self.units, tick, ship, key, exact, &full, &mut self.done);
            for row in self.done.drain(..) {
                self.rows.insert((row.ship, row.from_tick), row);
            }
        }
        self.cursor += 1;
    }

    fn tick(&mut self, battle: &Engagement) {
        // Shown twice at the same tick: a new call, so all that was told up to here has been heard.
        let again = self.round > 0 && battle.tick == self.tick;
        self.tick = battle.tick;
        let round = self.round;
        if self.tracks.iter().any(|track| track.seen.1 != round) {
            let (here, gone): (Vec<Track>, Vec<Track>) =
                std::mem::take(&mut self.tracks).into_iter().partition(|t| t.seen.1 == round);
            self.tracks = here;
            for track in gone {
                let (ship, seen) = (track.row.ship, track.seen.0);
                let row = track.end(&self.units);
                self.rows.insert((ship, row.from_tick), row);
                self.gone.push((ship, seen));
            }
        }
        if again {
            self.settle(false);
        }
        self.round += 1;
        self.cursor = 0;
    }

    fn hear(&mut self, _battle: EngagementId, report: &Report) {
        let tick = self.tick_of(report.at);
        let (ship, event) = match &report.what {
            Told::ShipLost { ship, by, how, .. } => {
                let cause = match how {
                    How::Weapon(weapon) => self.weapons.get(weapon.index()).cloned(),
                    other => Some(other.word().to_owned()),
                };
                let by = by.map(|by| by.0);
                (*ship, Happened { by, cause, ..happened(Kind::Lost) })
            }
            Told::Wounded { ship, by } => {
                (*ship, Happened { by: by.map(|by| by.0), ..happened(Kind::Wounded) })
            }
            Told::ShieldsDown { ship, by } => {
                (*ship, Happened { by: by.map(|by| by.0), ..happened(Kind::ShieldsDown) })
            }
            Told::PartLost { ship, part, number, by } => {
                let part = serde_json::to_value(part).ok();
                let event = Happened {
                    by: by.map(|by| by.0),
                    part: part.and_then(|part| part.as_str().map(str::to_owned)),
                    amount: amount(i64::from(*number)),
                    ..happened(Kind::PartLost)
                };
                (*ship, event)
            }
            Told::FieldLit { ship } => (*ship, happened(Kind::FieldLit)),
            Told::FieldDark { ship } => (*ship, happened(Kind::FieldDark)),
            Told::ReachedAir { ship, .. } => (*ship, happened(Kind::Landed)),
            Told::Out { ship } => (*ship, happened(Kind::Clear)),
            Told::Rammed { ship, into, points } => {
                let by = Some(ship.0);
                (*into, Happened { by, amount: amount(*points), ..happened(Kind::Rammed) })
            }
            Told::QuarryStruck { group, quarry } => {
                let amount = amount(i64::from(group.0));
                (*quarry, Happened { amount, ..happened(Kind::QuarryStruck) })
            }
            #[allow(
                unreachable_patterns,
                reason = "what battle learns to tell is not always a ship's fate"
            )]
            _ => return,
        };
        self.put(ship.0, tick, event);
    }

    fn close(&mut self, battle: &Engagement, _now: Time) {
        self.tick = self.tick.max(battle.tick);
        self.end();
    }
}
