//! Battle records that a command wrote: ended, told, put into JSON.

use crate::failure::Failure;
use jumpline_record::{Problem, Shelf, Standing};
use serde_json::{Value, json};
use std::path::Path;

/// Ends what a shelf still holds.
pub fn finish(shelf: Option<Shelf>) -> Result<Vec<Standing>, Failure> {
    match shelf.map(Shelf::finish) {
        None => Ok(Vec::new()),
        Some(Ok(standing)) => Ok(standing),
        Some(Err((path, problem))) => Err(failed(&path, &problem)),
    }
}

fn failed(path: &Path, problem: &Problem) -> Failure {
    Failure::Input(format!("cannot record to {}: {problem}", path.display()))
}

/// A line for each record.
pub fn told(standing: &[Standing]) -> Result<String, Failure> {
    let mut out = String::new();
    for one in standing {
        let short = one.summary.digest.get(..16).unwrap_or(&one.summary.digest);
        out.push_str(&format!(
            "\nrecorded to {}: {:.2} MB, {} ticks, digest {short}\n",
            one.path.display(),
            one.summary.bytes as f64 / 1e6,
            one.summary.ticks,
        ));
    }
    Ok(out)
}

/// For JSON.
pub fn json(one: &Standing) -> Value {
    json!({
        "file": one.path.to_string_lossy(),
        "engagement": one.engagement,
        "bytes": one.summary.bytes,
        "ticks": one.summary.ticks,
        "ship_ticks": one.summary.ship_ticks,
        "moves": one.summary.moves,
        "events": one.summary.events,
        "digest": one.summary.digest,
    })
}
