//! Battle records that a command wrote: ended, told, put into JSON.

use crate::failure::Failure;
use jumpline_chronicle::words::counted_exactly;
use jumpline_record::{Place, Problem, Record, Shelf, Standing, Tale};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Rows of a curve at the most.
const STEPS_MOST: u32 = 20;

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
        out.push_str(&curve(&one.path).unwrap_or_default());
    }
    out
}

/// Ships and strength by side, from the record itself.
fn curve(path: &Path) -> Option<String> {
    let record = Record::read(fs::read(path).ok()?).ok()?;
    let minutes = record.header.seconds(f64::from(record.ticks)) / 60.0;
    let step_s = (minutes / f64::from(STEPS_MOST)).ceil().max(1.0) as u32 * 60;
    let tale = Tale::of(&record, step_s);
    let name = |power: &u16| {
        let power = record.header.powers.get(usize::from(*power));
        power.map_or("?", |power| power.key.as_str()).to_owned()
    };
    let names: Vec<String> = tale.powers.iter().map(name).collect();
    let mut out = format!("\n{:>7}", "minute");
    for name in &names {
        out.push_str(&format!("  {name:>20}"));
    }
    out.push_str("   ships, strength left\n");
    let whole: Vec<i64> = tale.curve.first().map_or(Vec::new(), |first| first.points.clone());
    for step in &tale.curve {
        out.push_str(&format!("{:>7.1}", record.header.seconds(f64::from(step.tick)) / 60.0));
        for (at, ships) in step.ships.iter().enumerate() {
            let share = step.points[at].saturating_mul(100) / whole[at].max(1);
            out.push_str(&format!("  {:>20}", format!("{ships} {share:>3} %")));
        }
        out.push('\n');
    }
    for one in &tale.withdrawals {
        let minute = record.header.seconds(f64::from(one.tick)) / 60.0;
        out.push_str(&format!("minute {minute:.1}: a group of {} broke off\n", name(&one.power)));
    }
    Some(out)
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
