//! What is asked of `score`.

use super::Date;

/// What happened: a table of observed values.
///
/// ```
/// let request = plancast::study::ScoreRequest::new("actuals.csv", "variable,year,value\ngdp,2021,104\n");
/// assert!(request.as_of.is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScoreRequest {
    /// What messages call the table.
    pub name: String,
    /// The table as CSV, with the columns `variable`, `year` and `value`, and `unit` (in which the values are; usually the
    /// variable's) and `published` (the day, `2024-02-29`) where it has them.
    pub text: String,
    /// The day after which nothing was published that counts; usually all counts.
    pub as_of: Option<Date>,
}

impl ScoreRequest {
    /// A request with a table.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), as_of: None }
    }

    /// The same with what was published until a day.
    #[must_use]
    pub fn as_of(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }
}
