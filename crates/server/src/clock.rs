//! Two clocks that must not be mixed up: the one that runs evenly and decides deadlines, and the one on the wall, which may be set, and
//! is only ever shown. What is left of a deadline is kept, not its date: time in which the server does not run is nobody's.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Where times come from.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since some moment, evenly running.
    fn running_ms(&self) -> i64;
    /// Milliseconds since 1970 as the machine believes.
    fn wall_ms(&self) -> i64;
}

/// The machine's clocks.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> SystemClock {
        SystemClock(Instant::now())
    }
}

impl Clock for SystemClock {
    fn running_ms(&self) -> i64 {
        i64::try_from(self.0.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    fn wall_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

/// Clocks set by hand, for tests.
#[derive(Debug, Default)]
pub struct HandClock {
    running: AtomicI64,
    wall: AtomicI64,
}

impl HandClock {
    /// Time passes on both.
    pub fn pass(&self, ms: i64) {
        self.running.fetch_add(ms, Ordering::SeqCst);
        self.wall.fetch_add(ms, Ordering::SeqCst);
    }

    /// Somebody sets the clock on the wall.
    pub fn set_wall(&self, ms: i64) {
        self.wall.store(ms, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn running_ms(&self) -> i64 {
        self.running.load(Ordering::SeqCst)
    }

    fn wall_ms(&self) -> i64 {
        self.wall.load(Ordering::SeqCst)
    }
}
