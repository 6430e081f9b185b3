//! The program under check: where its builds stand, and what its `--json` says. Knows the shape of the command line and
//! nothing of the war.

use crate::run;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// One build of the binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// As shipped.
    Release,
    /// As developed: same digests, slower.
    Debug,
    /// Release with every instruction this CPU has: same digests.
    Native,
}

impl Build {
    pub fn name(self) -> &'static str {
        match self {
            Build::Release => "release",
            Build::Debug => "debug",
            Build::Native => "native",
        }
    }

    fn path(self) -> PathBuf {
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => PathBuf::from(dir),
            None => run::root().join("target"),
        };
        match self {
            Build::Release => target.join("release/jumpline"),
            Build::Debug => target.join("debug/jumpline"),
            Build::Native => target.join("native/release/jumpline"),
        }
    }
}

/// A built binary, ready to be called.
#[derive(Clone, Debug)]
pub struct Jumpline {
    path: PathBuf,
}

impl Jumpline {
    /// Builds it, once in a run of xtask: all steps look at the same program, whatever is edited meanwhile.
    pub fn build(build: Build) -> Result<Self> {
        static BUILT: Mutex<Vec<Build>> = Mutex::new(Vec::new());
        let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        if !built.contains(&build) {
            Self::make(build)?;
            built.push(build);
        }
        Ok(Self { path: build.path() })
    }

    fn make(build: Build) -> Result<()> {
        if !run::root().join("crates/cli/Cargo.toml").exists() {
            bail!("there is no crates/cli yet: nothing to build");
        }
        let mut args = vec!["build", "--quiet", "--package", "jumpline-cli", "--bin", "jumpline"];
        if build != Build::Debug {
            args.push("--release");
        }
        let mut cargo = run::cargo(&args);
        if build == Build::Native {
            // Its own folder: other flags in the shared one would rebuild everything twice a run.
            let path = build.path();
            let dir = path.parent().and_then(Path::parent).context("target folder")?;
            cargo.env("RUSTFLAGS", "-C target-cpu=native").env("CARGO_TARGET_DIR", dir);
        }
        run::pass(cargo)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.current_dir(run::root()).args(args);
        command
    }

    /// Runs it with `--json` and gives the one object it prints.
    pub fn json(&self, args: &[&str]) -> Result<Value> {
        let mut command = self.command(args);
        command.arg("--json");
        let what = run::line(&command);
        let (out, code) = run::capture(command)?;
        if code != 0 {
            bail!("`{what}` ended with code {code}");
        }
        serde_json::from_str(&out)
            .with_context(|| format!("`{what}` did not print one JSON object"))
    }

    /// A run's digest, after checking that the run says it is balanced.
    pub fn digest(&self, args: &[&str]) -> Result<String> {
        let value = self.json(args)?;
        if value["balanced"] != Value::Bool(true) {
            bail!("`{}` is not balanced: {}", args.join(" "), value["balanced"]);
        }
        text(&value, "digest")
    }
}

/// A string field that must be there.
pub fn text(value: &Value, key: &str) -> Result<String> {
    value[key].as_str().map(str::to_owned).with_context(|| format!("no `{key}` in the JSON"))
}

/// A number field that must be there.
pub fn number(value: &Value, key: &str) -> Result<f64> {
    value[key].as_f64().with_context(|| format!("no number `{key}` in the JSON"))
}
