//! Thread pools, made once for each size asked for. Which one is used, or none, never changes a result.

use std::sync::OnceLock;

/// Battles smaller than this are not worth handing round.
const SHIPS_LEAST: usize = 768;

/// Sizes that are kept.
const SIZES: usize = 65;

static POOLS: [OnceLock<Option<rayon::ThreadPool>>; SIZES] = [const { OnceLock::new() }; SIZES];

/// A pool of so many threads for a battle of so many ships; none plays on the calling thread.
pub fn of(threads: usize, ships: usize) -> Option<&'static rayon::ThreadPool> {
    if threads <= 1 || ships < SHIPS_LEAST {
        return None;
    }
    let threads = threads.min(SIZES - 1);
    POOLS[threads]
        .get_or_init(|| rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok())
        .as_ref()
}
