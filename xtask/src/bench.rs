//! Figures: how much CPU a known piece of work takes, always with the digest of its result beside it. A figure without its
//! digest is worthless: work that was not done is fast. Nothing here passes or fails; contrast `steps`.

use crate::jumpline::{Build, Jumpline, number, text};
use crate::meter::Meter;
use crate::{run, steps};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

struct Bench {
    name: &'static str,
    what: &'static str,
    work: Work,
}

enum Work {
    /// Arguments of `jumpline`, which is asked for JSON; `{galaxy}` stands for the generated war.
    War(&'static [&'static str]),
    /// One battle alone: ships, ticks, threads, as the melee example of `battle` takes them.
    Melee(&'static [&'static str]),
}

// Battles alone play as many ticks at every size: a battle's first ticks cost more than its later ones.
#[rustfmt::skip]
const BENCHES: &[Bench] = &[
    Bench { name: "first-light",    what: "the newcomer's war, whole",         work: Work::War(&["run", "first-light", "--threads", "1"]) },
    Bench { name: "pagalis",        what: "a week of Pagalis, ship by ship",   work: Work::War(&["run", "pagalis"]) },
    Bench { name: "galaxy-300x12",  what: "300 systems, 12 powers, 200 turns", work: Work::War(&["run", "{galaxy}", "--threads", "1"]) },
    Bench { name: "melee-1k",            what: "1,000 ships, one front, clustered, one thread",             work: Work::Melee(&["1000", "100", "1"]) },
    Bench { name: "melee-1k-2",          what: "1,000 ships, one front, clustered, two threads",            work: Work::Melee(&["1000", "100", "2"]) },
    Bench { name: "melee-1k-spread",     what: "1,000 ships, one front, spread, one thread",                work: Work::Melee(&["1000", "100", "1", "spread"]) },
    Bench { name: "melee-1k-spread-2",   what: "1,000 ships, one front, spread, two threads",               work: Work::Melee(&["1000", "100", "2", "spread"]) },
    Bench { name: "melee-1k-many",       what: "1,000 ships, melees of 1,000 side by side, one thread",     work: Work::Melee(&["1000", "100", "1", "many"]) },
    Bench { name: "melee-1k-many-2",     what: "1,000 ships, melees of 1,000 side by side, two threads",    work: Work::Melee(&["1000", "100", "2", "many"]) },
    Bench { name: "melee-10k",           what: "10,000 ships, one front, clustered, one thread",            work: Work::Melee(&["10000", "100", "1"]) },
    Bench { name: "melee-10k-2",         what: "10,000 ships, one front, clustered, two threads",           work: Work::Melee(&["10000", "100", "2"]) },
    Bench { name: "melee-10k-spread",    what: "10,000 ships, one front, spread, one thread",               work: Work::Melee(&["10000", "100", "1", "spread"]) },
    Bench { name: "melee-10k-spread-2",  what: "10,000 ships, one front, spread, two threads",              work: Work::Melee(&["10000", "100", "2", "spread"]) },
    Bench { name: "melee-10k-many",      what: "10,000 ships, melees of 1,000 side by side, one thread",    work: Work::Melee(&["10000", "100", "1", "many"]) },
    Bench { name: "melee-10k-many-2",    what: "10,000 ships, melees of 1,000 side by side, two threads",   work: Work::Melee(&["10000", "100", "2", "many"]) },
    Bench { name: "melee-100k",          what: "100,000 ships, one front, clustered, one thread",           work: Work::Melee(&["100000", "100", "1"]) },
    Bench { name: "melee-100k-2",        what: "100,000 ships, one front, clustered, two threads",          work: Work::Melee(&["100000", "100", "2"]) },
    Bench { name: "melee-100k-spread",   what: "100,000 ships, one front, spread, one thread",              work: Work::Melee(&["100000", "100", "1", "spread"]) },
    Bench { name: "melee-100k-spread-2", what: "100,000 ships, one front, spread, two threads",             work: Work::Melee(&["100000", "100", "2", "spread"]) },
    Bench { name: "melee-100k-many",     what: "100,000 ships, melees of 1,000 side by side, one thread",   work: Work::Melee(&["100000", "100", "1", "many"]) },
    Bench { name: "melee-100k-many-2",   what: "100,000 ships, melees of 1,000 side by side, two threads",  work: Work::Melee(&["100000", "100", "2", "many"]) },
    Bench { name: "melee-half",           what: "1,000 against 1,000 to half of one side lost",              work: Work::Melee(&["2000", "1", "1", "half"]) },
];

/// Names every battle alone at once.
const BATTLE: &str = "battle";

/// What a piece of work cost and came to.
struct Figure {
    /// What a ship takes in the arrays of a battle alone, bytes.
    ship_bytes: Option<f64>,
    cpu_s: f64,
    /// Wall seconds, where the work measured its own.
    wall_s: Option<f64>,
    /// Turns of a war, ticks of a battle.
    steps: f64,
    ship_ticks: f64,
    digest: String,
}

/// Runs all benches or the named ones.
pub fn command(args: &[&str]) -> Result<()> {
    if args == ["record"] {
        return crate::records::bench();
    }
    let record = args.contains(&"--record");
    let named: Vec<&str> = args.iter().copied().filter(|word| *word != "--record").collect();
    let is_group = |name: &str| name == BATTLE;
    let unknown = |name: &&&str| !is_group(name) && BENCHES.iter().all(|b| b.name != **name);
    if let Some(unknown) = named.iter().find(unknown) {
        let known: Vec<&str> = BENCHES.iter().map(|b| b.name).collect();
        bail!(
            "no bench `{unknown}`; there are {BATTLE} (all melees), record (the size of battle records), {}",
            known.join(", ")
        );
    }
    let battles_alone =
        !named.is_empty() && named.iter().all(|name| is_group(name) || name.starts_with("melee-"));
    let jumpline = if battles_alone { None } else { Some(Jumpline::build(Build::Release)?) };
    let machine = machine();
    println!("{machine}\n");
    println!(
        "{:<19} {:>9} {:>9} {:>8} {:>7} {:>11} {:>12}  {:<16} of",
        "bench",
        "run CPU s",
        "all CPU s",
        "wall s",
        "steps",
        "CPU ms/step",
        "ship-ticks/s",
        "digest"
    );
    let mut rows = Vec::new();
    for bench in BENCHES {
        let of_group = matches!(bench.work, Work::Melee(_)) && named.contains(&BATTLE);
        if !named.is_empty() && !named.contains(&bench.name) && !of_group {
            continue;
        }
        rows.push(measure(jumpline.as_ref(), bench, &machine)?);
    }
    growth(&rows);
    if record {
        let path = run::root().join("benches/ledger.jsonl");
        let mut ledger = fs::OpenOptions::new().create(true).append(true).open(&path)?;
        for row in &rows {
            writeln!(ledger, "{row}")?;
        }
        println!("\n{} lines added to benches/ledger.jsonl", rows.len());
    }
    Ok(())
}

fn measure(jumpline: Option<&Jumpline>, bench: &Bench, machine: &str) -> Result<Value> {
    let name = bench.name;
    // What must be made before is made before the meter runs.
    let mut made = None;
    if let Work::War(args) = bench.work
        && args.contains(&"{galaxy}")
    {
        let jumpline = jumpline.context("wars need the binary")?;
        made = Some(steps::generate(jumpline, "galaxy-bench", 300, 12)?);
    }
    if let Work::Melee(_) = bench.work {
        run::pass(run::cargo(&[&["build"], MELEE].concat()))?;
    }
    let meter = Meter::start();
    let figure = match bench.work {
        Work::War(args) => {
            let galaxy = made.as_deref().unwrap_or_default();
            let words = args.iter().map(|word| if *word == "{galaxy}" { galaxy } else { word });
            war(jumpline.context("wars need the binary")?, &words.collect::<Vec<_>>())
        }
        Work::Melee(args) => melee(args),
    };
    let Figure { ship_bytes, cpu_s, wall_s, steps, ship_ticks, digest } =
        figure.with_context(|| format!("bench {name}"))?;
    let cost = meter.read();
    let (step_ms, rate) = (1000.0 * cpu_s / steps.max(1.0), ship_ticks / cpu_s.max(0.001));
    println!(
        "{name:<19} {cpu_s:>9.2} {:>9.2} {:>8.2} {steps:>7} {step_ms:>11.1} {rate:>12.0}  {digest:<16.16} {}",
        cost.cpu_s,
        wall_s.unwrap_or(cost.wall_s),
        bench.what
    );
    Ok(json!({
        "bench": name,
        "at": SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
        "commit": commit(),
        "machine": machine,
        "digest": digest,
        "cpu_s": cpu_s,
        "process_cpu_s": cost.cpu_s,
        "wall_s": wall_s.unwrap_or(cost.wall_s),
        "steps": steps,
        "ship_ticks": ship_ticks,
        "ship_bytes": ship_bytes,
    }))
}

/// What a ship-tick costs at each size against the smallest of the same make, what a second thread gains, and the room a
/// ship takes.
fn growth(rows: &[Value]) {
    let per_tick_ns = |row: &Value| {
        let (cpu_s, ticks) = (number(row, "cpu_s").ok()?, number(row, "ship_ticks").ok()?);
        (ticks > 0.0).then_some(1e9 * cpu_s / ticks)
    };
    // Only `many` is as dense at any size: a wider front has more of itself in reach.
    for make in ["", "-2", "-spread", "-spread-2", "-many", "-many-2"] {
        let of = |size: &str| {
            let name = format!("melee-{size}{make}");
            rows.iter().find(|row| row["bench"] == name.as_str()).and_then(per_tick_ns)
        };
        let Some(least) = of("1k") else { continue };
        let grown: Vec<String> = ["1k", "10k", "100k"]
            .iter()
            .filter_map(|size| of(size).map(|ns| format!("{size} {ns:.0} ns ({:.2}x)", ns / least)))
            .collect();
        println!("a ship-tick, melee{make}: {}", grown.join(", "));
    }
    for (one, two) in rows.iter().filter_map(|one| {
        let name = format!("{}-2", one["bench"].as_str()?);
        Some((one, rows.iter().find(|two| two["bench"] == name.as_str())?))
    }) {
        let same = if one["digest"] == two["digest"] { "same digest" } else { "ANOTHER DIGEST" };
        if let (Ok(alone), Ok(both)) = (number(one, "wall_s"), number(two, "wall_s")) {
            println!(
                "two threads, {}: {:.2}x, {same}",
                one["bench"].as_str().unwrap_or_default(),
                alone / both
            );
        }
    }
    if let Some(bytes) = rows.iter().find_map(|row| row["ship_bytes"].as_f64()) {
        println!("bytes a ship in the arrays of a tick: {bytes}");
    }
}

fn war(jumpline: &Jumpline, args: &[&str]) -> Result<Figure> {
    let out = jumpline.json(args)?;
    Ok(Figure {
        ship_bytes: None,
        wall_s: None,
        cpu_s: number(&out, "cpu_s")?,
        steps: number(&out, "turns")?,
        ship_ticks: number(&out, "ship_ticks")?,
        digest: text(&out, "digest")?,
    })
}

const MELEE: &[&str] =
    &["--quiet", "--release", "--package", "jumpline-battle", "--example", "melee"];

fn melee(args: &[&str]) -> Result<Figure> {
    let (out, code) = run::capture(run::cargo(&[&["run"], MELEE, &["--"], args].concat()))?;
    ensure!(code == 0, "the melee ended with code {code}");
    parse_melee(&out).with_context(|| format!("not a figure: {out}"))
}

/// `10000 ships 100 ticks 1 threads: 0.5 s CPU 0.5 s wall 2.0 M ship-ticks per CPU-second ... digest 0a1b`.
fn parse_melee(line: &str) -> Option<Figure> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let before = |mark: &[&str]| -> Option<f64> {
        let at = words.windows(mark.len()).position(|window| window == mark)?;
        words.get(at.checked_sub(1)?)?.parse().ok()
    };
    let cpu_s = before(&["s", "CPU"])?;
    Some(Figure {
        ship_bytes: before(&["bytes", "a", "ship"]),
        cpu_s,
        wall_s: before(&["s", "wall"]),
        steps: before(&["ticks"])?,
        ship_ticks: before(&["M", "ship-ticks"])? * 1e6 * cpu_s,
        digest: words.last()?.to_string(),
    })
}

/// CPU model, cores and memory, as far as Linux says.
fn machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let model = field(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| "unknown CPU".into());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory_kb: u64 = field(&read("/proc/meminfo"), "MemTotal")
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .unwrap_or(0);
    format!("{model}, {cores} cores, {} GiB", memory_kb >> 20)
}

/// The commit measured, with a `+` when the tree differs from it.
fn commit() -> String {
    let git = |args: &[&str]| {
        let out = Command::new("git").current_dir(run::root()).args(args).output().ok()?;
        out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
    };
    let head = git(&["rev-parse", "--short", "HEAD"]).unwrap_or_else(|| "unknown".into());
    let changed = git(&["status", "--porcelain", "--", "crates", "content", "scenarios"]);
    if changed.is_some_and(|list| !list.is_empty()) { format!("{head}+") } else { head }
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_what_the_melee_prints() {
        let line = "  10000 ships  100 ticks 2 threads:   0.500 s CPU   0.300 s wall   2.00 M ship-ticks per \
                    CPU-second  lost    12  in flight     40  digest 0a1b2c";
        let figure = super::parse_melee(line).unwrap();
        assert_eq!((figure.cpu_s, figure.steps, figure.ship_ticks), (0.5, 100.0, 1e6));
        assert_eq!(figure.digest, "0a1b2c");
        assert!(super::parse_melee("nothing").is_none());
    }
}
