//! Bodies that come in and answers that go out. A body is JSON, of bounded size, and comes in time or not at all.

use crate::app::App;
use crate::fault::Fault;
use crate::seen::Answer;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use std::error::Error;

/// A body read from JSON.
pub(crate) struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Body<T>, Fault> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        // A form of another site can post without asking, but not as this.
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Fault::bad("the body must be application/json"));
        }
        let caps = &app.config.caps;
        let read = to_bytes(request.into_body(), caps.body_bytes);
        let bytes = match tokio::time::timeout(caps.body_time, read).await {
            Err(_) => return Err(Fault::too_slow()),
            Ok(Err(error))
                if error
                    .source()
                    .is_some_and(|source| source.to_string().contains("length limit")) =>
            {
                return Err(Fault::too_large());
            }
            Ok(Err(_)) => return Err(Fault::bad("the body broke off")),
            Ok(Ok(bytes)) => bytes,
        };
        let body = serde_json::from_slice(&bytes);
        body.map(Body).map_err(|error| Fault::bad(format!("the body is not understood: {error}")))
    }
}

/// Sends an answer, or says that the asker has it already.
pub(crate) fn tagged(headers: &HeaderMap, answer: Answer, kind: &'static str) -> Response {
    let have = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = have.is_some_and(|have| {
        have.split(',').any(|tag| tag.trim().trim_start_matches("W/") == answer.tag)
    });
    let mut response =
        if same { StatusCode::NOT_MODIFIED.into_response() } else { answer.bytes.into_response() };
    let headers = response.headers_mut();
    if !same {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    if let Ok(tag) = HeaderValue::from_str(&answer.tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// The kind of most answers.
pub(crate) const JSON: &str = "application/json";

/// A text that people wrote, within bounds and without characters that steer a terminal.
pub(crate) fn plain(text: &str, most: usize, what: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.chars().count() > most {
        return Err(Fault::bad(format!("{what} may have at most {most} characters")));
    }
    if text.chars().any(|letter| letter.is_control() && letter != '\n') {
        return Err(Fault::bad(format!("{what} may not hold control characters")));
    }
    Ok(text.to_owned())
}
