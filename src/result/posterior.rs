//! Results from weights: those of a run that is conditioned on what was observed.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use sha2::{Digest, Sha256};

use super::assemble;
use super::evidence::Prior;
use super::manifest::hex;
use super::summary::Summary;
use super::target_probabilities::TargetProbabilities;
use crate::ensemble::{Ensemble, OddsTally, WeightedEnsemble};
use crate::model::labels::{Labels, MetricLabel, VariableLabel};

/// The results of a conditional run, beside those of the same paths without the record.
pub fn summary(labels: &Labels, prior: Summary, weighted: &WeightedEnsemble, levels: &[f64]) -> Summary {
    let counted = TargetProbabilities::of_weights(&weighted.odds);
    let variable = |label: &VariableLabel| assemble::variable(labels, label, &weighted.series, levels);
    let metric = |label: &MetricLabel| assemble::metric(labels, label, &weighted.series, levels);
    let mut targets = assemble::targets(&labels.targets, &counted);
    for (name, target) in &mut targets {
        target.prior = prior.targets.get(name).map(|before| Box::new(before.probability.clone()));
    }
    Summary {
        fingerprint: fingerprint(weighted),
        variables: labels.variables.par_iter().map(|label| (label.name.clone(), variable(label))).collect(),
        metrics: labels.metrics.iter().map(|label| (label.name.clone(), metric(label))).collect(),
        bounds: assemble::bounds(labels, &weighted.series),
        targets,
        joint: assemble::joint(labels, counted),
        // Shares of variance are those of independent inputs, which these no longer are.
        sensitivity: BTreeMap::new(),
        drivers: BTreeMap::new(),
        drivers_not_known: BTreeMap::new(),
        prior: Some(Box::new(Prior {
            fingerprint: prior.fingerprint,
            variables: prior.variables,
            metrics: prior.metrics,
            targets: prior.targets,
            joint: prior.joint,
        })),
        ..prior
    }
}

/// The weights as an ensemble in which a path counts as often as its weight has parts: what histograms are drawn from.
pub fn as_counts(weighted: &WeightedEnsemble) -> Ensemble {
    Ensemble {
        paths: weighted.odds.all[0],
        series: weighted.series.iter().map(|tally| tally.counts().clone()).collect(),
        odds: OddsTally::new(0, &[]),
        slices: None,
    }
}

fn fingerprint(weighted: &WeightedEnsemble) -> String {
    let mut hash = Sha256::new();
    weighted.digest_into(&mut |bytes| hash.update(bytes));
    hex(&hash.finalize())
}
