//! The OpenAPI document names every route, and so does the page about them.

use crate::client::Client;
use crate::place::Host;
use jumpline_server::openapi;

#[test]
fn the_document_is_served_and_the_page_names_every_route() {
    let host = Host::local();
    let you = Client::new(host.address);
    let served = you.get("/api/openapi.json").ok();
    assert_eq!(served, openapi());
    assert!(served["openapi"].as_str().unwrap().starts_with("3.1"));
    let page = include_str!("../../../../docs/book/api.md");
    let mut count = 0;
    for (path, methods) in served["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let path = path
                .replace("/api/games/{game}/seats/{power}", "S")
                .replace("/api/games/{game}", "G");
            let named = page.lines().any(|line| {
                let cell = line.split('|').nth(1).unwrap_or_default();
                let method = format!("{} ", method.to_uppercase());
                let paths = cell.split('`').filter_map(|part| {
                    part.strip_prefix(method.as_str()).or(part.starts_with("/api").then_some(part))
                });
                cell.contains(&method)
                    && paths
                        .map(|part| part.split('?').next().unwrap_or_default())
                        .any(|part| part == path)
            });
            assert!(named, "docs/book/api.md does not name {method} {path}");
            count += 1;
        }
    }
    assert!(count >= 30, "{count}");
}
