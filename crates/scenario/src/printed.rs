//! What is printed from the field tables: JSON Schemas for editors, the reference manual for people.

use serde_json::Value as Json;

use crate::duels;
use crate::orders;
use crate::read;
use crate::shape::{manual, schema};
use crate::text::quantity;

/// Sections that belong to a ruleset; a scenario may override them key by key.
const OF_RULESET: &[&str] = &[
    "ruleset",
    "navigation",
    "battle",
    "sight",
    "officers",
    "wrecks",
    "wings",
    "ground",
    "weapon",
    "drive",
    "doctrine",
    "class",
    "attrition",
    "calibrated",
];

/// The JSON Schemas of the kinds of files, by name: `ruleset` (under `content/`), `scenario` (under `scenarios/`),
/// `orders` (what persons wrote down for their powers) and `duel` (forces to be set against one another).
pub fn schemas() -> Vec<(&'static str, Json)> {
    let root = read::root();
    let of_ruleset = |key: &str| OF_RULESET.contains(&key);
    let ruleset = schema::file_schema(
        "ruleset",
        "A file of a ruleset: what ships, weapons, drives, doctrines and rules are.",
        &root,
        &of_ruleset,
        &|_| false,
    );
    let scenario = schema::file_schema(
        "scenario",
        "A file of a scenario: the chart, the powers, their forces and plans; it may override its ruleset.",
        &root,
        &|key| key != "ruleset",
        &of_ruleset,
    );
    let shape = orders::shape();
    let mut orders = schema::file_schema("orders", &shape.about, &shape, &|_| true, &|_| false);
    // A file of orders belongs to one war and names no format.
    if let Some(Json::Object(properties)) = orders.get_mut("properties") {
        properties.remove("format");
    }
    let shape = duels::shape();
    let duel = schema::file_schema("duel", &shape.about, &shape, &|_| true, &|_| false);
    vec![("duel", duel), ("orders", orders), ("ruleset", ruleset), ("scenario", scenario)]
}

/// The reference manual of the text format, as Markdown.
pub fn reference() -> String {
    let mut out = String::from(
        "# Reference: the files of a scenario\n\n\
         Files are TOML 1.1. A scenario is every `*.toml` file of its folder, laid over every `*.toml` file of its \
         ruleset; file names are free, tables decide. Tables under a [header] are joined key by key; values, \
         lists and `{ … }` are replaced whole. Keys of things (`KEY` below) are made of a to z, 0 to 9 and dashes.\n\n\
         A key that ends in a unit takes a whole number of that unit or a text with any unit of its kind:\n\n\
         | ending | measures | units that may be written |\n|---|---|---|\n",
    );
    let endings =
        ["m", "mly", "m2", "s", "ms", "mps", "mps2", "kt", "pt", "permille", "ppm", "udeg"];
    for ending in endings {
        let Some(of) = quantity::of_key(&format!("x_{ending}")) else { continue };
        let units: Vec<&str> = of.units.iter().map(|unit| unit.name).collect();
        out.push_str(&format!("| `_{ending}` | {} | {} |\n", of.name, units.join(", ")));
    }
    out.push_str(
        "\nDates are written `\"2470-05-07\"` or `\"2470-05-07T04:10\"`. Every file with `[scenario]` or `[ruleset]` \
         begins with `format = 1`.\n\n\
         This page is printed from the field tables of `crates/scenario`; do not edit it by hand.\n\n",
    );
    out.push_str(&manual::manual(&read::root()));
    for (title, shape) in
        [("A file of orders", orders::shape()), ("A file of a duel", duels::shape())]
    {
        out.push_str(&format!("# {title}\n\n{}\n\n", shape.about));
        out.push_str(&manual::manual(&shape));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
