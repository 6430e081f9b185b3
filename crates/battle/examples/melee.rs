//! How fast a battle plays: ship-ticks a second, with a digest of the result. `cargo run --release -p jumpline-battle --example
//! melee -- [ships] [ticks] [threads] [many | spread | half]`; without numbers the small sizes.
//!
//! - By default the groups of each side stand 16 km apart on one front, which is the dearest: the wider the front, the more of it
//!   is within reach of each ship, until at some 10,000 ships reach is full.
//! - `spread` puts the groups 60 km apart.
//! - `many` sets melees of 1,000 beside each other, out of each other's sight: however many ships there are in all, there are
//!   as many about each. Growth of cost is judged by this one.
//! - `half` plays until one side has lost half of its ships, whatever the ticks.
//!
//! Printed beside: how many ships stand within 40 km of a ship, at the beginning and at the end. Everything that is so is
//! digested every 25 ticks, and that is part of the cost.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::disallowed_macros,
    reason = "a bench asks the clock and tells"
)]
#![allow(clippy::expect_used, reason = "a bench may stop")]

#[path = "../tests/it/yard.rs"]
mod yard;

use jumpline_battle::tuning::HOT_BYTES;
use jumpline_world::law::Arc;
use yard::Yard;

/// Ticks between two digests.
const BEAT: i64 = 25;

/// Within so many metres of a ship her neighbours are counted: the reach of most guns.
const NEAR_M: f32 = 40_000.0;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let make = words.iter().find(|word| word.parse::<usize>().is_err());
    let make = make.map_or("", String::as_str);
    match numbers.as_slice() {
        [ships, ticks, threads] => run(*ships, *ticks, *threads, make),
        [ships, ticks] => run(*ships, *ticks, 1, make),
        _ => {
            for (ships, ticks) in [(1_000, 200), (10_000, 100)] {
                for threads in [1, 2] {
                    run(ships, ticks, threads, make);
                }
            }
        }
    }
}

fn run(ships: usize, ticks: usize, threads: usize, make: &str) {
    let per_side = ships / 2;
    let mut yard = match make {
        "many" => melees(per_side, 500, 16_000),
        "spread" => melees(per_side, per_side, 60_000),
        _ => melees(per_side, per_side, 16_000),
    };
    yard.threads = threads;
    let half = make == "half";
    let before = crowd(&yard);
    let (began, burnt) = (std::time::Instant::now(), cpu_s());
    let mut digest = blake3::Hasher::new();
    let mut second = 0;
    while if half { !halved(&yard) && second < 10_000 } else { second < ticks as i64 } {
        second = if half { second + 5 } else { (second + BEAT).min(ticks as i64) };
        yard.play(second);
        if second % BEAT == 0 || second == ticks as i64 {
            digest.update(&yard.bytes());
        }
    }
    let wall = began.elapsed().as_secs_f64();
    let spent = cpu_s().zip(burnt).map_or(wall, |(now, then)| now - then);
    let ticks = second;
    println!(
        "{ships:>7} ships {ticks:>4} ticks {threads} threads: {:>7.3} s CPU {:>7.3} s wall {:>6.3} M ship-ticks per CPU-second  lost {:>5}  in flight {:>6}  near {:.0} to {:.0}  {HOT_BYTES} bytes a ship  digest {}",
        spent,
        wall,
        yard.fight.ship_ticks as f64 / spent / 1e6,
        yard.losses().len(),
        yard.fight.shots.len(),
        before,
        crowd(&yard),
        &digest.update(yard.digest().as_bytes()).finalize().to_hex()[..16],
    );
}

/// Melees of so many ships a side in all, no more than `each` in one, so far apart that none sees another. Every class has four
/// batteries.
fn melees(per_side: usize, each: usize, pitch_m: i64) -> Yard {
    let mut yard = Yard::melee(0);
    let mix = vec![
        yard.battery("orb", 1, Arc::Fore),
        yard.battery("plasma", 3, Arc::Fore),
        yard.battery("missile", 1, Arc::All),
        yard.battery("shard", 1, Arc::All),
    ];
    let frigate = yard.codex.classes.iter_mut().find(|class| class.key == "frigate");
    frigate.expect("a melee has frigates").batteries = mix;
    let each = each.min(per_side).max(1);
    let count = per_side / each;
    let row = (1..).find(|side| side * side >= count).unwrap_or(1);
    for nth in 0..count {
        let place = |at: usize| (at as i64 * 2 - row as i64 + 1) * 300_000;
        fronts(&mut yard, each, pitch_m, [place(nth % row), place(nth / row)]);
    }
    yard
}

/// Groups of up to a hundred on two square fronts that face each other, so many metres between neighbouring groups.
fn fronts(yard: &mut Yard, per_side: usize, pitch_m: i64, [y, z]: [i64; 2]) {
    let mut parts: Vec<(&str, usize)> = Vec::new();
    for (class, share) in [("battleship", 5), ("cruiser", 55), ("destroyer", 20), ("frigate", 20)] {
        let count = per_side * share / 100;
        parts.extend((0..count).step_by(100).map(|part| (class, (count - part).min(100))));
    }
    let row = (1..).find(|side| side * side >= parts.len()).unwrap_or(1);
    for (power, x) in [(0, -40_000), (1, 40_000)] {
        for (nth, (class, count)) in parts.iter().enumerate() {
            let place = |at: usize| (at as i64 * 2 - row as i64 + 1) * pitch_m / 2;
            let at = [x, y + place(nth % row), z + place(nth / row)];
            yard.send(power, class, *count, at);
        }
    }
}

/// How many ships stand near a ship, on average of some two hundred.
fn crowd(yard: &Yard) -> f64 {
    let places = &yard.fight.columns.position;
    let asked: Vec<_> = places.iter().step_by(places.len().div_ceil(200).max(1)).collect();
    let apart = |one: &[f32; 3], other: &[f32; 3]| {
        let part = |axis: usize| one[axis] - other[axis];
        part(0) * part(0) + part(1) * part(1) + part(2) * part(2)
    };
    let near = |one: &[f32; 3]| {
        let within = |other: &&[f32; 3]| apart(one, other) <= NEAR_M * NEAR_M;
        places.iter().filter(within).count() as f64 - 1.0
    };
    asked.iter().map(|one| near(one)).sum::<f64>() / asked.len().max(1) as f64
}

/// Has either side lost half of what it came with?
fn halved(yard: &Yard) -> bool {
    yard.fight.tallies.iter().any(|tally| tally.lost * 2 >= tally.came.max(1))
}

/// CPU seconds of all threads so far, where the system tells.
fn cpu_s() -> Option<f64> {
    let mut sum_ns = 0_u64;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        sum_ns += text.split_whitespace().next()?.parse::<u64>().ok()?;
    }
    Some(sum_ns as f64 / 1e9)
}
