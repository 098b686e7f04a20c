//! Samples drawn by rows, singular correlations, and what reading says of numbers that are probably meant otherwise.
//!
//! What is exact is compared exactly. Statistical comparisons allow five standard errors: one fails by chance with a
//! probability of 6e-7, and seeds are fixed.

#![allow(clippy::disallowed_methods, reason = "reference values within tolerances; none enters a result")]

use plancast::model::{self, RecordedVariables};
use plancast::scenario::{self, write};

use crate::common::{Case, correlation, moments};

const TIME: &str = "[time]\nstart = 2020\nend = 2023\n";

const FILE: &str =
    "year,growth,inflation,weight\n2001,0.05,0.01,1\n2002,0.04,0.02,0\n2003,-0.02,0.05,3\n2004,0.07,0.03,4\n";

const ROWS: [(f64, f64); 4] = [(0.05, 0.01), (0.04, 0.02), (-0.02, 0.05), (0.07, 0.03)];

fn with_file(rest: &str) -> Case {
    Case::beside(&format!("{TIME}{rest}"), &[("h.csv", FILE)])
}

fn two(case: &Case, names: [&str; 2], year: i32, paths: u64) -> [Vec<f64>; 2] {
    let series = names.map(|name| case.series(name, year));
    case.columns(11, paths, &series).try_into().unwrap()
}

/// What is wrong, in one line each.
fn said(text: &str, files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let path = folder.path().join("case.toml");
    std::fs::write(&path, text).unwrap();
    let mut loaded = scenario::load(path.to_str().unwrap(), &[]);
    let _ = model::compile(&loaded.scenario, &RecordedVariables::All, &mut loaded.diagnostics);
    let diagnostics = loaded.diagnostics.0.iter();
    diagnostics
        .map(|diagnostic| {
            diagnostic
                .one_line(&loaded.files, plancast::text::Language::En)
                .replace(path.to_str().unwrap(), "case.toml")
        })
        .collect()
}

fn assert_said(text: &str, files: &[(&str, &str)], words: &[&str]) {
    let said = said(&format!("{TIME}{text}"), files);
    for word in words {
        assert!(said.iter().any(|line| line.contains(word)), "{word} is not in {said:#?}");
    }
}

const PAIR: &str = "[variables]\nx = { formula = \"a\" }\ny = { formula = \"b\" }\n";

#[test]
fn columns_of_a_file_are_drawn_by_whole_rows_and_every_row_as_often_as_another() {
    for (table, year) in [("parameters", 2020), ("shocks", 2022)] {
        let case = with_file(&format!(
            "[{table}]\na = \"resample('h.csv', 'growth')\"\nb = \"resample('h.csv', 'inflation')\"\n{}",
            PAIR.replace("{ formula = \"a\" }", "{ start = 0, formula = \"a\" }")
                .replace("{ formula = \"b\" }", "{ start = 0, formula = \"b\" }")
        ));
        let year = year.max(2021);
        let n = 20_000;
        let [x, y] = two(&case, ["x", "y"], year, n);
        for (growth, inflation) in ROWS {
            let count = x.iter().zip(&y).filter(|(x, y)| (**x, **y) == (growth, inflation)).count() as f64;
            let error = (0.25 * 0.75 * n as f64).sqrt();
            assert!((count - 5000.0).abs() < 5.0 * error, "{table}: {growth} on {count} paths");
        }
        assert!(x.iter().zip(&y).all(|(x, y)| ROWS.contains(&(*x, *y))));
    }
}

#[test]
fn another_input_of_the_file_changes_no_draws_and_every_year_has_its_own_row() {
    let text =
        "[shocks]\na = \"resample('h.csv', 'growth')\"\n[variables]\nx = { start = 0, formula = \"a\" }\n";
    let alone = with_file(text);
    let more = with_file(&text.replace(
        "[variables]",
        "b = \"resample('h.csv', 'inflation')\"\n[variables]\ny = { start = 0, formula = \"b\" }",
    ));
    let of = |case: &Case, year| case.columns(3, 500, &[case.series("x", year)]).remove(0);
    assert_eq!(of(&alone, 2021), of(&more, 2021));
    assert_ne!(of(&alone, 2021), of(&alone, 2022));
}

#[test]
fn a_named_draw_is_shared_by_its_name_and_an_own_one_by_nobody() {
    let text = |third: &str, fourth: &str| {
        format!(
            "[parameters]\na = \"resample('h.csv', 'growth'{third})\"\nb = \"resample('h.csv', 'growth'{fourth})\"\n{PAIR}"
        )
    };
    let equal = |case: &Case| {
        let [x, y] = two(case, ["x", "y"], 2021, 1000);
        x == y
    };
    assert!(equal(&with_file(&text(", 'd'", ", 'd'"))));
    assert!(!equal(&with_file(&text(", 'd'", ", 'e'"))));
    assert!(!equal(&with_file(&text(", 'own'", ", 'own'"))));
    assert!(!equal(&with_file(&text("", ", 'own'"))));
    let inline = Case::of(&format!(
        "{TIME}[parameters]\na = \"resample(1, 2, 3, 'd')\"\nb = \"resample(10, 20, 30, 'd')\"\n{PAIR}"
    ));
    let [x, y] = two(&inline, ["x", "y"], 2021, 1000);
    assert!(x.iter().zip(&y).all(|(x, y)| 10.0 * x == *y));
}

#[test]
fn weights_are_how_often_rows_are_drawn() {
    let case = with_file(&format!(
        "[parameters]\na = \"resample('h.csv', 'growth': 'weight')\"\nb = \"resample('h.csv', 'inflation': 'weight')\"\n{PAIR}"
    ));
    let n = 20_000;
    let [x, y] = two(&case, ["x", "y"], 2021, n);
    for ((growth, inflation), share) in ROWS.into_iter().zip([0.125, 0.0, 0.375, 0.5]) {
        let count = x.iter().zip(&y).filter(|(x, y)| (**x, **y) == (growth, inflation)).count() as f64;
        let (mean, error) = (share * n as f64, (share * (1.0 - share) * n as f64).sqrt());
        assert!((count - mean).abs() <= 5.0 * error, "{growth}: {count}");
    }
    let (mean, variance, _) = moments(&x);
    let (true_mean, square): (f64, f64) =
        (0.05_f64 * 0.125 - 0.02 * 0.375 + 0.07 * 0.5, 0.0025 * 0.125 + 0.0004 * 0.375 + 0.0049 * 0.5);
    let sd = (square - true_mean * true_mean).sqrt();
    assert!(
        (mean - true_mean).abs() < 5.0 * sd / (n as f64).sqrt() && (variance.sqrt() / sd - 1.0).abs() < 0.05
    );
}

#[test]
fn a_resolved_scenario_holds_the_rows_and_draws_the_same_ones() {
    let text = format!(
        "[parameters]\na = \"resample('h.csv', 'growth')\"\nb = \"resample('h.csv', 'inflation', 'own')\"\n\
         c = \"resample('h.csv', 'growth': 'weight', 'w')\"\n[shocks]\nd = \"resample('h.csv', 'inflation')\"\n\
         e = \"resample(1: 2, 2: 0.5, 7: 1)\"\n{PAIR}z = {{ start = 1, formula = \"prev(z) * (1 + c * d) + e\" }}\n"
    );
    let case = with_file(&text);
    let resolved = write::resolved(&case.loaded.scenario);
    assert!(!resolved.contains("growth'") && resolved.contains("'h.csv'"), "{resolved}");
    let again = Case::of(&resolved);
    for (name, year) in [("x", 2021), ("y", 2021), ("z", 2023)] {
        let of = |case: &Case| case.columns(5, 2000, &[case.series(name, year)]);
        assert_eq!(of(&case), of(&again), "{name}");
    }
    assert_eq!(write::resolved(&again.loaded.scenario), resolved);
}

#[test]
fn files_of_one_text_in_two_folders_are_told_apart_when_a_scenario_is_written_out() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("base/s.csv", "v\n1\n1\n1\n");
    write("s.csv", "v\n5\n5\n5\n");
    write(
        "base/base.toml",
        &format!("{TIME}[parameters]\na = \"empirical('s.csv', 'v')\"\n[variables]\nx = \"a\"\n"),
    );
    write(
        "case.toml",
        "[scenario]\nextends = \"base/base.toml\"\n[parameters]\nb = \"empirical('s.csv', 'v')\"\n[variables]\ny = \"b\"\n",
    );
    let case = Case::load(folder.path().join("case.toml").to_str().unwrap(), &[], &RecordedVariables::All);
    let again = Case::of(&write::resolved(&case.loaded.scenario));
    assert_eq!(two(&again, ["x", "y"], 2021, 2), [vec![1.0; 2], vec![5.0; 2]]);
}

#[test]
fn inputs_that_share_rows_are_one_driver() {
    let case = with_file(
        "[parameters]\na = \"resample('h.csv', 'growth')\"\nb = \"resample('h.csv', 'inflation')\"\nc = \"normal(0, 1)\"\n[variables]\nx = \"a + c\"\ny = \"b\"\n",
    );
    let names: Vec<&str> = case.model.drivers.iter().map(|driver| driver.name.as_str()).collect();
    assert_eq!(names, ["rows of h.csv", "rows of h.csv", "c"]);
    assert_eq!(case.model.drivers[0].title.zh, "h.csv 的各行");
    assert_eq!(case.model.inputs[0].stream, case.model.inputs[1].stream);
}

#[test]
fn what_is_wrong_with_rows_is_told_with_its_place() {
    let use_a = "[variables]\nx = \"a\"\n";
    let file = |content: &'static str| [("h.csv", content)];
    let a = |call: &str| format!("[parameters]\na = \"{call}\"\n{use_a}");
    let growth = a("resample('h.csv', 'growth')");
    let gap = "year,growth\r\n2001,1\r\n\r\n2002,\r\n2003,x\r\n2004,4%\r\n";
    assert_said(
        &growth,
        &file(gap),
        &["case.toml:5:6", "line 4, column \"growth\": the cell is empty, and so are 2 more cells"],
    );
    assert_said(&growth, &file("growth\n1\nx\n"), &["line 3, column \"growth\": \"x\" is no number:"]);
    assert_said(&growth, &file("growth\n"), &["h.csv holds no rows"]);
    assert_said(&growth, &file("gdp\n1\n"), &["h.csv has no column \"growth\"; it has gdp"]);
    assert_said(&growth, &[], &["error: "]);
    assert_said(&a("truncate(resample(1, 2), 0, 1)"), &[], &["whole rows"]);
    assert_said(&a("resample(1: 1, 2)"), &[], &["a weight for each value"]);
    assert_said(&a("resample()"), &[], &["a number should stand here"]);
    assert_said(&a("resample('h.csv')"), &file("growth\n1\n"), &["\",\" is missing"]);
    assert_said(
        &a("resample('h.csv', 'growth', '')"),
        &file("growth\n1\n"),
        &["the name of a draw is missing"],
    );
    assert_said(&a("resample('h.csv', 'growth': 'w')"), &file("growth,w\n1,-1\n"), &["must be at least 0"]);
    let pair = |a: &str, b: &str| format!("[parameters]\na = \"{a}\"\nb = \"{b}\"\n{PAIR}");
    let other = pair("resample('h.csv', 'growth')", "resample('h.csv', 'growth': 'w')");
    assert_said(&other, &file("growth,w\n1,1\n2,3\n"), &["case.toml:6:6", "have other weights than"]);
    let fewer = pair("resample(1, 2, 'd')", "resample(1, 2, 3, 'd')");
    assert_said(&fewer, &[], &["this sample has 3 rows, and another that is drawn with it as 'd' 2"]);
    let two = pair("resample('p/h.csv', 'v')", "resample('q/h.csv', 'v')");
    assert_said(
        &two,
        &[("p/h.csv", "v\n1\n2\n"), ("q/h.csv", "v\n1\n3\n")],
        &["two different files are called h.csv"],
    );
    let same = pair("resample('h.csv', 'growth')", "resample('h.csv', 'growth')");
    assert_said(&same, &file("growth\n1\n2\n"), &["warning: a and b draw the same row of the same column"]);
    let correlated = format!("{other}[[correlations]]\nbetween = [\"a\", \"c\"]\nvalue = 0.5\n")
        .replace(": 'w'", "")
        .replace("[variables]", "c = \"normal(0, 1)\"\n[variables]\nz = \"c\"");
    assert_said(&correlated, &file("growth,w\n1,1\n2,3\n"), &["a is drawn by rows and cannot be correlated"]);
}

#[test]
fn one_row_is_one_value() {
    let case = Case::of(&format!("{TIME}[parameters]\na = \"resample(7)\"\nb = \"resample(1, 2)\"\n{PAIR}"));
    let [x, y] = two(&case, ["x", "y"], 2021, 100);
    assert!(x.iter().all(|x| *x == 7.0) && y.contains(&1.0) && y.contains(&2.0));
}

#[test]
fn inputs_of_correlation_one_are_equal_on_every_path_and_of_minus_one_mirrored() {
    for distribution in
        ["normal(1, 2)", "lognormal(0, 1)", "uniform(0, 4)", "gamma(2, 1)", "poisson(3)", "pert(0, 1, 4)"]
    {
        let case = |value: &str| {
            Case::of(&format!(
                "{TIME}[shocks]\na = \"{distribution}\"\nb = \"{distribution}\"\n[variables]\nx = {{ start = 0, formula = \"a\" }}\ny = {{ start = 0, formula = \"b\" }}\n\
                 [[correlations]]\nbetween = [\"a\", \"b\"]\nvalue = {value}\n"
            ))
        };
        let [x, y] = two(&case("1"), ["x", "y"], 2022, 1000);
        assert_eq!(x, y, "{distribution}");
        let [x, y] = two(&case("-1"), ["x", "y"], 2022, 1000);
        let mut pairs: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
        // Where whole numbers are equal on one side, the others may follow in any order.
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        assert!(pairs.windows(2).all(|pair| pair[0].1 >= pair[1].1), "{distribution}");
        if distribution.starts_with("normal") {
            assert!(pairs.iter().all(|(x, y)| (x + y - 2.0).abs() < 1e-12));
        }
    }
}

#[test]
fn a_singular_group_has_the_correlations_that_were_asked_for() {
    let case = Case::of(&format!(
        "{TIME}[parameters]\na = \"normal(0, 1)\"\nb = \"normal(0, 1)\"\nc = \"normal(0, 1)\"\nd = \"normal(0, 1)\"\n\
         [variables]\nx = \"a\"\ny = \"b\"\nz = \"c\"\nu = \"d\"\n\
         [[correlations]]\nbetween = [\"a\", \"b\"]\nvalue = 1\n[[correlations]]\nbetween = [\"a\", \"c\"]\nvalue = 0.5\n\
         [[correlations]]\nbetween = [\"b\", \"c\"]\nvalue = 0.5\n[[correlations]]\nbetween = [\"c\", \"d\"]\nvalue = -1\n\
         [[correlations]]\nbetween = [\"a\", \"d\"]\nvalue = -0.5\n[[correlations]]\nbetween = [\"b\", \"d\"]\nvalue = -0.5\n"
    ));
    let n = 100_000;
    let series = ["x", "y", "z", "u"].map(|name| case.series(name, 2021));
    let [x, y, z, u] = <[Vec<f64>; 4]>::try_from(case.columns(2, n, &series)).unwrap();
    assert_eq!(x, y);
    assert!(z.iter().zip(&u).all(|(z, u)| *z == -u));
    // Fisher's transformation of a correlation has the standard error 1 / √(n - 3).
    let found = correlation(&x, &z).atanh() - 0.5_f64.atanh();
    assert!(found.abs() < 5.0 / (n as f64 - 3.0).sqrt(), "{found}");
}

#[test]
fn distributions_nest_eight_deep_and_no_deeper() {
    let nested = |levels: usize| {
        let text = format!("{}normal(0, 1){}", "truncate(".repeat(levels), ", -9, 9)".repeat(levels));
        said(&format!("{TIME}[parameters]\na = \"{text}\"\n[variables]\nx = \"a\"\n"), &[])
    };
    assert!(!nested(8).iter().any(|line| line.contains("error")), "{:?}", nested(8));
    assert!(nested(9).iter().any(|line| line.contains("nest deeper than 8 levels")));
}

/// A parameter in per cent, used where its unit does not matter.
fn in_per_cent(value: &str) -> Vec<String> {
    said(
        &format!("{TIME}[parameters]\na = {{ value = {value}, unit = \"%\" }}\n[variables]\nx = \"a\"\n"),
        &[("h.csv", "v\n4\n5\n")],
    )
}

#[test]
fn per_cent_signs_that_differ_within_one_call_are_an_error_with_its_place_and_what_to_write() {
    let wrong = [
        ("\"pert(2%, 3%, 4)\"", "case.toml:5:29", "write \"pert(2%, 3%, 4%)\", or \"pert(2, 3, 4)\""),
        ("\"4% to 6\"", "case.toml:5:22", "write \"4% to 6%\", or \"4 to 6\""),
        ("\"normal(4.5, 0.5%)\"", "case.toml:5:23", "write \"normal(4.5%, 0.5%)\", or \"normal(4.5, 0.5)\""),
        ("\"triangular(1%, 2, 3%)\"", "case.toml:5:", "triangular(1%, 2%, 3%)"),
        ("\"uniform(1, 5%)\"", "case.toml:5:", "uniform(1%, 5%)"),
        ("\"two_piece_normal(2%, 1, 1%)\"", "case.toml:5:37", "two_piece_normal(2%, 1%, 1%)"),
        ("\"student_t(5, 2%, 1)\"", "case.toml:5:33", "student_t(5, 2%, 1%)"),
        ("\"values(1%, 2%, 3)\"", "case.toml:5:31", "values(1%, 2%, 3%)"),
        ("\"resample(1%: 1, 3: 2)\"", "case.toml:5:32", "resample(1%: 1, 3%: 2)"),
        ("\"discrete(4%: 1, 5: 50%)\"", "case.toml:5:32", "discrete(4%: 1, 5%: 50%)"),
        ("\"truncate(normal(4%, 1%), 2, inf)\"", "case.toml:5:", "truncate(normal(4%, 1%), 2%, inf)"),
        ("\"truncate(empirical('h.csv', 'v'), 0, 5%)\"", "case.toml:5:", "0, 5)"),
        ("{ 2020 = \"4% to 5%\", 2022 = \"normal(3%, 1)\" }", "normal(3%, 1%)", "normal(3, 1)"),
    ];
    for (value, place, words) in wrong {
        let said = in_per_cent(value);
        let found =
            said.iter().any(|line| line.contains("error") && line.contains(place) && line.contains(words));
        assert!(found, "{value}: {said:#?}");
    }
}

#[test]
fn zero_infinity_weights_and_shapes_need_no_sign() {
    let right = [
        "\"uniform(0, 5%)\"",
        "\"pert(0, 1%, 2%)\"",
        "\"discrete(4: 50%, 5: 50%)\"",
        "\"truncate(normal(4%, 1%), 0, inf)\"",
        "\"truncate(normal(4, 1), -inf, 9)\"",
        "\"student_t(5, 0, 8%)\"",
        "\"gamma(2, 5%)\"",
        "\"weibull(1.5, 10%)\"",
        "\"0 to 5%\"",
        "\"normal(0%, 4)\"",
        "\"lognormal(1, 20%)\"",
        "\"empirical('h.csv', 'v')\"",
        "\"values(0, 1%, 2%)\"",
        "{ 2020 = 0, 2022 = \"3%\" }",
        "{ interpolate = \"linear\", 2020 = \"0%\", 2022 = 3 }",
    ];
    for value in right {
        let said = in_per_cent(value);
        assert!(!said.iter().any(|line| line.contains("error")), "{value}: {said:#?}");
    }
}

#[test]
fn levers_and_records_are_written_as_the_values_are() {
    assert_said(
        "[parameters]\na = { value = \"8%\", unit = \"%\", lever = { min = 0, max = 10 } }\n[variables]\nx = { formula = \"a\", unit = \"%\" }\n",
        &[],
        &["case.toml:5:58: error: the lever of a has no %"],
    );
    assert_said(
        "[parameters]\na = 1\n[variables]\nx = { formula = \"a\", unit = \"%\" }\n[history.x]\nvalues = { 2018 = \"4%\", 2019 = 5 }\n",
        &[],
        &["the history of x is in %, and here a number has no %"],
    );
}

#[test]
fn a_positive_range_that_reaches_below_zero_is_warned_of_and_its_lognormal_has_the_same_quantiles() {
    let ranged =
        |value: &str| said(&format!("{TIME}[parameters]\na = \"{value}\"\n[variables]\nx = \"a\"\n"), &[]);
    for quiet in ["6% to 10%", "100 to 200", "-5 to 5", "-100 to -10", "10 to 32"] {
        assert!(!ranged(quiet).iter().any(|line| line.contains("below zero")), "{quiet}");
    }
    for (loud, share) in
        [("10 to 100", "2.2 %"), ("0 to 100", "5.0 %"), ("1% to 10%", "2.2 %"), ("10 to 34", "0.1 %")]
    {
        let said = ranged(loud);
        assert!(
            said.iter().any(|line| line.contains("case.toml:5:6: warning") && line.contains(share)),
            "{said:#?}"
        );
    }
    assert!(ranged("10 to 100").iter().any(|line| line.contains("\"lognormal(3.45388, 0.699936)\"")));
    let lognormal = plancast::num::Distribution::LogNormal { mu: 3.45388, sigma: 0.699936 };
    assert!(
        (lognormal.quantile(0.05) - 10.0).abs() < 1e-4 && (lognormal.quantile(0.95) - 100.0).abs() < 1e-3
    );
}

#[test]
fn a_short_sample_that_is_smoothed_is_warned_of_with_the_numbers() {
    assert_said(
        "[parameters]\na = \"values(1, 2, 3, 10)\"\n[variables]\nx = \"a\"\n",
        &[],
        &[
            "case.toml:5:6: warning: values(…) joins 4 values by straight lines: its mean is 3.5 and its s.d. 2.46644, theirs are 4 and 3.53553 (\"resample(1, 2, 3, 10)\" draws the values themselves)",
        ],
    );
}
