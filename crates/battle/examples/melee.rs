//! How fast a battle plays: ship-ticks a second, with a digest of the result. `cargo run --release -p jumpline-battle --example
//! melee -- [ships] [ticks] [threads]`; without arguments the small sizes.

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

use yard::Yard;

fn main() {
    let words: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    match words.as_slice() {
        [ships, ticks, threads] => run(*ships, *ticks, *threads),
        [ships, ticks] => run(*ships, *ticks, 1),
        _ => {
            for (ships, ticks) in [(1_000, 300), (10_000, 120)] {
                for threads in [1, 2] {
                    run(ships, ticks, threads);
                }
            }
        }
    }
}

fn run(ships: usize, ticks: usize, threads: usize) {
    let mut yard = Yard::melee(ships / 2);
    yard.threads = threads;
    let began = std::time::Instant::now();
    yard.play(ticks as i64);
    let spent = began.elapsed().as_secs_f64();
    println!(
        "{ships:>7} ships {ticks:>4} ticks {threads} threads: {:>7.3} s  {:>6.2} M ship-ticks/s  lost {:>5}  in flight {:>6}  digest {}",
        spent,
        yard.fight.ship_ticks as f64 / spent / 1e6,
        yard.losses().len(),
        yard.fight.shots.len(),
        yard.digest(),
    );
}
