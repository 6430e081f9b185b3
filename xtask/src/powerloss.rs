//! The power-loss check of saves. The checker itself is `jumpline-proving`'s `powerloss` program, since it must open saves
//! with the store's own code; this file only builds and starts it.

use crate::jumpline::{Build, Jumpline};
use crate::{run, steps};
use anyhow::{Result, bail};
use std::fs;

/// Runs the check and gives how many disk states and kill points held.
pub fn check() -> Result<u64> {
    if !run::root().join("crates/proving/src/bin/powerloss.rs").exists() {
        bail!("there is no powerloss program in crates/proving yet");
    }
    let jumpline = Jumpline::build(Build::Release)?;
    let dir = steps::scratch("powerloss")?;
    fs::create_dir_all(&dir)?;
    let mut cargo = run::cargo(&[
        "run",
        "--quiet",
        "--release",
        "--package",
        "jumpline-proving",
        "--bin",
        "powerloss",
        "--",
    ]);
    cargo.arg(jumpline.path()).arg(&dir);
    let (out, code) = run::tee(cargo)?;
    let held = out
        .lines()
        .filter_map(|line| line.strip_suffix(" held")?.rsplit(' ').next()?.parse::<u64>().ok())
        .sum();
    if code != 0 {
        bail!("a save lost what it had acknowledged");
    }
    Ok(held)
}
