//! A program under strace: its calls written down, or one of them made to fail or to be its last. Knows nothing of what it does.

use super::{Call, trace};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs a program to its end and gives the calls that touched `dir`; `file` keeps what strace wrote.
pub fn record(line: &[String], dir: &Path, canary: &str, file: &Path) -> Result<Vec<Call>> {
    let mut command = Command::new("strace");
    command.args(trace::STRACE).arg("-e").arg(format!("trace={}", trace::CALLS));
    command.arg("-o").arg(file).args(line);
    command.env("JUMPLINE_ACK", "1").env("JUMPLINE_CANARY", canary).stdin(Stdio::null());
    let out = command.output().context("cannot start strace: is it installed?")?;
    let said = String::from_utf8_lossy(&out.stderr);
    ensure!(out.status.success(), "the war ended with {}:\n{said}", out.status);
    trace::read(&fs::read_to_string(file)?, &dir.display().to_string())
}

/// How often each call was made in a run that has been written down.
pub fn count_calls(file: &Path) -> Result<BTreeMap<String, usize>> {
    let record = fs::read_to_string(file)?;
    let mut counts = BTreeMap::new();
    for line in record.lines().filter(|line| !line.contains("resumed>")) {
        if let Some((head, _)) = line.split_once('(') {
            let call = head.rsplit(' ').next().unwrap_or_default();
            *counts.entry(call.to_owned()).or_insert(0) += 1;
        }
    }
    Ok(counts)
}

/// strace with a fault put into some calls, as its `-e inject=` takes it; the program's own command line follows.
pub fn strace_with(call: &str, fault: &str, file: &Path) -> Command {
    let mut command = Command::new("strace");
    // Not with --seccomp-bpf: strace 6.1 then sees the call only when it is over, and injects nothing.
    command.args(["-f", "-qq", "-e", "signal=none"]);
    command.arg("-e").arg(format!("trace={call}"));
    command.arg("-e").arg(format!("inject={call}:{fault}"));
    command.arg("-o").arg(file);
    command
}

/// Runs a program until it is killed as the `at`-th call of a kind begins, or to its end if there are fewer.
pub fn kill_at(
    line: &[String],
    call: &str,
    at: usize,
    canary: &str,
    file: &Path,
) -> Result<Output> {
    let mut command = strace_with(call, &format!("signal=SIGKILL:when={at}"), file);
    command.args(line).env("JUMPLINE_ACK", "1").env("JUMPLINE_CANARY", canary);
    Ok(command.stdin(Stdio::null()).output()?)
}
