//! How big a record is: `cargo run --release -p jumpline-record --example hour -- [ticks] SIDE SIDE`. Prints megabytes, what it cost to
//! write and read, how far the replay is off, and the digest. `hour storm` is the worst that can be thought of: nobody dies, and everybody
//! swerves at random in every tick.

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
    if words.first().is_some_and(|word| word == "storm") {
        return storm();
    }
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

/// 5,000 ships that are thrown about for 1,800 ticks.
fn storm() {
    use jumpline_battle::{Glimpse, Watcher};
    use jumpline_measure::{BodyId, ClassId, EngagementId, PowerId, ShipId};
    let law = arena::law();
    let centre = jumpline_chart::Spot::new(1_000_000, jumpline_measure::Bearing::X);
    let mut battle = jumpline_battle::open(
        &law.codex,
        EngagementId(0),
        BodyId(0),
        centre,
        law.begins,
        Vec::new(),
    );
    battle.tallies.push(jumpline_world::engagement::Tally {
        power: PowerId(0),
        came: 5_000,
        lost: 0,
    });
    let mut state = 1_u64;
    let mut luck = || {
        // SplitMix64: a bench's own luck.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) >> 40) as f32 / 8_388_608.0 - 1.0
    };
    let mut ships: Vec<Glimpse> = (0..5_000)
        .map(|id| Glimpse {
            ship: ShipId(id),
            class: ClassId(id % 8),
            power: PowerId(id % 2),
            posture: 0,
            place_m: [luck() * 3e5, luck() * 3e5, luck() * 3e5],
            velocity_mps: [0.0; 3],
            heading: [1.0, 0.0, 0.0],
            up: [0.0, 0.0, 1.0],
            shields: [1_000; 6],
            armour: 1_000,
            hull: 1_000,
            target: None,
            mode: jumpline_world::engagement::Mode::Fighting,
        })
        .collect();
    let began = Instant::now();
    let sink = std::io::Cursor::new(Vec::new());
    let mut recorder = jumpline_record::Recorder::new(law, &battle, 1, sink).unwrap();
    for tick in 0..=1_800 {
        battle.tick = tick;
        for (id, ship) in ships.iter_mut().enumerate() {
            for axis in 0..3 {
                // 250 m/s2 whichever way.
                let speed = ship.velocity_mps[axis] + luck() * 500.0;
                ship.velocity_mps[axis] = speed.clamp(-5_000.0, 5_000.0);
                ship.place_m[axis] += ship.velocity_mps[axis] * 2.0;
                ship.heading[axis] += luck() * 0.3;
            }
            let length = ship.heading.iter().map(|part| part * part).sum::<f32>().sqrt().max(1e-3);
            ship.heading = ship.heading.map(|part| part / length);
            if (tick as usize + id).is_multiple_of(5) {
                ship.target = Some(ShipId((luck().abs() * 4_999.0) as u32));
            }
            if (tick as usize + id).is_multiple_of(30) {
                ship.shields[id % 6] = (luck().abs() * 1_000.0) as i32;
            }
            recorder.see(&battle, ship);
        }
        recorder.tick(&battle);
        if tick % 15 == 0 {
            // As between two calls: all that was told has been heard.
            for ship in &ships {
                recorder.see(&battle, ship);
            }
            recorder.tick(&battle);
        }
    }
    recorder.close(&battle, law.begins);
    let (sink, summary) = recorder.finish().unwrap();
    let bytes = sink.into_inner();
    let record = arena::read(&bytes).unwrap();
    let exact: Vec<u16> = record
        .stretches
        .iter()
        .map(|rows| rows.iter().map(|row| row.error_m).max().unwrap_or(0))
        .collect();
    println!("exactness by stretch, metres: {exact:?}");
    println!(
        "{:>6.2} MB {:>5} ticks {:>8} ship-ticks {:>7} moves; {:.0} ms; digest {}",
        bytes.len() as f64 / 1e6,
        summary.ticks,
        summary.ship_ticks,
        summary.moves,
        began.elapsed().as_secs_f64() * 1e3,
        summary.digest
    );
}
