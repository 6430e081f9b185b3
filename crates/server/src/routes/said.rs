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

/// May that account read a line of that speaker, said to that power alone?
fn reads(desk: &Desk, account: i64, speaker: i64, to: Option<u32>) -> bool {
    to.is_none_or(|reader| {
        speaker == account || desk.seats_of(account).any(|seat| seat.power == reader)
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
    let own =
        lines.into_iter().filter(|line| reads(&desk, at.person.account, line.account, line.reader));
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
    let mut desk = at.table.desk.lock().await;
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
    let unread = desk.said.is_none();
    let added = app
        .keep(move |sql| match house::add_line(sql, &id, &kept, most) {
            // The first line since the game was set up: how many there were is asked for once.
            Ok(_) if unread => house::lines(sql, &id).map(Some),
            Ok(_) => Ok(Some(vec![kept])),
            Err(HouseError::Conflict(_)) => Ok(None),
            Err(error) => Err(error),
        })
        .await?;
    let added = added.ok_or_else(|| Fault::too_many("no more can be said in this game"))?;
    let mut said = desk.said.take().unwrap_or_default();
    said.extend(added.iter().map(|line| (line.account, line.reader)));
    let place = |reader: i64| {
        let before = said.iter().filter(|(speaker, to)| reads(&desk, reader, *speaker, *to));
        u32::try_from(before.count().saturating_sub(1)).unwrap_or(u32::MAX)
    };
    for listener in at.table.streams.accounts() {
        if desk.has(listener) && reads(&desk, listener, account, row.reader) {
            let line = shown(place(listener), row.clone());
            at.table.streams.push(listener, News::Chat { line });
        }
    }
    let own = place(account);
    desk.said = Some(said);
    Ok(Json(shown(own, row)))
}
