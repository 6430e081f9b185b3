//! What the playing of a war cost: seconds by the clock on the wall and seconds of this process on all its threads.
//!
//! CPU time is read from `/proc/self/stat`; it is zero where there is no such file.

use std::time::Instant;

/// Started before the work, read after it.
pub struct Meter {
    started: Instant,
    cpu_s: f64,
}

/// Linux reports times there in hundredths of a second on every machine we know.
const TICKS_A_SECOND: f64 = 100.0;

impl Meter {
    pub fn start() -> Meter {
        Meter { started: Instant::now(), cpu_s: cpu_s() }
    }

    /// Seconds by the clock on the wall.
    pub fn wall_s(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Seconds of CPU, user and system.
    pub fn cpu_s(&self) -> f64 {
        (cpu_s() - self.cpu_s).max(0.0)
    }
}

fn cpu_s() -> f64 {
    std::fs::read_to_string("/proc/self/stat").ok().and_then(|stat| parse(&stat)).unwrap_or(0.0)
}

/// `utime + stime`: fields 14 and 15, counted after the last `)` since a program's name may hold spaces.
fn parse(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some((f64::from(user) + f64::from(system)) / TICKS_A_SECOND)
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_times_past_an_awkward_name() {
        let stat = "4242 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 130 7 0 0 20 0 1 0";
        assert_eq!(super::parse(stat), Some(1.37));
        assert_eq!(super::parse("nonsense"), None);
    }
}
