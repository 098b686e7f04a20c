//! A decomposition that is compiled for both of its ends, before anything is simulated.

use crate::analysis::decompose::{
    CompiledDecomposition, DecompositionQuestion, between_scenarios, between_years, declared, typed,
};
use crate::analysis::record::enough;
use crate::key;
use crate::scenario::Loaded;

use super::super::observed::admit;
use super::super::sample::{counts_all_paths, counts_random_paths, wrong};
use super::super::{Observing, Sample, StudyError};
use super::{DecomposeAnswer, DecomposeRefusal, DecomposeRequest, DecompositionEnds};

/// A decomposition that is compiled.
#[non_exhaustive]
pub struct PreparedDecompose {
    /// The scenario, and the texts of the question among those that it was read from.
    pub loaded: Loaded,
    /// The paths that are looked at.
    pub sample: Sample,
    other: Option<Loaded>,
    request: DecomposeRequest,
    question: DecompositionQuestion,
    compiled: CompiledDecomposition,
    /// What the paths are conditioned on.
    record: Option<Observing>,
}

impl PreparedDecompose {
    /// Compiles the question for a scenario, and for another one where two are held against each other.
    ///
    /// # Errors
    /// When the total or a factor cannot be read, or a year is outside of a scenario.
    pub fn new(
        mut loaded: Loaded,
        mut other: Option<Loaded>,
        request: &DecomposeRequest,
    ) -> Result<Self, StudyError> {
        let sample = Sample::of(request.paths, request.seed, &loaded.scenario.run);
        for loaded in std::iter::once(&loaded).chain(&other) {
            // Of two scenarios a path weighs differently in each: it has no one difference.
            if other.is_some() {
                counts_all_paths(loaded, "decompose", key!("study-not-conditioned-decompose"))?;
            } else {
                counts_random_paths(loaded, "decompose")?;
            }
        }
        if let Some(wrong_one) =
            std::iter::once(&loaded).chain(&other).find(|loaded| loaded.diagnostics.has_errors())
        {
            return Err(wrong(wrong_one));
        }
        for loaded in std::iter::once(&loaded).chain(&other) {
            years_exist(loaded, &request.ends)?;
        }
        let record = admit(&loaded.scenario, sample.seed)?;
        let question = question(&mut loaded, request)?;
        let compiled = match (&question, &request.ends, &mut other) {
            (Some(question), DecompositionEnds::Years { from, to }, _) => {
                between_years(&mut loaded, question, (*from, *to))
            }
            (Some(question), DecompositionEnds::Scenarios { year, .. }, Some(other)) => {
                between_scenarios(&mut loaded, other, question, *year)
            }
            _ => None,
        };
        match question.zip(compiled) {
            Some((question, compiled)) => {
                Ok(Self { loaded, sample, other, request: request.clone(), question, compiled, record })
            }
            None => {
                Err(wrong(other.as_ref().filter(|other| other.diagnostics.has_errors()).unwrap_or(&loaded)))
            }
        }
    }

    /// The bytes that the answer takes at its fullest besides the program itself: of each effect a number for every path, in
    /// two forms, and while these grow as much again.
    pub fn need(&self) -> u64 {
        self.sample.paths.saturating_mul(28 * self.compiled.effects() as u64 + 64)
    }

    /// Simulates the paths, and shares out the change on each. After a record they are as many as all paths say together.
    ///
    /// # Errors
    /// When too few paths agree with the record.
    pub fn answer(&self) -> Result<DecomposeAnswer, StudyError> {
        let scenario = &self.loaded.scenario;
        let variable = scenario.variables.get(&self.request.total);
        let Sample { paths, seed } = self.sample;
        let record = self.record.as_ref().map(|observing| &observing.conditioning);
        let effects = self.compiled.on_paths_of(seed, paths, record);
        let mut sample = self.sample;
        if record.is_some() {
            sample.paths =
                effects.totals.len() as u64 + effects.unknown.as_ref().map_or(0, |unknown| unknown.paths);
            enough(sample.paths as f64, paths)?;
        }
        Ok(DecomposeAnswer {
            observed: self.record.as_ref().map(Observing::years).unwrap_or_default(),
            scenario: scenario.id.clone(),
            titles: (scenario.title.clone(), self.other.as_ref().map(|other| other.scenario.title.clone())),
            variable: self.request.total.clone(),
            title: variable.map(|variable| variable.title.clone()).unwrap_or_default(),
            unit: variable.map(|variable| variable.unit.clone()).unwrap_or_default(),
            ends: self.request.ends.clone(),
            sample,
            question: self.question.clone(),
            effects,
        })
    }
}

fn years_exist(loaded: &Loaded, ends: &DecompositionEnds) -> Result<(), DecomposeRefusal> {
    let time = loaded.scenario.time;
    let years = match ends {
        DecompositionEnds::Years { from, to } => vec![*from, *to],
        DecompositionEnds::Scenarios { year, .. } => vec![*year],
    };
    match years.into_iter().find(|year| !(time.start..=time.end).contains(year)) {
        None => Ok(()),
        Some(year) => {
            let scenario = loaded.scenario.id.clone();
            Err(DecomposeRefusal::NoYear { scenario, year, start: time.start, end: time.end })
        }
    }
}

/// The question: of names of declared effects, or of factors with their formulas. `None` when there is no such question: why
/// is among the problems of `loaded`.
fn question(
    loaded: &mut Loaded,
    request: &DecomposeRequest,
) -> Result<Option<DecompositionQuestion>, DecomposeRefusal> {
    let formulas: Vec<(String, String)> = request.by.iter().filter_map(|text| factor(text)).collect();
    if formulas.is_empty() {
        let names = request.by.iter().flat_map(|list| list.split(',')).map(|name| name.trim().to_owned());
        let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        return Ok(declared(loaded, &request.total, &names));
    }
    if formulas.len() < request.by.len() || formulas.iter().any(|(name, _)| name.contains(',')) {
        return Err(DecomposeRefusal::NamesOrFormulas);
    }
    Ok(typed(loaded, &request.total, &formulas))
}

fn factor(text: &str) -> Option<(String, String)> {
    let (name, formula) = text.split_once('=')?;
    Some((name.trim().to_owned(), formula.trim().to_owned()))
}
