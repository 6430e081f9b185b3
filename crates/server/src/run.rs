//! A server as a program: its threads, its log, and the signals that end it.

use crate::config::Config;
use crate::server::{Server, StartError, start};
use tracing_subscriber::EnvFilter;

/// Serves until the program is told to end (interrupt or terminate). `ready` hears where it listens.
///
/// # Errors
/// When it does not start.
pub fn run(config: Config, ready: impl FnOnce(&Server)) -> Result<(), StartError> {
    let address = config.listen;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| StartError::Listen(address, error))?;
    runtime.block_on(async {
        let server = start(config).await?;
        ready(&server);
        told_to_end().await;
        server.stop().await;
        Ok(())
    })
}

#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        // Without a handler the system's own stands.
        _ = tokio::signal::ctrl_c() => {}
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
