//! What is asked of `solve`.

/// A goal, and the inputs by which it may be reached.
///
/// ```
/// let request = plancast::study::SolveRequest::new("p(growth) >= 60%").vary("subsidy").between("0,0.2").paths(5_000);
/// assert_eq!(request.vary, ["subsidy"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SolveRequest {
    /// The goal, a statistic and a bound: `p(growth) >= 60%`, `quantile(gdp@2030, 10%) = 1200`.
    pub goal: String,
    /// Inputs to vary as suits what they are: `subsidy`, `trend[coal]`, `price@2030`. A number takes the values, a
    /// distribution is shifted. Solved for is the last of all inputs; the others are held at values over their ranges.
    pub vary: Vec<String>,
    /// Inputs to which the values are added.
    pub shift: Vec<String>,
    /// Inputs that are multiplied by the values.
    pub scale: Vec<String>,
    /// Inputs in whose place the values are put.
    pub fix: Vec<String>,
    /// The ranges of the first inputs, `LOW,HIGH` as their values are written (`4%,14%`); without one an input's own lever
    /// says it.
    pub between: Vec<String>,
    /// How many paths judge each trial; usually as the scenario's `[run]` says, or 20 000.
    pub paths: Option<u64>,
    /// The seed of all draws; usually as the scenario's `[run]` says, or 1.
    pub seed: Option<u64>,
}

impl SolveRequest {
    /// A request for a goal; inputs are still to be named.
    pub fn new(goal: impl Into<String>) -> Self {
        Self { goal: goal.into(), ..Self::default() }
    }

    /// The same with one more input that is varied as suits what it is.
    #[must_use]
    pub fn vary(mut self, name: impl Into<String>) -> Self {
        self.vary.push(name.into());
        self
    }

    /// The same with one more input to which the values are added.
    #[must_use]
    pub fn shift(mut self, name: impl Into<String>) -> Self {
        self.shift.push(name.into());
        self
    }

    /// The same with one more input that is multiplied by the values.
    #[must_use]
    pub fn scale(mut self, name: impl Into<String>) -> Self {
        self.scale.push(name.into());
        self
    }

    /// The same with one more input in whose place the values are put.
    #[must_use]
    pub fn fix(mut self, name: impl Into<String>) -> Self {
        self.fix.push(name.into());
        self
    }

    /// The same with the range of the next input: `4%,14%`.
    #[must_use]
    pub fn between(mut self, range: impl Into<String>) -> Self {
        self.between.push(range.into());
        self
    }

    /// The same with so many paths for each trial.
    #[must_use]
    pub fn paths(mut self, paths: u64) -> Self {
        self.paths = Some(paths);
        self
    }

    /// The same with another seed of all draws.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}
