//! From a deadline to the next: who calls for a turn, the thread that plays it, and what is kept of it in one go.

use crate::app::App;
use crate::records;
use crate::table::{Desk, Standing, Table, absence};
use jumpline_campaign::{Campaign, Turn, Watcher};
use jumpline_measure::PowerId;
use jumpline_store::house::{self, HouseError, PackedTurn, SeatRow};
use jumpline_wire::game::{Absence, Stage};
use jumpline_wire::live::News;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Why a turn is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Because {
    /// Everybody has ended theirs.
    AllIn,
    /// The time is up, or the host says so.
    Deadline,
}

/// Plays the turn if everybody has ended theirs.
pub(crate) fn if_all_in(app: &App, table: &Arc<Table>, desk: &mut Desk) {
    if desk.stage == Stage::Open && desk.all_in(table.standing().turn) {
        begin(app, table, desk, Because::AllIn);
    }
}

/// Begins to play the turn, in a thread of its own. Whoever holds the desk is the only one who can.
pub(crate) fn begin(app: &App, table: &Arc<Table>, desk: &mut Desk, because: Because) {
    if !matches!(desk.stage, Stage::Open | Stage::Paused) {
        return;
    }
    let paused = desk.stage == Stage::Paused;
    desk.stage = Stage::Playing;
    desk.deadline = None;
    table.announce(app, desk);
    let played: BTreeSet<u32> =
        desk.seats.iter().filter(|seat| !seat.covered).map(|seat| seat.power).collect();
    let (app, table) = (app.clone(), Arc::clone(table));
    let id = table.id.clone();
    let spawned = thread::Builder::new()
        .name(format!("turn {}", table.id))
        .spawn(move || play(&app, &table, &played, because, paused));
    if let Err(error) = spawned {
        // The turn stays where it is; the next tick of the clock tries again.
        tracing::error!(game = %id, %error, "no thread for a turn");
        desk.stage = Stage::Open;
    }
}

/// Why a turn did not come about.
enum Broken {
    /// The engine broke off: the game is frozen.
    Engine(String),
    /// It could not be kept: the game is set up anew from what the house holds.
    House(HouseError),
}

fn play(app: &App, table: &Arc<Table>, played: &BTreeSet<u32>, because: Because, paused: bool) {
    let slot = app.slots.take();
    let began = Instant::now();
    let done = resolve(app, table, played);
    drop(slot);
    metrics::histogram!("jumpline_turn_seconds").record(began.elapsed().as_secs_f64());
    let done = done.and_then(|resolved| settle(app, table, resolved, because, paused));
    match done {
        Ok(turn) => {
            metrics::counter!("jumpline_turns_total").increment(1);
            tracing::info!(game = %table.id, turn, seconds = began.elapsed().as_secs_f64(), "turn");
        }
        Err(Broken::Engine(report)) => {
            metrics::counter!("jumpline_frozen_total").increment(1);
            tracing::error!(game = %table.id, report, "a game is frozen");
            let (id, text) = (table.id.clone(), report.clone());
            // If it cannot be kept it is frozen all the same, until the server is started again.
            drop(app.keeper.wait(move |sql| house::freeze(sql, &id, &text)));
            let mut desk = table.desk.blocking_lock();
            desk.stage = Stage::Frozen;
            desk.row.report = Some(report);
            table.announce(app, &desk);
        }
        Err(Broken::House(error)) => {
            tracing::error!(game = %table.id, %error, "a turn could not be kept");
            app.tables().remove(&table.id);
            table.streams.close();
        }
    }
}

/// What came of a turn, not yet kept.
struct Resolved {
    standing: Standing,
    /// The turn as the house keeps it.
    packed: PackedTurn,
    /// Powers for which persons had given orders.
    gave: BTreeSet<u32>,
}

fn resolve(app: &App, table: &Table, played: &BTreeSet<u32>) -> Result<Resolved, Broken> {
    let number = table.standing().turn;
    let (id, taking) = (table.id.clone(), Arc::clone(&table.taking));
    // From this job on no order for this turn is kept; every order kept before it is in its list.
    let orders = app.keeper.wait(move |sql| {
        taking.store(-1, Ordering::SeqCst);
        house::orders_for(sql, &id, number, None)
    });
    let orders = orders.map_err(Broken::House)?;
    let gave = orders.iter().map(|order| order.given.order.power.0).collect();
    let advance = || {
        let held = table.campaign.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut campaign = held?;
        if let Some(told) = &app.config.before_turn {
            told(&table.id, number + 1);
        }
        for power in 0..table.law.codex.powers.len() {
            let power = PowerId::from_index(power);
            if played.contains(&power.0) { campaign.seat(power) } else { campaign.unseat(power) }
        }
        campaign.put(orders.into_iter().map(|order| order.given));
        let mut shelf = table.shelf.lock().unwrap_or_else(PoisonError::into_inner).take();
        shelf = shelf.or_else(|| records::shelf(app, table));
        if let Some(shelf) = &mut shelf {
            shelf.name(records::names(campaign.state()));
        }
        let battles = shelf.as_mut().map(|shelf| shelf as &mut dyn Watcher);
        campaign.advance_seen(&mut |_| {}, battles);
        *table.shelf.lock().unwrap_or_else(PoisonError::into_inner) = shelf;
        let record = campaign.take_turns().pop()?;
        Some((campaign, record))
    };
    let done = catch_unwind(AssertUnwindSafe(advance));
    let (campaign, record): (Campaign, Turn) = match done {
        Ok(Some(done)) => done,
        Ok(None) => return Err(Broken::Engine("the war is not at hand".to_owned())),
        Err(panic) => return Err(Broken::Engine(report(number + 1, panic.as_ref()))),
    };
    let state = Arc::new(campaign.state().clone());
    let packed = PackedTurn::of(&record, &state).map_err(Broken::House)?;
    let over = campaign.reached(table.law.ends);
    *table.campaign.lock().unwrap_or_else(PoisonError::into_inner) = Some(campaign);
    let standing = Standing { turn: record.number, state, record: Some(Arc::new(record)), over };
    Ok(Resolved { standing, packed, gave })
}

/// Keeps a turn and everything that goes with it, in one go, and only then lets anybody see it.
fn settle(
    app: &App,
    table: &Table,
    resolved: Resolved,
    because: Because,
    paused: bool,
) -> Result<u32, Broken> {
    let Resolved { standing, packed, gave } = resolved;
    let (turn, over) = (standing.turn, standing.over);
    let mut desk = table.desk.blocking_lock();
    let left_ms = desk.settings.deadline_s.filter(|_| !over).map(|s| i64::from(s) * 1_000);
    let cover_after = desk.settings.cover_after;
    let seats = desk.seats.iter().cloned();
    let seats: Vec<SeatRow> =
        seats.map(|seat| after(seat, turn - 1, because, &gave, cover_after)).collect();
    let (id, kept) = (table.id.clone(), seats.clone());
    let done = app.keeper.wait(move |sql| {
        house::append_turn(sql, &id, packed)?;
        for seat in &kept {
            house::put_seat(sql, &id, seat)?;
        }
        house::set_left(sql, &id, left_ms)?;
        if over { house::set_stage(sql, &id, "over") } else { Ok(()) }
    });
    done.map_err(Broken::House)?;
    table.stand(standing);
    desk.row.turn = turn;
    desk.row.left_ms = left_ms;
    desk.seats = seats;
    desk.stage = match (over, paused) {
        (true, _) => Stage::Over,
        (false, true) => Stage::Paused,
        (false, false) => Stage::Open,
    };
    if desk.stage == Stage::Open {
        desk.deadline = left_ms.map(|left| app.running_ms().saturating_add(left));
    }
    if !over {
        table.taking.store(i64::from(turn), Ordering::SeqCst);
    }
    tell_turn(app, table, &desk, turn);
    Ok(turn)
}

/// Tells whoever listens that a turn has been played.
pub(crate) fn tell_turn(app: &App, table: &Table, desk: &Desk, turn: u32) {
    for account in table.streams.accounts() {
        if desk.has(account) {
            table.streams.push(account, News::Turn { turn });
            #[cfg(feature = "canary")]
            too_talkative(app, table, account, turn);
        }
    }
    table.announce(app, desk);
}

/// What the checks of this room must catch: one push more when there is more that nobody may know.
#[cfg(feature = "canary")]
fn too_talkative(app: &App, table: &Table, account: i64, turn: u32) {
    let many = table.standing().state.ships.len() > 40;
    if many && app.planted(crate::config::Defect::LeakPush) {
        table.streams.push(account, News::Turn { turn });
    }
}

/// A seat after a turn: who has missed too many deadlines is covered, if they wished so.
fn after(
    mut seat: SeatRow,
    turn: u32,
    because: Because,
    gave: &BTreeSet<u32>,
    cover_after: u32,
) -> SeatRow {
    let there = seat.ready_for == Some(turn) || gave.contains(&seat.power);
    if there || seat.covered {
        seat.missed = 0;
    } else if because == Because::Deadline {
        seat.missed = seat.missed.saturating_add(1);
        if cover_after > 0 && seat.missed >= cover_after && absence(&seat) == Absence::Commander {
            seat.covered = true;
        }
    }
    seat
}

/// What is told of an engine that broke off.
fn report(turn: u32, panic: &(dyn std::any::Any + Send)) -> String {
    let what = panic.downcast_ref::<&str>().copied();
    let what = what.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let what = what.unwrap_or("no reason given");
    format!(
        "jumpline {}: the engine broke off in turn {turn}: {what}. Every turn before it is safe and can be forked.",
        env!("CARGO_PKG_VERSION")
    )
}

/// Looks at all clocks again and again: a deadline that has passed is played, what is left of the others is noted now and then.
pub(crate) async fn watch_clocks(app: App) {
    const LOOK_EVERY: Duration = Duration::from_millis(50);
    const NOTE_EVERY: u32 = 60;
    let mut looks = 0_u32;
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        looks = looks.wrapping_add(1);
        let tables: Vec<Arc<Table>> = app.tables().values().cloned().collect();
        let now = app.running_ms();
        let mut left = Vec::new();
        for table in tables {
            // A desk in use is looked at next time.
            let Ok(mut desk) = table.desk.try_lock() else { continue };
            match desk.deadline {
                Some(at) if at <= now && desk.stage == Stage::Open => {
                    begin(&app, &table, &mut desk, Because::Deadline);
                }
                Some(at) => left.push((table.id.clone(), at - now)),
                None => {}
            }
        }
        if looks.is_multiple_of(NOTE_EVERY) && !left.is_empty() {
            note_left(&app, left).await;
        }
    }
}

/// Keeps what is left of deadlines, so that a restart gives nobody less time, and nobody more than a few seconds.
pub(crate) async fn note_left(app: &App, left: Vec<(String, i64)>) {
    let kept = app.keep(move |sql| {
        left.iter().try_for_each(|(game, left)| house::set_left(sql, game, Some(*left)))
    });
    if kept.await.is_err() {
        tracing::warn!("the time left of deadlines could not be noted");
    }
}
