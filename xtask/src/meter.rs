//! What a piece of work cost: wall seconds, and CPU seconds of every child that has ended. Holds no history.
//!
//! Wall time wanders on a shared machine; CPU time of ended children is what we compare. It is read from
//! `/proc/self/stat`, so it is zero where there is no such file.

use std::time::Instant;

/// Started before the work, read after it.
pub struct Meter {
    started: Instant,
    cpu_ticks: u64,
}

/// What the work cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Seconds by the clock on the wall.
    pub wall_s: f64,
    /// User and system seconds of all children that ended meanwhile.
    pub cpu_s: f64,
}

impl Meter {
    pub fn start() -> Self {
        Self { started: Instant::now(), cpu_ticks: children_cpu_ticks() }
    }

    pub fn read(&self) -> Cost {
        let ticks = children_cpu_ticks().saturating_sub(self.cpu_ticks);
        // Linux reports these in USER_HZ, which is 100 on every machine we know.
        Cost { wall_s: self.started.elapsed().as_secs_f64(), cpu_s: ticks as f64 / 100.0 }
    }
}

fn children_cpu_ticks() -> u64 {
    std::fs::read_to_string("/proc/self/stat").ok().and_then(|stat| parse(&stat)).unwrap_or(0)
}

/// `cutime + cstime`: fields 16 and 17, counted after the last `)` since a program's name may hold spaces.
fn parse(stat: &str) -> Option<u64> {
    let after_name = stat.rsplit_once(')')?.1;
    let mut fields = after_name.split_whitespace().skip(13);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_children_times_past_an_awkward_name() {
        let stat = "4242 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 130 7 20 0 1 0";
        assert_eq!(super::parse(stat), Some(137));
        assert_eq!(super::parse("nonsense"), None);
    }
}
