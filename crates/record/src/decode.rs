//! Columns to rows, believing nothing: a wrong type, a missing column or a place that points nowhere is a problem in words.

use crate::problem::Problem;
use crate::row::{Aim, Condition, Happened, Kind, MODES, Move, Row, STRETCH_TICKS};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Int8Type, Int16Type, Int32Type, UInt8Type, UInt16Type, UInt32Type,
};
use arrow_array::{Array, PrimitiveArray, RecordBatch, StringArray, StructArray};
use arrow_schema::Schema;
use std::sync::Arc;

fn wrong(what: &str) -> Problem {
    Problem::Damaged(what.to_owned())
}

/// A list's items and where each row's begin.
struct List<'a> {
    offsets: &'a [i32],
    items: &'a StructArray,
}

impl<'a> List<'a> {
    fn of(batch: &'a RecordBatch, name: &str) -> Result<List<'a>, Problem> {
        let column = batch.column_by_name(name).and_then(|column| column.as_list_opt::<i32>());
        let list = column.ok_or_else(|| wrong(&format!("`{name}` is not a list")))?;
        let items = list.values().as_struct_opt();
        let items = items.ok_or_else(|| wrong(&format!("`{name}` holds no structs")))?;
        Ok(List { offsets: list.value_offsets(), items })
    }

    fn range(&self, row: usize) -> Result<std::ops::Range<usize>, Problem> {
        let ends = self.offsets.get(row).zip(self.offsets.get(row + 1));
        let ends = ends.and_then(|(from, to)| {
            Some((usize::try_from(*from).ok()?, usize::try_from(*to).ok()?))
        });
        match ends {
            Some((from, to)) if from <= to && to <= self.items.len() => Ok(from..to),
            _ => Err(wrong("a list's ends are out of order")),
        }
    }

    fn numbers<T: ArrowPrimitiveType>(&self, name: &str) -> Result<&'a PrimitiveArray<T>, Problem> {
        let column = self.items.column_by_name(name);
        let column = column.and_then(|column| column.as_primitive_opt::<T>());
        column.ok_or_else(|| wrong(&format!("`{name}` is missing or of another type")))
    }

    fn three<T: ArrowPrimitiveType>(
        &self,
        names: [&str; 3],
    ) -> Result<[&'a PrimitiveArray<T>; 3], Problem> {
        let [x, y, z] = names;
        Ok([self.numbers(x)?, self.numbers(y)?, self.numbers(z)?])
    }

    fn texts(&self, name: &str) -> Result<&'a StringArray, Problem> {
        let column = self.items.column_by_name(name);
        let column = column.and_then(|column| column.as_string_opt::<i32>());
        column.ok_or_else(|| wrong(&format!("`{name}` is missing or of another type")))
    }

    fn words(
        &self,
        name: &str,
    ) -> Result<(&'a PrimitiveArray<Int8Type>, &'a StringArray), Problem> {
        let column = self.items.column_by_name(name);
        let column = column.and_then(|column| column.as_dictionary_opt::<Int8Type>());
        let column = column.ok_or_else(|| wrong(&format!("`{name}` has no dictionary")))?;
        let values = column.values().as_string_opt::<i32>();
        let values = values.ok_or_else(|| wrong(&format!("`{name}` has no words")))?;
        Ok((column.keys(), values))
    }
}

fn numbers<'a, T: ArrowPrimitiveType>(
    batch: &'a RecordBatch,
    name: &str,
) -> Result<&'a PrimitiveArray<T>, Problem> {
    let column = batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<T>());
    column.ok_or_else(|| wrong(&format!("`{name}` is missing or of another type")))
}

fn keys<'a>(
    batch: &'a RecordBatch,
    name: &str,
    known: usize,
) -> Result<&'a PrimitiveArray<Int16Type>, Problem> {
    let column = batch.column_by_name(name);
    let column = column.and_then(|column| column.as_dictionary_opt::<Int16Type>());
    let keys = column.ok_or_else(|| wrong(&format!("`{name}` has no dictionary")))?.keys();
    let sound = |key: &i16| usize::try_from(*key).is_ok_and(|key| key < known);
    if keys.values().iter().all(sound) {
        Ok(keys)
    } else {
        Err(wrong(&format!("a `{name}` that the head does not know")))
    }
}

fn optional<T: ArrowPrimitiveType>(column: &PrimitiveArray<T>, at: usize) -> Option<T::Native> {
    column.is_valid(at).then(|| column.value(at))
}

fn text(column: &StringArray, at: usize) -> Option<String> {
    column.is_valid(at).then(|| column.value(at).to_owned())
}

/// Fails when the columns of a file are not those of a record.
pub fn check_schema(found: &Schema, known: &Arc<Schema>) -> Result<(), Problem> {
    for field in known.fields() {
        let same = found.field_with_name(field.name());
        let same = same.is_ok_and(|other| other.data_type().equals_datatype(field.data_type()));
        if !same {
            let name = field.name();
            return Err(Problem::NotARecord(format!("no column `{name}` of the known type")));
        }
    }
    Ok(())
}

/// One stretch. `classes` and `powers` are how many the head knows.
pub fn rows(
    batch: &RecordBatch,
    stretch: u32,
    classes: usize,
    powers: usize,
) -> Result<Vec<Row>, Problem> {
    let from_tick = numbers::<UInt32Type>(batch, "from_tick")?;
    let ship = numbers::<UInt32Type>(batch, "ship")?;
    let class = keys(batch, "class", classes)?;
    let power = keys(batch, "power", powers)?;
    let group = numbers::<UInt32Type>(batch, "group")?;
    let origin = ["x", "y", "z"].map(|name| numbers::<Int32Type>(batch, name));
    let [Ok(x), Ok(y), Ok(z)] = origin else { return Err(wrong("no origin")) };
    let error_m = numbers::<UInt16Type>(batch, "error_m")?;
    let error_deg = numbers::<UInt8Type>(batch, "error_deg")?;
    let moves = moves(batch)?;
    let conditions = conditions(batch)?;
    let aims = aims(batch)?;
    let events = events(batch)?;
    let mut rows: Vec<Row> = Vec::with_capacity(batch.num_rows());
    let lists = moves.into_iter().zip(conditions).zip(aims).zip(events);
    for (at, (((moves, conditions), aims), events)) in lists.enumerate() {
        let row = Row {
            from_tick: from_tick.value(at),
            ship: ship.value(at),
            class: u16::try_from(class.value(at)).unwrap_or(0),
            power: u16::try_from(power.value(at)).unwrap_or(0),
            group: group.value(at),
            origin_m: [x, y, z].map(|part| part.value(at)),
            error_m: error_m.value(at),
            error_deg: error_deg.value(at),
            moves,
            conditions,
            aims,
            events,
        };
        if row.from_tick / STRETCH_TICKS != stretch {
            return Err(wrong("a row in another stretch than its own"));
        }
        let before = rows.last().map(|last| (last.ship, last.to_tick()));
        if before.is_some_and(|before| before > (row.ship, row.from_tick)) {
            return Err(wrong("rows out of order"));
        }
        if !rising(row.moves.iter().map(|one| one.tick))
            || !rising(row.conditions.iter().map(|one| one.tick))
            || !rising(row.aims.iter().map(|one| one.tick))
        {
            return Err(wrong("ticks out of order"));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// From nought on, each later than the one before.
fn rising(mut ticks: impl Iterator<Item = u8>) -> bool {
    let first = ticks.next() == Some(0);
    let mut last = 0;
    first && ticks.all(|tick| std::mem::replace(&mut last, tick) < tick)
}

fn moves(batch: &RecordBatch) -> Result<Vec<Vec<Move>>, Problem> {
    let list = List::of(batch, "moves")?;
    let tick = list.numbers::<UInt8Type>("tick")?;
    let at = list.three::<Int16Type>(["x", "y", "z"])?;
    let velocity = list.three::<Int8Type>(["vx", "vy", "vz"])?;
    let heading = list.three::<Int8Type>(["hx", "hy", "hz"])?;
    let roll = list.numbers::<UInt8Type>("roll")?;
    let one = |nth: usize| Move {
        tick: tick.value(nth),
        at: at.map(|part| part.value(nth)),
        velocity: velocity.map(|part| part.value(nth)),
        heading: heading.map(|part| part.value(nth)),
        roll: roll.value(nth),
    };
    (0..batch.num_rows()).map(|row| Ok(list.range(row)?.map(one).collect())).collect()
}

fn conditions(batch: &RecordBatch) -> Result<Vec<Vec<Condition>>, Problem> {
    let list = List::of(batch, "states")?;
    let tick = list.numbers::<UInt8Type>("tick")?;
    let facings =
        ["bow", "stern", "port", "starboard", "top", "keel"].map(|name| format!("shield_{name}"));
    let mut shields = Vec::new();
    for name in &facings {
        shields.push(list.numbers::<UInt8Type>(name)?);
    }
    let armour = list.numbers::<UInt16Type>("armour")?;
    let hull = list.numbers::<UInt16Type>("hull")?;
    let (modes, words) = list.words("mode")?;
    let mut known = Vec::new();
    for word in words.iter() {
        let mode = MODES.iter().position(|mode| Some(*mode) == word);
        let mode = mode.ok_or_else(|| wrong("an unknown mode"))?;
        known.push(u8::try_from(mode).unwrap_or(0));
    }
    let one = |nth: usize| {
        let mode = usize::try_from(modes.value(nth)).ok().and_then(|at| known.get(at));
        Ok(Condition {
            tick: tick.value(nth),
            shields: std::array::from_fn(|at| shields[at].value(nth)),
            armour_permille: armour.value(nth),
            hull_permille: hull.value(nth),
            mode: *mode.ok_or_else(|| wrong("a mode without a word"))?,
        })
    };
    (0..batch.num_rows()).map(|row| list.range(row)?.map(one).collect()).collect()
}

fn aims(batch: &RecordBatch) -> Result<Vec<Vec<Aim>>, Problem> {
    let list = List::of(batch, "targets")?;
    let tick = list.numbers::<UInt8Type>("tick")?;
    let ship = list.numbers::<UInt32Type>("ship")?;
    let one = |nth: usize| Aim { tick: tick.value(nth), ship: optional(ship, nth) };
    (0..batch.num_rows()).map(|row| Ok(list.range(row)?.map(one).collect())).collect()
}

fn events(batch: &RecordBatch) -> Result<Vec<Vec<Happened>>, Problem> {
    let list = List::of(batch, "events")?;
    let tick = list.numbers::<UInt8Type>("tick")?;
    let kind = list.texts("kind")?;
    let by = list.numbers::<UInt32Type>("by")?;
    let (cause, part) = (list.texts("cause")?, list.texts("part")?);
    let amount = list.numbers::<Int32Type>("amount")?;
    let place = list.three::<Int32Type>(["x", "y", "z"])?;
    let note = list.texts("note")?;
    let one = |nth: usize| {
        let word = kind.value(nth);
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word);
        Ok(Happened {
            tick: tick.value(nth),
            kind: kind.ok_or_else(|| wrong("an unknown kind of event"))?,
            by: optional(by, nth),
            cause: text(cause, nth),
            part: text(part, nth),
            amount: optional(amount, nth),
            place_m: place.map(|axis| axis.value(nth)),
            note: text(note, nth),
        })
    };
    (0..batch.num_rows()).map(|row| list.range(row)?.map(one).collect()).collect()
}
