//! What a power's player, or a watcher, may see.

use crate::admit::{InGame, Onlooker, Player};
use crate::app::{App, blocking};
use crate::body::{Body, JSON, tagged};
use crate::fault::Fault;
use crate::{caps, foresight, seen};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jumpline_wire::chart::Chart;
use jumpline_wire::event::{Battles, Chronicle, Marks};
use jumpline_wire::preview::{Ask, Lines, Preview};
use jumpline_wire::view::View;
use serde::Deserialize;
use std::sync::Arc;

#[utoipa::path(get, path = "/api/games/{game}/chart", params(("game" = String, Path)), responses((status = 200, body = Chart)))]
pub(crate) async fn chart(at: InGame, headers: HeaderMap) -> Response {
    tagged(&headers, at.table.chart.clone(), JSON)
}

/// Which turn.
#[derive(Debug, Deserialize)]
pub(crate) struct AtTurn {
    turn: Option<u32>,
}

/// Which turns.
#[derive(Debug, Deserialize)]
pub(crate) struct Between {
    from: Option<u32>,
    to: Option<u32>,
}

#[utoipa::path(get, path = "/api/games/{game}/seats/{power}/view", params(("game" = String, Path), ("power" = u32, Path), ("turn" = Option<u32>, Query)), responses((status = 200, body = View)))]
pub(crate) async fn view(
    State(app): State<App>,
    at: Onlooker,
    Query(of): Query<AtTurn>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let turn = of.turn.unwrap_or(at.last);
    if turn > at.last {
        return Err(Fault::not_found());
    }
    let (table, power) = (Arc::clone(&at.table), at.power);
    let answer = blocking(move || seen::view(&app, &table, power, turn)).await??;
    Ok(tagged(&headers, answer, JSON))
}

#[utoipa::path(get, path = "/api/games/{game}/seats/{power}/turns", params(("game" = String, Path), ("power" = u32, Path)), responses((status = 200, body = Marks)))]
pub(crate) async fn turns(
    State(app): State<App>,
    at: Onlooker,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let answer = blocking(move || seen::marks(&app, &at.table, at.power, at.last)).await??;
    Ok(tagged(&headers, answer, JSON))
}

#[utoipa::path(get, path = "/api/games/{game}/seats/{power}/chronicle", params(("game" = String, Path), ("power" = u32, Path), ("from" = Option<u32>, Query), ("to" = Option<u32>, Query)), responses((status = 200, body = Chronicle)))]
pub(crate) async fn chronicle(
    State(app): State<App>,
    at: Onlooker,
    Query(of): Query<Between>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let to = of.to.unwrap_or(at.last);
    let least = to.saturating_add(1).saturating_sub(caps::TURNS_TOLD_MAX);
    let from = of.from.unwrap_or(least).max(1);
    if to.saturating_sub(from) >= caps::TURNS_TOLD_MAX {
        return Err(Fault::bad("at most 200 turns at once"));
    }
    if to > at.last {
        return Err(Fault::not_found());
    }
    let told = blocking(move || seen::chronicle(&app, &at.table, at.power, from, to));
    Ok(tagged(&headers, told.await??, JSON))
}

#[utoipa::path(get, path = "/api/games/{game}/seats/{power}/battles", params(("game" = String, Path), ("power" = u32, Path)), responses((status = 200, body = Battles)))]
pub(crate) async fn battles(
    State(app): State<App>,
    at: Onlooker,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let answer = blocking(move || seen::battles(&app, &at.table, at.power, at.last)).await??;
    Ok(tagged(&headers, answer, JSON))
}

#[utoipa::path(get, path = "/api/games/{game}/seats/{power}/battles/{battle}", params(("game" = String, Path), ("power" = u32, Path), ("battle" = u32, Path)), responses((status = 200, description = "The battle's record.", content_type = "application/vnd.apache.arrow.file")))]
pub(crate) async fn battle(
    State(app): State<App>,
    at: Onlooker,
    Path((_, _, battle)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let battle = battle.parse().map_err(|_| Fault::not_found())?;
    let record = blocking(move || seen::battle(&app, &at.table, at.power, at.last, battle));
    let record = record.await??.ok_or_else(Fault::not_found)?;
    Ok(tagged(&headers, record, "application/vnd.apache.arrow.file"))
}

#[utoipa::path(get, path = "/api/games/{game}/seats/{power}/lines/{body}", params(("game" = String, Path), ("power" = u32, Path), ("body" = u32, Path)), responses((status = 200, body = Lines)))]
pub(crate) async fn lines(
    at: Player,
    Path((_, _, body)): Path<(String, String, String)>,
) -> Result<Json<Lines>, Fault> {
    let body = body.parse().map_err(|_| Fault::not_found())?;
    let lines = blocking(move || foresight::lines(&at.table, body)).await?;
    lines.map(Json).ok_or_else(Fault::not_found)
}

#[utoipa::path(post, path = "/api/games/{game}/seats/{power}/preview", params(("game" = String, Path), ("power" = u32, Path)), request_body = Ask, responses((status = 200, body = Preview)))]
pub(crate) async fn preview(at: Player, Body(ask): Body<Ask>) -> Result<Json<Preview>, Fault> {
    Ok(Json(blocking(move || foresight::preview(&at.table, at.power, &ask.say)).await?))
}
