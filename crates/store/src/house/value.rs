//! The four sorts of value that both databases agree on, and rows of them.

use super::error::HouseError;

/// A value in a row or in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Value {
        Value::Int(i64::from(value))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Int(i64::from(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Value {
        Value::Bytes(value)
    }
}

impl From<[u8; 32]> for Value {
    fn from(value: [u8; 32]) -> Value {
        Value::Bytes(value.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// One row, read from left to right.
#[derive(Debug)]
pub struct Row(std::vec::IntoIter<Value>);

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Row {
        Row(values.into_iter())
    }

    /// The next value.
    pub(crate) fn value(&mut self) -> Result<Value, HouseError> {
        self.0.next().ok_or_else(|| HouseError::damaged("a row is too short"))
    }

    pub(crate) fn int(&mut self) -> Result<i64, HouseError> {
        match self.value()? {
            Value::Int(value) => Ok(value),
            other => Err(HouseError::damaged(&format!("a number was expected, not {other:?}"))),
        }
    }

    pub(crate) fn number(&mut self) -> Result<u32, HouseError> {
        let value = self.int()?;
        u32::try_from(value).map_err(|_| HouseError::damaged(&format!("{value} is out of range")))
    }

    pub(crate) fn flag(&mut self) -> Result<bool, HouseError> {
        Ok(self.int()? != 0)
    }

    pub(crate) fn text(&mut self) -> Result<String, HouseError> {
        match self.value()? {
            Value::Text(value) => Ok(value),
            other => Err(HouseError::damaged(&format!("a text was expected, not {other:?}"))),
        }
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, HouseError> {
        match self.value()? {
            Value::Bytes(value) => Ok(value),
            other => Err(HouseError::damaged(&format!("bytes were expected, not {other:?}"))),
        }
    }

    pub(crate) fn maybe_int(&mut self) -> Result<Option<i64>, HouseError> {
        match self.value()? {
            Value::Null => Ok(None),
            Value::Int(value) => Ok(Some(value)),
            other => Err(HouseError::damaged(&format!("a number was expected, not {other:?}"))),
        }
    }

    pub(crate) fn maybe_number(&mut self) -> Result<Option<u32>, HouseError> {
        self.maybe_int()?
            .map(u32::try_from)
            .transpose()
            .map_err(|_| HouseError::damaged("a number is out of range"))
    }

    pub(crate) fn maybe_text(&mut self) -> Result<Option<String>, HouseError> {
        match self.value()? {
            Value::Null => Ok(None),
            Value::Text(value) => Ok(Some(value)),
            other => Err(HouseError::damaged(&format!("a text was expected, not {other:?}"))),
        }
    }
}
