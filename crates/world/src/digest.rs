//! The digest of a state: one hash over all of it, with a hash for each part so that a difference can be placed, and a
//! finder that names the first differing field of two states.

use crate::state::State;
use serde::{Deserialize, Serialize};

/// The digest of one state. `whole` covers every field; `parts` says which table differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Over everything.
    pub whole: [u8; 32],
    /// Over each part: name and hash.
    pub parts: Vec<(String, [u8; 32])>,
}

impl Digest {
    /// The first sixteen hexadecimal digits, for tables and people.
    pub fn short(&self) -> String {
        hex(&self.whole[..8])
    }

    /// All of it in hexadecimal digits.
    pub fn long(&self) -> String {
        hex(&self.whole)
    }

    /// The first part that differs from another's.
    pub fn first_difference(&self, other: &Digest) -> Option<&str> {
        self.parts
            .iter()
            .zip(&other.parts)
            .find(|(mine, theirs)| mine != theirs)
            .map(|((name, _), _)| name.as_str())
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}

fn part<T: Serialize>(name: &str, value: &T) -> (String, [u8; 32]) {
    // Serialising into memory cannot fail for our plain data; an empty text would still hash, differently.
    let bytes = postcard::to_allocvec(value).unwrap_or_default();
    (name.to_owned(), *blake3::hash(&bytes).as_bytes())
}

/// The digest of a state.
pub fn digest(state: &State) -> Digest {
    let State {
        seed,
        now,
        turn,
        ships,
        groups,
        people,
        fields,
        engagements,
        next_engagement,
        books,
        regards,
        requests,
        slots,
        due,
        operations,
        arrived,
        sites,
        wrecks,
        covers,
        taken,
        ledger,
        next_event,
        resolved,
    } = state;
    let parts = vec![
        part("clock", &(seed, now, turn, next_engagement, next_event)),
        part("ships", ships),
        part("groups", groups),
        part("people", people),
        part("fields", fields),
        part("engagements", engagements),
        part("books", books),
        part("regards", &(regards, requests)),
        part("slots", slots),
        part("due", due),
        part("operations", &(operations, arrived)),
        part("sites", &(sites, covers)),
        part("wrecks", wrecks),
        part("taken", taken),
        part("ledger", ledger),
        part("resolved", resolved),
    ];
    let mut hasher = blake3::Hasher::new();
    for (name, hash) in &parts {
        hasher.update(name.as_bytes());
        hasher.update(hash);
    }
    Digest { whole: *hasher.finalize().as_bytes(), parts }
}

/// The path and the two values of the first field in which two states differ; none if they are the same.
pub fn first_difference(one: &State, other: &State) -> Option<String> {
    let left = serde_json::to_value(one).ok()?;
    let right = serde_json::to_value(other).ok()?;
    differ("", &left, &right)
}

fn differ(path: &str, one: &serde_json::Value, other: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    match (one, other) {
        (Value::Object(left), Value::Object(right)) => {
            for (key, value) in left {
                let here = format!("{path}.{key}");
                match right.get(key) {
                    Some(theirs) => {
                        if let Some(found) = differ(&here, value, theirs) {
                            return Some(found);
                        }
                    }
                    None => return Some(format!("{here}: only in the first")),
                }
            }
            right
                .keys()
                .find(|key| !left.contains_key(*key))
                .map(|key| format!("{path}.{key}: only in the second"))
        }
        (Value::Array(left), Value::Array(right)) => {
            for (place, (value, theirs)) in left.iter().zip(right).enumerate() {
                if let Some(found) = differ(&format!("{path}[{place}]"), value, theirs) {
                    return Some(found);
                }
            }
            (left.len() != right.len())
                .then(|| format!("{path}: {} entries against {}", left.len(), right.len()))
        }
        _ => (one != other).then(|| format!("{path}: {one} against {other}")),
    }
}
