//! What a scenario's observations condition, and whether the paths of a conditioned run can be relied on.

use super::statement::compiled;
use crate::engine::conditional::{Conditioning, Observed, Posterior, RecordRefusal};
use crate::message;
use crate::model::RecordedVariables;
use crate::num::{exp, max};
use crate::scenario::Scenario;
use crate::text::{Diagnostic, DiagnosticList};

/// Fewer effective paths tell nothing that can be relied on.
pub const LEAST_EFFECTIVE: f64 = 400.0;

/// A k̂ above this is that of weights whose errors cannot be estimated.
const MOST_K: f64 = 0.7;

/// No single path may weigh more.
const MOST_WEIGHT: f64 = 0.02;

/// What a scenario's observations condition.
#[derive(Clone, Debug)]
pub struct Record {
    /// What conditions its paths.
    pub conditioning: Conditioning,
    /// Variables and years that were observed and that the scenario has not.
    pub outside: Vec<(String, i32)>,
}

/// Why observations cannot condition a scenario.
#[derive(Clone, Debug)]
pub enum RecordError {
    /// It is wrong.
    Scenario(DiagnosticList),
    /// No error is known of a variable's value of a year.
    NoMeasurementError(String, i32),
    /// Its paths cannot be conditioned.
    Refused(RecordRefusal),
}

impl Record {
    /// What the observations of a scenario condition; `None` where it has none.
    ///
    /// # Errors
    /// When they cannot.
    pub fn of(scenario: &Scenario, seed: u64) -> Result<Option<Self>, RecordError> {
        if scenario.observations.is_empty() {
            return Ok(None);
        }
        let names: Vec<String> = scenario.observations.keys().cloned().collect();
        let model = compiled(scenario, &RecordedVariables::Also(names)).map_err(RecordError::Scenario)?;
        let (mut series, mut known, mut outside) = (Vec::new(), Vec::new(), Vec::new());
        for (name, observations) in &scenario.observations {
            let label = model.labels.variables.iter().find(|label| label.name == *name);
            let Some(label) = label else {
                let message = message!("study-observed-no-variable", name = name);
                let wrong = Diagnostic::error(observations.place, message);
                return Err(RecordError::Scenario(DiagnosticList::from(wrong)));
            };
            for value in &observations.values {
                let year = value.year;
                if year < label.first_year || year > label.last_year {
                    outside.push((name.clone(), year));
                    continue;
                }
                let Some(sd) = value.sd.filter(|sd| *sd > 0.0 && sd.is_finite()) else {
                    return Err(RecordError::NoMeasurementError(name.clone(), year));
                };
                series.push(label.first_series + (year - label.first_year) as u32);
                known.push(Observed { variable: name.clone(), year, value: value.value, sd });
            }
        }
        if known.is_empty() {
            return Ok(None);
        }
        let program = model.program.only(&series, &[]);
        let conditioning = Conditioning::new(&program, &known, seed).map_err(RecordError::Refused)?;
        Ok(Some(Self { conditioning, outside }))
    }
}

/// Why the paths of a conditioned run tell nothing that can be relied on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unreliable {
    /// Too few of them agree with the record.
    Few {
        /// How many paths of equal weight would say as much.
        effective: f64,
        /// How many there are.
        paths: u64,
        /// How many would do.
        needed: u64,
    },
    /// A few of them outweigh the others.
    Uneven {
        /// The largest weight as a share of all.
        largest: f64,
        /// The shape of the weights' tail, where it is too heavy.
        k: Option<f64>,
    },
}

/// Whether what so many paths say can be relied on.
///
/// # Errors
/// Why it cannot.
pub fn reliable(found: &Posterior, paths: u64) -> Result<(), Unreliable> {
    enough(found.effective_paths, paths)?;
    let k = found.pareto_k.filter(|k| *k > MOST_K);
    if k.is_some() || found.largest_weight > MOST_WEIGHT {
        return Err(Unreliable::Uneven { largest: found.largest_weight, k });
    }
    Ok(())
}

/// Whether so many effective paths of so many can be relied on.
///
/// # Errors
/// How many it takes.
pub fn enough(effective: f64, paths: u64) -> Result<(), Unreliable> {
    if effective < LEAST_EFFECTIVE {
        // Twice as many as would do, as the number of effective paths is an estimate.
        let needed = 2.0 * LEAST_EFFECTIVE / max(effective, 0.1) * paths as f64;
        let step = crate::text::number::power_of_ten(crate::text::number::exponent(needed) - 1);
        let needed = ((needed / step).ceil() * step) as u64;
        return Err(Unreliable::Few { effective, paths, needed });
    }
    Ok(())
}

/// As many paths as all say together, drawn by their weights: each counts once for every time that it is drawn. Of the sums of the
/// weights in their order every step of equal length draws the path that it falls on (J. Carpenter, P. Clifford and P. Fearnhead,
/// “Improved particle filter for nonlinear problems”, IEE Proceedings on Radar, Sonar and Navigation 146 (1999) 2–7).
pub fn drawn_by_weight(log_weights: &[f64]) -> Vec<usize> {
    let most = log_weights.iter().copied().fold(f64::NEG_INFINITY, max);
    let weights: Vec<f64> = log_weights.iter().map(|log| exp(log - most)).map(|w| max(w, 0.0)).collect();
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    if !(sum > 0.0 && squares > 0.0) {
        return Vec::new();
    }
    let count = (sum * sum / squares * (1.0 + 1e-12)).floor();
    let (mut reached, mut drawn) = (0.0, Vec::with_capacity(count as usize));
    for (path, weight) in weights.iter().enumerate() {
        reached += weight;
        while (drawn.len() as f64) < count && (drawn.len() as f64 + 0.5) * sum < reached * count {
            drawn.push(path);
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{WeightedEnsemble, WeightedOdds};

    fn found(effective_paths: f64, largest_weight: f64, pareto_k: Option<f64>) -> Posterior {
        let ensemble = WeightedEnsemble { paths: 0, series: Vec::new(), odds: WeightedOdds::new(0, &[]) };
        let (log_evidence, log_evidence_error) = (0.0, 0.0);
        let stages = Vec::new();
        Posterior {
            ensemble,
            stages,
            effective_paths,
            largest_weight,
            pareto_k,
            log_evidence,
            log_evidence_error,
        }
    }

    #[test]
    fn weights_are_uneven_beyond_a_fiftieth_or_a_shape_of_seven_tenths() {
        assert!(reliable(&found(400.0, 0.02, Some(0.7)), 1000).is_ok());
        assert!(reliable(&found(400.0, 0.02, None), 1000).is_ok());
        for (largest, k) in [(0.0201, None), (0.0201, Some(0.7)), (0.02, Some(0.701))] {
            let refused = reliable(&found(400.0, largest, k), 1000);
            assert!(matches!(refused, Err(Unreliable::Uneven { .. })), "{largest} {k:?}");
        }
    }

    #[test]
    fn paths_are_drawn_as_often_as_they_weigh() {
        assert_eq!(drawn_by_weight(&[0.0; 5]), [0, 1, 2, 3, 4]);
        // Weights 1, 0, 1, 2: 16 / 6 of equal weight, which are two, in the middles of both halves.
        let ln2 = std::f64::consts::LN_2;
        assert_eq!(drawn_by_weight(&[0.0, f64::NEG_INFINITY, 0.0, ln2]), [2, 3]);
        assert_eq!(drawn_by_weight(&[-9000.0, -9000.0]), [0, 1], "only ratios count");
        assert_eq!(drawn_by_weight(&[f64::NEG_INFINITY; 3]), [0; 0]);
        // Ten thousand of weight ¼ and ¾ in turn: of those drawn three of four are the heavy ones.
        let logs: Vec<f64> =
            (0..10_000).map(|k| crate::num::ln(if k % 2 == 0 { 0.25 } else { 0.75 })).collect();
        let drawn = drawn_by_weight(&logs);
        assert_eq!(drawn.len(), 8000);
        assert_eq!(drawn.iter().filter(|path| **path % 2 == 1).count(), 6000);
    }

    /// Twice as many as would do are asked for, rounded up to two digits: 1000 · 800 / 399 = 2005.01.
    #[test]
    fn fewer_effective_paths_than_400_are_too_few() {
        for (effective, expected) in [(399.0, 2100), (40.0, 20_000), (0.0, 8_000_000)] {
            let refused = reliable(&found(effective, 0.5, None), 1000);
            let Err(Unreliable::Few { needed, .. }) = refused else { panic!("{refused:?}") };
            assert_eq!(needed, expected, "{effective}");
        }
    }
}
