//! Battle records that a command wrote: ended, told, put into JSON.

use crate::failure::Failure;
use jumpline_chronicle::words::counted_exactly;
use jumpline_record::{Place, Problem, Shelf, Standing};
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

/// A record that cannot be written.
pub fn failed(path: &Path, problem: &Problem) -> Failure {
    Failure::Input(format!("cannot record to {}: {problem}", path.display()))
}

/// A line for each record.
pub fn told(standing: &[Standing]) -> String {
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
    out
}

/// A line for all of them.
pub fn counted(standing: &[Standing]) -> String {
    let Some(folder) = standing.first().and_then(|one| one.path.parent()) else {
        return String::new();
    };
    let bytes: u64 = standing.iter().map(|one| one.summary.bytes).sum();
    let battles = counted_exactly(i64::try_from(standing.len()).unwrap_or(0), "battle");
    format!("\nrecorded to {}: {battles}, {:.2} MB\n", folder.display(), bytes as f64 / 1e6)
}

/// For JSON.
pub fn json(one: &Standing) -> Value {
    let place = |place: &Place| {
        let [x, y, z] = place.place_m;
        json!({ "tick": place.tick, "ship": place.ship, "x": x, "y": y, "z": z })
    };
    let places: Vec<Value> = one.summary.places.iter().map(place).collect();
    json!({
        "file": one.path.to_string_lossy(),
        "engagement": one.engagement,
        "bytes": one.summary.bytes,
        "ticks": one.summary.ticks,
        "ship_ticks": one.summary.ship_ticks,
        "rows": one.summary.rows,
        "moves": one.summary.moves,
        "states": one.summary.states,
        "targets": one.summary.targets,
        "events": one.summary.events,
        "sums": one.summary.sums,
        "places": places,
        "digest": one.summary.digest,
    })
}
