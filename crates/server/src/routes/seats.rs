//! Seats as their players use them.

use crate::admit::{InGame, Player, host};
use crate::app::App;
use crate::body::Body;
use crate::fault::Fault;
use crate::play;
use crate::routes::games::{changed, not_open, sit_down};
use crate::table::{Desk, Table};
use crate::who::Person;
use axum::Json;
use axum::extract::{Path, State};
use jumpline_store::house::{self, SeatRow};
use jumpline_wire::game::{Absence, Cover, Game, Ready, Stage, Wishes};

#[utoipa::path(post, path = "/api/games/{game}/seats/{power}/sit", params(("game" = String, Path), ("power" = u32, Path)), responses((status = 200, body = Game)))]
pub(crate) async fn sit(
    State(app): State<App>,
    at: InGame,
    Path((_, power)): Path<(String, String)>,
) -> Result<Json<Game>, Fault> {
    let mut desk = at.table.desk.lock().await;
    host(&desk, &at.person)?;
    let power = power.parse().map_err(|_| Fault::not_found())?;
    if desk.seat_of(at.person.account, power).is_none() {
        sit_down(&app, &at.table, &mut desk, &at.person, power, None).await?;
    }
    Ok(changed(&app, &at.table, &desk, &at.person))
}

#[utoipa::path(post, path = "/api/games/{game}/seats/{power}/leave", params(("game" = String, Path), ("power" = u32, Path)), responses((status = 200, body = Game)))]
pub(crate) async fn leave(State(app): State<App>, at: Player) -> Result<Json<Game>, Fault> {
    let mut desk = at.table.desk.lock().await;
    let (id, power, account) = (at.table.id.clone(), at.power, at.person.account);
    app.keep(move |sql| house::remove_seat(sql, &id, power, account)).await?;
    desk.seats.retain(|seat| seat.account != account || seat.power != power);
    play::if_all_in(&app, &at.table, &mut desk);
    Ok(changed(&app, &at.table, &desk, &at.person))
}

/// Changes one's own seat, in the house first.
async fn change(
    app: &App,
    table: &Table,
    desk: &mut Desk,
    person: &Person,
    power: u32,
    change: impl FnOnce(&mut SeatRow),
) -> Result<(), Fault> {
    let seat = desk.seat_of(person.account, power).ok_or_else(Fault::not_found)?;
    let mut new = seat.clone();
    change(&mut new);
    if new != *seat {
        let (id, kept) = (table.id.clone(), new.clone());
        app.keep(move |sql| house::put_seat(sql, &id, &kept)).await?;
        *seat = new;
    }
    Ok(())
}

#[utoipa::path(post, path = "/api/games/{game}/seats/{power}/ready", params(("game" = String, Path), ("power" = u32, Path)), request_body = Ready, responses((status = 200, body = Game)))]
pub(crate) async fn ready(
    State(app): State<App>,
    at: Player,
    Body(ready): Body<Ready>,
) -> Result<Json<Game>, Fault> {
    let mut desk = at.table.desk.lock().await;
    if !matches!(desk.stage, Stage::Open | Stage::Paused) {
        return Err(not_open(desk.stage));
    }
    if ready.turn != at.table.standing().turn {
        return Err(Fault::conflict("wrong_turn", "that is not the coming turn"));
    }
    let ready_for = ready.ready.then_some(ready.turn);
    change(&app, &at.table, &mut desk, &at.person, at.power, |seat| seat.ready_for = ready_for)
        .await?;
    play::if_all_in(&app, &at.table, &mut desk);
    Ok(changed(&app, &at.table, &desk, &at.person))
}

#[utoipa::path(post, path = "/api/games/{game}/seats/{power}/cover", params(("game" = String, Path), ("power" = u32, Path)), request_body = Cover, responses((status = 200, body = Game)))]
pub(crate) async fn cover(
    State(app): State<App>,
    at: Player,
    Body(cover): Body<Cover>,
) -> Result<Json<Game>, Fault> {
    let mut desk = at.table.desk.lock().await;
    change(&app, &at.table, &mut desk, &at.person, at.power, |seat| {
        seat.covered = cover.covered;
        seat.missed = 0;
    })
    .await?;
    play::if_all_in(&app, &at.table, &mut desk);
    Ok(changed(&app, &at.table, &desk, &at.person))
}

#[utoipa::path(post, path = "/api/games/{game}/seats/{power}/absence", params(("game" = String, Path), ("power" = u32, Path)), request_body = Wishes, responses((status = 200, body = Game)))]
pub(crate) async fn absence(
    State(app): State<App>,
    at: Player,
    Body(wishes): Body<Wishes>,
) -> Result<Json<Game>, Fault> {
    let mut desk = at.table.desk.lock().await;
    let word = match wishes.absence {
        Absence::Commander => "commander",
        Absence::Stand => "stand",
    };
    change(&app, &at.table, &mut desk, &at.person, at.power, |seat| seat.absence = word.to_owned())
        .await?;
    Ok(changed(&app, &at.table, &desk, &at.person))
}
