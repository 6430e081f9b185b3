//! The laws that tests play by, read from files as a person's would be.

use jumpline_scenario::{Texts, load};
use jumpline_world::Law;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(path: &Path, into: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            files(&entry.unwrap().path(), into);
        }
    } else if path.extension().is_some_and(|ending| ending == "toml") {
        into.push(path.to_owned());
    }
    into.sort();
}

/// A scenario's law over the shipped ruleset.
fn law_of(scenario: &str) -> Law {
    let mut texts = Texts::new();
    let (mut core, mut war) = (Vec::new(), Vec::new());
    files(&root().join("content/core"), &mut core);
    files(&root().join(scenario), &mut war);
    for path in core {
        texts.add_ruleset(path.to_string_lossy(), fs::read(&path).unwrap());
    }
    for path in war {
        texts.add_scenario(path.to_string_lossy(), fs::read(&path).unwrap());
    }
    let (loaded, problems) = load("law", &texts);
    loaded.unwrap_or_else(|| panic!("{}", jumpline_scenario::render(&problems))).law
}

/// The law of the shipped war that knows the most peoples.
pub fn law() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| law_of("scenarios/pagalis"))
}

/// The law of the firing range, where ships fight as the textbooks' do.
pub fn range() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| law_of("tests/theory/range.toml"))
}

/// The law of the shipped war of two squadrons: the ruleset as it is, and no peoples to speak of.
pub fn duel_law() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| law_of("scenarios/duel"))
}

/// The law of the recorded engagements: the ruleset as it stood then.
pub fn recorded_law() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| law_of("tests/battles/law"))
}
