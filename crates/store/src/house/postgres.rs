//! A house in PostgreSQL, held by one server alone (an advisory lock).

use super::base::{Base, Sql, settle};
use super::error::HouseError;
use super::value::Value;
use bytes::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};
use std::collections::BTreeMap;
use std::error::Error;
use std::time::Duration;

/// The lock that says "a server is using this": "JLH1".
const LOCK: i64 = 0x4A4C_4831;
/// A server that has just gone may still be leaving: this many tenths of a second are waited for it.
const LOCK_TRIES: u32 = 30;

struct Postgres {
    client: Client,
    prepared: BTreeMap<String, Statement>,
}

/// Opens a house in a database, or makes its tables there.
pub(crate) fn open(url: &str) -> Result<Box<dyn Base>, HouseError> {
    let mut client = Client::connect(url, NoTls).map_err(|error| HouseError::Open(full(&error)))?;
    let mut tries = LOCK_TRIES;
    loop {
        let row = client.query_one("SELECT pg_try_advisory_lock($1)", &[&LOCK]).map_err(said)?;
        if row.try_get::<_, bool>(0).map_err(said)? {
            break;
        }
        if tries == 0 {
            return Err(HouseError::InUse);
        }
        tries -= 1;
        std::thread::sleep(Duration::from_millis(100));
    }
    // What is acknowledged must be on the disk there, whatever the server's default.
    client.batch_execute(&format!("SET synchronous_commit = {}", waits())).map_err(said)?;
    client.batch_execute("SET client_min_messages = warning").map_err(said)?;
    let mut base = Postgres { client, prepared: BTreeMap::new() };
    settle(&mut base)?;
    Ok(Box::new(base))
}

#[cfg(not(feature = "canary"))]
fn waits() -> &'static str {
    "on"
}

/// With `JUMPLINE_CANARY=normal-sync` commits are not waited for: the check of crashes must find that.
#[cfg(feature = "canary")]
fn waits() -> &'static str {
    if crate::open::synchronous() == "FULL" { "on" } else { "off" }
}

/// What went wrong, down to the cause: the crate's own text is only "db error".
fn full(error: &postgres::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used as the argument of map_err")]
fn said(error: postgres::Error) -> HouseError {
    HouseError::Refused(full(&error))
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(value) => value.to_sql_checked(ty, out),
            Value::Text(value) => value.to_sql_checked(ty, out),
            Value::Bytes(value) => value.to_sql_checked(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::TEXT | Type::BYTEA)
    }

    to_sql_checked!();
}

impl Postgres {
    fn prepared(&mut self, sql: &str) -> Result<Statement, HouseError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).map_err(said)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn borrowed(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl Sql for Postgres {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, HouseError> {
        let statement = self.prepared(sql)?;
        self.client.execute(&statement, &borrowed(values)).map_err(said)
    }

    fn read(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, HouseError> {
        let statement = self.prepared(sql)?;
        let rows = self.client.query(&statement, &borrowed(values)).map_err(said)?;
        let read = |row: &postgres::Row| {
            (0..row.len())
                .map(|column| {
                    let value = match *row.columns()[column].type_() {
                        Type::INT8 => row.try_get::<_, Option<i64>>(column).map(Value::from),
                        Type::TEXT => row.try_get::<_, Option<String>>(column).map(Value::from),
                        _ => row.try_get::<_, Option<Vec<u8>>>(column).map(Value::from),
                    };
                    value.map_err(said)
                })
                .collect()
        };
        rows.iter().map(read).collect()
    }
}

impl Base for Postgres {
    fn batch(&mut self, sql: &str) -> Result<(), HouseError> {
        self.client.batch_execute(sql).map_err(said)
    }

    fn words(&self, sql: &str) -> String {
        sql.to_owned()
    }

    fn alive(&mut self) -> bool {
        !self.client.is_closed()
    }

    fn sql(&mut self) -> &mut dyn Sql {
        self
    }
}
