//! Orders: judged from their giver's view, kept, and only then acknowledged.

use crate::admit::Player;
use crate::app::{App, blocking};
use crate::body::Body;
use crate::fault::Fault;
use crate::judge::Judge;
use crate::routes::games::not_open;
use crate::table::{Standing, Table};
use crate::{caps, seen};
use axum::Json;
use axum::extract::{Path, Query, State};
use jumpline_campaign::{Given, Giver as CoreGiver};
use jumpline_measure::PowerId;
use jumpline_store::house::{self, HouseError, Kept};
use jumpline_wire::Lens;
use jumpline_wire::live::News;
use jumpline_wire::order::{
    self as wire, Giver, NewOrders, Order, Orders, Quarry, Receipt, Receipts, Say, Task,
};
use jumpline_wire::view::order_name;
use jumpline_world::order::Refusal as CoreRefusal;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Which turn.
#[derive(Debug, Deserialize)]
pub(crate) struct OfTurn {
    turn: Option<u32>,
}

#[utoipa::path(get, path = "/api/games/{game}/seats/{power}/orders", params(("game" = String, Path), ("power" = u32, Path), ("turn" = Option<u32>, Query)), responses((status = 200, body = Orders)))]
pub(crate) async fn list(
    State(app): State<App>,
    at: Player,
    Query(of): Query<OfTurn>,
) -> Result<Json<Orders>, Fault> {
    let turn = of.turn.unwrap_or(at.table.standing().turn);
    Ok(Json(orders_for(&app, &at.table, at.power, turn).await?))
}

/// A power's orders for the coming turn, or all that were given for one that has been played, its commander's included.
async fn orders_for(app: &App, table: &Arc<Table>, power: u32, turn: u32) -> Result<Orders, Fault> {
    let standing = table.standing();
    if turn > standing.turn {
        return Err(Fault::not_found());
    }
    let id = table.id.clone();
    if turn == standing.turn {
        let rows = app.keep(move |sql| house::orders_for(sql, &id, turn, Some(power))).await?;
        let lens = Lens::new(&standing.state, PowerId(power));
        let orders = rows.iter().map(|row| shown(&lens, &row.given, Some(&row.id))).collect();
        return Ok(Orders { turn, open: table.takes(turn), orders });
    }
    let record = app.keep(move |sql| house::turn(sql, &id, turn + 1)).await?;
    let (app, table) = (app.clone(), Arc::clone(table));
    blocking(move || {
        let state = seen::state_at(&app, &table, turn)?;
        let lens = Lens::new(&state, PowerId(power));
        let own = record.orders.iter().filter(|given| given.order.power.0 == power);
        let orders = own.map(|given| shown(&lens, given, None)).collect();
        Ok(Orders { turn, open: false, orders })
    })
    .await?
}

fn shown(lens: &Lens, given: &Given, id: Option<&str>) -> Order {
    Order {
        order: order_name(given.order.id),
        id: id.map(str::to_owned),
        by: match given.by {
            CoreGiver::Mind => Giver::Mind,
            CoreGiver::Person => Giver::Person,
        },
        say: wire::say(lens, &given.order.say),
        reason: given.order.reason.clone(),
        refusal: given.refusal.as_ref().map(wire::Refusal::from),
    }
}

/// What is too much is refused before anything is judged.
fn bounded(new: &NewOrders) -> Result<(), Fault> {
    if new.orders.len() > caps::ORDERS_MAX {
        return Err(Fault::bad("at most 1,000 orders at once"));
    }
    let mut ids = BTreeSet::new();
    for order in &new.orders {
        let sound = (1..=caps::ID_CHARS_MAX).contains(&order.id.len())
            && order.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if !sound {
            return Err(Fault::bad("an order's id is 1 to 64 letters, digits, `-` or `_`"));
        }
        if !ids.insert(&order.id) {
            return Err(Fault::bad("two orders with one id"));
        }
        let long = |text: &str| text.chars().count() > caps::REASON_CHARS_MAX;
        let (named, name) = named(&order.say);
        if long(&order.reason) || long(name) {
            return Err(Fault::bad("a reason or a name has at most 400 characters"));
        }
        if named > caps::NAMED_MAX {
            return Err(Fault::bad("at most 10,000 ships or roles in one order"));
        }
    }
    Ok(())
}

/// How many things an order names, and the name that it gives.
fn named(say: &Say) -> (usize, &str) {
    let of_quarry = |quarry: &Quarry| match quarry {
        Quarry::Roles { roles } => roles.len(),
        _ => 1,
    };
    match say {
        Say::Group { task, .. } => match task {
            Task::Detach { ships, name } => (ships.len(), name),
            Task::Raid { roles, .. } => (roles.len(), ""),
            Task::Hunt { quarry } | Task::Assault { quarry, .. } => (of_quarry(quarry), ""),
            _ => (1, ""),
        },
        Say::Ask { quarry, .. } => (of_quarry(quarry), ""),
        Say::Reply { .. } => (1, ""),
    }
}

#[utoipa::path(post, path = "/api/games/{game}/seats/{power}/orders", params(("game" = String, Path), ("power" = u32, Path)), request_body = NewOrders, responses((status = 200, body = Receipts)))]
pub(crate) async fn give(
    State(app): State<App>,
    at: Player,
    Body(new): Body<NewOrders>,
) -> Result<Json<Receipts>, Fault> {
    let began = Instant::now();
    bounded(&new)?;
    let standing = at.table.standing();
    if new.turn != standing.turn || !at.table.takes(new.turn) {
        let stage = at.table.desk.lock().await.stage;
        // Between the end of a turn and the word of it everything is still called by its old name.
        let passed = new.turn == standing.turn;
        return Err(if passed { not_open(stage) } else { wrong_turn(new.turn, standing.turn) });
    }
    let (turn, power) = (new.turn, at.power);
    let judge = judge(&at.table, &standing, power).await?;
    let (id, taking) = (at.table.id.clone(), Arc::clone(&at.table.taking));
    let most = app.config.caps.orders_per_turn;
    #[cfg(feature = "canary")]
    let new = forgetful(&app, new);
    let kept = app.keep(move |sql| {
        if taking.load(Ordering::SeqCst) != i64::from(turn) {
            return Err(HouseError::Conflict("the turn is being played".to_owned()));
        }
        let mut room = most.saturating_sub(house::count_orders(sql, &id, power, turn)? as usize);
        let mut receipts = Vec::new();
        for order in &new.orders {
            let said = serde_json::to_vec(&(&order.say, &order.reason))
                .map_err(|error| HouseError::Refused(error.to_string()))?;
            let full = room == 0;
            let given = |number| judge.given(order, number, full);
            let kept = house::keep_order(sql, &id, power, turn, &order.id, &said, given)?;
            if matches!(kept, Kept::New(_)) {
                room = room.saturating_sub(1);
            }
            receipts.push(receipt(&order.id, &kept));
        }
        Ok(receipts)
    });
    let receipts = kept.await.map_err(|fault| match fault.code {
        "conflict" => Fault::conflict("deadline_passed", "the turn is being played"),
        _ => fault,
    })?;
    let news = News::Orders { power, turn };
    at.table.streams.push(at.person.account, news);
    metrics::histogram!("jumpline_order_ack_seconds").record(began.elapsed().as_secs_f64());
    Ok(Json(Receipts { turn, receipts }))
}

fn wrong_turn(given: u32, coming: u32) -> Fault {
    match given < coming {
        true => Fault::conflict("deadline_passed", "that turn has been played"),
        false => Fault::conflict("wrong_turn", "that is not the coming turn"),
    }
}

/// What the checks of this room must catch: an id that is not looked at.
#[cfg(feature = "canary")]
fn forgetful(app: &App, mut new: NewOrders) -> NewOrders {
    if app.planted(crate::config::Defect::ForgetIds) {
        for order in &mut new.orders {
            order.id = crate::secret::draw(20).unwrap_or_default();
        }
    }
    new
}

fn receipt(id: &str, kept: &Kept) -> Receipt {
    match kept {
        Kept::New(given) | Kept::Before(given) => Receipt {
            id: id.to_owned(),
            order: order_name(given.order.id),
            refusal: given.refusal.as_ref().map(wire::Refusal::from),
        },
        Kept::Taken => Receipt {
            id: id.to_owned(),
            order: String::new(),
            refusal: Some(wire::Refusal::from(&CoreRefusal::IdTaken)),
        },
    }
}

/// The judge of a power's orders for the coming turn. Its view is made once a turn, beside what must not wait.
async fn judge(table: &Arc<Table>, standing: &Standing, power: u32) -> Result<Arc<Judge>, Fault> {
    if let Some(ready) = table.judges.of(standing.turn, power) {
        return Ok(ready);
    }
    let (own, state, turn) = (Arc::clone(table), Arc::clone(&standing.state), standing.turn);
    blocking(move || own.judges.put(turn, power, Judge::new(&own.law, &state, power))).await
}

#[utoipa::path(delete, path = "/api/games/{game}/seats/{power}/orders/{id}", params(("game" = String, Path), ("power" = u32, Path), ("id" = String, Path)), responses((status = 200, body = Orders)))]
pub(crate) async fn withdraw(
    State(app): State<App>,
    at: Player,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Result<Json<Orders>, Fault> {
    let turn = at.table.standing().turn;
    let (game, power, taking) = (at.table.id.clone(), at.power, Arc::clone(&at.table.taking));
    let gone = app
        .keep(move |sql| {
            if taking.load(Ordering::SeqCst) != i64::from(turn) {
                return Ok(None);
            }
            house::withdraw_order(sql, &game, power, turn, &id).map(Some)
        })
        .await?;
    match gone {
        None => Err(Fault::conflict("deadline_passed", "the turn is being played")),
        Some(false) => Err(Fault::not_found()),
        Some(true) => {
            at.table.streams.push(at.person.account, News::Orders { power, turn });
            Ok(Json(orders_for(&app, &at.table, power, turn).await?))
        }
    }
}
