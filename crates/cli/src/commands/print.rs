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

/// The page of the program, with what each command does; or of one command, with all its options.
pub fn man(command: Option<&str>) -> Result<(), Failure> {
    let mut program = Cli::command();
    program.build();
    let page = match command {
        None => clap_mangen::Man::new(program),
        Some(name) => {
            let found = program.get_subcommands().find(|known| known.get_name() == name);
            let Some(found) = found.filter(|found| !found.is_hide_set()) else {
                let known: Vec<&str> = program
                    .get_subcommands()
                    .filter(|known| !known.is_hide_set())
                    .map(clap::Command::get_name)
                    .collect();
                return Err(Failure::input(format!(
                    "there is no command `{name}`\n  = hint: commands: {}",
                    known.join(", ")
                )));
            };
            // A page is found by `man jumpline-run`, and tells what is typed: `jumpline run`.
            let shown = found.clone().display_name(format!("jumpline-{name}"));
            clap_mangen::Man::new(shown)
        }
    };
    let page = page.source(concat!("jumpline ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    page.render(&mut text)?;
    Ok(files::say(&String::from_utf8_lossy(&text))?)
}
