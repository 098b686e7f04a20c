//! What is asked of `decompose`.

use super::super::Study;

/// What is held against what.
#[derive(Clone, Debug, PartialEq)]
pub enum DecompositionEnds {
    /// Two years of one scenario.
    Years {
        /// The earlier.
        from: i32,
        /// The later.
        to: i32,
    },
    /// Two scenarios in one year: the other minus the first.
    Scenarios {
        /// What the other scenario is called: its file, its built-in name, or that of its text.
        other: String,
        /// The year.
        year: i32,
    },
}

/// A variable, and the factors that its change is shared out among.
///
/// ```
/// let request = plancast::study::DecomposeRequest::between_years("co2", 2020, 2025).by("activity,structure");
/// assert_eq!(request.total, "co2");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DecomposeRequest {
    /// The variable.
    pub total: String,
    /// Names of effects that the scenario declares, one or several with commas; or factors with their formulas,
    /// `structure=va[sector]/gdp`. None are all effects of the first decomposition that is declared.
    pub by: Vec<String>,
    /// What is held against what.
    pub ends: DecompositionEnds,
    /// How many paths; usually as the scenario's `[run]` says, or 20 000.
    pub paths: Option<u64>,
    /// The seed of all draws; usually as the scenario's `[run]` says, or 1.
    pub seed: Option<u64>,
    other: Option<Box<Study>>,
}

impl DecomposeRequest {
    /// A request for the change of a variable between two years.
    pub fn between_years(total: impl Into<String>, from: i32, to: i32) -> Self {
        Self::new(total, DecompositionEnds::Years { from, to })
    }

    /// A request for the difference of a variable between two scenarios in a year, on the same draws.
    pub fn between_scenarios(total: impl Into<String>, other: &Study, year: i32) -> Self {
        let ends = DecompositionEnds::Scenarios { other: other.name().to_owned(), year };
        Self { other: Some(Box::new(other.clone())), ..Self::new(total, ends) }
    }

    /// A request for a variable; of two scenarios the other one is handed over by itself.
    #[doc(hidden)]
    pub fn new(total: impl Into<String>, ends: DecompositionEnds) -> Self {
        Self { total: total.into(), by: Vec::new(), ends, paths: None, seed: None, other: None }
    }

    /// The other scenario.
    pub(super) fn other(&self) -> Option<&Study> {
        self.other.as_deref()
    }

    /// The same with one more factor, or more names of effects.
    #[must_use]
    pub fn by(mut self, factor: impl Into<String>) -> Self {
        self.by.push(factor.into());
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
