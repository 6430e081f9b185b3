//! One suite for both databases. `JUMPLINE_TEST_POSTGRES=postgres://…` runs it there, in databases of its own.

use super::*;
use jumpline_campaign::{Campaign, Given, Giver, Options};
use jumpline_measure::{GroupId, OrderId, PowerId};
use jumpline_scenario::{Loaded, Texts, load, ruleset_of};
use jumpline_world::order::{Order, Say, Task};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A fresh house and the means to open it again.
pub(super) struct Fresh {
    place: String,
}

impl Fresh {
    pub(super) fn new() -> Fresh {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("house_{}_{number}", std::process::id());
        #[cfg(feature = "postgres")]
        if let Ok(url) = std::env::var("JUMPLINE_TEST_POSTGRES") {
            let mut client = ::postgres::Client::connect(&url, ::postgres::NoTls).unwrap();
            client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
            let stem = url.rsplit_once('/').unwrap().0;
            return Fresh { place: format!("{stem}/{name}") };
        }
        let folder = std::env::temp_dir().join(name);
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        Fresh { place: folder.join("games.db").display().to_string() }
    }

    pub(super) fn base(&self) -> Result<Box<dyn Base>, HouseError> {
        #[cfg(feature = "postgres")]
        if self.place.starts_with("postgres:") {
            return super::postgres::open(&self.place);
        }
        super::sqlite::open(Path::new(&self.place))
    }

    pub(super) fn open(&self) -> Keeper {
        #[cfg(feature = "postgres")]
        if self.place.starts_with("postgres:") {
            return Keeper::postgres(&self.place).unwrap();
        }
        Keeper::sqlite(Path::new(&self.place)).unwrap()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Some(folder) = Path::new(&self.place).parent().filter(|one| one.exists()) {
            drop(fs::remove_dir_all(folder));
        }
    }
}

fn read(folder: &Path, texts: &mut Texts, ruleset: bool) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, texts, ruleset);
            continue;
        }
        let (name, bytes) = (path.display().to_string(), fs::read(&path).unwrap());
        if ruleset { texts.add_ruleset(name, bytes) } else { texts.add_scenario(name, bytes) }
    }
}

pub(super) fn war() -> (Texts, Loaded) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = Texts::new();
    read(&root.join("scenarios/first-light"), &mut texts, false);
    let ruleset = ruleset_of(&texts);
    read(&root.join("content").join(ruleset), &mut texts, true);
    let loaded = load("first-light", &texts).0.unwrap();
    (texts, loaded)
}

pub(super) fn row(game: &str) -> GameRow {
    GameRow {
        game: game.to_owned(),
        name: "ours".to_owned(),
        scenario: "first-light".to_owned(),
        title: "First light".to_owned(),
        host: 1,
        seed: u64::MAX - 3,
        settings: "{}".to_owned(),
        stage: "open".to_owned(),
        paused: false,
        turn: 0,
        left_ms: None,
        made_ms: 5,
        parent: None,
        report: None,
        engine: "0".to_owned(),
        play: 1,
    }
}

fn given(number: u32) -> Given {
    let say = Say::Group { group: GroupId(0), task: Task::Unload, queued: false, doctrine: None };
    let order = Order { id: OrderId(number), power: PowerId(0), say, reason: "so".to_owned() };
    Given { order, by: Giver::Person, refusal: None }
}

#[test]
fn people_and_sessions() {
    let fresh = Fresh::new();
    let keeper = fresh.open();
    let ada = keeper.wait(|sql| add_account(sql, "Ada", "ada", "sealed", 1)).unwrap();
    let again = keeper.wait(|sql| add_account(sql, "ADA", "ada", "other", 2));
    assert!(matches!(again, Err(HouseError::Conflict(_))), "{again:?}");
    let bo = keeper.wait(|sql| add_account(sql, "Bo", "bo", "sealed", 1)).unwrap();
    assert_ne!(ada.account, bo.account);
    let (token, number) = ([7; 32], ada.account);
    keeper.wait(move |sql| add_session(sql, token, number, 10)).unwrap();
    drop(keeper);
    let keeper = fresh.open();
    let found = keeper.wait(move |sql| session(sql, token)).unwrap();
    assert_eq!(found, Some((ada.clone(), 10)));
    keeper.wait(move |sql| touch_session(sql, token, 20)).unwrap();
    assert_eq!(keeper.wait(|sql| forget_sessions(sql, 20)), Ok(0));
    assert_eq!(keeper.wait(|sql| forget_sessions(sql, 21)), Ok(1));
    assert_eq!(keeper.wait(move |sql| session(sql, token)), Ok(None));
    let name = ada.account;
    assert_eq!(keeper.wait(move |sql| account_name(sql, name)), Ok("Ada".to_owned()));
    assert_eq!(keeper.wait(|sql| account_by_name(sql, "nobody")), Ok(None));
}

#[test]
fn seats_are_taken_once_and_invitations_used_once() {
    let fresh = Fresh::new();
    let keeper = fresh.open();
    keeper.wait(|sql| add_game(sql, &row("g"))).unwrap();
    let seat = |power, account| SeatRow {
        power,
        account,
        name: String::new(),
        covered: false,
        ready_for: None,
        missed: 0,
        absence: "commander".to_owned(),
    };
    let (one, theirs) = (seat(0, 1), seat(0, 2));
    let first = one.clone();
    keeper.wait(move |sql| put_seat(sql, "g", &first)).unwrap();
    let second = keeper.wait(move |sql| put_seat(sql, "g", &theirs));
    assert!(matches!(second, Err(HouseError::Conflict(_))), "{second:?}");
    let ready = SeatRow { ready_for: Some(3), covered: true, missed: 2, ..one };
    let kept = ready.clone();
    keeper.wait(move |sql| put_seat(sql, "g", &kept)).unwrap();
    assert_eq!(keeper.wait(|sql| seats(sql, "g")), Ok(vec![ready]));
    keeper.wait(|sql| add_watcher(sql, "g", 9).and_then(|()| add_watcher(sql, "g", 9))).unwrap();
    assert_eq!(keeper.wait(|sql| watchers(sql, "g")), Ok(vec![9]));
    assert_eq!(keeper.wait(|sql| games_of(sql, 9)).unwrap().len(), 1);
    assert_eq!(keeper.wait(|sql| games_of(sql, 8)).unwrap().len(), 0);
    let offer = InvitationRow { game: "g".to_owned(), power: Some(1), watch: false };
    let kept = offer.clone();
    keeper.wait(move |sql| add_invitation(sql, [1; 32], &kept, 1)).unwrap();
    assert_eq!(keeper.wait(|sql| count_invitations(sql, "g")), Ok(1));
    assert_eq!(keeper.wait(|sql| invitation(sql, [1; 32])), Ok(Some(offer)));
    keeper.wait(|sql| use_invitation(sql, [1; 32])).unwrap();
    assert_eq!(keeper.wait(|sql| invitation(sql, [1; 32])), Ok(None));
    keeper.wait(|sql| remove_seat(sql, "g", 0, 2)).unwrap();
    assert_eq!(keeper.wait(|sql| seats(sql, "g")).unwrap().len(), 1, "another's stays");
    keeper.wait(|sql| remove_seat(sql, "g", 0, 1)).unwrap();
    assert_eq!(keeper.wait(|sql| seats(sql, "g")), Ok(vec![]));
}

#[test]
fn an_order_is_kept_once_for_its_turn_alone() {
    let fresh = Fresh::new();
    let keeper = fresh.open();
    keeper.wait(|sql| add_game(sql, &row("g"))).unwrap();
    let keep = |turn, id: &'static str, said: &'static [u8]| {
        keeper.wait(move |sql| keep_order(sql, "g", 0, turn, id, said, given))
    };
    assert_eq!(keep(0, "a", b"x"), Ok(Kept::New(given(1))));
    assert_eq!(keep(0, "a", b"x"), Ok(Kept::Before(given(1))));
    assert_eq!(keep(0, "a", b"y"), Ok(Kept::Taken));
    assert_eq!(keep(0, "b", b"x"), Ok(Kept::New(given(2))));
    assert!(matches!(keep(1, "c", b"x"), Err(HouseError::Conflict(_))));
    let taken_back = |id: &'static str| keeper.wait(move |sql| withdraw_order(sql, "g", 0, 0, id));
    assert_eq!(
        (taken_back("a"), taken_back("a"), taken_back("z")),
        (Ok(true), Ok(false), Ok(false))
    );
    assert_eq!(keep(0, "a", b"x"), Ok(Kept::Taken));
    assert_eq!(keep(0, "d", b"x"), Ok(Kept::New(given(3))), "numbers are not used again");
    let left = keeper.wait(|sql| orders_for(sql, "g", 0, None)).unwrap();
    let ids: Vec<&str> = left.iter().map(|order| order.id.as_str()).collect();
    assert_eq!(ids, ["b", "d"]);
    assert_eq!(keeper.wait(|sql| count_orders(sql, "g", 0, 0)), Ok(3));
    assert_eq!(keeper.wait(|sql| orders_for(sql, "g", 0, Some(1))), Ok(vec![]));
}

#[test]
fn turns_go_in_once_and_come_out_as_they_were() {
    let (texts, loaded) = war();
    let fresh = Fresh::new();
    let keeper = fresh.open();
    let opening = loaded.opening(7);
    let (game, first, kept) = (row("g"), opening.clone(), texts.clone());
    keeper
        .wait(move |sql| {
            add_game(sql, &game)?;
            put_texts(sql, "g", &kept)?;
            put_opening(sql, "g", 0, &first)
        })
        .unwrap();
    let mut campaign = Campaign::open(
        loaded,
        Options { seed: 7, threads: 1, resolution: jumpline_world::state::Resolution::default() },
    );
    let mut states = vec![opening];
    for _ in 0..3 {
        let record = campaign.advance().clone();
        let state = campaign.state().clone();
        states.push(state.clone());
        let packed = PackedTurn::of(&record, &state).unwrap();
        let again = packed.clone();
        keeper.wait(move |sql| append_turn(sql, "g", packed)).unwrap();
        let second = keeper.wait(move |sql| append_turn(sql, "g", again));
        assert!(matches!(second, Err(HouseError::Conflict(_))), "{second:?}");
    }
    drop(keeper);
    let keeper = fresh.open();
    let at = keeper.wait(|sql| super::game(sql, "g")).unwrap().unwrap();
    assert_eq!((at.turn, at.seed), (3, u64::MAX - 3));
    for (number, state) in (0..).zip(&states) {
        let kept = keeper.wait(move |sql| last_state_before(sql, "g", number)).unwrap();
        assert_eq!(kept.turn, number);
        assert_eq!(
            jumpline_world::digest::digest(&kept.state),
            jumpline_world::digest::digest(state)
        );
    }
    for record in campaign.turns() {
        let number = record.number;
        assert_eq!(keeper.wait(move |sql| turn(sql, "g", number)).as_ref(), Ok(record));
    }
    assert_eq!(keeper.wait(|sql| turn_spans(sql, "g")).unwrap().len(), 4);
    let same = keeper.wait(|sql| super::texts(sql, "g")).unwrap();
    let sorted = |texts: &Texts| {
        let mut all: Vec<_> =
            texts.iter().map(|(_, name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&same), sorted(&texts));

    let fork = GameRow { parent: Some(("g".to_owned(), 2)), turn: 2, ..row("f") };
    let kept = fork.clone();
    keeper
        .wait(move |sql| add_game(sql, &kept).and_then(|()| copy_turns(sql, "g", "f", 2)))
        .unwrap();
    assert_eq!(keeper.wait(|sql| super::game(sql, "f")), Ok(Some(fork)));
    assert_eq!(keeper.wait(|sql| turn_spans(sql, "f")).unwrap().len(), 3);
    assert_eq!(keeper.wait(|sql| last_state_before(sql, "f", 9)).unwrap().turn, 2);
}

#[test]
fn what_is_said_is_kept_in_order_up_to_a_number() {
    let fresh = Fresh::new();
    let keeper = fresh.open();
    let line = |text: &str| ChatRow {
        at_ms: 1,
        account: 1,
        name: "Ada".to_owned(),
        power: Some(0),
        reader: None,
        text: text.to_owned(),
    };
    for (text, count) in [("a", Ok(1)), ("<b>'; DROP TABLE chat; --", Ok(2)), ("é\u{202e}", Ok(3))]
    {
        let kept = line(text);
        assert_eq!(keeper.wait(move |sql| add_line(sql, "g", &kept, 3)), count);
    }
    let kept = line("d");
    let over = keeper.wait(move |sql| add_line(sql, "g", &kept, 3));
    assert!(matches!(over, Err(HouseError::Conflict(_))), "{over:?}");
    let all = keeper.wait(|sql| lines(sql, "g")).unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(all[2].text, "é\u{202e}");
}

#[test]
fn stages_and_clocks() {
    let fresh = Fresh::new();
    let keeper = fresh.open();
    keeper.wait(|sql| add_game(sql, &row("g"))).unwrap();
    keeper
        .wait(|sql| {
            set_left(sql, "g", Some(99))?;
            set_paused(sql, "g", true)?;
            set_settings(sql, "g", "{\"deadline_s\":5}")
        })
        .unwrap();
    let at = keeper.wait(open_games).unwrap();
    assert_eq!((at[0].left_ms, at[0].paused), (Some(99), true));
    keeper.wait(|sql| freeze(sql, "g", "it broke off")).unwrap();
    assert_eq!(keeper.wait(open_games), Ok(vec![]));
    let frozen = keeper.wait(|sql| game(sql, "g")).unwrap().unwrap();
    assert_eq!(frozen.report.as_deref(), Some("it broke off"));
    keeper.wait(|sql| set_stage(sql, "g", "over")).unwrap();
    assert_eq!(keeper.wait(|sql| game(sql, "none")), Ok(None));
}

#[test]
fn two_servers_cannot_hold_one_house() {
    let fresh = Fresh::new();
    let _keeper = fresh.open();
    assert_eq!(fresh.base().err(), Some(HouseError::InUse));
}

#[test]
fn another_programs_file_and_a_newer_form_are_left_alone() {
    let folder = std::env::temp_dir().join(format!("strange_{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("theirs.db");
    let theirs = rusqlite::Connection::open(&path).unwrap();
    theirs.execute_batch("CREATE TABLE t (x)").unwrap();
    drop(theirs);
    assert!(matches!(Keeper::sqlite(&path), Err(HouseError::Foreign(_))));
    fs::write(&path, b"not a database at all, but long enough to be looked at as one").unwrap();
    assert!(Keeper::sqlite(&path).is_err());
    fs::remove_dir_all(&folder).unwrap();

    let fresh = Fresh::new();
    let mut base = fresh.base().unwrap();
    base.batch("UPDATE jumpline_house SET version = 99").unwrap();
    drop(base);
    assert!(matches!(fresh.base().err(), Some(HouseError::Foreign(_))));
}
