//! For each rule a house that keeps it and one planted defect that it must find. A rule without a canary fails here too.

use super::house::{File, House, Room};
use super::{Fault, RULES};

const MAP: &str = "\
# Architecture
## Rooms
| room | what | leans on | refuses |
|---|---|---|---|
| `measure` | units | nothing | clocks |
| `world` | nouns | `measure` | rules |
| `commander` | minds | `world` | state |
## What a room may not say
| room | words | because |
|---|---|---|
| `commander` | `State` | it sees a view |
";
const LIB: &str = "#![doc = include_str!(\"../README.md\")]\n";
const MANIFEST: &str = "[package]\nname = \"x\"\n[lints]\nworkspace = true\n";

/// A small house with nothing wrong.
fn sound() -> House {
    let mut house = House::default();
    put(&mut house, "ARCHITECTURE.md", MAP);
    put(&mut house, "lints/pure-room.toml", "list\n");
    put(&mut house, "docs/decisions/0001-dice.md", "[the map](../../ARCHITECTURE.md)");
    put(&mut house, "content/core/ships.toml", "# Ships.\nspeed_m_s = 1 # as in the texts\n");
    for (name, leans_on) in
        [("measure", &[][..]), ("world", &["measure"]), ("commander", &["world", "measure"])]
    {
        put(&mut house, &format!("crates/{name}/README.md"), "Does. Refuses. Look here first.");
        put(&mut house, &format!("crates/{name}/Cargo.toml"), MANIFEST);
        put(&mut house, &format!("crates/{name}/clippy.toml"), "list\n");
        put(&mut house, &format!("crates/{name}/src/lib.rs"), LIB);
        put(&mut house, &format!("crates/{name}/tests/it.rs"), "");
        house.rooms.push(Room {
            name: name.to_owned(),
            package: format!("jumpline-{name}"),
            leans_on: leans_on.iter().map(|room| format!("jumpline-{room}")).collect(),
        });
    }
    house
}

/// Adds or replaces a file.
fn put(house: &mut House, path: &str, text: &str) {
    house.files.retain(|file| file.path != path);
    house.files.push(File { path: path.to_owned(), text: text.to_owned() });
}

fn faults(rule: &str, house: &House) -> Vec<Fault> {
    let rule = RULES.iter().find(|r| r.name == rule).unwrap_or_else(|| panic!("no rule {rule}"));
    (rule.check)(house)
}

type Plant = fn(&mut House);

#[rustfmt::skip]
const PLANTED: &[(&str, &str, Plant)] = &[
    ("map", "room not on the map", |h| h.rooms.push(Room { name: "attic".into(), package: "jumpline-attic".into(), leans_on: vec![] })),
    ("map", "mapped room that does not stand", |h| { h.rooms.pop(); }),
    ("map", "package with another name", |h| h.rooms[0].package = "measures".into()),
    ("map", "no table", |h| put(h, "ARCHITECTURE.md", "# Architecture\n")),
    ("arrows", "arrow against the map", |h| h.rooms[0].leans_on.push("jumpline-world".into())),
    ("arrows", "ring in the map", |h| put(h, "ARCHITECTURE.md", &MAP.replace("| nothing |", "| `commander` |"))),
    ("arrows", "arrow on the map that is not there", |h| h.rooms[1].leans_on.clear()),
    ("unsaid", "a mind that sees the state", |h| put(h, "crates/commander/src/lib.rs", "use jumpline_world::state::State;")),
    ("unsaid", "row of a room that is gone", |h| put(h, "ARCHITECTURE.md", &MAP.replace("| `commander` | `State`", "| `oracle` | `State`"))),
    ("manifest", "lints not taken", |h| put(h, "crates/world/Cargo.toml", "[package]\nname = \"x\"\n")),
    ("manifest", "README not the crate's doc", |h| put(h, "crates/world/src/lib.rs", "//! World.\n")),
    ("pure", "list changed in one room", |h| put(h, "crates/world/clippy.toml", "shorter list\n")),
    ("pure", "I/O crate", |h| h.rooms[1].leans_on.push("rusqlite".into())),
    ("pure", "reads a file", |h| put(h, "crates/world/src/state.rs", "let text = std::fs::read(path);")),
    ("readme", "no README", |h| h.files.retain(|f| f.path != "crates/world/README.md")),
    ("readme", "README too long", |h| put(h, "crates/world/README.md", &"Does. Refuses. Look here first.\n".repeat(61))),
    ("readme", "README without what it refuses", |h| put(h, "crates/world/README.md", "Does. Look here first.")),
    ("links", "link to a page that is gone", |h| put(h, "README.md", "see [the map](docs/map.md)")),
    ("decisions", "gap in the numbers", |h| put(h, "docs/decisions/0003-later.md", "")),
    ("content", "numbers without a word", |h| put(h, "content/core/mines.toml", "speed_m_s = 3\n")),
    ("content", "long file with one comment", |h| put(h, "scenarios/x/fleet.toml", &format!("# Fleet.\n{}", "a = 1\n".repeat(60)))),
    ("length", "file of 801 lines", |h| put(h, "crates/world/src/all.rs", &"\n".repeat(801))),
    ("unfinished", "code switched off", |h| put(h, "crates/world/src/a.rs", concat!("if ", "false { }"))),
    ("unfinished", "test switched off", |h| put(h, "crates/world/src/a.rs", concat!("#[ig", "nore]"))),
    ("unfinished", "left for later", |h| put(h, "crates/world/src/a.rs", concat!("todo", "!()"))),
    ("one-test", "second test binary", |h| put(h, "crates/world/tests/more.rs", "")),
    ("one-test", "second test binary in a folder", |h| put(h, "crates/world/tests/suite/main.rs", "")),
    ("words", "path of a machine", |h| put(h, "README.md", concat!("cd /ho", "me/me"))),
];

#[test]
fn a_sound_house_has_no_faults() {
    let house = sound();
    for rule in RULES {
        assert_eq!(faults(rule.name, &house), [], "{}", rule.name);
    }
}

#[test]
fn every_planted_defect_is_found() {
    for (rule, what, plant) in PLANTED {
        let mut house = sound();
        plant(&mut house);
        assert!(!faults(rule, &house).is_empty(), "rule `{rule}` missed: {what}");
    }
}

#[test]
fn every_rule_has_a_canary() {
    for rule in RULES {
        assert!(PLANTED.iter().any(|(name, ..)| *name == rule.name), "rule `{}`", rule.name);
    }
}

#[test]
fn comments_and_longer_names_are_not_said() {
    let mut house = sound();
    put(&mut house, "crates/commander/src/a.rs", "// State\nlet x: StateOfMind; let y = my_State;");
    assert_eq!(faults("unsaid", &house), []);
}
