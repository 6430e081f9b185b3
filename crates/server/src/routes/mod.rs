//! The table of contents: every route there is. The OpenAPI document is made from the same list, so none can be missing in it.

pub(crate) mod advice;
pub(crate) mod games;
pub(crate) mod me;
pub(crate) mod orders;
pub(crate) mod said;
pub(crate) mod seats;
pub(crate) mod views;

use crate::app::App;
use crate::live;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(title = "Jumpline", description = "Games of interstellar war: see docs/book/api.md."),
    components(schemas(jumpline_wire::account::Problem, jumpline_wire::live::Push))
)]
struct Document;

/// All routes under `/api`.
pub(crate) fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(me::health))
        .routes(routes!(me::me))
        .routes(routes!(me::register))
        .routes(routes!(me::login))
        .routes(routes!(me::logout))
        .routes(routes!(games::scenarios))
        .routes(routes!(games::list, games::create))
        .routes(routes!(games::join))
        .routes(routes!(games::game))
        .routes(routes!(games::start))
        .routes(routes!(games::pause))
        .routes(routes!(games::settings))
        .routes(routes!(games::deadline))
        .routes(routes!(games::invite))
        .routes(routes!(games::fork))
        .routes(routes!(views::chart))
        .routes(routes!(said::list, said::say))
        .routes(routes!(live::live))
        .routes(routes!(seats::sit))
        .routes(routes!(seats::leave))
        .routes(routes!(seats::ready))
        .routes(routes!(seats::cover))
        .routes(routes!(seats::absence))
        .routes(routes!(views::view))
        .routes(routes!(views::turns))
        .routes(routes!(views::chronicle))
        .routes(routes!(views::battles))
        .routes(routes!(views::battle))
        .routes(routes!(views::lines))
        .routes(routes!(views::preview))
        .routes(routes!(advice::advice))
        .routes(routes!(orders::list, orders::give))
        .routes(routes!(orders::withdraw))
}
