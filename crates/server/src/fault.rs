//! What is answered instead of success. The words never depend on what the asker may not know: what is not there and what is not
//! theirs are the same.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jumpline_store::house::HouseError;
use jumpline_wire::account::Problem;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub status: StatusCode,
    pub code: &'static str,
    pub message: String,
}

impl Fault {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Fault {
        Fault { status, code, message: message.into() }
    }

    pub fn bad(message: impl Into<String>) -> Fault {
        Fault::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    pub fn login_needed() -> Fault {
        Fault::new(StatusCode::UNAUTHORIZED, "login_needed", "log in first")
    }

    pub fn wrong_password() -> Fault {
        Fault::new(StatusCode::UNAUTHORIZED, "login_needed", "no such name with that password")
    }

    pub fn forbidden(code: &'static str, message: &str) -> Fault {
        Fault::new(StatusCode::FORBIDDEN, code, message)
    }

    pub fn not_found() -> Fault {
        Fault::new(StatusCode::NOT_FOUND, "not_found", "there is nothing here for you")
    }

    pub fn conflict(code: &'static str, message: impl Into<String>) -> Fault {
        Fault::new(StatusCode::CONFLICT, code, message)
    }

    pub fn too_large() -> Fault {
        Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "that is more than is taken at once")
    }

    pub fn too_slow() -> Fault {
        Fault::new(StatusCode::REQUEST_TIMEOUT, "too_slow", "the body did not come in time")
    }

    pub fn too_many(message: &str) -> Fault {
        Fault::new(StatusCode::TOO_MANY_REQUESTS, "too_many", message)
    }

    pub fn scenario(message: impl Into<String>) -> Fault {
        Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_scenario", message)
    }

    pub fn internal(message: &str) -> Fault {
        tracing::error!(message, "internal fault");
        Fault::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the server is at fault; see its log",
        )
    }
}

impl From<HouseError> for Fault {
    fn from(error: HouseError) -> Fault {
        match error {
            HouseError::Conflict(why) => Fault::conflict("conflict", why),
            other => {
                tracing::error!(error = %other, "the database");
                let text = "nothing was kept; try again";
                Fault::new(StatusCode::SERVICE_UNAVAILABLE, "busy", text)
            }
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let problem = Problem { code: self.code.to_owned(), message: self.message };
        (self.status, Json(problem)).into_response()
    }
}
