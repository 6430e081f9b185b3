//! Where records stand: one file for one battle, or a folder with a file for each battle of a war. Files are written beside their final
//! names and moved there whole, so a record that has its name is a whole one.

use crate::problem::Problem;
use crate::recorder::{Recorder, Summary};
use jumpline_battle::{Glimpse, Report, Watcher};
use jumpline_measure::{EngagementId, Time};
use jumpline_world::Law;
use jumpline_world::engagement::Engagement;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A file that is written in large pieces and can be read back.
struct Buffered(BufWriter<fs::File>);

impl Write for Buffered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Read for Buffered {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.flush()?;
        self.0.get_mut().read(bytes)
    }
}

impl Seek for Buffered {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

/// A record that stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The battle's number.
    pub engagement: u32,
    /// Where it stands.
    pub path: PathBuf,
    /// What is in it.
    pub summary: Summary,
}

struct Open {
    part: PathBuf,
    path: PathBuf,
    recorder: Recorder<Buffered>,
}

/// Records every battle that it watches.
pub struct Shelf {
    law: Law,
    seed: u64,
    path: PathBuf,
    folder: bool,
    wanted: Vec<String>,
    names: BTreeMap<u32, String>,
    /// None: not wanted, or broken.
    open: BTreeMap<u32, Option<Open>>,
    standing: Vec<Standing>,
    fault: Option<(PathBuf, Problem)>,
}

impl Shelf {
    /// One file, for one battle.
    pub fn file(law: &Law, seed: u64, path: &Path) -> Shelf {
        Shelf {
            law: law.clone(),
            seed,
            path: path.to_owned(),
            folder: false,
            wanted: Vec::new(),
            names: BTreeMap::new(),
            open: BTreeMap::new(),
            standing: Vec::new(),
            fault: None,
        }
    }

    /// A folder, made if it is not there. `wanted` names the battles by number or by the key of the body; empty is all of them.
    pub fn folder(law: &Law, seed: u64, path: &Path, wanted: &[String]) -> Result<Shelf, Problem> {
        fs::create_dir_all(path)?;
        let mut shelf = Shelf::file(law, seed, path);
        (shelf.folder, shelf.wanted) = (true, wanted.to_vec());
        Ok(shelf)
    }

    /// Names of ships that have one, for those who have yet to come into a battle.
    pub fn name(&mut self, names: BTreeMap<u32, String>) {
        for open in self.open.values_mut().flatten() {
            open.recorder.name(names.clone());
        }
        self.names = names;
    }

    /// Ends the records of battles that are still going on, and gives those that stand. Whatever went wrong is told here.
    pub fn finish(mut self) -> Result<Vec<Standing>, (PathBuf, Problem)> {
        for number in self.open.keys().copied().collect::<Vec<_>>() {
            self.end(number);
        }
        match self.fault.take() {
            Some(fault) => Err(fault),
            None => Ok(std::mem::take(&mut self.standing)),
        }
    }

    fn wants(&self, battle: &Engagement) -> bool {
        let body = self.law.codex.chart.bodies.get(battle.body.index());
        let named = |word: &String| {
            *word == battle.id.0.to_string() || body.is_some_and(|body| body.key == *word)
        };
        self.wanted.is_empty() || self.wanted.iter().any(named)
    }

    fn begin(&self, battle: &Engagement) -> Result<Open, (PathBuf, Problem)> {
        let body = self.law.codex.chart.bodies.get(battle.body.index());
        let path = if self.folder {
            let body = body.map_or("nowhere", |body| body.key.as_str());
            self.path.join(format!("battle-{:05}-{body}.arrow", battle.id.0))
        } else {
            self.path.clone()
        };
        let mut name = path.clone().into_os_string();
        name.push(".part");
        let part = PathBuf::from(name);
        let made =
            OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&part);
        let recorder = made.map_err(Problem::Io).and_then(|file| {
            Recorder::new(&self.law, battle, self.seed, Buffered(BufWriter::new(file)))
        });
        match recorder {
            Ok(mut recorder) => {
                recorder.name(self.names.clone());
                Ok(Open { part, path, recorder })
            }
            Err(problem) => Err((path, problem)),
        }
    }

    fn recorder(&mut self, number: u32) -> Option<&mut Recorder<Buffered>> {
        Some(&mut self.open.get_mut(&number)?.as_mut()?.recorder)
    }

    fn end(&mut self, number: u32) {
        let Some(Some(open)) = self.open.remove(&number) else { return };
        let ended = open.recorder.finish().and_then(|(mut sink, summary)| {
            sink.flush()?;
            fs::rename(&open.part, &open.path)?;
            Ok(summary)
        });
        match ended {
            Ok(summary) => {
                let path = open.path;
                self.standing.push(Standing { engagement: number, path, summary });
            }
            Err(problem) => {
                // What is left of it is of no use.
                drop(fs::remove_file(&open.part));
                self.fault.get_or_insert((open.path, problem));
            }
        }
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        for open in self.open.values().flatten() {
            drop(fs::remove_file(&open.part));
        }
    }
}

impl Watcher for Shelf {
    fn see(&mut self, battle: &Engagement, ship: &Glimpse) {
        if !self.open.contains_key(&battle.id.0) {
            let begun = self.wants(battle).then(|| self.begin(battle));
            let open = match begun {
                Some(Err(fault)) => {
                    self.fault.get_or_insert(fault);
                    None
                }
                Some(Ok(open)) => Some(open),
                None => None,
            };
            self.open.insert(battle.id.0, open);
        }
        if let Some(recorder) = self.recorder(battle.id.0) {
            recorder.see(battle, ship);
        }
    }

    fn tick(&mut self, battle: &Engagement) {
        if let Some(recorder) = self.recorder(battle.id.0) {
            recorder.tick(battle);
        }
    }

    fn hear(&mut self, battle: EngagementId, report: &Report) {
        if let Some(recorder) = self.recorder(battle.0) {
            recorder.hear(battle, report);
        }
    }

    fn close(&mut self, battle: &Engagement, now: Time) {
        if let Some(recorder) = self.recorder(battle.id.0) {
            recorder.close(battle, now);
        }
        self.end(battle.id.0);
    }
}
