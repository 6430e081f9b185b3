//! A war whose orders and turns are kept in a house, as a server keeps them: orders of several people at once, then the turn. It says on
//! stderr what is acknowledged, when it is.

use crate::powerloss::cuts::ACKNOWLEDGED;
use crate::wars;
use anyhow::{Result, ensure};
use jumpline_campaign::{Campaign, Given, Giver, Options};
use jumpline_measure::{GroupId, OrderId, PowerId};
use jumpline_store::house::{
    self, GameRow, HouseError, Keeper, PackedTurn, append_turn, digest_of, keep_order, orders_for,
};
use jumpline_world::order::{Order, Say, Task};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc::channel;

const SEED: u64 = 11;
const POWERS: u32 = 2;
/// Orders of each power for each turn.
const ORDERS: u32 = 3;

/// The house at a place: a file, or `postgres://…`.
///
/// # Errors
/// When it does not open.
pub fn open(place: &str) -> Result<Keeper, HouseError> {
    if place.starts_with("postgres:") {
        Keeper::postgres(place)
    } else {
        Keeper::sqlite(Path::new(place))
    }
}

fn say(what: &str) {
    // That nobody reads it is no fault.
    drop(std::io::stderr().write_all(format!("{ACKNOWLEDGED}{what}\n").as_bytes()));
}

fn order(number: u32, power: u32) -> Given {
    let say = Say::Group { group: GroupId(0), task: Task::Unload, queued: false, doctrine: None };
    let (id, power) = (OrderId(number), PowerId(power));
    Given {
        order: Order { id, power, say, reason: "so".to_owned() },
        by: Giver::Person,
        refusal: None,
    }
}

fn row(game: &str) -> GameRow {
    GameRow {
        game: game.to_owned(),
        name: String::new(),
        scenario: "first-light".to_owned(),
        title: String::new(),
        host: 1,
        seed: SEED,
        settings: "{}".to_owned(),
        stage: "open".to_owned(),
        paused: false,
        turn: 0,
        left_ms: None,
        made_ms: 0,
        parent: None,
        report: None,
        engine: String::new(),
        play: 0,
    }
}

/// Plays first-light whole as a game of a house. With `early`, things are acknowledged before they are kept: a planted defect.
///
/// # Errors
/// When the house refuses.
pub fn play(place: &str, game: &str, early: bool) -> Result<()> {
    let (loaded, war) = wars::open("first-light", SEED)?;
    let keeper = open(place)?;
    let (made, opening, texts, id) =
        (row(game), loaded.opening(SEED), war.texts.clone(), game.to_owned());
    keeper.wait(move |sql| {
        house::add_game(sql, &made)?;
        house::put_texts(sql, &id, &texts)?;
        house::put_opening(sql, &id, 0, &opening)
    })?;
    let mut campaign = Campaign::open(loaded, Options::new(SEED, 1));
    let ends = campaign.law().ends;
    for turn in 0.. {
        if campaign.reached(ends) {
            break;
        }
        hand_in(&keeper, game, turn, early)?;
        let record = campaign.advance().clone();
        let packed = PackedTurn::of(&record, campaign.state())?;
        let line = turn_line(record.number, &record.digest.whole);
        if early {
            say(&line);
        }
        let id = game.to_owned();
        keeper.wait(move |sql| append_turn(sql, &id, packed))?;
        if !early {
            say(&line);
        }
    }
    Ok(())
}

/// All at once, as they come from several people: the house commits them together.
fn hand_in(keeper: &Keeper, game: &str, turn: u32, early: bool) -> Result<()> {
    let (told, heard) = channel();
    for (power, number) in (0..POWERS).flat_map(|power| (0..ORDERS).map(move |n| (power, n))) {
        let (game, told, id) = (game.to_owned(), told.clone(), format!("{turn}-{number}"));
        let line = order_line(turn, power, &id);
        if early {
            say(&line);
        }
        keeper.ask(
            move |sql| keep_order(sql, &game, power, turn, &id, b"so", |n| order(n, power)),
            move |kept| {
                if kept.is_ok() && !early {
                    say(&line);
                }
                drop(told.send(kept.map(drop)));
            },
        );
    }
    drop(told);
    let mut count = 0;
    for kept in heard {
        kept?;
        count += 1;
    }
    ensure!(count == POWERS * ORDERS, "the house answered {count} times");
    Ok(())
}

fn order_line(turn: u32, power: u32, id: &str) -> String {
    format!("order {turn} {power} {id}")
}

fn turn_line(number: u32, digest: &[u8]) -> String {
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("turn {number} {hex}")
}

/// What a house has of a game, in the words of an acknowledgement.
///
/// # Errors
/// When it does not open, or what is in it is damaged.
pub fn found(place: &str, game: &str) -> Result<BTreeSet<String>> {
    let keeper = open(place)?;
    let mut lines = BTreeSet::new();
    let id = game.to_owned();
    let Some(row) = keeper.wait(move |sql| house::game(sql, &id))? else { return Ok(lines) };
    for turn in 0..=row.turn {
        let id = game.to_owned();
        let (orders, digest) = keeper.wait(move |sql| {
            // The states must be what their digests say, not only be there.
            house::last_state_before(sql, &id, turn)?;
            Ok((orders_for(sql, &id, turn, None)?, digest_of(sql, &id, turn)?))
        })?;
        let own = orders.iter().map(|row| order_line(turn, row.given.order.power.0, &row.id));
        lines.extend(own);
        if turn > 0 {
            lines.insert(turn_line(turn, &digest));
        }
    }
    Ok(lines)
}

/// An error when something of `due` is not in the house, or something is that the whole war does not have.
///
/// # Errors
/// So.
pub fn missing(place: &str, game: &str, due: &[String], whole: &BTreeSet<String>) -> Result<()> {
    let found = match found(place, game) {
        Ok(found) => found,
        // Before the first acknowledgement there may be no house at all.
        Err(_) if due.is_empty() => return Ok(()),
        Err(error) => return Err(error.context("the house does not open")),
    };
    for line in due {
        ensure!(found.contains(line), "acknowledged, and not there: {line}");
    }
    for line in &found {
        ensure!(whole.contains(line), "there, and never handed in: {line}");
    }
    Ok(())
}
