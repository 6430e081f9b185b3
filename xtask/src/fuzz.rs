//! Fuzz targets of `fuzz/`, built on the stable compiler with libFuzzer's coverage passes (no sanitizer there), so that a
//! clean machine needs neither nightly nor cargo-fuzz. `cargo +nightly fuzz run <target>` works on the same folder.

use crate::run;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions";
/// Folders whose files are the first inputs. libFuzzer only reads them.
const SEEDS: &[&str] = &[
    "crates/scenario/tests/bad",
    "crates/scenario/tests/base",
    "scenarios/first-light",
    "scenarios/duel",
    "content/core",
];
const TRIPLE: &str = "x86_64-unknown-linux-gnu";

/// The target with a planted defect.
const CANARY: &str = "canary";

/// Runs every target for some seconds; a crash, a hang of 2 s or 512 MiB is an error. The canary must crash. Gives how many
/// targets did what they must.
pub fn smoke(seconds: u32) -> Result<u64> {
    let targets = targets()?;
    build()?;
    let mut held = 0;
    for target in &targets {
        run_one(target, seconds, 1)?;
        held += 1;
    }
    if run_one(CANARY, 60, 1).is_ok() {
        bail!("the fuzzer did not find the planted defect: it is blind");
    }
    println!("canary: the planted defect was found");
    Ok(held + 1)
}

/// One target for some seconds. libFuzzer talks much: its figures are shown, the rest only when it found something.
pub fn run_one(target: &str, seconds: u32, seed: u64) -> Result<()> {
    let mut command = target_command(target, seconds, seed)?;
    let out = command.output().with_context(|| format!("cannot start fuzz target {target}"))?;
    let said = String::from_utf8_lossy(&out.stderr);
    if !out.status.success() {
        let lines: Vec<&str> = said.lines().filter(|line| !line.contains("# Uses")).collect();
        bail!("fuzz target {target}:\n{}", lines[lines.len().saturating_sub(30)..].join("\n"));
    }
    let figures: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("stat::")).collect();
    let figures: Vec<String> =
        figures.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    println!("{target}: {}", figures.join(", "));
    Ok(())
}

fn folder() -> PathBuf {
    run::root().join("fuzz")
}

/// Names of the files in `fuzz/fuzz_targets`, without the canary.
pub fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in
        fs::read_dir(folder().join("fuzz_targets")).context("there is no fuzz/fuzz_targets yet")?
    {
        let path = entry?.path();
        if path.extension().is_some_and(|ext| ext == "rs") {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.retain(|name| name != CANARY);
    names.sort();
    if names.is_empty() {
        bail!("fuzz/fuzz_targets is empty");
    }
    Ok(names)
}

/// Builds all targets.
pub fn build() -> Result<()> {
    // With an explicit triple the flags do not reach build scripts.
    let mut cargo =
        run::cargo(&["build", "--quiet", "--release", "--target", TRIPLE, "--manifest-path"]);
    cargo.arg(folder().join("Cargo.toml"));
    cargo.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", folder().join("target"));
    run::pass(cargo)
}

/// One target for some seconds. New inputs go under `target/`, never into the committed corpus.
fn target_command(target: &str, seconds: u32, seed: u64) -> Result<Command> {
    let binary = folder().join("target").join(TRIPLE).join("release").join(target);
    let room = run::root().join("target/xtask/fuzz").join(target);
    let found = room.join("found");
    if target == CANARY && room.exists() {
        // What was found before would be found again without looking.
        fs::remove_dir_all(&room)?;
    }
    fs::create_dir_all(&found)?;
    let mut command = Command::new(binary);
    command.current_dir(run::root());
    command.arg(format!("-max_total_time={seconds}")).arg(format!("-seed={seed}"));
    command.args([
        "-timeout=2",
        "-rss_limit_mb=512",
        "-max_len=65536",
        "-verbosity=0",
        "-print_final_stats=1",
    ]);
    command.arg(format!("-artifact_prefix={}/", room.display()));
    command.arg(format!("-dict={}", folder().join("words.dict").display()));
    command.arg(&found);
    command.args(SEEDS.iter().map(|dir| run::root().join(dir)).filter(|dir| dir.exists()));
    Ok(command)
}
