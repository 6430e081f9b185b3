//! The browser's client: fetched, built, tested, and started beside the server for one who wants to play. Knows Node's command line and
//! nothing of what the client does.

use crate::jumpline::{Build, Jumpline};
use crate::run;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

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

/// Are there a Node and an npm that will do? An error says what to install.
fn node() -> Result<()> {
    let least = format!("the client needs Node {NODE_LEAST} or later with npm");
    let how = "see https://nodejs.org; on Debian: apt-get install nodejs npm, and before Debian 13 then npm install --global node@20";
    let version = |program: &str| {
        let out = Command::new(program).arg("--version").output().ok();
        let out = out.filter(|out| out.status.success());
        let out =
            out.with_context(|| format!("{least}, and there is no `{program}` here: {how}"))?;
        Ok::<_, anyhow::Error>(String::from_utf8_lossy(&out.stdout).trim().to_owned())
    };
    let text = version("node")?;
    let major = text.trim_start_matches('v').split('.').next().unwrap_or_default();
    let major: u32 = major.parse().with_context(|| format!("`node --version` says `{text}`"))?;
    ensure!(major >= NODE_LEAST, "{least}, and `node` here is {text}: {how}");
    version("npm").map(drop)
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
    println!("building the client");
    build()?;
    println!("building the engine: some minutes the first time");
    // Not quietly: whoever waits for minutes wants to see that something happens.
    run::pass(run::cargo(&[
        "build",
        "--release",
        "--package",
        "jumpline-cli",
        "--bin",
        "jumpline",
    ]))?;
    let jumpline = Jumpline::build(Build::Release)?;
    let open = match scenario {
        None => "--open".to_owned(),
        Some(name) => {
            // The server runs at the root; a folder was meant from here.
            let folder = Path::new(name).canonicalize().ok().filter(|path| path.is_dir());
            let name = folder.map_or_else(|| name.to_owned(), |path| path.display().to_string());
            format!("--open={name}")
        }
    };
    let mut server = jumpline.command(&["serve", &open]);
    if !opens {
        server.env("JUMPLINE_NO_BROWSER", "1");
    }
    server.args(&rest).env("JUMPLINE_LOG", "warn");
    println!("press Ctrl-C here to stop; games are kept and go on next time");
    become_it(server)
}

/// Ends as that program: what is pressed at the terminal is for it, and nothing is left behind.
#[cfg(unix)]
fn become_it(mut command: Command) -> Result<()> {
    let what = run::line(&command);
    let error = std::os::unix::process::CommandExt::exec(&mut command);
    Err(error).with_context(|| format!("cannot start `{what}`"))
}

#[cfg(not(unix))]
fn become_it(command: Command) -> Result<()> {
    run::pass(command)
}

/// Walks README's first command as a stranger does: it builds, says where it is, shows the page, and ends when it is told to.
pub fn walk() -> Result<u64> {
    let data = crate::steps::scratch("play")?;
    let me = std::env::current_exe().context("which program is this?")?;
    let mut play = Command::new(me);
    play.args(["play", "first-light", "--no-open", "--port", "0", "--data"]).arg(&data);
    let mut play = play.stderr(Stdio::piped()).spawn().context("cannot start play")?;
    let seen = watched(&mut play);
    // The shell's own `kill`: a bare machine has no program of that name.
    let mut interrupt = Command::new("sh");
    interrupt.args(["-c", &format!("kill -INT {}", play.id())]);
    // If it has ended by itself, what follows says so.
    drop(run::capture(interrupt));
    let ended = play.wait()?;
    let page = seen?;
    ensure!(ended.success(), "play ended with {ended} when it was interrupted");
    ensure!(data.join("games.db").is_file(), "play kept no games in {}", data.display());
    println!("play showed {page}, and ended when it was told to");
    Ok(4)
}

/// Waits for the address, and fetches the page that stands there and the files it names.
fn watched(play: &mut Child) -> Result<String> {
    let stderr = play.stderr.take().context("no output")?;
    let mut said = String::new();
    let mut page = None;
    for line in BufReader::new(stderr).lines() {
        let line = line?;
        page = line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned);
        said.push_str(&line);
        said.push('\n');
        if page.is_some() {
            break;
        }
    }
    let page = page.with_context(|| format!("play named no address; it said\n{said}"))?;
    let address = page.trim_start_matches("http://");
    let (address, place) = address.split_once('/').context("no place in the address")?;
    ensure!(place == "#/new/first-light", "play opens {place}");
    ensure!(fetched_from(address, "/api/health")?.contains("ok"), "the server is not well");
    let first = fetched_from(address, "/")?;
    let scripts: Vec<&str> = first
        .split('"')
        .filter(|word| word.starts_with("/assets/") && word.ends_with(".js"))
        .collect();
    ensure!(!scripts.is_empty(), "the page names no script:\n{first}");
    for script in scripts {
        ensure!(fetched_from(address, script)?.len() > 1_000, "{script} is not there");
    }
    Ok(page)
}

fn fetched_from(address: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    ensure!(answer.starts_with("HTTP/1.1 200"), "{path} is answered with {answer}");
    Ok(answer)
}
