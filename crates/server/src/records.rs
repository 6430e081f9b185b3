//! Records of battles: written while a turn is played, kept in a folder for each game, and handed to those who took part as they may
//! know them. What leaves here has its viewer's numbers, no luck of the war, no names or groups of others, and ends where the viewer's
//! last ship left.

use crate::app::App;
use crate::fault::Fault;
use crate::table::Table;
use jumpline_measure::{EngagementId, ShipId};
use jumpline_record::{Kind, Record, Row, STRETCH_TICKS, Shelf};
use jumpline_wire::Lens;
use jumpline_world::State;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder of a game's records, if records are kept.
pub(crate) fn folder(app: &App, game: &str) -> Option<PathBuf> {
    app.config.records.as_ref().map(|folder| folder.join(game))
}

/// Somewhere to write what is about to be fought. A game without it is played all the same.
pub(crate) fn shelf(app: &App, table: &Table) -> Option<Shelf> {
    let folder = folder(app, &table.id)?;
    match Shelf::folder(&table.law, 0, &folder, &[]) {
        Ok(shelf) => Some(shelf),
        Err(problem) => {
            tracing::warn!(game = %table.id, %problem, "battles are not recorded");
            None
        }
    }
}

/// Names of ships, for those who come into a battle.
pub(crate) fn names(state: &State) -> BTreeMap<u32, String> {
    let named = state.ships.iter().filter_map(|ship| Some((ship.id.0, ship.name.clone()?)));
    named.collect()
}

/// The file of a battle that is over.
fn file(folder: &Path, engagement: EngagementId) -> Option<PathBuf> {
    let stem = format!("battle-{:05}-", engagement.0);
    let mut found = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    found.find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&stem) && name.ends_with(".arrow")
    })
}

/// Is there a record of that battle?
pub(crate) fn stands(app: &App, game: &str, engagement: EngagementId) -> bool {
    folder(app, game).is_some_and(|folder| file(&folder, engagement).is_some())
}

/// Gives a fork the records of battles that were over where it begins.
pub(crate) fn share(app: &App, from: &str, to: &str, state: &State) {
    let (Some(from), Some(to)) = (folder(app, from), folder(app, to)) else { return };
    let over = (0..state.next_engagement).map(EngagementId);
    for engagement in over.filter(|id| !state.engagements.contains_key(id)) {
        let Some(path) = file(&from, engagement) else { continue };
        let name = path.file_name().unwrap_or_default();
        let copied = fs::create_dir_all(&to).and_then(|()| fs::hard_link(&path, to.join(name)));
        if let Err(error) = copied.or_else(|_| fs::copy(&path, to.join(name)).map(drop)) {
            tracing::warn!(%error, "a record could not be shared with a fork");
        }
    }
}

/// The record of a battle as one power may know it.
pub(crate) fn of(
    app: &App,
    table: &Table,
    state: &State,
    power: u32,
    engagement: EngagementId,
    number: u32,
) -> Result<Option<Vec<u8>>, Fault> {
    let Some(folder) = folder(app, &table.id) else { return Ok(None) };
    // Made once for each power that asks.
    let known = folder.join(format!("seen-{:05}-{power}.arrow", engagement.0));
    if let Ok(bytes) = fs::read(&known) {
        return Ok(Some(bytes));
    }
    let Some(path) = file(&folder, engagement) else { return Ok(None) };
    let broken = |what: &dyn std::fmt::Display| Fault::internal(&format!("a record: {what}"));
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(broken(&error)),
    };
    let record = Record::read(bytes).map_err(|problem| broken(&problem))?;
    let lens = Lens::new(state, jumpline_measure::PowerId(power));
    let Some(record) = known_to(&lens, record, number) else { return Ok(None) };
    let bytes = record.bytes().map_err(|problem| broken(&problem))?;
    let part = known.with_extension("part");
    // Whether it can be kept for the next time or not, it is answered now.
    drop(fs::write(&part, &bytes).and_then(|()| fs::rename(&part, &known)));
    Ok(Some(bytes))
}

/// Ships of others are numbered from here on, in the order in which they came.
const STRANGERS_FROM: u32 = 1_000_000;

fn known_to(lens: &Lens, mut record: Record, number: u32) -> Option<Record> {
    let own = |row: &Row| lens.ship(ShipId(row.ship)).is_some();
    let last = record.rows().filter(|row| own(row)).map(Row::stretch).max()?;
    record.stretches.retain(|rows| rows.first().is_some_and(|row| row.stretch() <= last));
    record.ticks = record.ticks.min((last + 1).saturating_mul(STRETCH_TICKS));
    record.header.seed = 0;
    record.header.engagement = number;
    let mut strangers: BTreeMap<u32, u32> = BTreeMap::new();
    let mut renumbered = |ship: u32| {
        lens.ship(ShipId(ship)).unwrap_or_else(|| {
            let next = STRANGERS_FROM + u32::try_from(strangers.len()).unwrap_or(0);
            *strangers.entry(ship).or_insert(next)
        })
    };
    for rows in &mut record.stretches {
        for row in rows.iter_mut() {
            let mine = lens.ship(ShipId(row.ship)).is_some();
            row.ship = renumbered(row.ship);
            row.group = lens.group(jumpline_measure::GroupId(row.group)).unwrap_or(u32::MAX);
            for aim in &mut row.aims {
                aim.ship = aim.ship.map(&mut renumbered);
            }
            for event in &mut row.events {
                event.by = event.by.map(&mut renumbered);
                if !mine {
                    event.note = None;
                }
                if event.kind == Kind::QuarryStruck {
                    event.amount = None;
                }
            }
        }
        rows.sort_by_key(|row| row.ship);
    }
    Some(record)
}
