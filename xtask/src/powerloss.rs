//! The power-loss checks of saves and of a host's house. The checkers themselves are `jumpline-proving`'s programs `powerloss` and
//! `houseloss`, since they must open what they check with the store's own code; this file only builds and starts them.

use crate::jumpline::{Build, Jumpline};
use crate::postgres::Postgres;
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
    if code != 0 {
        bail!("a save lost what it had acknowledged");
    }
    Ok(held(&out) + house(None, &[])?)
}

/// The same of a host's house: on a file, or in that PostgreSQL. Gives how much held.
pub fn house(postgres: Option<&Postgres>, args: &[&str]) -> Result<u64> {
    let jumpline = Jumpline::build(Build::Release)?;
    let dir = steps::scratch("houseloss")?;
    let mut cargo = run::cargo(&[
        "run",
        "--quiet",
        "--release",
        "--package",
        "jumpline-proving",
        "--bin",
        "houseloss",
        "--",
    ]);
    cargo.arg(jumpline.path()).arg(&dir).args(args);
    if let Some(server) = postgres {
        let (crash, start) = server.crash_and_start()?;
        cargo.env("JUMPLINE_PG_CRASH", crash).env("JUMPLINE_PG_START", start);
        cargo.args(["--postgres", &server.url()]);
    }
    let (out, code) = run::tee(cargo)?;
    if code != 0 {
        bail!("a house lost what it had acknowledged");
    }
    Ok(held(&out))
}

/// Adds up the lines that end in `N held`.
fn held(out: &str) -> u64 {
    let counts = out.lines().filter_map(|line| line.strip_suffix(" held")?.rsplit(' ').next());
    counts.filter_map(|count| count.parse::<u64>().ok()).sum()
}
