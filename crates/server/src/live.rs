//! The live stream of one person in one game: what is new is pushed, nothing is taken. Whoever reads too slowly, sends too much or has
//! logged out is let go, and comes back with `?since=`.

use crate::admit::InGame;
use crate::app::App;
use crate::caps::{FRAME_SPAN, PING_EVERY, PUSH_TIME};
use crate::fault::Fault;
use crate::streams::Reader;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::response::Response;
use jumpline_wire::live::{News, Push};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::broadcast;
use tokio::time::timeout;

/// Where the stream broke.
#[derive(Debug, Deserialize)]
pub(crate) struct Since {
    since: Option<String>,
}

#[utoipa::path(get, path = "/api/games/{game}/live", params(("game" = String, Path), ("since" = Option<String>, Query)), responses((status = 101, description = "A WebSocket of `Push`.")))]
pub(crate) async fn live(
    State(app): State<App>,
    at: InGame,
    Query(of): Query<Since>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Fault> {
    let account = at.person.account;
    let ended = app.ended.subscribe();
    let reader = at.table.streams.read(account, of.since.as_deref(), app.config.caps.streams);
    let mut reader = reader.ok_or_else(|| Fault::too_many("too many live streams are open"))?;
    let hello = {
        let desk = at.table.desk.lock().await;
        // Others see that somebody has come.
        at.table.announce(&app, &desk);
        at.table.game(&app, &desk, account)
    };
    let hello = Push {
        revision: reader.revision.clone(),
        news: News::Hello { resumed: reader.resumed, game: hello },
    };
    let hello =
        serde_json::to_string(&hello).map_err(|error| Fault::internal(&error.to_string()))?;
    reader.missed.insert(0, Arc::from(hello));
    let frame = app.config.caps.frame_bytes;
    Ok(upgrade.max_message_size(frame).max_frame_size(frame).on_upgrade(move |socket| async move {
        metrics::gauge!("jumpline_live_streams").increment(1.0);
        serve(&app, socket, reader, ended, at.person.session).await;
        metrics::gauge!("jumpline_live_streams").decrement(1.0);
        let desk = at.table.desk.lock().await;
        at.table.announce(&app, &desk);
    }))
}

async fn serve(
    app: &App,
    mut socket: WebSocket,
    mut reader: Reader,
    mut ended: broadcast::Receiver<[u8; 32]>,
    session: Option<[u8; 32]>,
) {
    for text in std::mem::take(&mut reader.missed) {
        if !send(&mut socket, Message::Text(text.as_ref().into())).await {
            return;
        }
    }
    let (mut frames, mut counted_from) = (0_u32, Instant::now());
    let mut ping = tokio::time::interval(PING_EVERY);
    ping.tick().await;
    // Pings without an answer since.
    let mut silent = 0_u32;
    loop {
        tokio::select! {
            push = reader.receiver.recv() => {
                // None: it was too slow, or the game was cleared away.
                let Some(text) = push else { break };
                if !send(&mut socket, Message::Text(text.as_ref().into())).await {
                    return;
                }
            }
            frame = socket.recv() => {
                let Some(Ok(frame)) = frame else { return };
                silent = 0;
                if counted_from.elapsed() > FRAME_SPAN {
                    (frames, counted_from) = (0, Instant::now());
                }
                frames += 1;
                if frames > app.config.caps.frames || matches!(frame, Message::Close(_)) {
                    break;
                }
            }
            over = ended.recv() => match over {
                Ok(hash) if Some(hash) == session => break,
                // So many logouts at once that some were missed: whoever is still in comes back.
                Err(broadcast::error::RecvError::Lagged(_)) if session.is_some() => break,
                Err(broadcast::error::RecvError::Closed) => break,
                _ => {}
            },
            _ = ping.tick() => {
                silent += 1;
                if silent > 3 || !send(&mut socket, Message::Ping(Vec::new().into())).await {
                    return;
                }
            }
        }
    }
    // A polite end, if the other side still listens.
    drop(timeout(PUSH_TIME, socket.send(Message::Close(None))).await);
}

/// Sends, unless the reader takes too long.
async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(PUSH_TIME, socket.send(message)).await, Ok(Ok(())))
}
