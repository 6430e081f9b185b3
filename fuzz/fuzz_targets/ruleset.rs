//! Any bytes as a file of a ruleset, under a small sound scenario.
#![no_main]

use jumpline_scenario::{Texts, load, render};
use libfuzzer_sys::fuzz_target;

const SCENARIO: &str = "\
format = 1
[scenario]
title = \"A war\"
ruleset = \"core\"
epoch = \"2470-05-02T00:00\"
ends = \"2470-05-03\"
";

fuzz_target!(|data: &[u8]| {
    let mut texts = Texts::new();
    texts.add_scenario("war.toml", SCENARIO);
    texts.add_ruleset("rules.toml", data);
    let (war, problems) = load("war", &texts);
    assert!(war.is_some() || !problems.is_empty(), "neither a war nor a reason");
    let _ = render(&problems);
});
