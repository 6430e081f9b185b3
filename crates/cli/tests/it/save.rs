//! Saves from outside: acknowledged turns are there, foreign and hostile files are refused, a broken pipe is no fault.

use crate::page::sandbox;
use crate::signal;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn jumpline(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jumpline"));
    command.current_dir(folder).args(args);
    command
}

fn ran(folder: &Path, args: &[&str]) -> Output {
    jumpline(folder, args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn digest(out: &Output) -> String {
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    json["digest"].as_str().unwrap().to_owned()
}

#[test]
fn json_has_the_keys_that_others_rely_on() {
    let folder = sandbox("json");
    let out = ran(&folder, &["run", "first-light", "--json", "--until", "2401-03-02"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    let mut wanted = vec![
        "scenario",
        "seed",
        "from",
        "to",
        "turns",
        "digest",
        "events",
        "cpu_s",
        "wall_s",
        "ship_ticks",
        "battles",
        "balanced",
        "powers",
        "people",
    ];
    wanted.sort_unstable();
    let mut sorted = keys;
    sorted.sort_unstable();
    assert_eq!(sorted, wanted);
    let row = &json["powers"][0]["ships"][0];
    let mut columns: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
    columns.sort_unstable();
    assert_eq!(columns, ["arrived", "built", "class", "departed", "lost", "opening", "present"]);
    assert_eq!(json["balanced"], true);
    assert_eq!(json["to"], "2401-03-02T00:00:00");
}

#[test]
fn threads_and_saving_change_nothing() {
    let folder = sandbox("threads");
    let mut digests = Vec::new();
    for threads in ["1", "2", "8"] {
        digests
            .push(digest(&ran(&folder, &["run", "first-light", "--json", "--threads", threads])));
    }
    let saved = ["run", "first-light", "--json", "--save", "war.jumpline"];
    digests.push(digest(&ran(&folder, &saved)));
    // A second save of the same name takes the first one's place.
    digests.push(digest(&ran(&folder, &saved)));
    digests.push(digest(&ran(&folder, &["show", "war.jumpline", "--json"])));
    assert!(digests.windows(2).all(|pair| pair[0] == pair[1]), "{digests:?}");
    let replay = ran(&folder, &["replay", "war.jumpline"]);
    assert_eq!(replay.status.code(), Some(0), "{}", text(&replay.stderr));
    assert!(text(&replay.stdout).contains(&digests[0]));
}

#[test]
fn every_turn_is_acknowledged_once_and_found_again() {
    let folder = sandbox("ack");
    let out = jumpline(&folder, &["run", "first-light", "--json", "--save", "war.jumpline"])
        .env("JUMPLINE_ACK", "1")
        .output()
        .unwrap();
    let said = acknowledged(&text(&out.stderr));
    assert!(!said.is_empty());
    let journal = jumpline_store::Journal::open(&folder.join("war.jumpline")).unwrap();
    assert_eq!(journal.digests().unwrap(), said);
}

#[test]
fn what_is_not_a_save_is_never_overwritten() {
    let folder = sandbox("foreign");
    fs::write(folder.join("letter.txt"), "dear reader").unwrap();
    let out = ran(&folder, &["run", "first-light", "--save", "letter.txt"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("not a Jumpline save"), "{}", text(&out.stderr));
    assert_eq!(fs::read_to_string(folder.join("letter.txt")).unwrap(), "dear reader");
    for command in ["show", "replay"] {
        let out = ran(&folder, &[command, "letter.txt"]);
        assert_eq!(out.status.code(), Some(2), "{}", text(&out.stderr));
    }
    let out = ran(&folder, &["run", "first-light", "--save", "no/such/folder/war.jumpline"]);
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stderr));
}

#[test]
fn a_reader_that_stops_early_is_content() {
    let folder = sandbox("pipe");
    let mut child = jumpline(&folder, &["run", "first-light", "--full"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert_eq!(said, "");
}

/// Refused, or the same as before: never a panic, never exit code 3.
#[test]
fn a_flipped_byte_is_refused_or_harmless() {
    let folder = sandbox("flip");
    let out = ran(
        &folder,
        &["run", "first-light", "--json", "--until", "2401-03-01T12:00", "--save", "a.jumpline"],
    );
    let before = digest(&out);
    let whole = fs::read(folder.join("a.jumpline")).unwrap();
    for step in 0..24 {
        let mut hurt = whole.clone();
        let at = step * whole.len() / 24 + step * 37 % 97;
        let at = at.min(whole.len() - 1);
        hurt[at] ^= 1 << (step % 8);
        fs::write(folder.join("hurt.jumpline"), &hurt).unwrap();
        let out = ran(&folder, &["show", "hurt.jumpline", "--json"]);
        match out.status.code() {
            Some(0) => assert_eq!(digest(&out), before, "byte {at}"),
            Some(1 | 2) => {}
            code => panic!("byte {at}: {code:?}: {}", text(&out.stderr)),
        }
    }
}

/// What a run told on stderr to be safe, as the journal would list it.
fn acknowledged(said: &str) -> Vec<(u32, String)> {
    said.lines()
        .filter_map(|line| {
            let (turn, digest) = line.strip_prefix("acknowledged ")?.split_once(' ')?;
            Some((turn.parse().ok()?, digest.to_owned()))
        })
        .collect()
}

/// A disk that fills up: the run ends with a word about it, and every turn acknowledged before is there.
#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let mut ended = Vec::new();
    for kilobytes in [20, 60, 100, 140, 200] {
        let folder = sandbox("full");
        // Ignoring the signal leaves the error, as a full disk would give it. `ulimit -f` counts in units of 512 or 1,024 bytes.
        let command = format!(
            "trap '' XFSZ; ulimit -f {kilobytes}; exec {} run first-light --json --save war.jumpline",
            env!("CARGO_BIN_EXE_jumpline")
        );
        let out = Command::new("sh")
            .args(["-c", &command])
            .current_dir(&folder)
            .env("JUMPLINE_ACK", "1")
            .output()
            .unwrap();
        let said = acknowledged(&text(&out.stderr));
        ended.push((out.status.code(), said.len()));
        match out.status.code() {
            Some(0) => {}
            Some(3) => assert!(text(&out.stderr).contains("cannot write"), "{}", text(&out.stderr)),
            code => panic!("{kilobytes}: {code:?}: {}", text(&out.stderr)),
        }
        let save = folder.join("war.jumpline");
        if said.is_empty() && !save.exists() {
            continue;
        }
        let journal = jumpline_store::Journal::open(&save).unwrap();
        let kept = journal.digests().unwrap();
        assert_eq!(kept[..said.len()], said, "{kilobytes}");
    }
    assert!(ended.iter().any(|(code, _)| *code == Some(3)), "no disk was ever full: {ended:?}");
}

/// A good save stands until a new one takes its place: a run that fails to begin leaves it alone.
#[test]
fn a_full_disk_does_not_spoil_the_last_good_save() {
    let folder = sandbox("spoil");
    ran(&folder, &["run", "duel", "--json", "--save", "war.jumpline"]);
    let before = fs::read(folder.join("war.jumpline")).unwrap();
    let command = format!(
        "trap '' XFSZ; ulimit -f 4; exec {} run first-light --save war.jumpline",
        env!("CARGO_BIN_EXE_jumpline")
    );
    let out = Command::new("sh").args(["-c", &command]).current_dir(&folder).output().unwrap();
    assert_eq!(out.status.code(), Some(3), "{}", text(&out.stderr));
    assert_eq!(fs::read(folder.join("war.jumpline")).unwrap(), before);
    let left: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

/// An interrupt ends the run between two turns, and the save is whole.
#[cfg(unix)]
#[test]
fn an_interrupt_leaves_a_whole_save() {
    let folder = sandbox("interrupt");
    let until = ["--until", "2601-01-01"];
    let mut child = jumpline(&folder, &["run", "first-light", "--save", "war.jumpline"])
        .args(until)
        .env("JUMPLINE_ACK", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut reader = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    reader.read_line(&mut said).unwrap();
    signal("INT", child.id());
    reader.read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{said}");
    assert!(said.contains("interrupted at"), "{said}");
    let journal = jumpline_store::Journal::open(&folder.join("war.jumpline")).unwrap();
    assert_eq!(journal.digests().unwrap(), acknowledged(&said));
    let shown = ran(&folder, &["show", "war.jumpline", "--json"]);
    assert_eq!(digest(&shown), journal.digests().unwrap().last().unwrap().1);
}
