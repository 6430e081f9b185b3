//! Everything that a request may need: the house, the tables in use, who is logged in.

use crate::config::Config;
use crate::fault::Fault;
use crate::play;
use crate::secret;
use crate::slots::Slots;
use crate::table::Table;
use governor::{DefaultKeyedRateLimiter, Quota};
use jumpline_scenario::{Texts, load};
use jumpline_store::house::{self, Account, HouseError, Keeper, Sql};
use jumpline_wire::account::Mode;
use jumpline_wire::game::{OfferedPower, Scenario};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{broadcast, oneshot};

/// A bound on how often, by address.
pub(crate) type Rate = DefaultKeyedRateLimiter<IpAddr>;

fn at_least_one(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN)
}

/// Shared by all requests.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

pub(crate) struct Inner {
    pub config: Config,
    pub keeper: Keeper,
    pub scenarios: Vec<Scenario>,
    /// Requests by address.
    pub rate: Rate,
    /// Tries at passwords by address.
    pub tries: Rate,
    /// Turns that may be played at once.
    pub slots: Slots,
    tables: Mutex<BTreeMap<String, Arc<Table>>>,
    /// Sessions in use, by hash, and when each was last asked for in the house (wall clock, milliseconds).
    pub sessions: Mutex<BTreeMap<[u8; 32], (Account, i64)>>,
    /// Hashes of sessions that have just ended.
    pub ended: broadcast::Sender<[u8; 32]>,
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    pub fn new(config: Config, keeper: Keeper) -> App {
        let scenarios = config.wars.scenarios.iter();
        let scenarios = scenarios.filter_map(|(key, texts)| offered(key, texts)).collect();
        let slots = Slots::new(config.turns_at_once);
        let caps = &config.caps;
        let rate = Quota::per_second(at_least_one(caps.rate_per_s));
        let rate = rate.allow_burst(at_least_one(caps.burst));
        let tries = Quota::per_minute(at_least_one(10)).allow_burst(at_least_one(caps.tries));
        App(Arc::new(Inner {
            rate: Rate::keyed(rate),
            tries: Rate::keyed(tries),
            config,
            keeper,
            scenarios,
            slots,
            tables: Mutex::new(BTreeMap::new()),
            sessions: Mutex::new(BTreeMap::new()),
            ended: broadcast::channel(256).0,
        }))
    }

    /// Does something in the house and waits until it is durable.
    pub async fn keep<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Sql) -> Result<T, HouseError> + Send + 'static,
    ) -> Result<T, Fault> {
        let (told, answer) = oneshot::channel();
        self.keeper.ask(work, move |result| drop(told.send(result)));
        let closing = || HouseError::Refused("it is closing".to_owned());
        Ok(answer.await.map_err(|_| closing())??)
    }

    pub fn tables(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Table>>> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The table of a game, set up if it is not in use. Whether the asker may sit at it is another question.
    pub async fn table(&self, game: &str) -> Result<Arc<Table>, Fault> {
        if let Some(table) = self.tables().get(game) {
            return Ok(Arc::clone(table));
        }
        let plausible = game.len() <= 64 && game.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let id = game.to_owned();
        let row = match plausible {
            true => self.keep(move |sql| house::game(sql, &id)).await?,
            false => None,
        };
        let row = row.ok_or_else(Fault::not_found)?;
        let app = self.clone();
        let table = blocking(move || Table::set_up(&app, row)).await??;
        let table = self.seat_table(table);
        // The server may have been stopped between the last word and the turn.
        play::if_all_in(self, &table, &mut *table.desk.lock().await);
        Ok(table)
    }

    /// Puts a table among those in use; the one that was there first stays.
    pub fn seat_table(&self, table: Table) -> Arc<Table> {
        let mut tables = self.tables();
        let table = tables.entry(table.id.clone()).or_insert_with(|| Arc::new(table));
        Arc::clone(table)
    }

    /// Is everybody one person at this machine?
    pub fn local(&self) -> bool {
        self.config.mode == Mode::Local
    }

    /// A clock reading for people.
    pub fn wall_ms(&self) -> i64 {
        self.config.clock.wall_ms()
    }

    /// A clock reading for deadlines.
    pub fn running_ms(&self) -> i64 {
        #[cfg(feature = "canary")]
        if self.config.defect == Some(crate::config::Defect::WallClock) {
            return self.config.clock.wall_ms();
        }
        self.config.clock.running_ms()
    }

    /// Is that defect planted?
    #[cfg(feature = "canary")]
    pub fn planted(&self, defect: crate::config::Defect) -> bool {
        self.config.defect == Some(defect)
    }

    /// An id that nobody guesses.
    pub fn new_id(&self, letters: usize) -> Result<String, Fault> {
        match &self.config.draw_ids {
            Some(draw) => Ok(draw(letters)),
            None => secret::draw(letters),
        }
    }
}

/// Runs what takes a while beside what must not wait.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Fault::internal(&error.to_string()))
}

fn offered(key: &str, texts: &Texts) -> Option<Scenario> {
    let loaded = load(key, texts).0?;
    let law = &loaded.law;
    Some(Scenario {
        key: key.to_owned(),
        title: law.title.clone(),
        summary: loaded.summary.clone(),
        powers: (0..)
            .zip(&law.codex.powers)
            .map(|(power, one)| OfferedPower {
                power,
                key: one.key.clone(),
                name: one.name.clone(),
            })
            .collect(),
        systems: u32::try_from(law.codex.chart.systems.len()).unwrap_or(u32::MAX),
        turns: law.turns(),
        turn_s: law.turn.0,
    })
}
