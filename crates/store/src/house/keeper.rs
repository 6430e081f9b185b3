//! One thread that has the database to itself. Jobs that wait together are committed together: a hundred orders of a hundred players
//! cost one sync of the disk. Each job counts whole or not at all, and nobody hears of success before the commit has returned.

use super::base::{Base, Sql};
use super::error::HouseError;
use super::sqlite;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Most jobs in one commit.
const TOGETHER_MAX: usize = 256;

/// What is told to whoever asked, after the commit.
type Told = Box<dyn FnOnce(Result<(), HouseError>) + Send>;
/// Does its work and gives what to tell; an error undoes the work.
type Job = Box<dyn FnOnce(&mut dyn Sql) -> (Result<(), HouseError>, Told) + Send>;
/// Opens the database, and opens it again when it has gone away.
type Opens = Box<dyn Fn() -> Result<Box<dyn Base>, HouseError> + Send>;

/// A house in use.
#[derive(Debug)]
pub struct Keeper {
    jobs: Option<Sender<Job>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Keeper {
    /// A house in a SQLite file, made if there is none.
    ///
    /// # Errors
    /// When it cannot be opened, is another program's, or is in use.
    pub fn sqlite(path: &Path) -> Result<Keeper, HouseError> {
        let path = path.to_path_buf();
        Keeper::start(Box::new(move || sqlite::open(&path)))
    }

    /// A house in PostgreSQL: `postgres://user@host:port/database`.
    ///
    /// # Errors
    /// When it cannot be reached or is in use.
    #[cfg(feature = "postgres")]
    pub fn postgres(url: &str) -> Result<Keeper, HouseError> {
        let url = url.to_owned();
        Keeper::start(Box::new(move || super::postgres::open(&url)))
    }

    pub(super) fn start(opens: Opens) -> Result<Keeper, HouseError> {
        let (jobs, waiting) = channel::<Job>();
        let (opened, opening) = channel();
        let thread = thread::Builder::new()
            .name("keeper".to_owned())
            .spawn(move || match opens() {
                Ok(base) => {
                    drop(opened.send(Ok(())));
                    serve(base, &opens, &waiting);
                }
                Err(error) => drop(opened.send(Err(error))),
            })
            .map_err(|error| HouseError::Open(error.to_string()))?;
        opening.recv().map_err(|_| HouseError::Open("its thread broke off".to_owned()))??;
        Ok(Keeper { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Puts a job in the queue. `tell` hears of it when it is durable, or that it is not.
    pub fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Sql) -> Result<T, HouseError> + Send + 'static,
        tell: impl FnOnce(Result<T, HouseError>) + Send + 'static,
    ) {
        let job: Job = Box::new(move |sql| match work(sql) {
            Ok(value) => {
                (Ok(()), Box::new(move |kept: Result<(), HouseError>| tell(kept.map(|()| value))))
            }
            Err(error) => (Err(error.clone()), Box::new(move |_| tell(Err(error)))),
        });
        if let Some(jobs) = &self.jobs {
            // A keeper that is gone drops the job, and with it `tell`: whoever waits sees that nothing will come.
            drop(jobs.send(job));
        }
    }

    /// The same, and waits.
    ///
    /// # Errors
    /// What the work or the commit says.
    pub fn wait<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Sql) -> Result<T, HouseError> + Send + 'static,
    ) -> Result<T, HouseError> {
        let (told, answer) = channel();
        self.ask(work, move |result| drop(told.send(result)));
        answer.recv().unwrap_or_else(|_| Err(HouseError::Refused("it is closing".to_owned())))
    }
}

impl Drop for Keeper {
    /// Finishes what waits and closes the database.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn serve(mut base: Box<dyn Base>, opens: &Opens, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let mut jobs = vec![first];
        while jobs.len() < TOGETHER_MAX
            && let Ok(next) = waiting.try_recv()
        {
            jobs.push(next);
        }
        if !base.alive()
            && let Ok(again) = opens()
        {
            base = again;
        }
        let mut begun = base.batch("BEGIN");
        // Often it is only now that a database is found to have gone away. Nothing has been done yet: another may begin.
        if begun.is_err()
            && !base.alive()
            && let Ok(again) = opens()
        {
            base = again;
            begun = base.batch("BEGIN");
        }
        together(base.as_mut(), begun, jobs);
    }
}

/// Commits jobs together. If anything but a job itself fails, none of them has happened, and each of them hears so.
fn together(base: &mut dyn Base, begun: Result<(), HouseError>, jobs: Vec<Job>) {
    let mut told = Vec::with_capacity(jobs.len());
    let mut sound = begun;
    for job in jobs {
        sound = sound.and_then(|()| base.batch("SAVEPOINT job"));
        if let Err(error) = &sound {
            // The work is not done; whoever asked is told why.
            let mut refusing = Refusing(error.clone());
            told.push(job(&mut refusing).1);
            continue;
        }
        let (result, tell) = match catch_unwind(AssertUnwindSafe(|| job(base.sql()))) {
            Ok((result, tell)) => (result, Some(tell)),
            // Whoever asked sees that nothing will come.
            Err(_) => (Err(HouseError::damaged("a job broke off")), None),
        };
        sound = match result {
            Ok(()) => base.batch("RELEASE SAVEPOINT job"),
            Err(_) => base.batch("ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job"),
        };
        told.extend(tell);
    }
    let kept = sound.and_then(|()| base.batch("COMMIT"));
    if kept.is_err() {
        // What was begun must not be committed by the next.
        drop(base.batch("ROLLBACK"));
    }
    #[cfg(feature = "canary")]
    let kept = believed(kept);
    for tell in told {
        tell(kept.clone());
    }
}

/// What the check of failing disks must catch: with `JUMPLINE_CANARY=ignore-commit` a commit that failed is taken for one that did not.
#[cfg(feature = "canary")]
fn believed(kept: Result<(), HouseError>) -> Result<(), HouseError> {
    let ignores = std::env::var_os("JUMPLINE_CANARY").is_some_and(|wish| wish == "ignore-commit");
    if ignores { Ok(()) } else { kept }
}

/// A database that could not even begin.
struct Refusing(HouseError);

impl Sql for Refusing {
    fn run(&mut self, _: &str, _: &[super::Value]) -> Result<u64, HouseError> {
        Err(self.0.clone())
    }

    fn read(&mut self, _: &str, _: &[super::Value]) -> Result<Vec<Vec<super::Value>>, HouseError> {
        Err(self.0.clone())
    }
}
