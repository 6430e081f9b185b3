//! The measuring of aggregate resolution, and the holding of it against the ships' own. Both are programs of `jumpline-proving`,
//! since they fight battles in their own process; this file builds and starts them, and names the ledger.

use crate::run;
use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::Hasher;
use std::path::PathBuf;

/// The table, below the root.
const TABLE: &str = "content/core/attrition.toml";

/// `calibrate [--fresh]`: writes the table. Stopped in the middle it goes on where it was, as long as the program, with the engine
/// in it, and the content are the same.
pub fn command(args: &[&str]) -> Result<()> {
    let fresh = match args {
        [] => false,
        ["--fresh"] => true,
        _ => bail!("calibrate does not know `{}`", args.join(" ")),
    };
    let program = built("calibrate")?;
    let dir = run::root().join("target/calibrate");
    fs::create_dir_all(&dir)?;
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(&fs::read(&program)?);
    for file in content()? {
        hasher.write(&fs::read(&file)?);
    }
    let ledger = dir.join(format!("{:016x}.txt", hasher.finish()));
    if fresh && ledger.exists() {
        fs::remove_file(&ledger)?;
    }
    println!("ledger {}", ledger.display());
    let mut command = std::process::Command::new(program);
    command.arg(&ledger).arg(run::root().join(TABLE));
    run::pass(command)
}

/// `bench resolution [--validation] [SEEN] [TOLD]`: fails when a bound is not met.
pub fn resolution(args: &[&str]) -> Result<()> {
    let mut command = std::process::Command::new(built("resolution")?);
    command.args(args);
    run::pass(command)
}

fn built(name: &str) -> Result<PathBuf> {
    run::pass(run::cargo(&[
        "build",
        "--quiet",
        "--release",
        "--package",
        "jumpline-proving",
        "--bin",
        name,
    ]))?;
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => run::root().join("target"),
    };
    Ok(target.join("release").join(name))
}

/// The ruleset's files but the table itself.
fn content() -> Result<Vec<PathBuf>> {
    let mut open = vec![run::root().join("content/core")];
    let mut files = Vec::new();
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path != run::root().join(TABLE) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
