//! Plain data to bytes and back: postcard in zstd with a checksum, so that a flipped bit is found before it is believed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read, Write};

/// Compression level: more costs a turn more than it saves the disk.
const LEVEL: i32 = 3;
/// Most bytes that one body may become, so that a forged one cannot fill the memory.
pub(crate) const UNPACKED_BYTES_MAX: u64 = 1 << 30;
/// Largest window a body may ask for, as a power of two.
const WINDOW_LOG_MAX: u32 = 27;

pub(crate) fn pack_bytes(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = zstd::stream::Encoder::new(Vec::new(), LEVEL)?;
    encoder.include_checksum(true)?;
    encoder.write_all(bytes)?;
    encoder.finish()
}

pub(crate) fn unpack_bytes(packed: &[u8]) -> Result<Vec<u8>, String> {
    let mut decoder = zstd::stream::Decoder::new(packed).map_err(|error| error.to_string())?;
    decoder.window_log_max(WINDOW_LOG_MAX).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let mut limited = decoder.take(UNPACKED_BYTES_MAX + 1);
    limited.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > UNPACKED_BYTES_MAX {
        return Err(format!("more than {UNPACKED_BYTES_MAX} bytes"));
    }
    Ok(bytes)
}

pub(crate) fn pack<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    let plain = postcard::to_allocvec(value)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
    pack_bytes(&plain)
}

pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> Result<T, String> {
    let plain = unpack_bytes(packed)?;
    let (value, rest) =
        postcard::take_from_bytes(&plain).map_err(|error| format!("not understood: {error}"))?;
    if rest.is_empty() { Ok(value) } else { Err(format!("{} bytes too many", rest.len())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flipped_bit_is_found() {
        let value: Vec<u64> = (0..2_000).map(|n| n * n).collect();
        let packed = pack(&value).unwrap();
        assert_eq!(unpack::<Vec<u64>>(&packed).as_ref(), Ok(&value));
        for at in (0..packed.len()).step_by(7) {
            let mut hurt = packed.clone();
            hurt[at] ^= 1 << (at % 8);
            let read = unpack::<Vec<u64>>(&hurt);
            assert!(read.is_err() || read.as_ref() == Ok(&value), "byte {at}: {read:?}");
        }
        for cut in (0..packed.len()).step_by(5) {
            assert!(unpack::<Vec<u64>>(&packed[..cut]).is_err(), "cut at {cut}");
        }
    }
}
