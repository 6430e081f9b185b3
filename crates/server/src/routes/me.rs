//! Coming in and going out.

use crate::app::{App, blocking};
use crate::body::{Body, plain};
use crate::fault::Fault;
use crate::who::{self, Person};
use crate::{caps, secret};
use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jumpline_store::house::{self, Account};
use jumpline_wire::account::{Credentials, Me};
use std::net::SocketAddr;

#[utoipa::path(get, path = "/api/health", responses((status = 200, description = "It answers.")))]
pub(crate) async fn health(State(app): State<App>) -> Result<&'static str, Fault> {
    app.keep(house::try_to_write).await?;
    Ok("ok")
}

#[utoipa::path(get, path = "/api/me", responses((status = 200, body = Me)))]
pub(crate) async fn me(State(app): State<App>, headers: HeaderMap) -> Result<Json<Me>, Fault> {
    let name = who::person(&app, &headers).await?.map(|person| person.name);
    Ok(Json(about(&app, name)))
}

fn about(app: &App, name: Option<String>) -> Me {
    Me {
        mode: app.config.mode,
        name,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        wire: jumpline_wire::VERSION,
    }
}

fn accounts(app: &App) -> Result<(), Fault> {
    if app.local() { Err(Fault::not_found()) } else { Ok(()) }
}

/// Tries at passwords are counted by address, not by name: nobody can shut another out.
fn may_try(app: &App, from: SocketAddr) -> Result<(), Fault> {
    let free = app.tries.check_key(&from.ip()).is_ok();
    if free { Ok(()) } else { Err(Fault::too_many("too many tries; wait a little")) }
}

/// Names differ only if people see that they do.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

#[utoipa::path(post, path = "/api/register", request_body = Credentials, responses((status = 200, body = Me)))]
pub(crate) async fn register(
    State(app): State<App>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Body(body): Body<Credentials>,
) -> Result<Response, Fault> {
    accounts(&app)?;
    may_try(&app, from)?;
    let name = plain(&body.name, caps::NAME_CHARS_MAX, "a name")?;
    let visible =
        |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.');
    if name.is_empty() || !name.chars().all(visible) {
        return Err(Fault::bad("a name is made of letters, digits, spaces, `-`, `_` and `.`"));
    }
    if !caps::PASSWORD_BYTES.contains(&body.password.len()) {
        return Err(Fault::bad("a password has 8 to 128 bytes"));
    }
    let sealed = blocking(move || secret::seal(&body.password)).await??;
    let now = app.wall_ms();
    let kept = name.clone();
    let added =
        app.keep(move |sql| house::add_account(sql, &kept, &folded(&kept), &sealed, now)).await;
    let account = added.map_err(|fault| match fault.code {
        "conflict" => Fault::conflict("taken", "that name is taken"),
        _ => fault,
    })?;
    welcome(&app, &account).await
}

#[utoipa::path(post, path = "/api/login", request_body = Credentials, responses((status = 200, body = Me)))]
pub(crate) async fn login(
    State(app): State<App>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Body(body): Body<Credentials>,
) -> Result<Response, Fault> {
    accounts(&app)?;
    may_try(&app, from)?;
    if body.password.len() > *caps::PASSWORD_BYTES.end() {
        return Err(Fault::wrong_password());
    }
    let name = folded(body.name.trim());
    let account = app.keep(move |sql| house::account_by_name(sql, &name)).await?;
    // Without an account the same work is done: how long it takes says nothing.
    let sealed = account.as_ref().map_or_else(|| NOBODYS.to_owned(), |one| one.password.clone());
    let fits = blocking(move || secret::fits(&body.password, &sealed)).await?;
    let account = account.filter(|_| fits).ok_or_else(Fault::wrong_password)?;
    welcome(&app, &account).await
}

/// A password that nobody has, sealed as all others are.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$\
                       p9uFDO5H1Jx1Jm4mVlXb7KqxN0n0dGIlqB3h1WcJ5pU";

/// A session is always a new one: what a browser brought along is never made to count.
async fn welcome(app: &App, account: &Account) -> Result<Response, Fault> {
    let cookie = who::log_in(app, account).await?;
    let me = about(app, Some(account.name.clone()));
    Ok(([(header::SET_COOKIE, cookie)], Json(me)).into_response())
}

#[utoipa::path(post, path = "/api/logout", responses((status = 204, description = "The session has ended.")))]
pub(crate) async fn logout(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Some(session) = person.session else { return Err(Fault::not_found()) };
    let cookie = who::log_out(&app, session).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}
