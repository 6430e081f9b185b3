//! Bytes to text, without moving any byte: what is not text is replaced by as many `?`, so every place
//! found later is a place in the file as it was given.

use crate::codes;
use crate::problem::{Sink, finding};
use crate::texts::{FileId, Place, Text};

/// Places of bad bytes reported for one file.
const BAD_PLACES_MAX: usize = 5;

/// The text, or `None` where nothing in it can be read (UTF-16, too large).
pub(crate) fn decode(file: FileId, text: &Text, sink: &Sink) -> Option<String> {
    let bytes = text.bytes.as_slice();
    let at = |start: usize, end: usize| Place::new(file, start, end);
    if bytes.len() > crate::caps::FILE_BYTES_MAX {
        let most = crate::caps::FILE_BYTES_MAX;
        let message = format!("the file has {} bytes; {most} is the most allowed", bytes.len());
        sink.note(
            finding(&codes::TOO_LARGE, at(0, 0), message).hint("split it into several files"),
        );
        return None;
    }
    if looks_utf16(bytes) {
        let found = finding(&codes::UTF16, at(0, 0), "the file is UTF-16, not UTF-8");
        sink.note(found.hint("save it as UTF-8 in your editor"));
        return None;
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        let found =
            finding(&codes::BYTE_ORDER_MARK, at(3, 3), "the file begins with a byte order mark");
        sink.note(found.hint("save it as UTF-8 without a mark; the mark is ignored"));
    }
    let mut out = String::with_capacity(bytes.len());
    let mut bad = 0usize;
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        let invalid = chunk.invalid();
        if !invalid.is_empty() {
            bad += 1;
            if bad <= BAD_PLACES_MAX {
                let start = out.len();
                let message = format!("byte 0x{:02X} is not UTF-8 text", invalid[0]);
                let found = finding(&codes::NOT_UTF8, at(start, start + invalid.len()), message);
                sink.note(found.hint("save the file as UTF-8"));
            }
            out.extend(invalid.iter().map(|_| '?'));
        }
    }
    if bad > BAD_PLACES_MAX {
        sink.more(bad - BAD_PLACES_MAX);
    }
    if out.contains('\0') {
        for (nth, (start, _)) in out.match_indices('\0').enumerate() {
            if nth == BAD_PLACES_MAX {
                break;
            }
            sink.note(finding(
                &codes::NUL,
                at(start, start + 1),
                "a NUL byte cannot stand in a text",
            ));
        }
        out = out.replace('\0', "?");
    }
    Some(out)
}

/// A mark of UTF-16, or so many NUL bytes on one side that nothing else explains them.
fn looks_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let head = &bytes[..bytes.len().min(256)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    half >= 4
        && (zeros(0) * 10 >= half * 9 || zeros(1) * 10 >= half * 9)
        && head.iter().any(|b| *b != 0)
}
