//! What is asked of `backtest`.

/// Years from which the record is forecast anew, and how far.
///
/// ```
/// let request = plancast::study::BacktestRequest::new(2010..=2018).horizon(3).paths(500);
/// assert_eq!(request.origins.len(), 9);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BacktestRequest {
    /// The base years, in order.
    pub origins: Vec<i32>,
    /// How many years ahead; usually 5.
    pub horizon: i32,
    /// The variables that are scored, with members; none for the headlines that have a history.
    pub variables: Vec<String>,
    /// How many paths at each origin; usually 2000.
    pub paths: u64,
    /// The seed of all draws; usually 1.
    pub seed: u64,
}

impl BacktestRequest {
    /// A request for some base years.
    pub fn new(origins: impl IntoIterator<Item = i32>) -> Self {
        let origins = origins.into_iter().collect();
        Self { origins, horizon: 5, variables: Vec::new(), paths: 2000, seed: 1 }
    }

    /// The same so many years ahead.
    #[must_use]
    pub fn horizon(mut self, years: i32) -> Self {
        self.horizon = years;
        self
    }

    /// The same with one more variable that is scored.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>) -> Self {
        self.variables.push(name.into());
        self
    }

    /// The same with so many paths at each origin.
    #[must_use]
    pub fn paths(mut self, paths: u64) -> Self {
        self.paths = paths;
        self
    }

    /// The same with another seed of all draws.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }
}
