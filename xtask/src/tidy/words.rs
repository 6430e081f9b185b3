//! The project speaks of itself alone: what is committed names no machine and no workplace.

use super::Fault;
use super::house::House;

/// Written apart so that this file does not hold them. Compared in lower case.
const FOREIGN: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/us", "ers/"),
    concat!("/tm", "p/"),
    concat!("c:", "\\"),
    concat!("canon", ".md"),
    concat!("bash_", "jobs"),
    concat!(".lib", "rary"),
    concat!("sub", "agent"),
    concat!("this ses", "sion"),
    concat!("as an", " ai "),
    concat!("chat", "gpt"),
    concat!("copi", "lot"),
    concat!("co-auth", "ored-by"),
];

pub fn foreign_words(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in house.files.iter().filter(|file| !file.path.ends_with(".lock")) {
        for (at, line) in file.text.lines().enumerate() {
            let lower = line.to_lowercase();
            for word in FOREIGN.iter().filter(|word| lower.contains(*word)) {
                faults.push(Fault::line(&file.path, at + 1, format!("says `{word}`")));
            }
        }
    }
    faults
}
