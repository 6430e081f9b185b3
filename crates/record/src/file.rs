//! The file: batches as they come, and what is known only at the end written into the places kept for it.

use crate::encode::Encoder;
use crate::header::{FORMAT, Header};
use crate::problem::Problem;
use crate::row::Row;
use crate::schema::{self, KEY_BATTLE, KEY_DIGEST, KEY_FORMAT, KEY_TICKS};
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use arrow_schema::Schema;
use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::Arc;

/// What a record is written to. The end is written back into the beginning, so it must be readable too.
pub trait Sink: Read + Write + Seek {}
impl<S: Read + Write + Seek> Sink for S {}

/// Held in the metadata until the end is known; as long as what replaces them, and like nothing else.
const TICKS_TO_COME: &str = "ticks-tbd.";
const DIGEST_TO_COME: &str = "digest-to-be-written-when-the-battle-is-over-...................";

/// A record being written.
pub struct File<S: Sink> {
    writer: FileWriter<S>,
    encoder: Encoder,
    schema: Arc<Schema>,
    hash: blake3::Hasher,
    written: u64,
    head: u64,
}

impl<S: Sink> File<S> {
    /// Begins one.
    pub fn create(sink: S, header: &Header) -> Result<File<S>, Problem> {
        let battle = serde_json::to_string(header)
            .map_err(|error| Problem::NotARecord(error.to_string()))?;
        let metadata = HashMap::from([
            (KEY_FORMAT.to_owned(), FORMAT.to_owned()),
            (KEY_BATTLE.to_owned(), battle),
            (KEY_TICKS.to_owned(), TICKS_TO_COME.to_owned()),
            (KEY_DIGEST.to_owned(), DIGEST_TO_COME.to_owned()),
        ]);
        let schema = Arc::new(schema::schema(metadata));
        let options = IpcWriteOptions::default();
        let mut writer = FileWriter::try_new_with_options(sink, &schema, options)?;
        let head = writer.get_mut().stream_position()?;
        let classes = header.classes.iter().map(|class| class.key.as_str()).collect();
        let powers = header.powers.iter().map(|power| power.key.as_str()).collect();
        let encoder = Encoder::new(schema.clone(), classes, powers);
        Ok(File { writer, encoder, schema, hash: blake3::Hasher::new(), written: head, head })
    }

    /// Writes one stretch and says how many bytes it took.
    pub fn write(&mut self, rows: &[Row]) -> Result<u64, Problem> {
        rows.iter().for_each(|row| row.digest(&mut self.hash));
        self.writer.write(&self.encoder.batch(rows)?)?;
        let now = self.writer.get_mut().stream_position()?;
        let bytes = now.saturating_sub(self.written);
        self.written = now;
        Ok(bytes)
    }

    /// Ends it. Gives the sink back, and the digest of all rows.
    pub fn finish(mut self, ticks: u32) -> Result<(S, String), Problem> {
        self.writer.finish()?;
        let _ = &self.schema;
        let digest = self.hash.finalize().to_hex().to_string();
        let mut sink = self.writer.into_inner()?;
        sink.flush()?;
        // The schema stands at the beginning and again in the footer.
        let known = [(TICKS_TO_COME, format!("{ticks:010}")), (DIGEST_TO_COME, digest.clone())];
        fill(&mut sink, 0, self.head, &known)?;
        let end = sink.seek(SeekFrom::End(0))?;
        fill(&mut sink, self.written, end, &known)?;
        sink.seek(SeekFrom::End(0))?;
        Ok((sink, digest))
    }
}

/// Replaces words by others of the same length between two places of a file.
fn fill<S: Sink>(
    sink: &mut S,
    from: u64,
    to: u64,
    words: &[(&str, String)],
) -> Result<(), Problem> {
    let length = usize::try_from(to.saturating_sub(from)).unwrap_or(usize::MAX);
    let mut bytes = vec![0; length];
    sink.seek(SeekFrom::Start(from))?;
    sink.read_exact(&mut bytes)?;
    for (old, new) in words {
        let place = bytes.windows(old.len()).position(|window| window == old.as_bytes());
        let (Some(place), true) = (place, old.len() == new.len()) else {
            return Err(Problem::Damaged("the place kept for its end is gone".to_owned()));
        };
        sink.seek(SeekFrom::Start(from + place as u64))?;
        sink.write_all(new.as_bytes())?;
    }
    sink.flush()?;
    Ok(())
}
