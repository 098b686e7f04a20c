//! Why a variable changes: effects of factors on every path, between years and between scenarios.

use crate::common::Messages;

use plancast::analysis::decompose::{
    Effects, Question, between_scenarios, between_years, check, declared, typed,
};
use plancast::num::max;
use plancast::scenario::{Loaded, load};

/// Energy of two sectors, decomposed as a file declares it.
const FUEL: &str = r#"
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
title = "Coal"
size = "lognormal(3, 0.2)"
[sector.services]
intensity = 0.5
[parameters]
saving = "3%"
[shocks]
eps = { over = "sector", dist = "normal(0, 0.1)" }
[variables]
"va[sector]" = { start = "size[sector]", formula = "prev(va[sector]) * exp(0.02 + eps[sector])" }
gdp = "sum(sector: va[sector])"
"use[sector]" = "va[sector] * intensity[sector] * exp(-saving * (year - start_year))"
total = "sum(sector: use[sector])"
[decompositions.total.effects]
activity = "gdp"
structure = "va[sector] / gdp"
intensity = { formula = "use[sector] / va[sector]", title = "Intensity" }
[decompositions.by_sector]
of = "total"
rest = "nothing"
effects = { sector = { formula = "use[sector]", each = "sector" } }
"#;

fn fuel() -> Loaded {
    let loaded = load::from_text("fuel", FUEL);
    assert!(!loaded.problems.has_errors(), "{:#?}", loaded.messages());
    loaded
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// The largest that is left over on any path, against the total; and the same of the products.
fn left_over(effects: &Effects) -> (f64, f64) {
    let shown = effects.labels.len();
    let mut most = (0.0, 0.0);
    let ratios = effects.multiplicative.as_ref().unwrap();
    for (path, (before, after)) in effects.totals.iter().enumerate() {
        let sum: f64 = effects.additive[..shown].iter().map(|list| list[path]).sum();
        let product: f64 = ratios[..shown].iter().map(|list| list[path]).product();
        most.0 = max(most.0, (sum - (after - before)).abs() / max(after.abs(), before.abs()));
        most.1 = max(most.1, (product / (after / before) - 1.0).abs());
    }
    most
}

#[test]
fn effects_add_up_to_the_change_on_every_path() {
    let mut loaded = fuel();
    for by in [names(&[]), names(&["activity", "structure", "intensity"]), names(&["sector"])] {
        let question = declared(&mut loaded, "total", &by).unwrap();
        let effects = between_years(&mut loaded, &question, (2020, 2025), 1, 3000).unwrap();
        let (sum, product) = left_over(&effects);
        assert!(sum <= 1e-9 && product <= 1e-9, "{by:?}: {sum} {product}");
        assert_eq!(effects.totals.len(), 3000);
    }
}

/// Energy per value added falls by 3 % a year in both sectors. The weights of method I add up to a little less than
/// one where terms grow unlike each other, so that the effect is that of 3 % within a hundredth.
#[test]
fn an_effect_is_that_of_the_formula() {
    let mut loaded = fuel();
    let question = declared(&mut loaded, "total", &[]).unwrap();
    let effects = between_years(&mut loaded, &question, (2020, 2025), 1, 100).unwrap();
    for ratio in &effects.multiplicative.as_ref().unwrap()[2] {
        assert!((ratio - plancast::num::exp(-0.15)).abs() < 1e-2, "{ratio}");
    }
    assert_eq!(effects.labels[2].title.en, "Intensity");
}

#[test]
fn effects_are_told_by_member_where_that_is_asked_for() {
    let mut loaded = fuel();
    let question = declared(&mut loaded, "total", &names(&["sector"])).unwrap();
    let effects = between_years(&mut loaded, &question, (2020, 2025), 1, 100).unwrap();
    let labels: Vec<(&str, &str)> =
        effects.labels.iter().map(|label| (label.name.as_str(), label.title.en.as_str())).collect();
    assert_eq!(labels, [("sector[coal]", "Coal"), ("sector[services]", "services")]);
}

/// Factors that are not named are in the rest, and change nothing of the others.
#[test]
fn an_effect_is_the_same_whichever_others_are_told() {
    let mut loaded = fuel();
    let all = declared(&mut loaded, "total", &[]).unwrap();
    let all = between_years(&mut loaded, &all, (2020, 2025), 1, 100).unwrap();
    let one = declared(&mut loaded, "total", &names(&["structure"])).unwrap();
    let one = between_years(&mut loaded, &one, (2020, 2025), 1, 100).unwrap();
    assert_eq!(one.additive[0], all.additive[1]);
    for path in 0..100 {
        let rest = all.additive[0][path] + all.additive[2][path];
        assert!((one.additive[1][path] - rest).abs() < 1e-9);
    }
}

/// Two scenarios that differ in how much energy is saved, and in nothing else, on the same draws.
#[test]
fn between_scenarios_only_what_differs_has_an_effect() {
    let (mut loaded, mut other) = (fuel(), load::from_text("less", &FUEL.replace("3%", "5%")));
    let question = declared(&mut loaded, "total", &[]).unwrap();
    let effects = between_scenarios(&mut loaded, &mut other, &question, 2025, 1, 500).unwrap();
    let (sum, product) = left_over(&effects);
    assert!(sum <= 1e-9 && product <= 1e-9, "{sum} {product}");
    for path in 0..500 {
        assert_eq!((effects.additive[0][path], effects.additive[1][path]), (0.0, 0.0));
        assert!((effects.multiplicative.as_ref().unwrap()[2][path] - plancast::num::exp(-0.1)).abs() < 1e-12);
    }
}

#[test]
fn scenarios_of_other_members_are_refused() {
    let mut loaded = fuel();
    let mut other = load::from_text("more", &FUEL.replace("[parameters]", "[sector.steel]\n[parameters]"));
    let question = declared(&mut loaded, "total", &[]).unwrap();
    assert_eq!(between_scenarios(&mut loaded, &mut other, &question, 2025, 1, 10), None);
    let messages = other.messages().join("\n");
    assert!(messages.contains("same members"), "{messages}");
}

#[test]
fn what_is_not_declared_is_told_with_what_is() {
    let cases: [(&str, &[&str], &str); 5] = [
        ("totl", &[], "did you mean \"total\"?"),
        ("total", &["activty"], "did you mean \"activity\"?"),
        ("total", &["activity", "sector"], "together"),
        ("gdp", &[], "[decompositions.gdp]"),
        ("gdp", &["activity"], "the scenario has: total"),
    ];
    for (total, by, said) in cases {
        let mut loaded = fuel();
        assert_eq!(declared(&mut loaded, total, &names(by)), None);
        let messages = loaded.messages().join("\n");
        assert!(messages.contains(said), "{total} {by:?}: {messages}");
    }
}

#[test]
fn what_is_wrong_with_a_declaration_is_found_without_a_run() {
    let wrong = [
        ("activity = \"gdp\"", "activity = \"gpd\"", "gpd"),
        ("activity = \"gdp\"", "activity = \"gdp +\"", "formula"),
        ("each = \"sector\"", "each = \"sektor\"", "do not run over \"sektor\""),
        ("of = \"total\"", "of = \"totl\"", "did you mean \"total\"?"),
        ("rest = \"nothing\"", "rst = \"nothing\"", "did you mean \"rest\"?"),
        ("effects = {", "effects = { } #", "has no effects"),
    ];
    for (from, to, said) in wrong {
        let mut loaded = load::from_text("fuel", &FUEL.replace(from, to));
        if !loaded.problems.has_errors() {
            check(&mut loaded);
        }
        let messages = loaded.messages().join("\n");
        assert!(loaded.problems.has_errors() && messages.contains(said), "{to}: {messages}");
        assert!(loaded.problems.0.len() <= 2, "{to}: it is said once: {messages}");
    }
    let mut loaded = fuel();
    check(&mut loaded);
    assert!(!loaded.problems.has_errors(), "{:#?}", loaded.messages());
}

#[test]
fn factors_that_are_typed_are_as_good_as_those_that_are_declared() {
    let mut loaded = fuel();
    let by =
        [("activity", "gdp"), ("structure", "va[sector] / gdp"), ("intensity", "use[sector] / va[sector]")];
    let by = by.map(|(name, formula)| (name.to_owned(), formula.to_owned()));
    let written = typed(&mut loaded, "total", &by).unwrap();
    let found = declared(&mut loaded, "total", &[]).unwrap();
    let mut run =
        |question: &Question| between_years(&mut loaded, question, (2021, 2025), 1, 2000).unwrap().additive;
    assert_eq!(run(&written), run(&found));
}

/// The plan as it is: GDP by industry is all of it; what burns is all of CO2 but processes and photovoltaics.
#[test]
fn the_effects_of_the_plan_add_up_on_every_path() {
    for scenario in ["plan", "outside-view", "transition", "stress"] {
        let mut loaded = load(scenario, &[]);
        for total in ["gdp", "gdp_nominal"] {
            let question = declared(&mut loaded, total, &[]).unwrap();
            let effects = between_years(&mut loaded, &question, (2020, 2035), 1, 1024).unwrap();
            let (sum, product) = left_over(&effects);
            assert!(sum <= 1e-9 && product <= 1e-9, "{scenario} {total}: {sum} {product}");
        }
        let mut question =
            declared(&mut loaded, "co2", &names(&["activity", "structure", "intensity", "fuel"])).unwrap();
        let burnt = "sum(industry, fuel: energy_use[industry, fuel] * co2_factor[fuel])";
        question.total = typed(&mut loaded, burnt, &[]).unwrap().total;
        let effects = between_years(&mut loaded, &question, (2020, 2035), 1, 1024).unwrap();
        let (sum, product) = left_over(&effects);
        assert!(sum <= 1e-9 && product <= 1e-9, "{scenario} co2: {sum} {product}");
    }
}
