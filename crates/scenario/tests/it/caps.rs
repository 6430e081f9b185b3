//! Every cap at one below, at, and one above; and what hostile files cost.

use std::process::Command;
use std::time::{Duration, Instant};

use jumpline_scenario::{Texts, caps, load};

use crate::support::{HEADER, codes, over_base};

const MIB: usize = 1024 * 1024;

fn filled(unit: &str) -> String {
    unit.repeat(MIB / unit.len())
}

/// Texts of one MiB that ask for as much as they can.
fn dear() -> Vec<(&'static str, String)> {
    let numbered = |line: &dyn Fn(usize) -> String| {
        let mut out = String::from(HEADER);
        let mut n = 0;
        while out.len() < MIB {
            out.push_str(&line(n));
            n += 1;
        }
        out
    };
    vec![
        ("open brackets", filled("[")),
        ("open braces", format!("a = {}", filled("{a="))),
        ("lists of lists", format!("a = [{}]", filled("[],"))),
        ("numbers", format!("a = [{}]", filled("1,"))),
        ("equals signs", filled("=\n")),
        ("quotes", filled("\"")),
        ("dots", filled("a.")),
        ("one long key", filled("k")),
        ("one long comment", format!("#{}", filled("c"))),
        ("one long text", format!("a = \"{}\"", filled("t"))),
        ("line breaks", filled("\n")),
        ("tables of one list", filled("[[a]]\n")),
        ("tables", numbered(&|n| format!("[t{n}]\n"))),
        ("classes that lack everything", numbered(&|n| format!("[class.c{n}]\n"))),
        ("bodies that lack everything", numbered(&|n| format!("[body.b{n}]\n"))),
        ("unknown keys", numbered(&|n| format!("[class.c{n}]\nshields{n} = 1\n"))),
        (
            "dangling ids",
            numbered(&|n| {
                format!(
                    "[[relation]]\none = \"blue{n}\"\nother = \"rad{n}\"\nregard = \"hostle\"\n"
                )
            }),
        ),
        ("alike ids", numbered(&|n| format!("[power.p-{n}]\n[power.P_{n}]\n"))),
        (
            "forces of many ships",
            numbered(&|n| {
                format!(
                    "[force.f{n}]\nname=\"f\"\npower=\"red\"\nbody=\"home-world\"\nspot={{altitude_m=1,longitude_udeg=0}}\nsplit=1\nships=[{{class=\"cruiser\",count=190000}}]\n"
                )
            }),
        ),
        (
            "operations in a chain",
            numbered(&|n| {
                format!(
                    "[operation.o{n}]\nname=\"o\"\npower=\"red\"\nforces=[\"raiders\"]\nbegin={{after=\"o{}\"}}\ntasks=[{{do=\"unload\"}}]\n",
                    n + 1
                )
            }),
        ),
        (
            "moons in a chain",
            numbered(&|n| {
                format!(
                    "[body.m{n}]\nname=\"m\"\nsystem=\"home\"\nkind=\"moon\"\nmass_pt=1\nradius_m=1\nparent=\"m{}\"\norbit={{semi_major_m=9,period_s=9,phase_udeg=0}}\n",
                    n + 1
                )
            }),
        ),
        ("escapes", format!("a = \"{}\"", filled("\\u0041"))),
        ("bytes that are not text", "\u{0}".repeat(MIB)),
    ]
}

/// A war of as many ships as there may be, half of them aboard the others.
fn crowded() -> String {
    format!(
        "{HEADER}[class.cruiser]\nberth_size = 1\n[class.jumpship]\nberths = 1\n\
         [arrival.raiders]\nships = [{{ class = \"jumpship\", count = 1 }}]\n[force.friends]\n\
         ships = [{{ class = \"jumpship\", count = 99_000 }}, {{ class = \"cruiser\", count = 99_000, aboard = true }}]\n"
    )
}

/// P7: at most two seconds and 256 MiB for one MiB of input. Each text is read by a process of its own, whose greatest
/// memory the system keeps. The bound on time leaves a debug build on a busy machine its room.
#[test]
fn one_mib_of_anything_is_cheap() {
    let slack = if cfg!(debug_assertions) { 8 } else { 1 };
    let mut names: Vec<&str> = dear().into_iter().map(|(name, _)| name).collect();
    names.push("crowded");
    for name in names {
        let this = std::env::current_exe().expect("this test's own file");
        let run = Command::new(this)
            .args(["--ignored", "--exact", "--nocapture", "caps::cost_of_one_text"])
            .env("JUMPLINE_DEAR", name)
            .output()
            .expect("a child process");
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success(), "{name}: {said}\n{}", String::from_utf8_lossy(&run.stderr));
        let number = |label: &str| {
            let after = said.split(label).nth(1)?;
            after.split_whitespace().next()?.parse::<u64>().ok()
        };
        let took = Duration::from_millis(number("took_ms").expect("a time"));
        assert!(took < Duration::from_secs(2 * slack), "{name} took {took:?}");
        // Where the system does not tell (it is not Linux), only the time is judged.
        if let Some(most_kib) = number("VmHWM:") {
            assert!(most_kib < 256 * 1024, "{name} held {} MiB", most_kib / 1024);
        }
    }
}

/// The child's side of the test above.
#[test]
#[ignore = "run by one_mib_of_anything_is_cheap"]
fn cost_of_one_text() {
    let name = std::env::var("JUMPLINE_DEAR").unwrap_or_default();
    let Some(text) = dear().into_iter().find(|(known, _)| *known == name).map(|(_, text)| text)
    else {
        let texts = over_base("crowded.toml", crowded());
        let begun = Instant::now();
        let (loaded, problems) = load("crowded", &texts);
        let took = begun.elapsed();
        assert!(loaded.is_some(), "{problems:?}");
        return told(took);
    };
    let texts = over_base("dear.toml", text);
    let begun = Instant::now();
    let (loaded, problems) = load("dear", &texts);
    let took = begun.elapsed();
    assert!(loaded.is_none() && !problems.is_empty(), "{name}");
    assert!(problems.len() <= caps::PROBLEMS_MAX + 1, "{name}: {} problems", problems.len());
    told(took);
}

fn told(took: Duration) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("");
    println!("took_ms {} {most}", took.as_millis());
}

/// Asserts that a text is refused with a code exactly above a cap.
fn edge(cap: usize, code: &str, text: &dyn Fn(usize) -> String) {
    for (size, refused) in [(cap - 1, false), (cap, false), (cap + 1, true)] {
        let found = codes(&text(size));
        assert_eq!(found.contains(&code), refused, "{size} of {cap}: {found:?}");
    }
}

#[test]
fn nesting_stops_at_its_cap() {
    edge(caps::NESTING_MAX, "E0106", &|n| {
        format!("x = {}{}\n{HEADER}", "[".repeat(n), "]".repeat(n))
    });
    for depth in [1_000, 100_000] {
        for (open, close) in [("[", "]"), ("{a=", "}")] {
            let text = format!("{HEADER}x = {}1{}\n", open.repeat(depth), close.repeat(depth));
            assert_eq!(codes(&text), ["E0106"]);
        }
    }
}

#[test]
fn keys_stop_at_their_cap() {
    edge(caps::KEY_BYTES_MAX, "E0113", &|n| format!("{HEADER}{} = 1\n", "k".repeat(n)));
}

#[test]
fn files_stop_at_their_cap() {
    edge(caps::FILE_BYTES_MAX, "E0105", &|n| {
        format!("{HEADER}#{}", "c".repeat(n - HEADER.len() - 1))
    });
}

#[test]
fn nodes_stop_at_their_cap() {
    // The header has two keys and the list is a third node.
    edge(caps::NODES_MAX, "E0107", &|n| format!("{HEADER}x = [{}]\n", "1,".repeat(n - 4)));
}

#[test]
fn ships_powers_and_lists_stop_at_their_caps() {
    // The base war has 52 ships, 25 of them in the force that is replaced.
    edge(200_000 - 27, "E0502", &|n| {
        format!(
            "{HEADER}[force.guard]\nsplit = 0\nships = [{{ class = \"cruiser\", count = {n} }}]\n[person.ann]\nship = 0\n"
        )
    });
    edge(64 - 3, "E0209", &|n| {
        let power = |n| format!("[power.p{n}]\nname = \"P\"\nadjective = \"P\"\nreaction = 0\n");
        format!("{HEADER}{}", (0..n).map(power).collect::<String>())
    });
    edge(4, "E0209", &|n| {
        let battery = "{ weapon = \"gun\", mounts = 1, arc = \"all\" }, ";
        format!("{HEADER}[class.cruiser]\nbatteries = [{}]\n", battery.repeat(n))
    });
    edge(80, "E0305", &|n| format!("{HEADER}[power.blue]\nname = \"{}\"\n", "n".repeat(n)));
    edge(48, "E0205", &|n| format!("{HEADER}[doctrine.{}]\nname = \"d\"\n", "d".repeat(n)));
}

#[test]
fn the_number_and_names_of_files_stop_at_their_caps() {
    let with = |count: usize, name: &str| {
        let mut texts = over_base(name, HEADER);
        for n in 3..count {
            texts.add_scenario(format!("more-{n:04}.toml"), "");
        }
        load("many", &texts).1.iter().map(|p| p.code).collect::<Vec<_>>()
    };
    for (count, refused) in
        [(caps::FILES_MAX - 1, false), (caps::FILES_MAX, false), (caps::FILES_MAX + 1, true)]
    {
        assert_eq!(with(count, "a.toml").contains(&"E0107"), refused, "{count}");
    }
    let most = caps::FILE_NAME_CHARS_MAX;
    for (length, refused) in [(most - 1, false), (most, false), (most + 1, true)] {
        assert_eq!(with(3, &"n".repeat(length)).contains(&"E0108"), refused, "{length}");
    }
    for name in ["", "  ", "a\u{202E}b.toml", "a\nb.toml", "\u{1b}[31m.toml"] {
        assert_eq!(with(3, name), ["E0108"], "{name:?}");
    }
    let mut twice = over_base("a.toml", HEADER);
    twice.add_scenario("a.toml", "");
    assert!(load("twice", &twice).1.iter().any(|p| p.code == "E0108"));
    assert!(load("none", &Texts::new()).1.iter().any(|p| p.code == "E0109"));
}

#[test]
fn all_bytes_together_stop_at_their_cap() {
    let mut texts = over_base("a.toml", HEADER);
    for n in 0..5 {
        texts.add_scenario(
            format!("more-{n}.toml"),
            format!("#{}", "c".repeat(caps::FILE_BYTES_MAX - 1)),
        );
    }
    assert_eq!(load("large", &texts).1.iter().map(|p| p.code).collect::<Vec<_>>(), ["E0105"]);
}
