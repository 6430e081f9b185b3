//! What a server is given when it starts.

use crate::caps::Caps;
use crate::clock::{Clock, SystemClock};
use jumpline_scenario::Texts;
use jumpline_wire::account::Mode;
use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// Where games are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// One SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, `postgres://user@host:port/database`.
    Postgres(String),
}

/// Puts a scenario's ruleset beside it; an error says why it cannot.
pub type AddRuleset = Arc<dyn Fn(&mut Texts) -> Result<(), String> + Send + Sync>;

/// The wars that can be begun.
#[derive(Clone)]
pub struct Library {
    /// Shipped scenarios by key, with their rulesets.
    pub scenarios: BTreeMap<String, Texts>,
    /// For galaxies made on demand.
    pub add_ruleset: AddRuleset,
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.scenarios.keys()).finish()
    }
}

/// Told of each turn, by game and number, right before it is played. For tests: what it does, the engine could do.
pub type BeforeTurn = Arc<dyn Fn(&str, u32) + Send + Sync>;

/// Draws an id of so many letters. For tests that hold two servers against one another byte by byte.
pub type DrawIds = Arc<dyn Fn(usize) -> String + Send + Sync>;

/// Defects that tests plant and must catch.
#[cfg(feature = "canary")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// Answers tell how many ships there are in all (P6).
    LeakCount,
    /// A tag tells that something changed, though nothing did that its reader may know (P6).
    LeakTag,
    /// A stream tells more often when there are more ships (P6).
    LeakPush,
    /// The id of an order is not looked at (P2).
    ForgetIds,
    /// Deadlines go by the clock on the wall (P11).
    WallClock,
    /// A seat is believed to be whose the path says (P13).
    TrustPath,
}

/// Everything.
#[derive(Clone)]
#[non_exhaustive]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where to answer for metrics, if elsewhere than beside the games.
    pub metrics: Option<SocketAddr>,
    /// Where games are kept.
    pub place: Place,
    /// How people are known.
    pub mode: Mode,
    /// The wars that can be begun.
    pub wars: Library,
    /// Where times come from.
    pub clock: Arc<dyn Clock>,
    /// Bounds.
    pub caps: Caps,
    /// Threads for one turn.
    pub threads: usize,
    /// Games whose turns are played at once.
    pub turns_at_once: usize,
    /// The folder in which records of battles are kept; none keeps none.
    pub records: Option<PathBuf>,
    /// Told of each turn.
    pub before_turn: Option<BeforeTurn>,
    /// Where the ids of games and the names of streams come from; none draws them from the system.
    pub draw_ids: Option<DrawIds>,
    /// The defect planted.
    #[cfg(feature = "canary")]
    pub defect: Option<Defect>,
}

impl Config {
    /// The usual, for one person at this machine.
    pub fn new(listen: SocketAddr, place: Place, wars: Library) -> Config {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Config {
            listen,
            metrics: None,
            place,
            mode: Mode::Local,
            wars,
            clock: Arc::new(SystemClock::default()),
            caps: Caps::default(),
            threads: cores,
            turns_at_once: cores,
            records: None,
            before_turn: None,
            draw_ids: None,
            #[cfg(feature = "canary")]
            defect: None,
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("listen", &self.listen)
            .field("mode", &self.mode)
            .field("wars", &self.wars)
            .finish_non_exhaustive()
    }
}
