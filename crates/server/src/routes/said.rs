//! What is said at a table. It is kept and handed on as plain text: nothing here reads it for meaning, and clients show it as it is.

use crate::admit::InGame;
use crate::app::App;
use crate::body::{Body, plain};
use crate::caps;
use crate::fault::Fault;
use crate::table::Desk;
use axum::Json;
use axum::extract::{Query, State};
use jumpline_store::house::{self, ChatRow, HouseError};
use jumpline_wire::game::{Chat, ChatLine, NewChatLine};
use jumpline_wire::live::News;
use serde::Deserialize;

/// From which line on.
#[derive(Debug, Deserialize)]
pub(crate) struct Since {
    since: Option<u32>,
}

/// May that account read the line?
fn reads(desk: &Desk, account: i64, line: &ChatRow) -> bool {
    line.reader.is_none_or(|reader| {
        line.account == account || desk.seats_of(account).any(|seat| seat.power == reader)
    })
}

fn shown(number: u32, line: ChatRow) -> ChatLine {
    ChatLine {
        number,
        at_unix_ms: line.at_ms,
        from: line.name,
        power: line.power,
        to: line.reader,
        text: line.text,
    }
}

/// The lines that an account may read, numbered by themselves.
async fn lines(app: &App, at: &InGame) -> Result<Vec<ChatLine>, Fault> {
    let id = at.table.id.clone();
    let lines = app.keep(move |sql| house::lines(sql, &id)).await?;
    let desk = at.table.desk.lock().await;
    let own = lines.into_iter().filter(|line| reads(&desk, at.person.account, line));
    Ok((0..).zip(own).map(|(number, line)| shown(number, line)).collect())
}

#[utoipa::path(get, path = "/api/games/{game}/chat", params(("game" = String, Path), ("since" = Option<u32>, Query)), responses((status = 200, body = Chat)))]
pub(crate) async fn list(
    State(app): State<App>,
    at: InGame,
    Query(of): Query<Since>,
) -> Result<Json<Chat>, Fault> {
    let since = of.since.unwrap_or(0);
    let lines = lines(&app, &at).await?;
    Ok(Json(Chat { lines: lines.into_iter().filter(|line| line.number >= since).collect() }))
}

#[utoipa::path(post, path = "/api/games/{game}/chat", params(("game" = String, Path)), request_body = NewChatLine, responses((status = 200, body = ChatLine)))]
pub(crate) async fn say(
    State(app): State<App>,
    at: InGame,
    Body(new): Body<NewChatLine>,
) -> Result<Json<ChatLine>, Fault> {
    let text = plain(&new.text, caps::CHAT_CHARS_MAX, "a line")?;
    if text.is_empty() {
        return Err(Fault::bad("nothing was said"));
    }
    let account = at.person.account;
    let powers = at.table.law.codex.powers.len();
    // Held until the line has been told, so that lines are told in the order in which they are kept.
    let desk = at.table.desk.lock().await;
    if new.power.is_some_and(|power| !desk.seats_of(account).any(|seat| seat.power == power)) {
        return Err(Fault::bad("you do not speak for that power"));
    }
    if new.to.is_some_and(|power| power as usize >= powers) {
        return Err(Fault::bad("there is no such power"));
    }
    let row = ChatRow {
        at_ms: app.wall_ms(),
        account,
        name: at.person.name.clone(),
        power: new.power,
        reader: new.to,
        text,
    };
    let (id, kept, most) = (at.table.id.clone(), row.clone(), app.config.caps.chat_lines);
    let all = app
        .keep(move |sql| match house::add_line(sql, &id, &kept, most) {
            Ok(_) => house::lines(sql, &id).map(Some),
            Err(HouseError::Conflict(_)) => Ok(None),
            Err(error) => Err(error),
        })
        .await?;
    let all = all.ok_or_else(|| Fault::too_many("no more can be said in this game"))?;
    let place = |reader: i64| {
        let before = all.iter().filter(|line| reads(&desk, reader, line)).count();
        u32::try_from(before.saturating_sub(1)).unwrap_or(u32::MAX)
    };
    for listener in at.table.streams.accounts() {
        if desk.has(listener) && reads(&desk, listener, &row) {
            let line = shown(place(listener), row.clone());
            at.table.streams.push(listener, News::Chat { line });
        }
    }
    Ok(Json(shown(place(account), row)))
}
