//! How big a record is: `cargo run --release -p jumpline-record --example hour -- [ticks] SIDE SIDE`. Prints megabytes, what it cost to
//! write and read, how far the replay is off, and the digest.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a bench asks the clock, tells and may stop"
)]

#[path = "../tests/it/arena.rs"]
mod arena;

use std::time::Instant;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let ticks: u32 = words.first().map_or(1_800, |word| word.parse().unwrap());
    let sides: Vec<&str> = if words.len() > 2 {
        words[1..].iter().map(String::as_str).collect()
    } else {
        vec!["hycre:destroyer*1800+cruiser*200", "cajdital:cruiser*3000"]
    };
    let duel = arena::duel(&sides);
    let began = Instant::now();
    let mut nobody = Nobody;
    let most = std::sync::atomic::AtomicU32::new(0);
    let beats = ticks / 15;
    let stopped = || most.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= beats;
    duel.bout_watched(1, 1, &stopped, &mut nobody);
    let plain = began.elapsed();

    let began = Instant::now();
    let fought = arena::fight(&sides, 1, false, ticks);
    let watched = began.elapsed();
    let began = Instant::now();
    let record = arena::read(&fought.bytes).unwrap();
    let read = began.elapsed();
    let exact: Vec<u16> = record
        .stretches
        .iter()
        .map(|rows| rows.iter().map(|row| row.error_m).max().unwrap_or(0))
        .collect();
    let aims: usize = record.rows().map(|row| row.aims.len()).sum();
    let conditions: usize = record.rows().map(|row| row.conditions.len()).sum();
    println!("exactness by stretch, metres: {exact:?}");
    println!(
        "{} rows, {aims} targets, {conditions} states, {} events",
        record.rows().count(),
        fought.summary.events
    );
    let again = arena::fight(&sides, 1, true, ticks);
    let (worst, mean, broken) = arena::errors(&again, &record);
    println!(
        "{:>6.2} MB {:>5} ticks {:>8} ship-ticks {:>7} moves: {:.2} bytes a ship-tick; {:.0} ms alone, {:.0} ms recorded, {:.0} ms read; \
         off {worst:.0} m at worst, {mean:.0} m in the mean, promise kept by {:.0} m; digest {}",
        fought.bytes.len() as f64 / 1e6,
        record.ticks,
        fought.summary.ship_ticks,
        fought.summary.moves,
        fought.bytes.len() as f64 / fought.summary.ship_ticks as f64,
        plain.as_secs_f64() * 1e3,
        watched.as_secs_f64() * 1e3,
        read.as_secs_f64() * 1e3,
        -broken,
        record.digest
    );
}

/// Looks on and does nothing.
struct Nobody;

impl jumpline_battle::Watcher for Nobody {
    fn see(
        &mut self,
        _battle: &jumpline_world::engagement::Engagement,
        _ship: &jumpline_battle::Glimpse,
    ) {
    }

    fn tick(&mut self, _battle: &jumpline_world::engagement::Engagement) {}
}
