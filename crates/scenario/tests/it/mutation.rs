//! No text makes the reader panic: sound texts are broken in every way that comes to mind, with a fixed seed, and each is
//! loaded. With the feature `canary` one rare key panics, and this test must find it:
//! `cargo test -p jumpline-scenario --features canary mutation` must fail.

use jumpline_measure::{Dice, Purpose};
use std::sync::LazyLock;

use jumpline_scenario::orders::load_orders;
use jumpline_scenario::{Loaded, Severity, load, ruleset_of};
use proptest::prelude::*;

use crate::support::{BASE, HEADER, over_base};

/// Words that files are made of, right and wrong, and bytes that have broken readers before.
const WORDS: &[&str] = &[
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "\"",
    "'",
    "\"\"\"",
    "#",
    "\n",
    "\r\n",
    "\t",
    "\\",
    "\\u0000",
    "0x",
    "nan",
    "inf",
    "-inf",
    "-0.0",
    "1e-400",
    "1e308",
    "1e309",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "4_000_000_000",
    "true",
    "2470-02-30",
    "2470-05-02T00:00",
    "99999-01-01",
    "\u{FEFF}",
    "\u{202E}",
    "\u{200B}",
    "\0",
    "é",
    "名",
    "\u{1F680}",
    "\"12 km\"",
    "\"-5 ly\"",
    "\"1e9 m\"",
    "\"200 %\"",
    "format",
    "scenario",
    "class.cruiser",
    "class",
    "body",
    "system",
    "power",
    "alliance",
    "relation",
    "force",
    "arrival",
    "operation",
    "person",
    "expectation",
    "parent",
    "orbit",
    "spot",
    "toward",
    "bearing",
    "tasks",
    "begin",
    "after",
    "canary",
    "count",
    "ships",
    "aboard",
    "split",
    "names",
    "home-world",
    "home-moon",
    "cruiser",
    "league",
    "raiders",
];

/// What files of orders are made of.
const ORDERS: &[&str] = &[
    "\n[[order]]\n",
    "\nat = \"2470-05-02T05:00\"\n",
    "\npower = \"blue\"\n",
    "\ngroup = \"guard-1\"\n",
    "\ngroup = \"guard-9\"\n",
    "\ndo = \"detach\"\n",
    "\ndo = \"move\"\n",
    "\ndo = \"merge\"\n",
    "\nto = \"home-moon\"\n",
    "\nname = \"Split\"\n",
    "\ncount = 4_000_000_000\n",
    "\ncount = 3\n",
    "\nclass = \"cruiser\"\n",
    "\nship = \"First\"\n",
    "\nships = [\"First\", \"Nobody\"]\n",
    "\ninto = \"guard-1\"\n",
    "\nplays = [\"blue\"]\n",
    "\nqueued = true\n",
    "\nspot = { altitude_m = 1, toward = \"home-star\" }\n",
    "\ncontact = -1\n",
    "[",
    "=",
    "\"",
    "\0",
    "nan",
];

static WAR: LazyLock<Loaded> = LazyLock::new(|| crate::support::loaded(HEADER));

fn broken(seed: u64, n: u32) -> Vec<u8> {
    let dice = Dice::new(seed);
    let mut nth = 0;
    let mut draw = |below: usize| {
        nth += 1;
        let roll = dice.roll(Purpose::Spare, u64::from(n), 0, nth);
        roll.below(u32::try_from(below.max(1)).unwrap_or(u32::MAX)) as usize
    };
    let mut text: Vec<u8> =
        format!("{HEADER}{}", BASE.replacen("format = 1\n", "", 1)).into_bytes();
    // A part of the base war, so that small faults are not lost among large ones.
    let (from, length) = (draw(text.len()), 200 + draw(3_000));
    if draw(4) > 0 {
        let head = HEADER.len();
        let from = head + from.saturating_sub(head);
        let part: Vec<u8> = text[from..(from + length).min(text.len())].to_vec();
        text.truncate(head);
        text.extend(part);
    }
    for _ in 0..=draw(6) {
        let at = draw(text.len() + 1);
        let end = (at + draw(40)).min(text.len());
        match draw(7) {
            0 => {
                text.drain(at..end);
            }
            1 => {
                let part = text[at..end].to_vec();
                text.splice(at..at, part);
            }
            2 => text.insert(at, u8::try_from(draw(256)).unwrap_or(0)),
            3 => {
                if let Some(byte) = text.get_mut(at) {
                    *byte ^= 1 << draw(8);
                }
            }
            // A line break or a whole line more: keys land in other tables.
            4 => {
                let word = WORDS[draw(WORDS.len())];
                let line = format!("\n{word} = {}\n", WORDS[draw(WORDS.len())]);
                text.splice(at..at, line.into_bytes());
            }
            5 => {
                // A value is replaced: from one `=` to the end of its line.
                if let Some(equals) = text[at..].iter().position(|b| *b == b'=').map(|n| at + n + 1)
                {
                    let stop = text[equals..]
                        .iter()
                        .position(|b| *b == b'\n')
                        .map_or(text.len(), |n| equals + n);
                    text.splice(
                        equals..stop,
                        format!(" {}", WORDS[draw(WORDS.len())]).into_bytes(),
                    );
                }
            }
            _ => {
                let word = WORDS[draw(WORDS.len())];
                text.splice(at..at, word.bytes());
            }
        }
    }
    text
}

fn holds(bytes: Vec<u8>) {
    let texts = over_base("mutant.toml", bytes);
    let (loaded, problems) = load("mutant", &texts);
    let errors = problems.iter().any(|problem| problem.severity == Severity::Error);
    assert_eq!(loaded.is_none(), errors);
    for problem in problems {
        assert!(
            problem.line >= 1
                && problem.column >= 1
                && problem.width >= 1
                && problem.caret_width >= 1
        );
        assert!(!problem.message.is_empty());
        let shown = problem.to_string();
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
    }
    let _ = ruleset_of(&texts);
}

#[test]
fn no_mutation_makes_the_reader_panic() {
    for n in 0..if cfg!(debug_assertions) { 600 } else { 20_000 } {
        holds(broken(0xC0FFEE, n));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 100 } else { 2_000 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        holds(bytes);
    }

    #[test]
    fn no_words_make_the_reader_of_orders_panic(words in proptest::collection::vec(0..ORDERS.len(), 0..60)) {
        let text: Vec<&str> = words.into_iter().map(|word| ORDERS[word]).collect();
        let war = &*WAR;
        let (book, problems) = load_orders(&war.law, &war.opening, "orders.toml", text.join(" ").as_bytes());
        let errors = problems.iter().any(|problem| problem.severity == Severity::Error);
        assert_eq!(book.is_none(), errors);
    }

    #[test]
    fn no_words_make_the_reader_panic(words in proptest::collection::vec(0..WORDS.len(), 0..60)) {
        let text: Vec<&str> = words.into_iter().map(|word| WORDS[word]).collect();
        holds(format!("{HEADER}{}", text.join(" ")).into_bytes());
    }
}
