//! What a question asks for, and what a run is made of once the scenario's own `[run]` has filled the gaps.

use std::fmt;
use std::str::FromStr;

use crate::engine::{REPLICATES, Scheme};
use crate::scenario::Scenario;
use crate::scenario::written::RunSettings;
use crate::text::Place;

/// How many paths a run has when nothing else is said.
const PATHS: u64 = 100_000;

/// The levels of the quantiles that are reported when nothing else is said.
const QUANTILES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// How the paths of a run are spread over the distributions of its draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sampling {
    /// By chance; every draw is a function of its address alone.
    #[default]
    Random,
    /// In pairs: where one path draws u, the other draws 1 − u.
    Antithetic,
    /// Every draw evenly over its distribution.
    LatinHypercube,
    /// Scrambled Sobol points: evenly over all draws together.
    Sobol,
}

impl Sampling {
    /// All ways, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Random, Self::Antithetic, Self::LatinHypercube, Self::Sobol];

    /// Its name in files and on the command line: `latin-hypercube`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Antithetic => "antithetic",
            Self::LatinHypercube => "latin-hypercube",
            Self::Sobol => "sobol",
        }
    }

    /// The engine's scheme; `None` for chance.
    pub(super) fn scheme(self) -> Option<Scheme> {
        match self {
            Self::Random => None,
            Self::Antithetic => Some(Scheme::Antithetic),
            Self::LatinHypercube => Some(Scheme::LatinHypercube),
            Self::Sobol => Some(Scheme::Sobol),
        }
    }
}

/// A name that no way of sampling has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no sampling \"{0}\"; there are random, antithetic, latin-hypercube and sobol")]
pub struct UnknownSampling(pub String);

impl FromStr for Sampling {
    type Err = UnknownSampling;

    fn from_str(name: &str) -> Result<Self, UnknownSampling> {
        Self::ALL.into_iter().find(|one| one.name() == name).ok_or_else(|| UnknownSampling(name.to_owned()))
    }
}

impl fmt::Display for Sampling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A precision at which a run may end: the standard error of a statistic.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    /// The statistic, as gates write it (`quantile(gdp@2025, 5%)`); `None` for the probabilities of all targets.
    pub statistic: Option<String>,
    /// Its standard error, in the statistic's own unit; of probabilities a share (0.002 is 0.2 %).
    pub error: f64,
    /// Most paths that are simulated for it.
    pub most_paths: u64,
}

/// What is asked of a run. What is left out is as the scenario's `[run]` says, or else as usual.
///
/// ```
/// let options = plancast::Options::default().paths(20_000).seed(7).drivers(false);
/// assert_eq!(options.paths, Some(20_000));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// How many paths; usually 100 000.
    pub paths: Option<u64>,
    /// The seed of all draws; usually 1.
    pub seed: Option<u64>,
    /// How the paths are spread; usually by chance.
    pub sampling: Option<Sampling>,
    /// A formula about a path (`co2@2030 <= 60`): only paths on which it holds are counted.
    pub given: Option<String>,
    /// Variables that are recorded besides the headlines; `all` is every one.
    pub record: Vec<String>,
    /// The levels of the quantiles that are reported, each between 0 and 1; usually 5, 10, 25, 50, 75, 90 and 95 %.
    pub quantiles: Option<Vec<f64>>,
    /// Whether it is looked for what drives the results; usually so.
    pub drivers: Option<bool>,
    /// Of more than 200 targets, those of which every two are counted together; `all` is every one.
    pub pairs: Vec<String>,
    /// Gates besides those of the scenario, each a statement such as `p(growth) >= 50%`.
    pub require: Vec<String>,
    /// Adds paths until a standard error is small enough; `paths` is then left out.
    pub until: Option<Precision>,
    /// A CSV file of what became known (variable, year, value, sd): paths are conditioned on it, as on the scenario's own
    /// observations.
    pub observed: Option<String>,
    /// Only what was published by this day: `2024-03-01`.
    pub as_of: Option<String>,
    /// Whether observations are left aside, also those of the scenario.
    pub unobserved: bool,
    /// Whether a record is taken that contradicts the scenario: its plausibility is below 0.001.
    pub allow_implausible: Option<bool>,
}

impl Options {
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

    /// The same with paths that are spread in another way.
    #[must_use]
    pub fn sampling(mut self, sampling: Sampling) -> Self {
        self.sampling = Some(sampling);
        self
    }

    /// The same among the paths on which a formula holds.
    #[must_use]
    pub fn given(mut self, condition: impl Into<String>) -> Self {
        self.given = Some(condition.into());
        self
    }

    /// The same with one more variable recorded; `all` records every one.
    #[must_use]
    pub fn record(mut self, name: impl Into<String>) -> Self {
        self.record.push(name.into());
        self
    }

    /// The same with other quantiles, each level between 0 and 1.
    #[must_use]
    pub fn quantiles(mut self, levels: impl Into<Vec<f64>>) -> Self {
        self.quantiles = Some(levels.into());
        self
    }

    /// The same with or without a look at what drives the results.
    #[must_use]
    pub fn drivers(mut self, wanted: bool) -> Self {
        self.drivers = Some(wanted);
        self
    }

    /// The same with one more gate: `p(growth) >= 50%`.
    #[must_use]
    pub fn require(mut self, statement: impl Into<String>) -> Self {
        self.require.push(statement.into());
        self
    }

    /// The same among the futures that agree with a CSV file of what became known.
    #[must_use]
    pub fn observed(mut self, file: impl Into<String>) -> Self {
        self.observed = Some(file.into());
        self
    }

    /// The same with only what was published by a day: `2024-03-01`.
    #[must_use]
    pub fn as_of(mut self, day: impl Into<String>) -> Self {
        self.as_of = Some(day.into());
        self
    }

    /// The same without any observation.
    #[must_use]
    pub fn unobserved(mut self) -> Self {
        self.unobserved = true;
        self
    }

    /// The same, also where the record contradicts the scenario.
    #[must_use]
    pub fn allow_implausible(mut self, allowed: bool) -> Self {
        self.allow_implausible = Some(allowed);
        self
    }

    /// The same with as many paths as a precision takes.
    #[must_use]
    pub fn until(mut self, precision: Precision) -> Self {
        self.until = Some(precision);
        self
    }
}

/// Everything that shapes the results of a run, with nothing left open.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Settings {
    /// How many paths.
    pub paths: u64,
    /// The seed of all draws.
    pub seed: u64,
    /// How the paths are spread.
    pub sampling: Sampling,
    /// The condition on which paths are counted.
    pub given: Option<String>,
    /// Variables that are recorded besides the headlines.
    pub record: Vec<String>,
    /// The levels of the quantiles that are reported.
    pub quantiles: Vec<f64>,
    /// Whether it is looked for what drives the results.
    pub drivers: bool,
    /// Of very many targets, those of which every two are counted together.
    pub pairs: Vec<String>,
    /// Whether a record is taken that contradicts the scenario.
    pub allow_implausible: bool,
}

impl Settings {
    /// The settings of a scenario's run.
    pub fn of(options: &Options, scenario: &Scenario) -> Self {
        let written = &scenario.run;
        let either = |asked: &[String], written: &[String]| {
            if asked.is_empty() { written.to_vec() } else { asked.to_vec() }
        };
        let sampling = options.sampling.or_else(|| written.sampling.as_ref()?.parse().ok());
        let given = options.given.clone().or_else(|| Some(written.given.as_ref()?.0.clone()));
        let quantiles = options.quantiles.clone().or_else(|| written.quantiles.clone());
        Self {
            paths: options.paths.or(written.paths).unwrap_or(PATHS),
            seed: options.seed.or(written.seed).unwrap_or(1),
            sampling: sampling.unwrap_or_default(),
            given,
            record: either(&options.record, &written.record),
            quantiles: quantiles.unwrap_or_else(|| QUANTILES.to_vec()),
            drivers: options.drivers.or(written.sensitivity).unwrap_or(true),
            pairs: either(&options.pairs, &written.pairs),
            allow_implausible: options.allow_implausible.or(written.allow_implausible).unwrap_or(false),
        }
    }

    /// The same as a stored run's scenario holds them; what is as usual is left out but for paths and seed.
    pub fn written(&self, paths: u64) -> RunSettings {
        RunSettings {
            paths: Some(paths),
            seed: Some(self.seed),
            sampling: self.scheme().map(str::to_owned),
            given: self.given.clone().map(|given| (given, Place::default())),
            record: self.record.clone(),
            quantiles: Some(self.quantiles.clone()).filter(|levels| levels[..] != QUANTILES),
            sensitivity: Some(false).filter(|_| !self.drivers),
            pairs: self.pairs.clone(),
            allow_implausible: Some(true).filter(|_| self.allow_implausible),
        }
    }

    /// How many paths are simulated: some ways of spreading them take whole blocks in several replicates.
    pub fn simulated(&self) -> u64 {
        self.sampling.scheme().map_or(self.paths, |scheme| REPLICATES * scheme.replicate(self.paths))
    }

    /// The name of the scheme by which paths are spread; `None` for chance.
    pub fn scheme(&self) -> Option<&'static str> {
        Some(self.sampling.name()).filter(|_| self.sampling != Sampling::Random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_goes_before_what_the_scenario_says_and_that_before_what_is_usual() {
        let text = "[time]\nstart = 2020\nend = 2021\n[run]\npaths = 500\nsampling = \"sobol\"\nsensitivity = false\n";
        let loaded = crate::scenario::load::from_text("mine", text);
        let usual = Settings::of(&Options::default(), &loaded.scenario);
        assert_eq!((usual.paths, usual.seed, usual.sampling), (500, 1, Sampling::Sobol));
        assert!(!usual.drivers);
        let asked = Options::default().paths(7).sampling(Sampling::Random).drivers(true);
        let asked = Settings::of(&asked, &loaded.scenario);
        assert_eq!((asked.paths, asked.sampling, asked.drivers), (7, Sampling::Random, true));
    }

    #[test]
    fn a_sampling_is_read_by_its_name() {
        for one in Sampling::ALL {
            assert_eq!(one.name().parse(), Ok(one));
        }
        assert!("sobel".parse::<Sampling>().is_err());
    }
}
