//! What the rules look at: every text file git knows or would add, and the graph of packages from `cargo metadata`.
//! Contrast the map: this is what stands, the map is what we say stands.

use crate::run;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::process::Command;

/// The tree and the graph.
#[derive(Default)]
pub struct House {
    pub files: Vec<File>,
    /// Paths of files that are no text, such as pictures: they can be led to, and no more.
    pub others: Vec<String>,
    pub rooms: Vec<Room>,
}

/// One text file.
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
}

/// One package under `crates/`.
pub struct Room {
    /// The folder's name.
    pub name: String,
    pub package: String,
    /// Packages it needs to be built, without those for its tests.
    pub leans_on: Vec<String>,
}

impl House {
    pub fn read() -> Result<Self> {
        let (files, others) = files()?;
        Ok(Self { files, others, rooms: rooms()? })
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        let mut paths = self.files.iter().map(|file| &file.path).chain(&self.others);
        paths.any(|have| have == path || have.starts_with(&folder))
    }

    /// Files with this ending, in order of their paths.
    pub fn ending<'a>(&'a self, end: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.ends_with(end))
    }
}

fn files() -> Result<(Vec<File>, Vec<String>)> {
    let out = Command::new("git")
        .current_dir(run::root())
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .context("tidy needs git")?;
    anyhow::ensure!(out.status.success(), "git ls-files failed: is this a git checkout?");
    let (mut files, mut others) = (Vec::new(), Vec::new());
    for path in String::from_utf8_lossy(&out.stdout).split('\0').filter(|path| !path.is_empty()) {
        // A file can be listed and deleted.
        let Ok(bytes) = fs::read(run::root().join(path)) else { continue };
        match String::from_utf8(bytes) {
            Ok(text) => files.push(File { path: path.to_owned(), text }),
            Err(_) => others.push(path.to_owned()),
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((files, others))
}

fn rooms() -> Result<Vec<Room>> {
    let cargo = run::cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let (out, code) = run::capture(cargo)?;
    anyhow::ensure!(code == 0, "cargo metadata failed");
    let metadata: Value = serde_json::from_str(&out).context("cargo metadata")?;
    let mut rooms: Vec<Room> =
        metadata["packages"].as_array().into_iter().flatten().filter_map(room).collect();
    rooms.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(rooms)
}

/// `None` for packages that are not rooms: `xtask`.
fn room(package: &Value) -> Option<Room> {
    let mut folders = package["manifest_path"].as_str()?.rsplit('/').skip(1);
    let name = folders.next()?.to_owned();
    if folders.next()? != "crates" {
        return None;
    }
    let leans_on = package["dependencies"]
        .as_array()?
        .iter()
        .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
        .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
        .collect();
    Some(Room { name, package: package["name"].as_str()?.to_owned(), leans_on })
}

/// `lints/pure-room.toml` to every pure room there is.
pub fn copy_lint_list() -> Result<()> {
    let root = run::root();
    for room in super::map::PURE {
        let dir = root.join("crates").join(room);
        if dir.join("Cargo.toml").exists() {
            fs::copy(root.join("lints/pure-room.toml"), dir.join("clippy.toml"))?;
        }
    }
    Ok(())
}
