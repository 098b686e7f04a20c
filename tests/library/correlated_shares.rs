//! What correlated inputs explain, split among them: against Shapley values in closed form.

#![allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]

use plancast::analysis::indices::{CorrelatedDraws, CorrelatedShares, Design, SplitBy, split};

use crate::common::Case;
use plancast::Study;
use plancast::study::{CorrelatedSplit, SensitivityRequest};

/// Three normal parameters with correlations 0.5, 0.2 and −0.3, and a fourth that is independent.
fn case(formula: &str) -> Case {
    Case::of(&format!(
        "[time]\nstart = 2020\nend = 2021\n[parameters]\na = \"normal(0, 1)\"\nb = \"normal(0, 1)\"\nc = \"normal(0, 1)\"\nd = \"normal(0, 1)\"\n\
         [[correlations]]\nbetween = [\"a\", \"b\"]\nvalue = 0.5\n[[correlations]]\nbetween = [\"a\", \"c\"]\nvalue = 0.2\n\
         [[correlations]]\nbetween = [\"b\", \"c\"]\nvalue = -0.3\n[variables]\nx = \"year\"\n[metrics]\nm = \"{formula}\"\n"
    ))
}

fn shares(formula: &str, by: &SplitBy, points: u32) -> CorrelatedShares {
    let model = case(formula).model;
    let program = model.program.only(&[model.labels.metrics[0].series], &[]);
    let group = &model.correlated[0];
    let draw = |input: &usize| program.draws().position(|(stream, _)| stream == model.inputs[*input].stream);
    let draws = vec![group.inputs.iter().map(draw).collect()];
    let inputs =
        CorrelatedDraws { factor: group.factor.clone(), once: vec![false; group.inputs.len()], draws };
    let design = Design { program, groups: Vec::new(), seed: 1, never: None, orders: Vec::new() };
    split(&design, &inputs, by, points).unwrap()
}

fn values(found: &CorrelatedShares) -> Vec<f64> {
    found.shares.iter().map(|share| share.value).collect()
}

/// By the definition, over all six orders, with conditional variances of the normal distribution in rational arithmetic.
#[test]
fn of_a_linear_outcome_the_shares_are_shapleys_values_exactly() {
    let found = shares("3 + a + 2 * b - c + 5 * d", &SplitBy::Shapley, 64);
    assert!(found.is_exact);
    for (share, right) in
        values(&found).iter().zip([0.23543123543123542, 0.5944055944055944, 0.17016317016317017])
    {
        assert!((share - right).abs() < 1e-12, "{share} {right}");
    }
    assert!(found.shares.iter().all(|share| share.margin == 0.0));
}

/// Of two factors the first has β₁² (1 − ρ²/2) + β₁ β₂ ρ + β₂² ρ²/2 (B. Iooss and C. Prieur, 2019).
#[test]
fn of_two_factors_the_share_is_the_published_one() {
    // In the order of the file the first has all: what the others tell, it has told.
    let found = shares("a + 0 * c", &SplitBy::Order(vec![0, 1, 2]), 64);
    assert_eq!(values(&found), [1.0, 0.0, 0.0]);
    let text = "[time]\nstart = 2020\nend = 2021\n[shocks]\na = \"normal(0, 1)\"\nb = \"normal(0, 1)\"\n[[correlations]]\n\
                between = [\"a\", \"b\"]\nvalue = 0.6\n[variables]\nx = \"1 * a + 3 * b\"\n[metrics]\nm = \"x@2021\"\n";
    let model = Case::of(text).model;
    let program = model.program.only(&[model.labels.metrics[0].series], &[]);
    let group = &model.correlated[0];
    let draw = |input: &usize| program.draws().position(|(stream, _)| stream == model.inputs[*input].stream);
    let draws = vec![group.inputs.iter().map(draw).collect()];
    let inputs =
        CorrelatedDraws { factor: group.factor.clone(), once: vec![false; group.inputs.len()], draws };
    let design = Design { program, groups: Vec::new(), seed: 1, never: None, orders: Vec::new() };
    let found = split(&design, &inputs, &SplitBy::Shapley, 64).unwrap();
    let (rho, one, other) = (0.6_f64, 1.0, 3.0);
    let first: f64 =
        one * one * (1.0 - rho * rho / 2.0) + one * other * rho + other * other * rho * rho / 2.0;
    let whole = one * one + other * other + 2.0 * rho * one * other;
    assert!((values(&found)[0] - first / whole).abs() < 1e-12);
}

/// c first, then a, then b: what each adds to those before it, told row by row.
#[test]
fn in_a_stated_order_each_has_what_it_adds() {
    let found = shares("a + 2 * b - c + d", &SplitBy::Order(vec![2, 0, 1]), 64);
    for (share, right) in
        values(&found).iter().zip([0.5121212121212121, 0.26515151515151514, 0.22272727272727272])
    {
        assert!((share - right).abs() < 1e-12, "{share} {right}");
    }
}

/// Of exp(s) with a normal s a set explains exp(v) − 1, where v is what it explains of s. Eight scramblings: a value lies
/// beyond twice its margin of 95 % with a probability of about 0.002 (Student's t, 7 degrees of freedom).
#[test]
fn of_an_outcome_that_is_not_linear_the_shares_are_simulated() {
    let found = shares("exp(0.3 * (a + 2 * b - c))", &SplitBy::Shapley, 4096);
    assert!(!found.is_exact);
    let right = [0.21402399373258296, 0.6220911969193135, 0.16388480934810348];
    for (share, right) in found.shares.iter().zip(right) {
        assert!((share.value - right).abs() < 2.0 * share.margin, "{share:?} {right}");
        assert!(share.margin < 0.03, "{share:?}");
    }
    assert!((values(&found).iter().sum::<f64>() - 1.0).abs() < 1e-9);
}

/// A parameter p and a shock s with a correlation of 0.7, drawn in three years.
const PARAMETER_AND_SHOCK: &str = "[time]\nstart = 2020\nend = 2023\n[parameters]\np = \"normal(0, 1)\"\n[shocks]\ns = \"normal(0, 1)\"\n\
    [[correlations]]\nbetween = [\"p\", \"s\"]\nvalue = 0.7\n[variables]\nz = { start = \"0\", formula = \"s\" }\n\
    w = { start = \"0\", formula = \"p + s\" }\n";

fn split_of(outcome: &str, order: &[&str]) -> CorrelatedSplit {
    let request = SensitivityRequest::default().of(outcome).paths(8192);
    let request = order.iter().fold(request, |request, name| request.then(*name));
    let study = Study::from_text("case.toml", PARAMETER_AND_SHOCK).unwrap();
    study.sensitivity(&request).unwrap().outcomes.remove(0).correlated.remove(0)
}

fn share(split: &CorrelatedSplit, name: &str) -> (f64, f64) {
    let shares = &split.found.as_ref().unwrap().shares;
    let found = shares.iter().find(|share| share.name == name).unwrap().share;
    (found.value, found.margin)
}

/// By hand, with conditional variances of the normal distribution: a shock has a part r p in every year, so of one year p tells
/// r² of it, and of a sum of three r² 9 / (3 + 6 r²).
#[test]
fn a_parameter_and_a_shock_that_are_correlated_are_told_once_what_they_share() {
    let right: [(&str, &[&str], f64); 5] = [
        ("z@2023", &["s", "p"], 0.0),
        ("w@2023", &["s", "p"], 0.15),
        ("z@2023", &["p", "s"], 0.49),
        ("z@2023", &[], 0.245),
        ("z@2021 + z@2022 + z@2023", &[], 4.41 / 5.94 / 2.0),
    ];
    for (outcome, order, of_parameter) in right {
        let split = split_of(outcome, order);
        assert!(split.found.as_ref().unwrap().is_exact, "{outcome}");
        assert!((share(&split, "p").0 - of_parameter).abs() < 1e-12, "{outcome} {order:?}: {split:?}");
        assert!(
            (share(&split, "s").0 - (1.0 - of_parameter)).abs() < 1e-12,
            "{outcome} {order:?}: {split:?}"
        );
    }
}

/// Of exp(y) a set explains exp(v) - 1, where v is what it explains of y: as above, 4.41 of 5.94 times 0.01 for p, and all for s.
/// Eight scramblings: a value lies beyond twice its margin of 95 % with a probability of about 0.002.
#[test]
fn so_it_is_of_an_outcome_that_is_not_linear() {
    let split = split_of("exp(0.1 * (z@2021 + z@2022 + z@2023))", &[]);
    assert!(!split.found.as_ref().unwrap().is_exact);
    let right = (0.0441_f64.exp() - 1.0) / (0.0594_f64.exp() - 1.0) / 2.0;
    let (value, margin) = share(&split, "p");
    assert!((value - right).abs() < 2.0 * margin && margin < 0.03, "{value} ± {margin}, {right}");
}

/// Of so many inputs not all orders are taken, so no share is called exact. With equal correlations and weights each has as much.
#[test]
fn of_many_inputs_the_shares_have_an_error() {
    let names: Vec<String> = (0..8).map(|k| format!("a{k}")).collect();
    let parameters: String = names.iter().map(|name| format!("{name} = \"normal(0, 1)\"\n")).collect();
    let listed = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "[time]\nstart = 2020\nend = 2021\n[parameters]\n{parameters}[[correlations]]\namong = [{listed}]\nvalue = 0.4\n\
         [variables]\nx = \"{}\"\n",
        names.join(" + ")
    );
    let study = Study::from_text("case.toml", &text).unwrap();
    let request = SensitivityRequest::default().of("x@2021").paths(8192);
    let split = study.sensitivity(&request).unwrap().outcomes.remove(0).correlated.remove(0);
    assert!(!split.found.as_ref().unwrap().is_exact);
    for name in &names {
        let (value, margin) = share(&split, name);
        assert!(margin > 0.0 && (value - 0.125).abs() < 2.0 * margin, "{name}: {value} ± {margin}");
    }
}
