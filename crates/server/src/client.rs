//! The browser's client: built into the binary, read from the disk in a debug build. A path that is no file is the client's own affair
//! and gets its first page.

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Files;

const FIRST: &str = "index.html";

/// A file of the client.
pub(crate) async fn file(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return crate::fault::Fault::not_found().into_response();
    }
    // Only names as a build makes them; the rest is no file, wherever it might lead.
    let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
        && path.split('/').all(|part| !part.starts_with('.'));
    let name = if plain && !path.is_empty() { path } else { FIRST };
    let (name, found) = match Files::get(name) {
        Some(file) => (name, Some(file)),
        None if name.contains('.') && name != FIRST => (name, None),
        None => (FIRST, Files::get(FIRST)),
    };
    let Some(file) = found else {
        let text = "There is no such file. If this is the first page, the client has not been built:\n\
                    `cargo xtask play` builds it.\n";
        return (StatusCode::NOT_FOUND, text).into_response();
    };
    let kind = HeaderValue::from_static(kind(name));
    // Names under assets/ hold a hash of what is in them.
    let keep = match name.starts_with("assets/") {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static(keep))];
    (headers, file.data.into_owned()).into_response()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
