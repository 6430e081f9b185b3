//! Games as their hosts make and steer them.

use crate::admit::{InGame, host};
use crate::app::{App, blocking};
use crate::body::{Body, plain};
use crate::fault::Fault;
use crate::play::{self, Because};
use crate::records;
use crate::seen;
use crate::table::{Desk, Table};
use crate::who::Person;
use crate::{caps, secret};
use axum::Json;
use axum::extract::State;
use jumpline_scenario::{Texts, generator, load};
use jumpline_store::PLAY_VERSION;
use jumpline_store::house::{self, GameRow, InvitationRow, SeatRow};
use jumpline_wire::game::{
    Game, Games, Invitation, Join, NewFork, NewGame, NewInvitation, Pause, Scenarios, Settings,
    Source, Stage, Watching,
};
use std::sync::Arc;

/// Letters of a game's id: five bits each.
pub(crate) const GAME_ID_LETTERS: usize = 20;

#[utoipa::path(get, path = "/api/scenarios", responses((status = 200, body = Scenarios)))]
pub(crate) async fn scenarios(State(app): State<App>, _: Person) -> Json<Scenarios> {
    Json(Scenarios { scenarios: app.scenarios.clone() })
}

#[utoipa::path(get, path = "/api/games", responses((status = 200, body = Games)))]
pub(crate) async fn list(State(app): State<App>, person: Person) -> Result<Json<Games>, Fault> {
    let account = person.account;
    let rows = app.keep(move |sql| house::games_of(sql, account)).await?;
    let mut games = Vec::new();
    for row in rows {
        let table = app.table(&row.game).await?;
        let desk = table.desk.lock().await;
        games.push(table.game(&app, &desk, account));
    }
    Ok(Json(Games { games }))
}

fn settled(settings: Settings) -> Result<Settings, Fault> {
    match settings.deadline_s {
        Some(seconds) if !caps::DEADLINE_S.contains(&seconds) => {
            Err(Fault::bad("a deadline is 5 seconds to 30 days away"))
        }
        _ => Ok(settings),
    }
}

pub(crate) fn written(settings: &Settings) -> Result<String, Fault> {
    serde_json::to_string(settings).map_err(|error| Fault::internal(&error.to_string()))
}

fn number(text: &str, what: &str) -> Result<u64, Fault> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let value = text.parse().ok().filter(|_| digits);
    value.ok_or_else(|| Fault::bad(format!("{what} is a number of up to 20 digits")))
}

async fn room_for_another(app: &App, person: &Person) -> Result<(), Fault> {
    let account = person.account;
    let games = app.keep(move |sql| house::games_of(sql, account)).await?;
    let hosted = games.iter().filter(|game| game.host == account).count();
    if hosted >= app.config.caps.games {
        return Err(Fault::too_many("you host too many games"));
    }
    Ok(())
}

/// The texts of a war that is to be played.
fn texts_of(app: &App, source: &Source) -> Result<(String, Texts), Fault> {
    match source {
        Source::Scenario { key } => {
            let texts = app.config.wars.scenarios.get(key);
            let texts = texts.ok_or_else(|| Fault::scenario("there is no such scenario"))?;
            Ok((key.clone(), texts.clone()))
        }
        Source::Generated { systems, powers, seed } => {
            let seed = number(seed, "a seed")?;
            let fits = (1..=caps::SYSTEMS_MAX).contains(systems)
                && (1..=caps::POWERS_MAX).contains(powers)
                && powers <= systems;
            if !fits {
                let most = (caps::SYSTEMS_MAX, caps::POWERS_MAX);
                return Err(Fault::scenario(format!(
                    "a galaxy has at most {} systems and {} powers, and no more powers than systems",
                    most.0, most.1
                )));
            }
            let mut texts = Texts::new();
            for (name, text) in generator::generate(*systems, *powers, seed) {
                texts.add_scenario(name, text.into_bytes());
            }
            (app.config.wars.add_ruleset)(&mut texts).map_err(Fault::scenario)?;
            Ok(("galaxy".to_owned(), texts))
        }
    }
}

#[utoipa::path(post, path = "/api/games", request_body = NewGame, responses((status = 200, body = Game)))]
pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Body(new): Body<NewGame>,
) -> Result<Json<Game>, Fault> {
    room_for_another(&app, &person).await?;
    let name = plain(&new.name, caps::GAME_NAME_CHARS_MAX, "a game's name")?;
    let settings = settled(new.settings)?;
    let seed = match &new.seed {
        Some(text) => number(text, "a seed")?,
        None => secret::seed()?,
    };
    if !app.local() && new.seats.len() > 1 {
        return Err(Fault::conflict("taken", "one person, one seat"));
    }
    let (own, source) = (app.clone(), new.source.clone());
    let made = blocking(move || {
        let (key, texts) = texts_of(&own, &source)?;
        let loaded = load(&key, &texts).0;
        let loaded = loaded.ok_or_else(|| Fault::scenario("that scenario has mistakes"))?;
        Ok::<_, Fault>((key, texts, loaded))
    });
    let (key, texts, loaded) = made.await??;
    let powers = loaded.law.codex.powers.len();
    if new.seats.iter().any(|seat| *seat as usize >= powers) {
        return Err(Fault::bad("there is no such power"));
    }
    let opening = loaded.opening(seed);
    let row = GameRow {
        game: app.new_id(GAME_ID_LETTERS)?,
        name: if name.is_empty() { loaded.law.title.clone() } else { name },
        scenario: key,
        title: loaded.law.title.clone(),
        host: person.account,
        seed,
        settings: written(&settings)?,
        stage: if new.start { "open" } else { "lobby" }.to_owned(),
        paused: false,
        turn: 0,
        left_ms: settings.deadline_s.filter(|_| new.start).map(|s| i64::from(s) * 1_000),
        made_ms: app.wall_ms(),
        parent: None,
        report: None,
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        play: PLAY_VERSION,
    };
    let (kept, account, seats) = (row.clone(), person.account, new.seats.clone());
    app.keep(move |sql| {
        house::add_game(sql, &kept)?;
        house::put_texts(sql, &kept.game, &texts)?;
        house::put_opening(sql, &kept.game, 0, &opening)?;
        seats.iter().try_for_each(|power| house::put_seat(sql, &kept.game, &fresh(*power, account)))
    })
    .await?;
    metrics::counter!("jumpline_games_total").increment(1);
    let table = app.table(&row.game).await?;
    let desk = table.desk.lock().await;
    Ok(Json(table.game(&app, &desk, person.account)))
}

/// A seat that has just been taken.
pub(crate) fn fresh(power: u32, account: i64) -> SeatRow {
    SeatRow {
        power,
        account,
        name: String::new(),
        covered: false,
        ready_for: None,
        missed: 0,
        absence: "commander".to_owned(),
    }
}

#[utoipa::path(get, path = "/api/games/{game}", params(("game" = String, Path)), responses((status = 200, body = Game)))]
pub(crate) async fn game(State(app): State<App>, at: InGame) -> Json<Game> {
    let desk = at.table.desk.lock().await;
    Json(at.table.game(&app, &desk, at.person.account))
}

/// How the game stands, for whoever changed it and for everybody else.
pub(crate) fn changed(app: &App, table: &Table, desk: &Desk, person: &Person) -> Json<Game> {
    table.announce(app, desk);
    Json(table.game(app, desk, person.account))
}

#[utoipa::path(post, path = "/api/games/{game}/start", params(("game" = String, Path)), responses((status = 200, body = Game)))]
pub(crate) async fn start(State(app): State<App>, at: InGame) -> Result<Json<Game>, Fault> {
    let mut desk = at.table.desk.lock().await;
    host(&desk, &at.person)?;
    if desk.stage != Stage::Lobby {
        return Err(Fault::conflict("conflict", "it has begun"));
    }
    let (id, left) = (at.table.id.clone(), desk.settings.deadline_s);
    let left = left.map(|seconds| i64::from(seconds) * 1_000);
    app.keep(move |sql| {
        house::set_stage(sql, &id, "open")?;
        house::set_left(sql, &id, left)
    })
    .await?;
    desk.stage = Stage::Open;
    desk.row.left_ms = left;
    desk.deadline = left.map(|left| app.running_ms().saturating_add(left));
    Ok(changed(&app, &at.table, &desk, &at.person))
}

#[utoipa::path(post, path = "/api/games/{game}/pause", params(("game" = String, Path)), request_body = Pause, responses((status = 200, body = Game)))]
pub(crate) async fn pause(
    State(app): State<App>,
    at: InGame,
    Body(pause): Body<Pause>,
) -> Result<Json<Game>, Fault> {
    let mut desk = at.table.desk.lock().await;
    host(&desk, &at.person)?;
    match (desk.stage, pause.paused) {
        (Stage::Open, true) | (Stage::Paused, false) => {}
        (Stage::Open, false) | (Stage::Paused, true) => {
            return Ok(changed(&app, &at.table, &desk, &at.person));
        }
        _ => return Err(not_open(desk.stage)),
    }
    let now = app.running_ms();
    let left = match desk.deadline {
        Some(deadline) => Some((deadline - now).max(0)),
        None => desk.row.left_ms,
    };
    let (id, paused) = (at.table.id.clone(), pause.paused);
    app.keep(move |sql| {
        house::set_paused(sql, &id, paused)?;
        house::set_left(sql, &id, left)
    })
    .await?;
    desk.row.paused = paused;
    desk.row.left_ms = left;
    desk.deadline = left.filter(|_| !paused).map(|left| now.saturating_add(left));
    desk.stage = if paused { Stage::Paused } else { Stage::Open };
    if !paused {
        play::if_all_in(&app, &at.table, &mut desk);
    }
    Ok(changed(&app, &at.table, &desk, &at.person))
}

/// Why a game that is not open takes no part in play.
pub(crate) fn not_open(stage: Stage) -> Fault {
    match stage {
        Stage::Lobby => Fault::conflict("lobby", "it has not begun"),
        Stage::Playing => Fault::conflict("deadline_passed", "the turn is being played"),
        Stage::Over => Fault::conflict("over", "the war is over"),
        Stage::Frozen => Fault::conflict("frozen", "the game is frozen; its report says why"),
        Stage::Open | Stage::Paused => Fault::conflict("wrong_turn", "that is not the coming turn"),
    }
}

#[utoipa::path(post, path = "/api/games/{game}/settings", params(("game" = String, Path)), request_body = Settings, responses((status = 200, body = Game)))]
pub(crate) async fn settings(
    State(app): State<App>,
    at: InGame,
    Body(settings): Body<Settings>,
) -> Result<Json<Game>, Fault> {
    let mut desk = at.table.desk.lock().await;
    host(&desk, &at.person)?;
    let settings = settled(settings)?;
    let sooner = settings.watching == Watching::Late
        && (desk.settings.watching != Watching::Late
            || settings.watch_delay_turns < desk.settings.watch_delay_turns);
    // What players agreed to when they sat down is not loosened behind their backs.
    if sooner && desk.stage != Stage::Lobby && !desk.alone(at.person.account) {
        return Err(Fault::forbidden("not_now", "watchers cannot be let nearer once it has begun"));
    }
    let (id, text) = (at.table.id.clone(), written(&settings)?);
    let (now, open) = (app.running_ms(), desk.stage == Stage::Open);
    let same = settings.deadline_s == desk.settings.deadline_s;
    let deadline = match settings.deadline_s {
        _ if same => desk.deadline,
        Some(seconds) if open => Some(now.saturating_add(i64::from(seconds) * 1_000)),
        _ => None,
    };
    let left = if open { deadline.map(|at| at - now) } else { desk.row.left_ms };
    app.keep(move |sql| {
        house::set_settings(sql, &id, &text)?;
        house::set_left(sql, &id, left)
    })
    .await?;
    desk.settings = settings;
    desk.deadline = deadline;
    desk.row.left_ms = left;
    Ok(changed(&app, &at.table, &desk, &at.person))
}

#[utoipa::path(post, path = "/api/games/{game}/deadline", params(("game" = String, Path)), responses((status = 200, body = Game)))]
pub(crate) async fn deadline(State(app): State<App>, at: InGame) -> Result<Json<Game>, Fault> {
    let mut desk = at.table.desk.lock().await;
    host(&desk, &at.person)?;
    if !matches!(desk.stage, Stage::Open | Stage::Paused) {
        return Err(not_open(desk.stage));
    }
    play::begin(&app, &at.table, &mut desk, Because::Deadline);
    Ok(Json(at.table.game(&app, &desk, at.person.account)))
}

#[utoipa::path(post, path = "/api/games/{game}/invitations", params(("game" = String, Path)), request_body = NewInvitation, responses((status = 200, body = Invitation)))]
pub(crate) async fn invite(
    State(app): State<App>,
    at: InGame,
    Body(new): Body<NewInvitation>,
) -> Result<Json<Invitation>, Fault> {
    {
        let desk = at.table.desk.lock().await;
        host(&desk, &at.person)?;
    }
    let powers = at.table.law.codex.powers.len();
    if new.power.is_some_and(|power| power as usize >= powers) {
        return Err(Fault::bad("there is no such power"));
    }
    let token = secret::draw(32)?;
    let (hash, now, most) = (secret::hash(&token), app.wall_ms(), app.config.caps.invitations);
    let row = InvitationRow { game: at.table.id.clone(), power: new.power, watch: new.watch };
    let full = app
        .keep(move |sql| {
            if house::count_invitations(sql, &row.game)? >= most {
                return Ok(true);
            }
            house::add_invitation(sql, hash, &row, now).map(|()| false)
        })
        .await?;
    if full {
        return Err(Fault::too_many("too many invitations are open"));
    }
    Ok(Json(Invitation { path: format!("/join/{token}"), token }))
}

#[utoipa::path(post, path = "/api/join", request_body = Join, responses((status = 200, body = Game)))]
pub(crate) async fn join(
    State(app): State<App>,
    person: Person,
    Body(body): Body<Join>,
) -> Result<Json<Game>, Fault> {
    let hash = secret::hash(&body.token);
    let row = app.keep(move |sql| house::invitation(sql, hash)).await?;
    let row = row.ok_or_else(Fault::not_found)?;
    let table = app.table(&row.game).await?;
    let mut desk = table.desk.lock().await;
    let (id, account) = (table.id.clone(), person.account);
    if row.watch || body.watch {
        if desk.settings.watching != Watching::Late {
            return Err(Fault::not_found());
        }
        if desk.seats_of(account).next().is_some() && !app.local() {
            return Err(Fault::conflict("taken", "players do not watch"));
        }
        app.keep(move |sql| house::add_watcher(sql, &id, account)).await?;
        if !desk.watchers.contains(&account) {
            desk.watchers.push(account);
        }
        return Ok(changed(&app, &table, &desk, &person));
    }
    let power = row.power.or(body.power).ok_or_else(|| Fault::bad("choose a power"))?;
    if desk.seat_of(account, power).is_some() {
        return Ok(changed(&app, &table, &desk, &person));
    }
    sit_down(&app, &table, &mut desk, &person, power, row.power.map(|_| hash)).await?;
    Ok(changed(&app, &table, &desk, &person))
}

/// Takes a free seat; an invitation for it alone is used up with it.
pub(crate) async fn sit_down(
    app: &App,
    table: &Table,
    desk: &mut Desk,
    person: &Person,
    power: u32,
    invitation: Option<[u8; 32]>,
) -> Result<(), Fault> {
    if power as usize >= table.law.codex.powers.len() {
        return Err(Fault::bad("there is no such power"));
    }
    if desk.seats.iter().any(|seat| seat.power == power) {
        return Err(Fault::conflict("taken", "that seat is taken"));
    }
    let elsewhere =
        desk.seats_of(person.account).next().is_some() || desk.watchers.contains(&person.account);
    if elsewhere && !desk.alone(person.account) {
        return Err(Fault::conflict("taken", "one person, one seat"));
    }
    let seat = SeatRow { name: person.name.clone(), ..fresh(power, person.account) };
    let (id, kept) = (table.id.clone(), seat.clone());
    app.keep(move |sql| {
        house::put_seat(sql, &id, &kept)?;
        invitation.map_or(Ok(()), |token| house::use_invitation(sql, token))
    })
    .await?;
    desk.seats.push(seat);
    desk.seats.sort_by_key(|seat| seat.power);
    Ok(())
}

#[utoipa::path(post, path = "/api/games/{game}/fork", params(("game" = String, Path)), request_body = NewFork, responses((status = 200, body = Game)))]
pub(crate) async fn fork(
    State(app): State<App>,
    at: InGame,
    Body(new): Body<NewFork>,
) -> Result<Json<Game>, Fault> {
    let name = plain(&new.name, caps::GAME_NAME_CHARS_MAX, "a game's name")?;
    room_for_another(&app, &at.person).await?;
    let parent = {
        let desk = at.table.desk.lock().await;
        // A fork lets one look at every power: nobody may fork a war that others are still playing.
        if desk.stage != Stage::Over && !desk.alone(at.person.account) {
            return Err(Fault::forbidden("not_now", "others are still playing this war"));
        }
        desk.row.clone()
    };
    if new.turn > at.table.standing().turn {
        return Err(Fault::bad("that turn has not been played"));
    }
    if new.seats.iter().any(|seat| *seat as usize >= at.table.law.codex.powers.len()) {
        return Err(Fault::bad("there is no such power"));
    }
    let (own, table, turn) = (app.clone(), Arc::clone(&at.table), new.turn);
    let state = blocking(move || seen::state_at(&own, &table, turn)).await??;
    let over = state.now >= at.table.law.ends;
    let settings = Settings { deadline_s: None, ..Settings::default() };
    let row = GameRow {
        game: app.new_id(GAME_ID_LETTERS)?,
        name: match name.is_empty() {
            true => format!("{} from turn {turn}", parent.name)
                .chars()
                .take(caps::GAME_NAME_CHARS_MAX)
                .collect(),
            false => name,
        },
        host: at.person.account,
        settings: written(&settings)?,
        stage: if over { "over" } else { "open" }.to_owned(),
        paused: false,
        turn,
        left_ms: None,
        made_ms: app.wall_ms(),
        parent: Some((parent.game.clone(), turn)),
        report: None,
        ..parent.clone()
    };
    records::share(&app, &parent.game, &row.game, &state);
    let (kept, account, seats) = (row.clone(), at.person.account, new.seats.clone());
    app.keep(move |sql| {
        house::add_game(sql, &kept)?;
        house::copy_turns(sql, &parent.game, &kept.game, turn)?;
        house::put_opening(sql, &kept.game, turn, &state)?;
        seats.iter().try_for_each(|power| house::put_seat(sql, &kept.game, &fresh(*power, account)))
    })
    .await?;
    let table = app.table(&row.game).await?;
    let desk = table.desk.lock().await;
    Ok(Json(table.game(&app, &desk, at.person.account)))
}
