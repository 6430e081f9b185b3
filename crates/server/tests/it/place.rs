//! Somewhere to keep games, wars to play, and a server on them that can be stopped and started again.

use jumpline_scenario::{Texts, ruleset_of};
use jumpline_server::{Config, HandClock, Library, Mode, Place, Server, start};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A server under test.
pub struct Host {
    runtime: Runtime,
    server: Option<Server>,
    pub clock: Arc<HandClock>,
    pub address: SocketAddr,
    config: Config,
}

/// A fresh place for one test.
pub fn place() -> Place {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("host_{}_{number}", std::process::id());
    match std::env::var("JUMPLINE_TEST_POSTGRES") {
        Ok(url) => {
            let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
            client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
            let stem = url.rsplit_once('/').unwrap().0;
            Place::Postgres(format!("{stem}/{name}"))
        }
        Err(_) => {
            let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
            drop(fs::remove_dir_all(&folder));
            fs::create_dir_all(&folder).unwrap();
            Place::File(folder.join("games.db"))
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(folder: &Path, texts: &mut Texts, ruleset: bool) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read(&path, texts, ruleset);
            continue;
        }
        let (name, bytes) = (path.display().to_string(), fs::read(&path).unwrap());
        if ruleset { texts.add_ruleset(name, bytes) } else { texts.add_scenario(name, bytes) }
    }
}

/// A scenario of one text, with its ruleset.
pub fn texts_of(text: &str) -> Texts {
    let mut texts = Texts::new();
    texts.add_scenario("war.toml", text.as_bytes().to_vec());
    add_ruleset(&mut texts);
    texts
}

fn add_ruleset(texts: &mut Texts) {
    let ruleset = ruleset_of(texts);
    read(&root().join("content").join(ruleset), texts, true);
}

fn shipped(key: &str) -> (String, Texts) {
    let mut texts = Texts::new();
    read(&root().join("scenarios").join(key), &mut texts, false);
    add_ruleset(&mut texts);
    (key.to_owned(), texts)
}

/// What most tests play.
pub fn library() -> Library {
    Library {
        scenarios: [shipped("first-light"), shipped("duel")].into(),
        add_ruleset: Arc::new(|texts| {
            add_ruleset(texts);
            Ok(())
        }),
    }
}

/// How a server is set up before it starts.
pub fn config(place: Place) -> Config {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut config = Config::new(listen, place, library());
    // Tests are many clients at one address.
    config.caps.burst = 100_000;
    config.caps.rate_per_s = 100_000;
    config.caps.tries = 100_000;
    config.threads = 1;
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("battles_{}_{number}", std::process::id());
    config.records = Some(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name));
    config
}

impl Host {
    /// One person's server.
    pub fn local() -> Host {
        Host::with(|_| {})
    }

    /// A server with accounts.
    pub fn with_accounts() -> Host {
        Host::with(|config| config.mode = Mode::Accounts)
    }

    /// A server set up otherwise.
    pub fn with(change: impl FnOnce(&mut Config)) -> Host {
        let mut config = config(place());
        change(&mut config);
        let clock = Arc::new(HandClock::default());
        clock.set_wall(1_800_000_000_000);
        config.clock = Arc::clone(&clock) as Arc<_>;
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.unwrap();
        let server = runtime.block_on(start(config.clone())).unwrap();
        let address = server.address;
        Host { runtime, server: Some(server), clock, address, config }
    }

    /// Stops the server and starts it again on the same games.
    pub fn restart(&mut self) {
        self.stop();
        let server = self.runtime.block_on(start(self.config.clone())).unwrap();
        self.address = server.address;
        self.server = Some(server);
    }

    pub fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.stop());
        }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Waits until something holds; some seconds at most.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < end, "not within a minute: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
