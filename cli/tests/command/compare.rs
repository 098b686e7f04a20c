//! Scenarios simulated together: what is counted equals what their paths say one by one.

use crate::common::Case;
use plancast::engine::{self, PairedCounts, PairedProgram, PairedRun, RunRequest, Watch};
use plancast::model::RecordedVariables;
use plancast::result::comparison::{
    Comparable, NoPercent, NotComparedReason, TargetDifference, VariableDifference,
};
use plancast::result::{Comparison, assemble, compare};
use plancast::text::Language;

const LEVELS: [f64; 3] = [0.05, 0.5, 0.95];
const SEED: u64 = 11;

fn sides(cases: &[Case]) -> (Vec<PairedProgram<'_>>, Vec<PairedCounts>) {
    let labels = |case: usize| &cases[case].model.labels;
    let groups = |case: &Case| assemble::groups_counted(&case.model.labels);
    let sides = cases
        .iter()
        .map(|case| PairedProgram { program: &case.model.program, groups: groups(case) })
        .collect();
    let pairs = (1..cases.len()).map(|other| compare::common(labels(0), labels(other)).pairs()).collect();
    (sides, pairs)
}

fn together(cases: &[Case], paths: u64, threads: Option<usize>) -> PairedRun {
    let (sides, pairs) = sides(cases);
    let request = RunRequest { seed: SEED, paths, threads };
    engine::simulate_together(&sides, &pairs, &request, Watch::default()).unwrap()
}

fn compared(cases: &[Case], paths: u64) -> Comparison {
    let labels: Vec<_> = cases.iter().map(|case| &case.model.labels).collect();
    compare::comparison(&labels, &together(cases, paths, None), SEED, &LEVELS)
}

fn luliang(names: &[&str]) -> Vec<Case> {
    names.iter().map(|name| Case::load(name, &[], &RecordedVariables::Headlines)).collect()
}

fn bytes(together: &PairedRun) -> Vec<u8> {
    let mut bytes = Vec::new();
    together.ensembles.iter().for_each(|e| e.digest_into(&mut |piece| bytes.extend_from_slice(piece)));
    together.differences.iter().for_each(|d| d.digest_into(&mut |piece| bytes.extend_from_slice(piece)));
    bytes
}

/// The smallest value that at least a share of all does not exceed, by sorting.
fn quantile(values: &[f64], level: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted[((level * sorted.len() as f64 - 1e-9).ceil() as usize).max(1) - 1]
}

fn assert_near(found: Option<f64>, exact: f64, within: f64, what: &str) {
    let found = found.unwrap_or(f64::NAN);
    assert!((found - exact).abs() <= within, "{what}: {found}, not {exact}");
}

/// Quantiles by level are those of these values, sorted.
fn assert_quantiles(found: impl Fn(&str) -> Option<f64>, values: &[f64], what: &str) {
    let (_, variance, _) = crate::common::moments(values);
    for level in LEVELS {
        // Few values lie thinly in their bins: half a bin of a pilot's spread is the limit.
        let exact = quantile(values, level);
        let within = 1e-3 * (exact.abs() + variance.sqrt());
        assert_near(found(&level.to_string()), exact, within, &format!("{what}, quantile {level}"));
    }
}

/// What is given in per cent follows from the values of both: the ratio of means, its error from the residuals
/// D − R A of the paths, and quantiles on single paths where the reference is of one sign.
fn assert_percents(variable: &VariableDifference, place: usize, (a, b): (&[f64], &[f64]), what: &str) {
    let percent = &variable.percent_of_mean[place];
    let one_sign = a.iter().all(|a| *a > 0.0) || a.iter().all(|a| *a < 0.0);
    assert_eq!(percent.reference_crosses_zero, !one_sign, "{what}");
    if ["1/yr", "%", "%/yr"].contains(&variable.absolute.unit.as_str()) {
        assert_eq!((percent.value, percent.not_known), (None, Some(NoPercent::Points)), "{what}");
        assert!(variable.percent_by_path.is_empty(), "{what}");
        return;
    }
    let mean = |values: &[f64]| crate::common::moments(values).0;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let ratio = (mean_b - mean_a) / mean_a;
    let same = a.iter().zip(b).all(|(a, b)| a == b);
    if let Some(value) = percent.value {
        let exact = if same { 0.0 } else { 100.0 * ratio * mean_a.signum() };
        assert_near(Some(value), exact, 1e-8 * (1.0 + exact.abs()), what);
        let residuals: Vec<f64> = a.iter().zip(b).map(|(a, b)| (b - a) - ratio * a).collect();
        let (_, variance, _) = crate::common::moments(&residuals);
        let error = if same { 0.0 } else { 100.0 * (variance / a.len() as f64).sqrt() / mean_a.abs() };
        assert_near(percent.standard_error, error, 1e-5 * (error + exact.abs()) + 1e-7, what);
    } else if percent.not_known == Some(NoPercent::MeanNotKnown) {
        // The mean of so heavy a tail does not settle: a single path makes a large part of the variance.
        let most = a.iter().map(|a| (a - mean_a) * (a - mean_a)).fold(0.0, plancast::num::max);
        let (_, variance, _) = crate::common::moments(a);
        let of_variance = most / (variance * a.len() as f64);
        assert!(of_variance > 0.05, "{what}: {of_variance}");
    } else {
        assert_eq!(percent.not_known, Some(NoPercent::ReferenceNearZero), "{what}");
        let (_, variance, _) = crate::common::moments(a);
        assert!(mean_a.abs() <= 5.001 * (variance / a.len() as f64).sqrt(), "{what}");
    }
    let by_path = variable.percent_by_path[place].as_ref();
    assert_eq!(by_path.is_some(), one_sign, "{what}");
    if let Some(by_path) = by_path {
        let of = |(a, b): (&f64, &f64)| 100.0 * (b - a) / a.abs();
        let relative: Vec<f64> = a.iter().zip(b).map(of).collect();
        assert_quantiles(|level| by_path.quantiles[level], &relative, what);
    }
}

#[test]
fn the_fingerprint_of_a_comparison_is_of_all_its_counts() {
    let cases = [
        Case::load("two-sector-town", &[], &RecordedVariables::Headlines),
        Case::load("two-sector-town", &["trend[services]=5%"], &RecordedVariables::Headlines),
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
                let summary = &variable.absolute;
                let (mean, variance, _) = crate::common::moments(&absolute);
                let sd = variance.sqrt();
                let of = |found: &[Option<f64>]| found[place];
                assert_near(of(&summary.mean), mean, 1e-9 * (mean.abs() + sd), &what);
                assert_near(of(&summary.sd), sd, 1e-6 * (mean.abs() + sd), &what);
                let error = sd / (paths as f64).sqrt();
                assert_near(of(&summary.standard_error), error, 1e-6 * (mean.abs() + sd), &what);
                assert_quantiles(|level| of(&summary.quantiles[level]), &absolute, &what);
                assert_percents(variable, place, (&a, &b), &what);
            }
        }
    }
}

/// The standard error of a change is the root of this variance; where no path differs it is not known, and the interval
/// is not empty. What the equations decide in both is known.
fn assert_change_is_known(target: &TargetDifference, variance: f64, name: &str) {
    if target.reference.decided.is_some() && target.alternative.decided.is_some() {
        assert_eq!(
            [target.low, target.high, target.standard_error.unwrap()],
            [target.change, target.change, 0.0],
            "{name}"
        );
        return;
    }
    let exact = target.differs().then(|| variance.sqrt());
    assert_eq!(target.standard_error.is_some(), exact.is_some(), "{name}");
    assert!((target.standard_error.unwrap_or(0.0) - exact.unwrap_or(0.0)).abs() < 1e-12, "{name}");
    assert!(target.low < target.change && target.change < target.high, "{name}");
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
            assert_change_is_known(target, variance * (n - 1.0) / n / n, name);
            assert_eq!(
                target.reference.probability,
                a.iter().filter(|x| met(x)).count() as f64 / n,
                "{name}"
            );
            assert!(
                (target.standard_error.unwrap_or(0.0) - (variance * (n - 1.0) / n / n).sqrt()).abs() < 1e-12,
                "{name}"
            );
            assert_eq!(
                target.reference.probability,
                a.iter().filter(|x| met(x)).count() as f64 / n,
                "{name}"
            );
            assert!(
                (target.alternative.probability - target.reference.probability - target.change).abs() < 1e-12,
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
        let request = RunRequest { seed: SEED, paths: 2000, threads: None };
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
    let none = |target: &TargetDifference| {
        (target.change, target.standard_error, target.low, target.high) == (0.0, Some(0.0), 0.0, 0.0)
    };
    assert!(alternative.difference.targets.values().all(none));
    let percents = alternative.difference.variables.values().flat_map(|variable| &variable.percent_of_mean);
    for percent in percents.filter(|percent| percent.not_known.is_none()) {
        assert_eq!((percent.value, percent.standard_error), (Some(0.0), Some(0.0)));
    }
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
            (Comparable::Variable, "coal", NotComparedReason::Unit),
            (Comparable::Variable, "lagged", NotComparedReason::Years),
            (Comparable::Variable, "old", NotComparedReason::OnlyReference),
            (Comparable::Variable, "new", NotComparedReason::OnlyAlternative),
            (Comparable::Target, "old_target", NotComparedReason::OnlyReference),
            (Comparable::Target, "new_target", NotComparedReason::OnlyAlternative),
        ]
    );
    assert_eq!(difference.order.variables, ["gdp"]);
    assert_eq!(difference.targets["grows"].other_requirement.as_deref(), Some("gdp@2025 >= 105"));
    let equal = difference.metrics["peak"].rank.as_ref().unwrap().equal;
    assert_eq!((difference.targets["grows"].gained, equal), (Some(0.0), 1.0));
    let peak = &difference.metrics["peak"];
    assert!(peak.percent_by_path.is_none(), "years are not compared in per cent");
    assert_eq!(peak.percent_of_mean.not_known, Some(NoPercent::CalendarYear));
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
        assert_change_is_known(target, variance * (n - 1.0) / n / n, name);
        assert_eq!(target.reference.probability, ours[name].iter().sum::<f64>() / n, "{name}");
    }
    assert!(difference.targets["grows"].change > 0.0 && difference.variables.contains_key("va[mines]"));
    let left: Vec<_> = difference.not_compared.iter().map(|item| (item.name.as_str(), item.reason)).collect();
    assert_eq!(
        left,
        [("va[shops]", NotComparedReason::OnlyReference), ("va[farms]", NotComparedReason::OnlyAlternative)]
    );
}

#[test]
fn what_is_kept_of_the_differences_does_not_grow_with_the_paths() {
    let other = ONE.replace("normal(0, 5%)", "normal(1%, 4%)").replace("\"one\"", "\"two\"");
    let cases = [Case::of(ONE), Case::of(&other)];
    let differences = &together(&cases, 1_500_000, Some(2)).differences[0];
    let mut bytes = 0;
    differences.digest_into(&mut |piece| bytes += piece.len());
    // Of each series the difference, and the difference in per cent: all paths would take 12 MB each.
    let each = bytes / (2 * differences.series.len());
    assert!(each < 200_000, "{each} bytes for each difference");
}

/// Net emissions that are 10 ± 20 in the one scenario and 4 lower in the other: on a third of the paths the reference is
/// below zero. The ratio of means is −40 %, whatever the seed; a mean of ratios would be anything.
#[test]
fn a_reference_that_crosses_zero_has_the_ratio_of_means_and_no_per_cent_by_path() {
    let text = |less: &str| {
        format!(
            "[time]\nstart = 2020\nend = 2021\n[parameters]\nluck = \"normal(10, 20)\"\n[variables]\n\
             net = {{ formula = \"luck - {less}\", unit = \"Mt\" }}\nshare = {{ formula = \"0.3 + 0.001 * (luck - {less})\", unit = \"1\" }}\n\
             around = {{ formula = \"luck - 10 - {less}\", unit = \"Mt\" }}\nrate = {{ formula = \"luck * 1% - {less} * 1%\", unit = \"1/yr\" }}\n"
        )
    };
    for seed in [1, 2, 3] {
        let cases = [Case::of(&text("0")), Case::of(&text("4"))];
        let (sides, pairs) = sides(&cases);
        let request = RunRequest { seed, paths: 20_000, threads: None };
        let together = engine::simulate_together(&sides, &pairs, &request, Watch::default()).unwrap();
        let labels: Vec<_> = cases.iter().map(|case| &case.model.labels).collect();
        let comparison = compare::comparison(&labels, &together, seed, &LEVELS);
        let variables = &comparison.alternatives[0].difference.variables;
        let net = &variables["net"].percent_of_mean[1];
        let (value, error) = (net.value.unwrap(), net.standard_error.unwrap());
        // The difference is the same on all paths: the error is that of the reference's mean, 0.141 of 10.
        assert!((error / -value - 0.01414).abs() < 0.001, "{value} ± {error}");
        assert!((value + 40.0).abs() < 5.0 * error, "seed {seed}: {value} ± {error}");
        assert!(net.reference_crosses_zero && variables["net"].percent_by_path[1].is_none());
        let around = &variables["around"].percent_of_mean[1];
        assert_eq!((around.value, around.not_known), (None, Some(NoPercent::ReferenceNearZero)));
        let share = &variables["share"].percent_of_mean[1];
        assert!((share.value.unwrap() + 100.0 * 0.004 / 0.31).abs() < 0.01, "{share:?}");
        assert!(variables["share"].percent_by_path[1].is_some());
        assert_eq!(variables["rate"].percent_of_mean[1].not_known, Some(NoPercent::Points));
    }
}

/// A target that is met alike on all of 2000 paths may still change on others: no error of zero is claimed.
#[test]
fn where_no_path_tells_two_scenarios_apart_the_change_has_no_error_but_an_interval() {
    let other = ONE.replace("\"one\"", "\"two\"").replace("gdp@2025 >= 90", "gdp@2025 >= 20");
    let other =
        other.replace("grows = \"gdp@2025 >= 100\"", "grows = \"gdp@2025 >= 100 and gdp@2025 >= 10\"");
    let comparison = compared(&[Case::of(ONE), Case::of(&other)], 2000);
    let grows = &comparison.alternatives[0].difference.targets["grows"];
    assert_eq!((grows.change, grows.standard_error), (0.0, None));
    assert!((0.0013..0.0015).contains(&grows.high) && grows.low == -grows.high, "{grows:?}");
    assert_eq!(grows.words(), "0 (< ±0.2)");
}

/// u > 0.5 and the root is known on half of the paths each: of the others the targets may be met or not, and the change with them.
#[test]
fn what_is_not_known_of_a_target_leaves_room_in_both_scenarios_and_in_the_change() {
    let text = |id: &str, least: &str| {
        format!(
            "[scenario]\nid = \"{id}\"\ntitle = \"{id}\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\nu = \"uniform(0, 1)\"\n\
             [variables]\nroot = {{ formula = \"sqrt(u - 0.5)\" }}\n[targets]\nknown = \"u > {least}\"\nopen = \"root@2021 > {least}\"\n"
        )
    };
    let comparison = compared(&[Case::of(&text("one", "0.6")), Case::of(&text("two", "0.1"))], 20_000);
    let targets = &comparison.alternatives[0].difference.targets;
    // √(u − 0.5) > 0.6 above 0.86, > 0.1 above 0.51.
    let open = &targets["open"];
    for (side, share) in [(&open.reference, 0.14), (&open.alternative, 0.49)] {
        assert!(side.open && side.standard_error.is_none(), "{side:?}");
        assert!((side.low - share).abs() < 0.02 && (side.high - share - 0.5).abs() < 0.02, "{side:?}");
    }
    assert!((open.change - 0.35).abs() < 0.02 && open.standard_error.is_none(), "{open:?}");
    assert!((open.low + 0.15).abs() < 0.02 && (open.high - 0.85).abs() < 0.02, "{open:?}");
    let known = &targets["known"];
    assert!(!known.reference.open && known.standard_error.is_some(), "{known:?}");
}

/// b (1 + 50 %) against b is half more on every path: what is left of the variances is their rounding.
#[test]
fn a_ratio_that_is_the_same_on_every_path_has_no_error() {
    let text = |more: &str| {
        format!(
            "[time]\nstart = 2020\nend = 2021\n[parameters]\nb = \"uniform(1, 2)\"\n[variables]\nx = {{ formula = \"b * (1 + {more})\", unit = \"t\" }}\n"
        )
    };
    let comparison = compared(&[Case::of(&text("0")), Case::of(&text("0.5"))], 20_000);
    let percent = &comparison.alternatives[0].difference.variables["x"].percent_of_mean[1];
    assert!((percent.value.unwrap() - 50.0).abs() < 1e-9, "{percent:?}");
    assert_eq!(percent.standard_error, Some(0.0));
}

#[test]
fn variables_of_one_start_and_another_end_are_not_compared() {
    for (from, to) in [("end = 2025", "end = 2026"), ("start = 2020", "start = 2019")] {
        let other = ONE.replace("\"one\"", "\"two\"").replace(from, to);
        let comparison = compared(&[Case::of(ONE), Case::of(&other)], 300);
        let difference = &comparison.alternatives[0].difference;
        assert!(difference.variables.is_empty(), "{to}");
        assert!(difference.not_compared.iter().all(|item| item.reason == NotComparedReason::Years), "{to}");
        assert_eq!(difference.not_compared.len(), 4, "{to}");
    }
}

#[test]
fn metrics_of_another_unit_are_not_compared() {
    let other = ONE.replace("\"one\"", "\"two\"").replace("unit = \"year\"", "unit = \"1\"");
    let comparison = compared(&[Case::of(ONE), Case::of(&other)], 300);
    let left: Vec<_> = comparison.alternatives[0].difference.not_compared.iter().collect();
    assert_eq!((left.len(), left[0].kind, left[0].reason), (1, Comparable::Metric, NotComparedReason::Unit));
}

/// How often one is greater has an error where it is neither never nor always, and an interval in any case.
#[test]
fn a_rank_that_is_never_or_always_has_an_interval_and_no_error() {
    let other =
        ONE.replace("\"one\"", "\"two\"").replace("gdp * 2", "gdp * 2 + 1").replace("gdp + 1", "gdp + 0.5");
    let comparison = compared(&[Case::of(ONE), Case::of(&other)], 1000);
    let variables = &comparison.alternatives[0].difference.variables;
    let of = |name: &str| variables[name].ranks[5].clone();
    let (coal, old, gdp) = (of("coal"), of("old"), of("gdp"));
    assert_eq!((coal.above, coal.standard_error, coal.high), (1.0, None, 1.0));
    assert!(coal.low > 0.99 && coal.words(Language::En).starts_with("> 99."), "{coal:?}");
    assert_eq!((old.above, old.standard_error, old.low), (0.0, None, 0.0));
    assert!(old.high > 0.003 && old.words(Language::En).starts_with("< 0."), "{old:?}");
    assert_eq!((gdp.equal, gdp.words(Language::En).as_str()), (1.0, "="));
    let noisy = "old = { start = \"101\", formula = \"gdp + 1 + luck\" }";
    let other = ONE.replace("\"one\"", "\"two\"").replace("old = \"gdp + 1\"", noisy);
    let comparison = compared(&[Case::of(ONE), Case::of(&other)], 1000);
    let rank = &comparison.alternatives[0].difference.variables["old"].ranks[5];
    let error = (rank.above * (1.0 - rank.above) / 1000.0).sqrt();
    assert!((rank.standard_error.unwrap() - error).abs() < 1e-12 && (0.4..0.6).contains(&rank.above));
}
