//! rustfmt and clippy, and the canary that proves the pure rooms' list bites. Holds no list itself: the lists are
//! `Cargo.toml` (`[workspace.lints]`), `lints/pure-room.toml` and its copies in the pure rooms.

use crate::run;
use anyhow::{Context, Result, bail};
use std::fs;

/// rustfmt over the workspace.
pub fn fmt(fix: bool) -> Result<()> {
    let mut args = vec!["fmt", "--all"];
    if !fix {
        args.push("--check");
    }
    run::pass(run::cargo(&args))
}

/// The whole lint command.
pub fn command() -> Result<()> {
    clippy()?;
    canary()
}

/// Clippy over everything, tests too. It reads the `clippy.toml` next to each package's `Cargo.toml`, so each room has its own.
pub fn clippy() -> Result<()> {
    run::pass(run::cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))
}

/// Compiles `lints/canary.rs` as a package of its own under the pure rooms' list. Every line marked `caught` must be.
pub fn canary() -> Result<()> {
    let root = run::root();
    let dir = root.join("target/lint-canary");
    fs::create_dir_all(dir.join("src"))?;
    fs::write(
        dir.join("Cargo.toml"),
        "[package]\nname = \"canary\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
         [lints.clippy]\ndisallowed_methods = \"deny\"\ndisallowed_types = \"deny\"\ndisallowed_macros = \"deny\"\n",
    )?;
    fs::copy(root.join("lints/pure-room.toml"), dir.join("clippy.toml"))?;
    let source = fs::read_to_string(root.join("lints/canary.rs"))?;
    fs::write(dir.join("src/lib.rs"), &source)?;
    let planted: Vec<usize> = source
        .lines()
        .enumerate()
        .filter(|(_, text)| text.ends_with("// caught"))
        .map(|(at, _)| at + 1)
        .collect();

    let mut cargo =
        run::cargo(&["clippy", "--quiet", "--message-format", "short", "--manifest-path"]);
    cargo.arg(dir.join("Cargo.toml")).env("CARGO_TARGET_DIR", dir.join("target"));
    let out = cargo.output().context("cannot start cargo clippy")?;
    let said = String::from_utf8_lossy(&out.stderr);
    let missed: Vec<usize> = planted
        .iter()
        .copied()
        .filter(|line| !said.contains(&format!("src/lib.rs:{line}:")))
        .collect();
    if planted.is_empty() || !missed.is_empty() {
        bail!(
            "clippy did not catch the planted defects on lines {missed:?} of lints/canary.rs:\n{said}"
        );
    }
    println!("lint canary: {} planted defects caught", planted.len());
    Ok(())
}
