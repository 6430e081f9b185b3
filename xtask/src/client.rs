//! The browser's client: fetched, built, tested, and started beside the server for one who wants to play. Knows Node's command line and
//! nothing of what the client does.

use crate::jumpline::{Build, Jumpline};
use crate::run;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Major version of Node that the client's tools need at least.
const NODE_LEAST: u32 = 20;

fn folder() -> PathBuf {
    run::root().join("web")
}

fn npm(args: &[&str]) -> Command {
    let mut command = Command::new("npm");
    // The account of the tests is read: colours would stand in its words.
    command.current_dir(folder()).args(args).env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    command
}

/// Is there a Node that will do? An error says what to install.
fn node() -> Result<()> {
    let found = Command::new("node").arg("--version").output();
    let text = found.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned());
    let text = text.context("there is no `node`: install Node 20 or later with npm")?;
    let major = text.trim_start_matches('v').split('.').next().unwrap_or_default();
    let major: u32 = major.parse().with_context(|| format!("`node --version` says `{text}`"))?;
    ensure!(major >= NODE_LEAST, "Node {NODE_LEAST} or later is needed, this is {text}");
    Ok(())
}

/// Fetches exactly what the lock file names, once for each lock file.
fn fetched() -> Result<()> {
    node()?;
    let lock = fs::read(folder().join("package-lock.json")).context("no web/package-lock.json")?;
    let mark = folder().join("node_modules/.jumpline-lock");
    if fs::read(&mark).is_ok_and(|seen| seen == lock) {
        return Ok(());
    }
    run::pass(npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    fs::write(mark, lock).context("cannot write into web/node_modules")
}

/// Builds the client into `web/dist`, from where the server's build takes it.
pub fn build() -> Result<()> {
    fetched()?;
    run::pass(npm(&["run", "--silent", "build", "--", "--logLevel", "warn"]))
}

/// Types, style and logic of the client, and its build. How many tests passed and failed.
pub fn check() -> Result<(u64, u64)> {
    fetched()?;
    run::pass(npm(&["run", "--silent", "check"]))?;
    let counted = counted(npm(&["test", "--silent", "--", "--color=false"]))?;
    build()?;
    Ok(counted)
}

/// The client in a browser, against the program as shipped.
pub fn browser() -> Result<(u64, u64)> {
    build()?;
    let jumpline = Jumpline::build(Build::Release)?;
    let mut tests = npm(&["run", "--silent", "browser", "--", "--color=false"]);
    tests.env("JUMPLINE", jumpline.path());
    counted(tests)
}

/// Takes the pictures of docs/screens afresh.
pub fn screens() -> Result<()> {
    build()?;
    let jumpline = Jumpline::build(Build::Release)?;
    let mut command = npm(&["run", "--silent", "screens"]);
    command.env("JUMPLINE", jumpline.path());
    run::pass(command)
}

/// Runs tests and reads their last line of account: `Tests  2 failed | 37 passed (39)`.
fn counted(command: Command) -> Result<(u64, u64)> {
    let (out, code) = run::tee(command)?;
    let line = out.lines().rev().map(str::trim).find(|line| line.starts_with("Tests "));
    let words: Vec<&str> = line.unwrap_or_default().split_whitespace().collect();
    let count = |word: &str| {
        let at = words.iter().position(|have| *have == word)?;
        words.get(at.checked_sub(1)?)?.parse::<u64>().ok()
    };
    let (passed, mut failed) = (count("passed").unwrap_or(0), count("failed").unwrap_or(0));
    if code != 0 && failed == 0 {
        failed = 1;
    }
    Ok((passed, failed))
}

/// Builds engine and client, starts the server on this machine and opens the browser; prints the address where there is none.
pub fn play(args: &[&str]) -> Result<()> {
    let (mut scenario, mut rest, mut opens) = (None, Vec::new(), true);
    let mut words = args.iter();
    while let Some(word) = words.next() {
        match *word {
            "--no-open" => opens = false,
            "--port" | "--data" => {
                rest.push(*word);
                rest.push(words.next().with_context(|| format!("{word} needs a value"))?);
            }
            name if !name.starts_with('-') && scenario.is_none() => scenario = Some(name),
            other => bail!("play does not know `{other}`"),
        }
    }
    build()?;
    let jumpline = Jumpline::build(Build::Release)?;
    let mut server = jumpline.command(&["serve"]);
    server.args(&rest).stdout(Stdio::piped());
    let mut server = server.spawn().context("cannot start the server")?;
    let stdout = server.stdout.take().context("the server has no output")?;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        let Some(address) = line.split_whitespace().find(|word| word.starts_with("http://")) else {
            continue;
        };
        let place = scenario.map_or_else(String::new, |name| format!("/#/new/{name}"));
        let page = format!("{address}{place}");
        if !(opens && opened(&page)) {
            println!("open {page} in a browser");
        }
    }
    server.wait()?;
    Ok(())
}

/// Shows a page in the person's browser, if there is a screen to show it on.
fn opened(page: &str) -> bool {
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let (program, args): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/c", "start", ""]),
        _ if screen => ("xdg-open", &[]),
        _ => return false,
    };
    let mut command = Command::new(program);
    command.args(args).arg(page).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
