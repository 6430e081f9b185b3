//! Plays pages of precedents and prints what came beside what was expected: `precedent tests/suite/battle/ram.md ...`; a folder plays
//! all of its pages.
#![allow(clippy::print_stdout, reason = "it talks to a terminal")]

use anyhow::Result;
use jumpline_proving::precedent::{pages, play, read};
use std::path::PathBuf;

fn main() -> Result<()> {
    let mut failed = 0;
    for argument in std::env::args().skip(1) {
        let path = PathBuf::from(&argument);
        let all = if path.is_dir() { pages(&path)? } else { vec![path] };
        for path in all.iter().filter(|path| !path.ends_with("README.md")) {
            let page = read(path)?;
            println!("{}", path.display());
            match play(&page) {
                Ok(verdicts) => {
                    for verdict in verdicts {
                        failed += usize::from(!verdict.passed);
                        let word = if verdict.passed { "  ok  " } else { "FAILED" };
                        println!(
                            "{word} {}: {}: {:?}, expected {} ({})",
                            verdict.key,
                            verdict.says,
                            verdict.values,
                            verdict.bounds,
                            verdict.across
                        );
                    }
                }
                Err(error) => {
                    failed += 1;
                    println!("{error:#}");
                }
            }
        }
    }
    if failed > 0 {
        println!("{failed} failed");
        std::process::exit(1);
    }
    Ok(())
}
