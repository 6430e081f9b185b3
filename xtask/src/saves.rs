//! The saves kept of each release (P5), in `tests/saves/<version>`: every one of them is played again to the digest that was noted when it
//! was made, or refused with the version it needs. Contrast the step `replay`, which plays what was saved a moment ago.

use crate::jumpline::{Build, Jumpline, number, text};
use crate::{run, steps};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::PathBuf;

/// What each shipped scenario is saved with: whole where that is small, its opening where it is not.
const KEPT: &[(&str, &[&str])] =
    &[("duel", &[]), ("first-light", &[]), ("pagalis", &["--until", "2470-05-02T06:00"])];
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn folder() -> PathBuf {
    run::root().join("tests/saves")
}

/// A line of `digests.txt`: the save's version and scenario, turns and digest.
struct Noted {
    version: String,
    scenario: String,
    digest: String,
}

fn noted() -> Result<Vec<Noted>> {
    let lines = fs::read_to_string(folder().join("digests.txt")).context("tests/saves")?;
    let noted = |line: &str| {
        let mut words = line.split_whitespace();
        let (version, scenario) = words.next()?.split_once('/')?;
        let digest = words.nth(1)?.to_owned();
        Some(Noted { version: version.to_owned(), scenario: scenario.to_owned(), digest })
    };
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| noted(line).with_context(|| format!("digests.txt: {line}"))).collect()
}

/// How the program took a save.
#[derive(Debug, PartialEq, Eq)]
enum Taken {
    /// Played to the digest noted.
    Same,
    /// Refused with the version that it needs.
    Refused,
}

/// Judges what a replay said of a save of that version with that digest.
fn judged(code: Option<i32>, out: &str, err: &str, digest: &str, version: &str) -> Result<Taken> {
    match code {
        Some(0) if out.lines().any(|line| line == format!("digest {digest}")) => Ok(Taken::Same),
        Some(0) => bail!("it replays, and not to {digest}: {}", out.trim()),
        Some(2) if err.contains(&format!("needs jumpline {version}")) => Ok(Taken::Refused),
        code => bail!("neither played to {digest} nor refused with its version ({code:?}): {err}"),
    }
}

/// Plays every kept save again. How many held, and how many did not.
pub fn check() -> Result<(u64, u64)> {
    let jumpline = Jumpline::build(Build::Release)?;
    let scratch = steps::scratch("saves")?;
    fs::create_dir_all(&scratch)?;
    let (mut held, mut broken) = (0, 0);
    let kept = noted()?;
    for save in &kept {
        let what = format!("{}/{}", save.version, save.scenario);
        let from = folder().join(format!("{what}.jumpline"));
        // Opening a save may write beside it, and takes an old one to today's form.
        let copy = scratch.join(format!("{}-{}.jumpline", save.version, save.scenario));
        fs::copy(&from, &copy).with_context(|| format!("{}", from.display()))?;
        let out = jumpline.command(&["replay"]).arg(&copy).output().context("jumpline replay")?;
        let said = String::from_utf8_lossy(&out.stdout);
        let complained = String::from_utf8_lossy(&out.stderr);
        match judged(out.status.code(), &said, &complained, &save.digest, &save.version) {
            Ok(Taken::Refused) if save.version == VERSION => {
                println!("{what}: this very version refuses it: {}", complained.trim());
                println!(
                    "the rules of play have changed since it was made: cargo xtask saves --record"
                );
                broken += 1;
            }
            Ok(taken) => {
                println!("{what}: {taken:?}");
                held += 1;
            }
            Err(error) => {
                println!("{what}: {error:#}");
                println!(
                    "a change of rules or content needs a new PLAY_VERSION in crates/store/src/war.rs"
                );
                broken += 1;
            }
        }
    }
    for name in steps::shipped()? {
        let ours = kept.iter().any(|save| save.version == VERSION && save.scenario == name);
        ensure!(ours, "no save of {name} is kept of {VERSION}: cargo xtask saves --record");
    }
    Ok((held, broken))
}

/// Checks, or makes this version's saves anew.
pub fn command(args: &[&str]) -> Result<()> {
    match args {
        [] => {
            let (held, broken) = check()?;
            println!("{held} held, {broken} did not");
            ensure!(broken == 0, "a kept save does not hold");
            Ok(())
        }
        ["--record"] => record(),
        other => bail!("saves does not know `{}`", other.join(" ")),
    }
}

fn record() -> Result<()> {
    let jumpline = Jumpline::build(Build::Release)?;
    let home = folder().join(VERSION);
    fs::create_dir_all(&home)?;
    let mut lines = Vec::new();
    for (name, words) in KEPT {
        let file = home.join(format!("{name}.jumpline")).to_string_lossy().into_owned();
        let told = jumpline.json(&[&["run", name, "--save", &file], *words].concat())?;
        let (turns, digest) = (number(&told, "turns")?, text(&told, "digest")?);
        lines.push(format!("{VERSION}/{name} {turns} {digest}\n"));
    }
    let path = folder().join("digests.txt");
    let ours = format!("{VERSION}/");
    let old = fs::read_to_string(&path).unwrap_or_default();
    let others = old.lines().filter(|line| !line.starts_with(&ours));
    let text: String = others.map(|line| format!("{line}\n")).chain(lines).collect();
    fs::write(&path, text).context("tests/saves/digests.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn only_the_noted_digest_and_a_refusal_by_name_hold() {
        let same = "20 turns replayed, each as recorded\ndigest 0123456789abcdef0123456789abcdef\n";
        let needs = "jumpline: a.jumpline: needs jumpline 0.1.0\n";
        let judge = |code, out, err| judged(code, out, err, DIGEST, "0.1.0").ok();
        assert_eq!(judge(Some(0), same, ""), Some(Taken::Same));
        assert_eq!(judge(Some(2), "", needs), Some(Taken::Refused));
        // Content bumped without a version: it differs, or comes out as another war.
        assert_eq!(judge(Some(1), "", "turn 3 is the first to differ"), None);
        assert_eq!(judge(Some(0), "digest ffffffffffffffff\n", ""), None);
        assert_eq!(judge(Some(2), "", "needs jumpline 9.9.9"), None);
        assert_eq!(judge(Some(2), "", "damaged"), None);
        assert_eq!(judge(Some(3), same, needs), None);
    }

    #[test]
    fn every_shipped_scenario_is_kept() {
        let shipped = steps::shipped().unwrap_or_default();
        let kept: Vec<&str> = KEPT.iter().map(|(name, _)| *name).collect();
        assert_eq!(shipped, kept);
    }
}
