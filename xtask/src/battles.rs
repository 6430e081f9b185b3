//! The ten recorded engagements of `tests/battles`, played by a built binary and held to their recorded digests.

use crate::jumpline::{Jumpline, text};
use crate::run;
use anyhow::{Context, Result, ensure};
use std::fs;

/// How many engagements end as recorded, and how many do not.
pub fn compare(jumpline: &Jumpline) -> Result<(u64, u64)> {
    let folder = run::root().join("tests/battles");
    let recorded = fs::read_to_string(folder.join("digests.txt")).context("tests/battles")?;
    let (mut same, mut other) = (0, 0);
    for line in recorded.lines() {
        let mut words = line.split_whitespace();
        let (Some(name), Some(digest)) = (words.next(), words.next()) else { continue };
        let file = format!("tests/battles/{name}.toml");
        let told = jumpline.json(&["duel", &file, "--runs", "1", "--seed", "1"])?;
        let played = text(&told, "digest")?;
        if played == digest {
            same += 1;
        } else {
            println!("{name}: recorded {digest}, played {played}");
            other += 1;
        }
    }
    ensure!(same + other == 10, "{} of ten engagements are recorded", same + other);
    println!("{same} recorded engagements end as recorded, {other} do not");
    Ok((same, other))
}

/// Prints the tables of theory against measurement, and fails where they part.
pub fn theory() -> Result<()> {
    let test = ["test", "--package", "jumpline-study", "--test", "it", "--"];
    run::pass(run::cargo(&[&test[..], &["theory", "--nocapture", "--test-threads=1"]].concat()))
}
