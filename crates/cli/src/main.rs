#![doc = include_str!("../README.md")]

mod args;
mod battles;
mod browser;
mod commands;
mod duel_set;
mod duel_told;
mod failure;
mod files;
mod meter;
mod opened;
mod paint;
mod play;
mod progress;
mod records;
mod report;
mod shipped;
mod strength;
mod view;
mod watch;
mod words;

use args::{Cli, Command};
use clap::Parser;
use clap::error::ErrorKind;
use failure::Failure;
use std::io::Write;
use std::panic;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// Where the latest panic was, for the one line a person gets to see.
static PANIC: Mutex<String> = Mutex::new(String::new());

fn main() -> ExitCode {
    panic::set_hook(Box::new(|info| {
        let place =
            info.location().map_or(String::new(), |at| format!("{}:{}: ", at.file(), at.line()));
        let what = info.payload_as_str().unwrap_or("no reason given");
        *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = format!("{place}{what}");
    }));
    let done = panic::catch_unwind(command).unwrap_or_else(|_| {
        let what = PANIC.lock().unwrap_or_else(PoisonError::into_inner);
        Err(Failure::Internal(format!("the engine broke off at {what}\nplease report this line")))
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.text().is_empty() {
                // Nobody is left to tell if stderr is closed too.
                drop(writeln!(std::io::stderr(), "jumpline: {}", failure.text()));
            }
            ExitCode::from(failure.code())
        }
    }
}

fn command() -> Result<(), Failure> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and the version are answers, not faults.
            let text = error.render().to_string();
            return match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(files::say(&text)?),
                _ => {
                    drop(std::io::stderr().write_all(text.as_bytes()));
                    Err(Failure::Input(String::new()))
                }
            };
        }
    };
    match cli.command {
        Command::Run(run) => commands::run::command(&run),
        Command::Check(check) => commands::check::command(&check),
        Command::Test(test) => commands::test::command(&test),
        Command::Duel(duel) => commands::duel::command(&duel),
        Command::New(new) => commands::new::command(&new),
        Command::Replay(replay) => commands::replay::command(&replay),
        Command::Fork(fork) => commands::fork::command(&fork),
        Command::Show(show) => commands::show::command(&show),
        Command::Serve(serve) => commands::serve::command(&serve),
        Command::Schema(schema) => commands::print::schema(&schema),
        Command::Reference => commands::print::reference(),
        Command::Completions { shell } => commands::print::completions(shell),
        Command::Man { command } => commands::print::man(command.as_deref()),
    }
}
