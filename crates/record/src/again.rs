//! A record written again: for whoever may see only a part of it.

use crate::file::File;
use crate::problem::Problem;
use crate::read::Record;
use std::io::Cursor;

impl Record {
    /// The bytes of this record as it now is. Rows of a stretch must still be sorted by ship.
    ///
    /// # Errors
    /// When it holds what cannot be written.
    pub fn bytes(&self) -> Result<Vec<u8>, Problem> {
        let mut file = File::create(Cursor::new(Vec::new()), &self.header)?;
        for rows in &self.stretches {
            file.write(rows)?;
        }
        let (sink, _) = file.finish(self.ticks)?;
        Ok(sink.into_inner())
    }
}
