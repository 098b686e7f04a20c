//! The inputs that a `[fit]` estimates, with their priors.

use crate::model::conditions::{FixedValue, Holding, held};
use crate::num::Distribution;
use crate::scenario::Scenario;
use crate::scenario::quantity::{Provenance, Quantity, QuantityKind};
use crate::scenario::written::{Fit, FitMethod, Free, Innovations};
use crate::text::period::label;
use crate::text::{Diagnostic, DiagnosticList, suggest::did_you_mean};
use crate::{key, message};

/// The id of the source of values that were estimated.
pub(super) const SOURCE: &str = "fitted";

/// Most inputs that are estimated together by simulation.
const MOST: usize = 24;

/// An input that is estimated.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EstimatedInput {
    /// Its name.
    pub(super) name: String,
    /// The estimate that it takes; of a match its own.
    pub(super) estimate: Option<String>,
    /// Its prior; none of a plain number, where the record alone speaks.
    pub(super) prior: Option<Distribution>,
}

/// The inputs that a `[fit]` frees.
pub(super) fn free(
    scenario: &Scenario,
    name: &str,
    fit: &Fit,
) -> Result<Vec<EstimatedInput>, DiagnosticList> {
    let mut diagnostics = DiagnosticList::default();
    let mut inputs: Vec<EstimatedInput> = Vec::new();
    let matches = matches!(fit.method, FitMethod::Match(_));
    let already = fitted_inputs(scenario);
    let known = known_estimates(fit);
    for one in &fit.free {
        shape(one, matches, &known, &mut diagnostics);
        let found = named(scenario, &one.input, matches);
        if found.is_empty() {
            diagnostics.push(none(scenario, one));
        }
        for value in found {
            match usable(&value, one, matches, &already) {
                Ok(prior) if inputs.iter().all(|known| known.name != value.name) => {
                    inputs.push(EstimatedInput { name: value.name, estimate: one.estimate.clone(), prior });
                }
                Ok(_) => {}
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
    }
    if matches && fit.free.is_empty() {
        diagnostics.push(
            Diagnostic::missing(fit.place, message!("analysis-fit-no-input", name = name))
                .help(key!("analysis-fit-no-input.help")),
        );
    }
    if matches && inputs.len() > MOST {
        let message = message!("analysis-fit-many-inputs", name = name, count = inputs.len(), most = MOST);
        diagnostics.push(Diagnostic::error(fit.place, message).help(key!("analysis-fit-many-inputs.help")));
    }
    if fit.innovations == Innovations::StudentT && !matches!(fit.method, FitMethod::Ar1 | FitMethod::Var1) {
        let message = message!("analysis-fit-innovations", name = name);
        diagnostics.push(Diagnostic::error(fit.place, message).help(key!("analysis-fit-innovations.help")));
    }
    if matches!(fit.method, FitMethod::Ar1 | FitMethod::LocalLevel) && fit.of.len() > 1 {
        let (method, count) = (fit.method.name(), fit.of.len());
        let message = message!("analysis-fit-one-series", name = name, method = method, count = count);
        diagnostics
            .push(Diagnostic::error(fit.of[1].place, message).help(key!("analysis-fit-one-series.help")));
    }
    if diagnostics.has_errors() { Err(diagnostics) } else { Ok(inputs) }
}

/// Whether what is freed has the form that the method wants.
fn shape(one: &Free, matches: bool, known: &[String], diagnostics: &mut DiagnosticList) {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let names = names.as_slice();
    match &one.estimate {
        None if !matches => {
            let message = message!("analysis-fit-which", input = &one.input);
            let help =
                message!("analysis-fit-which.help", estimate = names[0], input = &one.input, names = names);
            diagnostics.push(Diagnostic::error(one.place, message).help(help));
        }
        Some(estimate) if matches => diagnostics.push(
            Diagnostic::error(one.named, message!("analysis-fit-of-match", estimate = estimate))
                .help(key!("analysis-fit-of-match.help")),
        ),
        Some(estimate) if !known.contains(estimate) => {
            let help = did_you_mean(estimate, names, key!("text-kind-estimates"));
            let help = help.unwrap_or_else(|| message!("analysis-fit-no-estimate.help", names = names));
            let message = message!("analysis-fit-no-estimate", estimate = estimate);
            diagnostics.push(Diagnostic::error(one.named, message).help(help));
        }
        _ => {}
    }
}

/// The estimates of a method.
fn known_estimates(fit: &Fit) -> Vec<String> {
    let spread = if fit.innovations == Innovations::StudentT { "scale" } else { "sd" };
    let mut known: Vec<String> = match fit.method {
        FitMethod::LocalLevel => ["sd_level", "sd_noise", "level"].map(str::to_owned).to_vec(),
        FitMethod::Var1 if fit.of.len() > 1 => {
            let k = 1..=fit.of.len();
            let mut names: Vec<String> = k.clone().map(|i| format!("mean[{i}]")).collect();
            names.extend(k.clone().flat_map(|i| k.clone().map(move |j| format!("coefficient[{i},{j}]"))));
            names.extend(k.clone().map(|i| format!("{spread}[{i}]")));
            names.extend(k.clone().flat_map(|j| (1..j).map(move |i| format!("correlation[{i},{j}]"))));
            names
        }
        _ => vec!["mean".into(), "coefficient".into(), spread.into()],
    };
    if fit.innovations == Innovations::StudentT {
        known.push("df".into());
    }
    known
}

/// The values of parameters and fields of this name; where patterns are taken, one may end in `*`.
fn named(scenario: &Scenario, wanted: &str, patterns: bool) -> Vec<FixedValue> {
    let wanted: String = wanted.chars().filter(|c| !c.is_whitespace()).collect();
    let start = wanted.strip_suffix('*').filter(|_| patterns);
    let head = wanted.split(['[', '.']).next().unwrap_or_default();
    let names = scenario.parameters.keys().chain(scenario.sets.values().flat_map(|set| set.fields.keys()));
    let mut names: Vec<&String> =
        names.filter(|name| start.map_or(*name == head, |start| fits(name, start))).collect();
    names.dedup();
    let is_wanted = |value: &FixedValue| {
        let whole = patterns && value.name.split(['[', '.']).next() == Some(wanted.as_str());
        start.map_or(value.name == wanted || whole, |start| value.name.starts_with(start))
    };
    let all = names.into_iter().flat_map(|name| held(scenario, name)).filter(|data| !data.is_shock);
    let mut found: Vec<FixedValue> = all.flat_map(|data| data.values).filter(is_wanted).collect();
    // Of a pattern, numbers that are known are not meant.
    if start.is_some() {
        found.retain(|value| matches!(value.content, Holding::Chance(..) | Holding::Varying(_)));
    }
    found
}

/// Whether the values of a name may begin so.
fn fits(name: &str, start: &str) -> bool {
    name.starts_with(start) || start.starts_with(name)
}

fn none(scenario: &Scenario, one: &Free) -> Diagnostic {
    let names = scenario.parameters.keys().chain(scenario.sets.values().flat_map(|set| set.fields.keys()));
    let names: Vec<&str> = names.map(String::as_str).collect();
    let head = one.input.split(['[', '.', '*']).next().unwrap_or_default().trim();
    if scenario.shocks.contains_key(head) {
        return Diagnostic::error(one.place, message!("analysis-fit-shock", name = &one.input))
            .help(key!("analysis-fit-shock.help"));
    }
    let diagnostic = Diagnostic::missing(one.place, message!("analysis-fit-unknown", name = &one.input));
    match did_you_mean(head, &names, key!("text-kind-settable")) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The prior of a value that is freed.
fn usable(
    value: &FixedValue,
    one: &Free,
    matches: bool,
    already: &[String],
) -> Result<Option<Distribution>, Diagnostic> {
    let name = &value.name;
    if already.contains(name) {
        return Err(Diagnostic::error(one.place, message!("analysis-fit-already", name = name))
            .help(key!("analysis-fit-already.help")));
    }
    match &value.content {
        Holding::Number(_) if matches => {
            Err(Diagnostic::error(one.place, message!("analysis-fit-number", name = name))
                .help(message!("analysis-fit-number.help", name = name)))
        }
        Holding::Number(_) => Ok(None),
        Holding::Chance(distribution, written) if distribution.is_discrete() => {
            let message = message!("analysis-fit-discrete", name = name, written = written);
            Err(Diagnostic::error(one.place, message).help(key!("analysis-fit-discrete.help")))
        }
        Holding::Chance(distribution, _) => Ok(Some(distribution.clone())),
        Holding::Varying(_) if !matches => Ok(None),
        Holding::Varying(written) => {
            let message = message!("analysis-fit-varying", name = name, written = written);
            Err(Diagnostic::error(one.place, message).help(key!("analysis-fit-varying.help")))
        }
    }
}

/// The values of a scenario that come from a fit, by their source.
pub fn fitted_inputs(scenario: &Scenario) -> Vec<String> {
    let mut found = Vec::new();
    for (name, parameter) in &scenario.parameters {
        of_quantity(name, &parameter.value, &Provenance::default(), &mut found);
    }
    for set in scenario.sets.values() {
        for (member_name, member) in &set.members {
            for (field, (_, quantity)) in &member.values {
                of_quantity(&format!("{field}[{member_name}]"), quantity, &Provenance::default(), &mut found);
            }
        }
    }
    found
}

fn of_quantity(name: &str, quantity: &Quantity, outer: &Provenance, found: &mut Vec<String>) {
    let own = quantity.provenance.clone().or(outer);
    match &quantity.kind {
        QuantityKind::ByYear { entries, .. } => {
            entries.iter().for_each(|(year, inner)| {
                of_quantity(&format!("{name}.{}", label(year)), inner, &own, found);
            });
        }
        QuantityKind::ByMember(entries) => {
            for (member, _, inner) in entries {
                let name = match name.strip_suffix(']') {
                    Some(open) => format!("{open},{member}]"),
                    None => format!("{name}[{member}]"),
                };
                of_quantity(&name, inner, &own, found);
            }
        }
        _ if own.source.as_deref() == Some(SOURCE) => found.push(name.to_owned()),
        _ => {}
    }
}
