//! Connections: how many, how large a head, how long it may take. Each is served by itself; when the server stops, each may finish what
//! it is doing.

use crate::caps::Caps;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

/// Serves until told to stop; then until every connection has finished, or a while has passed.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    caps: Caps,
    mut stop: watch::Receiver<bool>,
) {
    const FINISH: Duration = Duration::from_secs(10);
    let most = caps.connections;
    let room = Arc::new(Semaphore::new(most));
    loop {
        let permit = tokio::select! {
            permit = Arc::clone(&room).acquire_owned() => permit,
            _ = stop.changed() => break,
        };
        let Ok(permit) = permit else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let Ok((stream, from)) = accepted else {
            // Out of descriptors, most likely: others will end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (router, caps, stop) = (router.clone(), caps.clone(), stop.clone());
        tokio::spawn(async move {
            connection(stream, from, router, &caps, stop).await;
            drop(permit);
        });
    }
    drop(listener);
    let all = u32::try_from(most).unwrap_or(u32::MAX);
    drop(tokio::time::timeout(FINISH, room.acquire_many(all)).await);
}

async fn connection(
    stream: TcpStream,
    from: SocketAddr,
    router: Router,
    caps: &Caps,
    mut stop: watch::Receiver<bool>,
) {
    // A push is small and must not wait for another.
    drop(stream.set_nodelay(true));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ConnectInfo(from));
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(caps.head_time)
        .max_buf_size(caps.head_bytes.max(8_192))
        .max_header_size(caps.head_bytes)
        .max_headers(64);
    let connection = builder.serve_connection(TokioIo::new(stream), service).with_upgrades();
    tokio::pin!(connection);
    tokio::select! {
        // What a client did wrong with its connection is its own affair.
        ended = connection.as_mut() => drop(ended),
        _ = stop.changed() => {
            connection.as_mut().graceful_shutdown();
            drop(connection.await);
        }
    }
}
