//! Scenarios simulated together: what is counted equals what their paths say one by one.

use crate::common::Case;
use plancast::engine::{self, Pairs, Request, Side, Together, Watch};
use plancast::model::Record;
use plancast::result::comparison::{Kind, Reason};
use plancast::result::{Comparison, assemble, compare};

const LEVELS: [f64; 3] = [0.05, 0.5, 0.95];
const SEED: u64 = 11;

fn sides(cases: &[Case]) -> (Vec<Side<'_>>, Vec<Pairs>) {
    let labels = |case: usize| &cases[case].model.labels;
    let groups =
        |case: &Case| assemble::groups(&case.model.labels).into_iter().map(|(_, targets)| targets).collect();
    let sides =
        cases.iter().map(|case| Side { program: &case.model.program, groups: groups(case) }).collect();
    let pairs = (1..cases.len()).map(|other| compare::common(labels(0), labels(other)).pairs()).collect();
    (sides, pairs)
}

fn together(cases: &[Case], paths: u64, threads: Option<usize>) -> Together {
    let (sides, pairs) = sides(cases);
    let request = Request { seed: SEED, paths, threads };
    engine::simulate_together(&sides, &pairs, &request, Watch::default()).unwrap()
}

fn compared(cases: &[Case], paths: u64) -> Comparison {
    let labels: Vec<_> = cases.iter().map(|case| &case.model.labels).collect();
    compare::comparison(&labels, &together(cases, paths, None), SEED, &LEVELS)
}

fn luliang(names: &[&str]) -> Vec<Case> {
    names.iter().map(|name| Case::load(name, &[], &Record::Headlines)).collect()
}

fn bytes(together: &Together) -> Vec<u8> {
    let mut bytes = Vec::new();
    together.ensembles.iter().for_each(|e| e.digest_into(&mut |piece| bytes.extend_from_slice(piece)));
    together.differences.iter().for_each(|d| d.digest_into(&mut |piece| bytes.extend_from_slice(piece)));
    bytes
}

/// The quantile of type 7, by sorting.
fn quantile(values: &[f64], level: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let rank = (sorted.len() - 1) as f64 * level;
    let (below, share) = (rank as usize, rank.fract());
    sorted[below] + share * (sorted[(below + 1).min(sorted.len() - 1)] - sorted[below])
}

fn assert_near(found: Option<f64>, exact: f64, within: f64, what: &str) {
    let found = found.unwrap_or(f64::NAN);
    assert!((found - exact).abs() <= within, "{what}: {found}, not {exact}");
}

#[test]
fn the_fingerprint_of_a_comparison_is_of_all_its_counts() {
    let cases = [
        Case::load("two-sector-town", &[], &Record::Headlines),
        Case::load("two-sector-town", &["trend[services]=5%"], &Record::Headlines),
    ];
    let whole = compared(&cases, 300);
    assert!(
        whole.fingerprint().len() == 64 && whole.fingerprint().bytes().all(|byte| byte.is_ascii_hexdigit())
    );
    assert_eq!(compared(&cases, 300).fingerprint(), whole.fingerprint());
    assert_ne!(compared(&cases, 299).fingerprint(), whole.fingerprint());
    let mut changed = whole.clone();
    changed.alternatives[0].difference.fingerprint.push('0');
    assert_ne!(changed.fingerprint(), whole.fingerprint());
    let mut changed = whole.clone();
    changed.reference.fingerprint.push('0');
    assert_ne!(changed.fingerprint(), whole.fingerprint());
}

#[test]
fn differences_of_variables_equal_those_taken_path_by_path() {
    let cases = luliang(&["plan", "transition", "carbon-peak"]);
    let paths = 3000;
    let comparison = compared(&cases, paths);
    for (other, alternative) in cases[1..].iter().zip(&comparison.alternatives) {
        for (name, variable) in &alternative.difference.variables {
            let last = *variable.absolute.years.last().unwrap();
            for year in [2025, last] {
                let what = format!("{name}@{year}");
                let column = |case: &Case| case.columns(SEED, paths, &[case.series(name, year)]).remove(0);
                let (a, b) = (column(&cases[0]), column(other));
                let place = variable.absolute.place(year).unwrap();
                let rank = &variable.ranks[place];
                let share = |holds: fn(f64, f64) -> bool| {
                    a.iter().zip(&b).filter(|(a, b)| holds(**a, **b)).count() as f64 / paths as f64
                };
                assert_eq!(rank.above, share(|a, b| b > a), "{what}");
                assert_eq!(rank.below, share(|a, b| b < a), "{what}");
                assert_eq!(rank.equal, share(|a, b| b == a), "{what}");
                let absolute: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b - a).collect();
                let relative: Vec<f64> = a
                    .iter()
                    .zip(&b)
                    .map(|(a, b)| if a == b { 0.0 } else { 100.0 * (b - a) / a.abs() })
                    .collect();
                let pairs = std::iter::once((&variable.absolute, absolute));
                for (summary, exact) in
                    pairs.chain(variable.relative.as_ref().map(|summary| (summary, relative)))
                {
                    let (mean, variance, _) = crate::common::moments(&exact);
                    let sd = variance.sqrt();
                    assert_near(summary.mean[place], mean, 1e-9 * (mean.abs() + sd), &what);
                    assert_near(summary.sd[place], sd, 1e-6 * (mean.abs() + sd), &what);
                    assert_near(
                        summary.standard_error[place],
                        sd / (paths as f64).sqrt(),
                        1e-6 * (mean.abs() + sd),
                        &what,
                    );
                    for level in LEVELS {
                        let found = summary.quantiles[&level.to_string()][place];
                        // Few values lie thinly in their bins: half a bin of a pilot's spread is the limit.
                        let exact = quantile(&exact, level);
                        assert_near(
                            found,
                            exact,
                            1e-3 * (exact.abs() + sd),
                            &format!("{what}, quantile {level}"),
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn changes_of_odds_and_their_errors_equal_those_counted_path_by_path() {
    let cases = luliang(&["plan", "transition", "carbon-peak"]);
    let paths = 3000;
    let comparison = compared(&cases, paths);
    let n = paths as f64;
    let reference = engine::paths(&cases[0].model.program, SEED, 0..paths);
    let mut changed = 0;
    for (other, alternative) in cases[1..].iter().zip(&comparison.alternatives) {
        let theirs = engine::paths(&other.model.program, SEED, 0..paths);
        for (name, target) in &alternative.difference.targets {
            let place = |case: &Case| case.model.labels.targets.iter().position(|t| t.name == *name).unwrap();
            let met = |x: &f64| !x.is_nan() && *x != 0.0;
            let (a, b) = (reference.targets.column(place(&cases[0])), theirs.targets.column(place(other)));
            let differences: Vec<f64> = a
                .iter()
                .zip(b)
                .map(|(a, b)| f64::from(u8::from(met(b))) - f64::from(u8::from(met(a))))
                .collect();
            let (mean, variance, _) = crate::common::moments(&differences);
            assert!((target.change - mean).abs() < 1e-12, "{name}");
            assert!((target.standard_error - (variance * (n - 1.0) / n / n).sqrt()).abs() < 1e-12, "{name}");
            assert_eq!(target.reference.odds, a.iter().filter(|x| met(x)).count() as f64 / n, "{name}");
            assert!(
                (target.alternative.odds - target.reference.odds - target.change).abs() < 1e-12,
                "{name}"
            );
            changed += usize::from(target.change != 0.0);
        }
    }
    assert!(changed > 10, "only {changed} targets differ between the scenarios");
}

#[test]
fn a_scenario_counts_the_same_together_as_alone() {
    let cases = luliang(&["plan", "transition"]);
    let (sides, _) = sides(&cases);
    let found = together(&cases, 2000, None);
    for (side, ensemble) in sides.iter().zip(&found.ensembles) {
        let request = Request { seed: SEED, paths: 2000, threads: None };
        let alone = engine::simulate(side.program, &side.groups, &request, Watch::default()).unwrap();
        assert!(crate::common::digest(ensemble) == crate::common::digest(&alone));
    }
}

#[test]
fn one_two_and_seven_threads_count_the_same_differences() {
    let cases = luliang(&["plan", "transition"]);
    let one = bytes(&together(&cases, 5011, Some(1)));
    assert!(one == bytes(&together(&cases, 5011, Some(2))), "2 threads");
    assert!(one == bytes(&together(&cases, 5011, Some(7))), "7 threads");
}

#[test]
fn a_scenario_does_not_differ_from_itself() {
    let comparison = compared(&luliang(&["plan", "plan"]), 600);
    let alternative = &comparison.alternatives[0];
    assert_eq!(alternative.summary.scenario.id, "plan-2");
    for variable in alternative.difference.variables.values() {
        assert!(variable.absolute.mean.iter().all(|mean| *mean == Some(0.0)));
        assert!(variable.ranks.iter().all(|rank| rank.equal == 1.0));
    }
    assert!(alternative.difference.targets.values().all(|t| (t.change, t.standard_error) == (0.0, 0.0)));
}

const ONE: &str = r#"
    [scenario]
    id = "one"
    [time]
    start = 2020
    end = 2025
    [shocks]
    luck = "normal(0, 5%)"
    [variables]
    gdp = { start = "100", formula = "prev(gdp) * (1 + luck)" }
    coal = { formula = "gdp * 2", unit = "t" }
    lagged = "prev(gdp)"
    old = "gdp + 1"
    [metrics]
    peak = { formula = "peak_year(gdp)", unit = "year" }
    [targets]
    grows = "gdp@2025 >= 100"
    old_target = "gdp@2025 >= 90"
"#;

#[test]
fn what_only_one_has_or_what_differs_in_unit_or_years_is_listed() {
    let two = ONE
        .replace("\"one\"", "\"two\"")
        .replace("unit = \"t\"", "unit = \"kg\"")
        .replace("lagged = \"prev(gdp)\"", "lagged = { start = \"1\", formula = \"prev(gdp)\" }")
        .replace("old = \"gdp + 1\"", "new = \"gdp + 1\"")
        .replace("old_target = \"gdp@2025 >= 90\"", "new_target = \"gdp@2025 >= 90\"")
        .replace("grows = \"gdp@2025 >= 100\"", "grows = \"gdp@2025 >= 105\"");
    let cases = [Case::of(ONE), Case::of(&two)];
    let comparison = compared(&cases, 500);
    let difference = &comparison.alternatives[0].difference;
    let left: Vec<_> = difference.not_compared.iter().map(|n| (n.kind, n.name.as_str(), n.reason)).collect();
    assert_eq!(
        left,
        [
            (Kind::Variable, "coal", Reason::Unit),
            (Kind::Variable, "lagged", Reason::Years),
            (Kind::Variable, "old", Reason::OnlyReference),
            (Kind::Variable, "new", Reason::OnlyAlternative),
            (Kind::Target, "old_target", Reason::OnlyReference),
            (Kind::Target, "new_target", Reason::OnlyAlternative),
        ]
    );
    assert_eq!(difference.order.variables, ["gdp"]);
    assert_eq!(difference.targets["grows"].other_requirement.as_deref(), Some("gdp@2025 >= 105"));
    assert_eq!((difference.targets["grows"].gained, difference.metrics["peak"].rank.equal), (0.0, 1.0));
    assert!(difference.metrics["peak"].relative.is_none(), "years are not compared in per cent");
}

/// Columns of an exported file by their names.
fn exported(file: &std::path::Path) -> std::collections::BTreeMap<String, Vec<f64>> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<Vec<f64>> = reader
        .records()
        .map(|row| row.unwrap().iter().map(|cell| cell.parse().unwrap_or(f64::NAN)).collect())
        .collect();
    names.into_iter().enumerate().map(|(k, name)| (name, rows.iter().map(|row| row[k]).collect())).collect()
}

#[test]
fn odds_and_differences_equal_those_computed_from_exported_paths_whatever_sets_differ() {
    let folder = tempfile::tempdir().unwrap();
    let sets = r#"
        [sets.field.fields]
        growth = { unit = "1/yr" }
        [field]
        mines = { growth = "normal(1%, 1%)" }
        shops = { growth = "normal(4%, 2%)" }
    "#;
    let one = format!("{ONE}{sets}").replace(
        "    coal =",
        "    \"va[field]\" = { start = \"50\", formula = \"prev(va[field]) * (1 + growth[field])\" }\n    coal =",
    );
    let two = one
        .replace("\"one\"", "\"two\"")
        .replace("shops = { growth = \"normal(4%, 2%)\" }", "farms = { growth = \"normal(2%, 1%)\" }")
        .replace("normal(1%, 1%)", "normal(2%, 1%)")
        .replace("normal(0, 5%)", "normal(1%, 5%)");
    for (name, text) in [("one.toml", &one), ("two.toml", &two)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = assert_cmd::Command::cargo_bin("plancast").unwrap();
    let asked = ["compare", "one.toml", "two.toml", "--paths", "1500", "--charts", "none", "--quiet"];
    command.current_dir(folder.path()).args(asked).args(["--record", "all", "--export", "{id}.csv"]);
    command.assert().success();
    let text = std::fs::read_to_string(folder.path().join("output/compare-one-two/summary.json")).unwrap();
    let comparison: Comparison = serde_json::from_str(&text).unwrap();
    let difference = &comparison.alternatives[0].difference;
    let (ours, theirs) = (exported(&folder.path().join("one.csv")), exported(&folder.path().join("two.csv")));
    let n = 1500.0;
    for (name, variable) in &difference.variables {
        for (place, year) in variable.absolute.years.iter().enumerate() {
            let column = format!("{name}@{year}");
            let pairs = ours[&column].iter().zip(&theirs[&column]);
            let differences: Vec<f64> = pairs.map(|(a, b)| b - a).collect();
            let (mean, variance, _) = crate::common::moments(&differences);
            let sd = variance.sqrt();
            assert_near(variable.absolute.mean[place], mean, 1e-9 * (mean.abs() + sd), &column);
            let error = variable.absolute.standard_error[place];
            assert_near(error, sd / f64::sqrt(n), 1e-6 * (mean.abs() + sd), &column);
            let above = differences.iter().filter(|difference| **difference > 0.0).count() as f64;
            assert_eq!(variable.ranks[place].above, above / n, "{column}");
        }
    }
    for (name, target) in &difference.targets {
        let pairs = ours[name].iter().zip(&theirs[name]);
        let changes: Vec<f64> = pairs.map(|(a, b)| b - a).collect();
        let (change, variance, _) = crate::common::moments(&changes);
        assert!((target.change - change).abs() < 1e-12, "{name}");
        assert!((target.standard_error - (variance * (n - 1.0) / n / n).sqrt()).abs() < 1e-12, "{name}");
        assert_eq!(target.reference.odds, ours[name].iter().sum::<f64>() / n, "{name}");
    }
    assert!(difference.targets["grows"].change > 0.0 && difference.variables.contains_key("va[mines]"));
    let left: Vec<_> = difference.not_compared.iter().map(|item| (item.name.as_str(), item.reason)).collect();
    assert_eq!(left, [("va[shops]", Reason::OnlyReference), ("va[farms]", Reason::OnlyAlternative)]);
}

#[test]
fn what_is_kept_of_the_differences_does_not_grow_with_the_paths() {
    let other = ONE.replace("normal(0, 5%)", "normal(1%, 4%)").replace("\"one\"", "\"two\"");
    let cases = [Case::of(ONE), Case::of(&other)];
    let size = |paths| {
        let mut bytes = 0;
        together(&cases, paths, Some(2)).differences[0].digest_into(&mut |piece| bytes += piece.len());
        bytes
    };
    let (few, many) = (size(150_000), size(1_500_000));
    // What is added are the bins of the tails that ten times as many paths are the first to reach, and the
    // second bytes of counts beyond 127.
    assert!(10 * many < 17 * few, "{few} bytes of counts after 150,000 paths, {many} after 1,500,000");
}
