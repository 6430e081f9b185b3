//! `jumpline new`: a galaxy made and written as a scenario.

use crate::args::New;
use crate::failure::Failure;
use crate::files;
use std::fs;
use std::io;

pub fn command(new: &New) -> Result<(), Failure> {
    let cannot =
        |error: io::Error| Failure::input(format!("cannot write {}: {error}", new.dir.display()));
    if new.powers > new.systems {
        return Err(Failure::input(format!(
            "{} powers need at least as many systems, not {}",
            new.powers, new.systems
        )));
    }
    if new.dir.exists() {
        let mut inside = fs::read_dir(&new.dir).map_err(cannot)?;
        if inside.next().is_some() {
            return Err(Failure::input(format!(
                "{} is not empty: give a new folder",
                new.dir.display()
            )));
        }
    }
    let written = jumpline_scenario::generator::generate(new.systems, new.powers, new.seed);
    fs::create_dir_all(&new.dir).map_err(cannot)?;
    for (name, text) in &written {
        fs::write(new.dir.join(name), text).map_err(cannot)?;
    }
    Ok(files::say(&format!(
        "{}: {} systems, {} powers, seed {}, {} files\nplay it with: jumpline run {}\n",
        new.dir.display(),
        new.systems,
        new.powers,
        new.seed,
        written.len(),
        new.dir.display()
    ))?)
}
