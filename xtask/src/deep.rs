//! Long checks: each a loop over numbered items that calls the released binary. A ledger under `target/deep/` has one line an
//! item and is bound to the binary's bytes, so a check resumes after any interruption and starts afresh with a new build.

use crate::jumpline::{Build, Jumpline};
use crate::{fuzz, run, steps};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::hash::Hasher;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

struct Deep {
    name: &'static str,
    what: &'static str,
    items: u64,
    /// Gives one line to keep in the ledger, or what broke.
    check: fn(&Jumpline, u64) -> Result<String>,
}

#[rustfmt::skip]
const DEEPS: &[Deep] = &[
    Deep { name: "sameness", what: "a seed of every shipped scenario, 1 against 8 threads", items: 500,   check: sameness },
    Deep { name: "expect",   what: "the expectations of Pagalis over further seeds",        items: 50,    check: expect },
    Deep { name: "galaxy",   what: "generated wars: valid, ended, balanced",                items: 2_000, check: galaxy },
    Deep { name: "saves",    what: "save and replay of first-light under further seeds",    items: 2_000, check: saves },
    Deep { name: "house",    what: "a server killed or its disk failing, at every call",    items: 1_000, check: house },
    Deep { name: "storms",   what: "wars under thousands of orders by chance, replayed",    items: 5_000, check: storms },
    Deep { name: "licences", what: "licences, bans and sources of what we lean on",         items: 1,     check: licences },
    Deep { name: "fuzz",     what: "five minutes of every fuzz target",                     items: 200,   check: fuzzing },
];

/// Runs one check until its items or `--minutes` are used up.
pub fn command(args: &[&str]) -> Result<()> {
    let Some((name, rest)) = args.split_first() else {
        for deep in DEEPS {
            println!("{:<10} {:>6} items: {}", deep.name, deep.items, deep.what);
        }
        return Ok(());
    };
    let deep = DEEPS
        .iter()
        .find(|deep| deep.name == *name)
        .with_context(|| format!("no deep check `{name}`; `cargo xtask deep` lists them"))?;
    let minutes: u64 = match rest {
        [] => u64::from(u32::MAX),
        ["--minutes", number] => number.parse().context("--minutes needs a number")?,
        _ => bail!("deep does not know `{}`", rest.join(" ")),
    };

    let jumpline = Jumpline::build(Build::Release)?;
    let path = ledger_path(deep.name, &jumpline)?;
    let mut done = read_ledger(&path)?;
    println!("{}: {} of {} items done before", path.display(), done.len(), deep.items);
    let mut ledger = OpenOptions::new().create(true).append(true).open(&path)?;
    let until = Instant::now().checked_add(Duration::from_secs(minutes.saturating_mul(60)));
    for item in 1..=deep.items {
        if until.is_some_and(|until| Instant::now() > until) {
            break;
        }
        // What broke is tried again: what it lacked may be there by now.
        if done.get(&item).is_some_and(|held| *held) {
            continue;
        }
        let (ok, said) = match (deep.check)(&jumpline, item) {
            Ok(said) => (true, said),
            Err(error) => (false, format!("{error:#}")),
        };
        println!("{} {item}: {}{said}", deep.name, if ok { "" } else { "FAILED " });
        writeln!(ledger, "{}", json!({ "item": item, "ok": ok, "said": said }))?;
        done.insert(item, ok);
    }
    let broken: Vec<u64> = done.iter().filter(|(_, ok)| !**ok).map(|(item, _)| *item).collect();
    println!(
        "{}: {} of {} done, {} broken {broken:?}",
        deep.name,
        done.len(),
        deep.items,
        broken.len()
    );
    ensure!(broken.is_empty(), "deep {} found something", deep.name);
    Ok(())
}

fn ledger_path(name: &str, jumpline: &Jumpline) -> Result<PathBuf> {
    let dir = run::root().join("target/deep");
    fs::create_dir_all(&dir)?;
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(&fs::read(jumpline.path())?);
    Ok(dir.join(format!("{name}-{:016x}.jsonl", hasher.finish())))
}

/// A last line cut by a kill is an item not done.
fn read_ledger(path: &PathBuf) -> Result<BTreeMap<u64, bool>> {
    let text = if path.exists() { fs::read_to_string(path)? } else { String::new() };
    let mut done = BTreeMap::new();
    for line in text.lines() {
        let Ok(row) = serde_json::from_str::<Value>(line) else { continue };
        if let (Some(item), Some(ok)) = (row["item"].as_u64(), row["ok"].as_bool()) {
            done.insert(item, ok);
        }
    }
    Ok(done)
}

fn sameness(jumpline: &Jumpline, item: u64) -> Result<String> {
    let seed = (1000 + item).to_string();
    let mut said = Vec::new();
    for name in steps::shipped()? {
        let one = jumpline.digest(&["run", &name, "--seed", &seed, "--threads", "1"])?;
        let eight = jumpline.digest(&["run", &name, "--seed", &seed, "--threads", "8"])?;
        ensure!(one == eight, "{name} seed {seed}: {one} on 1 thread, {eight} on 8");
        said.push(format!("{name} {one}"));
    }
    Ok(said.join(", "))
}

fn expect(jumpline: &Jumpline, item: u64) -> Result<String> {
    let seed = (item * 1000).to_string();
    run::pass(jumpline.command(&["test", "pagalis", "--runs", "20", "--seed", &seed]))?;
    Ok(format!("20 runs from seed {seed}"))
}

fn galaxy(jumpline: &Jumpline, item: u64) -> Result<String> {
    let dir = steps::scratch("galaxy-deep")?.to_string_lossy().into_owned();
    let systems = (20 + item * 37 % 280).to_string();
    let powers = (2 + item % 11).to_string();
    let seed = item.to_string();
    run::pass(jumpline.command(&[
        "new",
        &dir,
        "--systems",
        &systems,
        "--powers",
        &powers,
        "--seed",
        &seed,
    ]))?;
    run::pass(jumpline.command(&["check", &dir]))?;
    let digest = jumpline.digest(&["run", &dir])?;
    Ok(format!("{systems} systems, {powers} powers, digest {digest}"))
}

fn saves(jumpline: &Jumpline, item: u64) -> Result<String> {
    let dir = steps::scratch("saves-deep")?;
    fs::create_dir_all(&dir)?;
    let file = dir.join("war.jumpline").to_string_lossy().into_owned();
    let seed = (5000 + item).to_string();
    let digest = jumpline.digest(&["run", "first-light", "--seed", &seed, "--save", &file])?;
    run::pass(jumpline.command(&["replay", &file]))?;
    Ok(format!("seed {seed}, digest {digest}"))
}

fn house(_: &Jumpline, item: u64) -> Result<String> {
    let held = crate::powerloss::house(None, &["--item", &item.to_string()])?;
    ensure!(held == 1, "{held} held");
    Ok("held".to_owned())
}

/// 60 orders for each power and turn, until the war's end.
fn storms(_: &Jumpline, item: u64) -> Result<String> {
    let scenario = if item.is_multiple_of(4) { "duel" } else { "first-light" };
    let (out, code) = run::capture(run::cargo(&[
        "run",
        "--quiet",
        "--release",
        "--package",
        "jumpline-proving",
        "--bin",
        "storm",
        "--",
        scenario,
        &item.to_string(),
        "400",
        "60",
    ]))?;
    ensure!(code == 0, "storm {scenario} {item} ended with code {code}");
    Ok(out.trim().to_owned())
}

/// By cargo-deny, which CI does without: it takes minutes to install, and only who adds a dependency needs it.
fn licences(_: &Jumpline, _: u64) -> Result<String> {
    let known = run::capture(run::cargo(&["deny", "--version"]));
    let (version, code) = known.unwrap_or_default();
    ensure!(code == 0 && !version.is_empty(), "cargo-deny is missing: cargo install cargo-deny");
    // Crates of other systems too are judged, and have not been needed here so far.
    run::pass(run::cargo(&["fetch", "--locked", "--quiet"]))?;
    run::pass(run::cargo(&["deny", "--offline", "check", "licenses", "bans", "sources"]))?;
    Ok(version.trim().to_owned())
}

fn fuzzing(_: &Jumpline, item: u64) -> Result<String> {
    fuzz::build()?;
    let targets = fuzz::targets()?;
    for target in &targets {
        fuzz::run_one(target, 300, item)?;
    }
    Ok(format!("{} targets, seed {item}", targets.len()))
}
