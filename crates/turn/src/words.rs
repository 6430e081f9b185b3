//! Words between powers arrive.

use crate::stage::Stage;
use jumpline_world::{Cause, What};

/// A request reaches the power that was asked.
pub(crate) fn word(stage: &mut Stage, subject: u64) {
    let Some(request) = stage.state.requests.iter().find(|one| u64::from(one.number) == subject)
    else {
        return;
    };
    let what = What::Asked {
        request: request.number,
        from: request.from,
        to: request.to,
        body: request.body,
    };
    let body = request.body;
    // The asker's operation explains it, if it has begun.
    let because: Vec<Cause> = stage
        .law
        .plan
        .operations
        .iter()
        .zip(&stage.state.operations)
        .filter(|(operation, _)| {
            operation.key == request.operation && operation.power == request.from
        })
        .filter_map(|(_, life)| life.event.map(Cause::Event))
        .collect();
    stage.tell(Some(body), what, because);
}
