//! The same scenario, seed and number of paths give the same result, whatever else changes.

use crate::common::{Case, digest};
use plancast::engine::{self, RunRequest, Watch};
use plancast::model::RecordedVariables;
use plancast::scenario::{builtin, write};

const TOWN: &str = r#"
    [time]
    start = 2020
    end = 2026
    [sets.sector.fields]
    size = { unit = "1" }
    trend = { unit = "1/yr" }
    [sector.coal]
    size = 420
    trend = { 2021 = "normal(4%, 1%)", 2024 = "-2% to 2%" }
    [sector.services]
    size = "gamma(60, 10)"
    trend = "pert(3%, 6%, 8%)"
    [parameters]
    intensity = "lognormal(0.9, 0.1)"
    [shocks]
    eps = { over = "sector", dist = "student_t(6, 0, 0.05)" }
    bust = "bernoulli(10%)"
    [[correlations]]
    between = ["eps[coal]", "eps[services]"]
    value = 0.4
    [variables]
    "va[sector]" = { start = "size[sector]", formula = "prev(va[sector]) * exp(trend[sector] + eps[sector] - 0.1 * bust)" }
    gdp = "sum(sector: va[sector])"
    co2 = "va[coal] * intensity"
    [targets]
    gdp_2025 = "gdp@2025 >= 1400"
    co2_down = "co2@2026 <= co2@2020"
"#;

/// The bits of some variables over all their years, path by path.
fn bits(case: &Case, variables: &[&str]) -> Vec<Vec<u64>> {
    let labels = &case.model.labels;
    let series: Vec<usize> = variables
        .iter()
        .flat_map(|name| {
            let label = labels.variables.iter().find(|label| label.name == *name).unwrap();
            case.years(name, label.first_year..label.last_year + 1)
        })
        .collect();
    let columns = case.columns(3, 700, &series);
    columns.into_iter().map(|column| column.into_iter().map(f64::to_bits).collect()).collect()
}

const ALL: [&str; 4] = ["va[coal]", "va[services]", "gdp", "co2"];

#[test]
fn one_two_and_seven_threads_count_the_same() {
    for case in [Case::of(TOWN), Case::load("plan", &[], &RecordedVariables::Headlines)] {
        let one = digest(&case.run_on(Some(1), 1, 20_011));
        assert!(one == digest(&case.run_on(Some(2), 1, 20_011)), "2 threads");
        assert!(one == digest(&case.run_on(Some(7), 1, 20_011)), "7 threads");
    }
}

#[test]
fn another_seed_gives_another_result() {
    let case = Case::of(TOWN);
    assert!(digest(&case.run(1, 1000)) != digest(&case.run(2, 1000)));
}

#[test]
fn the_parts_of_a_run_add_up_to_the_whole_in_any_order() {
    let case = Case::load("plan", &[], &RecordedVariables::Headlines);
    let request = RunRequest { seed: 5, paths: 10_000, threads: Some(1) };
    let part = |blocks| {
        engine::simulate_blocks(&case.model.program, &[], &request, blocks, Watch::default()).unwrap()
    };
    let mut sum = part(17..30);
    sum.merge(&part(30..40));
    sum.merge(&part(0..17));
    assert!(digest(&sum) == digest(&case.run(5, 10_000)));
}

#[test]
fn a_shorter_run_is_the_beginning_of_a_longer_one() {
    let case = Case::of(TOWN);
    let (short, long) = (RunRequest { seed: 9, paths: 3000, threads: None }, case.run(9, 5000));
    let program = &case.model.program;
    let mut sum = engine::simulate(program, &[], &short, Watch::default()).unwrap();
    // The rest, path by path: the block in which the shorter run ends belongs to both.
    let rest = engine::paths(program, 9, 3000..5000);
    sum.paths += 2000;
    for (tally, column) in sum.series.iter_mut().zip(rest.series.columns()) {
        for (number, values) in column.to_vec().chunks(256).enumerate() {
            tally.add_column(3000 + 256 * number as u64, values);
        }
        assert_eq!(tally.count(), 5000);
    }
    for (shorter, longer) in sum.series.iter().zip(&long.series) {
        assert_eq!((shorter.min(), shorter.max()), (longer.min(), longer.max()));
        assert!(shorter.cells().eq(longer.cells()));
    }
}

#[test]
fn the_value_of_a_path_does_not_depend_on_the_paths_asked_for() {
    let case = Case::of(TOWN);
    let program = &case.model.program;
    let (few, many) = (engine::paths(program, 4, 0..300), engine::paths(program, 4, 0..2000));
    let alone = engine::paths(program, 4, 1234..1235);
    assert_eq!(few.series.row(299), many.series.row(299));
    assert_eq!(alone.series.row(0), many.series.row(1234));
    assert_eq!(alone.targets.row(0), many.targets.row(1234));
}

#[test]
fn an_unrelated_parameter_changes_nobodys_draws() {
    let more = TOWN.replace("[parameters]", "[parameters]\n    aside = \"normal(1, 1)\"")
        + "\n    [metrics]\n    noise = \"aside * 2\"\n";
    let case = Case::of(&more);
    assert_eq!(case.model.inputs.len(), Case::of(TOWN).model.inputs.len() + 1);
    assert!(bits(&Case::of(TOWN), &ALL) == bits(&case, &ALL));
}

#[test]
fn an_unrelated_shock_and_member_change_nobodys_draws() {
    let more = TOWN.replace("[shocks]", "[shocks]\n    weather = \"normal(0, 1)\"").replace(
        "[sector.coal]",
        "[sector.almonds]\n    size = 1\n    trend = \"normal(0, 9%)\"\n    [sector.coal]",
    );
    let unmoved = ["va[coal]", "va[services]", "co2"];
    assert!(bits(&Case::of(TOWN), &unmoved) == bits(&Case::of(&more), &unmoved));
}

#[test]
fn the_order_of_inputs_in_the_file_changes_nobodys_draws() {
    let (coal, services) = (TOWN.find("[sector.coal]").unwrap(), TOWN.find("[sector.services]").unwrap());
    let end = TOWN.find("[parameters]").unwrap();
    let swapped = [&TOWN[..coal], &TOWN[services..end], &TOWN[coal..services], &TOWN[end..]].concat();
    let unmoved = ["va[coal]", "va[services]", "co2"];
    assert!(bits(&Case::of(TOWN), &unmoved) == bits(&Case::of(&swapped), &unmoved));
}

#[test]
fn setting_one_input_leaves_the_draws_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.toml");
    std::fs::write(&path, TOWN).unwrap();
    let path = path.to_str().unwrap();
    let before = Case::load(path, &[], &RecordedVariables::All);
    let after = Case::load(path, &["trend[services]=normal(1%, 4%)"], &RecordedVariables::All);
    assert!(bits(&before, &["va[coal]", "co2"]) == bits(&after, &["va[coal]", "co2"]));
    assert!(bits(&before, &["va[services]"]) != bits(&after, &["va[services]"]));
}

#[test]
fn a_changed_spread_keeps_each_paths_luck() {
    // mean + sd z: with the sd doubled, the distance from the mean doubles on every path.
    let text = |sd: &str| {
        format!(
            "[time]\nstart = 2020\nend = 2021\n[parameters]\nx = \"normal(10, {sd})\"\n[variables]\ny = \"x\"\n"
        )
    };
    let column = |sd| {
        let case = Case::of(&text(sd));
        case.columns(1, 500, &[case.series("y", 2020)]).remove(0)
    };
    for (narrow, wide) in column("1").into_iter().zip(column("2")) {
        assert!(((wide - 10.0) - 2.0 * (narrow - 10.0)).abs() < 1e-12);
    }
}

/// What only one operation needs is computed together with it, and what is recorded is not: the values must not tell.
#[test]
fn a_formula_has_the_bits_of_its_parts_one_by_one() {
    let whole = r#"
        [time]
        start = 2020
        end = 2024
        [parameters]
        a = "normal(1, 0.3)"
        b = "lognormal(2, 0.5)"
        c = "uniform(-1, 4)"
        [shocks]
        eps = "normal(0, 0.2)"
        [variables]
        level = { start = "10", formula = "prev(level) * exp(0.02 + 0.3 * eps)" }
        sum = "3 * a - b * 0.7 + (c - 2.5 * eps) + level / 3 - a * b + 4"
        long = "a + 2 * b - c + 3 * eps + level - 5 * a + b * 6 - c * 7 + a * c"
    "#;
    let (_, sums) = whole.split_once("        level =").unwrap();
    let parts = r#"
        rate = "0.3 * eps"
        pace = "0.02 + rate"
        factor = "exp(pace)"
        level = { start = "10", formula = "prev(level) * factor" }
        s1 = "3 * a"
        s2 = "b * 0.7"
        s3 = "s1 - s2"
        s4 = "2.5 * eps"
        s5 = "c - s4"
        s6 = "s3 + s5"
        s7 = "level / 3"
        s8 = "s6 + s7"
        s9 = "a * b"
        s10 = "s8 - s9"
        sum = "s10 + 4"
        l1 = "2 * b"
        l2 = "a + l1"
        l3 = "l2 - c"
        l4 = "3 * eps"
        l5 = "l3 + l4"
        l6 = "l5 + level"
        l7 = "5 * a"
        l8 = "l6 - l7"
        l9 = "b * 6"
        l10 = "l8 + l9"
        l11 = "c * 7"
        l12 = "l10 - l11"
        l13 = "a * c"
        long = "l12 + l13"
    "#;
    let parts = whole.replace(&format!("        level ={sums}"), parts);
    let (whole, parts) = (Case::of(whole), Case::of(&parts));
    let operations = |case: &Case| case.model.program.instructions.len();
    assert!(operations(&whole) < operations(&parts) / 2, "nothing is taken together");
    for variable in ["level", "sum", "long"] {
        assert_eq!(bits(&whole, &[variable]), bits(&parts, &[variable]), "{variable}");
    }
}

#[test]
fn the_resolved_scenario_gives_the_result_of_the_files_it_was_made_of() {
    let folder = tempfile::tempdir().unwrap();
    for file in builtin::list() {
        let case = Case::load(file.name, &[], &RecordedVariables::Headlines);
        let path = folder.path().join("resolved.toml");
        std::fs::write(&path, write::resolved(&case.loaded.scenario)).unwrap();
        let again = Case::load(path.to_str().unwrap(), &[], &RecordedVariables::Headlines);
        assert_eq!(again.model.labels.id, case.model.labels.id);
        assert!(digest(&case.run(1, 2000)) == digest(&again.run(1, 2000)), "{}", file.name);
    }
}

#[test]
fn the_resolved_scenario_holds_what_was_set() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("resolved.toml");
    let case = Case::load("savings", &["deposit=30000", "raise=normal(2%, 1%)"], &RecordedVariables::All);
    std::fs::write(&path, write::resolved(&case.loaded.scenario)).unwrap();
    let again = Case::load(path.to_str().unwrap(), &[], &RecordedVariables::All);
    assert!(digest(&case.run(1, 2000)) == digest(&again.run(1, 2000)));
    let without = Case::load("savings", &[], &RecordedVariables::All);
    assert!(digest(&without.run(1, 2000)) != digest(&again.run(1, 2000)));
}

#[test]
fn a_resolved_scenario_needs_no_file_beside_it() {
    let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nx = \"empirical('sample.csv', 'v')\"\n[variables]\ny = \"x\"\n";
    let case = Case::beside(text, &[("sample.csv", "v\n3.5\n1\n7\n4\n")]);
    let again = Case::of(&write::resolved(&case.loaded.scenario));
    assert!(digest(&case.run(1, 2000)) == digest(&again.run(1, 2000)));
}
