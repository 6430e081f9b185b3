//! What each person in a game is pushed, and how far. A stream is one account's in one game and is numbered by itself: what is said to
//! others leaves no gap in it.

use jumpline_wire::live::{News, Push};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc;

/// The streams of one game.
pub(crate) struct Streams {
    /// Drawn anew whenever the game is set up: revisions of an earlier life mean nothing.
    life: String,
    waiting: usize,
    kept: usize,
    by_account: Mutex<BTreeMap<i64, Stream>>,
}

#[derive(Default)]
struct Stream {
    /// Pushes so far.
    count: u64,
    kept: VecDeque<Arc<str>>,
    readers: Vec<mpsc::Sender<Arc<str>>>,
}

/// A reader's end.
pub(crate) struct Reader {
    pub receiver: mpsc::Receiver<Arc<str>>,
    /// What it missed, oldest first.
    pub missed: Vec<Arc<str>>,
    /// Could it be taken up where it broke?
    pub resumed: bool,
    /// Where the stream stands.
    pub revision: String,
}

impl Streams {
    pub fn new(life: String, waiting: usize, kept: usize) -> Streams {
        Streams { life, waiting, kept, by_account: Mutex::new(BTreeMap::new()) }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<i64, Stream>> {
        self.by_account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn revision(&self, count: u64) -> String {
        format!("{}-{count}", self.life)
    }

    /// Begins to read; none when that account has `most` readers already.
    pub fn read(&self, account: i64, since: Option<&str>, most: usize) -> Option<Reader> {
        let mut streams = self.lock();
        let stream = streams.entry(account).or_default();
        stream.readers.retain(|reader| !reader.is_closed());
        if stream.readers.len() >= most {
            return None;
        }
        let since = since
            .and_then(|text| text.strip_prefix(self.life.as_str())?.strip_prefix('-'))
            .and_then(|count| count.parse::<u64>().ok())
            .and_then(|count| stream.count.checked_sub(count))
            .and_then(|missed| usize::try_from(missed).ok())
            .filter(|missed| *missed <= stream.kept.len());
        let missed = since.map_or_else(Vec::new, |missed| {
            stream.kept.iter().skip(stream.kept.len() - missed).cloned().collect()
        });
        let (sender, receiver) = mpsc::channel(self.waiting);
        stream.readers.push(sender);
        let revision = self.revision(stream.count - missed.len() as u64);
        Some(Reader { receiver, missed, resumed: since.is_some(), revision })
    }

    /// Pushes to one account, if it has ever listened. A reader whose queue is full is let go.
    pub fn push(&self, account: i64, news: News) {
        let mut streams = self.lock();
        let Some(stream) = streams.get_mut(&account) else { return };
        stream.count += 1;
        let push = Push { revision: self.revision(stream.count), news };
        let Ok(text) = serde_json::to_string(&push) else { return };
        let text: Arc<str> = text.into();
        stream.kept.push_back(Arc::clone(&text));
        if stream.kept.len() > self.kept {
            stream.kept.pop_front();
        }
        stream.readers.retain(|reader| reader.try_send(Arc::clone(&text)).is_ok());
    }

    /// Everybody who has ever listened.
    pub fn accounts(&self) -> Vec<i64> {
        self.lock().keys().copied().collect()
    }

    /// Does somebody listen for that account?
    pub fn online(&self, account: i64) -> bool {
        let streams = self.lock();
        let stream = streams.get(&account);
        stream.is_some_and(|stream| stream.readers.iter().any(|reader| !reader.is_closed()))
    }

    /// Lets all readers go.
    pub fn close(&self) {
        self.lock().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(turn: u32) -> News {
        News::Turn { turn }
    }

    #[tokio::test]
    async fn a_stream_is_taken_up_where_it_broke_and_knows_only_its_own() {
        let streams = Streams::new("life".to_owned(), 4, 3);
        let mut first = streams.read(1, None, 2).unwrap();
        assert!(!first.resumed);
        let mut others = streams.read(2, None, 2).unwrap();
        streams.push(1, news(1));
        streams.push(2, news(2));
        streams.push(1, news(3));
        let one = first.receiver.recv().await.unwrap();
        assert!(one.contains("life-1"), "{one}");
        let theirs = others.receiver.recv().await.unwrap();
        assert!(theirs.contains("life-1"), "numbered by itself: {theirs}");
        drop(first);
        let again = streams.read(1, Some("life-1"), 2).unwrap();
        assert!(again.resumed);
        assert_eq!(again.missed.len(), 1);
        assert_eq!(again.revision, "life-1");
        for since in ["life-3", "else-1", "life-", "life--1", "life-99999999999999999999"] {
            let reader = streams.read(3, Some(since), 9).unwrap();
            assert!(!reader.resumed, "{since}");
        }
    }

    #[tokio::test]
    async fn queues_and_memories_are_bounded() {
        let streams = Streams::new("life".to_owned(), 2, 3);
        let slow = streams.read(1, None, 1).unwrap();
        assert!(streams.read(1, None, 1).is_none(), "at most one reader");
        streams.push(1, news(1));
        streams.push(1, news(2));
        assert!(streams.online(1));
        streams.push(1, news(3));
        assert!(!streams.online(1), "the third does not fit: the reader is let go");
        drop(slow);
        streams.push(1, news(4));
        assert!(streams.read(1, Some("life-1"), 1).unwrap().resumed, "three are kept");
        let late = streams.read(1, Some("life-0"), 9).unwrap();
        assert!(!late.resumed, "four are not");
    }
}
