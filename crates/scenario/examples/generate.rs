//! Writes a generated scenario to standard output, file after file: `cargo run --example generate -- 300 12 1`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "an example is at the edge"
)]

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let number = |at: usize, otherwise: u32| {
        numbers.get(at).map_or(otherwise, |n| u32::try_from(*n).unwrap_or(u32::MAX))
    };
    let seed = numbers.get(2).copied().unwrap_or(0);
    for (name, text) in jumpline_scenario::generator::generate(number(0, 30), number(1, 4), seed) {
        println!("# ---- {name}\n{text}");
    }
}
