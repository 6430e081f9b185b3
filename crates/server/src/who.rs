//! Who is asking. On a machine of one's own it is always the one person there; otherwise whoever holds the session of the cookie. A
//! power or an account named in a path or a body is never taken for an answer to that.

use crate::app::App;
use crate::fault::Fault;
use crate::{caps, secret};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use jumpline_store::house::{self, Account};
use std::sync::PoisonError;

/// The one person of a local server.
pub(crate) const LOCAL_NAME: &str = "you";
/// The cookie of a session.
const COOKIE: &str = "jumpline";

/// Somebody who may use the server.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub account: i64,
    pub name: String,
    /// The hash of their session; none on a local server.
    pub session: Option<[u8; 32]>,
}

impl FromRequestParts<App> for Person {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Person, Fault> {
        person(app, &parts.headers).await?.ok_or_else(Fault::login_needed)
    }
}

/// Who that is, if anybody.
pub(crate) async fn person(app: &App, headers: &HeaderMap) -> Result<Option<Person>, Fault> {
    if app.local() {
        let name = LOCAL_NAME.to_owned();
        return Ok(Some(Person { account: 0, name, session: None }));
    }
    let Some(token) = token(headers) else { return Ok(None) };
    let hash = secret::hash(&token);
    let known = app.sessions.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).cloned();
    let now = app.wall_ms();
    // One that is in use is noted as used now and then; one that nobody uses must be able to end.
    let known = known.filter(|(_, at)| (0..caps::SESSION_READY_MS).contains(&(now - at)));
    let account = match known {
        Some((account, _)) => account,
        None => {
            let found = app
                .keep(move |sql| {
                    let found = house::session(sql, hash)?;
                    let live = found.filter(|(_, used)| now - used < caps::SESSION_MS);
                    if live.is_some() {
                        house::touch_session(sql, hash, now)?;
                    }
                    Ok(live.map(|(account, _)| account))
                })
                .await?;
            let Some(account) = found else { return Ok(None) };
            remember(app, hash, &account, now);
            account
        }
    };
    Ok(Some(Person { account: account.account, name: account.name, session: Some(hash) }))
}

/// Most sessions that are held ready; the house knows the others.
const SESSIONS_READY_MAX: usize = 20_000;

fn remember(app: &App, hash: [u8; 32], account: &Account, now: i64) {
    let mut sessions = app.sessions.lock().unwrap_or_else(PoisonError::into_inner);
    if sessions.len() >= SESSIONS_READY_MAX {
        sessions.clear();
    }
    sessions.insert(hash, (account.clone(), now));
}

/// Opens a session and gives the cookie for it.
pub(crate) async fn log_in(app: &App, account: &Account) -> Result<String, Fault> {
    let token = secret::draw(32)?;
    let (hash, number, now) = (secret::hash(&token), account.account, app.wall_ms());
    app.keep(move |sql| house::add_session(sql, hash, number, now)).await?;
    remember(app, hash, account, now);
    let age = caps::SESSION_MS / 1_000;
    Ok(format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={age}"))
}

/// Ends a session for good, its live streams included, and gives the cookie that forgets it.
pub(crate) async fn log_out(app: &App, session: [u8; 32]) -> Result<String, Fault> {
    app.keep(move |sql| house::end_session(sql, session)).await?;
    app.sessions.lock().unwrap_or_else(PoisonError::into_inner).remove(&session);
    // Nobody listening is no fault.
    drop(app.ended.send(session));
    Ok(format!("{COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"))
}

fn token(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut pairs =
        cookies.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))?;
    let plausible = value.len() <= 64 && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plausible.then(|| value.to_owned())
}

/// Holds a request's origin against the name it came to. A page of another site may make a browser ask us, but not hide where from.
pub(crate) async fn own_origin(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, Fault> {
    let headers = request.headers();
    let foreign = || Fault::forbidden("foreign_origin", "that page is not of this server");
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    // A name that leads to this machine today may belong to anybody: on a machine of one's own only its own names count.
    if app.local() && !is_this_machine(host) {
        return Err(foreign());
    }
    let upgrades = headers.contains_key(header::UPGRADE);
    let reads = matches!(*request.method(), Method::GET | Method::HEAD) && !upgrades;
    if !reads {
        if let Some(origin) = headers.get(header::ORIGIN) {
            let origin = origin.to_str().unwrap_or_default();
            let own = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            if own != Some(host) {
                return Err(foreign());
            }
        }
        let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
        if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
            return Err(foreign());
        }
    }
    Ok(next.run(request).await)
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    matches!(name, "127.0.0.1" | "localhost" | "::1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for host in ["127.0.0.1", "127.0.0.1:4700", "localhost:80", "[::1]:4700"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn a_token_is_read_from_among_other_cookies() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, text.parse().unwrap());
            token(&headers)
        };
        assert_eq!(of("a=b; jumpline=k3v9; c=d").as_deref(), Some("k3v9"));
        assert_eq!(of("xjumpline=k3v9"), None);
        assert_eq!(of("jumpline=k3v9/../x"), None);
        assert_eq!(of("jumplinex=k3v9"), None);
    }
}
