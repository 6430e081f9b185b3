//! `storm SCENARIO SEED TURNS ORDERS`: one war under orders by chance. Prints what came of it; ends with code 1 when a promise broke.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool that talks to a terminal")]

use anyhow::{Context, Result, bail};
use jumpline_proving::storm::storm;
use jumpline_proving::wars;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("storm: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [scenario, seed, turns, count] = args.as_slice() else {
        bail!("storm SCENARIO SEED TURNS ORDERS")
    };
    let seed: u64 = seed.parse().context("the seed")?;
    let (loaded, _) = wars::open(scenario, seed)?;
    let storm = storm(
        &loaded,
        seed,
        turns.parse().context("the turns")?,
        count.parse().context("the orders")?,
    )?;
    println!(
        "{scenario} seed {seed}: {} turns, {} orders, {} refused when given, digest {}",
        storm.turns, storm.given, storm.refused, storm.digest
    );
    Ok(())
}
