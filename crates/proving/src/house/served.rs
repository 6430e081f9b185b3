//! The shipped server as a process: started, with a fault put into its calls if wanted, and ended by force.

use crate::powerloss::watch::strace_with;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{fs, thread};

/// A fault in the calls of a server.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The call.
    pub call: String,
    /// What becomes of it, in strace's words: `signal=SIGKILL`, `error=ENOSPC`.
    pub what: String,
    /// From which one on.
    pub nth: usize,
    /// That one alone, or all from there on.
    pub for_ever: bool,
}

impl Fault {
    fn words(&self) -> String {
        format!("{}:when={}{}", self.what, self.nth, if self.for_ever { "+" } else { "" })
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.call, self.words())
    }
}

/// Where a server keeps its games.
#[derive(Clone, Debug)]
pub struct Home {
    /// The program.
    pub jumpline: PathBuf,
    /// Its folder.
    pub data: PathBuf,
    /// `postgres://…`, if games are kept there.
    pub database: Option<String>,
}

/// A running server.
pub struct Served {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Home {
    fn words(&self) -> Vec<String> {
        let mut words = vec![self.jumpline.display().to_string()];
        words.extend(["serve", "--port", "0", "--data"].map(str::to_owned));
        words.push(self.data.display().to_string());
        if let Some(url) = &self.database {
            words.extend(["--database".to_owned(), url.clone()]);
        }
        words
    }

    /// Starts a server; none when the fault ended it before it listened.
    ///
    /// # Errors
    /// When it cannot be started at all.
    pub fn start(&self, fault: Option<&Fault>, file: &Path) -> Result<Option<Served>> {
        let mut command = match fault {
            Some(fault) => {
                let mut command = strace_with(&fault.call, &fault.words(), file);
                command.args(self.words());
                command
            }
            None => {
                let words = self.words();
                let mut command = Command::new(&words[0]);
                command.args(&words[1..]);
                command
            }
        };
        let log = fs::File::create(file.with_extension("log"))?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().context("the server does not start")?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("no stdout")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let Some(address) = line.trim().strip_prefix("listening on http://") else {
            child.wait()?;
            return Ok(None);
        };
        let address = address.parse().context("where it listens")?;
        Ok(Some(Served { child, address }))
    }
}

impl Served {
    /// `kill -9`, to the server itself also when strace stands between.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub fn kill(mut self) -> Result<()> {
        let own = self.child.id();
        let below = fs::read_to_string(format!("/proc/{own}/task/{own}/children"));
        let below = below.unwrap_or_default();
        match below.split_whitespace().next() {
            // It may have ended by itself in the meantime.
            Some(pid) => {
                drop(Command::new("kill").args(["-9", pid]).stderr(Stdio::null()).status());
            }
            None => drop(self.child.kill()),
        }
        self.child.wait()?;
        // What it held is let go a moment later than it is gone.
        thread::sleep(Duration::from_millis(1));
        Ok(())
    }
}
