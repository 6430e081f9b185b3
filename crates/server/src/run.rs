//! A server as a program, or as a part of one: its threads, its log, and the signals that end it.

use crate::config::Config;
use crate::server::{Server, StartError, start};
use crate::watched::{Shown, Watched};
use jumpline_store::house::HouseError;
use std::net::SocketAddr;
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;

/// Serves until the program is told to end (interrupt or terminate). `ready` hears where it listens.
///
/// # Errors
/// When it does not start.
pub fn run(config: Config, ready: impl FnOnce(&Server)) -> Result<(), StartError> {
    threads(&config)?.block_on(async {
        // Whoever hears where it listens may tell it to end at once: it listens for that first.
        let end = told_to_end();
        let server = start(config).await?;
        ready(&server);
        end.await;
        server.stop().await;
        Ok(())
    })
}

/// A server beside other work of the same program; it is stopped when this is dropped.
#[derive(Debug)]
pub struct Beside {
    // Before the runtime that it runs on.
    server: Option<Server>,
    runtime: Runtime,
}

impl Beside {
    /// Starts it.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(config: Config) -> Result<Beside, StartError> {
        let runtime = threads(&config)?;
        let server = runtime.block_on(start(config))?;
        Ok(Beside { server: Some(server), runtime })
    }

    /// Where it listens.
    pub fn address(&self) -> Option<SocketAddr> {
        self.server.as_ref().map(|server| server.address)
    }

    /// Lets a war be looked at.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn show(&self, shown: Shown) -> Result<Watched, HouseError> {
        let closing = || HouseError::Refused("it is closing".to_owned());
        self.server.as_ref().ok_or_else(closing)?.show(shown)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.stop());
        }
    }
}

fn threads(config: &Config) -> Result<Runtime, StartError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| StartError::Listen(config.listen, error))
}

/// Listens for the signals from now on; what is returned waits for one. Without a handler the system's own stands.
#[cfg(unix)]
fn told_to_end() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let handlers = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    async {
        let [terminate, interrupt] = handlers.map(|handler| async {
            match handler {
                Ok(mut handler) => drop(handler.recv().await),
                Err(_) => std::future::pending().await,
            }
        });
        tokio::select! {
            () = terminate => {}
            () = interrupt => {}
        }
    }
}

#[cfg(not(unix))]
async fn told_to_end() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Sends the log to stderr, one line an entry: JSON for machines, or text. `JUMPLINE_LOG` chooses what, such as `debug`.
pub fn log_to_stderr(json: bool) {
    let filter = EnvFilter::try_from_env("JUMPLINE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log that stands already is as good.
    if json {
        drop(log.json().try_init());
    } else {
        drop(log.with_ansi(false).with_target(false).try_init());
    }
}
