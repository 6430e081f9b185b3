//! A house in one SQLite file: WAL, `synchronous=FULL`, held by one server alone.

use super::base::{Base, Sql, settle};
use super::error::HouseError;
use super::value::Value;
use rusqlite::types::{ToSqlOutput, Value as Held, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql, params_from_iter};
use std::path::Path;

/// Marks a file as a house: "JLH1".
const APPLICATION_ID: i64 = 0x4A4C_4831;

struct Sqlite {
    connection: Connection,
}

/// Opens a house in a file, or makes one.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Base>, HouseError> {
    let connection = Connection::open(path).map_err(|error| HouseError::Open(error.to_string()))?;
    let id: i64 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(said)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(said)?;
    if id != APPLICATION_ID && (id != 0 || tables > 0) {
        return Err(HouseError::Foreign("another program's file".to_owned()));
    }
    // Two servers would play one turn twice.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(said)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).map_err(said)?;
    connection.pragma_update(None, "synchronous", crate::open::synchronous()).map_err(said)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID).map_err(said)?;
    connection.pragma_update(None, "trusted_schema", "OFF").map_err(said)?;
    connection.set_prepared_statement_cache_capacity(64);
    let mut base = Sqlite { connection };
    settle(&mut base)?;
    Ok(Box::new(base))
}

fn said(error: rusqlite::Error) -> HouseError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => HouseError::InUse,
        Some(ErrorCode::NotADatabase) => HouseError::Foreign(error.to_string()),
        Some(ErrorCode::DatabaseCorrupt) => HouseError::Damaged(error.to_string()),
        _ => HouseError::Refused(error.to_string()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Owned(Held::Null),
            Value::Int(value) => ToSqlOutput::Owned(Held::Integer(*value)),
            Value::Text(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Value::Bytes(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
        })
    }
}

impl Sql for Sqlite {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, HouseError> {
        let mut statement = self.connection.prepare_cached(&sql.replace('$', "?")).map_err(said)?;
        statement.execute(params_from_iter(values)).map(|rows| rows as u64).map_err(said)
    }

    fn read(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, HouseError> {
        let mut statement = self.connection.prepare_cached(&sql.replace('$', "?")).map_err(said)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(values)).map_err(said)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(said)? {
            let mut values = Vec::with_capacity(columns);
            for column in 0..columns {
                values.push(match row.get_ref(column).map_err(said)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(value) => Value::Int(value),
                    ValueRef::Text(value) => {
                        Value::Text(String::from_utf8_lossy(value).into_owned())
                    }
                    ValueRef::Blob(value) => Value::Bytes(value.to_vec()),
                    ValueRef::Real(_) => return Err(HouseError::damaged("a fraction in a table")),
                });
            }
            out.push(values);
        }
        Ok(out)
    }
}

impl Base for Sqlite {
    fn batch(&mut self, sql: &str) -> Result<(), HouseError> {
        self.connection.execute_batch(sql).map_err(said)
    }

    fn words(&self, sql: &str) -> String {
        sql.replace("BYTEA", "BLOB")
    }

    fn sql(&mut self) -> &mut dyn Sql {
        self
    }
}
