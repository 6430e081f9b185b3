#![doc = include_str!("../README.md")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool that talks to a terminal")]

mod battles;
mod bench;
mod calibrate;
mod client;
mod deep;
mod fuzz;
mod jumpline;
mod lint;
mod load;
mod meter;
mod postgres;
mod powerloss;
mod records;
mod run;
mod saves;
mod schema;
mod steps;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  test [--quick] [--only NAME]...   everything README promises; --quick is the inner loop; --list names the steps
  fmt [--fix]                       rustfmt over the workspace
  lint                              clippy with warnings as errors, and the canary that proves the lists bite
  tidy [--fix]                      the house rules: rooms, READMEs, file lengths, words, links
  theory                            battles against Lanchester, Hughes and Armstrong: prints the tables of docs/book/theory.md
  bench [--record] [NAME]...        figures with their digests; --record adds a line to benches/ledger.jsonl
  bench resolution [--validation] [SEEN] [TOLD]
                                    aggregates against ships on engagements held out of calibration
  bench load [--postgres] [GAMES PEOPLE TURNS THINK_MS]
                                    many games at once: how long orders take to be acknowledged, and that none is lost
  calibrate [--fresh]               measures aggregate resolution and writes content/core/attrition.toml; resumes
  deep <NAME> [--minutes N]         a long check that resumes where it stopped; without a name, the list
  schema [--check]                  writes docs/schema from the code; --check only compares
  saves [--record]                  plays the saves kept of each release again; --record makes this version's anew
  play [SCENARIO] [--port N] [--data DIR] [--no-open]
                                    builds engine and client, starts the server on this machine, opens the browser
  screens                           takes the pictures of docs/screens afresh
  help                              this

Exit codes: 0 all held, 1 something did not, 2 bad usage.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
    let done = match args.first().map(String::as_str) {
        Some("test") => steps::command(&rest),
        Some("fmt") => lint::fmt(rest.contains(&"--fix")),
        Some("lint") => lint::command(),
        Some("tidy") => tidy::command(rest.contains(&"--fix")),
        Some("theory") => battles::theory(),
        Some("bench") if rest.first() == Some(&"resolution") => calibrate::resolution(&rest[1..]),
        Some("bench") if rest.first() == Some(&"load") => load::bench(&rest[1..]),
        Some("bench") => bench::command(&rest),
        Some("calibrate") => calibrate::command(&rest),
        Some("deep") => deep::command(&rest),
        Some("schema") => schema::command(rest.contains(&"--check")),
        Some("saves") => saves::command(&rest),
        Some("play") => client::play(&rest),
        Some("screens") => client::screens(),
        None | Some("help" | "--help" | "-h") => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Some(other) => {
            eprintln!("xtask: no command `{other}`\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
