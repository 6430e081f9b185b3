//! Rows to columns.

use crate::row::{MODES, Row};
use crate::schema;
use arrow_array::types::{Int8Type, Int16Type};
use arrow_array::{
    ArrayRef, DictionaryArray, Int8Array, Int16Array, Int32Array, ListArray, RecordBatch,
    StringArray, StructArray, UInt8Array, UInt16Array, UInt32Array,
};
use arrow_buffer::{OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, Fields, SchemaRef};
use std::sync::Arc;

/// What every batch shares.
pub struct Encoder {
    schema: SchemaRef,
    classes: Arc<StringArray>,
    powers: Arc<StringArray>,
    modes: Arc<StringArray>,
}

fn column<T, A: From<Vec<T>> + arrow_array::Array + 'static>(values: Vec<T>) -> ArrayRef {
    Arc::new(A::from(values))
}

/// One column of `A` over all items of one list of all rows.
macro_rules! nested {
    ($array:ty, $rows:expr, $list:ident, $one:ident => $value:expr) => {{
        let values: Vec<_> = $rows.iter().flat_map(|row| &row.$list).map(|$one| $value).collect();
        column::<_, $array>(values)
    }};
}

impl Encoder {
    pub fn new(schema: SchemaRef, classes: Vec<&str>, powers: Vec<&str>) -> Encoder {
        Encoder {
            schema,
            classes: Arc::new(StringArray::from(classes)),
            powers: Arc::new(StringArray::from(powers)),
            modes: Arc::new(StringArray::from(MODES.to_vec())),
        }
    }

    /// One batch of these rows.
    pub fn batch(&self, rows: &[Row]) -> Result<RecordBatch, ArrowError> {
        let word = |index: u16| i16::try_from(index).unwrap_or(i16::MAX);
        let named = |keys: Vec<i16>, words: &Arc<StringArray>| -> Result<ArrayRef, ArrowError> {
            let keys = Int16Array::from(keys);
            Ok(Arc::new(DictionaryArray::<Int16Type>::try_new(keys, words.clone())?))
        };
        let columns: Vec<ArrayRef> = vec![
            column::<_, UInt32Array>(rows.iter().map(|row| row.from_tick).collect()),
            column::<_, UInt32Array>(rows.iter().map(|row| row.ship).collect()),
            named(rows.iter().map(|row| word(row.class)).collect(), &self.classes)?,
            named(rows.iter().map(|row| word(row.power)).collect(), &self.powers)?,
            column::<_, UInt32Array>(rows.iter().map(|row| row.group).collect()),
            column::<_, Int32Array>(rows.iter().map(|row| row.origin_m[0]).collect()),
            column::<_, Int32Array>(rows.iter().map(|row| row.origin_m[1]).collect()),
            column::<_, Int32Array>(rows.iter().map(|row| row.origin_m[2]).collect()),
            column::<_, UInt16Array>(rows.iter().map(|row| row.error_m).collect()),
            column::<_, UInt8Array>(rows.iter().map(|row| row.error_deg).collect()),
            listed(rows, |row| row.moves.len(), schema::moves(), moves(rows))?,
            listed(rows, |row| row.conditions.len(), schema::states(), self.states(rows)?)?,
            listed(rows, |row| row.aims.len(), schema::targets(), targets(rows))?,
            listed(rows, |row| row.events.len(), schema::events(), events(rows))?,
        ];
        RecordBatch::try_new(self.schema.clone(), columns)
    }

    fn states(&self, rows: &[Row]) -> Result<Vec<ArrayRef>, ArrowError> {
        let mut columns = vec![nested!(UInt8Array, rows, conditions, one => one.tick)];
        for facing in 0..6 {
            columns.push(nested!(UInt8Array, rows, conditions, one => one.shields[facing]));
        }
        columns.push(nested!(UInt16Array, rows, conditions, one => one.armour_permille));
        columns.push(nested!(UInt16Array, rows, conditions, one => one.hull_permille));
        let modes: Vec<i8> = rows
            .iter()
            .flat_map(|row| &row.conditions)
            .map(|one| i8::try_from(one.mode).unwrap_or(0))
            .collect();
        let modes = DictionaryArray::<Int8Type>::try_new(modes.into(), self.modes.clone())?;
        columns.push(Arc::new(modes));
        Ok(columns)
    }
}

fn listed(
    rows: &[Row],
    length: impl Fn(&Row) -> usize,
    fields: Fields,
    columns: Vec<ArrayRef>,
) -> Result<ArrayRef, ArrowError> {
    let mut offsets = vec![0_i32];
    let mut end = 0_i32;
    for row in rows {
        let length = i32::try_from(length(row)).unwrap_or(i32::MAX);
        end = end
            .checked_add(length)
            .ok_or_else(|| ArrowError::ComputeError("too many entries in one stretch".into()))?;
        offsets.push(end);
    }
    let items = StructArray::try_new(fields.clone(), columns, None)?;
    let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
    Ok(Arc::new(ListArray::try_new(schema::item(fields), offsets, Arc::new(items), None)?))
}

fn moves(rows: &[Row]) -> Vec<ArrayRef> {
    let mut columns = vec![nested!(UInt8Array, rows, moves, one => one.tick)];
    for axis in 0..3 {
        columns.push(nested!(Int16Array, rows, moves, one => one.at[axis]));
    }
    for axis in 0..3 {
        columns.push(nested!(Int8Array, rows, moves, one => one.velocity[axis]));
    }
    for axis in 0..3 {
        columns.push(nested!(Int8Array, rows, moves, one => one.heading[axis]));
    }
    columns.push(nested!(UInt8Array, rows, moves, one => one.roll));
    columns
}

fn targets(rows: &[Row]) -> Vec<ArrayRef> {
    vec![
        nested!(UInt8Array, rows, aims, one => one.tick),
        nested!(UInt32Array, rows, aims, one => one.ship),
    ]
}

fn events(rows: &[Row]) -> Vec<ArrayRef> {
    vec![
        nested!(UInt8Array, rows, events, one => one.tick),
        nested!(StringArray, rows, events, one => one.kind.word()),
        nested!(UInt32Array, rows, events, one => one.by),
        nested!(StringArray, rows, events, one => one.cause.as_deref()),
        nested!(StringArray, rows, events, one => one.part.as_deref()),
        nested!(Int32Array, rows, events, one => one.amount),
        nested!(Int32Array, rows, events, one => one.place_m[0]),
        nested!(Int32Array, rows, events, one => one.place_m[1]),
        nested!(Int32Array, rows, events, one => one.place_m[2]),
        nested!(StringArray, rows, events, one => one.note.as_deref()),
    ]
}
