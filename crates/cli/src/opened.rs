//! From texts to a war that can be played, with every problem printed.

use crate::failure::Failure;
use crate::files::{self, Source};
use jumpline_scenario::orders::{OrderBook, load_orders};
use jumpline_scenario::{Loaded, Severity, load, render};
use jumpline_store::{OrdersText, War};
use jumpline_world::State;
use std::path::Path;

/// Reads a scenario and prints what is wrong with it. An error refuses it.
pub fn open(source: &Source) -> Result<Loaded, Failure> {
    let (loaded, problems) = load(&source.key, &source.texts);
    files::note(&render(&problems));
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    match loaded {
        Some(loaded) if errors == 0 => Ok(loaded),
        _ => Err(Failure::Input(String::new())),
    }
}

/// The war of a save, from the texts in it.
pub fn open_saved(war: &War) -> Result<Loaded, Failure> {
    let (loaded, problems) = load(&war.scenario, &war.texts);
    loaded.ok_or_else(|| {
        files::note(&render(&problems));
        Failure::input("the texts in the save are no longer a scenario that can be played")
    })
}

/// A file of orders as it was handed in.
pub fn orders_text(path: &Path) -> Result<OrdersText, Failure> {
    let name = path.to_string_lossy().replace('\\', "/");
    Ok(OrdersText { name, bytes: files::read(path)? })
}

/// Reads a file of orders and prints what is wrong with it.
pub fn orders(
    loaded: &Loaded,
    opening: &State,
    text: Option<&OrdersText>,
) -> Result<OrderBook, Failure> {
    let Some(OrdersText { name, bytes }) = text else { return Ok(OrderBook::default()) };
    let (book, problems) = load_orders(&loaded.law, opening, name, bytes);
    files::note(&render(&problems));
    book.ok_or(Failure::Input(String::new()))
}
