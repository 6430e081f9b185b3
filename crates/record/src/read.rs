//! Reading a record, a stranger's or our own: what is not one, or is a broken one, is an error in words.

use crate::decode;
use crate::header::{FORMAT, Header};
use crate::problem::Problem;
use crate::row::{Row, STRETCH_TICKS};
use crate::schema::{self, KEY_BATTLE, KEY_DIGEST, KEY_FORMAT, KEY_TICKS};
use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::convert::try_fb_to_schema;
use arrow_ipc::reader::FileDecoder;
use arrow_ipc::{Block, root_as_footer};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Bytes at the beginning and at the end of every Arrow file.
const MAGIC: &[u8] = b"ARROW1";

/// A battle that was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What it was.
    pub header: Header,
    /// Ticks it lasted.
    pub ticks: u32,
    /// Of all rows, hexadecimal: the same battle has the same on every machine.
    pub digest: String,
    /// Rows by stretch, each sorted by ship.
    pub stretches: Vec<Vec<Row>>,
}

impl Record {
    /// Reads a whole file.
    pub fn read(bytes: Vec<u8>) -> Result<Record, Problem> {
        // Arrow's own reader checks much and asserts the rest; whatever it asserts is a fault of the file.
        let read = catch_unwind(AssertUnwindSafe(|| read(bytes)));
        read.unwrap_or_else(|_| Err(Problem::Arrow("its parts do not fit together".to_owned())))
    }

    /// All rows, in order of stretch and ship.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.stretches.iter().flatten()
    }
}

fn damaged(what: &str) -> Problem {
    Problem::Damaged(what.to_owned())
}

fn read(bytes: Vec<u8>) -> Result<Record, Problem> {
    let buffer = Buffer::from_vec(bytes);
    let (schema, version, dictionaries, blocks) = footer(&buffer)?;
    let metadata: HashMap<String, String> =
        schema.metadata().iter().map(|(key, text)| (key.clone(), text.clone())).collect();
    let header = head(&metadata)?;
    let known = Arc::new(schema::schema(HashMap::new()));
    decode::check_schema(&schema, &known)?;
    let mut decoder = FileDecoder::new(Arc::new(schema), version);
    for block in &dictionaries {
        decoder.read_dictionary(block, &part(&buffer, block)?)?;
    }
    let mut stretches = Vec::new();
    let mut hash = blake3::Hasher::new();
    for (stretch, block) in blocks.iter().enumerate() {
        let batch: Option<RecordBatch> =
            decoder.read_record_batch(block, &part(&buffer, block)?)?;
        let batch = batch.ok_or_else(|| damaged("an empty message"))?;
        let stretch = u32::try_from(stretch).map_err(|_| damaged("too many stretches"))?;
        let (classes, powers) = (header.classes.len(), header.powers.len());
        let rows = decode::rows(&batch, stretch, classes, powers)?;
        rows.iter().for_each(|row| row.digest(&mut hash));
        stretches.push(rows);
    }
    let text = |key: &str| metadata.get(key).cloned().unwrap_or_default();
    let ticks = text(KEY_TICKS).parse().map_err(|_| damaged("it was never ended"))?;
    let digest = text(KEY_DIGEST);
    if digest != hash.finalize().to_hex().as_str() {
        return Err(damaged("its rows are not those that were written"));
    }
    Ok(Record { header, ticks, digest, stretches })
}

fn head(metadata: &HashMap<String, String>) -> Result<Header, Problem> {
    let format = metadata.get(KEY_FORMAT);
    let format = format.ok_or_else(|| Problem::NotARecord("no format in its head".to_owned()))?;
    if format != FORMAT {
        return Err(Problem::Format { found: format.clone(), known: FORMAT });
    }
    let battle = metadata.get(KEY_BATTLE).map(String::as_str).unwrap_or_default();
    let header: Header = serde_json::from_str(battle)
        .map_err(|error| Problem::NotARecord(format!("its head: {error}")))?;
    let sound = |unit: f64| unit.is_finite() && unit > 0.0;
    if header.stretch_ticks != STRETCH_TICKS
        || header.tick_ms < 1
        || !sound(header.position_unit_m)
        || !sound(header.velocity_unit_mps)
    {
        return Err(Problem::NotARecord("its units".to_owned()));
    }
    Ok(header)
}

type Footer = (arrow_schema::Schema, arrow_ipc::MetadataVersion, Vec<Block>, Vec<Block>);

fn footer(buffer: &Buffer) -> Result<Footer, Problem> {
    let not = |what: &str| Problem::Arrow(what.to_owned());
    let bytes = buffer.as_slice();
    let tail = bytes.len().checked_sub(10).ok_or_else(|| not("too short"))?;
    if !bytes.starts_with(MAGIC) {
        return Err(not("it does not begin as one"));
    }
    if !bytes.ends_with(MAGIC) {
        return Err(not("it does not end as one: cut off, or never finished"));
    }
    let length = bytes[tail..tail + 4].try_into().map(i32::from_le_bytes).unwrap_or(-1);
    let start = usize::try_from(length).ok().and_then(|length| tail.checked_sub(length));
    let start = start.ok_or_else(|| not("its footer is longer than it is"))?;
    let footer = root_as_footer(&bytes[start..tail]).map_err(|error| not(&error.to_string()))?;
    let schema = footer.schema().ok_or_else(|| not("no schema"))?;
    let dictionaries = footer.dictionaries().iter().flatten().copied().collect();
    let batches = footer.recordBatches().iter().flatten().copied().collect();
    Ok((try_fb_to_schema(schema)?, footer.version(), dictionaries, batches))
}

/// One message of a file, after a look at where it claims to lie.
fn part(buffer: &Buffer, block: &Block) -> Result<Buffer, Problem> {
    let ends = || {
        let from = usize::try_from(block.offset()).ok()?;
        let meta = usize::try_from(block.metaDataLength()).ok()?;
        let length = usize::try_from(block.bodyLength()).ok()?.checked_add(meta)?;
        (from.checked_add(length)? <= buffer.len()).then_some((from, length))
    };
    let (from, length) = ends().ok_or_else(|| damaged("a part lies outside of it"))?;
    Ok(buffer.slice_with_length(from, length))
}
