//! `houseloss JUMPLINE FOLDER [--postgres URL | --item N]`: is what a host's house acknowledged still there after a power cut at any
//! write, a `kill -9` of the server or of the database at any moment, a disk that is full or does not sync?
//!
//! With `--postgres` the house stands there; `JUMPLINE_PG_CRASH` and `JUMPLINE_PG_START` are the commands that break that database off
//! and start it again. `--item` is one fault of many, for a long check. Prints one line a check that ends in `N held`, and ends with
//! code 1 when anything was lost.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool that talks to a terminal")]

use anyhow::{Context, Result, bail, ensure};
use jumpline_proving::chance::Chance;
use jumpline_proving::house::guest::{Diary, is_well, look, play};
use jumpline_proving::house::served::{Fault, Home};
use jumpline_proving::house::war;
use jumpline_proving::powerloss::cuts::{ACKNOWLEDGED, all_acknowledged, brief};
use jumpline_proving::powerloss::disk::put;
use jumpline_proving::powerloss::{Call, acknowledgements, states, visit, watch};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

const HOUSE: &str = "games.db";
const GAME: &str = "g";
const SEED: u64 = 21;
/// Planted defects, by `JUMPLINE_CANARY`: commits are not waited for; things are acknowledged before they are kept; a commit that
/// failed is taken for one that did not.
const NORMAL_SYNC: &str = "normal-sync";
const EARLY_ACK: &str = "early-ack";
const IGNORE_COMMIT: &str = "ignore-commit";
/// States tried of a run, and of the run that must lose something.
const STATES: usize = 2_400;
const CANARY_STATES: usize = 300;
/// Kill points for each kind of call, spread over the run.
const KILLS: usize = 14;
const KILL_CALLS: &[&str] = &["pwrite64", "fsync", "write"];
/// Crashes of the database, after so many acknowledgements each.
const CRASHES: &[usize] = &[1, 9, 26, 55, 81, 120];
/// Faults put into a server in the short check.
const FAULTS: usize = 28;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["--war", place, game] => {
            let early = std::env::var_os("JUMPLINE_CANARY").is_some_and(|one| one == EARLY_ACK);
            war::play(place, game, early)
        }
        [jumpline, folder] => {
            Check::new(jumpline, folder, None).and_then(|check| check.on_a_file())
        }
        [jumpline, folder, "--postgres", url] => {
            Check::new(jumpline, folder, Some(url)).and_then(|check| check.in_postgres())
        }
        [jumpline, folder, "--item", number] => Check::new(jumpline, folder, None)
            .and_then(|check| check.one_fault(number.parse().context("--item needs a number")?)),
        _ => {
            eprintln!("houseloss JUMPLINE FOLDER [--postgres URL | --item N]");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("houseloss: {error:#}");
            ExitCode::FAILURE
        }
    }
}

struct Check {
    jumpline: PathBuf,
    folder: PathBuf,
    database: Option<String>,
}

/// How often something was tried, and what was lost.
#[derive(Default)]
struct Tried {
    count: usize,
    lost: Vec<String>,
}

impl Tried {
    fn note(&mut self, what: &str, done: Result<()>) {
        self.count += 1;
        if let Err(error) = done {
            self.lost.push(format!("{what}: {error:#}"));
        }
    }

    /// Nothing may be lost.
    fn held(&self, what: &str) -> Result<()> {
        for fault in self.lost.iter().take(10) {
            println!("{fault}");
        }
        ensure!(self.lost.is_empty(), "{} of {} lost: {what}", self.lost.len(), self.count);
        ensure!(self.count > 0, "nothing was tried: {what}");
        println!("{what}: {} held", self.count);
        Ok(())
    }

    /// Something must be: else the check sees nothing.
    fn seen(&self, what: &str) -> Result<()> {
        ensure!(!self.lost.is_empty(), "{what} lost nothing in {}: the check is blind", self.count);
        println!("canary: {what} lost something in {} of {}", self.lost.len(), self.count);
        Ok(())
    }
}

impl Check {
    fn new(jumpline: &str, folder: &str, database: Option<&str>) -> Result<Check> {
        fs::create_dir_all(folder)?;
        // strace names files by their real paths.
        let folder = fs::canonicalize(folder)?;
        Ok(Check { jumpline: jumpline.into(), folder, database: database.map(str::to_owned) })
    }

    fn room(&self, name: &str) -> Result<PathBuf> {
        let dir = self.folder.join(name);
        if dir.exists() {
            fs::remove_dir_all(&dir)?;
        }
        fs::create_dir_all(&dir)?;
        Ok(dir)
    }

    fn on_a_file(&self) -> Result<()> {
        let dir = self.room("war")?;
        let calls = self.record(&dir, "")?;
        let whole: BTreeSet<String> = all_acknowledged(&calls).into_iter().collect();
        ensure!(whole.len() > 100, "the war acknowledged {} things", whole.len());
        self.power_cuts(&calls, &whole, STATES)?.held("house on a file, power cut at any write")?;
        self.kills(&whole, "")?.held("house on a file, kill -9 at a call that changes the disk")?;
        self.kills(&whole, EARLY_ACK)?.seen("acknowledging before it is kept")?;
        self.full_disks(&whole, "")?
            .held("house on a file, a disk that is full or does not sync")?;
        self.full_disks(&whole, IGNORE_COMMIT)?.seen("ignoring what a commit says")?;
        let dir = self.room("war")?;
        let calls = self.record(&dir, NORMAL_SYNC)?;
        self.power_cuts(&calls, &whole, CANARY_STATES)?.seen("synchronous=NORMAL")?;

        let faults = self.faults(FAULTS)?;
        self.all_survive(&faults)?.held("server killed, its disk full or failing to sync")
    }

    /// Every fault; enough of them must have been felt.
    fn all_survive(&self, faults: &[Fault]) -> Result<Tried> {
        let (mut tried, mut felt) = (Tried::default(), 0);
        for fault in faults {
            let survived = self.survives(fault);
            felt += usize::from(*survived.as_ref().unwrap_or(&false));
            tried.note(&fault.to_string(), survived.map(drop));
        }
        println!("faults that broke play off or were answered with a refusal: {felt}");
        ensure!(felt * 2 > faults.len(), "only {felt} of {} faults were felt", faults.len());
        Ok(tried)
    }

    /// One fault of a server, for the long check.
    fn one_fault(&self, item: usize) -> Result<()> {
        let faults = self.faults(usize::MAX)?;
        // A step that has no divisor in common with any likely count: early items are spread over the run.
        let fault = &faults[item * 7_919 % faults.len()];
        let felt = self.survives(fault).with_context(|| fault.to_string())?;
        println!("{fault}, {}: 1 held", if felt { "felt" } else { "not felt" });
        Ok(())
    }

    /// The war as this program plays it: only this build has canaries in it.
    fn war(place: &str, game: &str) -> Result<Vec<String>> {
        let me = std::env::current_exe()?.display().to_string();
        Ok(vec![me, "--war".to_owned(), place.to_owned(), game.to_owned()])
    }

    fn record(&self, dir: &Path, canary: &str) -> Result<Vec<Call>> {
        let line = Check::war(&dir.join(HOUSE).display().to_string(), GAME)?;
        watch::record(&line, dir, canary, &self.folder.join("record.txt"))
    }

    /// Rebuilds each state that a cut could leave and asks the house what it has.
    fn power_cuts(&self, calls: &[Call], whole: &BTreeSet<String>, most: usize) -> Result<Tried> {
        let due = all_acknowledged(calls);
        let states = states(calls, most, SEED);
        let mut tried = Tried::default();
        visit(calls, &states, |state, files| {
            let dir = self.room("state")?;
            put(&dir, files)?;
            let place = dir.join(HOUSE).display().to_string();
            let call = calls.get(state.cut).map(brief).unwrap_or_default();
            let what = format!("cut after call {} ({call}), {}", state.cut, state.how);
            tried.note(&what, war::missing(&place, GAME, &due[..state.acknowledged], whole));
            Ok::<(), anyhow::Error>(())
        })?;
        Ok(tried)
    }

    fn kills(&self, whole: &BTreeSet<String>, canary: &str) -> Result<Tried> {
        let dir = self.room("killed")?;
        self.record(&dir, canary)?;
        let counts = watch::count_calls(&self.folder.join("record.txt"))?;
        let mut tried = Tried::default();
        for call in KILL_CALLS {
            let count = counts.get(*call).copied().unwrap_or(0);
            for at in (1..=count).step_by(count.div_ceil(KILLS).max(1)) {
                let place = self.room("killed")?.join(HOUSE).display().to_string();
                let file = self.folder.join("kill.txt");
                let out = watch::kill_at(&Check::war(&place, GAME)?, call, at, canary, &file)?;
                if out.status.success() {
                    // Jobs were committed together this time: there was no such call.
                    continue;
                }
                let said = String::from_utf8_lossy(&out.stderr).into_owned();
                let due: Vec<String> = acknowledgements(&said).map(str::to_owned).collect();
                let done = war::missing(&place, GAME, &due, whole);
                tried.note(&format!("kill at {call} {at}"), done);
            }
        }
        Ok(tried)
    }

    /// Writes that find the disk full and syncs that fail, once and for ever.
    fn full_disks(&self, whole: &BTreeSet<String>, canary: &str) -> Result<Tried> {
        let mut tried = Tried::default();
        let dir = self.room("full")?;
        self.record(&dir, "")?;
        let counts = watch::count_calls(&self.folder.join("record.txt"))?;
        for (call, error) in [("pwrite64", "ENOSPC"), ("fsync", "EIO")] {
            let count = counts.get(call).copied().unwrap_or(0);
            for eighth in 2..8 {
                let (nth, more) = (count * eighth / 8, if eighth == 4 { "+" } else { "" });
                let place = self.room("full")?.join(HOUSE).display().to_string();
                let fault = format!("error={error}:when={nth}{more}");
                let mut command = watch::strace_with(call, &fault, &self.folder.join("full.txt"));
                command.args(Check::war(&place, GAME)?).env("JUMPLINE_CANARY", canary);
                let out = command.stdin(Stdio::null()).output()?;
                let said = String::from_utf8_lossy(&out.stderr).into_owned();
                let due: Vec<String> = acknowledgements(&said).map(str::to_owned).collect();
                let done = war::missing(&place, GAME, &due, whole);
                tried.note(&format!("{call} {fault}"), done);
            }
        }
        Ok(tried)
    }

    fn home(&self, name: &str) -> Result<Home> {
        let (jumpline, data) = (self.jumpline.clone(), self.room(name)?);
        Ok(Home { jumpline, data, database: self.database.clone() })
    }

    /// Faults spread over a server's run, counted on one without any.
    fn faults(&self, most: usize) -> Result<Vec<Fault>> {
        let calls: &[&str] = if self.database.is_some() {
            // The words to the database and those to players are sent alike.
            &["sendto", "recvfrom"]
        } else {
            &["pwrite64", "fsync"]
        };
        let mut all = Vec::new();
        for call in calls {
            let count = self.count(call)?;
            let ways: &[(&str, bool)] = match *call {
                "pwrite64" => {
                    &[("signal=SIGKILL", false), ("error=ENOSPC", false), ("error=ENOSPC", true)]
                }
                "fsync" => &[("signal=SIGKILL", false), ("error=EIO", false), ("error=EIO", true)],
                _ => &[("signal=SIGKILL", false)],
            };
            for (what, for_ever) in ways {
                let fault = |nth| Fault {
                    call: (*call).to_owned(),
                    what: (*what).to_owned(),
                    nth,
                    for_ever: *for_ever,
                };
                all.push((1..=count).map(fault).collect::<Vec<_>>());
            }
        }
        let each = most.div_ceil(all.len().max(1));
        let spread = |faults: Vec<Fault>| {
            let step = faults.len().div_ceil(each).max(1);
            faults.into_iter().step_by(step)
        };
        Ok(all.into_iter().flat_map(spread).collect())
    }

    /// How often a server makes a call while somebody plays three turns.
    fn count(&self, call: &str) -> Result<usize> {
        let home = self.home("counted")?;
        let file = self.folder.join("count.txt");
        // A fault that never comes.
        let never = Fault {
            call: call.to_owned(),
            what: "error=EIO".to_owned(),
            nth: 60_000,
            for_ever: false,
        };
        let served = home.start(Some(&never), &file)?.context("the server does not listen")?;
        let mut diary = Diary::default();
        let played = play(served.address, &mut diary, 3);
        served.kill()?;
        played?;
        let count = watch::count_calls(&file)?.get(call).copied().unwrap_or(0);
        ensure!(count > 0, "the server never calls {call}");
        Ok(count)
    }

    /// Somebody plays on a server until the fault ends it or they give up; afterwards all that was acknowledged is there. Says whether
    /// the fault was felt.
    fn survives(&self, fault: &Fault) -> Result<bool> {
        let home = self.home("served")?;
        let (mut diary, mut felt) = (Diary::default(), true);
        if let Some(served) = home.start(Some(fault), &self.folder.join("fault.txt"))? {
            // What goes wrong here is what was planned.
            felt = play(served.address, &mut diary, 3).is_err() || diary.refused > 0;
            // A disk that takes nothing more is no secret of the server's.
            let hides = fault.for_ever && diary.refused > 0 && is_well(served.address)?;
            served.kill()?;
            ensure!(!hides, "nothing can be kept, and the server says that it is well");
        }
        let again = home.start(None, &self.folder.join("again.txt"))?;
        let again = again.context("the server does not start again")?;
        let looked = look(again.address, &diary);
        again.kill()?;
        looked.map(|()| felt)
    }

    fn in_postgres(&self) -> Result<()> {
        let url = self.database.clone().context("no database")?;
        let whole = self.whole_in(&url)?;
        let mut tried = Tried::default();
        for (number, acks) in CRASHES.iter().enumerate() {
            let what = format!("crash of the database after {acks} acknowledgements");
            tried.note(&what, self.crash(&url, &format!("c{number}"), *acks, "", &whole));
        }
        tried.held("house in PostgreSQL, the database broken off and started again")?;
        let mut tried = Tried::default();
        for (number, acks) in CRASHES.iter().take(4).enumerate() {
            let done = self.crash(&url, &format!("n{number}"), *acks, NORMAL_SYNC, &whole);
            tried.note("canary", done);
        }
        tried.seen("synchronous_commit=off")?;

        let mut tried = Tried::default();
        let mut chance = Chance::new(SEED);
        for number in 0..3 {
            let after = Duration::from_millis(60 + chance.below(700));
            tried.note(&format!("crash {number} after {after:?}"), self.outlives_crash(after));
        }
        tried.held("server over a crash of its database")?;

        let faults = self.faults(12)?;
        self.all_survive(&faults)?.held("server on PostgreSQL killed at a word sent or heard")
    }

    /// Everything that the undisturbed war acknowledges.
    fn whole_in(&self, url: &str) -> Result<BTreeSet<String>> {
        let line = Check::war(url, "whole")?;
        let out = Command::new(&line[0]).args(&line[1..]).stdin(Stdio::null()).output()?;
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        ensure!(out.status.success(), "the war ended with {}: {said}", out.status);
        Ok(acknowledgements(&said).map(str::to_owned).collect())
    }

    /// Plays the war until so much is acknowledged, breaks the database off at once, and looks after it is up again.
    fn crash(
        &self,
        url: &str,
        game: &str,
        acks: usize,
        canary: &str,
        whole: &BTreeSet<String>,
    ) -> Result<()> {
        let line = Check::war(url, game)?;
        let mut command = Command::new(&line[0]);
        command.args(&line[1..]).env("JUMPLINE_CANARY", canary).stdin(Stdio::null());
        let mut child = command.stderr(Stdio::piped()).spawn()?;
        let mut stderr = BufReader::new(child.stderr.take().context("no stderr")?);
        let (mut said, mut heard) = (String::new(), 0);
        while heard < acks && stderr.read_line(&mut said)? > 0 {
            heard = said.matches(ACKNOWLEDGED).count();
        }
        command_of("JUMPLINE_PG_CRASH")?;
        stderr.read_to_string(&mut said)?;
        child.wait()?;
        command_of("JUMPLINE_PG_START")?;
        let due: Vec<String> = acknowledgements(&said).map(str::to_owned).collect();
        ensure!(due.len() >= acks, "only {} were acknowledged", due.len());
        war::missing(url, game, &due, whole)
    }

    /// The server stays up while its database breaks off and comes back: whoever plays repeats what was not kept, and loses nothing.
    fn outlives_crash(&self, after: Duration) -> Result<()> {
        let home = self.home("served")?;
        let served = home.start(None, &self.folder.join("crash.txt"))?;
        let served = served.context("the server does not listen")?;
        let mut diary = Diary::default();
        let done = std::thread::scope(|scope| -> Result<()> {
            let player = scope.spawn(|| play(served.address, &mut diary, 12));
            std::thread::sleep(after);
            command_of("JUMPLINE_PG_CRASH")?;
            command_of("JUMPLINE_PG_START")?;
            // A turn in the air when the database went is given up; that is no loss.
            drop(player.join());
            Ok(())
        });
        done?;
        let looked = look(served.address, &diary);
        served.kill()?;
        looked
    }
}

/// Runs a command that stands in a variable, words apart by spaces.
fn command_of(name: &str) -> Result<()> {
    let line = std::env::var(name).with_context(|| format!("{name} is not set"))?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let [program, args @ ..] = words.as_slice() else { bail!("{name} is empty") };
    let mut command = Command::new(program);
    let status = command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).status()?;
    ensure!(status.success(), "`{line}` ended with {status}");
    Ok(())
}
