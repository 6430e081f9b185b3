//! Minding without a plan: what a power does with groups that nobody has spoken for.
//!
//! The order matters: first what must be saved, then what must be held, then what can be won. A group gets at most one new
//! purpose a turn. Refuses to send anything piecemeal: what is to strike is gathered first.

mod defend;
mod keep;
mod scout;
mod strike;

use crate::mind::Mind;
use crate::operations;

pub fn act(mind: &mut Mind) {
    if !operations::all_begun(mind) {
        return;
    }
    keep::away(mind);
    keep::unload(mind);
    keep::join(mind);
    defend::act(mind);
    scout::send(mind);
    strike::act(mind);
    scout::split(mind);
}
