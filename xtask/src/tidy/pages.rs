//! Pages people read: READMEs of rooms, links, decisions, and the files of content and scenarios.

use super::Fault;
use super::house::House;

const README_LINES: usize = 60;

pub fn room_readmes(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for room in &house.rooms {
        let path = format!("crates/{}/README.md", room.name);
        let Some(text) = house.text(&path) else {
            faults.push(Fault::file(&path, "is missing"));
            continue;
        };
        let lines = text.lines().count();
        if lines > README_LINES {
            faults
                .push(Fault::file(&path, format!("has {lines} lines; {README_LINES} are allowed")));
        }
        let lower = text.to_lowercase();
        for part in ["does", "refuses", "look here first"] {
            if !lower.contains(part) {
                faults.push(Fault::file(&path, format!("does not say: {part}")));
            }
        }
    }
    faults
}

/// Links of the form `](path)` to files of ours; those to the outside are not followed.
pub fn links(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in house.ending(".md") {
        let mut fenced = false;
        for (at, line) in file.text.lines().enumerate() {
            fenced ^= line.trim_start().starts_with("```");
            if fenced {
                continue;
            }
            for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let target = target.split('#').next().unwrap_or_default();
                if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                    continue;
                }
                if !house.has(&resolve(&file.path, target)) {
                    faults.push(Fault::line(
                        &file.path,
                        at + 1,
                        format!("leads nowhere: {target}"),
                    ));
                }
            }
        }
    }
    faults
}

/// A link's target as a path from the root.
fn resolve(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

pub fn decisions(house: &House) -> Vec<Fault> {
    let pages: Vec<&str> = house
        .ending(".md")
        .filter_map(|file| file.path.strip_prefix("docs/decisions/"))
        .filter(|name| *name != "README.md")
        .collect();
    let mut faults = Vec::new();
    for (at, name) in pages.iter().enumerate() {
        if !name.starts_with(&format!("{:04}-", at + 1)) {
            let path = format!("docs/decisions/{name}");
            faults.push(Fault::file(&path, format!("should be number {:04}", at + 1)));
        }
    }
    faults
}

/// Content and scenarios open with a comment, and a long file has more than that one.
pub fn content_speaks(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in house.ending(".toml") {
        if !file.path.starts_with("content/") && !file.path.starts_with("scenarios/") {
            continue;
        }
        let first = file.text.lines().find(|line| !line.trim().is_empty());
        if !first.is_some_and(|line| line.starts_with('#')) {
            faults
                .push(Fault::file(&file.path, "does not open with a comment that says what it is"));
        }
        let lines = file.text.lines().count();
        let comments = file.text.lines().filter(|line| line.contains("# ")).count();
        if comments * 50 < lines {
            faults.push(Fault::file(
                &file.path,
                format!("{comments} comments in {lines} lines: numbers need their reasons"),
            ));
        }
    }
    faults
}
