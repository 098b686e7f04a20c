//! What has a value every year, where a formula is about a whole path: the year must be said.

use crate::common::Case;
use plancast::scenario;
use plancast::{
    engine,
    model::{self, RecordedVariables},
};

const SCENARIO: &str = r#"
[time]
start = 2020
end = 2030
[sets.r]
[sets.r.fields]
f = {}
g = {}
[r]
a.f = { 2021 = 1, 2026 = 5 }
a.g = { 2021 = 7 }
b.f = 2
b.g = { 2010 = 3, 2015 = 4, 2035 = 9 }
[parameters]
price = { interpolate = "linear", 2020 = 30, 2030 = 130 }
phased = { 2021 = 1, 2026 = "uniform(2, 3)" }
fixed = { 2021 = 4 }
same = { 2021 = 6, 2026 = 6 }
later = { 2020 = 1, 2040 = 2 }
[shocks]
luck = { over = "r", dist = "normal(0, 1)" }
[variables]
x = { formula = "price * 2", report = true }
keep = { formula = "sum(r: f[r] + g[r] + luck[r]) + phased + fixed + same + later", report = true }
"#;

/// What is wrong with the scenario and another table.
fn errors(more: &str) -> Vec<String> {
    let mut loaded = scenario::load::from_text("by_year.toml", &format!("{SCENARIO}{more}"));
    model::compile_with_gates(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    let diagnostics = loaded
        .diagnostics
        .0
        .into_iter()
        .filter(|diagnostic| diagnostic.severity == plancast::text::Severity::Error);
    diagnostics
        .map(|diagnostic| format!("{} ({})", diagnostic.message, diagnostic.help.unwrap_or_default()))
        .collect()
}

#[test]
fn a_value_of_every_year_needs_a_year_in_metrics_targets_and_gates() {
    for (formula, kind) in [
        ("price", "parameter"),
        ("phased", "parameter"),
        ("f[a]", "field"),
        ("luck[a]", "shock"),
        ("x", "variable"),
    ] {
        let wanted = format!(
            "{formula} is a {kind} with a value every year; which year is meant? (write {formula}@2030"
        );
        for table in [
            format!("[metrics]\nm = \"{formula}\"\n"),
            format!("[metrics]\nm = \"x@2030 / ({formula} + 1)\"\n"),
            format!("[metrics]\nm = \"if({formula} > 2, 1, 0)\"\n"),
            format!("[targets]\nt = \"x@2030 >= {formula}\"\n"),
            format!("[gates]\ng = \"mean({formula}) >= 1\"\n"),
            format!("[gates]\ng = \"p({formula} >= 1) >= 1%\"\n"),
            format!("[gates]\ng = \"p(x@2030 >= 1 given {formula} >= 1) >= 1%\"\n"),
            format!("[targets.t]\nrequire = \"x@2030 >= 1\"\nstates = \"x@2030 >= 2 * {formula}\"\n"),
        ] {
            let found = errors(&table);
            assert!(found.iter().any(|error| error.starts_with(&wanted)), "{table}: {found:?}");
        }
    }
}

#[test]
fn a_year_is_needed_over_members_and_after_where_too() {
    for formula in ["sum(r: f[r])", "max(i:r: f[i])", "sum(r where f[r] > 2: 1)"] {
        let found = errors(&format!("[metrics]\nm = \"{formula}\"\n"));
        assert!(found.len() == 1 && found[0].contains("which year is meant?"), "{formula}: {found:?}");
    }
    let found = errors("[metrics]\nm = \"sum(r where year > 2025: 1)\"\n");
    assert!(found[0].contains("`year` has no meaning for a whole path"), "{found:?}");
}

#[test]
fn what_is_the_same_in_every_year_of_the_horizon_needs_none() {
    for formula in ["fixed", "same", "later", "f[b]", "g[a]", "g[b]", "sum(r: g[r])", "fixed + x@2030"] {
        assert_eq!(errors(&format!("[metrics]\nm = \"{formula}\"\n")), Vec::<String>::new(), "{formula}");
    }
}

/// The right values are those of the table above, by hand.
#[test]
fn a_year_that_is_said_is_the_one_that_is_read() {
    let metrics = [
        ("price@2025", 80.0),
        ("f[a]@2025", 1.0),
        ("f[a]@2026", 5.0),
        ("sum(r: f[r])@2030", 7.0),
        ("sum(r: f[r]@2020)", 3.0),
        ("sum(r where f[r]@2030 > 2: 10)", 10.0),
        ("sum(r where f[r]@2025 > 2: 10)", 0.0),
        ("sum(r where f[r] > 2: 10)@2026", 10.0),
        ("total(price, 2020, 2030)", 880.0),
        ("x@2030 / price@2030", 2.0),
        ("mean(x / price, 2021, 2030)", 2.0),
        ("if(always(price >= 30, 2020, 2030), 1, 0)", 1.0),
        ("first_year(price >= 99)", 2027.0),
        ("change(price, 2020, 2030)", 10.0 / 3.0),
        ("luck[a]@2030 - luck[a]@2030", 0.0),
    ];
    let lines: Vec<String> =
        metrics.iter().enumerate().map(|(k, (formula, _))| format!("m{k} = \"{formula}\"")).collect();
    let case = Case::of(&format!("{SCENARIO}[metrics]\n{}\n", lines.join("\n")));
    let path = engine::run_path(&case.model.program, 1, 0);
    for (label, (formula, wanted)) in case.model.labels.metrics.iter().zip(metrics) {
        let found = path.series[label.series as usize];
        assert!((found - wanted).abs() < 1e-12, "{formula}: {found}, not {wanted}");
    }
}

/// What is wrong with a scenario of the years 2020 to 2025, in one text.
fn wrong(rest: &str) -> String {
    let text = format!(
        "[time]\nstart = 2020\nend = 2025\n[variables]\nx = {{ start = '100', formula = 'prev(x) + 1', report = true }}\n{rest}"
    );
    plancast::Study::from_text("case", &text).unwrap_err().to_string()
}

/// z begins after the last year, and what is asked for is its value of 2020: that is no lag.
#[test]
fn a_start_that_rests_on_what_begins_too_late_is_told_what_to_write() {
    let said =
        wrong("z = { formula = 'lag(x, 9)' }\ny = { start = 'z', formula = 'prev(y)', report = true }\n");
    assert!(said.contains("z has no value in 2020: it begins in 2029"), "{said}");
    assert!(said.contains("if(year < 2029, …, lag(x, 9))") && !said.contains("back 0 years"), "{said}");
}

#[test]
fn what_is_about_one_year_is_told_so_where_a_path_is_meant() {
    let said = wrong("[targets]\nt = 'growth(x) >= 2%'\n");
    assert!(said.contains("growth(x) is about one year"), "{said}");
    assert!(said.contains("write (growth(…))@2025, or use cagr or change"), "{said}");
}

/// The members of a sum change with the year, and what is summed stands below: 10 · 1 + 10 · 2 until 2021, then 10 · 2.
#[test]
fn a_sum_whose_members_change_with_the_year_waits_for_all_of_them() {
    let case = Case::of(
        "[time]\nstart = 2020\nend = 2023\n[sets.s]\n[sets.s.fields]\nsize = {}\n[s]\na.size = 1\nb.size = 2\n[variables]\ntotal = { formula = 'sum(s where size[s] >= year - 2020: x[s])', report = true }\n'x[s]' = { formula = '2 * y[s]', report = true }\n'y[s]' = { formula = '5 * size[s]', report = true }\n",
    );
    assert_eq!([2020, 2021, 2022, 2023].map(|year| case.central("total", year)), [30.0, 30.0, 20.0, 0.0]);
}
