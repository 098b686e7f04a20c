//! Why a variable changes: effects of factors on every path, between years and between scenarios.

use crate::common::Messages;

use plancast::analysis::decompose::{
    DecompositionMethod, DecompositionQuestion, NoRatios, PathEffects, between_scenarios, between_years,
    check, declared, typed,
};
use plancast::num::{ln, max};
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
    assert!(!loaded.diagnostics.has_errors(), "{:#?}", loaded.messages());
    loaded
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// The largest that is left over on any path, against the total; and the same of the products.
fn left_over(effects: &PathEffects) -> (f64, f64) {
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
        let compiled = between_years(&mut loaded, &question, (2020, 2025)).unwrap();
        let effects = compiled.on_paths(1, 3000);
        assert_eq!(effects.additive.len(), compiled.effects(), "as was said before they were there");
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
    let effects = between_years(&mut loaded, &question, (2020, 2025)).unwrap().on_paths(1, 100);
    for ratio in &effects.multiplicative.as_ref().unwrap()[2] {
        assert!((ratio - plancast::num::exp(-0.15)).abs() < 1e-2, "{ratio}");
    }
    assert_eq!(effects.labels[2].title.en, "Intensity");
}

#[test]
fn effects_are_told_by_member_where_that_is_asked_for() {
    let mut loaded = fuel();
    let question = declared(&mut loaded, "total", &names(&["sector"])).unwrap();
    let effects = between_years(&mut loaded, &question, (2020, 2025)).unwrap().on_paths(1, 100);
    let labels: Vec<(&str, &str)> =
        effects.labels.iter().map(|label| (label.name.as_str(), label.title.en.as_str())).collect();
    assert_eq!(labels, [("sector[coal]", "Coal"), ("sector[services]", "services")]);
}

/// Factors that are not named are in the rest, and change nothing of the others.
#[test]
fn an_effect_is_the_same_whichever_others_are_told() {
    let mut loaded = fuel();
    let all = declared(&mut loaded, "total", &[]).unwrap();
    let all = between_years(&mut loaded, &all, (2020, 2025)).unwrap().on_paths(1, 100);
    let one = declared(&mut loaded, "total", &names(&["structure"])).unwrap();
    let one = between_years(&mut loaded, &one, (2020, 2025)).unwrap().on_paths(1, 100);
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
    let effects = between_scenarios(&mut loaded, &mut other, &question, 2025).unwrap().on_paths(1, 500);
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
    assert!(between_scenarios(&mut loaded, &mut other, &question, 2025).is_none());
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
        if !loaded.diagnostics.has_errors() {
            check(&mut loaded);
        }
        let messages = loaded.messages().join("\n");
        assert!(loaded.diagnostics.has_errors() && messages.contains(said), "{to}: {messages}");
        assert!(loaded.diagnostics.0.len() <= 2, "{to}: it is said once: {messages}");
    }
    let mut loaded = fuel();
    check(&mut loaded);
    assert!(!loaded.diagnostics.has_errors(), "{:#?}", loaded.messages());
}

#[test]
fn factors_that_are_typed_are_as_good_as_those_that_are_declared() {
    let mut loaded = fuel();
    let by =
        [("activity", "gdp"), ("structure", "va[sector] / gdp"), ("intensity", "use[sector] / va[sector]")];
    let by = by.map(|(name, formula)| (name.to_owned(), formula.to_owned()));
    let written = typed(&mut loaded, "total", &by).unwrap();
    let found = declared(&mut loaded, "total", &[]).unwrap();
    let mut run = |question: &DecompositionQuestion| {
        between_years(&mut loaded, question, (2021, 2025)).unwrap().on_paths(1, 2000).additive
    };
    assert_eq!(run(&written), run(&found));
}

/// The plan as it is: GDP by industry is all of it; what burns is all of CO2 but processes and photovoltaics.
#[test]
fn the_effects_of_the_plan_add_up_on_every_path() {
    for scenario in ["plan", "outside-view", "transition", "stress"] {
        let mut loaded = load(scenario, &[]);
        for total in ["gdp", "gdp_nominal"] {
            let question = declared(&mut loaded, total, &[]).unwrap();
            let effects = between_years(&mut loaded, &question, (2020, 2035)).unwrap().on_paths(1, 1024);
            let (sum, product) = left_over(&effects);
            assert!(sum <= 1e-9 && product <= 1e-9, "{scenario} {total}: {sum} {product}");
        }
        let mut question =
            declared(&mut loaded, "co2", &names(&["activity", "structure", "intensity", "fuel"])).unwrap();
        let burnt = "sum(industry, fuel: energy_use[industry, fuel] * co2_factor[fuel])";
        question.total = typed(&mut loaded, burnt, &[]).unwrap().total;
        let effects = between_years(&mut loaded, &question, (2020, 2035)).unwrap().on_paths(1, 1024);
        let (sum, product) = left_over(&effects);
        assert!(sum <= 1e-9 && product <= 1e-9, "{scenario} co2: {sum} {product}");
    }
}

/// A budget of terms of any sign, whose factors are as they are written: `values` are the fields of the members.
fn budget(members: &str, body: &str) -> Loaded {
    let text = format!(
        "[time]\nstart = 2020\nend = 2021\n[sets.part]\n[sets.part.fields]\na0 = {{}}\na1 = {{}}\nb0 = {{ default = 1 }}\nb1 = {{ default = 1 }}\nc0 = {{ default = 1 }}\nc1 = {{ default = 1 }}\nd0 = {{ default = 1 }}\nd1 = {{ default = 1 }}\n[part]\n{members}\n[parameters]\nluck = \"normal(0, 1)\"\n[variables]\n\"a[part]\" = {{ start = \"a0[part]\", formula = \"a1[part]\" }}\n\"b[part]\" = {{ start = \"b0[part]\", formula = \"b1[part]\" }}\n\"c[part]\" = {{ start = \"c0[part]\", formula = \"c1[part]\" }}\n\"d[part]\" = {{ start = \"d0[part]\", formula = \"d1[part]\" }}\n{body}\n"
    );
    let loaded = load::from_text("budget", &text);
    assert!(!loaded.diagnostics.has_errors(), "{:#?}", loaded.messages());
    loaded
}

fn by(loaded: &mut Loaded, total: &str, factors: &[(&str, &str)]) -> DecompositionQuestion {
    let factors: Vec<(String, String)> =
        factors.iter().map(|(name, formula)| ((*name).to_owned(), (*formula).to_owned())).collect();
    typed(loaded, total, &factors).unwrap()
}

/// Additive effects on the first path, the rest last.
fn on_first(effects: &PathEffects) -> Vec<f64> {
    effects.additive.iter().map(|list| list[0]).collect()
}

fn assert_near(found: &[f64], exact: &[f64], within: f64) {
    assert_eq!(found.len(), exact.len());
    for (a, b) in found.iter().zip(exact) {
        assert!((a - b).abs() <= within, "{found:?}, not {exact:?}");
    }
}

#[test]
fn terms_of_one_factor_have_their_differences_whatever_their_signs() {
    let members = "up = { a0 = 5, a1 = 8 }\ndown = { a0 = 10, a1 = -5 }\nneg = { a0 = -4, a1 = -6 }\nzero = { a0 = 0, a1 = 3 }";
    let body = "x = \"sum(part: a[part])\"\n[decompositions.x.effects]\npart = { formula = \"a[part]\", each = \"part\" }";
    let mut loaded = budget(members, body);
    let question = declared(&mut loaded, "x", &[]).unwrap();
    let effects = between_years(&mut loaded, &question, (2020, 2021)).unwrap().on_paths(1, 50);
    assert_eq!(on_first(&effects), [3.0, -15.0, -2.0, 3.0, 0.0]);
    assert!(effects.methods.iter().all(|methods| *methods == [DecompositionMethod::Difference]));
    assert!(effects.is_whole);
    // From 11 to 0: zero has no ratio.
    assert_eq!(effects.multiplicative, Err(NoRatios::Sign(50)));
    // Backwards all signs turn round.
    let back = between_years(&mut loaded, &question, (2021, 2020)).unwrap().on_paths(1, 50);
    assert_eq!(on_first(&back), [-3.0, 15.0, 2.0, -3.0, 0.0]);
}

/// Worked by hand. Net exports: 1·10·2 → 1·12·3 and −1·8·5 → −1·9·5. Exports have no factor below zero: L(36, 20) is
/// 16 / ln 1.8, their volume has L ln 1.2 and their price L ln 1.5. Imports go by Shapley's value: the volume has
/// −1·(9 − 8)·5, the price nothing, and the constant sign nothing.
#[test]
fn what_is_subtracted_is_decomposed_by_shapley_and_the_others_by_lmdi() {
    let members = "exports = { a0 = 1, a1 = 1, b0 = 10, b1 = 12, c0 = 2, c1 = 3 }\nimports = { a0 = -1, a1 = -1, b0 = 8, b1 = 9, c0 = 5, c1 = 5 }";
    let mut loaded = budget(members, "net = \"sum(part: a[part] * b[part] * c[part])\"");
    let question =
        by(&mut loaded, "net", &[("sign", "a[part]"), ("volume", "b[part]"), ("price", "c[part]")]);
    let effects = between_years(&mut loaded, &question, (2020, 2021)).unwrap().on_paths(1, 10);
    let mean = 16.0 / ln(1.8);
    let exact = [0.0, mean * ln(1.2) - 5.0, mean * ln(1.5), 0.0];
    assert_near(&on_first(&effects), &exact, 1e-12);
    let methods: Vec<_> =
        effects.terms.iter().map(|(titles, method)| (titles[0].en.as_str(), *method)).collect();
    assert_eq!(methods, [("exports", DecompositionMethod::Lmdi), ("imports", DecompositionMethod::Shapley)]);
    assert_eq!(effects.methods[1], [DecompositionMethod::Lmdi, DecompositionMethod::Shapley]);
    assert_eq!(effects.multiplicative, Err(NoRatios::Shapley));
}

/// Shapley's value of the change of a product by its definition: the mean over all orders.
fn by_orders(before: &[f64], after: &[f64]) -> Vec<f64> {
    fn orders(count: usize) -> Vec<Vec<usize>> {
        if count == 0 {
            return vec![Vec::new()];
        }
        let insert = |order: Vec<usize>| {
            (0..=order.len()).map(move |place| {
                let mut order = order.clone();
                order.insert(place, count - 1);
                order
            })
        };
        orders(count - 1).into_iter().flat_map(insert).collect()
    }
    let all = orders(before.len());
    let mut effects = vec![0.0; before.len()];
    for order in &all {
        let mut x = before.to_vec();
        for &factor in order {
            let old: f64 = x.iter().product();
            x[factor] = after[factor];
            effects[factor] += (x.iter().product::<f64>() - old) / all.len() as f64;
        }
    }
    effects
}

/// Two terms of four factors. That of `wild` is below zero on some paths alone; on all paths, also those on which it is
/// not, its effects are Shapley's, those of `tame` the logarithmic mean's, and all of them add up.
#[test]
fn one_method_is_taken_for_a_term_on_all_paths() {
    const TEXT: &str = r#"
        [time]
        start = 2020
        end = 2021
        [sets.part]
        [part.tame]
        [part.wild]
        [parameters]
        far = "normal(2, 1)"
        [shocks]
        luck = { over = "part", dist = "normal(0, 0.3)" }
        more = "normal(0, 0.5)"
        [variables]
        "a[part]" = { start = "2", formula = "2 * exp(luck[part])" }
        "b[part]" = { start = "1.5", formula = "1.5 * exp(more)" }
        "c[part]" = { start = "3", formula = "if(far > 0, 3 - luck[part], 2.5)" }
        wildness = { start = "1", formula = "far" }
        total = "sum(part: a[part] * b[part] * c[part])"
    "#;
    let mut loaded = load::from_text("wild", TEXT);
    assert!(!loaded.diagnostics.has_errors(), "{:#?}", loaded.messages());
    let factors =
        [("a", "a[part]"), ("b", "b[part]"), ("c", "c[part]"), ("w", "if(a[part] == a[wild], wildness, 2)")];
    let question = by(&mut loaded, "total", &factors);
    let paths = 2000;
    let effects = between_years(&mut loaded, &question, (2020, 2021)).unwrap().on_paths(7, paths);
    let case = crate::common::Case::of(TEXT);
    let column = |name: &str, year: i32| case.columns(7, paths, &[case.series(name, year)]).remove(0);
    let both = |name: &str| (column(name, 2020), column(name, 2021));
    let parts = ["tame", "wild"].map(|part| ["a", "b", "c"].map(|name| both(&format!("{name}[{part}]"))));
    let wildness = both("wildness");
    let (mut below, mut most) = (0, 0.0);
    for path in 0..paths as usize {
        // Before, both terms have the same a, so that the fourth factor is the wildness, 1, in both.
        let values = |part: usize, w: (f64, f64)| -> (Vec<f64>, Vec<f64>) {
            let of = &parts[part];
            let before = of.iter().map(|(x, _)| x[path]).chain([w.0]).collect();
            (before, of.iter().map(|(_, x)| x[path]).chain([w.1]).collect())
        };
        let (wild, tame) = (values(1, (1.0, wildness.1[path])), values(0, (1.0, 2.0)));
        below += usize::from(wildness.1[path] < 0.0);
        let (v0, v1): (f64, f64) = (tame.0.iter().product(), tame.1.iter().product());
        let mean = (v1 - v0) / ln(v1 / v0);
        let exact = by_orders(&wild.0, &wild.1);
        let mut sum = 0.0;
        for factor in 0..4 {
            let exact = exact[factor] + mean * ln(tame.1[factor] / tame.0[factor]);
            let found = effects.additive[factor][path];
            most = max(most, (found - exact).abs() / (1.0 + exact.abs()));
            sum += found;
        }
        let change = v1 - v0 + wild.1.iter().product::<f64>() - wild.0.iter().product::<f64>();
        assert!((sum - change).abs() <= 1e-9 * (v0 + v1 + 100.0), "{path}: {sum} {change}");
    }
    assert!(most < 1e-9, "{most}");
    assert!((10..200).contains(&below), "{below} paths are below zero");
    assert_eq!(
        effects.terms.iter().map(|(_, method)| *method).collect::<Vec<_>>(),
        [DecompositionMethod::Lmdi, DecompositionMethod::Shapley]
    );
}

#[test]
fn a_factor_that_is_zero_at_one_end_bears_the_change_of_its_term() {
    let members = "new = { a0 = 0, a1 = 4, b0 = 2, b1 = 3 }\ngone = { a0 = 5, a1 = 0, b0 = 2, b1 = 3 }\nabsent = { a0 = 0, a1 = 0, b0 = 2, b1 = 3 }";
    let mut loaded = budget(members, "x = \"sum(part: a[part] * b[part])\"");
    let question = by(&mut loaded, "x", &[("a", "a[part]"), ("b", "b[part]")]);
    let effects = between_years(&mut loaded, &question, (2020, 2021)).unwrap().on_paths(1, 10);
    assert_eq!(on_first(&effects), [12.0 - 10.0, 0.0, 0.0]);
    assert!(effects.terms.iter().all(|(_, method)| *method == DecompositionMethod::Lmdi));
}

/// A factor that is zero at one end and below zero at the other: 0·3 → −2·4 is −2 times 3.5, and −2·3 → 0·4 is 2 times 3.5.
#[test]
fn a_factor_from_zero_to_below_is_decomposed_by_shapley() {
    let members = "sink = { a0 = 0, a1 = -2, b0 = 3, b1 = 4 }\nback = { a0 = -2, a1 = 0, b0 = 3, b1 = 4 }";
    let mut loaded = budget(members, "x = \"sum(part: a[part] * b[part])\"");
    let question = by(&mut loaded, "x", &[("a", "a[part]"), ("b", "b[part]")]);
    let effects = between_years(&mut loaded, &question, (2020, 2021)).unwrap().on_paths(1, 10);
    assert_near(&on_first(&effects), &[0.0, -1.0 - 1.0, 0.0], 1e-12);
}

/// Signed terms between two scenarios: the deficit 3·4 in the one is −5·4 in the other.
#[test]
fn signed_terms_are_decomposed_between_scenarios_too() {
    let text = |a: &str| format!("only = {{ a0 = {a}, a1 = {a}, b0 = 4, b1 = 4, c0 = 2, c1 = 2 }}");
    let body = "x = \"sum(part: a[part] * b[part] * c[part])\"";
    let (mut one, mut other) = (budget(&text("3"), body), budget(&text("-5"), body));
    let question = by(&mut one, "x", &[("a", "a[part]"), ("b", "b[part]"), ("c", "c[part]")]);
    let effects = between_scenarios(&mut one, &mut other, &question, 2021).unwrap().on_paths(1, 20);
    assert_eq!(on_first(&effects), [-64.0, 0.0, 0.0, 0.0]);
    assert_eq!(effects.multiplicative, Err(NoRatios::Shapley));
    assert_eq!(effects.totals[19], (24.0, -40.0));
}

/// A ratio whose denominator is zero on some paths: what cannot be said there is not said, and the others are whole.
#[test]
fn paths_on_which_a_factor_has_no_value_are_left_out_and_counted() {
    let text = FUEL
        .replace("[parameters]", "[parameters]\ncoin = \"bernoulli(25%)\"")
        .replace("total = \"sum", "odd = \"1 / if(year > 2022, 1 - coin, 1)\"\ntotal = \"sum");
    let mut loaded = load::from_text("fuel", &text);
    let question = by(&mut loaded, "total", &[("use", "use[sector]"), ("odd", "odd")]);
    let effects = between_years(&mut loaded, &question, (2020, 2025)).unwrap().on_paths(1, 4000);
    let unknown = effects.unknown.unwrap();
    assert_eq!(unknown.factor.as_deref(), Some("odd"));
    // Of 4000 paths a quarter, within five standard deviations of 27.
    assert!((unknown.paths as f64 - 1000.0).abs() < 5.0 * 27.4, "{}", unknown.paths);
    assert_eq!(effects.totals.len() as u64 + unknown.paths, 4000);
    for (path, (before, after)) in effects.totals.iter().enumerate() {
        let sum: f64 = effects.additive.iter().map(|list| list[path]).sum();
        assert!((sum - (after - before)).abs() <= 1e-9 * after);
    }
}

/// A debt of which five flows are told by the year, some always below zero, others on some paths.
#[test]
fn flows_that_make_a_debt_add_up_to_its_change() {
    let text = r#"
        [time]
        start = 2020
        end = 2024
        [sets.flow]
        [sets.flow.fields]
        k = {}
        [flow]
        balance = { k = 1 }
        interest = { k = 2 }
        growth = { k = 3 }
        initial = { k = 4 }
        [shocks]
        r = "normal(3%, 1%)"
        g = "normal(5%, 2%)"
        pb = "normal(1%, 1%)"
        [variables]
        debt = { start = "0.6", formula = "prev(debt) * (1 + r) / (1 + g) - pb" }
        "acc[flow]" = { start = "if(k[flow] == 4, 0.6, 0)", formula = "prev(acc[flow]) + if(k[flow] == 1, -pb, if(k[flow] == 2, prev(debt) * r / (1 + g), if(k[flow] == 3, -prev(debt) * g / (1 + g), 0)))" }
        [decompositions.debt.effects]
        flow = { formula = "acc[flow]", each = "flow" }
    "#;
    let mut loaded = load::from_text("debt", text);
    assert!(!loaded.diagnostics.has_errors(), "{:#?}", loaded.messages());
    let question = declared(&mut loaded, "debt", &[]).unwrap();
    let effects = between_years(&mut loaded, &question, (2020, 2024)).unwrap().on_paths(3, 3000);
    let (sum, product) = left_over(&effects);
    assert!(sum <= 1e-9 && product <= 1e-9 && effects.is_whole, "{sum} {product}");
    let case = crate::common::Case::of(text);
    for (place, flow) in ["balance", "interest", "growth", "initial"].iter().enumerate() {
        let column = |year| case.columns(3, 3000, &[case.series(&format!("acc[{flow}]"), year)]).remove(0);
        let exact: Vec<f64> = column(2024).iter().zip(column(2020)).map(|(b, a)| b - a).collect();
        assert_eq!(effects.additive[place], exact, "{flow}");
    }
    assert!(effects.additive[2].iter().all(|growth| *growth < 0.0), "growth lowers a debt");
}

/// The most terms there may be are decomposed, and one more is refused.
#[test]
fn as_many_terms_as_the_limit_are_decomposed_and_no_more() {
    for (sizes, allowed) in [([40, 50], true), ([3, 667], false)] {
        let mut text = String::from("[time]\nstart = 2020\nend = 2021\n");
        for (set, size) in ["a", "b"].iter().zip(sizes) {
            text += &format!("[sets.{set}]\n[{set}]\n");
            (0..size).for_each(|member| text += &format!("{set}{member} = {{}}\n"));
        }
        text += "[parameters]\nluck = \"normal(0, 1)\"\n[variables]\n\"x[a]\" = \"luck + year\"\n\"y[b]\" = \"year\"\ntotal = \"sum(a: x[a]) * sum(b: y[b])\"\n";
        let mut loaded = load::from_text("many", &text);
        assert!(!loaded.diagnostics.has_errors(), "{:#?}", loaded.messages());
        let question = by(&mut loaded, "total", &[("all", "x[a] * y[b]")]);
        let compiled = between_years(&mut loaded, &question, (2020, 2021));
        let effects = compiled.map(|compiled| compiled.on_paths(1, 2));
        assert_eq!(effects.as_ref().map(|effects| effects.terms.len()), allowed.then_some(2000));
        if allowed {
            assert!(effects.unwrap().is_whole);
        } else {
            assert!(loaded.messages().join("").contains("at most 2,000"), "{:#?}", loaded.messages());
        }
    }
}

/// The effect of a factor that is not shown is in the rest, which is then no rounding.
#[test]
fn what_is_not_shown_is_a_rest() {
    let mut loaded = fuel();
    for (by, whole) in [(names(&[]), true), (names(&["activity"]), false)] {
        let question = declared(&mut loaded, "total", &by).unwrap();
        assert_eq!(
            between_years(&mut loaded, &question, (2020, 2025)).unwrap().on_paths(1, 50).is_whole,
            whole
        );
    }
}
