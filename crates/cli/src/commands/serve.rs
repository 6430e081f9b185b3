//! `jumpline serve`: games over HTTP, for a browser here or for others elsewhere.

use crate::args::Serve;
use crate::failure::Failure;
use crate::{browser, files, opened, shipped};
use jumpline_server::{Config, Library, Mode, Place, StartError, log_to_stderr, run};
use std::collections::BTreeMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

pub fn command(serve: &Serve) -> Result<(), Failure> {
    let place = match &serve.database {
        Some(url) => Place::Postgres(url.clone()),
        None => {
            let cannot =
                |error| Failure::input(format!("cannot make {}: {error}", serve.data.display()));
            fs::create_dir_all(&serve.data).map_err(cannot)?;
            Place::File(serve.data.join("games.db"))
        }
    };
    let mut wars = library()?;
    for folder in &serve.scenario {
        offer(&mut wars, folder)?;
    }
    let page = match serve.open.as_deref() {
        None => None,
        Some("") => Some(String::new()),
        Some(scenario) => Some(format!("/#/new/{}", offer(&mut wars, scenario)?)),
    };
    let listen = SocketAddr::new(serve.listen, serve.port);
    let mut config = Config::new(listen, place, wars);
    if serve.accounts {
        config.mode = Mode::Accounts;
    }
    config.records = Some(serve.data.join("battles"));
    config.metrics =
        serve.metrics_port.map(|port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    log_to_stderr(serve.json_log);
    let served = run(config, |server| {
        // A line that a script can wait for. That nobody reads it is no fault.
        drop(files::say(&format!("listening on http://{}", server.address)));
        if let Some(page) = &page {
            browser::open(&format!("http://{}{page}", server.address), true);
        }
    });
    served.map_err(|error| match error {
        StartError::Listen(..) => {
            Failure::input(format!("{error}\n  = hint: `--port 0` takes any port that is free"))
        }
        error => Failure::input(error),
    })
}

/// Puts a scenario among those offered and gives its key. Its mistakes are printed.
fn offer(wars: &mut Library, scenario: &str) -> Result<String, Failure> {
    let source = files::source(scenario)?;
    opened::open(&source)?;
    wars.scenarios.insert(source.key.clone(), source.texts);
    Ok(source.key)
}

/// Every shipped scenario, with its ruleset.
pub fn library() -> Result<Library, Failure> {
    let mut scenarios = BTreeMap::new();
    for name in shipped::names("scenarios") {
        scenarios.insert(name.to_owned(), files::source(name)?.texts);
    }
    let add_ruleset = Arc::new(|texts: &mut _| {
        files::add_ruleset(texts).map_err(|failure| failure.text().to_owned())
    });
    Ok(Library { scenarios, add_ruleset })
}
