//! Battle records, held to what two readers that are not ours make of them: pyarrow in an environment of its own, apache-arrow in a folder
//! of its own, both under `target/`. Without the registries there is no check, and no check is not a pass.

use crate::jumpline::{Build, Jumpline};
use crate::{run, steps};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The readers' versions that the check was made with.
const PYARROW: &str = "pyarrow==26.0.1";
const APACHE_ARROW: &str = "apache-arrow@21.2.0";

/// A battle of some minutes, small enough to be read value by value.
const DUEL: &[&str] =
    &["duel", "hycre:destroyer*20", "cajdital:cruiser*60", "--runs", "1", "--json", "--record"];

/// How many checks held and how many did not.
pub fn check() -> Result<(u64, u64)> {
    let jumpline = Jumpline::build(Build::Release)?;
    let (python, node) = (python()?, node()?);
    let dir = steps::scratch("records")?;
    fs::create_dir_all(&dir)?;
    let path = |name: &str| dir.join(name).to_string_lossy().into_owned();
    let (record, said) = (path("battle.arrow"), path("said.json"));
    let (out, code) = run::capture(jumpline.command(&[DUEL, &[record.as_str()]].concat()))?;
    ensure!(code == 0, "the duel ended with code {code}: {out}");
    fs::write(&said, out)?;
    let (mut held, mut broken) = (0, 0);
    for reader in [&python, &node] {
        let (checks, failed) = reader.ask(&record, &said)?;
        held += checks - failed;
        broken += failed;
    }
    // The planted defect: both must fall over it.
    let spoilt = path("spoilt.arrow");
    let mut spoil = Command::new(&python.program);
    spoil.arg(scripts().join("spoil.py")).args([&record, &spoilt]);
    let (out, code) = run::capture(spoil)?;
    ensure!(code == 0, "the defect could not be planted: {out}");
    for reader in [&python, &node] {
        let (_, failed) = reader.ask(&spoilt, &said)?;
        ensure!(failed > 1, "{} did not find the planted defect", reader.name);
        println!("{}: the planted defect was found by {failed} checks", reader.name);
        held += 1;
    }
    Ok((held, broken))
}

/// `bench record`: how big the record of an hour of 5,000 ships is.
pub fn bench() -> Result<()> {
    const HOUR: &[&str] =
        &["--quiet", "--release", "--package", "jumpline-record", "--example", "hour"];
    run::pass(run::cargo(&[&["build"], HOUR].concat()))?;
    for sides in [
        &["1800", "hycre:destroyer*1800+hycre:cruiser*200", "cajdital:cruiser*3000"][..],
        &["1800", "cajdital:cruiser*2500", "cajdital:cruiser*2500"],
        &["1800", "calavari:cruiser*2500", "bsidd:bsidd-cruiser*2500"],
        &["storm"],
    ] {
        println!("\n{}", sides.join(" "));
        run::pass(run::cargo(&[&["run"], HOUR, &["--"], sides].concat()))?;
    }
    Ok(())
}

fn scripts() -> PathBuf {
    run::root().join("tests/records")
}

struct Reader {
    name: &'static str,
    program: PathBuf,
    script: PathBuf,
}

impl Reader {
    /// Checks made and failed.
    fn ask(&self, record: &str, said: &str) -> Result<(u64, u64)> {
        let mut command = Command::new(&self.program);
        command.arg(&self.script).args([record, said]);
        let (out, code) = run::capture(command)?;
        ensure!(code == 0, "{} ended with code {code}: {out}", self.name);
        for line in out.lines().filter(|line| line.starts_with(self.name)) {
            println!("{line}");
        }
        let last = out.lines().last().unwrap_or_default();
        let words: Vec<&str> = last.split_whitespace().collect();
        let ["checks", checks, "failed", failed] = words[..] else {
            anyhow::bail!("{} said nothing of its checks: {out}", self.name)
        };
        let (checks, failed) = (checks.parse()?, failed.parse()?);
        ensure!(checks > 0 && failed <= checks, "{}: {last}", self.name);
        println!("{}: {last}", self.name);
        Ok((checks, failed))
    }
}

fn unreachable(what: &str, out: &str) -> String {
    format!(
        "{what} could not be installed (is the registry in reach?), so records were not checked; that is not a pass\n{}",
        out.trim()
    )
}

/// pyarrow, installed once.
fn python() -> Result<Reader> {
    let home = run::root().join("target/xtask/records-python");
    let program = home.join("bin/python");
    let asks = |program: &Path| {
        let mut ask = Command::new(program);
        ask.args(["-c", "import pyarrow"]);
        run::capture(ask).is_ok_and(|(_, code)| code == 0)
    };
    if !asks(&program) {
        let mut make = Command::new("python3");
        make.args(["-m", "venv", "--clear"]).arg(&home);
        let (out, code) = run::capture(make)?;
        ensure!(code == 0, "python3 makes no environment: {out}");
        let mut install = Command::new(&program);
        install.args(["-m", "pip", "install", "--quiet", PYARROW]);
        let (out, code) = run::capture(install)?;
        ensure!(code == 0, unreachable(PYARROW, &out));
    }
    Ok(Reader { name: "pyarrow", program, script: scripts().join("read.py") })
}

/// apache-arrow, installed once. The script is copied beside it: node looks for modules where the script stands.
fn node() -> Result<Reader> {
    let home = run::root().join("target/xtask/records-node");
    fs::create_dir_all(&home)?;
    if !home.join("node_modules/apache-arrow/package.json").is_file() {
        fs::write(home.join("package.json"), "{ \"private\": true, \"type\": \"module\" }\n")?;
        let mut install = Command::new("npm");
        install.current_dir(&home).args(["install", "--no-audit", "--no-fund", APACHE_ARROW]);
        let (out, code) = run::capture(install)?;
        ensure!(code == 0, unreachable(APACHE_ARROW, &out));
    }
    let script = home.join("read.mjs");
    fs::copy(scripts().join("read.mjs"), &script).context("tests/records/read.mjs")?;
    Ok(Reader { name: "apache-arrow", program: PathBuf::from("node"), script })
}
