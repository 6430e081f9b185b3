//! Files that are not what they say: each must be an error in words.

use crate::arena::{fight, read};
use jumpline_record::{Problem, Record};
use std::sync::OnceLock;

fn good() -> &'static [u8] {
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    GOOD.get_or_init(|| fight(&["hycre:destroyer*2", "cajdital:cruiser*5"], 1, false, 300).bytes)
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let bytes = good();
    assert!(read(bytes).is_ok());
    for cut in
        (0..200).chain((200..bytes.len()).step_by(1_777)).chain(bytes.len() - 200..bytes.len())
    {
        assert!(read(&bytes[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn a_changed_byte_is_found_or_harmless() {
    let bytes = good();
    let whole = read(bytes).unwrap();
    let mut found = 0;
    let places: Vec<usize> = (0..bytes.len()).step_by(bytes.len() / 600).collect();
    for (nth, place) in places.iter().enumerate() {
        let mut broken = bytes.to_vec();
        broken[*place] ^= [0x01, 0x80, 0xff][nth % 3];
        match read(&broken) {
            Err(_) => found += 1,
            // Padding, the copy of the head at the beginning, a comment: what is read is the same all the same.
            Ok(record) => assert_eq!(record.stretches, whole.stretches, "byte {place}"),
        }
    }
    assert!(found * 2 > places.len(), "{found} of {} found", places.len());
}

#[test]
fn numbers_turned_into_the_greatest_are_an_error() {
    // Four bytes at a time in messages and footer: lengths, offsets, counts.
    let bytes = good();
    let end = bytes.len();
    for place in (end.saturating_sub(6_000)..end - 10).step_by(4) {
        let mut broken = bytes.to_vec();
        broken[place..place + 4].copy_from_slice(&i32::MAX.to_le_bytes());
        drop(read(&broken));
    }
}

#[test]
fn other_things_are_refused_in_words() {
    let words = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert_eq!(words(b""), "not an Arrow file that can be read: too short");
    assert!(words(&[0; 100]).contains("does not begin"));
    assert!(words(b"ARROW1\0\0 and nothing else at all ARROW1").contains("not an Arrow file"));
    let other = String::from_utf8_lossy(good()).replace("jumpline.format", "jumpline.former");
    assert!(Record::read(other.into_bytes()).is_err());
    // The format's number alone: a newer program's file.
    let mut newer = good().to_vec();
    let key = b"jumpline.format";
    let places: Vec<usize> =
        (0..newer.len() - 40).filter(|at| newer[*at..].starts_with(key)).collect();
    for place in places {
        // The value stands before its key or after it, a few bytes off: "1" with its length of one before it.
        for at in place.saturating_sub(24)..place + 32 {
            if newer[at] == b'1' && newer[at.saturating_sub(4)..at] == [1, 0, 0, 0] {
                newer[at] = b'9';
            }
        }
    }
    match read(&newer) {
        Err(Problem::Format { found, .. }) => assert_eq!(found, "9"),
        other => panic!("{:?}", other.map(|record| record.ticks)),
    }
}
