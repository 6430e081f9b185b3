//! What a disk promises, and no more: what was synced stays; of the rest each write may or may not have arrived, in any order,
//! and a write may have arrived in part, by sectors. A name is safe once its folder was synced, whatever was done to the file.

use super::trace::Call;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// What a disk writes whole or not at all, in bytes.
pub const SECTOR: usize = 512;

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Writes files into a real folder.
///
/// # Errors
/// When that folder cannot be written.
pub fn put(dir: &Path, files: &Files) -> io::Result<()> {
    for (name, content) in files {
        // The shared-memory index does not outlive the machine's memory.
        if !name.ends_with("-shm") {
            fs::write(dir.join(name), content)?;
        }
    }
    Ok(())
}

/// One change to a file that no sync has covered yet.
#[derive(Clone, Debug)]
enum Change {
    Write { offset: u64, bytes: Vec<u8> },
    Truncate { len: u64 },
}

/// One change to the folder that no sync has covered yet.
#[derive(Clone, Debug)]
enum Naming {
    Link { name: String, file: usize },
    Unlink { name: String },
    Rename { from: String, to: String },
}

#[derive(Clone, Debug, Default)]
struct File {
    safe: Vec<u8>,
    pending: Vec<Change>,
}

/// A folder on a disk: what is safe, and what is under way.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    files: Vec<File>,
    /// Names as the running program sees them.
    seen: BTreeMap<String, usize>,
    /// Names that a cut cannot take.
    safe: BTreeMap<String, usize>,
    naming: Vec<Naming>,
}

/// What becomes of one pending change when the power goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Never arrived.
    Lost,
    /// Arrived whole.
    Kept,
    /// Arrived up to the middle sector.
    Head,
    /// Arrived from the middle sector on.
    Tail,
    /// Sector by sector by the bits of this number, over and over. A name or a length arrives whole or not, by the first bit.
    Torn(u64),
}

impl Disk {
    /// Does what the call did. Writes to names never created are writes to files that stood before.
    pub fn apply(&mut self, call: &Call) {
        match call {
            Call::Create { name, empty } => {
                let file = self.file(name);
                if *empty {
                    self.files[file].pending.push(Change::Truncate { len: 0 });
                }
            }
            Call::Write { name, offset, bytes } => {
                let file = self.file(name);
                let change = Change::Write { offset: *offset, bytes: bytes.clone() };
                self.files[file].pending.push(change);
            }
            Call::Truncate { name, len } => {
                let file = self.file(name);
                self.files[file].pending.push(Change::Truncate { len: *len });
            }
            Call::Sync { name } => {
                let file = self.file(name);
                let File { safe, pending } = &mut self.files[file];
                for change in pending.drain(..) {
                    arrive(safe, &change, Fate::Kept);
                }
            }
            Call::SyncFolder => {
                let naming = std::mem::take(&mut self.naming);
                for change in &naming {
                    rename(&mut self.safe, change);
                }
            }
            Call::Unlink { name } => self.name(Naming::Unlink { name: name.clone() }),
            Call::Rename { from, to } => {
                self.name(Naming::Rename { from: from.clone(), to: to.clone() });
            }
            Call::Said(_) => {}
        }
    }

    fn file(&mut self, name: &str) -> usize {
        if let Some(file) = self.seen.get(name) {
            return *file;
        }
        let file = self.files.len();
        self.files.push(File::default());
        self.name(Naming::Link { name: name.to_owned(), file });
        file
    }

    fn name(&mut self, change: Naming) {
        rename(&mut self.seen, &change);
        self.naming.push(change);
    }

    /// How many changes are under way; each needs a fate.
    pub fn pending(&self) -> usize {
        self.naming.len() + self.files.iter().map(|file| file.pending.len()).sum::<usize>()
    }

    /// What a cut leaves, with a fate for each pending change: first the names in order, then file by file.
    pub fn after(&self, fates: &[Fate]) -> Files {
        let mut fates = fates.iter().copied();
        let mut next = || fates.next().unwrap_or(Fate::Lost);
        let mut names = self.safe.clone();
        for change in &self.naming {
            if !matches!(next(), Fate::Lost) {
                rename(&mut names, change);
            }
        }
        let contents: Vec<Vec<u8>> = self
            .files
            .iter()
            .map(|file| {
                let mut content = file.safe.clone();
                for change in &file.pending {
                    arrive(&mut content, change, next());
                }
                content
            })
            .collect();
        names.into_iter().map(|(name, file)| (name, contents[file].clone())).collect()
    }
}

fn rename(names: &mut BTreeMap<String, usize>, change: &Naming) {
    match change {
        Naming::Link { name, file } => {
            names.insert(name.clone(), *file);
        }
        Naming::Unlink { name } => {
            names.remove(name);
        }
        Naming::Rename { from, to } => {
            if let Some(file) = names.remove(from) {
                names.insert(to.clone(), file);
            }
        }
    }
}

fn arrive(content: &mut Vec<u8>, change: &Change, fate: Fate) {
    match change {
        Change::Truncate { len } => {
            if whole(fate) {
                content.resize(usize::try_from(*len).unwrap_or(usize::MAX), 0);
            }
        }
        Change::Write { offset, bytes } => {
            let start = usize::try_from(*offset).unwrap_or(usize::MAX);
            // Sectors are those of the disk, not of the write.
            let first = start / SECTOR;
            let sectors = (start + bytes.len()).div_ceil(SECTOR) - first;
            for sector in 0..sectors {
                let kept = match fate {
                    Fate::Lost => false,
                    Fate::Kept => true,
                    Fate::Head => sector < sectors.div_ceil(2),
                    Fate::Tail => sector >= sectors / 2,
                    Fate::Torn(bits) => bits >> (sector % 64) & 1 == 1,
                };
                if kept {
                    let from = ((first + sector) * SECTOR).max(start);
                    let to = ((first + sector + 1) * SECTOR).min(start + bytes.len());
                    if content.len() < to {
                        content.resize(to, 0);
                    }
                    content[from..to].copy_from_slice(&bytes[from - start..to - start]);
                }
            }
        }
    }
}

fn whole(fate: Fate) -> bool {
    match fate {
        Fate::Lost => false,
        Fate::Kept | Fate::Head | Fate::Tail => true,
        Fate::Torn(bits) => bits & 1 == 1,
    }
}
