//! Who is admitted to what: each extractor is one kind of right, taken from the session and the desk. A handler that has one of these
//! in its arguments has been through here; one that has none is for anybody.

use crate::app::App;
use crate::fault::Fault;
use crate::table::{Desk, Table};
use crate::who::Person;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use jumpline_wire::game::Stage;
use std::sync::Arc;

/// Somebody who has to do with a game: host, player or watcher.
pub(crate) struct InGame {
    pub table: Arc<Table>,
    pub person: Person,
}

/// The player of the power in the path.
pub(crate) struct Player {
    pub table: Arc<Table>,
    pub person: Person,
    pub power: u32,
}

/// Somebody who may know what the power in the path knows, up to a turn: its player, or a watcher.
pub(crate) struct Onlooker {
    pub table: Arc<Table>,
    pub power: u32,
    /// The last turn that may be looked at.
    pub last: u32,
}

impl FromRequestParts<App> for InGame {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<InGame, Fault> {
        let person = Person::from_request_parts(parts, app).await?;
        let table = app.table(&parameter(parts, app, "game").await?).await?;
        if !table.desk.lock().await.has(person.account) {
            return Err(Fault::not_found());
        }
        Ok(InGame { table, person })
    }
}

impl FromRequestParts<App> for Player {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Player, Fault> {
        let InGame { table, person } = InGame::from_request_parts(parts, app).await?;
        let power = power(parts, app, &table).await?;
        let plays = plays(app, &*table.desk.lock().await, person.account, power);
        if plays { Ok(Player { table, person, power }) } else { Err(Fault::not_found()) }
    }
}

impl FromRequestParts<App> for Onlooker {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Onlooker, Fault> {
        let InGame { table, person } = InGame::from_request_parts(parts, app).await?;
        let power = power(parts, app, &table).await?;
        let last = last_seen(app, &table, person.account, power).await?;
        Ok(Onlooker { table, power, last })
    }
}

/// The last turn of a power that an account may look at.
async fn last_seen(app: &App, table: &Table, account: i64, power: u32) -> Result<u32, Fault> {
    let desk = table.desk.lock().await;
    let turn = table.standing().turn;
    if plays(app, &desk, account, power) {
        return Ok(turn);
    }
    let late = desk.watches(account).ok_or_else(Fault::not_found)?;
    let late = if desk.stage == Stage::Over { 0 } else { late };
    turn.checked_sub(late).ok_or_else(Fault::not_found)
}

#[cfg_attr(not(feature = "canary"), expect(unused_variables, reason = "asked for planted defects"))]
fn plays(app: &App, desk: &Desk, account: i64, power: u32) -> bool {
    #[cfg(feature = "canary")]
    if app.planted(crate::config::Defect::TrustPath) {
        return true;
    }
    desk.seats_of(account).any(|seat| seat.power == power)
}

/// The power in the path, if the war has it.
pub(crate) async fn power(parts: &mut Parts, app: &App, table: &Table) -> Result<u32, Fault> {
    let text = parameter(parts, app, "power").await?;
    let power = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let known = power.filter(|power| (*power as usize) < table.law.codex.powers.len());
    known.ok_or_else(Fault::not_found)
}

async fn parameter(parts: &mut Parts, app: &App, name: &str) -> Result<String, Fault> {
    let found = RawPathParams::from_request_parts(parts, app).await;
    let found = found.map_err(|_| Fault::not_found())?;
    let value = found.iter().find(|(have, _)| *have == name).map(|(_, value)| value.to_owned());
    value.ok_or_else(Fault::not_found)
}

/// Only the host may go on.
pub(crate) fn host(desk: &Desk, person: &Person) -> Result<(), Fault> {
    if desk.row.host == person.account {
        return Ok(());
    }
    Err(Fault::forbidden("not_host", "only the host of the game may do that"))
}
