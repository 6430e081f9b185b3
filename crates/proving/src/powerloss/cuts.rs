//! Which states are tried. After each call the power may go; of the endless mixtures of what then arrived we take the
//! plain ones (nothing, all), the sharp ones (all but one, one alone, one torn) and some by chance.

use super::disk::{Disk, Fate, Files};
use super::trace::Call;
use crate::chance::Chance;
use std::collections::BTreeMap;

/// What the program says when a turn is safe: `acknowledged <turn> <digest>`.
pub const ACKNOWLEDGED: &str = "acknowledged ";

/// A disk that a cut could leave.
#[derive(Clone, Debug)]
pub struct State {
    /// The call after which the power went, from 0.
    pub cut: usize,
    /// What was done to the pending writes, for the report.
    pub how: String,
    /// Lines acknowledged by then: all of them must be found.
    pub acknowledged: usize,
    fates: Vec<Fate>,
}

/// How many lines a piece of stderr acknowledges.
pub fn acknowledgements(said: &str) -> impl Iterator<Item = &str> {
    said.lines().filter_map(|line| line.strip_prefix(ACKNOWLEDGED))
}

/// Everything acknowledged in a record, in order.
pub fn all_acknowledged(calls: &[Call]) -> Vec<String> {
    let said = calls.iter().filter_map(|call| match call {
        Call::Said(text) => Some(text.as_str()),
        _ => None,
    });
    said.flat_map(acknowledgements).map(str::to_owned).collect()
}

/// A call in a few words, for a report.
pub fn brief(call: &Call) -> String {
    match call {
        Call::Create { name, .. } => format!("create {name}"),
        Call::Write { name, offset, bytes } => format!("write {name} {offset}+{}", bytes.len()),
        Call::Truncate { name, len } => format!("truncate {name} to {len}"),
        Call::Sync { name } => format!("sync {name}"),
        Call::SyncFolder => "sync the folder".to_owned(),
        Call::Unlink { name } => format!("unlink {name}"),
        Call::Rename { from, to } => format!("rename {from} to {to}"),
        Call::Said(_) => "said something".to_owned(),
    }
}

/// Different states, at most about `most`, spread evenly over the whole run. Equal disks are one state, held to the most
/// that was acknowledged before any of them.
pub fn states(calls: &[Call], most: usize, seed: u64) -> Vec<State> {
    let mut disk = Disk::default();
    let mut acknowledged = 0;
    let mut chance = Chance::new(seed);
    let mut found: BTreeMap<[u8; 32], State> = BTreeMap::new();
    for (cut, call) in calls.iter().enumerate() {
        disk.apply(call);
        if let Call::Said(text) = call {
            acknowledged += acknowledgements(text).count();
        }
        for (how, fates) in fates(disk.pending(), &mut chance) {
            let key = key(&disk.after(&fates));
            let state = State { cut, how, acknowledged, fates };
            match found.get(&key) {
                Some(known) if known.acknowledged >= acknowledged => {}
                _ => drop(found.insert(key, state)),
            }
        }
    }
    let mut states: Vec<State> = found.into_values().collect();
    states.sort_by_key(|state| state.cut);
    thin(states, most)
}

/// Rebuilds the files of each state, in the order of their cuts, and shows them one at a time: together they would not fit
/// in memory.
pub fn visit<E>(
    calls: &[Call],
    states: &[State],
    mut show: impl FnMut(&State, &Files) -> Result<(), E>,
) -> Result<(), E> {
    let mut disk = Disk::default();
    let mut states = states.iter().peekable();
    for (cut, call) in calls.iter().enumerate() {
        disk.apply(call);
        while let Some(state) = states.next_if(|state| state.cut == cut) {
            show(state, &disk.after(&state.fates))?;
        }
    }
    Ok(())
}

/// As many as are wanted, spread evenly, so that the whole run stays covered.
fn thin(states: Vec<State>, most: usize) -> Vec<State> {
    let (have, most) = (states.len(), most.max(1));
    let wanted = |at: usize| at * most / have != (at + 1) * most / have;
    let all = states.into_iter().enumerate();
    all.filter(|(at, _)| have <= most || wanted(*at)).map(|(_, state)| state).collect()
}

fn fates(pending: usize, chance: &mut Chance) -> Vec<(String, Vec<Fate>)> {
    let mut all = vec![("all lost".to_owned(), vec![Fate::Lost; pending])];
    if pending == 0 {
        return all;
    }
    all.push(("all kept".to_owned(), vec![Fate::Kept; pending]));
    // The newest changes are where a commit is decided; older ones were newest at an earlier cut.
    for one in pending.saturating_sub(4)..pending {
        let mut only = |how: &str, rest: Fate, fate: Fate| {
            let mut fates = vec![rest; pending];
            fates[one] = fate;
            all.push((format!("change {one} of {pending} {how}"), fates));
        };
        only("dropped", Fate::Kept, Fate::Lost);
        only("alone kept", Fate::Lost, Fate::Kept);
        only("cut to its head", Fate::Kept, Fate::Head);
        only("cut to its tail", Fate::Kept, Fate::Tail);
    }
    for _ in 0..4 {
        let fates = (0..pending).map(|_| match chance.below(4) {
            0 => Fate::Lost,
            1 => Fate::Torn(chance.word()),
            _ => Fate::Kept,
        });
        all.push((format!("{pending} changes by chance"), fates.collect()));
    }
    all
}

fn key(files: &Files) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    // The shared-memory index is never synced and is rebuilt when the last user is gone.
    for (name, content) in files.iter().filter(|(name, _)| !name.ends_with("-shm")) {
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update(&(content.len() as u64).to_le_bytes());
        hasher.update(content);
    }
    *hasher.finalize().as_bytes()
}
