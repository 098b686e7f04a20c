//! Distributions that say something else than is probably meant: ranges that reach below zero, samples whose spread is
//! smoothed away, per cent signs that seem forgotten.

use indexmap::{IndexMap, IndexSet};

use super::compile::Writing;
use super::data::Input;
use crate::num::Distribution;
use crate::num::{ln, max};
use crate::scenario::quantity::{Percent, Quantity, QuantityKind, is_forgotten, range_ends};
use crate::text::{Diagnostic, DiagnosticList, Message, Place};
use crate::{key, message};

/// Draws below zero are worth a word from this probability on.
const NEGLIGIBLE: f64 = 1e-3;

/// A smoothed sample that keeps less than this part of its standard deviation is worth a word.
const KEPT: f64 = 0.9;

/// Half the distance between the standard normal quantiles at 5 % and 95 %.
const Z95: f64 = 1.6448536269514722;

/// Warns of what is probably meant otherwise.
pub(super) fn look(writing: &Writing<'_>, diagnostics: &mut DiagnosticList) {
    let scenario = writing.scenario;
    let sets = scenario.sets.values();
    let members = sets.clone().flat_map(|set| set.members.values()).flat_map(|member| member.values.values());
    let defaults = sets.flat_map(|set| set.fields.values()).filter_map(|field| field.default.as_ref());
    let parameters = scenario.parameters.values().map(|parameter| &parameter.value);
    let shocks = scenario.shocks.values().map(|shock| &shock.dist);
    for quantity in members.map(|(_, value)| value).chain(defaults).chain(parameters).chain(shocks) {
        each(quantity, diagnostics);
    }
    same_rows(&writing.data.inputs, diagnostics);
}

fn each(quantity: &Quantity, diagnostics: &mut DiagnosticList) {
    match &quantity.kind {
        QuantityKind::ByMember(entries) => {
            entries.iter().for_each(|(_, _, inner)| each(inner, diagnostics));
            forgotten_among(entries.iter().map(|(_, _, inner)| inner), diagnostics);
        }
        QuantityKind::ByYear { entries, .. } => {
            entries.iter().for_each(|(_, inner)| each(inner, diagnostics));
            forgotten_among(entries.iter().map(|(_, inner)| inner), diagnostics);
        }
        QuantityKind::Number(_) | QuantityKind::Varying(..) | QuantityKind::Broken => {}
        QuantityKind::Chance(distribution, written) => {
            if let Some((message, help)) = forgotten_sign(&quantity.percent) {
                diagnostics.push(Diagnostic::error(quantity.place, message).help(help));
                return;
            }
            let found =
                [below_zero(distribution, written, &quantity.percent), smoothed(distribution, written)];
            for (message, help) in found.into_iter().flatten() {
                diagnostics.push(Diagnostic::warning(quantity.place, message).help(help));
            }
        }
    }
}

/// A message and a remedy.
type Lint = (Message, Message);

/// A range of positive values that is a normal distribution with values below zero.
fn below_zero(distribution: &Distribution, written: &str, percent: &Percent) -> Option<Lint> {
    let [low, high] = range_ends(distribution, written)?;
    let negative = distribution.cdf(0.0);
    // An end of 0 is not exactly 0 when it comes back from mean and s.d.
    if low < -1e-9 * high || negative <= NEGLIGIBLE {
        return None;
    }
    let message =
        message!("model-spread-below-zero", written = written, share = format!("{:.1}", 100.0 * negative));
    let truncated = format!("\"truncate({}, 0, inf)\"", in_signs(distribution, percent));
    if low <= 1e-9 * high || percent.with.is_some() {
        return Some((message, message!("model-spread-below-zero.truncate", truncated = truncated)));
    }
    let (mu, sigma) = (0.5 * (ln(low) + ln(high)), (ln(high) - ln(low)) / (2.0 * Z95));
    Some((
        message,
        message!(
            "model-spread-below-zero.lognormal",
            mu = short(mu),
            sigma = short(sigma),
            truncated = truncated
        ),
    ))
}

/// A normal distribution as it is written, in per cent where the range was.
fn in_signs(distribution: &Distribution, percent: &Percent) -> String {
    match distribution {
        Distribution::Normal { mean, sd } if percent.with.is_some() => {
            format!("normal({}%, {}%)", short(100.0 * mean), short(100.0 * sd))
        }
        Distribution::Normal { mean, sd } => format!("normal({}, {})", short(*mean), short(*sd)),
        other => other.to_string(),
    }
}

/// With six digits that count.
fn short(number: f64) -> String {
    let text = format!("{number:.5e}");
    text.parse::<f64>().map_or(text, |rounded| rounded.to_string())
}

/// A sample of few values, of whose spread straight lines between them leave much less.
fn smoothed(distribution: &Distribution, written: &str) -> Option<Lint> {
    let Distribution::Empirical { values } = distribution else { return None };
    let sample = Distribution::Resample { values: values.clone(), weights: Vec::new(), rows: None };
    let (mean, sd) = (distribution.mean()?, distribution.variance()?.sqrt());
    let (own_mean, own_sd) = (sample.mean()?, sample.variance()?.sqrt());
    if sd >= KEPT * own_sd && (mean - own_mean).abs() <= (1.0 - KEPT) * own_sd {
        return None;
    }
    let (name, rest) = written.split_once('(')?;
    let message = message!(
        "model-spread-smoothed",
        name = name.trim(),
        count = values.len(),
        mean = short(mean),
        sd = short(sd),
        own_mean = short(own_mean),
        own_sd = short(own_sd)
    );
    // A sample may be long.
    let whole =
        if rest.chars().count() > 60 { "resample(…)".to_string() } else { format!("resample({rest}") };
    Some((message, message!("model-spread-smoothed.help", whole = whole)))
}

/// A number without a sign that is many times those with one, or that of which the spread has one.
fn forgotten_sign(percent: &Percent) -> Option<Lint> {
    let [with, without] = percent.mended.as_ref().filter(|_| percent.is_doubtful)?;
    let message = message!("model-spread-forgotten-sign");
    Some((message, message!("model-spread-forgotten-sign.help", with = with, without = without)))
}

/// Values of other years or members that are many times those with a sign, and have none.
fn forgotten_among<'q>(values: impl Iterator<Item = &'q Quantity> + Clone, diagnostics: &mut DiagnosticList) {
    let largest_with = values.clone().map(|value| value.percent.largest[0]).fold(0.0, max);
    let forgotten = |value: &&Quantity| {
        let [with, without] = value.percent.largest;
        with == 0.0 && is_forgotten(largest_with, without)
    };
    for value in values.filter(forgotten) {
        let place = value.percent.without.unwrap_or(value.place);
        let message = message!("model-spread-forgotten-among");
        let help = message!("model-spread-forgotten-among.help");
        diagnostics.push(Diagnostic::error(place, message).help(help));
    }
}

/// Inputs that draw the same row of the same column.
fn same_rows(inputs: &[Input], diagnostics: &mut DiagnosticList) {
    let mut seen: IndexMap<u32, Vec<&Input>> = IndexMap::new();
    let mut told: IndexSet<Place> = IndexSet::new();
    for input in inputs.iter().filter(|input| input.rows().is_some()) {
        let others = seen.entry(input.stream).or_default();
        let Some(other) = others.iter().find(|other| other.distribution == input.distribution) else {
            others.push(input);
            continue;
        };
        if !told.insert(input.place) {
            continue;
        }
        let message = message!("model-spread-same-row", one = &other.name, other = &input.name);
        diagnostics.push(Diagnostic::warning(input.place, message).help(key!("model-spread-same-row.help")));
    }
}
