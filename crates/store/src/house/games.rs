//! Games as such: what war, whose, how played, how far. A game's turns are in [`super::turns`], its people in [`super::seats`].

use super::base::Sql;
use super::error::HouseError;
use super::value::Row;
use crate::codec;
use crate::war::layer_word;
use jumpline_scenario::{Layer, Texts};

/// One game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GameRow {
    /// Its id: a secret in itself.
    pub game: String,
    /// Its name.
    pub name: String,
    /// The scenario's key.
    pub scenario: String,
    /// The war's title.
    pub title: String,
    /// The account of its host.
    pub host: i64,
    /// All the luck of the war.
    pub seed: u64,
    /// How it is played, as its server writes it.
    pub settings: String,
    /// `lobby`, `open`, `over` or `frozen`.
    pub stage: String,
    /// Halted by its host?
    pub paused: bool,
    /// Turns played.
    pub turn: u32,
    /// Time left until the deadline when last noted, milliseconds.
    pub left_ms: Option<i64>,
    /// When it was made, milliseconds since 1970.
    pub made_ms: i64,
    /// The game it was forked from and the last turn they share.
    pub parent: Option<(String, u32)>,
    /// Why it is frozen.
    pub report: Option<String>,
    /// The version of the program that made it.
    pub engine: String,
    /// The version of play that its turns were made with.
    pub play: u32,
}

const COLUMNS: &str = "game, name, scenario, title, host, seed, settings, stage, paused, turn, \
                       left_ms, made_ms, parent, parent_turn, report, engine, play";

fn read(mut row: Row) -> Result<GameRow, HouseError> {
    Ok(GameRow {
        game: row.text()?,
        name: row.text()?,
        scenario: row.text()?,
        title: row.text()?,
        host: row.int()?,
        seed: row.int()?.cast_unsigned(),
        settings: row.text()?,
        stage: row.text()?,
        paused: row.flag()?,
        turn: row.number()?,
        left_ms: row.maybe_int()?,
        made_ms: row.int()?,
        parent: match (row.maybe_text()?, row.maybe_number()?) {
            (Some(parent), Some(turn)) => Some((parent, turn)),
            _ => None,
        },
        report: row.maybe_text()?,
        engine: row.text()?,
        play: row.number()?,
    })
}

/// Adds a game.
///
/// # Errors
/// When the database refuses.
pub fn add_game(sql: &mut dyn Sql, game: &GameRow) -> Result<(), HouseError> {
    let parent = game.parent.clone();
    sql.run(
        &format!(
            "INSERT INTO games ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
             $14, $15, $16, $17)"
        ),
        &[
            game.game.as_str().into(),
            game.name.as_str().into(),
            game.scenario.as_str().into(),
            game.title.as_str().into(),
            game.host.into(),
            game.seed.cast_signed().into(),
            game.settings.as_str().into(),
            game.stage.as_str().into(),
            game.paused.into(),
            game.turn.into(),
            game.left_ms.into(),
            game.made_ms.into(),
            parent.as_ref().map(|(parent, _)| parent.as_str()).into(),
            parent.as_ref().map(|(_, turn)| *turn).into(),
            game.report.clone().into(),
            game.engine.as_str().into(),
            game.play.into(),
        ],
    )?;
    Ok(())
}

/// One game.
///
/// # Errors
/// When the database refuses.
pub fn game(sql: &mut dyn Sql, game: &str) -> Result<Option<GameRow>, HouseError> {
    sql.row(&format!("SELECT {COLUMNS} FROM games WHERE game = $1"), &[game.into()])?
        .map(read)
        .transpose()
}

/// The games that an account hosts, plays or watches, newest first.
///
/// # Errors
/// When the database refuses.
pub fn games_of(sql: &mut dyn Sql, account: i64) -> Result<Vec<GameRow>, HouseError> {
    sql.rows(
        &format!(
            "SELECT {COLUMNS} FROM games WHERE host = $1
             OR game IN (SELECT game FROM seats WHERE account = $1)
             OR game IN (SELECT game FROM watchers WHERE account = $1)
             ORDER BY made_ms DESC, game"
        ),
        &[account.into()],
    )?
    .into_iter()
    .map(read)
    .collect()
}

/// The games whose clocks may run.
///
/// # Errors
/// When the database refuses.
pub fn open_games(sql: &mut dyn Sql) -> Result<Vec<GameRow>, HouseError> {
    sql.rows(
        &format!("SELECT {COLUMNS} FROM games WHERE stage = 'open' ORDER BY made_ms, game"),
        &[],
    )?
    .into_iter()
    .map(read)
    .collect()
}

/// Moves a game to another stage of its life.
///
/// # Errors
/// When the database refuses.
pub fn set_stage(sql: &mut dyn Sql, game: &str, stage: &str) -> Result<(), HouseError> {
    sql.run("UPDATE games SET stage = $1 WHERE game = $2", &[stage.into(), game.into()])?;
    Ok(())
}

/// Halts a game's clock or lets it go on.
///
/// # Errors
/// When the database refuses.
pub fn set_paused(sql: &mut dyn Sql, game: &str, paused: bool) -> Result<(), HouseError> {
    sql.run("UPDATE games SET paused = $1 WHERE game = $2", &[paused.into(), game.into()])?;
    Ok(())
}

/// Changes how a game is played.
///
/// # Errors
/// When the database refuses.
pub fn set_settings(sql: &mut dyn Sql, game: &str, settings: &str) -> Result<(), HouseError> {
    sql.run("UPDATE games SET settings = $1 WHERE game = $2", &[settings.into(), game.into()])?;
    Ok(())
}

/// Notes the time left until the deadline.
///
/// # Errors
/// When the database refuses.
pub fn set_left(sql: &mut dyn Sql, game: &str, left_ms: Option<i64>) -> Result<(), HouseError> {
    sql.run("UPDATE games SET left_ms = $1 WHERE game = $2", &[left_ms.into(), game.into()])?;
    Ok(())
}

/// Freezes a game and keeps the report.
///
/// # Errors
/// When the database refuses.
pub fn freeze(sql: &mut dyn Sql, game: &str, report: &str) -> Result<(), HouseError> {
    sql.run(
        "UPDATE games SET stage = 'frozen', report = $1 WHERE game = $2",
        &[report.into(), game.into()],
    )?;
    Ok(())
}

/// Keeps the texts that a war was read from.
///
/// # Errors
/// When the database refuses.
pub fn put_texts(sql: &mut dyn Sql, game: &str, texts: &Texts) -> Result<(), HouseError> {
    for (place, (layer, name, bytes)) in (1_i64..).zip(texts.iter()) {
        let body =
            codec::pack_bytes(bytes).map_err(|error| HouseError::Refused(error.to_string()))?;
        sql.run(
            "INSERT INTO texts (game, place, layer, name, body) VALUES ($1, $2, $3, $4, $5)",
            &[game.into(), place.into(), layer_word(layer).into(), name.into(), body.into()],
        )?;
    }
    Ok(())
}

/// The texts that a war was read from.
///
/// # Errors
/// When the database refuses or they are damaged.
pub fn texts(sql: &mut dyn Sql, game: &str) -> Result<Texts, HouseError> {
    let rows = sql.rows(
        "SELECT layer, name, body FROM texts WHERE game = $1 ORDER BY place",
        &[game.into()],
    )?;
    let mut texts = Texts::new();
    for mut row in rows {
        let (layer, name) = (row.text()?, row.text()?);
        let bytes = codec::unpack_bytes(&row.bytes()?).map_err(HouseError::Damaged)?;
        if layer == layer_word(Layer::Ruleset) {
            texts.add_ruleset(name, bytes);
        } else {
            texts.add_scenario(name, bytes);
        }
    }
    Ok(texts)
}
