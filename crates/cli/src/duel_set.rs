//! What `jumpline duel` is asked to set against one another: forces typed on the command line, or a file.

use crate::args::Duel;
use crate::failure::Failure;
use crate::{files, opened};
use jumpline_scenario::duels::{duel_of, load_duel};
use jumpline_scenario::render;
use jumpline_study::{Duel as Study, Force, Setting};
use std::path::Path;

/// Whose powers and rules when nobody says.
const OF: &str = "pagalis";
/// How far apart when nobody says, kilometres.
const DISTANCE_KM: u32 = 300;

/// The duel made ready, and what was asked with what was left unsaid filled in.
pub fn study(asked: &Duel) -> Result<(Study, Duel), Failure> {
    let mut duel = asked.clone();
    let file = match asked.sides.as_slice() {
        [one] if names_a_file(one) => Some(files::read(Path::new(one))?),
        [_] => {
            let hint = "write a second side, or give one file such as duel.toml";
            return Err(Failure::input(format!("a duel needs two sides\n  = hint: {hint}")));
        }
        _ => None,
    };
    let name = asked.sides.first().map_or("", String::as_str).replace('\\', "/");
    let said = file.as_ref().and_then(|bytes| duel_of(&name, bytes));
    let of = asked.of.clone().or(said.filter(|of| !of.is_empty())).unwrap_or_else(|| OF.to_owned());
    let loaded = opened::open(&files::source(&of)?)?;
    let law = &loaded.law;
    let asked_m = asked.distance.map(|km| i64::from(km) * 1_000);
    let setting = match &file {
        Some(bytes) => {
            let (written, problems) = load_duel(law, &name, bytes);
            files::note(&render(&problems));
            let written = written.ok_or(Failure::Input(String::new()))?;
            let mut setting = Setting::written(&law.codex, &written);
            setting.distance_m = asked_m.unwrap_or(setting.distance_m);
            setting
        }
        None => {
            let mut forces = Vec::new();
            for typed in &asked.sides {
                forces.push(Force::read(&law.codex, typed).map_err(Failure::input)?);
            }
            Setting::of(forces, asked_m.unwrap_or(i64::from(DISTANCE_KM) * 1_000))
        }
    };
    duel.of = Some(of);
    duel.distance = u32::try_from(setting.distance_m / 1_000).ok();
    let study = Study::set(law, setting).map_err(Failure::input)?.at(asked.resolution.into());
    Ok((study, duel))
}

/// No force is called like a file.
fn names_a_file(word: &str) -> bool {
    word.ends_with(".toml") || word.contains(['/', '\\']) || Path::new(word).is_file()
}
