//! Scenarios that are simulated together, on the same draws.

mod conditioned;

use std::collections::BTreeSet;

use crate::analysis::statement::{added_series, without_added};
use crate::engine::{self, PairedCounts, PairedProgram, Watch};
use crate::message;
use crate::model::labels::Labels;
use crate::model::{Model, RecordedVariables, compile};
use crate::result::summary::RunCondition;
use crate::result::{Comparison, assemble, compare, comparison};
use crate::scenario::Loaded;
use crate::text::{Diagnostic, Message};

use super::{Diagnostics, Options, Prepared, Settings, Study, StudyError, record};

/// Scenarios that are compiled to be compared, the reference first. All are simulated with the reference's settings.
#[derive(Debug)]
#[non_exhaustive]
pub struct Compared {
    /// The scenarios.
    pub prepared: Vec<Prepared>,
    /// The labels of each, without those of the condition.
    labels: Vec<Labels>,
}

impl Compared {
    /// Compiles scenarios for a comparison.
    ///
    /// # Errors
    /// What is wrong with any of them, or that there are fewer than two, or paths that are not random.
    pub fn new(loaded: Vec<Loaded>, options: &Options) -> Result<Self, StudyError> {
        let (mut prepared, mut settings): (Vec<Prepared>, Option<Settings>) = (Vec::new(), None);
        for loaded in loaded {
            let known = settings.clone().unwrap_or_else(|| Settings::of(options, &loaded.scenario));
            settings = Some(known.clone());
            prepared.push(Prepared::with(loaded, known, options, false)?);
        }
        Self::of(prepared)
    }

    /// A comparison of scenarios that are compiled with the same settings.
    ///
    /// # Errors
    /// When there are fewer than two, or their paths are not random.
    pub fn of(mut prepared: Vec<Prepared>) -> Result<Self, StudyError> {
        let wrong = |message: Message| Err(Diagnostics::of(Diagnostic::error(None, message)).into());
        if prepared.len() < 2 {
            return wrong(message!("study-compare-one"));
        }
        if let Some(scheme) = prepared[0].settings.scheme() {
            let id = prepared[0].id();
            return wrong(message!("study-compare-scheme", id = id, scheme = scheme));
        }
        record_alike(&mut prepared);
        let labels = prepared.iter().map(|one| without_added(&one.model.labels)).collect();
        Ok(Self { prepared, labels })
    }

    /// The settings of all.
    pub fn settings(&self) -> &Settings {
        &self.prepared[0].settings
    }

    /// The name of the comparison's folder: `compare-A-B`.
    pub fn id(&self) -> String {
        let ids = self.labels.iter().map(|labels| labels.id.as_str());
        comparison::id(ids, self.settings().given.is_some())
    }

    /// Whether some of them are conditioned on a record: then they are simulated one after the other, and what lies between
    /// them is that of their statistics.
    pub fn is_conditioned(&self) -> bool {
        self.prepared.iter().any(|one| one.conditioned().is_some())
    }

    /// Simulates all of them.
    ///
    /// # Errors
    /// When the run does not come about, is stopped, a condition holds on too few paths, or too few agree with a record.
    pub fn run(&self, watch: Watch) -> Result<Comparison, StudyError> {
        if self.is_conditioned() {
            return self.run_conditioned(watch);
        }
        let (settings, reference) = (self.settings(), &self.prepared[0]);
        let labels: Vec<&Labels> = self.labels.iter().collect();
        let sides: Vec<PairedProgram> = (self.prepared.iter())
            .map(|Prepared { model, .. }| PairedProgram {
                program: &model.program,
                groups: assemble::groups_counted(&model.labels),
            })
            .collect();
        let pairs: Vec<PairedCounts> =
            labels[1..].iter().map(|alternative| compare::common(labels[0], alternative).pairs()).collect();
        let request = reference.request();
        let together = if settings.given.is_some() {
            let conditions: Vec<u32> =
                self.prepared.iter().filter_map(|one| added_series(&one.model)).collect();
            engine::simulate_together_given(&sides, &pairs, &conditions, &request, watch)?
        } else {
            engine::simulate_together(&sides, &pairs, &request, watch)?
        };
        let counted = together.ensembles[0].paths;
        if let Some(condition) = settings.given.as_ref().filter(|_| counted < super::LEAST_GIVEN) {
            return Err(reference.too_few(condition, counted));
        }
        let mut comparison = compare::comparison(&labels, &together, settings.seed, &settings.quantiles);
        if let Some(condition) = &settings.given {
            comparison.given(&RunCondition { condition: condition.clone(), among: settings.paths });
        }
        Ok(comparison)
    }
}

impl Study {
    /// Simulates this scenario and others on the same draws; this one is the reference, and what lies between each other
    /// and it is known with its paired error.
    ///
    /// # Errors
    /// When the options do not fit the scenarios, or the run does not come about.
    pub fn compare(&self, others: &[&Self], options: &Options) -> Result<Comparison, StudyError> {
        self.prepare_comparison(others, options)?.run(Watch::default())
    }

    /// Compiles what a comparison with others needs; the result can be run with an eye on it.
    ///
    /// # Errors
    /// When the options do not fit the scenarios.
    pub fn prepare_comparison(&self, others: &[&Self], options: &Options) -> Result<Compared, StudyError> {
        let all = std::iter::once(self).chain(others.iter().copied());
        let loaded = all.map(|study| study.loaded.clone()).collect();
        Compared::new(loaded, options)
    }
}

/// Has every scenario record what any of them records, as far as it has it: a headline of one is compared although it is
/// none of another.
fn record_alike(prepared: &mut [Prepared]) {
    let recorded = |model: &Model| -> BTreeSet<String> {
        model.labels.variables.iter().map(|label| label.name.clone()).collect()
    };
    let all: BTreeSet<String> = prepared.iter().flat_map(|one| recorded(&one.model)).collect();
    for Prepared { loaded, model, settings, .. } in prepared {
        let missing: Vec<String> = all.difference(&recorded(model)).cloned().collect();
        if missing.is_empty() || record(&settings.record) == RecordedVariables::All {
            continue;
        }
        // What it can record is found by having it record everything.
        let mut said = loaded.diagnostics.clone();
        let whole = compile(&loaded.scenario, &RecordedVariables::All, &mut said);
        let known: BTreeSet<String> = whole.iter().flat_map(recorded).collect();
        let more = missing.into_iter().filter(|name| known.contains(name));
        let names: Vec<String> = settings.record.iter().cloned().chain(more).collect();
        if let Some(again) = compile(&loaded.scenario, &RecordedVariables::Also(names), &mut said) {
            *model = again;
        }
    }
}
