//! Estimation by likelihood, and joint draws of what it leaves open.

use super::super::estimate::{JointDraws, RandomNumbers, ar1, bias, local_level, var1};
use super::{FitSetting, Fitted, estimate, tests};
use crate::num::{Distribution, max};
use crate::scenario::written::{FitMethod, Innovations};
use crate::text::{Diagnostic, DiagnosticList};
use crate::{key, message};

/// Draws that are made for each that is kept, where priors weigh them: first few, then many.
const TRIES: [u64; 2] = [2, 10];

/// The fewest draws that weigh as much as all do together, as a share of those kept.
const EFFECTIVE: f64 = 0.05;

/// The step of a prior's density, as a share of the distance of its middle quantiles.
const STEP: f64 = 1e-4;

pub(super) fn estimated(setting: &FitSetting<'_>) -> Result<Fitted, DiagnosticList> {
    match (&setting.fit.method, setting.fit.innovations) {
        (FitMethod::LocalLevel, _) => of_level(setting),
        (FitMethod::Ar1, Innovations::Normal) => of_ar1(setting),
        _ => of_vector(setting),
    }
}

/// What is said where the record does not determine the estimates.
fn undetermined(setting: &FitSetting<'_>) -> DiagnosticList {
    let message = message!("analysis-fit-undetermined", name = setting.name);
    Diagnostic::error(setting.fit.place, message).help(key!("analysis-fit-undetermined.help")).into()
}

fn of_ar1(setting: &FitSetting<'_>) -> Result<Fitted, DiagnosticList> {
    let x = &setting.series.values[0];
    let found = ar1::fit(x).ok_or_else(|| undetermined(setting))?;
    let prior_of = |name: &str| {
        let own = setting.inputs.iter().find(|input| input.estimate.as_deref() == Some(name));
        own.and_then(|input| input.prior.as_ref())
    };
    let prior = prior_of("coefficient");
    if prior.is_some_and(|prior| prior.cdf(1.0) - prior.cdf(-1.0) <= 0.0) {
        let message = message!("analysis-fit-prior-range", name = setting.name);
        return Err(Diagnostic::error(setting.fit.place, message)
            .help(key!("analysis-fit-prior-range.help"))
            .into());
    }
    let below = prior.map(|prior| move |x: f64| prior.cdf(x));
    let below = below.as_ref().map(|below| below as &dyn Fn(f64) -> f64);
    let draws = weighted(setting, &["coefficient"], |draws, source| ar1::posterior(x, draws, below, source))?;
    let [mean, coefficient, sd] = found.errors.map_or([None; 3], |errors| errors.map(Some));
    let most_likely =
        [("mean", found.mean, mean), ("coefficient", found.coefficient, coefficient), ("sd", found.sd, sd)];
    let mut fitted = finished(setting, Some(found.log_likelihood), &most_likely, draws);
    fitted.estimates[1].without_bias = Some(bias::corrected(found.coefficient, x.len()));
    fitted.tests = tests(&[ar1::residuals(x, &found)], 1, setting);
    Ok(fitted)
}

fn of_level(setting: &FitSetting<'_>) -> Result<Fitted, DiagnosticList> {
    let y = &setting.series.values[0];
    let found = local_level::fit(y).ok_or_else(|| undetermined(setting))?;
    let draws = weighted(setting, &[], |draws, source| local_level::posterior(y, draws, source))?;
    let most_likely = [
        ("sd_level", found.sd_level, None),
        ("sd_noise", found.sd_noise, None),
        ("level", found.level, Some(found.level_error)),
    ];
    let mut fitted = finished(setting, Some(found.log_likelihood), &most_likely, draws);
    fitted.tests = tests(&[local_level::residuals(y, &found)], 1, setting);
    Ok(fitted)
}

fn of_vector(setting: &FitSetting<'_>) -> Result<Fitted, DiagnosticList> {
    let years = setting.series.years();
    let x: Vec<Vec<f64>> =
        (0..years).map(|t| setting.series.values.iter().map(|own| own[t]).collect()).collect();
    let student = setting.fit.innovations == Innovations::StudentT;
    let found = if student { var1::fit_t(&x) } else { var1::fit(&x) };
    let found = found.ok_or_else(|| undetermined(setting))?;
    let bootstrapped = |draws, source| var1::bootstrap(&found, years, draws, source).unwrap_or_default();
    let draws = weighted(setting, &[], bootstrapped)?;
    let named = found.named();
    let most_likely: Vec<(&str, f64, Option<f64>)> =
        named.iter().map(|(name, value)| (name.as_str(), *value, None)).collect();
    let mut fitted = finished(setting, Some(found.log_likelihood), &most_likely, draws);
    for (estimate, (name, mended)) in
        fitted.estimates.iter_mut().zip(var1::without_bias(&found, years).named())
    {
        estimate.without_bias = name.starts_with("coefficient").then_some(mended);
    }
    fitted.tests = tests(&found.residuals(&x), x[0].len(), setting);
    Ok(fitted)
}

/// The estimates of a method with their draws; those that go into inputs are called like these from here on.
fn finished(
    setting: &FitSetting<'_>,
    log_likelihood: Option<f64>,
    most_likely: &[(&str, f64, Option<f64>)],
    mut draws: JointDraws,
) -> Fitted {
    let input_of = |name: &str| setting.inputs.iter().find(|input| input.estimate.as_deref() == Some(name));
    let one = |(name, value, error): &(&str, f64, Option<f64>)| {
        let own = draws.column(name).unwrap_or_default();
        let input = input_of(name).map(|input| input.name.clone());
        super::FittedNumber {
            standard_error: *error,
            ..estimate((*name).to_owned(), input, Some(*value), &own)
        }
    };
    let estimates = most_likely.iter().map(one).collect();
    for name in &mut draws.names {
        if let Some(input) = input_of(name) {
            name.clone_from(&input.name);
        }
    }
    setting.fitted(log_likelihood, estimates, draws)
}

/// Draws, weighted by the densities of the priors of all inputs but those whose prior is in the draws already.
fn weighted(
    setting: &FitSetting<'_>,
    done: &[&str],
    draw: impl Fn(u64, RandomNumbers) -> JointDraws,
) -> Result<JointDraws, DiagnosticList> {
    let wanted = u64::from(setting.fit.draws);
    let weighing: Vec<(&str, &Distribution)> = setting
        .inputs
        .iter()
        .filter_map(|input| Some((input.estimate.as_deref()?, input.prior.as_ref()?)))
        .filter(|(estimate, _)| !done.contains(estimate))
        .collect();
    if weighing.is_empty() {
        let draws = draw(wanted, setting.source);
        return if draws.rows.is_empty() { Err(undetermined(setting)) } else { Ok(draws) };
    }
    // Priors that say little leave most draws as they are; only others need many.
    let (mut draws, mut weights, mut effective) = (JointDraws::default(), Vec::new(), 0.0);
    for tries in TRIES {
        draws = draw(tries * wanted, setting.source);
        if draws.rows.is_empty() {
            return Err(undetermined(setting));
        }
        weights = weights_of(&draws, &weighing, matches!(setting.fit.method, FitMethod::Ar1));
        let (sum, squares) = (weights.iter().sum::<f64>(), weights.iter().map(|w| w * w).sum::<f64>());
        effective = if sum > 0.0 { sum * sum / squares } else { 0.0 };
        if effective >= wanted as f64 {
            break;
        }
    }
    if effective.is_nan() || effective < EFFECTIVE * wanted as f64 {
        let message = message!("analysis-fit-contradiction", name = setting.name);
        return Err(Diagnostic::error(setting.fit.place, message)
            .help(key!("analysis-fit-contradiction.help"))
            .into());
    }
    let sum: f64 = weights.iter().sum();
    // Systematic resampling: each row as often as its weight says, to within one.
    let offset = setting.source.uniform(u64::MAX, 0);
    let mut rows = Vec::with_capacity(wanted as usize);
    let mut reached = 0.0;
    for (row, weight) in draws.rows.iter().zip(&weights) {
        reached += weight / sum * wanted as f64;
        while (rows.len() as f64 + offset) < reached && (rows.len() as u64) < wanted {
            rows.push(row.clone());
        }
    }
    Ok(JointDraws { names: draws.names, rows })
}

/// The product of the priors' densities at each draw, each as the slope of its distribution function.
fn weights_of(draws: &JointDraws, weighing: &[(&str, &Distribution)], of_ar1: bool) -> Vec<f64> {
    let density = |(name, prior): &(&str, &Distribution)| {
        let at = draws.names.iter().position(|known| known == name)?;
        let step = max(STEP * (prior.quantile(0.84) - prior.quantile(0.16)), 1e-300);
        // The draws have 1/σ as the prior of a standard deviation; the written one takes its place.
        let takes_place = of_ar1 && *name == "sd";
        let prior = (*prior).clone();
        Some(move |row: &[f64]| {
            let x = row[at];
            let slope = (prior.cdf(x + step) - prior.cdf(x - step)) / (2.0 * step);
            if takes_place { slope * x } else { slope }
        })
    };
    let densities: Vec<_> = weighing.iter().filter_map(density).collect();
    draws.rows.iter().map(|row| densities.iter().map(|density| density(row)).product()).collect()
}
