//! Estimation by matching moments of simulations of the scenario to those of the record.

use super::super::estimate::JointDraws;
use super::super::estimate::linear::Matrix;
use super::super::estimate::moments::{Simulated, all, posterior};
use super::simulation::simulate;
use super::{FitSetting, Fitted, estimate};
use crate::num::normal::{cdf, quantile_of_tails};
use crate::num::{Distribution, max, min};
use crate::scenario::written::Moment;
use crate::text::{Diagnostic, DiagnosticList};
use crate::{key, message};

/// Simulated records for each draw that is kept.
const TRIES: u64 = 20;

/// The largest standard normal score of a prior.
const MOST_SCORE: f64 = 6.0;

/// A record that fewer simulated ones than this share are as far from the center as is one that the scenario does not make.
const PLAUSIBLE: f64 = 0.001;

pub(super) fn estimated(setting: &FitSetting<'_>, moments: &[Moment]) -> Result<Fitted, DiagnosticList> {
    let fit = setting.fit;
    let names: Vec<String> = setting.inputs.iter().map(|input| input.name.clone()).collect();
    let which = all(moments, setting.series.values.len());
    if which.is_empty() {
        return Err(Diagnostic::error(fit.place, message!("analysis-fit-no-moment", name = setting.name))
            .help(key!("analysis-fit-no-moment.help"))
            .into());
    }
    let tries = TRIES * u64::from(fit.draws);
    let paths = simulate(setting.scenario, fit, setting.series.years(), &names, setting.seed, tries)?;
    let priors: Vec<&Distribution> = setting.inputs.iter().filter_map(|input| input.prior.as_ref()).collect();
    let record = |path: &super::simulation::Path| {
        let scores = path.inputs.iter().zip(&priors).map(|(value, prior)| score(prior, *value)).collect();
        let moments: Vec<f64> = which.iter().map(|which| which.straight(which.of(&path.series))).collect();
        moments.iter().all(|moment| moment.is_finite()).then_some(Simulated { scores, moments })
    };
    let simulated: Vec<Simulated> = paths.iter().filter_map(record).collect();
    let observed: Vec<f64> =
        which.iter().map(|which| which.straight(which.of(&setting.series.values))).collect();
    let plausibility = plausibility(&simulated, &observed);
    if plausibility.is_some_and(|share| share < PLAUSIBLE) {
        let message = message!("analysis-fit-unlike", count = simulated.len(), name = setting.name);
        return Err(Diagnostic::error(fit.place, message).help(key!("analysis-fit-unlike.help")).into());
    }
    let Some(rows) = posterior(&simulated, &observed, fit.draws as usize) else {
        let message = message!("analysis-fit-same-moments", name = setting.name);
        return Err(Diagnostic::error(fit.place, message)
            .help(key!("analysis-fit-same-moments.help"))
            .into());
    };
    let back = |row: Vec<f64>| row.iter().zip(&priors).map(|(score, prior)| value(prior, *score)).collect();
    let draws = JointDraws { names, rows: rows.into_iter().map(back).collect() };
    let estimates = draws
        .names
        .iter()
        .map(|name| estimate(name.clone(), Some(name.clone()), None, &draws.column(name).unwrap_or_default()))
        .collect();
    Ok(Fitted { plausibility, ..setting.fitted(None, estimates, draws) })
}

/// A value as a standard normal score of its prior.
fn score(prior: &Distribution, value: f64) -> f64 {
    let score = quantile_of_tails(prior.cdf(value), prior.sf(value));
    max(-MOST_SCORE, min(MOST_SCORE, score))
}

/// The value of a score.
fn value(prior: &Distribution, score: f64) -> f64 {
    let score = max(-MOST_SCORE, min(MOST_SCORE, score));
    prior.quantile_of_tails(cdf(score), cdf(-score))
}

/// How often a simulated record lies as far from the center of all as the one observed, by Mahalanobis' distance.
fn plausibility(simulated: &[Simulated], observed: &[f64]) -> Option<f64> {
    let (n, k) = (simulated.len() as f64, observed.len());
    let center: Vec<f64> =
        (0..k).map(|i| simulated.iter().map(|one| one.moments[i]).sum::<f64>() / n).collect();
    let covariance = Matrix::by(k, k, |i, j| {
        let product = |one: &Simulated| (one.moments[i] - center[i]) * (one.moments[j] - center[j]);
        simulated.iter().map(product).sum::<f64>() / n
    });
    let lower = covariance.cholesky()?;
    let distance = |moments: &[f64]| -> f64 {
        let off: Vec<f64> = moments.iter().zip(&center).map(|(x, c)| x - c).collect();
        lower.forward(&off).iter().map(|z| z * z).sum()
    };
    let own = distance(observed);
    let farther = simulated.iter().filter(|one| distance(&one.moments) >= own).count();
    Some((farther as f64 + 1.0) / (n + 1.0))
}
