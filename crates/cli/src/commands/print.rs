//! What is printed from the code itself: schemas, the reference, completions, the manual page.

use crate::args::{Cli, Schema};
use crate::failure::Failure;
use crate::files;
use clap::CommandFactory;
use clap_complete::Shell;
use std::fs;

pub fn schema(schema: &Schema) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| {
        Failure::input(format!("cannot write {}: {error}", schema.dir.display()))
    };
    fs::create_dir_all(&schema.dir).map_err(cannot)?;
    for (name, json) in jumpline_scenario::printed::schemas() {
        let mut text = serde_json::to_string_pretty(&json)
            .map_err(|error| Failure::Internal(error.to_string()))?;
        text.push('\n');
        fs::write(schema.dir.join(format!("{name}.schema.json")), text).map_err(cannot)?;
    }
    Ok(())
}

pub fn reference() -> Result<(), Failure> {
    Ok(files::say(&jumpline_scenario::printed::reference())?)
}

pub fn completions(shell: Shell) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "jumpline", &mut text);
    Ok(files::say(&String::from_utf8_lossy(&text))?)
}

pub fn man() -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut text)?;
    Ok(files::say(&String::from_utf8_lossy(&text))?)
}
