//! The commander's advice to its own player: made from that power's view and what that player has ordered, from nothing else. It gives no
//! order; what is accepted comes back as an order like any other.

use crate::admit::Player;
use crate::app::{App, blocking};
use crate::fault::Fault;
use axum::Json;
use axum::extract::State;
use jumpline_campaign::counsel;
use jumpline_measure::{GroupId, PowerId};
use jumpline_store::house;
use jumpline_wire::Lens;
use jumpline_wire::advice::{Advice, Proposal};
use jumpline_wire::order;
use jumpline_world::look;
use jumpline_world::order::Say;
use std::collections::BTreeSet;

#[utoipa::path(get, path = "/api/games/{game}/seats/{power}/advice", params(("game" = String, Path), ("power" = u32, Path)), responses((status = 200, body = Advice)))]
pub(crate) async fn advice(State(app): State<App>, at: Player) -> Result<Json<Advice>, Fault> {
    let standing = at.table.standing();
    let (id, turn, power) = (at.table.id.clone(), standing.turn, at.power);
    let given = app.keep(move |sql| house::orders_for(sql, &id, turn, Some(power))).await?;
    let ordered = given.iter().filter(|row| row.given.refusal.is_none());
    let spoken_for: BTreeSet<GroupId> = ordered
        .filter_map(|row| match &row.given.order.say {
            Say::Group { group, .. } => Some(*group),
            _ => None,
        })
        .collect();
    let advice = blocking(move || {
        let power = PowerId(power);
        let view = look(&at.table.law, &standing.state, power);
        let lens = Lens::new(&standing.state, power);
        let orders = counsel(&at.table.law, &view, &spoken_for);
        let proposals = orders
            .into_iter()
            .filter_map(|one| {
                Some(Proposal { say: order::say(&lens, &one.say)?, reason: one.reason })
            })
            .collect();
        Advice { turn, proposals }
    });
    Ok(Json(advice.await?))
}
