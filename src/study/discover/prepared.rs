//! A target that is found in a compiled scenario, before anything is simulated.

use crate::analysis::discover::{self, Discovery, InputColumn, discover};
use crate::analysis::prim::{FoundBox, Limit, PARTS};
use crate::analysis::record::enough;
use crate::key;
use crate::model::{Model, RecordedVariables};
use crate::scenario::Loaded;
use crate::text::suggest::did_you_mean;

use super::super::observed::admit;
use super::super::sample::{compiled, counts_random_paths};
use super::super::{Observing, Sample, StudyError};
use super::{
    ConsideredInput, DiscoverAnswer, DiscoverRefusal, DiscoverRequest, DiscoveredBox, InputLimit, LimitEnd,
};

/// A target that is found in a compiled scenario.
#[derive(Debug)]
#[non_exhaustive]
pub struct PreparedDiscover {
    /// The scenario.
    pub loaded: Loaded,
    /// The paths that are looked at.
    pub sample: Sample,
    model: Model,
    /// What the paths are conditioned on.
    record: Option<Observing>,
    /// The number of the target.
    target: usize,
    /// Most boxes.
    boxes: usize,
}

impl PreparedDiscover {
    /// Compiles a scenario, and finds its target.
    ///
    /// # Errors
    /// When there is no such target, or the record tells its outcome.
    pub fn new(mut loaded: Loaded, request: &DiscoverRequest) -> Result<Self, StudyError> {
        counts_random_paths(&loaded, "discover")?;
        let sample = Sample::of(request.paths, request.seed, &loaded.scenario.run);
        let record =
            if loaded.diagnostics.has_errors() { None } else { admit(&loaded.scenario, sample.seed)? };
        let model = compiled(&mut loaded, &RecordedVariables::Replay)?;
        let target = target(&model, &request.target)?;
        Ok(Self { loaded, sample, model, record, target, boxes: request.boxes })
    }

    /// The bytes that the answer takes at its fullest besides the program itself.
    pub fn need(&self) -> u64 {
        discover::memory(&self.model, self.target as u32, self.sample.paths)
    }

    /// Simulates the paths, and looks for the boxes. After a record those that are looked at are as many as all say together.
    ///
    /// # Errors
    /// When too few paths agree with the record.
    pub fn answer(&self) -> Result<DiscoverAnswer, StudyError> {
        let (model, Sample { paths, seed }) = (&self.model, self.sample);
        let record = self.record.as_ref().map(|observing| &observing.conditioning);
        let found = discover(model, self.target as u32, seed, paths, self.boxes, record);
        if record.is_some() {
            enough(found.paths as f64, paths)?;
        }
        let label = &model.labels.targets[self.target];
        Ok(DiscoverAnswer {
            scenario: model.labels.id.clone(),
            observed: self.record.as_ref().map(Observing::years).unwrap_or_default(),
            target: label.name.clone(),
            title: label.title.clone(),
            decided: label.decided,
            sample: Sample { paths: found.paths, seed },
            missed: found.missed,
            inputs: found.columns.iter().map(|column| considered(model, column)).collect(),
            boxes: found.boxes.iter().map(|one| discovered(&found, one)).collect(),
        })
    }
}

fn target(model: &Model, name: &str) -> Result<usize, DiscoverRefusal> {
    let targets = &model.labels.targets;
    let Some(place) = targets.iter().position(|label| label.name == name) else {
        let names: Vec<&str> = targets.iter().map(|label| label.name.as_str()).collect();
        let help = did_you_mean(name, &names, key!("text-kind-targets"));
        return Err(DiscoverRefusal::NoTarget { name: name.to_owned(), help });
    };
    match targets[place].decided.filter(|decided| decided.is_recorded()) {
        Some(decided) => Err(DiscoverRefusal::Recorded { name: name.to_owned(), met: decided.holds() }),
        None => Ok(place),
    }
}

fn considered(model: &Model, column: &InputColumn) -> ConsideredInput {
    let (input, driver) = (&model.inputs[column.input], &model.drivers[column.input]);
    ConsideredInput {
        name: input.name.clone(),
        // Correlated inputs share a title; here each stands for itself.
        title: driver.own_title.clone(),
        grade: driver.grade.clone(),
        unit: input.provenance.unit.clone(),
        years: column.years,
    }
}

fn discovered(found: &Discovery, one: &FoundBox) -> DiscoveredBox {
    DiscoveredBox {
        limits: one.limits.iter().map(|limit| limited(&found.columns[limit.input], limit)).collect(),
        quality: one.quality,
        tradeoff: one.curve.clone(),
    }
}

fn limited(column: &InputColumn, limit: &Limit) -> InputLimit {
    let end = |part: u16| {
        let quantile = f64::from(part) / f64::from(PARTS);
        (part > 0 && part < PARTS).then(|| LimitEnd { quantile, value: column.at(part) })
    };
    InputLimit {
        input: limit.input,
        low: end(limit.low),
        high: end(limit.high + 1),
        only: column.only(limit.low, limit.high),
        whole: column.whole_ends(limit.low, limit.high),
        spread: (column.at(PARTS / 2 + PARTS / 3) - column.at(PARTS / 6)).abs(),
        quasi_p_value: limit.chance,
    }
}
