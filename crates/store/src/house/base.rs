//! The one way in which both databases are asked.

use super::error::HouseError;
use super::form;
use super::value::{Row, Value};

/// Something that takes questions. Parameters are `$1`, `$2`, …
pub trait Sql {
    /// Changes something and says how many rows.
    ///
    /// # Errors
    /// When the database refuses.
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, HouseError>;

    /// Reads rows.
    ///
    /// # Errors
    /// When the database refuses.
    fn read(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Vec<Value>>, HouseError>;
}

impl dyn Sql + '_ {
    pub(crate) fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, HouseError> {
        Ok(self.read(sql, values)?.into_iter().map(Row::new).collect())
    }

    pub(crate) fn row(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>, HouseError> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }
}

/// A database: questions, and the means to have several of them count together or not at all.
pub trait Base: Sql + Send {
    /// Runs statements that have no parameters.
    ///
    /// # Errors
    /// When the database refuses.
    fn batch(&mut self, sql: &str) -> Result<(), HouseError>;

    /// The same tables in this database's words.
    fn words(&self, sql: &str) -> String;

    /// Is it still there? After a refusal a remote one may not be.
    fn alive(&mut self) -> bool {
        true
    }

    /// As [`Sql`], where the compiler cannot see it by itself.
    fn sql(&mut self) -> &mut dyn Sql;
}

/// Brings a database to today's form: a fresh one gets its tables, an older one the steps since, another's is left alone.
pub(crate) fn settle(base: &mut dyn Base) -> Result<(), HouseError> {
    let version = form::version(base.sql())?;
    if version > form::LAST {
        return Err(HouseError::Foreign(format!(
            "its form is {version}, this one knows {}",
            form::LAST
        )));
    }
    for (number, step) in (1..).zip(form::STEPS) {
        if number > version {
            let words = base.words(step);
            base.batch("BEGIN")?;
            let done = base.batch(&words).and_then(|()| form::note(base.sql(), number));
            match done {
                Ok(()) => base.batch("COMMIT")?,
                Err(error) => {
                    base.batch("ROLLBACK")?;
                    return Err(error);
                }
            }
        }
    }
    Ok(())
}
