//! The options of a run that shape its results: of the command line, or else of the scenario's `[run]`, or else as usual.

use clap::ValueEnum;

use super::arguments::{RunOptions, Sampling, WorkOptions};
use plancast::scenario::Scenario;
use plancast::scenario::written::RunSettings;

/// How many paths a run has when nothing else is said.
const PATHS: u64 = 100_000;

/// The quantiles that are reported when nothing else is said.
const QUANTILES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// All options of a run that shape its results.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settings {
    /// How many paths.
    pub(super) paths: u64,
    /// The seed of all draws.
    pub(super) seed: u64,
    /// How the paths are spread.
    pub(super) sampling: Sampling,
    /// The condition on which paths are counted.
    pub(super) given: Option<String>,
    /// Variables that are recorded besides the headlines.
    pub(super) record: Vec<String>,
    /// The levels of the quantiles that are reported.
    pub(super) quantiles: Vec<f64>,
    /// Whether it is looked for what drives the results.
    pub(super) sensitivity: bool,
    /// Of very many targets, those of which every two are counted together.
    pub(super) pairs: Vec<String>,
}

impl Settings {
    /// The settings of a scenario's run.
    pub(super) fn of(
        options: &RunOptions,
        given: Option<&str>,
        sampling: Option<Sampling>,
        scenario: &Scenario,
    ) -> Self {
        let written = &scenario.run;
        let named = |name: &String| Sampling::from_str(name, false).ok();
        let record = if options.record.is_empty() { &written.record } else { &options.record };
        let quantiles = options.quantiles.as_ref().map(|quantiles| quantiles.0.clone());
        let sampling = sampling.or_else(|| written.sampling.as_ref().and_then(named));
        Self {
            paths: options.paths.or(written.paths).unwrap_or(PATHS),
            seed: options.seed.or(written.seed).unwrap_or(1),
            sampling: sampling.unwrap_or(Sampling::Random),
            given: given.or(written.given.as_ref().map(|(given, _)| given.as_str())).map(str::to_owned),
            record: record.clone(),
            quantiles: quantiles.or_else(|| written.quantiles.clone()).unwrap_or_else(|| QUANTILES.to_vec()),
            sensitivity: !options.no_sensitivity && written.sensitivity.unwrap_or(true),
            pairs: written.pairs.clone(),
        }
    }

    /// The same as a stored run's scenario holds them; what is as usual is left out but for paths and seed.
    pub(super) fn written(&self, paths: u64) -> RunSettings {
        RunSettings {
            paths: Some(paths),
            seed: Some(self.seed),
            sampling: self.scheme(),
            given: self.given.clone().map(|given| (given, plancast::text::Place::default())),
            record: self.record.clone(),
            quantiles: Some(self.quantiles.clone()).filter(|levels| levels[..] != QUANTILES),
            sensitivity: Some(false).filter(|_| !self.sensitivity),
            pairs: self.pairs.clone(),
        }
    }

    /// The name of the scheme by which paths are spread; `None` for chance.
    pub(super) fn scheme(&self) -> Option<String> {
        let value = self.sampling.to_possible_value().filter(|_| self.sampling != Sampling::Random);
        value.map(|value| value.get_name().to_owned())
    }

    /// Why options that are each right cannot go together: what the command line itself says was looked at there, and
    /// the scenario may say the rest.
    pub(super) fn conflict(&self, options: &RunOptions, work: Option<&WorkOptions>) -> Option<String> {
        let scheme = self.scheme();
        let reason = scheme.as_deref().or(self.given.as_ref().map(|_| "given"))?;
        let Some(work) = work else {
            return Some(format!("the scenario's [run] says `{reason}`, which this command does not know"));
        };
        let others = [
            ("--until", work.until.is_some()),
            ("--shard", work.shard.is_some()),
            ("--checkpoint", work.checkpoint.is_some()),
            ("--export", options.export.is_some()),
            ("--record", self.given.is_some() && !self.record.is_empty()),
            ("--sampling", self.given.is_some() && scheme.is_some()),
        ];
        let (option, _) = others.into_iter().find(|(_, there)| *there)?;
        let reason = if self.given.is_some() { "given" } else { reason };
        Some(format!(
            "{option} cannot be used with `{reason}`, which the scenario's [run] or the command line says"
        ))
    }
}
