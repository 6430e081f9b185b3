//! Plays a page of Markdown: commands in ```` ```console ```` blocks, files in blocks that name them.
//!
//! In a console block a line that begins with `$ ` is given to `sh`; the lines after it are what it must print, stdout and stderr
//! together. `...` alone stands for any lines, `[..]` within a line for any characters. `exit=2` after `console` is the exit code of the
//! block's last command; without it every command must end with 0. A block such as ```` ```toml orders.toml ```` writes that file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Plays the page of that path.
pub fn play(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    play_text(&name, &text)
}

/// Plays a page in a folder of its own, with the repository's content and scenarios beside it.
pub fn play_text(name: &str, text: &str) -> Result<(), String> {
    let folder = sandbox(name);
    let mut commands = 0;
    for block in blocks(text) {
        let (kind, rest) = block.info.split_once(' ').unwrap_or((block.info, ""));
        let place = format!("{name}, line {}", block.line);
        if kind == "console" {
            commands +=
                console(&folder, &block.lines, rest).map_err(|why| format!("{place}: {why}"))?;
        } else if !rest.is_empty() {
            fs::write(folder.join(rest), block.lines.join("\n") + "\n")
                .map_err(|error| format!("{place}: {error}"))?;
        }
    }
    if commands == 0 { Err(format!("{name}: the page holds no command")) } else { Ok(()) }
}

struct Block<'a> {
    info: &'a str,
    line: usize,
    lines: Vec<&'a str>,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => block.lines.push(line),
            (None, Some(info)) => {
                open = Some(Block { info: info.trim(), line: at + 1, lines: Vec::new() });
            }
            (None, None) => {}
        }
    }
    found
}

/// Gives how many commands were played.
fn console(folder: &Path, lines: &[&str], rest: &str) -> Result<usize, String> {
    let last_code = match rest.strip_prefix("exit=") {
        Some(code) => code.parse::<i32>().map_err(|error| error.to_string())?,
        None => 0,
    };
    let starts: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with("$ ")).collect();
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(lines.len());
        let command = &lines[*start][2..];
        let expected = &lines[start + 1..end];
        let (printed, code) = run(folder, command)?;
        let wanted = if place + 1 == starts.len() { last_code } else { 0 };
        if code != Some(wanted) {
            return Err(format!(
                "`{command}` ended with {code:?}, not {wanted}; it printed\n{printed}"
            ));
        }
        let lines: Vec<&str> = printed.lines().collect();
        if !matches(expected, &lines) {
            return Err(format!(
                "`{command}` printed\n{printed}\nand not\n{}",
                expected.join("\n")
            ));
        }
    }
    Ok(starts.len())
}

fn run(folder: &Path, command: &str) -> Result<(String, Option<i32>), String> {
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_jumpline"));
    let beside = binary.parent().unwrap_or(Path::new("."));
    let path = format!("{}:{}", beside.display(), std::env::var("PATH").unwrap_or_default());
    let out = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "100")
        .env_remove("JUMPLINE_ACK")
        .output()
        .map_err(|error| error.to_string())?;
    Ok((String::from_utf8_lossy(&out.stdout).into_owned(), out.status.code()))
}

/// Do the lines fit the pattern?
fn matches(pattern: &[&str], lines: &[&str]) -> bool {
    match pattern.split_first() {
        None => lines.is_empty(),
        Some((&"...", rest)) => (0..=lines.len()).any(|skip| matches(rest, &lines[skip..])),
        Some((first, rest)) => {
            lines.split_first().is_some_and(|(line, more)| fits(first, line) && matches(rest, more))
        }
    }
}

fn fits(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.trim_end().split("[..]");
    let Some(mut rest) = parts.next().and_then(|first| line.trim_end().strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// A fresh folder with the repository's `content` and `scenarios`.
pub fn sandbox(name: &str) -> PathBuf {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("page-{name}-{}-{number}", std::process::id()));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    for shipped in ["content", "scenarios"] {
        copy(&crate::root().join(shipped), &folder.join(shipped));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn patterns_fit_what_they_say() {
    assert!(matches(&["a", "...", "z"], &["a", "b", "c", "z"]));
    assert!(matches(&["..."], &[]));
    assert!(!matches(&["a"], &["a", "b"]));
    assert!(fits("digest [..], turn 3", "digest 0af3, turn 3"));
    assert!(!fits("digest [..], turn 3", "digest 0af3, turn 4"));
    assert!(!fits("ends [..]x", "ends"));
}
