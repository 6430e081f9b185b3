//! Duels of the shipped war's fleets, watched twice at once: by a recorder and by one who remembers everything.

use jumpline_battle::{Glimpse, Report, Watcher};
use jumpline_measure::{EngagementId, Time};
use jumpline_record::{Problem, Record, Recorder, Replay, STRETCH_TICKS, Summary};
use jumpline_scenario::{Texts, load};
use jumpline_study::{Bout, Duel, Force};
use jumpline_world::Law;
use jumpline_world::engagement::Engagement;
use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            into.push(path);
        }
    }
    into.sort();
}

/// The law of the shipped war that knows the most peoples.
pub fn law() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut texts = Texts::new();
        let (mut core, mut war) = (Vec::new(), Vec::new());
        files(&root.join("content/core"), &mut core);
        files(&root.join("scenarios/pagalis"), &mut war);
        for path in core {
            texts.add_ruleset(path.to_string_lossy(), fs::read(&path).unwrap());
        }
        for path in war {
            texts.add_scenario(path.to_string_lossy(), fs::read(&path).unwrap());
        }
        load("pagalis", &texts).0.unwrap().law
    })
}

pub fn duel(forces: &[&str]) -> Duel {
    let law = law();
    let forces = forces.iter().map(|typed| Force::read(&law.codex, typed).unwrap()).collect();
    Duel::new(law, forces, 300_000).unwrap()
}

type Sink = Cursor<Vec<u8>>;

/// A recorder, and all that it was shown and told.
pub struct Twice {
    pub recorder: Option<Recorder<Sink>>,
    pub law: Law,
    pub remembers: bool,
    /// By tick, by ship.
    pub seen: BTreeMap<u32, BTreeMap<u32, Glimpse>>,
    pub told: Vec<Report>,
    /// Only so many ticks are recorded.
    pub most: u32,
}

impl Twice {
    pub fn new(duel: &Duel, remembers: bool) -> Twice {
        Twice {
            recorder: None,
            law: duel.law().clone(),
            remembers,
            seen: BTreeMap::new(),
            told: Vec::new(),
            most: u32::MAX,
        }
    }

    pub fn finish(&mut self) -> (Vec<u8>, Summary) {
        let (sink, summary) = self.recorder.take().unwrap().finish().unwrap();
        (sink.into_inner(), summary)
    }
}

impl Watcher for Twice {
    fn see(&mut self, battle: &Engagement, ship: &Glimpse) {
        if battle.tick > self.most {
            return;
        }
        if self.remembers {
            self.seen.entry(battle.tick).or_default().insert(ship.ship.0, *ship);
        }
        let recorder = self.recorder.get_or_insert_with(|| {
            Recorder::new(&self.law, battle, 1, Cursor::new(Vec::new())).unwrap()
        });
        recorder.see(battle, ship);
    }

    fn tick(&mut self, battle: &Engagement) {
        if battle.tick <= self.most {
            self.recorder.as_mut().unwrap().tick(battle);
        }
    }

    fn hear(&mut self, battle: EngagementId, report: &Report) {
        self.told.push(report.clone());
        self.recorder.as_mut().unwrap().hear(battle, report);
    }

    fn close(&mut self, battle: &Engagement, now: Time) {
        self.recorder.as_mut().unwrap().close(battle, now);
    }
}

/// A duel fought and recorded.
pub struct Fought {
    #[allow(dead_code, reason = "not every user of this file looks at it")]
    pub bout: Option<Bout>,
    pub twice: Twice,
    pub bytes: Vec<u8>,
    pub summary: Summary,
}

/// Fights with seed 1; for `most` ticks at the most.
pub fn fight(forces: &[&str], threads: usize, remembers: bool, most: u32) -> Fought {
    let duel = duel(forces);
    let mut twice = Twice::new(&duel, remembers);
    twice.most = most;
    let beats = AtomicU32::new(0);
    let beat_s = duel.law().codex.rules.officers.beat_s;
    let ticks_a_beat = beat_s * 1_000 / duel.law().codex.rules.battle.tick_ms;
    let beats_most = most / u32::try_from(ticks_a_beat).unwrap().max(1);
    let stopped = || beats.fetch_add(1, Ordering::Relaxed) >= beats_most;
    let bout = duel.bout_watched(1, threads, &stopped, &mut twice);
    let (bytes, summary) = twice.finish();
    Fought { bout, twice, bytes, summary }
}

pub fn read(bytes: &[u8]) -> Result<Record, Problem> {
    Record::read(bytes.to_vec())
}

/// The worst and the mean distance between replay and engine over all ships of every tick, metres; and the worst by which a promise was
/// broken (at most nought when none was).
pub fn errors(fought: &Fought, record: &Record) -> (f64, f64, f64) {
    let replay = Replay::new(record);
    let (mut worst, mut sum, mut count, mut broken) = (0.0_f64, 0.0, 0_u64, f64::MIN);
    for (tick, ships) in &fought.twice.seen {
        let stances = replay.at(f64::from(*tick));
        assert_eq!(stances.len(), ships.len(), "tick {tick} of stretch {}", tick / STRETCH_TICKS);
        for stance in stances {
            let ship = &ships[&stance.row.ship];
            let off: f64 = (0..3)
                .map(|axis| (stance.place_m[axis] - f64::from(ship.place_m[axis])).powi(2))
                .sum::<f64>()
                .sqrt();
            worst = worst.max(off);
            sum += off;
            count += 1;
            let promised = f64::from(stance.row.error_m).max(record.header.position_unit_m);
            broken = broken.max(off - promised);
        }
    }
    (worst, sum / count as f64, broken)
}
