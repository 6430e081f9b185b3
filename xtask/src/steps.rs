//! What `cargo xtask test` promises, as one visible list. A step is added here and nowhere else; the work it calls lives in
//! its own file. Contrast `bench`: a step holds or does not, and no step ever fails for being slow.

use crate::jumpline::{Build, Jumpline, text};
use crate::meter::{Cost, Meter};
use crate::{battles, client, lint, postgres, run, schema, tidy};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::PathBuf;

/// One promise and how it is checked.
pub struct Step {
    /// What `--only` takes.
    name: &'static str,
    /// Part of the inner loop (`--quick`).
    quick: bool,
    /// What a reader of the summary learns from it.
    what: &'static str,
    check: fn() -> Result<Tally>,
}

/// How many checks a step held and broke.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
}

fn tallied(counted: Result<(u64, u64)>) -> Result<Tally> {
    counted.map(|(passed, failed)| Tally { passed, failed })
}

const ONE: Tally = Tally { passed: 1, failed: 0 };

#[rustfmt::skip]
const STEPS: &[Step] = &[
    Step { name: "fmt",        quick: true,  what: "every file is formatted",                                check: || lint::fmt(false).map(|()| ONE) },
    Step { name: "tidy",       quick: true,  what: "the house rules hold, the map is true",                  check: || tidy::command(false).map(|()| ONE) },
    Step { name: "lint",       quick: true,  what: "clippy without a warning",                               check: || lint::clippy().map(|()| ONE) },
    Step { name: "canary",     quick: false, what: "planted defects are caught",                              check: canaries },
    Step { name: "tests",      quick: true,  what: "cargo test of every room",                               check: cargo_tests },
    Step { name: "web",        quick: false, what: "the client: types, style, logic, and its build",        check: || tallied(client::check()) },
    Step { name: "postgres",   quick: false, what: "games are kept as well in PostgreSQL",                   check: on_postgres },
    Step { name: "build",      quick: false, what: "the binary, as shipped",                                 check: || Jumpline::build(Build::Release).map(|_| ONE) },
    Step { name: "schema",     quick: false, what: "docs/schema is what the code says",                      check: || schema::command(true).map(|()| ONE) },
    Step { name: "check",      quick: false, what: "every shipped scenario is without a problem",            check: shipped_scenarios },
    Step { name: "light",      quick: false, what: "first-light keeps its expectations",                     check: || expectations("first-light", 10) },
    Step { name: "duel",       quick: false, what: "duel keeps its expectations",                            check: || expectations("duel", 10) },
    Step { name: "pagalis",    quick: false, what: "the week of Pagalis keeps the figures of its sources",   check: || expectations("pagalis", 20) },
    Step { name: "galaxy",     quick: false, what: "a generated war of 300 systems runs its 200 turns",      check: generated_galaxy },
    Step { name: "threads",    quick: false, what: "same digest on 1, 2 and 8 threads",                      check: same_on_threads },
    Step { name: "battles",    quick: false, what: "ten recorded engagements end as recorded",               check: recorded_battles },
    Step { name: "records",    quick: false, what: "battle records, as pyarrow and apache-arrow read them",  check: battle_records },
    Step { name: "debug",      quick: false, what: "same digest in a debug build",                           check: || same_in_build(Build::Debug) },
    Step { name: "native",     quick: false, what: "same digest with every instruction of this CPU",         check: || same_in_build(Build::Native) },
    Step { name: "replay",     quick: false, what: "a save replays as recorded, and so do those of old",      check: save_and_replay },
    Step { name: "fuzz",       quick: false, what: "some seconds of hostile scenario files",                 check: fuzz_smoke },
    Step { name: "play",       quick: false, what: "README's first command builds, shows its page and ends",  check: || client::walk().map(|passed| Tally { passed, failed: 0 }) },
    Step { name: "browser",    quick: false, what: "the client in a browser against the program as shipped", check: || tallied(client::browser()) },
    Step { name: "powerloss",  quick: false, what: "no acknowledged turn or order is lost to kill -9 or power loss", check: power_loss },
];

/// The scenarios we ship and how far a sameness check plays each: the hard opening of Pagalis, the others whole.
const SAMENESS: &[&[&str]] =
    &[&["first-light"], &["duel"], &["pagalis", "--until", "2470-05-03T12:00"]];

/// Runs the list, or a part of it, and ends with the line `N passed, N failed`.
pub fn command(args: &[&str]) -> Result<()> {
    let mut quick = false;
    let mut only = Vec::new();
    let mut words = args.iter();
    while let Some(word) = words.next() {
        match *word {
            "--quick" => quick = true,
            "--only" => only.push(*words.next().context("--only needs a step's name")?),
            "--list" => {
                for step in STEPS {
                    let mark = if step.quick { "quick" } else { "" };
                    println!("{:<10} {:<5} {}", step.name, mark, step.what);
                }
                return Ok(());
            }
            other => bail!("test does not know `{other}`"),
        }
    }
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        bail!("no step `{unknown}`; `cargo xtask test --list` names them");
    }

    let whole = Meter::start();
    let mut report: Vec<(&Step, Tally, Cost)> = Vec::new();
    for step in STEPS {
        if (quick && !step.quick) || (!only.is_empty() && !only.contains(&step.name)) {
            continue;
        }
        println!("\n== {}: {}", step.name, step.what);
        let meter = Meter::start();
        let mut tally = (step.check)().unwrap_or_else(|error| {
            println!("{error:#}");
            Tally { passed: 0, failed: 1 }
        });
        if tally.passed + tally.failed == 0 {
            // A checker that looked at nothing is not a checker that passed.
            println!("{} checked nothing", step.name);
            tally.failed = 1;
        }
        let cost = meter.read();
        let word = if tally.failed == 0 { "ok" } else { "FAILED" };
        println!("-- {} {word} in {:.1} s", step.name, cost.wall_s);
        report.push((step, tally, cost));
    }

    println!("\n{:<10} {:>7} {:>7} {:>8} {:>8}", "step", "passed", "failed", "wall s", "CPU s");
    let mut sum = Tally::default();
    for (step, tally, cost) in &report {
        println!(
            "{:<10} {:>7} {:>7} {:>8.1} {:>8.1}",
            step.name, tally.passed, tally.failed, cost.wall_s, cost.cpu_s
        );
        sum.passed += tally.passed;
        sum.failed += tally.failed;
    }
    let cost = whole.read();
    println!(
        "{:<10} {:>7} {:>7} {:>8.1} {:>8.1}\n",
        "all", sum.passed, sum.failed, cost.wall_s, cost.cpu_s
    );
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}

/// Defects planted behind the feature `canary`, and the test that must notice each. Those of tidy, fuzz and powerloss are
/// planted in their own steps.
fn canaries() -> Result<Tally> {
    lint::canary()?;
    // Results gathered in another order when there are threads: this test passes when the digest shows it.
    planted("jumpline-battle", "the_planted_fault_is_caught", true)?;
    // A reader that panics on a rare key: the test that breaks texts must fall over it.
    planted("jumpline-scenario", "mutation", false)?;
    // A loss in an aggregate that nobody books: the test of conservation must miss it.
    planted("jumpline-attrition", "conservation", false)?;
    Ok(Tally { passed: 4, failed: 0 })
}

fn planted(package: &str, test: &str, passes: bool) -> Result<()> {
    let mut cargo = run::cargo(&[
        "test",
        "--quiet",
        "--package",
        package,
        "--features",
        "canary",
        "--test",
        "it",
        "--",
        test,
    ]);
    cargo.stderr(std::process::Stdio::null());
    let out = cargo.output().context("cannot start cargo test")?;
    let said = String::from_utf8_lossy(&out.stdout);
    let tally = count_tests(&said);
    ensure!(
        tally.passed + tally.failed > 0,
        "{package} has no test `{test}`, or it does not build: {said}"
    );
    ensure!(out.status.success() == passes, "{package}: the planted defect was not caught: {said}");
    println!("{package}: the planted defect was caught by `{test}`");
    Ok(())
}

fn cargo_tests() -> Result<Tally> {
    let mut cargo = run::cargo(&["test", "--workspace", "--no-fail-fast"]);
    cargo.env("INSTA_UPDATE", "no");
    let (out, code) = run::tee(cargo)?;
    let mut tally = count_tests(&out);
    if code != 0 && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// The tests of games in a house once more, on a PostgreSQL of our own.
fn on_postgres() -> Result<Tally> {
    let server = postgres::Postgres::start()?;
    let (out, code) = postgres::tests(&server)?;
    let mut tally = count_tests(&out);
    if code != 0 && tally.failed == 0 {
        tally.failed = 1;
    }
    // Last, since it breaks the server off again and again.
    tally.passed += crate::powerloss::house(Some(&server), &[])?;
    Ok(tally)
}

/// Adds up cargo's `test result: ok. 12 passed; 0 failed; ...` lines.
fn count_tests(out: &str) -> Tally {
    let mut tally = Tally::default();
    for line in out.lines().filter(|line| line.starts_with("test result:")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        for pair in words.windows(2) {
            let Ok(number) = pair[0].parse::<u64>() else { continue };
            match pair[1] {
                "passed;" => tally.passed += number,
                "failed;" => tally.failed += number,
                _ => {}
            }
        }
    }
    tally
}

/// Folders of `scenarios/`, in name order.
pub fn shipped() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(run::root().join("scenarios")).context("no scenarios/ folder")? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn shipped_scenarios() -> Result<Tally> {
    let jumpline = Jumpline::build(Build::Release)?;
    let mut tally = Tally::default();
    for name in shipped()? {
        let (out, code) = run::capture(jumpline.command(&["check", &name]))?;
        if code == 0 {
            tally.passed += 1;
        } else {
            println!("jumpline check {name} ended with code {code}\n{out}");
            tally.failed += 1;
        }
    }
    Ok(tally)
}

fn expectations(scenario: &str, runs: u32) -> Result<Tally> {
    let jumpline = Jumpline::build(Build::Release)?;
    run::pass(jumpline.command(&["test", scenario, "--runs", &runs.to_string()]))?;
    Ok(ONE)
}

/// An empty folder of our own under `target/`.
pub fn scratch(name: &str) -> Result<PathBuf> {
    let dir = run::root().join("target/xtask").join(name);
    if dir.exists() {
        fs::remove_dir_all(&dir).with_context(|| format!("cannot empty {}", dir.display()))?;
    }
    fs::create_dir_all(dir.parent().context("scratch folder")?)?;
    Ok(dir)
}

/// Writes a war with the generator and gives its folder.
pub fn generate(jumpline: &Jumpline, name: &str, systems: u32, powers: u32) -> Result<String> {
    let dir = scratch(name)?.to_string_lossy().into_owned();
    let (systems, powers) = (systems.to_string(), powers.to_string());
    let new = ["new", &dir, "--systems", &systems, "--powers", &powers, "--seed", "7"];
    let (out, code) = run::capture(jumpline.command(&new))?;
    ensure!(code == 0, "jumpline new ended with code {code}: {out}");
    Ok(dir)
}

fn generated_galaxy() -> Result<Tally> {
    let jumpline = Jumpline::build(Build::Release)?;
    let dir = generate(&jumpline, "galaxy-test", 300, 12)?;
    run::pass(jumpline.command(&["check", &dir]))?;
    let run = jumpline.json(&["run", &dir])?;
    let turns = run["turns"].as_u64().context("no `turns` in the JSON")?;
    ensure!(turns >= 200, "only {turns} turns were played");
    ensure!(run["balanced"] == true, "the ledger does not balance");
    // Wars actually fought: somebody lost ships.
    let lost: u64 = run["powers"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|power| power["ships"].as_array().into_iter().flatten())
        .filter_map(|row| row["lost"].as_u64())
        .sum();
    println!("{turns} turns, {lost} ships lost, digest {}", text(&run, "digest")?);
    ensure!(lost > 0, "nobody lost a ship: no war was fought");
    Ok(Tally { passed: 4, failed: 0 })
}

fn same_on_threads() -> Result<Tally> {
    let jumpline = Jumpline::build(Build::Release)?;
    let whole: &[&[&str]] = &[&["pagalis", "--seed", "1"]];
    let second: Vec<Vec<&str>> =
        SAMENESS.iter().map(|what| [what, &["--seed", "2"][..]].concat()).collect();
    let mut tally = Tally::default();
    for what in whole.iter().copied().chain(second.iter().map(Vec::as_slice)) {
        let mut digests = Vec::new();
        for threads in ["1", "2", "8"] {
            let args = [&["run"], what, &["--threads", threads]].concat();
            digests.push(jumpline.digest(&args)?);
        }
        let same = digests.windows(2).all(|pair| pair[0] == pair[1]);
        println!("{}: {}", what.join(" "), digests.join(" "));
        if same { tally.passed += 1 } else { tally.failed += 1 }
    }
    Ok(tally)
}

fn same_in_build(build: Build) -> Result<Tally> {
    let shipped = Jumpline::build(Build::Release)?;
    let other = Jumpline::build(build)?;
    let mut tally = Tally::default();
    for what in SAMENESS {
        let args = [&["run"], *what, &["--seed", "3"]].concat();
        let (left, right) = (shipped.digest(&args)?, other.digest(&args)?);
        println!("{}: release {left} {} {right}", what.join(" "), build.name());
        if left == right { tally.passed += 1 } else { tally.failed += 1 }
    }
    let (same, changed) = battles::compare(&other)?;
    tally.passed += same;
    tally.failed += changed;
    Ok(tally)
}

fn recorded_battles() -> Result<Tally> {
    let (passed, failed) = battles::compare(&Jumpline::build(Build::Release)?)?;
    Ok(Tally { passed, failed })
}

fn save_and_replay() -> Result<Tally> {
    let jumpline = Jumpline::build(Build::Release)?;
    let dir = scratch("replay")?;
    fs::create_dir_all(&dir)?;
    let mut tally = Tally::default();
    for what in SAMENESS {
        let file = dir.join(format!("{}.jumpline", what[0])).to_string_lossy().into_owned();
        let plain = jumpline.digest(&[&["run"], *what].concat())?;
        let saved = jumpline.digest(&[&["run"], *what, &["--save", &file]].concat())?;
        let (out, code) = run::capture(jumpline.command(&["replay", &file]))?;
        println!("{}: {plain}, saved {saved}, replay ended with code {code}", what.join(" "));
        if plain == saved && code == 0 {
            tally.passed += 1;
        } else {
            println!("{out}");
            tally.failed += 1;
        }
    }
    let (held, broken) = crate::saves::check()?;
    tally.passed += held;
    tally.failed += broken;
    Ok(tally)
}

fn fuzz_smoke() -> Result<Tally> {
    crate::fuzz::smoke(15).map(|targets| Tally { passed: targets, failed: 0 })
}

fn battle_records() -> Result<Tally> {
    crate::records::check().map(|(passed, failed)| Tally { passed, failed })
}

fn power_loss() -> Result<Tally> {
    crate::powerloss::check().map(|states| Tally { passed: states, failed: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_what_cargo_prints() {
        let out = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n\
                   noise 9 passed;\ntest result: FAILED. 4 passed; 2 failed; 1 ignored; 0 measured\n";
        let tally = count_tests(out);
        assert_eq!((tally.passed, tally.failed), (7, 2));
    }

    #[test]
    fn steps_have_names_of_their_own() {
        let mut names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STEPS.len());
    }
}
