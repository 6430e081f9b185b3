//! The command line. Its shape is relied on by others: options are added, never renamed.

use crate::paint::When;
use clap::{Args, Parser, Subcommand, ValueHint};
use std::path::PathBuf;

/// Plays out interstellar wars, ship by ship: played, replayed, forked and explained.
#[derive(Debug, Parser)]
#[command(name = "jumpline", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play a scenario and tell it.
    Run(Run),
    /// Find every mistake in a scenario.
    Check(Check),
    /// Hold a scenario to its expectations over many seeds.
    Test(Test),
    /// Let forces fight many battles and count who wins.
    Duel(Duel),
    /// Make a galaxy and write it as a scenario.
    New(New),
    /// Play a saved war again and compare every turn.
    Replay(Replay),
    /// Go another way from a turn of a saved war.
    Fork(Fork),
    /// Show where a saved war stands and how it came there.
    Show(Show),
    /// Host wars to be played in a browser, alone or with others.
    Serve(Serve),
    /// Write the JSON Schemas of scenario files.
    #[command(hide = true)]
    Schema(Schema),
    /// Print the reference manual of scenario files.
    #[command(hide = true)]
    Reference,
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print a manual page: of the program, or of one command of it.
    Man {
        /// The command.
        command: Option<String>,
    },
}

/// How battles are played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Resolution {
    /// Ship by ship.
    Entity,
    /// As aggregates, wherever that was calibrated.
    Aggregate,
    /// Great battles of plain ships as aggregates, the rest ship by ship.
    Auto,
}

impl From<Resolution> for jumpline_world::state::Resolution {
    fn from(word: Resolution) -> Self {
        match word {
            Resolution::Entity => Self::Entity,
            Resolution::Aggregate => Self::Aggregate,
            Resolution::Auto => Self::Auto,
        }
    }
}

#[derive(Debug, Args)]
pub struct Run {
    /// A folder, or the name of a shipped scenario.
    #[arg(value_hint = ValueHint::DirPath)]
    pub scenario: String,
    /// All the luck of the war.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Stop at this date instead of the scenario's end, such as 2470-05-07 or 2470-05-07T04:10.
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Threads to play on; the result is the same on any number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Keep the war in this file, turn by turn.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub save: Option<PathBuf>,
    /// Orders that persons have written down.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub orders: Option<PathBuf>,
    /// Play battles ship by ship, as aggregates wherever that was calibrated, or the great and plain ones alone as aggregates.
    #[arg(long, value_enum, default_value_t = Resolution::Entity)]
    pub resolution: Resolution,
    /// Write every battle, ship by ship, to an Arrow file of its own in this folder.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub record: Option<PathBuf>,
    /// Of the battles, record only this one: a battle's number or a body's key. May be given again.
    #[arg(long, value_name = "BATTLE", requires = "record")]
    pub battle: Vec<String>,
    /// Show the war in a browser while it is played, and after it until you interrupt. Battles are kept for it, so not with --record.
    #[arg(long, conflicts_with = "record")]
    pub watch: bool,
    /// Watch through the eyes of this power alone; without it, through any power's.
    #[arg(long = "as", value_name = "POWER", requires = "watch")]
    pub eyes: Option<String>,
    /// While it is watched a turn takes at least so many seconds.
    #[arg(long, value_name = "SECONDS", requires = "watch", default_value_t = 1.0, value_parser = seconds)]
    pub pace: f64,
    /// The port of 127.0.0.1 to watch on; 0 takes any that is free.
    #[arg(long, value_name = "N", requires = "watch", default_value_t = 0)]
    pub port: u16,
    /// Only print the address; open no browser.
    #[arg(long, requires = "watch")]
    pub no_open: bool,
    /// Close with the life of this person.
    #[arg(long, value_name = "PERSON")]
    pub follow: Option<String>,
    /// Tell everything, not only what mattered most.
    #[arg(long)]
    pub full: bool,
    /// Print one JSON object instead of the story.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Check {
    /// A folder, or the name of a shipped scenario.
    #[arg(value_hint = ValueHint::DirPath)]
    pub scenario: String,
}

#[derive(Debug, Args)]
pub struct Test {
    /// A folder, or the name of a shipped scenario.
    #[arg(value_hint = ValueHint::DirPath)]
    pub scenario: String,
    /// How many wars to play, each with the next seed.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub runs: u32,
    /// The first seed.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// At which resolution battles are played; other than entity, the bounds stated for aggregates are the ones to meet.
    #[arg(long, value_enum, default_value_t = Resolution::Entity)]
    pub resolution: Resolution,
}

#[derive(Clone, Debug, Args)]
pub struct Duel {
    /// Two or more sides: power:class*count, joined by +, such as hycre:destroyer*20+hycre:cruiser*4. Or one file that sets up a duel.
    #[arg(value_name = "SIDE", required = true, num_args = 1.., value_hint = ValueHint::FilePath)]
    pub sides: Vec<String>,
    /// How many battles to fight, each with the next seed.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub runs: u32,
    /// The first seed.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How far apart the sides begin, kilometres; 300, or what the file says, if left out.
    #[arg(long, value_name = "KM", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub distance: Option<u32>,
    /// Whose powers and rules: a folder, or the name of a shipped scenario; pagalis, or what the file says, if left out.
    #[arg(long, value_name = "SCENARIO", value_hint = ValueHint::DirPath)]
    pub of: Option<String>,
    /// Threads to fight on; the result is the same on any number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Write the first battle, ship by ship, to this Arrow file.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub record: Option<PathBuf>,
    /// Fight ship by ship, or as aggregates where that was calibrated.
    #[arg(long, value_enum, default_value_t = Resolution::Entity)]
    pub resolution: Resolution,
    /// Print one JSON object instead of tables.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct New {
    /// The folder to write.
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// Star systems.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    pub systems: u32,
    /// Powers.
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub powers: u32,
    /// All the luck of the galaxy.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub struct Replay {
    /// A saved war.
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct Fork {
    /// A saved war.
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The date to fork at: the last turn that ended by then is shared, what follows is new.
    #[arg(long, value_name = "DATE")]
    pub at: String,
    /// Orders from there on, in place of those the war was played with.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub orders: Option<PathBuf>,
    /// Keep the fork in this file.
    #[arg(long, value_name = "FILE2", value_hint = ValueHint::FilePath)]
    pub save: PathBuf,
}

#[derive(Debug, Args)]
pub struct Show {
    /// A saved war.
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Show what this power knows, and nothing else.
    #[arg(long, value_name = "ID")]
    pub power: Option<String>,
    /// Show one battle: who killed whom, and its timeline. Without a number, list the battles.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "all", conflicts_with = "power")]
    pub battle: Option<String>,
    /// Whether to lay the tables out and colour them for a terminal.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub color: When,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// The port to listen on; 0 takes any that is free.
    #[arg(long, value_name = "N", default_value_t = 4700)]
    pub port: u16,
    /// The address to listen on. One that others can reach needs --accounts.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub listen: std::net::IpAddr,
    /// The folder in which games and records of battles are kept.
    #[arg(long, value_name = "DIR", default_value = "jumpline-games", value_hint = ValueHint::DirPath)]
    pub data: PathBuf,
    /// Keep games in a PostgreSQL database instead, such as postgres://user@localhost/jumpline.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Know people by name and password; without it everybody is the one person at this machine.
    #[arg(long)]
    pub accounts: bool,
    /// Answer for metrics on this port of 127.0.0.1 instead of beside the games.
    #[arg(long, value_name = "N")]
    pub metrics_port: Option<u16>,
    /// Log as JSON, one object a line.
    #[arg(long)]
    pub json_log: bool,
    /// Offer this scenario too: a folder. May be given again.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub scenario: Vec<String>,
    /// Open the browser, or print the address where there is none; at a new war of a scenario (a folder, or a shipped one) if one is named.
    #[arg(long, value_name = "SCENARIO", num_args = 0..=1, default_missing_value = "", require_equals = true)]
    pub open: Option<String>,
}

/// From none to an hour.
fn seconds(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if (0.0..=3600.0).contains(&value) { Ok(value) } else { Err("not within 0..=3600".to_owned()) }
}

#[derive(Debug, Args)]
pub struct Schema {
    /// The folder to write to.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
}
