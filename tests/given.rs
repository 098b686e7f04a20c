//! Results among the paths on which a condition holds.

mod common;

use common::Case;
use plancast::engine::{Request, Watch, simulate_given};

/// Two normals with correlation 0.6: given x ≥ 1, y has mean 0.6 λ with λ = φ(1) / (1 − Φ(1)).
const PAIR: &str = r#"
[scenario]
title = "Pair"
[time]
start = 2020
end = 2021
[parameters]
a = "normal(0, 1)"
b = "normal(0, 1)"
[variables]
x = "a"
y = "0.6 * a + 0.8 * b"
[metrics]
condition = "x@2021 >= 1"
[targets]
positive = { require = "y@2021 >= 0" }
"#;

/// Six standard errors: fails by chance once in 5e8 seeds.
#[test]
fn the_mean_given_a_condition_is_that_of_the_formula() {
    let case = Case::of(PAIR);
    let condition = case.model.labels.metrics[0].series;
    let run = |threads| {
        let request = Request { seed: 1, paths: 100_001, threads: Some(threads) };
        simulate_given(&case.model.program, &[], &request, condition, Watch::default()).unwrap()
    };
    let ensemble = run(2);
    let share = ensemble.paths as f64 / 100_001.0;
    assert!((share - 0.158655).abs() < 6.0 * (0.1587 * 0.8413 / 1e5_f64).sqrt(), "{share}");
    let tally = case.tally(&ensemble, "y", 2021);
    let exact = 0.6 * 0.24197072451914337 / 0.15865525393145705;
    let error = (tally.variance().unwrap() / ensemble.paths as f64).sqrt();
    assert!((tally.mean().unwrap() - exact).abs() < 6.0 * error);
    assert_eq!(tally.finite, ensemble.paths);
    assert!(ensemble.odds.met[0] > ensemble.paths * 4 / 5);
    assert_eq!(common::digest(&ensemble), common::digest(&run(1)));
}

/// A total that is a product over sectors: effects add up to the change on every path.
#[test]
fn effects_add_up_to_the_change_on_every_path() {
    use plancast::analysis::decompose::{Question, decompose};
    let text = r#"
[scenario]
title = "Fuel"
[time]
start = 2020
end = 2025
[sets.sector]
[sets.sector.fields]
size = { default = 10 }
intensity = { default = 2 }
[sector.coal]
size = "lognormal(3, 0.2)"
[sector.services]
intensity = 0.5
[shocks]
eps = { over = "sector", dist = "normal(0, 0.1)" }
[variables]
"va[sector]" = { start = "size[sector]", formula = "prev(va[sector]) * exp(0.02 + eps[sector])" }
gdp = "sum(sector: va[sector])"
"use[sector]" = "va[sector] * intensity[sector] * exp(-0.03 * (year - start_year))"
total = "sum(sector: use[sector])"
"#;
    let mut loaded = plancast::scenario::load::from_text("fuel", text);
    let by =
        [("activity", "gdp"), ("structure", "va[sector] / gdp"), ("intensity", "use[sector] / va[sector]")];
    let question = Question {
        total: "total".into(),
        factors: by.iter().map(|(name, formula)| ((*name).into(), (*formula).into())).collect(),
        years: (2020, 2025),
    };
    let effects = decompose(&mut loaded, &question, 1, 2000).unwrap();
    for (path, (before, after)) in effects.totals.iter().enumerate() {
        let explained: f64 = effects.additive[..3].iter().map(|list| list[path]).sum();
        assert!((explained - (after - before)).abs() <= 1e-9 * after.abs(), "path {path}");
        let product: f64 = effects.multiplicative[..3].iter().map(|list| list[path]).product();
        assert!((product / (after / before) - 1.0).abs() <= 1e-9, "path {path}");
    }
}
