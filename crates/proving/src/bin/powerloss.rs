//! `powerloss JUMPLINE FOLDER`: plays first-light with a save under strace, then asks of every state a cut could leave, and of
//! every `kill -9` at a call that changes the disk: is each acknowledged turn still there, with its digest?
//!
//! Prints one line a check that ends in `N held`, and ends with code 1 when anything was lost.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool that talks to a terminal")]

use anyhow::{Context, Result, bail, ensure};
use jumpline_campaign::{Campaign, Options};
use jumpline_proving::powerloss::cuts::{ACKNOWLEDGED, all_acknowledged, brief};
use jumpline_proving::powerloss::disk::put;
use jumpline_proving::powerloss::{Call, acknowledgements, states, visit, watch};
use jumpline_proving::wars;
use jumpline_store::Journal;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

const SAVE: &str = "war.jumpline";
const SEED: u64 = 20;
/// Planted defects, by `JUMPLINE_CANARY`: the journal syncs less; a turn is acknowledged before it is put in.
const NORMAL_SYNC: &str = "normal-sync";
const EARLY_ACK: &str = "early-ack";
/// States tried of a run, and of the run that must lose a turn.
const STATES: usize = 2_400;
const CANARY_STATES: usize = 600;
/// States that are also replayed from the opening by the program itself: a replay costs as much as the war.
const REPLAYS: usize = 12;
/// Kill points for each kind of call; when a run has more, they are spread over it.
const KILLS: usize = 1_000;
const KILL_CALLS: &[&str] = &["pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "write"];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.as_slice() {
        [word, save] if word == "--war" => war(Path::new(save)),
        [jumpline, folder] => Check::new(jumpline, folder).and_then(|check| check.all()),
        _ => {
            eprintln!("powerloss JUMPLINE FOLDER");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("powerloss: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The war as this program plays and saves it, through the same journal: what the canary watches, since only this build has a
/// journal that can be told to sync less.
fn war(save: &Path) -> Result<()> {
    let (loaded, war) = wars::open("first-light", 11)?;
    let mut campaign = Campaign::open(loaded, Options::new(11, 1));
    let mut journal = Journal::create(save, &war, campaign.state())?;
    let ends = campaign.law().ends;
    let early = std::env::var_os("JUMPLINE_CANARY").is_some_and(|canary| canary == EARLY_ACK);
    while !campaign.reached(ends) {
        campaign.advance();
        let Some(turn) = campaign.turns().last() else { bail!("a turn that left nothing") };
        let line = format!("{ACKNOWLEDGED}{} {}\n", turn.number, turn.digest.long());
        if early {
            std::io::stderr().write_all(line.as_bytes())?;
        }
        journal.append(turn, campaign.state())?;
        if !early {
            std::io::stderr().write_all(line.as_bytes())?;
        }
    }
    journal.finish(campaign.state())?;
    Ok(())
}

/// What a save holds, in the words of an acknowledgement.
fn recorded(save: &Path) -> Result<Vec<String>> {
    let turns = Journal::open(save)?.digests()?;
    Ok(turns.into_iter().map(|(turn, digest)| format!("{turn} {digest}")).collect())
}

struct Check {
    jumpline: PathBuf,
    folder: PathBuf,
}

impl Check {
    fn new(jumpline: &str, folder: &str) -> Result<Self> {
        fs::create_dir_all(folder)?;
        // strace names files by their real paths.
        Ok(Self { jumpline: jumpline.into(), folder: fs::canonicalize(folder)? })
    }

    fn all(&self) -> Result<()> {
        self.power_cuts()?;
        self.kills()?;
        self.canary()
    }

    /// An empty folder for one war.
    fn room(&self, name: &str) -> Result<PathBuf> {
        let dir = self.folder.join(name);
        if dir.exists() {
            fs::remove_dir_all(&dir)?;
        }
        fs::create_dir_all(&dir)?;
        Ok(dir)
    }

    /// The command line of the war that is watched.
    fn war(&self, dir: &Path) -> Vec<String> {
        let words = ["run", "first-light", "--seed", "11", "--threads", "1", "--json", "--save"];
        let mut line = vec![self.jumpline.display().to_string()];
        line.extend(words.map(str::to_owned));
        line.push(dir.join(SAVE).display().to_string());
        line
    }

    /// The same war, played by this program, which alone has canaries in it.
    fn own_war(&self, dir: &Path) -> Result<Vec<String>> {
        let me = std::env::current_exe()?.display().to_string();
        Ok(vec![me, "--war".to_owned(), dir.join(SAVE).display().to_string()])
    }

    /// Runs a program under strace to its end and gives the calls that touched `dir`.
    fn record(&self, war: &[String], dir: &Path, canary: &str) -> Result<Vec<Call>> {
        watch::record(war, dir, canary, &self.folder.join("record.txt"))
    }

    fn power_cuts(&self) -> Result<()> {
        let dir = self.room("war")?;
        let calls = self.record(&self.war(&dir), &dir, "")?;
        let tried = self.try_states(&calls, STATES, REPLAYS)?;
        for fault in tried.lost.iter().take(10) {
            println!("{fault}");
        }
        ensure!(
            tried.lost.is_empty(),
            "{} of {} states lost a turn",
            tried.lost.len(),
            tried.count
        );
        println!("power cuts over {} acknowledged turns: {} held", tried.turns, tried.count);
        Ok(())
    }

    /// Rebuilds each state and asks the store what it finds there.
    fn try_states(&self, calls: &[Call], most: usize, replays: usize) -> Result<Tried> {
        let acknowledged = all_acknowledged(calls);
        ensure!(acknowledged.len() > 2, "the war acknowledged {} turns", acknowledged.len());
        let states = states(calls, most, SEED);
        let mut tried = Tried { turns: acknowledged.len(), count: states.len(), lost: Vec::new() };
        let every = states.len().div_ceil(replays.max(1));
        let mut at = 0;
        visit(calls, &states, |state, files| {
            let dir = self.room("state")?;
            put(&dir, files)?;
            let due = &acknowledged[..state.acknowledged];
            let mut fault = missing(&dir.join(SAVE), due, &acknowledged).err();
            if replays > 0 && at % every == every / 2 && fault.is_none() && !due.is_empty() {
                fault = self.replay(&dir).err();
            }
            if let Some(fault) = fault {
                let Some(call) = calls.get(state.cut) else { bail!("a cut after the end") };
                let at = state.cut;
                tried.lost.push(format!(
                    "cut after call {at} ({}), {}: {fault:#}",
                    brief(call),
                    state.how
                ));
            }
            at += 1;
            Ok(())
        })?;
        Ok(tried)
    }

    /// The program's own word: the save plays again to every recorded digest.
    fn replay(&self, dir: &Path) -> Result<()> {
        let mut command = Command::new(&self.jumpline);
        let out = command.arg("replay").arg(dir.join(SAVE)).stdin(Stdio::null()).output()?;
        let said = String::from_utf8_lossy(&out.stderr);
        ensure!(out.status.success(), "replay ended with {}: {said}", out.status);
        Ok(())
    }

    /// `kill -9` as the n-th call of each kind begins.
    fn kills(&self) -> Result<()> {
        let dir = self.room("killed")?;
        let tried = self.try_kills(&self.war(&dir), &dir, "")?;
        for fault in tried.lost.iter().take(10) {
            println!("{fault}");
        }
        ensure!(tried.lost.is_empty(), "{} of {} kills lost a turn", tried.lost.len(), tried.count);
        println!("kill -9 at a call that changes the disk: {} held", tried.count);

        let dir = self.room("killed")?;
        let tried = self.try_kills(&self.own_war(&dir)?, &dir, EARLY_ACK)?;
        ensure!(
            !tried.lost.is_empty(),
            "a turn acknowledged before its commit was never missed: the check is blind"
        );
        println!(
            "canary: acknowledging first lost a turn at {} of {} kills",
            tried.lost.len(),
            tried.count
        );
        Ok(())
    }

    fn try_kills(&self, war: &[String], dir: &Path, canary: &str) -> Result<Tried> {
        let whole = all_acknowledged(&self.record(war, dir, canary)?);
        let counts = watch::count_calls(&self.folder.join("record.txt"))?;
        let mut tried = Tried { turns: whole.len(), count: 0, lost: Vec::new() };
        for call in KILL_CALLS {
            let count = counts.get(*call).copied().unwrap_or(0);
            for at in (1..=count).step_by(count.div_ceil(KILLS).max(1)) {
                let dir = self.room("killed")?;
                let said = self.kill(war, call, at, canary)?;
                let acknowledged: Vec<String> =
                    acknowledgements(&said).map(str::to_owned).collect();
                let mut fault = missing(&dir.join(SAVE), &acknowledged, &whole).err();
                if canary.is_empty() && tried.count % 16 == 8 && !acknowledged.is_empty() {
                    fault = fault.or(self.replay(&dir).err());
                }
                tried.lost.extend(fault.map(|fault| format!("kill at {call} {at}: {fault:#}")));
                tried.count += 1;
            }
        }
        ensure!(tried.count > 0, "no call to kill at");
        Ok(tried)
    }

    /// Plays the war until it is killed, and gives what it had said.
    fn kill(&self, war: &[String], call: &str, at: usize, canary: &str) -> Result<String> {
        let out = watch::kill_at(war, call, at, canary, &self.folder.join("kill.txt"))?;
        ensure!(!out.status.success(), "the war was not killed at {call} {at}");
        Ok(String::from_utf8_lossy(&out.stderr).into_owned())
    }

    /// The same war, saved by a build that syncs less, must lose a turn in some state: else this check sees nothing.
    fn canary(&self) -> Result<()> {
        let dir = self.room("canary")?;
        let calls = self.record(&self.own_war(&dir)?, &dir, NORMAL_SYNC)?;
        let tried = self.try_states(&calls, CANARY_STATES, 0)?;
        ensure!(
            !tried.lost.is_empty(),
            "synchronous=NORMAL lost nothing in {} states: the check is blind",
            tried.count
        );
        println!(
            "canary: synchronous=NORMAL lost a turn in {} of {} states",
            tried.lost.len(),
            tried.count
        );
        Ok(())
    }
}

struct Tried {
    turns: usize,
    count: usize,
    lost: Vec<String>,
}

/// An error when a turn of `due` is not in the save, or a turn is there that the whole war does not have.
fn missing(save: &Path, due: &[String], whole: &[String]) -> Result<()> {
    let found = match recorded(save) {
        Ok(found) => found,
        // Before the first acknowledgement there may be no save at all.
        Err(_) if due.is_empty() => return Ok(()),
        Err(error) => return Err(error).context("the save does not open"),
    };
    for (at, turn) in due.iter().enumerate() {
        ensure!(found.get(at) == Some(turn), "acknowledged turn {turn} is not there");
    }
    for (at, turn) in found.iter().enumerate() {
        ensure!(whole.get(at) == Some(turn), "turn {turn} was never played");
    }
    Ok(())
}
