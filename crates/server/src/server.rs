//! A server from start to stop.

use crate::app::App;
use crate::config::{Config, Place};
use crate::fault::Fault;
use crate::{client, listen, play, routes, who};
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jumpline_store::house::{self, HouseError, Keeper};
use jumpline_wire::account::Mode;
use jumpline_wire::game::Stage;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::net::{IpAddr, SocketAddr};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error(transparent)]
    House(#[from] HouseError),
    /// The address.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// Without accounts everybody who reaches the server is its one person.
    #[error("{0} can be reached by others: that needs accounts")]
    Open(SocketAddr),
    /// Built without it.
    #[error("this program was built without PostgreSQL")]
    NoPostgres,
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it answers for metrics, if elsewhere.
    pub metrics: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    clocks: JoinHandle<()>,
    app: Shutter,
}

/// What is left to do after the last connection.
struct Shutter(App);

impl std::fmt::Debug for Shutter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

/// Starts a server. It runs until [`Server::stop`].
///
/// # Errors
/// When the database cannot be opened or the address is taken.
pub async fn start(config: Config) -> Result<Server, StartError> {
    if config.mode == Mode::Local && !config.listen.ip().is_loopback() {
        return Err(StartError::Open(config.listen));
    }
    let place = config.place.clone();
    let opened = tokio::task::spawn_blocking(move || open(&place)).await;
    let keeper = opened.map_err(|error| HouseError::Open(error.to_string()))??;
    recorder();
    let app = App::new(config, keeper);
    let bound = bind(app.config.listen).await?;
    let address = bound.local_addr().unwrap_or(app.config.listen);
    let (stop, stopped) = watch::channel(false);
    let caps = app.config.caps.clone();
    let mut tasks =
        vec![tokio::spawn(listen::serve(bound, router(&app), caps.clone(), stopped.clone()))];
    let mut metrics = None;
    if let Some(wanted) = app.config.metrics {
        let bound = bind(wanted).await?;
        metrics = bound.local_addr().ok();
        let router = Router::new().route("/metrics", get(told_metrics));
        tasks.push(tokio::spawn(listen::serve(bound, router, caps, stopped)));
    }
    wake(&app).await;
    let watched = app.clone();
    let clocks = tokio::spawn(async move {
        tokio::join!(play::watch_clocks(watched), sweep_metrics());
    });
    tracing::info!(%address, mode = ?app.config.mode, "listening");
    Ok(Server { address, metrics, stop, tasks, clocks, app: Shutter(app) })
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|error| StartError::Listen(address, error))
}

fn open(place: &Place) -> Result<Keeper, StartError> {
    match place {
        Place::File(path) => Ok(Keeper::sqlite(path)?),
        #[cfg(feature = "postgres")]
        Place::Postgres(url) => Ok(Keeper::postgres(url)?),
        #[cfg(not(feature = "postgres"))]
        Place::Postgres(_) => Err(StartError::NoPostgres),
    }
}

/// Sets up the games whose clocks run: they go on where they stood.
async fn wake(app: &App) {
    let Ok(rows) = app.keep(house::open_games).await else { return };
    for row in rows.into_iter().filter(|row| !row.paused) {
        if app.table(&row.game).await.is_err() {
            tracing::error!(game = row.game, "a game could not be set up");
        }
    }
    let before = app.wall_ms() - crate::caps::SESSION_MS;
    if app.keep(move |sql| house::forget_sessions(sql, before)).await.is_err() {
        tracing::warn!("old sessions could not be forgotten");
    }
}

impl Server {
    /// What its requests are answered from.
    pub(crate) fn app(&self) -> &App {
        &self.app.0
    }

    /// Takes no more connections, lets what is under way finish, notes what is left of deadlines and closes the database.
    pub async fn stop(self) {
        const TURNS: Duration = Duration::from_secs(60);
        let app = self.app.0;
        // Nobody listening any more is no fault.
        let _ = self.stop.send(true);
        self.clocks.abort();
        for table in app.tables().values() {
            table.streams.close();
        }
        for task in self.tasks {
            drop(task.await);
        }
        let until = Instant::now() + TURNS;
        let mut left = Vec::new();
        let tables: Vec<_> = app.tables().values().cloned().collect();
        for table in tables {
            loop {
                let desk = table.desk.lock().await;
                if desk.stage != Stage::Playing || Instant::now() > until {
                    if let Some(deadline) = desk.deadline {
                        left.push((table.id.clone(), (deadline - app.running_ms()).max(0)));
                    }
                    break;
                }
                drop(desk);
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        play::note_left(&app, left).await;
        tracing::info!("stopped");
        // The last holder of the house closes it, which takes a sync.
        drop(tokio::task::spawn_blocking(move || drop(app)).await);
    }
}

fn router(app: &App) -> Router {
    let (api, document) = routes::api().split_for_parts();
    let document = document.to_json().unwrap_or_default();
    let mut router = api.route(
        "/api/openapi.json",
        get(move || async move { ([(header::CONTENT_TYPE, "application/json")], document) }),
    );
    if app.local() && app.config.metrics.is_none() {
        router = router.route("/metrics", get(told_metrics));
    }
    let header = |name: &'static str, value: &'static str| {
        let name = HeaderName::from_static(name);
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .fallback(client::file)
        .method_not_allowed_fallback(|| async { Fault::not_found() })
        .layer(CatchPanicLayer::custom(|_| Fault::internal("a request broke off").into_response()))
        .layer(middleware::from_fn_with_state(app.clone(), who::own_origin))
        .layer(middleware::from_fn_with_state(app.clone(), within_rate))
        .layer(CompressionLayer::new())
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("x-frame-options", "DENY"))
        .layer(header("referrer-policy", "no-referrer"))
        .layer(header("cache-control", "no-store"))
        .layer(header(
            "content-security-policy",
            "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; \
             worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
        ))
        .with_state(app.clone())
}

/// Holds each address to its rate, and counts what is answered.
async fn within_rate(State(app): State<App>, request: Request, next: Next) -> Response {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|from| from.0.ip());
    let from = from.unwrap_or(IpAddr::from([127, 0, 0, 1]));
    if app.rate.check_key(&from).is_err() {
        metrics::counter!("jumpline_requests_total", "status" => "429").increment(1);
        return Fault::too_many("too many requests; wait a little").into_response();
    }
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!("jumpline_requests_total", "status" => status).increment(1);
    metrics::histogram!("jumpline_request_seconds").record(began.elapsed().as_secs_f64());
    response
}

/// One recorder for the whole program, whoever is first.
fn recorder() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let handle = PrometheusBuilder::new().install_recorder().ok();
        // What has not happened yet is zero, not absent: an alarm must be able to wait for it.
        for name in ["jumpline_turns_total", "jumpline_frozen_total", "jumpline_games_total"] {
            metrics::counter!(name).increment(0);
        }
        metrics::gauge!("jumpline_live_streams").increment(0.0);
        handle
    };
    HANDLE.get_or_init(install).as_ref()
}

async fn told_metrics() -> Response {
    match recorder() {
        Some(handle) => handle.render().into_response(),
        None => Fault::not_found().into_response(),
    }
}

/// The document that names every route.
#[must_use]
pub fn openapi() -> serde_json::Value {
    let document = routes::api().split_for_parts().1;
    serde_json::to_value(document).unwrap_or_default()
}

/// Keeps the recorder's histograms from growing without end.
async fn sweep_metrics() {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        if let Some(handle) = recorder() {
            handle.run_upkeep();
        }
    }
}
