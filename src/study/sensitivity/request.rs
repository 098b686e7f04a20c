//! What is asked of `sensitivity`.

/// How it is measured what an outcome depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SensitivityMethod {
    /// Closed and total indices (shares of the variance) on Sobol points.
    #[default]
    Sobol,
    /// Elementary effects along random trajectories: the screening of Morris.
    Morris,
    /// Distances between distributions: PAWN.
    Pawn,
}

/// An outcome, and the inputs that may move it.
///
/// ```
/// let request = plancast::study::SensitivityRequest::default().of("gdp@2025").paths(5_000);
/// assert!(!request.one_by_one);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SensitivityRequest {
    /// A formula about a path (`gdp@2025`, a metric), or a target; `None` for the first targets, headlines in their last
    /// year and metrics.
    pub of: Option<String>,
    /// How it is measured.
    pub method: SensitivityMethod,
    /// The inputs or groups that are asked about, while all others are drawn along; none are all groups.
    pub inputs: Vec<String>,
    /// Whether every input is told by itself, and not its group.
    pub one_by_one: bool,
    /// The order in which what correlated inputs explain together is split among them, by name; inputs that are not named
    /// follow as they stand in the scenario. Empty for Shapley's value, over all orders. Only of Sobol' indices.
    pub order: Vec<String>,
    /// How many paths (points) of each outcome; usually as the scenario's `[run]` says, or 20 000.
    pub paths: Option<u64>,
    /// The seed of all draws; usually as the scenario's `[run]` says, or 1.
    pub seed: Option<u64>,
}

impl SensitivityRequest {
    /// The same about one outcome.
    #[must_use]
    pub fn of(mut self, outcome: impl Into<String>) -> Self {
        self.of = Some(outcome.into());
        self
    }

    /// The same by another method.
    #[must_use]
    pub fn method(mut self, method: SensitivityMethod) -> Self {
        self.method = method;
        self
    }

    /// The same with one more input or group that is asked about.
    #[must_use]
    pub fn input(mut self, name: impl Into<String>) -> Self {
        self.inputs.push(name.into());
        self
    }

    /// The same with every input by itself.
    #[must_use]
    pub fn one_by_one(mut self) -> Self {
        self.one_by_one = true;
        self
    }

    /// The same with one more input in the order in which correlated inputs are split.
    #[must_use]
    pub fn then(mut self, name: impl Into<String>) -> Self {
        self.order.push(name.into());
        self
    }

    /// The same with so many paths.
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
