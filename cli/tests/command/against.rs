//! `check --against`: what is told of a run and its baseline besides numbers that drifted.

use std::fs;

use tempfile::TempDir;

use crate::case::{CASE, err, folder, out, plancast};

/// What is changed, the exit code, and what is said in English and Chinese.
type Case = (&'static [(&'static str, &'static str)], i32, &'static str, &'static str);

const CHECK: [&str; 7] = ["check", "now.toml", "--charts", "none", "--paths", "2000", "--against"];

/// A folder with the baseline of [`CASE`], and the same scenario with changes as `now.toml`.
fn held_against(changes: &[(&str, &str)]) -> TempDir {
    let folder = folder();
    let text = CASE.replace("report = true", "report = true, unit = '1'");
    fs::write(folder.path().join("case.toml"), format!("[scenario]\nid = 'case'\n{text}")).unwrap();
    let run =
        plancast(folder.path(), &["run", "case.toml", "--charts", "none", "--paths", "2000", "--quiet"]);
    assert!(run.status.success(), "{}", err(&run));
    fs::copy(folder.path().join("output/case/summary.json"), folder.path().join("baseline.json")).unwrap();
    let mut now = fs::read_to_string(folder.path().join("case.toml")).unwrap();
    for (from, to) in changes {
        assert!(now.contains(from), "{from}");
        now = now.replace(from, to);
    }
    fs::write(folder.path().join("now.toml"), now).unwrap();
    folder
}

fn checked(folder: &TempDir, more: &[&str]) -> (Option<i32>, String) {
    let arguments = [&CHECK[..], &["baseline.json"], more].concat();
    let output = plancast(folder.path(), &arguments);
    (output.status.code(), out(&output) + &err(&output))
}

#[test]
fn every_difference_that_matters_is_told_in_both_languages() {
    let cases: [Case; 9] = [
        (&[], 0, "Nothing drifted", "没有偏离"),
        (
            &[("unit = '1'", "unit = '%'")],
            1,
            "the unit of x: 1 in the baseline, % now",
            "x 的单位：基准为 1，现为 %",
        ),
        (&[("[targets]", "[targets]\nnew = 'x@2025 >= 100'")], 1, "the target new is new", "新增目标 new"),
        (&[("high = ", "low = ")], 1, "the target high is gone", "缺少目标 high"),
        (&[("[targets]", "[metrics]\nm = 'x@2025'\n[targets]")], 1, "the metric m is new", "新增指标 m"),
        (
            &[("id = 'case'", "id = 'other'")],
            1,
            "the scenario is another one: case in the baseline, other now",
            "情景不同",
        ),
        (
            &[("id = 'case'", "id = 'case'\ntitle = 'New'")],
            0,
            "the scenario's title: case in the baseline, New now",
            "情景标题",
        ),
        (
            &[("end = 2025", "end = 2026")],
            1,
            "the years: 2020–2025 in the baseline, 2020–2026 now",
            "年份范围",
        ),
        // Another spread around the same mean.
        (&[("normal(2%, 1%)", "normal(2%, 3%)")], 1, "sd", "标准差"),
    ];
    for (changes, code, english, chinese) in cases {
        let folder = held_against(changes);
        let (found, said) = checked(&folder, &[]);
        assert!(found == Some(code) && said.contains(english), "{changes:?} {found:?}: {said}");
        let (found, said) = checked(&folder, &["--lang", "zh"]);
        assert!(found == Some(code) && said.contains(chinese), "{changes:?} {found:?}: {said}");
    }
}

#[test]
fn other_draws_are_told_and_numbers_compared_within_their_joint_errors() {
    let folder = held_against(&[]);
    let (code, said) = checked(&folder, &["--seed", "7"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("1 × 2000 in the baseline, 7 × 2000 now"), "{said}");
}

/// It is no baseline of this scenario: neither a pass nor a drift.
#[test]
fn a_baseline_with_nothing_in_common_is_an_error() {
    let folder = held_against(&[("x = {", "y = {"), ("prev(x)", "prev(y)"), ("high = 'x@", "other = 'y@")]);
    let (code, said) = checked(&folder, &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("no target, metric or headline in common"), "{said}");
}

#[test]
fn machines_are_told_the_same() {
    let folder = held_against(&[("unit = '1'", "unit = '%'")]);
    let arguments = [&CHECK[..], &["baseline.json", "--json"]].concat();
    let output = plancast(folder.path(), &arguments);
    let (code, value) =
        (output.status.code(), serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap());
    let told = &value["scenarios"][0]["mismatches"][0];
    assert_eq!((code, told["what"].as_str(), told["fails"].as_bool()), (Some(1), Some("unit"), Some(true)));
    assert_eq!((told["before"].as_str(), told["after"].as_str()), (Some("1"), Some("%")));
    let sentence = "the unit of x: 1 in the baseline, % now";
    for (option, expected) in [("--junit", sentence), ("--markdown", sentence)] {
        let (code, text) = checked(&folder, &[option, "-"]);
        assert!(code == Some(1) && text.contains(expected), "{option}: {text}");
    }
    let (_, text) = checked(&folder, &["--github"]);
    assert!(
        text.contains("::error title=baseline%3A case::the unit of x: 1 in the baseline, %25 now"),
        "{text}"
    );
}

/// A mean that hardly exists (`student_t` with 2.5 degrees of freedom, exp(2 z)), a quantile beside infinite values, and a lump that
/// few paths have: other draws of the same plan decide all these otherwise. With a tolerance of 1 % less than one seed in a hundred
/// drifts; of eight none does with a probability of 92 % at least, and the seeds are fixed.
#[test]
fn a_plan_that_did_not_change_does_not_drift_with_other_seeds() {
    const PLAN: &str = "[time]\nstart = 2020\nend = 2022\n[shocks]\nz = 'normal(0, 1)'\nu = 'uniform(0, 1)'\nt = 'student_t(2.5, 0, 1)'\n\
        [variables]\nskewed = { formula = 'exp(2 * z)', report = true }\nheavy = { formula = 't', report = true }\n\
        infinite = { formula = '1 / max(u - 0.05, 0)', report = true }\nlump = { formula = 'if(u < 0.0002, 1, 0)', report = true }\n\
        [metrics]\nlast = 'exp(2 * z@2022)'\never = 'first_year(u > 0.7)'\n";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), PLAN).unwrap();
    let paths = ["--paths", "4000", "--charts", "none", "--quiet", "--no-sensitivity"];
    for baseline in ["1", "13"] {
        let run = ["run", "plan.toml", "--seed", baseline, "--out", baseline];
        assert!(plancast(folder.path(), &[&run[..], &paths].concat()).status.success());
        let file = format!("{baseline}/plan/summary.json");
        for seed in ["2", "3", "4", "5"] {
            let check = [
                "check",
                "plan.toml",
                "--paths",
                "4000",
                "--tolerance",
                "1%",
                "--seed",
                seed,
                "--against",
                &file,
            ];
            let output = plancast(folder.path(), &check);
            assert_eq!(output.status.code(), Some(0), "{baseline}, {seed}: {}{}", out(&output), err(&output));
        }
    }
    // One with a Cauchy's tail has no mean, and its quantiles tell.
    let check = [
        "check",
        "plan.toml",
        "--paths",
        "4000",
        "--seed",
        "2",
        "--against",
        "1/plan/summary.json",
        "--set",
        "t=student_t(1, 0, 1)",
        "--json",
    ];
    let output = plancast(folder.path(), &check);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let drift = found["scenarios"][0]["drift"].as_array().unwrap();
    let is_of = |name: &str, statistic: &str| {
        drift.iter().any(|one| one["name"] == name && one["statistic"] == statistic)
    };
    assert_eq!(output.status.code(), Some(1));
    assert!(is_of("heavy@2022", "q0.95") && !is_of("heavy@2022", "mean"), "{drift:?}");
}
