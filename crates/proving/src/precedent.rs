//! Precedents: pages that a stranger can read, each a small war with what must come of it.
//!
//! A page is Markdown. Its fenced blocks marked `toml` are the text of a scenario (over the shipped ruleset), a block marked
//! `toml orders` is a file of orders, and the scenario's own expectations say what must happen over as many runs as the line
//! `Runs: N` asks for (one if there is none). This module reads and plays pages; it judges nothing that a scenario could not.

use crate::wars;
use anyhow::{Context, Result, bail};
use jumpline_campaign::expect::{Verdict, Watch, judge};
use jumpline_campaign::{Campaign, Options};
use jumpline_scenario::orders::load_orders;
use jumpline_scenario::{Loaded, load, render};
use std::path::{Path, PathBuf};

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Where it stands.
    pub path: PathBuf,
    /// Its first heading.
    pub title: String,
    /// How many runs, with seeds 1, 2, 3, ….
    pub runs: u64,
    /// The scenario's text.
    pub scenario: String,
    /// Orders, if persons give any.
    pub orders: Option<String>,
}

/// Reads a page. What is not of a kind becomes blank lines in it, so that a problem's line is the page's own line.
pub fn read(path: &Path) -> Result<Page> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut page = Page { path: path.to_owned(), runs: 1, ..Page::default() };
    let (mut scenario, mut orders) = (String::new(), String::new());
    let mut inside: Option<&str> = None;
    for line in text.lines() {
        let fence = line.strip_prefix("```").map(str::trim);
        let here = if fence.is_some() { None } else { inside };
        match (inside, fence) {
            (None, Some(kind)) => inside = Some(kind),
            (Some(_), Some(_)) => inside = None,
            _ => {}
        }
        scenario.push_str(if here == Some("toml") { line } else { "" });
        scenario.push('\n');
        orders.push_str(if here == Some("toml orders") { line } else { "" });
        orders.push('\n');
        if inside.is_none() {
            if let Some(title) = line.strip_prefix("# ") {
                page.title = title.to_owned();
            }
            if let Some(runs) = line.strip_prefix("Runs:") {
                page.runs = runs.trim().trim_end_matches('.').parse().context("Runs: a number")?;
            }
        }
    }
    if inside.is_some() {
        bail!("{}: a fenced block is left open", path.display());
    }
    page.scenario = scenario;
    page.orders = (!orders.trim().is_empty()).then_some(orders);
    Ok(page)
}

/// Plays a page and judges it. A page that expects nothing is refused: it could not fail.
pub fn play(page: &Page) -> Result<Vec<Verdict>> {
    let name = page.path.display().to_string();
    let mut values = Vec::new();
    let mut law = None;
    for seed in 1..=page.runs.max(1) {
        let loaded = open(page, &name)?;
        if loaded.law.plan.expectations.is_empty() {
            bail!("{name}: it expects nothing, so it cannot fail");
        }
        let book = match &page.orders {
            None => None,
            Some(text) => {
                let (book, problems) =
                    load_orders(&loaded.law, &loaded.opening(seed), &name, text.as_bytes());
                let Some(book) = book else { bail!("{}", render(&problems)) };
                Some(book)
            }
        };
        let mut campaign = Campaign::open(loaded, Options::new(seed, 1));
        if let Some(book) = book {
            campaign.hand_in(book);
        }
        let mut watch = Watch::new(campaign.law(), campaign.state());
        let ends = campaign.law().ends;
        while !campaign.reached(ends) {
            let turn = campaign.advance().clone();
            if !turn.imbalances.is_empty() {
                bail!("{name}: seed {seed}: the account does not balance: {:?}", turn.imbalances);
            }
            watch.see(campaign.law(), campaign.state(), &turn);
        }
        values.push(watch.values(campaign.law(), campaign.turns()));
        law.get_or_insert_with(|| campaign.law().clone());
    }
    Ok(law.map_or_else(Vec::new, |law| judge(&law, &values)))
}

fn open(page: &Page, name: &str) -> Result<Loaded> {
    let mut texts = wars::ruleset("core")?;
    texts.add_scenario(name, page.scenario.as_bytes());
    let (loaded, problems) = load("precedent", &texts);
    let Some(loaded) = loaded else { bail!("{}", render(&problems)) };
    Ok(loaded)
}

/// Every page below a folder, by path.
pub fn pages(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(pages(&path)?);
        } else if path.extension().is_some_and(|tail| tail == "md") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_the_suite_holds() {
        let suite = wars::root().join("tests/suite");
        let mut failed = Vec::new();
        let mut count = 0;
        for path in pages(&suite).unwrap() {
            if path.file_name().is_some_and(|name| name == "README.md") {
                continue;
            }
            let page = read(&path).unwrap();
            count += 1;
            match play(&page) {
                Err(error) => failed.push(format!("{}: {error:#}", page.path.display())),
                Ok(verdicts) => {
                    failed.extend(verdicts.iter().filter(|one| !one.passed).map(|one| {
                        format!(
                            "{} ({}): {}: {}; expected {} ({}), runs {:?}",
                            page.path.display(),
                            page.title,
                            one.key,
                            one.says,
                            one.bounds,
                            one.across,
                            one.values
                        )
                    }))
                }
            }
        }
        assert!(count > 0, "no page found");
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }

    /// The canary: a page that expects what does not happen must be caught, and one that expects nothing refused.
    #[test]
    fn a_false_page_is_caught() {
        let suite = wars::root().join("crates/proving/tests/false-pages");
        let wrong = read(&suite.join("wrong.md")).unwrap();
        assert!(play(&wrong).unwrap().iter().any(|one| !one.passed));
        let idle = read(&suite.join("idle.md")).unwrap();
        assert!(play(&idle).is_err());
    }
}
