//! How a scenario says that a table is to be read: which rows, what stands for a missing value, how numbers are written.

use super::year::year_of;
use crate::text::Place;

/// How a table is to be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dialect {
    /// Only rows that meet all of these: `where`.
    pub conditions: Vec<RowCondition>,
    /// What stands for a value that is missing, besides an empty cell.
    pub missing: Vec<String>,
    /// The decimal sign, where it is said.
    pub decimal: Option<char>,
    /// The row with the titles of the columns; the first where none is named.
    pub header: Option<u64>,
}

/// A condition on the rows of a table: a cell is one of these.
#[derive(Clone, Debug, PartialEq)]
pub struct RowCondition {
    /// The column.
    pub column: String,
    /// What may stand there.
    pub wanted: Vec<Wanted>,
    /// Where the condition stands.
    pub place: Place,
}

/// What a cell must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// This text.
    Text(String),
    /// This number, however it is written.
    Number(f64),
}

impl Wanted {
    /// Whether a cell is that.
    pub(super) fn is(&self, cell: &str) -> bool {
        match self {
            Self::Text(text) => cell == text.trim(),
            Self::Number(number) => {
                cell.parse() == Ok(*number) || year_of(cell).is_some_and(|year| f64::from(year) == *number)
            }
        }
    }
}

impl Dialect {
    /// Whether a cell stands for a value that is missing.
    pub(super) fn is_missing(&self, cell: &str) -> bool {
        cell.is_empty() || self.missing.iter().any(|word| word.trim() == cell)
    }
}
