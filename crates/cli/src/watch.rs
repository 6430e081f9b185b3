//! A running war in a browser: a server of this machine alone, to which every turn is handed as it is played. What is kept for it lies in
//! a folder of its own that goes away with it.

use crate::args::Run;
use crate::browser;
use crate::commands::serve::library;
use crate::failure::Failure;
use crate::files::{self, Source};
use jumpline_campaign::Turn;
use jumpline_measure::Time;
use jumpline_record::Shelf;
use jumpline_server::{Beside, Config, Place, Shown, Watched};
use jumpline_store::house::HouseError;
use jumpline_world::{Law, State};
use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often an interrupt is looked for while nothing is played.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A war that is watched.
pub struct Watch {
    // In this order they go: the war leaves its server, the server its folder.
    watched: Watched,
    _server: Beside,
    _folder: Folder,
    pace: Duration,
    /// The address of its page.
    page: String,
}

/// A folder that is removed with everything in it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in a folder for passing things harms nobody.
        drop(fs::remove_dir_all(&self.0));
    }
}

fn house(error: &HouseError) -> Failure {
    Failure::Internal(format!("the war cannot be shown: {error}"))
}

impl Watch {
    /// Starts the server, puts the opening in it and opens the browser.
    pub fn begin(
        run: &Run,
        source: &Source,
        law: &Law,
        opening: &State,
        threads: usize,
    ) -> Result<Watch, Failure> {
        let eyes = run.eyes.as_deref().map(|key| power(law, key)).transpose()?;
        let folder = Folder(make_private().map_err(|error| {
            Failure::input(format!("cannot make a folder for what is watched: {error}"))
        })?);
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, run.port));
        let mut config = Config::new(listen, Place::File(folder.0.join("games.db")), library()?);
        config.records = Some(folder.0.join("battles"));
        config.threads = threads;
        let server =
            Beside::start(config).map_err(|error| Failure::input(format!("--watch: {error}")))?;
        let shown = Shown {
            scenario: source.key.clone(),
            title: law.title.clone(),
            texts: source.texts.clone(),
            opening: opening.clone(),
            eyes,
        };
        let watched = server.show(shown).map_err(|error| house(&error))?;
        let address = server.address().unwrap_or(listen);
        let page = format!("http://{address}{}", watched.page());
        browser::open(&page, !run.no_open);
        let pace = Duration::from_secs_f64(run.pace);
        Ok(Watch { watched, _server: server, _folder: folder, pace, page })
    }

    /// Somewhere to write battles down, so that they can be looked at too.
    pub fn shelf(&self) -> Option<Shelf> {
        self.watched.shelf()
    }

    /// Shows a turn that has been played.
    pub fn turn(&self, turn: &Turn, state: &State) -> Result<(), Failure> {
        self.watched.turn(turn, state).map_err(|error| house(&error))
    }

    /// Waits until a turn begun then has had its time, or until an interrupt.
    pub fn keep_pace(&self, begun: Instant, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed)
            && let Some(left) = self.pace.checked_sub(begun.elapsed())
            && !left.is_zero()
        {
            std::thread::sleep(left.min(LOOK_EVERY));
        }
    }

    /// Leaves the war to be looked at until an interrupt. `begun` is when its last turn began.
    pub fn stay(self, begun: Option<Time>, stop: &AtomicBool) -> Result<(), Failure> {
        self.watched.end(begun).map_err(|error| house(&error))?;
        files::note(&format!("played; to be looked at on {} until you interrupt\n", self.page));
        while !stop.load(Ordering::Relaxed) {
            std::thread::sleep(LOOK_EVERY);
        }
        Ok(())
    }
}

fn power(law: &Law, key: &str) -> Result<u32, Failure> {
    law.codex.power_by_key(key).map(|power| power.0).ok_or_else(|| {
        let known: Vec<&str> = law.codex.powers.iter().map(|power| power.key.as_str()).collect();
        Failure::input(format!(
            "--as {key}: there is no such power\n  = hint: powers: {}",
            known.join(", ")
        ))
    })
}

/// A new folder among those for passing things, that nobody else may look into. One that a killed run left behind is not taken.
fn make_private() -> std::io::Result<PathBuf> {
    const TRIES: u32 = 1_000;
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let mut number = 0;
    loop {
        let name = format!("jumpline-watch-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        match builder.create(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < TRIES => number += 1,
            Err(error) => return Err(error),
        }
    }
}
