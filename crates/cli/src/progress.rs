//! A bar on stderr while a war is played: the date, where there is battle, ship-ticks a second. Silent when stderr is no terminal.
//!
//! It moves within a turn too, since a great battle can make one turn long.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jumpline_campaign::{Progress as Within, Turn};
use jumpline_measure::{Calendar, Time};
use jumpline_world::{Law, State};
use std::time::{Duration, Instant};

/// Most battles named at once.
const BATTLES_MAX: usize = 3;

/// The bar.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    ship_ticks: u64,
}

impl Progress {
    /// A bar from the war's present to a date.
    pub fn new(law: &Law, now: Time, until: Time) -> Progress {
        let seconds = until.saturating_since(now).0.max(1).cast_unsigned();
        let turns = seconds.div_ceil(law.turn.0.max(1).cast_unsigned());
        Progress::over(turns)
    }

    /// A bar over so many steps.
    pub fn over(steps: u64) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{spinner} {wide_bar:.dim} {pos}/{len} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Progress { bar, started: Instant::now(), ship_ticks: 0 }
    }

    /// Tells of a turn just played.
    pub fn turn(&mut self, law: &Law, state: &State, turn: &Turn) {
        self.ship_ticks = self.ship_ticks.saturating_add(turn.ship_ticks);
        if !self.bar.is_hidden() {
            let date = law.calendar.long(state.now);
            self.bar.set_message(format!("{date} {}{}", battles(law, state), self.rate()));
        }
        self.bar.inc(1);
    }

    /// Tells how far a turn has come.
    pub fn within(&self, calendar: &Calendar, within: &Within) {
        if self.bar.is_hidden() {
            return;
        }
        let date = calendar.long(within.now);
        let fighting = match within.fighting {
            0 => String::new(),
            ships => format!("· {ships} ships in battle · "),
        };
        self.bar.set_message(format!("{date} {fighting}{}", self.rate()));
    }

    fn rate(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64().max(0.001);
        format!("{:.1} M ship-ticks/s", self.ship_ticks as f64 / seconds / 1e6)
    }

    /// One more step done.
    pub fn step(&self, message: String) {
        self.bar.set_message(message);
        self.bar.inc(1);
    }

    /// Takes the bar away.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}

fn battles(law: &Law, state: &State) -> String {
    let names: Vec<String> = state
        .engagements
        .values()
        .take(BATTLES_MAX)
        .map(|battle| {
            let body = law.codex.chart.bodies.get(battle.body.index());
            let name = body.map_or("the deep", |body| body.name.as_str());
            format!("battle at {name}, {} ships", battle.columns.id.len())
        })
        .collect();
    if names.is_empty() { String::new() } else { format!("· {} · ", names.join("; ")) }
}
