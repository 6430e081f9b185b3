//! Fuzz targets of `fuzz/`, built on the stable compiler with libFuzzer's coverage passes (no sanitizer there), so that a
//! clean machine needs neither nightly nor cargo-fuzz. `cargo +nightly fuzz run <target>` works on the same folder.

use crate::run;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions";
const TRIPLE: &str = "x86_64-unknown-linux-gnu";

/// Runs every target for some seconds over its corpus; a crash, a hang of 2 s or 512 MiB is an error. Gives how many ran.
pub fn smoke(seconds: u32) -> Result<u64> {
    let targets = targets()?;
    build()?;
    for target in &targets {
        run::pass(target_command(target, seconds, 1)?)?;
    }
    Ok(targets.len() as u64)
}

fn folder() -> PathBuf {
    run::root().join("fuzz")
}

/// Names of the files in `fuzz/fuzz_targets`.
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
pub fn target_command(target: &str, seconds: u32, seed: u64) -> Result<Command> {
    let binary = folder().join("target").join(TRIPLE).join("release").join(target);
    let found = run::root().join("target/xtask/fuzz").join(target);
    fs::create_dir_all(&found)?;
    let mut command = Command::new(binary);
    command.current_dir(run::root());
    command.arg(format!("-max_total_time={seconds}")).arg(format!("-seed={seed}"));
    command.args(["-timeout=2", "-rss_limit_mb=512", "-max_len=65536", "-verbosity=0"]);
    command.arg(format!("-artifact_prefix={}/crash-", found.display()));
    command.arg(&found);
    let seeds = folder().join("corpus").join(target);
    for extra in [seeds.as_path(), Path::new("tests/corpus")] {
        if extra.exists() {
            command.arg(extra);
        }
    }
    Ok(command)
}
