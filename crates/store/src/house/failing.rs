//! A full disk or a failed sync never acknowledges and never spoils what was kept (P10): every call of the database is made to fail in
//! turn, once and for ever.

use super::tests::{Fresh, row};
use super::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A database that fails at the nth call.
struct Failing {
    base: Box<dyn Base>,
    /// Calls until it fails; below 0 it has.
    left: Arc<AtomicI64>,
    how: Fails,
}

/// How a database fails.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fails {
    Once,
    ForEver,
    /// Commits do, from then on, and nobody looks whether they did: a planted defect.
    Unheard,
}

impl Failing {
    fn call(&self) -> Result<(), HouseError> {
        let left = self.left.fetch_sub(1, Ordering::SeqCst);
        let fails = match self.how {
            Fails::Once => left == 0,
            Fails::ForEver => left <= 0,
            Fails::Unheard => false,
        };
        if fails { Err(HouseError::Refused("no space left".to_owned())) } else { Ok(()) }
    }
}

impl Sql for Failing {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, HouseError> {
        self.call()?;
        self.base.run(sql, values)
    }

    fn read(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, HouseError> {
        self.call()?;
        self.base.read(sql, values)
    }
}

impl Base for Failing {
    fn batch(&mut self, sql: &str) -> Result<(), HouseError> {
        // What undoes is not refused by a full disk; a database that cannot even do that is gone.
        if !sql.starts_with("ROLLBACK") {
            self.call()?;
        }
        let over = self.left.load(Ordering::SeqCst) < 0;
        if over && self.how == Fails::Unheard && sql.starts_with("COMMIT") {
            return Ok(());
        }
        self.base.batch(sql)
    }

    fn words(&self, sql: &str) -> String {
        self.base.words(sql)
    }

    fn sql(&mut self) -> &mut dyn Sql {
        self
    }
}

/// Says twelve things, one after another, while the nth call fails; gives which were acknowledged.
fn say(fresh: &Fresh, nth: i64, how: Fails) -> BTreeSet<String> {
    let place = fresh.base();
    let left = Arc::new(AtomicI64::new(nth));
    let base = std::sync::Mutex::new(Some(place.unwrap()));
    let keeper = Keeper::start(Box::new(move || {
        let base = base.lock().unwrap().take();
        let base = base.ok_or_else(|| HouseError::Open("once".to_owned()))?;
        Ok(Box::new(Failing { base, left: Arc::clone(&left), how }))
    }))
    .unwrap();
    let mut heard = BTreeSet::new();
    for number in 0..12 {
        let text = format!("line {number}");
        let line = ChatRow {
            at_ms: 0,
            account: 1,
            name: String::new(),
            power: None,
            reader: None,
            text: text.clone(),
        };
        if keeper.wait(move |sql| add_line(sql, "g", &line, 100)).is_ok() {
            heard.insert(text);
        }
    }
    heard
}

/// What is there afterwards, beside what was acknowledged.
fn said_and_there(nth: i64, how: Fails) -> (BTreeSet<String>, BTreeSet<String>) {
    let fresh = Fresh::new();
    fresh.open().wait(|sql| add_game(sql, &row("g"))).unwrap();
    let heard = say(&fresh, nth, how);
    let keeper = fresh.open();
    let lines = keeper.wait(|sql| lines(sql, "g")).unwrap();
    assert!(keeper.wait(|sql| game(sql, "g")).unwrap().is_some());
    (heard, lines.into_iter().map(|line| line.text).collect())
}

#[test]
fn whichever_call_fails_what_was_acknowledged_is_there_and_nothing_is_spoilt() {
    let mut refused = 0;
    for (how, word) in [(Fails::Once, "once"), (Fails::ForEver, "for ever")] {
        for nth in 0..60 {
            let (heard, there) = said_and_there(nth, how);
            refused += 12 - heard.len();
            assert_eq!(there, heard, "call {nth}, {word}");
        }
    }
    assert!(refused > 100, "{refused}: it did fail");
}

#[test]
fn a_result_that_is_ignored_is_caught() {
    let wrong = (0..60).step_by(10).filter(|nth| {
        let (heard, there) = said_and_there(*nth, Fails::Unheard);
        there != heard
    });
    assert!(wrong.count() > 0, "the planted defect shows");
}

#[test]
fn a_job_that_fails_or_breaks_off_takes_no_other_with_it() {
    let fresh = Fresh::new();
    let keeper = fresh.open();
    let (told, answers) = std::sync::mpsc::channel();
    for number in 0..30_u32 {
        let told = told.clone();
        keeper.ask(
            move |sql| {
                sql.run(
                    "INSERT INTO watchers (game, account) VALUES ('g', $1)",
                    &[i64::from(number % 20).into()],
                )?;
                assert!(number != 7, "broke off");
                if number == 8 {
                    Err(HouseError::conflict("thought better of it"))
                } else {
                    Ok(number)
                }
            },
            move |result| drop(told.send(result)),
        );
    }
    drop(told);
    let answers: Vec<Result<u32, HouseError>> = answers.iter().collect();
    let done: BTreeSet<u32> = answers.iter().filter_map(|answer| answer.clone().ok()).collect();
    // 20 to 29 repeat 0 to 9, of which 7 and 8 had not been done.
    let want: BTreeSet<u32> = (0..20).filter(|n| ![7, 8].contains(n)).chain([27, 28]).collect();
    assert_eq!(done, want);
    assert_eq!(keeper.wait(|sql| watchers(sql, "g")).unwrap().len(), 20);
}
