//! One game in play: its people, its clock, where its war stands. What the house holds is the truth; a table can be cleared away and
//! set up again at any moment between two answers.

use crate::app::App;
use crate::fault::Fault;
use crate::judge::Judges;
use crate::seen::{Answer, Seen};
use crate::streams::Streams;
use jumpline_campaign::{Campaign, Turn, replay};
use jumpline_chart::ChartIndex;
use jumpline_measure::Time;
use jumpline_record::Shelf;
use jumpline_scenario::load;
use jumpline_store::PLAY_VERSION;
use jumpline_store::house::{self, GameRow, SeatRow};
use jumpline_wire::game::{Absence, Forked, Game, Seat, Settings, Sitting, Stage, Watching, You};
use jumpline_wire::live::News;
use jumpline_world::{Law, State};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// One game.
pub(crate) struct Table {
    pub id: String,
    pub law: Arc<Law>,
    pub chart: Answer,
    pub index: ChartIndex,
    pub streams: Streams,
    pub seen: Seen,
    pub judges: Judges,
    /// People and clock. Held over a write, so that writes of one game come one after another.
    pub desk: tokio::sync::Mutex<Desk>,
    /// The turn for which orders are taken; -1 when none are. Read and written by jobs of the house only while a turn is about.
    pub taking: Arc<AtomicI64>,
    standing: RwLock<Standing>,
    pub campaign: Mutex<Option<Campaign>>,
    /// Where battles are written down, once there has been a turn.
    pub shelf: Mutex<Option<Shelf>>,
}

/// Where the war stands.
#[derive(Clone)]
pub(crate) struct Standing {
    pub turn: u32,
    pub state: Arc<State>,
    /// The record of that turn, while it is at hand.
    pub record: Option<Arc<Turn>>,
    pub over: bool,
}

/// Who sits here, and what the clock says.
pub(crate) struct Desk {
    pub row: GameRow,
    pub host: String,
    pub settings: Settings,
    pub stage: Stage,
    pub seats: Vec<SeatRow>,
    pub watchers: Vec<i64>,
    /// When the deadline is, by the running clock.
    pub deadline: Option<i64>,
    /// Who said each line of the chat, and to which power alone; none before it was asked for.
    pub said: Option<Vec<(i64, Option<u32>)>>,
}

impl Table {
    /// Sets up a game from the house. Takes a while.
    pub fn set_up(app: &App, row: GameRow) -> Result<Table, Fault> {
        let game = row.game.clone();
        let (id, host) = (game.clone(), row.host);
        let (texts, seats, watchers, host) = app.keeper.wait(move |sql| {
            let texts = house::texts(sql, &id)?;
            let name = house::account_name(sql, host)?;
            Ok((texts, house::seats(sql, &id)?, house::watchers(sql, &id)?, name))
        })?;
        let loaded = load(&row.scenario, &texts).0;
        let loaded = loaded.ok_or_else(|| Fault::internal("the texts of a game are unreadable"))?;
        let law = Arc::new(loaded.law);
        let (id, last) = (game.clone(), row.turn);
        let mut row = row;
        let kept = app.keeper.wait(move |sql| {
            let from = house::last_state_before(sql, &id, last)?;
            let turns = (from.turn + 1..=last).map(|turn| house::turn(sql, &id, turn));
            Ok((from.state, turns.collect::<Result<Vec<_>, _>>()?))
        });
        // A war of another version cannot go on, and may not even be readable.
        let other = (row.play != PLAY_VERSION).then(|| {
            format!("this war needs jumpline {}; this is {}", row.engine, env!("CARGO_PKG_VERSION"))
        });
        let (state, before) = match kept {
            Ok((mut state, turns)) if other.is_none() => {
                for turn in &turns {
                    let played = replay(&law, &mut state, turn, app.config.threads, || None);
                    played.map_err(|_| Fault::internal("a game does not replay to its digest"))?;
                }
                let begun = law.begins.0 + i64::from(row.turn.saturating_sub(1)) * law.turn.0;
                (state, (row.turn > 0).then_some(Time(begun)))
            }
            Ok((state, _)) => (state, None),
            Err(error) if other.is_none() => return Err(error.into()),
            Err(_) => (loaded.opening, None),
        };
        if let Some(report) = other {
            row.stage = "frozen".to_owned();
            row.report = Some(report);
        }
        let settings: Settings = serde_json::from_str(&row.settings).unwrap_or_default();
        let stage = match row.stage.as_str() {
            "lobby" => Stage::Lobby,
            "over" => Stage::Over,
            "frozen" => Stage::Frozen,
            _ if row.paused => Stage::Paused,
            _ => Stage::Open,
        };
        let takes = matches!(stage, Stage::Open | Stage::Paused | Stage::Lobby);
        let taking = if takes { i64::from(row.turn) } else { -1 };
        let left = row.left_ms.filter(|_| stage == Stage::Open);
        let caps = &app.config.caps;
        let (law_, standing) = (Arc::clone(&law), state.clone());
        Ok(Table {
            id: game,
            chart: Answer::of(&jumpline_wire::chart::chart(&law))?,
            index: law.codex.chart.index(&law.codex.rules.navigation),
            streams: Streams::new(app.new_id(8)?, caps.pushes_waiting, caps.pushes_kept),
            seen: Seen::default(),
            judges: Judges::default(),
            desk: tokio::sync::Mutex::new(Desk {
                host: if app.local() { crate::who::LOCAL_NAME.to_owned() } else { host },
                settings,
                stage,
                seats,
                watchers,
                deadline: left.map(|left| app.running_ms().saturating_add(left)),
                said: None,
                row,
            }),
            taking: Arc::new(AtomicI64::new(taking)),
            standing: RwLock::new(Standing {
                turn: last,
                state: Arc::new(standing),
                record: None,
                over: stage == Stage::Over,
            }),
            campaign: Mutex::new(Some(Campaign::resume(
                (*law_).clone(),
                state,
                before,
                app.config.threads,
            ))),
            shelf: Mutex::new(None),
            law,
        })
    }

    /// Where the war stands.
    pub fn standing(&self) -> Standing {
        self.standing.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn stand(&self, standing: Standing) {
        *self.standing.write().unwrap_or_else(PoisonError::into_inner) = standing;
    }

    /// Are orders taken for that turn?
    pub fn takes(&self, turn: u32) -> bool {
        self.taking.load(Ordering::SeqCst) == i64::from(turn)
    }

    /// The game as one account sees it.
    pub fn game(&self, app: &App, desk: &Desk, account: i64) -> Game {
        let standing = self.standing();
        let powers = (0..).zip(&self.law.codex.powers);
        Game {
            id: self.id.clone(),
            name: desk.row.name.clone(),
            scenario: desk.row.scenario.clone(),
            title: desk.row.title.clone(),
            host: desk.host.clone(),
            stage: desk.stage,
            turn: standing.turn,
            turns: self.law.turns(),
            now: standing.state.now.0,
            date: self.law.calendar.iso(standing.state.now),
            deadline_ms: match desk.deadline {
                Some(at) => Some((at - app.running_ms()).max(0)),
                None => desk.row.left_ms.filter(|_| desk.stage == Stage::Paused),
            },
            settings: desk.settings,
            seats: powers
                .map(|(power, law)| {
                    let seat = desk.seats.iter().find(|seat| seat.power == power);
                    Seat {
                        power,
                        key: law.key.clone(),
                        name: law.name.clone(),
                        player: seat.map(|seat| self.name_of(app, seat)),
                        sitting: match seat {
                            None => Sitting::Free,
                            Some(seat) if seat.covered => Sitting::Covered,
                            Some(_) => Sitting::Taken,
                        },
                        ready: seat.is_some_and(|seat| seat.ready_for == Some(standing.turn)),
                        online: seat.is_some_and(|seat| self.streams.online(seat.account)),
                        missed: seat.map_or(0, |seat| seat.missed),
                    }
                })
                .collect(),
            watchers: u32::try_from(desk.watchers.len()).unwrap_or(u32::MAX),
            you: You {
                host: desk.row.host == account,
                seats: desk.seats_of(account).map(|seat| seat.power).collect(),
                watches: desk.watchers.contains(&account),
                absence: desk.seats_of(account).next().map_or(Absence::Commander, absence),
            },
            forked: desk
                .row
                .parent
                .as_ref()
                .map(|(game, turn)| Forked { game: game.clone(), turn: *turn }),
            report: desk.row.report.clone(),
        }
    }

    fn name_of(&self, app: &App, seat: &SeatRow) -> String {
        if app.local() { crate::who::LOCAL_NAME.to_owned() } else { seat.name.clone() }
    }

    /// Tells everybody how the game stands.
    pub fn announce(&self, app: &App, desk: &Desk) {
        for account in self.streams.accounts() {
            if desk.has(account) {
                self.streams.push(account, News::Game { game: self.game(app, desk, account) });
            }
        }
    }
}

pub(crate) fn absence(seat: &SeatRow) -> Absence {
    if seat.absence == "stand" { Absence::Stand } else { Absence::Commander }
}

impl Desk {
    /// Has that account anything to do with the game?
    pub fn has(&self, account: i64) -> bool {
        self.row.host == account
            || self.watchers.contains(&account)
            || self.seats.iter().any(|seat| seat.account == account)
    }

    pub fn seats_of(&self, account: i64) -> impl Iterator<Item = &SeatRow> {
        self.seats.iter().filter(move |seat| seat.account == account)
    }

    pub fn seat_of(&mut self, account: i64, power: u32) -> Option<&mut SeatRow> {
        self.seats.iter_mut().find(|seat| seat.account == account && seat.power == power)
    }

    /// Is nobody else at the table? Then nothing needs to be hidden from whoever is.
    pub fn alone(&self, account: i64) -> bool {
        self.seats.iter().all(|seat| seat.account == account)
            && self.watchers.iter().all(|watcher| *watcher == account)
    }

    /// May that account watch, and how many turns late?
    pub fn watches(&self, account: i64) -> Option<u32> {
        let may = self.settings.watching == Watching::Late && self.watchers.contains(&account);
        may.then_some(self.settings.watch_delay_turns)
    }

    /// Has everybody who is there ended the turn?
    pub fn all_in(&self, turn: u32) -> bool {
        let mut there = self.seats.iter().filter(|seat| !seat.covered).peekable();
        there.peek().is_some() && there.all(|seat| seat.ready_for == Some(turn))
    }
}
