//! Figures: how much CPU a known piece of work takes, always with the digest of its result beside it. A figure without its
//! digest is worthless: work that was not done is fast. Nothing here passes or fails; contrast `steps`.

use crate::jumpline::{Build, Jumpline, number, text};
use crate::meter::Meter;
use crate::{run, steps};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

struct Bench {
    name: &'static str,
    what: &'static str,
    /// Arguments of `jumpline`; `{galaxy}` stands for the generated war.
    args: &'static [&'static str],
}

#[rustfmt::skip]
const BENCHES: &[Bench] = &[
    Bench { name: "first-light",   what: "the newcomer's war, whole",              args: &["run", "first-light", "--threads", "1"] },
    Bench { name: "duel",          what: "one battle",                             args: &["run", "duel", "--threads", "1"] },
    Bench { name: "pagalis",       what: "a week of Pagalis, ship by ship",        args: &["run", "pagalis"] },
    Bench { name: "galaxy-300x12", what: "300 systems, 12 powers, 200 turns",      args: &["run", "{galaxy}", "--threads", "1"] },
];

/// Runs all benches or the named ones.
pub fn command(args: &[&str]) -> Result<()> {
    let record = args.contains(&"--record");
    let named: Vec<&str> = args.iter().copied().filter(|word| *word != "--record").collect();
    if let Some(unknown) = named.iter().find(|name| BENCHES.iter().all(|b| b.name != **name)) {
        let known: Vec<&str> = BENCHES.iter().map(|b| b.name).collect();
        bail!("no bench `{unknown}`; there are {}", known.join(", "));
    }
    let jumpline = Jumpline::build(Build::Release)?;
    let machine = machine();
    println!("{machine}\n");
    println!(
        "{:<14} {:>8} {:>8} {:>8} {:>7} {:>10} {:>12}  {:<16} of",
        "bench",
        "run CPU s",
        "all CPU s",
        "wall s",
        "turns",
        "CPU ms/turn",
        "ship-ticks/s",
        "digest"
    );
    let mut rows = Vec::new();
    for bench in BENCHES {
        if !named.is_empty() && !named.contains(&bench.name) {
            continue;
        }
        rows.push(measure(&jumpline, bench, &machine)?);
    }
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

fn measure(jumpline: &Jumpline, bench: &Bench, machine: &str) -> Result<Value> {
    let mut args: Vec<String> = bench.args.iter().map(|word| (*word).to_owned()).collect();
    if let Some(word) = args.iter_mut().find(|word| *word == "{galaxy}") {
        *word = steps::generate(jumpline, "galaxy-bench", 300, 12)?;
    }
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let meter = Meter::start();
    let out = jumpline.json(&words).with_context(|| format!("bench {}", bench.name))?;
    let cost = meter.read();
    let cpu_s = number(&out, "cpu_s")?;
    let turns = number(&out, "turns")?.max(1.0);
    let ship_ticks = number(&out, "ship_ticks")?;
    let digest = text(&out, "digest")?;
    let rate = if cpu_s > 0.0 { ship_ticks / cpu_s } else { 0.0 };
    println!(
        "{:<14} {:>9.2} {:>9.2} {:>8.2} {:>7} {:>11.1} {:>12.0}  {:<16.16} {}",
        bench.name,
        cpu_s,
        cost.cpu_s,
        cost.wall_s,
        turns,
        1000.0 * cpu_s / turns,
        rate,
        digest,
        bench.what
    );
    Ok(json!({
        "bench": bench.name,
        "at": SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
        "commit": commit(),
        "machine": machine,
        "digest": digest,
        "cpu_s": cpu_s,
        "process_cpu_s": cost.cpu_s,
        "wall_s": cost.wall_s,
        "turns": turns,
        "ship_ticks": ship_ticks,
    }))
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
