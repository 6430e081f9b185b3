//! The house rules that no compiler knows. Each rule is a function from the [`House`] (texts and the graph of packages) to
//! faults; each has a planted defect in `canaries.rs` that it must find.

#[cfg(test)]
mod canaries;
mod code;
mod house;
mod map;
mod pages;
mod words;

use anyhow::{Result, bail};
use house::House;
use std::fmt;

/// A rule broken at a place.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    path: String,
    /// From 1; 0 when the whole file is meant.
    line: usize,
    what: String,
}

impl Fault {
    fn file(path: &str, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: 0, what: what.into() }
    }

    fn line(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

struct Rule {
    name: &'static str,
    what: &'static str,
    check: fn(&House) -> Vec<Fault>,
}

#[rustfmt::skip]
const RULES: &[Rule] = &[
    Rule { name: "map",       what: "ARCHITECTURE.md names the rooms there are, and no others",            check: map::rooms_are_mapped },
    Rule { name: "arrows",    what: "a room leans only on what the map lets it lean on",                   check: map::arrows_hold },
    Rule { name: "unsaid",    what: "a room does not say the words the map forbids it",                    check: map::unsaid_words },
    Rule { name: "manifest",  what: "every room takes the workspace's lints, and its README as its doc",   check: map::manifests },
    Rule { name: "pure",      what: "the pure rooms carry the one lint list and lean on no I/O",           check: map::pure_rooms },
    Rule { name: "readme",    what: "every room has a README of 60 lines: does, refuses, look here first", check: pages::room_readmes },
    Rule { name: "links",     what: "links between our pages lead somewhere",                              check: pages::links },
    Rule { name: "decisions", what: "decisions are numbered without gaps",                                 check: pages::decisions },
    Rule { name: "content",   what: "files people write say at the top what they are",                     check: pages::content_speaks },
    Rule { name: "length",    what: "no Rust file over 800 lines",                                         check: code::lengths },
    Rule { name: "unfinished", what: "nothing switched off or left for later",                             check: code::unfinished },
    Rule { name: "one-test",  what: "one integration-test binary a crate",                                 check: code::one_test_binary },
    Rule { name: "words",     what: "no path of a machine, no word of a workplace",                        check: words::foreign_words },
];

/// Checks the committed tree; with `fix`, first copies the lint list to the pure rooms.
pub fn command(fix: bool) -> Result<()> {
    if fix {
        house::copy_lint_list()?;
    }
    let house = House::read()?;
    let mut count = 0;
    for rule in RULES {
        let mut faults = (rule.check)(&house);
        faults.sort();
        faults.dedup();
        for fault in faults {
            println!("{fault}  [{}: {}]", rule.name, rule.what);
            count += 1;
        }
    }
    for note in code::long_files(&house) {
        println!("note: {note}");
    }
    if count > 0 {
        bail!("{count} house rules broken");
    }
    println!("tidy: {} rules over {} files", RULES.len(), house.files.len());
    Ok(())
}
