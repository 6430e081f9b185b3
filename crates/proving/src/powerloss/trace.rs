//! Reading what strace wrote. Gives the calls that change a folder, in order, and what the program said meanwhile.
//!
//! Every call in [`CALLS`] is traced; one that touches the folder and that we cannot model is an error. A checker that skips what
//! it does not understand proves nothing.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;

/// The calls to trace, as strace's `-e trace=` takes them.
pub const CALLS: &str = "openat,open,creat,close,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,\
fsync,fdatasync,sync_file_range,unlink,unlinkat,rename,renameat,renameat2,link,linkat,copy_file_range,sendfile,msync";

/// How strace must be started for [`read`] to understand it; `-o FILE`, `-e trace=` and the command follow.
pub const STRACE: &[&str] = &["-f", "-y", "-xx", "-s", "16777216", "--seccomp-bpf"];

/// One call that matters. Names are those of files inside the watched folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// The file is there from now on; `empty` when it was cut to nothing.
    Create {
        /// The file.
        name: String,
        /// Opened with `O_TRUNC`.
        empty: bool,
    },
    /// Bytes put at an offset.
    Write {
        /// The file.
        name: String,
        /// From the file's start, in bytes.
        offset: u64,
        /// What was written.
        bytes: Vec<u8>,
    },
    /// The file's length set.
    Truncate {
        /// The file.
        name: String,
        /// New length in bytes.
        len: u64,
    },
    /// All of a file forced to the disk.
    Sync {
        /// The file.
        name: String,
    },
    /// The folder's list of names forced to the disk.
    SyncFolder,
    /// A name taken away.
    Unlink {
        /// The file.
        name: String,
    },
    /// A name moved.
    Rename {
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
    /// A line written to stderr: where a program acknowledges.
    Said(String),
}

/// A traced line cut into its parts.
struct Line<'a> {
    call: &'a str,
    args: Vec<Arg>,
    result: &'a str,
}

/// One argument: a text, a file descriptor with its path, or anything else.
#[derive(Debug)]
enum Arg {
    Text(Vec<u8>),
    File { number: i64, path: String },
    Other(String),
}

/// Where the next `write` without an offset goes, for each open file of the watched folder.
type Positions = BTreeMap<i64, u64>;

/// Reads a whole record for the folder with this absolute path.
pub fn read(text: &str, folder: &str) -> Result<Vec<Call>> {
    let mut calls = Vec::new();
    let mut unfinished: BTreeMap<&str, String> = BTreeMap::new();
    let mut positions = Positions::new();
    for (at, raw) in text.lines().enumerate() {
        let Some((thread, rest)) = raw.trim_start().split_once(' ') else { continue };
        let rest = rest.trim_start();
        if rest.starts_with("+++") || rest.starts_with("---") {
            continue;
        }
        if let Some(head) = rest.strip_suffix("<unfinished ...>") {
            unfinished.insert(thread, head.to_owned());
            continue;
        }
        let whole = match rest.strip_prefix("<... ") {
            Some(resumed) => {
                let (_, tail) = resumed.split_once("resumed>").context("resumed without >")?;
                let head = unfinished.remove(thread).context("resumed what never began")?;
                format!("{head}{tail}")
            }
            None => rest.to_owned(),
        };
        let call = parse(&whole)
            .and_then(|line| understand(&line, folder, &mut positions))
            .with_context(|| format!("line {} of the record: {:.120}", at + 1, whole))?;
        calls.extend(call);
    }
    Ok(calls)
}

fn parse(whole: &str) -> Result<Line<'_>> {
    let (call, rest) = whole.split_once('(').context("no arguments")?;
    let (inside, result) = rest.rsplit_once(" = ").context("no result")?;
    let inside = inside.trim_end();
    let inside = inside.strip_suffix(')').context("arguments without an end")?;
    let args = cut(inside).into_iter().map(argument).collect::<Result<_>>()?;
    Ok(Line { call, args, result })
}

/// Arguments apart: strings are all hexadecimal, so a comma inside one cannot be.
fn cut(inside: &str) -> Vec<&str> {
    // A call that another thread interrupted ends in a space.
    if inside.is_empty() { Vec::new() } else { inside.trim_end().split(", ").collect() }
}

fn argument(text: &str) -> Result<Arg> {
    if let Some(quoted) = text.strip_prefix('"') {
        let Some(body) = quoted.strip_suffix('"') else { bail!("a text cut short: raise -s") };
        return Ok(Arg::Text(unhex(body)?));
    }
    if let Some((number, path)) = text.split_once('<') {
        let number = match number {
            "AT_FDCWD" => -1,
            number => number.parse().with_context(|| format!("a descriptor: {text}"))?,
        };
        let path = path.split('>').next().unwrap_or_default();
        let path = String::from_utf8(unhex(path)?).unwrap_or_default();
        return Ok(Arg::File { number, path });
    }
    Ok(Arg::Other(text.to_owned()))
}

/// `\x2f\x74` to bytes; what is not so written (pipes, sockets) is taken as it stands.
fn unhex(text: &str) -> Result<Vec<u8>> {
    if !text.starts_with("\\x") {
        return Ok(text.as_bytes().to_vec());
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    text.as_bytes()
        .chunks(4)
        .map(|four| match four {
            [b'\\', b'x', high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect::<Option<Vec<u8>>>()
        .context("not hexadecimal")
}

/// `None` for calls that failed, or that concern other places.
fn understand(line: &Line, folder: &str, positions: &mut Positions) -> Result<Option<Call>> {
    if line.result.starts_with('-') || line.result.starts_with('?') {
        return Ok(None);
    }
    let inside = |path: &str| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
    let texts: Vec<String> = line
        .args
        .iter()
        .filter_map(|arg| match arg {
            Arg::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            _ => None,
        })
        .collect();
    let number = |at: usize| -> Result<u64> {
        match line.args.get(at) {
            Some(Arg::Other(text)) => text.parse().with_context(|| format!("a number: {text}")),
            _ => bail!("argument {at} is not a number"),
        }
    };
    let bytes = || match line.args.get(1) {
        Some(Arg::Text(bytes)) => Ok(bytes.clone()),
        _ => bail!("no bytes"),
    };
    let (descriptor, path) = match line.args.first() {
        Some(Arg::File { number, path }) => (*number, path.as_str()),
        _ => (-1, ""),
    };

    match line.call {
        "openat" => {
            let result = argument(line.result.split(' ').next().unwrap_or_default())?;
            let Arg::File { number, path } = result else { bail!("openat without a path") };
            let Some(name) = inside(&path) else {
                positions.remove(&number);
                return Ok(None);
            };
            positions.insert(number, 0);
            let has = |flag: &str| {
                line.args.iter().any(|arg| {
                    matches!(arg, Arg::Other(flags) if flags.split('|').any(|one| one == flag))
                })
            };
            if has("O_APPEND") {
                bail!("appending is not modelled");
            }
            let creates = has("O_CREAT") || has("O_TRUNC");
            Ok(creates.then(|| Call::Create { name, empty: has("O_TRUNC") }))
        }
        "close" => {
            positions.remove(&descriptor);
            Ok(None)
        }
        "write" if descriptor == 2 => {
            Ok(Some(Call::Said(texts.first().cloned().unwrap_or_default())))
        }
        "write" => {
            let Some(name) = inside(path) else { return Ok(None) };
            let position = positions.get_mut(&descriptor).context("a file we never saw opened")?;
            let (offset, bytes) = (*position, bytes()?);
            *position += bytes.len() as u64;
            Ok(Some(Call::Write { name, offset, bytes }))
        }
        "pwrite64" => {
            let Some(name) = inside(path) else { return Ok(None) };
            let (bytes, offset) = (bytes()?, number(3)?);
            if line.result.parse() != Ok(bytes.len()) {
                bail!("a write cut short is not modelled");
            }
            Ok(Some(Call::Write { name, offset, bytes }))
        }
        "ftruncate" => {
            let Some(name) = inside(path) else { return Ok(None) };
            Ok(Some(Call::Truncate { name, len: number(1)? }))
        }
        "fsync" | "fdatasync" if path == folder => Ok(Some(Call::SyncFolder)),
        "fsync" | "fdatasync" => Ok(inside(path).map(|name| Call::Sync { name })),
        "unlink" | "unlinkat" => {
            let Some(name) = texts.first().and_then(|path| inside(path)) else { return Ok(None) };
            Ok(Some(Call::Unlink { name }))
        }
        "rename" | "renameat" | "renameat2" => {
            let [from, to] = texts.as_slice() else { bail!("a rename without two names") };
            match (inside(from), inside(to)) {
                (Some(from), Some(to)) => Ok(Some(Call::Rename { from, to })),
                (None, None) => Ok(None),
                _ => bail!("a rename in or out of the folder is not modelled"),
            }
        }
        _ => {
            let touches = texts.iter().any(|path| inside(path).is_some())
                || line
                    .args
                    .iter()
                    .any(|arg| matches!(arg, Arg::File { path, .. } if inside(path).is_some()));
            // Where a file is read makes no difference to what is on the disk.
            if touches && line.call != "lseek" {
                bail!("`{}` is not modelled", line.call);
            }
            Ok(None)
        }
    }
}
