//! A war that is played elsewhere in this program, and looked at here while it is: its turns are handed over one by one, kept, and told as
//! those of any game are. Contrast [`crate::play`], which plays a turn itself. No orders are taken meanwhile; the past may be forked.

use crate::app::App;
use crate::play::tell_turn;
use crate::records;
use crate::routes::games::{GAME_ID_LETTERS, fresh, written};
use crate::server::Server;
use crate::table::{Standing, Table};
use jumpline_campaign::{Campaign, Turn};
use jumpline_measure::Time;
use jumpline_record::Shelf;
use jumpline_scenario::Texts;
use jumpline_store::PLAY_VERSION;
use jumpline_store::house::{self, GameRow, HouseError, PackedTurn, SeatRow};
use jumpline_wire::game::{Settings, Stage, Watching};
use jumpline_world::State;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

/// The account of the one person at a local server.
const LOCAL: i64 = 0;

/// A war to be looked at.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its scenario's key.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The texts it was read from.
    pub texts: Texts,
    /// Its opening.
    pub opening: State,
    /// The power through whose eyes alone it is looked at; without one, through any power's.
    pub eyes: Option<u32>,
}

/// A war that is being looked at.
pub struct Watched {
    app: App,
    table: Arc<Table>,
}

impl std::fmt::Debug for Watched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Watched").field(&self.table.id).finish()
    }
}

impl Server {
    /// Lets a war be looked at. Not to be called from a task of the server's own runtime: it waits for the database.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn show(&self, shown: Shown) -> Result<Watched, HouseError> {
        let app = self.app().clone();
        let refused = |text: String| HouseError::Refused(text);
        let settings = Settings {
            deadline_s: None,
            cover_after: 0,
            watching: Watching::Late,
            watch_delay_turns: 0,
        };
        let row = GameRow {
            game: app.new_id(GAME_ID_LETTERS).map_err(|fault| refused(fault.message))?,
            name: shown.title.clone(),
            scenario: shown.scenario,
            title: shown.title,
            host: LOCAL,
            seed: shown.opening.seed,
            settings: written(&settings).map_err(|fault| refused(fault.message))?,
            // Whoever opens the house after a crash finds a halted game, not one that plays itself.
            stage: "open".to_owned(),
            paused: true,
            turn: 0,
            left_ms: None,
            made_ms: app.wall_ms(),
            parent: None,
            report: None,
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            play: PLAY_VERSION,
        };
        let (kept, texts, opening, eyes) = (row.clone(), shown.texts, shown.opening, shown.eyes);
        app.keeper.wait(move |sql| {
            house::add_game(sql, &kept)?;
            house::put_texts(sql, &kept.game, &texts)?;
            house::put_opening(sql, &kept.game, 0, &opening)?;
            match eyes {
                // Its commander plays on; nothing but that power's knowledge can be asked for.
                Some(power) => {
                    let seat = SeatRow { covered: true, ..fresh(power, LOCAL) };
                    house::put_seat(sql, &kept.game, &seat)
                }
                None => house::add_watcher(sql, &kept.game, LOCAL),
            }
        })?;
        let table = Table::set_up(&app, row).map_err(|fault| refused(fault.message))?;
        table.taking.store(-1, Ordering::SeqCst);
        table.desk.blocking_lock().stage = Stage::Playing;
        let table = app.seat_table(table);
        Ok(Watched { app, table })
    }
}

impl Watched {
    /// The path of its page.
    pub fn page(&self) -> String {
        format!("/#/war/{}/chart", self.table.id)
    }

    /// Somewhere to write down its battles, if records are kept.
    pub fn shelf(&self) -> Option<Shelf> {
        records::shelf(&self.app, &self.table)
    }

    /// Hands over a turn. When this returns it is kept, and whoever looks has been told.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn turn(&self, turn: &Turn, state: &State) -> Result<(), HouseError> {
        let (id, packed) = (self.table.id.clone(), PackedTurn::of(turn, state)?);
        let (record, state) = (Arc::new(turn.clone()), Arc::new(state.clone()));
        let mut desk = self.table.desk.blocking_lock();
        self.app.keeper.wait(move |sql| house::append_turn(sql, &id, packed))?;
        let number = record.number;
        self.table.stand(Standing { turn: number, state, record: Some(record), over: false });
        desk.row.turn = number;
        tell_turn(&self.app, &self.table, &desk, number);
        Ok(())
    }

    /// Ends the handing over. A war that has reached its end is over; another is halted where it stands, and can be taken up from there.
    ///
    /// # Errors
    /// When that could not be kept.
    pub fn end(&self, begun: Option<Time>) -> Result<(), HouseError> {
        let mut standing = self.table.standing();
        let over = standing.state.now >= self.table.law.ends;
        let mut desk = self.table.desk.blocking_lock();
        if desk.stage != Stage::Playing {
            return Ok(());
        }
        if over {
            let id = self.table.id.clone();
            self.app.keeper.wait(move |sql| house::set_stage(sql, &id, "over"))?;
            standing.over = true;
            desk.stage = Stage::Over;
        } else {
            let (law, state) = ((*self.table.law).clone(), (*standing.state).clone());
            let campaign = Campaign::resume(law, state, begun, self.app.config.threads);
            *self.table.campaign.lock().unwrap_or_else(PoisonError::into_inner) = Some(campaign);
            self.table.taking.store(i64::from(standing.turn), Ordering::SeqCst);
            desk.stage = Stage::Paused;
        }
        self.table.stand(standing);
        self.table.announce(&self.app, &desk);
        Ok(())
    }
}

impl Drop for Watched {
    /// A server that is stopped waits for games in which a turn is being played.
    fn drop(&mut self) {
        let mut desk = self.table.desk.blocking_lock();
        if desk.stage == Stage::Playing {
            desk.stage = Stage::Frozen;
        }
    }
}
