//! Reading what people wrote and writing what they asked for.

use crate::failure::Failure;
use crate::shipped;
use jumpline_scenario::{Texts, caps, ruleset_of};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A scenario's key and texts, its ruleset's included.
pub struct Source {
    pub key: String,
    pub texts: Texts,
}

/// Deepest folders that are looked into.
const DEPTH_MAX: usize = 8;

/// Finds a scenario: a folder of that path, a shipped one in `./scenarios`, or a shipped one in the binary.
pub fn source(scenario: &str) -> Result<Source, Failure> {
    let mut texts = Texts::new();
    let shipped_folder = Path::new("scenarios").join(scenario);
    let plain_name = !scenario.is_empty() && !scenario.contains(['/', '\\', '.']);
    let key;
    if Path::new(scenario).is_dir() {
        key = key_of(Path::new(scenario));
        for (name, bytes) in read_folder(Path::new(scenario))? {
            texts.add_scenario(name, bytes);
        }
    } else if plain_name && shipped_folder.is_dir() {
        key = scenario.to_owned();
        for (name, bytes) in read_folder(&shipped_folder)? {
            texts.add_scenario(name, bytes);
        }
    } else if plain_name && shipped::names("scenarios").contains(scenario) {
        key = scenario.to_owned();
        for (name, bytes) in shipped::under(&format!("scenarios/{scenario}")) {
            texts.add_scenario(name, bytes);
        }
    } else if Path::new(scenario).exists() {
        return Err(Failure::input(format!("{scenario} is a file; a scenario is a folder")));
    } else {
        let known: Vec<&str> = shipped::names("scenarios").into_iter().collect();
        return Err(Failure::input(format!(
            "there is no folder and no shipped scenario called `{scenario}`\n  = hint: shipped are {}",
            known.join(", ")
        )));
    }
    if texts.is_empty() {
        return Err(Failure::input(format!("{scenario} holds no .toml file")));
    }
    add_ruleset(&mut texts)?;
    Ok(Source { key, texts })
}

/// Adds the ruleset that the scenario names: `./content/<ruleset>` if there is one, or the one in the binary.
pub fn add_ruleset(texts: &mut Texts) -> Result<(), Failure> {
    let ruleset = ruleset_of(texts);
    let folder = Path::new("content").join(&ruleset);
    let plain_name = !ruleset.is_empty() && !ruleset.contains(['/', '\\', '.']);
    if plain_name && folder.is_dir() {
        for (name, bytes) in read_folder(&folder)? {
            texts.add_ruleset(name, bytes);
        }
    } else if plain_name && shipped::names("content").contains(ruleset.as_str()) {
        for (name, bytes) in shipped::under(&format!("content/{ruleset}")) {
            texts.add_ruleset(name, bytes);
        }
    } else {
        let known: Vec<&str> = shipped::names("content").into_iter().collect();
        return Err(Failure::input(format!(
            "there is no ruleset called `{ruleset}`\n  = hint: shipped are {}",
            known.join(", ")
        )));
    }
    Ok(())
}

/// The name of a folder as the scenario's key: small letters, digits and dashes.
fn key_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let name = whole.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let key: String = name
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    if key.is_empty() { "war".to_owned() } else { key }
}

/// Every `.toml` file of a folder and the folders in it, by name.
fn read_folder(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut paths = Vec::new();
    list(folder, 0, &mut paths).map_err(|error| cannot_read(folder, &error))?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let bytes = read(&path)?;
        files.push((shown(&path), bytes));
    }
    Ok(files)
}

/// A path as messages show it: with `/` on every system, and without a leading `./`.
fn shown(path: &Path) -> String {
    let name = path.to_string_lossy().replace('\\', "/");
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

fn list(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden || paths.len() > caps::FILES_MAX {
            continue;
        }
        // A folder reached by a link could lead in a ring.
        let kind = entry.file_type()?;
        if kind.is_dir() && depth < DEPTH_MAX {
            list(&path, depth + 1, paths)?;
        } else if !path.is_dir() && path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}

/// A file's bytes. One that is larger than any text may be is cut, so that it costs no memory; the reader of texts then refuses it.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let most = caps::FILE_BYTES_MAX as u64 + 1;
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.map_err(|error| cannot_read(path, &error))?;
    Ok(bytes)
}

fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    Failure::input(format!("cannot read {}: {error}", path.display()))
}

/// Writes results to stdout.
pub fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Writes everything that is not a result to stderr. That nobody listens there is no fault.
pub fn note(text: &str) {
    let mut out = io::stderr().lock();
    drop(out.write_all(text.as_bytes()));
}
