//! Saves in good hands and bad ones.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use jumpline_campaign::{Campaign, Options};
use jumpline_measure::Time;
use jumpline_scenario::{Layer, Loaded, Texts, load, render, ruleset_of};
use jumpline_store::{Journal, SCHEMA_VERSION, StoreError, War, replay_all, state_at};
use jumpline_world::digest::digest;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("store-{name}-{}-{number}", std::process::id()));
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn texts_of(folder: &Path, texts: &mut Texts, ruleset: bool) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts_of(&path, texts, ruleset);
        } else {
            let name = path.display().to_string();
            let bytes = fs::read(&path).unwrap();
            if ruleset { texts.add_ruleset(name, bytes) } else { texts.add_scenario(name, bytes) }
        }
    }
}

fn first_light() -> (Texts, Loaded) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = Texts::new();
    texts_of(&root.join("scenarios/first-light"), &mut texts, false);
    let ruleset = ruleset_of(&texts);
    texts_of(&root.join("content").join(ruleset), &mut texts, true);
    let (loaded, problems) = load("first-light", &texts);
    (texts, loaded.unwrap_or_else(|| panic!("{}", render(&problems))))
}

fn war(texts: Texts, loaded: &Loaded, seed: u64) -> War {
    War {
        scenario: "first-light".to_owned(),
        title: loaded.law.title.clone(),
        seed,
        texts,
        orders: None,
        parent: None,
        engine: String::new(),
    }
}

/// Plays some turns into a save and gives the digest of every one of them.
fn saved(path: &Path, turns: u32) -> Vec<String> {
    let (texts, loaded) = first_light();
    let war = war(texts, &loaded, 5);
    let opening = loaded.opening(5);
    let mut journal = Journal::create(path, &war, &opening).unwrap();
    let mut campaign = Campaign::open(loaded, Options::new(5, 1));
    let mut digests = Vec::new();
    for _ in 0..turns {
        let turn = campaign.advance().clone();
        journal.append(&turn, campaign.state()).unwrap();
        digests.push(turn.digest.long());
    }
    journal.finish(campaign.state()).unwrap();
    digests
}

#[test]
fn a_war_comes_back_turn_by_turn() {
    let path = folder("back").join("a.jumpline");
    let digests = saved(&path, 12);
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.last(), 12);
    let read: Vec<String> = journal.digests().unwrap().into_iter().map(|(_, one)| one).collect();
    assert_eq!(read, digests);
    let war = journal.war().unwrap();
    assert_eq!((war.seed, war.scenario.as_str()), (5, "first-light"));
    let (loaded, _) = load(&war.scenario, &war.texts);
    let loaded = loaded.unwrap();
    for turn in [0, 1, 7, 12] {
        let state = state_at(&journal, &loaded.law, turn, 1).unwrap();
        assert_eq!(digest(&state), journal.digest(turn).unwrap());
        assert_eq!(state.turn, turn);
    }
    let replayed = replay_all(&journal, &loaded.law, loaded.opening(5), 2, |_, _| {}).unwrap();
    assert_eq!(replayed.turns, 12);
    assert!(matches!(
        state_at(&journal, &loaded.law, 99, 1),
        Err(StoreError::NoSuchTurn { turn: 99, last: 12, .. })
    ));
}

/// Save, load and go on after every turn: nothing differs from a war that was never put away.
#[test]
fn putting_away_every_turn_cannot_be_noticed() {
    let folder = folder("away");
    let straight = saved(&folder.join("straight.jumpline"), 20);
    let (texts, loaded) = first_light();
    let path = folder.join("broken.jumpline");
    let opening = loaded.opening(5);
    drop(Journal::create(&path, &war(texts, &loaded, 5), &opening).unwrap());
    let mut before: Option<Time> = None;
    for number in 0..20_u32 {
        let parent = Journal::open(&path).unwrap();
        let state = state_at(&parent, &loaded.law, number, 1).unwrap();
        let next = folder.join(format!("broken-{number}.jumpline"));
        let mut journal = parent.fork(&next, number, &state, None).unwrap();
        drop(parent);
        let mut campaign = Campaign::resume(loaded.law.clone(), state, before, 1);
        before = Some(campaign.state().now);
        let turn = campaign.advance().clone();
        journal.append(&turn, campaign.state()).unwrap();
        assert_eq!(turn.digest.long(), straight[number as usize], "turn {}", turn.number);
        journal.finish(campaign.state()).unwrap();
        fs::rename(&next, &path).unwrap();
    }
}

#[test]
fn a_replay_names_the_first_turn_and_field_that_differ() {
    let path = folder("differs").join("a.jumpline");
    saved(&path, 12);
    let journal = Journal::open(&path).unwrap();
    let war = journal.war().unwrap();
    let loaded = load(&war.scenario, &war.texts).0.unwrap();
    let mut other = loaded.opening(5);
    other.ships[3].hull -= 1;
    let Err(StoreError::Differs(found)) = replay_all(&journal, &loaded.law, other, 1, |_, _| {})
    else {
        panic!("a changed opening was not noticed");
    };
    assert_eq!((found.turn, found.part.as_deref()), (0, Some("ships")));
    assert!(found.field.as_ref().unwrap().starts_with(".ships[3].hull:"), "{:?}", found.field);
    let mut law = loaded.law.clone();
    law.codex.classes.iter_mut().for_each(|class| class.shield_recharge += 1);
    let Err(StoreError::Differs(found)) =
        replay_all(&journal, &law, loaded.opening(5), 1, |_, _| {})
    else {
        panic!("a changed law was not noticed");
    };
    assert!(found.turn > 0 && found.field.is_some(), "{found:?}");
}

fn bytes_of_a_save() -> (PathBuf, Vec<u8>) {
    let folder = folder("bytes");
    let path = folder.join("a.jumpline");
    saved(&path, 3);
    (folder, fs::read(path).unwrap())
}

/// Opens a save, reads everything in it, and says what went wrong.
fn read_all(path: &Path) -> Result<String, StoreError> {
    let journal = Journal::open(path)?;
    let war = journal.war()?;
    let Some(loaded) = load(&war.scenario, &war.texts).0 else {
        panic!("texts with the right digest do not load");
    };
    for turn in 1..=journal.last() {
        journal.turn(turn)?;
    }
    let state = state_at(&journal, &loaded.law, journal.last(), 1)?;
    let digests: Vec<String> = journal.digests()?.into_iter().map(|(_, one)| one).collect();
    Ok(format!("{} {}", digest(&state).long(), digests.join(" ")))
}

#[test]
fn a_flipped_byte_never_passes_for_another_war() {
    let (folder, whole) = bytes_of_a_save();
    let path = folder.join("hurt.jumpline");
    fs::write(&path, &whole).unwrap();
    let sound = read_all(&path).unwrap();
    let mut refused = 0;
    for sample in 0..400_usize {
        // Every byte of the first page, where the header and the form stand, is more telling than any other.
        let at = if sample < 100 { sample } else { sample * 7_919 % whole.len() };
        let mut hurt = whole.clone();
        hurt[at] ^= 1 << (sample % 8);
        fs::write(&path, &hurt).unwrap();
        for tail in ["-wal", "-shm", "-journal"] {
            drop(fs::remove_file(folder.join(format!("hurt.jumpline{tail}"))));
        }
        match read_all(&path) {
            Ok(read) => assert_eq!(read, sound, "byte {at}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 100, "only {refused} of 400 were refused: is anything checked?");
}

#[test]
fn a_save_cut_short_is_refused() {
    let (folder, whole) = bytes_of_a_save();
    let path = folder.join("short.jumpline");
    for part in 0..40 {
        let length = whole.len() * part / 40;
        fs::write(&path, &whole[..length]).unwrap();
        let read = read_all(&path);
        assert!(read.is_err(), "{length} of {} bytes were taken for a save", whole.len());
    }
}

#[test]
fn another_programs_files_are_told_apart() {
    let folder = folder("others");
    let text = folder.join("letter.txt");
    fs::write(&text, "dear reader").unwrap();
    assert!(matches!(Journal::open(&text), Err(StoreError::Foreign { .. })));
    let database = folder.join("other.db");
    let connection = Connection::open(&database).unwrap();
    connection.execute_batch("CREATE TABLE war (id INTEGER); INSERT INTO war VALUES (1);").unwrap();
    connection.close().unwrap();
    let before = fs::read(&database).unwrap();
    assert!(matches!(Journal::open(&database), Err(StoreError::Foreign { .. })));
    assert!(matches!(Journal::open(&folder), Err(StoreError::Foreign { .. })));
    assert!(matches!(Journal::open(&folder.join("none")), Err(StoreError::Open { .. })));
    let (texts, loaded) = first_light();
    let opening = loaded.opening(5);
    let made = Journal::create(&database, &war(texts, &loaded, 5), &opening);
    assert!(matches!(made, Err(StoreError::Foreign { .. })));
    assert_eq!(fs::read(&database).unwrap(), before);
}

/// A save to which somebody added a trap: it must not go off.
#[test]
fn hostile_additions_are_refused() {
    let additions = [
        "CREATE TRIGGER trap AFTER INSERT ON turns BEGIN DELETE FROM snapshots; END;",
        "CREATE VIEW extra AS SELECT * FROM turns;",
        "CREATE TABLE extra (x INTEGER);",
        "CREATE INDEX extra ON turns (ends);",
        "DROP TABLE events; CREATE VIEW events AS SELECT 1 AS turn, 0 AS count, x'' AS body;",
        "DROP TABLE orders;",
        "ALTER TABLE war ADD COLUMN extra INTEGER;",
    ];
    for addition in additions {
        let path = folder("hostile").join("a.jumpline");
        saved(&path, 2);
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(addition).unwrap();
        connection.close().unwrap();
        let opened = Journal::open(&path);
        assert!(matches!(opened, Err(StoreError::Foreign { .. })), "{addition}: {opened:?}");
    }
}

#[test]
fn rows_that_lie_are_found() {
    let lies = [
        "DELETE FROM turns WHERE turn = 1;",
        "DELETE FROM snapshots;",
        "DELETE FROM events;",
        "DELETE FROM texts WHERE place = 1;",
        "UPDATE war SET content = zeroblob(32);",
        "UPDATE turns SET digest = zeroblob(32);",
        "UPDATE snapshots SET body = (SELECT body FROM snapshots WHERE turn = 0);",
        "UPDATE texts SET layer = 'nobody';",
        "UPDATE turns SET digest = x'00' WHERE turn = 2;",
    ];
    for lie in lies {
        let path = folder("lies").join("a.jumpline");
        saved(&path, 2);
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(lie).unwrap();
        connection.close().unwrap();
        let read = read_all(&path);
        assert!(matches!(read, Err(StoreError::Damaged { .. })), "{lie}: {read:?}");
    }
}

#[test]
fn other_versions_are_refused_by_name() {
    let path = folder("versions").join("a.jumpline");
    saved(&path, 1);
    let change = |sql: &str| Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    change(&format!("PRAGMA user_version = {};", SCHEMA_VERSION + 1));
    let Err(StoreError::OtherVersion { needs, .. }) = Journal::open(&path) else {
        panic!("a newer form was opened");
    };
    assert!(needs.contains("newer than"), "{needs}");
    change(&format!("PRAGMA user_version = {SCHEMA_VERSION};"));
    change("UPDATE war SET play = 99, engine = '7.8.9';");
    let Err(error) = Journal::open(&path) else { panic!("another way of playing was opened") };
    assert!(error.to_string().contains("needs jumpline 7.8.9"), "{error}");
}

#[test]
fn a_save_has_one_writer() {
    let path = folder("writers").join("a.jumpline");
    let (texts, loaded) = first_light();
    let opening = loaded.opening(5);
    let war = war(texts, &loaded, 5);
    let mut first = Journal::create(&path, &war, &opening).unwrap();
    let mut campaign = Campaign::open(loaded, Options::new(5, 1));
    let turn = campaign.advance().clone();
    first.append(&turn, campaign.state()).unwrap();
    assert!(matches!(Journal::create(&path, &war, &opening), Err(StoreError::InUse { .. })));
    assert!(matches!(Journal::open(&path), Err(StoreError::InUse { .. })));
    let again = first.append(&turn, campaign.state());
    assert!(again.is_err(), "the same turn was put in twice");
    first.finish(campaign.state()).unwrap();
    assert_eq!(Journal::open(&path).unwrap().last(), 1);
}

/// A run that was killed leaves a log beside the save; everything committed is found in it.
#[test]
fn what_was_committed_is_found_after_a_kill() {
    let folder = folder("kill");
    let path = folder.join("a.jumpline");
    let (texts, loaded) = first_light();
    let opening = loaded.opening(5);
    let mut journal = Journal::create(&path, &war(texts, &loaded, 5), &opening).unwrap();
    let mut campaign = Campaign::open(loaded, Options::new(5, 1));
    let copy = folder.join("copy.jumpline");
    for number in 1..=5 {
        let turn = campaign.advance().clone();
        journal.append(&turn, campaign.state()).unwrap();
        // What a kill would leave: the files as they stand.
        fs::copy(&path, &copy).unwrap();
        fs::copy(folder.join("a.jumpline-wal"), folder.join("copy.jumpline-wal")).unwrap();
        let left = Journal::open(&copy).unwrap();
        assert_eq!(left.last(), number);
        assert_eq!(left.digests().unwrap().last().unwrap().1, turn.digest.long());
        drop(left);
    }
}

/// A save kept of a release. Content that was changed without another version of play is found, by turn and field.
#[test]
fn a_kept_save_replays_and_changed_content_is_found() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let kept = root.join("tests/saves").join(env!("CARGO_PKG_VERSION")).join("duel.jumpline");
    let path = folder("kept").join("duel.jumpline");
    fs::copy(kept, &path).unwrap();
    let journal = Journal::open(&path).unwrap();
    let war = journal.war().unwrap();
    let loaded = load(&war.scenario, &war.texts).0.unwrap();
    let replayed = replay_all(&journal, &loaded.law, loaded.opening(war.seed), 1, |_, _| {});
    assert_eq!(replayed.unwrap().turns, journal.last());

    let mut bumped = Texts::new();
    let mut changed = 0;
    for (layer, name, bytes) in war.texts.iter() {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let other = text.replace("recharge_ms = \"", "recharge_ms = \"1");
        changed += usize::from(other != text);
        match layer {
            Layer::Ruleset => bumped.add_ruleset(name, other.into_bytes()),
            Layer::Scenario => bumped.add_scenario(name, other.into_bytes()),
        }
    }
    assert!(changed > 0, "nothing was changed");
    let (other, problems) = load(&war.scenario, &bumped);
    let other = other.unwrap_or_else(|| panic!("{}", render(&problems)));
    let found = replay_all(&journal, &other.law, other.opening(war.seed), 1, |_, _| {});
    assert!(matches!(found, Err(StoreError::Differs(_))), "{found:?}");
}
