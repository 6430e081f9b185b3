//! How fast a battle plays: ship-ticks a second, with a digest of the result. `cargo run --release -p jumpline-battle --example
//! melee -- [ships] [ticks] [threads] [spread]`; without arguments the small sizes. `spread` puts the groups 60 km apart in place of 16.

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
use yard::Yard;

fn main() {
    let words: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let pitch_m = if std::env::args().any(|word| word == "spread") { 60_000 } else { 16_000 };
    match words.as_slice() {
        [ships, ticks, threads] => run(*ships, *ticks, *threads, pitch_m),
        [ships, ticks] => run(*ships, *ticks, 1, pitch_m),
        _ => {
            for (ships, ticks) in [(1_000, 200), (10_000, 100)] {
                for threads in [1, 2] {
                    run(ships, ticks, threads, pitch_m);
                }
            }
        }
    }
}

fn run(ships: usize, ticks: usize, threads: usize, pitch_m: i64) {
    let mut yard = Yard::melee_over(ships / 2, pitch_m);
    yard.threads = threads;
    let (began, burnt) = (std::time::Instant::now(), cpu_s());
    yard.play(ticks as i64);
    let wall = began.elapsed().as_secs_f64();
    let spent = cpu_s().zip(burnt).map_or(wall, |(now, then)| now - then);
    println!(
        "{ships:>7} ships {ticks:>4} ticks {threads} threads: {:>7.3} s CPU {:>7.3} s wall {:>6.2} M ship-ticks per CPU-second  lost {:>5}  in flight {:>6}  {HOT_BYTES} bytes a ship  digest {}",
        spent,
        wall,
        yard.fight.ship_ticks as f64 / spent / 1e6,
        yard.losses().len(),
        yard.fight.shots.len(),
        yard.digest(),
    );
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
