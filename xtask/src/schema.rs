//! `docs/schema`: the JSON Schemas of every file people write, made from the code. Either written, or compared.

use crate::jumpline::{Build, Jumpline};
use crate::{run, steps};
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Writes the schemas, or with `check` only compares them with what is committed.
pub fn command(check: bool) -> Result<()> {
    let jumpline = Jumpline::build(Build::Release)?;
    let committed = run::root().join("docs/schema");
    let dir = if check { steps::scratch("schema")? } else { committed.clone() };
    fs::create_dir_all(&dir)?;
    let mut command = jumpline.command(&["schema", "--dir"]);
    command.arg(&dir);
    run::pass(command)?;
    let fresh = files(&dir)?;
    if fresh.is_empty() {
        bail!("jumpline schema wrote no file");
    }
    if check && fresh != files(&committed)? {
        bail!("docs/schema is stale: run `cargo xtask schema` and commit the result");
    }
    println!("{} schemas", fresh.len());
    Ok(())
}

fn files(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    if !dir.exists() {
        return Ok(found);
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") {
            found.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(found)
}
