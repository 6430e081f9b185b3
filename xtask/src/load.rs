//! Many games at once on the program as shipped: `cargo xtask bench load`. The load itself is an example of `server`, which plays the
//! people; this file builds both and says what is to be played.

use crate::jumpline::{Build, Jumpline};
use crate::postgres::Postgres;
use crate::run;
use anyhow::{Result, ensure};

const LOAD: &[&str] =
    &["--quiet", "--release", "--package", "jumpline-server", "--example", "load"];
/// Games, people, turns of each game, milliseconds a player thinks before each order.
const SIZE: &[&str] = &["200", "1000", "10", "1000"];

/// `load [--postgres] [GAMES PEOPLE TURNS THINK_MS]`: prints one JSON object.
pub fn bench(args: &[&str]) -> Result<()> {
    let sizes: Vec<&str> = args.iter().copied().filter(|word| *word != "--postgres").collect();
    let sizes = if sizes.is_empty() { SIZE.to_vec() } else { sizes };
    ensure!(
        sizes.len() == 4 && sizes.iter().all(|word| word.parse::<u64>().is_ok()),
        "load [--postgres] [GAMES PEOPLE TURNS THINK_MS]"
    );
    let jumpline = Jumpline::build(Build::Release)?;
    run::pass(run::cargo(&[&["build"], LOAD].concat()))?;
    let mut cargo = run::cargo(&[&["run"], LOAD, &["--"]].concat());
    cargo.arg(jumpline.path()).args(&sizes);
    if args.contains(&"--postgres") {
        let server = Postgres::start()?;
        cargo.arg(server.url());
        return run::pass(cargo);
    }
    run::pass(cargo)
}
