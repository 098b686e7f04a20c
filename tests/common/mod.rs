//! What the tests of whole scenarios share: from a text to a model, and from a name to its values.
#![allow(dead_code, reason = "each of the two crates of tests uses a part of this")]

use std::ops::Range;

use plancast::engine::{self, RunRequest, Watch};
use plancast::ensemble::{Ensemble, Tally};
use plancast::model::{self, Model, RecordedVariables};
use plancast::scenario::{self, Loaded};

/// A compiled scenario.
pub(crate) struct Case {
    pub(crate) loaded: Loaded,
    pub(crate) model: Model,
}

/// How many paths are held at once while columns are collected.
const CHUNK: u64 = 8192;

impl Case {
    /// The scenario of a TOML text; every variable is recorded.
    pub(crate) fn of(text: &str) -> Self {
        Self::beside(text, &[])
    }

    /// The same with files (name and content) that lie beside it.
    pub(crate) fn beside(text: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let path = folder.path().join("case.toml");
        std::fs::write(&path, text).unwrap();
        Self::load(path.to_str().unwrap(), &[], &RecordedVariables::All)
    }

    /// A built-in scenario, or that of a file, with overrides as `--set` takes them.
    pub(crate) fn load(name: &str, set: &[&str], record: &RecordedVariables) -> Self {
        let set: Vec<String> = set.iter().map(ToString::to_string).collect();
        let mut loaded = scenario::load(name, &set);
        let model = model::compile(&loaded.scenario, record, &mut loaded.diagnostics);
        assert!(!loaded.diagnostics.has_errors(), "{name}: {:#?}", loaded.messages());
        Self { model: model.unwrap(), loaded }
    }

    /// Simulates on as many threads as there are.
    pub(crate) fn run(&self, seed: u64, paths: u64) -> Ensemble {
        self.run_on(None, seed, paths)
    }

    /// Simulates on so many threads.
    pub(crate) fn run_on(&self, threads: Option<usize>, seed: u64, paths: u64) -> Ensemble {
        let request = RunRequest { seed, paths, threads };
        engine::simulate(&self.model.program, &[], &request, Watch::default()).unwrap()
    }

    /// The series of a variable (with members: `va[coal]`) in a year.
    pub(crate) fn series(&self, variable: &str, year: i32) -> usize {
        let found = self.model.labels.variables.iter().find(|label| label.name == variable);
        let label = found.unwrap_or_else(|| panic!("no variable {variable} is recorded"));
        assert!((label.first_year..=label.last_year).contains(&year), "{variable} has no value in {year}");
        label.first_series as usize + (year - label.first_year) as usize
    }

    /// The series of a variable in these years.
    pub(crate) fn years(&self, variable: &str, years: Range<i32>) -> Vec<usize> {
        years.map(|year| self.series(variable, year)).collect()
    }

    /// The value of a variable in a year with every input at its mean.
    pub(crate) fn central(&self, variable: &str, year: i32) -> f64 {
        let found = self.model.labels.variables.iter().find(|label| label.name == variable);
        let label = found.unwrap_or_else(|| panic!("no variable {variable} is recorded"));
        label.central[(year - label.first_year) as usize]
    }

    /// The counts of a variable in a year.
    pub(crate) fn tally<'a>(&self, ensemble: &'a Ensemble, variable: &str, year: i32) -> &'a Tally {
        &ensemble.series[self.series(variable, year)]
    }

    /// The share of paths that meet a target.
    pub(crate) fn odds(&self, ensemble: &Ensemble, target: &str) -> f64 {
        let place = self.model.labels.targets.iter().position(|label| label.name == target).unwrap();
        ensemble.odds.met[place] as f64 / ensemble.paths as f64
    }

    /// The values of some series, path by path.
    pub(crate) fn columns(&self, seed: u64, paths: u64, series: &[usize]) -> Vec<Vec<f64>> {
        let mut columns = vec![Vec::with_capacity(paths as usize); series.len()];
        let mut first = 0;
        while first < paths {
            let last = paths.min(first + CHUNK);
            let chunk = engine::paths(&self.model.program, seed, first..last);
            for (column, &number) in columns.iter_mut().zip(series) {
                column.extend(chunk.series.column(number));
            }
            first = last;
        }
        columns
    }
}

/// All integers of an ensemble as bytes.
pub(crate) fn digest(ensemble: &Ensemble) -> Vec<u8> {
    let mut bytes = Vec::new();
    ensemble.digest_into(&mut |piece| bytes.extend_from_slice(piece));
    bytes
}

/// Every problem of the scenario of a TOML text in one line, errors and warnings, also where it cannot be run.
pub(crate) fn said(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    std::fs::write(&path, text).unwrap();
    let mut loaded = scenario::load(path.to_str().unwrap(), &[]);
    model::compile(&loaded.scenario, &RecordedVariables::All, &mut loaded.diagnostics);
    loaded.messages().join("\n")
}

pub(crate) trait Messages {
    fn messages(&self) -> Vec<String>;
}

impl Messages for Loaded {
    fn messages(&self) -> Vec<String> {
        self.diagnostics
            .0
            .iter()
            .map(|diagnostic| diagnostic.one_line(&self.files, plancast::text::Language::En))
            .collect()
    }
}

/// Every problem of a scenario in one line, errors and warnings.
pub(crate) fn diagnostics(case: &Case) -> Vec<String> {
    case.loaded.messages()
}

/// Mean, variance (divisor n - 1) and fourth central moment of a sample.
pub(crate) fn moments(values: &[f64]) -> (f64, f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let (mut second, mut fourth) = (0.0, 0.0);
    for x in values {
        let square = (x - mean) * (x - mean);
        second += square;
        fourth += square * square;
    }
    (mean, second / (n - 1.0), fourth / n)
}

/// The correlation of two samples.
pub(crate) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, variance_a, _) = moments(a);
    let (mean_b, variance_b, _) = moments(b);
    let sum: f64 = a.iter().zip(b).map(|(x, y)| (x - mean_a) * (y - mean_b)).sum();
    sum / (a.len() as f64 - 1.0) / (variance_a * variance_b).sqrt()
}

/// How many seeds or paths a statistical test takes: the first number, or the second where `PLANCAST_LONG` asks for full numbers.
pub(crate) fn numbers(usual: u64, full: u64) -> u64 {
    if std::env::var_os("PLANCAST_LONG").is_some() { full } else { usual }
}
